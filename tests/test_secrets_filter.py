"""What is hidden in a text: known values however they are written, and whatever looks like a token; nothing else."""

import base64
import html
import json
import time
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr

from tasks import secrets_filter
from tasks.secrets_filter import SECRET, SHAPES, learn, prefects_secrets, secrets_of, without_secrets

PASSWORD = 'pa"ss/wörd <7&d1f>+x'
KEY = (
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\nxY7=\n-----END PRIVATE KEY-----\n"
)


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test teaches is forgotten after it."""
    monkeypatch.setattr(secrets_filter, "_known", {})
    monkeypatch.setattr(secrets_filter, "_forms", ())


def basic(user: str) -> str:
    return base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(PASSWORD, id="as it is"),
        pytest.param(repr(PASSWORD), id="as Python shows it"),
        pytest.param(repr(PASSWORD.encode()), id="as bytes are shown"),
        pytest.param(json.dumps(PASSWORD), id="as JSON"),
        pytest.param(json.dumps(PASSWORD, ensure_ascii=False), id="as JSON of today"),
        pytest.param(html.escape(PASSWORD), id="as HTML"),
        pytest.param(quote(PASSWORD), id="in a path"),
        pytest.param(quote(PASSWORD, safe=""), id="in an address"),
        pytest.param(quote(PASSWORD, safe="").lower(), id="in an address, in small letters"),
        pytest.param(quote_plus(PASSWORD), id="in a form"),
        pytest.param(base64.b64encode(PASSWORD.encode()).decode(), id="in base64"),
        pytest.param(base64.urlsafe_b64encode(PASSWORD.encode()).decode(), id="in base64 for addresses"),
        *(pytest.param(basic(user), id=f"in base64 behind {user}") for user in ("u", "us", "use", "rev@example.com")),
    ],
)
def test_a_value_is_hidden_however_it_is_written(written: str) -> None:
    learn(PASSWORD)

    hidden = without_secrets(f"before {written} after")

    assert hidden.startswith("before ")
    assert hidden.endswith(" after")
    assert SECRET in hidden
    [left] = {hidden.removeprefix("before ").removesuffix(" after").strip("\"'")}
    assert len(left) - len(SECRET) <= len("rev@example.com:") * 4 / 3 + 4  # the user's name, and a sign that is of both
    assert not any(part in left for part in ("pa", "rd", "7&", "d1f"))


@pytest.mark.parametrize("kept", range(12, len(PASSWORD)))
def test_a_value_that_was_cut_off_is_hidden(kept: int) -> None:
    learn(PASSWORD)

    assert without_secrets(f"it said: {PASSWORD[:kept]}") == f"it said: {SECRET}"


def test_of_two_values_that_begin_alike_each_is_hidden_whole() -> None:
    learn("canary-canary-1", "canary-canary-22-33")

    assert without_secrets("canary-canary-22-33, canary-canary-1") == f"{SECRET}, {SECRET}"


def test_a_private_key_is_hidden_line_by_line() -> None:
    learn(KEY.replace("\n", "\\n"))  # as one line of an .env

    assert without_secrets("  | AQEFAASCBKcwggSjAgEAAoIB") == f"  | {SECRET}"
    assert without_secrets("no -----END PRIVATE KEY----- there") == "no -----END PRIVATE KEY----- there"


@pytest.mark.parametrize(
    ("address", "hidden"),
    [
        ("postgresql://revenue:pass%2Fw0rd-1@db/ledger", "pass/w0rd-1"),
        ("postgresql://revenue:pass%2Fw0rd-1@db/ledger", "pass%2Fw0rd-1"),
        ("postgresql://db/ledger?user=revenue&password=pass-w0rd-1", "pass-w0rd-1"),
    ],
)
def test_of_an_address_the_password_alone_is_a_secret(address: str, hidden: str) -> None:
    learn(address)

    assert without_secrets(f"{hidden} on db of ledger for revenue") == f"{SECRET} on db of ledger for revenue"


@pytest.mark.parametrize("told", ["sqlite:///ledger.db", "", "short", "postgresql://revenue@db/ledger", "http://[::1"])
def test_what_is_no_secret_hides_nothing(told: str) -> None:
    learn(told)

    assert without_secrets(f"the ledger is {told}.") == f"the ledger is {told}."


class _Inner(BaseModel):
    token: SecretStr = SecretStr("inner-canary-1")


class _Outer(BaseModel):
    secret: SecretStr | None = SecretStr("outer-canary-1")
    none: SecretStr | None = None
    plain: str = "plain"
    inner: _Inner = _Inner()


def test_the_secrets_of_a_model_are_those_of_its_parts_too() -> None:
    assert list(secrets_of(_Outer())) == ["outer-canary-1", "inner-canary-1"]


def test_what_prefect_logs_in_with_is_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "revenue:f00dcafe42")
    monkeypatch.setenv("PREFECT_CLIENT_CUSTOM_HEADERS", '{"X-Token": "5ecretheader"}')
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", "postgresql+asyncpg://prefect:pr3fectpass@db/prefect")

    learn(*prefects_secrets())

    told = "revenue:f00dcafe42 f00dcafe42 5ecretheader pr3fectpass " + base64.b64encode(b"revenue:f00dcafe42").decode()
    assert without_secrets(told) == " ".join([SECRET] * 5)


SESSION = "00D5f000000AbCd!AQEAQNfx7W0hX8mH.Yk3Zq_9vTtPZq1"  # made up
LOOKS_LIKE = {
    "a Slack token": ("xoxb-2147483647-0123456789abcdef", SECRET),
    "a Slack app token": ("xapp-1-A0123-4567-abcdef0123", SECRET),
    "a GitHub token": ("ghp_" + "a1B2" * 9, SECRET),
    "a fine-grained GitHub token": ("github_pat_" + "11AB_" * 8, SECRET),
    "a Salesforce session": (SESSION, SECRET),
    "a session in an address": (SESSION.replace("!", "%21"), SECRET),
    "a JWT": ("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIzTVZHOSJ9.c2lnbmF0dXJl_-0", SECRET),
    "a private key": (KEY.strip(), SECRET),
    "a key in one line": (KEY.strip().replace("\n", "\\n"), SECRET),
    "a key that was cut off": (KEY[:60], SECRET),
    "a bearer": ("Bearer 0123456789abcdef0123", f"Bearer {SECRET}"),
    "a header": ("Authorization: Digest-0123456789, x", f"Authorization: {SECRET}, x"),
    "a dict of headers": ("{'authorization': 'token 0123456789'}", f"{{'authorization': '{SECRET}'}}"),
    "httpx' headers": ("(b'Authorization', b'0123456789abc')", f"(b'Authorization', b'{SECRET}')"),
    "an address with a password": ("postgresql://u:pw@db/ledger", f"postgresql://u:{SECRET}@db/ledger"),
    "a query": ("/token?client_secret=abc&grant_type=x", f"/token?client_secret={SECRET}&grant_type=x"),
}


@pytest.mark.parametrize(("written", "hidden"), LOOKS_LIKE.values(), ids=LOOKS_LIKE)
def test_what_looks_like_a_secret_is_hidden_although_nobody_told_of_it(written: str, hidden: str) -> None:
    assert without_secrets(f"it said {written}; twice") == f"it said {hidden}; twice"


@pytest.mark.parametrize(
    "said",
    [
        "Slack refused (invalid_auth). Check RITUALS_SLACK_TOKEN (xoxb-…).",
        "Basic authentication is switched off, and bearer tokens expire.",
        "https://acme.my.salesforce.com/00D5f000000AbCdEAK and 006Hs00001AbCdEIAV!",
        "127.0.0.1:8080/api: GET /repos/acme/product/issues?page=2 200 in 12 ms",
        "sam@ourco.example wrote to ana@acme.example at 09:30: see http://a:8080/@team",
        "Authorization: none",
    ],
)
def test_what_only_speaks_of_secrets_stays(said: str) -> None:
    learn(PASSWORD)

    assert without_secrets(said) == said


@given(st.text(max_size=200))
def test_hiding_twice_is_hiding_once(text: str) -> None:
    once = without_secrets(text)

    assert without_secrets(once) == once


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_around_it_a_value_is_hidden(before: str, after: str) -> None:
    learn("Zx81-canary-Zx81")

    assert "Zx81-canary-Zx81" not in without_secrets(f"{before}Zx81-canary-Zx81{after}")


HOSTILE: dict[str, Callable[[int], str]] = {
    "words": lambda n: "hello world " * (n // 12),
    "JWTs that begin": lambda n: "eyJ" * (n // 3),
    "JWTs that end early": lambda n: "eyJaaaaaaaaaa." * (n // 14),
    "keys that begin": lambda n: "-----BEGIN PRIVATE KEY-----!" * (n // 28),
    "keys in keys": lambda n: "-----BEGIN PRIVATE KEY-----" * (n // 27),
    "headers": lambda n: "authorization: " * (n // 15),
    "spaces": lambda n: "authorization" + " " * n,
    "logins": lambda n: "bearer " * (n // 7),
    "addresses": lambda n: "://a:" * (n // 5),
    "an address": lambda n: "://" + "a" * n,
    "queries": lambda n: "?password=" * (n // 10),
    "tokens that begin": lambda n: "xoxb-" * (n // 5),
    "the beginning of a value": lambda n: PASSWORD[:12] * (n // 12),
    "sessions that begin": lambda n: "00D" * (n // 3),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_long_message_takes_a_time_that_grows_with_its_length(hostile: Callable[[int], str]) -> None:
    learn(PASSWORD, *(f"canary-{i}-canary" for i in range(20)))

    def seconds(length: int) -> float:
        text, best = hostile(length), 9.0
        for _ in range(3):
            began = time.process_time()
            without_secrets(text)
            best = min(best, time.process_time() - began)
        return best

    # Were it the square, it would be 64 times as long.
    assert seconds(160_000) < 24 * max(seconds(20_000), 0.002)


def test_every_shape_is_tried_here() -> None:
    tried = [shape for name, (shape, _) in SHAPES.items() if any(shape.search(w) for w, _ in LOOKS_LIKE.values())]

    assert len(tried) == len(SHAPES)


def test_only_so_many_values_are_known_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets_filter, "_MOST", 3)
    learn("canary-1-xyz", "canary-2-xyz", "canary-3-xyz")
    learn("canary-1-xyz", "canary-4-xyz")

    assert without_secrets("canary-1-xyz canary-2-xyz canary-3-xyz") == f"{SECRET} canary-2-xyz {SECRET}"
