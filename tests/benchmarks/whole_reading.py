"""One whole reading of the org that the settings lead to, for `measure.alone`."""

from tasks.clients import SalesforceDoor
from tasks.rules.scope import shortest_silence
from tasks.salesforce_pipeline import PipelineReader
from tasks.settings import settings
from tests.benchmarks.measure import report
from tests.company import REVIEW_AT


def read() -> dict[str, float]:
    """Read, without waiting between the polls of a bulk job."""
    config = settings()
    silence = shortest_silence(config.pipeline)
    reading = PipelineReader(SalesforceDoor(config), config, REVIEW_AT, silence, sleep=lambda _: None).read()
    frames = (reading.opportunities, reading.activities, reading.roles, reading.history)
    return {
        "deals": len(reading.opportunities),
        "rows": sum(map(len, frames)),
        "calls": reading.calls,
        "in_bulk": reading.in_bulk,
    }


if __name__ == "__main__":
    report(read)
