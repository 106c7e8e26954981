"""Findings of a Salesforce check and the expectations behind them, for tests that file them."""

from collections.abc import Iterable, Mapping
from datetime import date

from tasks.rules.expected import Expectation, Section
from tasks.rules.verdicts import Checkup, Remembered, Severity, Status

DAY = date(2026, 11, 23)
SENTENCE = "Accounting section should include the following fields: license key, payment terms."
ACCOUNTING = Expectation(
    "Account",
    Section("Accounting", includes=("License key", "Payment terms")),
    SENTENCE,
    "accounts.yml",
    27,
    handbook_line=157,
)
LICENSE_KEY, PAYMENT_TERMS, GONE = "11c0ffee0001", "11c0ffee0002", "11c0ffee0003"


def finding(key: str = LICENSE_KEY, said: str = "“License key” is missing", **other: object) -> Remembered:
    """A field that is missing in a section, found first in September."""
    values: dict[str, object] = {
        "expectation_key": ACCOUNTING.key,
        "object": "Account",
        "section": "Accounting",
        "severity": Severity.CRITICAL,
        "first_seen": date(2026, 9, 3),
        "handbook_line": 157,
        **other,
    }
    return Remembered(key=key, said=said, **values)  # type: ignore[arg-type]


FINDINGS = (finding(), finding(PAYMENT_TERMS, "“Payment terms” is missing"))


def checkup(
    found: Iterable[Remembered] = FINDINGS,
    statuses: Mapping[str, Status] | None = None,
    day: date = DAY,
    scope: str = "all",
) -> Checkup:
    """A check that found these, and judged the expectation behind them."""
    return Checkup(day, scope, tuple(found), statuses or {ACCOUNTING.key: Status.DIFFERS})
