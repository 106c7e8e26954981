"""Who is who in a window of activity that is read over real HTTP: reps, managers, people outside, accounts."""

from collections.abc import Iterator

import pandas as pd
import pytest

from tasks import salesforce_activity
from tasks.clients import SalesforceDoor
from tasks.rules.activity_findings import ActivityBook
from tasks.salesforce_activity import ActivityReader
from tasks.settings import SettingsError
from tests.activity_org import (
    ACME,
    ASKER,
    DEALT,
    DOE,
    GLOBEX,
    GONE,
    HOOLI,
    JANE,
    LATE,
    SAM,
    TARDY,
    TOM,
    VERA,
    WINDOW,
    WRITER,
    changed,
    company,
    read,
    row,
)
from tests.company import Sandbox, running


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with running(company()) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def book(org: Sandbox) -> ActivityBook:
    return read(org.settings).book


def test_reps_are_the_active_users_with_such_a_role_in_any_case_and_no_machines(book: ActivityBook) -> None:
    assert book.reps.to_dict("records") == [
        {"id": SAM, "name": "Sam Whitlock", "email": "sam@ourco.example", "role": "SDR", "zone": "Europe/Berlin",
         "manager_id": GONE},
        {"id": TOM, "name": "Tom Okafor", "email": "tom@ourco.example", "role": "Account Executive",
         "zone": "America/Los_Angeles", "manager_id": VERA},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"RITUALS_REPS__ROLES": '["sdr"]'}, ["Sam Whitlock"]),
        ({"RITUALS_REPS__ROLES": "[]", "RITUALS_REPS__USERS": f'["{TOM[:15]}"]'}, ["Tom Okafor"]),
        ({"RITUALS_REPS__ROLES": "[]", "RITUALS_REPS__PROFILES": '["STANDARD user"]'},
         ["Sam Whitlock", "Tom Okafor", "Vera Lind"]),
        ({"RITUALS_REPS__ROLES": '["SDR"]', "RITUALS_REPS__USERS": f'["{TOM}"]'}, ["Sam Whitlock", "Tom Okafor"]),
    ],
)  # fmt: skip
def test_reps_are_named_by_role_by_profile_or_by_id(org: Sandbox, settings: dict[str, str], names: list[str]) -> None:
    assert read(changed(org, **settings)).book.reps["name"].tolist() == names


def test_managers_come_with_their_reps_the_one_who_left_as_well(book: ActivityBook) -> None:
    assert book.managers.sort_values("name").to_dict("records") == [
        {"id": GONE, "name": "Greg Halloran", "zone": "America/Los_Angeles", "active": False},
        {"id": VERA, "name": "Vera Lind", "zone": "America/New_York", "active": True},
    ]


def test_whoever_talks_for_want_of_a_manager_is_read_and_no_rep_for_it(org: Sandbox) -> None:
    found = read(changed(org, RITUALS_REPS__ROLES='["SDR"]', RITUALS_COACHING__MANAGER=VERA[:15])).book

    assert row(found.managers, id=VERA) == {"id": VERA, "name": "Vera Lind", "zone": "America/New_York", "active": True}
    assert found.reps["name"].tolist() == ["Sam Whitlock"]


def test_whoever_left_is_no_rep_for_being_named_as_a_manager(org: Sandbox) -> None:
    assert GONE not in set(read(changed(org, RITUALS_COACHING__MANAGER=GONE)).book.reps["id"])


def test_without_a_named_rep_nothing_is_asked(org: Sandbox) -> None:
    nobody = changed(org, RITUALS_REPS__ROLES="[]")
    door = SalesforceDoor(nobody)

    with pytest.raises(SettingsError, match=r"^RITUALS_REPS__ROLES is empty: name the roles, profiles or users whose "):
        ActivityReader(door, nobody, WINDOW).read()
    assert door.calls == 0


def test_a_role_a_profile_and_an_id_that_nobody_has_are_named(org: Sandbox) -> None:
    stranger = "005000000000001AAA"
    config = changed(
        org,
        RITUALS_REPS__ROLES='["SDR", "Sales Wizard"]',
        RITUALS_REPS__PROFILES='["Sales"]',
        RITUALS_REPS__USERS=f'["{stranger}"]',
    )

    assert read(config).book.notes[:3] == (
        "No active user has the role “Sales Wizard” of RITUALS_REPS__ROLES.",
        "No active user has the profile “Sales” of RITUALS_REPS__PROFILES.",
        f"No active user has the id {stranger} of RITUALS_REPS__USERS.",
    )


@pytest.mark.parametrize(
    ("person", "because"),
    [
        (JANE, "an activity of the window is hers"),
        (LATE, "a task was done in the window, and due before: Salesforce's last activity does not show it"),
        (TARDY, "the same of a lead"),
        (DOE, "a lead, touched by a machine"),
        (WRITER, "named by nothing but the address a mail came from, in other letters"),
        (ASKER, "named by nothing but one of the addresses a mail went to"),
    ],
)
def test_whoever_was_touched_is_read(book: ActivityBook, person: str, because: str) -> None:
    assert person in set(book.people["id"]), because


def test_whoever_was_not_touched_is_not_read(book: ActivityBook) -> None:
    assert set(book.people["id"]) == {JANE, LATE, WRITER, DOE, ASKER, TARDY}


def test_a_contact_is_typed_at_the_border(book: ActivityBook) -> None:
    jane = row(book.people, id=JANE)

    assert pd.isna(jane.pop("zone"))  # this org records none
    assert jane == {
        "id": JANE, "kind": "contact", "name": "Jane", "email": "Jane@acme.example", "account_id": ACME,
        "account": "Acme", "opted_out": True, "do_not_call": False, "city": "Portland", "state": "OR", "country": "US",
        "email_bounced": pd.Timestamp("2026-11-02 10:00", tz="UTC"), "owner_id": TOM,
    }  # fmt: skip


def test_people_who_are_named_and_cannot_be_read_are_counted(book: ActivityBook) -> None:
    [note] = book.notes

    assert note == (
        "1 of the people whom activities name could not be read: deleted, or hidden from the integration user (give it "
        "View All on contacts and leads)."
    )


def test_the_rarest_addresses_are_left_out_of_very_many(org: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salesforce_activity, "MOST_ADDRESSES", 1)  # asker@umbrella.example, by the alphabet

    found = read(org.settings).book

    assert set(found.people["id"]) == {JANE, LATE, DOE, TARDY, ASKER}
    assert found.notes[1:] == ("42 rare addresses, of mail that names nobody, were not looked up.",)


def test_a_lead_has_its_company_for_an_account(book: ActivityBook) -> None:
    doe = row(book.people, id=DOE)

    assert (doe["kind"], doe["account"], doe["city"], doe["country"]) == ("lead", "Initech", "Berlin", "Germany")
    assert (doe["opted_out"], doe["do_not_call"], pd.isna(doe["account_id"])) == (False, True, True)


def test_accounts_come_by_themselves_with_their_people_and_with_their_deals(book: ActivityBook) -> None:
    accounts = book.accounts.set_index("id")

    assert set(accounts.index) == {ACME, GLOBEX, HOOLI, DEALT}
    assert accounts.loc[GLOBEX].to_dict() == {"name": "Globex", "owner_id": TOM, "type": "Customer - Direct"}
