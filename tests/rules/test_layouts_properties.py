"""What holds for every page and every expectation of it, drawn at random."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.rules.expected import SECOND, TOP, Components, Expectation, Link, Section, Side
from tasks.rules.layouts import judged
from tasks.rules.org_facts import Kind, OrgFacts
from tasks.rules.validation import checkup_of, outcome
from tasks.rules.verdicts import News, Status, Verdict

from .validation_builders import AS_OF, HIGHLIGHTS, LAYOUT, LIGHTNING, POLICY, Row, expect, highlights, org, page, part

FEW = settings(max_examples=10, deadline=None)
LABELS = ("Name", "Industry", "Rating", "License key", "Licence key", "Terms")
labels = st.lists(st.sampled_from(LABELS), unique=True, max_size=5)
asked = st.lists(st.sampled_from(LABELS), unique=True, min_size=1, max_size=4)
cells = st.lists(st.sampled_from(LABELS), unique=True, max_size=4).flatmap(
    lambda names: st.tuples(*(st.fixed_dictionaries({
        "label": st.just(name), "visible": st.sampled_from([True, True, False]), "conditional": st.booleans(),
    }) for name in names)).map(list)
)  # fmt: skip


@st.composite
def orgs(draw: st.DrawFn) -> list[Row]:
    """Rows of one object's pages: highlights, a page in use, perhaps one that is not."""
    rows = highlights(*draw(labels))
    rows += page({"Details": draw(cells), "Accounting": draw(cells)}, draw(st.sampled_from([LAYOUT, LIGHTNING])))
    rows += page({"Accounting": draw(cells)}, LAYOUT, in_use=False) if draw(st.booleans()) else []
    return rows


@st.composite
def expectations(draw: st.DrawFn) -> Expectation:
    name = draw(st.sampled_from([TOP, SECOND, "", "Accounting", "Absent"]))
    in_order = {"starts_with": tuple(draw(asked))} if name else {}
    way: dict[str, Any] = draw(st.sampled_from([{"includes": tuple(draw(asked))}, in_order or {"includes": ("Name",)}]))
    return expect(Section(name, **way))


def judge(expectation: Expectation, rows: list[Row]) -> Verdict:
    return judged(expectation, org(rows), POLICY)


def demanded(claim: Section) -> set[str]:
    return {*claim.starts_with, *claim.includes, *(link.label for link in claim.links)}


@FEW
@given(orgs(), expectations(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(rows: list[Row], expectation: Expectation, random: Any) -> None:
    shuffled = random.sample(rows, len(rows))

    assert judge(expectation, shuffled) == judge(expectation, rows)


@FEW
@given(orgs(), expectations())
def test_one_more_section_at_the_end_changes_nothing(rows: list[Row], expectation: Expectation) -> None:
    last = next(row for row in rows[::-1] if row.get("in_use", True) and row["surface"] != HIGHLIGHTS)
    more = page({"Unrelated": ["Something else"]}, last["surface"])
    added = [{**row, "section_position": 9} for row in more]

    assert judge(expectation, [*rows, *added]) == judge(expectation, rows)


@FEW
@given(orgs(), expectations(), st.data())
def test_taking_away_what_is_asked_for_never_makes_it_pass(
    rows: list[Row], expectation: Expectation, data: st.DataObject
) -> None:
    assert isinstance(expectation.claim, Section)
    label = data.draw(st.sampled_from(sorted(demanded(expectation.claim))))

    without = judge(expectation, [row for row in rows if row["label"] != label])

    assert without.status is not Status.AS_EXPECTED


@FEW
@given(orgs(), st.lists(expectations(), max_size=4))
def test_a_check_beside_itself_has_nothing_new_and_nothing_fixed(rows: list[Row], asked: list[Expectation]) -> None:
    facts = org(rows)
    verdicts = [judged(one, facts, POLICY) for one in asked]
    first = outcome(verdicts, facts, None, AS_OF)

    again = outcome(verdicts, facts, checkup_of(first), AS_OF)

    assert (again.that_are(News.NEW), again.that_are(News.FIXED)) == ((), ())
    assert len(again.told) == len(first.told) == len(first.that_are(News.NEW))
    assert checkup_of(again) == checkup_of(first)


EVERY = [
    Section(TOP, starts_with=("Name",)), Section(SECOND), Section(includes=("Name",)), Section("Accounting"),
    Section("Accounting", links=(Link("Name"),)), Section("Accounting", side=Side.RIGHT),
    Components(("Activity feed",), Side.RIGHT),
]  # fmt: skip
EMPTY = org()
BARE = [org(page({})), org(part("", kind=Kind.COMPONENT)), org(highlights("x", in_use=False)), EMPTY,
        replace(EMPTY, facts=EMPTY.facts.iloc[0:0])]  # fmt: skip


@pytest.mark.parametrize("facts", BARE, ids=range(len(BARE)))
def test_nothing_is_never_a_pass(facts: OrgFacts) -> None:
    assert {judged(expect(claim), facts, POLICY).status for claim in EVERY} <= {Status.DIFFERS, Status.COULD_NOT_CHECK}
