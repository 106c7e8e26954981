from typing import Any

import pytest

from deployments.sandbox.slack.page.blocks import render_blocks
from deployments.sandbox.slack.page.names import Names

from .company import bar_chart, mrkdwn, ordered, pie_chart, plain, report, rich, section, table, text
from .reading import Reading

PIXEL = "data:image/png;base64,iVBORw0KGgo="


def image(url: str) -> dict[str, Any]:
    return {"type": "image", "image_url": url, "alt_text": "a chart"}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), **more}


def read(block: dict[str, Any], names: Names) -> Reading:
    return Reading(render_blocks([block], names))


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ({"type": "header", "text": plain("Q4 &amp; Q1")}, "Q4 & Q1"),
        ({"type": "section", "text": mrkdwn("*a*"), "accessory": button()}, "a Go"),
        ({"type": "section", "fields": [mrkdwn("*a*"), plain("*b*")]}, "a *b*"),
        ({"type": "context", "elements": [mrkdwn("as of 07:28"), image(PIXEL)]}, "as of 07:28"),
        ({"type": "divider"}, ""),
        ({"type": "actions", "elements": [button(), {"type": "datepicker", "initial_date": "2026-11-23"}]},
         "Go 2026-11-23 ▾"),
        ({"type": "actions", "elements": [{"type": "static_select", "placeholder": plain("Stage")}]}, "Stage ▾"),
        ({"type": "actions", "elements": [{"type": "overflow", "options": [{"text": plain("Later")}]}]}, "⋯ Later"),
        ({"type": "actions", "elements": [{"type": "checkboxes", "options": [{"text": plain("Mine")}]}]}, "Mine"),
        ({"type": "actions", "elements": [{"type": "hologram"}]}, "An element of type hologram is not shown here."),
        ({"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a chart", "title": plain("T")},
         "T Picture: a chart"),
        ({"type": "file", "external_id": "X1", "source": "remote"}, "File kept elsewhere: X1 (remote)"),
        ({"type": "markdown", "text": "# H\n**b** *i* ~~s~~ `c` [l](https://a.example)\n- one\n> q\n```\nx\n```"},
         "H b i s c l one q x"),
        ({"type": "hologram"}, "A block of type hologram is not shown here."),
        ({}, "A block of type None is not shown here."),
        ({"type": "section", "text": "not an object"},
         "This section block is malformed: TypeError string indices must be integers, not 'str'"),
        ({"type": "table", "rows": []},
         "This table block is malformed: ValueError not enough values to unpack (expected at least 1, got 0)"),
    ],
)  # fmt: skip
def test_block(block: dict[str, Any], text: str, names: Names) -> None:
    assert read(block, names).text == text


@pytest.mark.parametrize(
    ("url", "tag"),
    [
        (PIXEL, "img"),
        ("/slack/files/F0REPORT01", "img"),
        ("https://elsewhere.example/x.png", "a"),
        ("data:image/svg+xml;base64,AAAA", "span"),
        ("javascript:alert(1)", "span"),
    ],
)
def test_only_pictures_that_are_kept_here_are_loaded(url: str, tag: str, names: Names) -> None:
    assert {"img", "a", "span"} & set(read(image(url), names).tags) == {tag}


def test_a_picture_may_be_a_file_of_this_slack(names: Names) -> None:
    block = {"type": "image", "alt_text": "x", "slack_file": {"url": "http://127.0.0.1/slack/files/F0REPORT01"}}
    assert read(block, names).addresses == ["/slack/files/F0REPORT01"]


@pytest.mark.parametrize(
    ("element", "tag", "classes"),
    [
        (button(url="https://a.example"), "a", ["button"]),
        (button(url="https://a.example", style="primary"), "a", ["button", "primary"]),
        (button(style="danger", action_id="x"), "button", ["button", "danger"]),
        (button(style="onclick"), "button", ["button"]),
        (button(url="mailto:a@b.example"), "button", ["button"]),
        (button(url="javascript:alert(1)"), "button", ["button"]),
    ],
)
def test_button(element: dict[str, Any], tag: str, classes: list[str], names: Names) -> None:
    reading = read({"type": "actions", "elements": [element]}, names)
    assert reading.tags[1:] == [tag]
    assert reading.classes[2:] == classes
    assert ("rel", "noopener noreferrer") in reading.attributes or tag == "button"


@pytest.mark.parametrize(
    ("element", "html"),
    [
        (text("a & <b>"), "a &amp; &lt;b&gt;"),
        (text("*a* <@U1>"), "*a* &lt;@U1&gt;"),
        (text("a", bold=True, code=True), "<b><code>a</code></b>"),
        (text("a", strike=True, italic=True), "<i><s>a</s></i>"),
        ({"type": "user", "user_id": "U1"}, '<span class="mention person">@Tom Oduya</span>'),
        ({"type": "usergroup", "usergroup_id": "S1"}, '<span class="mention person">@S1</span>'),
        ({"type": "broadcast", "range": "here"}, '<span class="mention broadcast">@here</span>'),
        ({"type": "channel", "channel_id": "C9"}, '<span class="mention channel">#C9</span>'),
        ({"type": "emoji", "name": "x", "unicode": "1f468-200d-1f469"}, "👨\u200d👩"),
        ({"type": "emoji", "name": "no_such", "unicode": "d800"}, ":no_such:"),
        ({"type": "color", "value": "#F405B3"}, "<code>#F405B3</code>"),
        ({"type": "date", "timestamp": 1795447685, "format": "{date_short}", "fallback": "x"},
         '<time datetime="2026-11-23T07:28:05-08:00">Nov 23, 2026</time>'),
        ({"type": "link", "url": "javascript:alert(1)", "text": "x"}, "<span>x</span>"),
        ({"type": "hologram"}, '<span class="notice">[text of type hologram is not shown here]</span>'),
    ],
)  # fmt: skip
def test_rich_text_element(element: dict[str, Any], html: str, names: Names) -> None:
    shown = render_blocks([rich(section(element))], names)
    assert shown == f'<div class="block rich_text"><div class="text">{html}</div></div>'


def test_rich_text_lists_continue_and_indent(names: Names) -> None:
    first, inner = ordered(section(text("a"))), ordered(section(text("b")), indent=1, style="bullet")
    third = ordered(section(text("c")), offset=1)
    quote = {"type": "rich_text_quote", "elements": [text("q")]}
    pre = {"type": "rich_text_preformatted", "elements": [text("p")]}
    assert render_blocks([rich(first, inner, third, quote, pre)], names) == (
        '<div class="block rich_text">'
        '<ol class="indent-0" start="1"><li>a</li></ol><ul class="indent-1"><li>b</li></ul>'
        '<ol class="indent-0" start="2"><li>c</li></ol><blockquote>q</blockquote><pre>p</pre></div>'
    )


def test_table_aligns_wraps_and_keeps_text_literal(names: Names) -> None:
    html = render_blocks([table()], names)
    assert '<th scope="col" class="right unwrapped">Amount</th>' in html
    assert '<td class="left wrapped">Never answered</td>' in html
    assert '<td class="left unwrapped">&lt;b&gt;Initech&lt;/b&gt; &amp; Söhne</td>' in html


def test_data_table_shows_every_row(names: Names) -> None:
    numbers = [[plain_cell(f"deal {n}"), {"type": "raw_number", "value": n, "text": f"${n}"}] for n in range(200)]
    block = {
        "type": "data_table",
        "caption": "Deals",
        "page_size": 5,
        "rows": [[plain_cell("A"), plain_cell("B")], *numbers],
    }
    html = render_blocks([block], names)
    assert html.count("<tr>") == 201
    assert '<th scope="row">deal 199</th><td class="right unwrapped">$199</td>' in html
    assert "<caption>Deals</caption>" in html


def plain_cell(words: str) -> dict[str, Any]:
    return {"type": "raw_text", "text": words}


@pytest.mark.parametrize(
    ("block", "shapes"),
    [
        (bar_chart("bar"), {"rect": 15, "polyline": 0, "polygon": 0}),
        (bar_chart("line"), {"rect": 0, "polyline": 3, "polygon": 0, "circle": 15}),
        (bar_chart("area"), {"rect": 0, "polyline": 3, "polygon": 3}),
        (pie_chart(), {"path": 4}),
    ],
)
def test_chart_draws_every_value(block: dict[str, Any], shapes: dict[str, int], names: Names) -> None:
    reading = read(block, names)
    assert {shape: reading.tags.count(shape) for shape in shapes} == shapes
    assert block["title"] in reading.text


@pytest.mark.parametrize(
    "chart",
    [
        {"type": "pie", "segments": []},
        {"type": "pie", "segments": [{"label": "a", "value": 0}]},
        {"type": "radar", "series": [], "axis_config": {"categories": ["a"]}},
        {"type": "bar", "series": [], "axis_config": {"categories": ["a"]}},
        {"type": "bar", "series": [{"name": "s", "data": []}], "axis_config": {"categories": ["a"]}},
        {"type": "bar", "series": [{"name": "s", "data": [{"label": "a", "value": "nan"}]}],
         "axis_config": {"categories": ["a"]}},
    ],
)  # fmt: skip
def test_a_chart_that_cannot_be_drawn_says_so(chart: dict[str, Any], names: Names) -> None:
    block = {"type": "data_visualization", "title": "T", "chart": chart}
    assert "data_visualization block is malformed" in read(block, names).text


def test_the_report_has_nothing_left_out(names: Names) -> None:
    reading = Reading(render_blocks(report(), names))
    assert "notice" not in reading.classes
    assert "1M" in reading.text
