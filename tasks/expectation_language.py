"""The text of one file of `expectations/` as expectations, with all that is wrong in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tasks.expectation_claims import CLAIMS, COMPANIONS, claim
from tasks.expectation_mistakes import Mistake, meant, shown
from tasks.expectation_quotes import numbered, wrong_quote
from tasks.expectation_records import RECORD_KEYS
from tasks.expectation_sheet import Said, Sheet
from tasks.expectation_yaml import Entries, Node, Unreadable, tree
from tasks.rules.expected import OBJECTS, Claim, DefaultListView, Expectation, Severity
from tasks.rules.handbook import Handbook

FILE_KEYS: Final = ("object", "fields", "expect")
ABOUT: Final = ("handbook", "severity", "owner", "waived until", "because")
EXPECTATION_KEYS: Final = (*ABOUT, *CLAIMS, *COMPANIONS)
# Our own files, and the object of each.
OURS: Final[Mapping[str, str]] = {
    "tabs.yml": "", "accounts.yml": "Account", "opportunities.yml": "Opportunity", "contacts.yml": "Contact",
    "leads.yml": "Lead",
}  # fmt: skip

_API_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_FILE_HOMES: Final = dict.fromkeys(EXPECTATION_KEYS, "it belongs to an expectation, below “expect:”")
_EXPECTATION_HOMES: Final = {
    **dict.fromkeys(FILE_KEYS, "it stands at the top of the file"),
    **dict.fromkeys(RECORD_KEYS, "it belongs below “records:”"),
}


@dataclass(frozen=True)
class Read:
    """What a file says: its expectations in its order, and what is wrong in it. What is wrong is no expectation."""

    expectations: tuple[Expectation, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Head:
    """What holds for all expectations of a file."""

    sobject: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def read(text: str, file: str, handbook: Handbook | None = None) -> Read:
    """The expectations of this text; `file` is its name, as mistakes have it. Quotes are compared with `handbook` where
    it is given. Never raises: whatever the text is, it has expectations or mistakes."""
    try:
        top = tree(text, file)
    except Unreadable as error:
        return Read(mistakes=(error.mistake,))
    sheet = Sheet(file)
    if top is None:
        sheet.wrong(1, "this file is empty: write expectations below “expect:”, or delete it")
        return Read(mistakes=tuple(sheet.mistakes))
    keys = sheet.keys(top, FILE_KEYS, _FILE_HOMES, "a file") or {}
    head = Head(_object(sheet, keys.get("object"), file), _fields(sheet, keys.get("fields")))
    items = sheet.listed(keys["expect"], "expect") or () if "expect" in keys else ()
    if "expect" not in keys and isinstance(top, Entries):
        sheet.wrong(1, "this file expects nothing: write expectations below “expect:”, or delete it")
    found = [_expectation(sheet, item, head, handbook) for item in items]
    expectations = tuple(one for one in found if one is not None)
    if not sheet.mistakes:
        _unused(sheet, keys.get("fields"), head, expectations)
    return Read(expectations, tuple(sheet.mistakes))


def _object(sheet: Sheet, said: Said | None, file: str) -> str:
    chosen = sheet.choice(said, "object", OBJECTS) if said else ""
    if chosen is None or file not in OURS or chosen == OURS[file]:
        return chosen or OURS.get(file, "")
    line = said.line if said else 1
    if not OURS[file]:
        sheet.wrong(line, "tabs.yml is about no object: take “object:” out")
    else:
        instead = f", not {chosen}" if chosen else ""
        sheet.wrong(line, f"{file} is about {OURS[file]}{instead}: write “object: {OURS[file]}” at its top")
    return OURS[file]


def _fields(sheet: Sheet, said: Said | None) -> dict[str, str]:
    """API names by label."""
    if said is None:
        return {}
    if not isinstance(said.node, Entries) or not said.node.pairs:
        sheet.wrong(said.line, "“fields” has labels with API names: “CISO employees (#): CISO_employees__c”")
        return {}
    found: dict[str, str] = {}
    read = []
    for key, value in said.node.pairs:
        label, name = sheet.text(key, "fields"), sheet.text(value, "fields")
        if name is not None and not _API_NAME.fullmatch(name):
            sheet.wrong(value.line, f"{shown(name)} is no API name: it has letters, digits and “_” only")
        if label is not None and name is not None:
            read.append((key.line, label))
            found[label] = name
    sheet.once(read, "fields")
    return found


def _unused(sheet: Sheet, said: Said | None, head: Head, expectations: tuple[Expectation, ...]) -> None:
    """A label of `fields` that nothing names is a slip in one of the two."""
    claims = [one.claim for one in expectations]
    filters = [text.casefold() for one in claims if isinstance(one, DefaultListView) for text in one.filters or ()]
    named = {one.casefold() for one in sheet.labels}
    for label in head.fields:
        own = label.casefold()
        if said and own not in named and not any(one.startswith(f"{own} ") for one in filters):
            sheet.wrong(_line_of(said.node, label), f"no expectation names {shown(label)}{meant(label, sheet.labels)}")


def _line_of(node: Node, label: str) -> int:
    pairs = node.pairs if isinstance(node, Entries) else ()
    return next((key.line for key, _ in pairs if getattr(key, "value", None) == label), node.line)


def _expectation(sheet: Sheet, item: Node, head: Head, handbook: Handbook | None) -> Expectation | None:
    before = len(sheet.mistakes)
    keys = sheet.keys(item, EXPECTATION_KEYS, _EXPECTATION_HOMES, "an expectation")
    if keys is None:
        return None
    unclear = len(sheet.mistakes) > before  # then a claim that is missing may be the key that nobody knows
    line, sentence = _quote(sheet, keys.get("handbook"), item.line, handbook)
    named = any(key in CLAIMS or key in COMPANIONS for key in keys)
    what: Claim | None = None if unclear and not named else claim(sheet, keys, item.line, head.sobject)
    severity = sheet.choice(keys["severity"], "severity", tuple(Severity)) if "severity" in keys else Severity.CRITICAL
    owner = sheet.text(keys["owner"].node, "owner") if "owner" in keys else ""
    until = sheet.day(keys["waived until"], "waived until") if "waived until" in keys else None
    because = sheet.text(keys["because"].node, "because") if "because" in keys else ""
    if "waived until" in keys and "because" not in keys:
        sheet.wrong(keys["waived until"].line, "“waived until” needs a reason: add “because: …”")
    if "because" in keys and "waived until" not in keys:
        sheet.wrong(keys["because"].line, "“because” belongs to “waived until”: add it, or take this out")
    if len(sheet.mistakes) > before or what is None or severity is None:
        return None
    return Expectation(
        head.sobject, what, sentence, sheet.file, item.line, line, severity, owner or "", until, because or "",
        head.fields,
    )  # fmt: skip


def _quote(sheet: Sheet, said: Said | None, line: int, handbook: Handbook | None) -> tuple[int | None, str]:
    if said is None:
        sheet.wrong(line, "the sentence is missing: quote it in “handbook:”")
        return None, ""
    quote = sheet.text(said.node, "handbook")
    if quote is None:
        return None, ""
    at, sentence = numbered(quote)
    if handbook is not None and (why := wrong_quote(sentence, at, handbook)):
        sheet.wrong(said.line, why)
    return at, sentence
