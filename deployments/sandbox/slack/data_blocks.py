"""The blocks that show data: tables and charts, with the limits they have in one block and over a message."""

from typing import Any

from deployments.sandbox.slack.checks import (
    Check,
    Problems,
    both,
    fields,
    flag,
    items,
    number,
    one_of,
    text,
    typed,
    wrong,
)
from deployments.sandbox.slack.rich_text import RICH_TEXT

TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000
COLUMNS = 20

RAW_TEXT = fields({"text": text()})
RAW_NUMBER = fields({"value": number()}, {"text": text()})
CELL = typed({"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER, "rich_text": RICH_TEXT})
DATA_CELL = typed({"raw_text": fields({"text": text(least=1)}), "raw_number": RAW_NUMBER, "rich_text": RICH_TEXT})
COLUMN_SETTING = fields({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})


def _nullable(check: Check) -> Check:
    """A column without settings is null."""

    def checked(value: Any, pointer: str, problems: Problems) -> None:
        if value is not None:
            check(value, pointer, problems)

    return checked


def _rectangle(block: Any, pointer: str, problems: Problems) -> None:
    """All rows of a data_table are as long as its header, which holds no rich text."""
    rows = block.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows) or not rows:
        return
    for place, row in enumerate(rows):
        if len(row) != len(rows[0]):
            wrong(problems, f"must have {len(rows[0])} cells as the first row has", f"{pointer}/rows/{place}")
    for place, cell in enumerate(rows[0]):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            wrong(problems, "rich_text is not allowed in the header row", f"{pointer}/rows/0/{place}")


def _matching_labels(chart: Any, pointer: str, problems: Problems) -> None:
    """Every series has a name of its own and a point for each category, in order."""
    try:
        categories = chart["axis_config"]["categories"]
        names = [series["name"] for series in chart["series"]]
        labels = [[point["label"] for point in series["data"]] for series in chart["series"]]
    except (KeyError, TypeError):
        return  # the shape is wrong, which is said elsewhere
    if len(set(map(str, names))) != len(names):
        wrong(problems, "series names must be unique", f"{pointer}/series")
    for place, found in enumerate(labels):
        if found != categories:
            wrong(problems, "labels must match axis_config categories", f"{pointer}/series/{place}/data")


TABLE = fields(
    {"rows": items(items(CELL, COLUMNS, 1), 100, 1)},
    {"column_settings": items(_nullable(COLUMN_SETTING), COLUMNS), "block_id": text(255)},
)
DATA_TABLE = both(
    fields(
        {"rows": items(items(DATA_CELL, COLUMNS, 1), 201, 2), "caption": text(least=1)},
        {
            "page_size": number(1, 100, whole=True),
            "row_header_column_index": number(0, whole=True),
            "block_id": text(255),
        },
    ),
    _rectangle,
)

LABEL = text(20, 1)
SEGMENT = fields({"label": LABEL, "value": number(0, above=True)})
SERIES = fields({"name": LABEL, "data": items(fields({"label": LABEL, "value": number()}), 20, 1)})
AXES = fields({"categories": items(LABEL, 20, 1)}, {"x_label": text(50), "y_label": text(50)})
XY = both(fields({"series": items(SERIES, 12, 1), "axis_config": AXES}), _matching_labels)
CHART = typed({"pie": fields({"segments": items(SEGMENT, 12, 1)}), "bar": XY, "area": XY, "line": XY})
DATA_VISUALIZATION = fields({"title": text(50, 1), "chart": CHART}, {"block_id": text(255)})


def cell_characters(value: Any) -> int:
    """Characters of all cells in a table's rows; numbers count as they are printed."""
    if isinstance(value, list):
        return sum(cell_characters(v) for v in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text", value.get("value"))
    counted = len(own) if isinstance(own, str) else len(str(own)) if isinstance(own, int | float) else 0
    return counted + cell_characters(value.get("elements"))
