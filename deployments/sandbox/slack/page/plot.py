"""Bar, line and area charts as SVG, on axes with round ticks. Lengths are in units of the picture's own grid."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Final

from markupsafe import Markup

from deployments.sandbox.slack.page.html import element, joined

WIDTH, PLOT_HEIGHT = 340, 150
_TOP, _RIGHT, _LEFT = 14, 6, 44
_LETTER, _LINE = 5.0, 12  # the size of a letter of the labels
_LONGEST_SLANTED = 12
_NARROWEST_LABELLED = 14
_UPRIGHT_LINES = 2
_THREE_DIGITS = 100


@dataclass(frozen=True)
class Axes:
    """The labels of both axes and the categories along the horizontal one."""

    categories: tuple[str, ...]
    x_label: str = ""
    y_label: str = ""


@dataclass(frozen=True)
class Series:
    """One named row of values, one a category."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class _Frame:
    """Where values and categories lie in the picture."""

    ticks: tuple[float, ...]
    slots: int

    @property
    def slot(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / self.slots

    def x(self, index: float) -> float:
        """The middle of a category's slot."""
        return _LEFT + (index + 0.5) * self.slot

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return _TOP + PLOT_HEIGHT * (high - value) / (high - low)


def plot(kind: str, series: Sequence[Series], axes: Axes, title: str) -> Markup:
    """A chart of `kind` bar, line or area. Raises ValueError for another kind, or without finite values."""
    values = [value for one in series for value in one.values]
    if kind not in _DRAWN or not values or not all(map(isfinite, values)):
        raise ValueError(f"a {kind} chart of {len(values)} values cannot be drawn")
    frame = _Frame(round_ticks(min(values), max(values)), len(axes.categories))
    categories, depth = _categories(axes, frame)
    bottom = _TOP + PLOT_HEIGHT + depth
    height = bottom + (_LINE + 6 if axes.x_label else 4)
    return element(
        "svg",
        element("title", title),
        _grid(frame),
        _DRAWN[kind](series, axes, frame),
        categories,
        _axis_titles(axes, height),
        viewBox=f"0 0 {WIDTH} {height:.0f}",
        role="img",
        class_="plot",
    )


def round_ticks(low: float, high: float) -> tuple[float, ...]:
    """Four to seven round values (steps of 1, 2 or 5) that hold zero and all between `low` and `high`."""
    low, high = min(low, 0.0), max(high, 0.0)
    rough = (high - low or 1.0) / 4
    magnitude = 10.0 ** floor(log10(rough))
    step = next(m for m in (1, 2, 5, 10) if m * magnitude >= rough * 0.999) * magnitude
    return tuple(step * count for count in range(floor(low / step), max(ceil(high / step), 1) + 1))


def compact(value: float) -> str:
    """A number in few letters: 950, 2,580, 12.5k, 4.1M, 2B."""
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return _three_digits(value / (1e3 if unit == "k" else size)) + unit
    return _three_digits(value)


def _three_digits(value: float) -> str:
    return f"{value:.3g}" if abs(value) < _THREE_DIGITS else f"{value:,.0f}"


def _text(words: str, x: float, y: float, anchor: str, *, turn: int = 0, class_: str | None = None) -> Markup:
    turned = f"rotate({turn} {x:.1f} {y:.1f})" if turn else None
    return element("text", words, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, transform=turned, class_=class_)


def _grid(frame: _Frame) -> Markup:
    parts = []
    for tick in frame.ticks:
        y = frame.y(tick)
        class_ = "axis" if tick == 0 else "grid"
        parts.append(element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_=class_))
        parts.append(_text(compact(tick), _LEFT - 5, y + 4, "end"))
    return joined(parts)


def _categories(axes: Axes, frame: _Frame) -> tuple[Markup, float]:
    """The categories below the plot and the depth they take: upright in two lines if they fit, else slanted."""
    foot = _TOP + PLOT_HEIGHT
    letters = max(int((frame.slot - 1) / _LETTER), 1)
    wrapped = [textwrap.wrap(name, letters, break_long_words=False) for name in axes.categories]
    if all(len(lines) <= _UPRIGHT_LINES and all(len(line) <= letters for line in lines) for lines in wrapped):
        upright = [
            _text(line, frame.x(index), foot + _LINE * (row + 1), "middle")
            for index, lines in enumerate(wrapped)
            for row, line in enumerate(lines)
        ]
        return joined(upright), _LINE * max(map(len, wrapped)) + 4
    short = [textwrap.shorten(name, 40) for name in axes.categories]
    short = [n if len(n) <= _LONGEST_SLANTED else n[: _LONGEST_SLANTED - 1] + "…" for n in short]
    slanted = [_text(name, frame.x(index) + 3, foot + _LINE, "end", turn=-45) for index, name in enumerate(short)]
    return joined(slanted), max(map(len, short)) * _LETTER * 0.71 + _LINE


def _axis_titles(axes: Axes, height: float) -> Markup:
    middle = _LEFT + (WIDTH - _LEFT - _RIGHT) / 2
    return joined(
        [
            _text(axes.x_label, middle, height - 5, "middle", class_="label"),
            _text(axes.y_label, 10, _TOP + PLOT_HEIGHT / 2, "middle", turn=-90, class_="label"),
        ]
    )


def _bars(series: Sequence[Series], axes: Axes, frame: _Frame) -> Markup:
    width = frame.slot * 0.8 / len(series)
    bars, labels = [], []
    for index, one in enumerate(series):
        for slot, (category, value) in enumerate(zip(axes.categories, one.values, strict=True)):
            x = frame.x(slot) - frame.slot * 0.4 + index * width
            top, base = sorted((frame.y(value), frame.y(0)))
            box = {"x": f"{x:.1f}", "y": f"{top:.1f}", "width": f"{width:.1f}", "height": f"{base - top:.1f}"}
            bars.append(element("rect", _hint(one, category, value), **box, class_=f"bar series-{index}"))
            if width >= _NARROWEST_LABELLED and value:
                labels.append(_text(compact(value), x + width / 2, top - 3, "middle", class_="value"))
    return joined(bars + labels)


def _lines(series: Sequence[Series], axes: Axes, frame: _Frame) -> Markup:
    return joined(_line(index, one, axes, frame) for index, one in enumerate(series))


def _areas(series: Sequence[Series], axes: Axes, frame: _Frame) -> Markup:
    """Filled down to zero, the first series at the back."""
    parts = []
    for index, one in enumerate(series):
        zero = f"{frame.y(0):.1f}"
        last = frame.x(len(one.values) - 1)
        outline = f"{frame.x(0):.1f},{zero} {_points(one, frame)} {last:.1f},{zero}"
        parts.append(element("polygon", points=outline, class_=f"area series-{index}"))
        parts.append(_line(index, one, axes, frame))
    return joined(parts)


def _line(index: int, one: Series, axes: Axes, frame: _Frame) -> Markup:
    dots = joined(
        element(
            "circle",
            _hint(one, category, value),
            cx=f"{frame.x(slot):.1f}",
            cy=f"{frame.y(value):.1f}",
            r=3,
            class_=f"dot series-{index}",
        )
        for slot, (category, value) in enumerate(zip(axes.categories, one.values, strict=True))
    )
    return joined([element("polyline", points=_points(one, frame), class_=f"line series-{index}"), dots])


def _points(one: Series, frame: _Frame) -> str:
    return " ".join(f"{frame.x(slot):.1f},{frame.y(value):.1f}" for slot, value in enumerate(one.values))


def _hint(one: Series, category: str, value: float) -> Markup:
    return element("title", f"{one.name}, {category}: {value:,.10g}")


_DRAWN: Final[dict[str, Callable[[Sequence[Series], Axes, _Frame], Markup]]] = {
    "bar": _bars,
    "line": _lines,
    "area": _areas,
}
