"""What stops closing an opportunity that was approved: it is compared, right before the write, with what was decided
on, and judged anew."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from tasks.rules.choosing import same_id
from tasks.rules.findings import Deal, Verdict
from tasks.rules.policy import OFFICE_ZONE
from tasks.rules.proposals import Fields, Outcome, ProposedDeal
from tasks.rules.proposing import NEVER_READ
from tasks.rules.record_fields import editor, moment, plain, same_value
from tasks.rules.wording import day_said, money_said, name_said

GONE = (Outcome.GONE, "deleted, or no longer visible to us")


def why_not(
    deal: ProposedDeal,
    now: Fields | None,
    judged: Deal | None,
    *,
    closed_stages: Collection[str],
    target_stage: str,
    today: date,
    time_zone: str = OFFICE_ZONE,
) -> tuple[Outcome, str] | None:
    """What became of an approved record that is not to be closed, and why in a few words, the most telling first; None
    where it stands as it was proposed.

    now             the record as read right before, by API names (`Owner.Name` among them); None: not found. What it
                    does not hold cannot be seen by us and is not compared, but for the last edit, which must be there
    judged          by the fresh reading, where it is open; None: not among the open ones, which stops the write too
    closed_stages   names of the stages that are closed, won or lost; target_stage is one of them anyway
    today           the office day of the fresh judgement
    """
    if now is None:
        return GONE
    by = editor(now, today, time_zone)
    stage = str(now.get("StageName") or "")
    if now.get("IsClosed") is True or stage in {*closed_stages, target_stage}:
        return Outcome.ALREADY, f"as {name_said(stage) or 'closed'}" + (f", last edited by {by}" if by else "")
    changed = [*_new_owner(deal, now), *_changes(deal, now, today)]
    if changed and by:
        changed[-1] += f" (last edited by {by})"
    reasons = [*changed, *_judgement(deal, judged, today)] or _edited(deal, now, by)
    return (Outcome.SKIPPED, "; ".join(reasons)) if reasons else None


def _new_owner(deal: ProposedDeal, now: Fields) -> list[str]:
    owner = str(now.get("OwnerId") or "")
    if "OwnerId" not in now or same_id(owner, deal.owner_id) or owner == deal.owner_id:
        return []
    return [f"now owned by {name_said(str(now.get('Owner.Name') or '')) or owner or 'nobody'}"]


def _changes(deal: ProposedDeal, now: Fields, today: date) -> list[str]:
    def day(value: Any) -> str:
        return day_said(value, today) if isinstance(value, date) else name_said(str(value or "")) or "none"

    def amount(value: Any) -> str:
        readable = value is None or isinstance(value, int | float)
        return money_said(value, deal.currency) if readable else name_said(str(value))

    def text(value: Any) -> str:
        return f"'{name_said(str(value))}'" if value else "empty"

    compared: list[tuple[str, str, Any, Callable[[Any], Any], Callable[[Any], str]]] = [
        ("stage", "StageName", deal.stage, plain, lambda value: name_said(str(value or "")) or "none"),
        ("amount", "Amount", deal.amount, _number, amount),
        ("close date", "CloseDate", deal.close_date, _day, day),
        ("next step", "NextStep", deal.next_step, _line, text),
        ("name", "Name", deal.name, _line, text),
    ]
    return [
        f"{words} {say(before)} → {say(read(now[field]))}"
        for words, field, before, read, say in compared
        if field in now and not same_value(_line(before) if read is _line else before, read(now[field]))
    ]


def _judgement(deal: ProposedDeal, judged: Deal | None, today: date) -> list[str]:
    if judged is None:
        return ["no longer among the open deals that are judged"]
    if judged.verdict is Verdict.PROPOSE:
        return []
    if judged.holds:
        return [f"held back: {', '.join(judged.holds)}"]
    touched = judged.last_touch
    if touched and (deal.last_touch is None or touched > deal.last_touch):
        return [f"a touch on {day_said(touched, today)}"]
    return [f"no longer proposed: {judged.reason}"]


def _edited(deal: ProposedDeal, now: Fields, by: str) -> list[str]:
    """What none of the compared fields shows. Salesforce keeps whole seconds, so nothing finer is compared."""
    edited = moment(now.get("LastModifiedDate"))
    if edited is None or deal.modified == NEVER_READ:
        return ["when it was last edited cannot be read"]
    if edited.replace(microsecond=0) == deal.modified.replace(microsecond=0):
        return []
    return [f"edited since by {by}"]


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, int | float) else plain(value)


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return value


def _line(value: Any) -> Any:
    """Text without blanks around it, which Salesforce itself cuts off."""
    return plain(value.strip()) if isinstance(value, str) else plain(value)
