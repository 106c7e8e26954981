"""The 30-minute talks that an activity review drafts (handbook L143): with whom, when, about what. Books nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from tasks.rules.activity_findings import ActivityReview
from tasks.rules.activity_policy import CoachingPolicy
from tasks.rules.business_days import OfficeDays
from tasks.rules.coaching_agenda import agendas_of
from tasks.rules.coaching_times import Person, Search, manager_of, text
from tasks.rules.policy import OFFICE_ZONE
from tasks.rules.slots import is_free
from tasks.rules.talk_booking import booking_refusal, event_fields, event_subject
from tasks.rules.talks import NoTalk, Talk
from tasks.rules.wording import moment_said

__all__ = ["already_said", "booking_refusal", "drafts_of", "event_fields", "latest_day", "redrafted", "still_free"]

_MOMENT = "datetime64[us, UTC]"


def drafts_of(
    review: ActivityReview,
    policy: CoachingPolicy,
    office: OfficeDays,
    *,
    now: datetime,
    report_key: str,
    channel: str,
) -> tuple[tuple[Talk, ...], tuple[NoTalk, ...]]:
    """A draft for each rep with whom the review suggests a talk, by name, and why the others of them have none.

    It is with the rep's manager if active, else with the one of the policy, at the first time that both are free from
    the beginning of the `notice_days`-th business day after `now` (aware). A time that is drafted is taken for the
    next draft, so that nobody is asked to be in two talks at once. Whose user has no known time zone gets no draft.
    """
    search = Search(policy, office, now, review.window.time_zone)
    examples = agendas_of(review, search.today)
    busy, talks, without = review.busy, list[Talk](), list[NoTalk]()
    for row in _suggested(review.reps):
        rep = Person(row["rep_id"], text(row["rep"]) or row["rep_id"], text(row["zone"]))
        manager = manager_of(rep, text(row["manager_id"]), review.managers, policy)
        starts = manager if isinstance(manager, str) else search.time_for(rep, manager, busy, search.earliest)
        if isinstance(manager, str) or isinstance(starts, str):
            without.append(NoTalk(rep.id, rep.name, str(starts)))
            continue
        talk = Talk(
            id="",
            report_key=report_key,
            channel=channel,
            rep_id=rep.id,
            rep=rep.name,
            manager_id=manager.id,
            manager=manager.name,
            starts=starts,
            minutes=policy.minutes,
            time_zone=rep.zone,
            subject=event_subject(policy.subject),
            agenda=examples.get(rep.id, ()),
            because=text(row["talk_because"]),
            drafted_at=now.astimezone(UTC),
        )
        talks.append(replace(talk, id=_talk_id(talk, search.today)))
        busy = _filled(busy, talk)
    return tuple(talks), tuple(without)


def redrafted(
    talk: Talk,
    busy: pd.DataFrame,
    office: OfficeDays,
    policy: CoachingPolicy,
    *,
    now: datetime,
    zones: Mapping[str, str],
    time_zone: str = OFFICE_ZONE,
    beside: Sequence[Talk] = (),
) -> Talk | NoTalk:
    """The same talk at the next time that both are free, after the one that was taken and after `now` (aware).

    busy    user_id, starts, ends (moments) of both, from `now` to the end of `latest_day`
    zones   IANA zone of each by user id             time_zone  the office's
    beside  other drafts that may still be booked: their times are not drafted twice
    """
    for other in beside:
        busy = _filled(busy, other)
    search = Search(replace(policy, minutes=talk.minutes), office, now, time_zone)
    rep = Person(talk.rep_id, talk.rep, zones.get(talk.rep_id, ""))
    manager = Person(talk.manager_id, talk.manager, zones.get(talk.manager_id, ""))
    starts = search.time_for(rep, manager, busy, max(talk.starts + timedelta(minutes=1), now))
    if isinstance(starts, str):
        return NoTalk(talk.rep_id, talk.rep, starts)
    moved = replace(talk, starts=starts, time_zone=rep.zone, drafted_at=now.astimezone(UTC), instead_of=talk.id)
    return replace(moved, id=_talk_id(moved, search.today))


def still_free(talk: Talk, busy: pd.DataFrame) -> bool:
    """Whether nothing fills the time of the talk in either calendar (user_id, starts, ends as moments)."""
    return is_free(busy, (talk.rep_id, talk.manager_id), talk.starts, talk.ends)


def already_said(talk: Talk) -> NoTalk:
    """What stands in place of a draft for a rep whose talk is booked and still to come."""
    return NoTalk(talk.rep_id, talk.rep, f"A talk is booked for {moment_said(talk.starts, talk.time_zone)}")


def latest_day(now: datetime, policy: CoachingPolicy, time_zone: str = OFFICE_ZONE) -> date:
    """The last office day on which a talk that is drafted at `now` (aware) can be: calendars are read up to its end."""
    return Search(policy, OfficeDays(), now, time_zone).until


def _suggested(reps: pd.DataFrame) -> list[dict[Any, Any]]:
    """Those with whom a talk is suggested, by name."""
    wanted = reps[reps["talk"].astype("boolean").fillna(value=False).astype(bool)].to_dict("records")
    return sorted(wanted, key=lambda row: (text(row["rep"]).casefold(), row["rep_id"]))


def _filled(busy: pd.DataFrame, talk: Talk) -> pd.DataFrame:
    taken = pd.DataFrame({"user_id": [talk.rep_id, talk.manager_id], "starts": talk.starts, "ends": talk.ends})
    return pd.concat([busy, taken.astype({"user_id": "str", "starts": _MOMENT, "ends": _MOMENT})], ignore_index=True)


def _talk_id(talk: Talk, day: date) -> str:
    """The day it was drafted and six hex digits of what a person sees of it, at whatever hour it was drafted."""
    contents = [
        talk.report_key, talk.rep_id, talk.manager_id, talk.starts.astimezone(UTC).isoformat(), talk.minutes,
        talk.subject, list(talk.agenda),
    ]  # fmt: skip
    written = json.dumps(contents, separators=(",", ":"))
    return f"talk-{day.isoformat()}-{hashlib.sha256(written.encode()).hexdigest()[:6]}"
