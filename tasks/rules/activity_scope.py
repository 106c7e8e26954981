"""What one activity review was asked for: which rep, under which values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tasks.rules.activity_policy import ActivityPolicy


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
