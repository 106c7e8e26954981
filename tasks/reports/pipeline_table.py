"""The file of the pipeline review: every open deal with what was computed for it."""

from tasks.reports.csv_file import csv_bytes
from tasks.reports.post import ReportFile
from tasks.reports.report_context import ReportContext
from tasks.rules.findings import Review

_HEADINGS = {
    "name": "Opportunity",
    "account": "Account",
    "owner": "Owner",
    "owner_active": "Owner active",
    "stage": "Stage",
    "amount": "Amount",
    "currency": "Currency",
    "value": "Value",
    "close_date": "Close date",
    "quarter": "Quarter",
    "verdict": "Verdict",
    "reason": "Reason",
    "handbook": "Handbook",
    "holds": "Held back because",
    "days": "Days silent",
    "never_touched": "Never touched",
    "level": "Found on",
    "last_touch": "Last touch",
    "last_inbound": "Last reply",
    "last_outbound": "Our last touch",
    "next_booked": "Next booked",
    "renewal": "Renewal",
    "stage_days": "Days in stage",
    "pushes": "Close date pushed",
    "slipped": "Slipped out of the quarter",
    "hygiene": "To update",
    "problems": "To repair",
    "id": "Id",
    "owner_id": "Owner id",
}


def file_name(review: Review) -> str:
    """ "pipeline-review-2026-11-23.csv"."""
    return f"pipeline-review-{review.as_of.isoformat()}.csv"


def deals_file(review: Review, context: ReportContext) -> ReportFile:
    """All open deals as a CSV, most money first; "Value" is in the corporate currency, which its heading names."""
    table = review.deals[list(_HEADINGS)].rename(columns=_HEADINGS)
    table["Link"] = review.deals["id"].map(lambda record_id: context.record_url("Opportunity", str(record_id)))
    for counted in ("Days silent", "Days in stage", "Close date pushed"):
        table[counted] = table[counted].astype("Float64").round().astype("Int64")
    table = table.rename(columns={"Value": f"Value ({review.corporate_currency})"})
    title = f"All {len(table):,} open deals with verdicts, {review.as_of.isoformat()}"
    return ReportFile(file_name(review), title, csv_bytes(table))
