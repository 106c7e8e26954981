"""How one open deal is worded in the pipeline report: short, literal, with a link to its record."""

from datetime import date

from tasks.reports.blocks import Element, link, text, text_lines
from tasks.reports.dates import ago, day
from tasks.reports.money import money
from tasks.reports.report_context import ReportContext
from tasks.reports.slack_text import shorten
from tasks.rules.findings import Deal, Level, Review, Touch
from tasks.rules.pipeline import evidence_of

NAME = 40
PERSON = 24
STAGE = 24
SUBJECT = 48
REASON = 120
_KINDS = {"email": "mail", "linkedin": "LinkedIn message", "slack": "Slack message", "task": "touch"}
_SIDES = {"inbound": "Them", "outbound": "Us", "both": "Together", "unknown": "Touch"}
_FOUND = {
    Level.OPPORTUNITY: "last touch found on the opportunity",
    Level.CONTACT_ROLE: "last touch found with its contacts",
    Level.ACCOUNT: "last touch found on its account, which has no other open deal",
    Level.NONE: "no touch on the opportunity, with its contacts or on its account",
}


def deal_link(deal: Deal, context: ReportContext) -> Element:
    """The deal's name, leading to its record."""
    name = shorten(deal.name, NAME) or f"(no name) {shorten(deal.id, PERSON)}"
    return link(name, context.record_url("Opportunity", deal.id))


def worth(deal: Deal, review: Review) -> str:
    """The deal's money: in the corporate currency, else as recorded, else "no amount"."""
    if deal.value is not None:
        return money(deal.value, review.corporate_currency)
    return money(deal.amount, deal.currency)


def owner(deal: Deal) -> str:
    """Who owns the deal, and that this person has left where it is so."""
    name = shorten(deal.owner, PERSON) or "no owner"
    return name if deal.owner_active or not deal.owner else f"{name} (inactive)"


def deal_row(deal: Deal, review: Review, context: ReportContext) -> list[Element]:
    """ "Acme 2026 · $120k · Discovery · Tom Okafor · last reply 2 Sep, our last mail 9 Oct (45 d), nothing booked"."""
    stage = shorten(deal.stage, STAGE) or "no stage"
    told = silence(deal, evidence_of(review, deal.id), review.as_of)
    return [deal_link(deal, context), text(f" · {worth(deal, review)} · {stage} · {owner(deal)} · {told}")]


def silence(deal: Deal, touches: list[Touch], today: date) -> str:
    """Since when nobody has spoken, each way, and what is booked; the days stand at the latest touch."""
    booked = f"meeting {day(deal.next_booked, today)}" if deal.next_booked else "nothing booked"
    if deal.never_touched or deal.last_touch is None:
        return f"never touched{f' in {deal.days} d' if deal.days else ''}, {booked}"
    theirs, ours, last = deal.last_inbound, deal.last_outbound, deal.last_touch
    told: list[tuple[str, date | None]]
    if theirs == ours == last:
        told = [(f"last {_kind_on(touches, last)}", last)]
    else:
        told = [("last reply", theirs), (f"our last {_kind_on(touches, ours, ('outbound', 'both'))}", ours)]
        if last not in (theirs, ours):
            told.append((f"last {_kind_on(touches, last)}", last))
    said = [f"{what} {day(when, today)}{f' ({deal.days} d)' if when == last else ''}" for what, when in told if when]
    if theirs is None:
        said.insert(0, "no reply on record")
    return ", ".join([*said, booked])


def _kind_on(touches: list[Touch], when: date | None, ways: tuple[str, ...] = ()) -> str:
    kinds = [touch.kind for touch in touches if touch.day == when and (not ways or touch.direction in ways)]
    return _kind(kinds[0]) if kinds else "touch"


def _kind(kind: str) -> str:
    return _KINDS.get(kind, shorten(kind, PERSON))


def touch_line(touch: Touch, today: date) -> str:
    """One piece of evidence: `Us 9 Oct (45 d): mail "Renewal terms", J. Doe`."""
    subject = f' "{shorten(touch.subject, SUBJECT)}"' if touch.subject else ""
    who = f", {shorten(touch.who, PERSON)}" if touch.who else ""
    side = _SIDES[touch.direction]
    shared = "" if touch.counts else " · not counted: the account has other open deals"
    return f"{side} {day(touch.day, today)} ({ago(touch.day, today)}): {_kind(touch.kind)}{subject}{who}{shared}"


def evidence_row(deal: Deal, review: Review, context: ReportContext) -> list[Element]:
    """A proposal with the touches it rests on, a line each, and where they were found."""
    stage = shorten(deal.stage, STAGE) or "no stage"
    closes = f"closes {day(deal.close_date, review.as_of)}" if deal.close_date else "no close date"
    told = [
        f" · {worth(deal, review)} · {stage} · {owner(deal)} · {closes}",
        *(f"• {touch_line(touch, review.as_of)}" for touch in evidence_of(review, deal.id)),
        f"{deal.days} days silent, {_FOUND[Level(deal.level)]} ({shorten(deal.handbook, PERSON)})",
    ]
    return [{**deal_link(deal, context), "style": {"bold": True}}, text_lines(told)]


def reasons(deal: Deal) -> str:
    """What holds the deal back, in few words."""
    return shorten(", ".join(deal.holds) or deal.reason, REASON)
