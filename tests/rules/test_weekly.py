"""From one Monday to the next: what is remembered, what is looked up, and with what a replayed week is compared."""

from collections.abc import Iterable
from datetime import date
from time import process_time

import numpy as np
import pandas as pd
import pytest

from tasks.rules.findings import Verdict
from tasks.rules.weekly import Since, no_longer_open, since_last, week_of
from tasks.rules.weeks import SILENCE, Ask, Past, Week, part_of

from .builders import deal, judge, make_book, touch
from .weeks_apart import MONDAY, WON, Row, left, now, week

MONDAYS = [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
OPEN: dict[date, list[Row]] = {
    MONDAYS[0]: [{"id": "a"}, {"id": "b"}],
    MONDAYS[1]: [{"id": "a", "value": 60_000}, {"id": "b"}, {"id": "c"}],
    MONDAYS[2]: [{"id": "a", "value": 60_000}, {"id": "c"}],
}


def past_of(day: date, weeks: Iterable[Week]) -> Past:
    """What is remembered on a day: the latest week before it."""
    return Past(max((one for one in weeks if one.day < day), key=lambda one: one.day, default=None))


@pytest.mark.parametrize(
    ("day", "kept", "told"),
    [
        (MONDAYS[0], [], None),
        (MONDAYS[1], MONDAYS[:1], (MONDAYS[0], 1, 0, 10_000)),
        (MONDAYS[2], MONDAYS[:2], (MONDAYS[1], 0, 1, 0)),
        (MONDAYS[1], MONDAYS, (MONDAYS[0], 1, 0, 10_000)),  # the 16th once more, a week later
        (MONDAYS[0], MONDAYS, None),
        (MONDAYS[2], [MONDAYS[0]], (MONDAYS[0], 1, 1, 10_000)),  # no review on the 16th
    ],
)
def test_a_week_is_compared_with_its_own_past(
    day: date, kept: list[date], told: tuple[date, int, int, float] | None
) -> None:
    past = past_of(day, [week(OPEN[monday], day=monday) for monday in kept])
    since = since_last(past, now(OPEN[day], day), left({"id": "b", **WON}))
    said = since.changes and (
        since.changes.day,
        since.changes.new.deals,
        since.changes.won.deals,
        since.changes.up.value,
    )
    assert said == told


def test_the_first_review_has_nothing_to_compare_with() -> None:
    assert since_last(Past(), now([{"id": "a"}]), left()) == Since(None, None, frozenset())


def test_what_was_warned_of_before_is_known_even_without_a_week() -> None:
    warned = {"id": "a", "verdict": Verdict.WARN, "days": 31}
    since = since_last(
        Past(warned=frozenset({("a", date(2026, 10, 23))})), now([warned, {**warned, "id": "b"}]), left()
    )
    assert since.warned_before == {"a"}


def test_the_next_review_finds_what_this_one_left() -> None:
    book = make_book(
        [deal(next_step=None), deal("other", amount=None)], [touch("2026-10-20"), touch("2026-11-20", "other")]
    )
    teams = pd.DataFrame({"id": ["other", "deal"], "team": [None, "West"]}, dtype="str")
    kept = week_of(judge(book), teams)
    deals = kept.deals.set_index("id")
    assert (kept.day, deals["team"].to_dict()) == (MONDAY, {"deal": "West", "other": ""})
    assert deals.loc["deal", ["name", "owner", "stage", "value"]].tolist() == [
        "deal 2026", "Owner of deal", "Discovery", 50_000.0
    ]  # fmt: skip
    assert deals["close_date"].tolist() == [pd.Timestamp(2026, 12, 18)] * 2
    assert pd.isna(deals.loc["other", "value"])
    assert {(one.record_id, one.kind) for one in kept.asks} == {
        ("deal", "next step"), ("deal", SILENCE), ("other", "amount")
    }  # fmt: skip


def test_a_warning_is_kept_in_the_week_that_gave_it_only() -> None:
    findings = judge(make_book(touches=[touch("2026-10-20")]))
    teams = pd.DataFrame({"id": ["deal"], "team": ["West"]})
    given = week_of(findings, teams).asks
    again = Past(warned=frozenset((one.record_id, one.since) for one in given if one.since))
    assert [one.kind for one in given] == [SILENCE]
    assert week_of(findings, teams, again).asks == ()


@pytest.mark.parametrize(
    ("scope", "ids"),
    [("", ["b", "c"]), ("ann", ["b"]), ("East", ["c"]), ("Nobody", [])],
)
def test_only_what_was_open_and_is_not_is_looked_up(scope: str, ids: list[str]) -> None:
    bob = {"owner_id": "bob", "owner": "Bob", "team": "East"}
    past = Past(week([{"id": "a"}, {"id": "b"}, {"id": "c", **bob}, {"id": "d", **bob}]))
    assert no_longer_open(past, frozenset({"a", "d", "new"}), scope) == ids


def test_without_a_past_nothing_is_looked_up() -> None:
    assert no_longer_open(Past(), frozenset({"a"})) == []


def test_a_part_of_a_week_has_its_own_deals_and_asks() -> None:
    asks = [Ask(MONDAYS[1], name, name, "", "", "amount", "no amount") for name in ("a", "b", "not among the deals")]
    both = week([{"id": "a"}, {"id": "b", "owner": "Bob", "team": "East"}], asks)
    part = part_of(both, " bob ")
    assert (part.deals["id"].tolist(), [one.record_id for one in part.asks]) == (["b"], ["b"])
    assert part_of(both, " ") is both


def test_a_hundred_thousand_deals_are_compared_at_once() -> None:
    """Row by row this would take a minute."""
    count = 100_000
    review = now([{"id": "a"}])
    many = review.deals.loc[[0] * count].reset_index(drop=True)
    numbers = np.arange(count)
    many["id"] = pd.Series(numbers).map("006Hs{:010d}AAA".format).astype("str")
    many["hygiene"] = [("no next step", "no amount")[: n % 3] for n in numbers]
    review = type(review)(review.as_of, many, review.evidence, count, "USD")
    began = process_time()
    kept = week_of(review, many.assign(team="West")[["id", "team"]])
    last = Week(MONDAYS[1], kept.deals.assign(value=kept.deals["value"] + numbers % 5), kept.asks)
    since = since_last(Past(last), review, left())
    assert process_time() - began < 10
    assert since.changes is not None
    assert since.changes.down.deals == 80_000
    assert since.answered is not None
    assert since.answered.asked == 99_999
