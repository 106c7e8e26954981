"""The organisation behind the API: who may log in, how many calls are left, and what is set to go wrong."""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from deployments.sandbox.salesforce.edits import Edit
from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.structure import Structure

_SUB_SELECT = re.compile(r"FROM (\w+) WHERE .*\(SELECT ", re.IGNORECASE)
OLDEST_VERSION, NEWEST_VERSION = 20, 67


@dataclass(frozen=True)
class Client:
    """A connected app. `run_as` is the username of its client-credentials flow; `public_key` (PEM) checks its JWTs."""

    id: str
    secret: str
    run_as: str = ""
    public_key: str = ""


@dataclass
class Org:
    """Settings and counters of the pretend org; everything may be changed while it runs.

    `now` is the sandbox's clock (aware UTC). `daily_max` is DailyApiRequests.Max and `used` counts against it.
    `bulk_polls` is how often a Bulk job says InProgress before it is complete. What is not documented can be set to the
    strict side: queries over `longest_query` characters are refused inside a composite too, and so are queries with a
    sub-select in the WHERE clause of an object of `refused_sub_selects`.

    What happens to records that are written: those of `read_only_ids` answer INSUFFICIENT_ACCESS_OR_READONLY, those
    of `locked_ids` UNABLE_TO_LOCK_ROW, and so do those of `locked_times` as many times as it says. `validation_rules`
    have the message of a rule by object name or record id. New records of the objects of `not_createable` answer
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY. Those of `lost_ids` are written, and answer 500 with nothing in it.
    `moves_close_date` is a flow that sets the close date of an opportunity to the day it is closed on.
    `hidden_objects` are those that the caller may not see, as without View Setup (`tooling_objects.VIEW_SETUP`): SOQL
    and the REST API do not know them, the Tooling API refuses their records.
    `structure` is what Setup holds when the org starts: its layouts, pages, tabs and so on.
    `edits` are what others do in between (see `edits.py`).
    """

    now: Callable[[], datetime]
    clients: tuple[Client, ...] = (Client("sandbox", "sandbox-secret"),)
    domain: str = "sandbox.my.salesforce.com"
    id: str = make_id("00D", 1)
    daily_max: int = 115_000
    used: int = 0
    bulk_polls: int = 1
    locked_ids: set[str] = field(default_factory=set)
    locked_times: dict[str, int] = field(default_factory=dict)
    read_only_ids: set[str] = field(default_factory=set)
    not_createable: set[str] = field(default_factory=set)
    lost_ids: set[str] = field(default_factory=set)
    validation_rules: dict[str, str] = field(default_factory=dict)
    moves_close_date: bool = False
    edits: list[Edit] = field(default_factory=list)
    longest_query: int | None = None
    refused_sub_selects: set[str] = field(default_factory=set)
    hidden_objects: set[str] = field(default_factory=set)
    structure: Structure = field(default_factory=Structure)
    _sessions: dict[str, str] = field(default_factory=dict, repr=False)
    _serial: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    @property
    def remaining(self) -> int:
        """Calls left today."""
        return max(self.daily_max - self.used, 0)

    @property
    def usage(self) -> str:
        """The value of Sforce-Limit-Info."""
        return f"api-usage={self.used}/{self.daily_max}"

    def client(self, client_id: str) -> Client | None:
        """The connected app of that consumer key."""
        return next((c for c in self.clients if c.id == client_id), None)

    def identity(self, user_id: str) -> str:
        """The address that says who a user is."""
        return f"https://login.salesforce.com/id/{self.id}/{user_id}"

    def open_session(self, user_id: str) -> str:
        """A new access token for that user."""
        seed = f"{self.id}:{next(self._serial)}:{user_id}"
        token = f"{self.id[:15]}!{hashlib.sha256(seed.encode()).hexdigest()}"
        self._sessions[token] = user_id
        return token

    def accept(self, soql: str) -> None:
        """SalesforceError for a query that this org is set to refuse."""
        if self.longest_query is not None and len(soql) > self.longest_query:
            raise SalesforceError(414, "URI_TOO_LONG", f"The URI is longer than {self.longest_query}")
        source = _SUB_SELECT.search(soql)
        if source and source[1] in self.refused_sub_selects:
            raise SalesforceError(400, "MALFORMED_QUERY", f"Semi join sub-selects are not allowed on {source[1]}")

    def expire_sessions(self) -> None:
        """Make every access token given so far invalid."""
        self._sessions.clear()

    def admit(self, token: str) -> str:
        """Count a call and return its user. SalesforceError for an unknown token, or when no calls are left today."""
        user_id = self._sessions.get(token)
        if user_id is None:
            raise SalesforceError(401, "INVALID_SESSION_ID", "Session expired or invalid")
        if self.used >= self.daily_max:
            raise SalesforceError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        self.used += 1
        return user_id

    def guard(self, sobject: str, record_id: str | None) -> None:
        """Refuse to write what is read-only, locked or breaks a validation rule."""
        self.guard_access(record_id)
        rule = self.validation_rules.get(record_id or "") or self.validation_rules.get(sobject)
        if rule:
            raise SalesforceError(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", rule, [])

    def guard_access(self, record_id: str | None) -> None:
        """Refuse to touch what is read-only or locked; one lock of `locked_times` is used up by it."""
        if record_id in self.read_only_ids:
            message = "insufficient access rights on object id"
            raise SalesforceError(400, "INSUFFICIENT_ACCESS_OR_READONLY", message, [])
        left = self.locked_times.get(record_id or "", 0)
        if left:
            self.locked_times[record_id or ""] = left - 1
        if left or record_id in self.locked_ids:
            message = f"unable to obtain exclusive access to this record or 1 records: {record_id}"
            raise SalesforceError(400, "UNABLE_TO_LOCK_ROW", message, [])
