"""What is said once talks were booked: the reply in the thread, and the report's first line and button."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tasks.reports.post import Post, lines
from tasks.reports.talks import booked_reply, booking_words, with_bookings
from tasks.rules.talks import Booked, Booking, NoTalk, Talk, TalkResult, TalkStanding

from .activity_posts import report_of
from .activity_reviews import (
    ANA,
    BOOK_URL,
    LI,
    TOM,
    UNTIL,
    full,
    full_talks,
    make_context,
    make_month,
    make_talk,
    quiet,
)
from .golden_files import agreed
from .hostile import HOSTILE, not_literal
from .slack_says import refused
from .test_activity_is_safe import OURS

EVENT = "00UHs00000000001AA"
WEDNESDAY = datetime(2026, 12, 2, 18, 30, tzinfo=UTC)
TEXTS = {Booked.REFUSED: "REQUIRED_FIELD_MISSING: Type", Booked.FORBIDDEN: "the user needs Create on Event"}


def draft(rep_id: str = ANA, **said: Any) -> Talk:
    return make_talk(rep_id, said.pop("starts", WEDNESDAY), **said)


def stands(talk: Talk, outcome: Booked | None = None, by: str = "Marisol Vega", **said: Any) -> TalkStanding:
    """The talk with what became of it; without an outcome nothing is decided."""
    if outcome is None:
        return TalkStanding(talk, **said)
    event = EVENT if outcome is Booked.BOOKED else ""
    result = TalkResult(talk.id, outcome, event, said.pop("detail", TEXTS.get(outcome, "")))
    return TalkStanding(talk, Booking(talk.id, by, UNTIL), result, **said)


def moved(talk: Talk, days: int = 1) -> Talk:
    """The draft of another time, in place of one whose time was taken."""
    return replace(talk, id=f"{talk.id}-2", starts=talk.starts + timedelta(days=days), instead_of=talk.id)


def reply(*standings: TalkStanding, again: tuple[Talk, ...] = (), none: tuple[NoTalk, ...] = (), **said: Any) -> Post:
    post = booked_reply(standings, again, none, make_context(**said))
    assert refused(post) == []
    return post


def buttons(post: Post) -> list[tuple[str, str]]:
    rows = [block["elements"] for block in post.blocks if block["type"] == "actions"]
    return [(element["text"]["text"], element["url"].removeprefix(BOOK_URL)) for row in rows for element in row]


def test_one_talk_that_was_booked_is_one_line() -> None:
    post = reply(stands(draft(), Booked.BOOKED))
    assert lines(post.blocks) == ["Booked by Marisol Vega: Ana Snyder, Wed 2 Dec 10:30 PT"]
    assert post.text == "Booked by Marisol Vega: Ana Snyder, Wed 2 Dec 10:30 PT"


def test_a_dry_run_books_nothing() -> None:
    assert reply(stands(draft(), Booked.BOOKED), dry_run=True).text.startswith("Would be booked by Marisol Vega: ")


def test_each_booked_talk_leads_to_its_event() -> None:
    post = reply(stands(draft(), Booked.BOOKED), stands(draft(TOM), Booked.BOOKED))
    assert lines(post.blocks) == [
        "Booked by Marisol Vega: 2 talks",
        "• Ana Snyder: Wed 2 Dec 10:30 PT, with Marisol Vega",
        "• Tom Okafor: Wed 2 Dec 10:30 PT, with Marisol Vega",
    ]
    assert str(post.blocks).count(f"https://acme.my.salesforce.com/lightning/r/Event/{EVENT}/view") == 2


def test_a_time_that_was_taken_comes_with_the_next_and_its_button() -> None:
    talk = draft()
    post = reply(stands(talk, Booked.TAKEN), again=(moved(talk),))
    assert lines(post.blocks) == [
        "Booked by Marisol Vega: none of 1 talk",
        "• Ana Snyder: Wed 2 Dec 10:30 PT: the time is taken; next free Thu 3 Dec 10:30 PT",
        "[Book Thu 3 Dec 10:30 PT]",
    ]
    assert buttons(post) == [("Book Thu 3 Dec 10:30 PT", moved(talk).id)]


def test_where_no_other_time_is_free_the_reason_stands() -> None:
    post = reply(stands(draft(), Booked.TAKEN), none=(NoTalk(ANA, "Ana Snyder", "No half hour is free: ask by hand"),))
    assert lines(post.blocks)[1:] == [
        "• Ana Snyder: Wed 2 Dec 10:30 PT: the time is taken; No half hour is free: ask by hand"
    ]


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Booked.REFUSED, "refused by Salesforce: REQUIRED_FIELD_MISSING: Type."),
        (Booked.FORBIDDEN, "not permitted: the user needs Create on Event."),
        (Booked.UNANSWERED, "not yet known. Run the same booking again: it looks first."),
    ],
)
def test_what_was_not_booked_says_why_and_what_to_do(outcome: Booked, told: str) -> None:
    post = reply(stands(draft(), outcome))
    assert lines(post.blocks) == [
        "Booked by Marisol Vega: none of 1 talk",
        f"• Ana Snyder: Wed 2 Dec 10:30 PT: {told}",
    ]


def test_a_decision_without_a_result_is_not_yet_known() -> None:
    standing = TalkStanding(draft(), Booking(draft().id, "Marisol Vega", UNTIL))
    assert "not yet known. Run the same booking again" in "\n".join(lines(reply(standing).blocks))


def test_a_mixed_order_reads_as_agreed() -> None:
    taken, refusal = draft(TOM, time_zone="America/New_York"), draft(LI)
    post = reply(
        stands(draft(), Booked.BOOKED),
        stands(refusal, Booked.REFUSED),
        stands(taken, Booked.TAKEN),
        again=(moved(taken, days=5),),
    )
    written = "\n".join(lines(post.blocks)) + "\n"
    assert written == agreed("booked.txt", written)


def test_a_next_time_nobody_asked_for_is_told_too() -> None:
    """The order is told again after its repair: another draft of an earlier one may be there."""
    post = reply(
        stands(draft(TOM), Booked.BOOKED),
        again=(moved(draft()),),
        none=(NoTalk(LI, "Li Wei", "No half hour is free"),),
    )
    assert lines(post.blocks) == [
        "Booked by Marisol Vega: Tom Okafor, Wed 2 Dec 10:30 PT",
        "• Ana Snyder: next free Thu 3 Dec 10:30 PT",
        "• Li Wei: No half hour is free",
        "[Book Thu 3 Dec 10:30 PT]",
    ]


def many(count: int) -> tuple[Talk, ...]:
    return tuple(draft(f"005Hs{n:011d}AA", id=f"talk-{n:03}", rep=f"Rep {n:03}") for n in range(count))


@pytest.mark.parametrize(
    ("count", "labels"),
    [
        (2, ["Book Thu 3 Dec 10:30 PT, Rep 000", "Book Thu 3 Dec 10:30 PT, Rep 001"]),
        (6, ["Book the next times"]),
    ],
)
def test_many_next_times_share_a_button(count: int, labels: list[str]) -> None:
    talks = many(count)
    again = tuple(map(moved, talks))
    post = reply(*(stands(talk, Booked.TAKEN) for talk in talks), again=again)
    assert [label for label, _ in buttons(post)] == labels
    assert ",".join(url for _, url in buttons(post)) == ",".join(talk.id for talk in again)


def test_more_than_fits_is_counted_and_keeps_the_button() -> None:
    talks = many(200)
    again = tuple(map(moved, talks))
    post = reply(*(stands(talk, Booked.TAKEN) for talk in talks), again=again)
    shown = lines(post.blocks)
    rows = sum(line.startswith("• ") for line in shown)
    assert 20 < rows < 200
    assert shown[-2] == f"{rows} of 200 shown"
    assert shown[-1].startswith("[Book the next times")


@pytest.mark.parametrize(
    ("standings", "suggested", "words"),
    [
        ([], 2, ""),
        ([stands(draft())], 1, ""),
        ([stands(draft(), Booked.BOOKED)], 1, "1 talk booked by Marisol Vega"),
        ([stands(draft(), Booked.BOOKED), stands(draft(TOM), Booked.BOOKED)], 2, "2 talks booked by Marisol Vega"),
        ([stands(draft(), Booked.BOOKED), stands(draft(TOM))], 2, "1 of 2 talks booked by Marisol Vega"),
        ([stands(draft(), Booked.BOOKED)], 3, "1 of 3 talks booked by Marisol Vega"),
        ([stands(draft(), Booked.REFUSED), stands(draft(TOM))], 2, "none of 2 talks booked yet"),
        (
            [stands(draft(), Booked.TAKEN, superseded_by="b"), stands(draft(id="b"), Booked.BOOKED)],
            1,
            "1 talk booked by Marisol Vega",
        ),
        (
            [stands(draft(), Booked.BOOKED), stands(draft(TOM), Booked.BOOKED, "Alex Mitchell")],
            2,
            "2 talks booked by Marisol Vega and 1 more",
        ),
    ],
    ids=["nothing", "undecided", "one", "both", "one of two", "without a draft", "refused", "moved", "two deciders"],
)
def test_what_the_first_line_says_of_bookings(standings: list[TalkStanding], suggested: int, words: str) -> None:
    assert booking_words(standings, suggested) == words


@pytest.fixture(scope="module")
def parent() -> Post:
    return report_of(full(), make_month(), full_talks()).parent


def first_two(*outcomes: Booked | None) -> list[TalkStanding]:
    return [stands(talk, outcome) for talk, outcome in zip(full_talks(), outcomes, strict=True)]


REST = "4 people over-contacted, 2 left waiting, 1 account untouched"
OTHERS = ["Open the activities", "Open the run"]


@pytest.mark.parametrize(
    ("outcomes", "words", "labels"),
    [
        ((None, None), "2 talks suggested", ["Book the talks"]),
        ((Booked.BOOKED, None), "1 of 2 talks booked by Marisol Vega", ["Book the rest"]),
        ((Booked.BOOKED, Booked.BOOKED), "2 talks booked by Marisol Vega", []),
        ((Booked.REFUSED, Booked.BOOKED), "1 of 2 talks booked by Marisol Vega", []),
        ((Booked.UNANSWERED, None), "none of 2 talks booked yet", ["Book the rest"]),
    ],
    ids=["undecided", "one", "both", "refused", "unanswered"],
)
def test_the_first_line_says_what_was_booked(
    parent: Post, outcomes: tuple[Booked | None, ...], words: str, labels: list[str]
) -> None:
    before = deepcopy(parent)
    post = with_bookings(parent, first_two(*outcomes), make_context())
    first = f"Rep activity · 25 Oct\u201323 Nov · {words}, {REST}"
    assert (lines(post.blocks)[0], post.text) == (first, first)
    assert [label for label, _ in buttons(post)] == [*labels, *OTHERS]
    assert refused(post) == []
    assert parent == before
    assert lines(post.blocks)[1:8] == lines(parent.blocks)[1:8]


def test_what_is_left_to_book_is_neither_decided_nor_replaced(parent: Post) -> None:
    [ana, tom] = full_talks()
    standings = [stands(ana, Booked.TAKEN, superseded_by="next"), stands(moved(ana)), stands(tom)]
    standings.append(stands(draft(LI, id="old"), superseded_by="another review"))
    assert buttons(with_bookings(parent, standings, make_context()))[0] == (
        "Book the rest",
        f"{moved(ana).id},{tom.id}",
    )


def test_a_rerun_of_the_report_is_told_the_same_again() -> None:
    rerun = report_of(full(), make_month(), full_talks(), updated=UNTIL).parent
    once = with_bookings(rerun, first_two(Booked.BOOKED, None), make_context())
    assert lines(once.blocks)[0].endswith(f"1 of 2 talks booked by Marisol Vega, {REST}")
    assert "replaces today's earlier report" in lines(once.blocks)[-10]
    assert with_bookings(rerun, first_two(Booked.BOOKED, None), make_context()) == once


def test_a_report_that_suggests_no_talk_any_more_gets_the_words_at_its_end() -> None:
    clean = report_of(quiet()).parent
    post = with_bookings(clean, first_two(Booked.BOOKED, Booked.BOOKED), make_context())
    assert lines(post.blocks)[0] == "2 talks booked by Marisol Vega"
    assert post.text.endswith(" · 2 talks booked by Marisol Vega")
    assert refused(post) == []


def test_without_a_form_the_last_button_goes_with_its_row() -> None:
    bare = {"list_url": "", "run_url": ""}
    parent = report_of(full(), None, full_talks(), **bare).parent
    post = with_bookings(parent, first_two(Booked.BOOKED, Booked.BOOKED), make_context(**bare))
    assert buttons(post) == []
    assert refused(post) == []


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_hostile_text_stays_text(text: str, parent: Post) -> None:
    talk = draft(rep=text, manager=text)
    standings = [stands(talk, outcome, text, detail=text) for outcome in Booked]
    again = (draft(id="talk-2", rep=text, manager=text, instead_of=talk.id), draft(id="talk-3", rep=text))
    none = (NoTalk(TOM, text, text),)
    for post in (
        reply(*standings, again=again, none=none),
        reply(standings[0]),
        with_bookings(parent, standings, make_context()),
    ):
        assert not_literal(post, OURS) == []
