"""What `make test` tries of faults: a part of all, in which every kind and every place is."""

import pytest

from tests.faults import schedules as kinds
from tests.faults.schedules import Schedule, drawn, everywhere, sampled, telling

ONE_RECORD = ("ledger plan:before", "ledger plan:after", "ledger claim:before", "ledger claim:after")
DECIDES = [
    "POST oauth2/token", "GET sobjects/Opportunity/describe", *(ONE_RECORD * 5), "POST composite", "POST composite",
    "POST conversations.replies", *ONE_RECORD, "POST chat.postMessage", "POST chat.getPermalink", "POST chat.update",
]  # fmt: skip
LOOKS, WRITES = (0, 1, 24, 30), (22, 23, 29, 31)


def places(schedules: list[Schedule]) -> set[int]:
    return {one.faults[0].at for one in schedules}


@pytest.mark.parametrize("kind", [*kinds.CALL_KINDS, kinds.ROW_LOCK, *kinds.STEP_KINDS])
def test_it_is_a_part_of_everything(kind: str) -> None:
    assert set(sampled("decide", DECIDES, kind)) <= set(everywhere("decide", DECIDES, kind))


@pytest.mark.parametrize("kind", [kind for kind in kinds.CALL_KINDS if kind != kinds.KILLED_BEFORE])
def test_what_changes_something_is_tried_with_every_kind(kind: str) -> None:
    assert places(sampled("decide", DECIDES, kind)) >= set(WRITES)


def test_before_one_call_it_is_killed() -> None:
    assert places(sampled("decide", DECIDES, kinds.KILLED_BEFORE)) == {WRITES[0]}


def test_what_only_looks_is_tried_with_one_kind_in_turn() -> None:
    tried = {kind: sorted(places(sampled("decide", DECIDES, kind)) - set(WRITES)) for kind in kinds.CALL_KINDS}

    assert tried == {
        kinds.KILLED_BEFORE: [],
        kinds.KILLED_AFTER: [],
        kinds.DROPPED_BEFORE: [LOOKS[0], LOOKS[3]],
        kinds.DROPPED_AFTER: [],
        kinds.UNAVAILABLE: [LOOKS[1]],
        kinds.UNAUTHORIZED: [LOOKS[2]],
    }


def test_of_what_is_done_for_record_after_record_the_first_and_the_last_are_tried() -> None:
    killed = [(one.faults[0].at, DECIDES[one.faults[0].at]) for one in sampled("decide", DECIDES, kinds.KILLED)]

    assert sorted(killed) == [
        (3, "ledger plan:after"),
        (5, "ledger claim:after"),
        (19, "ledger plan:after"),
        (21, "ledger claim:after"),
        (26, "ledger plan:after"),
        (28, "ledger claim:after"),
    ]


def test_of_what_is_drawn_those_are_taken_that_differ_most() -> None:
    lengths = dict.fromkeys(("decide", "undo", "review"), len(DECIDES))
    every = [drawn(seed, lengths) for seed in range(100)]

    some = telling(every, dict.fromkeys(lengths, DECIDES), 20)

    assert len(set(some)) == 20
    assert tried(some) > tried(every[:20]) * 1.4


def tried(some: list[Schedule]) -> int:
    """At how many kinds of places something happens, alone or beside another run."""
    return len({(s.act, s.runs, DECIDES[one.at], one.kind(DECIDES[one.at])) for s in some for one in s.faults})
