"""What changed in the open pipeline between two reviews: counted, with money, and deal by deal. Pure."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from tasks.rules.clock import midnight, quarter_bounds
from tasks.rules.findings import Review
from tasks.rules.weeks import Week, among, part_of

CENT = 0.005  # a smaller difference is arithmetic, not a new amount


@dataclass(frozen=True)
class Part:
    """Some deals: how many, their money in the corporate currency, and how many of them have no value to sum (no
    amount, or no rate for their currency)."""

    deals: int = 0
    value: float = 0.0
    unsummed: int = 0


@dataclass(frozen=True)
class Changes:
    """From one review to the next. In money: then, with new, moved_in and up, less won, lost, gone, moved_out, down and
    unconverted, is now. A deal that was opened and closed between the two is in none of them.

    day          of the earlier review
    then, now    all open deals of either
    new          open now, and not then: new ones, and those opened again
    won, lost    open then and closed since, at the value they were closed with; `decided` of the lost by us
    gone         open then, and now deleted or no longer visible to us
    up, down     amounts changed, of the open and of the closed ones; the money is the difference. They are compared in
                 the corporate currency, so that a new rate is a new amount
    unconverted  open, without a rate for their currency now; the money is what they were worth then
    moved_in, moved_out   of a narrowed review: handed over into or out of what it is about; what is open but was not
                 read has moved out too
    slipped      still open: the close date left the quarter that was current at the one review or the other
    pulled_in    still open: the close date came from a later quarter into the current one
    pushed, handed_over   how many got a close date in a later month, or a new owner
    rows         what (one of the words above), id, name, owner, value, was (the value then): a row for each change
                 that has money, most money first
    """

    day: date
    then: Part
    now: Part
    new: Part
    won: Part
    lost: Part
    gone: Part
    up: Part
    down: Part
    unconverted: Part
    moved_in: Part
    moved_out: Part
    slipped: Part
    pulled_in: Part
    pushed: int
    handed_over: int
    decided: int
    rows: pd.DataFrame

    @property
    def difference(self) -> float:
        """By how much the open pipeline grew."""
        return self.now.value - self.then.value


def changed(
    last: Week,
    review: Review,
    left: pd.DataFrame,
    *,
    scope: str = "",
    everything_open: frozenset[str] | None = None,
    decided: frozenset[str] = frozenset(),
) -> Changes:
    """What changed since `last`; the arguments are those of `weekly.since_last`."""
    both = _side_by_side(last, review, left, scope, everything_open or frozenset())
    stayed, old, new = both["is"].eq("open"), both["was"], both["value"]
    later = _month(both["close_date"]) > _month(both["close_date_was"])
    difference = (new.fillna(0.0) - old.fillna(0.0)).where(~both["unconverted"], 0.0)
    compared = both["is"].isin(["open", "won", "lost"])
    marks = {
        **{what: both["is"].eq(what) for what in ("new", "won", "lost", "gone", "moved_in", "moved_out")},
        "up": compared & (difference >= CENT),
        "down": compared & (difference <= -CENT),
        "unconverted": stayed & both["unconverted"] & old.notna(),
        "slipped": stayed & _slipped(both, last.day, review.as_of),
        "pulled_in": stayed & _pulled_in(both, review.as_of),
    }
    money = {"up": difference, "down": -difference, "unconverted": old, "gone": old, "moved_out": old}
    parts = {what: _part(money.get(what, new)[mark]) for what, mark in marks.items()}
    return Changes(
        day=last.day,
        then=_part(old[both["then"]]),
        now=_part(new[both["now"]]),
        pushed=int((stayed & later).sum()),
        handed_over=int((stayed & both["owner_id"].ne(both["owner_id_was"])).sum()),
        decided=int(among(both.loc[marks["lost"], "id"], decided).sum()),
        rows=_rows(both, marks),
        **parts,
    )


def _side_by_side(
    last: Week, review: Review, left: pd.DataFrame, scope: str, everything_open: frozenset[str]
) -> pd.DataFrame:
    """One row a deal that is or was in the scope: now (missing where it left), then (`…_was`), and what it `is`:
    open (both times), new, won, lost, gone, moved_in, moved_out."""
    before = part_of(last, scope).deals.assign(then=True).rename(columns={"value": "was"})
    columns = ["id", "name", "owner_id", "owner", "close_date", "value", "amount"]
    after = review.deals[columns].assign(now=True)
    ends = _ends(left)
    both = before[["id", "name", "owner_id", "owner", "close_date", "was", "then"]].merge(
        after, on="id", how="outer", suffixes=("_was", "")
    )
    both = both.merge(ends, on="id", how="left")
    then, now = both["then"].notna(), both["now"].notna()
    known, elsewhere = among(both["id"], last.deals["id"].tolist()), among(both["id"], everything_open)
    state = both["end"].where(then & ~now).fillna("gone").mask(then & ~now & elsewhere, "moved_out")
    state = state.mask(now, "new").mask(now & known, "moved_in").mask(now & then, "open")
    value = both["value"].astype("float64").mask(state.isin(["won", "lost"]), both["ended_at"].fillna(both["was"]))
    names = {name: both[name].where(now, both[f"{name}_was"]).fillna("") for name in ("name", "owner_id", "owner")}
    unconverted = now & both["amount"].notna() & both["value"].isna()
    return both.assign(then=then, now=now, value=value, unconverted=unconverted, **names, **{"is": state})


def _ends(left: pd.DataFrame) -> pd.DataFrame:
    """id, end (won, lost, gone, or moved_out where it is open all the same) and ended_at, the value it ended with."""
    names = ("is_closed", "is_won", "is_deleted")
    closed, won, deleted = (left[name].astype("boolean").fillna(value=False).astype(bool) for name in names)
    end = pd.Series("moved_out", index=left.index, dtype="str")
    end = end.mask(closed, "lost").mask(closed & won, "won").mask(deleted, "gone")
    ended = pd.DataFrame({"id": left["id"].astype("str"), "end": end, "ended_at": left["value"].astype("float64")})
    return ended.drop_duplicates("id")


def _slipped(both: pd.DataFrame, then: date, now: date) -> pd.Series:
    left = pd.Series(data=False, index=both.index)
    for first, last in {quarter_bounds(then), quarter_bounds(now)}:
        was_in = both["close_date_was"].between(midnight(first), midnight(last))
        left |= was_in & (both["close_date"] > midnight(last))
    return left


def _pulled_in(both: pd.DataFrame, now: date) -> pd.Series:
    first, last = map(midnight, quarter_bounds(now))
    return (both["close_date_was"] > last) & both["close_date"].between(first, last)


def _month(days: pd.Series) -> pd.Series:
    months: pd.Series = days.dt.year * 12 + days.dt.month
    return months


def _part(values: pd.Series) -> Part:
    return Part(len(values), float(values.sum()), int(values.isna().sum()))


def _rows(both: pd.DataFrame, marks: dict[str, pd.Series]) -> pd.DataFrame:
    columns = ["id", "name", "owner", "value", "was"]
    found = [both.loc[mark, columns].assign(what=what) for what, mark in marks.items()]
    rows = pd.concat(found, ignore_index=True)
    size = rows["value"].fillna(rows["was"]).fillna(0.0)
    order = size.sort_values(ascending=False, kind="stable").index
    return rows.loc[order, ["what", *columns]].reset_index(drop=True)
