"""Giving a customer a codename from end to end: the flow, a Prefect server, Salesforce, both repositories, a ledger."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from deployments.sandbox.company.github import GITHUB
from flows.assign_codename import assign_codename
from flows.feedback_forms import CodenameForm
from tasks.ledger_feedback import Codenames
from tasks.runs import remembered
from tasks.settings import settings
from tests.company import Sandbox
from tests.conftest import Install
from tests.flows.runs import artifacts

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

PRIVATE, PUBLIC = "acme/confidential", "acme/product"
BEFORE = {label.name for repository in GITHUB.repositories for label in repository.labels}
KIRA = "Kira Sandoval"  # of support, one of those who may file


def assign(account: str, *, by: str = KIRA, dry_run: bool = False) -> Any:
    """Ask for a codename as a person would who fills in the form; the run's final state."""
    return assign_codename(CodenameForm(account=account, decided_by=by, dry_run=dry_run), return_state=True)


def names() -> dict[str, str]:
    """What the ledger has."""
    with remembered(settings()) as memory:
        return Codenames(memory).all()


def labels(sandbox: Sandbox, repository: str) -> dict[str, str]:
    """The codename labels there that the company did not begin with, with their descriptions."""
    token = {"Authorization": f"Bearer {sandbox.environment['RITUALS_GITHUB_TOKEN']}"}
    url = f"{sandbox.address}/github/repos/{repository}/labels?per_page=100"
    there = requests.get(url, headers=token, timeout=10).json()
    codenames = {one["name"]: one["description"] for one in there if one["name"].startswith("customer-")}
    return {name: said for name, said in codenames.items() if name not in BEFORE}


def test_a_customer_gets_a_codename_and_keeps_it(installed: Sandbox) -> None:
    states = [assign(" umbrella "), assign(next(iter(names())))]

    [(account, name)] = names().items()
    assert [state.message for state in states] == [f"{name} given", f"{name} as before"]
    assert labels(installed, PRIVATE) == {f"customer-{name.lower()}": "Umbrella"}
    assert labels(installed, PUBLIC) == {f"customer-{name.lower()}": "A customer who stays anonymous"}
    assert f"Umbrella ({account}) is {name}." in artifacts(states[0])["codename"]
    assert "as before" in artifacts(states[1])["codename"]


def test_a_customer_to_whom_people_gave_a_codename_keeps_it(installed: Sandbox) -> None:
    state = assign("Nimbus Cloud")

    assert (state.message, list(names().values())) == ("Eurydike as before", ["Eurydike"])
    assert (labels(installed, PRIVATE), labels(installed, PUBLIC)) == ({}, {})


def test_a_dry_run_writes_nothing_and_shows_what_it_would(installed: Sandbox) -> None:
    state = assign("Umbrella", dry_run=True)

    assert state.is_completed()
    assert "would be given a name such as" in artifacts(state)["codename"]
    assert (names(), labels(installed, PRIVATE), labels(installed, PUBLIC)) == ({}, {}, {})


def test_a_lost_answer_is_looked_up_and_nothing_is_made_twice(installed: Sandbox) -> None:
    for repository in (PRIVATE, PUBLIC):
        installed.fault("drop_after", match={"path": f"/github/repos/{repository}/labels", "method": "POST"})

    assert assign("Umbrella").is_completed()
    assert [len(labels(installed, one)) for one in (PRIVATE, PUBLIC)] == [1, 1]


def test_where_salesforce_cannot_tell_who_else_there_is_no_name_is_given(installed: Sandbox) -> None:
    account = account_id(installed)
    installed.fault("server_error", match={"path": "/services/data/.*", "nth": 2}, times=None)

    state = assign(account)

    assert state.is_failed()
    assert "Salesforce" in str(state.message)
    assert (names(), labels(installed, PUBLIC)) == ({}, {})


def account_id(sandbox: Sandbox) -> str:
    """That of a customer, from the settings."""
    channels: Mapping[str, str] = json.loads(sandbox.environment["RITUALS_SLACK_CUSTOMER_CHANNELS"])
    return channels["C0UMBRELLA"]


@pytest.mark.parametrize(
    ("account", "by", "other", "why"),
    [
        ("Umbrella", "Tom Okafor", {}, "Tom Okafor may not assign codenames"),
        ("O'Hara \\ Söhne", KIRA, {}, "Salesforce shows no account 'O'Hara"),
        ("Umbrella", KIRA, {"FEEDBACK__PUBLIC_REPOSITORY": PRIVATE}, "acme/confidential is not public on GitHub"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_one_sentence(
    installed: Sandbox, install: Install, account: str, by: str, other: Mapping[str, str], why: str
) -> None:
    install({**installed.environment, **{f"RITUALS_{name}": value for name, value in other.items()}})

    state = assign(account, by=by)

    assert state.is_failed()
    assert (
        str(state.message).removeprefix("Flow run encountered an exception: ").removeprefix("Refused: ").startswith(why)
    )
    assert names() == {}
