"""Each rep's month in numbers, whether it can be judged, and whether to talk about it (handbook L142, L143)."""

import pandas as pd

from tasks.rules.activity_evidence import rep_names
from tasks.rules.activity_findings import LEFT, ActivityBook, Rule
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_rhythm import in_order
from tasks.rules.flags import flagged

REP = {
    "rep_id": "str", "rep": "str", "zone": "str", "manager_id": "str", "touches": "int64", "people": "int64",
    "answered": "int64", "inbound": "int64", "automated": "int64", "median_gap": "float64", "streak": "int64",
    "follow_ups_next_day": "int64", "threads": "int64", "over": "int64", "red": "int64", "judged": "bool",
    "unjudged_because": "str", "talk": "bool", "talk_because": "str",
}  # fmt: skip
_SUMS = ["touches", "inbound", "automated", "mails", "people", "answered", "streak", "follow_ups_next_day", "threads"]
# What is said of a talk, most telling first; "{n} people …".
_SAID = {
    Rule.OPTED_OUT: "mailed after opting out",
    Rule.DO_NOT_CALL: "called who asked not to be",
    Rule.STREAK: "with {amber} or more unanswered in a row",
    Rule.SAME_DAY: "with {day} or more unanswered on one day",
    Rule.GAP: "with unanswered touches fewer than {gap} days apart",
    Rule.TWO_REPS: "with {reps} or more reps",
    Rule.WEEK: "with {week} or more in 7 days",
    Rule.REST: "in a rest period",
    Rule.CUSTOMER: "at customers",
    Rule.HOURS: "outside their working day",
}
_REASONS = 2


def reps_of(marks: pd.DataFrame, findings: pd.DataFrame, book: ActivityBook, policy: ActivityPolicy) -> pd.DataFrame:
    """One row a rep, by name, with the columns of `ActivityReview.reps`.

    touches     by hand, ours or both ways, answers and support included; no inbound
    answered    of the people they wrote to by hand, those who wrote, called or met with us within the window
    median_gap, streak, threads, follow_ups_next_day   of the touches that count: days since the touch before, be it
                another rep's; the longest run with a part of theirs; runs of two or more with a part of theirs, and
                those of them in which they followed up the next day
    over, red   people, or accounts as a whole, with a finding of theirs of TOO_MUCH or NOT_OUR_WAY; what is about all
                people of an account is about none
    """
    reps = book.reps.dropna(subset="id").drop_duplicates("id").set_index("id", drop=False)
    figures = pd.concat([_logged(marks), _people(marks), _runs(marks), _findings(findings)], axis=1)
    figures = figures.reindex(pd.Index(reps["id"]))
    numbers = figures[[*_SUMS, "over", "red"]].fillna(0)
    rows = reps[["zone", "manager_id"]].assign(
        rep_id=reps["id"],
        rep=rep_names(reps),
        median_gap=figures["median_gap"],
        **{name: numbers[name] for name in (*_SUMS, "over", "red")},
    )
    silent = rows["touches"].eq(0) & rows["inbound"].eq(0) & rows["automated"].eq(0)
    days = policy.window_days
    because = flagged(rows["mails"].eq(0), f"no mail of theirs is logged in these {days} days")
    rows["unjudged_because"] = because.mask(silent, f"nothing of theirs is logged in these {days} days")
    rows["judged"] = rows["unjudged_because"].eq("")
    rows["talk"] = rows["judged"] & (rows["over"].ge(policy.coach_people) | rows["red"].ge(policy.coach_red))
    rows["talk_because"] = _because(rows, findings, policy)
    ordered = rows.assign(low=rows["rep"].str.lower()).sort_values(["low", "rep_id"], ignore_index=True)
    return ordered[list(REP)].astype(REP)


def persons(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings of TOO_MUCH and NOT_OUR_WAY that are about one person, or an account as a whole, as `who`."""
    against = ~findings["rule"].isin([str(rule) for rule in (*LEFT, Rule.ACCOUNT)])
    return findings.assign(who=findings["person_id"].fillna(findings["account_id"]))[against]


def of_each_rep(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings, once for each rep with a part in it, as `rep_id`."""
    return (
        findings.explode("rep_ids")
        .rename(columns={"rep_ids": "rep_id"})
        .dropna(subset="rep_id")
        .astype({"rep_id": "str"})
    )


def _logged(marks: pd.DataFrame) -> pd.DataFrame:
    inbound = marks["direction"].eq("inbound")
    machine = ~marks["by_hand"] & ~inbound
    kinds = marks[["rep_id"]].assign(
        touches=marks["by_hand"] & ~inbound,
        inbound=marks["by_hand"] & inbound,
        automated=machine,
        mails=marks["by_hand"] & marks["kind"].eq("email"),
    )
    return kinds.groupby("rep_id").sum()


def _people(marks: pd.DataFrame) -> pd.DataFrame:
    spoke = marks.loc[marks["response"] & marks["sequence"].ge(0), "sequence"]
    wrote = marks.loc[marks["outward"] & marks["sequence"].ge(0), ["rep_id", "sequence"]].drop_duplicates()
    wrote = wrote.assign(answered=wrote["sequence"].isin(spoke))
    return wrote.groupby("rep_id").agg(people=("sequence", "size"), answered=("answered", "sum"))


def _runs(marks: pd.DataFrame) -> pd.DataFrame:
    rows = in_order(marks, ["rep_id", "counts", "place", "gap_days"])
    counting = rows[rows["counts"]]
    thread = counting["place"].eq(1).cumsum()
    length = counting["place"].groupby(thread).transform("max")
    parts = counting.assign(thread=thread, length=length, next_day=counting["gap_days"].eq(1))
    each = parts.groupby(["rep_id", "thread"], as_index=False).agg(
        length=("length", "max"), next_day=("next_day", "any")
    )
    each["several"] = each["length"] > 1
    runs = each.groupby("rep_id").agg(
        streak=("length", "max"), threads=("several", "sum"), follow_ups_next_day=("next_day", "sum")
    )
    return runs.assign(median_gap=counting.groupby("rep_id")["gap_days"].median())


def _findings(findings: pd.DataFrame) -> pd.DataFrame:
    theirs = of_each_rep(persons(findings))
    red = theirs[theirs["level"].eq("red")]
    return pd.DataFrame(
        {"over": theirs.groupby("rep_id")["who"].nunique(), "red": red.groupby("rep_id")["who"].nunique()}
    )


def _because(rows: pd.DataFrame, findings: pd.DataFrame, policy: ActivityPolicy) -> pd.Series:
    """The one or two facts that tell most: red ones first, then those about most people."""
    theirs = of_each_rep(persons(findings))
    facts = (
        theirs.assign(red=theirs["level"].eq("red"))
        .groupby(["rep_id", "rule"])
        .agg(people=("who", "nunique"), red=("red", "any"))
    )
    next_day = rows.set_index("rep_id").apply(_next_day, axis=1).to_dict() if len(rows) else {}
    said: dict[str, list[tuple[bool, int, int, str]]] = {}
    for (rep, name), people, red in zip(facts.index, facts["people"], facts["red"], strict=True):
        rule = Rule(name)
        words = (rule is Rule.GAP and next_day.get(rep)) or _fact(rule, int(people), policy)
        said.setdefault(rep, []).append((not red, -int(people), list(_SAID).index(rule), words))
    because = {rep: "; ".join(words for *_, words in sorted(each)[:_REASONS]) for rep, each in said.items()}
    return flagged(rows["talk"], rows["rep_id"].map(because).astype("str"))


def _next_day(row: pd.Series) -> str:
    threads, followed = int(row["threads"]), int(row["follow_ups_next_day"])
    return f"next-day follow-ups in {followed} of {threads} thread{'' if threads == 1 else 's'}" if followed else ""


def _fact(rule: Rule, people: int, policy: ActivityPolicy) -> str:
    values = {
        "amber": policy.unanswered_amber, "day": policy.touches_a_day, "gap": policy.gap_days,
        "reps": policy.reps_on_one_person, "week": policy.touches_in_7_days,
    }  # fmt: skip
    return f"{people} {'person' if people == 1 else 'people'} {_SAID[rule].format(**values)}"
