"""What judging costs beside parsing the same rows: 100,000 open deals with 1,000,000 activities."""

import io

import pandas as pd
import pytest

from tasks.reports.pipeline import message
from tasks.rules.findings import Book, Review
from tasks.rules.pipeline import review
from tasks.rules.policy import OFFICE_ZONE, PipelinePolicy, TouchPolicy
from tasks.rules.touches import Attributed, attribute
from tasks.salesforce_columns import EMAIL, EVENT, TASK
from tasks.salesforce_frames import Column, conform, from_csv
from tasks.salesforce_pages import _parsed
from tests.benchmarks.made import Made, made
from tests.benchmarks.measure import cpu_in_turns, show
from tests.company import MONDAY, REVIEW_AT
from tests.reports.review_builder import make_context

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

DEALS, ACTIVITIES = 100_000, 1_000_000
# Beside pandas' own parser on the same rows. Measured 0.7 and 1.0 (see README); wide, against something that is
# quadratic or goes row by row.
ATTRIBUTE, REVIEW = 1.5, 2.0
NARROW = {name: column for name, column in TASK.items() if name not in {"subject", "who"}}
ACTIVITY = {"kind": Column("kind"), **TASK, **EMAIL, **EVENT}


@pytest.fixture(scope="module")
def pipeline() -> Made:
    return made(DEALS, ACTIVITIES)


def parsed(pipeline: Made) -> pd.DataFrame:
    return from_csv(_parsed(pipeline.csv), NARROW)


def parsed_by_pandas(pipeline: Made) -> pd.DataFrame:
    """The yardstick: the default parser, with the same types."""
    text = pd.read_csv(io.BytesIO(pipeline.csv), dtype="str", keep_default_na=False, na_values=[""])
    return from_csv(text, NARROW)


def book(pipeline: Made, found: Attributed) -> Book:
    return Book(
        opportunities=pipeline.opportunities,
        touches=found.touches,
        booked=found.booked,
        history=pipeline.history,
        stages=pipeline.stages,
        expected=DEALS,
    )


def test_judging_beside_parsing(pipeline: Made) -> None:
    activities = conform(parsed(pipeline).assign(kind="task"), ACTIVITY)

    def attributed() -> Attributed:
        return attribute(
            activities, pipeline.roles, pipeline.opportunities, TouchPolicy(), REVIEW_AT, time_zone=OFFICE_ZONE
        )

    judging = book(pipeline, attributed())

    def judged() -> Review:
        return review(judging, MONDAY, PipelinePolicy())

    findings = judged()
    cpu = cpu_in_turns(
        {
            "yardstick": lambda: parsed_by_pandas(pipeline),
            "parse": lambda: parsed(pipeline),
            "attribute": attributed,
            "review": judged,
            "message": lambda: message(findings, make_context()),
        }
    )
    whole = sum(cpu.values()) - cpu["yardstick"]
    touches = len(judging.touches)
    show(
        f"{DEALS:,} open deals, {ACTIVITIES:,} activities, {touches:,} touches: CPU, beside pandas' parser",
        [(name, f"{taken:.2f} s  {taken / cpu['yardstick']:.2f}  {taken / whole:4.0%}") for name, taken in cpu.items()],
    )
    assert cpu["attribute"] / cpu["yardstick"] <= ATTRIBUTE
    assert cpu["review"] / cpu["yardstick"] <= REVIEW
