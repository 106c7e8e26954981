"""The review as a whole: money, sums, evidence, the ceiling, the order."""

import subprocess
import sys
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from tasks.rules.findings import Deal, Review, Verdict
from tasks.rules.pipeline import deals_with, evidence_of, review, totals_by_quarter, totals_by_verdict
from tasks.rules.policy import PipelinePolicy

from .builders import STAGES, deal, judge, make_book, touch

PROPOSED, WARNED, WELL = "2026-10-09", "2026-10-20", "2026-11-20"


def book_of(proposed: int, well: int) -> Review:
    ids = [(f"p{i}", PROPOSED) for i in range(proposed)] + [(f"w{i}", WELL) for i in range(well)]
    return judge(make_book([deal(name) for name, _ in ids], [touch(day, name) for name, day in ids]))


@pytest.mark.parametrize(
    ("proposed", "open_deals", "ceiling"),
    [
        (0, 0, ""),
        (5, 20, ""),  # 25% is not more than 25%
        (6, 20, "6 proposals are 30% of 20 open deals, more than the ceiling of 25%: nothing may be written"),
        (3, 3, ""),  # too few deals for a share to mean anything
        (19, 19, ""),
        (50, 200, ""),
        (51, 300, "51 proposals are more than the ceiling of 50: nothing may be written"),
    ],
)
def test_the_ceiling(proposed: int, open_deals: int, ceiling: str) -> None:
    findings = book_of(proposed, open_deals - proposed)
    assert len(deals_with(findings, Verdict.PROPOSE)) == proposed
    assert findings.ceiling == ceiling


@pytest.mark.parametrize("wrong", [{"is_won": True}, {"is_closed": False}, {"is_active": False}, {"name": "Lost"}])
def test_nothing_is_closed_into_a_stage_that_is_not_closed_lost(wrong: dict[str, Any]) -> None:
    stages = [*STAGES[:-1], STAGES[-1] | wrong]
    findings = judge(make_book(touches=[touch(PROPOSED)], stages=stages))
    assert findings.ceiling == "'Closed Lost' is not an active stage that is closed and not won: nothing can be closed"
    assert judge(make_book(touches=[touch(WELL)], stages=stages)).ceiling == ""


def test_money_is_summed_in_the_corporate_currency_only() -> None:
    deals = [
        deal("usd", amount=100.0, currency="USD"),
        deal("none", amount=10.0, currency=None, close_date="2027-01-05"),
        deal("eur", amount=100.0, currency="EUR"),
        deal("gbp", amount=100.0, currency="GBP"),
        deal("gbp2", amount=7.0, currency="GBP", close_date=None),
        deal("gbp3", amount=None, currency="GBP"),
    ]
    touches = [touch(PROPOSED, "eur"), touch(WARNED, "none"), *(touch(WELL, d) for d in ("usd", "gbp", "gbp2", "gbp3"))]
    findings = judge(make_book(deals, touches), currency_rates={"EUR": 1.08})
    assert findings.unconverted == {"GBP": 2}
    assert findings.corporate_currency == "USD"
    assert totals_by_verdict(findings).to_dict("list") == {
        "verdict": ["propose to close", "held back", "warn the owner", "healthy"],
        "deals": [1, 0, 1, 4],
        "value": [108.0, 0.0, 10.0, 100.0],
    }
    assert totals_by_quarter(findings).to_dict("list") == {
        "quarter": ["Q4 2026", "Q1 2027", ""],
        "deals": [4, 1, 1],
        "value": [208.0, 10.0, 0.0],
    }


def test_most_money_comes_first_then_the_id_and_what_is_unknown_last() -> None:
    deals = [deal("b", amount=5.0), deal("a", amount=5.0), deal("c", amount=None), deal("d", amount=9.0)]
    findings = judge(make_book(deals, [touch(PROPOSED, d) for d in "abcd"]))
    assert [judged.id for judged in deals_with(findings, Verdict.PROPOSE)] == ["d", "a", "b", "c"]
    assert findings.deals["id"].tolist() == ["d", "a", "b", "c"]


def test_the_columns_are_those_of_a_deal() -> None:
    findings = judge(make_book())
    assert list(findings.deals.columns) == [f.name for f in fields(Deal)]
    (judged,) = deals_with(findings, Verdict.PROPOSE)
    assert type(judged.days) is int
    assert type(judged.owner_active) is bool
    assert type(judged.close_date) is date
    assert judged.close_date == date(2026, 12, 18)
    assert judged.quarter == "Q4 2026"


def test_evidence_is_the_three_last_each_way_newest_first() -> None:
    def days(*numbers: int, **given: Any) -> list[dict[str, Any]]:
        return [touch(f"2026-09-{n:02}", **given) for n in numbers]

    touches = [
        *days(1, 2, 3, 4),
        *days(5, 6, 7, 8, direction="inbound"),
        *days(9, direction="both", kind="meeting"),
        *days(10, 11, 12, 13, direction="unknown"),
        touch("2026-09-20", record_id=None),  # an aggregate row dates the last touch and is no evidence
        touch("2026-11-22", kind="slack", counts=False, direction="inbound", level="account"),
    ]
    findings = judge(make_book(touches=touches))
    shown = evidence_of(findings, "deal")
    assert [(e.day.day, e.direction) for e in shown] == [
        (22, "inbound"), (13, "unknown"), (12, "unknown"), (11, "unknown"), (9, "both"), (8, "inbound"),
        (4, "outbound"), (3, "outbound"),
    ]  # fmt: skip
    assert (shown[0].kind, shown[0].level, shown[0].at) == ("slack", "account", datetime(2026, 11, 22, 18, tzinfo=UTC))
    assert evidence_of(findings, "another") == []
    assert [e.counts for e in shown] == [False, *[True] * (len(shown) - 1)]  # the newest, from Slack, does not count


def test_a_healthy_deal_needs_no_evidence() -> None:
    assert judge(make_book(touches=[touch(WELL)])).evidence.empty


def test_an_empty_book_is_a_review_too() -> None:
    findings = judge(make_book([]))
    assert findings.deals.empty
    assert totals_by_verdict(findings)["deals"].tolist() == [0, 0, 0, 0]
    assert totals_by_quarter(findings).empty
    assert (findings.ceiling, findings.notes, findings.expected) == ("", (), 0)


def test_what_is_about_no_open_deal_is_left_alone() -> None:
    findings = judge(make_book(touches=[touch(WELL, "closed long ago")]))
    assert findings.deals["never_touched"].tolist() == [True]


def test_a_moment_instead_of_a_day_is_refused() -> None:
    with pytest.raises(TypeError, match="a day in the office"):
        review(make_book(), datetime(2026, 11, 23, tzinfo=UTC), PipelinePolicy())


def test_naive_moments_are_refused() -> None:
    book = make_book(touches=[touch(WELL)])
    naive = book.touches.assign(at=pd.Series([pd.Timestamp("2026-11-20")]))
    with pytest.raises(ValueError, match="not aware moments"):
        judge(type(book)(**{**book.__dict__, "touches": naive}))


def test_the_rules_need_neither_prefect_nor_settings() -> None:
    code = (
        "import sys, tasks.rules.pipeline, tasks.rules.touches\n"
        "print([m for m in sys.modules if m.split('.')[0] in {'prefect', 'requests', 'slack_sdk', 'pydantic'}"
        " or m == 'tasks.settings'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert done.stdout.strip() == "[]"
