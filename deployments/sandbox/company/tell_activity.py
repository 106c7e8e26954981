"""What our people did, as Salesforce rows: leads, and their tasks, events and mail beside those of the deals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deployments.sandbox.company import activities
from deployments.sandbox.company.activities import Activity
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import MEETING, OfficeTime
from deployments.sandbox.company.phrases import phrase
from deployments.sandbox.company.prospects import MANY, PROSPECTS
from deployments.sandbox.company.story_activity import ANSWERED_AT, ANSWERS, USUAL, WITH, Answer, Done
from deployments.sandbox.company.tell import COLLEAGUES, DIRECTORY, STORY, USER_IDS
from deployments.sandbox.salesforce.values import as_moment

FIRST_LEAD = 101  # the numbers below belong to the leads that lie about
FIRST = 1_000  # the numbers below belong to what is said about the deals
LEAD_IDS = {lead.name: record_id("00Q", number) for number, lead in enumerate(PROSPECTS, FIRST_LEAD)}


@dataclass(frozen=True)
class _Party:
    """A person we deal with: their record, its account (none of a lead), and whose they are."""

    id: str
    first: str
    email: str
    company: str
    owner: str
    account: str | None = None


def tell_activity(office: OfficeTime) -> dict[str, Table]:
    """Task, Event and EmailMessage, with the columns of those of the deals."""
    every = tuple(_activities(office))
    return {name: Table(table.columns, tuple(table.rows)) for name, table in activities.tables(lambda: every).items()}


def _parties() -> Mapping[str, _Party]:
    """Everybody who is dealt with, by the name under which `WITH` has them."""
    leads = {
        lead.name: _Party(LEAD_IDS[lead.name], lead.first, lead.email, lead.company, lead.owner) for lead in PROSPECTS
    }
    people = {
        f"{known.person.name} @ {account}": _Party(
            known.id, known.person.first, known.person.email(known.customer.domain), account, known.customer.owner,
            known.account_id,
        )
        for (account, _), known in DIRECTORY.people.items()
    }  # fmt: skip
    return {**leads, **people}


def _activities(office: OfficeTime) -> Iterator[Activity]:
    parties = _parties()
    usual = {lead.name: USUAL[number % len(USUAL)] for number, lead in enumerate(MANY)}
    done = [(parties[name], each) for name, many in {**WITH, **usual}.items() for each in many]
    number = FIRST
    for number, (party, each) in enumerate(done, FIRST):
        yield _activity(office, number, party, each)
    for more, answer in enumerate(ANSWERS, number + 1):
        yield _answer(office, more, answer)


def _activity(office: OfficeTime, number: int, party: _Party, done: Done) -> Activity:
    us = COLLEAGUES[done.by or party.owner]
    start = office.at(office.in_week(done.week, done.weekday), done.at)
    at, day = as_moment(start), office.day(office.in_week(done.week, done.weekday))
    subject, body = phrase(done.kind, number, us.first, party.first, party.company)
    theirs = done.kind in {"mail in", "automatic reply"}
    return Activity(
        number, done.kind, day, at, USER_IDS[us.key], None, party.id, party.account, done.subject or subject, day, at,
        ends=as_moment(start + MEETING), body=body or None,
        ours=us.email if theirs else done.sender or us.email, theirs=(done.sender if theirs else "") or party.email,
        bcc=done.bcc, case=None if done.case is None else record_id("500", done.case),
    )  # fmt: skip


def _answer(office: OfficeTime, number: int, answer: Answer) -> Activity:
    deal = next(deal for deal in STORY if deal.name == answer.deal)
    known, us = DIRECTORY.person_of(deal), COLLEAGUES[deal.owner]
    if known is None:
        raise ValueError(f"{answer.deal} has nobody to answer")
    at, day = office.moment(answer.days, ANSWERED_AT), office.day(answer.days)
    what, who = (None, known.id) if answer.on == "person" else (known.account_id, None)
    subject, body = phrase("mail out", number, us.first, known.person.first, known.customer.name)
    return Activity(
        number, "mail out", day, at, USER_IDS[us.key], what, who, known.account_id, subject, day, at, body=body,
        ours=us.email, theirs=known.person.email(known.customer.domain),
    )  # fmt: skip
