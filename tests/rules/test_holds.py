"""What holds a silent deal back. Each deal here was last spoken on Fri 2026-10-09, 45 days before Mon 2026-11-23."""

from typing import Any

import pytest

from tasks.rules.findings import Verdict

from .builders import change, deal, found, judge, judge_each, make_book, meeting, touch

SILENT = touch("2026-10-09")
TO_CLOSE = (Verdict.PROPOSE, ())
WROTE_IN_SLACK = ("customer wrote in their Slack channel 3 days ago",)


def slack(at: str, **given: Any) -> dict[str, Any]:
    return touch(at, kind="slack", level="account", direction="inbound", counts=False) | given


def on_account(at: str, **given: Any) -> dict[str, Any]:
    """A touch on an account that has other open deals."""
    return touch(at, level="account", counts=False, direction="inbound") | given


HOLDS: list[tuple[dict[str, Any], Verdict, tuple[str, ...]]] = [
    ({}, *TO_CLOSE),
    # A meeting ahead, on any level and however far.
    ({"booked": [meeting("2026-12-12")]}, Verdict.HELD, ("meeting booked 12 Dec",)),
    ({"booked": [meeting("2027-06-01", level="account")]}, Verdict.HELD, ("meeting booked 1 Jun 2027",)),
    ({"booked": [meeting("2026-11-23 16:00")]}, Verdict.HELD, ("meeting booked 23 Nov",)),
    ({"booked": [meeting("2026-12-12", deal="another")]}, *TO_CLOSE),
    # Something came in within the window that does not count as communication on this deal.
    ({"touches": [SILENT, slack("2026-11-20")]}, Verdict.HELD, WROTE_IN_SLACK),
    ({"touches": [SILENT, slack("2026-10-10")]}, Verdict.HELD,
     ("customer wrote in their Slack channel 44 days ago",)),
    ({"touches": [SILENT, slack("2026-10-09")]}, *TO_CLOSE),
    ({"touches": [SILENT, slack("2026-11-20", counts=True)]}, Verdict.HELD,
     WROTE_IN_SLACK),
    ({"touches": [SILENT, slack("2026-11-20", direction="outbound")]}, *TO_CLOSE),
    ({"touches": [SILENT, on_account("2026-11-22")]}, Verdict.HELD,
     ("contact on the account 1 day ago, which has other open deals",)),
    ({"touches": [SILENT, on_account("2026-11-23", kind="meeting", direction="both")]}, Verdict.HELD,
     ("contact on the account today, which has other open deals",)),
    ({"touches": [SILENT, on_account("2026-10-09")]}, *TO_CLOSE),
    ({"touches": [SILENT, on_account("2026-11-22", direction="outbound")]}, *TO_CLOSE),
    # Without a direction it may have come in; an aggregate row is no record and only dates the last touch.
    ({"touches": [SILENT, on_account("2026-11-22", direction="unknown")]}, Verdict.HELD,
     ("contact on the account 1 day ago, which has other open deals",)),
    ({"touches": [SILENT, on_account("2026-11-22", direction="unknown", record_id=None)]}, *TO_CLOSE),
    # Kinds of deals.
    ({"deals": [deal(type="Renewal")]}, Verdict.HELD, ("renewal",)),
    ({"deals": [deal(type="renewal")]}, Verdict.HELD, ("renewal",)),
    ({"deals": [deal(record_type="Renewal")]}, Verdict.HELD, ("renewal",)),
    ({"deals": [deal(type=None)]}, *TO_CLOSE),
    ({"deals": [deal(quote="Sent")]}, Verdict.HELD, ("open quote (Sent)",)),
    ({"deals": [deal(quote="Denied")]}, *TO_CLOSE),
    # Nobody loses a deal that they have not had for as long as the window.
    ({"history": [change("Owner", "2026-11-17")]}, Verdict.HELD, ("owner changed 6 days ago",)),
    ({"history": [change("Owner", "2026-10-10")]}, Verdict.HELD, ("owner changed 44 days ago",)),
    ({"history": [change("Owner", "2026-10-09")]}, *TO_CLOSE),
    ({"history": [change("NextStep", "2026-11-17")]}, *TO_CLOSE),
    ({"deals": [deal(created="2026-11-09")]}, Verdict.HELD, ("created 14 days ago",)),
    ({"deals": [deal(created="2026-10-09")]}, *TO_CLOSE),
    # Records that say something else than "open and silent".
    ({"deals": [deal(created=None)]}, Verdict.HELD, ("creation date cannot be trusted",)),
    ({"deals": [deal(created="2027-01-01")]}, Verdict.HELD, ("creation date cannot be trusted",)),
    ({"deals": [deal(stage="Closed Won")]}, Verdict.HELD, ("its stage says it is closed",)),
    ({"deals": [deal(stage="Demo (old)")]}, *TO_CLOSE),
    # Several at once, the most telling first.
    ({"deals": [deal(type="Renewal", quote="Sent")], "booked": [meeting("2026-12-12")]}, Verdict.HELD,
     ("meeting booked 12 Dec", "renewal", "open quote (Sent)")),
]  # fmt: skip


def test_holds() -> None:
    judged = judge_each({"touches": [SILENT], **given} for given, _, _ in HOLDS)
    assert [(given, d.verdict, d.holds) for (given, _, _), d in zip(HOLDS, judged, strict=True)] == HOLDS


@pytest.mark.parametrize(
    ("last_touch", "verdict"),
    [("2026-10-09", Verdict.HELD), ("2026-10-10", Verdict.WARN), ("2026-11-20", Verdict.HEALTHY)],
)
def test_a_hold_speaks_only_where_a_deal_would_be_proposed(last_touch: str, verdict: Verdict) -> None:
    judged = found(judge(make_book([deal(type="Renewal")], [touch(last_touch)])))
    assert (judged.verdict, judged.renewal) == (verdict, True)
    assert judged.holds == (("renewal",) if verdict is Verdict.HELD else ())


def test_a_never_touched_deal_without_a_creation_date_cannot_be_counted_and_is_held() -> None:
    judged = found(judge(make_book([deal(created=None)])))
    assert (judged.verdict, judged.never_touched, judged.days) == (Verdict.HELD, True, 0)
    assert judged.reason == "Never touched, nothing booked; held back: creation date cannot be trusted"


@pytest.mark.parametrize(("days", "verdict"), [(14, Verdict.PROPOSE), (15, Verdict.HELD)])
def test_how_recent_is_a_setting(days: int, verdict: Verdict) -> None:
    book = make_book(touches=[SILENT], history=[change("Owner", "2026-11-09")])
    assert found(judge(book, recent_days=days)).verdict is verdict


def test_the_window_of_a_hold_is_the_stages_own() -> None:
    values = {"Discovery": 20}
    old = make_book(touches=[SILENT, slack("2026-11-03")])
    assert found(judge(old, stale_after_by_stage=values)).verdict is Verdict.PROPOSE
    recent = make_book(touches=[SILENT, slack("2026-11-04")])
    assert found(judge(recent, stale_after_by_stage=values)).verdict is Verdict.HELD
