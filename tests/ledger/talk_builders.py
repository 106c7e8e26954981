"""Coaching talks and bookings in which each test states only what matters to it. The review runs Tue 1 Dec 2026, 07:00
in Los Angeles."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tasks.ledger_activity import Talks
from tasks.rules.talks import Booking, Talk, TalkStanding

MADE = datetime(2026, 12, 1, 15, tzinfo=UTC)  # Tue 1 Dec, 07:00 in Los Angeles
REPORT, NEXT_REPORT = "activity-review:2026-12-01:all", "activity-review:2027-01-04:all"
TOM, LENA = "005000000000001AAA", "005000000000002AAA"
A, B, C = "talk-2026-12-01-aaaaaa", "talk-2026-12-01-bbbbbb", "talk-2026-12-01-cccccc"
JANUARY = 34 * 24 * 60  # minutes from MADE to the review of Mon 4 Jan


def talk(name: str = A, *, minutes: int = 0, **known: Any) -> Talk:
    """Drafted so many `minutes` after the review began, for Wed 2 Dec, 09:00 in Los Angeles."""
    usual = {
        "report_key": REPORT, "channel": "C0CRO", "rep_id": TOM, "rep": "Tom Owner", "manager_id": "005000000000009AAA",
        "manager": "Alex Mitchell", "starts": datetime(2026, 12, 2, 17, tzinfo=UTC), "minutes": 30,
        "time_zone": "America/Los_Angeles", "subject": "Coaching: following up with people",
        "agenda": ("J. Doe (Acme): 6 in a row", "K. Roe (Globex): 4 in a row", "L. Poe: 2 on one day"),
        "because": "3 people with findings",
    }  # fmt: skip
    return Talk(**{**usual, "id": name, "drafted_at": MADE + timedelta(minutes=minutes), **known})


def booking(name: str = A, by: str = "Marisol Vega", **known: Any) -> Booking:
    usual = {"decided_at": MADE + timedelta(hours=1), "run_id": "run-1"}
    return Booking(**{**usual, "talk_id": name, "decided_by": by, **known})


def stood(store: Talks, name: str) -> TalkStanding:
    """Where a talk that is there stands."""
    standing = store.standing(name)
    assert standing is not None
    return standing
