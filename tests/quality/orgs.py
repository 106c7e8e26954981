"""A small org and expectations of it, as values, for tests of judging."""

from datetime import date
from typing import Any

import pandas as pd

from tasks.rules.expected import Claim, Expectation, Source
from tasks.rules.org_facts import OrgFacts, RecordFacts, catalogue_frame, facts_frame, trail_frame

DAY = date(2026, 11, 23)
FIELDS = {
    "Account": {"Wins__c": "Deals won (#)", "Page__c": "LinkedIn company URL", "First__c": "Close date (first deal)",
                "Revenue__c": "Cumulative revenue"},
    "Opportunity": {"Name": "Opportunity Name", "Starts__c": "Effective date", "Ends__c": "Subscription end date",
                    "NextStep": "Next step", "Due__c": "Next step's due date"},
}  # fmt: skip


def expectation(claim: Claim, sobject: str = "Opportunity", line: int = 1, **more: Any) -> Expectation:
    """One of a file, at that line."""
    return Expectation(sobject, claim, f"Sentence {line}.", "accounts.yml", line, **more)


def org(*tabs: str) -> OrgFacts:
    """An org that shows these tabs, and has FIELDS."""
    rows = [{"surface": "tabs", "kind": "tab", "label": tab, "field": tab.removesuffix("s")} for tab in tabs]
    fields = [
        {"object": sobject, "field": name, "label": label, "type": "string"}
        for sobject, named in FIELDS.items()
        for name, label in named.items()
    ]
    return OrgFacts("Standard User", facts_frame(rows), catalogue_frame(fields), trail_frame([]))


def deals(*names: str | None, **columns: list[Any]) -> pd.DataFrame:
    """Open opportunities of these names."""
    ids = [f"006{number:012d}" for number in range(len(names))]
    frame = pd.DataFrame({"Id": ids, "Name": pd.Series(names, dtype="str"), "IsClosed": False, "IsWon": False})
    return frame.astype({"IsClosed": "boolean", "IsWon": "boolean"}).assign(**columns)


def accounts(**columns: list[Any]) -> pd.DataFrame:
    """Accounts with these values."""
    count = len(next(iter(columns.values())))
    ids = [f"001{number:012d}" for number in range(count)]
    return pd.DataFrame({"Id": ids, "Name": [f"Account {number}" for number in range(count)], **columns})


def sums(source: Source, values: list[Any]) -> pd.DataFrame:
    """What the opportunities of the first accounts come to."""
    return pd.DataFrame({"account_id": [f"001{number:012d}" for number in range(len(values))], source.value: values})


def notes(*objects: str) -> pd.DataFrame:
    """A note on a record of each of these objects."""
    at = pd.Timestamp("2026-11-02", tz="UTC")
    rows = [
        {"object": one, "record_id": f"{number:018d}", "record": "Acme", "kind": "classic", "at": at}
        for number, one in enumerate(objects)
    ]
    return pd.DataFrame(rows, columns=["object", "record_id", "record", "kind", "at"])


def records(**given: Any) -> RecordFacts:
    """What was read of records; no notes where none are given."""
    return RecordFacts(**{"notes": notes(), **given})
