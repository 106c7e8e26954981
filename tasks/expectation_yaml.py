"""The YAML of `expectations/` as texts, lists and entries that know their line. What YAML would take silently for
something else than what is read there (a comment, a reference, a tag) is kept or refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import yaml

from tasks.expectation_mistakes import Mistake
from tasks.expectation_syntax import in_words

_COMMENT: Final = re.compile(r"[ \t]+(#[^\r\n]*)")
_SIGNS: Final = {"anchor": "&", "tag": "!"}


@dataclass(frozen=True)
class Text:
    """A text; `value` has single spaces. `cut` is the comment that follows it on its line where the text has no quotes
    ("# of hosts" after "Up to"): it may have been meant as part of it."""

    value: str
    line: int
    cut: str = ""


@dataclass(frozen=True)
class Listing:
    """A list."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True)
class Entries:
    """Keys with what they have, in the order of the file; a key may be there twice."""

    pairs: tuple[tuple["Node", "Node"], ...]
    line: int


Node = Text | Listing | Entries


class Unreadable(Exception):
    """The text is no YAML that can be used; has the `mistake`."""

    def __init__(self, file: str, line: int, said: str) -> None:
        self.mistake = Mistake(file, line, said)
        super().__init__(str(self.mistake))


def tree(text: str, file: str) -> Node | None:
    """What the file says; None for a file that says nothing. Raises `Unreadable`."""
    try:
        return _build(yaml.parse(text, Loader=yaml.SafeLoader), text, file)
    except yaml.YAMLError as error:
        raise Unreadable(file, *in_words(error, text)) from None
    except (ValueError, OverflowError):  # PyYAML lets these out for "\UFFFFFFFF" and for a version of many digits
        raise Unreadable(file, 1, "YAML cannot read this file: look for a “\\U…” or “%YAML” in it") from None


def _build(events: Iterator[yaml.Event], text: str, file: str) -> Node | None:
    """By hand and without recursion: the depth of a file is not bounded, and PyYAML's own tree forgets references."""
    top: list[Node] = []
    open_ones: list[tuple[bool, int, list[Node]]] = []
    for event in events:
        _refuse_magic(event, file)
        line = _line(event)
        if isinstance(event, yaml.DocumentStartEvent) and top:
            raise Unreadable(file, line, "“---” begins a second document here: one file has one; take the line out")
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            open_ones.append((isinstance(event, yaml.SequenceStartEvent), line, []))
            continue
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = _text(event, text)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            is_list, line, inside = open_ones.pop()
            pairs = zip(inside[::2], inside[1::2], strict=not is_list)
            node = Listing(tuple(inside), line) if is_list else Entries(tuple(pairs), line)
        else:
            continue
        (open_ones[-1][2] if open_ones else top).append(node)
    return top[0] if top else None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _text(event: yaml.ScalarEvent, text: str) -> Text:
    plain = event.style is None
    after = _COMMENT.match(text, event.end_mark.index) if plain and event.end_mark else None
    value = "" if plain and event.value in {"~", "null", "Null", "NULL"} else event.value
    return Text(" ".join(value.split()), _line(event), after.group(1).rstrip() if after else "")


def _refuse_magic(event: yaml.Event, file: str) -> None:
    """References, anchors and tags: nobody needs them here, and a label that begins so would silently lose it."""
    sign = "*" if isinstance(event, yaml.AliasEvent) else ""
    for name, mark in _SIGNS.items():
        if not sign and getattr(event, name, None) is not None:
            sign = mark
    if sign:
        said = f"a text that begins with “{sign}” means something else in YAML: put it in quotes"
        raise Unreadable(file, _line(event), said)
