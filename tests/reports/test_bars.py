"""The bar chart that two reports share: as a block within Slack's limits, and as a picture of any names."""

import io
import struct

import pandas as pd
import pytest
from matplotlib.image import imread

from tasks.reports.bars import bar_blocks, bar_png
from tasks.reports.limits import problems

TABLE = pd.DataFrame({"answered": [3, 0], "not answered": [1, 5]}, index=["2 Nov", "9 Nov"])


def test_a_row_is_a_group_of_bars_and_a_column_a_series() -> None:
    [block] = bar_blocks(TABLE, title="Touches", x_label="Week of", y_label="touches")
    assert problems([block]) == []
    assert block["chart"]["axis_config"] == {
        "categories": ["2 Nov", "9 Nov"],
        "x_label": "Week of",
        "y_label": "touches",
    }
    assert [(one["name"], [point["value"] for point in one["data"]]) for one in block["chart"]["series"]] == [
        ("answered", [3, 0]),
        ("not answered", [1, 5]),
    ]


@pytest.mark.parametrize("table", [TABLE * 0, TABLE.iloc[:0]], ids=["zeros", "no rows"])
def test_nothing_to_show_is_no_chart(table: pd.DataFrame) -> None:
    assert bar_blocks(table, title="Touches", x_label="Week of", y_label="touches") == []


def _picture(table: pd.DataFrame, *, stacked: bool = False) -> bytes:
    return bar_png(table, title="Touches", y_label="touches", colours=("#4a7c8c", "#e0a13a"), stacked=stacked)


def test_the_picture_has_its_size_and_no_traces() -> None:
    picture = _picture(TABLE)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1_000, 560)
    assert b"matplotlib" not in picture


def _share_of_the_second(picture: bytes) -> float:
    """How much of what is coloured is "#e0a13a"; the legend's squares are small."""
    pixels = (imread(io.BytesIO(picture))[:, :, :3] * 255).round()
    first, second = ((pixels == colour).all(axis=2).sum() for colour in ((0x4A, 0x7C, 0x8C), (0xE0, 0xA1, 0x3A)))
    return float(second / (first + second))


def test_stacked_bars_stand_upon_each_other() -> None:
    table = pd.DataFrame({"answered": [30], "not answered": [10]}, index=["2 Nov"])
    assert _share_of_the_second(_picture(table, stacked=True)) == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("name", ["$\\nonsense{$", "漢字 \U0001f389", "<!channel>"])
def test_the_picture_survives_any_name(name: str, stacked: bool) -> None:
    assert _picture(TABLE.set_axis([name, "b"], axis=0), stacked=stacked).startswith(b"\x89PNG")
