"""LinkedIn links are opened and nobody can send us elsewhere by them; what cannot be told is never called broken."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from tasks.linkedin import AT_ONCE, LinkTester, why_not
from tasks.rules.expected import Pattern
from tasks.rules.record_values import PATTERNS
from tasks.rules.validation_policy import ValidationPolicy
from tests.linkedin_pages import Pages, at, serving

ON = ValidationPolicy(open_links=True)
ACME = "https://www.linkedin.com/company/acme"

HOSTILE = {
    "http": "http://www.linkedin.com/company/acme",
    "file": "file:///etc/passwd",
    "ftp": "ftp://www.linkedin.com/company/acme",
    "gopher": "gopher://www.linkedin.com:70/company/acme",
    "javascript": "javascript:alert(1)//linkedin.com/in/x",
    "no scheme": "www.linkedin.com/company/acme",
    "no host": "https:///company/acme",
    "another host": "https://evil.example/company/acme",
    "a host that only ends so": "https://evillinkedin.com/company/acme",
    "a host that only begins so": "https://linkedin.com.evil.example/company/acme",
    "linkedin in the path": "https://evil.example/linkedin.com/in/x",
    "a user before the host": "https://www.linkedin.com@169.254.169.254/company/acme",
    "a user and LinkedIn": "https://me:secret@www.linkedin.com/company/acme",
    "a port": "https://www.linkedin.com:8443/company/acme",
    "an empty port": "https://www.linkedin.com:/company/acme",
    "a dot after the host": "https://www.linkedin.com./company/acme",
    "metadata of a cloud": "https://169.254.169.254/in/x",
    "loopback": "https://127.0.0.1/company/acme",
    "loopback, short": "https://127.1/company/acme",
    "loopback, decimal": "https://2130706433/company/acme",
    "loopback, hex": "https://0x7f000001/company/acme",
    "loopback, sixth": "https://[::1]/company/acme",
    "a mapped address": "https://[::ffff:127.0.0.1]/company/acme",
    "a broken bracket": "https://[linkedin.com/company/acme",
    "localhost": "https://localhost/company/acme",
    "a backslash": "https://evil.example\\@www.linkedin.com/company/acme",
    "a line break": "https://www.linkedin.com/company/acme\r\nHost: evil.example",
    "a tab in the host": "https://www.link\tedin.com/company/acme",
    "a space": "https://www.linkedin.com/company/acme inc",
    "a letter that looks alike": "https://www.linked\u0131n.com/company/acme",
    "a letter that folds alike": "https://www.lin\u212aedin.com/company/acme",
    "a letter that nobody sees": "https://www.linked\u200bin.com/company/acme",
    "a redirect of LinkedIn's": "https://www.linkedin.com/redir/redirect?url=http://127.0.0.1/",
    "a way out of the path": "https://www.linkedin.com/company/../redir/redirect",
    "a hidden way out": "https://www.linkedin.com/company/%2e%2e/redir",
    "a way out hidden twice": "https://www.linkedin.com/company/%252e%252e/redir",
    "no page": "https://www.linkedin.com/company/",
    "the home page": "https://www.linkedin.com/",
    "nothing": "",
    "too long": ACME + "x" * 2000,
}
PAGES = [
    ACME, f"{ACME}/", "https://linkedin.com/in/jane-doe", "https://de.linkedin.com/in/jos%C3%A9",
    "https://www.linkedin.com/in/josé", "https://www.linkedin.com/sales/company/1234?_ntb=x", "HTTPS://WWW.LinkedIn.COM/in/x",
    "https://www.linkedin.com/school/mit", "https://www.linkedin.com/company/v1.2",
]  # fmt: skip


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serving() as told:
        yield told


def refusing(error: Exception) -> Callable[[], requests.Session]:
    class Fails(HTTPAdapter):
        def send(self, *_: Any, **__: Any) -> requests.Response:
            raise error

    def session() -> requests.Session:
        opened = requests.Session()
        opened.mount("https://", Fails())
        return opened

    return session


def never() -> requests.Session:
    raise AssertionError("a connection was wanted")


def states(tested: Any) -> dict[str, str]:
    return dict(zip(tested.frame["url"], tested.frame["state"], strict=True))


@contextmanager
def names_lead(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> Iterator[list[str]]:
    """Every name leads to the first address, and the next time to the next one."""
    looked_up: list[str] = []

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host.replace(".", "").isdigit():
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        address = addresses[min(len(looked_up), len(addresses) - 1)]
        looked_up.append(host)
        if not address:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield looked_up


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_address_is_never_opened(url: str) -> None:
    tested = LinkTester(ON, open_session=never).test([url])

    assert states(tested) == {url: "cannot tell"}
    assert tested.frame["why"][0].startswith("not opened: ")
    assert tested.fresh == {}


@pytest.mark.parametrize("url", PAGES)
def test_pages_of_people_companies_and_sales_navigator_are_opened(url: str, pages: Pages) -> None:
    assert states(LinkTester(ON, open_session=at(pages)).test([url])) == {url: "works"}


def test_what_looks_right_to_the_rules_can_be_opened() -> None:
    """A value that passes as a LinkedIn address is one that this opens."""
    shapes = {
        Pattern.LINKEDIN_PERSON: "https://www.linkedin.com/in/x",
        Pattern.LINKEDIN_COMPANY: "https://www.linkedin.com/showcase/x",
        Pattern.SALES_NAVIGATOR: "https://www.linkedin.com/sales/lead/x",
    }
    assert all(re.search(PATTERNS[pattern], url) for pattern, url in shapes.items())
    assert [why_not(url) for url in shapes.values()] == ["", "", ""]


@pytest.mark.parametrize(
    ("status", "state", "is_kept"),
    [
        (200, "works", True),
        (404, "broken", True),
        (410, "broken", True),
        (301, "cannot tell", True),
        (302, "cannot tell", True),
        (403, "cannot tell", True),
        (999, "cannot tell", True),
        (405, "cannot tell", True),
        (500, "cannot tell", True),
        (204, "cannot tell", True),
        (429, "cannot tell", False),
    ],
)
def test_what_an_answer_means(status: int, state: str, is_kept: bool, pages: Pages) -> None:
    pages.statuses = {"/company/acme": status}
    tested = LinkTester(ON, open_session=at(pages)).test([ACME])

    assert (states(tested), ACME in tested.fresh) == ({ACME: state}, is_kept)
    assert (tested.frame["why"][0] == "") == (state == "works")


def test_nothing_is_opened_unless_the_policy_says_so() -> None:
    tested = LinkTester(ValidationPolicy(), open_session=never).test([ACME])

    assert (len(tested.frame), tested.fresh, tested.left) == (0, {}, ())
    assert list(tested.frame.columns) == ["url", "state", "why"]


@pytest.mark.parametrize("to", ["http://127.0.0.1/", "https://evil.example/", "/404", "https://[broken"])
def test_a_redirect_is_not_followed(to: str, pages: Pages) -> None:
    pages.statuses, pages.headers = {"/company/acme": 302}, {"Location": to}
    tested = LinkTester(ON, open_session=at(pages)).test([ACME])

    assert states(tested) == {ACME: "cannot tell"}
    assert pages.asked == [("HEAD", "/company/acme")]


def test_only_the_head_is_asked_and_nothing_of_ours_is_sent(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    logins = tmp_path / "netrc"
    logins.write_text("machine www.linkedin.com login me password secret\n", encoding="ascii")
    monkeypatch.setenv("NETRC", str(logins))
    pages.headers = {"Set-Cookie": "a=b; Domain=.linkedin.com"}
    LinkTester(ON, open_session=at(pages)).test([ACME, f"{ACME}2"])

    assert {method for method, _ in pages.asked} == {"HEAD"}
    assert not {"cookie", "authorization", "referer"} & {name.lower() for head in pages.seen_headers for name in head}


def test_an_address_is_asked_once_and_not_again_while_its_answer_is_known(pages: Pages) -> None:
    known = {f"{ACME}/known": ("broken", "LinkedIn has no such page (404)")}
    tested = LinkTester(ON, known, at(pages)).test([ACME, f"{ACME}/known", ACME])

    assert states(tested) == {ACME: "works", f"{ACME}/known": "broken"}
    assert (tested.fresh, len(pages.asked)) == ({ACME: ("works", "")}, 1)


def test_no_more_are_opened_than_the_policy_says(pages: Pages) -> None:
    urls = [f"{ACME}{number}" for number in range(5)]
    tested = LinkTester(ValidationPolicy(open_links=True, links_at_most=3), open_session=at(pages)).test(urls)

    assert (len(pages.asked), list(states(tested)), tested.left) == (3, urls[:3], tuple(urls[3:]))


def test_two_are_opened_at_once_and_no_more(pages: Pages) -> None:
    pages.meet = threading.Barrier(AT_ONCE)  # nobody goes on before the other is there
    LinkTester(ON, open_session=at(pages)).test([f"{ACME}{number}" for number in range(8)])

    assert (pages.most, len(pages.asked)) == (AT_ONCE, 8)


def test_when_linkedin_asks_to_slow_down_the_rest_is_left(pages: Pages) -> None:
    urls = [f"{ACME}{number}" for number in range(20)]
    pages.statuses = {f"/company/acme{number}": 429 for number in range(20)}
    tested = LinkTester(ON, open_session=at(pages)).test(urls)

    assert 1 <= len(pages.asked) <= AT_ONCE
    assert len(tested.left) == 20 - len(pages.asked)
    assert set(states(tested).values()) == {"cannot tell"}


@pytest.mark.parametrize(
    "error",
    [
        requests.ReadTimeout("slow"),
        requests.ConnectTimeout("slow"),
        requests.ConnectionError("reset"),
        requests.exceptions.SSLError("expired"),
        requests.exceptions.InvalidURL("odd"),
        ConnectionResetError("reset"),
        UnicodeError("label too long"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_answer_is_no_broken_link_and_not_kept(error: Exception) -> None:
    tested = LinkTester(ON, open_session=refusing(error)).test([ACME])

    assert (states(tested), tested.fresh) == ({ACME: "cannot tell"}, {})


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
     "::1", "::ffff:127.0.0.1", "fe80::1", "fd00::1", "64:ff9b::7f00:1", "::ffff:a9fe:a9fe"],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_connection(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", no_connection)
    with names_lead(monkeypatch, address):
        tested = LinkTester(ON).test([ACME])

    assert (states(tested), tested.fresh) == ({ACME: "cannot tell"}, {})
    assert "not public" in tested.frame["why"][0]


def test_the_address_that_was_looked_at_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads outside when it is looked at and inside when it is connected to gains nothing."""
    connected: list[str] = []

    def connect(_: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with names_lead(monkeypatch, "93.184.216.34", "127.0.0.1"):
        tested = LinkTester(ON).test([ACME])

    assert set(connected) == {"93.184.216.34"}
    assert states(tested) == {ACME: "cannot tell"}


def test_a_name_that_does_not_exist_is_a_broken_link(monkeypatch: pytest.MonkeyPatch) -> None:
    with names_lead(monkeypatch, "", "93.184.216.34") as looked_up:
        tested = LinkTester(ON).test(["https://xx.linkedin.com/in/jane"])

    assert list(states(tested).values()) == ["broken"]
    assert looked_up == ["xx.linkedin.com", "www.linkedin.com"]


def test_where_no_name_can_be_looked_up_nothing_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    with names_lead(monkeypatch, ""):
        tested = LinkTester(ON).test(["https://xx.linkedin.com/in/jane", ACME])

    assert set(states(tested).values()) == {"cannot tell"}
