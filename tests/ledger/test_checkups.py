"""What one Salesforce check leaves for the next, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_checkups import Checkups, Links
from tasks.rules.expected import Severity
from tasks.rules.verdicts import Checkup, Remembered, Status

MON_2_NOV, TUE_1_DEC, WED_2_DEC = date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 2)
KEY, DEPARTMENT = Remembered(
    key="3f9a1c000001",
    expectation_key="aaaaaaaaaaaa",
    object="Account",
    section="Accounting",
    said="“License key” is missing",
    severity=Severity.CRITICAL,
    first_seen=MON_2_NOV,
    handbook_line=157,
), Remembered(
    key="3f9a1c000002",
    expectation_key="bbbbbbbbbbbb",
    object="Contact",
    section="top",
    said="“Department” is on the page layout, not on the Lightning page",
    severity=Severity.WARNING,
    first_seen=MON_2_NOV,
    total=4,
    of=212,
    waived=True,
)  # fmt: skip
STATUSES = {"aaaaaaaaaaaa": Status.DIFFERS, "bbbbbbbbbbbb": Status.WAIVED, "cccccccccccc": Status.NEEDS_EYES}


def checkup(day: date, *found: Remembered, scope: str = "all") -> Checkup:
    return Checkup(day, scope, found or (KEY, DEPARTMENT), STATUSES, {"bbbbbbbbbbbb": 212})


@pytest.fixture
def store(ledger: Ledger) -> Checkups:
    return Checkups(ledger)


def test_a_check_comes_back_exactly_as_it_was_kept(store: Checkups) -> None:
    store.keep(checkup(MON_2_NOV))

    assert store.before(TUE_1_DEC, "all") == checkup(MON_2_NOV)


def test_a_second_check_of_a_day_replaces_the_first(store: Checkups) -> None:
    store.keep(checkup(MON_2_NOV))
    store.keep(checkup(MON_2_NOV, KEY))

    assert store.latest("all") == checkup(MON_2_NOV, KEY)


# What is kept, then what a check of 1 December is compared with.
COMPARED: dict[str, tuple[list[Checkup], Checkup | None]] = {
    "the first ever": ([], None),
    "the month before": ([checkup(MON_2_NOV)], checkup(MON_2_NOV)),
    "earlier that day": ([checkup(MON_2_NOV), checkup(TUE_1_DEC, KEY)], checkup(MON_2_NOV)),
    "a later day": ([checkup(WED_2_DEC)], None),
    "another scope": ([checkup(MON_2_NOV, scope="Account")], None),
}


@pytest.mark.parametrize("case", COMPARED)
def test_a_check_is_compared_with_the_latest_of_its_scope_on_an_earlier_day(store: Checkups, case: str) -> None:
    kept, expected = COMPARED[case]
    for one in kept:
        store.keep(one)

    assert store.before(TUE_1_DEC, "all") == expected


def test_a_finding_is_known_by_its_key_from_the_newest_check_that_has_it(store: Checkups) -> None:
    later = replace(KEY, said="“License key” is missing, found “Licence Key”")
    store.keep(checkup(MON_2_NOV))
    store.keep(checkup(TUE_1_DEC, later, scope="Account"))

    assert store.find([DEPARTMENT.key, "unknown", KEY.key]) == [DEPARTMENT, later]


def test_old_checks_are_forgotten(store: Checkups) -> None:
    store.keep(checkup(MON_2_NOV))
    store.keep(checkup(TUE_1_DEC))

    assert store.forget_before(TUE_1_DEC) == 1
    assert store.find([KEY.key]) == [KEY]
    assert store.before(TUE_1_DEC, "all") is None


def test_what_was_changed_by_hand_is_named(store: Checkups, ledger: Ledger) -> None:
    store.keep(checkup(MON_2_NOV))
    with ledger.session() as session:
        session.execute(text("""UPDATE checkup SET statuses = '{"aaaaaaaaaaaa": "as expekted"}'"""))

    with pytest.raises(Refused, match="The Salesforce check of 2026-11-02 cannot be read from the ledger"):
        store.latest("all")


ACME, GLOBEX = "https://www.linkedin.com/company/acme", "https://www.linkedin.com/company/globex"


def test_what_a_link_answered_is_known_for_a_while_and_replaced_by_a_newer_answer(ledger: Ledger) -> None:
    links, now = Links(ledger), ledger.now()
    links.keep({ACME: ("broken", "404"), GLOBEX: ("works", "200")})
    links.keep({ACME: ("works", "200")})

    assert links.known([ACME, "https://www.linkedin.com/company/initech"], now) == {ACME: ("works", "200")}
    assert links.known([ACME], now + timedelta(days=1)) == {}


def test_an_address_is_kept_as_its_hash(ledger: Ledger) -> None:
    Links(ledger).keep({ACME: ("works", "200")})

    with ledger.session() as session:
        assert "acme" not in str(session.execute(text("SELECT * FROM link")).all())


def test_a_moment_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="a moment needs a time zone"):
        Links(ledger).known([ACME], datetime.now(UTC).replace(tzinfo=None))
