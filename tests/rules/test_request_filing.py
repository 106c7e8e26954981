"""Who may have what filed, which account is meant, and which requests to the sales team wait for too long."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback import DraftedRequest, IssueDraft, OpenRequest
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.request_filing import (
    Account,
    account_refusal,
    codename_refusal,
    meant,
    none_is_older,
    request_refusal,
    stranger_request_said,
    waiting,
)

ON = FeedbackPolicy(public_repository="acme/product", file_at_most=2, filers=frozenset({"Priya Nair"}))
OFFICE = ZoneInfo("America/Los_Angeles")
ACME, ACME_TOO = Account("001Ax00000KpQ2ZIAV", "Acme Bank"), Account("001Ax00000KpQ2aIAF", "ACME  Bank")
OTHER = Account("001Ax00000KpQ2bIAF", "Umbra Freight")

NOBODY = "Nobody may file customer requests yet: name those who may in"
TWICE = "'Acme Bank' is the name of 2 accounts"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"decided_by": "priya  nair"}, ""),
        ({"requests": ["a", "b"]}, ""),
        ({"own_words": True}, ""),
        ({"decided_by": ""}, "Say who wants to file customer requests: those who may are Marisol Vega, Priya Nair"),
        ({"decided_by": "Tom Okafor"}, "Tom Okafor may not file customer requests"),
        ({"deciders": (), "policy": FeedbackPolicy()}, f"{NOBODY} RITUALS_FEEDBACK__FILERS"),
        ({"policy": FeedbackPolicy()}, "Filing is off: name the product's public GitHub repository"),
        ({"has_token": False}, "Filing is off: set RITUALS_GITHUB_TOKEN"),
        ({"requests": []}, "Name the requests to file"),
        ({"requests": ["a", "b", "c"]}, "3 requests are more than the 2 that one order files, so none was"),
        ({"requests": ["a", "b"], "own_words": True}, "A title or text of your own replaces that of one request"),
    ],
)  # fmt: skip
def test_an_order_is_refused_in_one_sentence(change: dict[str, Any], why: str) -> None:
    order: dict[str, Any] = {
        "requests": ["a"], "decided_by": "Marisol Vega", "deciders": ("Marisol Vega",), "policy": ON,
        "has_token": True, "own_words": False,
    }  # fmt: skip

    said = request_refusal(**{**order, **change})

    assert said.startswith(why)
    assert bool(said) == bool(why)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"decided_by": "Priya Nair"}, ""),
        ({"decided_by": ""}, "Say who wants to assign codenames: those who may are Marisol Vega, Priya Nair"),
        ({"decided_by": "Tom Okafor"}, "Tom Okafor may not assign codenames"),
        ({"account": "  "}, "Name the account: the customer's full name in Salesforce"),
        ({"policy": FeedbackPolicy()}, "Filing is off: name the product's public GitHub repository"),
        ({"has_token": False}, "Filing is off: set RITUALS_GITHUB_TOKEN"),
        ({"private_repository": ""}, "A codename's real name is kept on GitHub where only we read: name a private"),
    ],
)
def test_an_order_of_a_codename_is_refused_in_one_sentence(change: dict[str, Any], why: str) -> None:
    order: dict[str, Any] = {
        "account": "Acme Bank", "decided_by": "Marisol Vega", "deciders": ("Marisol Vega",), "policy": ON,
        "private_repository": "acme/confidential", "has_token": True,
    }  # fmt: skip

    said = codename_refusal(**{**order, **change})

    assert said.startswith(why)
    assert bool(said) == bool(why)


def test_a_key_that_nobody_remembers_is_named() -> None:
    assert stranger_request_said("c0ffee").startswith("No request 'c0ffee' is remembered")


@pytest.mark.parametrize(
    ("given", "accounts", "found"),
    [
        ("Umbra Freight", (ACME, OTHER), (OTHER,)),
        ("  umbra   FREIGHT ", (ACME, OTHER), (OTHER,)),
        ("Umbra", (ACME, OTHER), ()),
        (OTHER.id, (ACME, OTHER), (OTHER,)),
        (OTHER.id[:15], (ACME, OTHER), (OTHER,)),
        (OTHER.id[:15].lower(), (ACME, OTHER), ()),
        ("acme bank", (ACME, ACME_TOO), (ACME, ACME_TOO)),
        ("", (Account("001Ax00000KpQ2cIAF", ""),), ()),
    ],
)
def test_an_account_is_meant_by_id_or_by_its_full_name(given: str, accounts: Any, found: Any) -> None:
    assert meant(given, accounts) == found


@pytest.mark.parametrize(
    ("given", "found", "why"),
    [
        ("Acme Bank", (ACME,), ""),
        ("", (), "Name the account: the customer's full name in Salesforce"),
        ("Acme", (), "Salesforce shows no account 'Acme'"),
        ("Acme Bank", (ACME, ACME_TOO), f"{TWICE}: give the id, one of {ACME.id}, {ACME_TOO.id}"),
    ],
)  # fmt: skip
def test_an_account_that_is_not_clear_is_refused(given: str, found: Any, why: str) -> None:
    said = account_refusal(given, found)

    assert said.startswith(why)
    assert bool(said) == bool(why)


def drafted(root: str) -> DraftedRequest:
    return DraftedRequest("11c0ffee0001", "C0ACME", root, ACME.id, IssueDraft("A title", "A body"))


@pytest.mark.parametrize(
    ("roots", "moment"),
    [
        (("1795447680.000100", "1795361280.000200"), datetime(2026, 11, 21, 15, 28, tzinfo=UTC)),
        (("1795447680.000100", "gone"), None),
        (("1e300",), None),
        ((), None),
    ],
)
def test_no_issue_is_older_than_the_first_that_was_said(roots: tuple[str, ...], moment: datetime | None) -> None:
    found = none_is_older(drafted(root) for root in roots)

    assert (found.replace(microsecond=0) if found else None) == moment


def opened(day: int, hour: int, number: int = 1) -> OpenRequest:
    """Opened in November 2026, on the office's clock."""
    return OpenRequest(number, "A discount", "https://github.example/1", datetime(2026, 11, day, hour, tzinfo=OFFICE))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=OFFICE)


WAITING: list[tuple[str, OpenRequest, datetime, bool]] = [
    ("Mon 10:00, looked at on Mon 16:00", opened(16, 10), at(16, 16), False),
    ("Mon 10:00, on Tue 10:00: the day is just over", opened(16, 10), at(17, 10), False),
    ("Mon 10:00, on Tue 10:01", opened(16, 10), at(17, 10, 1), True),
    ("Fri 15:00, on Mon 14:59", opened(13, 15), at(16, 14, 59), False),
    ("Fri 15:00, on Mon 15:01", opened(13, 15), at(16, 15, 1), True),
    ("Sat counts as Mon 00:00, so until Tue 00:00", opened(14, 9), at(16, 23, 59), False),
    ("Sat, on Tue 00:01", opened(14, 9), at(17, 0, 1), True),
    ("Wed 15:00 before Thanksgiving, on Fri 14:00", opened(25, 15), at(27, 14), False),
    ("Wed 15:00 before Thanksgiving, on Fri 15:01", opened(25, 15), at(27, 15, 1), True),
]


@pytest.mark.parametrize(("request_", "now", "waits"), [row[1:] for row in WAITING], ids=[row[0] for row in WAITING])
def test_a_request_may_wait_one_business_day(request_: OpenRequest, now: datetime, waits: bool) -> None:
    found = waiting([request_], now, ON, OfficeDays(), "America/Los_Angeles")

    assert bool(found) is waits


def test_a_day_of_the_settings_is_no_business_day() -> None:
    office = OfficeDays(frozenset({date(2026, 11, 17)}))

    assert waiting([opened(16, 10)], at(18, 9, 59), ON, office, "America/Los_Angeles") == ()
    assert len(waiting([opened(16, 10)], at(18, 10, 1), ON, office, "America/Los_Angeles")) == 1


def test_those_that_wait_are_told_the_oldest_first() -> None:
    late = [opened(16, 10, 7), opened(12, 9, 3), opened(20, 9, 9)]

    found = waiting(late, at(20, 10), ON, OfficeDays(), "America/Los_Angeles")

    assert [one.number for one in found] == [3, 7]
    assert waiting([], at(20, 10), ON, OfficeDays(), "America/Los_Angeles") == ()
