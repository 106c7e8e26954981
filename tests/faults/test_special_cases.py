"""What happens in the life of an installation: the day's limit, a lost answer, two at once, a page for an answer."""

import os

import pytest

from tests.faults import schedules as kinds
from tests.faults.pool import Pool, told
from tests.faults.schedules import Fault, Schedule, everywhere

ALL = bool(os.environ.get("FAULT_ALL"))
SEEDS = range(24 if ALL else 4)
POST = "POST chat.postMessage"


def at(faults: Pool, act: str, kind: str, boundary: str = "") -> list[Schedule]:
    """That fault at every boundary whose name has those words."""
    return [s for s in everywhere(act, faults.boundaries[act], kind) if boundary in s.name]


@pytest.mark.parametrize("act", ["decide", "undo"])
def test_the_days_share_of_calls_is_used_up_in_the_middle_and_the_next_day_goes_on(faults: Pool, act: str) -> None:
    lefts = range(8) if ALL else range(1, 8, 2)
    calls = [Schedule(act, left=left, name=f"{act}, {left} calls left") for left in lefts]

    assert told(faults.carry_out(f"{act}, the day's share is used up", calls)) == ""


@pytest.mark.parametrize("act", ["decide", "undo"])
def test_the_org_refuses_a_call_for_its_limit_and_nothing_is_lost(faults: Pool, act: str) -> None:
    calls = at(faults, act, kinds.LIMIT)[:: 1 if ALL else 2]

    assert told(faults.carry_out(f"{act}, the org's limit", calls)) == ""


@pytest.mark.parametrize("act", ["review", "decide", "undo"])
def test_a_post_whose_answer_is_lost_stands_once(faults: Pool, act: str) -> None:
    lost = at(faults, act, kinds.DROPPED_AFTER, POST)

    assert lost
    assert told(faults.carry_out(f"{act}, a post's answer is lost", lost)) == ""


@pytest.mark.parametrize("act", ["review", "decide", "undo"])
def test_a_page_instead_of_an_answer_is_never_taken_for_one(faults: Pool, act: str) -> None:
    calls = at(faults, act, kinds.HTML)[0 if ALL else 1 :: 1 if ALL else 2]  # at the others the limit is met

    assert told(faults.carry_out(f"{act}, 200 with a page", calls)) == ""


def test_the_scheduled_review_and_one_by_hand_at_once_give_one_report(faults: Pool) -> None:
    both = [Schedule("review", runs=2, seed=seed, name=f"two reviews, {seed}") for seed in SEEDS]

    assert told(faults.carry_out("two reviews at once", both)) == ""


@pytest.mark.parametrize("act", ["decide", "undo"])
def test_two_who_want_the_same_at_once_get_it_once(faults: Pool, act: str) -> None:
    both = [Schedule(act, runs=2, seed=seed, name=f"{act} twice, {seed}") for seed in SEEDS]

    assert told(faults.carry_out(f"{act} twice at once", both)) == ""


def test_of_two_other_decisions_at_once_one_wins_and_the_other_is_told(faults: Pool) -> None:
    both = [Schedule("decide", runs=2, seed=seed, other="Price", name=f"two decisions, {seed}") for seed in SEEDS]

    assert told(faults.carry_out("two other decisions at once", both)) == ""


@pytest.mark.parametrize("act", ["decide", "undo"])
def test_what_a_run_did_and_could_not_say_is_said_by_the_next(faults: Pool, act: str) -> None:
    unsaid = at(faults, act, kinds.KILLED_BEFORE, "POST c" if ALL else "POST ch")  # conversations, chat

    assert told(faults.carry_out(f"{act}, killed before it spoke", unsaid)) == ""


def test_a_run_that_stood_still_too_long_sends_nothing_any_more(faults: Pool) -> None:
    renewals = [n for n, name in enumerate(faults.boundaries["decide"]) if name == "ledger renew:before"]
    later = Fault(0, step=kinds.FROZEN, run=1)
    still = [Schedule("decide", (Fault(n, step=kinds.FROZEN), later), 2, name=f"frozen at {n}") for n in renewals]

    assert told(faults.carry_out("a run stands still past its lease", still)) == ""
