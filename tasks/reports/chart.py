"""Open pipeline by stage and age: one bar chart, as a Slack block and as a picture."""

from collections.abc import Sequence

import pandas as pd

from tasks.reports.bars import bar_blocks, bar_png
from tasks.reports.blocks import Block
from tasks.reports.limits import CHART_LABEL
from tasks.reports.post import ReportFile
from tasks.reports.report_context import ReportContext
from tasks.reports.slack_text import fit
from tasks.rules.findings import Review

TITLE = "Open pipeline by stage and age"
_STAGES = 8  # more groups of bars than this nobody reads on a phone
_SCALES = ((1e7, 1e6, 1, ", millions"), (1e4, 1e3, 0, ", thousands"), (0.0, 1.0, 0, ""))  # from, unit, decimals, words
_COLOURS = ("#8fa8b8", "#e0a13a", "#c0392b")  # quiet, amber, red: the older, the louder


def stage_ages(review: Review, context: ReportContext) -> pd.DataFrame:
    """Open value in the corporate currency, one row a stage, one column an age band in days of silence.

    Deals without a value count as nothing. Beyond eight stages, those with the least money become one last row.
    """
    deals = review.deals
    warn, stale = context.policy.warn_after_days, context.policy.stale_after_days
    names = [f"0-{warn - 1} days", f"{warn}-{stale - 1} days", f"{stale}+ days"]
    edges = [-float("inf"), warn, stale, float("inf")]
    bands = pd.cut(deals["days"].astype(float), edges, right=False, labels=names)
    cells = pd.DataFrame({"stage": deals["stage"].fillna("").astype(str), "band": bands, "value": deals["value"]})
    cells["value"] = cells["value"].astype(float).fillna(0.0)
    table = cells.pivot_table("value", "stage", "band", aggfunc="sum", fill_value=0.0, observed=False)
    totals = table.sum(axis=1).to_dict()
    kept = sorted(map(str, totals), key=lambda stage: (-totals[stage], stage))
    rest = kept[_STAGES - 1 :] if len(kept) > _STAGES else []
    kept = _in_process_order([stage for stage in kept if stage not in rest], context.stage_order)
    rows = {label: table.loc[stage] for label, stage in zip(_labels(kept), kept, strict=True)}
    if rest:
        rows[f"{len(rest)} other stages"] = table.loc[rest].sum()
    return pd.DataFrame.from_dict(rows, orient="index", columns=names)


def chart_blocks(review: Review, context: ReportContext) -> list[Block]:
    """The chart as a `data_visualization` block; none where there is no money to show."""
    table, unit = _scaled(stage_ages(review, context), review.corporate_currency)
    return bar_blocks(table, title=TITLE, x_label="Stage", y_label=unit)


def chart_png(review: Review, context: ReportContext) -> bytes:
    """The chart as a PNG of 1,000 by 560 pixels, for a workspace that does not know chart blocks."""
    table, unit = _scaled(stage_ages(review, context), review.corporate_currency)
    return bar_png(table, title=TITLE, y_label=unit, colours=_COLOURS, legend="Silent for")


def chart_picture(review: Review, context: ReportContext) -> ReportFile:
    """The same as a file of the thread."""
    name = f"open-pipeline-{review.as_of.isoformat()}.png"
    return ReportFile(name, TITLE, chart_png(review, context))


def _scaled(table: pd.DataFrame, currency: str) -> tuple[pd.DataFrame, str]:
    most = float(table.abs().to_numpy().max(initial=0.0))
    _, size, digits, words = next(scale for scale in _SCALES if most >= scale[0])
    scaled = (table / size).round(digits)
    return (scaled if digits else scaled.astype("int64")), f"{currency}{words}"


def _in_process_order(stages: Sequence[str], order: tuple[str, ...]) -> list[str]:
    place = {stage: number for number, stage in enumerate(order)}
    return sorted(stages, key=lambda stage: place.get(stage, len(order)))


def _labels(stages: Sequence[str]) -> list[str]:
    """Names that fit under a bar; two long ones that begin alike are told apart by a number."""
    labels: list[str] = []
    for stage in stages:
        label, number = fit(stage, CHART_LABEL) or "no stage", 2
        while label in labels:
            ending = f" {number}"
            label, number = fit(stage, CHART_LABEL - len(ending)) + ending, number + 1
        labels.append(label)
    return labels
