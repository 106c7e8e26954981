"""Who may decide what, and until when. Proposed on Mon 2026-11-23 07:28 in Los Angeles, five deals of a hundred."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tasks.rules.deciding import Order, most_allowed, refusal, undo_until
from tasks.rules.policy import ClosingPolicy
from tasks.rules.proposals import Outcome, Standing

from .decisions import (
    DECIDED_AT,
    DECIDERS,
    LOSS_REASONS,
    MADE_AT,
    POLICY,
    TODAY,
    deal_id,
    decide,
    decided,
    make_proposal,
    make_proposed,
    order,
    refused,
)

CLOSED, LOCKED, SKIPPED = Outcome.CLOSED, Outcome.LOCKED, Outcome.SKIPPED


def test_a_decider_may_close_all_of_it() -> None:
    assert refused(order()) == ""
    assert decide(order()).approved == tuple(map(deal_id, (5, 4, 3, 2, 1)))


NOBODY = 'Nobody may decide yet: name those who may in RITUALS_DECIDERS, such as ["First Last"]'
LISTED = "those who may are Alex Mitchell, Marisol Vega (RITUALS_DECIDERS)"


@pytest.mark.parametrize(
    ("name", "deciders", "told"),
    [
        ("Marisol Vega", DECIDERS, ""),
        ("  marisol  VEGA ", DECIDERS, ""),
        ("Tom Okafor", DECIDERS, f"Tom Okafor may not decide: {LISTED}"),
        ("", DECIDERS, f"Say who wants to decide: {LISTED}"),
        (" ", DECIDERS, f"Say who wants to decide: {LISTED}"),
        ("Marisol", DECIDERS, f"Marisol may not decide: {LISTED}"),
        ("Marisol Vega", frozenset(), NOBODY),
    ],
)
def test_only_those_on_the_list_decide(name: str, deciders: frozenset[str], told: str) -> None:
    assert refused(order(decider=name), deciders=deciders) == told


@pytest.mark.parametrize("written", ["Marisol Vega", " marisol vega"])
def test_a_decision_carries_the_name_as_the_settings_spell_it(written: str) -> None:
    assert decide(order(decider=written)).decided_by == "Marisol Vega"


@pytest.mark.parametrize(
    ("proposal_id", "named"), [("2026-11-16-aaaaaa", "'2026-11-16-aaaaaa'"), ("", "without a name")]
)
def test_an_unknown_proposal(proposal_id: str, named: str) -> None:
    told = refusal(
        Order(proposal_id, decider="Marisol Vega"),
        None,
        policy=POLICY,
        deciders=DECIDERS,
        loss_reasons=None,
        now=DECIDED_AT,
    )
    assert told == f"No proposal {named} is remembered: take it from the Decide button of the newest pipeline review"


def test_a_proposal_that_a_newer_one_replaced() -> None:
    assert refused(order(), Standing(make_proposal(), superseded_by="2026-11-23-beef00")) == (
        "Proposal 2026-11-23-3f9a1c was replaced by 2026-11-23-beef00, which found something else: decide on that one"
    )


EXPIRED = (
    "Proposal 2026-11-23-3f9a1c expired on Mon 30 Nov 07:28 (office time), 7 days after it was made:"
    " decide on the newest pipeline review"
)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (MADE_AT, ""),
        (MADE_AT + timedelta(days=7, seconds=-1), ""),
        (MADE_AT + timedelta(days=7), EXPIRED),
        (MADE_AT + timedelta(days=400), EXPIRED),
    ],
    ids=["at once", "Mon 30 Nov 07:27:59", "Mon 30 Nov 07:28:00", "next year"],
)
def test_a_proposal_lasts_seven_days_to_the_second(now: datetime, told: str) -> None:
    assert refused(order(), now=now) == told


NAMED = [
    ("Deal 3", (3,)),
    (" deal  3 ", (3,)),
    (deal_id(3), (3,)),
    (deal_id(3)[:15], (3,)),
]


@pytest.mark.parametrize(("given", "meant"), NAMED)
def test_an_opportunity_is_named_by_id_or_full_name(given: str, meant: tuple[int, ...]) -> None:
    assert refused(order(given)) == ""
    assert decide(order(given)).approved == tuple(map(deal_id, meant))


def test_named_twice_is_once_and_in_the_order_of_the_proposal() -> None:
    assert decide(order("Deal 1", deal_id(4), "deal 4", deal_id(1)[:15])).approved == (deal_id(4), deal_id(1))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("Hooli",), "Hooli"),
        (("Deal 1", "Hooli", "Globex"), "Hooli, Globex"),
        (("Deal",), "Deal"),
        (("006hS0000000003",), "006hS0000000003"),
        (("",), "an empty name"),
        (tuple(f"Stranger {n}" for n in range(14)), ", ".join(f"Stranger {n}" for n in range(12)) + " and 2 more"),
    ],
    ids=["one", "two beside one that is", "part of a name", "an id in other case", "empty", "many"],
)
def test_what_is_not_in_the_proposal_is_named(given: tuple[str, ...], named: str) -> None:
    assert refused(order(*given)) == (
        f"Not in proposal 2026-11-23-3f9a1c: {named}; give ids or full names as the report shows them"
    )


@pytest.mark.parametrize(
    ("named", "keep", "closes"),
    [
        ((), (1,), (5, 4, 3, 2)),
        ((5, 4), (4,), (5,)),
        ((5,), (1,), (5,)),
    ],
    ids=["all but one", "one of those that are named", "one that was not to be closed anyway"],
)
def test_what_is_kept_is_not_closed(named: tuple[int, ...], keep: tuple[int, ...], closes: tuple[int, ...]) -> None:
    asked = order(*map(deal_id, named), keep=tuple(map(deal_id, keep)))

    assert refused(asked) == ""
    assert decide(asked).approved == tuple(map(deal_id, closes))


def test_who_keeps_a_stranger_is_told_so() -> None:
    assert refused(order(keep=("Hooli",))).startswith(f"Not in proposal {make_proposal().id}: Hooli")


def test_who_keeps_everything_is_told_that_nothing_is_left() -> None:
    everything = tuple(map(deal_id, (5, 4, 3, 2, 1)))

    assert refused(order(keep=everything)) == "All that was proposed would be kept: there is nothing to close"


def test_a_name_that_two_have_needs_the_id() -> None:
    twins = Standing(make_proposal((make_proposed(1, "Acme"), make_proposed(2, "ACME"))))
    assert refused(order("Acme"), twins) == (
        f"'Acme' is the name of 2 opportunities: give the id, one of {deal_id(1)}, {deal_id(2)}"
    )
    assert refused(order(deal_id(1)), twins) == ""


MISSING = "Say why these deals are lost, with one of the org's loss reasons: No Decision, Price, Timing"
NO_FIELD = (
    "The loss reason 'Timing' cannot be kept: RITUALS_SALESFORCE_LOSS_REASON_FIELD names no field;"
    " leave it empty, or have the setting name one"
)


@pytest.mark.parametrize(
    ("given", "known", "told", "kept"),
    [
        ("Timing", LOSS_REASONS, "", "Timing"),
        (" no decision", LOSS_REASONS, "", "No Decision"),
        ("price", ("Price", "price"), "", "price"),
        ("", LOSS_REASONS, MISSING, ""),
        ("Prise", LOSS_REASONS, "'Prise' is no loss reason of the org: choose one of No Decision, Price, Timing", ""),
        ("", None, "", ""),
        ("", (), "", ""),
        ("Timing", None, NO_FIELD, ""),
        ("Timing", (), NO_FIELD, ""),
    ],
)
def test_the_loss_reason_is_one_of_the_orgs(given: str, known: tuple[str, ...] | None, told: str, kept: str) -> None:
    assert refused(order(loss_reason=given), loss_reasons=known) == told
    assert decide(order(loss_reason=given), loss_reasons=known).loss_reason == kept


@pytest.mark.parametrize(
    ("open_deals", "policy", "most"),
    [
        (19, {}, 25),  # the share speaks from 20 open deals on
        (20, {}, 2),
        (29, {}, 2),
        (30, {}, 3),
        (249, {}, 24),
        (250, {}, 25),
        (9_999, {}, 25),
        (100, {"write_share": 0.29}, 25),
        (80, {"write_share": 0.29, "write_count": 50}, 23),
        (100, {"write_share": 0.29, "write_count": 50}, 29),  # 0.29 * 100 is 28.999999999999996
        (100, {"write_share": 0.0}, 1),
        (25, {"write_share": 0.01}, 1),
        (5, {"write_count": 3}, 3),
    ],
)
def test_how_many_one_decision_may_close(open_deals: int, policy: dict[str, Any], most: int) -> None:
    assert most_allowed(make_proposal(open_deals=open_deals), ClosingPolicy(**policy)) == most


@pytest.mark.parametrize(
    ("deals", "open_deals", "told"),
    [
        (2, 20, ""),
        (
            3,
            20,
            (
                "3 opportunities are more than one decision may close (2, 10% of 20 open ones): nothing is written;"
                " name fewer of them"
            ),
        ),
        (25, 250, ""),
        (26, 260, "26 opportunities are more than one decision may close (25): nothing is written; name fewer of them"),
    ],
)
def test_more_than_the_ceiling_is_refused_whole(deals: int, open_deals: int, told: str) -> None:
    assert refused(order(), Standing(make_proposal(deals, open_deals=open_deals))) == told


def test_fewer_of_too_many_may_be_closed() -> None:
    assert refused(order("Deal 7"), Standing(make_proposal(26, open_deals=260))) == ""


def test_what_is_decided_is_said_first() -> None:
    """A decision is found again although the proposal expired since, and the mistakes in the order do not hide it."""
    late = DECIDED_AT + timedelta(days=30)
    assert refused(order("Hooli", loss_reason=""), decided([CLOSED, CLOSED], kept=1), now=late).startswith("Already")


@pytest.mark.parametrize(
    ("decided_at", "last"),
    [(datetime(2026, 11, 23, 16, 2, tzinfo=UTC), 30), (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), 30)],
    ids=["Mon 08:02", "Mon 23:59"],
)
def test_a_decision_can_be_undone_until_the_end_of_an_office_day(decided_at: datetime, last: int) -> None:
    made = replace(decide(order()), decided_at=decided_at)
    assert undo_until(made, POLICY) == TODAY.replace(day=last)
