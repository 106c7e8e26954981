"""A list cut into as many posts as Slack's limits ask for, and said "n of N" where not everything fits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.reports.blocks import DIVIDER, Block, Element, bold, items, rich_text, section, text
from tasks.reports.limits import MESSAGE_BLOCKS, MESSAGE_WEIGHT, weight
from tasks.reports.post import Post
from tasks.reports.slack_text import mrkdwn

_FRAME = 1_500  # what the heading and the closing line of a post may weigh
_ROWS = MESSAGE_BLOCKS - 5


@dataclass(frozen=True)
class Topic:
    """One subject of the thread.

    title   its first words, "Held back"
    note    what the reader should know of the whole list; may be empty
    rows    the list, most important first; read no further than what fits
    total   how many rows there are
    posts   how many posts it may take
    apart   each row a block of its own, for rows of several lines
    rest    where the rows are that do not fit, for a topic whose rows are not in the file
    """

    title: str
    rows: Iterable[Sequence[Element]]
    total: int
    note: str = ""
    posts: int = 1
    apart: bool = False
    rest: str = ""


def posts_of(topics: Iterable[Topic], rest_in: str) -> tuple[Post, ...]:
    """The posts of the topics in order, small ones together. What does not fit is said to be in the file `rest_in`."""
    posts: list[Post] = []
    for topic in topics:
        for page in _topic_posts(topic, rest_in):
            both = [*posts[-1].blocks, DIVIDER, *page.blocks] if posts else []
            if both and len(both) <= MESSAGE_BLOCKS and weight(both) <= MESSAGE_WEIGHT:
                posts[-1] = Post(f"{posts[-1].text} · {page.text}", both)
            else:
                posts.append(page)
    return tuple(posts)


def _topic_posts(topic: Topic, rest_in: str) -> Iterator[Post]:
    pages = _pages(topic)
    shown = sum(map(len, pages))
    first = 1
    for page in pages:
        last = first + len(page) - 1
        title = f"{topic.title} · {first} to {last} of {topic.total:,}" if len(page) < topic.total else topic.title
        note = [text(f" · {topic.note}")] if first == 1 and topic.note else []
        blocks = [rich_text(section(bold(title), *note)), *_body(page, apart=topic.apart)]
        if last == shown < topic.total:
            rest = topic.rest or f"all are in {rest_in}"
            blocks.append(rich_text(section(text(f"{shown:,} of {topic.total:,} shown; {rest}."))))
        yield Post(mrkdwn(title), blocks)
        first = last + 1


def _pages(topic: Topic) -> list[list[Sequence[Element]]]:
    pages: list[list[Sequence[Element]]] = []
    room = 0
    for row in topic.rows:
        size = weight(_body([row], apart=topic.apart))
        if not pages or size > room or len(pages[-1]) == _ROWS:
            if len(pages) == topic.posts:
                break
            pages.append([])
            room = MESSAGE_WEIGHT - _FRAME
        pages[-1].append(row)
        room -= size
    return pages


def _body(rows: Sequence[Sequence[Element]], *, apart: bool) -> list[Block]:
    if apart:
        return [rich_text(section(*row)) for row in rows]
    return [rich_text(items("bullet", rows))]
