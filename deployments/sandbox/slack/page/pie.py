"""A pie chart as SVG. Its legend, with the shares, stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from markupsafe import Markup

from deployments.sandbox.slack.page.html import element, joined

RADIUS = 90
_FULL_TURN = 2 * pi
_MIDDLE = RADIUS + 4


@dataclass(frozen=True)
class Segment:
    """A labelled slice; `value` is above zero."""

    label: str
    value: float


def pie(segments: Sequence[Segment], title: str) -> Markup:
    """The slices clockwise from noon, in the order given. Raises ValueError when they sum to nothing."""
    total = sum(one.value for one in segments)
    slices = []
    start = 0.0
    for index, one in enumerate(segments):
        end = start + one.value / total * _FULL_TURN
        label = element("title", f"{one.label}: {one.value:,.10g} ({one.value / total:.0%})")
        slices.append(_slice(start, end, label, f"slice series-{index}"))
        start = end
    size = 2 * _MIDDLE
    return element(
        "svg",
        element("title", title),
        joined(slices),
        viewBox=f"0 0 {size} {size}",
        role="img",
        class_="pie",
    )


def _slice(start: float, end: float, label: Markup, class_: str) -> Markup:
    if end - start >= _FULL_TURN - 1e-9:  # an arc that ends where it begins is not drawn
        return element("circle", label, cx=_MIDDLE, cy=_MIDDLE, r=RADIUS, class_=class_)
    large = int(end - start > pi)
    path = f"M{_MIDDLE} {_MIDDLE}L{_on_rim(start)}A{RADIUS} {RADIUS} 0 {large} 1 {_on_rim(end)}Z"
    return element("path", label, d=path, class_=class_)


def _on_rim(angle: float) -> str:
    return f"{_MIDDLE + RADIUS * sin(angle):.2f} {_MIDDLE - RADIUS * cos(angle):.2f}"
