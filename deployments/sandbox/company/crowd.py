"""The thousands of other deals of a bigger company, drawn from a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from deployments.sandbox.company import drawn, rows
from deployments.sandbox.company.drawn import Drawn
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.names import account_name, person_name
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.org import user_table
from deployments.sandbox.company.people import DOMAIN, Colleague
from deployments.sandbox.company.structure_values import Deal, completed
from deployments.sandbox.company.tell import STORY, USER_IDS

SIZES = {"small": 0, "office": 2_000, "enterprise": 100_000}  # open deals in all; the story alone when 0
FIRST = 10_000  # the numbers below belong to the story
DEALS_PER_REP = 60
CLOSED_PER_OPEN = 0.6
ACCOUNTS_PER_OPEN = 1.6  # most accounts have one deal or none
PEOPLE_PER_ACCOUNT = 2

_OPEN_STAGES = ((0.35, "Discovery"), (0.62, "Demo"), (0.86, "Proposal"), (1.0, "Negotiation"))
# Days since the last activity: up to this share of the open deals, from, to. Whatever is beyond was never touched.
_QUIET = ((0.62, 1, 15), (0.85, 15, 30), (0.92, 30, 45), (0.975, 45, 160))
_STEPS = ("Agree the next meeting", "Send the offer", "Answer the security questions", "Find the budget owner")
_LOSSES = ("No response", "Price", "Competitor", "No budget", "Timing", "Other")


@dataclass(frozen=True)
class Crowd:
    """How many there are of each, and where their numbers begin."""

    open: int
    office: OfficeTime

    @property
    def reps(self) -> int:
        """Account executives."""
        return max(1, self.open // DEALS_PER_REP)

    @property
    def accounts(self) -> int:
        """Accounts."""
        return max(1, int(self.open * ACCOUNTS_PER_OPEN))

    def rep(self, index: int) -> Colleague:
        """One of the account executives."""
        first, last = person_name(index)
        return Colleague(f"rep{index}", first, last, "Account Executive", "Account Executive", manager="marisol")

    def account_id(self, index: int) -> str:
        """The id of an account."""
        return record_id("001", FIRST + index)

    def contact_id(self, index: int, which: int) -> str:
        """The id of one of an account's people."""
        return record_id("003", FIRST + index * PEOPLE_PER_ACCOUNT + which)

    def owner_id(self, index: int) -> str:
        """The id of an account executive."""
        return record_id("005", FIRST + index)


def crowd(seed: int, open_deals: int, office: OfficeTime) -> dict[str, Table]:
    """Rows, from generators, that fill up the story to `open_deals` open deals, with closed ones behind them."""
    told = sum(deal.expect is not None for deal in STORY)
    c = Crowd(max(0, open_deals - told), office)
    rng = Random(f"{seed}:deals")
    reps = tuple(c.rep(i) for i in range(c.reps))
    deals = [*_deals(c, rng, c.open, closed=False), *_deals(c, rng, int(c.open * CLOSED_PER_OPEN), closed=True)]
    tables = {
        "User": user_table(reps, office.moment(900), FIRST, USER_IDS),
        "Account": rows.table("Account", _accounts(c)),
        "Contact": rows.table("Contact", _contacts(c)),
        **drawn.tables(deals, office, seed),
    }
    return completed(tables, (Deal(d.account, d.name, d.stage, d.amount, office.day(-d.close)) for d in deals), office)


def _accounts(c: Crowd) -> Iterator[rows.AccountRow]:
    made = c.office.moment(800)
    for i in range(c.accounts):
        name, owner = account_name(i), c.owner_id(i % c.reps)
        yield rows.AccountRow(
            c.account_id(i), name, "Prospect", None, None, 50 + i * 37 % 9000, f"https://{_domain(name)}", None,
            owner, made, owner, made, owner, made,
        )  # fmt: skip


def _domain(account: str) -> str:
    return f"{account.lower().replace(' ', '')}.example"


def _contacts(c: Crowd) -> Iterator[rows.ContactRow]:
    made = c.office.moment(790)
    for i in range(c.accounts):
        domain, owner = _domain(account_name(i)), c.owner_id(i % c.reps)
        for which in range(PEOPLE_PER_ACCOUNT):
            first, last = person_name(i * PEOPLE_PER_ACCOUNT + which)
            yield rows.ContactRow(
                c.contact_id(i, which), c.account_id(i), first, last, f"{first}.{last}@{domain}".lower(), "IT manager",
                owner, made, owner, made, owner, made,
            )  # fmt: skip


def _deals(c: Crowd, rng: Random, count: int, *, closed: bool) -> Iterator[Drawn]:
    first = FIRST + (c.open if closed else 0)
    draw = _closed if closed else _open
    for number in range(first, first + count):
        account = int(rng.random() * c.accounts)
        rep, which = account % c.reps, number % PEOPLE_PER_ACCOUNT
        name, (given, last) = account_name(account), person_name(account * PEOPLE_PER_ACCOUNT + which)
        base = Drawn(
            number, name, c.account_id(account), c.owner_id(rep), f"rep{rep}@{DOMAIN}", "", _amount(rng), 0, 0, None,
            None, 0, c.contact_id(account, which), f"{given}.{last}@{_domain(name)}".lower(),
        )  # fmt: skip
        yield draw(base, rng, c.office.as_of.year)


def _often(rng: Random, share: float) -> bool:
    return rng.random() < share


def _amount(rng: Random) -> float | None:
    return None if _often(rng, 0.01) else 1_000 * int(rng.lognormvariate(3.6, 0.8) + 2)


def _pushes(rng: Random, created: int) -> tuple[int, ...]:
    if not _often(rng, 0.2):
        return ()
    return tuple(sorted((int(rng.random() * created) for _ in range(int(rng.random() * 4))), reverse=True))


def _open(base: Drawn, rng: Random, year: int) -> Drawn:
    chance = rng.random
    created = 3 + int(chance() * chance() * 420)
    share, later = chance(), chance()
    quiet = next((low + int(chance() * (high - low)) for limit, low, high in _QUIET if share < limit), None)
    return base._replace(
        name=base.name if _often(rng, 0.03) else f"{base.name} {year}",
        stage=next(stage for limit, stage in _OPEN_STAGES if later < limit),
        created=created,
        close=int(chance() * 120) - 5,
        quiet=None if quiet is None else min(quiet, created),
        touches=4 + int(chance() * 11),
        kind="Renewal" if _often(rng, 0.08) else base.kind,
        next_step=None if _often(rng, 0.08) else _STEPS[base.number % len(_STEPS)],
        next_due=int(chance() * 30) - 4,
        step_since=min(created, int(chance() * 26) if _often(rng, 0.85) else 30 + int(chance() * 60)),
        quote="Sent" if _often(rng, 0.03) else None,
        pushes=_pushes(rng, created),
        booked=1 + int(chance() * 30) if _often(rng, 0.1) else None,
    )


def _closed(base: Drawn, rng: Random, year: int) -> Drawn:
    chance = rng.random
    closed = 1 + int(chance() * 700)
    won = _often(rng, 0.55)
    return base._replace(
        name=f"{base.name} {year - closed // 365}",
        stage="Closed Won" if won else "Closed Lost",
        created=closed + 20 + int(chance() * 200),
        close=-closed,
        closed=closed,
        quiet=closed + int(chance() * 20),
        touches=2 + int(chance() * 6),
        lost=None if won else _LOSSES[base.number % len(_LOSSES)],
    )
