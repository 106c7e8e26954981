"""The monthly Salesforce check from end to end: the real flow, a Prefect server, Salesforce and Slack over HTTP."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.states import State

from flows.forms import ValidationForm
from tasks.clients import SalesforceDoor
from tasks.expectation_files import ours
from tasks.ledger_checkups import Checkups, Links
from tasks.rules.verdicts import Checkup
from tasks.runs import remembered
from tasks.settings import settings
from tests.company import OFFICE, Sandbox
from tests.conftest import Install
from tests.flows.runs import artifacts, check, reports
from tests.known_deviations import DEVIATIONS

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once", "only_reads_salesforce")]

DRY, POSTING = ValidationForm(), ValidationForm(dry_run=False)
QUICK = ValidationForm(dry_run=False, records=False, objects=["Tabs", "Lead"])


def today() -> Any:
    return datetime.now(OFFICE).date()


def kept(scope: str = "all") -> Checkup | None:
    """What the newest check of that scope left in the ledger."""
    with remembered(settings()) as memory:
        return Checkups(memory).latest(scope)


def a_month_ago(scope: str = "all", **changed: Any) -> None:
    """The check that was just made becomes that of 30 days ago, but for what is `changed` in it."""
    made = kept(scope)
    assert made is not None
    with remembered(settings()) as memory:
        Checkups(memory).keep(replace(made, day=today() - timedelta(days=30), **changed))


def said(thread: list[dict[str, Any]]) -> list[str]:
    """Where each message of a thread stands; the page is put there anew, as it says when it was made."""
    return [message["ts"] for message in thread if not message.get("files")]


def judged(state: State[Any]) -> list[dict[str, str]]:
    """The rows of the run's table."""
    return list(json.loads(artifacts(state)["expectations"]))


def test_it_posts_one_report_with_its_thread_and_its_page(installed: Sandbox) -> None:
    state = check(POSTING)

    assert state.is_completed(), state.message
    [[parent, *thread]] = reports(installed)
    assert re.match(r"Salesforce check · first check: \d+ problems", parent["text"])
    assert [file["name"] for reply in thread for file in reply.get("files", [])] == [f"salesforce-check-{today()}.html"]
    found = kept()
    assert found is not None
    assert len(found.discrepancies) >= len(DEVIATIONS)
    assert {one.first_seen for one in found.discrepancies} == {today()}


def test_a_dry_run_posts_and_remembers_nothing_and_leaves_report_and_table_in_the_run(installed: Sandbox) -> None:
    state = check(DRY)

    assert state.message == "Dry run: the report is in the artifacts, nothing was posted."
    assert (reports(installed), kept()) == ([], None)
    left = artifacts(state)["salesforce-check"]
    assert "Salesforce check" in left
    assert re.search(r"Salesforce: 3\d API calls \(REST\)", left)
    assert Counter(row["verdict"] for row in judged(state)).keys() == {"as expected", "differs", "needs eyes"}


def test_a_second_run_of_the_same_day_updates_the_report_in_place(installed: Sandbox) -> None:
    check(QUICK)
    first = reports(installed)

    check(QUICK)

    again = reports(installed)
    assert [said(thread) for thread in again] == [said(thread) for thread in first]
    assert "updated" in str(again[0][0]["blocks"])


def test_what_the_check_before_found_is_known_and_what_is_gone_is_fixed(installed: Sandbox) -> None:
    scope = "Tabs, Lead, no records"
    check(QUICK)
    found = kept(scope)
    assert found is not None
    [rating] = [one for one in found.discrepancies if one.object == "Lead"]
    view = next(iter(set(found.statuses) - {one.expectation_key for one in found.discrepancies}))
    mended = replace(rating, key="000000000000", expectation_key=view, said="the view was private")
    a_month_ago(scope, discrepancies=(replace(rating, first_seen=today() - timedelta(days=30)), mended))

    check(QUICK)

    now = kept(scope)
    assert now is not None
    since = {one.said: one.first_seen for one in now.discrepancies}
    assert since.pop(rating.said) == today() - timedelta(days=30)
    assert set(since.values()) == {today()}
    [[parent, *_]] = reports(installed)
    assert re.search(r"1 new problem, 1 fixed, 1 known", parent["text"])


def test_a_check_of_less_stands_beside_the_whole_one_and_is_not_compared_with_it(installed: Sandbox) -> None:
    check(ValidationForm(dry_run=False, records=False))
    check(QUICK)

    assert len(reports(installed)) == 2
    less = kept("Tabs, Lead, no records")
    assert less is not None
    assert {one.object for one in less.discrepancies} == {"", "Lead"}
    assert kept() is None


def test_a_check_without_records_asks_nothing_of_records(installed: Sandbox) -> None:
    rows = judged(check(ValidationForm(records=False)))

    assert {row["verdict"] for row in rows} == {"as expected", "differs", "needs eyes"}
    assert not [row for row in rows if "LinkedIn company URL” " in row["expectation"]]


def test_without_view_setup_it_says_what_could_not_be_checked_and_judges_the_rest(installed: Sandbox) -> None:
    installed.org(hidden_objects=["Profile", "PermissionSet", "PermissionSetTabSetting", "ProfileLayout", "FlexiPage"])

    state = check(POSTING)

    assert state.is_completed(), state.message
    [[parent, *thread]] = reports(installed)
    assert "View Setup and Configuration" in str([parent, *thread])
    verdicts = Counter(row["verdict"] for row in judged(state))
    assert verdicts["could not check"] >= 10
    assert verdicts["differs"] >= 5  # the records


def test_a_waiver_holds_until_its_day(installed: Sandbox, install: Install, tmp_path: Path) -> None:
    for path in ours().glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    leads = tmp_path / "leads.yml"
    last = f"    waived until: {today():%Y-%m-%d}\n    because: the field comes with the next release\n"
    leads.write_text(leads.read_text(encoding="utf-8").rstrip("\n") + "\n" + last, encoding="utf-8")
    install({**installed.environment, "RITUALS_EXPECTATIONS_FOLDER": str(tmp_path)})

    check(QUICK)

    [[parent, *_]] = reports(installed)
    assert "1 known (waived to" in parent["text"]


def test_mistakes_in_the_files_fail_the_run_with_all_of_them_before_anything_is_read(
    installed: Sandbox, install: Install, tmp_path: Path
) -> None:
    (tmp_path / "leads.yml").write_text(
        "object: Lead\nexpect:\n  - handbook: L179 There should be fields\n    inclues:\n      - Name\n",
        encoding="utf-8",
    )
    install({**installed.environment, "RITUALS_EXPECTATIONS_FOLDER": str(tmp_path)})
    installed.forget_calls()

    state = check(POSTING)

    assert state.is_failed()
    assert "leads.yml:4: unknown key “inclues” — did you mean “includes”?" in str(state.message)
    assert installed.calls()["by_system"]["salesforce"] == 0


def test_a_profile_that_is_not_there_is_named(installed: Sandbox) -> None:
    state = check(ValidationForm(profile="Sales Person", records=False))

    assert state.is_completed()
    assert "There is no profile “Sales Person”" in artifacts(state)["salesforce-check"]


def test_an_outage_in_between_is_waited_out(installed: Sandbox) -> None:
    installed.fault("unavailable", match={"path": "/services/data/.*/describe"}, times=2)

    assert check(QUICK).is_completed()


def test_links_are_opened_only_when_the_settings_say_so_and_a_known_answer_is_not_asked_for_again(
    installed: Sandbox, install: Install
) -> None:
    fields = ("LinkedIn_Company_URL__c", "LinkedIn_Sales_Navigator_URL__c")
    accounts = SalesforceDoor(installed.settings).json(f"query?q=SELECT+{','.join(fields)}+FROM+Account")["records"]
    known = dict.fromkeys((account[field] for field in fields for account in accounts), ("works", ""))
    gone = next(address for address in known if address.startswith("https://www.linkedin.com/company/"))
    with remembered(settings()) as memory:
        Links(memory).keep({**known, gone: ("broken", "LinkedIn has no such page (404)")})
    of_accounts = ValidationForm(objects=["Account"])

    off = judged(check(of_accounts))
    install({**installed.environment, "RITUALS_VALIDATION__OPEN_LINKS": "true"})
    on = judged(check(of_accounts))

    assert [row["verdict"] for row in off if row["expectation"].startswith("links in")] == ["needs eyes", "needs eyes"]
    [company] = [row for row in on if row["expectation"] == "links in “LinkedIn company URL” open"]
    assert company["verdict"] == "differs"
    assert "1 of" in company["found"]
