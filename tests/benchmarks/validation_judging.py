"""Reading and judging an org of 100,000 opportunities and 30,000 accounts, half of them wrong, for `measure.alone`."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pandas as pd

from tasks.clients import SalesforceDoor
from tasks.quality import judged
from tasks.rules.expected import Equals, Expectation, Matches, NoNotes, NotAfter, Pattern, Records, Source
from tasks.rules.org_facts import OrgFacts, catalogue_frame, facts_frame, trail_frame
from tasks.rules.record_checks import wanted
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Status
from tasks.salesforce_checked import RecordReader
from tasks.salesforce_queries import PAGE
from tasks.settings import settings
from tests.benchmarks.measure import report
from tests.paged_org import Rows, paged_org

DEALS, ACCOUNTS = 100_000, 30_000
DAY = date(2026, 11, 23)
FIELDS = [
    ("Opportunity", "Name", "Opportunity name", "string"),
    ("Opportunity", "Starts__c", "Effective date", "date"),
    ("Opportunity", "Ends__c", "Subscription end date", "date"),
    ("Account", "Wins__c", "Deals won (#)", "double"),
    ("Account", "Page__c", "LinkedIn company URL", "url"),
]
CLAIMS: list[tuple[str, Records]] = [
    ("Opportunity", Matches("Opportunity name", Pattern.YEAR)),
    ("Opportunity", NotAfter("Effective date", "Subscription end date")),
    ("Account", Matches("LinkedIn company URL", Pattern.LINKEDIN_COMPANY)),
    ("Account", Equals("Deals won (#)", Source.COUNT_WON)),
    ("Account", NoNotes()),
]


@contextmanager
def checked_org() -> Iterator[dict[str, str]]:
    """Serves it; the settings that lead to it."""
    deals = [
        {"Id": _id("006", n), "Name": f"Deal x{n} {2026 if n % 2 else ''}", "IsClosed": False, "IsWon": False,
         "Starts__c": "2026-01-05", "Ends__c": "2027-01-04"}
        for n in range(DEALS)
    ]  # fmt: skip
    accounts = [
        {"Id": _id("001", n), "Name": f"Account {n}", "Wins__c": 1.0 if n % 4 else 2.0,
         "Page__c": f"https://www.{'linkedin.com' if n % 2 else 'example.com'}/company/{n}"}
        for n in range(ACCOUNTS)
    ]  # fmt: skip
    groups = [{"AccountId": row["Id"], "howMany": 1, "firstClosed": "2026-01-05", "allOfIt": 9} for row in accounts]

    def answers(soql: str) -> Rows:
        if "GROUP BY" in soql:
            after = re.search(r"AccountId > '001(\d+)'", soql)
            first = int(after[1]) + 1 if after else 0
            return groups[first : first + PAGE]
        return {"Opportunity": deals, "Account": accounts}.get(soql.rpartition(" FROM ")[2], [])

    with paged_org(answers) as (_, environment):
        yield environment


def check() -> dict[str, float]:
    """Read and judge, with the CPU seconds of each."""
    config = settings()
    catalogue = catalogue_frame(
        [{"object": o, "field": field, "label": label, "type": kind} for o, field, label, kind in FIELDS]
    )
    facts = OrgFacts("Standard User", facts_frame([]), catalogue, trail_frame([]))
    expectations = [Expectation(o, claim, "A sentence.", "x.yml", n) for n, (o, claim) in enumerate(CLAIMS)]
    started = time.process_time()
    reading = RecordReader(SalesforceDoor(config), config, catalogue=catalogue).read(wanted(expectations, facts))
    read = time.process_time()
    judged([], facts, reading.records, ValidationPolicy(), DAY)  # imports
    imported = time.process_time()
    verdicts = judged(expectations, facts, reading.records, ValidationPolicy(), DAY)
    return {
        "calls": reading.calls,
        "reading": read - started,
        "import": imported - read,
        "judging": time.process_time() - imported,
        "verdicts": len(verdicts),
        "unchecked": sum(verdict.status is Status.COULD_NOT_CHECK for verdict in verdicts),
        "wrong": sum(one.total for verdict in verdicts for one in verdict.discrepancies),
        "frame_mb": sum(_megabytes(frame) for frame in reading.records.frames.values()),
    }


def _megabytes(frame: pd.DataFrame) -> float:
    return float(frame.memory_usage(deep=True).sum()) / 2**20


def _id(prefix: str, number: int) -> str:
    return f"{prefix}{number:015d}"


if __name__ == "__main__":
    report(check)
