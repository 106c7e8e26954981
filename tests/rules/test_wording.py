"""Fields, values and names as the sentences of rules say them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.rules.choosing import same_id
from tasks.rules.record_fields import label, moved_by_org, value_said, worth_naming
from tasks.rules.wording import listed, moment_said, money_said, name_said

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (120_000, "USD", "$120k"), (120_400, "USD", "$120.4k"), (120_430, "USD", "$120,430"),
        (4_100_000, "USD", "$4.1M"), (4_123_456, "USD", "$4,123,456"), (0, "USD", "$0"), (950, "CHF", "CHF 950"),
        (999_999.99, "EUR", "€999,999.99"), (-5_000, "USD", "\u2212$5k"), (2_000_000_000, "USD", "$2B"),
        (None, "USD", "no amount"), (10, "", "10"),
    ],
)  # fmt: skip
def test_money_is_rounded_only_where_nothing_is_lost(amount: float | None, currency: str, said: str) -> None:
    assert money_said(amount, currency) == said


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("StageName", "Stage"), ("CloseDate", "Close date"), ("NextStep", "Next step"), ("OwnerId", "Owner"),
        ("Owner.Name", "Owner"), ("Loss_Reason__c", "Loss reason"), ("acme__Loss_Reason__c", "Loss reason"),
        ("Main_ARR__c", "Main ARR"), ("ARR__c", "ARR"), ("__c", "__c"),
    ],
)  # fmt: skip
def test_a_field_has_a_persons_name(field: str, words: str) -> None:
    assert label(field) == words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "empty"), ("", "empty"), (True, "yes"), (False, "no"), (0, "0"), ("2026-12-18", "18 Dec"),
        ("2027-01-29", "29 Jan 2027"), ("2026-11-20T10:00:00.000+0000", "20 Nov"), ("Timing", "'Timing'"),
        ("x\ny" * 40, "'x " + ("yx " * 19).strip() + "…'"),
    ],
)  # fmt: skip
def test_a_value_in_words(value: Any, said: str) -> None:
    assert value_said(value, TODAY) == said


def test_a_date_that_is_none_is_text() -> None:
    assert value_said("2026-13-45", TODAY) == "'2026-13-45'"


def test_what_only_follows_from_the_stage_is_not_named() -> None:
    assert worth_naming({"Probability", "IsClosed", "CloseDate", "OwnerId", "Owner.Name"}) == [
        "CloseDate",
        "Owner.Name",
    ]
    assert worth_naming({"OwnerId"}) == ["OwnerId"]


def test_what_the_org_moved_is_what_differs_beside_what_was_sent() -> None:
    before = {"StageName": "Discovery", "CloseDate": "2026-12-18", "NextStep": None, "Hidden__c": 1, "Amount": 1}
    after = {"StageName": "Closed Lost", "CloseDate": "2026-11-23", "NextStep": "", "Amount": 1.0}
    assert moved_by_org(before, {"StageName": "Closed Lost"}, after) == {"CloseDate": ("2026-12-18", "2026-11-23")}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("006Hs0000000001AAA", "006Hs0000000001AAA", True), ("006Hs0000000001", "006Hs0000000001AAA", True),
        ("006Hs0000000001AAA", "006Hs0000000001", True), ("006Hs0000000001AAA", "006Hs0000000001AAB", False),
        ("006hs0000000001", "006Hs0000000001AAA", False), ("", "", False), ("", "006Hs0000000001AAA", False),
        ("006Hs", "006Hs0000000001AAA", False),
    ],
)  # fmt: skip
def test_an_id_has_a_short_and_a_long_form(one: str, other: str, same: bool) -> None:
    assert same_id(one, other) is same


def test_a_moment_is_the_offices_and_has_a_zone() -> None:
    assert moment_said(datetime(2026, 11, 24, 7, 59, tzinfo=UTC), "America/Los_Angeles") == "Mon 23 Nov 23:59"
    with pytest.raises(ValueError, match="time zone"):
        moment_said(datetime(2026, 11, 24), "America/Los_Angeles")  # noqa: DTZ001 - that is the point


def test_names_are_of_one_line_and_a_list_ends() -> None:
    assert name_said(" Acme\n 2026 ") == "Acme 2026"
    assert len(name_said("x" * 300)) == 60
    assert listed(["Ann", "Bob"]) == "Ann, Bob"
    assert listed(map(str, range(2_000))).endswith("10, 11 and 1,988 more")
