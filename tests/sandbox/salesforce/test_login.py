"""Getting a token, using it, losing it."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from simple_salesforce.api import Salesforce as Client

from .company import ACME_2026, ALEX, SAM, Loopback, Salesforce, Stage, refusal, running

PAYLOADS = Path(__file__).resolve().parents[2] / "payloads" / "salesforce"
BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
RIGHT = {"client_id": "sandbox", "client_secret": "sandbox-secret", "grant_type": "client_credentials"}


def pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def salesforce(stage: Stage, key: rsa.RSAPrivateKey) -> Iterator[Salesforce]:
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    with running(stage, public.decode()) as made:
        yield made


def ask(salesforce: Salesforce, form: dict[str, str], **headers: str) -> requests.Response:
    return requests.post(f"{salesforce.url}/services/oauth2/token", data=form, headers=headers, timeout=10)


def claims(**other: Any) -> dict[str, Any]:
    soon = datetime.now(UTC) + timedelta(minutes=3)
    usual = {"iss": "sandbox", "sub": "sam@rituals.example", "aud": "https://login.salesforce.com", "exp": soon}
    return {name: value for name, value in {**usual, **other}.items() if value is not None}


def test_the_answer_has_the_recorded_shape(salesforce: Salesforce) -> None:
    recorded = json.loads((PAYLOADS / "auth_success_response.json").read_text())
    answer = ask(salesforce, RIGHT).json()
    assert set(recorded) <= set(answer)
    assert set(answer) - set(recorded) == {"scope", "token_type"}
    assert answer["id"].endswith(f"/{ALEX}")


def test_the_secret_may_come_in_the_header(salesforce: Salesforce) -> None:
    basic = base64.b64encode(b"sandbox:sandbox-secret").decode()
    answer = ask(salesforce, {"grant_type": "client_credentials"}, Authorization=f"Basic {basic}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("form", "error", "description"),
    [
        ({**RIGHT, "client_secret": "wrong"}, "invalid_client", "invalid client credentials"),
        ({**RIGHT, "client_id": "nobody"}, "invalid_client_id", "client identifier invalid"),
        ({**RIGHT, "grant_type": "password"}, "unsupported_grant_type", "grant type not supported"),
        ({}, "unsupported_grant_type", "grant type not supported"),
        ({"grant_type": BEARER, "assertion": "no.jwt.atall"}, "invalid_grant", "invalid assertion"),
    ],
)
def test_refusals_are_an_object(salesforce: Salesforce, form: dict[str, str], error: str, description: str) -> None:
    answer = ask(salesforce, form)
    assert answer.status_code == 400
    assert answer.json() == {"error": error, "error_description": description}
    assert set(answer.json()) == set(json.loads((PAYLOADS / "auth_error_response.json").read_text()))


@pytest.mark.parametrize(
    ("changed", "description"),
    [
        ({"exp": datetime(2020, 1, 1, tzinfo=UTC)}, "expired assertion"),
        ({"aud": "https://login.example"}, "audience is invalid"),
        ({"exp": None}, "invalid assertion"),
        ({"sub": "gone@rituals.example"}, "user hasn't approved this consumer"),
        ({"sub": "nobody@rituals.example"}, "user hasn't approved this consumer"),
    ],
    ids=["expired", "for another", "for ever", "inactive user", "unknown user"],
)
def test_a_bad_jwt_is_refused(
    salesforce: Salesforce, key: rsa.RSAPrivateKey, changed: dict[str, Any], description: str
) -> None:
    assertion = jwt.encode(claims(**changed), pem(key), algorithm="RS256")
    answer = ask(salesforce, {"grant_type": BEARER, "assertion": assertion})
    assert answer.json() == {"error": "invalid_grant", "error_description": description}


def test_a_jwt_signed_by_another_key_is_refused(salesforce: Salesforce) -> None:
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for assertion in (
        jwt.encode(claims(), pem(stranger), algorithm="RS256"),
        jwt.encode(claims(), "a-secret-of-thirty-two-characters", algorithm="HS256"),
    ):
        answer = ask(salesforce, {"grant_type": BEARER, "assertion": assertion})
        assert answer.json() == {"error": "invalid_grant", "error_description": "invalid assertion"}


@pytest.mark.parametrize(
    ("how", "user"),
    [
        ({"consumer_secret": "sandbox-secret", "domain": "sandbox.my"}, ALEX),
        ({"username": "sam@rituals.example", "privatekey": "the key"}, SAM),
    ],
    ids=["client credentials", "JWT bearer"],
)
def test_simple_salesforce_logs_in_and_works(
    salesforce: Salesforce, key: rsa.RSAPrivateKey, how: dict[str, Any], user: str
) -> None:
    how = {**how, "privatekey": pem(key)} if "privatekey" in how else how
    with requests.Session() as session:
        session.mount("https://", Loopback(salesforce.url))
        client = Client(consumer_key="sandbox", session=session, version="67.0", **how)
        rows = client.query_all("SELECT Id, Name, Account.Name FROM Opportunity ORDER BY Name")["records"]
        assert (rows[0]["Name"], rows[0]["Account"]["Name"]) == ("Acme 2026", "Acme")
        client.restful(f"sobjects/Opportunity/{ACME_2026}", method="PATCH", json={"NextStep": "Call"})
        changed = client.query("SELECT LastModifiedById FROM Opportunity WHERE NextStep = 'Call'")
        assert [r["LastModifiedById"] for r in changed["records"]] == [user]
        assert client.api_usage["api-usage"].total == 115_000


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Basic c2FuZGJveDpzYW5kYm94"])
def test_without_a_token_nothing_is_told(salesforce: Salesforce, header: str | None) -> None:
    recorded = json.loads((PAYLOADS / "error_bodies.json").read_text())["expired session (restforce)"]
    for path in ("limits", "sobjects/Opportunity", "no/such/thing"):
        answer = salesforce.call("GET", path, headers={"Authorization": header})
        assert (answer.status_code, answer.json()) == (401, recorded)


def test_a_token_can_expire_and_be_renewed(salesforce: Salesforce) -> None:
    assert salesforce.call("GET", "limits").status_code == 200
    salesforce.org.expire_sessions()
    assert refusal(salesforce.call("GET", "limits")) == (401, "INVALID_SESSION_ID", "Session expired or invalid")
    salesforce.log_in()
    assert salesforce.call("GET", "limits").status_code == 200


def test_the_versions_need_no_token(salesforce: Salesforce) -> None:
    listed = requests.get(f"{salesforce.url}/services/data", timeout=10).json()
    assert listed[0] == {"label": "Winter '11", "url": "/services/data/v20.0", "version": "20.0"}
    assert listed[-1] == {"label": "Summer '26", "url": "/services/data/v67.0", "version": "67.0"}
