"""Filing discrepancies from end to end: the flow, a Prefect server, GitHub, Slack and a ledger with a check in it."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
import requests

from tasks.expectation_files import load, ours
from tasks.filing import file_findings, order_filing
from tasks.ledger_checkups import Checkups
from tasks.reports.blocks import header
from tasks.reports.post import Post, Report
from tasks.rules.verdicts import Checkup, Remembered, Severity, Status
from tasks.runs import remembered, this_moment
from tasks.settings import settings
from tasks.slack import publisher
from tasks.validation import RITUAL, WHOLE
from tests.company import Sandbox
from tests.conftest import Install
from tests.flows.runs import artifacts, file, reports

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]

PRIVATE = "acme/confidential"
ISSUES = f"/github/repos/{PRIVATE}/issues"
A_DAY = date(2026, 9, 3)
FIRST, SECOND = "11c0ffee0001", "11c0ffee0002"


@pytest.fixture
def checked(installed: Sandbox) -> Sandbox:
    """A check of today found two things, and its report stands."""
    remember(FIRST, SECOND)
    run = this_moment(settings())
    with publisher() as slack:
        slack.publish(Report(Post("2 new", [header("2 new")])), run.key(RITUAL, WHOLE), run.day_began)
    return installed


def remember(*keys: str, status: Status = Status.DIFFERS, ago: int = 0) -> None:
    """A check of so many days ago found these, all against our first expectation."""
    day, expectation = this_moment(settings()).as_of, load(ours())[0]
    found = tuple(
        Remembered(
            key, expectation.key, "Account", "Accounting", f"“{key[-4:]}” is missing", Severity.CRITICAL, A_DAY, 157
        )
        for key in keys
    )
    with remembered(settings()) as memory:
        Checkups(memory).keep(Checkup(day - timedelta(days=ago), WHOLE, found, {expectation.key: status}))


def issues(sandbox: Sandbox) -> list[Mapping[str, Any]]:
    """Those that were filed, the oldest first."""
    token = {"Authorization": f"Bearer {sandbox.environment['RITUALS_GITHUB_TOKEN']}"}
    url = f"{sandbox.address}{ISSUES}?state=all&direction=asc"
    return [one for one in requests.get(url, headers=token, timeout=10).json() if "rituals:finding" in one["body"]]


def thread(sandbox: Sandbox) -> list[str]:
    """The replies under the report of the check."""
    [[_, *replies]] = reports(sandbox)
    return [reply["text"] + json.dumps(reply.get("blocks"), ensure_ascii=False) for reply in replies]


def test_findings_become_issues_and_the_report_says_so(checked: Sandbox) -> None:
    state = file(FIRST, SECOND)

    assert (state.is_completed(), state.message) == (True, "2 filed")
    first, second = issues(checked)
    assert first["title"] == "Salesforce: Account \u203a Accounting: “0001” is missing"
    assert [label["name"] for label in first["labels"]] == ["#g-sales"]
    assert load(ours())[0].source in first["body"]
    [reply] = thread(checked)
    assert reply.startswith(f"{PRIVATE}, ordered by Marisol Vega: 2 findings filed")
    assert all(f"#{one['number']}" in reply and one["html_url"] in reply for one in (first, second))
    assert f"filed #{first['number']}" in artifacts(state)["filed-discrepancies"]


def test_filing_the_same_twice_is_one_issue_and_one_reply(checked: Sandbox) -> None:
    file(FIRST)

    state = file(FIRST)

    assert state.message == "1 already"
    assert (len(issues(checked)), len(thread(checked))) == (1, 1)


def test_what_a_run_had_no_time_to_say_is_said_by_the_next(checked: Sandbox) -> None:
    file_findings(order_filing([FIRST], "Marisol Vega"))
    assert thread(checked) == []

    file(FIRST)

    assert f"#{issues(checked)[0]['number']}" in thread(checked)[0]


def test_a_lost_answer_is_looked_up_and_not_sent_again(checked: Sandbox) -> None:
    checked.fault("drop_after", match={"path": ISSUES, "method": "POST"})

    assert file(FIRST, SECOND).message == "2 filed"
    assert len(issues(checked)) == 2


def test_what_is_filed_is_told_before_the_run_fails_for_the_rest(checked: Sandbox) -> None:
    checked.fault("server_error", match={"path": ISSUES, "method": "POST", "nth": 2}, times=None)

    state = file(FIRST, SECOND)

    assert (state.is_failed(), state.name) == (True, "Failed")
    assert str(state.message).startswith("1 of 2 could not be filed, the first: Salesforce: Account")
    [reply] = thread(checked)
    assert reply.startswith(f"{PRIVATE}, ordered by Marisol Vega: 1 finding filed, 1 not filed")
    assert "Run the same again: it looks first." in reply


def test_a_finding_that_nobody_remembers_stops_no_other(checked: Sandbox) -> None:
    state = file("c0ffee", FIRST)

    assert (state.name, len(issues(checked))) == ("Refused", 1)
    assert "No finding 'c0ffee' is remembered" in str(state.message)


def test_what_is_fixed_is_said_below_its_issue_once(checked: Sandbox) -> None:
    file(FIRST)
    remember(status=Status.AS_EXPECTED)

    states = [file(), file()]

    assert [state.message for state in states] == ["1 fixed", "nothing to file"]
    [issue] = issues(checked)
    assert (issue["comments"], issue["state"]) == (1, "open")
    assert "1 fixed, said there" in thread(checked)[1]


def test_what_is_fixed_by_now_is_not_filed(checked: Sandbox) -> None:
    remember(FIRST, ago=7)
    remember(SECOND)

    assert file(FIRST, SECOND).message == "1 filed, 1 not filed, as it is fixed"
    assert len(issues(checked)) == 1


def test_a_dry_run_writes_nothing_and_shows_what_it_would(checked: Sandbox) -> None:
    state = file(FIRST, "c0ffee", dry_run=True)

    assert state.is_completed()
    said = artifacts(state)["filed-discrepancies"]
    assert "would be filed: Salesforce: Account" in said
    assert "No finding 'c0ffee' is remembered" in said
    assert (issues(checked), thread(checked)) == ([], [])


@pytest.mark.parametrize(
    ("findings", "by", "other", "why"),
    [
        ([FIRST], "", {}, "Say who wants to file issues"),
        ([FIRST], "Tom Okafor", {}, "Tom Okafor may not file issues"),
        ([FIRST], "Marisol Vega", {"VALIDATION__PRIVATE_REPOSITORY": ""}, "Filing is off: name a private"),
        ([FIRST], "Marisol Vega", {"GITHUB_TOKEN": ""}, "Filing is off: set RITUALS_GITHUB_TOKEN"),
        ([FIRST, SECOND], "Marisol Vega", {"VALIDATION__FILE_AT_MOST": "1"}, "2 findings are more than the 1"),
        ([FIRST], "Marisol Vega", {"VALIDATION__PRIVATE_REPOSITORY": "acme/product"}, "acme/product is not private"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_one_sentence(
    checked: Sandbox, install: Install, findings: list[str], by: str, other: Mapping[str, str], why: str
) -> None:
    install({**checked.environment, **{f"RITUALS_{name}": value for name, value in other.items()}})

    state = file(*findings, by=by)

    assert state.is_failed()
    assert str(state.message).startswith(why)
    assert issues(checked) == []


def test_without_a_report_nothing_is_posted(installed: Sandbox) -> None:
    remember(FIRST)

    assert file(FIRST).message == "1 filed"
    assert reports(installed) == []
