"""Reviews that suggest talks, and drafted talks, for the tests: each states only what matters.

It is Mon 2026-11-23 08:00 in Los Angeles, where the office, the reps and their manager Marisol Vega are.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from tasks.rules.activity_findings import ActivityReview, Rule, Totals, Window
from tasks.rules.activity_policy import CoachingPolicy
from tasks.rules.business_days import OfficeDays
from tasks.rules.coaching import drafts_of
from tasks.rules.talks import NoTalk, Talk

LA = "America/Los_Angeles"
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
OFFICE = OfficeDays()
POLICY = CoachingPolicy()
MOMENT = "datetime64[us, UTC]"
Row = dict[str, Any]


def user_id(name: str) -> str:
    """An id of 18 characters."""
    return f"005{name:0<15}"


def rep(name: str, /, **said: Any) -> Row:
    """Somebody whose manager is Marisol, with whom a talk is suggested."""
    usual = {
        "rep_id": user_id(name), "rep": name.title(), "zone": LA, "manager_id": user_id("marisol"), "talk": True,
        "talk_because": "3 people with 4 or more unanswered in a row",
    }  # fmt: skip
    return {**usual, **said}


def manager(name: str, /, **said: Any) -> Row:
    return {"id": user_id(name), "name": name.title(), "zone": LA, "active": True, **said}


def found(rule: Rule, person: str | None, value: float, /, *reps: str, **said: Any) -> Row:
    """A finding of these reps about a person at Acme; `touches` are the ids."""
    touches = said.pop("touches", ())
    usual = {
        "rule": rule, "level": "amber", "rep_ids": tuple(map(user_id, reps)),
        "person_id": f"003{person}" if person else None, "person": person, "account_id": "001Acme", "account": "Acme",
        "value": value, "words": f"{value:.0f} of them", "touch_ids": tuple(touches),
    }  # fmt: skip
    return {**usual, **said}


def touched(touch_id: str, by: str, day: str, subject: str | None = "Hello", kind: str = "email") -> Row:
    return {"id": touch_id, "rep_id": user_id(by), "kind": kind, "day": pd.Timestamp(day), "subject": subject}


def entry(name: str, starts: str, ends: str) -> Row:
    """Something in a calendar, on the clock of Los Angeles."""
    return {"user_id": user_id(name), "starts": moment(starts), "ends": moment(ends)}


def busy_frame(*entries: Row) -> pd.DataFrame:
    frame = pd.DataFrame(list(entries), columns=["user_id", "starts", "ends"])
    return frame.astype({"user_id": "str", "starts": MOMENT, "ends": MOMENT})


def make_review(
    reps: list[Row],
    findings: Sequence[Row] = (),
    touches: Sequence[Row] = (),
    busy: Sequence[Row] = (),
    **said: Any,
) -> ActivityReview:
    columns = list(found(Rule.GAP, "x", 1)), list(touched("m", "tom", "2026-11-02"))
    dated = pd.DataFrame(list(touches), columns=columns[1]).astype(
        {"id": "str", "rep_id": "str", "kind": "str", "day": "datetime64[us]", "subject": "str"}
    )
    texts = dict.fromkeys(("level", "person_id", "person", "account_id", "account", "words"), "str")
    judged = pd.DataFrame(list(findings), columns=columns[0]).astype({**texts, "value": "float64"})
    usual: dict[str, Any] = {
        "window": Window(NOW, 30, LA), "touches": dated, "people": pd.DataFrame(), "findings": judged,
        "reps": pd.DataFrame(reps, columns=list(rep("x"))), "totals": Totals(0, 0, 0, 0, 0, 0, 0, 0, 0),
        "busy": busy_frame(*busy),
    }  # fmt: skip
    managers = pd.DataFrame(said.pop("managers", [manager("marisol")]), columns=list(manager("x")))
    return ActivityReview(**{**usual, "managers": managers.astype({"active": "boolean"}), **said})


def drafted(review: ActivityReview, **said: Any) -> tuple[tuple[Talk, ...], tuple[NoTalk, ...]]:
    usual: dict[str, Any] = {
        "policy": POLICY, "office": OFFICE, "now": NOW, "report_key": "rep-activity:2026-11-23", "channel": "C0CRO",
    }  # fmt: skip
    return drafts_of(review, **{**usual, **said})


def make_talk(**said: Any) -> Talk:
    """Tom's, drafted on Mon 23 Nov 08:00 for Wed 2 Dec 10:30."""
    usual: dict[str, Any] = {
        "id": "talk-2026-11-23-3f9a1c", "report_key": "rep-activity:2026-11-23", "channel": "C0CRO",
        "rep_id": user_id("tom"), "rep": "Tom", "manager_id": user_id("marisol"), "manager": "Marisol",
        "starts": datetime(2026, 12, 2, 18, 30, tzinfo=UTC), "minutes": 30, "time_zone": LA,
        "subject": "Coaching: following up with people", "agenda": ("J. Doe (Acme): 6 in a row",),
        "because": "3 people with 4 or more unanswered in a row", "drafted_at": NOW,
    }  # fmt: skip
    return Talk(**{**usual, **said})


def moment(text: str) -> datetime:
    """A time on the clock of Los Angeles, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LA)).astimezone(UTC)


def clock(talk: Talk | None) -> str:
    """When a talk is, on the clock of its time zone."""
    return f"{talk.starts.astimezone(ZoneInfo(talk.time_zone)):%a %-d %b %H:%M}" if talk else ""
