"""What one sweep is refused for, what it says of what was read, and when it says nothing; without Prefect."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tasks.feedback import Around, judged, quiet_because
from tasks.feedback_memory import Asked, asked_for
from tasks.rules.feedback import Channel, Conversation, Customer, Item, Need, Priority
from tasks.salesforce_customers import CustomerReading, KnownNames
from tasks.slack_feedback import FeedbackReading
from tests.support_alone import ACME, GLOBEX
from tests.sweep_company import SweptCompany, on
from tests.sweep_steps import asked, run_at, sweep_of, ts
from tests.sweeps import make_conversation, make_item, make_message

pytest_plugins = ["tests.sweep_fixtures"]

REFUSED = [
    ("a moment to come", {"until": "Mon 24 06:00", "years": 100}, "'Until' is 2125-11-24T06:00:00-08:00, a moment to"),
    ("nothing between", {"since": "Mon 24 06:00", "until": "Mon 24 06:00"}, "'Since' (2025-11-24T06:00:00-08:00) must"),
    ("the wrong way round", {"since": "Mon 24 06:00", "until": "Sun 23 06:00"}, "must be before 'Until' (2025-11-23"),
    ("a channel of nobody", {"channels": ("C0NOBODY", ACME)}, "C0NOBODY is not in RITUALS_SLACK_CUSTOMER_CHANNELS"),
]


@pytest.mark.parametrize(("given", "why"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_swept_is_refused(company: SweptCompany, given: dict[str, Any], why: str) -> None:
    since, until = (on(given[name]) if name in given else None for name in ("since", "until"))
    until = until.replace(year=until.year + given.get("years", 0)) if until else None

    with pytest.raises(ValueError, match=re.escape(why)):
        asked_for.fn(since, until, given.get("channels", ()), run_at("Mon 24 06:00"), is_whole=False)


P0, OTHER = make_item(priority=Priority.P0), make_item(priority=Priority.P1)
ANSWERED = make_item(priority=Priority.P0, need=Need.ANSWERED)
QUIET = [
    ("an open day", False, (OTHER,), False),
    ("closed, nobody wrote", True, (), True),
    ("closed, P1", True, (OTHER,), True),
    ("closed, P0", True, (OTHER, P0), False),
    ("closed, P0 answered", True, (ANSWERED,), True),
]


@pytest.mark.parametrize(("closed", "items", "quiet"), [row[1:] for row in QUIET], ids=[row[0] for row in QUIET])
def test_a_closed_day_is_quiet_without_a_p0_candidate(closed: bool, items: tuple[Item, ...], quiet: bool) -> None:
    wanted = Asked((), on("Fri 21 16:00"), on("Sat 22 06:00"), on("Sat 22 06:00").date(), is_closed=closed)

    assert bool(quiet_because(sweep_of(*items), wanted)) is quiet


def reading_of(*channels: Channel, conversations: tuple[Conversation, ...] = ()) -> FeedbackReading:
    return FeedbackReading(channels, conversations, (), 7)


ACME_READ, GLOBEX_READ = Channel(ACME, "customer-acme", "001A"), Channel(GLOBEX, "customer-globex", "001G")
SINCE = [
    ("from the oldest mark of what was read", (ACME_READ, GLOBEX_READ), "Thu 20 06:00"),
    ("not from that of a channel that is in the settings no more", (ACME_READ,), "Fri 21 06:00"),
    ("not from that of one that cannot be read", (ACME_READ, replace(GLOBEX_READ, trouble="gone")), "Fri 21 06:00"),
    ("a channel without a mark: when support closed", (ACME_READ, replace(GLOBEX_READ, id="C0NEW")), "Fri 21 06:00"),
    ("nothing was read: when support closed", (), "Fri 21 16:00"),
]


@pytest.mark.parametrize(("channels", "since"), [row[1:] for row in SINCE], ids=[row[0] for row in SINCE])
def test_the_report_says_from_when_it_was_read(
    company: SweptCompany, channels: tuple[Channel, ...], since: str
) -> None:
    marks = {ACME: ts("Fri 21 06:00"), GLOBEX: ts("Thu 20 06:00")}
    wanted = Asked((), on("Fri 21 16:00"), on("Mon 24 06:00"), on("Mon 24 06:00").date(), marks)

    assert judged(wanted, reading_of(*channels), Around()).since == on(since)


def test_customers_are_named_as_salesforce_does_else_as_their_channel(company: SweptCompany) -> None:
    talk = make_conversation(make_message("How do I add a host?", on("Sat 22 10:00")), channel=ACME)
    other = make_conversation(make_message("And a user?", on("Sat 22 10:00")), channel=GLOBEX)
    known = CustomerReading((Customer("001A", "Acme", value=120_000.0),))
    around = Around(customers=known, codenames={"001A": "Ianthe"})

    sweep = judged(asked("Mon 24 06:00"), reading_of(ACME_READ, GLOBEX_READ, conversations=(talk, other)), around)

    found = {item.conversation.channel: item.customer for item in sweep.items}
    assert found == {
        ACME: Customer("001A", "Acme", value=120_000.0, codename="Ianthe"),
        GLOBEX: Customer("001G", "customer-globex"),
    }


@pytest.mark.parametrize(
    ("names", "drafted"), [(None, False), (KnownNames(), True)], ids=["names are not known", "names are known"]
)
def test_nothing_is_drafted_where_nobody_can_tell_whether_it_names_a_customer(
    company: SweptCompany, names: KnownNames | None, drafted: bool
) -> None:
    talk = make_conversation(make_message("Could you add an export as CSV?", on("Sat 22 10:00")), channel=ACME)

    sweep = judged(asked("Mon 24 06:00"), reading_of(ACME_READ, conversations=(talk,)), Around(names=names))

    assert bool(sweep.items[0].draft) is drafted
