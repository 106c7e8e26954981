"""What holds for every book, drawn at random: shared owners, holds, odd records and every kind of touch."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tasks.rules.findings import Book, Deal, Review, Verdict

from .builders import AS_OF, TOUCH, Row, change, deal, every, frame, judge, judge_each, make_book, meeting, touch

NEARER_TO_CLOSING = [Verdict.HEALTHY, Verdict.WARN, Verdict.HELD, Verdict.PROPOSE]
FEW = settings(max_examples=6, deadline=None)
# Around the edges of the rule more often than elsewhere.
DAYS_AGO = st.sampled_from([0, 1, 13, 14, 29, 30, 31, 44, 45, 46, 89, 90]) | st.integers(0, 200)


def day(ago: int) -> str:
    return (AS_OF - timedelta(days=ago)).isoformat()


@st.composite
def touches(draw: st.DrawFn, of: str) -> Row:
    return touch(
        f"{day(draw(DAYS_AGO))} {draw(st.integers(0, 23)):02}:30",
        of,
        kind=draw(st.sampled_from(["email", "call", "meeting", "slack"])),
        direction=draw(st.sampled_from(["inbound", "outbound", "both", "unknown"])),
        level=draw(st.sampled_from(["opportunity", "contact role", "account"])),
        counts=draw(st.booleans()),
        record_id=draw(st.none() | st.uuids().map(str)),
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    ids = [f"d{i}" for i in range(draw(st.integers(1, 8)))]
    owner = st.sampled_from(["ann", "ann", "bob"])
    deals = [
        deal(
            name,
            owner_id=draw(owner),
            owner="Somebody",
            owner_active=draw(st.sampled_from([True, True, False, None])),
            created=draw(st.none() | DAYS_AGO.map(day)),
            type=draw(st.sampled_from(["New Business", "New Business", "Renewal", None])),
            stage=draw(st.sampled_from(["Discovery", "Negotiation", "Closed Won", "Nowhere", None])),
            amount=draw(st.none() | st.integers(-5, 5).map(float)),
        )
        for name in ids
    ]
    some = st.sampled_from(ids)
    return make_book(
        deals,
        [draw(touches(draw(some))) for _ in range(draw(st.integers(0, 12)))],
        booked=[meeting(day(-draw(st.integers(1, 60))), draw(some)) for _ in range(draw(st.integers(0, 1)))],
        history=[change("Owner", day(draw(DAYS_AGO)), draw(some)) for _ in range(draw(st.integers(0, 3)))],
    )


def with_touch(book: Book, added: Row) -> Book:
    return replace(book, touches=pd.concat([book.touches, frame([added], TOUCH)], ignore_index=True))


def by_id(findings: Review) -> dict[str, Deal]:
    return {judged.id: judged for judged in every(findings)}


@given(days=st.lists(st.integers(0, 400), min_size=1))
@example(days=[44, 45, 46])
@example(days=[29, 30, 31])
@FEW
def test_only_the_days_decide_about_a_plain_deal(days: list[int]) -> None:
    plain = deal(created="2020-01-01")
    judged = judge_each({"deals": [plain], "touches": [touch(day(ago))]} for ago in days)
    expected = [Verdict.PROPOSE if n >= 45 else Verdict.WARN if n >= 30 else Verdict.HEALTHY for n in days]
    assert [(d.days, d.verdict) for d in judged] == list(zip(days, expected, strict=True))


@given(book=books(), data=st.data())
@FEW
def test_a_later_human_touch_never_moves_a_deal_towards_closing(book: Book, data: st.DataObject) -> None:
    before = by_id(judge(book))
    name = data.draw(st.sampled_from(sorted(before)))
    later = data.draw(st.integers(0, before[name].days))  # not before the day from which silence is counted
    human: dict[str, Any] = {"kind": data.draw(st.sampled_from(["email", "call", "meeting"])), "counts": True}
    after = by_id(judge(with_touch(book, touch(day(later), name, record_id="added", **human))))[name]
    assert after.days <= before[name].days
    assert NEARER_TO_CLOSING.index(after.verdict) <= NEARER_TO_CLOSING.index(before[name].verdict)


@given(book=books(), data=st.data())
@FEW
def test_no_touch_whatever_makes_its_deal_a_proposal(book: Book, data: st.DataObject) -> None:
    before = by_id(judge(book))
    safe = sorted(name for name, judged in before.items() if judged.verdict is not Verdict.PROPOSE)
    assume(safe)
    name = data.draw(st.sampled_from(safe))
    after = by_id(judge(with_touch(book, data.draw(touches(name)))))
    assert after[name].verdict is not Verdict.PROPOSE


@given(book=books(), seed=st.integers(0, 1000))
@FEW
def test_every_deal_is_judged_once_and_the_order_of_the_input_never_matters(book: Book, seed: int) -> None:
    def shuffled(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.sample(frac=1, random_state=seed).reset_index(drop=True)

    mixed = replace(
        book,
        opportunities=shuffled(book.opportunities),
        touches=shuffled(book.touches),
        booked=shuffled(book.booked),
        history=shuffled(book.history),
        stages=shuffled(book.stages),
    )
    one, other = judge(book), judge(mixed)
    assert sorted(one.deals["id"]) == sorted(book.opportunities["id"])
    assert sorted(by_id(one)) == sorted(one.deals["id"])
    assert all(judged.reason and bool(judged.holds) is (judged.verdict is Verdict.HELD) for judged in every(one))
    assert_frame_equal(one.deals, other.deals)
    assert_frame_equal(one.evidence, other.evidence)
    assert (one.notes, one.ceiling, one.untrusted_owners) == (other.notes, other.ceiling, other.untrusted_owners)
