"""Files with one mistake each: the text, the line it is told in, a part of what is told, and whether the JSON Schema
refuses the file too (what it cannot see is compared across lines, or lost by YAML before it looks)."""

from dataclasses import dataclass

from .files import expecting

LIST = "includes:\n  - Name\n  - "  # a third line goes on: it is line 6 of the file


@dataclass(frozen=True)
class Wrong:
    """One mistake."""

    id: str
    text: str
    line: int
    said: str
    by_schema: bool = True
    file: str = "some.yml"


def _one(id: str, claim: str, line: int, said: str, object: str = "Opportunity", *, schema: bool = True) -> Wrong:  # noqa: A002
    return Wrong(id, expecting(claim, object), line, said, schema)


_KEYS = (
    _one("key that is a slip", "section: A\ninclues: [Name]", 5, "unknown key “inclues” — did you mean “includes”?"),
    _one("key in another form", "starts_with: [Name]", 4, "unknown key “starts_with” — did you mean “starts with”?"),
    _one("key in capitals", "Section: A", 4, "unknown key “Section” — did you mean “section”?"),
    _one("key that is nothing", "tab: A\nzzz: 1", 5, "unknown key “zzz”: “handbook”, “severity”"),
    _one(
        "key of the file", "tab: A\nobject: Lead", 5, "“object” does not belong here: it stands at the top of the file"
    ),
    _one("key of records", "tab: A\nfield: Name", 5, "“field” does not belong here: it belongs below “records:”"),
    _one("key of records that is a slip", "records: {field: A, machtes: year}", 4, "did you mean “matches”?"),
    Wrong("key of the file that is a slip", "objekt: Lead\n" + expecting("tab: A", ""), 1, "did you mean “object”?"),
    Wrong("key of an expectation at the top", "owner: X\n" + expecting("tab: A", ""), 1, "below “expect:”"),
    _one(
        "key twice",
        "section: A\nincludes: [B]\nsection: C",
        6,
        "“section” is said twice (first in line 4)",
        schema=False,
    ),
    Wrong("no key at all", "object: Lead\nexpect:\n  - Name\n", 3, "an expectation is written as keys with values"),
    Wrong("no keys in a file", "- Name\n", 1, "a file is written as keys with values, such as “object: …”"),
)
_CLAIMS = (
    _one("no claim", "owner: RevOps", 3, "nothing to check is said here: add “tabs only”, “tab”"),
    _one("two claims", "tab: A\nneeds eyes: B", 5, "this one says two, “tab” and “needs eyes”: make two expectations"),
    _one("links of components", "components: [A]\non the: right\nlinks: [B]", 6, "says two, “components” and “links”"),
    _one("side of a tab", "tab: A\non the: right", 5, "“on the” cannot stand with “tab”: it belongs to a “section”"),
    _one("filter of a section", "section: A\nfiltered by: []", 5, "belongs to a “default list view”"),
    _one("side alone", "on the: right", 4, "“on the” alone says nothing: it belongs to a “section” or"),
    _one("components nowhere", "components: [A]", 4, "“components” needs its side: add “on the:” “top”, “right” or"),
    _one("tabs of an object", "tabs only: [A]", 4, "“tabs only” is about no object: move it to tabs.yml"),
    _one("links of no object", "links: [A]", 4, "“links” is about an object: move it to a file that has", ""),
    _one("records of no object", "records: {none: notes}", 4, "“records” is about an object", ""),
    Wrong(
        "no sentence", "object: Lead\nexpect:\n  - tab: Leads\n", 3, "the sentence is missing: quote it in “handbook:”"
    ),
)
_VALUES = (
    _one("side", "section: A\non the: rihgt", 5, "“on the” is “top”, “right” or “bottom” — did you mean “right”?"),
    _one("severity", "tab: A\nseverity: bad", 5, "“bad” is none: “severity” is “critical”, “warning” or “info”"),
    _one("severity without a value", "tab: A\nseverity:", 5, "“severity” has no value"),
    _one("pattern", "records: {field: A, matches: yaer}", 4, "“LinkedIn sales navigator” — did you mean “year”?"),
    _one("source", "records: {field: A, equals: sum}", 4, "“equals” is “count of opportunities”", "Account"),
    _one("among", "records: {field: A, has: B, among: lost}", 4, "“among” is “all”, “open” or “won”"),
    _one("required", "records: {field: A, matches: year, required: maybe}", 4, "“required” is “true” or “false”"),
    _one("what opens", "records: {field: A, opens: Twitter}", 4, "“Twitter” is none: “opens” is “LinkedIn”"),
    _one("what there is none of", "records: {none: files}", 4, "“none” is “notes”"),
    _one(
        "day",
        "tab: A\nwaived until: 31.12.2026\nbecause: B",
        5,
        "“31.12.2026” is no day: write “waived until: 2026-12-31”",
    ),
    _one("day that no year has", "tab: A\nwaived until: 2026-02-30\nbecause: B", 5, "is no day", schema=False),
    _one("waived without a reason", "tab: A\nwaived until: 2026-12-31", 5, "needs a reason: add “because: …”"),
    _one("a reason for nothing", "tab: A\nbecause: B", 5, "“because” belongs to “waived until”"),
    _one("filter", "default list view: A\nfiltered by:\n  - Type is Customer", 6, "“Type is Customer” is no filter"),
    _one("address", "links:\n  - Signed NDA: in the drive", 5, "“in the drive” is no address"),
    _one("empty address", "links:\n  - Signed NDA:", 5, "has an empty text"),
    Wrong("object that is a slip", expecting("tab: A", "Acount"), 1, "— did you mean “Account”?"),
    Wrong("API name", "object: Lead\nfields: {Name: Full name}\nexpect: []\n", 2, "“Full name” is no API name"),
    Wrong("fields of nothing", "object: Lead\nfields:\nexpect: []\n", 2, "“fields” has labels with API names"),
)
_RECORDS = (
    _one("records of nothing", "records:\n  field: A", 4, "what of them? Say one of “matches”, “opens”"),
    _one("two of records", "records:\n  field: A\n  opens: LinkedIn\n  matches: year", 7, "are two things"),
    _one("field of nothing", "records: {matches: year}", 4, "“matches” of which field? Add “field: …”"),
    _one("field of notes", "records: {field: A, none: notes}", 4, "“field” cannot stand with “none”"),
    _one("required of two dates", "records: {field: A, has: B, required: true}", 4, "it belongs to “matches”"),
    _one(
        "among of a link",
        "records: {field: A, opens: LinkedIn, among: won}",
        4,
        "it belongs to “matches”, “not after” or",
    ),
    _one(
        "among of accounts",
        "records: {field: A, has: B, among: won}",
        4,
        "“among” is for opportunities alone",
        "Account",
    ),
    _one("sum of contacts", "records: {field: A, equals: count of opportunities}", 4, "for accounts alone", "Contact"),
    _one("field with itself", "records: {field: A, not after: a}", 4, "names the same field", schema=False),
)
_LISTS = (
    _one("empty list", "includes: []", 4, "“includes” is an empty list: fill it in, or take it out"),
    _one("no list", "includes: Name", 4, "“includes” has a list: one line for each, beginning with “- ”"),
    _one("links as keys", "links:\n  Signed NDA: drive.google.com", 4, "“links” has a list"),
    _one("label twice", f"{LIST}NAME", 6, "“NAME” is twice in “includes” (first in line 5)", schema=False),
    _one("label twice in a line", "includes: [A, B, a]", 4, "“a” is twice", schema=False),
    _one("link twice", "links:\n  - A: x.com\n  - a: y.com", 6, "“a” is twice in “links”", schema=False),
    _one(
        "first and among others",
        "starts with: [A]\nincludes: [B, a]",
        5,
        "“a” is in “starts with” already",
        schema=False,
    ),
    _one(
        "label with a colon",
        f"{LIST}Note: internal",
        6,
        "“Note: …” is taken for a key with its value: put the text in quotes",
    ),
    _one("list in a list", f"{LIST}[A]", 6, "“includes” wants a text here, not a list"),
    _one(
        "label that a comment cuts", f"{LIST}Up to # of hosts", 6, 'put it in quotes: "Up to # of hosts"', schema=False
    ),
    _one("label that is a comment", f"{LIST}# of hosts", 6, 'put it in quotes: "# of hosts"'),
    _one("text that a comment cuts", "needs eyes: See issue #12", 4, 'put it in quotes: "See issue #12"', schema=False),
    _one("label that nobody sees", f"{LIST}License\u200b key", 6, "(ZERO WIDTH SPACE) is in this text", schema=False),
    _one("label of nothing", f"{LIST}", 6, "“includes” has an empty text: fill it in, or take it out"),
    Wrong(
        "label of fields that nothing names",
        "object: Lead\nfields: {Nmae: Name}\nexpect:\n  - handbook: X.\n    includes: [Name]\n",
        2,
        "no expectation names “Nmae” — did you mean “Name”?",
        by_schema=False,
    ),
    Wrong(
        "label of fields twice",
        "object: Lead\nfields:\n  A: B\n  a: C\nexpect:\n  - {handbook: X., includes: [A]}\n",
        4,
        "“a” is twice in “fields” (first in line 3)",
        by_schema=False,
    ),
)
_FILES = (
    Wrong("empty file", "", 1, "this file is empty"),
    Wrong("file of comments", "# nothing yet\n", 1, "this file is empty"),
    Wrong("file that expects nothing", "object: Lead\n", 1, "this file expects nothing"),
    Wrong("file with an empty list", "object: Lead\nexpect: []\n", 2, "“expect” is an empty list"),
    Wrong(
        "object of another file",
        expecting("tab: A", "Lead"),
        1,
        "accounts.yml is about Account, not Lead",
        False,
        "accounts.yml",
    ),
    Wrong("object left out", expecting("tab: A", ""), 1, "write “object: Account” at its top", False, "accounts.yml"),
    Wrong("object of the tabs", expecting("tab: A", "Lead"), 1, "tabs.yml is about no object", False, "tabs.yml"),
)
_YAML = (
    Wrong(
        "colon in a quote",
        expecting("tab: A", quote="the following fields: invoice sent"),
        3,
        "“: ” within a text ends it: put the text in quotes, or",
    ),
    Wrong("two keys that do not line up", expecting("section: A\n includes: [B]"), 5, "“includes” does not line up"),
    Wrong(
        "key further out",
        "object: Lead\nexpect:\n  - handbook: X.\n   tab: A\n",
        4,
        "does not line up with what stands above",
    ),
    Wrong("tab", "object: Lead\nexpect:\n\t- handbook: X.\n", 3, "a tab: indent with spaces"),
    Wrong(
        "quotation mark that stays open",
        expecting('includes:\n  - "Name\n  - Rating'),
        5,
        "opened here and never closed",
    ),
    Wrong(
        "text after a quotation mark",
        expecting('includes:\n  - "License" key'),
        5,
        "“key” stands after the closing quotation mark",
    ),
    Wrong("list that stays open", expecting("includes: [Name, Rating"), 5, "never closed"),
    Wrong(
        "list that a comment leaves open",
        expecting("includes: [Up to # of hosts]\nowner: A"),
        5,
        "a “#” after a space begins a comment",
    ),
    Wrong(
        "text that begins with @", expecting(f"{LIST}@name"), 6, "a text cannot begin with “@”: put the text in quotes"
    ),
    Wrong("text that begins with %", expecting(f"{LIST}%"), 6, "a text cannot begin with “%”: put the text in quotes"),
    Wrong(
        "text that begins with *",
        expecting(f"{LIST}*name"),
        6,
        "begins with “*” means something else in YAML: put it in quotes",
    ),
    Wrong("text that begins with &", expecting(f"{LIST}&name Name"), 6, "begins with “&” means something else"),
    Wrong("text that begins with !", expecting(f"{LIST}!Name x"), 6, "begins with “!” means something else"),
    Wrong("key without its colon", expecting("section A\nincludes: [B]"), 4, "without “:” after it"),
    Wrong("second document", expecting("tab: A") + "---\nexpect: []\n", 5, "begins a second document here"),
    Wrong("sign of no text", "object: Lead\n# \x07\n", 2, "a character that no file may have"),
    Wrong("code of no sign", expecting('tab: "\\UFFFFFFFF"'), 1, "YAML cannot read this file"),
)
STRUCTURE = (*_KEYS, *_CLAIMS, *_VALUES, *_RECORDS, *_LISTS, *_FILES)
WRONG = (*STRUCTURE, *_YAML)
