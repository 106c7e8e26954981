"""The pretend company has a Zendesk: its settings lead there, its calls are counted, its faults are its own."""

from dataclasses import replace

import pytest
import requests

from deployments.sandbox.calls import system_of
from deployments.sandbox.company.zendesk import INTEGRATION, TOKEN, ZENDESK
from deployments.sandbox.fault_answers import ZENDESK as ANSWERS
from tests.company import running
from tests.faults.small_company import small_company
from tests.support_alone import Support

ANSWERED = {
    "unauthorized": (401, {"error": "Couldn't authenticate you"}),
    "limit_reached": (429, "APIRateLimitExceeded"),
    "rate_limited": (429, "Number of allowed API requests per minute exceeded"),
    "server_error": (500, "InternalServerError"),
    "unavailable": (503, "<h1>503 Service Unavailable</h1>"),
    "html": (200, "Please log in."),
}


def test_the_settings_lead_to_it_and_its_calls_are_counted() -> None:
    with running(replace(small_company(), zendesk=ZENDESK)) as sandbox:
        config = sandbox.settings
        assert (config.zendesk_email, config.zendesk_token.get_secret_value()) == (INTEGRATION, TOKEN)
        login = (f"{INTEGRATION}/token", TOKEN)
        [ticket] = requests.get(f"{config.zendesk_url}/api/v2/tickets.json", auth=login, timeout=5).json()["tickets"]

        assert ticket["status"] == "solved"
        assert sandbox.calls()["by_system"] == {"salesforce": 0, "slack": 0, "zendesk": 1}


def test_a_company_without_one_has_no_settings_for_it() -> None:
    with running(small_company()) as sandbox:
        assert not [name for name in sandbox.environment if "ZENDESK" in name]


@pytest.mark.parametrize("kind", ANSWERED)
def test_its_faults_look_like_its_own(support: Support, kind: str) -> None:
    status, said = ANSWERED[kind]
    support.fault(kind, "/zendesk/.*")

    answer = support.ask("/tickets.json")

    assert answer.status_code == status
    assert said == answer.json() if isinstance(said, dict) else said in answer.text
    assert ("Retry-After" in answer.headers) == (kind == "rate_limited")
    assert support.ask("/tickets.json").status_code == 200


def test_every_fault_that_is_answered_has_an_answer() -> None:
    assert set(ANSWERS) == set(ANSWERED) - {"unavailable", "html"}
    assert system_of("/zendesk/api/v2/tickets.json") == "zendesk"


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "cut_body"])
def test_a_connection_is_cut_before_or_after_the_ticket_is_made(support: Support, kind: str) -> None:
    support.fault(kind, "/zendesk/.*")
    sent = {"ticket": {"subject": "x", "comment": {"body": "x"}}}

    with pytest.raises(requests.RequestException):
        support.ask("/tickets.json", "POST", json=sent).json()

    assert len(support.tickets()) == (kind != "drop_before")
