"""Which day a run judges, and when it comes too late."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tasks.runs import schedule

LA = ZoneInfo("America/Los_Angeles")


def la(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LA)


@pytest.mark.parametrize(
    ("scheduled", "started", "as_of", "judges", "until", "too_late"),
    [
        pytest.param(
            la(23, 7), la(23, 7, 1), None, date(2026, 11, 23), la(23, 7, 1), False, id="on time, Monday 07:01"
        ),
        pytest.param(la(23, 7), la(23, 18), None, date(2026, 11, 23), la(23, 18), False, id="11 hours late, same day"),
        pytest.param(
            la(23, 7), la(23, 19, 1), None, date(2026, 11, 23), la(23, 19, 1), True, id="12 hours and a minute"
        ),
        pytest.param(la(16, 7), la(23, 7), None, date(2026, 11, 16), None, True, id="a week late"),
        pytest.param(la(22, 23), la(23, 1), None, date(2026, 11, 22), None, False, id="over midnight: Sunday's day"),
        pytest.param(
            la(16, 7), la(23, 7), date(2026, 11, 16), date(2026, 11, 16), None, False, id="asked for: not late"
        ),
        pytest.param(
            datetime(2026, 11, 24, 3, tzinfo=UTC),
            datetime(2026, 11, 24, 3, 1, tzinfo=UTC),
            None,
            date(2026, 11, 23),
            la(23, 19, 1),
            False,
            id="Tuesday in UTC is still Monday in the office",
        ),
    ],
)
def test_the_day_is_that_of_the_scheduled_time(scheduled, started, as_of, judges, until, too_late):
    run = schedule(scheduled, started, as_of, "America/Los_Angeles", 12)

    assert run.as_of == judges
    assert run.too_late is too_late
    if until:
        assert run.until == until
    else:  # the day is over: all of it is judged
        assert run.until.astimezone(LA).strftime("%Y-%m-%d %H:%M:%S") == f"{judges} 23:59:59"


@pytest.mark.parametrize(
    ("as_of", "is_replay"),
    [
        pytest.param(None, False, id="Monday's run"),
        pytest.param(date(2026, 11, 23), False, id="Monday asked for on Monday"),
        pytest.param(date(2026, 11, 16), True, id="the Monday before"),
    ],
)
def test_a_run_for_a_day_that_is_over_is_a_replay(as_of, is_replay):
    assert schedule(la(23, 7), la(23, 9), as_of, "America/Los_Angeles", 12).is_replay is is_replay


def test_a_day_to_come_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match="'As of' is Tue 24 Nov 2026, a day to come: choose today or an earlier day"):
        schedule(la(23, 7), la(23, 7), date(2026, 11, 24), "America/Los_Angeles", 12)


def test_a_rerun_has_the_key_of_the_first_run():
    first = schedule(la(23, 7), la(23, 7), None, "America/Los_Angeles", 12)
    again = schedule(la(23, 15), la(23, 15), None, "America/Los_Angeles", 12)

    assert first.key("pipeline-review") == again.key("pipeline-review") == "pipeline-review:2026-11-23:all"
    assert first.key("pipeline-review", " Tom O. ") != first.key("pipeline-review")


def test_the_late_sentence_says_which_run_and_how_late():
    run = schedule(la(16, 7), la(23, 7), None, "America/Los_Angeles", 12)

    assert run.late_sentence("Pipeline review") == "Pipeline review of Mon 16 Nov skipped: it started 168 hours late."


def test_the_clock_change_moves_no_day():
    # Sunday 1 November 2026 has 25 hours in Los Angeles.
    run = schedule(la(1, 7), la(1, 7), None, "America/Los_Angeles", 12)

    assert run.days_ago(45) == datetime(2026, 9, 17, tzinfo=LA)
