"""No text of others mentions, links, formats or hides anything in what is said of a decision, and it always fits."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reports.decision import reply, retitled, undo_reply, words
from tasks.reports.post import Post, lines
from tasks.reports.slack_text import shorten
from tasks.rules.proposals import Decision, Outcome, Result, Standing, Undo
from tests.rules.decisions import DECIDED_AT, deal_id, made, make_proposal, make_proposed, undo_by

from .decision_cases import UNDO_URL, large, make_context
from .hostile import HIDDEN, HOSTILE, not_literal
from .review_builder import BASE
from .slack_says import refused

OURS = (BASE + "/lightning/", UNDO_URL)
OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.RESTORED]


def poisoned(text: str) -> Standing:
    """Every text of a decision holds the text, in a record of each outcome and in a kept one."""
    said: dict[str, Any] = {"account": text, "owner": text, "owner_id": text, "stage": text, "currency": text}
    deals = [make_proposed(n, text, **said, value=None) for n in range(1, len(OUTCOMES) + 2)]
    deals += [replace(deals[0], id=text), make_proposed(90, text, **said)]
    image = {"by_org": {"Custom__c": (text, text + "2"), f"{text}__c": (text, None)}, "sent": {"StageName": text}}
    results = tuple(made(deal_id(n), outcome, text, **image) for n, outcome in enumerate(OUTCOMES, start=1))
    approved = (*(deal_id(n) for n in range(1, len(OUTCOMES) + 2)), text)
    decision = Decision("2026-11-23-3f9a1c", approved, text, text, DECIDED_AT)
    return Standing(make_proposal(tuple(deals), headline=text), decision, closed=results)


def undone(standing: Standing, text: str) -> tuple[Undo, tuple[Result, ...]]:
    before = {"StageName": text + "3", "IsClosed": True, "LastModifiedBy.Name": text, "Custom__c": text + "2"}
    first = Result(deal_id(1), Outcome.RESTORED, text, before=before, sent={"StageName": text})
    others = tuple(Result(deal_id(n), outcome, text) for n, outcome in enumerate(OUTCOMES[1:], start=2))
    records = tuple(result.record_id for result in (first, *others))
    return Undo("2026-11-23-3f9a1c", (*records, text), text, undo_by(text).undone_at), (first, *others)


def posts(text: str) -> list[Post]:
    standing, context = poisoned(text), make_context(slack_owners={text: text, deal_id(1): "U024BE7LH"})
    undo, results = undone(standing, text)
    after = replace(standing, undos=(undo,), undone=results)
    parent = reply(standing, context)
    return [
        parent,
        reply(after, context),
        undo_reply(after, undo, results, context),
        retitled(parent, text, words(after, context), (text, UNDO_URL)),
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    for post in posts(text):
        assert not_literal(post, OURS, hidden=HIDDEN + r"|\n") == []


@pytest.mark.parametrize("text", ["<!channel>", "<@U024BE7LH>", "*bold* _it_", "&lt;!here&gt;", "https://evil.example"])
def test_and_is_shown_as_it_was_written(text: str) -> None:
    assert "\n".join(lines(reply(poisoned(text), make_context()).blocks)).count(shorten(text, 30)) > 10


@pytest.mark.parametrize("text", ["U024BE7LH", "<@U024BE7LH>"])
def test_an_owner_called_like_a_member_is_not_mentioned(text: str) -> None:
    assert '"type": "user"' not in json.dumps(reply(poisoned(text), make_context()).blocks)


@pytest.mark.parametrize("reason", ["", "a reason of the org's own " * 10])
def test_twenty_five_of_twenty_five_owners_fit_and_are_all_shown(reason: str) -> None:
    post = reply(large("x" * 255, reason, kept=0), make_context())
    assert refused(post) == []
    assert "opportunities shown" not in post.plain
    assert json.dumps(post.blocks).count('"rich_text_list"') == 25


@pytest.mark.parametrize("text", ["\U0001f389" * 127, '"' * 255, "\\" * 255])
def test_text_that_weighs_double_is_cut_and_counted(text: str) -> None:
    post = reply(large(text, text, kept=0), make_context())
    assert refused(post) == []
    assert re.search(r"^\d\d of 25 opportunities shown$", post.plain, re.MULTILINE)


def test_what_does_not_fit_is_counted_and_the_telling_rows_stay() -> None:
    standing = large("A long name of a deal " * 3, "a reason " * 20, count=60, kept=60)
    post = reply(standing, make_context(run_url="https://prefect.example.com/runs/flow-run/1"))
    shown = lines(post.blocks)
    assert refused(post) == []
    assert re.search(r"^\d+ of 120 opportunities shown · all are in the run$", "\n".join(shown), re.MULTILINE)
    assert sum("· skipped, a reason" in line for line in shown) == 20
    assert not any(line.startswith("Kept open") for line in shown)


def test_an_undo_of_many_fits() -> None:
    standing = large("\U0001f389" * 127, "x" * 255, count=120, kept=0)
    undo = undo_by("x" * 300, *range(1, 121))
    results = tuple(Result(record, Outcome.RESTORED, "x" * 255) for record in undo.records)
    assert refused(undo_reply(standing, undo, results, make_context())) == []


TEXT = st.text(max_size=40) | st.sampled_from(["\U0001f389" * 127, "x" * 255])
RESULTS = st.lists(st.tuples(st.sampled_from([None, *OUTCOMES]), TEXT), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(RESULTS, st.integers(0, 30), TEXT, st.none() | st.floats(-1e12, 1e15), st.none() | st.dates(date(1700, 1, 1)))
def test_whatever_was_decided_the_reply_is_legal_and_adds_up(
    results: list[tuple[Outcome | None, str]], kept: int, text: str, amount: float | None, until: date | None
) -> None:
    approved = tuple(deal_id(number) for number in range(1, len(results) + 1))
    deals = tuple(make_proposed(n, text, owner=text, amount=amount) for n in range(1, len(results) + kept + 1))
    closed = tuple(made(record, said[0], said[1]) for record, said in zip(approved, results, strict=True) if said[0])
    decision = Decision("2026-11-23-3f9a1c", approved, text, text, DECIDED_AT)
    standing = Standing(make_proposal(deals), decision, closed=closed)
    post = reply(standing, make_context(undo_until=until))
    assert refused(post) == []
    done = sum(outcome is Outcome.CLOSED for outcome, _ in results)
    share = f"{done}" if done == len(results) else f"{done or 'none'} of {len(results)}"
    assert post.text.startswith(f"Closed {share}")
    assert (f", kept {kept}" in post.text) is (kept > 0)
    if done < len(results):
        of = next(line for line in lines(post.blocks) if line.startswith(f"Of {len(results)}: "))
        sums = of.removeprefix(f"Of {len(results)}: ").partition(".")[0].split(", ")
        assert sum(int(part.split()[0]) for part in sums) == len(results)
