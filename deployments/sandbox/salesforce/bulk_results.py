"""The result of a Bulk query as CSV: null is empty, booleans are words, moments end in Z."""

import csv
import io
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

DELIMITERS = {"COMMA": ",", "TAB": "\t", "SEMICOLON": ";", "PIPE": "|", "CARET": "^", "BACKQUOTE": "`"}
LINE_ENDINGS = {"LF": "\n", "CRLF": "\r\n"}


class CsvResult:
    """All rows as CSV text, of which any slice can be had without parsing it again."""

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], delimiter: str, line_ending: str) -> None:
        self._buffer = io.StringIO(newline="")
        ends = LINE_ENDINGS[line_ending]
        self._writer = csv.writer(
            self._buffer, delimiter=DELIMITERS[delimiter], lineterminator=ends, quoting=csv.QUOTE_ALL
        )
        self._header = self._line(columns)
        self._text = bytearray()
        self._starts = array("Q", [0])
        for row in rows:
            self._text += self._line([_cell(value) for value in row])
            self._starts.append(len(self._text))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def page(self, start: int, count: int) -> tuple[str, int]:
        """Header and up to `count` rows from row `start` on, and how many rows there are in it."""
        stop = min(start + count, len(self))
        body = self._text[self._starts[start] : self._starts[stop]]
        return (self._header + body).decode(), stop - start

    def _line(self, values: Sequence[str]) -> bytes:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._writer.writerow(values)
        return self._buffer.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text.removesuffix("+0000") + "Z" if text.endswith("+0000") and text[10:11] == "T" else text
