"""What the reports of the feedback sweep that stand in Slack tell of each conversation, as a reader finds it there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tasks.reports.post import lines

NEWS, BEFORE, ANSWERED, NO_REPLY, UNTOLD = "news", "waits from before", "answered", "no reply needed", ""
_SECTIONS = {"Answered": ANSWERED, "No reply needed": NO_REPLY, "Also need an answer": NEWS}

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """A report that stands: its key, its notification, the lines of its parent, and those of its thread."""

    key: str
    first: str
    parent: tuple[str, ...]
    thread: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join((*self.parent, *self.thread))

    def tells(self, words: str) -> str:
        """As what it tells the conversation in which a customer wrote that; UNTOLD where it does not."""
        told, mark = UNTOLD, UNTOLD
        for line in (*self.parent, *self.thread):
            begins = line.partition(" · ")[0]
            mark = _SECTIONS.get(begins, mark)
            if line in self.parent or begins.startswith(("!! MAY BE P0", "P0?", "P1?", "P2?", "P3?")):
                mark = BEFORE if " waits since " in f" {line}" else NEWS
            if f"“{words}" in line or f" {words}”" in line:
                told = mark
        return told


def standing(messages: Iterable[Message]) -> list[Standing]:
    """The reports among the messages of a channel and its threads (with their metadata), the oldest first."""
    said = sorted(messages, key=lambda message: str(message["ts"]))
    return [
        Standing(
            payload(parent)["key"],
            str(parent["text"]),
            tuple(lines(parent["blocks"])),
            tuple(line for one in said if _is_below(one, parent) for line in lines(one["blocks"])),
        )
        for parent in said
        if payload(parent).get("key", "").startswith("feedback-sweep:")
    ]


def payload(message: Message) -> dict[str, str]:
    """By which we know a message of ours."""
    return dict((message.get("metadata") or {}).get("event_payload", {}))


def _is_below(message: Message, parent: Message) -> bool:
    return message.get("thread_ts") == parent["ts"] != message["ts"] and "part" in payload(message)
