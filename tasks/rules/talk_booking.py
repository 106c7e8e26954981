"""Whether a person may have a drafted talk booked, and what Salesforce is told of it (handbook L143)."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tasks.rules.activity_policy import CoachingPolicy
from tasks.rules.choosing import same_person, signed_by
from tasks.rules.coaching_agenda import one_line
from tasks.rules.policy import OFFICE_ZONE
from tasks.rules.talks import Booked, Talk, TalkStanding
from tasks.rules.wording import moment_said, name_said

_DESCRIPTION, _SUBJECT = 32_000, 255  # Event holds no more
_LINE = 400


def booking_refusal(
    talk_id: str,
    standing: TalkStanding | None,
    *,
    decided_by: str,
    deciders: Collection[str],
    now: datetime,
    policy: CoachingPolicy,
    time_zone: str = OFFICE_ZONE,
) -> str:
    """Why the talk is not booked and what to do about it, one sentence; "" where it is.

    The same person's order is gone on with until it has a final result, also after the talk's time: whether the event
    is there is then looked up, never guessed.

    standing   of the draft with this id; None where none is remembered
    now        aware                         time_zone  the office's
    """
    if wrong := signed_by(decided_by, deciders, "book a talk")[1]:
        return wrong
    if standing is None:
        named = f"'{name_said(talk_id)}'" if talk_id.strip() else "without a name"
        return f"No drafted talk {named} is remembered: take it from the button of the newest activity review"
    if standing.booking is not None:
        return _ordered(standing, decided_by, time_zone)
    if standing.superseded_by:
        return f"The draft {standing.talk.id} was replaced by {standing.superseded_by}: book that one"
    return _too_late(standing.talk, policy, now, time_zone)


def event_fields(talk: Talk) -> Mapping[str, Any]:
    """The Event of the talk in the rep's calendar, as Salesforce's API takes it. Nothing in it can refer to another
    part of the request: "@{" in a composite request would be filled in."""
    return {
        "OwnerId": talk.rep_id,
        "Subject": event_subject(talk.subject),
        "StartDateTime": f"{talk.starts.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "DurationInMinutes": talk.minutes,
        "Description": _description(talk),
        "ShowAs": "Busy",
    }


def event_subject(subject: str) -> str:
    """A subject as the event has it afterwards, by which it is found again: Salesforce drops blanks at both ends."""
    return _unreferring(one_line(subject, _SUBJECT))[:_SUBJECT].rstrip()


def _ordered(standing: TalkStanding, decided_by: str, time_zone: str) -> str:
    """The talk that somebody has ordered already."""
    talk, booking, result = standing.talk, standing.booking, standing.result
    if booking is None:
        return ""
    by = f"{booking.decided_by} on {moment_said(booking.decided_at, time_zone)}"
    if result is None or not result.outcome.is_final:
        if same_person(decided_by, booking.decided_by):
            return ""
        return (
            f"The talk {talk.id} was ordered by {by}, and what became of it is not known yet:"
            " have them order it once more"
        )
    if result.outcome is Booked.BOOKED:
        return f"The talk {talk.id} was already booked by {by}: {_when(talk)}; to move it, edit the event in Salesforce"
    if result.outcome is Booked.TAKEN:
        instead = (
            f"book {standing.superseded_by} instead" if standing.superseded_by else "run the activity review again"
        )
        return f"The time of {talk.id} ({_when(talk)}) was taken when {by} wanted it: {instead}"
    said = f" ({one_line(result.detail, _LINE)})" if result.detail.strip() else ""
    return (
        f"Salesforce refused the talk {talk.id} that was ordered by {by}{said}: have that put right,"
        " then run the activity review again"
    )


def _too_late(talk: Talk, policy: CoachingPolicy, now: datetime, time_zone: str) -> str:
    if now >= talk.starts:
        return f"The time of {talk.id} has passed ({_when(talk)}): run the activity review again for another"
    days = policy.book_within_days
    expired = talk.drafted_at + timedelta(days=days)
    if now < expired:
        return ""
    return (
        f"The draft {talk.id} expired on {moment_said(expired, time_zone)} (office time), {days}"
        f" day{'' if days == 1 else 's'} after it was made: run the activity review again for another"
    )


def _when(talk: Talk) -> str:
    """Without the rep's name: whoever can open Prefect reads it there."""
    return f"{moment_said(talk.starts, talk.time_zone)} {talk.time_zone}"


def _description(talk: Talk) -> str:
    because = f" Suggested because of {one_line(talk.because, _LINE)}." if talk.because.strip() else ""
    lines = [
        f"{talk.minutes} minutes on following up with people, and not too often (handbook L138).{because}",
        *(["", "Examples from the last weeks:"] if talk.agenda else []),
        *(f"- {one_line(example, _LINE)}" for example in talk.agenda),
    ]
    return _unreferring("\n".join(lines))[:_DESCRIPTION]


def _unreferring(text: str) -> str:
    return text.replace("@{", "@ {")
