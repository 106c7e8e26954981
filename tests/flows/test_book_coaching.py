"""Booking coaching talks from end to end: the real flows, a Prefect server, Salesforce, Slack and a ledger."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from simple_salesforce.format import format_soql

from flows.forms import ActivityReviewForm
from tasks.clients import SalesforceDoor
from tasks.coaching import book as carry_out
from tasks.coaching import order_talks
from tasks.rules.talks import Talk
from tasks.runs import remembered
from tasks.settings import settings
from tests.company import Sandbox
from tests.conftest import Install
from tests.flows.runs import artifacts, book, drafts, reports, review_activity

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

POSTING = ActivityReviewForm(dry_run=False)
PRIVATE = "C0CRO"


@pytest.fixture
def talks(installed: Sandbox) -> dict[str, Talk]:
    """The talks that the review drafted, by the rep's name."""
    review_activity(POSTING)
    return drafts()


@pytest.fixture
def talk(talks: dict[str, Talk]) -> Talk:
    """One of them."""
    return talks["Sam Whitlock"]


def events(sandbox: Sandbox, *users: str) -> list[dict[str, Any]]:
    """The coaching events in these users' calendars."""
    soql = format_soql(
        "SELECT Id, OwnerId, StartDateTime, DurationInMinutes, IsChild, Description FROM Event "
        "WHERE Subject LIKE 'Coaching:%' AND OwnerId IN {} ORDER BY IsChild",
        list(users),
    )
    return list(SalesforceDoor(sandbox.settings).json(f"query?q={quote(soql)}")["records"])


def told(sandbox: Sandbox) -> tuple[str, str]:
    """The first line of the report, and its newest reply."""
    [[parent, *thread]] = reports(sandbox, PRIVATE)
    return parent["text"], thread[-1]["text"] + str(thread[-1].get("blocks"))


def fill(sandbox: Sandbox, user: str, talk: Talk, minutes: int = 60) -> None:
    """Put something else into a calendar at the time of the talk."""
    fields = {
        "Subject": "Customer call", "OwnerId": user, "DurationInMinutes": minutes,
        "StartDateTime": f"{talk.starts:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    SalesforceDoor(sandbox.settings).json("sobjects/Event", "POST", fields)


def test_a_talk_is_booked_for_the_rep_with_the_manager_invited_and_told_in_the_thread(
    installed: Sandbox, talk: Talk
) -> None:
    state = book(talk.id)

    assert (state.is_completed(), state.message) == (True, f"{talk.id}: booked")
    theirs, managers = events(installed, talk.rep_id, talk.manager_id)
    assert (theirs["OwnerId"], theirs["IsChild"], theirs["DurationInMinutes"]) == (talk.rep_id, False, 30)
    assert (managers["OwnerId"], managers["IsChild"]) == (talk.manager_id, True)
    assert datetime.fromisoformat(theirs["StartDateTime"]) == talk.starts
    first, reply = told(installed)
    assert "booked by Marisol Vega" in first
    assert "Booked by Marisol Vega" in reply


def test_pressing_the_button_twice_books_once_and_says_so(installed: Sandbox, talk: Talk) -> None:
    book(talk.id)

    again = book(talk.id)

    assert again.name == "Refused"
    assert "was already booked by Marisol Vega" in str(again.message)
    assert len(events(installed, talk.rep_id)) == 1
    [[_, *thread]] = reports(installed, PRIVATE)
    assert sum("Booked by" in reply["text"] for reply in thread) == 1


@pytest.mark.parametrize("whose", ["rep_id", "manager_id"])
def test_a_time_that_filled_meanwhile_is_not_booked_and_the_next_one_is_offered(
    installed: Sandbox, talk: Talk, whose: str
) -> None:
    fill(installed, getattr(talk, whose), talk)

    state = book(talk.id)

    assert state.message == f"{talk.id}: the time is taken"
    assert events(installed, talk.rep_id) == []
    other = drafts()[talk.rep]
    assert (other.instead_of, other.starts > talk.starts) == (talk.id, True)
    assert "next free" in told(installed)[1]

    assert book(other.id).message == f"{other.id}: booked"
    assert [datetime.fromisoformat(one["StartDateTime"]) for one in events(installed, talk.rep_id)] == [other.starts]


def test_one_talk_that_cannot_be_booked_does_not_stop_the_others(installed: Sandbox, talks: dict[str, Talk]) -> None:
    sam, marcus = talks["Sam Whitlock"], talks["Marcus Webb"]
    fill(installed, sam.rep_id, sam)

    state = book(sam.id, marcus.id, "talk-2026-11-23-000000")

    assert state.name == "Refused"
    assert str(state.message).startswith("No drafted talk 'talk-2026-11-23-000000' is remembered")
    assert (events(installed, sam.rep_id), len(events(installed, marcus.rep_id))) == ([], 1)
    assert artifacts(state)["coaching-talks"].split("\n    ")[:2] == [
        f"    {sam.id}: the time is taken",
        f"{marcus.id}: booked",
    ]


def test_a_talk_is_not_moved_to_the_time_of_another_draft_of_its_manager(
    installed: Sandbox, talks: dict[str, Talk]
) -> None:
    first, other = sorted((talks["Sam Whitlock"], talks["Marcus Webb"]), key=lambda one: one.starts)
    assert first.manager_id == other.manager_id
    fill(installed, first.rep_id, first, minutes=int((other.starts - first.starts) / timedelta(minutes=1)))

    book(first.id)

    moved = drafts()[first.rep]
    assert moved.instead_of == first.id
    assert moved.starts >= other.ends


def test_a_next_time_that_is_booked_is_not_offered_again(installed: Sandbox, talk: Talk) -> None:
    fill(installed, talk.rep_id, talk)
    book(talk.id)
    other = drafts()[talk.rep]
    book(other.id)

    again = book(talk.id)

    assert f"book {other.id} instead" in str(again.message)
    [[_, *thread]] = reports(installed, PRIVATE)
    assert [reply["text"] for reply in thread if "next free" in str(reply.get("blocks"))] == []


def test_what_a_run_had_no_time_to_say_is_said_by_the_next(installed: Sandbox, talk: Talk) -> None:
    order_talks([talk.id], "Marisol Vega", dry_run=False)
    carry_out([talk.id])
    assert "Booked by" not in told(installed)[1]

    again = book(talk.id)

    assert "was already booked by Marisol Vega" in str(again.message)
    assert "Booked by Marisol Vega" in told(installed)[1]


def test_a_talk_that_the_ledger_refuses_stops_no_other_and_fails_the_run(
    installed: Sandbox, talks: dict[str, Talk]
) -> None:
    sam, marcus = talks["Sam Whitlock"], talks["Marcus Webb"]
    with remembered(settings()) as memory:
        memory.plan(f"activity-review:{sam.id}:book:{sam.rep_id}", {"something": "else"})

    state = book(sam.id, marcus.id)

    assert (state.is_failed(), state.name) == (True, "Failed")
    assert "was planned with other contents before" in str(state.message)
    assert (events(installed, sam.rep_id), len(events(installed, marcus.rep_id))) == ([], 1)


def test_a_run_that_could_not_go_on_says_so_rather_than_what_it_refused(installed: Sandbox, talk: Talk) -> None:
    installed.fault("unavailable", match={"path": ".*/composite"}, times=None)

    state = book(talk.id, "talk-2026-11-23-000000")

    assert (state.is_failed(), state.name) == (True, "Failed")
    assert "Salesforce cannot answer now" in str(state.message)


def test_a_dry_run_books_nothing_and_takes_nothing_down(installed: Sandbox, talk: Talk) -> None:
    state = book(talk.id, dry_run=True)

    assert state.is_completed()
    assert f"{talk.id}: would be booked" in artifacts(state)["coaching-talks"]
    assert events(installed, talk.rep_id) == []
    assert book(talk.id).message == f"{talk.id}: booked"


@pytest.mark.parametrize(
    ("talks", "decided_by", "why"),
    [
        ([], "Marisol Vega", "Name the talks to book"),
        (["talk-2026-11-23-000000"], "Marisol Vega", "No drafted talk 'talk-2026-11-23-000000' is remembered"),
        (["talk-2026-11-23-000000"], "", "Say who wants to book a talk"),
        (["talk-2026-11-23-000000"], "Tom Okafor", "Tom Okafor may not book a talk"),
    ],
)
@pytest.mark.usefixtures("installed")
def test_an_order_that_cannot_be_carried_out_is_one_sentence(talks: list[str], decided_by: str, why: str) -> None:
    state = book(*talks, decided_by=decided_by)

    assert state.name == "Refused"
    assert re.search(why, str(state.message))


def test_what_salesforce_refuses_is_told_in_its_words(installed: Sandbox, talk: Talk) -> None:
    installed.org(validation_rules={"Event": "No meetings in the last week of the quarter."})

    state = book(talk.id)

    assert state.message == f"{talk.id}: refused"
    assert "No meetings in the last week of the quarter." in told(installed)[1]


def test_a_lost_answer_is_looked_up_and_not_sent_again(installed: Sandbox, talk: Talk) -> None:
    installed.fault("drop_after", match={"path": ".*/composite", "nth": 3}, times=1)  # zones, calendars, then the talk

    assert book(talk.id).message == f"{talk.id}: booked"
    assert len(events(installed, talk.rep_id)) == 1


def test_a_review_after_the_booking_drafts_no_second_talk_and_keeps_who_booked(installed: Sandbox, talk: Talk) -> None:
    book(talk.id)

    review_activity(POSTING)

    assert drafts()[talk.rep] == talk
    first, _ = told(installed)
    assert "booked by Marisol Vega" in first


def test_the_report_stays_where_it_is_private_even_if_the_channel_is_not_any_more(
    installed: Sandbox, install: Install, talk: Talk
) -> None:
    """The talk remembers its channel: another setting sends its reply nowhere else."""
    install({**installed.environment, "RITUALS_ACTIVITY_CHANNEL": "C0GSALES"})

    book(talk.id)

    assert "Booked by Marisol Vega" in told(installed)[1]


@pytest.fixture(autouse=True)
def _cured(installed: Sandbox) -> Iterator[None]:
    yield
    installed.cure()
