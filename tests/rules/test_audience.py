"""Where a report about people may go."""

import pytest

from tasks.rules.audience import Audience, why_not_private


@pytest.mark.parametrize(
    "audience",
    [
        pytest.param(Audience("D0MARISOL", private=True), id="a direct message"),
        pytest.param(Audience("#cro-private", private=True), id="a private channel of our own"),
    ],
)
def test_it_may_go_where_only_we_read(audience: Audience) -> None:
    assert why_not_private(audience) == ""


@pytest.mark.parametrize(
    ("audience", "why"),
    [
        pytest.param(Audience("#g-sales", private=False), "#g-sales is public:", id="a public channel"),
        pytest.param(
            Audience("#acme-and-us", private=True, shared=True),
            "#acme-and-us is shared with another workspace:",
            id="a private channel shared with a customer",
        ),
        pytest.param(
            Audience("#deals", private=True, guests=("Harper Lowe",)),
            "#deals has guests in it (Harper Lowe):",
            id="a guest in a private channel",
        ),
        pytest.param(
            Audience("#deals", private=True, guests=("Ann", "Ben", "Cy", "Di", "Ed")),
            "#deals has guests in it (Ann, Ben, Cy and 2 more):",
            id="many guests are counted",
        ),
    ],
)
def test_it_goes_nowhere_else_and_says_what_to_set(audience: Audience, why: str) -> None:
    told = why_not_private(audience)

    assert told.startswith(f"Slack channel {why} a review of people does not go there.")
    assert "RITUALS_ACTIVITY_CHANNEL" in told
