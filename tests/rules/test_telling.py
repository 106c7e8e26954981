"""Reading a company in partitions changes nothing: of each partition what tells is enough, for any book."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tasks.rules.findings import Book, Review
from tasks.rules.partitions import by_owner
from tasks.rules.pipeline import review
from tasks.rules.pipeline_telling import next_meetings, telling
from tasks.rules.policy import PipelinePolicy
from tasks.rules.scope import shortest_silence

from .builders import AS_OF, BOOKED, CHANGE, TOUCH, Row, change, deal, frame, make_book, meeting, moment, touch

MOST = 16  # the last, the last each way, the last that may hold back, and three of each of four directions
DAYS_AGO = st.sampled_from([0, 1, 29, 30, 31, 44, 45, 46, 89, 90]) | st.integers(-3, 120)
POLICIES: tuple[Mapping[str, Any], ...] = (
    {},
    {"stale_after_days": 10, "warn_after_days": 5, "collapse_window_days": 30},
    {"stale_after_by_stage": {"Discovery": 20}, "recent_days": 0},
    {"collapse_min_deals": 1, "collapse_share": 0.5},
)


def day(ago: int) -> str:
    return (AS_OF - timedelta(days=ago)).isoformat()


@st.composite
def touches(draw: st.DrawFn, of: str) -> Row:
    at = f"{day(draw(DAYS_AGO))} {draw(st.sampled_from([9, 9, 17])):02}:30"
    dated = draw(st.sampled_from(["at", "at", "at", "due", "never"]))
    return touch(
        at if dated == "at" else None,
        of,
        due=at[:10] if dated == "due" else None,
        kind=draw(st.sampled_from(["email", "call", "meeting", "task", "linkedin", "slack"])),
        direction=draw(st.sampled_from(["inbound", "outbound", "both", "unknown"])),
        level=draw(st.sampled_from(["opportunity", "contact role", "account"])),
        counts=draw(st.sampled_from([True, True, False])),
        record_id=draw(st.none() | st.uuids().map(str)),
        who=draw(st.sampled_from(["J. Doe", "", None])),
    )


@st.composite
def companies(draw: st.DrawFn) -> Book:
    ids = [f"d{i:02}" for i in range(draw(st.integers(0, 12)))]
    deals = [
        deal(
            name,
            account_id=draw(st.sampled_from(["acme", "hooli", None])),
            owner_id=(owner := draw(st.sampled_from(["ann", "ann", "bob", "cem", "", None]))),
            owner={"ann": "Ann Lee", "bob": "Bo Lind", "cem": None}.get(owner or ""),
            owner_active=draw(st.sampled_from([True, True, False, None])),
            created=draw(st.none() | DAYS_AGO.map(day)),
            type=draw(st.sampled_from(["New Business", "Renewal"])),
            stage=draw(st.sampled_from(["Discovery", "Negotiation", "Closed Won", None])),
            amount=draw(st.none() | st.integers(-5, 5).map(float)),
            currency=draw(st.sampled_from([None, "USD", "EUR"])),
        )
        for name in ids
    ]
    some = st.sampled_from([*ids, "closed long ago"])
    busy = draw(some)  # with more touches than are ever shown
    return make_book(
        deals,
        [draw(touches(busy if n % 2 else draw(some))) for n in range(draw(st.integers(0, 40)))],
        booked=[meeting(day(-draw(st.integers(1, 60))), draw(some)) for _ in range(draw(st.integers(0, 4)))],
        history=[
            change(draw(st.sampled_from(["Owner", "NextStep", "CloseDate"])), day(draw(DAYS_AGO)), draw(some))
            for _ in range(draw(st.integers(0, 4)))
        ],
    )


def in_partitions(book: Book, most_deals: int, silent_after_days: int) -> Book:
    """The book as it is put together from its partitions; Slack is not read in them."""
    slack = book.touches["kind"].eq("slack")
    parts = by_owner(book.opportunities, most_deals)
    told = [
        telling(book.touches[~slack], part.deals, AS_OF, "America/Los_Angeles", silent_after_days) for part in parts
    ]

    def of(part: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["opportunity_id"].isin(part["id"])]

    booked = [next_meetings(of(part.deals, book.booked)) for part in parts]
    history = [of(part.deals, book.history) for part in parts]
    return replace(
        book,
        touches=pd.concat([frame([], TOUCH), book.touches[slack], *told], ignore_index=True),
        booked=pd.concat([frame([], BOOKED), *booked], ignore_index=True),
        history=pd.concat([frame([], CHANGE), *history], ignore_index=True),
    )


def assert_same(one: Review, other: Review) -> None:
    assert_frame_equal(one.deals, other.deals)
    assert_frame_equal(one.evidence, other.evidence)
    assert replace(one, deals=other.deals, evidence=other.evidence) == other


@pytest.mark.parametrize("values", POLICIES, ids=str)
@given(book=companies(), most_deals=st.sampled_from([1, 2, 7, 100]))
@example(book=make_book([]), most_deals=1)
@settings(max_examples=6, deadline=None)
def test_the_review_of_partitions_is_that_of_the_whole(book: Book, most_deals: int, values: Mapping[str, Any]) -> None:
    policy = PipelinePolicy(**values)

    parts = in_partitions(book, most_deals, shortest_silence(policy))

    assert_same(review(parts, AS_OF, policy), review(book, AS_OF, policy))


@pytest.fixture(scope="module")
def busy() -> Book:
    """300 deals of 20 owners with 9,000 touches, drawn with numpy: more of each than is ever shown."""
    return drawn(deals=300, touches=9_000)


@pytest.mark.parametrize("values", POLICIES, ids=str)
@pytest.mark.parametrize("most_deals", [1, 45, 150, 1_000], ids="up to {} deals each".format)
def test_so_it_is_with_many_touches_of_each_deal(busy: Book, most_deals: int, values: Mapping[str, Any]) -> None:
    policy = PipelinePolicy(**values)

    parts = in_partitions(busy, most_deals, shortest_silence(policy))

    assert_same(review(parts, AS_OF, policy), review(busy, AS_OF, policy))


def test_a_deal_is_told_of_by_sixteen_touches_at_most(busy: Book) -> None:
    parts = in_partitions(busy, 45, 30)

    dated = parts.touches[parts.touches["at"].notna() & parts.touches["kind"].ne("slack")]
    assert dated["opportunity_id"].value_counts().max() <= MOST
    assert len(dated) < len(busy.touches) / 2


def drawn(deals: int, touches: int) -> Book:
    rng = np.random.default_rng(1)
    ids, owners = np.array([f"d{n:04}" for n in range(deals)]), rng.integers(0, 20, deals)
    old = np.array([day(ago) for ago in range(-3, 200)])
    rows = [
        deal(str(name), owner_id=f"o{owner:02}", owner=f"Owner {owner}", owner_active=bool(owner % 5),
             account_id=f"a{n % 90}", created=str(rng.choice(old)), stage=str(rng.choice(["Discovery", "Negotiation"])))
        for n, (name, owner) in enumerate(zip(ids, owners, strict=True))
    ]  # fmt: skip
    # Half of the deals are quiet: their touches lie long ago.
    whose = rng.integers(0, deals, touches)
    at = pd.Series(old[np.where(whose % 2, rng.integers(0, 203, touches), rng.integers(33, 203, touches))])
    texts = {
        "opportunity_id": ids[whose],
        "level": rng.choice(["opportunity", "contact role", "account"], touches),
        "kind": rng.choice(["email", "call", "meeting", "task", "slack"], touches),
        "direction": rng.choice(["inbound", "outbound", "both", "unknown"], touches),
        "record_id": np.where(rng.random(touches) < 0.9, [f"r{n:05}" for n in range(touches)], None),
    }
    told = pd.DataFrame(texts).assign(at=at.map(moment), counts=rng.random(touches) < 0.7)
    ahead = [meeting(day(-int(days)), str(name)) for days, name in zip(rng.integers(1, 60, 90), ids, strict=False)]
    ahead += [meeting(day(-int(days)), str(name)) for days, name in zip(rng.integers(1, 60, 90), ids, strict=False)]
    return replace(make_book(rows, booked=ahead), touches=told.reindex(columns=list(TOUCH)).astype(TOUCH))
