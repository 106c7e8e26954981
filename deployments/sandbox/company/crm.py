"""A public table of CRM deals as it comes: accounts, sales teams, products, and a sales pipeline, one CSV each."""

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from deployments.sandbox.company.problems import Problems

T = TypeVar("T")
_COLUMNS = {
    "accounts.csv": ("account", "sector", "revenue", "employees", "office_location", "subsidiary_of"),
    "sales_teams.csv": ("sales_agent", "manager", "regional_office"),
    "products.csv": ("product", "sales_price"),
    "sales_pipeline.csv": (
        "opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value",
    ),
}  # fmt: skip
STAGES = ("Prospecting", "Engaging", "Won", "Lost")
_SPELLING = {"technolgy": "technology", "Philipines": "Philippines"}


@dataclass(frozen=True)
class Account:
    """A company; revenue in millions."""

    name: str
    sector: str
    revenue: float
    employees: int
    country: str
    parent: str


@dataclass(frozen=True)
class Agent:
    """A seller with the manager's name and the region."""

    name: str
    manager: str
    region: str


@dataclass(frozen=True)
class Deal:
    """A row of the pipeline; what the data leaves out is None."""

    id: str
    agent: str
    product: str
    account: str | None
    stage: str
    engaged: date | None
    closed: date | None
    value: float | None


@dataclass(frozen=True)
class Crm:
    """All four files, and how often which word was spelt right on the way."""

    accounts: tuple[Account, ...]
    agents: tuple[Agent, ...]
    prices: dict[str, float]
    deals: tuple[Deal, ...]
    repaired: Counter[str]


@dataclass
class _Source:
    """Reads the files; what is wrong with them goes to `problems`."""

    directory: Path
    problems: Problems = field(default_factory=Problems)
    repaired: Counter[str] = field(default_factory=Counter)
    products: dict[str, str] = field(default_factory=dict)  # by the name without blanks, in small letters

    def rows(self, file: str, make: Callable[[dict[str, str]], T]) -> tuple[T, ...]:
        """What `make` makes of each row; it raises ValueError with reason and remedy for a row it cannot read."""
        path, made = self.directory / file, list[T]()
        if not path.is_file():
            self.problems.add(file, 1, f"is missing in {self.directory.name}; put it there")
            return ()
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, restval="")
            absent = [name for name in _COLUMNS[file] if name not in (reader.fieldnames or ())]
            if absent:
                self.problems.add(file, 1, f"has no column {', '.join(absent)}; is it the right file?")
                return ()
            for row in reader:
                try:
                    made.append(make(row))
                except ValueError as error:
                    self.problems.add(file, reader.line_num, f"{error}; correct the row")
        return tuple(made)

    def spelt(self, word: str) -> str:
        """The word, spelt right."""
        right = _SPELLING.get(word, word)
        self.repaired[f"{word} -> {right}"] += right != word
        return right

    def account(self, row: dict[str, str]) -> Account:
        """A row of accounts.csv."""
        sector, country = self.spelt(row["sector"]), self.spelt(row["office_location"])
        return Account(
            row["account"], sector, float(row["revenue"]), int(row["employees"]), country, row["subsidiary_of"]
        )

    def product(self, row: dict[str, str]) -> tuple[str, float]:
        """A row of products.csv."""
        self.products[row["product"].replace(" ", "").lower()] = row["product"]
        return row["product"], float(row["sales_price"])

    def deal(self, row: dict[str, str]) -> Deal:
        """A row of sales_pipeline.csv."""
        if row["deal_stage"] not in STAGES:
            raise ValueError(f"{row['deal_stage']!r} is none of {', '.join(STAGES)}")
        product = self.products.get(row["product"].replace(" ", "").lower())
        if product is None:
            raise ValueError(f"the product {row['product']!r} is not in products.csv")
        self.repaired[f"{row['product']} -> {product}"] += product != row["product"]
        engaged, closed, value = row["engage_date"], row["close_date"], row["close_value"]
        return Deal(
            row["opportunity_id"], row["sales_agent"], product, row["account"] or None, row["deal_stage"],
            date.fromisoformat(engaged) if engaged else None, date.fromisoformat(closed) if closed else None,
            float(value) if value else None,
        )  # fmt: skip


def read(directory: Path) -> Crm:
    """Read the four files. LoadError names what is wrong with them."""
    source = _Source(directory)
    accounts = source.rows("accounts.csv", source.account)
    agents = source.rows(
        "sales_teams.csv", lambda row: Agent(row["sales_agent"], row["manager"], row["regional_office"])
    )
    prices = dict(source.rows("products.csv", source.product))
    deals = source.rows("sales_pipeline.csv", source.deal)
    _check(source.problems, accounts, agents, deals)
    source.problems.refuse()
    return Crm(accounts, agents, prices, deals, +source.repaired)


def _check(
    problems: Problems, accounts: tuple[Account, ...], agents: tuple[Agent, ...], deals: tuple[Deal, ...]
) -> None:
    """Every name must be known, every id unique, and a deal that is over must have its dates."""
    companies, sellers, seen = {a.name for a in accounts}, {a.name for a in agents}, set[str]()
    for line, deal in enumerate(deals, 2):
        wrong = (
            (deal.account is not None and deal.account not in companies, f"{deal.account} is not in accounts.csv"),
            (deal.agent not in sellers, f"{deal.agent} is not in sales_teams.csv"),
            (deal.id in seen, f"{deal.id} occurs twice"),
            (deal.stage in {"Won", "Lost"} and deal.closed is None, "is over but has no close_date"),
        )
        seen.add(deal.id)
        for is_wrong, sentence in wrong:
            if is_wrong:
                problems.add("sales_pipeline.csv", line, f"{sentence}; correct the row")
    for line, account in enumerate(accounts, 2):
        if account.parent and account.parent not in companies:
            problems.add("accounts.csv", line, f"the parent {account.parent} is not in accounts.csv; correct the row")
    if deals and not any(deal.engaged or deal.closed for deal in deals):
        problems.add("sales_pipeline.csv", 1, "has no date at all; at least one is needed to shift them")
