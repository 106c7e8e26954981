"""One whole reading of a month of activity in the org that the settings lead to, for `measure.alone`."""

from tasks.clients import SalesforceDoor
from tasks.rules.activity_findings import Window
from tasks.salesforce_activity import ActivityReader
from tasks.settings import settings
from tests.benchmarks.measure import report
from tests.company import REVIEW_AT


def read() -> dict[str, float]:
    """Read, without waiting between the polls of a bulk job."""
    config = settings()
    window = Window(REVIEW_AT, 30, config.pipeline.time_zone)
    reading = ActivityReader(SalesforceDoor(config), config, window, sleep=lambda _: None).read()
    book = reading.book
    return {
        "activities": len(book.activities),
        "people": len(book.people),
        "reps": len(book.reps),
        "frame_mb": float(book.activities.memory_usage(deep=True).sum()) / 2**20,
        "calls": reading.calls,
        "in_bulk": reading.in_bulk,
    }


if __name__ == "__main__":
    report(read)
