"""Eleven mistakes made on purpose, in the process of a run alone, to see that the checks find each of them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from typing import Any

import pandas as pd
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import flows.close_opportunities
import flows.pipeline_review
import tasks.closing
import tasks.coaching
import tasks.ledger
import tasks.slack
from tasks.clients import READ_RETRIES, SalesforceDoor
from tasks.ledger import Ledger
from tasks.ledger_activity import Talks
from tasks.rules.coaching import event_fields
from tasks.rules.talks import Booked, Talk, TalkResult
from tasks.salesforce_calendar import CalendarWriter
from tasks.slack_publisher import Publisher
from tests.faults.sweep_bugs import SWEEP_BUGS

LAG = timedelta(minutes=25)


def make(bug: str, job: Any) -> None:
    """Make that mistake in this process; none for ""."""
    if bug:
        (BUGS | SWEEP_BUGS)[bug](job)


def _no_look_up(_: Any) -> None:
    """Who finds that something may have been sent sends it again."""
    once = Ledger.once
    Ledger.once = lambda self, key, payload, do, find: once(self, key, payload, do, lambda: None)  # type: ignore[method-assign]
    tasks.closing._Batch._was_written_before = lambda *_: False  # type: ignore[method-assign]


def _no_renewal(_: Any) -> None:
    """A claim is not looked at again right before the send."""

    def renew(self: Ledger, attempts: Any) -> None:
        with self.session("renew", reading=True):
            pass

    Ledger._renew = renew  # type: ignore[method-assign]


def _default_retries(_: Any) -> None:
    """Writes are repeated by the libraries, as they do unless told otherwise."""

    def writer(config: Any) -> WebClient:
        return WebClient(config.slack_token.get_secret_value(), config.slack_url)

    tasks.slack.slack_writer = writer  # type: ignore[assignment]
    SalesforceDoor.__init__.__defaults__ = (READ_RETRIES.new(allowed_methods=None),)  # type: ignore[attr-defined]


class _Lazy(Ledger):
    """One transaction as long as the ledger is open: remembered at the end, as a lazy transaction of Prefect is."""

    _whole: Session | None = None

    @contextmanager
    def session(self, name: str = "session", *, reading: bool = False) -> Iterator[Session]:
        self._step(f"{name}:before")
        if self._whole is None:
            self._whole = Session(self._connections(reading=False), expire_on_commit=False)
            self._whole.begin()
        yield self._whole
        self._whole.flush()
        self._step(f"{name}:after")

    def close(self) -> None:
        if self._whole is not None:
            self._whole.commit()
            self._whole.close()
        super().close()


def _remembered_at_the_end(_: Any) -> None:
    step = tasks.ledger.Ledger.keywords["step"]  # type: ignore[attr-defined]
    tasks.ledger.Ledger = partial(_Lazy, step=step)  # type: ignore[misc, assignment]


def _utc_days(_: Any) -> None:
    """A day of the office is taken for a day of UTC."""

    def day(moment: Any, *_: Any) -> Any:
        if isinstance(moment, pd.Series):
            return moment.dt.tz_convert(UTC).dt.tz_localize(None).dt.normalize()
        return moment.astimezone(UTC).date()

    for name, module in list(sys.modules.items()):
        if name.startswith("tasks.rules.") and hasattr(module, "office_day"):
            module.office_day = day  # type: ignore[attr-defined]


def _more_than(_: Any) -> None:
    """More than 45 days, where the handbook's rule begins on the 45th: days are whole, so that is 46 or more."""
    for module in (flows.pipeline_review, flows.close_opportunities):
        judge: Callable[..., Any] = module.review
        module.review = lambda book, day, policy, judge=judge: judge(  # type: ignore[attr-defined]
            book, day, replace(policy, stale_after_days=policy.stale_after_days + 1)
        )


def _stale_list(job: Any) -> None:
    """What is looked through is a list that lags, as a search does: it knows nothing of the last 25 minutes."""
    messages, known = Publisher._messages, f"{(job.now - LAG).timestamp():.6f}"

    def lagging(self: Publisher, spot: Any) -> list[Any]:
        return [m for m in messages(self, spot) if m["ts"] <= known or m["ts"] == m.get("thread_ts")]

    Publisher._messages = lagging  # type: ignore[method-assign]


def _run_in_key(job: Any) -> None:
    """An effect is named by the run that has it."""
    key, name = tasks.closing.Job.key, Publisher._name
    tasks.closing.Job.key = lambda self, record: f"{key(self, record)}:{job.run_id}"  # type: ignore[method-assign]
    Publisher._name = lambda *given: f"{name(*given)}:{job.run_id}"  # type: ignore[method-assign]


def _past_the_ledger(_: Any) -> None:
    """An event is sent, and nothing remembers that it was about to be."""

    def booked(_: Ledger, writer: CalendarWriter, talk: Talk) -> TalkResult:
        return TalkResult(talk.id, Booked.BOOKED, event_id=writer.book(talk, event_fields(talk)))

    tasks.coaching._booked = booked


def _no_find(_: Any) -> None:
    """Whose answer was lost looks at the calendars, but not for its own event in them."""
    CalendarWriter.find = lambda *_: None  # type: ignore[method-assign]


def _settled_first(_: Any) -> None:
    """What is about to be booked counts as booked."""
    booked = tasks.coaching._booked

    def early(memory: Ledger, writer: CalendarWriter, talk: Talk) -> TalkResult:
        Talks(memory).settle(TalkResult(talk.id, Booked.BOOKED))
        return booked(memory, writer, talk)

    tasks.coaching._booked = early


BUGS: dict[str, Callable[[Any], None]] = {
    "no look-up": _no_look_up,
    "no renewal": _no_renewal,
    "default retries": _default_retries,
    "remembered at the end": _remembered_at_the_end,
    "UTC days": _utc_days,
    "more than": _more_than,
    "stale list": _stale_list,
    "run in key": _run_in_key,
    "past the ledger": _past_the_ledger,
    "no find": _no_find,
    "settled first": _settled_first,
}
