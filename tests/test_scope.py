"""Which deals one run is about, and under which values it judges them."""

from dataclasses import replace

import pandas as pd
import pytest

from tasks.rules.findings import Book
from tasks.rules.policy import PipelinePolicy
from tasks.rules.scope import NobodyFoundError, longest_silence, narrowed, policy_for, shortest_silence
from tests.rules.builders import deal, make_book, touch

TEAMS = ["West", "East", "West", None]


@pytest.fixture
def book() -> Book:
    """Two deals of Tom and Ana in the West, one of Bo in the East, one of nobody."""
    deals = [deal("a", owner="Tom O."), deal("b", owner="Bo"), deal("c", owner="Ana"), deal("d", owner=None)]
    made = make_book(deals, [touch("2026-11-02", "a"), touch("2026-11-03", "b")])
    return replace(made, opportunities=made.opportunities.assign(team=pd.Series(TEAMS, dtype="str")))


@pytest.mark.parametrize(
    ("asked", "deals"),
    [
        pytest.param("", ["a", "b", "c", "d"], id="nothing: all"),
        pytest.param("  ", ["a", "b", "c", "d"], id="blanks: all"),
        pytest.param("Tom O.", ["a"], id="an owner"),
        pytest.param(" TOM o. ", ["a"], id="an owner, typed in haste"),
        pytest.param("west", ["a", "c"], id="everybody with one role"),
    ],
)
def test_the_deals_of_an_owner_or_a_team(book: Book, asked: str, deals: list[str]) -> None:
    found = narrowed(book, asked)

    assert found.opportunities["id"].tolist() == deals
    assert found.expected == len(deals)


@pytest.mark.parametrize("asked", ["Tom", "O.", ".*", "None", "nan"])
def test_a_part_of_a_name_is_nobody(book: Book, asked: str) -> None:
    with pytest.raises(NobodyFoundError):
        narrowed(book, asked)


def test_an_owner_nobody_knows_is_answered_with_the_names_there_are(book: Book) -> None:
    with pytest.raises(NobodyFoundError) as error:
        narrowed(book, "Tim")

    assert str(error.value) == "No open deal belongs to 'Tim'. Owners: Ana, Bo, Tom O.. Teams: East, West."


def test_the_touches_of_others_stay_in_the_book(book: Book) -> None:
    # An account's other deals decide whether a touch on the account counts, whoever owns them.
    assert len(narrowed(book, "Bo").touches) == len(book.touches) == 2


@pytest.mark.parametrize(
    ("asked", "stale", "warn"),
    [
        pytest.param(None, 45, 30, id="as in the settings"),
        pytest.param(60, 60, 30, id="longer: the warning stays"),
        pytest.param(31, 31, 30, id="a day above the warning"),
        pytest.param(30, 30, 29, id="at the warning: the day before it"),
        pytest.param(7, 7, 6, id="a week"),
    ],
)
def test_a_run_may_have_a_limit_of_its_own(asked: int | None, stale: int, warn: int) -> None:
    policy = policy_for(PipelinePolicy(), asked)

    assert (policy.stale_after_days, policy.warn_after_days) == (stale, warn)


@pytest.mark.parametrize(
    ("by_stage", "shortest", "longest"),
    [
        pytest.param({}, 30, 45, id="30 to warn, 45 to close"),
        pytest.param({"Demo": 14}, 14, 45, id="a stage that goes stale sooner"),
        pytest.param({"Negotiation": 90}, 30, 90, id="a stage that is given longer"),
    ],
)
def test_reading_reaches_as_far_as_any_stage_needs(by_stage: dict[str, int], shortest: int, longest: int) -> None:
    policy = PipelinePolicy(stale_after_by_stage=by_stage)

    assert (shortest_silence(policy), longest_silence(policy)) == (shortest, longest)
