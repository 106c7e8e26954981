"""What is said of a decision and of its undo: golden files for the eye, and what must hold of every reply.

After a wanted change: `UPDATE_GOLDEN=1 pytest tests/reports/test_decision_report.py`, then read the difference.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.reports.decision import reply, undo_button, undo_reply, words
from tasks.reports.post import Post, Report, as_text, lines
from tasks.rules.proposals import Outcome, Result, Standing, Undo
from tests.rules.decisions import deal_id, made, undo_by

from . import decision_cases as cases
from .decision_cases import UNDO_URL, make_context
from .golden_files import agreed
from .slack_says import refused


def undone(standing: Standing) -> Post:
    return undo_reply(standing, standing.undos[-1], standing.undone, make_context())


POSTS = {
    "decision": reply(cases.mixed(), make_context()),
    "decision_all": reply(cases.all_closed(), make_context()),
    "decision_none": reply(cases.none_closed(), make_context()),
    "decision_undone": reply(cases.partly_undone(), make_context()),
    "decision_dry_run": reply(cases.mixed(), make_context(dry_run=True)),
    "decision_undo": undone(cases.partly_undone()),
    "decision_undo_all": undone(cases.all_undone()),
}


@pytest.mark.parametrize("name", POSTS)
def test_a_reply_reads_as_agreed(name: str) -> None:
    written = as_text(Report(POSTS[name]))
    assert written == agreed(f"{name}.txt", written)
    assert refused(POSTS[name]) == []


def test_the_blocks_are_as_agreed() -> None:
    post = POSTS["decision"]
    written = json.dumps({"text": post.text, "blocks": post.blocks}, ensure_ascii=False, indent=1) + "\n"
    assert written == agreed("decision.blocks.json", written)


def first_line(standing: Standing, **said: Any) -> str:
    return reply(standing, make_context(**said)).text


def results(*outcomes: Outcome) -> tuple[Result, ...]:
    return tuple(made(deal_id(n), outcome) for n, outcome in zip((1, 2, 3, 4, 6), outcomes, strict=True))


CLOSED, LOCKED, SKIPPED, UNANSWERED = Outcome.CLOSED, Outcome.LOCKED, Outcome.SKIPPED, Outcome.UNANSWERED
BY = "by Marisol Vega 08:02"


@pytest.mark.parametrize(
    ("standing", "line", "title"),
    [
        (cases.all_closed(), f"Closed 5 ($341k + CHF 80k) {BY}, kept 1, undo until 30 Nov", f"closed 5 {BY}, kept 1"),
        (cases.mixed(), f"Closed 2 of 5 ($215k) {BY}, 1 not yet, kept 1, undo until 30 Nov",
         f"closed 2 of 5 {BY}, 1 not yet, kept 1"),
        (cases.none_closed(), f"Closed none of 6 {BY}, 1 not yet", f"closed none of 6 {BY}, 1 not yet"),
        (cases.standing(()), f"Closed none of 5 {BY}, 5 not yet, kept 1", f"closed none of 5 {BY}, 5 not yet, kept 1"),
        (cases.standing(results(CLOSED, SKIPPED, SKIPPED, LOCKED, UNANSWERED)),
         f"Closed 1 of 5 ($120k) {BY}, 2 not yet, kept 1, undo until 30 Nov",
         f"closed 1 of 5 {BY}, 2 not yet, kept 1"),
        (cases.partly_undone(),
         "Closed 5 ($341k + CHF 80k) by Marisol Vega 08:02, kept 1, 1 undone, undo until 30 Nov",
         "closed 5 by Marisol Vega 08:02, kept 1, 1 undone"),
        (cases.all_undone(), "Closed 5 ($341k + CHF 80k) by Marisol Vega 08:02, kept 1, all undone",
         "closed 5 by Marisol Vega 08:02, kept 1, all undone"),
    ],
    ids=["all", "some", "none", "not begun", "some not yet", "one undone", "all undone"],
)  # fmt: skip
def test_the_first_line_counts_and_the_reports_own_says_it_in_short(standing: Standing, line: str, title: str) -> None:
    assert first_line(standing) == line
    assert words(standing, make_context()) == title


def test_nothing_is_said_before_a_decision() -> None:
    open_yet = Standing(cases.proposal())
    assert words(open_yet, make_context()) == ""
    with pytest.raises(ValueError, match="is not decided"):
        reply(open_yet, make_context())


def test_the_time_is_the_offices_with_its_day_where_it_is_another() -> None:
    decision = cases.all_closed().decision
    assert decision is not None
    evening = replace(decision, decided_at=datetime(2026, 11, 24, 7, 59, tzinfo=UTC))
    later = replace(decision, decided_at=datetime(2026, 11, 26, 1, 5, tzinfo=UTC))
    said = [words(replace(cases.all_closed(), decision=one), make_context()) for one in (evening, later)]
    assert said == [
        "closed 5 by Marisol Vega 23:59, kept 1",
        "closed 5 by Marisol Vega Wed 25 Nov 17:05, kept 1",
    ]


@pytest.mark.parametrize(
    ("standing", "said", "button"),
    [
        (cases.all_closed(), {}, ("Undo until 30 Nov", UNDO_URL)),
        (cases.partly_undone(), {}, ("Undo until 30 Nov", UNDO_URL)),
        (cases.all_undone(), {}, None),
        (cases.none_closed(), {}, None),
        (Standing(cases.proposal()), {}, None),
        (cases.all_closed(), {"undo_url": ""}, None),
        (cases.all_closed(), {"undo_until": None}, None),
        (cases.all_closed(), {"dry_run": True}, None),
    ],
    ids=["closed", "partly undone", "undone", "none closed", "undecided", "no address", "too late", "dry run"],
)
def test_undo_is_offered_while_there_is_something_to_undo(
    standing: Standing, said: dict[str, Any], button: tuple[str, str] | None
) -> None:
    assert undo_button(standing, make_context(**said)) == button
    if standing.decision:
        shown = json.dumps(reply(standing, make_context(**said)).blocks)
        assert ("Undo until" in shown) is (button is not None)


def test_every_record_of_the_decision_is_in_the_reply() -> None:
    for standing in (cases.mixed(), cases.all_closed(), cases.none_closed(), cases.standing(())):
        shown = "\n".join(lines(reply(standing, make_context()).blocks))
        assert [deal.name for deal in standing.proposal.deals if deal.name not in shown] == []


def test_the_sum_of_the_outcomes_is_what_was_approved() -> None:
    assert "Of 5: 2 closed, 1 skipped, 1 refused by Salesforce, 1 not yet." in lines(POSTS["decision"].blocks)[1]


def test_a_record_that_the_proposal_does_not_have_is_shown_by_its_id() -> None:
    decision = cases.all_closed().decision
    assert decision is not None
    odd = replace(cases.all_closed(), decision=replace(decision, approved=(*decision.approved, deal_id(99))))
    assert f"(no name) {deal_id(99)} no amount · not yet" in "\n".join(lines(reply(odd, make_context()).blocks))


def test_of_what_the_org_changed_only_what_we_did_not_send_is_said() -> None:
    moved = {"StageName": ("Discovery", "Closed Lost"), "NextStep": ("Call", None), "Probability": (20, 0)}
    told = cases.standing((made(deal_id(1), CLOSED, by_org=moved),))
    shown = "\n".join(lines(reply(told, make_context()).blocks))
    assert "Acme 2026 $120k · closed · Salesforce set Next step to empty (was 'Call')\n" in shown


def test_owners_are_mentioned_once_by_the_ids_of_the_settings_alone() -> None:
    blocks = json.dumps(reply(cases.none_closed(), make_context()).blocks)
    assert blocks.count('"type": "user"') == 2
    assert blocks.count('"user_id": "U024BE7LH"') == 1
    assert blocks.count('"user_id": "W012A3CDE"') == 1


def test_nobody_is_mentioned_for_a_deal_that_was_kept() -> None:
    assert "W012A3CDE" not in json.dumps(reply(cases.all_closed(), make_context()).blocks)


@pytest.mark.parametrize("member", ["", "U1", "u024be7lh", "<!channel>", "C024BE7LH", "U024BE7LH\n", "@tom"])
def test_what_is_no_member_id_mentions_nobody(member: str) -> None:
    post = reply(cases.all_closed(), make_context(slack_owners={cases.TOM["owner_id"]: member}))
    assert '"type": "user"' not in json.dumps(post.blocks)
    assert "Tom Okafor" in lines(post.blocks, post.names)


def test_owners_stand_in_the_order_of_their_names() -> None:
    post = reply(cases.none_closed(), make_context())
    shown = [line for line in lines(post.blocks, post.names) if "·" not in line and line[:1] not in "•CO"]
    assert shown == ["@Ana Snyder", "Li Wei", "@Tom Okafor"]


def test_where_slack_refuses_the_blocks_a_mention_is_a_name() -> None:
    assert "@Tom Okafor" in POSTS["decision"].plain
    assert "U024BE7LH" not in POSTS["decision"].plain


def test_a_mention_of_somebody_unknown_is_an_id() -> None:
    assert "@U024BE7LH" in lines(POSTS["decision"].blocks)


def test_an_undo_names_what_has_no_answer_yet_and_what_to_do() -> None:
    shown = lines(POSTS["decision_undo"].blocks)
    assert shown[:2] == [
        "Undone 1 of 2 ($120k) by Alex Mitchell Tue 24 Nov 09:15",
        "Of 2: 1 open again, 1 not yet. Run the same undo again for those not yet done.",
    ]


def test_an_undo_counts_only_its_own_records() -> None:
    standing = cases.all_undone()
    undo: Undo = undo_by("Alex Mitchell", 3)
    assert undo_reply(standing, undo, standing.undone, make_context()).text.startswith("Undone 1 ($70k) by")
