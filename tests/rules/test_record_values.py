"""What values must look like, and roll-ups beside what they sum (handbook L156, L157, L164)."""

import pandas as pd
import pytest

from tasks.rules.expected import Equals, Pattern, Source
from tasks.rules.record_checks import judged_records
from tasks.rules.record_values import PATTERNS

from .validation_builders import Row, expect, fields, org, records, told

FACTS = org(catalogue=fields("Deals won (#): Won__c", "Revenue: Sum__c", "Close date (first deal): First__c"))
GOOD, BAD = True, False
ADDRESSES: list[tuple[Pattern, str, bool]] = [
    (Pattern.LINKEDIN_COMPANY, "https://www.linkedin.com/company/fleetdm", GOOD),
    (Pattern.LINKEDIN_COMPANY, "https://linkedin.com/company/fleetdm/", GOOD),
    (Pattern.LINKEDIN_COMPANY, "HTTPS://de.LinkedIn.com/school/eth-zürich/about/?x=1#y", GOOD),
    (Pattern.LINKEDIN_COMPANY, "https://www.linkedin.com/showcase/x", GOOD),
    (Pattern.LINKEDIN_COMPANY, "https://www.linkedin.com/in/someone", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://www.linkedin.com/company/", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://www.linkedin.com/company", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://www.linkedin.com/", BAD),
    (Pattern.LINKEDIN_COMPANY, "http://www.linkedin.com/company/fleetdm", BAD),
    (Pattern.LINKEDIN_COMPANY, "www.linkedin.com/company/fleetdm", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://linkedin.com.evil.com/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://evillinkedin.com/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://linkedin.com@evil.com/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://me@linkedin.com/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://linkedin.com:8443/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://evil.com/https://linkedin.com/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://evil.com\\.linkedin.com/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "see https://linkedin.com/company/x", BAD),
    (Pattern.LINKEDIN_COMPANY, "https://linkedin.com/company/x y", BAD),
    (Pattern.LINKEDIN_COMPANY, "javascript:alert(1)//linkedin.com/company/x", BAD),
    (Pattern.LINKEDIN_PERSON, "https://www.linkedin.com/in/someone", GOOD),
    (Pattern.LINKEDIN_PERSON, "https://www.linkedin.com/company/fleetdm", BAD),
    (Pattern.SALES_NAVIGATOR, "https://www.linkedin.com/sales/company/123", GOOD),
    (Pattern.SALES_NAVIGATOR, "https://www.linkedin.com/company/123", BAD),
    (Pattern.YEAR, "Acme 2026", GOOD),
    (Pattern.YEAR, "2031: Acme (renewal)", GOOD),
    (Pattern.YEAR, "Acme 1999", BAD),
    (Pattern.YEAR, "Acme 20265", BAD),
    (Pattern.YEAR, "Acme Q4", BAD),
]


def test_what_values_must_look_like() -> None:
    found = [
        (pattern, text, bool(pd.Series([text], dtype="str").str.contains(PATTERNS[pattern], regex=True).iloc[0]))
        for pattern, text, _ in ADDRESSES
    ]
    assert found == ADDRESSES


SUMS = pd.DataFrame({
    "account_id": ["001001"],
    Source.COUNT: [5.0], Source.COUNT_WON: [2.0], Source.SUM_WON: [1200.5000000002],
    Source.FIRST_WON: pd.to_datetime(["2025-03-01"]),
})  # fmt: skip
WON, SUM = Equals("Deals won (#)", Source.COUNT_WON), Equals("Revenue", Source.SUM_WON)
FIRST = Equals("Close date (first deal)", Source.FIRST_WON)
BLANK: Row = {"Won__c": None, "Sum__c": None, "First__c": None}
RIGHT: Row = {"Won__c": 2.0, "Sum__c": 1200.504, "First__c": pd.Timestamp("2025-03-01")}
ZERO: Row = {"Won__c": 0.0, "Sum__c": 0.0, "First__c": None}
WRONG: Row = {"Won__c": 3.0, "Sum__c": 1200.51, "First__c": pd.Timestamp("2025-03-02")}


@pytest.mark.parametrize(
    ("why", "claim", "rows", "found"),
    [
        ("what they sum, to the cent", WON, [RIGHT], []),
        ("", SUM, [RIGHT], []),
        ("", FIRST, [RIGHT], []),
        ("nothing to sum: blank or 0", WON, [RIGHT, BLANK, ZERO], []),
        ("", SUM, [RIGHT, BLANK, ZERO], []),
        ("", FIRST, [RIGHT, BLANK], []),
        ("nothing to sum, and yet a value", WON, [RIGHT, WRONG], ["is 3, should be 0"]),
        ("", SUM, [RIGHT, WRONG], ["is 1,200.51, should be 0"]),
        ("", FIRST, [RIGHT, WRONG], ["is 2025-03-02, should be blank"]),
        ("another value", WON, [WRONG], ["is 3, should be 2"]),
        ("", SUM, [WRONG], ["is 1,200.51, should be 1,200.50"]),
        ("", FIRST, [WRONG], ["is 2025-03-02, should be 2025-03-01"]),
        ("blank though there is something to sum", WON, [BLANK], ["is blank, should be 2"]),
        ("", FIRST, [BLANK], ["is blank, should be 2025-03-01"]),
    ],
)
def test_roll_ups_have_what_they_sum(why: str, claim: Equals, rows: list[Row], found: list[str]) -> None:
    verdict = judged_records(expect(claim), records(rows=rows, sums=SUMS), FACTS)

    assert [ref.found for one in verdict.discrepancies for ref in one.records] == found
    assert verdict.looked_at == len(rows)


def test_a_roll_up_that_differs_is_said_in_a_sentence() -> None:
    assert told(judged_records(expect(WON), records(rows=[WRONG, WRONG, BLANK], sums=SUMS), FACTS)) == (
        "2 of 3 accounts: “Deals won (#)” is not their won opportunities",
    )
