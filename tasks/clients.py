"""The doors to the outside: base address, login, timeouts and retries. Opened inside a task, never passed to one."""

import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceError,
    SalesforceExpiredSession,
)
from simple_salesforce.login import SalesforceLogin
from simple_salesforce.util import exception_handler
from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from urllib3.exceptions import NewConnectionError
from urllib3.util.retry import Retry

from tasks.secrets_filter import without_secrets
from tasks.settings import Settings

CONNECT_AND_READ_SECONDS = (5.0, 60.0)
SLACK_SECONDS = 30
T = TypeVar("T")

TRANSIENT_CODES = {
    "SERVER_UNAVAILABLE",
    "UNABLE_TO_LOCK_ROW",
    "QUERY_TIMEOUT",
    "INVALID_QUERY_LOCATOR",
    "UNKNOWN_EXCEPTION",
}
# 200 stands here for an answer that is no JSON, such as a maintenance page.
TRANSIENT_STATUS = {200, 429, *range(500, 600)}
REMEDIES = {
    "INVALID_FIELD": "Give the integration user read access to the field, or correct its RITUALS_SALESFORCE_…_FIELD.",
    "INVALID_TYPE": "Give the integration user read access to the object.",
    "INVALID_SESSION_ID": "The connected app's session was refused twice: check its policies.",
    "OPERATION_TOO_LARGE": "Give the integration user View All on the objects that are read.",
}

# Only what may be repeated unseen. Salesforce's writes go through composite (POST) and are never repeated here.
READ_RETRIES = Retry(
    total=6,
    connect=4,
    read=3,
    status=4,
    other=0,
    redirect=0,
    allowed_methods={"GET", "HEAD", "OPTIONS"},
    status_forcelist={429, 500, 502, 503, 504},
    backoff_factor=0.5,
    backoff_jitter=0.5,
    backoff_max=30,
    respect_retry_after_header=True,
    retry_after_max=120,
    raise_on_status=False,
)


class _Told(Exception):
    """The sentence may repeat what the other side answered, and that what it was shown; it ends up in reports too."""

    def __init__(self, sentence: str) -> None:
        super().__init__(without_secrets(sentence))


class Unavailable(_Told):
    """The other side cannot answer now; time may cure it, so a read may be repeated."""


class NotExecuted(Unavailable):
    """As Unavailable, and it is certain that nothing was executed: a write may be sent again without a look."""


class Refused(_Told):
    """The other side will not answer this, however often it is asked; the message says what to change."""


class LimitReached(Refused):
    """The org's API calls of the day are used up, or would be: nothing more is asked today."""


class _Adapter(HTTPAdapter):
    """Sets the timeout that requests lacks, and sends what simple-salesforce addresses to https://… to `base`."""

    def __init__(self, base: str, retries: Retry) -> None:
        self._base = urlsplit(base)
        super().__init__(max_retries=retries)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs["timeout"] = kwargs.get("timeout") or CONNECT_AND_READ_SECONDS
        if self._base.scheme == "http":  # only a loopback address may be plain http (settings)
            parts = urlsplit(request.url or "")
            request.url = urlunsplit(parts._replace(scheme="http", netloc=self._base.netloc))
        return super().send(request, *args, **kwargs)


class SalesforceDoor:
    """simple-salesforce with a login of our own, one renewal of it, and a count of the calls.

    The library is given a session, never a password: a 401 then raises after one request instead of being repeated
    by the library, which drops the caller's headers when it does.
    """

    def __init__(self, settings: Settings, retries: Retry = READ_RETRIES) -> None:
        self._settings = settings
        self._session = requests.Session()
        self._session.mount("https://", _Adapter(settings.salesforce_url, retries))
        self.calls = 0
        self._sf = self._log_in()

    @property
    def version_path(self) -> str:
        """The path all resources are below, as subrequests of a composite name it: /services/data/v67.0/."""
        return f"/services/data/v{self._settings.salesforce_api_version}/"

    @property
    def usage(self) -> tuple[int, int]:
        """API calls of the org's day: (used, allowed), (0, 0) before the first answer."""
        usage = self._sf.api_usage.get("api-usage")
        return (usage.used, usage.total) if usage else (0, 0)

    def json(self, path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
        """Ask for JSON at `path` below `version_path`; None for an empty answer.

        Raises Unavailable (repeat the read), Refused (change something) or LimitReached (not today).
        """
        answer = self._once_more_after_login(lambda: self._restful(path, method, body))
        self._heed_the_share()
        return answer

    def write(self, path: str, body: Mapping[str, Any]) -> Any:
        """POST a write to `path` and give its answer; the share of the day's calls is looked at before, not after.

        Conditions belong into the body, as a composite has them: there they survive the renewal of a session.
        Raises plain Unavailable when it may have been executed. NotExecuted, Refused and LimitReached: it was not.
        """
        self._heed_the_share()
        return self._once_more_after_login(lambda: self._restful(path, "POST", body))

    def csv_page(self, path: str) -> requests.Response:
        """GET one page of Bulk API results at `path`; raises as `json` does."""
        answer = self._once_more_after_login(lambda: self._get(path))
        self._heed_the_share()
        return answer

    def _restful(self, path: str, method: str, body: Mapping[str, Any] | None) -> Any:
        text = None if body is None else json.dumps(body, allow_nan=False)
        try:
            return self._sf.restful(path, method=method, data=text, headers={"X-PrettyPrint": "0"})
        except TypeError:  # the library measures whatever it is given
            raise Unavailable("Salesforce answered with neither an object nor a list") from None

    def _get(self, path: str) -> requests.Response:
        url = self._sf.base_url + path
        response = self._session.get(url, headers={**self._sf.headers, "X-PrettyPrint": "0"})
        if not response.ok:
            exception_handler(response, path)
        return response

    def _once_more_after_login(self, ask: Callable[[], T]) -> T:
        with _plain_errors():
            self.calls += 1
            try:
                return ask()
            except SalesforceExpiredSession:
                self._renew()
                self.calls += 1
                return ask()

    def _renew(self) -> None:
        try:
            self._sf = self._log_in()
        except Unavailable as error:  # what was refused for its session was not executed
            raise NotExecuted(str(error)) from None

    def _heed_the_share(self) -> None:
        used, allowed = self.usage
        if used > allowed * self._settings.salesforce_daily_share:
            raise LimitReached(
                f"Salesforce: {used:,} of the org's {allowed:,} API calls of the day are used, more than "
                "RITUALS_SALESFORCE_DAILY_SHARE allows. Run again when the org has calls to spare."
            )

    def _log_in(self) -> Salesforce:
        s = self._settings
        host = urlsplit(s.salesforce_url).hostname or ""
        my_domain = host.removesuffix(".salesforce.com")  # the library appends it again
        login = partial(SalesforceLogin, session=self._session, consumer_key=s.salesforce_client_id)
        # The library's advice is in our sentence.
        with _plain_errors(), _any_answer(), warnings.catch_warnings(action="ignore"):
            if s.salesforce_private_key:
                token, instance = login(
                    username=s.salesforce_username,
                    privatekey=s.salesforce_private_key.get_secret_value().replace("\\n", "\n"),
                    domain="test" if ".sandbox." in host else "login",  # only names the audience
                    instance_url=my_domain,
                )
            else:
                secret = s.salesforce_client_secret
                token, instance = login(domain=my_domain, consumer_secret=secret.get_secret_value() if secret else None)
        version = s.salesforce_api_version
        return Salesforce(instance=instance, session_id=token, session=self._session, version=version)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turns what the libraries raise into one sentence without addresses, headers or bodies of unknown content."""
    try:
        yield
    except SalesforceAuthenticationFailed as error:
        if error.code in TRANSIENT_STATUS:  # then there is no word of OAuth's, and the message may be a whole page
            raise Unavailable(f"Salesforce's login cannot answer now (HTTP {error.code})") from None
        raise Refused(
            f"Salesforce refused the login ({error.code}: {error.auth_message}). Check RITUALS_SALESFORCE_CLIENT_ID "
            "and the secret or key beside it, and that the connected app lets this user in."
        ) from None
    except SalesforceError as error:
        raise meaning_of(error.status, *first_error(error.content)) from None
    except requests.RequestException as error:
        kind = NotExecuted if never_arrived(error) else Unavailable
        raise kind(f"Salesforce did not answer in full ({type(error).__name__})") from None


@contextmanager
def _any_answer() -> Iterator[None]:
    """Turns what the library trips over into Unavailable: it reads any JSON as the answer of a login."""
    try:
        yield
    except (AttributeError, TypeError):
        raise Unavailable("Salesforce's login answered with something that is no login") from None


def never_arrived(error: requests.RequestException) -> bool:
    """Whether not even a connection was made."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


def first_error(content: object) -> tuple[str, str]:
    """The code and the message of a refusal's body, a list of errors; both empty where it is none of Salesforce's."""
    first = content[0] if isinstance(content, list) and content else {}
    return first.get("errorCode", ""), first.get("message", "")


def meaning_of(status: int, code: str, message: str) -> Unavailable | Refused:
    """The exception for one Salesforce error: by its code first, as its status differs between resources."""
    # Of a refused query Salesforce repeats the text with a caret below it; what is wrong stands after that.
    plain = " ".join(re.sub(r"(?s)^.*ERROR at Row:\d+:Column:\d+\n", "", message).split())
    said = f"{code}: {plain}" if code else f"HTTP {status}"
    if code == "REQUEST_LIMIT_EXCEEDED" and "Concurrent" not in message:  # the other limit is of long requests at once
        return LimitReached(
            f"Salesforce: the org's API calls are used up ({said}). Run again when the limit has moved."
        )
    if code == "REQUEST_LIMIT_EXCEEDED" or status == HTTPStatus.TOO_MANY_REQUESTS:
        return NotExecuted(f"Salesforce cannot answer now ({said})")
    if code in TRANSIENT_CODES or (not code and (status in TRANSIENT_STATUS)):
        return Unavailable(f"Salesforce cannot answer now ({said})")
    return Refused(f"Salesforce refused ({said}). {REMEDIES.get(code, '')}".rstrip())


def salesforce(settings: Settings) -> SalesforceDoor:
    """A logged-in door to the org. Raises Unavailable or Refused."""
    return SalesforceDoor(settings)


def slack_reader(settings: Settings, limited: RetryHandler | None = None) -> WebClient:
    """Slack for reading: repeats after a lost connection, a server error, or a rate limit, which `limited` handles."""
    handlers = [ConnectionErrorRetryHandler(3), limited or RateLimitErrorRetryHandler(5), ServerErrorRetryHandler(3)]
    return _slack(settings, handlers)


def slack_writer(settings: Settings) -> WebClient:
    """Slack for posting: repeats only what a rate limit kept from happening, so that nothing is posted twice."""
    return _slack(settings, [RateLimitErrorRetryHandler(5)])


def _slack(settings: Settings, handlers: list[RetryHandler]) -> WebClient:
    return WebClient(
        token=settings.slack_token.get_secret_value(),
        base_url=settings.slack_url,
        timeout=SLACK_SECONDS,
        retry_handlers=handlers,
    )
