"""What one activity review is asked for, and what sets it apart from the team's own."""

import pytest

from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_scope import asked_for

POLICY = ActivityPolicy()  # 30 days, 4 amber, 6 red, 3 days between
NOTHING = dict.fromkeys(["window_days", "unanswered_amber", "unanswered_red", "gap_days"])


def test_a_form_that_was_left_empty_asks_for_the_teams_own_review() -> None:
    assert asked_for(POLICY, "", NOTHING) == (POLICY, "")


@pytest.mark.parametrize(
    ("rep", "limits", "scope"),
    [
        pytest.param("Tom Okafor", {}, "tom okafor", id="one rep"),
        pytest.param("", {"window_days": 14}, "window_days 14", id="other days"),
        pytest.param("", {"window_days": 30}, "", id="the days that are set anyway"),
        pytest.param(" Tom Okafor ", {"gap_days": 5}, "tom okafor, gap_days 5", id="both"),
    ],
)
def test_each_review_that_is_not_the_teams_own_has_a_name(rep: str, limits: dict[str, int], scope: str) -> None:
    policy, told = asked_for(POLICY, rep, {**NOTHING, **limits})

    assert told == scope
    assert all(getattr(policy, name) == value for name, value in limits.items())


@pytest.mark.parametrize(
    ("limits", "amber", "red"),
    [
        pytest.param({"unanswered_amber": 3}, 3, 6, id="amber alone"),
        pytest.param({"unanswered_amber": 8}, 8, 8, id="amber above red takes red along"),
        pytest.param({"unanswered_red": 3}, 3, 3, id="red below amber takes amber along"),
        pytest.param({"unanswered_amber": 2, "unanswered_red": 3}, 2, 3, id="both"),
    ],
)
def test_one_limit_alone_takes_the_other_along(limits: dict[str, int], amber: int, red: int) -> None:
    policy, _ = asked_for(POLICY, "", {**NOTHING, **limits})

    assert (policy.unanswered_amber, policy.unanswered_red) == (amber, red)


def test_red_below_amber_is_refused_where_both_were_given() -> None:
    with pytest.raises(ValueError, match=r"unanswered_red \(2\) must not be below unanswered_amber \(5\)"):
        asked_for(POLICY, "", {**NOTHING, "unanswered_amber": 5, "unanswered_red": 2})
