"""What stops closing an approved record. Proposed Mon 2026-11-23, last edited Fri 20 Nov, compared Tue 24 Nov."""

from datetime import date
from typing import Any

import pytest

from tasks.rules.findings import Deal, Verdict
from tasks.rules.proposals import Outcome
from tasks.rules.proposing import NEVER_READ
from tasks.rules.rechecking import why_not

from .builders import AS_OF, change, deal, judge_each, meeting, touch
from .decisions import deal_id, make_proposed

ALREADY, SKIPPED, GONE = Outcome.ALREADY, Outcome.SKIPPED, Outcome.GONE
CLOSED_STAGES = {"Closed Won", "Closed Lost", "Disqualified"}
SILENT = touch("2026-10-09")
BY = "(last edited by Ann Lee on 21 Nov)"


def record(*without: str, **changed: Any) -> dict[str, Any]:
    """The record as it was proposed, as Salesforce gives it, with these changes."""
    as_proposed = {
        "Id": deal_id(12),
        "Name": "Deal 12",
        "StageName": "Discovery",
        "Amount": 120_000.0,
        "CloseDate": "2026-12-18",
        "OwnerId": "005Hs00000000001AA",
        "Owner.Name": "Tom Okafor",
        "NextStep": "Call back",
        "IsClosed": False,
        "LastModifiedDate": "2026-11-20T10:00:00.000+0000",
        "LastModifiedById": "005Hs00000000001AA",
        "LastModifiedBy.Name": "Tom Okafor",
    }
    return {name: value for name, value in {**as_proposed, **changed}.items() if name not in without}


def edited(*without: str, **changed: Any) -> dict[str, Any]:
    """The record after an edit of Ann's on Sat 21 Nov."""
    edit = {"LastModifiedDate": "2026-11-21T18:00:00.000+0000", "LastModifiedBy.Name": "Ann Lee"}
    return record(*without, **edit | changed)


def judged(**case: Any) -> Deal:
    return judge_each([{"touches": [SILENT], **case}], AS_OF)[0]


PROPOSED = judged()


def stopped(now: dict[str, Any] | None, fresh: Deal | None = PROPOSED, **said: Any) -> tuple[Outcome, str] | None:
    proposed = make_proposed(12, **said)
    return why_not(
        proposed, now, fresh, closed_stages=CLOSED_STAGES, target_stage="Closed Lost", today=date(2026, 11, 24)
    )


def test_a_record_that_stands_as_it_was_is_closed() -> None:
    assert stopped(record()) is None


@pytest.mark.parametrize(
    "same",
    [
        {"Amount": 120_000},
        {"OwnerId": "005Hs0000000000"},
        {"Name": " Deal 12 "},
        {"LastModifiedDate": "2026-11-20T10:00:00.750+0000"},
        {"LastModifiedDate": "2026-11-20T02:00:00.000-08:00"},
        {"Probability": 90, "Description": "new"},
    ],
    ids=["a whole number", "an id of 15", "blanks around", "part of a second", "another zone", "not compared"],
)
def test_what_only_looks_different_stops_nothing(same: dict[str, Any]) -> None:
    assert stopped(record(**same), owner_id="005Hs0000000000AAA" if "OwnerId" in same else "005Hs00000000001AA") is None


def test_empty_and_missing_are_the_same() -> None:
    assert (
        stopped(record(NextStep=None, Amount=None, CloseDate=None), next_step="", amount=None, close_date=None) is None
    )
    assert stopped(record(NextStep=""), next_step="") is None


@pytest.mark.parametrize(
    "hidden",
    [
        "Name",
        "StageName",
        "Amount",
        "CloseDate",
        "OwnerId",
        "Owner.Name",
        "NextStep",
        "IsClosed",
        "LastModifiedBy.Name",
        "LastModifiedById",
    ],
)
def test_a_field_that_cannot_be_seen_is_not_compared(hidden: str) -> None:
    assert stopped(record(hidden)) is None


STOPS: dict[str, tuple[dict[str, Any] | None, tuple[Outcome, str]]] = {
    "gone": (None, (GONE, "deleted, or no longer visible to us")),
    "won": (
        edited(StageName="Closed Won", IsClosed=True),
        (ALREADY, "as Closed Won, last edited by Ann Lee on 21 Nov"),
    ),
    "lost": (edited(StageName="Closed Lost"), (ALREADY, "as Closed Lost, last edited by Ann Lee on 21 Nov")),
    "closed as something new": (
        edited(StageName="Dead", IsClosed=True),
        (ALREADY, "as Dead, last edited by Ann Lee on 21 Nov"),
    ),
    "closed by nobody knows": (
        record("LastModifiedBy.Name", "LastModifiedDate", StageName="Closed Won"),
        (ALREADY, "as Closed Won"),
    ),
    "new owner": (edited(**{"OwnerId": "005B", "Owner.Name": "Ann Lee"}), (SKIPPED, f"now owned by Ann Lee {BY}")),
    "new owner without a name": (edited("Owner.Name", OwnerId="005B"), (SKIPPED, f"now owned by 005B {BY}")),
    "no owner": (edited("Owner.Name", OwnerId=None), (SKIPPED, f"now owned by nobody {BY}")),
    "stage": (edited(StageName="Proposal"), (SKIPPED, f"stage Discovery → Proposal {BY}")),
    "less": (edited(Amount=90_000.0), (SKIPPED, f"amount $120k → $90k {BY}")),
    "a little less": (edited(Amount=119_999.5), (SKIPPED, f"amount $120k → $119,999.50 {BY}")),
    "nothing": (edited(Amount=None), (SKIPPED, f"amount $120k → no amount {BY}")),
    "zero": (edited(Amount=0), (SKIPPED, f"amount $120k → $0 {BY}")),
    "later": (edited(CloseDate="2027-01-29"), (SKIPPED, f"close date 18 Dec → 29 Jan 2027 {BY}")),
    "no date": (edited(CloseDate=None), (SKIPPED, f"close date 18 Dec → none {BY}")),
    "no date any more": (edited(CloseDate="soon"), (SKIPPED, f"close date 18 Dec → soon {BY}")),
    "next step": (edited(NextStep="Send it"), (SKIPPED, f"next step 'Call back' → 'Send it' {BY}")),
    "no next step": (edited(NextStep=None), (SKIPPED, f"next step 'Call back' → empty {BY}")),
    "name": (edited(Name="Deal 12 b"), (SKIPPED, f"name 'Deal 12' → 'Deal 12 b' {BY}")),
    "several, the owner first": (
        edited(Amount=90_000.0, StageName="Proposal", **{"OwnerId": "005B", "Owner.Name": "Ann Lee"}),
        (SKIPPED, f"now owned by Ann Lee; stage Discovery → Proposal; amount $120k → $90k {BY}"),
    ),
    "edited": (edited(), (SKIPPED, "edited since by Ann Lee on 21 Nov")),
    "edited by nobody knows": (edited("LastModifiedBy.Name"), (SKIPPED, "edited since by somebody on 21 Nov")),
    "edited the same day": (
        record(LastModifiedDate="2026-11-20T10:00:01.000+0000"),
        (SKIPPED, "edited since by Tom Okafor on 20 Nov"),
    ),
    "no last edit": (record("LastModifiedDate"), (SKIPPED, "when it was last edited cannot be read")),
    "a broken last edit": (record(LastModifiedDate="soon"), (SKIPPED, "when it was last edited cannot be read")),
}


@pytest.mark.parametrize(("now", "told"), STOPS.values(), ids=STOPS.keys())
def test_what_the_record_says(now: dict[str, Any] | None, told: tuple[Outcome, str]) -> None:
    assert stopped(now) == told


def test_the_day_of_an_edit_is_the_offices() -> None:
    evening = record(LastModifiedDate="2026-11-24T07:30:00.000+0000")  # Mon 23 Nov 23:30 in Los Angeles
    assert stopped(evening) == (SKIPPED, "edited since by Tom Okafor on 23 Nov")


def test_an_edit_that_was_never_read_stops_it() -> None:
    assert stopped(record(), modified=NEVER_READ) == (SKIPPED, "when it was last edited cannot be read")


JUDGED: dict[str, tuple[Deal | None, str]] = {
    "a mail": (judged(touches=[SILENT, touch("2026-11-23")]), "a touch on 23 Nov"),
    "a call in the warned time": (judged(touches=[SILENT, touch("2026-10-20")]), "a touch on 20 Oct"),
    "a meeting": (judged(booked=[meeting("2026-12-12")]), "held back: meeting booked 12 Dec"),
    "handed over and a renewal": (
        judged(deals=[deal(type="Renewal")], history=[change("Owner", "2026-11-20")]),
        "held back: renewal, owner changed 3 days ago",
    ),
    "a quote": (judged(deals=[deal(quote="Sent")]), "held back: open quote (Sent)"),
    "a touch that was taken away": (
        judged(deals=[deal(created="2026-11-20")], touches=[]),
        "no longer proposed: Not touched yet: it was created 3 days ago",
    ),
    "another limit": (
        judge_each([{"touches": [SILENT]}], AS_OF, stale_after_days=60)[0],
        "no longer proposed: No communication for 45 days: no reply on record, our last mail 9 Oct, nothing booked",
    ),
    "not open": (None, "no longer among the open deals that are judged"),
}


@pytest.mark.parametrize(("fresh", "told"), JUDGED.values(), ids=JUDGED.keys())
def test_what_the_fresh_judgement_says(fresh: Deal | None, told: str) -> None:
    assert stopped(record(), fresh) == (SKIPPED, told)


def test_a_first_touch_is_a_touch() -> None:
    fresh = judged(touches=[touch("2026-11-23")])
    assert stopped(record(), fresh, last_touch=None) == (SKIPPED, "a touch on 23 Nov")


def test_changes_come_before_the_judgement_and_a_bare_edit_after_it() -> None:
    called = judged(touches=[SILENT, touch("2026-11-23")])
    assert stopped(edited(Amount=90_000.0), called) == (SKIPPED, f"amount $120k → $90k {BY}; a touch on 23 Nov")
    assert stopped(edited(), called) == (SKIPPED, "a touch on 23 Nov")
    assert called.verdict is Verdict.HEALTHY


def test_the_stage_we_close_in_is_closed_whatever_the_list_says() -> None:
    lost = record("IsClosed", StageName="Closed Lost")
    told = why_not(make_proposed(12), lost, PROPOSED, closed_stages=(), target_stage="Closed Lost", today=AS_OF)
    assert told == (ALREADY, "as Closed Lost, last edited by Tom Okafor on 20 Nov")
