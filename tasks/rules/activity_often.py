"""Too often: what one person got from all of us without an answer (handbook L138: "follow up …, but not too often")."""

from datetime import date

import pandas as pd

from tasks.rules.activity_evidence import findings_of, together
from tasks.rules.activity_findings import Rule
from tasks.rules.activity_people import WEEK, reps_on, weeks
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_rhythm import in_order
from tasks.rules.clock import day_words
from tasks.rules.flags import counted

HANDBOOK = "L138, decisions"
_READ = ["sequence", "id", "rep_id", "person_id", "day", "at", "place", "gap_days", "counts", "answered", "burden"]
_ABOUT = ["person_id", "person", "account_id", "account"]


def too_often(
    marks: pd.DataFrame, people: pd.DataFrame, names: pd.Series, policy: ActivityPolicy, last: date
) -> pd.DataFrame:
    """The findings of `TOO_MUCH`, with the columns of `ActivityReview.findings`.

    marks    of `activity_rhythm.marked`        people  of `activity_people.people_of`, by the number of the sequence
    names    of the reps, by id                 last    the day of the review, in whose year days are said

    An account as a whole can have a run without an answer. It is no one person on whom two reps are, or who got two
    touches on a day or in a few.
    """
    rows = in_order(marks, _READ)
    # Before anything is filtered: pandas grows an empty frame to the length of a column that it is given.
    rows = rows.assign(group=rows["sequence"])
    counting = rows[rows["counts"]].reset_index(drop=True)
    # Every run begins at its first touch that counts, and they come one after the other.
    counting = counting.assign(thread=counting["place"].eq(1).cumsum())
    of_people = counting[counting["person_id"].notna()]
    found = [
        _streaks(counting, policy, last),
        _gaps(of_people, policy),
        _days(of_people, policy),
        _reps(of_people, policy),
        _weeks(rows[rows["person_id"].notna()], policy),
    ]
    every = [findings_of(rule, facts.join(people[_ABOUT]), touches, names, HANDBOOK) for rule, facts, touches in found]
    return together([*every, _accounts(counting, people, names, policy)])


_Found = tuple[Rule, pd.DataFrame, pd.DataFrame]


def _streaks(counting: pd.DataFrame, policy: ActivityPolicy, last: date) -> _Found:
    threads = counting.groupby("thread").agg(
        sequence=("sequence", "first"), value=("place", "max"), first=("day", "min"), last=("day", "max")
    )
    # Of two runs of one length the later one.
    longest = threads.sort_values(["sequence", "value"], kind="stable").drop_duplicates("sequence", keep="last")
    longest = longest[longest["value"] >= policy.unanswered_amber]
    touches = counting[counting["thread"].isin(longest.index)]
    facts = longest.set_index("sequence")
    days = counted((facts["last"] - facts["first"]).dt.days + 1, "day")
    said = _number(facts["value"]) + " in a row without an answer, in " + days + ", the last on "
    facts["words"] = said + day_words(facts["last"], last)
    facts["level"] = pd.Series("amber", index=facts.index).mask(facts["value"] >= policy.unanswered_red, "red")
    return Rule.STREAK, facts[["value", "words", "level"]], touches


def _gaps(counting: pd.DataFrame, policy: ActivityPolicy) -> _Found:
    close = counting["gap_days"].between(1, policy.gap_days - 1)
    before = close.shift(-1, fill_value=False)  # a gap is only known within a run: the row above is its other end
    gaps = counting[close].groupby("sequence")["gap_days"]
    facts = pd.DataFrame({"value": gaps.size(), "least": gaps.min(), "most": gaps.max()})
    least = (_number(facts["least"]) + " to ").where(facts["least"] < facts["most"], "")
    times = (", " + counted(facts["value"], "time")).where(facts["value"] > 1, "")
    facts["words"] = "again after " + least + counted(facts["most"], "day") + " without an answer" + times
    return Rule.GAP, _amber(facts), counting[close | before]


def _days(counting: pd.DataFrame, policy: ActivityPolicy) -> _Found:
    day = (~counting["gap_days"].eq(0)).cumsum()
    on_day = day.groupby(day).transform("size")
    known = counting.assign(on_day=on_day, new=~counting["gap_days"].eq(0))
    touches = known[on_day >= policy.touches_a_day]
    facts = touches.groupby("sequence").agg(value=("on_day", "max"), days=("new", "sum"))
    said = _number(facts["value"]) + " on one day without an answer between"
    several = facts["days"] > 1
    facts["words"] = said.mask(several, "up to " + said + ", on " + counted(facts["days"], "day"))
    return Rule.SAME_DAY, _amber(facts), touches


def _reps(counting: pd.DataFrame, policy: ActivityPolicy) -> _Found:
    reps = reps_on(counting)
    facts = reps[reps >= policy.reps_on_one_person].rename("value").to_frame()
    touches = counting[counting["sequence"].isin(facts.index)]
    facts["words"] = counted(facts["value"], "rep") + ", " + _number(touches.groupby("group").size()) + " touches"
    return Rule.TWO_REPS, _amber(facts), touches


def _weeks(rows: pd.DataFrame, policy: ActivityPolicy) -> _Found:
    most = policy.touches_in_7_days
    every = weeks(rows) if most is not None else weeks(rows[:0])
    busiest = every.sort_values(["sequence", "week"], kind="stable").drop_duplicates("sequence", keep="last")
    busiest = busiest[busiest["week"] >= (most or 0)].set_index("sequence")
    ends = busiest["last"].reindex(rows["sequence"]).set_axis(rows.index)
    inside = rows["burden"] & rows["day"].le(ends) & rows["day"].gt(ends - pd.Timedelta(WEEK, "D"))
    facts = busiest[["week"]].rename(columns={"week": "value"})
    facts["words"] = _number(facts["value"]) + f" in {WEEK} days, automated ones included"
    return Rule.WEEK, _amber(facts), rows[inside]


def _accounts(counting: pd.DataFrame, people: pd.DataFrame, names: pd.Series, policy: ActivityPolicy) -> pd.DataFrame:
    counting = counting.assign(account_id=counting["sequence"].map(people["account_id"]))
    open_ones = counting[~counting["answered"] & counting["account_id"].notna()]
    group, accounts = pd.factorize(open_ones["account_id"])
    open_ones = open_ones.assign(group=group)
    facts = open_ones.groupby("group").agg(value=("id", "size"), people=("sequence", "nunique"))
    facts = facts.assign(account_id=accounts[facts.index], person_id=None, person=None)
    facts = facts[facts["value"] >= policy.account_unanswered]
    known = people.drop_duplicates("account_id").set_index("account_id")["account"]
    facts["account"] = facts["account_id"].map(known)
    facts["words"] = _number(facts["value"]) + " without an answer, to " + counted(facts["people"], "person", "people")
    in_time = open_ones.sort_values(["group", "day", "at", "order"])
    return findings_of(Rule.ACCOUNT, facts.assign(level="amber"), in_time, names, HANDBOOK)


def _amber(facts: pd.DataFrame) -> pd.DataFrame:
    return facts[["value", "words"]].assign(level="amber")


def _number(values: pd.Series) -> pd.Series:
    return values.map("{:.0f}".format).astype("str")
