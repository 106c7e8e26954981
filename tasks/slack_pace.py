"""Calls of Slack no faster than it answers them: its limits are a minute's, for each method by itself."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState
from slack_sdk.web import SlackResponse

from tasks.slack_pages import Message

MINUTE = 60.0
MOST_ROWS = 999  # of a page
LONGEST_WAIT = 120.0  # seconds; whoever is told to wait longer gives up, and is run again later
# Of another tier than history and replies (tier 3, 50 calls a minute): 20, or 100.
_SHARE = {"conversations.list": 0.4, "users.list": 0.4, "users.info": 2.0, "conversations.members": 2.0}


@dataclass
class Pace:
    """Waits before a call that would be one too many.

    calls_a_minute   of a method of tier 3; others in proportion to what Slack allows them
    now, sleep       a clock in seconds that never goes back, and the waiting
    """

    calls_a_minute: int
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _sent: dict[str, deque[float]] = field(default_factory=dict, init=False, repr=False)

    def wait(self, method: str) -> None:
        """Returns when `method` may be called, and counts that call."""
        most = max(1, int(self.calls_a_minute * _SHARE.get(method, 1.0)))
        sent = self._sent.setdefault(method, deque(maxlen=most))
        if len(sent) == most and (left := sent[0] + MINUTE - self.now()) > 0:
            self.sleep(left)
        sent.append(self.now())


@dataclass
class PacedSlack:
    """Reads Slack in a pace, and counts the calls (`made`), but not what the client repeats by itself."""

    client: WebClient
    pace: Pace
    made: int = 0

    def call(self, method: str, **arguments: Any) -> SlackResponse:
        """The answer of a method ("users.info"); arguments that are None are left out. Raises as slack-sdk does."""
        self.pace.wait(method)
        self.made += 1
        return self.client.api_call(method, params={name: v for name, v in arguments.items() if v is not None})

    def rows(self, method: str, of: str, **arguments: Any) -> Iterator[Message]:
        """All rows of a listing, across its pages: `of` is what they are called there ("messages")."""
        cursor = None
        while True:
            page = self.call(method, limit=MOST_ROWS, cursor=cursor, **arguments)
            yield from page[of]
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return


class RetryAfter(RateLimitErrorRetryHandler):
    """Repeats what met a rate limit when Slack, or a proxy before it, says: slack-sdk's own takes seconds alone, and
    fails over a date."""

    def __init__(
        self,
        times: int = 5,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Repeats at most so many times. `now` is the moment a date is held against (aware)."""
        super().__init__(times)
        self._sleep, self._now = sleep, now

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        limited = super()._can_retry(state=state, request=request, response=response, error=error)
        return limited and self._left(response) <= LONGEST_WAIT

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - slack-sdk's signature
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> None:
        """Waits as long as was asked for."""
        state.next_attempt_requested = True
        self._sleep(self._left(response))
        state.increment_current_attempt()

    def _left(self, response: HttpResponse | None) -> float:
        """Seconds to wait; one where nothing sensible is said."""
        headers = response.headers if response else {}
        told = next((value[0] for name, value in headers.items() if name.lower() == "retry-after" and value), "")
        if told.strip().isdecimal():
            return float(told)
        try:
            until = parsedate_to_datetime(told)
        except ValueError:
            return 1.0
        aware = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (aware - self._now()).total_seconds())
