"""The door to Zendesk: address, login, timeouts, limits, and what its errors mean."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.settings import Settings

SECONDS = httpx.Timeout(30, connect=5)
MOST_WAITED = 120  # seconds a call may wait in all, because Zendesk says so
READ_AGAIN = (0.5, 2.0, 8.0)  # seconds before a reading is repeated that was not answered
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)
_SAID = 300
_REFUSALS: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "Zendesk refused the login ({}). Check RITUALS_ZENDESK_EMAIL and RITUALS_ZENDESK_TOKEN, "
    "or RITUALS_ZENDESK_OAUTH_TOKEN, and that API access by token is switched on.",
    HTTPStatus.FORBIDDEN: "Zendesk does not permit it ({}). Let the agent of the token see and write all tickets.",
    HTTPStatus.NOT_FOUND: "There is no Zendesk at that address ({}). Check RITUALS_ZENDESK_URL.",
}


class TicketClosed(Refused):
    """A closed ticket takes nothing more; what belongs to it goes into a follow-up."""


class NotThere(Refused):
    """Zendesk has no such ticket, or somebody deleted it."""


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


@dataclass
class ZendeskDoor:
    """Asks and writes JSON below `client`'s address. Knows the limits: what Zendesk asks to wait is waited up to
    MOST_WAITED seconds by `sleep`, and a 429 was not executed, so that a write may be sent again after it.

    Everything raises Unavailable (it may have been executed), NotExecuted (it was not) or Refused with the remedy, in
    one sentence without addresses and tokens.
    """

    client: httpx.Client = field(repr=False)
    sleep: Callable[[float], None] = _sleep
    calls: int = 0

    def get(self, path: str, **query: str) -> Mapping[str, Any]:
        """Ask; repeated where it was not answered."""
        for seconds in (*READ_AGAIN, None):
            try:
                return self._heeding(lambda: self._ask("GET", path, params=query))
            except NotExecuted as error:
                if isinstance(error, _MustWait) or seconds is None:
                    raise
            except Unavailable:
                if seconds is None:
                    raise
            self.sleep(seconds)
        raise AssertionError("the last attempt returns or raises")

    def write(self, method: str, path: str, body: Mapping[str, Any], key: str = "") -> Mapping[str, Any]:
        """Send; never repeated where it may have been executed. `key`: Zendesk makes no second thing of that key."""
        headers = {"Idempotency-Key": key} if key else {}
        return self._heeding(lambda: self._ask(method, path, json=body, headers=headers))

    def _heeding(self, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """Wait as Zendesk asks, as long as that is bearable."""
        left = float(MOST_WAITED)
        while True:
            try:
                return ask()
            except _MustWait as error:
                left -= max(error.seconds, 1)
                if left < 0:
                    raise
                self.sleep(error.seconds)

    def _ask(self, method: str, path: str, **more: Any) -> Mapping[str, Any]:
        self.calls += 1
        try:
            answer = self.client.request(method, path, **more)
        except _NOT_SENT as error:
            raise NotExecuted(f"Zendesk cannot be reached ({type(error).__name__})") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable(f"Zendesk did not answer in full ({type(error).__name__})") from None
        content = _object(answer)
        if answer.is_success and content is not None:
            return content
        raise _meaning(answer, content)


class _MustWait(NotExecuted):
    def __init__(self, seconds: float) -> None:
        super().__init__("Zendesk takes no more for now (its rate limit); what was asked was not done")
        self.seconds = seconds


def door(settings: Settings) -> ZendeskDoor:
    """The door of the settings; nothing is asked yet. Raises Refused without an address."""
    if settings.zendesk_url is None:
        raise Refused("RITUALS_ZENDESK_URL is empty: the address of your Zendesk, https://acme.zendesk.com.")
    client = httpx.Client(
        base_url=f"{settings.zendesk_url.rstrip('/')}/api/v2/",
        auth=_login(settings),
        timeout=SECONDS,
        verify=_trusted(),
        headers={"Accept": "application/json", "User-Agent": "revenue-rituals"},
    )
    return ZendeskDoor(client)


def host(settings: Settings) -> str:
    """Which Zendesk it is, as the ledger names it; "" for none."""
    return urlsplit(settings.zendesk_url or "").hostname or ""


@cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # a tenth of a second, and the same for every door


def _login(settings: Settings) -> httpx.Auth:
    """By OAuth token, else by API token: settings with an address have one of them."""
    oauth, token = settings.zendesk_oauth_token, settings.zendesk_token
    if oauth and oauth.get_secret_value():
        return _Bearer(oauth.get_secret_value())
    return httpx.BasicAuth(f"{settings.zendesk_email}/token", token.get_secret_value() if token else "")


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def _object(answer: httpx.Response) -> Mapping[str, Any] | None:
    """The JSON object of an answer; None for a page of somebody in between."""
    try:
        content = answer.json()
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _meaning(answer: httpx.Response, content: Mapping[str, Any] | None) -> Unavailable | Refused:
    status, said = answer.status_code, _said(content, answer.status_code)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _MustWait(_seconds(answer.headers.get("Retry-After", "")))
    if content is None and (answer.is_success or answer.is_server_error):
        return Unavailable(f"Zendesk answered with something that is none of its own (HTTP {status})")
    if status == HTTPStatus.CONFLICT or answer.is_server_error:
        return Unavailable(f"Zendesk cannot answer now ({said})")
    if "Idempotent" in said:
        return Unavailable("Zendesk has a ticket of the same key with other contents: it is looked for the next time")
    return _refusal(status, said)


def _refusal(status: int, said: str) -> Refused:
    if status == HTTPStatus.NOT_FOUND and said.startswith("RecordNotFound"):
        return NotThere(f"Zendesk has no such ticket ({said}).")
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and "closed prevents" in said:
        return TicketClosed(f"The ticket is closed ({said}).")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        status = HTTPStatus.NOT_FOUND  # it leads elsewhere
    return Refused(_REFUSALS.get(status, "Zendesk refused ({}).").format(said))


def _said(content: Mapping[str, Any] | None, status: int) -> str:
    """Zendesk's own words on one line, with the fields that are wrong; never a page of somebody else."""
    content = content or {}
    error, details = content.get("error"), content.get("details")
    words = [error.get("title"), error.get("message")] if isinstance(error, dict) else [error]
    words.append(content.get("description") or content.get("message"))
    for wrong in details.values() if isinstance(details, dict) else ():
        words += [one.get("description") for one in wrong if isinstance(one, dict)] if isinstance(wrong, list) else []
    told = "; ".join(" ".join(word.split()) for word in words if isinstance(word, str) and word.strip())
    return (told or f"HTTP {status}")[:_SAID]


def _seconds(told: str) -> float:
    """How long a Retry-After asks to wait: seconds, or until a moment; a while where it asks for nothing."""
    if told.strip().isdecimal():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return 10.0
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
