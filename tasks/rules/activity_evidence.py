"""Findings of the activity review as frames: the touches that show each, who had a part in them, and since when."""

from collections.abc import Sequence

import pandas as pd

from tasks.rules.activity_findings import Rule

FINDING = {
    "rule": "str", "level": "str", "rep_ids": "object", "person_id": "str", "person": "str", "account_id": "str",
    "account": "str", "value": "float64", "words": "str", "touch_ids": "object", "first_day": "datetime64[us]",
    "last_day": "datetime64[us]", "handbook": "str",
}  # fmt: skip
_RULES = {str(rule): place for place, rule in enumerate(Rule)}


def findings_of(
    rule: Rule, facts: pd.DataFrame, touches: pd.DataFrame, names: pd.Series, handbook: str
) -> pd.DataFrame:
    """One finding a row of `facts`, with the columns of `ActivityReview.findings`.

    facts    level, person_id, person, account_id, account, value, words; its index are numbers
    touches  group (the number of its finding), id, rep_id, day: what shows it, oldest first; id is missing where
             the rep has a part in it without a touch
    names    of the reps, by their id
    """
    if facts.empty:
        return together([])
    shown = touches[touches["group"].isin(facts.index)].sort_values("group", kind="stable")
    touches_known = shown[shown["id"].notna()]
    parts = shown[["group", "rep_id"]].dropna().drop_duplicates()
    parts = parts.assign(name=parts["rep_id"].map(names).fillna(parts["rep_id"])).sort_values(
        ["group", "name", "rep_id"]
    )
    days = shown.groupby("group")["day"].agg(["min", "max"]).reindex(facts.index)
    found = facts.assign(
        rule=str(rule),
        rep_ids=tuples(parts["rep_id"], parts.groupby("group").size(), facts.index),
        touch_ids=tuples(touches_known["id"], touches_known.groupby("group").size(), facts.index),
        first_day=days["min"],
        last_day=days["max"],
        handbook=handbook,
    )
    return found[list(FINDING)].astype(FINDING).reset_index(drop=True)


def tuples(values: pd.Series, sizes: pd.Series, index: pd.Index) -> pd.Series:
    """The values, which come group by group, as one tuple a group; empty where `index` has a group without any."""
    listed, ends = values.tolist(), sizes.cumsum()
    cut = [tuple(listed[end - size : end]) for end, size in zip(ends.tolist(), sizes.tolist(), strict=True)]
    by_group = dict(zip(sizes.index.tolist(), cut, strict=True))
    return pd.Series([by_group.get(group, ()) for group in index.tolist()], index=index, dtype=object)


def together(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All findings: by rule, most value first, then by name."""
    filled = [part[list(FINDING)].astype(FINDING) for part in parts if len(part)]
    if not filled:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in FINDING.items()})
    every = pd.concat(filled, ignore_index=True)
    every = every.assign(place=every["rule"].map(_RULES), first=every["touch_ids"].str[0])
    by = ["place", "value", "person", "account", "person_id", "account_id", "first"]
    ordered = every.sort_values(by, ascending=[True, False, *[True] * 5], ignore_index=True)
    return ordered.drop(columns=["place", "first"])


def rep_names(reps: pd.DataFrame) -> pd.Series:
    """The name of each rep by id; the id where there is none."""
    known = reps.dropna(subset="id").drop_duplicates("id")
    return known["name"].fillna(known["id"]).set_axis(pd.Index(known["id"]))
