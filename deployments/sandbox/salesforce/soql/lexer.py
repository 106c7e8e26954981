"""SOQL text to tokens, and the cursor that the parser moves over them."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from deployments.sandbox.salesforce.soql.errors import SoqlError, located, malformed

TokenKind = Literal["datetime", "date", "number", "formula", "currency", "name", "string", "symbol", "end"]

LONGEST = 100_000
LONGEST_INTEGER = 10  # digits; more than any row count, and what SQLite can take
# What Salesforce's own grammar refuses as a name; ORDER, GROUP, OFFSET, CASE and the like are names there.
RESERVED = frozenset({
    "and", "as", "asc", "bind", "by", "cube", "desc", "else", "excludes", "false", "first", "for", "from", "having",
    "in", "includes", "last", "like", "limit", "not", "null", "nulls", "or", "rollup", "select", "true", "update",
    "using", "where", "with",
})  # fmt: skip

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)(?!\w))
  | (?P<date>\d{4}-\d\d-\d\d(?![\w-]))
  | (?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?![\w.]))
  | (?P<formula>[A-Z_]+:\s*\d+(?!\w))
  | (?P<currency>[A-Z]{3}\d+(?:\.\d+)?(?![\w.]))
  | (?P<name>[A-Z]\w*(?:\.[A-Z]\w*)*)
  | (?P<string>'(?:[^'\\]|\\.)*')
  | (?P<symbol><>|!=|<=|>=|[(),=<>])
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a query at offset `at`."""

    kind: TokenKind
    text: str
    at: int

    @property
    def upper(self) -> str:
        return self.text.upper()


def tokenize(soql: str) -> list[Token]:
    """The tokens of `soql`, an end token last. SoqlError on what is no SOQL at all."""
    if len(soql) > LONGEST:
        raise malformed(f"SOQL statements cannot be longer than {LONGEST} characters.")
    tokens: list[Token] = []
    at = 0
    while at < len(soql):
        match = _TOKEN.match(soql, at)
        if match is None:
            raise located(soql, at, "MALFORMED_QUERY", f"unexpected token: '{soql[at]}'")
        kind, text = cast(str, match.lastgroup), match.group()
        if kind == "string" and ("\n" in text or "\r" in text):
            raise located(soql, at, "MALFORMED_QUERY", "Line breaks not allowed in string literals")
        if kind != "space":
            tokens.append(Token(cast(TokenKind, kind), text, at))
        at = match.end()
    tokens.append(Token("end", "<EOF>", len(soql)))
    return tokens


class Cursor:
    """Walks the tokens of one query. `accept_*` moves only on a match, `expect_*` refuses otherwise."""

    def __init__(self, soql: str) -> None:
        self.soql = soql
        self._tokens = tokenize(soql)
        self._next = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._next]

    def ahead(self, by: int = 1) -> Token:
        """The token `by` places after the current one, or the end."""
        return self._tokens[min(self._next + by, len(self._tokens) - 1)]

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self._next += 1
        return token

    def accept(self, *words: str) -> bool:
        """Move over these words or symbols if all of them come next."""
        if any(self.ahead(i).upper != word for i, word in enumerate(words)):
            return False
        self._next += len(words)
        return True

    def expect(self, *words: str) -> None:
        for word in words:
            if not self.accept(word):
                raise self.unexpected()

    def name(self, *, dotted: bool = False) -> Token:
        """The next token as a name; `USD5000` is one too, where a name is wanted."""
        token = self.token
        simple = "." not in token.text
        if token.kind not in {"name", "currency"} or not (simple or (dotted and token.kind == "name")):
            raise self.unexpected()
        if token.text.lower() in RESERVED:
            raise self.unexpected()
        return self.advance()

    def integer(self) -> int:
        """The next token as a whole number without a sign."""
        text = self.token.text
        if self.token.kind != "number" or not text.isdecimal() or len(text) > LONGEST_INTEGER:
            raise self.unexpected()
        return int(self.advance().text)

    def unexpected(self) -> SoqlError:
        return self.error(self.token.at, f"unexpected token: '{self.token.text}'")

    def error(self, at: int, message: str) -> SoqlError:
        return located(self.soql, at, "MALFORMED_QUERY", message)
