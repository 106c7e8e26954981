"""What a review proposes to close, kept so that it can be decided days later and compared with what is true then."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from tasks.rules.findings import Deal, Review, Touch, Verdict
from tasks.rules.pipeline import deals_with, evidence_of
from tasks.rules.proposals import Proposal, ProposedDeal
from tasks.rules.wording import day_said, name_said

# Stands for a last edit that could not be read: it equals no real one, so such a deal is shown and never closed.
NEVER_READ = datetime(1970, 1, 1, tzinfo=UTC)

_KINDS = {"email": "mail", "linkedin": "LinkedIn message", "slack": "Slack message", "task": "touch"}
_SIDES = {"inbound": "them", "outbound": "us", "both": "together", "unknown": "direction not recorded"}


def proposal_of(
    review: Review,
    records: pd.DataFrame,
    *,
    ritual: str,
    scope: str,
    made_at: datetime,
    report_key: str,
    channel: str,
    stale_after_days: int,
    headline: str,
) -> Proposal | None:
    """The deals that the review proposes to close, most money first; None where there are none, or where its ceiling
    says that nothing may be written.

    records   id, next_step (text) and modified (moment, LastModifiedDate) of at least the proposed deals, as
              `Book.opportunities` has them
    made_at   aware; raises ValueError for a moment without a time zone
    """
    if made_at.tzinfo is None:
        raise ValueError(f"made_at needs a time zone: {made_at.isoformat()}")
    proposed = deals_with(review, Verdict.PROPOSE)
    if not proposed or review.ceiling:
        return None
    known = records.drop_duplicates("id").set_index("id")[["next_step", "modified"]]
    rows = known.reindex([deal.id for deal in proposed]).to_dict("records")
    deals = tuple(_proposed(deal, row, review) for deal, row in zip(proposed, rows, strict=True))
    return Proposal(
        id=proposal_id(review.as_of, ritual, scope, stale_after_days, deals),
        ritual=ritual,
        scope=scope,
        day=review.as_of,
        made_at=made_at.astimezone(UTC),
        open_deals=len(review.deals),
        stale_after_days=stale_after_days,
        headline=headline,
        report_key=report_key,
        channel=channel,
        deals=deals,
    )


def proposal_id(day: date, ritual: str, scope: str, stale_after_days: int, deals: tuple[ProposedDeal, ...]) -> str:
    """The day and six hex digits of all that a decider sees or that is compared later: the same for the same contents,
    in whatever order and whenever they were gathered."""
    seen = sorted((_snapshot(deal) for deal in deals), key=lambda snapshot: str(snapshot["id"]))
    contents = {"ritual": ritual, "scope": scope, "stale_after_days": stale_after_days, "deals": seen}
    written = json.dumps(contents, sort_keys=True, separators=(",", ":"), default=_as_text)
    return f"{day.isoformat()}-{hashlib.sha256(written.encode()).hexdigest()[:6]}"


def _proposed(deal: Deal, row: Mapping[Any, Any], review: Review) -> ProposedDeal:
    modified = NEVER_READ if pd.isna(row["modified"]) else row["modified"].to_pydatetime()
    return ProposedDeal(
        id=deal.id,
        name=deal.name,
        account=deal.account,
        owner_id=deal.owner_id,
        owner=deal.owner,
        stage=deal.stage,
        amount=deal.amount,
        currency=deal.currency,
        value=deal.value,
        close_date=deal.close_date,
        next_step="" if pd.isna(row["next_step"]) else str(row["next_step"]),
        modified=modified,
        days=deal.days,
        last_touch=deal.last_touch,
        reason=deal.reason,
        evidence=tuple(_evidence(touch, review.as_of) for touch in evidence_of(review, deal.id)),
    )


def _evidence(touch: Touch, today: date) -> str:
    """'us 9 Oct: mail "Renewal of terms", J. Doe'."""
    subject = f' "{name_said(touch.subject)}"' if touch.subject.strip() else ""
    who = f", {name_said(touch.who)}" if touch.who.strip() else ""
    kind = _KINDS.get(touch.kind, touch.kind)
    return f"{_SIDES[touch.direction]} {day_said(touch.day, today)}: {kind}{subject}{who}"


def _snapshot(deal: ProposedDeal) -> dict[str, Any]:
    return {field.name: getattr(deal, field.name) for field in fields(deal)}


def _as_text(value: object) -> str:
    """A day, or a moment as UTC whatever zone it was read in."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a proposal holds no {type(value).__name__}")
