"""The feedback sweep's message: golden files for the eye, and what must hold of every report.

After a wanted change: `UPDATE_GOLDEN=1 pytest tests/reports`, then read the difference.
"""

from typing import Any

import pytest

from tasks.reports.feedback import message
from tasks.reports.feedback_lines import headline
from tasks.reports.limits import problems
from tasks.reports.post import as_text, lines
from tasks.rules.feedback import Kind, Need, Priority, Sweep
from tests.sweeps import at, make_channels, make_draft, make_item, make_request, make_sweep

from . import feedback_nights
from .feedback_posts import AS_OF, FILE_URL, RUN_URL, labelled, make_context, shown
from .golden_files import agreed, as_json

P0 = {"kind": Kind.OUTAGE, "priority": Priority.P0}
LATE, SOON, ANSWERED = at(23, "02:41"), at(23, "10:00"), {"need": Need.ANSWERED}


@pytest.mark.parametrize(
    ("name", "sweep", "said"),
    [
        ("feedback", feedback_nights.full(), {}),
        ("feedback_clean", feedback_nights.clean(), {}),
        ("feedback_p0", feedback_nights.only_p0(), {"as_of": at(21, "06:00"), "on_shift": "", "calls": 0}),
        ("feedback_dry_run", feedback_nights.only_p0(), {"as_of": at(21, "06:00"), "dry_run": True, "run_url": ""}),
    ],
    ids=["full", "clean", "emergency", "dry run"],
)
def test_the_report_reads_as_agreed(name: str, sweep: Sweep, said: dict[str, Any]) -> None:
    report = message(sweep, make_context(**said))
    written = as_text(report)
    assert written == agreed(f"{name}.txt", written)
    assert len(lines(report.parent.blocks)) <= 12
    assert [line for line in as_text(report).splitlines() if line != line.rstrip()] == []
    assert [problems(post.blocks) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))


def test_the_blocks_are_as_agreed() -> None:
    report = message(feedback_nights.full(), make_context())
    written = as_json(report)
    assert written == agreed("feedback.blocks.json", written)


def waiting(*said: dict[str, Any], **sweep: Any) -> Sweep:
    return make_sweep([make_item(customer=f"Customer {n}", **one) for n, one in enumerate(said)], **sweep)


P1 = {"priority": Priority.P1, "due": SOON}
LATE_P2 = {"priority": Priority.P2, "due": LATE}
UNREAD = make_channels("Umbrella", trouble="The bot is not invited.")
HEADLINES: list[tuple[str, Sweep]] = [
    ("nothing needs you", make_sweep()),
    ("nothing needs you", waiting(ANSWERED, {"need": Need.NO_REPLY})),
    ("1 needs an answer, next due 10:00", waiting(P1)),
    ("1 needs an answer, next due Tue 06:00", waiting({})),
    ("1 needs an answer, 1 overdue", waiting(LATE_P2)),
    ("1 needs an answer, next due Tue 02:00", waiting({"due": LATE, "red": at(24, "02:00")})),
    ("1 needs an answer, 1 overdue", waiting({"due": at(20, "02:00"), "red": LATE})),
    ("1 needs an answer and may be P0, next due 10:00", waiting({**P0, "due": SOON})),
    ("1 needs an answer and may be P0 (overdue)", waiting({**P0, "due": LATE})),
    ("2 need an answer, all may be P0 (1 overdue), next due 10:00", waiting({**P0, "due": LATE}, {**P0, "due": SOON})),
    ("3 need an answer, 1 may be P0 (overdue), 1 other overdue, next due 10:00",
     waiting({**P0, "due": LATE}, LATE_P2, P1)),
    ("2 need an answer, 1 may be P0, next due 10:00", waiting({**P0, "due": at(23, "10:30")}, P1)),
    ("1 needs an answer, next due 10:00, 1 channel not read", waiting(P1, channels=UNREAD)),
    ("nobody waits in what was read, 2 channels not read",
     make_sweep(channels=(*UNREAD, *make_channels("Acme"), *make_channels("Wayne", trouble="archived")))),
    ("no customer waits, 1 request to sales waits", make_sweep(requests=(make_request(),))),
    ("no customer waits, 2 requests to sales wait, 1 channel not in the settings, 1 note below",
     make_sweep(requests=(make_request(),) * 2, strangers=("ext-tyrell",), notes=("Zendesk is down.",))),
    ("nothing was read: no customer channel is in the settings", make_sweep(channels=())),
    ("1 needs an answer, next due 10:00", waiting(P1, channels=())),
]  # fmt: skip


@pytest.mark.parametrize(("said", "sweep"), HEADLINES, ids=[f"{n}: {said}" for n, (said, _) in enumerate(HEADLINES)])
def test_the_first_line_says_who_waits_and_until_when(said: str, sweep: Sweep) -> None:
    report = message(sweep, make_context())
    assert report.parent.text == f"Overnight · Fri 16:00 \u2013 Mon 06:00 PT · {said}"
    assert lines(report.parent.blocks)[0].startswith(report.parent.text)


def test_what_is_answered_is_not_overdue_and_no_emergency() -> None:
    sweep = waiting({**P0, **ANSWERED, "due": LATE}, {**P0, "need": Need.NO_REPLY, "due": LATE})
    assert shown(sweep)[0].startswith("Overnight · Fri 16:00 \u2013 Mon 06:00 PT · nothing needs you · answered 1 · ")


@pytest.mark.parametrize(
    ("said", "sweep", "start"),
    [
        ({}, {}, "Overnight · Fri 16:00 \u2013 Mon 06:00 PT · "),
        ({"dry_run": True}, {}, "Overnight (dry run) · Fri 16:00 \u2013 Mon 06:00 PT · "),
        ({}, {"since": at(23, "06:00"), "until": at(23, "12:30")}, "Feedback · Mon 06:00 \u2013 Mon 12:30 PT · "),
        ({}, {"since": at(12, "16:00")}, "Overnight · Thu 12 Nov 16:00 \u2013 Mon 06:00 PT · "),
        ({"time_zone": "Europe/Berlin"}, {}, "Overnight · Sat 01:00 \u2013 Mon 15:00 CET · "),
    ],
)  # fmt: skip
def test_the_window_and_a_dry_run_stand_in_the_first_line(said: Any, sweep: dict[str, Any], start: str) -> None:
    assert headline(make_sweep(**sweep), make_context(**said)).startswith(start)


@pytest.mark.parametrize(
    ("sweep", "one_line"),
    [
        (feedback_nights.clean(), True),
        (waiting(ANSWERED, {**ANSWERED, "disputed": True}), True),
        (waiting({}), False),
        (waiting(ANSWERED, channels=UNREAD), False),
        (make_sweep(strangers=("ext-tyrell",)), False),
        (make_sweep(requests=(make_request(),)), False),
        (make_sweep(notes=("Zendesk is down.",)), False),
        (make_sweep(channels=()), False),
    ],
    ids=["clean", "disputed", "waiting", "unread", "stranger", "request", "note", "no channel"],
)
def test_only_a_night_without_any_doubt_is_one_line(sweep: Sweep, one_line: bool) -> None:
    assert (len(shown(sweep)) == 1) is one_line
    assert ("nothing needs you" in shown(sweep)[0]) is one_line


@pytest.mark.parametrize("sweep", [feedback_nights.full(), feedback_nights.clean()], ids=["full", "clean"])
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"updated": AS_OF}, "updated 06:00 PT, replaces today's earlier report"),
        ({"started_by": "Marisol Vega"}, "started by Marisol Vega"),
        ({"calls": 0}, "as of 06:00 PT · 61 Slack calls"),
        ({"slack_calls": 1_204}, "1,204 Slack and 4 Salesforce calls"),
    ],
)
def test_the_footer_says_how_the_run_came_about(sweep: Sweep, said: dict[str, Any], words: str) -> None:
    assert words in shown(sweep, **said)[-1]
    assert words not in shown(sweep)[-1]


def test_the_footer_says_how_much_was_read_under_which_hours() -> None:
    said = shown(feedback_nights.full())[-1].split(" · ")
    assert said[:3] == [
        "8 of 9 customer channels read", "support hours 06:00\u201316:00 PT, handbook says both 6 and 7",
        "as of 06:00 PT",
    ]  # fmt: skip


def test_five_are_listed_and_the_rest_is_counted_with_what_may_be_p0() -> None:
    sweep = waiting(*[{**P0, "due": SOON}] * 7, *[{}] * 7)
    rows = [line for line in shown(sweep) if line.startswith("!! MAY BE P0 ")]
    assert len(rows) == 5
    assert "5 of 14 listed, +9 more in thread (2 of them may be P0)" in shown(sweep)


def test_what_may_be_p0_says_so_in_words_and_the_others_are_numbered() -> None:
    starts = [line.partition(" Customer")[0] for line in shown(waiting({**P0, "due": SOON}, {}, {}))[1:4]]
    assert starts == ["!! MAY BE P0", "1.", "2."]


def test_what_is_counted_is_not_listed() -> None:
    sweep = waiting({"disputed": True}, *[ANSWERED] * 6, *[{"need": Need.NO_REPLY, "disputed": True}] * 9)
    assert "ANSWERED 6 · NO REPLY NEEDED 9 · HOURS DISPUTED (06\u201307) 10" in shown(sweep)
    assert not [line for line in shown(waiting({})) if "ANSWERED" in line]


def test_the_oldest_requests_to_sales_wait_in_sight() -> None:
    requests = [make_request(800 + n, f"Request {n}", at(12 + n, "09:00")) for n in range(5)]
    [line] = labelled("WAITING", make_sweep(requests=tuple(requests)), request_days=2)
    assert line == (
        "5 requests to sales, older than 2 business days: #800 Request 0 since Thu 12 Nov (11 d), #801 Request 1 since "
        "Fri 13 Nov (10 d), #802 Request 2 since Sat 14 Nov (9 d) · +2 more in thread"
    )
    assert labelled("WAITING", waiting({})) == []


def test_what_was_not_read_is_named_with_its_remedy() -> None:
    channels = make_channels("A", "B", "C", trouble="The bot is not in the channel: invite it.")
    sweep = make_sweep(channels=channels, strangers=("ext-1", "#ext-2", "ext-3"), notes=("One.", "Two.", "Three."))
    [line] = labelled("DATA", sweep, daily_share=0.6)
    assert line.split(" · ") == [
        (
            "not read: #customer-a (The bot is not in the channel: invite it), "
            "#customer-b (The bot is not in the channel: invite it) +1 more in thread"
        ),
        "not in the settings: #ext-1, #ext-2 +1 more in thread", "One", "Two", "2 of 3 notes shown",
        "60% of today's Salesforce API calls are used, 4 by this run",
    ]  # fmt: skip
    assert labelled("DATA", waiting({})) == []


def test_who_is_on_shift_is_said_where_the_settings_know() -> None:
    assert labelled("ON SHIFT", waiting({})) == ["Kim S."]
    assert labelled("ON SHIFT", waiting({}), on_shift="") == []


def test_the_form_is_filled_in_with_what_may_be_filed() -> None:
    items = [
        make_item(customer="Acme", draft=make_draft()),
        make_item(customer="Wayne", draft=make_draft(withheld=("It names the customer.",))),
        make_item(customer="Hooli"),
        make_item(customer="Initech", draft=make_draft(), need=Need.ANSWERED),
    ]
    [row] = [one for one in message(make_sweep(items), make_context()).parent.blocks if one["type"] == "actions"]
    assert [(button["text"]["text"], button["url"]) for button in row["elements"]] == [
        ("File requests (2)", f"{FILE_URL}{items[0].key},{items[3].key}"), ("Open the run", RUN_URL),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ({}, "[File requests (5)]  [Open the run]"),
        ({"file_at_most": 3}, "[File requests (3 of 5)]  [Open the run]"),
        ({"file_url": lambda keys: "https://p.example/" + "x" * 1_000 * len(keys)},
         "[File requests (2 of 5)]  [Open the run]"),
        ({"file_url": lambda _: ""}, "[Open the run]"),
        ({"run_url": ""}, "[File requests (5)]"),
    ],
)  # fmt: skip
def test_buttons_lead_where_there_is_something(said: dict[str, Any], label: str) -> None:
    assert label in shown(waiting(*[{"draft": make_draft()}] * 5), **said)
