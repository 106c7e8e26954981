"""Touches that do not fit the strategy, gathered into findings and put into words (handbook L143, decisions.md)."""

import pandas as pd

from tasks.rules.activity_addresses import by_id, looked_up
from tasks.rules.activity_evidence import FINDING, tuples
from tasks.rules.activity_findings import ActivityBook, Rule, Window
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.clock import day_words
from tasks.rules.flags import counted, flagged

HANDBOOK = "L143, decisions"
_RED = (Rule.OPTED_OUT, Rule.DO_NOT_CALL)
_PLACES = {rule: place for place, rule in enumerate(Rule)}
_WEEKDAYS = dict(enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")))


def findings_of(hits: pd.DataFrame, book: ActivityBook, policy: ActivityPolicy, window: Window) -> pd.DataFrame:
    """The columns of `ActivityReview.findings`: one row a rule and person; what names no person is about its account.

    `hits` are touches with rule, lost_on (day) and local (the time on the person's clock), where a rule has them.
    """
    hits = hits.assign(about=hits["person_id"].fillna(hits["account_id"])).dropna(subset="about")
    hits = hits.drop_duplicates(["rule", "about", "id"])
    hits = hits.sort_values(["rule", "about", "day", "at", "id"], na_position="first", ignore_index=True)
    rows = hits.groupby(["rule", "about"], as_index=False).agg(
        value=("id", "size"),
        automated=("automated", "sum"),
        person_id=("person_id", "first"),
        account_id=("account_id", "last"),
        first_day=("day", "min"),
        last_day=("day", "max"),
        lost_on=("lost_on", "max"),
        local=("local", "first"),
    )
    rows = _named(rows, book).assign(
        level=flagged(rows["rule"].isin(_RED), "red").replace("", "amber"),
        touch_ids=tuples(hits["id"], rows["value"], rows.index),
        rep_ids=_by_name(tuples(hits["rep_id"], rows["value"], rows.index), book.reps),
        words=_words(rows, policy, window),
        value=rows["value"].astype("float64"),
        handbook=pd.Series(HANDBOOK, index=rows.index, dtype="str"),
        place=rows["rule"].map(_PLACES).astype("int64"),
    )
    rows["name"] = rows["person"].fillna(rows["account"])
    rows = rows.sort_values(["place", "value", "name", "about"], ascending=[True, False, True, True], ignore_index=True)
    return rows.assign(rule=pd.Series([Rule(rule) for rule in rows["rule"]], dtype=object))[list(FINDING)]


def _named(rows: pd.DataFrame, book: ActivityBook) -> pd.DataFrame:
    """With person, account_id and account: those of the person, else of the touches."""
    account_id = looked_up(rows["person_id"], by_id(book.people, "account_id")).fillna(rows["account_id"])
    company = looked_up(rows["person_id"], by_id(book.people, "account"))
    return rows.assign(
        person=looked_up(rows["person_id"], by_id(book.people, "name")),
        account_id=account_id,
        account=looked_up(account_id, by_id(book.accounts, "name")).fillna(company),
    )


def _by_name(groups: pd.Series, reps: pd.DataFrame) -> pd.Series:
    """The different reps of each group, by name; colleagues who are no reps and machines are missing in it."""
    ordered = reps.drop_duplicates("id").sort_values(["name", "id"])["id"].tolist()
    rank = {rep: place for place, rep in enumerate(ordered)}
    chosen = [tuple(sorted({rep for rep in group if rep in rank}, key=rank.__getitem__)) for group in groups]
    return pd.Series(chosen, index=groups.index, dtype=object)


def _words(rows: pd.DataFrame, policy: ActivityPolicy, window: Window) -> pd.Series:
    count, rule = rows["value"], rows["rule"]
    machine, every = rows["automated"], rows["automated"].eq(count)
    by_machine = flagged(machine.gt(0) & ~every, ", " + machine.astype("str") + " of them automated")
    touches = counted(count, "touch", "touches")
    said = {
        Rule.OPTED_OUT: counted(count, "e-mail") + " to someone who has opted out" + by_machine
        + flagged(every, ", automated"),
        Rule.DO_NOT_CALL: counted(count, "call") + " to someone who asked not to be called",
        Rule.REST: touches + f" within {policy.rest_days} days of an opportunity lost on "
        + day_words(rows["lost_on"], window.last),
        Rule.CUSTOMER: touches + " of a customer by an SDR",
        Rule.HOURS: _hours(rows, window),
    }  # fmt: skip
    words = pd.Series("", index=rows.index, dtype="str")
    for one, text in said.items():
        words = words.mask(rule.eq(one), text)
    return words


def _hours(rows: pd.DataFrame, window: Window) -> pd.Series:
    local = rows["local"]
    weekday = local.dt.day_of_week.map(_WEEKDAYS).astype("str")
    when = local.dt.strftime("%H:%M") + " on " + weekday + " " + day_words(local.dt.normalize(), window.last)
    one: pd.Series = "mail at " + when + ", their time"
    return one.where(
        rows["value"].eq(1),
        counted(rows["value"], "mail") + " outside their working day, the first at " + when + ", their time",
    )
