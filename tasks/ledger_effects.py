"""What is known of one effect, what keeps it from being done, and the rows behind it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tasks.clients import Refused, Unavailable
from tasks.ledger_tables import EffectEventRow, EffectRow

LONGEST_KEY = 300


class Busy(Unavailable):
    """Another run holds the effect, or took it over meanwhile; the message names it and says until when (UTC)."""


class OtherPayload(Refused):
    """The key was planned with another payload: the same key never means two things."""


@dataclass(frozen=True)
class Effect:
    """One effect as it stands. `state` is planned, sending, done or refused; `lease_until` (aware UTC) is None where
    nobody holds it; `attempt` counts the claims, so that above 1 an earlier one may have been sent."""

    key: str
    state: str
    attempt: int
    remote_id: str | None
    reason: str
    owner: str
    lease_until: datetime | None


@dataclass(frozen=True)
class Event:
    """One step of an effect: what happened, in which attempt, by whom, when (aware UTC), and what was said of it."""

    what: str
    attempt: int
    owner: str
    at: datetime
    detail: str


@dataclass(frozen=True)
class Done:
    """The effect exists on the other side as `remote_id`; `fresh` when this call was the one that sent it."""

    remote_id: str
    fresh: bool


def checked(key: str) -> str:
    """The key itself. Raises ValueError for one that not every database keeps as it is."""
    if not key or len(key) > LONGEST_KEY or clean(key) != key:
        raise ValueError(f"no key of an effect (1 to {LONGEST_KEY} characters that can be stored): {key[:60]!a}")
    return key


def clean(words: str) -> str:
    """The words without what no database stores: NUL and halves of characters become the replacement character."""
    return (
        words.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def fingerprint(payload: Mapping[str, Any]) -> str:
    """SHA-256 of the payload as canonical JSON: the order of its names makes no difference, a date is its ISO text.

    Raises TypeError or ValueError for what has no one way to be written, such as a set or NaN.
    """
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_written)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def added(session: Session, key: str, payload_sha: str, now: datetime) -> bool:
    """Put the effect down as planned; False when it was there before, from whomever."""
    new = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"key": key, "payload_sha": payload_sha, "state": "planned", "created": now, "updated": now}
    core = EffectRow.__table__
    wanted = new(core).values(**row).on_conflict_do_nothing().returning(core.c.key)  # type: ignore[arg-type]
    return session.execute(wanted).first() is not None


def noted(session: Session, what: str, attempts: Mapping[str, int], **told: Any) -> None:
    """Append one event for each effect, key -> attempt; `told` is its owner, at and detail."""
    events = [{"key": key, "attempt": attempt, "what": what, **told} for key, attempt in attempts.items()]
    if events:
        session.execute(insert(EffectEventRow), events)


def effect_of(row: EffectRow) -> Effect:
    """The row as a plain value."""
    return Effect(row.key, row.state, row.attempt, row.remote_id, row.reason, row.owner, row.lease_until)


def held(effect: Effect, now: datetime) -> Busy:
    """Why an effect cannot be claimed, or is ours no longer."""
    again = "run the same again"
    if effect.state != "sending" or effect.lease_until is None:
        return Busy(f"{effect.key} is held by us no longer, it is {effect.state}: {again}.")
    until = f"{effect.lease_until:%Y-%m-%d %H:%M:%S} UTC"
    if effect.lease_until <= now:
        return Busy(f"{effect.key} was not sent: the lease of {effect.owner} ran out at {until}: {again}.")
    return Busy(f"{effect.key} is being done by {effect.owner}, until {until} at the latest: {again} after that.")


def forgotten(key: str) -> Refused:
    """What is said of an effect that is not there."""
    return Refused(f"{key} was never planned, or is forgotten: run the same again from its beginning.")


def _written(value: object) -> str:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no one way to be written as JSON")
