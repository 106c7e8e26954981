"""A report as it is handed to Slack: one parent message, posts in its thread, files last."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tasks.reports.blocks import Block, Element
from tasks.reports.slack_text import mrkdwn


@dataclass(frozen=True)
class Post:
    """One message. `text` is its notification, safe as mrkdwn; `blocks` are what is read."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """Everything the blocks say as mrkdwn-safe lines: what to post where Slack refuses the blocks."""
        return "\n".join(mrkdwn(line) for line in lines(self.blocks))

    def without_charts(self) -> "Post":
        """The same post for a workspace that does not know chart blocks yet."""
        return Post(self.text, [block for block in self.blocks if block["type"] != "data_visualization"])


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
    posts = ["\n".join(lines(post.blocks)) for post in (report.parent, *report.thread)]
    files = "\n".join(f"[file] {file.name}, {len(file.content):,} bytes" for file in report.files)
    return "\n\n".join(part for part in (*posts, files) if part) + "\n"


def lines(blocks: Iterable[Block]) -> list[str]:
    """What the blocks say, line by line, unescaped; a chart is written as a small table of its numbers."""
    return [line for block in blocks for line in _BLOCK_LINES[block["type"]](block)]


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
