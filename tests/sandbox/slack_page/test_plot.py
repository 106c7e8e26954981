import re

import pytest

from deployments.sandbox.slack.page.plot import Axes, Series, compact, plot, round_ticks

from .reading import Reading


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 820_000, (0, 500_000, 1_000_000)),
        (0, 4, (0, 1, 2, 3, 4)),
        (3, 9, (0, 5, 10)),
        (-50, 100, (-50, 0, 50, 100)),
        (0, 0, (0, 0.5)),
        (0, 0.03, (0, 0.01, 0.02, 0.03)),
    ],
)
def test_ticks_are_round_and_hold_zero(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert round_ticks(low, high) == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (0.25, "0.25"),
        (950, "950"),
        (2_580.4, "2,580"),
        (9_999.6, "10,000"),
        (12_500, "12.5k"),
        (999_999, "1,000k"),
        (-30_000, "-30k"),
        (4_100_000, "4.1M"),
        (2e9, "2B"),
    ],
)
def test_compact(value: float, shown: str) -> None:
    assert compact(value) == shown


def test_bars_stand_on_zero_and_hang_below_it() -> None:
    html = plot("bar", [Series("s", (50.0, -50.0))], Axes(("up", "down")), "t")
    assert re.findall(r'<rect x="[\d.]+" y="([\d.]+)"', html) == ["14.0", "89.0"]


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
@pytest.mark.parametrize(("series", "categories"), [(1, 1), (12, 20), (1, 20)])
def test_the_largest_and_smallest_charts_stay_in_the_picture(kind: str, series: int, categories: int) -> None:
    labels = tuple(f"{n} very long category"[:20] for n in range(categories))
    rows = [Series(f"series {n}", tuple(float(n + c) for c in range(categories))) for n in range(series)]
    reading = Reading(plot(kind, rows, Axes(labels, "x", "y"), "t"))
    height = float(dict(reading.attributes)["viewbox"].split()[-1])
    assert all(0 <= float(v) <= 340 for n, v in reading.attributes if n in {"x", "x1", "x2", "cx"})
    assert all(0 <= float(v) <= height for n, v in reading.attributes if n in {"y", "y1", "y2", "cy"})
