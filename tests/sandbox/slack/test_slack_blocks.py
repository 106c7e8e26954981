"""Block Kit's limits: each is met exactly, and passed by one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from deployments.sandbox.slack.blocks import BLOCK_PRICE, MESSAGE_CHARACTERS, checked
from deployments.sandbox.slack.errors import SlackError

from .small_slack import SALES

LIMITS: dict[str, int] = json.loads((Path(__file__).parents[2] / "payloads/slack/block-kit-limits.json").read_text())[
    "limits"
]
Block = dict[str, Any]


def plain(length: int) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Block:
    return {"type": "mrkdwn", "text": "x" * length}


def section(length: int = 1) -> Block:
    return {"type": "section", "text": mrkdwn(length)}


def actions(count: int = 1, text: int = 1, **more: object) -> Block:
    button = {"type": "button", "text": plain(text), **more}
    return {"type": "actions", "elements": [button] * count}


def table(rows: int = 1, cells: int = 1, length: int = 1, settings: int = 0) -> Block:
    cell = {"type": "raw_text", "text": "x" * length}
    columns: list[object] = [None, {"align": "right", "is_wrapped": True}] * settings
    return {"type": "table", "rows": [[cell] * cells] * rows, "column_settings": columns[:settings]}


def data_table(rows: int = 2, cells: int = 1, length: int = 1, **more: object) -> Block:
    cell = {"type": "raw_text", "text": "x" * length}
    return {"type": "data_table", "caption": "Deals", "rows": [[cell] * cells] * rows, **more}


def pie(segments: int = 1, label: int = 1, value: float = 1, title: int = 1) -> Block:
    parts = [{"label": "x" * label, "value": value}] * segments
    return {"type": "data_visualization", "title": "t" * title, "chart": {"type": "pie", "segments": parts}}


def bars(series: int = 1, points: int = 1, label: int = 1, name: int = 2, axis: int = 1) -> Block:
    categories = ["x" * label] * points
    data = [{"label": category, "value": 0} for category in categories]
    chart = {
        "type": "bar",
        "series": [{"name": f"{n:0{name}d}", "data": data} for n in range(series)],
        "axis_config": {"categories": categories, "x_label": "x" * axis},
    }
    return {"type": "data_visualization", "title": "t", "chart": chart}


def image(alt: int = 1, url: int = 1, title: int = 1) -> Block:
    return {"type": "image", "image_url": "u" * url, "alt_text": "a" * alt, "title": plain(title)}


def overflow(options: int) -> Block:
    option = {"text": plain(1), "value": "v"}
    return {"type": "section", "text": mrkdwn(1), "accessory": {"type": "overflow", "options": [option] * options}}


def rich_list(indent: int) -> Block:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "indent": indent, "elements": []}],
    }


MOST: list[tuple[str, Callable[[int], Block]]] = [
    ("section.text.max_length", section),
    ("section.fields.max_items", lambda n: {"type": "section", "fields": [mrkdwn(1)] * n}),
    ("section.fields.item_max_length", lambda n: {"type": "section", "fields": [mrkdwn(n)]}),
    ("header.text.max_length", lambda n: {"type": "header", "text": plain(n)}),
    ("context.elements.max_items", lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}),
    ("actions.elements.max_items", actions),
    ("button.text.max_length", lambda n: actions(text=n)),
    ("button.value.max_length", lambda n: actions(value="v" * n)),
    ("button.url.max_length", lambda n: actions(url="u" * n)),
    ("action_id.max_length", lambda n: actions(action_id="a" * n)),
    ("block_id.max_length", lambda n: {"type": "divider", "block_id": "b" * n}),
    ("overflow.options.max_items", overflow),
    ("image.alt_text.max_length", lambda n: image(alt=n)),
    ("image.image_url.max_length", lambda n: image(url=n)),
    ("image.title.max_length", lambda n: image(title=n)),
    ("markdown.text.max_length", lambda n: {"type": "markdown", "text": "x" * n}),
    ("table.rows.max_items", lambda n: table(rows=n)),
    ("table.columns.max_items", lambda n: table(cells=n)),
    ("table.column_settings.max_items", lambda n: table(settings=n)),
    ("data_table.rows.max_items", lambda n: data_table(rows=n)),
    ("data_table.columns.max_items", lambda n: data_table(cells=n)),
    ("data_table.page_size.max", lambda n: data_table(page_size=n)),
    ("data_table.content.max_length", lambda n: data_table(cells=1, length=n - n // 2)),
    ("data_visualization.title.max_length", lambda n: pie(title=n)),
    ("data_visualization.segments.max_items", lambda n: pie(segments=n)),
    ("data_visualization.segment.label.max_length", lambda n: pie(label=n)),
    ("data_visualization.series.max_items", lambda n: bars(series=n)),
    ("data_visualization.series_name.max_length", lambda n: bars(name=n)),
    ("data_visualization.data.max_items", lambda n: bars(points=n)),
    ("data_visualization.category_label.max_length", lambda n: bars(label=n)),
    ("data_visualization.axis_label.max_length", lambda n: bars(axis=n)),
    ("rich_text_list.indent.max", rich_list),
]


@pytest.mark.parametrize(("limit", "block"), MOST, ids=[limit for limit, _ in MOST])
def test_a_limit_may_be_met_and_not_passed(limit: str, block: Callable[[int], Block]) -> None:
    most = LIMITS[limit]
    assert checked([block(most)])
    with pytest.raises(SlackError, match="invalid_blocks"):
        checked([block(most + 1)])


EMPTY_PART = {"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}
EMPTY_CELL = {"type": "raw_text", "text": ""}

# What is sent, and what Slack says is wrong, at which place below /blocks/0.
REFUSED: list[tuple[str, Block, str, str]] = [
    ("unknown type", {"type": "sectoin"}, "unsupported type: sectoin", "/type"),
    ("modal only", {"type": "input"}, "unsupported type: input", "/type"),
    ("no type", {}, "missing required field: type", ""),
    ("misspelt field", {"type": "divider", "colour": "red"}, "invalid additional property: colour", ""),
    ("empty text", {"type": "header", "text": plain(0)}, "must be more than 0 characters", "/text/text"),
    ("empty section", {"type": "section"}, "must provide at least one of: text, fields", ""),
    ("header in mrkdwn", {"type": "header", "text": mrkdwn(1)}, "unsupported type: mrkdwn", "/text/type"),
    ("many fields", {"type": "section", "fields": [mrkdwn(1)] * 11}, "no more than 10 items allowed", "/fields"),
    ("no actions", actions(0), "no less than 1 items allowed", "/elements"),
    ("button style", actions(style="green"), "must be one of: primary, danger", "/elements/0/style"),
    ("no alt text", {"type": "image", "image_url": "u"}, "missing required field: alt_text", ""),
    ("a zero slice", pie(value=0), "must be more than 0", "/chart/segments/0/value"),
    ("header only", data_table(rows=1), "no less than 2 items allowed", "/rows"),
    ("empty rich text", {"type": "rich_text", "elements": [EMPTY_PART]}, "must be more than 0 characters",
     "/elements/0/elements/0/text"),
    ("empty cell", {"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "h"}], [EMPTY_CELL]]},
     "must be more than 0 characters", "/rows/1/0/text"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "wrong", "place"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_refusal_names_the_place(block: Block, wrong: str, place: str) -> None:
    with pytest.raises(SlackError) as caught:
        checked([block])
    assert (caught.value.code, caught.value.messages) == (
        "invalid_blocks",
        (f"{wrong} [json-pointer:/blocks/0{place}]",),
    )


def test_a_refusal_reads_as_the_real_one(bot: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        bot.chat_postMessage(channel=SALES, text="x", blocks=[section(3_001)])
    assert caught.value.response.data == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ],
        "response_metadata": {
            "messages": [
                "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
                "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
            ]
        },
    }


def test_the_rows_of_a_data_table_are_as_long_as_its_header() -> None:
    uneven = data_table(rows=2, cells=2)
    uneven["rows"] = [uneven["rows"][0], uneven["rows"][1][:1]]
    with pytest.raises(SlackError) as caught:
        checked([uneven])
    assert caught.value.messages == ("must have 2 cells as the first row has [json-pointer:/blocks/0/rows/1]",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda chart: chart["axis_config"].update(categories=["other"]), "labels must match axis_config categories"),
        (lambda chart: chart["series"].append(chart["series"][0]), "series names must be unique"),
    ],
)
def test_the_series_of_a_chart_fit_its_categories(change: Callable[[Any], None], message: str) -> None:
    block = bars()
    change(block["chart"])
    with pytest.raises(SlackError) as caught:
        checked([block])
    assert caught.value.messages[0].startswith(message)


OVER_ALL: list[tuple[str, list[Block], str]] = [
    ("51 blocks", [{"type": "divider"}] * 51, "invalid_blocks"),
    ("two tables", [table(), table()], "invalid_attachments"),
    ("10,001 characters in a table", [table(rows=11, length=910)], "invalid_blocks"),
    ("20,001 characters in data tables", [data_table(length=5_000), data_table(length=5_001)], "invalid_blocks"),
    ("three charts", [pie(), pie(), bars()], "invalid_blocks"),
    ("12,001 characters of markdown", [{"type": "markdown", "text": "x" * n} for n in (12_000, 1)], "invalid_blocks"),
    ("one id twice", [{"type": "divider", "block_id": "a"}] * 2, "invalid_blocks"),
    ("too much text", [section(2_640 - BLOCK_PRICE)] * 4 + [section(2_641 - BLOCK_PRICE)], "msg_blocks_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "error"), [c[1:] for c in OVER_ALL], ids=[c[0] for c in OVER_ALL])
def test_limits_over_the_whole_message(blocks: list[Block], error: str) -> None:
    with pytest.raises(SlackError) as caught:
        checked(blocks)
    assert caught.value.code == error


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "divider"}] * 50,
        [section(2_640 - BLOCK_PRICE)] * 5,
        [table(rows=10, cells=1, length=1_000)],
        [data_table(length=5_000), data_table(length=5_000)],
        [pie(), bars()],
    ],
    ids=["50 blocks", "13,200 characters", "a full table", "full data tables", "two charts"],
)
def test_a_message_may_be_full(blocks: list[Block]) -> None:
    named = checked(blocks)
    assert len({block["block_id"] for block in named}) == len(blocks)


@pytest.mark.parametrize(
    ("blocks", "characters", "passes"), [(50, 9_597, True), (45, 11_341, False), (5, 13_172, False)]
)
def test_what_senders_measured_at_the_real_slack(blocks: int, characters: int, passes: bool) -> None:
    each, rest = divmod(characters, blocks)
    message = [section(each + (place < rest)) for place in range(blocks)]
    if passes:
        assert checked(message)
        return
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        checked(message)


def test_the_limit_of_the_message_is_the_measured_one() -> None:
    assert MESSAGE_CHARACTERS == 13_200


def test_a_report_like_message_passes(bot: WebClient) -> None:
    text = {"type": "text", "text": "Acme <!channel>", "style": {"bold": True}}
    link = {"type": "link", "url": "https://x.example", "text": "Acme"}
    picture = {"type": "image", "image_url": "u", "alt_text": "a"}
    blocks = [
        {"type": "header", "text": plain(100)},
        {"type": "rich_text", "elements": [
            {"type": "rich_text_list", "style": "ordered", "elements": [
                {"type": "rich_text_section", "elements": [text, link]}]},
            {"type": "rich_text_quote", "elements": [text]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a"}]}]},
        {"type": "section", "fields": [mrkdwn(10)] * 4, "accessory": picture},
        bars(3, 4),
        table(20, 5, 10, 5),
        actions(2, url="https://x.example", style="primary"),
        {"type": "context", "elements": [mrkdwn(20), picture]},
    ]  # fmt: skip
    posted = bot.chat_postMessage(channel=SALES, text="x", blocks=blocks)["message"]["blocks"]
    assert [{**b, "block_id": None} for b in posted] == [{**b, "block_id": None} for b in blocks]
