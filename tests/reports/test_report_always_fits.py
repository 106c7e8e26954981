"""Whatever is found, the report is legal for Slack and every record is in the file."""

import csv
import io
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reports.limits import problems
from tasks.reports.pipeline import message
from tasks.reports.post import Report, lines
from tasks.rules.findings import Level, Review, Touch, Verdict
from tasks.rules.weekly import since_last
from tasks.rules.weeks import SILENCE, Ask, Past

from . import weeks_before
from .review_builder import make_context, make_deal, make_review, make_touch, record_id
from .weeks_before import LAST_MONDAY

TEXT = st.text(max_size=60) | st.sampled_from(["\U0001f389" * 127, "x" * 255, '"' * 255])
DAYS = st.none() | st.dates(date(1700, 1, 1), date(4000, 12, 31))
MONEY = st.none() | st.floats(-1e12, 1e15)
TUPLES = st.lists(TEXT, max_size=4).map(tuple)
DEAL: dict[str, st.SearchStrategy[Any]] = {
    "name": TEXT, "account": TEXT, "owner": TEXT, "stage": TEXT, "owner_id": st.sampled_from(["005A", "005B", ""]),
    "amount": MONEY, "value": MONEY, "close_date": DAYS, "verdict": st.sampled_from(Verdict), "holds": TUPLES,
    "hygiene": TUPLES, "problems": TUPLES, "days": st.integers(0, 100_000), "never_touched": st.booleans(),
    "level": st.sampled_from(Level), "last_touch": DAYS, "last_inbound": DAYS, "last_outbound": DAYS,
    "next_booked": DAYS, "renewal": st.booleans(), "stage_days": st.none() | st.integers(0, 9_999),
    "pushes": st.integers(0, 99), "slipped": st.booleans(), "slipped_from": st.sampled_from(["", "Q4 2026"]),
    "quarter": st.sampled_from(["", "Q1 1700", "Q3 2026", "Q4 2026", "Q1 2027", "Q4 4000"]),
    "owner_active": st.booleans(),
}  # fmt: skip
DEALS = st.lists(st.fixed_dictionaries(DEAL), max_size=25)
FEWER = st.lists(st.fixed_dictionaries(DEAL), max_size=8)
TOUCHES = st.lists(
    st.builds(
        make_touch, st.dates(date(2000, 1, 1), date(2026, 11, 23)), st.sampled_from(["email", "call", "task"]),
        st.sampled_from(["inbound", "outbound", "both", "unknown"]), TEXT, TEXT,
    ),
    max_size=6,
)  # fmt: skip


def _holds(report: Report, review: Review, posts: int = 10) -> None:
    assert problems(report.parent.blocks) == []
    assert [found for post in report.thread for found in problems(post.blocks)] == []
    assert len(report.thread) <= posts
    assert len(lines(report.parent.without_charts().blocks)) <= 12
    rows = csv.DictReader(io.StringIO(report.files[0].content.decode("utf-8-sig"), newline=""))
    assert sorted(row["Id"] for row in rows) == sorted(review.deals["id"])


@given(DEALS, TOUCHES, st.sampled_from(["", "too many"]), st.lists(TEXT, max_size=5))
@settings(max_examples=30, deadline=None)
def test_any_review(rows: list[dict[str, Any]], touches: list[Touch], ceiling: str, notes: list[str]) -> None:
    deals = [make_deal(number, **row) for number, row in enumerate(rows)]
    review = make_review(deals, {record_id(0): touches}, ceiling=ceiling, notes=tuple(notes), expected=len(deals) + 1)
    _holds(message(review, make_context()), review)


ASK = st.builds(
    Ask, st.just(LAST_MONDAY), st.integers(0, 12).map(record_id), TEXT, st.sampled_from(["005A", "005B"]), TEXT,
    st.sampled_from(["next step", "amount", SILENCE]), TEXT, since=DAYS,
)  # fmt: skip
KEPT = st.fixed_dictionaries({"name": TEXT, "owner": TEXT, "owner_id": TEXT, "value": MONEY, "close_date": DAYS})


@given(
    FEWER, st.dictionaries(st.integers(0, 12).map(record_id), KEPT, max_size=6), st.lists(ASK, max_size=6),
    st.sampled_from(["", "too many"]), st.booleans(),
)  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_any_review_beside_any_week(
    rows: list[dict[str, Any]], kept: dict[str, dict[str, Any]], asks: list[Ask], ceiling: str, first: bool
) -> None:
    review = make_review([make_deal(number, **row) for number, row in enumerate(rows)], ceiling=ceiling)
    past = Past() if first else Past(weeks_before.make_week(kept, asks), frozenset({(record_id(0), LAST_MONDAY)}))
    since = since_last(past, review, weeks_before.left())
    context = make_context(decide_url="https://prefect.example.com/1")
    report = message(review, context, since)
    _holds(report, review, posts=12)
    assert since.answered is None or since.answered.asked + since.answered.moot == len(asks)


def test_five_thousand_proposals_with_names_of_emoji() -> None:
    name = "\U0001f389" * 127 + "x"  # 255 as Salesforce counts
    said = {"verdict": Verdict.PROPOSE, "days": 60, "hygiene": (name, name), "problems": (name,), "owner": name}
    deals = [
        make_deal(number, name, owner_id=f"005{number}", stage=f"{name}{number}", **said) for number in range(5_000)
    ]
    touch = make_touch(date(2026, 9, 24), "email", "outbound", name, name)
    review = make_review(deals, {deal.id: [touch] * 3 for deal in deals[:100]})
    kept = {record_id(number): {"name": name, "owner": name, "value": 1.0} for number in range(2_500, 7_500)}
    asks = [Ask(LAST_MONDAY, deal.id, name, deal.owner_id, name, "next step", name) for deal in deals]
    since = since_last(Past(weeks_before.make_week(kept, asks)), review, weeks_before.left())
    report = message(review, make_context(decide_url="https://prefect.example.com/1"), since)
    _holds(report, review, posts=12)
    told = "\n".join(lines(report.thread[2].blocks))
    assert "of 5,000 shown; all are in pipeline-review-2026-11-23.csv" in told
