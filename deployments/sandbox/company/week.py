"""What happened at the pretend company in the last seven days, and in the minutes before somebody decides.

The people of the story do it, each at their own time, and the store refuses what the API would.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deployments.sandbox.company.office_time import WEEKEND, OfficeTime
from deployments.sandbox.company.tell import COLLEAGUES, DIRECTORY, STORY, USER_IDS, close_date, opportunity_id
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.values import OFFICE

IDS = {deal.name: opportunity_id(deal) for deal in STORY}
OWNERS = {deal.name: deal.owner for deal in STORY}
SLIPPED = tuple(deal for deal in STORY if deal.slipped is not None)
SLIPPING = ("Saltmarsh Power 2026", "Vantage Clinics 2026")
PULLED_IN = ("Helix Genomics lab expansion 2026", "Wren Books 2026", "Ostrava Steel 2026")
TOUCHED_LATE, RULED_OUT = "Tidewater Energy 2026", "Cobalt Insurance 2026"
RULE = "Fill in the competitor before you close a deal that has a proposal."


class AnotherCompanyError(LookupError):
    """The deals of the story are not in this org."""


@dataclass(frozen=True)
class Event:
    """Somebody (by their key) writes one record: the deal of that name, or a new record where there is none."""

    by: str
    sobject: str
    fields: Mapping[str, Any]
    deal: str = ""


def week_ago(store: Store) -> list[str]:
    """Take back the close dates that the story says were moved lately, so that a review of a week ago does not know
    of them yet; a line on each. Raises AnotherCompanyError."""
    office = _office(store)
    with store.transaction():
        for deal in SLIPPED:
            record, close = IDS[deal.name], office.in_quarter(0, 80)
            store.connection.execute(
                """UPDATE "Opportunity" SET "CloseDate" = ?, "PushCount" = 0 WHERE "Id" = ?""", (close, record)
            )
            moved = (record, office.moment(7, "23:59"))
            for lately in (
                """DELETE FROM "OpportunityFieldHistory"
                   WHERE "OpportunityId" = ? AND "CreatedDate" > ? AND "Field" = 'CloseDate'""",
                """DELETE FROM "OpportunityHistory" WHERE "OpportunityId" = ? AND "CreatedDate" > ?""",
            ):
                store.connection.execute(lately, moved)
    return [f"{deal.name} still closes on {office.in_quarter(0, 80)}" for deal in SLIPPED]


def week(store: Store) -> list[str]:
    """Let the seven days before the store's clock happen; a line on each event. Raises AnotherCompanyError."""
    office = _office(store)
    days = [ago for ago in range(6, 0, -1) if office.date(ago).weekday() < WEEKEND]
    told = []
    with store.lock:
        events = list(_events(store, office))
        for number, event in enumerate(events):
            day = days[number * len(days) // len(events)]
            with _at(store, office.at(day, f"{9 + number % 8:02}:20")):
                told.append(_happen(store, event))
    return told


def last_minute(store: Store, org: Org) -> list[str]:
    """Let a customer call about a deal that is proposed, and an administrator switch on a rule that another one breaks;
    a line on each. Raises AnotherCompanyError."""
    _office(store)
    org.validation_rules[IDS[RULED_OUT]] = RULE
    called = _happen(store, _call("priya", TOUCHED_LATE, "Oscar Lund", "Inbound"))
    return [called, f"A rule of Salesforce now stands against closing {RULED_OUT}: {RULE}"]


def _events(store: Store, office: OfficeTime) -> Iterator[Event]:
    ours = office.in_quarter(0, 1), office.in_quarter(1, 0)
    yield _new("tom", "Nimbus Cloud", "Nimbus Cloud mobile 2026", 62_000, office.day(-64))
    yield _new("lena", "Brightline Partners", "Brightline Partners 2026", 28_000, office.day(-71))
    yield _change("tom", "Nimbus Cloud renewal 2026", StageName="Closed Won")
    yield _change("daniel", "Yarrow Farms 2026", StageName="Closed Lost", Loss_Reason__c="No budget")
    for deal in SLIPPED:
        yield _change(deal.owner, deal.name, CloseDate=close_date(office, deal))
    # The story's dates move with the day it is told, and with it the deals that are in this quarter.
    for name in _those(store, SLIPPING, lambda day: ours[0] <= day <= ours[1]):
        yield _change(OWNERS[name], name, CloseDate=office.in_quarter(1, 20))
    for name in _those(store, PULLED_IN, lambda day: day > ours[1]):
        yield _change(OWNERS[name], name, CloseDate=ours[1])
    yield _change("marcus", "Fjord Shipping 2026", Amount=90_000)
    yield _change("priya", "Thistle Apparel 2026", Amount=39_000)
    # Of what last week's review asked, these three are done.
    due = office.day(-7)
    yield _change("lena", "Birchwood Dental 2026", NextStep="Show the dentists' app", NextStepDueDate__c=due)
    yield _change("marcus", "Pelham Rail 2026", NextStep="Review the security answers", NextStepDueDate__c=due)
    yield _call("daniel", "Hooli 2026", "Carla Jennings", "Outbound")


def _those(store: Store, names: tuple[str, ...], fits: Callable[[str], bool]) -> list[str]:
    """The first of these deals whose close date fits, if there is one."""
    dates = {name: str((store.get("Opportunity", IDS[name]) or {}).get("CloseDate") or "") for name in names}
    return [name for name in names if fits(dates[name])][:1]


def _new(by: str, account: str, name: str, amount: int, close: str) -> Event:
    fields = {
        "AccountId": DIRECTORY.accounts[account],
        "Name": name,
        "StageName": "Discovery",
        "Amount": amount,
        "CloseDate": close,
        "Type": "New Customer",
        "NextStep": "Agree the next meeting",
        "NextStepDueDate__c": date.fromisoformat(close).replace(day=1).isoformat(),
    }
    return Event(by, "Opportunity", fields)


def _change(by: str, deal: str, **fields: Any) -> Event:
    return Event(by, "Opportunity", fields, deal)


def _call(by: str, deal: str, person: str, direction: str) -> Event:
    account = next(told.account for told in STORY if told.name == deal) or ""
    fields = {
        "WhatId": IDS[deal],
        "WhoId": DIRECTORY.people[account, person].id,
        "Subject": f"Call with {person.split(maxsplit=1)[0]}",
        "Status": "Completed",
        "Type": "Call",
        "TaskSubtype": "Call",
        "CallType": direction,
    }
    return Event(by, "Task", fields)


def _happen(store: Store, event: Event) -> str:
    fields = dict(event.fields)
    if event.sobject == "Task":
        fields["ActivityDate"] = store.now().astimezone(OFFICE).date().isoformat()
    if event.deal:
        store.update(event.sobject, IDS[event.deal], fields, USER_IDS[event.by])
    else:
        store.create(event.sobject, fields, USER_IDS[event.by])
    _roll_up(store, event)
    return f"{store.now().astimezone(OFFICE):%a %d %b} {COLLEAGUES[event.by].name}: {_said(store, event)}"


def _roll_up(store: Store, event: Event) -> None:
    """The sums of the account, as the org's own summary fields follow a new or a won deal."""
    if event.sobject == "Opportunity" and not event.deal:
        more = """ "Total_Opportunities__c" = "Total_Opportunities__c" + 1 """
        account: Any = event.fields["AccountId"]
    elif event.fields.get("StageName") == "Closed Won":
        deal = store.get("Opportunity", IDS[event.deal]) or {}
        account = deal["AccountId"]
        more = f""" "Deals_Won__c" = "Deals_Won__c" + 1,
            "Cumulative_Revenue__c" = "Cumulative_Revenue__c" + {float(deal["Amount"] or 0)},
            "Close_Date_First_Deal__c" = COALESCE("Close_Date_First_Deal__c", date('{deal["CloseDate"]}')) """
    else:
        return
    store.connection.execute(f"""UPDATE "Account" SET {more} WHERE "Id" = ?""", (account,))  # noqa: S608 - our own


def _said(store: Store, event: Event) -> str:
    if event.sobject == "Task":
        deal = next(name for name, id_ in IDS.items() if id_ == event.fields["WhatId"])
        return f"{event.fields['Subject']} about {deal}"
    if not event.deal:
        return f"new: {event.fields['Name']}, ${event.fields['Amount']:,}"
    labels = {f.name: f.label.lower() for o in store.catalogue.objects if o.name == event.sobject for f in o.fields}
    said = {name: f"{value:,}" if isinstance(value, int) else value for name, value in event.fields.items()}
    return f"{event.deal}: " + ", ".join(f"{labels[name]} is now {value}" for name, value in said.items())


@contextmanager
def _at(store: Store, moment: datetime) -> Iterator[None]:
    """The store's clock at that moment."""
    now, store.now = store.now, lambda: moment
    try:
        yield
    finally:
        store.now = now


def _office(store: Store) -> OfficeTime:
    """The store's day. Raises AnotherCompanyError where the deals are not those of the story."""
    found = store.get("Opportunity", IDS[RULED_OUT])
    if found is None or found["Name"] != RULED_OUT:
        raise AnotherCompanyError("the deals of the story are not here: only the pretend company has this week")
    return OfficeTime(store.now().astimezone(OFFICE).date())
