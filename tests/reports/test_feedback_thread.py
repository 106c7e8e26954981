"""The thread, the table and the file of the feedback sweep: nothing is lost on the way from the conversations."""

import csv
import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from tasks.reports.feedback import message
from tasks.reports.feedback_table import table
from tasks.reports.post import lines
from tasks.rules.feedback import Details, Item, Kind, Need, Priority, Sweep
from tests.sweeps import (
    at,
    make_candidate,
    make_channels,
    make_conversation,
    make_customer,
    make_draft,
    make_item,
    make_message,
    make_reply,
    make_request,
    make_sweep,
)

from . import feedback_nights
from .feedback_posts import make_context, shown, thread_of


def below(title: str, sweep: Sweep) -> list[str]:
    """The lines of the thread from that heading to the next empty one."""
    said = thread_of(sweep)
    start = next(n for n, line in enumerate(said) if line.startswith(title))
    end = next((n for n in range(start, len(said)) if not said[n]), len(said))
    return said[start + 1 : end]


def headings(sweep: Sweep) -> list[str]:
    blocks = [block for post in message(sweep, make_context()).thread for block in ({"type": "divider"}, *post.blocks)]
    return [lines([two])[0] for one, two in pairwise(blocks) if one["type"] == "divider"]


def test_customers_stand_by_name_and_each_with_its_conversations_in_their_order() -> None:
    zed, ann = make_customer("Zed", value=None, renewal=None), make_customer("ann", value=None, renewal=None)
    bob = make_customer("Bob", value=None, renewal=None)
    items = [
        make_item("first", customer=zed), make_item("second", customer=bob), make_item("third", customer=zed),
        make_item("fourth", customer=ann),
    ]  # fmt: skip
    sweep = make_sweep(items)
    assert headings(sweep)[:4] == ["ann", "Bob", "Zed (1 of 2)", "Zed (2 of 2)"]
    assert "“first”" in below("Zed (1 of 2)", sweep)
    assert "“third”" in below("Zed (2 of 2)", sweep)


def test_two_customers_of_one_name_are_two() -> None:
    one, two = make_customer("Acme", account_id="001A"), make_customer("Acme", account_id="001B")
    assert [line[:4] for line in headings(make_sweep([make_item(customer=one), make_item(customer=two)]))[:2]] == (
        ["Acme", "Acme"]
    )
    assert "Acme (1 of 2)" not in "".join(headings(make_sweep([make_item(customer=one), make_item(customer=two)])))


SIGNS = [
    ("R.", "fails", "very slow", "R · bug? because of “fails” · P1? because of “very slow”"),
    ("R.", "fails", "", "R · bug? because of “fails” · P1? by default"),
    ("R.", "fails", "fails", "R · bug? P1? because of “fails”"),
    ('asks: "fails"', "fails", "fails", 'asks: "fails" · bug? P1? by these words'),
    ('asks: "it fails"', "fails", "fails", 'asks: "it fails" · bug? P1? because of “fails”'),
    ("", "", "", "no reason was given · bug? P1? by default"),
]


@pytest.mark.parametrize(("reason", "kind_sign", "priority_sign", "said"), SIGNS)
def test_what_was_guessed_quotes_its_sign(reason: str, kind_sign: str, priority_sign: str, said: str) -> None:
    signs: dict[str, Any] = {"kind_sign": kind_sign, "priority_sign": priority_sign}
    item = make_item(reason=reason, kind=Kind.BUG, priority=Priority.P1, **signs)
    assert f"Why: {said}" in below("Acme", make_sweep([item]))


@pytest.mark.parametrize(("from_before", "words"), [(True, "waits since Sun 10:00"), (False, "came Sun 10:00")])
def test_what_waited_before_says_so(from_before: bool, words: str) -> None:
    item = make_item(from_before=from_before)
    assert f" · {words} · no reply from us · our own goal Mon 07:00" in below("Acme", make_sweep([item]))[0]


def test_an_hour_that_is_disputed_says_by_which_lines() -> None:
    said = "Came in the hour in which the handbook says both open and closed (L50, L76)"
    assert said in below("Acme", make_sweep([make_item(disputed=True)]))
    assert said not in below("Acme", make_sweep([make_item()]))


def talk(count: int, after: int = 0) -> Item:
    """A conversation of that many messages, of which the first so many were looked at before."""
    said = [make_message(f"message {n}", at(22, f"{n:02}:00"), name="") for n in range(count)]
    said[1:2] = [make_reply("our reply", at(22, "01:00"))]
    mark = said[after - 1].ts if after else ""
    return make_item(conversation=make_conversation(*said, after=mark), asked_at=at(22, f"{max(after, 2):02}:00"))


def test_the_new_messages_are_quoted_with_who_and_when() -> None:
    assert below("Acme", make_sweep([talk(4)]))[3:] == [
        "U0JO · Sun 00:00", "“message 0”", "Tom Okafor (us) · Sun 01:00", "“our reply”", "U0JO · Sun 02:00",
        "“message 2”", "U0JO · Sun 03:00", "“message 3”",
    ]  # fmt: skip
    assert below("Acme", make_sweep([talk(4, after=3)]))[3:] == (
        ["1 of 4 messages of the thread:", "U0JO · Sun 03:00", "“message 3”"]
    )


def test_of_many_messages_the_first_and_the_last_are_quoted() -> None:
    said = below("Acme", make_sweep([talk(9)]))
    assert [line for line in said if line.startswith("“")] == (
        ["“message 0”", "“message 6”", "“message 7”", "“message 8”"]
    )
    assert "4 of 9 messages of the thread:" in said


def test_what_waits_since_before_is_quoted_though_it_is_no_news() -> None:
    item = replace(talk(4, after=3), asked_at=at(22, "02:00"), from_before=True)
    assert "“message 2”" in below("Acme", make_sweep([item]))


def test_a_long_message_is_cut_and_its_files_are_named() -> None:
    item = make_item("word " * 300, files=tuple(f"{n}.png" for n in range(10)))
    said = below("Acme", make_sweep([item]))
    [quote] = [line for line in said if line.startswith("“word")]
    assert (len(quote), quote[-2:]) == (602, "…”")
    assert "Files: 0.png, 1.png, 2.png, 3.png, 4.png, 5.png, 6.png, 7.png, 8 of 10" in said


def test_the_question_for_what_is_missing_can_be_copied() -> None:
    details = Details({"Agent version": "1.2"}, ("Web browser",), "Hi,\n\nwhich browser?")
    said = below("Acme", make_sweep([make_item(details=details)]))
    assert said[-4:] == [
        "Details (L281) found Agent version “1.2” · missing Web browser", "To ask, ready to copy", "Hi,",
        "which browser?",
    ]  # fmt: skip
    assert not [line for line in below("Acme", make_sweep([make_item()])) if line.startswith(("Details", "To ask"))]


def test_a_question_of_many_lines_says_that_it_is_cut() -> None:
    details = Details({}, (), "\n".join(f"line {n}" for n in range(12)))
    assert below("Acme", make_sweep([make_item(details=details)]))[-2:] == ["line 8", "(9 of 12 lines)"]


def test_issues_that_may_be_about_the_same_have_their_score() -> None:
    item = make_item(candidates=(make_candidate(), make_candidate(77, "CSV", 0.2)))
    said = "Known already? #12345 Export hosts as CSV (like 0.42) · #77 CSV (like 0.20)"
    assert said in below("Acme", make_sweep([item]))


@pytest.mark.parametrize(
    ("codename", "draft", "said"),
    [
        ("Orpheus", make_draft(body="One.\n\nTwo."),
         ["Public issue drafted as Orpheus · not filed · labels customer request, customer-orpheus",
          "“Export the list of hosts as CSV”", "│ One.", "│ Two."]),
        ("", make_draft(labels=()), ["Public issue drafted · not filed", "“Export the list of hosts as CSV”",
                                     "│ A customer (Orpheus) asks for an export of the list of hosts."]),
        ("Orpheus", make_draft("SSO", withheld=("It names Acme.", "It names a host.")),
         ["Public issue withheld “SSO”: It names Acme; It names a host"]),
    ],
    ids=["drafted", "without a codename", "withheld"],
)  # fmt: skip
def test_the_drafted_issue_stands_below_or_why_it_is_withheld(codename: str, draft: Any, said: list[str]) -> None:
    item = make_item(customer=make_customer(codename=codename), draft=draft)
    assert below("Acme", make_sweep([item]))[-len(said) :] == said


def test_what_needs_no_answer_is_one_line_with_its_reason() -> None:
    sweep = feedback_nights.full()
    assert below("Answered", sweep) == [
        "• Acme “Where is the release calendar?” · Sat 18:02 · answered by Tom Okafor · our last reply Sat 18:20",
        "• Globex “Does 4.60 need a new licence?” · Fri 17:45 · answered by Ana Snyder · our last reply Fri 17:58",
    ]
    assert below("No reply needed", sweep) == [
        '• Hooli “ok” · Sun 12:00 · says "ok"',
        '• Umbrella “Thanks, that did it!” · Fri 16:20 · settled: "that did it"',
    ]  # fmt: skip


def test_forty_are_told_in_full_and_the_others_in_a_line() -> None:
    items = [make_item(f"question {n}", customer=f"Customer {n:02}") for n in range(45)]
    sweep = make_sweep(items)
    assert len([line for line in headings(sweep) if line.startswith("Customer")]) == 40
    assert below("Also need an answer", sweep)[0] == (
        "• Customer 40 “question 40” · Sun 10:00 · P3? amber Tue 06:00 (in 24 h), red Wed 06:00 · nothing says that it "
        "needs no answer"
    )
    assert len(below("Also need an answer", sweep)) == 5


def test_all_that_was_not_read_or_asked_is_in_the_thread() -> None:
    channels = make_channels(*"ABCDE", trouble="The bot is not in the channel: invite it.")
    notes = ("Zendesk is down.", "", "GitHub is down.", "Salesforce is slow.")
    sweep = make_sweep(
        channels=channels, strangers=tuple(f"ext-{n}" for n in range(4)), notes=notes, requests=(make_request(),) * 5
    )
    assert len(below("Channels not read", sweep)) == 5
    assert below("Channels not read", sweep)[4] == "• #customer-e: The bot is not in the channel: invite it."
    assert below("Channels not in the settings", sweep) == ["• #ext-0", "• #ext-1", "• #ext-2", "• #ext-3"]
    assert below("Notes", sweep) == ["• Zendesk is down.", "• GitHub is down.", "• Salesforce is slow."]
    assert below("Requests to", sweep) == ["• #812 Pricing for 400 hosts · since Thu 19 Nov (4 d)"] * 5


def test_a_night_without_a_word_has_no_thread() -> None:
    assert message(make_sweep(), make_context()).thread == ()


COLUMNS = (
    "customer", "worth", "need", "guess", "came", "due", "words", "why", "missing", "like", "draft", "ticket",
    "message",
)  # fmt: skip


def test_the_table_has_a_row_for_every_conversation_and_every_channel_that_was_not_read() -> None:
    sweep = feedback_nights.full()
    rows = table(sweep, make_context())
    assert {tuple(row) for row in rows} == {COLUMNS}
    assert len(rows) == len(sweep.items) + 1
    assert rows[4] == {
        "customer": "Globex", "worth": "$80.4k · renews 29 Jan 2027", "need": "needs an answer", "guess": "bug? P1?",
        "came": "Mon 05:10", "due": "P1? due Mon 10:00 (in 4 h)",
        "words": "“Hi again. Agent upgrade fails on every laptop of the sales team, queries are very slow”",
        "why": "nothing says that it needs no answer",
        "missing": "Operating system, Web browser, Expected behavior", "like": "", "draft": "",
        "ticket": "https://example.zendesk.com/agent/tickets/4712",
        "message": sweep.items[4].conversation.messages[2].link,
    }  # fmt: skip
    assert (rows[5]["draft"], rows[6]["draft"], rows[6]["like"]) == (
        "withheld: It names the domain wayne.example.; The customer has no codename yet.",
        "Export the list of hosts as CSV",
        "#12345 (0.42), #9021 (0.28), #77 (0.19)",
    )
    assert (rows[-1]["customer"], rows[-1]["need"]) == ("#customer-cyberdyne", "not read")
    assert [row["due"] for row in rows if row["need"] != "needs an answer"] == [""] * 5


def test_twenty_come_without_a_file_and_more_with_one() -> None:
    items = [make_item(f"question {n}", at(22, f"10:{n:02}")) for n in range(21)]
    assert message(make_sweep(items[:20]), make_context()).files == ()
    [file] = message(make_sweep(items), make_context()).files
    assert (file.name, file.title) == ("overnight-feedback-2026-11-23.csv", "All 21 conversations, 2026-11-23")


def test_the_file_holds_every_conversation_in_its_order() -> None:
    items = [*feedback_nights.full().items, *[make_item(f"more {n}", need=Need.NO_REPLY) for n in range(12)]]
    [file] = message(make_sweep(items, channels=feedback_nights.full().channels), make_context()).files
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert [row["Key"] for row in rows] == [item.key for item in items]
    acme, hooli, late = rows[0], rows[1], rows[2]
    assert (acme["Customer"], acme["Value (USD)"], acme["Renewal"]) == ("Acme", "120000.0", "2026-12-12")
    assert (acme["Due (America/Los_Angeles)"], acme["Overdue"]) == ("2026-11-23 02:41", "yes")
    assert (acme["Files"], acme["Channel"]) == ("files gateway.log, screen shot.png", "#customer-acme")
    assert (hooli["Value (USD)"], hooli["From before"], hooli["Like"]) == (
        "", "yes", "#11800 0.31 Hosts stop checking in after an update",
    )  # fmt: skip
    assert (late["Due (America/Los_Angeles)"], late["Late after (America/Los_Angeles)"], late["Overdue"]) == (
        "2026-11-23 05:30", "2026-11-24 05:30", "no",
    )  # fmt: skip


def test_a_cell_of_the_file_holds_the_first_words_on_one_line() -> None:
    items = [make_item("two\nlines " * 200) for _ in range(21)]
    [file] = message(make_sweep(items), make_context()).files
    words = next(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))["Words"]
    assert (words[:19], len(words)) == ("two lines two lines", 600)


def test_names_in_the_parent_are_those_of_the_thread() -> None:
    sweep = feedback_nights.full()
    listed = {line.split(". ")[1].split(" (")[0] for line in shown(sweep) if line[:1].isdigit() and ". " in line[:4]}
    assert listed <= {line.split(" · ")[0] for line in headings(sweep)}
