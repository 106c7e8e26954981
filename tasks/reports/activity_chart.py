"""Touches per week, answered or not: one bar chart, as a Slack block and as a picture."""

import pandas as pd

from tasks.reports.bars import bar_blocks, bar_png
from tasks.reports.blocks import Block
from tasks.reports.dates import day
from tasks.reports.post import ReportFile
from tasks.rules.activity_findings import ActivityReview
from tasks.rules.clock import midnight

TITLE = "Touches per week"
ANSWERED, OPEN = "answered", "not answered"
_UNIT = "touches by hand"
_COLOURS = ("#4a7c8c", "#e0a13a")


def weeks(review: ActivityReview) -> pd.DataFrame:
    """How many touches that count were answered and how many not, one row a week of the window, by its Monday; of one
    rep's review only theirs."""
    touches = review.touches[review.touches["counts"].astype("boolean").fillna(value=False).astype(bool)]
    touches = touches[touches["rep_id"].isin(review.reps["rep_id"])] if review.scope else touches
    monday = touches["day"] - pd.to_timedelta(touches["day"].dt.day_of_week, unit="D")
    answered = touches["answered"].astype("boolean").fillna(value=False).astype(bool)
    first, last = midnight(review.window.first), midnight(review.window.last)
    mondays = pd.date_range(first - pd.Timedelta(days=first.weekday()), last, freq="7D")
    table = pd.DataFrame(
        {
            ANSWERED: monday[answered].value_counts().reindex(mondays, fill_value=0),
            OPEN: monday[~answered].value_counts().reindex(mondays, fill_value=0),
        }
    )
    return table.set_axis([day(begins.date(), review.window.last) for begins in mondays], axis=0)


def chart_blocks(review: ActivityReview) -> list[Block]:
    """The chart as a `data_visualization` block; none where no touch counts."""
    return bar_blocks(weeks(review), title=TITLE, x_label="Week of", y_label=_UNIT)


def chart_picture(review: ActivityReview) -> ReportFile:
    """The same as a PNG for the thread."""
    name = f"touches-per-week-{review.window.last.isoformat()}.png"
    return ReportFile(name, TITLE, bar_png(weeks(review), title=TITLE, y_label=_UNIT, colours=_COLOURS, stacked=True))
