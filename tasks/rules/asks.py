"""What a review asks the owners to do, and which of last week's asks the records show to be done. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from tasks.rules.clock import day_words
from tasks.rules.findings import Book, Review, Verdict
from tasks.rules.pipeline_hygiene import ask_kind
from tasks.rules.weeks import SILENCE, Ask, Past, Week, among

_UNCHANGED = "next step unchanged"
# An ask is open while the record shows one of these. Emptying the next step is no way to be done with it.
_STILL = {"next step due": {"next step due", "next step"}, _UNCHANGED: {_UNCHANGED, "next step"}}


@dataclass(frozen=True)
class Answered:
    """What became of the asks of the week before.

    done    how many the record shows to be done
    open    those it does not, most money first, with whoever owns the deal now
    moot    how many fell away: the deal was lost, deleted or given to somebody this review is not about, or what was
            asked cannot be judged today
    """

    done: int
    open: tuple[Ask, ...]
    moot: int

    @property
    def asked(self) -> int:
        """How many asks could be done."""
        return self.done + len(self.open)


def warned_before(review: Review, past: Past) -> pd.Series:
    """Whether each deal of `review.deals` is warned of for a silence that an earlier review warned of already."""
    warned = review.deals[review.deals["verdict"].eq(Verdict.WARN)]
    keys = zip(warned["id"].tolist(), _silent_since(warned, review.as_of), strict=True)
    again = pd.Series([key in past.warned for key in keys], index=warned.index, dtype="bool")
    return again.reindex(review.deals.index, fill_value=False)


def asks_of(review: Review, past: Past | None = None) -> tuple[Ask, ...]:
    """What the report asks, most money first: what is to be put right in each record (once a kind), and a word with the
    customer where a silence is warned of for the first time."""
    deals = review.deals
    said = deals[deals["hygiene"].map(bool).astype(bool)]
    anew = deals[deals["verdict"].eq(Verdict.WARN) & ~warned_before(review, past or Past())]
    return (*_to_put_right(said, review.as_of), *_to_talk(anew, review.as_of))


def not_judged(book: Book) -> frozenset[str]:
    """The kinds of asks that a review of `book` could not make again: without any change of a next step on record
    nobody knows how old the next steps are."""
    steps = book.history[book.history["field"].eq("NextStep")]
    return frozenset() if steps["opportunity_id"].isin(book.opportunities["id"]).any() else frozenset({_UNCHANGED})


def asks_done(last: Week, review: Review, left: pd.DataFrame, unknown: frozenset[str] = frozenset()) -> Answered:
    """Which asks of `last` are done. `left` is the answer of `read_left` for the deals that are no longer open, and
    `unknown` that of `not_judged`.

    Done is what the record shows: the same is no longer asked of it; where silence was warned of, a touch since then;
    or the deal was won. Whoever owns the deal now has the open asks.
    """
    deals = review.deals[among(review.deals["id"], {ask.record_id for ask in last.asks})]
    place = {record_id: number for number, record_id in enumerate(deals["id"].tolist())}
    seen = [{ask_kind(flag) for flag in flags} for flags in deals["hygiene"].tolist()]
    touched = [None if pd.isna(day) else day.date() for day in deals["last_touch"].tolist()]
    owners = list(zip(deals["owner_id"].tolist(), deals["owner"].tolist(), strict=True))
    won = set(left.loc[left["is_won"].astype("boolean").fillna(value=False), "id"].tolist())
    done, moot, still = 0, 0, []
    for ask in last.asks:
        row = place.get(ask.record_id)
        if row is None:
            done, moot = done + (ask.record_id in won), moot + (ask.record_id not in won)
        elif ask.kind in unknown or (ask.kind == SILENCE and owners[row][1] in review.untrusted_owners):
            moot += 1
        elif _is_done(ask, seen[row], touched[row]):
            done += 1
        else:
            owner_id, owner = owners[row]
            same = (owner_id, owner) == (ask.owner_id, ask.owner)
            still.append((row, ask if same else replace(ask, owner_id=owner_id, owner=owner)))
    still.sort(key=lambda pair: pair[0])
    return Answered(done, tuple(ask for _, ask in still), moot)


def _is_done(ask: Ask, seen: set[str], touched: date | None) -> bool:
    if ask.kind == SILENCE:
        return touched is not None and ask.since is not None and touched > ask.since
    return not seen & _STILL.get(ask.kind, {ask.kind})


def _to_put_right(deals: pd.DataFrame, day: date) -> Iterator[Ask]:
    columns = (deals[name].tolist() for name in ("id", "name", "owner_id", "owner", "hygiene"))
    for record_id, name, owner_id, owner, flags in zip(*columns, strict=True):
        asks = {kind: flag for flag in reversed(flags) if (kind := ask_kind(flag))}
        for kind in reversed(asks):
            yield Ask(day, record_id, name, owner_id, owner, kind, asks[kind])


def _to_talk(deals: pd.DataFrame, day: date) -> Iterator[Ask]:
    columns = (deals[name].tolist() for name in ("id", "name", "owner_id", "owner"))
    since = _silent_since(deals, day)
    words = "silent since " + day_words(pd.Series(pd.to_datetime(since), dtype="datetime64[us]"), day)
    for record_id, name, owner_id, owner, start, said in zip(*columns, since, words, strict=True):
        yield Ask(day, record_id, name, owner_id, owner, SILENCE, said, start)


def _silent_since(deals: pd.DataFrame, day: date) -> list[date]:
    return [day - timedelta(days=days) for days in deals["days"].tolist()]
