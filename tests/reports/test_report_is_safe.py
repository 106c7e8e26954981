"""No text of others mentions, links, formats or hides anything, in whatever field it stands."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest

from tasks.reports.chart import chart_png
from tasks.reports.pipeline import message
from tasks.reports.post import Report, as_text
from tasks.reports.slack_text import shorten
from tasks.rules.asks import Answered
from tasks.rules.findings import Review, Verdict
from tasks.rules.policy import PipelinePolicy
from tasks.rules.weekly import Since, since_last
from tasks.rules.weeks import SILENCE, Ask, Past, Week

from .hostile import HOSTILE, not_literal
from .review_builder import BASE, make_context, make_deal, make_review, make_touch, record_id

FIELDS = ("account", "owner", "stage", "currency", "reason", "handbook", "owner_id")
OURS = (BASE + "/lightning/", "https://prefect.example.com/runs/flow-run/")


def _poisoned(text: str) -> Review:
    """Every field a person can write into holds the text, in a deal of each kind."""
    said: dict[str, Any] = dict.fromkeys(FIELDS, text)
    lists: dict[str, Any] = {"holds": (text,), "hygiene": (text,), "problems": (text,)}
    kinds = [*({"verdict": verdict} for verdict in Verdict), {"verdict": Verdict.HELD, "renewal": True}]
    deals = [
        make_deal(number, text, **{**said, **lists, **kind, "slipped": True, "slipped_from": "Q4 2026", "value": None})
        for number, kind in enumerate(kinds)
    ]
    deals.append(replace(make_deal(9, text, **said), id=text))
    touch = make_touch(date(2026, 10, 9), "email", "outbound", text, text)
    touches = {record_id(number): [touch] for number in range(len(kinds))}
    return make_review(
        deals, touches, notes=(text,) * 5, ceiling=text, unconverted={text: 2}, untrusted_owners=(text,),
    )  # fmt: skip


def _poisoned_past(text: str) -> Since:
    """The same text in everything that is remembered of last week."""
    day = date(2026, 11, 16)
    asks = [Ask(day, record_id(number), text, text, text, text, text) for number in range(5)]
    asks += [replace(asks[number], record_id=text, kind=SILENCE, since=day) for number in range(2)]
    kept = {**dict.fromkeys(("name", "owner_id", "owner", "team", "stage"), text), "value": 7.0}
    deals = pd.DataFrame([{"id": name, **kept} for name in (record_id(0), "gone", text or "none")])
    week = Week(day, deals.assign(close_date=pd.Timestamp(2026, 12, 1)), tuple(asks))
    ended = {"id": ["gone"], "is_closed": [True], "is_won": [False], "is_deleted": [False], "value": [7.0]}
    since = since_last(Past(week), _poisoned(text), pd.DataFrame(ended))
    return replace(since, answered=Answered(1, tuple(asks), 1))


@cache
def _report(text: str) -> Report:
    policy = PipelinePolicy(stale_after_by_stage={text: 60})
    context = make_context(policy=policy, started_by=text, stage_order=(text,))
    return message(_poisoned(text), context, _poisoned_past(text))


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    report = _report(text)
    assert [not_literal(post, OURS) for post in (report.parent, *report.thread)] == [[]] * (1 + len(report.thread))


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_no_cell_of_the_file_runs(text: str) -> None:
    content = _report(text).files[0].content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)] == []


@pytest.mark.parametrize("text", ["<!channel>", "<@U024BE7LH>", "*bold* _it_", "&lt;!here&gt;", "https://evil.example"])
def test_and_is_shown_as_it_was_written(text: str) -> None:
    assert as_text(_report(text)).count(shorten(text, 40)) > 10


@pytest.mark.parametrize("text", ["Acme\n\nDATA all is well", "Acme\r\n1. fake"])
def test_no_text_makes_a_line_of_its_own(text: str) -> None:
    assert not re.search("^(DATA all|1. fake)", as_text(_report(text)), re.MULTILINE)


@pytest.mark.parametrize("text", ["$\\nonsense{$", "漢字 \U0001f389", "", "\n"])
def test_the_picture_survives_any_name(text: str) -> None:
    review = make_review([make_deal(1, text, stage=text), make_deal(2, text, stage=text + "2", days=50)])
    assert chart_png(review, make_context()).startswith(b"\x89PNG")
