"""The ledger's memory of the Salesforce check: what differed then, and what links answered."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tasks.ledger import Ledger
from tasks.ledger_posts import added, aware, chunks, readable, storable
from tasks.ledger_tables import CheckupRow, LinkRow
from tasks.rules.expected import Severity
from tasks.rules.verdicts import Checkup, Remembered, Status


@dataclass(frozen=True)
class Checkups:
    """One check a day and scope. Every method is one transaction; `Refused` for a check that cannot be read back."""

    ledger: Ledger

    def keep(self, checkup: Checkup) -> None:
        """Remembers the check; one of the same day and scope is replaced."""
        kept = {
            "discrepancies": storable([_as_json(one) for one in checkup.discrepancies]),
            "statuses": storable(checkup.statuses),
            "looked_at": storable(checkup.looked_at),
            "made_at": self.ledger.now(),
        }
        key = {"scope": checkup.scope, "day": checkup.day}
        with self.ledger.session("keep checkup") as session:
            if added(session, CheckupRow, **key, **kept):
                return
            row = session.get_one(CheckupRow, (checkup.scope, checkup.day), with_for_update=True)
            for name, value in kept.items():
                setattr(row, name, value)

    def before(self, day: date, scope: str) -> Checkup | None:
        """The latest check of the scope on a day before that day; None when there is none."""
        return self._latest(CheckupRow.scope == scope, CheckupRow.day < day)

    def latest(self, scope: str) -> Checkup | None:
        """The newest check of the scope; None when there is none."""
        return self._latest(CheckupRow.scope == scope)

    def find(self, keys: Iterable[str]) -> list[Remembered]:
        """The discrepancies of these keys, in their order, each as the newest check that found it has it, whatever its
        scope. A key that no check found is left out."""
        wanted = dict.fromkeys(keys)
        found: dict[str, Remembered] = {}
        newest_first = select(CheckupRow).order_by(CheckupRow.day.desc(), CheckupRow.made_at.desc())
        with self.ledger.session("find", reading=True) as session:
            for row in session.scalars(newest_first):
                for one in _checkup(row).discrepancies:
                    if one.key in wanted:
                        found.setdefault(one.key, one)
                if len(found) == len(wanted):
                    break
        return [found[key] for key in wanted if key in found]

    def forget_before(self, day: date) -> int:
        """Removes the checks of the days before that day; says how many."""
        with self.ledger.session("forget checkups") as session:
            gone = session.scalars(delete(CheckupRow).where(CheckupRow.day < day).returning(CheckupRow.day))
            return len(gone.all())

    def _latest(self, *conditions: Any) -> Checkup | None:
        newest = select(CheckupRow).where(*conditions).order_by(CheckupRow.day.desc()).limit(1)
        with self.ledger.session("checkup", reading=True) as session:
            row = session.scalar(newest)
            return _checkup(row) if row else None


@dataclass(frozen=True)
class Links:
    """What addresses answered, each kept as its hash."""

    ledger: Ledger

    def known(self, addresses: Iterable[str], since: datetime) -> dict[str, tuple[str, str]]:
        """State and reason of those that were opened at that moment (aware) or later, by address."""
        by_sha = {_sha(address): address for address in addresses}
        moment = aware(since, "since")
        found: dict[str, tuple[str, str]] = {}
        with self.ledger.session("links", reading=True) as session:
            for some in chunks(list(by_sha)):
                asked = select(LinkRow).where(LinkRow.address_sha.in_(some), LinkRow.asked_at >= moment)
                found |= {by_sha[row.address_sha]: (row.state, row.why) for row in session.scalars(asked)}
        return found

    def keep(self, answers: Mapping[str, tuple[str, str]]) -> None:
        """Remembers what each address answered now: its state, and why."""
        now = self.ledger.now()
        with self.ledger.session("keep links") as session:
            for address, (state, why) in answers.items():
                _put(session, _sha(address), state, why, now)


def _put(session: Session, address_sha: str, state: str, why: str, now: datetime) -> None:
    kept = {**storable({"state": state, "why": why}), "asked_at": now}
    if added(session, LinkRow, address_sha=address_sha, **kept):
        return
    row = session.get_one(LinkRow, address_sha)
    for name, value in kept.items():
        setattr(row, name, value)


def _sha(address: str) -> str:
    return sha256(address.encode("utf-8", "replace")).hexdigest()


def _as_json(one: Remembered) -> dict[str, Any]:
    return {**asdict(one), "first_seen": one.first_seen.isoformat()}


def _checkup(row: CheckupRow) -> Checkup:
    with readable(f"The Salesforce check of {row.day}"):
        return Checkup(
            day=row.day,
            scope=row.scope,
            discrepancies=tuple(_remembered(one) for one in row.discrepancies),
            statuses={str(key): Status(said) for key, said in row.statuses.items()},
            looked_at={str(key): int(number) for key, number in row.looked_at.items()},
        )


def _remembered(kept: Mapping[str, Any]) -> Remembered:
    first_seen, severity = date.fromisoformat(kept["first_seen"]), Severity(kept["severity"])
    return Remembered(**{**kept, "first_seen": first_seen, "severity": severity})
