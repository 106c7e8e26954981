"""A bar chart of a small table: as a Slack block, and as a picture for a workspace that does not know chart blocks."""

import io
from collections.abc import Sequence

import pandas as pd

from tasks.reports.blocks import Block


def bar_blocks(table: pd.DataFrame, *, title: str, x_label: str, y_label: str) -> list[Block]:
    """The table as a `data_visualization` block: a group of bars a row, a series a column; none for a table of zeros.

    Labels are shown as they are: they must be different, and within `limits`.
    """
    if not table.to_numpy().any():
        return []
    categories = [str(label) for label in table.index]
    series = [
        {
            "name": str(name),
            "data": [
                {"label": label, "value": value} for label, value in zip(categories, table[name].to_list(), strict=True)
            ],
        }
        for name in table.columns
    ]
    axis = {"categories": categories, "x_label": x_label, "y_label": y_label}
    return [
        {"type": "data_visualization", "title": title, "chart": {"type": "bar", "series": series, "axis_config": axis}}
    ]


def bar_png(
    table: pd.DataFrame, *, title: str, y_label: str, colours: Sequence[str], legend: str = "", stacked: bool = False
) -> bytes:
    """The table as a PNG of 1,000 by 560 pixels, a colour a column; side by side, or one upon the other."""
    # matplotlib takes a second to import and is rarely needed.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(10, 5.6), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    width = 0.8 if stacked else 0.8 / len(table.columns)
    middle = 0.0 if stacked else (len(table.columns) - 1) / 2
    below = pd.Series(0.0, index=table.index)
    for number, (name, colour) in enumerate(zip(table.columns, colours, strict=True)):
        places = [row + (0 if stacked else (number - middle) * width) for row in range(len(table))]
        axes.bar(places, table[name].to_list(), width, bottom=below.to_list(), label=name, color=colour)
        below = below + table[name] if stacked else below
    # A name may be "$x$": that is a name, not a formula.
    labels = [_drawable(str(label)) for label in table.index]
    axes.set_xticks(range(len(table)), labels, parse_math=False, rotation=20, ha="right")
    axes.set_ylabel(y_label, parse_math=False)
    axes.set_title(title)
    axes.legend(title=legend or None, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _drawable(label: str) -> str:
    """The label in characters the built-in font has; matplotlib warns about every other."""
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - as above

    known = get_font(findfont("DejaVu Sans")).get_charmap()
    return "".join(letter if ord(letter) in known else "?" for letter in label)
