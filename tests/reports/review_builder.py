"""Reviews for the report's tests: every row states only what matters, the rest is an ordinary healthy deal."""

from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from tasks.reports.report_context import ReportContext
from tasks.rules.findings import Deal, Level, Review, Touch, Verdict
from tasks.rules.policy import PipelinePolicy

AS_OF = date(2026, 11, 23)  # a Monday
BASE = "https://acme.my.salesforce.com"

_DAYS = ("close_date", "last_touch", "last_inbound", "last_outbound", "next_booked")


def record_id(number: int) -> str:
    return f"006Hs{number:010d}AAA"


def make_deal(number: int, name: str, **said: Any) -> Deal:
    """One judged deal; `said` overrides the fields of `Deal` that matter to the test."""
    usual: dict[str, Any] = {
        "account": "Acme", "owner_id": "005Hs00000000001AA", "owner": "Tom Okafor", "owner_active": True,
        "stage": "Discovery", "amount": 10_000.0, "currency": "USD", "close_date": date(2026, 12, 18),
        "quarter": "Q4 2026", "verdict": Verdict.HEALTHY, "reason": "Last communication 3 days ago.",
        "handbook": "L104", "holds": (), "days": 3, "never_touched": False, "level": Level.OPPORTUNITY,
        "last_touch": date(2026, 11, 20), "last_inbound": date(2026, 11, 20), "last_outbound": date(2026, 11, 19),
        "next_booked": None, "renewal": False, "stage_days": 20, "pushes": 0, "slipped": False,
        "hygiene": (), "problems": (),
    }  # fmt: skip
    amount = said.get("amount", usual["amount"])
    return Deal(**{"id": record_id(number), "name": name, "value": amount, **usual, **said})


def make_touch(day: date, kind: str, direction: str, who: str, subject: str) -> Touch:
    return Touch(day, kind, direction, Level.OPPORTUNITY, who, subject, "02sHs0000000001AAA")  # type: ignore[arg-type]


def make_review(deals: list[Deal], touches: dict[str, list[Touch]] | None = None, **said: Any) -> Review:
    """A review of these deals; touches are given by opportunity id."""
    rows = sorted(map(asdict, deals), key=lambda row: (-(row["value"] or 0.0), row["id"]))
    frame = pd.DataFrame(rows, columns=[field.name for field in fields(Deal)])
    for column in _DAYS:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
    for column in ("amount", "value", "stage_days"):
        frame[column] = frame[column].astype(float)
    evidence = [{"opportunity_id": key, **asdict(touch)} for key, many in (touches or {}).items() for touch in many]
    columns = ["opportunity_id", *(field.name for field in fields(Touch))]
    seen = pd.DataFrame(evidence, columns=columns)
    seen["day"] = pd.to_datetime(seen["day"]).astype("datetime64[us]")
    seen["at"] = pd.to_datetime(seen["at"], utc=True).astype("datetime64[us, UTC]")
    usual: dict[str, Any] = {"as_of": AS_OF, "expected": len(deals), "corporate_currency": "USD"}
    return Review(deals=frame, evidence=seen, **{**usual, **said})


def make_context(**said: Any) -> ReportContext:
    """A run at 07:28 in Los Angeles, with the default rule values."""
    usual: dict[str, Any] = {
        "as_of": datetime(2026, 11, 23, 15, 28, tzinfo=UTC),
        "policy": PipelinePolicy(),
        "salesforce_url": BASE,
        "list_url": f"{BASE}/lightning/o/Opportunity/list?filterName=Open",
        "run_url": "https://prefect.example.com/runs/flow-run/1f2e3d",
        "stage_order": ("Discovery", "Proposal", "Negotiation"),
    }
    return ReportContext(**{**usual, **said})
