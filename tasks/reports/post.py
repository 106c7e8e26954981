"""A report as it is handed to Slack: one parent message, posts in its thread, files last."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tasks.reports.blocks import Block, Element, text
from tasks.reports.slack_text import mrkdwn


@dataclass(frozen=True)
class Post:
    """One message. `text` is its notification, safe as mrkdwn; `blocks` are what is read; `names` are those of the
    members it mentions, by their Slack id, for where it is shown as plain text."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """Everything the blocks say as mrkdwn-safe lines: what to post where Slack refuses the blocks."""
        return "\n".join(mrkdwn(line) for line in lines(self.blocks, self.names))

    def without_charts(self) -> "Post":
        """The same post for a workspace that does not know chart blocks yet."""
        return replace(self, blocks=[block for block in self.blocks if block["type"] != "data_visualization"])


@dataclass(frozen=True)
class ReportFile:
    """A file for the thread; `content` is what is uploaded, byte for byte."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)
class Report:
    """One run's report. The parent is posted (or updated) first, then the thread in order, then the files.

    `picture` draws the parent's chart, for a workspace that refuses chart blocks.
    """

    parent: Post
    thread: tuple[Post, ...] = ()
    files: tuple[ReportFile, ...] = ()
    picture: Callable[[], ReportFile] | None = None


def as_text(report: Report) -> str:
    """The report for a terminal: the parent's lines, then each post of the thread, then the names of the files."""
    posts = ["\n".join(lines(post.blocks, post.names)) for post in (report.parent, *report.thread)]
    files = "\n".join(f"[file] {file.name}, {len(file.content):,} bytes" for file in report.files)
    return "\n\n".join(part for part in (*posts, files) if part) + "\n"


def lines(blocks: Iterable[Block], names: Mapping[str, str] | None = None) -> list[str]:
    """What the blocks say, line by line, unescaped; a chart is written as a small table of its numbers, a mention as
    "@" and the member's name (their id, where `names` does not have it)."""
    readable = ({**block, "elements": _named(block, names or {})} if _is_rich(block) else block for block in blocks)
    return [line for block in readable for line in _BLOCK_LINES[block["type"]](block)]


def _is_rich(part: Element) -> bool:
    return str(part["type"]).startswith("rich_text")


def _named(part: Element, names: Mapping[str, str]) -> list[Element]:
    """The elements of a rich text part, each mention as text."""
    named: list[Element] = []
    for element in part["elements"]:
        if element["type"] == "user":
            named.append(text(f"@{names.get(element['user_id'], element['user_id'])}"))
        else:
            named.append({**element, "elements": _named(element, names)} if _is_rich(element) else element)
    return named


def _rich_text(block: Block) -> Iterator[str]:
    for part in block["elements"]:
        if part["type"] == "rich_text_list":
            for number, row in enumerate(part["elements"], start=1):
                mark = f"{number}. " if part["style"] == "ordered" else "• "
                yield from _paragraph(row, mark)
        else:
            yield from _paragraph(part, "")


def _paragraph(part: Element, mark: str) -> Iterator[str]:
    words = "".join(element["text"] for element in part["elements"])
    first, *rest = words.split("\n")
    yield mark + first
    yield from (" " * len(mark) + line for line in rest)


def _buttons(block: Block) -> Iterator[str]:
    yield "  ".join(f"[{button['text']['text']}]" for button in block["elements"])


def _chart(block: Block) -> Iterator[str]:
    series = block["chart"]["series"]
    axis = block["chart"]["axis_config"]
    width = max(len(label) for label in axis["categories"])
    yield ""
    yield f"{block['title']}, {axis['y_label']}"
    yield " " * width + "".join(f"{one['name']:>14}" for one in series)
    for number, label in enumerate(axis["categories"]):
        yield f"{label:<{width}}" + "".join(f"{one['data'][number]['value']:>14,}" for one in series)


_BLOCK_LINES: dict[str, Any] = {
    "header": lambda block: [block["text"]["text"]],
    "divider": lambda _: [""],
    "rich_text": _rich_text,
    "actions": _buttons,
    "context": lambda block: [element["text"] for element in block["elements"]],
    "data_visualization": _chart,
}
