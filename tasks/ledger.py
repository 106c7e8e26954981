"""The memory of what is done outside: every effect is planned before it is sent, and sent once. Knows no Prefect.

An effect is named by a key, `ritual:period:action:record`, never by a run. Who finds it `sending` with a lease that is
over knows only that it may have been sent, and looks at the other side first.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.ledger_database import Database, LedgerMissing, clock
from tasks.ledger_effects import (
    Busy,
    Done,
    Effect,
    Event,
    OtherPayload,
    added,
    checked,
    clean,
    effect_of,
    fingerprint,
    forgotten,
    held,
    noted,
)
from tasks.ledger_tables import EffectEventRow, EffectRow
from tasks.settings import Settings

__all__ = ["Busy", "Done", "Effect", "Event", "Ledger", "LedgerMissing", "OtherPayload", "ledger"]

LEASE = timedelta(minutes=15)  # far above any HTTP timeout: who is alive has ended by then


class Ledger(Database):
    """The effects, in tables that `deployments.migrate` made. Each method is one transaction, but `once`.

    url     of SQLite or PostgreSQL; a secret       owner   who claims: a run's id, or host and process
    lease   how long a claim holds without being renewed, by the database's clock
    step    see `Database`

    Everything raises as `session`. Several threads may use it, but the steps of one effect belong to one thread.
    """

    def __init__(
        self, url: str, *, owner: str, lease: timedelta = LEASE, step: Callable[[str], None] = lambda _: None
    ) -> None:
        super().__init__(url, step)
        self._owner, self._lease = clean(owner), lease
        self._claimed: dict[str, int] = {}  # key -> the attempt that is ours

    def once(self, key: str, payload: Mapping[str, Any], do: Callable[[], str], find: Callable[[], str | None]) -> Done:
        """Do it unless it was done. `do` sends, and returns the id that the other side gave; `find` looks there for
        what an attempt before may have made.

        Whatever `do` raises, the next attempt looks first. Raises that, Busy, OtherPayload, or Refused with the reason
        why it was refused for good.
        """
        self.plan(key, payload)
        effect = self.claim(key)
        if effect.state == "refused":
            raise Refused(f"{key} was refused before: {effect.reason}")
        if effect.state == "done":
            return Done(str(effect.remote_id), fresh=False)
        try:
            return self._sent(key, effect.attempt, do, find)
        except BaseException:
            # The lease ends by itself where the database cannot be told: what went wrong is worth more than that.
            with suppress(Unavailable):
                self._end("release", key, effect.attempt)
            raise

    def _sent(self, key: str, attempt: int, do: Callable[[], str], find: Callable[[], str | None]) -> Done:
        found = find() if attempt > 1 else None
        if found is not None:
            self.finish(key, found)
            return Done(found, fresh=False)
        try:
            self._renew({key: attempt})
        except Busy:  # who took over may have ended it well
            now = self.effect(key)
            if now is None or now.state != "done":
                raise
            return Done(str(now.remote_id), fresh=False)
        try:
            made = do()
        except NotExecuted:
            self._end("unsend", key, attempt)
            raise
        self.finish(key, made)
        return Done(made, fresh=True)

    def plan(self, key: str, payload: Mapping[str, Any]) -> None:
        """Put down what is to be done, once. Raises OtherPayload when the key was planned with another payload."""
        sha = fingerprint(payload)
        with self.session("plan") as session:
            now = clock(session)
            if added(session, checked(key), sha, now):
                self._note(session, "planned", {key: 0}, now)
                return
            before = session.scalar(select(EffectRow.payload_sha).where(EffectRow.key == key))
        if before != sha:
            raise OtherPayload(
                f"{key} was planned with other contents before, and one key never means two things. Nothing was sent: "
                "run it as it was planned, or start from a new proposal."
            )

    def claim(self, key: str) -> Effect:
        """Take for this owner what is planned, or whose lease is over: `sending`. What is done or refused comes back as
        it is. Raises Busy while another holds it, Refused when it was never planned."""
        with self.session("claim") as session:
            now = clock(session)
            over = or_(EffectRow.lease_until.is_(None), EffectRow.lease_until <= now)
            free = or_(EffectRow.state == "planned", and_(EffectRow.state == "sending", over))
            mine = {"state": "sending", "owner": self._owner, "lease_until": now + self._lease, "updated": now}
            taken = update(EffectRow).where(EffectRow.key == key, free).values(attempt=EffectRow.attempt + 1, **mine)
            attempt = session.scalar(taken.returning(EffectRow.attempt))
            if attempt is not None:
                self._note(session, "claimed", {key: attempt}, now)
            row = session.get(EffectRow, key)
            if row is None:
                raise forgotten(key)
            effect = effect_of(row)
        if attempt is not None:
            self._claimed[key] = attempt
        elif effect.state == "sending":
            raise held(effect, now)
        return effect

    def renew(self, keys: Iterable[str]) -> None:
        """Hold them for a whole lease from now; to be called right before they are sent. Raises Busy when one of them
        is ours no longer: then none was renewed, and none may be sent."""
        self._renew({key: self._claimed.get(key, 0) for key in keys})

    def _renew(self, attempts: Mapping[str, int]) -> None:
        with self.session("renew") as session:
            now = clock(session)
            ours = and_(self._ours(attempts), EffectRow.lease_until > now)
            renewed = update(EffectRow).where(ours).values(lease_until=now + self._lease, updated=now)
            still = set(session.scalars(renewed.returning(EffectRow.key)))
            for key in attempts:
                if key not in still:
                    raise self._lost(session, key, now)
            self._note(session, "renewed", attempts, now)

    def finish(self, key: str, remote_id: str) -> None:
        """It exists on the other side as `remote_id`: noted whoever holds it now, so that a later claim finds it done.
        Where it was done as something else before, that stays, and an event tells of the second."""
        made = clean(remote_id)
        with self.session("finish") as session:
            now = clock(session)
            done = {"state": "done", "remote_id": made, "reason": "", "lease_until": None, "updated": now}
            ended = update(EffectRow).where(EffectRow.key == key, EffectRow.state != "done").values(**done)
            first = session.scalar(ended.returning(EffectRow.key)) is not None
            row = session.get(EffectRow, key)
            if row is None:
                raise Refused(f"{key} is done as {made}, but was never planned, or was forgotten meanwhile.")
            if first or row.remote_id != made:
                self._note(session, "done" if first else "done again", {key: row.attempt}, now, made)
        self._claimed.pop(key, None)

    def refuse(self, key: str, reason: str) -> None:
        """It will never be done, for a reason that a person can read. Raises Busy when it is ours no longer."""
        self._end("refuse", key, self._claimed.get(key, 0), clean(reason))

    def release(self, key: str) -> None:
        """We are alive and send it no more. Whether it was sent nobody knows: the next attempt looks first. Nothing
        happens when it is ours no longer."""
        self._end("release", key, self._claimed.get(key, 0))

    def unsend(self, key: str) -> None:
        """It is certain that it was not executed: planned again. Nothing happens when it is ours no longer."""
        self._end("unsend", key, self._claimed.get(key, 0))

    def _end(self, name: str, key: str, attempt: int, reason: str = "") -> None:
        state, told = {
            "refuse": ("refused", "refused"),
            "release": ("sending", "released"),
            "unsend": ("planned", "unsent"),
        }[name]
        with self.session(name) as session:
            now = clock(session)
            ended = update(EffectRow).where(self._ours({key: attempt}))
            ended = ended.values(state=state, reason=reason, lease_until=None, updated=now)
            if session.scalar(ended.returning(EffectRow.key)) is not None:
                self._note(session, told, {key: attempt}, now, reason)
            elif name == "refuse":
                raise self._lost(session, key, now)
        self._claimed.pop(key, None)

    def forget(self, key: str) -> None:
        """What was made was removed on purpose, and may be made anew; its events stay. Raises Busy while another is
        sending it."""
        with self.session("forget") as session:
            now = clock(session)
            sending = and_(EffectRow.state == "sending", EffectRow.lease_until > now)
            mine = self._ours({key: self._claimed.get(key, 0)})
            gone = delete(EffectRow).where(EffectRow.key == key, or_(~func.coalesce(sending, False), mine))
            row = session.execute(gone.returning(EffectRow.attempt, EffectRow.remote_id)).first()
            if row is not None:
                self._note(session, "forgotten", {key: row.attempt}, now, row.remote_id or "")
            elif held_by := session.get(EffectRow, key):
                raise held(effect_of(held_by), now)
        self._claimed.pop(key, None)

    def effect(self, key: str) -> Effect | None:
        """The effect as it stands; None when it was never planned, or is forgotten."""
        with self.session("effect", reading=True) as session:
            row = session.get(EffectRow, key)
            return effect_of(row) if row else None

    def effects(self, prefix: str) -> tuple[Effect, ...]:
        """All effects whose key begins so, in the order of their keys."""
        begins = func.substr(EffectRow.key, 1, len(prefix)) == prefix  # LIKE knows no case on SQLite
        with self.session("effects", reading=True) as session:
            found = [effect_of(row) for row in session.scalars(select(EffectRow).where(begins))]
        return tuple(sorted(found, key=lambda effect: effect.key))

    def events(self, key: str) -> tuple[Event, ...]:
        """Every step of one effect, the first first; also of what is forgotten."""
        steps = select(EffectEventRow).where(EffectEventRow.key == key).order_by(EffectEventRow.id)
        with self.session("events", reading=True) as session:
            return tuple(Event(row.what, row.attempt, row.owner, row.at, row.detail) for row in session.scalars(steps))

    def _ours(self, attempts: Mapping[str, int]) -> ColumnElement[bool]:
        """Claimed by us and by nobody since: the attempt tells apart two claims of one owner."""
        claims = tuple_(EffectRow.key, EffectRow.attempt).in_(list(attempts.items()))
        return and_(claims, EffectRow.state == "sending", EffectRow.owner == self._owner)

    def _note(self, session: Session, what: str, attempts: Mapping[str, int], at: datetime, detail: str = "") -> None:
        noted(session, what, attempts, owner=self._owner, at=at, detail=detail)

    @staticmethod
    def _lost(session: Session, key: str, now: datetime) -> Exception:
        row = session.get(EffectRow, key)
        return held(effect_of(row), now) if row else forgotten(key)


def ledger(settings: Settings, owner: str) -> Ledger:
    """The ledger of the settings. Raises LedgerMissing, Unavailable, Refused or SettingsError, without its address."""
    opened = Ledger(settings.ledger_url.get_secret_value(), owner=owner)
    try:
        opened.check()
    except BaseException:
        opened.close()
        raise
    return opened
