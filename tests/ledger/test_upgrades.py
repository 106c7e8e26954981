"""A team that upgrades: its ledger was kept by an earlier version, and today's code goes on from there.

Each ledger was lived by the code of then (tests/payloads/ledgers). It is Tue 2026-11-24, 09:00 in Los Angeles.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from simple_salesforce.format import format_soql

from deployments.migrate import alembic_config, main, migrate
from tasks.clients import Refused
from tasks.ledger import Ledger, LedgerMissing
from tasks.ledger_database import REVISION
from tasks.ledger_tables import Table
from tasks.reports.post import lines
from tests.company import OFFICE
from tests.conftest import Install
from tests.databases import postgresql_copy
from tests.flows.runs import reports
from tests.ledger.live import DECIDER, FIRST, LOCKED, REASON, SECOND, UNDONE, Life, moment, outside, queried
from tests.ledger.processes import KILLED, in_processes, migration_killed
from tests.ledger.test_migrations import OWN
from tests.ledger.then import CarryOut, carrying_out
from tests.ledger.upgraded import REVISIONS, contents, everything, left, restore

REQUESTED = 2  # of the one customer with a codename; the first of them by the run that was killed
CRO, COBALT = "C0CRO", "Cobalt Insurance 2026"
SIGNED = {"loss_reason": REASON, "decided_by": DECIDER}
DECEMBER = datetime(2026, 12, 1, 7, 30, tzinfo=OFFICE)


@dataclass
class After:
    """The first day with today's code: what each run ended with, and what it left."""

    revision: str
    life: Life
    decided: str = ""
    undone: str = ""
    finished: str = ""
    booked: str = ""
    checked: str = ""
    filed: str = ""
    requested: str = ""
    talks: list[dict[str, Any]] = field(default_factory=list)

    def report(self, day: str) -> list[dict[str, Any]]:
        """The review's report of that day ("24 Nov") with its thread; there is one."""
        [found] = [one for one in reports(self.life.sandbox) if f"Pipeline review · {day} · " in one[0]["text"]]
        return found

    def said(self, day: str) -> str:
        """What its first message says."""
        return "\n".join(lines(self.report(day)[0]["blocks"]))

    def deal(self, name: str) -> dict[str, Any]:
        """The opportunity as it is in Salesforce now."""
        asked = format_soql("SELECT StageName, LastModifiedDate FROM Opportunity WHERE Name = {}", name)
        [found] = queried(self.life.sandbox, asked)
        return found


@contextmanager
def empty(kind: str, request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if kind == "sqlite":
        yield f"sqlite:///{home}/left.db"
    else:
        with postgresql_copy(request.getfixturevalue("postgresql"), "template0") as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of an empty database, of each kind in turn."""
    with empty(request.param, request, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def carry_out() -> Iterator[CarryOut]:
    """What carries out runs."""
    with carrying_out() as order:
        yield order


@pytest.fixture(
    scope="module",
    params=[
        *(f"sqlite {one}" for one in REVISIONS),
        *(pytest.param(f"postgresql {one}", marks=pytest.mark.slow) for one in REVISIONS[::2]),
    ],
)
def after(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, carry_out: CarryOut
) -> Iterator[After]:
    """A ledger of each earlier version, migrated, after the rituals of a day were run on it."""
    kind, _, revision = request.param.partition(" ")
    with ExitStack() as stack:
        url = stack.enter_context(empty(kind, request, tmp_path_factory.mktemp("upgraded")))
        restore(revision, url)
        migrate(url)
        day = After(revision, stack.enter_context(left(revision, url, carry_out)))
        _decisions(day)
        day.life.run("pipeline_review", moment(24, "09:15"))
        if revision >= "0002":
            _month(day)
        if revision >= "0003":
            _check(day)
        if revision >= "0004":
            drafts = sorted(contents(url, "request_draft", "key"))
            day.requested = day.life.run(
                "file_customer_request", moment(24, "13:30"), requests=drafts, decided_by=DECIDER
            )
        yield day


def _decisions(day: After) -> None:
    first, second, third = [name for _, name in sorted(contents(day.life.url, "proposal", "made_at", "id"))]
    run = day.life.run
    day.finished = run("close_opportunities", moment(24, "09:00"), proposal=second, opportunities=SECOND, **SIGNED)
    undo = {"proposal": first, "opportunities": [name for name in FIRST if name not in UNDONE], "undone_by": DECIDER}
    day.undone = run("undo_closure", moment(24, "09:05"), **undo)
    day.decided = run("close_opportunities", moment(24, "09:10"), proposal=third, opportunities=[COBALT], **SIGNED)


def _month(day: After) -> None:
    drafts = [talk for _, talk in sorted(contents(day.life.url, "talk", "place", "id"))]
    day.booked = day.life.run("book_coaching", moment(24, "09:20"), talks=drafts, decided_by=DECIDER)
    kept = "SELECT OwnerId, StartDateTime, CreatedDate FROM Event WHERE Subject LIKE 'Coaching%' AND IsChild = false"
    day.talks = queried(day.life.sandbox, kept)
    day.life.run("activity_review", DECEMBER)


def _check(day: After) -> None:
    [found] = contents(day.life.url, "checkup", "discrepancies")
    day.checked = day.life.run("salesforce_validation", moment(24, "13:00"))
    keys = [one["key"] for one in found][:3]
    day.filed = day.life.run("file_discrepancies", moment(24, "13:10"), findings=keys, decided_by=DECIDER)


def since(day: After, revision: str) -> None:
    """Skips what versions before that revision could not do."""
    if day.revision < revision:
        pytest.skip(f"what is kept since {revision}")


def test_a_proposal_that_nobody_decided_can_still_be_decided(after: After) -> None:
    assert after.decided.startswith("Completed: Closed 1 ($85k) by Marisol Vega 09:10, kept 4")
    assert after.deal(COBALT)["StageName"] == "Closed Lost"


def test_a_decision_can_still_be_undone_within_its_days_and_says_who_took_it(after: After) -> None:
    assert after.undone.startswith("Completed: Undone 1 ($52k) by Marisol Vega Tue 24 Nov 09:05")
    assert after.deal(FIRST[0])["StageName"] == "Proposal"
    parent, *_, decision, earlier, undo = after.report("Mon 16 Nov")
    assert "closed 2 by Marisol Vega Tue 17 Nov 10:00, kept 4, all undone" in parent["text"]
    assert decision["text"] == "Closed 2 ($70k) by Marisol Vega Tue 17 Nov 10:00, kept 4, all undone"
    assert earlier["text"].startswith("Undone 1 ($18k) by Marisol Vega Wed 18 Nov 09:00")
    assert undo["text"].startswith("Undone 1 ($52k)")


def test_a_write_without_an_answer_is_looked_for_and_not_sent_again(after: After) -> None:
    assert after.finished.startswith("Completed: Closed 2 ($162k) by Marisol Vega")
    assert after.deal(LOCKED) == {"StageName": "Closed Lost", "LastModifiedDate": "2026-11-23T19:00:00.000+0000"}


def test_what_was_written_then_is_not_written_again(after: After) -> None:
    assert after.deal(SECOND[0]) == {"StageName": "Closed Lost", "LastModifiedDate": "2026-11-23T18:00:00.000+0000"}


def test_a_report_and_a_reply_of_then_are_updated_in_place(after: After) -> None:
    parent, *thread = after.report("Mon 23 Nov")
    assert "closed 2 by Marisol Vega" in parent["text"]
    assert [one["text"][:16] for one in thread if one["text"].startswith("Closed")] == ["Closed 2 ($162k)"]
    assert "edited" in parent


def test_a_report_that_is_not_known_to_stand_is_found_and_completed(after: After) -> None:
    parent, *thread = after.report("Tue 24 Nov")
    assert parent["ts"] == "1795534080.000000"
    assert any(one["text"].startswith("To decide: the evidence") for one in thread)


def test_the_weekly_comparison_finds_the_review_before(after: After) -> None:
    assert "CHANGED since 23 Nov: open $" in after.said("Tue 24 Nov")
    assert "3 lost $247k (decided here)" in after.said("Tue 24 Nov")
    assert "LAST REVIEW " in after.said("Tue 24 Nov")


def test_a_talk_drafted_then_can_be_booked_and_one_that_was_sent_is_not_booked_twice(after: After) -> None:
    since(after, "0002")
    assert after.booked.count(": booked") == 2
    assert sorted(one["CreatedDate"][:16] for one in after.talks) == ["2026-11-23T20:10", "2026-11-24T17:20"]


def test_the_activity_review_finds_the_month_before(after: After) -> None:
    since(after, "0002")
    newest = reports(after.life.sandbox, CRO)[0][0]
    assert "over-contacted (23 Nov 16, 10 of them again)" in "\n".join(lines(newest["blocks"]))


def test_findings_of_then_are_known_and_not_new(after: After) -> None:
    since(after, "0003")
    assert after.checked.startswith("Completed: Salesforce check · no new problems, 23 known")


def test_a_finding_filed_then_is_not_filed_again(after: After) -> None:
    since(after, "0003")
    assert after.filed == "Completed: 1 filed, 2 already"
    assert len([one for one in outside(after.life.sandbox)["issues"] if "rituals:finding" in one["body"]]) == 3


def test_a_request_filed_then_is_not_filed_again(after: After) -> None:
    since(after, "0004")
    found = [one["body"] for one in outside(after.life.sandbox)["issues"] if "rituals:request" in one["body"]]
    assert len(found) == len(set(found)) == REQUESTED
    assert "The customer has no codename yet" in after.requested


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_command_brings_it_up_changes_nothing_that_was_kept_and_nothing_the_second_time(
    install: Install, url: str, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    restore(revision, url)
    before = everything(url)
    install({**OWN, "RITUALS_LEDGER_URL": url})

    assert main([]) == 0

    once = everything(url)
    assert {name: rows for name, rows in once.items() if name in before} == {**before, "alembic_version": [REVISION]}
    with Ledger(url, owner="test") as ledger, ledger.session() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), Table.metadata) == []
    assert main([]) == 0
    assert everything(url) == once
    assert f"already at revision {REVISION}" in capsys.readouterr().out


def test_a_migration_killed_anywhere_leaves_the_ledger_as_it_was_and_can_be_run_again(url: str) -> None:
    restore(REVISIONS[0], url)
    before, tables = everything(url), range(1, 11)

    assert in_processes(migration_killed, [[url, table] for table in (*tables, 0)]) == [KILLED] * 11

    assert everything(url) == before
    assert f"now at revision {REVISION} (was {REVISIONS[0]})" in migrate(url)


def test_a_run_on_a_ledger_that_is_not_migrated_refuses_and_writes_nothing(url: str, carry_out: CarryOut) -> None:
    revision = next(one for one in REVISIONS if one < REVISION)
    restore(revision, url)
    kept = everything(url)
    with left(revision, url, carry_out) as life:
        [*_, proposal] = sorted(contents(url, "proposal", "made_at", "id"))
        before, said = outside(life.sandbox), len(reports(life.sandbox))

        told = life.run("close_opportunities", moment(24, "09:10"), proposal=proposal[1], **SIGNED)
        review = life.run("pipeline_review", moment(24, "09:15"))

        assert (outside(life.sandbox), len(reports(life.sandbox))) == (before, said)
    sentence = f"is at revision {revision}, and this release needs {REVISION}: run `python -m deployments.migrate`"
    assert told.startswith("LedgerMissing: ")
    assert sentence in told
    assert sentence in review
    assert everything(url) == kept


def test_a_ledger_that_is_newer_than_the_code_is_refused_with_the_remedy(url: str) -> None:
    migrate(url)
    with Ledger(url, owner="test") as ledger, ledger.session() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    kept = everything(url)

    with pytest.raises(Refused, match=r"is at revision 9999, which this release does not know. Deploy the newest"):
        migrate(url)
    with Ledger(url, owner="test") as ledger, pytest.raises(LedgerMissing, match="with the newest release that uses"):
        ledger.check()
    assert everything(url) == kept


def test_each_revision_has_a_ledger_that_was_lived_with_it() -> None:
    """Whoever changes the tables adds one: see tests/payloads/ledgers/README.md."""
    every = {one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()}

    assert set(REVISIONS) >= every - {REVISION}
