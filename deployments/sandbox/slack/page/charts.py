"""The data_visualization block: a chart as inline SVG, its legend, and its numbers as a table to open."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from deployments.sandbox.slack.page.html import element, joined, literal
from deployments.sandbox.slack.page.pie import Segment, pie
from deployments.sandbox.slack.page.plot import Axes, Series, plot
from deployments.sandbox.slack.page.tables import framed


def chart(block: Mapping[str, Any]) -> Markup:
    """The figure of a data_visualization block. Raises KeyError, TypeError or ValueError when it cannot be drawn."""
    described = block["chart"]
    title = str(block["title"])
    drawn = _pie(described, title) if described["type"] == "pie" else _plotted(described, title)
    return element("figure", element("figcaption", literal(title)), drawn, class_="chart")


def _pie(described: Mapping[str, Any], title: str) -> Markup:
    segments = [Segment(str(one["label"]), float(one["value"])) for one in described["segments"]]
    if not segments or any(one.value <= 0 for one in segments):
        raise ValueError("a pie has at least one segment, each above zero")
    total = sum(one.value for one in segments)
    labels = [f"{one.label} · {one.value:,.10g} ({one.value / total:.0%})" for one in segments]
    return joined([pie(segments, title), _legend(labels)])


def _plotted(described: Mapping[str, Any], title: str) -> Markup:
    axes_config = described["axis_config"]
    axes = Axes(
        categories=tuple(str(one) for one in axes_config["categories"]),
        x_label=str(axes_config.get("x_label") or ""),
        y_label=str(axes_config.get("y_label") or ""),
    )
    series = [_series(one, axes) for one in described["series"]]
    legend = _legend([one.name for one in series])
    return joined([plot(described["type"], series, axes, title), legend, _numbers(series, axes)])


def _series(described: Mapping[str, Any], axes: Axes) -> Series:
    by_label = {str(point["label"]): float(point["value"]) for point in described["data"]}
    return Series(str(described["name"]), tuple(by_label[category] for category in axes.categories))


def _legend(labels: list[str]) -> Markup:
    items = joined(
        element("li", element("span", class_=f"swatch series-{index}"), literal(label))
        for index, label in enumerate(labels)
    )
    return element("ul", items, class_="legend")


def _numbers(series: list[Series], axes: Axes) -> Markup:
    head = joined(element("th", literal(name), scope="col") for name in ("", *(one.name for one in series)))
    lines = joined(
        element(
            "tr",
            element("th", literal(category), scope="row"),
            *(element("td", f"{one.values[index]:,.10g}", class_="right") for one in series),
        )
        for index, category in enumerate(axes.categories)
    )
    rows = joined([element("thead", element("tr", head)), element("tbody", lines)])
    return element("details", element("summary", "Numbers"), framed(rows), class_="numbers")
