"""The file opens well in a spreadsheet and runs nothing there."""

import csv
import io

import pandas as pd
import pytest

from tasks.reports.csv_file import csv_bytes, neutral


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u3000=1", "\u200b=1", "\ufeff=1",
        "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "=cmd|'/c calc'!A0", '=HYPERLINK("http://evil.example")', "\tAcme",
    ],
)  # fmt: skip
def test_a_cell_that_would_run_is_shown_instead(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Acme", "Acme = good", "a@b.example", "3-year deal", "", "🎉 =1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutral(cell) == cell


def test_types_survive() -> None:
    frame = pd.DataFrame(
        {
            "Name": ["=cmd()", 'Ann "A", Inc.\nx', "Åse"],
            "Amount": [-500.0, 1_000_000.0, None],
            "Days": pd.array([45, None, 3], dtype="Int64"),
            "Last": pd.to_datetime(["2026-10-09", None, "2026-11-20"]).astype("datetime64[us]"),
            "Renewal": [True, False, False],
            "Holds": [("=a", "b"), (), ("c",)],
        }
    )
    content = csv_bytes(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["Name", "Amount", "Days", "Last", "Renewal", "Holds"],
        ["'=cmd()", "-500.0", "45", "2026-10-09", "yes", "'=a; b"],
        ['Ann "A", Inc.\nx', "1000000.0", "", "", "no", ""],
        ["Åse", "", "3", "2026-11-20", "no", "c"],
    ]
