"""What one activity review was asked for: which rep, under which values, and when it is due by itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.business_days import OfficeDays


def asked_for(policy: ActivityPolicy, rep: str, limits: Mapping[str, int | None]) -> tuple[ActivityPolicy, str]:
    """The policy with the limits that were given (None: as it is), and what tells this review from that of the whole
    team under the policy's own values: "" for that one, "tom okafor, window_days 14" for another.

    Only one of amber and red given moves the other along where it would cross it.
    """
    given: dict[str, Any] = {name: value for name, value in limits.items() if value is not None}
    amber, red = given.get("unanswered_amber"), given.get("unanswered_red")
    crossed: dict[str, Any] = {}
    if amber is not None and red is None:
        crossed["unanswered_red"] = max(amber, policy.unanswered_red)
    if red is not None and amber is None:
        crossed["unanswered_amber"] = min(red, policy.unanswered_amber)
    wanted = replace(policy, **crossed, **given)
    changed = {name: value for name, value in given.items() if value != getattr(policy, name)}
    words = [rep.strip().casefold(), *(f"{name} {value}" for name, value in sorted(changed.items()))]
    return wanted, ", ".join(filter(None, words))


def why_not_due(day: date, office: OfficeDays) -> str:
    """Why a review that a schedule starts is not due on that day: it is due on the first business day of the month
    (decisions.md), and the schedule tries the first five weekdays; "" on that one."""
    first = office.first_of_month(day)
    said = f"{first:%a} {first.day} {first:%b}"
    return "" if day == first else f"The activity review is due on the first business day of the month, {said}."
