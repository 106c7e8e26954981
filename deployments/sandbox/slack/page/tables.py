"""The table and data_table blocks."""

from collections.abc import Container, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from deployments.sandbox.slack.page.html import element, joined, literal
from deployments.sandbox.slack.page.names import Names
from deployments.sandbox.slack.page.rich_text import rich_text

_ALIGNMENTS: Final = frozenset({"left", "center", "right"})


def table(block: Mapping[str, Any], names: Names) -> Markup:
    """A table block: the first row is its head, `column_settings` align and wrap its columns."""
    classes = [_column_class(setting or {}) for setting in block.get("column_settings") or ()]
    return framed(_rows(block["rows"], names, classes))


def data_table(block: Mapping[str, Any], names: Names) -> Markup:
    """A data_table block with all its rows: Slack shows them in pages, a page without scripts shows them at once."""
    rows = _rows(block["rows"], names, (), row_header=block.get("row_header_column_index", 0))
    return framed(joined([element("caption", literal(block["caption"])), rows]))


def framed(rows: Markup) -> Markup:
    """The table in a frame of its own that scrolls sideways where the screen is narrow."""
    return element("div", element("table", rows), class_="frame", tabindex=0)


def _column_class(setting: Mapping[str, Any]) -> str:
    align = setting.get("align", "left")
    wrap = "wrapped" if setting.get("is_wrapped") else "unwrapped"
    return f"{align if align in _ALIGNMENTS else 'left'} {wrap}"


def _rows(
    rows: Sequence[Sequence[Mapping[str, Any]]],
    names: Names,
    classes: Sequence[str],
    row_header: int = -1,
) -> Markup:
    head, *body = rows
    headings = _line(head, names, classes, range(len(head)), "col")
    lines = joined(element("tr", _line(row, names, classes, (row_header,), "row")) for row in body)
    return joined([element("thead", element("tr", headings)), element("tbody", lines)])


def _line(
    row: Sequence[Mapping[str, Any]],
    names: Names,
    classes: Sequence[str],
    headers: Container[int],
    scope: str,
) -> Markup:
    cells = []
    for index, cell in enumerate(row):
        column = classes[index] if index < len(classes) else ""
        class_, shown = _cell_class(cell, column), _cell(cell, names)
        if index in headers:
            cells.append(element("th", shown, scope=scope, class_=class_))
        else:
            cells.append(element("td", shown, class_=class_))
    return joined(cells)


def _cell_class(cell: Mapping[str, Any], column: str) -> str | None:
    return column or ("right unwrapped" if cell["type"] == "raw_number" else None)


def _cell(cell: Mapping[str, Any], names: Names) -> Markup:
    match cell["type"]:
        case "raw_text":
            return literal(cell["text"])
        case "raw_number":
            return literal(str(cell.get("text") or cell["value"]))
        case "rich_text":
            return rich_text(cell, names)
        case other:
            return element("span", f"[cell of type {other} is not shown here]", class_="notice")
