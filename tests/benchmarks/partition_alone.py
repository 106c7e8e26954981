"""The pipeline of a very large company read and judged by one process, for `measure.alone`."""

import os
from pathlib import Path

from tasks.clients import SalesforceDoor, slack_reader
from tasks.rules.pipeline import review
from tasks.rules.scope import shortest_silence
from tasks.salesforce_pipeline import PipelineReader, Reading
from tasks.settings import settings
from tasks.slack_talk import CustomerChannels
from tests.benchmarks.measure import report
from tests.company import MONDAY, REVIEW_AT


def judged(reading: Reading) -> dict[str, float]:
    """Judge what was read, and leave the findings where the test compares them; not who wrote what, which is read for
    the largest silent deals alone, in partitions of each."""
    config = settings()
    nothing_in_slack = CustomerChannels(slack_reader(config), {}).read(REVIEW_AT, REVIEW_AT)
    findings = review(reading.book(nothing_in_slack, config, REVIEW_AT), MONDAY, config.pipeline)
    folder = Path(os.environ["FINDINGS"])
    findings.deals.to_csv(folder / "deals")
    findings.evidence.drop(columns=["who", "subject"]).to_csv(folder / "evidence")
    return {"deals": len(findings.deals), "calls": reading.calls, "activities": len(reading.activities)}


def read() -> dict[str, float]:
    """Read by Bulk jobs and judge."""
    config = settings()
    silence = shortest_silence(config.pipeline)
    return judged(PipelineReader(SalesforceDoor(config), config, REVIEW_AT, silence, sleep=lambda _: None).read())


if __name__ == "__main__":
    report(read)
