"""python -m tests.ledger.live DIR: a week of the pretend company, lived by the code that this is run with, and written
down as DIR/r000N.sql, the ledger, and DIR/r000N.json, what it left outside. Runs with the code of earlier versions: see
`tests/payloads/ledgers/README.md`.

From Mon 2026-11-16 on Los Angeles' clock. What this version cannot do yet is left out.
"""

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests
from simple_salesforce.format import format_soql

from deployments.migrate import migrate
from deployments.sandbox.company.build import build
from tasks.clients import SalesforceDoor, slack_reader
from tasks.ledger_database import REVISION
from tasks.salesforce_writes import OpportunityWriter
from tests.company import OFFICE, Sandbox, running
from tests.ledger.then import CarryOut, Run, carrying_out

DECIDER, REASON = "Marisol Vega", "No response"
FIRST, UNDONE = ["Redwood University campus 2026", "Juniper Robotics pilot 2026"], ["Juniper Robotics pilot 2026"]
SECOND, LOCKED = ["Acme 2026", "Larkspur Media 2026"], "Larkspur Media 2026"
ELSEWHERE = {"RITUALS_SALESFORCE_LINK_URL": "https://acme.my.salesforce.com"}


def moment(day: int, clock: str) -> datetime:
    """That day of November 2026 on the office's clock ("07:28")."""
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}").replace(tzinfo=OFFICE)


@dataclass
class Life:
    """A company and a ledger at `url` through the days; `told` is what each run ended with."""

    sandbox: Sandbox
    url: str
    carry_out: CarryOut
    told: list[str] = field(default_factory=list)

    def run(self, ritual: str, now: datetime, *, killed_at: str = "", time: int = 1, **form: Any) -> str:
        """That ritual, for real, at that moment."""
        self.set_clock(now)
        settings = {**self.sandbox.environment, **ELSEWHERE, "RITUALS_LEDGER_URL": self.url}
        asked = {"dry_run": False, **form}
        self.told.append(self.carry_out(Run(ritual, asked, settings, now, f"run-{now:%d-%H%M}", killed_at, time)))
        return self.told[-1]

    def set_clock(self, now: datetime) -> None:
        """The company's clock."""
        self.order("clock", now=now.isoformat())

    def order(self, control: str, **wanted: Any) -> None:
        """One of the sandbox's controls."""
        requests.post(f"{self.sandbox.address}/__sandbox__/{control}", json=wanted, timeout=60).raise_for_status()

    def column(self, sql: str) -> list[Any]:
        """The first column of a query of the ledger, a file of SQLite."""
        with sqlite3.connect(self.url.removeprefix("sqlite:///")) as connection:
            return [value for (value, *_) in connection.execute(sql)]


@contextmanager
def company(now: datetime) -> Iterator[Sandbox]:
    """The pretend company whose story is told as of that day, at that moment."""
    with running(build(1, "small", now.date()), now) as sandbox:
        yield sandbox


def lived(life: Life) -> None:
    """From Monday to Tuesday of the week after."""
    if REVISION >= "0004":
        _a_morning(life)
    life.run("pipeline_review", moment(16, "07:28"))
    _a_decision(life)
    life.set_clock(moment(23, "07:00"))
    life.order("week")
    life.run("pipeline_review", moment(23, "07:28"))
    _half_a_decision(life)
    if REVISION >= "0002":
        _a_month(life)
    if REVISION >= "0003":
        _a_check(life)
    life.run("pipeline_review", moment(24, "07:28"), killed_at="finish:before")


def _a_morning(life: Life) -> None:
    life.run("feedback_sweep", moment(16, "07:00"))
    life.run("assign_codename", moment(16, "07:05"), account="Orchid Telecom", decided_by=DECIDER)
    drafts = life.column("SELECT key FROM request_draft ORDER BY key")
    filing = {"requests": drafts, "decided_by": DECIDER}
    life.run("file_customer_request", moment(16, "07:10"), killed_at="finish:before", **filing)


def _a_decision(life: Life) -> None:
    """Two closed, and one of them undone."""
    order = _order(life, FIRST)
    life.run("close_opportunities", moment(17, "10:00"), **order)
    undo = {"proposal": order["proposal"], "opportunities": UNDONE, "undone_by": DECIDER}
    life.run("undo_closure", moment(18, "09:00"), **undo)


def _half_a_decision(life: Life) -> None:
    """One closed, the other locked; that one is then closed by a run that dies of it."""
    order = _order(life, SECOND)
    life.order("org", locked_times={record_of(life.sandbox, LOCKED): 30})
    life.run("close_opportunities", moment(23, "10:00"), **order)
    life.order("org", locked_times={})
    life.run("close_opportunities", moment(23, "11:00"), killed_at="finish:before", **order)


def _order(life: Life, names: list[str]) -> dict[str, Any]:
    proposal = life.column("SELECT id FROM proposal ORDER BY made_at")[-1]
    return {"proposal": proposal, "opportunities": names, "loss_reason": REASON, "decided_by": DECIDER}


def _a_month(life: Life) -> None:
    """A review that drafts talks; the first is booked by a run that dies of it."""
    life.run("activity_review", moment(23, "12:00"))
    talks = life.column("SELECT id FROM talk ORDER BY place")
    booking = {"talks": talks[:1], "decided_by": DECIDER}
    life.run("book_coaching", moment(23, "12:10"), killed_at="finish:before", **booking)


def _a_check(life: Life) -> None:
    life.run("salesforce_validation", moment(23, "13:00"))
    [found] = life.column("SELECT discrepancies FROM checkup")
    filing = {"findings": [one["key"] for one in json.loads(found)][:3], "decided_by": DECIDER}
    life.run("file_discrepancies", moment(23, "13:10"), killed_at="finish:before", time=2, **filing)


def record_of(sandbox: Sandbox, name: str) -> str:
    """The id of the opportunity of that name."""
    return str(queried(sandbox, format_soql("SELECT Id FROM Opportunity WHERE Name = {}", name))[0]["Id"])


def queried(sandbox: Sandbox, soql: str) -> list[dict[str, Any]]:
    """What Salesforce answers, without its own words about each record."""
    found = SalesforceDoor(sandbox.settings).json(f"query?q={quote(soql)}")["records"]
    return [{name: value for name, value in record.items() if name != "attributes"} for record in found]


def outside(sandbox: Sandbox) -> dict[str, Any]:
    """What the runs left in Salesforce, in Slack and on GitHub, as their APIs tell it."""
    us = OpportunityWriter(SalesforceDoor(sandbox.settings), sandbox.settings).us
    return {
        "opportunities": queried(
            sandbox,
            format_soql(
                "SELECT Id, StageName, Loss_Reason__c, LastModifiedDate FROM Opportunity "
                "WHERE LastModifiedById = {} ORDER BY LastModifiedDate",
                us,
            ),
        ),
        "events": queried(
            sandbox,
            format_soql(
                "SELECT OwnerId, Subject, Description, StartDateTime, DurationInMinutes, CreatedDate FROM Event "
                "WHERE CreatedById = {} AND IsChild = false ORDER BY CreatedDate",
                us,
            ),
        ),
        "messages": list(_messages(sandbox)),
        "issues": _issues(sandbox),
    }


def _messages(sandbox: Sandbox) -> Iterator[dict[str, Any]]:
    client = slack_reader(sandbox.settings)
    kept = ("ts", "thread_ts", "text", "metadata")  # what a thread says was said in full, and is of no use here
    listed = client.conversations_list(types="public_channel,private_channel", limit=999)["channels"]
    for channel in [one for one in listed if one["is_member"]]:
        history = client.conversations_history(channel=channel["id"], include_all_metadata=True, limit=999)["messages"]
        for parent in [one for one in reversed(history) if one.get("metadata")]:
            thread = client.conversations_replies(channel=channel["id"], ts=parent["ts"], include_all_metadata=True)
            for one in thread["messages"]:
                if one.get("metadata"):
                    more = {} if one is not thread["messages"][0] else {"blocks": one["blocks"]}
                    yield {"channel": channel["id"], **{name: one[name] for name in kept if name in one}, **more}


def _issues(sandbox: Sandbox) -> list[dict[str, Any]]:
    repositories = [name for key, name in sandbox.environment.items() if key.endswith("_REPOSITORY")]
    token = {"Authorization": f"Bearer {sandbox.environment.get('RITUALS_GITHUB_TOKEN')}"}
    found = []
    for repository in repositories:
        url = f"{sandbox.address}/github/repos/{repository}/issues?state=all&direction=asc&per_page=100"
        ours = [one for one in requests.get(url, headers=token, timeout=10).json() if "<!-- rituals:" in one["body"]]
        found += [
            {
                "repository": repository,
                "title": one["title"],
                "body": one["body"],
                "labels": [label["name"] for label in one["labels"]],
            }
            for one in ours
        ]
    return found


def written_down(life: Life, where: Path) -> None:
    """The ledger as SQL and what is outside as JSON, with no address of this machine."""
    with sqlite3.connect(life.url.removeprefix("sqlite:///")) as connection:
        sql = "\n".join(connection.iterdump())
    told = ",\n".join(f'"{name}": [\n{_lines(found)}\n]' for name, found in outside(life.sandbox).items())
    for name, text in ((f"r{REVISION}.sql", sql), (f"r{REVISION}.json", f"{{\n{told}\n}}")):
        (where / name).write_text(
            text.replace(life.sandbox.address, "https://pretend.example") + "\n", encoding="utf-8"
        )


def _lines(found: list[dict[str, Any]]) -> str:
    return ",\n".join(json.dumps(one, ensure_ascii=False) for one in found)


def main() -> None:
    """Live, and write it down."""
    with ExitStack() as stack:
        home, carry_out = stack.enter_context(tempfile.TemporaryDirectory()), stack.enter_context(carrying_out())
        sandbox = stack.enter_context(company(moment(16, "06:55")))
        life = Life(sandbox, f"sqlite:///{home}/ledger.db", carry_out)
        migrate(life.url)
        lived(life)
        sys.stdout.write("\n".join([*life.told, ""]))
        written_down(life, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
