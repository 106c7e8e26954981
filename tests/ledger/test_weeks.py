"""What one weekly review leaves for the next, on both databases."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import func, select

from tasks.ledger import Ledger
from tasks.ledger_decisions import Decisions
from tasks.ledger_tables import AskRow, WeekDealRow
from tasks.ledger_weeks import Weeks
from tasks.rules.proposals import Outcome, Result
from tasks.rules.weeks import SILENCE, Ask, Past, Week
from tests.ledger.decision_builders import ACME, HOOLI, decision, proposal

MON_9, MON_16, TUE_17, MON_23 = (date(2026, 11, day) for day in (9, 16, 17, 23))
COLUMNS = ["id", "name", "owner_id", "owner", "team", "stage", "value", "close_date"]
TYPES = {**dict.fromkeys(COLUMNS, "str"), "value": "float64", "close_date": "datetime64[us]"}


def deals(*rows: Mapping[str, Any]) -> pd.DataFrame:
    usual = {
        "id": ACME, "name": "Acme 2026", "owner_id": "005000000000001AAA", "owner": "Tom Owner", "team": "East",
        "stage": "Discovery", "value": 120000.0, "close_date": date(2026, 12, 18),
    }  # fmt: skip
    return pd.DataFrame([{**usual, **row} for row in rows], columns=COLUMNS).astype(TYPES)


def ask(day: date, record: str = ACME, kind: str = "next step", **known: Any) -> Ask:
    usual = {
        "name": "Acme 2026",
        "owner_id": "005000000000001AAA",
        "owner": "Tom Owner",
        "words": "next step due 3 Nov",
    }
    return Ask(**{**usual, "day": day, "record_id": record, "kind": kind, **known})


def warning(day: date, since: date, record: str = ACME) -> Ask:
    return ask(day, record, SILENCE, since=since, words="silent for 31 days")


def week(day: date, value: float = 120000.0, *asks: Ask) -> Week:
    return Week(day, deals({"value": value}), asks)


def money(past: Past) -> tuple[date, float] | None:
    """Day and value of the week that is remembered."""
    return (past.last.day, past.last.deals["value"].sum()) if past.last else None


@pytest.fixture
def store(ledger: Ledger) -> Weeks:
    return Weeks(ledger)


def test_a_week_comes_back_exactly_as_it_was_kept(store: Weeks) -> None:
    frame = deals(
        {"id": "006000000000001AAA", "value": 0.1 + 0.2, "name": "N" * 300, "team": "👩\u200d👧 'Ä'; --"},
        {"id": "006000000000001AAb", "value": None, "close_date": None},
        {"id": "006000000000002AAA", "value": -1e22, "close_date": date(1700, 1, 1)},
        {"id": "006000000000003AAA", "value": float("inf"), "close_date": date(4000, 12, 31)},
    )
    asks = (
        ask(MON_16, "006000000000001AAA", "close date", words="W" * 300),
        ask(MON_16, "006000000000001AAA", "next step", since=date(2026, 10, 9)),
        ask(MON_16, "006000000000002AAA", name="", owner_id="", owner=""),
    )

    kept = store.keep(Week(MON_16, frame, asks), today=MON_16)

    last = store.before(MON_23).last
    assert kept
    assert last is not None
    assert_frame_equal(last.deals, frame)
    assert (last.day, last.asks) == (MON_16, asks)


def test_order_does_not_matter_and_missing_text_is_empty(store: Weeks) -> None:
    frame = deals({"id": HOOLI, "team": None, "owner": None}, {"id": ACME})
    asks = ask(MON_16, HOOLI, "amount"), ask(MON_16, ACME, "next step"), ask(MON_16, ACME, "close date")

    store.keep(Week(MON_16, frame.set_index(pd.Index([7, 3])).assign(more="columns"), asks), today=MON_16)

    last = store.before(MON_23).last
    assert last is not None
    assert_frame_equal(last.deals, deals({"id": ACME}, {"id": HOOLI, "team": "", "owner": ""}))
    assert last.asks == (asks[2], asks[1], asks[0])


def test_a_week_without_deals_is_a_week(store: Weeks) -> None:
    store.keep(Week(MON_16, deals()), today=MON_16)

    last = store.before(MON_23).last
    assert last is not None
    assert_frame_equal(last.deals, deals())


def test_text_that_no_database_holds_loses_one_character_and_no_deal(store: Weeks) -> None:
    """NUL, half of an emoji; the two halves of one, apart, are joined."""
    said, kept = "A\0 B\ud83d C\ud83d\ude00", "A\ufffd B\ufffd C😀"
    frame = deals({}, {"id": HOOLI}).astype({"name": object})
    frame.loc[0, "name"] = said

    store.keep(Week(MON_16, frame, (ask(MON_16, name=said, words=said),)), today=MON_16)

    last = store.before(MON_23).last
    assert last is not None
    assert last.deals["name"].tolist() == [kept, "Acme 2026"]
    assert last.asks == (ask(MON_16, name=kept, words=kept),)


def test_what_is_there_twice_is_kept_once(store: Weeks) -> None:
    asks = ask(MON_16, words="the first"), ask(MON_16, words="the second")

    store.keep(Week(MON_16, deals({"value": 1.0}, {"value": 2.0}), asks), today=MON_16)

    past = store.before(MON_23)
    assert money(past) == (MON_16, 1.0)
    assert past.last is not None
    assert past.last.asks == (asks[0],)


def test_an_ask_of_another_day_belongs_to_no_week(store: Weeks) -> None:
    with pytest.raises(ValueError, match=f"{ACME}: an ask of 2026-11-09 does not belong to the week of 2026-11-16"):
        store.keep(week(MON_16, 1.0, ask(MON_9)), today=MON_16)

    assert store.before(MON_23) == Past()


# Each line: (the day that is judged, the day on which that happens, the money), then what is remembered on Mon 23 Nov.
@pytest.mark.parametrize(
    ("runs", "told", "remembered"),
    [
        pytest.param([], [], None, id="the first review ever"),
        pytest.param([(MON_16, MON_16, 1)], [True], (MON_16, 1), id="Monday"),
        pytest.param([(MON_9, MON_9, 1), (MON_16, MON_16, 2)], [True, True], (MON_16, 2), id="two Mondays"),
        pytest.param(
            [(MON_16, MON_16, 1), (MON_16, MON_16, 2)], [True, True], (MON_16, 2), id="Monday, again that day"
        ),
        pytest.param([(MON_16, MON_16, 1), (MON_16, TUE_17, 2)], [True, False], (MON_16, 1), id="replayed on Tuesday"),
        pytest.param([(MON_16, TUE_17, 1)], [True], (MON_16, 1), id="Monday was missed: made up for on Tuesday"),
        pytest.param(
            [(MON_16, TUE_17, 1), (MON_16, TUE_17, 2)], [True, False], (MON_16, 1), id="made up for, then replayed"
        ),
        pytest.param([(MON_16, MON_16, 1), (TUE_17, TUE_17, 2)], [True, True], (TUE_17, 2), id="ad hoc on Tuesday"),
        pytest.param([(MON_23, MON_23, 1)], [True], None, id="only that day itself"),
        pytest.param([(MON_16, MON_16, 1), (TUE_17, MON_16, 2)], [True, False], (MON_16, 1), id="a day to come"),
    ],
)
def test_the_true_past_is_remembered(
    store: Weeks, runs: list[tuple[date, date, float]], told: list[bool], remembered: tuple[date, float] | None
) -> None:
    assert [store.keep(week(day, value), today=today) for day, today, value in runs] == told
    assert money(store.before(MON_23)) == remembered


def test_a_replayed_week_has_its_own_past(store: Weeks) -> None:
    for value, day in enumerate((MON_9, MON_16, MON_23), start=1):
        store.keep(week(day, value), today=day)

    seen = {day: money(store.before(day)) for day in (MON_9, MON_16, MON_23)}

    assert seen == {MON_9: None, MON_16: (MON_9, 1.0), MON_23: (MON_16, 2.0)}


def test_a_second_run_of_the_day_replaces_all_of_the_first(store: Weeks) -> None:
    store.keep(week(MON_9, 1.0, ask(MON_9)), today=MON_9)
    store.keep(Week(MON_16, deals({}, {"id": HOOLI}), (warning(MON_16, MON_9),)), today=MON_16)
    second = Week(MON_16, deals({"id": HOOLI}), (ask(MON_16, HOOLI),))

    store.keep(second, today=MON_16)

    past = store.before(MON_23)
    assert past.last is not None
    assert_frame_equal(past.last.deals, second.deals)
    assert (past.last.asks, past.warned) == (second.asks, frozenset())
    before = store.before(MON_16)
    assert before.last is not None
    assert (money(before), before.last.asks) == ((MON_9, 1.0), (ask(MON_9),))


def test_runs_of_the_day_that_end_at_once_leave_one_of_them_whole(store: Weeks) -> None:
    made = [
        Week(MON_16, deals(*({"id": f"0060000000{row:05}AAA", "value": value} for row in range(50))))
        for value in (1.0, 2.0, 3.0, 4.0)
    ]

    with ThreadPoolExecutor(len(made)) as threads:
        assert all(threads.map(lambda one: store.keep(one, today=MON_16), made))

    last = store.before(MON_23).last
    assert last is not None
    assert last.deals["value"].tolist() in [[value] * 50 for value in (1.0, 2.0, 3.0, 4.0)]


SINCE = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("warned", "on"),
    [
        pytest.param(MON_16, MON_23, id="a week ago"),
        pytest.param(MON_9, MON_23, id="two weeks ago"),
        pytest.param(date(2026, 11, 23), date(2027, 11, 24), id="366 days ago"),
    ],
)
def test_a_warning_is_remembered(store: Weeks, warned: date, on: date) -> None:
    store.keep(week(warned, 1.0, warning(warned, SINCE), ask(warned, HOOLI, since=SINCE)), today=warned)
    store.keep(week(on - timedelta(days=1), 1.0), today=on)

    assert store.before(on).warned == {(ACME, SINCE)}


@pytest.mark.parametrize(
    ("warned", "on"),
    [
        pytest.param(MON_23, MON_23, id="the same day"),
        pytest.param(MON_23, MON_16, id="a later day, seen from a replay"),
        pytest.param(date(2026, 11, 23), date(2027, 11, 25), id="367 days ago"),
    ],
)
def test_a_warning_is_out_of_mind(store: Weeks, warned: date, on: date) -> None:
    store.keep(week(warned, 1.0, warning(warned, SINCE)), today=warned)

    assert store.before(on).warned == frozenset()


def test_silence_of_another_day_is_another_warning(store: Weeks) -> None:
    store.keep(week(MON_9, 1.0, warning(MON_9, SINCE), warning(MON_9, SINCE, HOOLI)), today=MON_9)
    store.keep(week(MON_16, 1.0, warning(MON_16, SINCE), warning(MON_16, MON_9, HOOLI)), today=MON_16)

    assert store.before(MON_23).warned == {(ACME, SINCE), (HOOLI, SINCE), (HOOLI, MON_9)}


def test_old_weeks_are_forgotten_and_decisions_are_not(store: Weeks, ledger: Ledger) -> None:
    for value, day in enumerate((MON_9, MON_16, MON_23), start=1):
        store.keep(week(day, value, warning(day, SINCE), ask(day)), today=day)
    decisions = Decisions(ledger)
    decisions.propose(proposal(day=MON_9))
    decisions.record(decision())
    decisions.settle(proposal().id, "close", Result(ACME, Outcome.CLOSED))
    before = decisions.standing(proposal().id)

    assert [store.forget_before(MON_23), store.forget_before(MON_23)] == [2, 0]

    with ledger.session() as session:
        left = [session.scalar(select(func.count()).select_from(table)) for table in (WeekDealRow, AskRow)]
    assert left == [1, 2]
    assert money(store.before(MON_23)) is None
    assert money(store.before(MON_23 + timedelta(days=1))) == (MON_23, 3.0)
    assert decisions.standing(proposal().id) == before


def test_thousands_of_deals_are_kept_and_replaced(store: Weeks) -> None:
    frame = deals(*({"id": f"0060000000{row:05}AAA", "value": float(row)} for row in range(11_000)))
    asks = tuple(warning(MON_16, SINCE, record) for record in frame["id"][:2_000])

    for _ in range(2):
        assert store.keep(Week(MON_16, frame, asks), today=MON_16)

    past = store.before(MON_23)
    assert past.last is not None
    assert_frame_equal(past.last.deals, frame)
    assert past.last.asks == asks
    assert len(past.warned) == 2_000
