"""One file of `expectations/` as it is read: values of the kinds that the language has, and what is wrong in it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from tasks.expectation_mistakes import Mistake, meant, one_of, shown
from tasks.expectation_yaml import Entries, Listing, Node, Text

_JOINER: Final = "\u200d"  # holds emoji together; every other sign that cannot be seen makes a label that never fits
_FITS: Final = re.compile(r"[ _-]+")
Allowed = TypeVar("Allowed", bound=str)


@dataclass(frozen=True)
class Said:
    """A key that the file has, with its line and what it has."""

    line: int
    node: Node


@dataclass
class Sheet:
    """Gathers the mistakes of one file. Whatever reads a value gives None where it is none, and has said why."""

    file: str
    mistakes: list[Mistake] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)  # all that were named so far, for `fields`

    def wrong(self, line: int, said: str) -> None:
        """Something is wrong in that line."""
        self.mistakes.append(Mistake(self.file, line, said))

    def keys(self, node: Node, known: Sequence[str], homes: Mapping[str, str], what: str) -> dict[str, Said] | None:
        """The keys of `node`, each once. `homes` tells of keys that belong elsewhere where."""
        if not isinstance(node, Entries):
            self.wrong(node.line, f"{what} is written as keys with values, such as “{known[0]}: …”")
            return None
        found: dict[str, Said] = {}
        for key, value in node.pairs:
            name = key.value if isinstance(key, Text) else ""
            if name in found:
                self.wrong(key.line, f"“{name}” is said twice (first in line {found[name].line})")
            elif name in known:
                found[name] = Said(key.line, value)
            elif name in homes:
                self.wrong(key.line, f"“{name}” does not belong here: {homes[name]}")
            else:
                self.wrong(key.line, f"unknown key {shown(name or '?')}{meant(name, known) or f': {one_of(known)}'}")
        return found

    def text(self, node: Node, key: str) -> str | None:
        """One text."""
        if not isinstance(node, Text):
            self.wrong(node.line, _no_text(node, key))
        elif node.cut:
            said = f"{shown(node.value)} stops" if node.value else "the text stops"
            whole = f"{node.value} {node.cut}".strip()
            remedy = f'put it in quotes: "{whole}"; a comment has a line of its own'
            self.wrong(node.line, f"{said} where YAML sees a comment: {remedy}")
        elif not node.value:
            self.wrong(node.line, f"“{key}” has an empty text: fill it in, or take it out")
        elif hidden := next((one for one in node.value if not one.isprintable() and one != _JOINER), ""):
            name = unicodedata.name(hidden, f"U+{ord(hidden):04X}")
            self.wrong(node.line, f"a sign that cannot be seen ({name}) is in this text: type it anew")
        else:
            return node.value
        return None

    def listed(self, said: Said, key: str, *, empty: bool = False) -> tuple[Node, ...] | None:
        """The items of a list; an empty one only where `empty` allows it."""
        if not isinstance(said.node, Listing):
            self.wrong(said.line, f"“{key}” has a list: one line for each, beginning with “- ”")
            return None
        if not said.node.items and not empty:
            self.wrong(said.line, f"“{key}” is an empty list: fill it in, or take it out")
            return None
        return said.node.items

    def texts(self, said: Said | None, key: str, *, empty: bool = False) -> tuple[str, ...] | None:
        """A list of texts, none of them twice; () where the key is absent."""
        items = () if said is None else self.listed(said, key, empty=empty)
        if items is None:
            return None
        read = [(item.line, self.text(item, key)) for item in items]
        self.once([(line, one) for line, one in read if one is not None], key)
        whole = tuple(one for _, one in read if one is not None)
        return whole if len(whole) == len(read) else None

    def names(self, said: Said | None, key: str) -> tuple[str, ...] | None:
        """A list of labels, none of them twice; () where the key is absent."""
        read = self.texts(said, key)
        self.labels += read or ()
        return read

    def label(self, said: Said, key: str) -> str | None:
        """One label."""
        read = self.text(said.node, key)
        self.labels += [read] if read else []
        return read

    def once(self, read: Sequence[tuple[int, str]], key: str) -> None:
        """Says which of the texts are there twice; upper and lower case are the same."""
        first: dict[str, int] = {}
        for line, one in read:
            if one.casefold() in first:
                self.wrong(line, f"{shown(one)} is twice in “{key}” (first in line {first[one.casefold()]})")
            first.setdefault(one.casefold(), line)

    def choice(self, said: Said, key: str, allowed: Sequence[Allowed]) -> Allowed | None:
        """One of these, in upper or lower case."""
        given = said.node.value if isinstance(said.node, Text) else ""
        found = next((one for one in allowed if _same(one, given)), None)
        if found is None:
            instead = f"{shown(given)} is none" if given else f"“{key}” has no value"
            self.wrong(said.line, f"{instead}: “{key}” is {one_of(allowed)}{meant(given, allowed) if given else ''}")
        return found

    def day(self, said: Said, key: str) -> date | None:
        """A day: 2026-12-31."""
        given = said.node.value if isinstance(said.node, Text) else ""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
            try:
                return date.fromisoformat(given)
            except ValueError:
                pass  # the 31st of February: told below
        self.wrong(said.line, f"{shown(given)} is no day: write “{key}: 2026-12-31”")
        return None

    def flag(self, said: Said, key: str) -> bool | None:
        """true or false."""
        chosen = self.choice(said, key, ("true", "false"))
        return None if chosen is None else chosen == "true"


def _same(one: str, given: str) -> bool:
    return _FITS.sub(" ", one).casefold() == _FITS.sub(" ", given).casefold()


def _no_text(node: Node, key: str) -> str:
    if isinstance(node, Entries) and len(node.pairs) == 1 and isinstance(node.pairs[0][0], Text):
        return f"{shown(f'{node.pairs[0][0].value}: …')} is taken for a key with its value: put the text in quotes"
    return f"“{key}” wants a text here, not {'a list' if isinstance(node, Listing) else 'keys with values'}"
