"""The weekly pipeline review from end to end: the real flow, a Prefect server, Salesforce and Slack over HTTP."""

import re
from datetime import datetime, timedelta

import pytest

from flows.forms import PipelineReviewForm
from tests.company import OFFICE, Sandbox
from tests.conftest import Install
from tests.flows.runs import DRY, POSTING, artifacts, judged, reports, run, run_late

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once", "only_reads_salesforce")]

OPEN_DEALS = 64
COMPOSITE = "/services/data/v67.0/composite.*"


def test_it_posts_the_report_once_with_its_thread_and_its_file(installed: Sandbox) -> None:
    state = run(POSTING)

    assert state.is_completed()
    [[parent, *thread]] = reports(installed)
    assert parent["text"].startswith("Pipeline review · ")
    assert f"{OPEN_DEALS} of {OPEN_DEALS} open deals read" in str(parent["blocks"])
    assert thread[0]["blocks"]
    assert [file["name"].rsplit(".")[-1] for reply in thread for file in reply.get("files", [])] == ["csv"]


def test_the_final_state_says_what_was_found_and_where_it_stands(installed: Sandbox) -> None:
    state = run(POSTING)

    [[parent, *_]] = reports(installed)
    assert str(state.message).startswith(parent["text"])
    assert str(state.message).endswith("p" + parent["ts"].replace(".", ""))


def test_a_second_run_of_the_same_day_updates_the_report_in_place_and_says_so(installed: Sandbox) -> None:
    run(POSTING)
    [[first, *_]] = reports(installed)

    run(POSTING)

    [[again, *_]] = reports(installed)
    assert again["ts"] == first["ts"]
    assert "updated" not in str(first["blocks"])
    assert "updated" in str(again["blocks"])


def test_a_dry_run_posts_nothing(installed: Sandbox) -> None:
    state = run(DRY)

    assert state.message == "Dry run: the report is in the artifacts, nothing was posted."
    assert reports(installed) == []


def test_a_dry_run_leaves_the_whole_report_in_the_run(installed: Sandbox) -> None:
    left = artifacts(run(DRY))

    assert "Pipeline review (dry run) · " in left["pipeline-review"]
    assert "Salesforce: 2 API calls (REST), " in left["pipeline-review"]


def test_a_run_leaves_a_table_with_one_row_for_each_open_deal(installed: Sandbox) -> None:
    rows = judged(run(DRY))

    assert len({row["Id"] for row in rows}) == len(rows) == OPEN_DEALS
    assert {row["Verdict"] for row in rows} == {"propose to close", "held back", "warn the owner", "healthy"}


@pytest.mark.parametrize("asked", ["Tom Okafor", " tom okafor "])
def test_a_run_for_one_owner_is_about_their_deals_only(installed: Sandbox, asked: str) -> None:
    rows = judged(run(PipelineReviewForm(owner_or_team=asked)))

    assert {row["Owner"] for row in rows} == {"Tom Okafor"}


def test_the_report_of_one_owner_does_not_replace_that_of_all(installed: Sandbox) -> None:
    run(POSTING)
    run(PipelineReviewForm(owner_or_team="Tom Okafor", dry_run=False))

    assert len(reports(installed)) == 2


def test_an_owner_who_has_no_open_deal_fails_the_run_with_the_names_there_are(installed: Sandbox) -> None:
    state = run(PipelineReviewForm(owner_or_team="Tom Okafer"))

    assert state.is_failed()
    assert "No open deal belongs to 'Tom Okafer'. Owners: " in str(state.message)
    assert "Tom Okafor" in str(state.message)


@pytest.mark.parametrize(
    ("days", "deal", "silent", "verdict"),
    [
        pytest.param(None, "Acme 2026", 45, "propose to close", id="empty: 45 days, as in the settings"),
        pytest.param(46, "Acme 2026", 45, "warn the owner", id="46"),
        pytest.param(None, "Hooli 2026", 44, "warn the owner", id="empty: a day is missing"),
        pytest.param(44, "Hooli 2026", 44, "propose to close", id="44"),
    ],
)
def test_the_limit_of_the_form_is_the_one_that_is_judged_by(
    installed: Sandbox, days: int | None, deal: str, silent: int, verdict: str
) -> None:
    rows = judged(run(PipelineReviewForm(stale_after_days=days)))

    [found] = [row for row in rows if row["Opportunity"] == deal]
    assert (found["Days silent"], found["Verdict"]) == (silent, verdict)


def test_a_day_to_come_is_refused(installed: Sandbox) -> None:
    tomorrow = datetime.now(OFFICE).date() + timedelta(days=1)

    state = run(PipelineReviewForm(as_of=tomorrow))

    assert state.is_failed()
    assert "a day to come: choose today or an earlier day" in str(state.message)


def test_a_run_that_starts_days_late_says_one_line_and_ends_as_skipped(installed: Sandbox) -> None:
    state = run_late(timedelta(days=7))

    assert (state.type.value, state.name) == ("COMPLETED", "Skipped")
    [[line]] = reports(installed)
    assert re.fullmatch(r"Pipeline review of \w+ \d+ \w+ skipped: it started 168 hours late\.", line["text"])
    assert state.message == line["text"]


def test_the_same_late_run_repeated_says_nothing_more(installed: Sandbox) -> None:
    run_late(timedelta(days=7))
    run_late(timedelta(days=7))

    assert len(reports(installed)) == 1


def test_a_late_dry_run_posts_nothing_either(installed: Sandbox) -> None:
    assert run_late(timedelta(days=7), DRY).name == "Skipped"
    assert reports(installed) == []


def test_a_late_run_reads_nothing_from_salesforce(installed: Sandbox) -> None:
    installed.forget_calls()

    run_late(timedelta(days=7))

    assert installed.calls()["by_system"]["salesforce"] == 0


def test_a_run_a_little_late_is_an_ordinary_run(installed: Sandbox) -> None:
    assert run_late(timedelta(seconds=30)).name == "Completed"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        pytest.param("unavailable", COMPOSITE, id="Salesforce is down for a moment"),
        pytest.param("html", COMPOSITE, id="Salesforce shows a maintenance page"),
        pytest.param("drop_before", COMPOSITE, id="the line to Salesforce breaks"),
        pytest.param("cut_body", "/api/chat.postMessage", id="the line to Slack breaks while it answers"),
    ],
)
def test_what_time_can_cure_is_tried_again(
    installed: Sandbox, caplog: pytest.LogCaptureFixture, kind: str, path: str
) -> None:
    installed.fault(kind, match={"path": path}, times=1)

    assert run(POSTING).is_completed()
    assert "Retry 1/3" in caplog.text
    assert len(reports(installed)) == 1


def test_what_time_does_not_cure_is_given_up(installed: Sandbox) -> None:
    installed.fault("unavailable", match={"path": COMPOSITE}, times=None)
    installed.forget_calls()

    state = run(POSTING)

    assert state.is_failed()
    assert "Unavailable: Salesforce cannot answer now" in str(state.message)
    assert len([call for call in installed.calls()["calls"] if "composite" in call["path"]]) == 4  # once, and 3 retries
    assert reports(installed) == []


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("RITUALS_SALESFORCE_CLIENT_SECRET", "wrong", r"refused the login .* Check RITUALS_SALESFORCE_CLIENT_ID"),
        ("RITUALS_SALESFORCE_OPEN_QUOTE_FIELD", "Nope__c", r"INVALID_FIELD.* Give the integration user read access"),
        ("RITUALS_SALESFORCE_DAILY_SHARE", "0.00001", r"RITUALS_SALESFORCE_DAILY_SHARE allows\. Run again when"),
        ("RITUALS_SLACK_TOKEN", "xoxb-wrong", r"Slack refused \(invalid_auth\).* Check RITUALS_SLACK_TOKEN"),
        ("RITUALS_SLACK_CHANNEL", "C0NOWHERE", r"channel_not_found.* Check the channel's id"),
        ("RITUALS_SLACK_CHANNEL", "#sales", r"RITUALS_SLACK_CHANNEL is wrong"),
    ],
)
def test_what_a_person_must_change_fails_at_once_with_the_remedy(
    installed: Sandbox, install: Install, caplog: pytest.LogCaptureFixture, variable: str, value: str, remedy: str
) -> None:
    install({**installed.environment, variable: value})

    state = run(POSTING)

    assert state.is_failed()
    assert re.search(remedy, str(state.message), re.DOTALL)
    assert "Retry 1/3" not in caplog.text
