"""The file of the activity review: its touches, those of people with findings first."""

import pandas as pd

from tasks.reports.activity_context import ActivityContext
from tasks.reports.csv_file import csv_bytes
from tasks.reports.post import ReportFile
from tasks.rules.activity_findings import ActivityReview

ROWS = 100_000  # what a spreadsheet opens on a phone, and what Slack takes in one upload
_HEADINGS = {
    "rep": "Rep",
    "person": "Person",
    "account": "Account",
    "kind": "Kind",
    "direction": "Direction",
    "automated": "Automated",
    "counts": "Counts",
    "answered": "Answered",
    "subject": "Subject",
}


def file_name(review: ActivityReview) -> str:
    """ "rep-activity-2026-11-23.csv"."""
    return f"rep-activity-{review.window.last.isoformat()}.csv"


def touches_file(review: ActivityReview, context: ActivityContext) -> ReportFile:
    """The touches as a CSV, oldest first, each with the findings that rest on it; those of people and accounts with
    findings before the others. At most 100,000; the title says of how many."""
    shown = _chosen(review)
    table = shown[list(_HEADINGS)].rename(columns=_HEADINGS)
    # Only what counts can be answered or not.
    table["Answered"] = table["Answered"].astype("boolean").where(shown["counts"].astype(bool))
    table.insert(0, f"Time ({context.time_zone})", _times(shown, context))
    table["Findings"] = shown["id"].map(_found(review)).astype("str")
    table["Link"] = shown["id"].map(lambda touch_id: context.page(str(touch_id)))
    table["Id"] = shown["id"]
    total = len(review.touches)
    many = f"{len(shown):,} of {total:,} touches" if len(shown) < total else f"All {total:,} touches"
    title = f"{many}, those of people with findings first, {review.window.last.isoformat()}"
    return ReportFile(file_name(review), title, csv_bytes(table))


def _chosen(review: ActivityReview) -> pd.DataFrame:
    touches, findings = review.touches, review.findings
    of_person = touches["person_id"].isin(findings["person_id"].dropna())
    nobody = findings.loc[findings["person_id"].isna(), "account_id"].dropna()
    first = of_person | touches["account_id"].isin(nobody)
    kept = touches[first].head(ROWS)
    return pd.concat([kept, touches[~first].head(ROWS - len(kept))]) if not first.all() else kept


def _times(touches: pd.DataFrame, context: ActivityContext) -> pd.Series:
    """The office's time, "2026-11-03 10:12"; the day alone where no more is known."""
    times: pd.Series = touches["at"].dt.tz_convert(context.zone).dt.strftime("%Y-%m-%d %H:%M")
    return times.fillna(touches["day"].dt.strftime("%Y-%m-%d"))


def _found(review: ActivityReview) -> pd.Series:
    """The rules that found a touch, by its id: "again too soon; unanswered in a row"."""
    rows = review.findings[["rule", "touch_ids"]].explode("touch_ids").dropna().drop_duplicates()
    rules: pd.Series = rows["rule"].astype(str).groupby(rows["touch_ids"].astype(str)).agg("; ".join)
    return rules
