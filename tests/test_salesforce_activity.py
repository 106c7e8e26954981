"""Reading a window of activity over real HTTP: what is in it to the second, and that no way of reading changes it."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest

from tasks.clients import Refused
from tasks.rules.activity_findings import ActivityBook
from tests.activity_org import (
    DEALS,
    EVENTS,
    MAIL,
    TASKS,
    TOM,
    VERA,
    changed,
    company,
    empty,
    read,
    row,
)
from tests.company import Sandbox, running

FRAMES = ("activities", "people", "accounts", "deals", "reps", "managers")


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with running(company()) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def book(org: Sandbox) -> ActivityBook:
    return read(org.settings).book


def subjects(book: ActivityBook, kind: str) -> set[str]:
    return set(book.activities.loc[book.activities["kind"] == kind, "subject"])


@pytest.mark.parametrize(("name", "is_read"), [(task[0], task[-1]) for task in TASKS])
def test_a_task_is_read_when_it_was_done_in_the_window(book: ActivityBook, name: str, *, is_read: bool) -> None:
    assert (name in subjects(book, "task")) == is_read


@pytest.mark.parametrize(("name", "is_read"), [(event[0], event[-1]) for event in EVENTS])
def test_an_event_is_read_when_it_reaches_into_the_window_or_the_days_for_a_talk(
    book: ActivityBook, name: str, *, is_read: bool
) -> None:
    assert (name in subjects(book, "event")) == is_read


@pytest.mark.parametrize(("name", "is_read"), [(mail[0], mail[-1]) for mail in MAIL])
def test_a_mail_is_read_when_it_was_sent_or_received_in_the_window(
    book: ActivityBook, name: str, *, is_read: bool
) -> None:
    assert (name in subjects(book, "email")) == is_read


@pytest.mark.parametrize(("name", "is_read"), [(deal[0], deal[-1]) for deal in DEALS])
def test_an_opportunity_is_read_while_it_is_open_or_its_people_rest(
    book: ActivityBook, name: str, *, is_read: bool
) -> None:
    assert (name in set(book.deals["name"])) == is_read


@pytest.mark.parametrize(
    ("name", "closed_on"),
    [
        ("open", None),
        ("lost on the first day that rests", date(2026, 9, 25)),  # its close date is in March
        ("made as a lost one", date(2026, 9, 25)),
    ],
)
def test_a_deal_was_lost_on_the_day_of_its_last_stage(book: ActivityBook, name: str, closed_on: date | None) -> None:
    found = row(book.deals, name=name)["closed_on"]

    assert (None if pd.isna(found) else found.date()) == closed_on


def test_a_mail_brings_its_addresses_and_its_case(book: ActivityBook) -> None:
    mail = row(book.activities, subject="on a case")

    assert (mail["sender"], str(mail["case_id"])[:3], mail["incoming"]) == ("tom@ourco.example", "500", False)


@pytest.mark.parametrize(("addresses", "bcc"), [("[]", None), ('["tool.example"]', "log@tool.example")])
def test_secret_receivers_are_read_only_to_know_a_sequence_tool_by(
    org: Sandbox, addresses: str, bcc: str | None
) -> None:
    mail = row(read(changed(org, RITUALS_ACTIVITY__CAPTURE_ADDRESSES=addresses)).book.activities, subject="on a case")

    assert (None if pd.isna(mail["bcc"]) else mail["bcc"]) == bcc


def test_an_event_tells_whose_calendar_it_fills_and_how(book: ActivityBook) -> None:
    copy, away = (row(book.activities, subject=s) for s in ("an invitee's copy", "away since September"))

    assert (copy["owner_id"], copy["is_child"], copy["show_as"]) == (VERA, True, "Busy")
    assert (away["owner_id"], away["all_day"], away["show_as"]) == (TOM, True, "OutOfOffice")


def test_every_row_that_salesforce_counts_is_there(book: ActivityBook) -> None:
    assert book.read == {
        "users": (3, 3),  # a machine among them
        "tasks": (9, 9),
        "events": (7, 7),
        "mail": (4, 4),
        "opportunities": (3, 3),
        "contacts": (3, 3),
        "leads": (3, 3),
        "accounts": (1, 1),
    }


def test_bulk_jobs_read_the_same(org: Sandbox, book: ActivityBook) -> None:
    reading = read(changed(org, RITUALS_SALESFORCE_BULK_ABOVE="0"))

    assert reading.in_bulk
    assert_same(reading.book, book)


def test_an_org_that_takes_only_short_queries_is_asked_in_pieces(org: Sandbox, book: ActivityBook) -> None:
    usual = read(org.settings).calls
    org.org(longest_query=1_000)
    try:
        reading = read(org.settings)
    finally:
        org.org(longest_query=None)

    assert reading.calls > usual
    assert_same(reading.book, book)


def assert_same(one: ActivityBook, other: ActivityBook) -> None:
    for name in FRAMES:
        both = [getattr(each, name).sort_values("id", ignore_index=True) for each in (one, other)]
        pd.testing.assert_frame_equal(*both, obj=name)
    assert (one.read, one.notes) == (other.read, other.notes)


def test_an_org_without_activity_gives_empty_frames_of_the_same_types(book: ActivityBook) -> None:
    with running(empty()) as sandbox:
        found = read(sandbox.settings).book

    for name in ("activities", "people", "accounts", "deals"):
        nothing, something = getattr(found, name), getattr(book, name)
        assert nothing.empty
        assert nothing.dtypes.to_dict() == something.dtypes.to_dict()


def test_a_field_that_may_not_be_read_is_named_with_the_remedy(org: Sandbox) -> None:
    with pytest.raises(Refused) as refused:
        read(changed(org, RITUALS_SALESFORCE_PERSON_ZONE_FIELD="Their_Zone__c"))

    assert "Their_Zone__c" in str(refused.value)
    assert "Give the integration user read access to the field" in str(refused.value)
