"""Filing customer requests from end to end: the flow, a Prefect server, Salesforce, GitHub, Slack and a ledger."""

from collections.abc import Mapping
from typing import Any

import pytest

from flows.feedback_forms import RequestForm
from flows.file_customer_request import file_customer_request
from tests.company import Sandbox
from tests.conftest import Install
from tests.drafted import DASHBOARD, PRIVATE, RESTARTS, codename, issues, keep, replies
from tests.flows.runs import artifacts

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

KIRA = "Kira Sandoval"  # of support, one of those who may file


@pytest.fixture
def drafted(installed: Sandbox) -> Sandbox:
    """The sweep of this morning drafted two requests, of customers with codenames."""
    keep(installed)
    return installed


def file(*requests: str, by: str = KIRA, dry_run: bool = False, tell_customer: bool = True, **own: str) -> Any:
    """Have requests filed as a person would who fills in the form that the report's button opens; the final state."""
    asked = RequestForm(requests=list(requests), decided_by=by, dry_run=dry_run, tell_customer=tell_customer, **own)
    return file_customer_request(asked, return_state=True)


def test_requests_become_issues_and_their_customers_are_told_once(drafted: Sandbox) -> None:
    states = [file(RESTARTS, DASHBOARD), file(RESTARTS)]

    assert [state.message for state in states] == [
        "2 filed, 2 told to the customer",
        "1 already, 1 told to the customer",
    ]
    first, second = issues(drafted)
    assert first["title"] == "Hosts stay offline after a restart of the server"
    assert [label["name"] for label in first["labels"]] == ["customer request", f"customer-{codename('C0UMBRELLA')}"]
    assert [len(replies(drafted, channel)) for channel in ("C0UMBRELLA", "C0VANTAGE")] == [1, 1]
    assert first["html_url"] in replies(drafted, "C0UMBRELLA")[0]
    said = artifacts(states[0])["customer-requests"]
    assert "Ordered by Kira Sandoval:" in said
    assert f"filed #{first['number']}: Hosts stay offline" in said
    assert f"told to the customer #{second['number']}" in said
    again = artifacts(file(RESTARTS, dry_run=True))["customer-requests"]
    assert (f"already #{first['number']}: " in again, "would be told" in again) == (True, False)


def test_a_lost_answer_is_looked_up_and_nothing_is_said_or_filed_twice(drafted: Sandbox) -> None:
    drafted.fault("drop_after", match={"path": "/github/repos/.*/issues", "method": "POST"})
    drafted.fault("drop_after", match={"path": "/api/chat.postMessage"})

    assert file(RESTARTS, DASHBOARD).message == "2 filed, 2 told to the customer"
    assert len(issues(drafted)) == 2
    assert [len(replies(drafted, channel)) for channel in ("C0UMBRELLA", "C0VANTAGE")] == [1, 1]


def test_one_that_tells_who_the_customer_is_is_refused_and_stops_no_other(drafted: Sandbox) -> None:
    keep(drafted, {RESTARTS: "Umbrella cannot restart"})

    state = file(RESTARTS, DASHBOARD)

    assert (state.is_failed(), len(issues(drafted)), replies(drafted, "C0UMBRELLA")) == (True, 1, [])
    assert str(state.message).startswith(
        "1 of 2 could not be filed, the first: Umbrella cannot restart: The title holds"
    )
    assert len(replies(drafted, "C0VANTAGE")) == 1
    assert "refused: Umbrella cannot restart (The title holds" in artifacts(state)["customer-requests"]


def test_a_persons_own_words_replace_those_that_were_drafted(drafted: Sandbox) -> None:
    keep(drafted, {RESTARTS: "Umbrella cannot restart"})

    assert file(RESTARTS, title="Hosts do not come back", text="Since **4.61**.", tell_customer=False).is_completed()
    [issue] = issues(drafted)
    assert issue["title"] == "Hosts do not come back"
    assert issue["body"].startswith("Since **4.61**.\n\nAsked for by `customer-")
    assert replies(drafted, "C0UMBRELLA") == []


def test_a_dry_run_writes_nothing_and_shows_what_everybody_would_read(drafted: Sandbox) -> None:
    state = file(RESTARTS, "c0ffee", dry_run=True)

    said = artifacts(state)["customer-requests"]
    assert state.is_completed()
    assert "would be filed: Hosts stay offline after a restart of the server" in said
    assert "would be told to the customer: Hosts stay offline" in said
    assert "No request 'c0ffee' is remembered" in said
    assert "Hosts do not come back when the server restarts." in said
    assert f"Labels: customer request, customer-{codename('C0UMBRELLA')}" in said
    assert (issues(drafted), replies(drafted, "C0UMBRELLA")) == ([], [])


def test_a_request_that_nobody_remembers_stops_no_other(drafted: Sandbox) -> None:
    state = file("c0ffee", RESTARTS)

    assert (state.name, len(issues(drafted))) == ("Refused", 1)
    assert "No request 'c0ffee' is remembered" in str(state.message)


def test_where_a_customer_cannot_be_told_what_is_filed_stays_and_the_run_fails(drafted: Sandbox) -> None:
    drafted.fault("server_error", match={"path": "/api/chat.postMessage"}, times=None)

    state = file(RESTARTS)

    assert (state.is_failed(), len(issues(drafted))) == (True, 1)
    assert str(state.message).startswith("1 of 1 could not be told, the first: Hosts stay offline")
    assert "filed #" in artifacts(state)["customer-requests"]
    drafted.cure()
    assert file(RESTARTS).message == "1 already, 1 told to the customer"
    assert len(replies(drafted, "C0UMBRELLA")) == 1


@pytest.mark.parametrize(
    ("requests", "by", "other", "why"),
    [
        ([RESTARTS], "Tom Okafor", {}, "Tom Okafor may not file customer requests"),
        (["c0ffee"], KIRA, {}, "No request 'c0ffee' is remembered"),
        ([RESTARTS], KIRA, {"FEEDBACK__PUBLIC_REPOSITORY": PRIVATE}, f"{PRIVATE} is not public on GitHub"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_one_sentence(
    drafted: Sandbox, install: Install, requests: list[str], by: str, other: Mapping[str, str], why: str
) -> None:
    install({**drafted.environment, **{f"RITUALS_{name}": value for name, value in other.items()}})

    state = file(*requests, by=by)

    assert state.is_failed()
    assert str(state.message).startswith(why)
    assert issues(drafted) == issues(drafted, PRIVATE) == []
