"""Generated conditions over 200 deals with many nulls: SQLite must pick the rows that plain Python picks."""

# ruff: noqa: S608 - SOQL, put together from the table of this test

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.soql.run import query
from deployments.sandbox.salesforce.store import Store

from .org import CATALOGUE, NOW

Row = dict[str, Any]
Test = Callable[[Row], bool]
Clause = tuple[str, Test]  # the SOQL, and the same in Python

NAMES = ["alpha", "Alpha", "ALPHA", "beta", "Be_ta", "100%", "Éclair", "éclair", "o'hara", "a\\b", "zz", None]
AMOUNTS = [-7.0, 0.0, 1.0, 99.5, 100.0, 250.5, None]
PUSHES = [0, 1, 2, 3, None]
TODAY = date(2026, 11, 23)
DAYS = [None, *(TODAY + timedelta(n) for n in (-400, -46, -45, -44, -8, -1, 0, 1, 6, 30, 45, 120))]


def _rows() -> list[Row]:
    draw = random.Random(20261123)  # noqa: S311 the same rows each time
    return [
        {
            "Id": make_id("006", n),
            "Name": draw.choice(NAMES),
            "StageName": draw.choice(["Discovery", "Closed Won", "closed lost", None]),
            "Amount": draw.choice(AMOUNTS),
            "PushCount": draw.choice(PUSHES),
            "CloseDate": draw.choice(DAYS),
        }
        for n in range(200)
    ]


ROWS = _rows()


@pytest.fixture(scope="module")
def deals() -> Iterator[Store]:
    store = Store(CATALOGUE, lambda: NOW)
    columns = list(ROWS[0])
    stored = [tuple(str(v) if isinstance(v, date) else v for v in row.values()) for row in ROWS]
    store.insert_many("Opportunity", columns, stored)
    yield store
    store.close()


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _compared(field: str, operator: str, shown: str, value: Any) -> Clause:
    """A comparison as SOQL means it: null is neither less nor more nor equal, and unequal to everything."""

    def test(row: Row) -> bool:
        have = row[field]
        if value is None or have is None:
            return operator in {"=", "!="} and (have is value) == (operator == "=")
        left, right = (have.lower(), value.lower()) if isinstance(have, str) else (have, value)
        answers: dict[str, bool] = {
            "=": left == right, "!=": left != right, "<": left < right, "<=": left <= right,
            ">": left > right, ">=": left >= right,
        }  # fmt: skip
        return answers[operator]

    return f"{field} {operator} {shown}", test


def _listed(field: str, negated: bool, values: list[Any]) -> Clause:
    folded = {v.lower() if isinstance(v, str) else v for v in values}
    shown = ", ".join("null" if v is None else _quoted(v) if isinstance(v, str) else str(v) for v in values)

    def test(row: Row) -> bool:
        have = row[field]
        return ((have.lower() if isinstance(have, str) else have) in folded) != negated

    return f"{field} {'NOT IN' if negated else 'IN'} ({shown})", test


def _like(kind: str, text: str) -> Clause:
    shown = text.replace("\\", "\\\\").replace("'", "\\'").replace("%", "\\%").replace("_", "\\_")
    wanted = text.lower()
    kinds: dict[str, tuple[str, Callable[[str], bool]]] = {
        "starts": (f"{shown}%", lambda have: have.startswith(wanted)),
        "ends": (f"%{shown}", lambda have: have.endswith(wanted)),
        "contains": (f"%{shown}%", lambda have: wanted in have),
        "one more": (f"{shown}_", lambda have: have[:-1] == wanted and len(have) == len(wanted) + 1),
    }
    pattern, test = kinds[kind]
    return f"Name LIKE '{pattern}'", lambda row: row["Name"] is not None and test(row["Name"].lower())


def _in_days(operator: str, literal: str, first: int, last: int) -> Clause:
    start, end = TODAY + timedelta(first), TODAY + timedelta(last)

    def test(row: Row) -> bool:
        have = row["CloseDate"]
        if have is None:
            return operator == "!="
        answers: dict[str, bool] = {
            "=": start <= have <= end, "!=": not start <= have <= end, "<": have < start, "<=": have <= end,
            ">": have > end, ">=": have >= start,
        }  # fmt: skip
        return answers[operator]

    return f"CloseDate {operator} {literal}", test


EQUAL = st.sampled_from(["=", "!="])
ORDERED = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
TEXTS = st.sampled_from([n for n in NAMES if n])
N = st.integers(1, 50)

LEAVES = st.one_of(
    st.builds(lambda o, v: _compared("Name", o, _quoted(v), v), ORDERED, TEXTS),
    st.builds(lambda o: _compared("Name", o, "null", None), EQUAL),
    st.builds(lambda o, v: _compared("Amount", o, str(v), v), ORDERED, st.sampled_from([-7.0, 0, 99.5, 100, 1000])),
    st.builds(lambda o, v: _compared("PushCount", o, str(v), v), ORDERED, st.integers(-1, 4)),
    st.builds(lambda o, v: _compared("CloseDate", o, str(v), v), ORDERED, st.sampled_from([d for d in DAYS if d])),
    st.builds(lambda o: _compared("CloseDate", o, "null", None), EQUAL),
    st.builds(_listed, st.just("Name"), st.booleans(), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4)),
    st.builds(_listed, st.just("PushCount"), st.booleans(), st.lists(st.sampled_from(PUSHES), min_size=1, max_size=3)),
    st.builds(_like, st.sampled_from(["starts", "ends", "contains", "one more"]), st.sampled_from(
        ["a", "AL", "b", "_", "%", "é", "É", "'", "\\", "alph", "ta"])),
    st.builds(lambda o, n: _in_days(o, f"LAST_N_DAYS:{n}", -n, 0), ORDERED, N),
    st.builds(lambda o, n: _in_days(o, f"NEXT_N_DAYS:{n}", 1, n), ORDERED, N),
    st.builds(lambda o, n: _in_days(o, f"N_DAYS_AGO:{n}", -n, -n), ORDERED, N),
)  # fmt: skip


def _joined(word: str, clauses: list[Clause]) -> Clause:
    combine = all if word == "AND" else any
    return f" {word} ".join(f"({s})" for s, _ in clauses), lambda row: combine(t(row) for _, t in clauses)


def _negated(clause: Clause) -> Clause:
    return f"NOT ({clause[0]})", lambda row: not clause[1](row)


CLAUSES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(_joined, st.sampled_from(["AND", "OR"]), st.lists(inner, min_size=2, max_size=3)),
        st.builds(_negated, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(clause=CLAUSES)
def test_the_same_rows(deals: Store, clause: Clause) -> None:
    soql, test = clause
    found = {r["Id"] for r in query(deals, f"SELECT Id FROM Opportunity WHERE {soql}").records}
    assert found == {row["Id"] for row in ROWS if test(row)}


@settings(max_examples=100, deadline=None)
@given(clause=CLAUSES)
def test_the_same_sums(deals: Store, clause: Clause) -> None:
    soql, test = clause
    grouped = f"SELECT StageName, COUNT(Id) n, SUM(Amount) s FROM Opportunity WHERE {soql} GROUP BY StageName"
    found = {r["StageName"]: (r["n"], r["s"]) for r in query(deals, grouped).records}
    expected: dict[str | None, tuple[int, float | None]] = {}
    for row in (row for row in ROWS if test(row)):
        n, s = expected.get(row["StageName"], (0, None))
        amount = row["Amount"]
        expected[row["StageName"]] = (n + 1, s if amount is None else (s or 0.0) + amount)
    assert found == expected
