"""The reviews behind the golden files: a full week, a clean one, and one with too many proposals."""

from datetime import date
from typing import Any

from tasks.rules.findings import Deal, Level, Review, Verdict

from .review_builder import make_deal, make_review, make_touch, record_id

_OWNERS = {
    "tom": {"owner": "Tom Okafor", "owner_id": "005Hs00000000001AA"},
    "ana": {"owner": "Ana Snyder", "owner_id": "005Hs00000000002AA"},
    "li": {"owner": "Li Wei", "owner_id": "005Hs00000000003AA"},
}


def _silent(number: int, name: str, days: int, last: date, **said: Any) -> Deal:
    usual: dict[str, Any] = {
        "verdict": Verdict.PROPOSE,
        "days": days,
        "last_touch": last,
        "last_inbound": None,
        "last_outbound": last,
    }
    return make_deal(number, name, **{**usual, **said})


def full() -> Review:
    """Four to decide, held back for each reason, warnings, a slip, bad records, notes on the data."""
    deals = [
        _silent(1, "Acme 2026", 45, date(2026, 10, 9), amount=120_000.0, last_inbound=date(2026, 9, 2)),
        _silent(
            2, "Umbrella 2026", 61, date(2026, 9, 23), amount=95_000.0, stage="Proposal", level=Level.CONTACT_ROLE,
            last_inbound=date(2026, 9, 23), **_OWNERS["li"],
        ),
        _silent(
            3, "Hooli expansion 2026", 320, date(2026, 1, 7), amount=70_000.0, stage="Negotiation",
            last_inbound=date(2025, 12, 30), hygiene=("no next step", "close date past (1 Nov)"),
            close_date=date(2026, 11, 1), **_OWNERS["li"],
        ),
        make_deal(
            4, "Wayne pilot 2026", verdict=Verdict.PROPOSE, amount=25_000.0, days=90, never_touched=True,
            level=Level.NONE, last_touch=None, last_inbound=None, last_outbound=None,
        ),
        _silent(5, "Globex 2026", 50, date(2026, 10, 4), amount=88_000.0, verdict=Verdict.HELD,
                holds=("customer wrote in their Slack channel 3 d ago",)),
        _silent(6, "Initech 2026", 47, date(2026, 10, 7), amount=40_000.0, verdict=Verdict.HELD,
                holds=("meeting booked 12 Dec",), next_booked=date(2026, 12, 12), **_OWNERS["li"]),
        _silent(7, "Stark renewal 2026", 80, date(2026, 9, 4), amount=200_000.0, verdict=Verdict.HELD, renewal=True,
                holds=("renewal",), **_OWNERS["li"]),
        _silent(8, "Tyrell 2026", 70, date(2026, 9, 14), amount=60_000.0, verdict=Verdict.HELD,
                holds=("little logged activity from Ana Snyder",), **_OWNERS["ana"]),
        _silent(9, "Cyberdyne 2026", 38, date(2026, 10, 16), amount=150_000.0, verdict=Verdict.WARN, stage="Proposal"),
        _silent(10, "Wonka", 31, date(2026, 10, 23), amount=None, verdict=Verdict.WARN,
                hygiene=("no amount", "no year in the name"), **_OWNERS["li"]),
        make_deal(11, "Soylent 2026", amount=180_000.0, slipped=True, slipped_from="Q4 2026", pushes=2,
                  close_date=date(2027, 1, 29),
                  quarter="Q1 2027", hygiene=("next step due 3 Nov",), stage="Negotiation"),
        make_deal(12, "Massive Dynamic 2026", amount=2_400_000.0, stage="Negotiation", **_OWNERS["ana"]),
        make_deal(13, "Aperture 2026", amount=80_000.0, value=None, currency="EUR", stage="Proposal", **_OWNERS["li"]),
        make_deal(14, "Vandelay 2026", amount=30_000.0, owner="Pat Gone", owner_id="005Hs00000000009AA",
                  owner_active=False, close_date=None, quarter="", hygiene=("no close date",),
                  problems=("no close date: set one, or the deal is in no quarter",
                            "its owner Pat Gone has left: hand it over")),
        make_deal(15, "Bluth 2027", amount=950.0, close_date=date(2027, 9, 30), quarter="Q3 2027", stage="Legal"),
    ]  # fmt: skip
    return make_review(
        deals,
        {
            record_id(1): [
                make_touch(date(2026, 10, 9), "email", "outbound", "J. Doe", "Renewal of terms"),
                make_touch(date(2026, 10, 1), "call", "outbound", "J. Doe", "Left a voicemail"),
                make_touch(date(2026, 9, 2), "email", "inbound", "J. Doe", "Re: pricing & terms"),
            ],
            record_id(2): [make_touch(date(2026, 9, 23), "meeting", "both", "M. Muster", "Demo")],
            record_id(3): [
                make_touch(date(2026, 1, 7), "linkedin", "outbound", "R. Roe", "Happy new year"),
                make_touch(date(2025, 12, 30), "call", "inbound", "R. Roe", ""),
            ],
            record_id(9): [make_touch(date(2026, 10, 16), "call", "outbound", "K. Kay", "Check in")],
        },
        expected=16,
        unconverted={"EUR": 1},
        untrusted_owners=("Ana Snyder",),
        notes=(
            "Little logged activity from Ana Snyder since 6 Nov (0 of 5 deals touched): none of theirs is proposed",
        ),
    )


def quiet() -> Review:
    """Everything is well: one line in the parent."""
    return make_review([make_deal(1, "Acme 2026"), make_deal(2, "Hooli 2026", amount=20_000.0)])


def ceiling() -> Review:
    """Sixty-two proposals of a hundred open deals: something is wrong with the data, nothing is written."""
    silent = [
        _silent(number, f"Deal {number} 2026", 60, date(2026, 9, 24), amount=1_000.0 * number)
        for number in range(1, 63)
    ]
    healthy = [make_deal(number, f"Deal {number} 2026") for number in range(63, 101)]
    said = "62 proposals are more than the ceiling of 50: nothing may be written"
    return make_review([*silent, *healthy], ceiling=said)
