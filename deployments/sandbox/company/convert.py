"""That public table of deals as a company: its deals as they are, with their defects, and activities drawn for them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from deployments.sandbox.company import crm, drawn, rows
from deployments.sandbox.company.crm import Account, Crm, Deal
from deployments.sandbox.company.drawn import Drawn
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Company, Table
from deployments.sandbox.company.names import person_name
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.org import Stage, base_tables
from deployments.sandbox.company.people import DOMAIN, INTEGRATIONS, TEAM, Colleague
from deployments.sandbox.company.slack_talk import quiet
from deployments.sandbox.salesforce.custom import SALES

STAGES = (
    Stage("Prospecting", 10, "Pipeline"),
    Stage("Engaging", 40, "Pipeline"),
    Stage("Closed Won", 100, "Closed", closed=True, won=True),
    Stage("Closed Lost", 0, "Omitted", closed=True),
)
_RENAMED = {"Won": "Closed Won", "Lost": "Closed Lost"}
# Days since the last activity: up to this share of the open deals, from, to. Whatever is beyond was never touched.
_QUIET = ((0.55, 1, 15), (0.80, 15, 30), (0.88, 30, 45), (0.97, 45, 160))
OLDEST_PROSPECT = 90  # days
FURTHEST_CLOSE = 120  # days
MILLION = 1_000_000


@dataclass(frozen=True)
class Converted:
    """The company, and what a person should know about how it was made."""

    company: Company
    summary: tuple[str, ...]


def convert(source: Crm, seed: int, as_of: date) -> Converted:
    """The company whose last dated day is `as_of`. Equal seeds draw equal activities, contacts and missing dates."""
    last = max(day for deal in source.deals for day in (deal.engaged, deal.closed) if day)
    office, rng = OfficeTime(as_of), Random(f"{seed}:crm")
    maker = _Maker(source, office, as_of - last, rng)
    deals = [maker.deal(number, deal) for number, deal in enumerate(source.deals, 1)]
    tables = {
        **base_tables((), office.moment(900), STAGES),
        "User": maker.users(),
        "Account": rows.table("Account", tuple(maker.account(account) for account in source.accounts)),
        "Contact": rows.table("Contact", tuple(_contacts(deals, maker))),
        **drawn.tables(deals, office, seed, STAGES),
    }
    return Converted(Company(SALES, tables, quiet()), tuple(_summary(source, as_of - last)))


class _Maker:
    """Turns the parts of the source into rows; users are the integration user, the agents and their managers."""

    def __init__(self, source: Crm, office: OfficeTime, shift: timedelta, rng: Random) -> None:
        self._source, self.office, self._shift, self._rng = source, office, shift, rng
        managers = dict.fromkeys(agent.manager for agent in source.agents)
        robot = next(c for c in TEAM if c.key == INTEGRATIONS)
        sellers = [_colleague(a.name, "Account Executive", _key(a.manager)) for a in source.agents]
        self.team = (robot, *sellers, *(_colleague(name, "Sales Manager") for name in managers))
        self._user = {c.name: record_id("005", i) for i, c in enumerate(self.team, 1)}
        self._account = {a.name: record_id("001", i) for i, a in enumerate(source.accounts, 1)}

    def users(self) -> Table:
        """User, with the region."""
        plain = base_tables(self.team, self.office.moment(900))["User"]
        agents = {agent.name: agent for agent in self._source.agents}
        regions = [agents[c.name].region if c.name in agents else None for c in self.team]
        rows = zip(plain.rows, regions, strict=True)
        return Table((*plain.columns, "Division"), tuple((*row, region) for row, region in rows))

    def account(self, a: Account) -> rows.AccountRow:
        """An account; it belongs to the integration user, as the data names no owner."""
        made, owner = self.office.moment(900), record_id("005", 1)
        return rows.AccountRow(
            self._account[a.name], a.name, "Prospect", a.sector, None, a.employees, None,
            self._account[a.parent] if a.parent else None, owner, made, owner, made, owner, made,
            a.country, a.revenue * MILLION,
        )  # fmt: skip

    def _ago(self, day: date) -> int:
        return (self.office.as_of - day - self._shift).days

    def deal(self, number: int, d: Deal) -> Drawn:
        """A deal with what the data lacks drawn: dates of open ones, the last activity, the person we talk to."""
        chance = self._rng.random
        created = self._ago(d.engaged) if d.engaged else 1 + int(chance() * OLDEST_PROSPECT)
        closed = self._ago(d.closed) if d.closed else None
        share, year = chance(), self.office.date(created).year
        quiet_for = next((low + int(chance() * (high - low)) for limit, low, high in _QUIET if share < limit), None)
        first, last = person_name(number)
        email = f"{first}.{last}@{_domain(d.account)}".lower() if d.account else ""
        return Drawn(
            number=number,
            name=f"{d.account or 'No account'} {d.product} {year} ({d.id})",
            account=self._account[d.account] if d.account else None,
            owner=self._user[d.agent],
            ours=f"{_key(d.agent)}@{DOMAIN}",
            stage=_RENAMED.get(d.stage, d.stage),
            amount=self._source.prices[d.product] if d.value is None else d.value,
            created=created,
            close=1 + int(chance() * FURTHEST_CLOSE) if closed is None else -closed,
            closed=closed,
            quiet=closed if closed is not None else None if quiet_for is None else min(quiet_for, created),
            touches=1 + int(chance() * 7),
            contact=record_id("003", number) if d.account else None,
            theirs=email,
            lost="Other" if d.stage == "Lost" else None,
            booked=1 + int(chance() * 30) if closed is None and chance() < 1 / 20 else None,
            first_stage="Prospecting",
        )


def _colleague(name: str, role: str, manager: str = "") -> Colleague:
    first, _, last = name.rpartition(" ")
    return Colleague(_key(name), first, last, role, role, manager=manager)


def _key(name: str) -> str:
    return name.lower().replace(" ", ".")


def _domain(account: str) -> str:
    return f"{account.lower().replace(' ', '')}.example"


def _contacts(deals: list[Drawn], maker: _Maker) -> Iterator[rows.ContactRow]:
    """One person a deal: were they shared, a mail about one deal would count for all that this person decides."""
    made = maker.office.moment(900)
    for d in deals:
        if d.contact:
            first, last = person_name(d.number)
            yield rows.ContactRow(
                d.contact, d.account, first, last, d.theirs, "Buyer", d.owner, made, d.owner, made, d.owner, made
            )


def _summary(source: Crm, shift: timedelta) -> Iterator[str]:
    """What was kept, repaired, drawn and left missing, in sentences."""
    open_deals = [deal for deal in source.deals if deal.closed is None]
    stages = Counter(deal.stage for deal in source.deals)
    absent = [deal for deal in source.deals if deal.account is None]
    undated = sum(deal.engaged is None for deal in source.deals)
    unpriced = sum(deal.value is None for deal in source.deals)
    yield f"deals kept: {len(source.deals)}, none dropped (" + ", ".join(f"{stages[s]} {s}" for s in crm.STAGES) + ")"
    yield "Won and Lost are called Closed Won and Closed Lost, as in Salesforce"
    yield f"accounts: {len(source.accounts)}, agents: {len(source.agents)}, products: {len(source.prices)}"
    yield f"all dates moved by {shift.days} days"
    for change, count in sorted(source.repaired.items()):
        yield f"spelling repaired: {change} ({count})"
    yield f"deals without an account: {len(absent)}, open {sum(deal.closed is None for deal in absent)}; left so"
    yield f"deals without an engage date: {undated}; their creation is drawn from the last {OLDEST_PROSPECT} days"
    yield f"open deals without a close date: {len(open_deals)}; drawn, {FURTHEST_CLOSE} days ahead at most"
    yield f"deals without a value: {unpriced}; the product's list price is their amount"
    yield "contacts, mail, calls and meetings are drawn from the seed; the data has none"
    yield "the reason of a lost deal is Other; the data has none"
