"""Values of the fields that the handbook's checkup names, on accounts, deals and people: as they should be, but for a
few that are wrong on purpose (`tests/known_deviations.py` lists them)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import OfficeTime

WON = "Closed Won"
# Wrong on purpose.
DEALS_WON = {"Delmar Foods": 0, "Globex": 2, "Hooli": 1, "Verity Labs": 3}
COMPANY_URL = {
    "Initech": "https://www.linkedin.com/in/initech",
    "Umbrella": "https://linkedin.example/company/umbrella",
}
ENDS_BEFORE_IT_BEGINS, INVOICED_TOO_EARLY = "Nimbus Cloud 2025", "Umbrella 2025"

_ACCOUNT = (
    "LinkedIn_Company_URL__c", "LinkedIn_Sales_Navigator_URL__c", "My_LinkedIn_Overlaps__c", "CISO_Employees__c",
    "Press_Approval__c", "License_Key__c", "Total_Opportunities__c", "Deals_Won__c", "Close_Date_First_Deal__c",
    "Cumulative_Revenue__c", "Payment_Terms__c", "Invoice_Sent_Latest__c", "Payment_Received_On_Latest__c",
    "Subscription_End_Date_Latest__c",
)  # fmt: skip
_CONTACT = ("LinkedIn_URL__c", "Personal_Email__c", "GitHub__c", "Is_Champion__c")
_LEADERS = ("Director", "VP", "CIO", "CTO", "CISO", "Head")


class Deal(NamedTuple):
    """What the sums of an account are made of; `close` a day, amount in dollars."""

    account: str | None
    name: str
    stage: str
    amount: float | None
    close: str | None


class Contract(NamedTuple):
    """The contract of a won deal, field by field; an open or lost one has only the hosts. Days, or None."""

    Up_To_Hosts__c: float | None = None
    Payment_Terms__c: str | None = None
    Billing_Process__c: str | None = None
    Term__c: float | None = None
    Reseller__c: str | None = None
    Effective_Date__c: str | None = None
    Subscription_End_Date__c: str | None = None
    Invoice_Sent__c: str | None = None
    Payment_Received__c: str | None = None


@dataclass
class Sums:
    """What the deals of one account come to."""

    total: int = 0
    won: int = 0
    revenue: float = 0
    first: str | None = None
    invoiced: str | None = None
    paid: str | None = None
    ends: str | None = None

    def add(self, deal: Deal, contract: Contract) -> None:
        """One more deal of the account."""
        self.total += 1
        if deal.stage != WON:
            return
        self.won += 1
        self.revenue += deal.amount or 0
        self.first = min(filter(None, (self.first, deal.close)), default=None)
        self.invoiced = max(filter(None, (self.invoiced, contract.Invoice_Sent__c)), default=None)
        self.paid = max(filter(None, (self.paid, contract.Payment_Received__c)), default=None)
        self.ends = max(filter(None, (self.ends, contract.Subscription_End_Date__c)), default=None)


def completed(tables: Mapping[str, Table], deals: Iterable[Deal], office: OfficeTime) -> dict[str, Table]:
    """The same tables with these values on Account, Opportunity and Contact. `deals` are those of Opportunity; rows
    that come from generators stay so, and need all columns that `rows.py` gives these objects."""
    sums: dict[str, Sums] = {}
    for deal in deals:
        if deal.account:
            sums.setdefault(deal.account, Sums()).add(deal, contract_of(deal, office))
    return {
        **tables,
        "Account": _wider(tables["Account"], _ACCOUNT, ("Id", "Name", "NumberOfEmployees"), _account_of(sums)),
        "Opportunity": _wider(
            tables["Opportunity"], Contract._fields, ("AccountId", "Name", "StageName", "Amount", "CloseDate"),
            lambda values: contract_of(Deal(*values), office),  # type: ignore[arg-type]
        ),
        "Contact": _wider(tables["Contact"], _CONTACT, ("FirstName", "LastName", "Title"), _person),
    }  # fmt: skip


def told_deals(opportunities: Table) -> Iterator[Deal]:
    """The deals of a table that may be read again and again."""
    places = [opportunities.columns.index(name) for name in ("AccountId", "Name", "StageName", "Amount", "CloseDate")]
    for row in opportunities.rows:
        yield Deal(*(row[place] for place in places))  # type: ignore[arg-type]


def contract_of(deal: Deal, office: OfficeTime) -> Contract:
    """The contract: it starts a week after the close date, for a year, and is invoiced in between. What is still to
    come on the company's day has not happened."""
    hosts = None if not deal.amount else float(max(100, round(deal.amount / 7_000) * 100))
    if deal.stage != WON or deal.close is None:
        return Contract(hosts)
    drawn = crc32(deal.name.encode())
    starts, ends, invoiced, paid = _dates(deal.close)
    if deal.name == ENDS_BEFORE_IT_BEGINS:
        starts, ends = ends, starts
    if deal.name == INVOICED_TOO_EARLY:
        invoiced = _later(deal.close, -9)
    today = office.day(0)
    return Contract(
        hosts, "Net 30", "Invoice" if drawn % 4 else "Marketplace", 12.0, None if drawn % 5 else "Brightline Partners",
        starts, ends, invoiced if invoiced <= today else None, paid if paid <= today else None,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _dates(close: str) -> tuple[str, str, str, str]:
    return _later(close, 7), _later(close, 7 + 365), _later(close, 3), _later(close, 30)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _account_of(sums: Mapping[str, Sums]) -> Callable[[Sequence[object]], tuple[object, ...]]:
    def values(row: Sequence[object]) -> tuple[object, ...]:
        id_, name, employees = str(row[0]), str(row[1]), row[2]
        found, number = sums.get(id_, Sums()), crc32(name.encode())
        page = f"https://www.linkedin.com/company/{_slug(name)}"
        return (
            COMPANY_URL.get(name, page),
            f"https://www.linkedin.com/sales/company/{number}",
            f"https://www.linkedin.com/sales/search/people?companyIncluded={number}&relationship=F",
            None if employees is None else float(1 + int(str(employees)) // 200),
            "Approved" if found.won and number % 2 else "Not asked",
            f"FL-{number:08X}" if found.won else None,
            float(found.total),
            float(DEALS_WON.get(name, found.won)),
            found.first,
            float(found.revenue),
            "Net 30" if found.won else None,
            found.invoiced,
            found.paid,
            found.ends,
        )

    return values


def _person(row: Sequence[object]) -> tuple[object, ...]:
    first, last, title = (str(value) for value in row)
    slug, champion = _slug(f"{first} {last}"), title.startswith(_LEADERS)
    engineer = "ngineer" in title
    return (
        f"https://www.linkedin.com/in/{slug}",
        f"{slug}@mail.example" if champion else None,
        slug if engineer else None,
        int(champion),
    )


def _slug(name: str) -> str:
    return "-".join(name.lower().replace("&", " ").split())


def _wider(
    table: Table, more: Sequence[str], needed: Sequence[str], values: Callable[[Sequence[object]], Sequence[object]]
) -> Table:
    places = [table.columns.index(name) for name in needed]
    rows = ((*row, *values([row[place] for place in places])) for row in table.rows)
    return Table((*table.columns, *more), tuple(rows) if isinstance(table.rows, tuple) else rows)
