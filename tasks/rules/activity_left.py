"""Who is left: messages that wait for our answer, and accounts nobody has touched (handbook L138: "an important part").

Never held against a rep. It is work to be done.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tasks.rules.activity_evidence import findings_of, rep_names, together
from tasks.rules.activity_findings import ActivityBook, Rule, Window
from tasks.rules.activity_people import account_names
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_rhythm import in_order
from tasks.rules.among import is_among
from tasks.rules.business_days import OfficeDays, deadline
from tasks.rules.clock import midnight, office_day, office_midnight
from tasks.rules.flags import counted
from tasks.rules.wording import day_said

HANDBOOK = "L138, decisions"
_READ = [
    "sequence", "id", "rep_id", "person_id", "account_id", "day", "at", "kind", "direction", "by_hand", "outward",
    "support", "also",
]  # fmt: skip
_DAY = pd.Timedelta(24, "h")
_ABOUT = ["person_id", "person", "account_id", "account"]


@dataclass(frozen=True)
class Left:
    """`findings` with the columns of `ActivityReview.findings` (level ""), and how many people wait whose message
    concerns no rep: not theirs, not their account's, not their lead's."""

    findings: pd.DataFrame
    of_others: int


def left(
    marks: pd.DataFrame,
    people: pd.DataFrame,
    booked: pd.DataFrame,
    book: ActivityBook,
    *,
    policy: ActivityPolicy,
    window: Window,
    office: OfficeDays,
) -> Left:
    """The findings of `LEFT`: WAITING and FORGOTTEN.

    marks   of `activity_rhythm.marked`        people  of `activity_people.people_of`, by the number of the sequence
    booked  of `Touches`
    """
    waiting, of_others = _waiting(marks, people, booked, book, policy=policy, window=window, office=office)
    forgotten = _forgotten(marks, people, booked, book, window)
    return Left(together([waiting, forgotten]), of_others)


def _waiting(
    marks: pd.DataFrame,
    people: pd.DataFrame,
    booked: pd.DataFrame,
    book: ActivityBook,
    *,
    policy: ActivityPolicy,
    window: Window,
    office: OfficeDays,
) -> tuple[pd.DataFrame, int]:
    """Messages after our last word, of people whose oldest one is past its deadline; value is the business days since.

    Support mail is none: it has its own clock.
    """
    also = marks["also"] if "also" in marks else pd.Series(None, index=marks.index, dtype="str")
    rows = in_order(marks.assign(also=also), _READ)
    open_ones = _unanswered(rows, window.time_zone)
    first = open_ones.drop_duplicates("sequence").set_index("sequence")
    # Of a message whose time nobody noted the whole day is left.
    received = first["at"].fillna(office_midnight(first["day"], window.time_zone) + _DAY)
    late = first[deadline(received, policy.waiting_days, office, window.time_zone).lt(pd.Timestamp(window.until))]
    late = late[~_is_booked(late, people, booked)]
    rep = _concerned(late, people, book)
    late = late[rep.notna()]
    waited = late["day"].map(_business_days(late["day"], window.last, office)).astype("float64")
    words = "no answer for " + counted(waited, "business day")
    facts = people[_ABOUT].reindex(late.index).assign(level="", value=waited, words=words)
    messages = open_ones.assign(group=open_ones["sequence"], rep_id=open_ones["sequence"].map(rep))
    found = findings_of(Rule.WAITING, facts, messages, rep_names(book.reps), HANDBOOK)
    return found, int(rep.isna().sum())


def _unanswered(rows: pd.DataFrame, time_zone: str) -> pd.DataFrame:
    """The messages after which nobody of ours has said anything, to that person or to their account, naming nobody. A
    message that names nobody is answered by a word to anybody of its account."""
    begins = office_midnight(rows["day"], time_zone)
    support = rows["support"].astype("boolean").fillna(value=False).astype(bool)
    message = rows["by_hand"] & rows["direction"].eq("inbound") & rows["kind"].ne("meeting") & ~support
    word = rows["outward"] | (rows["by_hand"] & rows["direction"].eq("both"))
    # Before anything is filtered: pandas grows an empty frame to the length of a column that it is given.
    asked = rows.assign(when=rows["at"].fillna(begins))[message]
    said = rows.assign(when=rows["at"].fillna(begins + _DAY))[word]
    named, unnamed = asked["person_id"].notna(), said["person_id"].isna()
    to_them = _last(pd.concat([said, _said_to_others(said)]), "person_id", asked).where(
        named, _last(said, "sequence", asked)
    )
    to_account = _last(said[unnamed], "account_id", asked).where(named, _last(said, "account_id", asked))
    return asked[~(to_them >= asked["when"]) & ~(to_account >= asked["when"])]


def _said_to_others(said: pd.DataFrame) -> pd.DataFrame:
    """Our words to those whom a mail also went to, one row each (`also`: "003…; 003…")."""
    others = said[said["also"].notna()]
    return (
        others.assign(person_id=others["also"].str.split("; ").astype(object))
        .explode("person_id")
        .astype({"person_id": "str"})
    )


def _last(said: pd.DataFrame, by: str, asked: pd.DataFrame) -> pd.Series:
    last = said.groupby(by)["when"].max().reindex(asked[by]).set_axis(asked.index)
    return last.astype("datetime64[us, UTC]")


def _is_booked(late: pd.DataFrame, people: pd.DataFrame, booked: pd.DataFrame) -> pd.Series:
    account = people["account_id"].reindex(late.index)
    with_them = late["person_id"].isin(booked["person_id"].dropna())
    return (
        with_them | account.isin(booked["account_id"].dropna()) | late["account_id"].isin(booked["account_id"].dropna())
    )


def _concerned(late: pd.DataFrame, people: pd.DataFrame, book: ActivityBook) -> pd.Series:
    """The rep it went to, else who owns the account, else who owns the lead or contact; missing where none is a rep."""
    reps = book.reps["id"].dropna()
    account_owner = people["account_id"].reindex(late.index).map(_by_id(book.accounts))
    owners = [late["rep_id"], account_owner, late["person_id"].map(_by_id(book.people))]
    rep = pd.Series(None, index=late.index, dtype="str")
    for owner in owners:
        rep = rep.fillna(owner.astype("str").where(owner.isin(reps)))
    return rep


def _by_id(records: pd.DataFrame) -> pd.Series:
    return records.dropna(subset="id").drop_duplicates("id").set_index("id")["owner_id"]


def _business_days(days: pd.Series, last: date, office: OfficeDays) -> dict[pd.Timestamp, int]:
    """How many open days came after each day, up to and with `last`; a closed day is left for the next open one."""
    return {day: _open_days(day.date(), last, office) for day in days.unique()}


def _open_days(day: date, last: date, office: OfficeDays) -> int:
    begun = day if office.is_open(day) else office.next(day)
    return sum(office.is_open(begun + timedelta(days=n)) for n in range(1, (last - begun).days + 1))


def _forgotten(
    marks: pd.DataFrame, people: pd.DataFrame, booked: pd.DataFrame, book: ActivityBook, window: Window
) -> pd.DataFrame:
    """Accounts of reps with an opportunity that was open before the window, and no touch by hand in it, either way;
    value is the open amount."""
    deals = book.deals[~book.deals["is_closed"].astype("boolean").fillna(value=False).astype(bool)]
    deals = deals[
        deals["account_id"].notna() & (office_day(deals["created"], window.time_zone) < midnight(window.first))
    ]
    deals = deals.assign(rep_id=deals["account_owner_id"].fillna(deals["owner_id"]))
    deals = deals[deals["rep_id"].isin(book.reps["id"].dropna())]
    by_hand = marks[marks["by_hand"]]
    of_people = by_hand["sequence"].map(people["account_id"])
    alive = pd.concat([by_hand["account_id"], of_people, booked["account_id"], _accounts_of(booked, book)]).dropna()
    deals = deals[~is_among(deals["account_id"], alive)].sort_values("id")
    deals["group"], accounts = pd.factorize(deals["account_id"])
    facts = deals.groupby("group").agg(value=("amount", "sum"), open=("id", "size"))
    said = counted(facts["open"], "open opportunity", "open opportunities")
    facts["words"] = said + f", no touch since before {day_said(window.first, window.last)}"
    facts = facts.assign(account_id=accounts[facts.index], person_id=None, person=None, level="")
    facts["account"] = facts["account_id"].map(account_names(book))
    owners = deals[["group", "rep_id"]].assign(
        id=None, day=pd.Series(pd.NaT, index=deals.index, dtype="datetime64[us]")
    )
    return findings_of(Rule.FORGOTTEN, facts, owners, rep_names(book.reps), HANDBOOK)


def _accounts_of(booked: pd.DataFrame, book: ActivityBook) -> pd.Series:
    known = book.people.dropna(subset="id").drop_duplicates("id").set_index("id")["account_id"]
    accounts: pd.Series = booked["person_id"].map(known)
    return accounts
