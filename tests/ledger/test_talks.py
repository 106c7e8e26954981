"""What is remembered of coaching talks: the drafts, and who wants which booked; on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_activity import Talks
from tasks.rules.talks import Booked, Talk, TalkResult, TalkStanding
from tests.ledger.decision_builders import at_once
from tests.ledger.talk_builders import JANUARY, LENA, MADE, NEXT_REPORT, REPORT, A, B, C, booking, stood, talk


@pytest.fixture
def store(ledger: Ledger) -> Talks:
    return Talks(ledger)


TALKS: dict[str, Talk] = {
    "as usual": talk(),
    "a microsecond": talk(starts=MADE + timedelta(microseconds=1)),
    "a moment in another zone": talk(starts=MADE.astimezone(timezone(timedelta(hours=-8)))),
    "instead of another": talk(instead_of=B),
    "no agenda": talk(agenda=()),
    "long and hostile": talk(
        subject="Ä" * 300, agenda=("👩\u200d👧 \u202e'; DROP TABLE talk; --\n",), rep="<!channel>"
    ),
}


def test_a_talk_comes_back_exactly_as_it_was_drafted(store: Talks) -> None:
    made = {case: replace(one, id=case, rep_id=case) for case, one in TALKS.items()}

    store.draft(list(made.values()))

    assert {case: store.standing(case) for case in made} == {case: TalkStanding(one) for case, one in made.items()}


def test_text_that_no_database_holds_loses_one_character_and_no_talk(store: Talks) -> None:
    """NUL, half of an emoji."""
    said, kept = "A\0 B\ud83d", "A\ufffd B\ufffd"
    store.draft([talk(rep=said, because=said, agenda=(said, "a line"))])
    store.record(booking(by=said))
    store.settle(TalkResult(A, Booked.REFUSED, detail=said))

    standing = stood(store, A)
    assert standing.talk == talk(rep=kept, because=kept, agenda=(kept, "a line"))
    assert (standing.booking, standing.result) == (booking(by=kept), TalkResult(A, Booked.REFUSED, detail=kept))


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_what_is_not_known_is_none(store: Talks) -> None:
    assert store.standing(A) is None
    assert store.standings_of("no such report") == []


# The drafts in the order in which they come, and which of them are replaced by which.
DRAFTED: dict[str, tuple[list[Talk], dict[str, str]]] = {
    "a rerun with another time": ([talk(A), talk(B, minutes=5)], {A: B}),
    "a rerun in the same moment": ([talk(A), talk(B)], {A: B}),
    "the month after": ([talk(A), talk(B, minutes=JANUARY, report_key=NEXT_REPORT)], {A: B}),
    "twice: both lead to the newest": ([talk(A), talk(B, minutes=5), talk(C, minutes=9)], {A: C, B: C}),
    "the older one arrives late": ([talk(B, minutes=5), talk(A)], {A: B}),
    "another rep": ([talk(A), talk(B, minutes=5, rep_id=LENA)], {}),
    "the same again": ([talk(A), talk(A, minutes=5)], {}),
    "made anew: it stands again": ([talk(A), talk(B, minutes=5), talk(A, minutes=9)], {B: A}),
    "told again: it stays replaced": ([talk(A), talk(B, minutes=5), talk(A)], {A: B}),
    "told again in the same moment": ([talk(A), talk(B), talk(A)], {A: B}),
}


def test_an_undecided_draft_is_replaced_by_a_newer_one_of_its_rep(store: Talks) -> None:
    found = {}
    for case, (drafted, _) in DRAFTED.items():
        for one in drafted:  # every case has reps of its own
            store.draft([replace(one, id=f"{case} {one.id}", rep_id=f"{case} {one.rep_id}")])
        by = {one.id: stood(store, f"{case} {one.id}").superseded_by.removeprefix(f"{case} ") for one in drafted}
        found[case] = {name: other for name, other in by.items() if other}

    assert found == {case: expected for case, (_, expected) in DRAFTED.items()}


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_draft_that_stands_is_as_it_was_made_first(store: Talks) -> None:
    store.draft([talk()])

    store.draft([talk(minutes=5, because="another")])

    assert stood(store, A) == TalkStanding(talk())


def test_a_decided_talk_is_never_replaced(store: Talks) -> None:
    store.draft([talk()])
    store.record(booking())

    store.draft([talk(B, minutes=90)])

    assert stood(store, A) == TalkStanding(talk(A), booking())
    assert stood(store, B) == TalkStanding(talk(B, minutes=90))


def test_a_report_has_its_talks_in_the_order_they_were_made(store: Talks) -> None:
    store.draft([talk("z"), talk("m", rep_id=LENA)])
    store.draft([talk("b", minutes=5), talk("a", minutes=5, rep_id=LENA)])
    store.draft([talk("other", minutes=5, rep_id="005000000000003AAA", report_key=NEXT_REPORT)])

    assert [one.talk.id for one in store.standings_of(REPORT)] == ["z", "m", "b", "a"]


def test_all_drafts_of_a_review_are_kept_or_none(store: Talks) -> None:
    with pytest.raises(ValueError, match=f"the beginning of {B}: a moment needs a time zone"):
        store.draft([talk(A), talk(B, rep_id=LENA, starts=datetime(2026, 12, 2, 9))])  # noqa: DTZ001 - on purpose

    assert store.standings_of(REPORT) == []


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_the_first_decision_stands(store: Talks) -> None:
    store.draft([talk()])

    assert store.record(booking()) == booking()
    assert store.record(booking(by="Ann Lee", run_id="run-9")) == booking()
    assert stood(store, A).booking == booking()


def test_what_cannot_be_booked_is_refused(store: Talks) -> None:
    store.draft([talk(A)])
    store.draft([talk(B, minutes=5)])

    with pytest.raises(Refused, match=f"There is no drafted talk {C}: run the activity review"):
        store.record(booking(C))
    with pytest.raises(Refused, match=f"Talk {A} was replaced in the meantime: book {B} instead"):
        store.record(booking(A))

    assert [one.booking for one in store.standings_of(REPORT)] == [None, None]


def test_of_two_deciders_at_once_one_wins_and_both_learn_who(store: Talks) -> None:
    for number in range(5):
        name = f"talk-{number}"
        store.draft([talk(name, rep_id=name)])
        marisol, ann = booking(name), booking(name, "Ann Lee")

        one, other = at_once(lambda a=marisol: store.record(a), lambda b=ann: store.record(b))  # type: ignore[misc]

        assert one == other
        assert one in {marisol, ann}


def test_a_decision_and_a_newer_draft_at_once_never_both_hold(store: Talks) -> None:
    """Either the decision is taken down and nothing replaces the talk, or it is refused."""
    for number in range(10):
        old, new = (talk(f"{number}-{name}", minutes=m, rep_id=str(number)) for name, m in (("old", 0), ("new", 5)))
        store.draft([old])

        said, _ = at_once(lambda n=old.id: store.record(booking(n)), lambda t=new: store.draft([t]))  # type: ignore[misc]

        standing = stood(store, old.id)
        expected = (None, new.id) if isinstance(said, Refused) else (said, "")
        assert (standing.booking, standing.superseded_by) == expected
