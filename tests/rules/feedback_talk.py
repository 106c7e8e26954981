"""Conversations with customers in which each line states only who says what, and the corpus of what they write.

A talk begins on Mon 23 Nov 2026 at 02:00 in Los Angeles. "ann: thanks" is a line of Ann's; `us` is Tom Okafor of ours,
"sue*" is Sue of ours; all others are customers.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tasks.rules.feedback import Conversation, Kind, Message, Need, Priority, SharedFile
from tasks.rules.feedback_policy import FeedbackPolicy

BEGINS = datetime(2026, 11, 23, 10, tzinfo=UTC)
POLICY = FeedbackPolicy()
CORPUS = Path(__file__).parents[1] / "payloads" / "feedback" / "corpus.yml"
NEEDS = {"answer": Need.ANSWER, "answered": Need.ANSWERED, "no reply": Need.NO_REPLY}


def at(minute: float) -> datetime:
    """So many minutes after a talk begins."""
    return BEGINS + timedelta(minutes=minute)


def line(minute: float, said: str, files: tuple[SharedFile, ...] = ()) -> Message:
    """A message, from "ann: thanks"."""
    who, _, text = said.partition(": ")
    is_ours, name = who == "us" or who.endswith("*"), who.rstrip("*").title()
    moment = at(minute)
    return Message(
        ts=f"{moment.timestamp():.6f}",
        at=moment,
        author=f"U{who.rstrip('*').upper()}",
        name="Tom Okafor" if who == "us" else f"{name} Lee" if not is_ours else name,
        is_ours=is_ours,
        text=text,
        files=files,
        link=f"https://slack.example/p{minute}",
    )


def talk(*lines: str | Message, every: float = 10, after: str = "") -> Conversation:
    """A conversation, its lines so many minutes apart."""
    said = [one if isinstance(one, Message) else line(number * every, one) for number, one in enumerate(lines)]
    return Conversation("C1", said[0].ts, tuple(said), after)


@dataclass(frozen=True)
class Labelled:
    """What a person says of a conversation; `kind` and `priority` are None where nobody would care."""

    talk: Conversation
    need: Need
    kind: Kind | None
    priority: Priority | None
    near: bool
    held_out: bool
    details: dict[str, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Its lines."""
        return " / ".join(message.text for message in self.talk.messages)


@cache
def corpus() -> tuple[Labelled, ...]:
    """The conversations of the corpus."""
    return tuple(_labelled(entry) for entry in yaml.safe_load(CORPUS.read_text(encoding="utf-8")))


def _labelled(entry: dict[str, Any]) -> Labelled:
    known = {"text", "thread", "need", "kind", "priority", "near", "held_out", "details", "lacks"}
    assert set(entry) <= known, f"{set(entry) - known} is no key of the corpus"
    return Labelled(
        talk=talk(*entry.get("thread", [f"ann: {entry.get('text')}"])),
        need=NEEDS[entry.get("need", "answer")],
        kind=Kind(entry["kind"]) if "kind" in entry else None,
        priority=Priority(entry["priority"]) if "priority" in entry else None,
        near=entry.get("near", False),
        held_out=entry.get("held_out", False),
        details={str(name): str(words) for name, words in entry.get("details", {}).items()},
        lacks=tuple(entry.get("lacks", ())),
    )
