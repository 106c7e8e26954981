"""The door to Salesforce over real HTTP: what is repeated, what is not, and what a failure says."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from urllib3.util.retry import Retry

from deployments.sandbox.salesforce.org import Client
from tasks.clients import READ_RETRIES, LimitReached, Refused, SalesforceDoor, Unavailable
from tests.company import Sandbox, running, settings_from

# The same retries, without the waiting between them.
AT_ONCE: Retry = READ_RETRIES.new(backoff_factor=0, backoff_jitter=0)
COMPOSITE = {
    "allOrNone": False,
    "compositeRequest": [
        {"method": "GET", "url": "/services/data/v67.0/query?q=SELECT+COUNT()+FROM+Opportunity", "referenceId": "r0"}
    ],
}


@pytest.fixture
def door(sandbox: Sandbox) -> SalesforceDoor:
    return SalesforceDoor(sandbox.settings, AT_ONCE)


def _get(door: SalesforceDoor) -> object:
    return door.json("limits")


def _post(door: SalesforceDoor) -> object:
    return door.json("composite", "POST", COMPOSITE)


def test_it_reads_and_counts(door: SalesforceDoor, sandbox: Sandbox) -> None:
    assert _post(door)["compositeResponse"][0]["body"]["totalSize"] > 60
    assert door.calls == 1
    assert door.usage[0] >= 1


def test_an_expired_session_is_renewed_once(door: SalesforceDoor, sandbox: Sandbox) -> None:
    sandbox.org(expire_sessions=True)

    assert _post(door)["compositeResponse"][0]["httpStatusCode"] == 200
    assert door.calls == 2


def test_a_session_refused_for_ever_is_an_error_after_two_requests(door: SalesforceDoor, sandbox: Sandbox) -> None:
    sandbox.fault("unauthorized", match={"path": "/services/data/.*"}, times=None)
    sandbox.forget_calls()

    with pytest.raises(Refused, match="INVALID_SESSION_ID"):
        _post(door)

    paths = [call["path"] for call in sandbox.calls()["calls"]]
    assert len([path for path in paths if "composite" in path]) == 2
    assert len([path for path in paths if "oauth2" in path]) == 1


@pytest.mark.parametrize(
    "kind",
    ["server_error", "unavailable", "rate_limited", "drop_before", "drop_after"],
)
def test_a_get_survives_two_failures(door: SalesforceDoor, sandbox: Sandbox, kind: str) -> None:
    sandbox.fault(kind, match={"path": ".*/limits"}, times=2, retry_after=0)

    assert _get(door)


@pytest.mark.parametrize(
    ("kind", "raises", "says"),
    [
        ("server_error", Unavailable, "Salesforce cannot answer now"),
        ("unavailable", Unavailable, "HTTP 503"),
        ("rate_limited", Unavailable, "Salesforce cannot answer now"),
        ("drop_before", Unavailable, "did not answer in full"),
        ("drop_after", Unavailable, "did not answer in full"),
        ("cut_body", Unavailable, "did not answer in full"),
        ("html", Unavailable, "did not answer in full"),
        ("limit_reached", LimitReached, "API calls are used up"),
    ],
)
def test_a_post_is_sent_once_and_says_what_happened(
    door: SalesforceDoor, sandbox: Sandbox, kind: str, raises: type[Exception], says: str
) -> None:
    sandbox.fault(kind, match={"path": ".*/composite"}, times=None)
    sandbox.forget_calls()

    with pytest.raises(raises, match=says):
        _post(door)

    assert sandbox.calls()["total"] == 1


def test_it_stops_before_the_orgs_last_calls_are_used(door: SalesforceDoor, sandbox: Sandbox) -> None:
    sandbox.org(daily_max=1000, used=950)

    with pytest.raises(LimitReached, match=r"951 of the org's 1,000 API calls .* RITUALS_SALESFORCE_DAILY_SHARE"):
        _get(door)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda door: door.json("query?q=SELECT+Nope+FROM+Opportunity"), "INVALID_FIELD.*read access to the field"),
        (lambda door: door.json("query?q=SELECT+Id+FROM+Nope"), "INVALID_TYPE.*read access to the object"),
        (lambda door: door.json("sobjects/Opportunity/006000000000000AAA"), "NOT_FOUND"),
    ],
)
def test_what_time_cannot_cure_is_refused_with_the_remedy(
    door: SalesforceDoor, ask: Callable[[SalesforceDoor], object], says: str
) -> None:
    with pytest.raises(Refused, match=f"(?s){says}"):
        ask(door)


def test_of_a_refused_query_the_reason_is_said_and_not_the_query(door: SalesforceDoor) -> None:
    with pytest.raises(Refused) as caught:
        door.json("query?q=SELECT+Id,+Nope+FROM+Opportunity")

    assert str(caught.value).startswith(
        "Salesforce refused (INVALID_FIELD: No such column 'Nope' on entity 'Opportunity'."
    )
    assert "SELECT" not in str(caught.value)


def test_a_wrong_secret_names_the_settings_and_not_the_secret(sandbox: Sandbox) -> None:
    wrong = settings_from({**sandbox.environment, "RITUALS_SALESFORCE_CLIENT_SECRET": "hush-wrong"})

    with pytest.raises(Refused) as caught:
        SalesforceDoor(wrong)

    assert "RITUALS_SALESFORCE_CLIENT_ID" in str(caught.value)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("kind", ["unavailable", "html"])
def test_a_login_that_cannot_answer_is_worth_another_try(sandbox: Sandbox, kind: str) -> None:
    sandbox.fault(kind, match={"path": "/services/oauth2/token"}, times=None)

    with pytest.raises(Unavailable, match="cannot answer now") as caught:
        SalesforceDoor(sandbox.settings, AT_ONCE)

    assert "<" not in str(caught.value)  # nothing of a maintenance page


@pytest.mark.parametrize("kind", ["server_error", "limit_reached", "rate_limited"])
def test_a_login_answered_by_a_list_is_worth_another_try_too(sandbox: Sandbox, kind: str) -> None:
    """The library reads any JSON as the answer of a login."""
    sandbox.fault(kind, match={"path": "/services/oauth2/token"}, times=None, retry_after=0)

    with pytest.raises(Unavailable, match=r"no login|cannot answer now"):
        SalesforceDoor(sandbox.settings, AT_ONCE)


@pytest.fixture(scope="module")
def key_pair() -> tuple[str, str]:
    """A private key and its public key, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize("written", ["over several lines", "in one line, as .env files have it"])
def test_a_private_key_logs_in_as_the_user_it_names(key_pair: tuple[str, str], written: str) -> None:
    private, public = key_pair
    with running(now=datetime.now(UTC), clients=(Client("app", "", public_key=public),)) as sandbox:
        given = settings_from(
            {
                **{k: v for k, v in sandbox.environment.items() if "SECRET" not in k},
                "RITUALS_SALESFORCE_USERNAME": "integrations@ourco.example",
                "RITUALS_SALESFORCE_PRIVATE_KEY": private if "several" in written else private.replace("\n", "\\n"),
            }
        )

        assert _get(SalesforceDoor(given, AT_ONCE))


def test_a_key_that_the_org_does_not_know_is_refused(key_pair: tuple[str, str]) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with running(now=datetime.now(UTC), clients=(Client("app", "", public_key=key_pair[1]),)) as sandbox:
        key = {"RITUALS_SALESFORCE_USERNAME": "integrations@ourco.example", "RITUALS_SALESFORCE_PRIVATE_KEY": pem}
        given = settings_from({**sandbox.environment, **key})

        with pytest.raises(Refused, match=r"invalid_grant.*RITUALS_SALESFORCE_CLIENT_ID") as caught:
            SalesforceDoor(given, AT_ONCE)

    assert "PRIVATE KEY-----" not in str(caught.value)


def test_a_closed_port_is_unavailable(sandbox: Sandbox) -> None:
    nobody = settings_from({**sandbox.environment, "RITUALS_SALESFORCE_URL": "http://127.0.0.1:9"})

    with pytest.raises(Unavailable, match="did not answer in full"):
        SalesforceDoor(nobody, AT_ONCE)
