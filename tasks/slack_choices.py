"""What a form that is opened in Slack offers to choose from: the ledger knows what a report's button stands for.

Nothing is decided here. What a person may choose, and what is refused before they are asked, is what the flow itself
would say to their order; it looks again when it runs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasks.ledger import Ledger
from tasks.ledger_activity import Talks
from tasks.ledger_checkups import Checkups
from tasks.ledger_decisions import Decisions
from tasks.ledger_feedback import RequestDrafts
from tasks.reports.dates import day, weekday
from tasks.reports.money import money
from tasks.reports.talks import time_said
from tasks.rules.deciding import Order, refusal, unknown
from tasks.rules.filing import stranger_said
from tasks.rules.proposals import Outcome, ProposedDeal, Standing
from tasks.rules.request_filing import stranger_request_said
from tasks.rules.undoing import UndoOrder, undo_refusal
from tasks.runs import remembered
from tasks.settings import Settings

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Offer:
    """What a form is opened with.

    given    values of its fields, as JSON has them       labels   by field: what a value is called
    lines    what to know before choosing; never trusted   stopped  why there is nothing to choose, one sentence
    fixed    the fields that stay as given and are not asked for, as all that is to be chosen is in another
    """

    given: Mapping[str, Any]
    labels: Labels = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    stopped: str = ""
    fixed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """What the button filled in, who asks (the full name they decide by), and when (aware)."""

    given: Mapping[str, Any]
    signed: str
    now: datetime

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a list of texts, whatever a button brought."""
        found = self.given.get(name)
        return tuple(str(one) for one in found) if isinstance(found, list) else ()


def offer(deployment: str, asked: Asked, config: Settings) -> Offer:
    """What the form of a deployment ("close-opportunities/decide") offers to who asks; what was given where the ledger
    has nothing to add. Raises LedgerMissing, Unavailable or Refused."""
    known = _OFFERS.get(deployment)
    if known is None:
        return Offer(asked.given)
    with remembered(config) as memory:
        return known(memory, asked, config)


def _to_decide(memory: Ledger, asked: Asked, config: Settings) -> Offer:
    named = str(asked.given.get("proposal", ""))
    standing = Decisions(memory).standing(named)
    if standing is None:
        return Offer(asked.given, stopped=unknown(named))
    decision = standing.decision
    picked = decision.approved if decision else tuple(deal.id for deal in standing.proposal.deals)
    # Of what is not decided one opportunity stands for all: that they are too many is for the person to mend.
    tried = Order(named, picked if decision else picked[:1], decision.loss_reason if decision else "", asked.signed)
    zone = config.pipeline.time_zone
    stopped = refusal(
        tried, standing, policy=config.closing, deciders=config.deciders, loss_reasons=None, now=asked.now,
        time_zone=zone,
    )  # fmt: skip
    given = {
        **asked.given,
        "opportunities": list(picked),
        **({"loss_reason": decision.loss_reason} if decision else {}),
    }
    said = "decided, and not yet carried out" if decision else "proposed"
    line = f"{weekday(standing.proposal.day, asked.now.date())}: {len(picked):,} {said}"
    labels = {"opportunities": _deals(standing, picked, config)}
    return Offer(given, labels, (line,), stopped, frozenset({"proposal", "keep"}))


def _to_undo(memory: Ledger, asked: Asked, config: Settings) -> Offer:
    named = str(asked.given.get("proposal", ""))
    standing = Decisions(memory).standing(named)
    order = UndoOrder(named, (), asked.signed)
    zone = config.pipeline.time_zone
    stopped = undo_refusal(
        order, standing, policy=config.closing, deciders=config.deciders, now=asked.now, time_zone=zone
    )
    if standing is None or stopped:
        return Offer(asked.given, stopped=stopped)
    restored = {result.record_id for result in standing.undone if result.outcome.is_final}
    closed = [one.record_id for one in standing.closed if one.outcome is Outcome.CLOSED]
    left = [record for record in closed if record not in restored]
    who = standing.decision.decided_by if standing.decision else ""
    line = f"{len(left):,} of {len(closed):,} that {who} closed can be put back"
    labels = {"opportunities": _deals(standing, left, config)}
    return Offer({**asked.given, "opportunities": left}, labels, (line,), fixed=frozenset({"proposal"}))


def _to_book(memory: Ledger, asked: Asked, config: Settings) -> Offer:
    found = {name: Talks(memory).standing(name) for name in asked.texts("talks")}
    zone = config.pipeline.time_zone
    labels = {
        name: f"{one.talk.rep}, {time_said(one.talk.starts, zone, asked.now)}" for name, one in found.items() if one
    }
    done = [name for name, one in found.items() if one and one.result and one.result.outcome.is_final]
    left = [name for name in found if name not in done]
    stopped = "" if left or not found else "All of these talks were taken care of: look below the report"
    return Offer({**asked.given, "talks": left}, {"talks": labels}, (), stopped)


def _to_file(memory: Ledger, asked: Asked, config: Settings) -> Offer:
    today = asked.now.astimezone(ZoneInfo(config.pipeline.time_zone)).date()
    wanted = asked.texts("findings")
    labels = {
        one.key: f"{one.object}: {one.said} (since {day(one.first_seen, today)})"
        for one in Checkups(memory).find(wanted)
    }
    return _known(asked, "findings", wanted, labels, stranger_said)


def _to_request(memory: Ledger, asked: Asked, _: Settings) -> Offer:
    wanted = asked.texts("requests")
    labels = {one.key: one.draft.title for one in RequestDrafts(memory).find(wanted)}
    return _known(asked, "requests", wanted, labels, stranger_request_said)


def _known(
    asked: Asked, name: str, wanted: tuple[str, ...], labels: Mapping[str, str], stranger: Callable[[str], str]
) -> Offer:
    """Those that the ledger knows; of the others a line each."""
    left = [key for key in wanted if key in labels]
    strangers = tuple(stranger(key) for key in wanted if key not in labels)
    stopped = strangers[0] if strangers and not left else ""
    return Offer({**asked.given, name: left}, {name: labels}, strangers, stopped)


def _deals(standing: Standing, ids: Iterable[str], config: Settings) -> Mapping[str, str]:
    wanted = set(ids)
    currency = config.pipeline.corporate_currency
    return {deal.id: _deal(deal, currency) for deal in standing.proposal.deals if deal.id in wanted}


def _deal(deal: ProposedDeal, currency: str) -> str:
    return f"{money(deal.value, currency)} · {deal.name} · {deal.owner}, silent {deal.days:,} days"


_OFFERS: Mapping[str, Callable[[Ledger, Asked, Settings], Offer]] = {
    "close-opportunities/decide": _to_decide,
    "undo-closure/undo": _to_undo,
    "book-coaching/book": _to_book,
    "file-discrepancies/file": _to_file,
    "file-customer-request/file": _to_request,
}
