"""What the pretend company knows of its customers, and ways to write it so that a careless gate would not see it."""

import base64
from collections.abc import Callable, Mapping

from deployments.sandbox.company.customers import CUSTOMERS
from deployments.sandbox.company.prospects import PROSPECTS
from deployments.sandbox.company.slack_customers import CUSTOMERS as WRITERS
from tasks.rules.privacy_gate import Known, known_of

ACCOUNTS = (*(one.name for one in CUSTOMERS), *(one.company for one in PROSPECTS))
DOMAINS = tuple(one.domain for one in CUSTOMERS)
PEOPLE = tuple(
    dict.fromkeys(
        [
            *(person.name for one in CUSTOMERS for person in one.people),
            *(one.name for one in PROSPECTS),
            *(one.real_name for one in WRITERS),
        ]
    )
)
MAILS = tuple(person.email(one.domain) for one in CUSTOMERS for person in one.people)

_CYRILLIC = str.maketrans("aceopxyiACEHKMOPTXB", "асеорхуіАСЕНКМОРТХВ")  # noqa: RUF001 - that is the point
_GREEK = str.maketrans("ovABEHIKMNOPTXZ", "ονΑΒΕΗΙΚΜΝΟΡΤΧΖ")  # noqa: RUF001
_DIGITS = str.maketrans("aeiostAEIOST", "431057431057")
_SIGNS, _SIGNS_OF_ADDRESSES = str.maketrans("asASiI", "@$@$!!"), str.maketrans("siSI", "$!$!")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def _bold(word: str) -> str:
    return "".join(
        chr(0x1D400 + ord(one) - 65)
        if "A" <= one <= "Z"
        else chr(0x1D41A + ord(one) - 97)
        if "a" <= one <= "z"
        else one
        for one in word
    )


def _each(word: str, form: str) -> str:
    return "".join(form.format(one, code=ord(one)) for one in word)


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda word: word,
    "small": str.lower,
    "capitals": str.upper,
    "possessive": "{}'s".format,
    "plural": "{}s".format,
    "without blanks": lambda word: word.replace(" ", ""),
    "hyphens for blanks": lambda word: word.replace(" ", "-"),
    "as a name of a machine": lambda word: word.lower().replace(" ", "_") + "_prod01",
    "in camel case": lambda word: "".join(one.capitalize() for one in word.split()) + "Prod",
    "blanks between letters": lambda word: " ".join(word.replace(" ", "")),
    "dots between letters": lambda word: ".".join(word.replace(" ", "")),
    "hyphens between letters": lambda word: "-".join(word.replace(" ", "")),
    "spaces without width": "\u200b".join,
    "soft hyphen": lambda word: f"{word[:2]}\u00ad{word[2:]}",
    "word joiner and variation": lambda word: f"{word[:1]}\u2060{word[1:3]}\ufe0f{word[3:]}",
    "Cyrillic letters": lambda word: word.translate(_CYRILLIC),
    "Greek letters": lambda word: word.translate(_GREEK),
    "wide letters": lambda word: word.translate(_WIDE),
    "mathematical letters": _bold,
    "accents": lambda word: "".join(f"{one}\u0301" if one.isalpha() else one for one in word),
    "digits for letters": lambda word: word.translate(_DIGITS),
    "signs for letters": lambda word: word.translate(_SIGNS_OF_ADDRESSES if "@" in word else _SIGNS),
    "HTML entities": lambda word: _each(word, "&#{code};"),
    "HTML entities twice": lambda word: _each(word, "&amp;#x{code:x};"),
    "percent signs": lambda word: "".join(f"%{byte:02X}" for byte in word.encode()),
    "escapes of source code": lambda word: _each(word, "\\u{code:04x}"),
    "a line break": lambda word: f"{word[: len(word) // 2]}\n{word[len(word) // 2 :]}",
    "a hyphen and a line break": lambda word: f"{word[: len(word) // 2]}-\n{word[len(word) // 2 :]}",
    "a tag within": lambda word: f"{word[:2]}<b></b>{word[2:]}",
    "a comment within": lambda word: f"{word[:2]}<!-- x -->{word[2:]}",
    "bold within": lambda word: f"{word[:2]}**{word[2:]}**",
    "turned by a sign": lambda word: f"\u202e{word[::-1]}\u202c",
    "base64": lambda word: base64.b64encode(word.encode()).decode(),
    "hexadecimal": lambda word: word.encode().hex(),
    "dots in brackets": lambda word: word.replace(".", "[.]").replace("@", "[at]"),
    "dots in words": lambda word: word.replace(".", " (dot) ").replace("@", " (at) "),
    "dots spoken": lambda word: word.replace(".", " dot ").replace("@", " at "),
}


def of_the_company() -> Known:
    """What the pretend company knows."""
    return known_of(ACCOUNTS, websites=[f"https://www.{one}/" for one in DOMAINS], people=PEOPLE, emails=MAILS)
