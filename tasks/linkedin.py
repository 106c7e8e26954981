"""Whether LinkedIn links open (handbook L156). Off unless the policy says so: the addresses come from whoever edits a
record, so only LinkedIn's own public pages are asked, by their head, and what they answer is not followed."""

import logging
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from threading import Event
from typing import Final
from urllib.parse import unquote, urlsplit

import pandas as pd
import requests
from requests_hardened import Config, Manager  # type: ignore[import-untyped]
from requests_hardened.ip_filter import InvalidIPAddress  # type: ignore[import-untyped]

from tasks.rules.validation_policy import ValidationPolicy

AT_ONCE: Final = 2
SECONDS: Final = (5.0, 5.0)
LONGEST: Final = 2000  # characters of an address
LOOKS: Final = ("url", "state", "why")
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*linkedin\.com")
_PAGE: Final = re.compile(r"/(?:in|company|school|showcase|sales)/[^/]")
_GONE: Final = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_REFUSES_PROGRAMS: Final = {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, 999}  # 999 is LinkedIn's own
_NO_SUCH_NAME: Final = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

Answer = tuple[str, str]  # the state, and why
OpenSession = Callable[[], requests.Session]


class LinkState(StrEnum):
    """What came of trying an address; the values of `RecordFacts.links`."""

    WORKS = "works"
    BROKEN = "broken"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class LinksTried:
    """What came of it.

    frame   url, state, why: one row an address that was tried, is known from before, or may not be opened
    fresh   what LinkedIn answered now, by address: to be kept, so that it is not asked again soon
    left    addresses beyond `links_at_most`, or after LinkedIn asked to slow down: for eyes
    """

    frame: pd.DataFrame
    fresh: Mapping[str, Answer]
    left: tuple[str, ...] = ()


def hardened() -> requests.Session:
    """A session that reaches public addresses only: a name is looked up once, refused unless public, and connected to
    by the address that was looked at. No redirects, proxies, stored logins or cookies of an earlier answer."""
    logging.getLogger("requests_hardened").setLevel(logging.ERROR)  # it logs names and addresses that it refuses
    session: requests.Session = Manager(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=SECONDS,
            user_agent_override="revenue-rituals link check",
        )
    ).get_session()
    session.trust_env = False
    return session


def why_not(url: str) -> str:
    """Why this address is never opened; "" where it is a page of LinkedIn's."""
    if not url or len(url) > LONGEST or "\\" in url or any(c.isspace() or not c.isprintable() for c in url):
        return "not opened: it is no address"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "not opened: it is no address"
    if parts.scheme != "https":
        return "not opened: it does not begin with https://"
    if not (parts.netloc.isascii() and _HOST.fullmatch(parts.netloc.lower())):
        return "not opened: it is not at linkedin.com"
    steps = unquote(unquote(parts.path)).split("/")
    if not _PAGE.match(parts.path) or {".", ".."} & set(steps):
        return "not opened: it is no page of a person, a company or Sales Navigator"
    return ""


@dataclass
class LinkTester:
    """Tries addresses, at most `policy.links_at_most` that are not `known` (url to state and why), two at a time."""

    policy: ValidationPolicy
    known: Mapping[str, Answer] = field(default_factory=dict)
    open_session: OpenSession = hardened

    def test(self, urls: Iterable[str]) -> LinksTried:
        """What came of each address, asked once each. Connects to nothing, and says nothing, where `policy.open_links`
        is off. Never raises for what an address or its answer is."""
        if not self.policy.open_links:
            return LinksTried(_frame({}), {})
        wanted = dict.fromkeys(urls)
        refused = {url: (str(LinkState.CANNOT_TELL), why) for url in wanted if (why := why_not(url))}
        before = {url: self.known[url] for url in wanted if url in self.known and url not in refused}
        unknown = [url for url in wanted if url not in refused and url not in before]
        asked = self._ask(unknown[: self.policy.links_at_most])
        found = {url: answer for url, (answer, _) in asked.items()}
        return LinksTried(
            frame=_frame(
                {url: {**refused, **before, **found}[url] for url in wanted if url in refused | before | found}
            ),
            fresh={url: answer for url, (answer, by_linkedin) in asked.items() if by_linkedin},
            left=tuple(url for url in unknown if url not in found),
        )

    def _ask(self, urls: list[str]) -> dict[str, tuple[Answer, bool]]:
        slow_down = Event()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="linkedin") as pool:
            answers = pool.map(lambda url: self._open(url, slow_down), urls)
            return {url: answer for url, answer in zip(urls, answers, strict=True) if answer}

    def _open(self, url: str, slow_down: Event) -> tuple[Answer, bool] | None:
        """The answer, and whether it is LinkedIn's; None where LinkedIn had asked to slow down before."""
        if slow_down.is_set():
            return None
        try:
            with self.open_session() as session, session.head(url, timeout=SECONDS, allow_redirects=False) as response:
                status = response.status_code
        except InvalidIPAddress:
            return (str(LinkState.CANNOT_TELL), "not opened: its name leads to an address that is not public"), False
        except requests.ConnectionError as error:
            return _unreached(error), False
        except (requests.RequestException, OSError, ValueError) as error:
            return (str(LinkState.CANNOT_TELL), f"no answer ({type(error).__name__})"), False
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            slow_down.set()
        return _meaning(status), status != HTTPStatus.TOO_MANY_REQUESTS


def _meaning(status: int) -> Answer:
    if status == HTTPStatus.OK:
        return str(LinkState.WORKS), ""
    if status in _GONE:
        return str(LinkState.BROKEN), f"LinkedIn has no such page ({status})"
    if status in _REFUSES_PROGRAMS:
        return str(LinkState.CANNOT_TELL), f"LinkedIn does not answer programs ({status})"
    return str(LinkState.CANNOT_TELL), f"LinkedIn answered {status}"


def _unreached(error: requests.ConnectionError) -> Answer:
    cause = error.__cause__
    if isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_NAME and _names_can_be_looked_up():
        return str(LinkState.BROKEN), "there is no such host"
    return str(LinkState.CANNOT_TELL), f"no answer ({type(error).__name__})"


def _names_can_be_looked_up() -> bool:
    """Without a way out every name looks as if it did not exist."""
    try:
        return bool(socket.getaddrinfo("www.linkedin.com", 443, type=socket.SOCK_STREAM))
    except OSError:
        return False


def _frame(answers: Mapping[str, Answer]) -> pd.DataFrame:
    rows = [(url, state, why) for url, (state, why) in answers.items()]
    return pd.DataFrame(rows, columns=list(LOOKS)).astype("str")
