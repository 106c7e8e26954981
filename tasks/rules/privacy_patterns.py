"""What must not stand in public whoever it is of: mail addresses, phone numbers, addresses of machines, ids, keys."""

import re
from collections.abc import Iterator

from tasks.rules.choosing import same_id

_MAIL = re.compile(
    r"[\w.+'-]{1,64}@(?:[\w-]+\.)+[a-z][\w-]*|(?<![\w/])[a-z][\w.-]*@[a-z][\w-]*(?=[:\s,;~]|$)", re.IGNORECASE
)
_NO_MAIL = re.compile(r"git@github\.com|[\w.-]+@(?:latest|next|stable|main|master|localhost)", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.+-])\+\s?[1-9](?:[\s().\-/]{0,2}\d){6,14}(?!\w)"
    r"|(?<![\w.+/-])(?:1[\s.-])?\(?[2-9]\d\d\)?[\s.-]{1,2}[2-9]\d\d[\s.-]\d{4}(?![\w-]|\.\d)"
    r"|\b(?:tel|telephone|phone|mobile|cell|call|fax|whatsapp|direct|dial|ring)\b[^\w\n]{0,3}"
    r"(?:(?:me|us|no|nr|number|at|on|is|line)\b[^\w\n]{0,3}){0,3}\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?!\w)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\w)[(+]?\d(?:[\s().\-/]{0,2}\d){6,14}(?![\w.]?\d)")
_MOMENT = re.compile(r"(?:19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d|1[5-9]\d{8}(?!\d)")  # a date, or Unix time
_IPV4 = re.compile(r"(?<![\d.])(?<!\bv)(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])(?=[0-9a-f:]*\d|f[cde])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])", re.IGNORECASE)
_HOME = re.compile(r"(?<![\w.])(?:/(?:users|home)/|c:[\\/]+users[\\/]+)([a-z][\w.-]*)", re.IGNORECASE)
_ANYBODY = {
    "admin", "administrator", "all", "default", "ec2-user", "fleet", "me", "public", "root", "runner", "shared",
    "ubuntu", "user", "username",
}  # fmt: skip
_SALESFORCE = re.compile(r"(?<![\w-])([A-Za-z0-9]{15})([A-Z0-5]{3})?(?![\w-])")
_OBJECTS = re.compile(r"(?:00[1357DGOQTUek]|01[tpZ]|02[is]|06[89]|500|701|80[01]|0Q0|0WO|a[0-9A-Z][0-9A-Za-z])")
_SLACK = re.compile(r"(?<![\w-])[TUWCGDBEF](?=[0-9A-Z]*\d)[0-9A-Z]{8,12}(?![\w-])|slack://\S+|<[@#!][^>\s]+>")
_KEYS = re.compile(
    r"""
    -----BEGIN[ ][A-Z ]+-----
    | \beyJ[\w-]{8,}\.[\w-]{8,}                                    # JWT
    | \b(?: xox[a-z]-|xapp-|gh[pousr]_|github_pat_|glpat-|sk-|sk_live_|pk_live_|rk_live_|npm_|pypi-|hf_ )[\w-]{8,}
    | \b(?: AKIA|ASIA )[A-Z0-9]{16}\b | \bAIza[\w-]{30,} | \bSG\.[\w-]{16,} | \bya29\.[\w-]{16,}
    | \b(?: bearer|basic )\s+(?=\S*\d)[\w+/.=~-]{12,}
    | \b[\w.-]*(?: password|passwd|pwd|passphrase|secret|token|(?: api|licen[cs]e|private )[_-]?key )["']?
      (?: \s*=\s*["']? | \s*:\s*["']?(?=[^\s"',;]*\d) )(?! [<${*]|x{3}|your|null|none|true|false )[^\s"',;]{6,}
    | ://[^\s/:@]+:[^\s/@]+@
    | \b(?P<licence>[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,})\b
    | \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b
    | \b[0-9a-f]{32,}\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\w/.-])[A-Za-z0-9_+/=-]{20,}")
_RUN = re.compile(r"[A-Za-z0-9+]{16,}")
_CLASSES = re.compile(r"\d+|[a-z]+|[A-Z]+")
_HARMLESS = ("127.", "0.0.0.", "255.255.255.")


def people_and_machines(text: str) -> Iterator[tuple[str, str]]:
    """Mail addresses, phone numbers, addresses of machines, home folders: what each is, and as it is written."""
    yield from (("an e-mail address", one) for one in _found(_MAIL, text) if not _NO_MAIL.fullmatch(one))
    yield from (("a phone number", one) for one in _found(_PHONE, text))
    yield from (("an IP address", one) for one in _found(_IPV4, text) if _is_ipv4(one))
    yield from (("an IP address", one) for one in _found(_IPV6, text) if _is_ipv6(one))
    yield from (("a hardware address", one) for one in _found(_MAC, text))
    for home in _HOME.finditer(text):
        if home[1].casefold() not in _ANYBODY:
            yield "the home folder of a person", home[0]


def numbers(text: str) -> Iterator[tuple[str, str]]:
    """What may be a phone number: its digits, and as it is written."""
    for found in _DIGITS.finditer(text):
        if not _MOMENT.match(found[0]):
            yield re.sub(r"\D", "", found[0]), found[0].strip()


def ids(text: str) -> Iterator[tuple[str, str]]:
    """Ids of Salesforce and Slack: what each is, and as it is written."""
    for found in _SALESFORCE.finditer(text):
        if _is_salesforce(found[1], found[2] or ""):
            yield "the id of a Salesforce record", found[0]
    yield from (("an id of Slack", one) for one in _found(_SLACK, text))


def keys(text: str) -> Iterator[int]:
    """Where a key, a password or a token begins. What it is, is not told."""
    for found in _KEYS.finditer(text):
        licence = found["licence"]
        if not licence or (licence.isupper() and re.search(r"\d", licence)):
            yield found.start()
    for found in _LONG.finditer(text):
        if any(_is_random(run) for run in _RUN.findall(found[0])):
            yield found.start()


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (found[0].strip() for found in pattern.finditer(text))


def _is_ipv4(text: str) -> bool:
    return not text.startswith(_HARMLESS) and all(int(part) <= 255 for part in text.split("."))  # noqa: PLR2004


def _is_ipv6(text: str) -> bool:
    groups, all_of_them = text.split(":"), 8
    if text in {"::", "::1"} or text.count("::") > 1:
        return False
    return len(groups) == all_of_them and all(groups) if "::" not in text else len(text) > len("::1")


def _is_salesforce(short: str, rest: str) -> bool:
    """The last three characters of the long form repeat which of the others are capitals."""
    if not re.search(r"\d", short) or not re.search(r"[A-Za-z]", short):
        return False
    if rest:
        return same_id(short + rest, short) and rest == _capitals(short)
    enough = 4
    return bool(_OBJECTS.match(short)) and len(re.findall(r"\d", short)) >= enough


def _capitals(short: str) -> str:
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    fives = (short[start : start + 5] for start in (0, 5, 10))
    return "".join(signs[sum(1 << place for place, one in enumerate(five) if one.isupper())] for five in fives)


def _is_random(run: str) -> bool:
    """Whether letters and digits follow each other as they do in no word and no number."""
    pieces = _CLASSES.findall(run)
    digits = sum(piece.isdigit() for piece in pieces)
    return digits >= 3 and len(pieces) >= 6  # noqa: PLR2004 - "sha256", "utf8mb4", "V2Beta1" have fewer
