"""YAML's errors in the words of somebody who does not write YAML every day."""

import re
from typing import Final

import yaml

from tasks.expectation_mistakes import shown

_QUOTES: Final = "put the text in quotes"
# What the parser says, and what it means here; the first that is found in its text.
_WORDS: Final = (
    ("cannot start any token", f"a text cannot begin with “{{char}}”: {_QUOTES}"),
    ("expected chomping or indentation", f"a text cannot begin with “{{char}}”: {_QUOTES}"),
    ("expected alphabetic or numeric", f"a text cannot begin with “*” or “&”: {_QUOTES}"),
    ("undefined tag handle", f"a text cannot begin with “!”: {_QUOTES}"),
    ("did not find expected", "this cannot stand here"),
    ("unknown escape character", 'a “\\” in double quotes begins a code: use single quotes (\'…\') or write “\\\\”'),
    ("expected ',' or ']'", "the “[” of this list is never closed, or a comma is missing; or write one line an item"),
    ("expected ',' or '}'", "the “{” is never closed, or a comma is missing"),
    ("sequence entries are not allowed", "“- ” cannot stand here: a list begins on the line after its key"),
    ("block sequence entries", "“- ” cannot stand here: a list begins on the line after its key"),
    ("expected <block end>", "this does not line up with what stands above it: give it the same indentation"),
    ("expected <document start>", "this stands outside of what the file says so far: check the indentation"),
    ("found duplicate", "this is said twice"),
)  # fmt: skip


def in_words(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line (1 for the first) and what is wrong in it, with the remedy."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return line, f"a character that no file may have here (code {_code(error)}): delete it"
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return 1, "YAML cannot read this file"
    began = error.context_mark.line if error.context_mark else mark.line
    if "quoted scalar" in (error.context or "") and "unexpected end" in (error.problem or ""):
        return began + 1, "a quotation mark is opened here and never closed"
    if "could not find expected ':'" in (error.problem or ""):
        said = "a key without “:” after it, or a text that starts too far to the left"
        return began + 1, said + _comment(text, began, began)
    return mark.line + 1, _problem(error.problem or "", text, began, mark.line, mark.column)


def _problem(problem: str, text: str, began: int, line: int, column: int) -> str:
    row = _row(text, line)
    if "mapping values are not allowed" in problem:
        return _colon(row, column)
    if row[column : column + 1] == "\t":
        return "a tab: indent with spaces"
    if after := _after_quotes(row):
        return f"{shown(after)} stands after the closing quotation mark: take the whole text into the quotes"
    char = row[column : column + 1] or "…"
    said = next((words for sign, words in _WORDS if sign in problem), f"YAML cannot read this ({problem})")
    return said.replace("{char}", char) + _comment(text, began, line)


def _colon(row: str, column: int) -> str:
    """A text with ": " in it, or a line that is indented further than the keys it belongs to."""
    if re.search(r":\s", row[:column]):
        return f"“: ” within a text ends it: {_QUOTES}, or write “>-” and the text on the next lines"
    key = row[:column].strip()
    return f"{shown(key)} does not line up with what stands above it: give it the same indentation"


def _after_quotes(row: str) -> str:
    """What follows a text in quotes on its line: `- "License" key`."""
    quoted = re.match(r"""\s*(?:- +)*(?:[\w ]+: +)?(?:"[^"]*"|'[^']*')[ \t]*([^\s#:,\]}].*)""", row)
    return quoted.group(1).strip() if quoted else ""


def _comment(text: str, began: int, line: int) -> str:
    """A hint at a “#” that was not meant to begin a comment, in this line or the one before."""
    if any(" #" in _row(text, number) for number in range(max(began, line - 1), line + 1)):
        return "; a “#” after a space begins a comment: put such a text in quotes"
    return ""


def _row(text: str, number: int) -> str:
    rows = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)  # as PyYAML counts
    return rows[number] if number < len(rows) else ""


def _code(error: yaml.reader.ReaderError) -> str:
    return f"{error.character:#06x}" if isinstance(error.character, int) else str(error.character)
