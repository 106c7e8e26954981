"""A frame as a CSV that opens well in Excel and runs nothing there."""

import csv
import re

import pandas as pd

# What a spreadsheet takes for the beginning of a formula, also behind spaces and in full width.
_RUNS = re.compile("[\\s\u200b\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[ \u00a0\u3000]*[\t\r\n]")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 with the mark Excel needs, a header line, CRLF, and every text cell made harmless.

    Numbers stay numbers (a negative amount is one), days become ISO dates, tuples "a; b", truth "yes" or "no", missing
    values empty cells.
    """
    cells = pd.DataFrame({name: _as_cells(frame[name]) for name in frame.columns})
    lines = cells.to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    return lines.encode("utf-8-sig", "replace")


def neutral(cell: str) -> str:
    """A text cell that a spreadsheet shows and does not run: with a leading apostrophe where it would."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def _as_cells(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "yes", False: "no"})
    if pd.api.types.is_datetime64_any_dtype(column):
        days: pd.Series = column.dt.strftime("%Y-%m-%d")
        return days
    if pd.api.types.is_numeric_dtype(column):
        return column
    if pd.api.types.is_string_dtype(column):  # many cells say the same
        return column.map({text: neutral(text) for text in column.dropna().unique()})
    return column.map(_text_cell)


def _text_cell(value: object) -> object:
    if isinstance(value, tuple):
        return neutral("; ".join(value))
    return neutral(value) if isinstance(value, str) else value
