"""Texts without secrets: the values that the settings hold, however they are written, and whatever looks like a token.

A value is looked for as it is, URL-encoded, JSON-escaped, as HTML and in base64 (as Basic authentication sends it),
whole or cut off after its first dozen characters. What looks like a token is hidden although nobody told of it:
sessions of Salesforce, tokens of Slack and GitHub, JWTs, private keys, Authorization headers, passwords in addresses.
"""

import html
import json
import os
import re
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from pydantic import BaseModel, SecretStr

SECRET = "[secret]"  # noqa: S105 - what stands in the place of one
SHORTEST = 8  # a shorter value is a word that stands everywhere; in an address it is hidden by its place
_HEAD = 12  # of a value that was cut off, so much is told by nobody else
_MOST = 200  # values that are known at once; an installation has a dozen, a private key thirty lines
_PREFECT = re.compile(r"^PREFECT_.*(AUTH_STRING|API_KEY|PASSWORD|CONNECTION_URL|ENCRYPTION_KEY|CUSTOM_HEADERS|TOKEN)$")

_PEM = r"[\w+/=\s\\:,.\"'|-]"  # in a log its lines may be indented, escaped, or items of a list
_NOT_YET = r"(?!\[secret\])"
# What looks like a secret, and what is put in its place; what tells where it stood is kept. Each takes time that grows
# with the text, not with its square.
SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "private key": (
        re.compile(
            rf"-----BEGIN [A-Z ]{{0,24}}PRIVATE KEY-----{_PEM}*?(?:-----END [A-Z ]{{0,24}}PRIVATE KEY-----|(?!{_PEM}))"
        ),
        SECRET,
    ),
    "Slack token": (re.compile(r"xox[a-z]-[\w-]{8,}|xapp-\d-[\w-]{8,}|xwfp-[\w-]{8,}"), SECRET),
    "GitHub token": (re.compile(r"gh[a-z]_[A-Za-z0-9]{16,}|github_pat_\w{16,}"), SECRET),
    "Salesforce session": (re.compile(r"00D[A-Za-z0-9]{12,15}(?:!|%21|\\u0021|&#33;)[\w.%+/=-]{16,}"), SECRET),
    "JWT": (re.compile(r"(?:(?<![\w-])|(?<=\\[nrt]))eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?"), SECRET),
    "login": (re.compile(r"\b(bearer|basic)(\s|%20|\+)[\w.~+/%=!-]{16,}", re.IGNORECASE), rf"\1\2{SECRET}"),
    "Authorization header": (
        re.compile(
            r"(authorization['\"]?\)?\s{0,8}[:=,]\s{0,8}\(?(?:b?['\"])?)(?:(?:bearer|basic|token)\s)?"
            rf"{_NOT_YET}[^\s'\",}}]{{8,}}",
            re.IGNORECASE,
        ),
        rf"\1{SECRET}",
    ),
    "password in an address": (
        re.compile(rf"(://[^/\s:@'\"]{{0,64}}:){_NOT_YET}[^/\s@'\"]{{1,256}}@"),
        rf"\1{SECRET}@",
    ),
    "password in a query": (
        re.compile(
            r"([?&](?:password|sslpassword|client_secret|access_token|assertion)=)" + _NOT_YET + r"[^&\s'\"]+",
            re.IGNORECASE,
        ),
        rf"\1{SECRET}",
    ),
}

_known: dict[str, None] = {}
_forms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # by what they begin with, the longest head first
_learning = Lock()


def without_secrets(text: str) -> str:
    """The text with `[secret]` for each secret in it; the very same where there is none."""
    for head, forms in _forms:
        text = _without(text, head, forms)
    for shape, put in SHAPES.values():
        text = shape.sub(put, text)
    return text


def learn(*secrets: str) -> None:
    """From now on these are hidden. Of an address (`://` in it) only the password is; of a private key each line."""
    global _forms  # noqa: PLW0603 - one process is one installation
    with _learning:
        for value in (value for secret in secrets for value in _values(secret) if len(value) >= SHORTEST):
            _known.pop(value, None)
            _known[value] = None
        for oldest in list(_known)[:-_MOST]:
            del _known[oldest]
        found = {form for value in _known for form in _written(value)}
        heads = sorted({form[:_HEAD] for form in found}, key=lambda head: (-len(head), head))
        _forms = tuple((head, tuple(form for form in found if form[:_HEAD] == head)) for head in heads)


def secrets_of(model: BaseModel) -> Iterator[str]:
    """The values of the model's SecretStr fields, and of those of the models in it."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
        elif isinstance(value, BaseModel):
            yield from secrets_of(value)


def prefects_secrets() -> Iterator[str]:
    """What Prefect logs in with, here and at its database: from the environment, and from its profile where Prefect
    runs in this process."""
    told = [*os.environ.items()]
    if prefect := sys.modules.get("prefect.settings"):
        told += prefect.get_current_settings().to_environment_variables(exclude_unset=True).items()
    for name, value in told:
        if _PREFECT.match(name):
            yield value
            # As user:password, and as {"Authorization": "Bearer …"}: what is secret stands last.
            yield value.rpartition(":")[2].strip(' "}')


def _values(secret: str) -> Iterable[str]:
    if "://" in secret:
        try:
            parts = urlsplit(secret)
            words = [parts.password or "", *(value for name, value in parse_qsl(parts.query) if "password" in name)]
        except ValueError:  # no address after all; whatever stands between :// and @ is hidden by its place
            return ()
        return {form for word in words for form in (word, unquote(word))}
    lines = secret.replace("\\n", "\n").splitlines()
    if len(lines) > 1:
        return (line for line in map(str.strip, lines) if not line.startswith("-----"))
    return (secret.strip(),)


def _written(value: str) -> Iterator[str]:
    """The ways in which a value is written."""
    yield value
    yield from (repr(value)[1:-1], repr(value.encode())[2:-1])
    yield from (json.dumps(value, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
    yield html.escape(value)
    for encoded in (quote(value, safe=""), quote(value), quote_plus(value)):
        yield encoded
        yield re.sub("%[0-9A-F]{2}", lambda found: found.group().lower(), encoded)
    for before in range(3):  # as many characters of a user's name stand before it, of which three become four
        raw = b"\0" * before + value.encode()
        told = slice((0, 2, 3)[before], len(raw) * 8 // 6)  # what depends on the value alone
        yield from (encode(raw).decode()[told] for encode in (b64encode, urlsafe_b64encode))


def _without(text: str, head: str, forms: tuple[str, ...]) -> str:
    """Replaces what begins with that head, as far as one of the forms goes on."""
    at = text.find(head)
    if at < 0:
        return text
    kept, begun = [], 0
    while at >= 0:
        end = at + max(_alike(text, at, form) for form in forms)
        kept.append(text[begun:at])
        begun, at = end, text.find(head, end)
    return SECRET.join([*kept, text[begun:]])


def _alike(text: str, at: int, form: str) -> int:
    """How many characters the text has in common with the form, from there on; some write %2f, others %2F."""
    there = text[at : at + len(form)].lower()
    pairs = zip(there, form.lower(), strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), len(there))
