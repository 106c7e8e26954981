"""What each person got from all of us together, and what came back (handbook L138)."""

import pandas as pd

from tasks.rules.activity_findings import ActivityBook
from tasks.rules.activity_rhythm import in_order

WEEK = 7
PERSON = {
    "person_id": "str", "person": "str", "account_id": "str", "account": "str", "touches": "int64",
    "automated": "int64", "inbound": "int64", "meetings": "int64", "streak": "int64", "open_streak": "int64",
    "smallest_gap": "float64", "busiest_week": "int64", "busiest_day": "int64", "reps": "int64",
    "first_day": "datetime64[us]", "last_day": "datetime64[us]", "level": "str",
}  # fmt: skip
_NUMBER_OF_DAYS = 100_000  # more than a sequence can span, so that the days of two never meet
_READ = [
    "sequence", "who", "person_id", "account_id", "day", "place", "counts", "answered", "gap_days", "rep_id",
    "by_hand", "burden", "direction", "kind",
]  # fmt: skip


def people_of(marks: pd.DataFrame, book: ActivityBook) -> pd.DataFrame:
    """One row a sequence of `activity_rhythm.marked`, with the columns of `ActivityReview.people` (level is "") and
    `who`, by the number of the sequence.

    Where a touch names no person the account as a whole stands for one: person_id is missing, the name "somebody at
    Acme". The account of a person is that of their record, else that of their first touch.
    """
    rows = in_order(marks, _READ)
    rows = rows.assign(
        machine=rows["burden"] & ~rows["by_hand"],
        inbound=rows["by_hand"] & rows["direction"].eq("inbound"),
        meeting=rows["by_hand"] & rows["direction"].eq("both"),
        # Somebody else of an account may have answered: its own touches do not tell when a run has ended.
        open_place=rows["place"].mask(rows["answered"], 0),
    )
    of = rows.groupby("sequence")
    counts = of.agg(
        who=("who", "first"), person_id=("person_id", "first"), account_id=("account_id", "first"),
        touches=("counts", "sum"), automated=("machine", "sum"), inbound=("inbound", "sum"),
        meetings=("meeting", "sum"), streak=("place", "max"), open_streak=("open_place", "max"),
        smallest_gap=("gap_days", "min"), first_day=("day", "min"), last_day=("day", "max"),
    )  # fmt: skip
    busy = busiest(rows).reindex(counts.index)
    people = counts.assign(
        busiest_week=busy["week"].fillna(0),
        busiest_day=busy["day"].fillna(0),
        reps=reps_on(rows[rows["counts"]]).reindex(counts.index).fillna(0),
        level="",
    )
    return _named(people, book)[["who", *PERSON]].astype(PERSON)


def reps_on(counting: pd.DataFrame) -> pd.Series:
    """How many reps wrote to each sequence, by its number."""
    return counting.drop_duplicates(["sequence", "rep_id"]).groupby("sequence").size()


def weeks(rows: pd.DataFrame) -> pd.DataFrame:
    """sequence, last (day), day, week: what each sequence got on each day on which it got anything, and in the seven
    days that end with it."""
    got = rows.loc[rows["burden"], ["sequence", "day"]].rename(columns={"day": "last"})
    days = got.groupby(["sequence", "last"]).size().rename("day").reset_index()
    key = days["sequence"] * _NUMBER_OF_DAYS + days["last"].astype("int64") // 86_400_000_000
    so_far = days["day"].cumsum()
    begins = key.searchsorted(key - WEEK + 1)
    before = so_far.shift(fill_value=0).to_numpy()[begins]
    return days.assign(week=so_far - before)


def busiest(rows: pd.DataFrame) -> pd.DataFrame:
    """The most touches that each sequence got on one `day`, and in one `week` of any seven days, by its number."""
    return weeks(rows).groupby("sequence")[["day", "week"]].max()


def account_names(book: ActivityBook) -> pd.Series:
    """The name of each account by id, from accounts, people and deals."""
    sources = [
        book.accounts[["id", "name"]],
        book.people[["account_id", "account"]].set_axis(["id", "name"], axis=1),
        book.deals[["account_id", "account"]].set_axis(["id", "name"], axis=1),
    ]
    known = pd.concat(sources, ignore_index=True).dropna().drop_duplicates("id")
    return known["name"].set_axis(pd.Index(known["id"]))


def _named(people: pd.DataFrame, book: ActivityBook) -> pd.DataFrame:
    known = book.people.dropna(subset="id").drop_duplicates("id").set_index("id")
    record = known[["name", "account_id", "account"]].reindex(pd.Index(people["person_id"])).set_index(people.index)
    account_id = record["account_id"].fillna(people["account_id"])
    account = record["account"].fillna(account_id.map(account_names(book)).astype("str"))
    somebody = ("somebody at " + account).fillna("somebody")
    return people.assign(person=record["name"].fillna(somebody), account_id=account_id, account=account)
