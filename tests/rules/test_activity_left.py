"""Who is left: messages that wait for us, and accounts nobody has touched (handbook L138). The review is on Mon 23 Nov
2026 at 18:00, and looks back to Sun 25 Oct. Wed 11 Nov is Veterans Day, Thu 26 Nov Thanksgiving.
"""

from datetime import date
from typing import Any

import pytest

from tasks.rules.activity_findings import Rule, Window
from tasks.rules.business_days import OfficeDays

from .activity_builders import WINDOW, Row, account, deal, judge, make_book, met, moment, person, reply, touch

AT_17_59 = "11-20 17:59"  # Fri: a business day and a minute ago


def until(text: str) -> Window:
    at = moment(f"2026-{text}")
    assert at
    return Window(at, 30, "America/Los_Angeles")


def apart(record: Row, number: int) -> Row:
    """The record with ids of its own, so that many cases fit in one book."""
    ids = ("id", "person_id", "account_id")
    others = {"also": "; ".join(f"{who} {number}" for who in record["also"].split("; "))} if "also" in record else {}
    return record | {name: f"{record[name]} {number}" for name in ids if record.get(name)} | others


def found(
    rule: Rule,
    cases: list[list[Row]],
    *,
    booked: list[list[Row]] | None = None,
    deals: list[Row] | None = None,
    owners: list[tuple[str | None, str | None]] | None = None,
    window: Window = WINDOW,
) -> list[list[dict[str, Any]]]:
    """The findings of each case, all judged in one book: each has J. Doe and J. Roe, of an account Acme of its own.

    deals   of each case                owners  of each account, and of J. Doe's record
    """
    numbers = range(len(cases))
    people = [person("doe", owner_id=owners[n][1] if owners else None) for n in numbers]
    book = make_book(
        [apart(row, n) for n in numbers for row in (people[n], person("roe"))],
        accounts=[apart(account(owner_id=owners[n][0]) if owners else account(), n) for n in numbers],
        deals=[apart(row, n) for n, row in enumerate(deals or [])],
    )
    rows = [apart(row, n) for n in numbers for row in cases[n]]
    to_come = [apart(row, n) for n in numbers for row in (booked[n] if booked else [])]
    every = judge(rows, book, booked=to_come, window=window).all(rule)
    return [[one for one in every if one["account_id"].split(" ")[1] == str(n)] for n in numbers]


# When we look; when they wrote, and for how many business days they wait (None: they do not).
SINCE: dict[str, list[tuple[str, int | None]]] = {
    "11-23 18:00": [  # Mon
        ("11-23 09:00", None),
        ("11-20 18:00", None),  # Fri: a business day is not over before it is over
        ("11-20 17:59", 1),
        ("11-19 10:00", 2),  # Thu
        ("11-16 10:00", 5),
        ("11-21 10:00", None),  # Sat counts as Monday morning: due when Tuesday begins
    ],
    "11-24 00:00": [("11-21 10:00", None)],
    "11-24 00:01": [("11-21 10:00", 1), ("11-22 23:59", 1)],
    "11-11 23:00": [("11-10 15:00", None)],  # Wed is Veterans Day
    "11-12 15:00": [("11-10 15:00", None)],
    "11-12 15:01": [("11-10 15:00", 1)],  # Tue to Thu
    "11-13 00:00": [("11-11 09:00", None)],  # the holiday counts as Thursday morning
    "11-13 00:01": [("11-11 09:00", 1)],
    "11-27 15:00": [("11-25 15:00", None)],  # Thu 26 Nov is Thanksgiving
    "11-27 15:01": [("11-25 15:00", 1)],  # Wed to Fri
    "11-30 00:00": [("11-26 15:00", None)],  # the holiday counts as Friday morning
    "11-30 00:01": [("11-26 15:00", 1)],
    "11-02 15:01": [("10-30 15:00", 1)],  # Fri to Mon, the clocks went back on Sun
    "11-23 00:00": [("11-19 ?", None)],  # Thu, nobody knows when: the whole day is left
    "11-23 00:01": [("11-19 ?", 2)],
}


@pytest.mark.parametrize("looked", SINCE)
def test_a_message_waits_when_a_business_day_has_passed(looked: str) -> None:
    each = found(Rule.WAITING, [[reply(wrote)] for wrote, _ in SINCE[looked]], window=until(looked))
    days = [one[0]["value"] if one else None for one in each]
    assert [(wrote, n) for (wrote, _), n in zip(SINCE[looked], days, strict=True)] == SINCE[looked]


@pytest.mark.parametrize(
    ("wrote", "given", "waits"),
    [
        ("11-19 10:00", {"waiting_days": 2}, True),  # Thu, Fri, Mon
        ("11-19 18:00", {"waiting_days": 2}, False),
        (AT_17_59, {"office": OfficeDays(frozenset({date(2026, 11, 23)}))}, False),  # nobody works on Mon 23 Nov
        ("11-19 17:00", {"office": OfficeDays(frozenset({date(2026, 11, 20)}))}, True),
    ],
)
def test_the_days_are_settings(wrote: str, given: dict[str, Any], waits: bool) -> None:
    assert bool(judge([reply(wrote)], **given).all(Rule.WAITING)) is waits


# What J. Doe, of Acme, sent on Mon 16 Nov at 10:00, and whether it is a message that can wait.
MESSAGES: list[tuple[str, Row, bool]] = [
    ("a mail", reply("11-16"), True),
    ("a call", reply("11-16", kind="call"), True),
    ("a LinkedIn message", reply("11-16", kind="linkedin"), True),
    ("a mail to nobody of ours", reply("11-16", to=None), True),
    ("an automatic reply", reply("11-16", automated=True), False),
    ("a meeting", met("11-16"), False),
    ("support has its own clock", reply("11-16", support=True), False),
    ("a mail whose way is unknown", reply("11-16", direction="unknown"), False),
]


def test_what_can_wait() -> None:
    each = found(Rule.WAITING, [[row] for _, row, _ in MESSAGES])
    assert [(said, row, bool(one)) for (said, row, _), one in zip(MESSAGES, each, strict=True)] == MESSAGES


# What was said beside, and whether J. Doe still waits.
WORDS: list[tuple[str, list[Row], bool]] = [
    ("nothing", [], True),
    ("our answer", [touch("11-17")], False),
    ("that of another rep", [touch("11-17", by="ann")], False),
    ("that of a colleague who is no rep", [touch("11-17", by=None)], False),
    ("that of support", [touch("11-17", support=True)], False),
    ("a call of which nobody says the way", [touch("11-17", kind="call", direction="unknown")], False),
    ("a machine's", [touch("11-17", automated=True)], True),
    ("a mail from before", [touch("11-16 09:59")], True),
    ("a mail of the same minute", [touch("11-16 10:00")], False),
    ("one of the same day, nobody knows when", [touch("11-16 ?")], False),
    ("one of the day before, nobody knows when", [touch("11-15 ?")], True),
    ("a meeting", [met("11-18")], False),
    ("a meeting before", [met("11-13")], True),
    ("a mail to a colleague of theirs", [touch("11-17", to="roe")], True),
    ("a mail to a colleague, and to them too", [touch("11-17", to="roe", also="poe; doe")], False),
    ("a mail to a colleague, and to others", [touch("11-17", to="roe", also="poe")], True),
    ("a word to the account, naming nobody", [touch("11-17", to=None)], False),
    ("a word to another account", [touch("11-17", to=None, account_id="other")], True),
    ("our answer, and another message of theirs", [touch("11-17"), reply("11-18")], True),
]


def test_who_has_an_answer_does_not_wait() -> None:
    each = found(Rule.WAITING, [[reply("11-16"), *rows] for _, rows, _ in WORDS])
    waits = [any(one["person_id"] == f"doe {n}" for one in ones) for n, ones in enumerate(each)]
    assert [(said, rows, is_so) for (said, rows, _), is_so in zip(WORDS, waits, strict=True)] == WORDS


UNNAMED: list[tuple[list[Row], bool]] = [
    ([], True),
    ([touch("11-17")], False),
    ([touch("11-17", to=None)], False),
    ([touch("11-13")], True),
    ([touch("11-17", to="poe", account_id="other")], True),
]


def test_a_message_of_the_account_that_names_nobody_is_answered_by_a_word_to_anybody_there() -> None:
    each = found(Rule.WAITING, [[reply("11-16", by=None), *rows] for rows, _ in UNNAMED])
    assert [[one["person"] for one in ones] for ones in each] == [
        ["somebody at Acme"] if waits else [] for _, waits in UNNAMED
    ]


BOOKED: list[tuple[Row, bool]] = [
    ({"person_id": "doe"}, False),
    ({"person_id": "roe", "account_id": "acme"}, False),  # with a colleague of theirs
    ({"account_id": "acme"}, False),
    ({"person_id": "roe"}, True),
    ({"account_id": "other"}, True),
    ({}, True),
]


def test_who_has_a_meeting_booked_does_not_wait() -> None:
    booked = [[{"starts": "2026-11-24"} | row] for row, _ in BOOKED]
    each = found(Rule.WAITING, [[reply("11-16")]] * len(BOOKED), booked=booked)
    assert [(row, bool(one)) for (row, _), one in zip(BOOKED, each, strict=True)] == BOOKED


# Whom the message went to, who owns the account, who owns the lead or contact; whose it is, if a rep's.
CONCERNED: list[tuple[str | None, str | None, str | None, list[tuple[str, ...]]]] = [
    ("ann", "tom", "bea", [("ann",)]),
    (None, "tom", "bea", [("tom",)]),
    (None, "zoe", "bea", [("bea",)]),  # Zoe is no rep
    (None, None, "bea", [("bea",)]),
    (None, "zoe", "zoe", []),
    (None, None, None, []),
]


def test_whose_message_it_is() -> None:
    owners = [(owner, of_person) for _, owner, of_person, _ in CONCERNED]
    each = found(Rule.WAITING, [[reply("11-16", to=to)] for to, *_ in CONCERNED], owners=owners)
    assert [[one["rep_ids"] for one in ones] for ones in each] == [reps for *_, reps in CONCERNED]


def test_who_waits_for_somebody_who_is_no_rep_is_counted() -> None:
    book = make_book([person(), person("roe")], accounts=[account(owner_id="zoe")])
    assert judge([reply("11-16", to=None), reply("11-16", by="roe")], book).left.of_others == 1


def test_a_lead_of_no_account_waits_too() -> None:
    lead = person("lee", kind="lead", account_id=None, account="Initech", owner_id="tom")
    found = judge([reply("11-16", by="lee", account_id=None)], make_book([lead])).one(Rule.WAITING)
    assert (found["person"], found["account"], found["rep_ids"]) == ("J. Lee", "Initech", ("tom",))


def test_waiting_counts_from_the_oldest_message_and_shows_all() -> None:
    rows = [reply("11-09"), touch("11-10"), reply("11-16 09:00"), reply("11-18"), reply("11-23 17:00")]
    found = judge(rows).one(Rule.WAITING)
    assert found["words"] == "no answer for 5 business days"
    assert found["touch_ids"] == ("11-16 09:00 from doe", "11-18 from doe", "11-23 17:00 from doe")
    assert (found["level"], found["value"], found["handbook"]) == ("", 5, "L138, decisions")
    assert (found["person"], found["account_id"], found["account"]) == ("J. Doe", "acme", "Acme")
    assert (str(found["first_day"].date()), str(found["last_day"].date())) == ("2026-11-16", "2026-11-23")


def test_who_waits_longest_comes_first() -> None:
    rows = [reply("11-18", by="abe"), reply("11-16", by="roe"), reply("11-16", by="doe")]
    found = judge(rows, make_book([person(name) for name in ("abe", "doe", "roe")])).all(Rule.WAITING)
    assert [one["person"] for one in found] == ["J. Doe", "J. Roe", "J. Abe"]


def test_a_deleted_person_waits_all_the_same() -> None:
    [found] = judge([reply("11-16")], make_book([])).all(Rule.WAITING)
    assert (found["person"], found["touch_ids"]) == ("somebody at Acme", ("11-16 from doe",))


# --- accounts that nobody has touched ---
DEALS: list[tuple[str, Row, bool]] = [
    ("open since March", deal(), True),
    ("created just before the window", deal(created="2026-10-24 23:59"), True),  # Sat
    ("created on its first day", deal(created="2026-10-25 00:00"), False),
    ("nobody knows since when", deal(created=None), False),
    ("closed", deal(is_closed=True), False),
    ("nobody knows whether it is closed", deal(is_closed=None), True),
    ("of no account", deal(account_id=None), False),
    ("on the account of somebody who is no rep", deal(account_owner_id="zoe"), False),
    ("on an account without an owner, of a rep", deal(account_owner_id=None, owner_id="ann"), True),
    ("on an account without an owner, of no rep", deal(account_owner_id=None, owner_id="zoe"), False),
    ("without an amount", deal(amount=None), True),
]


def test_an_account_with_an_open_opportunity_and_no_touch() -> None:
    each = found(Rule.FORGOTTEN, [[]] * len(DEALS), deals=[row for _, row, _ in DEALS])
    assert [(said, row, bool(one)) for (said, row, _), one in zip(DEALS, each, strict=True)] == DEALS


ALIVE: list[tuple[str, list[Row], list[Row], bool]] = [
    ("a mail of ours", [touch("10-25")], [], False),
    ("one of a colleague who is no rep", [touch("11-02", by=None)], [], False),
    ("a mail of theirs", [reply("11-02")], [], False),
    ("a meeting", [met("11-02")], [], False),
    ("support", [touch("11-02", support=True)], [], False),
    ("a touch of nobody there", [touch("11-02", to=None)], [], False),
    ("a touch of a person there, filed elsewhere", [touch("11-02", account_id="other")], [], False),
    ("a touch of a person there, filed nowhere", [touch("11-02", account_id=None)], [], False),
    ("machines alone", [touch("11-02", automated=True)], [], True),
    ("an automatic reply", [reply("11-02", automated=True)], [], True),
    ("a touch elsewhere", [touch("11-02", to="poe", account_id="other")], [], True),
    ("a meeting to come with the account", [], [{"account_id": "acme", "starts": "2026-11-24"}], False),
    ("one with a person there", [], [{"person_id": "doe", "starts": "2026-11-24"}], False),
    ("one elsewhere", [], [{"person_id": "poe", "account_id": "other", "starts": "2026-11-24"}], True),
]


def test_an_account_that_was_touched_is_not_forgotten() -> None:
    touched, booked = [rows for _, rows, *_ in ALIVE], [rows for *_, rows, _ in ALIVE]
    each = found(Rule.FORGOTTEN, touched, booked=booked, deals=[deal()] * len(ALIVE))
    assert [(*case, bool(one)) for (*case, _), one in zip(ALIVE, each, strict=True)] == ALIVE


def test_what_is_said_of_a_forgotten_account() -> None:
    deals = [deal("b", amount=20_000.0, owner_id="ann"), deal("a"), deal("c", amount=None), deal("d", is_closed=True)]
    found = judge([], make_book(deals=deals)).one(Rule.FORGOTTEN)
    assert (found["value"], found["level"], found["rep_ids"]) == (70_000, "", ("tom",))
    assert found["words"] == "3 open opportunities, no touch since before 25 Oct"
    assert (found["account_id"], found["account"], found["touch_ids"]) == ("acme", "Acme", ())
    assert [isinstance(found[name], str) for name in ("person_id", "person")] == [False, False]
    [one] = judge([], make_book(deals=[deal()])).all(Rule.FORGOTTEN)
    assert one["words"] == "1 open opportunity, no touch since before 25 Oct"


def test_the_largest_forgotten_account_comes_first() -> None:
    deals = [deal("a"), deal("b", "globex", amount=90_000.0), deal("c", "initech", amount=None)]
    found = judge([], make_book(accounts=[], deals=deals)).all(Rule.FORGOTTEN)
    assert [one["account"] for one in found] == ["Globex", "Acme", "Initech"]
