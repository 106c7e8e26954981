"""Each limit of Slack's is seen when it is passed by one, and not before."""

from typing import Any

import pytest

from tasks.reports.blocks import header, link, link_buttons, rich_text, section, text
from tasks.reports.limits import problems


def _plain(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}


def _header(words: str) -> list[dict[str, Any]]:
    return [{"type": "header", "text": _plain(words)}]


def _section(**said: Any) -> list[dict[str, Any]]:
    return [{"type": "section", **said}]


def _context(count: int) -> list[dict[str, Any]]:
    return [{"type": "context", "elements": [_plain("x")] * count}]


def _chart(title: str = "t", categories: int = 1, label: str = "", series: int = 1) -> dict[str, Any]:
    names = [label or f"c{number}" for number in range(categories)]
    data = [{"label": name, "value": 1} for name in names]
    chart = {"type": "bar", "series": [{"name": f"s{n}", "data": data} for n in range(series)]}
    return {"type": "data_visualization", "title": title, "chart": {**chart, "axis_config": {"categories": names}}}


CASES: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    ("blocks", [{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
    ("header", _header("x" * 150), _header("x" * 151)),
    ("header", _header("\U0001f389" * 75), _header("\U0001f389" * 76)),
    ("section", _section(text=_plain("x" * 3000)), _section(text=_plain("x" * 3001))),
    ("section", _section(text=_plain("x")), _section(text=_plain(""))),
    ("field", _section(fields=[_plain("x" * 2000)]), _section(fields=[_plain("x" * 2001)])),
    ("fields", _section(fields=[_plain("x")] * 10), _section(fields=[_plain("x")] * 11)),
    ("context", _context(10), _context(11)),
    ("buttons", link_buttons([("b", "https://a.example")] * 25), link_buttons([("b", "https://a.example")] * 26)),
    ("characters", [rich_text(section(text("x" * 2600)))] * 4, [rich_text(section(text("x" * 2600)))] * 5),
    ("tables", [{"type": "table", "rows": []}], [{"type": "table", "rows": []}] * 2),
    ("table rows", [{"type": "table", "rows": [[]] * 100}], [{"type": "table", "rows": [[]] * 101}]),
    ("table", [{"type": "table", "rows": [["x" * 9000]]}], [{"type": "table", "rows": [["x" * 10001]]}]),
    ("charts", [_chart()] * 2, [_chart()] * 3),
    ("chart title", [_chart("t" * 50)], [_chart("t" * 51)]),
    ("categories", [_chart(categories=20)], [_chart(categories=21)]),
    ("chart label", [_chart(label="c" * 20)], [_chart(label="c" * 21)]),
    ("series", [_chart(series=6)], [_chart(series=7)]),
    ("unknown block type", [{"type": "divider"}], [{"type": "carousel"}]),
]


@pytest.mark.parametrize(("what", "legal", "refused"), CASES, ids=[f"{n} {case[0]}" for n, case in enumerate(CASES)])
def test_a_limit_holds_to_the_last_character(
    what: str, legal: list[dict[str, Any]], refused: list[dict[str, Any]]
) -> None:
    assert problems(legal) == []
    assert any(what in sentence for sentence in problems(refused))


def test_a_series_must_follow_the_categories() -> None:
    chart = _chart(categories=2)
    chart["chart"]["axis_config"]["categories"] = ["c1", "c0"]
    assert problems([chart]) == ["block 1: chart: a series does not follow the categories"]


def test_our_own_builders_shorten() -> None:
    assert problems([header("\U0001f389" * 300), *link_buttons([("x" * 300, "https://a.example")])]) == []


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "https://" + "a" * 3000])
def test_only_web_addresses_become_links(url: str) -> None:
    assert link("Acme", url) == text("Acme")
    assert link_buttons([("Open", url)]) == []
