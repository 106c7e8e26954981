"""What Slack takes in one message, checked before posting (docs.slack.dev, Block Kit reference).

Lengths are counted in UTF-16 units, the larger of the two ways in which Slack may count an emoji. The limit over the
whole message is undocumented: about 13,000 characters were measured by others, and blocks whose words alone came to
11,300 were refused, so what is counted here is the blocks' JSON.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

MESSAGE_BLOCKS = 50
MESSAGE_WEIGHT = 11_000
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTION_ELEMENTS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
TABLES = 1
TABLE_ROWS = 100
TABLE_TEXT = 10_000
CHARTS = 2
CHART_TITLE = 50
CHART_LABEL = 20
CHART_SERIES = 6
CHART_CATEGORIES = 20

Blocks = list[dict[str, Any]]


def length(text: str) -> int:
    """Characters as UTF-16 units: 1 for a letter, 2 for most emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def weight(blocks: Blocks) -> int:
    """How much of `MESSAGE_WEIGHT` the blocks use."""
    return length(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def problems(blocks: Blocks) -> list[str]:
    """What Slack would refuse about the blocks of one message, a sentence each; empty when they are legal."""
    found = [*_message(blocks)]
    for number, block in enumerate(blocks, start=1):
        check = _CHECKS.get(block["type"])
        sentences = [f"unknown block type {block['type']}"] if check is None else check(block)
        found.extend(f"block {number}: {sentence}" for sentence in sentences)
    return found


def _above(what: str, count: int, limit: int) -> Iterator[str]:
    if count > limit:
        yield f"{what}: {count:,} of {limit:,}"


def _text(what: str, text: str, limit: int) -> Iterator[str]:
    if not text:
        yield f"{what}: empty"
    yield from _above(what, length(text), limit)


def _message(blocks: Blocks) -> Iterator[str]:
    kinds = [block["type"] for block in blocks]
    yield from _above("blocks", len(blocks), MESSAGE_BLOCKS)
    yield from _above("characters of the message", weight(blocks), MESSAGE_WEIGHT)
    yield from _above("tables", kinds.count("table"), TABLES)
    yield from _above("charts", kinds.count("data_visualization"), CHARTS)


def _header(block: dict[str, Any]) -> Iterator[str]:
    yield from _text("header", block["text"]["text"], HEADER_TEXT)


def _section(block: dict[str, Any]) -> Iterator[str]:
    if "text" in block:
        yield from _text("section", block["text"]["text"], SECTION_TEXT)
    yield from _above("fields", len(block.get("fields", [])), SECTION_FIELDS)
    for field in block.get("fields", []):
        yield from _text("field", field["text"], FIELD_TEXT)


def _context(block: dict[str, Any]) -> Iterator[str]:
    yield from _above("context elements", len(block["elements"]), CONTEXT_ELEMENTS)
    for element in block["elements"]:
        yield from _text("context", element["text"], SECTION_TEXT)


def _actions(block: dict[str, Any]) -> Iterator[str]:
    yield from _above("buttons", len(block["elements"]), ACTION_ELEMENTS)
    for button in block["elements"]:
        yield from _text("button", button["text"]["text"], BUTTON_TEXT)
        yield from _text("address", button["url"], URL)


def _rich_text(block: dict[str, Any]) -> Iterator[str]:
    if not block["elements"]:
        yield "rich text: empty"
    for element in block["elements"]:
        if element["type"] in {"text", "link"}:
            yield from _text("rich text", element["text"], SECTION_TEXT)
        elif element["type"] != "user":
            yield from _rich_text(element)


def _table(block: dict[str, Any]) -> Iterator[str]:
    yield from _above("table rows", len(block["rows"]), TABLE_ROWS)
    yield from _above("characters of the table", weight(block["rows"]), TABLE_TEXT)


def _chart(block: dict[str, Any]) -> Iterator[str]:
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    yield from _text("chart title", block["title"], CHART_TITLE)
    yield from _above("series", len(chart["series"]), CHART_SERIES)
    yield from _above("categories", len(categories), CHART_CATEGORIES)
    for label in [*categories, *(series["name"] for series in chart["series"])]:
        yield from _text("chart label", label, CHART_LABEL)
    if len({series["name"] for series in chart["series"]}) < len(chart["series"]):
        yield "chart: two series of one name"
    if any([point["label"] for point in series["data"]] != categories for series in chart["series"]):
        yield "chart: a series does not follow the categories"


_CHECKS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": lambda _: iter(()),
    "rich_text": _rich_text,
    "table": _table,
    "data_visualization": _chart,
}
