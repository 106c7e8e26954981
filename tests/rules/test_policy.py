"""A value that makes no sense is refused where it is set, in one sentence that names it."""

from typing import Any

import pytest

from tasks.rules.policy import DaskPolicy, PipelinePolicy, TouchPolicy


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"stale_after_days": 0}, "stale_after_days must be 1 or more"),
        ({"warn_after_days": 45}, "must be below stale_after_days"),
        ({"stale_after_by_stage": {"Demo": 0}}, "stale_after_by_stage"),
        ({"time_zone": "Mars/Olympus"}, "not a known zone"),
        ({"time_zone": ""}, "not a known zone"),
        ({"time_zone": "PST8PDT2"}, "not a known zone"),
        ({"closed_lost_stage": " "}, "closed_lost_stage is empty"),
        ({"ceiling_share": 25}, "between 0 and 1"),
        ({"ceiling_count": -1}, "ceiling_count must be 0 or more"),
        ({"recent_days": -1}, "recent_days must be 0 or more"),
        ({"collapse_share": -0.1}, "between 0 and 1"),
        ({"corporate_currency": "usd"}, "three capital letters"),
        ({"currency_rates": {"EUR": 0.0}}, "above 0"),
        ({"currency_rates": {"EUR": float("nan")}}, "above 0"),
        ({"currency_rates": {"USD": 2.0}}, "corporate currency USD is 1"),
    ],
)
def test_a_wrong_pipeline_value_is_refused(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        PipelinePolicy(**given)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"counted_subtypes": frozenset({"Call", "cadence"})}, "both count and be automated"),
        ({"automated_subjects": ("",)}, "match every mail"),
        ({"ignored_users": frozenset({"the bot"})}, "15 or 18 characters"),
    ],
)
def test_a_wrong_touch_value_is_refused(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        TouchPolicy(**given)


def test_the_defaults_are_those_of_the_decisions() -> None:
    policy = PipelinePolicy()
    assert (policy.stale_after_days, policy.warn_after_days, policy.time_zone) == (45, 30, "America/Los_Angeles")
    assert (policy.ceiling_count, policy.ceiling_share, policy.closed_lost_stage) == (50, 0.25, "Closed Lost")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"above_deals": -1}, "above_deals must be 0"),
        ({"partition_deals": 0}, "partition_deals must be 1 or more"),
        ({"workers": 0}, "workers must be 1 or more"),
        ({"address": "dask.example:8786"}, "address is that of a Dask scheduler"),
        ({"address": "tcp://me:secret@dask.example:8786"}, "address is that of a Dask scheduler"),
    ],
)
def test_a_wrong_dask_value_is_refused(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        DaskPolicy(**given)
