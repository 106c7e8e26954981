"""A secret of the settings never leaves the process: not into a log, a state, an artifact, a message or the database.

Each secret is a canary, a text that occurs nowhere else. The runs end well and badly; then everything is searched.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.logging.handlers import APILogHandler
from prefect.settings import PREFECT_LOGGING_TO_API_ENABLED, PREFECT_SERVER_DATABASE_CONNECTION_URL, temporary_settings

from deployments.sandbox import environment
from deployments.sandbox.app import build as build_app
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.build import build as build_company
from deployments.sandbox.salesforce.org import Client, Org
from deployments.sandbox.server import serve
from flows.forms import PipelineReviewForm, ValidationForm
from tests.company import OFFICE, Sandbox
from tests.conftest import Install
from tests.flows.runs import POSTING, a_finding, artifacts, check, decide, file, proposal, reports, run

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

TABS = ValidationForm(objects=["Tabs"], records=False, dry_run=False)
CLIENT_SECRET, SLACK_TOKEN = "canary-client-secret-7d1f", "xoxb-canary-slack-token-93ab"
LEDGER_PASSWORD, GITHUB_TOKEN = "canary-ledger-password-51c0", "github_pat_canary-2b7e"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
PUBLIC = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
JWT = {
    "RITUALS_SALESFORCE_CLIENT_SECRET": "",
    "RITUALS_SALESFORCE_USERNAME": "sam@ourco.example",
    "RITUALS_SALESFORCE_PRIVATE_KEY": PEM,
}
# A line of the key is enough to recognise it, however its line ends are written.
CANARIES = {
    "client secret": CLIENT_SECRET,
    "Slack token": SLACK_TOKEN,
    "private key": PEM.splitlines()[5],
    "ledger password": LEDGER_PASSWORD,
    "GitHub token": GITHUB_TOKEN,
}


@dataclass(frozen=True)
class Trouble:
    """How a run goes: settings that differ, what goes wrong, what is asked for, and how it ends. One that `decides`
    comes after a review that went well, and one that `files` after a check that did."""

    ends: str
    says: str
    settings: tuple[tuple[str, str], ...] = ()
    form: PipelineReviewForm = POSTING
    break_it: Callable[[Sandbox], None] = lambda _: None
    decides: bool = False
    files: bool = False


def always(kind: str, path: str) -> Callable[[Sandbox], None]:
    return lambda sandbox: sandbox.fault(kind, match={"path": path}, times=None)


RUNS = {
    "ends well": Trouble("COMPLETED", "Pipeline review · "),
    "ends well, with a key": Trouble("COMPLETED", "Pipeline review · ", tuple(JWT.items())),
    "Salesforce refuses the secret": Trouble(
        "FAILED", "refused the login", (("RITUALS_SALESFORCE_CLIENT_SECRET", f"{CLIENT_SECRET}-old"),)
    ),
    "Salesforce refuses the key": Trouble(
        "FAILED", "refused the login", tuple({**JWT, "RITUALS_SALESFORCE_CLIENT_ID": "another app"}.items())
    ),
    "the key is no key": Trouble(
        "FAILED", "", tuple({**JWT, "RITUALS_SALESFORCE_PRIVATE_KEY": PEM.replace("BEGIN", "BEGINS")}.items())
    ),
    "Salesforce is down": Trouble("FAILED", "cannot answer", break_it=always("unavailable", "/services/data/.*")),
    "the login is cut off": Trouble("FAILED", "did not answer", break_it=always("drop_after", "/services/oauth2/.*")),
    "Slack refuses the token": Trouble("FAILED", "invalid_auth", (("RITUALS_SLACK_TOKEN", f"{SLACK_TOKEN}-old"),)),
    "Slack cuts off the report": Trouble("FAILED", "did not answer", break_it=always("cut_body", "/api/chat.*")),
    "an error in the middle": Trouble(
        "FAILED", "No open deal belongs", form=PipelineReviewForm(owner_or_team="Nobody", dry_run=False)
    ),
    "the ledger cannot be reached": Trouble(
        "FAILED",
        "cannot be reached",
        (("RITUALS_LEDGER_URL", f"postgresql://revenue:{LEDGER_PASSWORD}@127.0.0.1:1/ledger"),),
    ),
    "a decision ends well": Trouble("COMPLETED", "Closed 6", decides=True),
    "a decision's write is cut off": Trouble(
        "FAILED", "did not answer", break_it=always("drop_after", "/services/data/.*composite"), decides=True
    ),
    "a decision finds no ledger": Trouble(
        "FAILED",
        "cannot be reached",
        (("RITUALS_LEDGER_URL", f"postgresql://revenue:{LEDGER_PASSWORD}@127.0.0.1:1/ledger"),),
        decides=True,
    ),
    "filing ends well": Trouble("COMPLETED", "1 filed", files=True),
    "GitHub refuses the token": Trouble(
        "FAILED", "GitHub", (("RITUALS_GITHUB_TOKEN", f"{GITHUB_TOKEN}-old"),), files=True
    ),
    "GitHub cuts off the list": Trouble("FAILED", "GitHub", break_it=always("cut_body", "/github/.*"), files=True),
    "a setting is wrong": Trouble("FAILED", "RITUALS_SLACK_URL is wrong", (("RITUALS_SLACK_URL", SLACK_TOKEN),)),
}


@contextmanager
def company_with_canaries() -> Iterator[Sandbox]:
    """The small company of today, whose Salesforce and Slack know the canaries."""
    now = datetime.now(OFFICE)
    company = build_company(1, "small", now.date())
    (_, bot), *others = company.slack.tokens
    pat = replace(company.github.tokens[0], value=GITHUB_TOKEN)
    company = replace(
        company,
        slack=replace(company.slack, tokens=((SLACK_TOKEN, bot), *others)),
        github=replace(company.github, tokens=(pat, *company.github.tokens[1:])),
    )
    clock = Clock(lambda: now)
    org = Org(clock, clients=(Client("sandbox", CLIENT_SECRET, public_key=PUBLIC.decode()),))
    with serve(build_app(company, clock, org)) as address:
        told = environment.lines(address, company, org)
        yield Sandbox(address, dict(line.split("=", 1) for line in told))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with company_with_canaries() as sandbox:
        yield sandbox


def everything_told(state: State, sandbox: Sandbox, told: pytest.LogCaptureFixture) -> dict[str, str]:
    """All that a run has left anywhere, by where."""
    APILogHandler().flush()
    with get_client(sync_client=True) as client:
        kept = client.read_flow_run(state.state_details.flow_run_id)
    database = Path(PREFECT_SERVER_DATABASE_CONNECTION_URL.value().partition(":///")[2])
    with sqlite3.connect(database) as connection:  # what is still in the write-ahead log comes too
        rows = "\n".join(connection.iterdump())
    connection.close()
    sandbox.cure()
    return {
        "the log": told.text,
        "the state": f"{state!r} {state.message} {state.data!r}",
        "its name": kept.name,
        "the run": kept.model_dump_json(),
        "its artifacts": json.dumps(artifacts(state)),
        "the database": rows,
        "the messages": json.dumps(reports(sandbox)) if state.is_completed() else "",
    }


@pytest.mark.parametrize("trouble", RUNS.values(), ids=RUNS)
def test_no_secret_is_told(
    sandbox: Sandbox,
    install: Install,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    trouble: Trouble,
) -> None:
    install(sandbox.environment)
    proposed = proposal() if trouble.decides and run() else ""
    finding = a_finding() if trouble.files and check(TABS) else ""
    install({**sandbox.environment, **dict(trouble.settings)})
    trouble.break_it(sandbox)
    caplog.set_level("DEBUG")

    with temporary_settings({PREFECT_LOGGING_TO_API_ENABLED: True}):
        state = decide(proposed) if proposed else file(finding) if finding else run(trouble.form)
        told = everything_told(state, sandbox, caplog)
    told |= dict(zip(("standard output", "standard error"), capfd.readouterr(), strict=True))

    assert state.type.value == trouble.ends
    assert trouble.says in str(state.message)
    found = [
        f"{what} in {where}" for what, canary in CANARIES.items() for where, text in told.items() if canary in text
    ]
    assert found == []
    # The search looks in the right places: it finds what the run did say there.
    begun = f"Beginning flow run '{told.pop('its name')}'"
    assert all(begun in told[where].replace("''", "'") for where in ("the log", "the database"))
