"""What the report says of the time since the last review: in few words, and nothing that is not so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from tasks.reports.pipeline import message
from tasks.reports.pipeline_lines import headline_phrase
from tasks.reports.post import Report, as_text, lines
from tasks.rules.asks import Answered
from tasks.rules.changes import Changes, Part
from tasks.rules.findings import Verdict
from tasks.rules.weekly import Since, since_last
from tasks.rules.weeks import SILENCE, Past

from . import reviews, weeks_before
from .review_builder import AS_OF, make_context, make_deal, make_review, record_id
from .weeks_before import LAST_MONDAY, make_ask, make_week

DECIDE = "https://prefect.example.com/deployments/deployment/1a2b"
PROPOSED = {"verdict": Verdict.PROPOSE, "days": 45}
WARNED = {"verdict": Verdict.WARN, "days": 31}
NONE = Part()
MINUS = "\u2212"


def changes(**said: Any) -> Changes:
    """Nothing changed since Mon 16 Nov, $4.1M open, but for what is said."""
    parts = ("new", "won", "lost", "gone", "up", "down", "unconverted", "moved_in", "moved_out", "slipped", "pulled_in")
    rows = pd.DataFrame(columns=["what", "id", "name", "owner", "value", "was"])
    usual: dict[str, Any] = {
        **dict.fromkeys(parts, NONE), "then": Part(61, 4.1e6), "now": Part(61, 4.1e6), "pushed": 0, "handed_over": 0,
        "decided": 0, "rows": rows,
    }  # fmt: skip
    if said:
        usual["rows"] = pd.DataFrame([{"what": "new", "id": record_id(1), "name": "A", "owner": "B", "value": 1.0}])
        usual["rows"]["was"] = None
    return Changes(**{"day": LAST_MONDAY, **usual, **said})


def first_lines(report: Report) -> list[str]:
    return lines(report.parent.without_charts().blocks)


def line(label: str, since: Since | None, **context: Any) -> str:
    """The line of the parent that begins so; "" where there is none."""
    report = message(reviews.full(), make_context(**context), since)
    return next((one for one in first_lines(report) if one.startswith(label)), "")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "open $4.1M, unchanged"),
        ({"pushed": 2}, "open $4.1M ($0): none new, none won, none lost, none slipped, none pulled in, 2 pushed"),
        (
            {
                "now": Part(62, 3.84e6), "new": Part(2, 90_000), "lost": Part(1, 50_000), "slipped": Part(1, 180_000),
                "down": Part(3, 300_000),
            },
            (
                f"open $3.8M ({MINUS}$260k): 2 new $90k, none won, 1 lost $50k, 1 slipped $180k, none pulled in, "
                f"amounts {MINUS}$300k"
            ),
        ),
        (
            {"now": Part(60, 4.2e6), "won": Part(2, 40_000), "up": Part(1, 150_000), "down": Part(1, 10_000)},
            (
                "open $4.2M (+$100k): none new, 2 won $40k, none lost, none slipped, none pulled in, "
                f"amounts +$150k {MINUS}$10k"
            ),
        ),
        (
            {"lost": Part(5, 381_000), "decided": 5, "gone": Part(1, 20_000)},
            (
                "open $4.1M ($0): none new, none won, 5 lost $381k (decided here), 1 deleted or hidden from us $20k, "
                "none slipped, none pulled in"
            ),
        ),
        (
            {"lost": Part(5, 381_000), "decided": 4, "pulled_in": Part(1, 70_000), "handed_over": 3},
            (
                "open $4.1M ($0): none new, none won, 5 lost $381k (4 decided here), none slipped, 1 pulled in $70k,"
                " 3 handed over"
            ),
        ),
        (
            {"new": Part(3, 50_000, 2), "lost": Part(1, 0.0, 1)},
            (
                "open $4.1M ($0): 3 new $50k, none won, 1 lost, none slipped, none pulled in, "
                "3 of these without a value to sum"
            ),
        ),
        (
            {"unconverted": Part(1, 50_000), "moved_in": Part(1, 5_000), "moved_out": Part(2, 8_000)},
            (
                "open $4.1M ($0): none new, none won, none lost, 1 handed over to here $5k, "
                f"2 handed over to others $8k, none slipped, none pulled in, 1 without a rate now {MINUS}$50k"
            ),
        ),
    ],
    ids=["unchanged", "pushed", "less", "more", "decided", "some decided", "no value", "a part of it"],
)  # fmt: skip
def test_the_changes_are_said_with_their_money(said: dict[str, Any], told: str) -> None:
    since = Since(changes(**said), Answered(0, (), 0))
    assert line("CHANGED", since) == f"CHANGED since 16 Nov: {told}"


HOOLI = [make_ask(3, "Hooli", "next step", "no next step"), make_ask(3, "Hooli", "close date", "close date past")]
UMBRELLA = make_ask(2, "Umbrella", "close date", "close date past (1 Nov)")
OTHERS = [make_ask(1, "Acme", SILENCE, "silent since 16 Oct"), make_ask(5, "Globex", "amount", "no amount")]


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        (Answered(0, (), 0), ""),
        (Answered(7, (), 0), "LAST WEEK 7 of 7 asks done"),
        (
            Answered(5, (HOOLI[0], UMBRELLA), 0),
            "LAST WEEK 5 of 7 asks done; open: Hooli next step, Umbrella close date",
        ),
        (
            Answered(0, (*HOOLI,), 1),
            "LAST WEEK 0 of 2 asks done; open: Hooli next step and close date; 1 no longer applies",
        ),
        (
            Answered(1, (*HOOLI, UMBRELLA, *OTHERS), 2),
            (
                "LAST WEEK 1 of 6 asks done; open: Hooli next step and close date, Umbrella close date, Acme still "
                "silent (+1 more in thread); 2 no longer apply"
            ),
        ),
        (Answered(0, (), 3), "LAST WEEK no ask left to answer; 3 no longer apply"),
    ],
    ids=["nothing asked", "all done", "two open", "one deal", "many", "all fell away"],
)  # fmt: skip
def test_last_week_says_what_is_done_and_names_what_is_not(answered: Answered, told: str) -> None:
    assert line("LAST", Since(changes(), answered)) == told


@pytest.mark.parametrize(
    ("days", "label"), [(1, "LAST REVIEW"), (5, "LAST WEEK"), (7, "LAST WEEK"), (9, "LAST WEEK"), (14, "LAST REVIEW")]
)
def test_a_week_is_called_a_week(days: int, label: str) -> None:
    since = Since(changes(day=AS_OF - timedelta(days=days)), Answered(7, (), 0))
    assert line("LAST", since).startswith(f"{label} 7 of 7")


def test_the_day_of_comparison_can_be_given() -> None:
    since = Since(changes(), Answered(0, (), 0))
    assert line("CHANGED", since, compared_with=date(2026, 11, 9)) == "CHANGED since 9 Nov: open $4.1M, unchanged"


def test_the_first_review_says_that_there_is_nothing_to_compare_with() -> None:
    said = line("CHANGED", Since())
    assert said.startswith("CHANGED nothing to compare with yet; open $3.5M in 15 deals: healthy $2.6M")
    assert line("OPEN", Since()) == line("LAST", Since()) == ""


def test_without_memory_the_report_is_as_it_was() -> None:
    assert line("OPEN", None).startswith("OPEN $3.5M in 15 deals")
    assert line("CHANGED", None) == line("LAST", None) == ""


@pytest.mark.parametrize("held", [0, 1])
@pytest.mark.parametrize("ceiling", ["", "62 proposals are more than the ceiling of 50: nothing may be written"])
@pytest.mark.parametrize("since", [Since(), Since(changes(pushed=2), Answered(1, (*HOOLI, UMBRELLA), 1))])
def test_the_parent_has_twelve_lines_at_most(since: Since, ceiling: str, held: int) -> None:
    deals = [make_deal(number, "Acme 2026", **PROPOSED) for number in range(62)]
    deals += [make_deal(100, "Globex", verdict=Verdict.HELD, holds=("renewal",))] * held
    report = message(make_review(deals, ceiling=ceiling), make_context(decide_url=DECIDE), since)
    assert len(first_lines(report)) <= 12


@pytest.mark.parametrize(
    ("again", "headline", "told"),
    [
        (0, "2 need their owner", "silent for 30 days or more, not yet to decide"),
        (1, "1 needs its owner", "silent for 30 days or more, not yet to decide; +1 warned before, still silent"),
        (2, "nothing needs you", "no further one; 2 warned before, still silent"),
    ],
)
def test_the_same_silence_is_not_news_twice(again: int, headline: str, told: str) -> None:
    review = make_review([make_deal(number, f"Deal {number}", **WARNED) for number in range(2)])
    since = Since(warned_before=frozenset(record_id(number) for number in range(again)))
    report = message(review, make_context(), since)
    assert report.parent.text.endswith(headline)
    assert told in as_text(report)
    assert as_text(report).count("nothing booked") == 2 - again
    assert report.files[0].content.count(b"warn the owner") == 2


def test_a_clean_week_is_one_line_and_says_what_changed() -> None:
    since = Since(changes(), Answered(3, (), 0))
    [said] = first_lines(message(reviews.quiet(), make_context(), since))
    assert said == (
        "Pipeline review · Mon 23 Nov · nothing needs you · 2 of 2 open deals read · since 16 Nov: open $4.1M, "
        "unchanged · as of 07:28 PT · 45 days inclusive, warned from 30 · open the run"
    )


def test_an_open_ask_is_told_even_in_a_clean_week() -> None:
    since = Since(changes(), Answered(0, (UMBRELLA,), 0))
    shown = first_lines(message(reviews.quiet(), make_context(), since))
    assert "LAST WEEK 0 of 1 asks done; open: Umbrella close date" in shown


def test_open_asks_stand_in_the_thread_with_whoever_owns_the_deal() -> None:
    mine = [replace(ask, owner="Zoe", owner_id="005Z") for ask in HOOLI]
    many = [make_ask(number, f"Deal {number}", "amount", "no amount", owner="ann") for number in range(20, 27)]
    since = Since(changes(), Answered(0, (*mine, *many), 0))
    shown = as_text(message(reviews.full(), make_context(), since)).splitlines()
    at = shown.index("Open from last week · 9 asks of 16 Nov that the records do not show to be done, by owner")
    assert shown[at + 1].startswith("• ann · Deal 20: no amount · Deal 21: no amount")
    assert shown[at + 1].endswith("5 of 7, the rest in the file")
    assert shown[at + 2] == "• Zoe · Hooli: no next step, close date past"


def test_each_change_stands_in_the_thread_and_a_slip_but_once() -> None:
    shown = as_text(message(reviews.full(), make_context(), weeks_before.since()))
    assert "• Weyland 2026 · won · $95k · Li Wei" in shown
    assert "• Acme 2026 · amount up · $100k → $120k · Tom Okafor" in shown
    assert "• Soylent 2026 · $180k · Tom Okafor · now closes 29 Jan 2027, pushed 2 times" in shown
    assert "Soylent 2026 · slipped" not in shown


def _buttons(report: Report) -> list[tuple[str, str]]:
    rows = [block["elements"] for block in report.parent.blocks if block["type"] == "actions"]
    return [(button["action_id"], button["text"]["text"]) for row in rows for button in row]


OTHER_BUTTONS = [("open_1", "Open list in Salesforce"), ("open_2", "Open the run")]


@pytest.mark.parametrize(
    ("deal", "url", "ceiling", "first"),
    [
        (PROPOSED, DECIDE, "", [("decide", "Decide")]),
        (PROPOSED, "", "", []),
        (PROPOSED, "javascript:alert(1)", "", []),
        (PROPOSED, DECIDE, "too many", []),
        (WARNED, DECIDE, "", []),
    ],
    ids=["to decide", "nowhere to", "no address", "above the ceiling", "nothing proposed"],
)
def test_the_button_to_decide_comes_first_where_there_is_something_to_decide(
    deal: dict[str, Any], url: str, ceiling: str, first: list[tuple[str, str]]
) -> None:
    review = make_review([make_deal(1, "Acme", **deal)], ceiling=ceiling)
    assert _buttons(message(review, make_context(decide_url=url))) == [*first, *OTHER_BUTTONS]


@pytest.mark.parametrize(
    ("review", "phrase"),
    [
        (reviews.full(), "4 to decide ($310k)"),
        (reviews.quiet(), ""),
        (reviews.ceiling(), "nothing will be written: 62 proposals ($2M)"),
    ],
    ids=["full", "quiet", "ceiling"],
)
def test_what_a_decision_replaces_stands_in_the_headline_word_for_word(review: Any, phrase: str) -> None:
    assert headline_phrase(review) == phrase
    assert f" · {phrase}" in message(review, make_context(), weeks_before.since()).parent.text


def test_a_deal_that_was_erased_has_no_link() -> None:
    since = since_last(Past(make_week({record_id(77): {"name": "Erased 2026"}})), reviews.full(), weeks_before.left())
    blocks = str([post.blocks for post in message(reviews.full(), make_context(), since).thread])
    assert "Erased 2026" in blocks
    assert record_id(77) not in blocks
