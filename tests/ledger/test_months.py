"""What one activity review leaves for the next, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text, update

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_activity import Months
from tasks.ledger_tables import MonthRow
from tasks.rules.activity_findings import Month, Totals

JANE, JOHN = "003000000000001AAA", "00Q000000000002AAA"
MON_2_NOV, WED_11_NOV, TUE_24_NOV, WED_25_NOV, MON_30_NOV = (date(2026, 11, day) for day in (2, 11, 24, 25, 30))
TUE_1_DEC = date(2026, 12, 1)


def month(day: date, touches: int = 412, window_days: int = 30, over: frozenset[str] = frozenset({JANE})) -> Month:
    totals = Totals(
        reps=7, touches=touches, automated=60, people=138, answered=84, over=3, waiting=4, forgotten=5, talks=2
    )
    return Month(day, window_days, totals, over)


def seen(found: Month | None) -> tuple[date, int] | None:
    """Day and touches of the review that is remembered."""
    return (found.day, found.totals.touches) if found else None


@pytest.fixture
def store(ledger: Ledger) -> Months:
    return Months(ledger)


def test_a_month_comes_back_exactly_as_it_was_kept(store: Months) -> None:
    made = [month(MON_2_NOV, over=frozenset({JANE, JOHN})), month(MON_2_NOV, window_days=14, over=frozenset())]

    assert all(store.keep(one, today=MON_2_NOV) for one in made)

    assert [store.before(TUE_1_DEC, one.window_days) for one in made] == made


# The runs, each with the day that is judged, the day on which that happens, the touches, and whether it is kept; then
# what 1 December remembers.
RUNS: dict[str, tuple[list[tuple[date, date, int, bool]], tuple[date, int] | None]] = {
    "the first review ever": ([], None),
    "2 November": ([(MON_2_NOV, MON_2_NOV, 1, True)], (MON_2_NOV, 1)),
    "again that day": ([(MON_2_NOV, MON_2_NOV, 1, True), (MON_2_NOV, MON_2_NOV, 2, True)], (MON_2_NOV, 2)),
    "replayed later": ([(MON_2_NOV, MON_2_NOV, 1, True), (MON_2_NOV, WED_11_NOV, 2, False)], (MON_2_NOV, 1)),
    "missed, made up for": ([(MON_2_NOV, WED_11_NOV, 1, True)], (MON_2_NOV, 1)),
    "made up for, replayed": ([(MON_2_NOV, WED_11_NOV, 1, True), (MON_2_NOV, WED_11_NOV, 2, False)], (MON_2_NOV, 1)),
    "a day to come": ([(WED_11_NOV, MON_2_NOV, 1, False)], None),
}


def test_the_true_past_is_remembered(store: Months) -> None:
    told, remembered = {}, {}
    for case, (runs, _) in RUNS.items():
        store.forget_before(date.max)
        told[case] = [store.keep(month(day, touches), today=today) for day, today, touches, _ in runs]
        remembered[case] = seen(store.before(TUE_1_DEC, 30))

    assert told == {case: [kept for *_, kept in runs] for case, (runs, _) in RUNS.items()}
    assert remembered == {case: expected for case, (_, expected) in RUNS.items()}


# The days that are kept, the day of the review, and the one with which it is compared: the newest of an earlier month,
# a week ago or more.
COMPARED: dict[str, tuple[list[date], date, date | None]] = {
    "the month before": ([MON_2_NOV], TUE_1_DEC, MON_2_NOV),
    "two months were missed": ([date(2026, 9, 1)], TUE_1_DEC, date(2026, 9, 1)),
    "the newer of two": ([date(2026, 10, 1), MON_2_NOV], TUE_1_DEC, MON_2_NOV),
    "ad hoc in that month": ([MON_2_NOV, WED_11_NOV], TUE_1_DEC, WED_11_NOV),
    "7 days ago": ([MON_2_NOV, TUE_24_NOV], TUE_1_DEC, TUE_24_NOV),
    "6 days ago is too near": ([MON_2_NOV, WED_25_NOV], TUE_1_DEC, MON_2_NOV),
    "yesterday, in another month": ([MON_2_NOV, MON_30_NOV], TUE_1_DEC, MON_2_NOV),
    "yesterday alone": ([MON_30_NOV], TUE_1_DEC, None),
    "the same month": ([MON_2_NOV, WED_11_NOV], MON_30_NOV, None),
    "that day itself": ([TUE_1_DEC], TUE_1_DEC, None),
    "later ones, seen from a replay": ([MON_30_NOV, TUE_1_DEC], date(2026, 11, 20), None),
    "over the turn of the year": ([date(2025, 12, 1)], date(2026, 1, 2), date(2025, 12, 1)),
}


def test_a_review_is_compared_with_one_of_an_earlier_month(store: Months) -> None:
    compared = {}
    for case, (kept, on, _) in COMPARED.items():
        store.forget_before(date.max)
        for day in kept:
            store.keep(month(day), today=day)
        found = store.before(on, 30)
        compared[case] = found.day if found else None

    assert compared == {case: expected for case, (*_, expected) in COMPARED.items()}


def test_reviews_of_other_windows_are_another_series(store: Months) -> None:
    store.keep(month(MON_2_NOV, 1, window_days=30), today=MON_2_NOV)
    store.keep(month(MON_2_NOV, 2, window_days=14), today=MON_2_NOV)
    for touches in (3, 4):
        store.keep(month(WED_11_NOV, touches, window_days=14), today=WED_11_NOV)

    assert [seen(store.before(TUE_1_DEC, days)) for days in (30, 14, 7)] == [(MON_2_NOV, 1), (WED_11_NOV, 4), None]


def test_runs_of_the_day_that_end_at_once_leave_one_of_them_whole(store: Months) -> None:
    made = [month(MON_2_NOV, number, over=frozenset({str(number)})) for number in range(4)]

    with ThreadPoolExecutor(len(made)) as threads:
        assert all(threads.map(lambda one: store.keep(one, today=MON_2_NOV), made))

    assert store.before(TUE_1_DEC, 30) in made


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_old_months_are_forgotten(store: Months) -> None:
    for day in (date(2026, 10, 1), MON_2_NOV):
        store.keep(month(day), today=day)

    assert [store.forget_before(MON_2_NOV), store.forget_before(MON_2_NOV)] == [1, 0]

    assert seen(store.before(TUE_1_DEC, 30)) == (MON_2_NOV, 412)
    assert store.before(MON_2_NOV, 30) is None


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_only_numbers_and_ids_are_kept(store: Months, ledger: Ledger) -> None:
    store.keep(month(MON_2_NOV), today=MON_2_NOV)

    with ledger.session() as session:
        [row] = session.execute(text("SELECT * FROM month")).mappings().all()
    words = {name for name, value in row.items() if not isinstance(value, int)}
    assert words == {"day", "people_over", "made_at"}


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_month_that_cannot_be_read_says_which(store: Months, ledger: Ledger) -> None:
    store.keep(month(MON_2_NOV), today=MON_2_NOV)
    with ledger.session() as session:
        session.execute(update(MonthRow).values(people_over=text("'null'")))

    with pytest.raises(Refused, match="The activity review of 2026-11-02 cannot be read from the ledger"):
        store.before(TUE_1_DEC, 30)
