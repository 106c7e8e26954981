"""No text of others mentions, links, formats or runs anything in the feedback sweep, and whatever is found fits."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reports.feedback import message
from tasks.reports.feedback_table import table
from tasks.reports.post import Report, as_text, lines
from tasks.reports.slack_text import clean, shorten
from tasks.rules.feedback import (
    Candidate,
    Channel,
    Customer,
    Details,
    IssueDraft,
    Item,
    Kind,
    Need,
    OpenRequest,
    Priority,
    SharedFile,
    Sweep,
)
from tests.sweeps import (
    GITHUB,
    HOME,
    UNTIL,
    ZENDESK,
    account_id,
    at,
    make_conversation,
    make_deadlines,
    make_item,
    make_judged,
    make_message,
    make_request,
    make_sweep,
)

from .feedback_posts import FILE_URL, RUN_URL, make_context
from .hostile import HOSTILE, not_literal
from .review_builder import BASE
from .slack_says import refused

OURS = (BASE + "/lightning/", RUN_URL, FILE_URL, HOME, GITHUB, ZENDESK, "https://github.com/example/")


def poisoned_item(text: str, need: Need, kind: Kind, priority: Priority, withheld: tuple[str, ...] = ()) -> Item:
    """Every field that a person can write into holds the text; a file leads where its sender wants."""
    files = (SharedFile(text, "https://evil.example"),) * 9
    said = [make_message(text, at(22, f"1{n}:00"), name=text, author=text, files=files) for n in range(6)]
    return Item(
        conversation=make_conversation(*said, replace(said[-1], is_ours=True), channel=text or "C0"),
        customer=Customer(account_id(1) if withheld else text, text, text, 1.5e6, date(2026, 12, 12), text),
        judged=make_judged(need, reason=text, kind=kind, kind_sign=text, priority=priority, priority_sign=text),
        asked_at=said[0].at,
        deadlines=make_deadlines(disputed=True, red=None if priority is not Priority.P3 else at(25, "06:00")),
        details=Details({f"{n} {text}": text for n in range(40)}, (text,) * 9, "\n".join([text] * 12)),
        candidates=tuple(Candidate(n, text, f"{GITHUB}/{n}", 0.4) for n in range(9)),
        draft=IssueDraft(text, text, (text,) * 9, withheld),
        ticket_url=f"{ZENDESK}/1",
    )


def poisoned(text: str) -> Sweep:
    """An item of each need with each kind and each priority, and the text in all that stands beside them."""
    items = [poisoned_item(text, need, Kind.BUG, priority) for need, priority in product(Need, Priority)]
    items += [poisoned_item(text, need, kind, Priority.P3) for need, kind in product(Need, Kind)]
    items += [poisoned_item(text, Need.ANSWER, Kind.REQUEST, Priority.P3, (text,) * 9)]
    items.sort(key=lambda item: (item.judged.need is not Need.ANSWER, not item.may_be_p0))
    channels = tuple(Channel(text or f"C{n}", text, text, trouble=text) for n in range(5))
    requests = (replace(make_request(), title=text),) * 5
    return make_sweep(items, channels=channels, strangers=(text,) * 5, requests=requests, notes=(text,) * 5)


@cache
def _report(text: str) -> Report:
    return message(poisoned(text), make_context(started_by=text, on_shift=text, currency=text))


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    report = _report(text)
    assert [not_literal(post, OURS) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines(report.parent.blocks)) <= 12


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_no_cell_of_the_file_runs(text: str) -> None:
    content = _report(text).files[0].content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)] == []
    assert len(cells) == 26 * (1 + len(poisoned(text).items))


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_the_table_is_plain_text_on_one_line(text: str) -> None:
    rows = table(poisoned(text), make_context())
    assert {value for row in rows for value in row.values() if value != clean(value)} == set()
    assert {len(row) for row in rows} == {13}


@pytest.mark.parametrize("text", ["<!channel>", "<@U024BE7LH>", "*bold* _it_", "`code`", "https://evil.example"])
def test_and_is_shown_as_it_was_written(text: str) -> None:
    assert as_text(_report(text)).count(shorten(text, 40)) > 100


@pytest.mark.parametrize("text", ["Acme\n\nDATA all is well", "Acme\r\n1. fake", "x\n!! MAY BE P0 fake"])
def test_no_text_makes_a_line_of_its_own(text: str) -> None:
    # The question to copy has lines of its own, and nothing stands beside them.
    without = replace(poisoned(text), items=tuple(replace(one, details=Details()) for one in poisoned(text).items))
    report = message(without, make_context())
    assert not re.search("^(DATA all|1. fake|!! MAY BE P0 fake)", as_text(report), re.MULTILINE)


LONG = "\U0001f389" * 127 + "x"  # 255 as Salesforce counts
PLAIN = '"' * 255


@pytest.mark.parametrize("name", [LONG, PLAIN, "\\" * 900], ids=["emoji", "quotes", "backslashes"])
def test_two_hundred_conversations_of_forty_three_customers_fit(name: str) -> None:
    kinds = list(product(Kind, Priority))
    items = [
        replace(
            poisoned_item(name, Need.ANSWER, *kinds[n % len(kinds)], withheld=(name,) * (n % 2) * 9),
            customer=Customer(account_id(n % 43), f"{n % 43} {name}", name, 1e6, date(2026, 12, 12), name),
        )
        for n in range(200)
    ]
    channels = tuple(Channel(f"C{n}", f"{n} {name}", "", trouble=name * (n % 2)) for n in range(43))
    requests = (replace(make_request(), title=name),) * 200
    sweep = make_sweep(items, channels=channels, strangers=(name,) * 200, requests=requests, notes=(name,) * 200)
    report = message(sweep, make_context())

    assert [refused(post) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines(report.parent.blocks)) <= 12
    assert len(report.thread) <= 60
    said = [line for post in report.thread for line in lines(post.blocks)]
    full = len([line for line in said if line.startswith("Why: ")])
    assert 0 < full <= 40
    cut = f" of {200 - full} shown; all are in overnight-feedback-2026-11-23.csv."
    assert [line for line in said if line.endswith(cut)]
    assert report.files[0].content.count(b"\r\n") == 201


def test_an_ordinary_busy_night_is_few_posts() -> None:
    items = [make_item(f"question {n}", customer=f"Customer {n % 43:02}") for n in range(200)]
    report = message(make_sweep(items), make_context())
    assert [refused(post) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(report.thread) <= 12


TEXT = st.text(max_size=40) | st.sampled_from([LONG, "x" * 255, PLAIN, "one\n\ntwo " * 90])
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
MOMENT = st.integers(-900, 900).map(lambda hours: UNTIL + timedelta(hours=hours))
ITEM = st.builds(
    lambda texts, author, ours, asked, judged, clocks, details, more: Item(
        conversation=make_conversation(*(
            make_message(text, asked + timedelta(minutes=n), name=author, is_ours=bool(ours >> n & 1))
            for n, text in enumerate(texts)
        )),
        asked_at=asked, judged=judged, deadlines=clocks, details=details, **more,
    ),
    st.lists(TEXT, min_size=1, max_size=6), TEXT, st.integers(0, 63), MOMENT,
    st.builds(make_judged, st.sampled_from(Need), reason=TEXT, kind=st.sampled_from(Kind), kind_sign=TEXT,
              priority=st.sampled_from(Priority), priority_sign=TEXT),
    st.builds(make_deadlines, MOMENT, MOMENT, red=st.none() | MOMENT, disputed=st.booleans()),
    st.builds(Details, st.dictionaries(TEXT, TEXT, max_size=3), TEXTS, TEXT),
    st.fixed_dictionaries({
        "customer": st.builds(Customer, st.sampled_from(["", account_id(1), account_id(2)]), TEXT, TEXT,
                              st.none() | st.floats(), st.none() | st.dates(), TEXT),
        "candidates": st.lists(st.builds(Candidate, st.integers(1, 9**6), TEXT, st.just(GITHUB), st.floats(0, 1)),
                               max_size=3).map(tuple),
        "draft": st.none() | st.builds(IssueDraft, TEXT, TEXT, TEXTS, TEXTS),
        "from_before": st.booleans(), "ticket_url": TEXT,
    }),
)  # fmt: skip
SWEEP: dict[str, st.SearchStrategy[Any]] = {
    "channels": st.lists(st.builds(Channel, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=4).map(tuple),
    "strangers": TEXTS, "notes": TEXTS,
    "requests": st.lists(st.builds(OpenRequest, st.integers(1, 9**6), TEXT, TEXT, MOMENT), max_size=5).map(tuple),
}  # fmt: skip


@given(st.lists(ITEM, max_size=8), st.fixed_dictionaries(SWEEP), MOMENT, st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_night_fits_and_loses_nobody(items: list[Item], said: dict[str, Any], since: datetime, dry: bool) -> None:
    sweep = make_sweep(items, since=since, **said)
    report = message(sweep, make_context(dry_run=dry))
    assert [refused(post) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))
    assert len(lines(report.parent.blocks)) <= 12
    rows = table(sweep, make_context())
    assert len(rows) == len(items) + sum(bool(one.trouble) for one in sweep.channels)
    told = [line for post in report.thread for line in lines(post.blocks)]
    assert sum(line.startswith("Why: ") for line in told) >= len(sweep.with_need(Need.ANSWER))
