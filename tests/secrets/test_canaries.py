"""Every secret of an installation is a canary, and every ritual runs in a process of its own under a real Prefect, well
and badly, with all loggers at DEBUG. Then everything that was left anywhere is searched."""

import base64
import itertools
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml
from psycopg import sql

from deployments.local_prefect import LocalPrefect, local_prefect
from deployments.postgres import Postgres
from deployments.sandbox.salesforce.org import Org
from tests.databases import postgresql_copy
from tests.secrets import canaries
from tests.secrets.canaries import Company, company_with_canaries, key_needles, needles

pytestmark = pytest.mark.prefect
ROOT = Path(__file__).parents[2]
LOUD = {
    "PREFECT_LOGGING_LEVEL": "DEBUG",
    "PREFECT_LOGGING_ROOT_LEVEL": "DEBUG",
    "PREFECT_LOGGING_TO_API_ENABLED": "true",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    # What libraries say goes to Prefect's database too.
    "PREFECT_LOGGING_EXTRA_LOGGERS": "urllib3,slack_sdk,simple_salesforce,github,httpx,httpcore,sqlalchemy",
}


STANDARD, DATABASE, LEDGER = "standard output and error", "Prefect's database", "the ledger"
SENT = "what Salesforce, Slack, GitHub and Zendesk were sent"
WELL, BADLY = "COMPLETED", "FAILED"


@dataclass(frozen=True)
class Left:
    """What a process left: how its runs ended, which rituals did so in Prefect's eyes, all texts by where they are,
    what must not be in them, and how often it was answered with what it had shown."""

    ended: Mapping[str, str]
    rituals: set[tuple[str, str]]
    told: Mapping[str, str]
    secrets: Mapping[str, set[str]]
    echoes: int

    def found(self) -> set[tuple[str, str]]:
        """Which secret is told where."""
        return {
            (what, where)
            for what, signs in self.secrets.items()
            for where, text in self.told.items()
            if any(sign in text for sign in signs)
        }


@pytest.fixture(scope="module")
def left(postgresql: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """After all runs. Prefect has ended by then, and written all that it was told."""
    home = tmp_path_factory.mktemp("canaries")
    log, results, database = home / "child.log", home / "results", home / "prefect.db"
    with postgresql_copy(postgresql) as ledger, company_with_canaries() as company:
        with local_prefect(home) as prefect:
            run_child({**prefect.environment, **LOUD, **settings(company, ledger)}, log, results)
        told = {
            STANDARD: log.read_text(encoding="utf-8", errors="replace"),
            DATABASE: prefects(database),
            "the server's log": (home / "prefect-server.log").read_text(encoding="utf-8", errors="replace"),
            LEDGER: ledgers(ledger),
            SENT: "\n".join(company.listener.heard),
        }
        ended = json.loads(results.read_text(encoding="utf-8"))
        yield Left(ended, rituals(database), told, secrets(ledger, prefect, company.org), company.listener.echoes)


def settings(company: Company, ledger: str) -> dict[str, str]:
    """Those that lead there, and what the child is to know besides."""
    told = {f"RITUALS_{name.upper()}": value for name, value in canaries.TOLD.items()}
    told["RITUALS_LEDGER_URL"] = f"postgresql://revenue:{canaries.TOLD_PASSWORD}@127.0.0.1:1/ledger"
    return {
        **company.environment, "RITUALS_LEDGER_URL": ledger, "RITUALS_ENV_FILE": "",
        "RITUALS_ZENDESK_OAUTH_TOKEN": canaries.ZENDESK_OAUTH, "SANDBOX_ADDRESS": company.address,
        "CANARY_KEY": canaries.PRIVATE_KEY, "TOLD_SETTINGS": json.dumps(told),
    }  # fmt: skip


def run_child(given: Mapping[str, str], log: Path, results: Path) -> None:
    """All that it says goes to `log`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RITUALS_", "PREFECT_"))}
    with log.open("wb") as said:
        subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.secrets.child", str(results)],
            cwd=ROOT,
            env={**own, **given},
            stdout=said,
            stderr=subprocess.STDOUT,
            timeout=280,
            check=True,
        )


def secrets(ledger: str, prefect: LocalPrefect, org: Org) -> dict[str, set[str]]:
    """By what each is, the signs that it was told."""
    return {
        **{what: needles(canary) for what, canary in canaries.ALL.items()},
        "private key": key_needles(),
        "Salesforce session": {token.partition("!")[2][:12] for token in org._sessions},
        "ledger password": needles(str(urlsplit(ledger).password)),
        "Prefect password": needles(prefect.auth.partition(":")[2]),
    }


def prefects(database: Path) -> str:
    """All rows, and the bytes of its files as they are."""
    with closing(sqlite3.connect(database)) as connection:
        rows = "\n".join(connection.iterdump())
    return rows + "".join(file.read_bytes().decode(errors="replace") for file in database.parent.glob("prefect.db*"))


def rituals(database: Path) -> set[tuple[str, str]]:
    """Which flows Prefect knows to have ended how."""
    with closing(sqlite3.connect(database)) as connection:
        asked = "SELECT f.name, r.state_type FROM flow_run r JOIN flow f ON f.id = r.flow_id"
        return {(name, ended) for name, ended in connection.execute(asked)}


def ledgers(url: str) -> str:
    """All rows of all tables."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        asked = [sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)) for (name,) in tables]
        return "\n".join(row for query in asked for (row,) in connection.execute(query))


def test_no_secret_is_told_anywhere(left: Left) -> None:
    assert left.found() == set()


def test_every_ritual_that_is_deployed_ran_well_and_badly(left: Left) -> None:
    deployed = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    names = {one["entrypoint"].rpartition(".")[2].replace("_", "-") for one in deployed}

    assert left.rituals >= {(name, ended) for name in names for ended in (WELL, BADLY)}
    assert {name for name, ended in left.ended.items() if ended == WELL} == {
        name for name in left.ended if ":" not in name
    }


@pytest.mark.parametrize(
    ("where", "said"),
    [
        pytest.param(STANDARD, f"| {library}", id=library)
        for library in ("slack_sdk.web.base_client - ", "urllib3.connectionpool - ", "httpx - ", "httpcore.http11 - ",
                        "websockets.client - ")
    ]
    + [(STANDARD, "stumbled over ['[secret]'"), (DATABASE, "stumbled over [''[secret]''")]
    + [(DATABASE, "slack_sdk.web.base_client"), (DATABASE, "urllib3.connectionpool"), (DATABASE, "denied: ")]
    + [(LEDGER, "pipeline-review:"), (SENT, "Pipeline review "), (SENT, "/zendesk/api/v2/tickets.json?")]
    + [(SENT, "Hosts stay offline after a restart of the server")],
)  # fmt: skip
def test_the_search_looks_where_something_is_said(left: Left, where: str, said: str) -> None:
    assert said in left.told[where]


def test_the_doors_did_answer_with_what_they_were_shown(left: Left) -> None:
    assert left.echoes > len([name for name in left.ended if "tells" in name])


@pytest.mark.parametrize("where", [STANDARD, DATABASE])
def test_what_is_told_on_purpose_is_found(left: Left, where: str) -> None:
    """The last run was not guarded, and failed with the secrets of its settings in its words."""
    told = {**canaries.TOLD, "ledger password": canaries.TOLD_PASSWORD}
    purposely = replace(left, secrets={what: needles(secret) for what, secret in told.items()})

    assert {what for what, there in purposely.found() if there == where} == set(told)


def test_a_secret_that_was_sent_or_kept_would_be_found(left: Left) -> None:
    """In whatever place, of whatever kind, behind a user's name in base64, and cut off."""
    shown = {
        what: [
            f"said {canary}",
            f"Basic {base64.b64encode(f'user:{canary}'.encode()).decode()}",
            f"said {canary[:20]}…",
        ]
        for what, canary in canaries.ALL.items()
    }
    for what, texts in shown.items():
        for where, text in itertools.product(left.told, texts):
            leaking = replace(left, told={where: f"{left.told[where][:9999]} {text}"})
            assert (what, where) in leaking.found()
