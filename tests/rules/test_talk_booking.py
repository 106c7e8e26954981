"""Who may have a drafted talk booked, until when, and what Salesforce is told. Drafted on Mon 2026-11-23 08:00 for
Wed 2 Dec 10:30 in Los Angeles; ordered by Marisol Vega on Mon 23 Nov 09:02."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.rules.activity_policy import CoachingPolicy
from tasks.rules.coaching import booking_refusal, event_fields
from tasks.rules.talks import Booked, Booking, TalkResult, TalkStanding

from .talk_builders import POLICY, make_talk, moment, user_id

TALK = make_talk()
DECIDERS = frozenset({"Marisol Vega", "Alex Mitchell"})
ORDERED = Booking(TALK.id, "Marisol Vega", datetime(2026, 11, 23, 17, 2, tzinfo=UTC))
LISTED = "those who may are Alex Mitchell, Marisol Vega (RITUALS_DECIDERS)"
WHEN = "Wed 2 Dec 10:30 America/Los_Angeles"  # and no name: whoever can open Prefect reads it there


def refused(standing: TalkStanding | None = TalkStanding(TALK), **said: Any) -> str:  # noqa: B008 - frozen
    usual: dict[str, Any] = {
        "decided_by": "Marisol Vega", "deciders": DECIDERS, "now": moment("2026-11-23 09:10"), "policy": POLICY,
    }  # fmt: skip
    return booking_refusal(said.pop("talk_id", TALK.id), standing, **{**usual, **said})


def ordered(outcome: Booked | None, detail: str = "", **said: Any) -> TalkStanding:
    result = TalkResult(TALK.id, outcome, detail=detail) if outcome else None
    return TalkStanding(TALK, ORDERED, result, **said)


@pytest.mark.parametrize(
    ("name", "deciders", "told"),
    [
        ("Marisol Vega", DECIDERS, ""),
        ("  marisol  VEGA ", DECIDERS, ""),
        ("Tom Okafor", DECIDERS, f"Tom Okafor may not book a talk: {LISTED}"),
        ("", DECIDERS, f"Say who wants to book a talk: {LISTED}"),
        (
            "Marisol Vega",
            frozenset(),
            'Nobody may book a talk yet: name those who may in RITUALS_DECIDERS, such as ["First Last"]',
        ),
    ],
)
def test_only_those_on_the_list_book(name: str, deciders: frozenset[str], told: str) -> None:
    assert refused(decided_by=name, deciders=deciders) == told


@pytest.mark.parametrize(
    ("talk_id", "named"), [("talk-2026-11-02-aaaaaa", "'talk-2026-11-02-aaaaaa'"), (" ", "without a name")]
)
def test_an_unknown_draft(talk_id: str, named: str) -> None:
    assert refused(None, talk_id=talk_id) == (
        f"No drafted talk {named} is remembered: take it from the button of the newest activity review"
    )


def test_a_stranger_learns_nothing_about_a_draft() -> None:
    assert refused(None, decided_by="Eve") == f"Eve may not book a talk: {LISTED}"


def test_a_draft_that_another_replaced() -> None:
    assert refused(TalkStanding(TALK, superseded_by="talk-2026-11-24-beef00")) == (
        "The draft talk-2026-11-23-3f9a1c was replaced by talk-2026-11-24-beef00: book that one"
    )


@pytest.mark.parametrize(
    ("now", "days", "told"),
    [
        ("2026-12-02 10:29:59", 14, ""),
        (
            "2026-12-02 10:30:00",
            14,
            f"The time of talk-2026-11-23-3f9a1c has passed ({WHEN}): run the activity review again for another",
        ),
        ("2026-11-30 07:59:59", 7, ""),
        (
            "2026-11-30 08:00:00",
            7,
            (
                "The draft talk-2026-11-23-3f9a1c expired on Mon 30 Nov 08:00 (office time), 7 days after it was made:"
                " run the activity review again for another"
            ),
        ),
        (
            "2026-11-24 08:00:00",
            1,
            (
                "The draft talk-2026-11-23-3f9a1c expired on Tue 24 Nov 08:00 (office time), 1 day after it was made:"
                " run the activity review again for another"
            ),
        ),
    ],
)
def test_a_draft_lasts_to_the_second(now: str, days: int, told: str) -> None:
    assert refused(now=moment(now), policy=CoachingPolicy(book_within_days=days)) == told


@pytest.mark.parametrize("outcome", [None, Booked.UNANSWERED])
@pytest.mark.parametrize("now", ["2026-11-23 09:10", "2026-12-03 09:10"])
def test_the_same_person_goes_on_until_it_is_settled(outcome: Booked | None, now: str) -> None:
    assert refused(ordered(outcome), decided_by=" marisol vega", now=moment(now)) == ""
    assert refused(ordered(outcome, superseded_by="talk-2026-11-24-beef00"), now=moment(now)) == ""


@pytest.mark.parametrize("outcome", [None, Booked.UNANSWERED])
def test_nobody_else_goes_on_with_it(outcome: Booked | None) -> None:
    assert refused(ordered(outcome), decided_by="Alex Mitchell") == (
        "The talk talk-2026-11-23-3f9a1c was ordered by Marisol Vega on Mon 23 Nov 09:02, and what became of it is not"
        " known yet: have them order it once more"
    )


@pytest.mark.parametrize("who", ["Marisol Vega", "Alex Mitchell"])
@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (
            ordered(Booked.BOOKED),
            (
                f"The talk talk-2026-11-23-3f9a1c was already booked by Marisol Vega on Mon 23 Nov 09:02: {WHEN};"
                " to move it, edit the event in Salesforce"
            ),
        ),
        (
            ordered(Booked.TAKEN, superseded_by="talk-2026-11-24-beef00"),
            (
                f"The time of talk-2026-11-23-3f9a1c ({WHEN}) was taken when Marisol Vega on Mon 23 Nov 09:02 wanted"
                " it: book talk-2026-11-24-beef00 instead"
            ),
        ),
        (
            ordered(Booked.TAKEN),
            (
                f"The time of talk-2026-11-23-3f9a1c ({WHEN}) was taken when Marisol Vega on Mon 23 Nov 09:02 wanted"
                " it: run the activity review again"
            ),
        ),
        (
            ordered(Booked.REFUSED, "No events\nbefore noon"),
            (
                "Salesforce refused the talk talk-2026-11-23-3f9a1c that was ordered by Marisol Vega on Mon 23 Nov"
                " 09:02 (No events before noon): have that put right, then run the activity review again"
            ),
        ),
        (
            ordered(Booked.FORBIDDEN),
            (
                "Salesforce refused the talk talk-2026-11-23-3f9a1c that was ordered by Marisol Vega on Mon 23 Nov"
                " 09:02: have that put right, then run the activity review again"
            ),
        ),
    ],
    ids=["booked", "taken, another drafted", "taken", "refused", "forbidden"],
)
def test_what_is_settled_is_not_ordered_again(standing: TalkStanding, told: str, who: str) -> None:
    assert refused(standing, decided_by=who) == told


def test_the_event_of_a_talk() -> None:
    assert event_fields(replace(TALK, agenda=("J. Doe (Acme): 6 in a row", "Acme: 12 without an answer"))) == {
        "OwnerId": user_id("tom"),
        "Subject": "Coaching: following up with people",
        "StartDateTime": "2026-12-02T18:30:00Z",
        "DurationInMinutes": 30,
        "Description": "30 minutes on following up with people, and not too often (handbook L138). Suggested because"
        " of 3 people with 4 or more unanswered in a row.\n\nExamples from the last weeks:\n"
        "- J. Doe (Acme): 6 in a row\n- Acme: 12 without an answer",
        "ShowAs": "Busy",
    }


def test_an_event_without_examples() -> None:
    assert event_fields(replace(TALK, agenda=(), because=" "))["Description"] == (
        "30 minutes on following up with people, and not too often (handbook L138)."
    )


def test_the_start_is_utc_whatever_zone_it_was_read_in() -> None:
    there = replace(TALK, starts=datetime.fromisoformat("2026-12-02T10:30:00-08:00"))
    assert event_fields(there)["StartDateTime"] == "2026-12-02T18:30:00Z"


@pytest.mark.parametrize("hostile", ["@{event.id}", "@@{{event.id}", "@\x00{event.id}", "x" * 395 + "@{event.id}"])
def test_nothing_in_an_event_refers_to_another_part_of_the_request(hostile: str) -> None:
    talk = replace(TALK, subject=hostile[:255], agenda=(hostile,), because=hostile)
    assert "@{" not in json.dumps(dict(event_fields(talk)), ensure_ascii=False)


def test_an_event_stays_within_what_salesforce_holds() -> None:
    talk = replace(TALK, agenda=("a\nb" * 300,) * 200, subject="@{" * 127)
    fields = event_fields(talk)
    assert len(fields["Description"]) == 32_000
    assert 250 < len(fields["Subject"]) <= 255
    assert fields["Description"].count("\n") < 205
