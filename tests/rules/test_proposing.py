"""What is kept of a review's proposals, and the name it gets from its contents."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pandas as pd
import pytest

from tasks.rules.findings import Review
from tasks.rules.proposals import Proposal
from tasks.rules.proposing import NEVER_READ, proposal_id, proposal_of

from .builders import Row, deal, judge, make_book, meeting, moment, touch
from .decisions import LAST_EDIT, MADE_AT, make_proposal, make_proposed

SILENT = touch("2026-10-09", subject="Renewal of terms")  # Friday, 45 days before Mon 2026-11-23


def proposed(deals: list[Row], touches: list[Row], edited: str | None = "2026-11-20", **said: Any) -> Proposal | None:
    book = make_book(deals, touches)
    return of(judge(book), book.opportunities.assign(modified=moment(edited)), **said)


def of(review: Review, records: pd.DataFrame, **said: Any) -> Proposal | None:
    usual: dict[str, Any] = {
        "ritual": "pipeline-review", "scope": "all", "made_at": MADE_AT, "report_key": "key", "channel": "C01",
        "stale_after_days": 45, "headline": "1 to decide ($50k)",
    }  # fmt: skip
    return proposal_of(review, records[["id", "next_step", "modified"]], **{**usual, **said})


def test_a_silent_deal_is_kept_as_it_stood() -> None:
    kept = proposed([deal(next_step="Send it")], [SILENT])
    assert kept is not None
    [only] = kept.deals
    assert (only.id, only.name, only.stage, only.amount, only.next_step) == (
        "deal", "deal 2026", "Discovery", 50_000.0, "Send it",
    )  # fmt: skip
    assert (only.close_date, only.last_touch, only.days) == (date(2026, 12, 18), date(2026, 10, 9), 45)
    assert only.modified == moment("2026-11-20")
    assert only.reason == "No communication for 45 days: no reply on record, our last mail 9 Oct, nothing booked"
    assert only.evidence == ('us 9 Oct: mail "Renewal of terms", J. Doe',)


def test_what_the_proposal_itself_says() -> None:
    kept = proposed([deal(), deal("fine")], [SILENT, touch("2026-11-20", "fine")])
    assert kept is not None
    assert (kept.day, kept.made_at, kept.open_deals) == (date(2026, 11, 23), MADE_AT, 2)
    assert (kept.scope, kept.stale_after_days, kept.headline) == ("all", 45, "1 to decide ($50k)")
    assert kept.id.startswith("2026-11-23-")


def test_only_what_is_proposed_most_money_first() -> None:
    deals = [deal("small", amount=1.0), deal("held"), deal("none", amount=None), deal("big", amount=9e6)]
    book = make_book(deals, [touch("2026-10-09", row["id"]) for row in deals], booked=[meeting("2026-12-12", "held")])
    kept = of(judge(book), book.opportunities.assign(modified=MADE_AT))
    assert kept is not None
    assert [one.id for one in kept.deals] == ["big", "small", "none"]


def test_nothing_proposed_is_no_proposal() -> None:
    assert proposed([deal()], [touch("2026-11-20")]) is None


def test_too_many_proposals_are_no_proposal() -> None:
    book = make_book(touches=[SILENT])
    records = book.opportunities.assign(modified=MADE_AT)
    assert of(judge(book, ceiling_count=0), records) is None
    assert of(judge(book, ceiling_count=1), records) is not None


def test_an_edit_that_could_not_be_read_is_kept_as_never_read() -> None:
    kept = proposed([deal()], [SILENT], edited=None)
    assert kept is not None
    assert kept.deals[0].modified == NEVER_READ


def test_a_deal_without_a_record_is_not_lost() -> None:
    book = make_book(touches=[SILENT])
    kept = of(judge(book), book.opportunities.assign(modified=MADE_AT).head(0))
    assert kept is not None
    assert (kept.deals[0].next_step, kept.deals[0].modified) == ("", NEVER_READ)


def test_a_missing_next_step_is_empty() -> None:
    kept = proposed([deal(next_step=None)], [SILENT])
    assert kept is not None
    assert kept.deals[0].next_step == ""


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        proposed([deal()], [SILENT], made_at=datetime(2026, 11, 23, 7, 28))  # noqa: DTZ001 - that is the point


def test_the_same_contents_have_the_same_name_whenever_and_in_whatever_order() -> None:
    deals, touches = [deal("a"), deal("b")], [touch("2026-10-09", "a"), touch("2026-10-09", "b")]
    one = proposed(deals, touches)
    other = proposed(deals[::-1], touches[::-1], made_at=MADE_AT + timedelta(hours=3), headline="other words")
    assert one is not None
    assert other is not None
    assert one.id == other.id


def test_the_order_of_the_deals_does_not_name_it() -> None:
    one, other = make_proposed(1), make_proposed(2)
    assert name_of(one, other) == name_of(other, one)


CHANGES: dict[str, dict[str, Any]] = {
    "owner": {"owner": "Ann Lee"}, "owner id": {"owner_id": "005B"}, "name": {"name": "Acme"},
    "account": {"account": "Globex"}, "stage": {"stage": "Proposal"}, "amount": {"amount": 10_001.0},
    "no amount": {"amount": None}, "currency": {"currency": "EUR"}, "value": {"value": 9.0},
    "close date": {"close_date": date(2026, 12, 19)}, "next step": {"next_step": "Wait"},
    "edit": {"modified": LAST_EDIT + timedelta(seconds=1)}, "days": {"days": 46}, "touch": {"last_touch": None},
    "reason": {"reason": "Never touched"}, "evidence": {"evidence": ("us 9 Oct: call",)}, "id": {"id": "006X"},
}  # fmt: skip


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_a_decider_sees_or_is_compared_later_changes_the_name(changed: dict[str, Any]) -> None:
    assert name_of(replace(make_proposed(), **changed)) != name_of(make_proposed())


@pytest.mark.parametrize(
    "changed",
    [
        {"day": date(2026, 11, 24)},
        {"ritual": "other"},
        {"scope": "Tom Okafor"},
        {"stale_after_days": 60},
        {"deals": ()},
    ],
    ids=["day", "ritual", "scope", "limit", "deals"],
)
def test_so_does_what_the_proposal_is_about(changed: dict[str, Any]) -> None:
    same: dict[str, Any] = {
        "day": date(2026, 11, 23), "ritual": "pipeline-review", "scope": "all", "stale_after_days": 45,
        "deals": make_proposal(2).deals,
    }  # fmt: skip
    assert proposal_id(**same) != proposal_id(**{**same, **changed})


def test_the_zone_a_moment_was_read_in_does_not() -> None:
    there = replace(make_proposed(), modified=LAST_EDIT.astimezone(timezone(timedelta(hours=9))))
    assert name_of(there) == name_of(make_proposed())


def name_of(*deals: Any) -> str:
    return proposal_id(datetime(2026, 11, 23, tzinfo=UTC).date(), "pipeline-review", "all", 45, deals)
