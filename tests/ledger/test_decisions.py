"""What is remembered of proposals and of what a person decided, on both databases."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta, timezone
from typing import Any

import pytest

from tasks.clients import Refused
from tasks.ledger_decisions import Decisions
from tasks.rules.proposals import Outcome, Proposal, Result
from tests.ledger.decision_builders import ACME, HOOLI, MONDAY, REPORT, at_once, deal, decision, proposal, stood, undo

DEALS: dict[str, dict[str, Any]] = {
    "as usual": {},
    "nothing recorded": {"amount": None, "value": None, "close_date": None, "last_touch": None},
    "floats to the last digit": {"amount": 0.1 + 0.2, "value": -1e22},
    "money that is no number": {"amount": float("inf"), "value": float("-inf")},
    "days far away": {"close_date": date(1700, 1, 1), "last_touch": date(4000, 12, 31)},
    "a microsecond": {"modified": MONDAY + timedelta(microseconds=1)},
    "a moment in another zone": {"modified": MONDAY.astimezone(timezone(timedelta(hours=-8)))},
    "no evidence": {"evidence": ()},
    "three lines of evidence": {"evidence": ("9 Oct email", "2 Sep reply", "1 Sep call")},
    "long names": {"name": "N" * 300, "account": "Ä" * 300},
    "hostile text": {"name": "👩\u200d👧 \u202e Acme\u200b", "next_step": "'; DROP TABLE proposal; --\n\t\\"},
}


def test_a_deal_comes_back_exactly_as_it_was_proposed(store: Decisions) -> None:
    made = proposal(deals=tuple(deal(**known) for known in DEALS.values()))

    store.propose(made)

    kept = stood(store, made.id).proposal
    assert dict(zip(DEALS, kept.deals, strict=True)) == dict(zip(DEALS, made.deals, strict=True))
    assert kept == made


def test_text_that_no_database_holds_loses_one_character_and_no_record(store: Decisions) -> None:
    """NUL, half of an emoji; the two halves of one, apart, are joined."""
    said, kept = "A\0 B\ud83d C\ud83d\ude00", "A\ufffd B\ufffd C😀"
    made = proposal(scope=said, headline=said, deals=(deal(name=said, evidence=(said,)), deal(id=HOOLI)))

    store.propose(made)
    store.record(decision(by=said, loss_reason=said))
    store.keep_before(made.id, "close", ACME, {"Name": said, said: [said]}, {"NextStep": said})
    store.settle(made.id, "close", Result(HOOLI, Outcome.REFUSED, detail=said))
    store.record_undo(undo(undone_by=said))

    standing, image = stood(store, made.id), store.images(made.id, "close")[ACME]
    deals = deal(name=kept, evidence=(kept,)), deal(id=HOOLI)
    assert standing.proposal == proposal(scope=kept, headline=kept, deals=deals)
    assert standing.decision == decision(by=kept, loss_reason=kept)
    assert standing.closed == (Result(HOOLI, Outcome.REFUSED, detail=kept),)
    assert standing.undos == (undo(undone_by=kept),)
    assert (image.before, image.sent) == ({"Name": kept, kept: [kept]}, {"NextStep": kept})


def test_the_same_proposal_again_changes_nothing(store: Decisions) -> None:
    store.propose(proposal())

    store.propose(proposal(minutes=5, headline="another"))

    assert store.standings_of(REPORT) == [store.standing(proposal().id)]
    assert store.latest(REPORT) == store.standing(proposal().id)
    assert stood(store, proposal().id).proposal == proposal()


def test_what_is_not_known_is_none(store: Decisions) -> None:
    assert store.standing("2026-11-23-zzzzzz") is None
    assert store.latest("no such report") is None
    assert store.standings_of("no such report") == []
    assert store.results("2026-11-23-zzzzzz", "close") == ()
    assert store.images("2026-11-23-zzzzzz", "close") == {}
    assert store.undos("2026-11-23-zzzzzz") == ()


MON_16, MON_23, LATER = "2026-11-16-aaaaaa", "2026-11-23-bbbbbb", "2026-11-23-cccccc"


@pytest.mark.parametrize(
    ("made", "replaced"),
    [
        pytest.param([proposal(MON_23, minutes=0), proposal(LATER, minutes=5)], {MON_23: LATER}, id="a rerun"),
        pytest.param([proposal(MON_23), proposal(LATER)], {MON_23: LATER}, id="a rerun in the same moment"),
        pytest.param(
            [proposal(MON_16, minutes=-10080, day=date(2026, 11, 16), report_key="last week"), proposal(MON_23)],
            {MON_16: MON_23},
            id="the week after",
        ),
        pytest.param(
            [proposal(MON_16, minutes=-10080), proposal(MON_23), proposal(LATER, minutes=5)],
            {MON_16: LATER, MON_23: LATER},
            id="twice: both lead to the newest",
        ),
        pytest.param([proposal(LATER, minutes=5), proposal(MON_23)], {MON_23: LATER}, id="the older one arrives late"),
        pytest.param([proposal(MON_23), proposal(LATER, minutes=5, scope="Tom Owner")], {}, id="another scope"),
        pytest.param([proposal(MON_23), proposal(LATER, minutes=5, ritual="other")], {}, id="another ritual"),
        pytest.param(
            [proposal(MON_23), proposal(LATER, minutes=5), proposal(MON_23, minutes=9)],
            {LATER: MON_23},
            id="the first is made anew: it stands again",
        ),
        pytest.param(
            [proposal(MON_23), proposal(LATER, minutes=5), proposal(MON_23)],
            {MON_23: LATER},
            id="the first is told again: it stays replaced",
        ),
        pytest.param(
            [proposal(MON_23), proposal(LATER), proposal(MON_23)], {MON_23: LATER}, id="told again in the same moment"
        ),
    ],
)
def test_an_undecided_proposal_is_replaced_by_a_newer_one(
    store: Decisions, made: Iterable[Proposal], replaced: dict[str, str]
) -> None:
    for one in made:
        store.propose(one)

    by = {one.id: stood(store, one.id).superseded_by for one in made}
    assert {name: other for name, other in by.items() if other} == replaced


def test_a_decided_proposal_is_never_replaced(decided: Decisions) -> None:
    decided.propose(proposal(LATER, minutes=90))

    first, second = decided.standings_of(REPORT)
    assert (first.decision, first.superseded_by) == (decision(), "")
    assert (second.decision, second.superseded_by) == (None, "")


def test_a_report_has_its_proposals_in_the_order_they_were_made(store: Decisions) -> None:
    for one in (proposal("z", minutes=0), proposal("m", minutes=5), proposal("a", minutes=5)):
        store.propose(one)

    assert [one.proposal.id for one in store.standings_of(REPORT)] == ["z", "m", "a"]
    assert store.latest(REPORT) == stood(store, "a")


def test_the_first_decision_stands(store: Decisions) -> None:
    store.propose(proposal())

    assert store.record(decision()) == decision()
    assert store.record(decision(by="Ann Lee", approved=(), run_id="run-9")) == decision()
    assert stood(store, proposal().id).decision == decision()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("2026-11-23-zzzzzz", "There is no proposal 2026-11-23-zzzzzz", id="unknown"),
        pytest.param(MON_23, f"replaced in the meantime: decide {LATER} instead", id="replaced"),
    ],
)
def test_what_cannot_be_decided_is_refused(store: Decisions, name: str, sentence: str) -> None:
    store.propose(proposal(MON_23))
    store.propose(proposal(LATER, minutes=5))

    with pytest.raises(Refused, match=sentence):
        store.record(decision(name))

    assert [one.decision for one in store.standings_of(REPORT)] == [None, None]


def test_a_moment_without_a_zone_is_refused(decided: Decisions) -> None:
    naive = MONDAY.replace(tzinfo=None)
    calls: dict[str, Callable[[], Any]] = {
        "proposal new": lambda: decided.propose(proposal("new", made_at=naive)),
        f"the last change of {ACME}": lambda: decided.propose(proposal("new", deals=(deal(modified=naive),))),
        f"the decision of {proposal().id}": lambda: decided.record(decision(decided_at=naive)),
        f"the undo of {proposal().id}": lambda: decided.record_undo(undo(undone_at=naive)),
    }

    for of, call in calls.items():
        with pytest.raises(ValueError, match=f"{of}: a moment needs a time zone, not 2026-11-23T15:00:00"):
            call()


def test_of_two_deciders_at_once_one_wins_and_both_learn_who(store: Decisions) -> None:
    for number in range(20):
        name = f"2026-11-23-{number:06}"
        store.propose(proposal(name, scope=name))
        alex, ann = decision(name, "Alex Mitchell"), decision(name, "Ann Lee", approved=())

        one, other = at_once(lambda a=alex: store.record(a), lambda b=ann: store.record(b))  # type: ignore[misc]

        assert one == other
        assert one in {alex, ann}


def test_a_decision_and_a_newer_proposal_at_once_never_both_hold(store: Decisions) -> None:
    """Either the decision is taken down and nothing replaces it, or it is refused."""
    for number in range(20):
        old, new = (
            proposal(f"{number:06}-{name}", minutes=m, scope=str(number)) for name, m in (("old", 0), ("new", 5))
        )
        store.propose(old)

        said, _ = at_once(lambda n=old.id: store.record(decision(n)), lambda p=new: store.propose(p))  # type: ignore[misc]

        standing = stood(store, old.id)
        expected = (None, new.id) if isinstance(said, Refused) else (said, "")
        assert (standing.decision, standing.superseded_by) == expected


def test_of_two_proposals_at_once_the_later_one_stands(store: Decisions) -> None:
    for number in range(20):
        old, new = (
            proposal(f"{number:06}-{name}", minutes=m, scope=str(number)) for name, m in (("old", 0), ("new", 5))
        )

        at_once(lambda p=new: store.propose(p), lambda p=old: store.propose(p))  # type: ignore[misc]

        assert [stood(store, one.id).superseded_by for one in (old, new)] == [new.id, ""]
