"""What is kept of talks that somebody wanted booked: what became of them, and another time where it was taken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_activity import Talks
from tasks.ledger_tables import TalkResultRow, TalkRow
from tasks.rules.talks import Booked, Talk, TalkResult, TalkStanding
from tests.ledger.decision_builders import at_once
from tests.ledger.talk_builders import JANUARY, LENA, MADE, NEXT_REPORT, REPORT, A, B, C, booking, stood, talk


@pytest.fixture
def decided(ledger: Ledger) -> Talks:
    """One talk that is to be booked."""
    store = Talks(ledger)
    store.draft([talk()])
    store.record(booking())
    return store


@pytest.fixture
def taken(decided: Talks) -> Talks:
    """One talk whose time was taken when it was to be booked."""
    decided.settle(TalkResult(A, Booked.TAKEN))
    return decided


def another(name: str = B, minutes: int = 120, **known: Any) -> Talk:
    """A draft of another time for the one that was taken."""
    return talk(name, minutes=minutes, starts=MADE + timedelta(days=2), **{"instead_of": A, **known})


def test_what_is_final_never_changes_again(decided: Talks) -> None:
    first = {outcome: TalkResult(outcome.name, outcome, "00U1", "a sentence") for outcome in Booked if outcome.is_final}
    for one in first.values():
        decided.draft([talk(one.talk_id, rep_id=one.talk_id)])
        decided.record(booking(one.talk_id))
        decided.settle(one)

        for other in Booked:
            decided.settle(TalkResult(one.talk_id, other, detail="another"))

    assert {outcome: stood(decided, outcome.name).result for outcome in first} == first
    assert set(Booked) - set(first) == {Booked.UNANSWERED}


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_what_is_not_known_yet_is_replaced_when_it_is(decided: Talks) -> None:
    for one in (
        TalkResult(A, Booked.UNANSWERED, detail="no answer"),
        TalkResult(A, Booked.UNANSWERED, detail="again none"),
        TalkResult(A, Booked.BOOKED, "00U000000000001AAA"),
    ):
        decided.settle(one)
        assert stood(decided, A).result == one


def test_what_nobody_decided_has_no_result(decided: Talks) -> None:
    decided.draft([talk(B, minutes=90)])

    with pytest.raises(Refused, match=f"Nobody has decided talk {B}: book it first"):
        decided.settle(TalkResult(B, Booked.BOOKED))

    assert stood(decided, B).result is None


def test_another_time_is_drafted_for_one_that_was_taken(taken: Talks) -> None:
    taken.draft([talk(C, rep_id=LENA, minutes=90)])

    assert taken.redraft(another()) == another()

    assert stood(taken, B) == TalkStanding(another())
    assert stood(taken, A) == TalkStanding(talk(), booking(), TalkResult(A, Booked.TAKEN))
    assert taken.record(booking(B)) == booking(B)


def test_the_second_run_that_finds_it_taken_gets_what_the_first_drafted(taken: Talks) -> None:
    taken.redraft(another(B))
    taken.record(booking(B))

    assert taken.redraft(another(C, minutes=125)) == another(B)
    assert taken.standing(C) is None


def test_of_two_runs_at_once_that_find_it_taken_one_drafts(taken: Talks) -> None:
    one, other = at_once(lambda: taken.redraft(another(B)), lambda: taken.redraft(another(C)))

    assert one == other
    assert len(taken.standings_of(REPORT)) == 2


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("drafted", [True, False], ids=["after the redraft", "before it"])
def test_the_draft_of_a_later_review_is_the_other_time(taken: Talks, drafted: bool) -> None:
    later = talk(C, minutes=JANUARY, report_key=NEXT_REPORT)
    if drafted:
        taken.redraft(another(minutes=JANUARY - 5))
    taken.draft([later])

    assert taken.redraft(another("again", minutes=JANUARY + 5)) == later
    assert stood(taken, C) == TalkStanding(later)


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_later_review_whose_talk_is_booked_offers_no_time(taken: Talks) -> None:
    taken.draft([talk(C, minutes=JANUARY, report_key=NEXT_REPORT)])
    taken.record(booking(C))

    assert taken.redraft(another(minutes=JANUARY + 5)).id == B


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_time_that_was_offered_and_replaced_before_stands_again(ledger: Ledger) -> None:
    """The first review found Friday, its rerun found Wednesday; Wednesday was taken, and Friday is next again."""
    store = Talks(ledger)
    store.draft([talk(B)])
    store.draft([talk(A, minutes=5)])
    store.record(booking(A))
    store.settle(TalkResult(A, Booked.TAKEN))
    friday = talk(B, minutes=120, instead_of=A)

    assert store.redraft(friday) == friday
    assert stood(store, B) == TalkStanding(friday)


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_nothing_is_redrafted_unless_the_time_was_taken(decided: Talks) -> None:
    others = [one for one in Booked if one is not Booked.TAKEN]
    for one in others:
        decided.draft([talk(one.name, rep_id=one.name)])
        decided.record(booking(one.name))
        decided.settle(TalkResult(one.name, one))

    for name in [C, "", A, *(one.name for one in others)]:
        with pytest.raises(Refused, match=f"The time of talk {name} was not found taken"):
            decided.redraft(another(instead_of=name))

    assert decided.standing(B) is None


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_moment_without_a_zone_is_refused(taken: Talks) -> None:
    naive = MADE.replace(tzinfo=None)
    calls: dict[str, Callable[[], object]] = {
        f"talk {C}": lambda: taken.draft([talk(C, drafted_at=naive)]),
        f"the beginning of {C}": lambda: taken.redraft(replace(another(C), starts=naive)),
        f"the booking of {A}": lambda: taken.record(booking(decided_at=naive)),
    }

    for of, call in calls.items():
        with pytest.raises(ValueError, match=f"{of}: a moment needs a time zone, not 2026-12-01T15:00:00"):
            call()


SPOILT: dict[str, Any] = {
    "no agenda": update(TalkRow).values(agenda=text("'null'")),
    "an unknown outcome": update(TalkResultRow).values(outcome="postponed"),
}


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_row_that_makes_no_sense_says_which_and_what_to_do(decided: Talks, ledger: Ledger, spoilt: str) -> None:
    decided.settle(TalkResult(A, Booked.BOOKED))
    with ledger.session() as session:
        session.execute(SPOILT[spoilt])

    for read in (lambda: decided.standing(A), lambda: decided.standings_of(REPORT)):
        with pytest.raises(Refused, match=f"alk {A} cannot be read from the ledger .* run the review again"):
            read()


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_what_makes_no_sense_is_not_gone_on_with(taken: Talks, ledger: Ledger) -> None:
    taken.redraft(another(B))
    with ledger.session() as session:
        session.execute(update(TalkRow).values(agenda=text("'null'")))

    with pytest.raises(Refused, match=f"Talk {B} cannot be read"):
        taken.redraft(another(C))

    with ledger.session() as session:
        session.execute(update(TalkResultRow).values(outcome="postponed"))
    with pytest.raises(Refused, match=f"The result of talk {A} cannot be read"):
        taken.settle(TalkResult(A, Booked.BOOKED))


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_row_that_makes_no_sense_is_in_nobodys_way(taken: Talks, ledger: Ledger) -> None:
    """Its rep gets another time and another draft."""
    with ledger.session() as session:
        session.execute(update(TalkRow).values(agenda=text("'no JSON'")))

    assert taken.redraft(another(B)) == another(B)
    taken.draft([talk(C, minutes=JANUARY)])

    assert stood(taken, C) == TalkStanding(talk(C, minutes=JANUARY))


@pytest.mark.parametrize(
    ("result", "days", "comes"),
    [
        pytest.param(Booked.BOOKED, 0, True, id="booked"),
        pytest.param(Booked.UNANSWERED, 0, True, id="not known yet"),
        pytest.param(None, 0, True, id="ordered and not begun"),
        pytest.param(Booked.TAKEN, 0, False, id="its time was taken"),
        pytest.param(Booked.REFUSED, 0, False, id="refused"),
        pytest.param(Booked.BOOKED, 2, False, id="over"),
    ],
)
def test_a_talk_to_come_is_one_that_somebody_ordered_and_that_may_take_place(
    decided: Talks, result: Booked | None, days: int, comes: bool
) -> None:
    decided.draft([talk(B, rep_id=LENA)])  # nobody has ordered this one
    if result:
        decided.settle(TalkResult(A, result))

    assert [one.id for one in decided.to_come(MADE + timedelta(days=days))] == ([A] if comes else [])
