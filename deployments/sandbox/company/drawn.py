"""Deals that are drawn or read by the thousand, as Salesforce rows, with activities drawn for them.

All rows come from generators: a million activities are made while they are stored, never kept. Equal seeds draw
equal rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from random import Random
from typing import NamedTuple

from deployments.sandbox.company import activities, rows
from deployments.sandbox.company.activities import Activity
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.org import STAGES, Stage

FIRST_STAGE = "Discovery"


class Drawn(NamedTuple):
    """One deal. Days count back from the company's date, except those until `close`, `next_due` and `booked`.

    `quiet` is the days since the last activity, None when there was never any; `pushes` are the days ago, oldest first,
    on which the close date was moved by a month; `closed` is None for an open deal.
    """

    number: int
    name: str
    account: str | None
    owner: str
    ours: str
    stage: str
    amount: float | None
    created: int
    close: int
    closed: int | None
    quiet: int | None
    touches: int
    contact: str | None = None
    theirs: str = ""
    kind: str = "New Customer"
    next_step: str | None = None
    step_since: int | None = None  # days since the next step was last changed, where the history shows it
    next_due: int | None = None
    quote: str | None = None
    lost: str | None = None
    pushes: tuple[int, ...] = ()
    booked: int | None = None
    first_stage: str = FIRST_STAGE

    @property
    def id(self) -> str:
        """The opportunity's id."""
        return record_id("006", self.number)

    @property
    def staged(self) -> int | None:
        """How many days ago it reached its stage; None while it is in the first."""
        if self.stage == self.first_stage:
            return None
        return self.created // 2 if self.closed is None else self.closed


def tables(deals: Sequence[Drawn], office: OfficeTime, seed: int, stages: Sequence[Stage] = STAGES) -> dict[str, Table]:
    """Opportunity, its contact roles and histories, and its activities."""
    odds = {stage.name: stage.probability for stage in stages}
    return {
        "Opportunity": rows.table("Opportunity", (_opportunity(d, office, odds) for d in deals)),
        "OpportunityContactRole": rows.table("OpportunityContactRole", _roles(deals, office)),
        "OpportunityHistory": rows.table("OpportunityHistory", _histories(deals, office, odds)),
        "OpportunityFieldHistory": rows.table("OpportunityFieldHistory", _field_histories(deals, office)),
        **activities.tables(lambda: _touches(deals, office, Random(f"{seed}:touches"))),
    }


def _moment(office: OfficeTime, ago: int) -> str:
    """Around noon so many days ago, or yesterday: today is not over."""
    return office.working_days.draw(max(ago, 1), 0.5)[1]


def _opportunity(d: Drawn, office: OfficeTime, odds: Mapping[str, int]) -> rows.OpportunityRow:
    made = _moment(office, d.created)
    staged = None if d.staged is None else _moment(office, d.staged)
    changed = max(staged or made, _moment(office, d.pushes[-1]) if d.pushes else made)
    due = None if d.next_due is None else office.day(-d.next_due)
    return rows.OpportunityRow(
        d.id, d.account, d.name, d.stage, d.amount, odds.get(d.stage), office.day(-d.close), d.kind, d.next_step,
        d.owner, due, d.quote, d.lost, staged, len(d.pushes), made, d.owner, changed, d.owner, changed,
    )  # fmt: skip


def _roles(deals: Sequence[Drawn], office: OfficeTime) -> Iterator[rows.ContactRoleRow]:
    for d in deals:
        if d.contact:
            made = _moment(office, d.created)
            yield rows.ContactRoleRow(
                record_id("00K", d.number), d.id, d.contact, "Decision Maker", 1, made, d.owner, made, d.owner, made
            )


def _histories(deals: Sequence[Drawn], office: OfficeTime, odds: Mapping[str, int]) -> Iterator[rows.HistoryRow]:
    number = deals[0].number if deals else 0
    for d in deals:
        close = office.day(-d.close)
        steps = [(d.created, d.first_stage)]
        if d.staged is not None:
            steps.append((d.staged, d.stage))
        for ago, stage in steps:
            number += 1
            at = _moment(office, ago)
            yield rows.HistoryRow(
                record_id("008", number), d.id, stage, d.amount, close, odds.get(stage), at, d.owner, at
            )


def _field_histories(deals: Sequence[Drawn], office: OfficeTime) -> Iterator[rows.FieldHistoryRow]:
    number = deals[0].number if deals else 0
    for d in deals:
        found: list[tuple[int, str, str, str]] = []
        if d.staged is not None:
            found.append((d.staged, "StageName", d.first_stage, d.stage))
        if d.step_since is not None and d.next_step is not None:
            found.append((d.step_since, "NextStep", "Book a demo", d.next_step))
        for left, ago in enumerate(reversed(d.pushes)):
            old, new = office.day(-d.close + 31 * (left + 1)), office.day(-d.close + 31 * left)
            found.append((ago, "CloseDate", old, new))
        for ago, field, before, after in sorted(found, reverse=True):
            number += 1
            at = _moment(office, ago)
            yield rows.FieldHistoryRow(record_id("017", number), d.id, field, before, after, at, d.owner)


_KINDS = (
    (0.32, "mail out"),
    (0.55, "mail in"),
    (0.76, "call out"),
    (0.81, "call in"),
    (0.96, "meeting"),
    (1.0, "linkedin"),
)
_SUBJECTS = {
    "mail out": ("Next steps", "Prices for the first year", "Checking in", "Security questionnaire", "Your trial"),
    "mail in": ("Re: Next steps", "Question about the rollout", "Re: Prices for the first year", "Re: Your trial"),
    "call out": ("Call: dates", "Call: test results", "Call: terms"),
    "call in": ("They called about support", "They called about dates"),
    "meeting": ("Demo", "Review", "Technical questions", "Introduction"),
    "linkedin": ("LinkedIn message",),
    "bulk mail": ("What is new this month",),
}
ON_PERSON = 0.09  # share of activities that are filed on the person alone
NEWSLETTER = 0.15  # share of deals that a recent bulk mail went to


def _touches(deals: Sequence[Drawn], office: OfficeTime, rng: Random) -> Iterator[Activity]:
    """Activities back from the last one, with gaps as they are; noise beside them that is no communication."""
    chance = rng.random
    numbers = count(20 * deals[0].number if deals else 0)
    for d in deals:
        found: list[tuple[str, int]] = []
        ago = d.created + 1 if d.quiet is None else d.quiet
        while len(found) < d.touches and ago <= d.created:
            share = chance()
            found.append((next(kind for limit, kind in _KINDS if share < limit), ago))
            ago += 1 + int(chance() * chance() * 45)
        if chance() < NEWSLETTER and d.closed is None:
            found.append(("bulk mail", min(d.created, int(chance() * 40))))
        if d.booked is not None:
            found.append(("meeting", -d.booked))
        for kind, days in found:
            on_person = d.contact is not None and days >= 0 and chance() < ON_PERSON
            slot = office.working_days.draw(days or 1, chance())
            logged = slot[1] if days >= 0 else _moment(office, 1)
            yield _touch(next(numbers), kind, d, slot=slot, logged=logged, on_person=on_person)


def _touch(number: int, kind: str, d: Drawn, *, slot: tuple[str, str, str], logged: str, on_person: bool) -> Activity:
    day, at, ends = slot
    subjects = _SUBJECTS[kind]
    return Activity(
        number, kind, day, at, d.owner, None if on_person else d.id, d.contact, d.account,
        subjects[number % len(subjects)], day, logged, ends, None, d.ours, d.theirs,
    )  # fmt: skip
