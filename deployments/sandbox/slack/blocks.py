"""Block Kit's rules for a message: what each block may hold, and what the message may hold in all."""

from collections.abc import Iterator
from typing import Any

from deployments.sandbox.slack.checks import Check, Problems, both, fields, flag, items, needs_one, text, typed
from deployments.sandbox.slack.data_blocks import (
    DATA_TABLE,
    DATA_TABLE_CHARACTERS,
    DATA_VISUALIZATION,
    TABLE,
    TABLE_CHARACTERS,
    cell_characters,
)
from deployments.sandbox.slack.elements import ACCESSORY, ACTION_ELEMENT, CONTEXT_ELEMENT, ID, URL, formatted, plain
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.rich_text import RICH_TEXT

MOST_BLOCKS = 50
MARKDOWN_CHARACTERS = 12_000
MOST_CHARTS = 2
# Undocumented. Senders measured refusals from 13,172 characters in few blocks, and from 11,341 in 45 blocks while
# 9,597 in 50 passed; Slack says it counts text and "a buffer for block containers". This price of a block fits all.
MESSAGE_CHARACTERS = 13_200
BLOCK_PRICE = 42

WITH_ID = {"block_id": ID}
IMAGE = both(
    fields(
        {"alt_text": text(2000, 1)},
        {**WITH_ID, "image_url": URL, "slack_file": fields({}, {"id": text(), "url": text()}), "title": plain(2000)},
    ),
    needs_one("image_url", "slack_file"),
)
SECTION = both(
    fields(
        {},
        {
            **WITH_ID,
            "text": formatted(3000),
            "fields": items(formatted(2000), 10, 1),
            "accessory": ACCESSORY,
            "expand": flag,
        },
    ),
    needs_one("text", "fields"),
)
VIDEO = fields(
    {"title": plain(200), "video_url": text(3000, 1), "thumbnail_url": text(3000, 1), "alt_text": text(2000, 1)},
    {
        **WITH_ID,
        "author_name": text(50),
        "description": plain(200),
        "provider_icon_url": text(2000),
        "provider_name": text(50),
        "title_url": text(2000),
    },
)

BLOCKS: dict[str, Check] = {
    "actions": fields({"elements": items(ACTION_ELEMENT, 25, 1)}, WITH_ID),
    "context": fields({"elements": items(CONTEXT_ELEMENT, 10, 1)}, WITH_ID),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "divider": fields({}, WITH_ID),
    "header": fields({"text": plain(150)}, WITH_ID),
    "image": IMAGE,
    "markdown": fields({"text": text(MARKDOWN_CHARACTERS, 1)}, WITH_ID),
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "table": TABLE,
    "video": VIDEO,
}

ALL = items(typed(BLOCKS), MOST_BLOCKS)


def checked(value: Any) -> list[JsonObject]:
    """The blocks of a message, each with a block_id. Raises SlackError when Slack would refuse them."""
    if not isinstance(value, list):
        raise SlackError("invalid_blocks_format")
    problems: Problems = []
    ALL(value, "/blocks", problems)
    if problems:
        raise SlackError("invalid_blocks", tuple(problems))
    _refuse_repeated_ids(value)
    _refuse_too_much_data(value)
    if sum(map(_characters, value)) + BLOCK_PRICE * len(value) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return [{**block, "block_id": block.get("block_id") or f"b{place}"} for place, block in enumerate(value)]


def _refuse_repeated_ids(blocks: list[JsonObject]) -> None:
    named = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(set(named)) != len(named):
        raise SlackError("invalid_blocks", ("block_id must be unique [json-pointer:/blocks]",))


def _refuse_too_much_data(blocks: list[JsonObject]) -> None:
    """The limits that hold over all blocks of a message."""
    tables = [block for block in blocks if block["type"] == "table"]
    if len(tables) > 1:
        raise SlackError("invalid_attachments", ("only_one_table_allowed",))
    limits = {"table": TABLE_CHARACTERS, "data_table": DATA_TABLE_CHARACTERS}
    problems = [
        f"cells of {kind} blocks must be less than {most + 1} characters in all [json-pointer:/blocks]"
        for kind, most in limits.items()
        if sum(cell_characters(block["rows"]) for block in blocks if block["type"] == kind) > most
    ]
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_CHARACTERS:
        problems.append(
            f"markdown must be less than {MARKDOWN_CHARACTERS + 1} characters in all [json-pointer:/blocks]"
        )
    if sum(block["type"] == "data_visualization" for block in blocks) > MOST_CHARTS:
        problems.append(f"no more than {MOST_CHARTS} data_visualization blocks allowed [json-pointer:/blocks]")
    if problems:
        raise SlackError("invalid_blocks", tuple(problems))


def _characters(block: JsonObject) -> int:
    """What a block counts towards the message: its texts. Tables and charts have limits of their own."""
    if block["type"] in {"table", "data_table", "data_visualization"}:
        return 0
    return sum(map(len, _texts(block)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, content in value.items():
            if name == "text" and isinstance(content, str):
                yield content
            else:
                yield from _texts(content)
