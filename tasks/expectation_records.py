"""What an expectation claims of records: the keys below `records`."""

from collections.abc import Callable, Mapping
from typing import Final

from tasks.expectation_mistakes import one_of
from tasks.expectation_sheet import Said, Sheet
from tasks.rules.expected import Among, Equals, Has, Matches, NoNotes, NotAfter, Opens, Pattern, Records, Source

Keys = Mapping[str, Said]
Reader = Callable[[Sheet, Keys, str, str], Records | None]

NOTES: Final = "notes"
LINKEDIN: Final = "LinkedIn"
RECORD_KEYS: Final = ("field", "matches", "opens", "equals", "not after", "has", "none", "among", "required")
_TOLD_BY: Final = ("matches", "opens", "equals", "not after", "has")
_AMONG: Final = ("matches", "not after", "has")  # the others look at every record


def records(sheet: Sheet, said: Said, sobject: str) -> Records | None:
    """The claim of `records:`; None where it is none, which is then said."""
    before = len(sheet.mistakes)
    keys = sheet.keys(said.node, RECORD_KEYS, {}, "“records”")
    if keys is None:
        return None
    told = [key for key in keys if key in (*_TOLD_BY, "none")]
    if len(told) > 1:
        both = f"“{told[0]}” and “{told[1]}”"
        sheet.wrong(keys[told[1]].line, f"{both} are two things: make two expectations of it")
        return None
    if not told:
        if len(sheet.mistakes) == before:  # else it is in the key that nobody knows
            sheet.wrong(said.line, f"what of them? Say one of {one_of((*_TOLD_BY, 'none'))}")
        return None
    _stray(sheet, keys, told[0], sobject)
    if told[0] == "none":
        found: Records | None = NoNotes() if sheet.choice(keys["none"], "none", (NOTES,)) else None
    elif "field" not in keys:
        sheet.wrong(keys[told[0]].line, f"“{told[0]}” of which field? Add “field: …”")
        found = None
    else:
        label = sheet.label(keys["field"], "field")
        found = None if label is None else _READ[told[0]](sheet, keys, label, sobject)
    return found if len(sheet.mistakes) == before else None


def _stray(sheet: Sheet, keys: Keys, told: str, sobject: str) -> None:
    """Says which keys change nothing in a claim of this kind."""
    if "field" in keys and told == "none":
        sheet.wrong(keys["field"].line, "“field” cannot stand with “none”: there are no notes of a field")
    if "required" in keys and told != "matches":
        sheet.wrong(keys["required"].line, f"“required” cannot stand with “{told}”: it belongs to “matches”")
    if "among" in keys and told not in _AMONG:
        sheet.wrong(keys["among"].line, f"“among” cannot stand with “{told}”: it belongs to {one_of(_AMONG)}")
    elif "among" in keys and sobject != "Opportunity":
        sheet.wrong(keys["among"].line, "“among” is for opportunities alone: others are neither open nor won")


def _matches(sheet: Sheet, keys: Keys, label: str, _: str) -> Matches | None:
    pattern = sheet.choice(keys["matches"], "matches", tuple(Pattern))
    among = _among(sheet, keys, Among.ALL)
    required = sheet.flag(keys["required"], "required") if "required" in keys else False
    return None if pattern is None or among is None or required is None else Matches(label, pattern, among, required)


def _opens(sheet: Sheet, keys: Keys, label: str, _: str) -> Opens | None:
    return Opens(label) if sheet.choice(keys["opens"], "opens", (LINKEDIN,)) else None


def _equals(sheet: Sheet, keys: Keys, label: str, sobject: str) -> Equals | None:
    source = sheet.choice(keys["equals"], "equals", tuple(Source))
    if sobject != "Account":
        sheet.wrong(keys["equals"].line, "“equals” is for accounts alone: they sum their opportunities")
        return None
    return None if source is None else Equals(label, source)


def _not_after(sheet: Sheet, keys: Keys, label: str, _: str) -> NotAfter | None:
    other, among = _other(sheet, keys, "not after", label), _among(sheet, keys, Among.ALL)
    return None if other is None or among is None else NotAfter(label, other, among)


def _has(sheet: Sheet, keys: Keys, label: str, sobject: str) -> Has | None:
    otherwise = Among.OPEN if sobject == "Opportunity" else Among.ALL
    other, among = _other(sheet, keys, "has", label), _among(sheet, keys, otherwise)
    return None if other is None or among is None else Has(label, other, among)


def _other(sheet: Sheet, keys: Keys, key: str, label: str) -> str | None:
    other = sheet.label(keys[key], key)
    if other is not None and other.casefold() == label.casefold():
        sheet.wrong(keys[key].line, f"“{key}” names the same field as “field”: name the other one")
        return None
    return other


def _among(sheet: Sheet, keys: Keys, otherwise: Among) -> Among | None:
    return sheet.choice(keys["among"], "among", tuple(Among)) if "among" in keys else otherwise


_READ: Final[Mapping[str, Reader]] = {
    "matches": _matches,
    "opens": _opens,
    "equals": _equals,
    "not after": _not_after,
    "has": _has,
}
