"""python -m tests.secrets.child RESULTS: runs every ritual, well and badly, as a deployed process does; then one as if
nobody had thought of secrets, with other secrets. Writes to the file RESULTS how each run ended: never what it said."""

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import requests
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import State
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator

from flows.after_hours_support import after_hours_support
from flows.assign_codename import assign_codename
from flows.feedback_forms import AfterHoursForm, CodenameForm, FeedbackForm, RequestForm
from flows.file_customer_request import file_customer_request
from flows.forms import ActivityReviewForm, ValidationForm
from tasks import clients, ledger_database, log_filter, zendesk_door
from tasks import settings as our_settings
from tasks.secrets_filter import secrets_of
from tasks.settings import settings
from tests.company import OFFICE, Sandbox
from tests.drafted import RESTARTS, keep
from tests.flows import runs
from tests.secrets.canaries import ORDERS

NOBODY_THERE = "http://127.0.0.1:1"
KIRA = "Kira Sandoval"
TABS = ValidationForm(objects=["Tabs"], records=False, dry_run=False)
HTML: Mapping[str, Any] = {"status": 500, "html": True}
COMPOSITE = "/services/data/.*composite.*"
JWT = {
    "RITUALS_SALESFORCE_CLIENT_SECRET": "",
    "RITUALS_SALESFORCE_USERNAME": "sam@ourco.example",
    "RITUALS_SALESFORCE_PRIVATE_KEY": os.environ.get("CANARY_KEY", ""),
}


class Child:
    """The runs, at that sandbox; `ended` tells how each did."""

    def __init__(self, address: str) -> None:
        own = {name: value for name, value in os.environ.items() if name.startswith("RITUALS_")}
        self.sandbox, self.ended = Sandbox(address, own), dict[str, str]()

    def run(self, name: str, act: Callable[[], State[Any]]) -> None:
        self.ended[name] = act().type.value

    def echo(self, name: str, act: Callable[[], State[Any]], system: str, path: str = ".*", **order: Any) -> None:
        """As that system answers what it was shown."""
        self._order({"system": system, "path": path, "status": 401, **order})
        self.run(name, act)
        self._order({})

    def _order(self, order: Mapping[str, Any]) -> None:
        requests.post(f"{self.sandbox.address}{ORDERS}", json=order, timeout=10).raise_for_status()

    def all(self) -> None:
        """Every ritual of prefect.yaml, the ones that write too; each goes badly before it goes well, as what is done
        is not done again."""
        self.reviews()
        self.checks()
        self.customers()
        self.cut_off()
        self.unreachable()
        self.set_wrongly()
        self.with_a_bug()

    def reviews(self) -> None:
        login, data = "/services/oauth2/.*", "/services/data/.*"
        self.echo("review: the login tells", runs.run, "salesforce", login)
        with changed(**JWT):
            self.echo("review: the login tells of a key", runs.run, "salesforce", login, status=400)
        self.echo("review: Salesforce tells", runs.run, "salesforce", data)
        self.echo("review: a page of Salesforce tells", runs.run, "salesforce", data, **HTML)
        self.echo("review: Slack tells", runs.run, "slack")
        self.run("review", runs.run)
        proposed = runs.proposal()
        self.echo("decide: Salesforce tells", lambda: runs.decide(proposed), "salesforce", COMPOSITE, status=400)
        self.run("decide", lambda: runs.decide(proposed))
        self.run("undo", lambda: runs.undo(proposed))
        with changed(**JWT):
            self.run("review, with a key", runs.run)
        self.run("activity", activity)
        self.run("book", lambda: runs.book(*(talk.id for talk in runs.drafts().values())))

    def checks(self) -> None:
        self.echo("check: Slack tells", lambda: runs.check(TABS), "slack", "/api/chat.*")
        self.run("check", lambda: runs.check(TABS))
        finding = runs.a_finding()
        for status in (401, 422):
            self.echo(f"file: GitHub tells {status}", lambda: runs.file(finding), "github", status=status)
        self.run("file", lambda: runs.file(finding))

    def customers(self) -> None:
        keep(self.sandbox)
        self.echo("after hours: Zendesk tells", watch, "zendesk")
        with changed(RITUALS_ZENDESK_OAUTH_TOKEN=""):
            self.echo("after hours: Zendesk tells a login", watch, "zendesk")
            self.run("after hours", watch)
        self.echo("sweep: a page of Slack tells", sweep, "slack", **HTML)
        self.run("sweep", sweep)
        self.echo("request: GitHub tells", lambda: request(RESTARTS), "github", status=422)
        self.run("request", lambda: request(RESTARTS))
        self.echo("codename: a page of GitHub tells", codename, "github", **HTML)
        self.run("codename", codename)

    def unguarded(self) -> None:
        """One ritual that fails before it shows a secret to anybody, and tells those of its settings."""
        unguarded()
        with changed(**json.loads(os.environ["TOLD_SETTINGS"])):
            self.with_a_bug("decide", told=", told")

    def cut_off(self) -> None:
        """In the middle of a login, a write, a post, a list."""
        proposed, finding = runs.proposal(), runs.a_finding()
        for name, act, kind, path in (
            ("review: the login is cut off", runs.run, "drop_after", "/services/oauth2/.*"),
            ("review: the report is cut off", runs.run, "cut_body", "/api/chat.*"),
            ("decide: the write is cut off", lambda: runs.decide(proposed), "drop_after", COMPOSITE),
            ("file: the list is cut off", lambda: runs.file(finding), "cut_body", "/github/.*"),
        ):
            self.sandbox.fault(kind, match={"path": path}, times=None)
            self.run(name, act)
            self.sandbox.cure()

    def set_wrongly(self) -> None:
        """A secret in a place where none belongs, and one that is none."""
        with changed(RITUALS_SLACK_URL=os.environ["RITUALS_SLACK_TOKEN"]):
            self.run("review: a setting is wrong", runs.run)
        with changed(**{**JWT, "RITUALS_SALESFORCE_PRIVATE_KEY": os.environ["CANARY_KEY"].replace("BEGIN", "BEGINS")}):
            self.run("review: the key is no key", runs.run)

    def unreachable(self) -> None:
        with changed(RITUALS_SALESFORCE_URL=NOBODY_THERE):
            self.run("activity: no Salesforce", activity)
        with changed(RITUALS_SLACK_URL=f"{NOBODY_THERE}/"):
            self.run("sweep: no Slack", sweep)
        with changed(RITUALS_LEDGER_URL=re.sub("@[^/]+/", "@127.0.0.1:1/", os.environ["RITUALS_LEDGER_URL"])):
            self.run("undo: no ledger", lambda: runs.undo("a proposal"))

    def with_a_bug(self, *only: str, told: str = "") -> None:
        """In every ritual: the ledger's door stumbles, and says all that it knows."""

        def stumble(*_: object, **__: object) -> None:
            raise ValueError(f"stumbled over {list(secrets_of(settings()))}")

        with patch.object(ledger_database.Database, "session", stumble):
            for name in only or RITUALS:
                self.run(f"{name}: a bug{told}", RITUALS[name])


@contextmanager
def changed(**others: str) -> Iterator[None]:
    """Other settings meanwhile."""
    with patch.dict(os.environ, others):
        settings.cache_clear()
        yield
    settings.cache_clear()


def watch() -> State[Any]:
    """The run of the night."""
    asked = AfterHoursForm(as_of=today_at(time(5, 55)), dry_run=False)
    state: State[Any] = after_hours_support(asked, return_state=True)
    return state


def activity() -> State[Any]:
    return runs.review_activity(ActivityReviewForm(dry_run=False))


def sweep() -> State[Any]:
    return runs.sweep(FeedbackForm(until=today_at(time(7)), dry_run=False))


def request(key: str) -> State[Any]:
    asked = RequestForm(requests=[key], decided_by=KIRA, dry_run=False)
    state: State[Any] = file_customer_request(asked, return_state=True)
    return state


def codename() -> State[Any]:
    asked = CodenameForm(account="Orchid Telecom", decided_by=KIRA, dry_run=False)
    state: State[Any] = assign_codename(asked, return_state=True)
    return state


def today_at(clock: time) -> datetime:
    """That time of today in the office; now, where it is still to come."""
    now = datetime.now(OFFICE)
    return min(now, datetime.combine(now.date(), clock, OFFICE))


RITUALS: Mapping[str, Callable[[], State[Any]]] = {
    "review": runs.run,
    "decide": lambda: runs.decide("a proposal"),
    "undo": lambda: runs.undo("a proposal"),
    "activity": activity,
    "book": lambda: runs.book("a talk"),
    "check": lambda: runs.check(TABS),
    "file": lambda: runs.file("a finding"),
    "after hours": watch,
    "sweep": sweep,
    "request": lambda: request(RESTARTS),
    "codename": codename,
}


def at_once() -> None:
    """What is repeated is repeated as often as it would be, without the time between."""
    clients.READ_RETRIES.backoff_factor = clients.READ_RETRIES.backoff_jitter = 0
    zendesk_door.READ_AGAIN = (0.0, 0.0, 0.0)
    BackoffRetryIntervalCalculator.calculate_sleep_duration = lambda *_: 0.0  # type: ignore[method-assign]
    for module in [module for name, module in sys.modules.items() if name.startswith("tasks.")]:
        for task in vars(module).values():
            if getattr(task, "retry_delay_seconds", None):
                task.retry_delay_seconds = 0


def unguarded() -> None:
    """As if nobody had thought of secrets."""
    from prefect.client.schemas.objects import State as Kept  # noqa: PLC0415

    logging.getLogger("websockets").setLevel(logging.WARNING)  # it tells Prefect's password, which is no other
    our_settings.guard_logs = lambda: None
    logging.setLogRecordFactory(logging.LogRecord)
    for logger in [logging.getLogger(), *logging.Logger.manager.loggerDict.values()]:
        for handler in getattr(logger, "handlers", ()):
            handler.filters = [one for one in handler.filters if not isinstance(one, log_filter.SecretsFilter)]
    Kept.__init__ = Kept.__init__.__wrapped__  # type: ignore[method-assign]


def main(results: str) -> None:
    at_once()
    quick = temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})  # its thread takes a second to end, each run
    child = Child(os.environ["SANDBOX_ADDRESS"])
    with quick:
        child.all()
        child.unguarded()
    Path(results).write_text(json.dumps(child.ended), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
