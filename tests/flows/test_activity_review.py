"""The monthly activity review from end to end: the real flow, a Prefect server, Salesforce and Slack over HTTP."""

import re
from datetime import datetime, timedelta

import pytest
from prefect.client.orchestration import get_client
from prefect.flow_engine import run_flow
from prefect.states import Scheduled

from flows.activity_review import activity_review
from flows.forms import ActivityReviewForm
from tasks.ledger_activity import Months
from tasks.rules.business_days import OfficeDays
from tasks.runs import remembered
from tasks.settings import settings
from tests.company import OFFICE, Sandbox
from tests.conftest import Install
from tests.flows.runs import artifacts, drafts, reports, review_activity

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once", "only_reads_salesforce")]

DRY, POSTING = ActivityReviewForm(), ActivityReviewForm(dry_run=False)
PRIVATE = "C0CRO"


def test_it_goes_to_the_cro_alone_with_its_thread_and_its_file(installed: Sandbox) -> None:
    state = review_activity(POSTING)

    assert state.is_completed()
    assert reports(installed) == []
    [[parent, *thread]] = reports(installed, PRIVATE)
    assert re.match(r"Rep activity · .+ · \d+ talks? suggested, \d+ people over-contacted", parent["text"])
    assert [file["name"].rsplit(".")[-1] for reply in thread for file in reply.get("files", [])] == ["csv"]


def test_prefect_is_told_no_name(installed: Sandbox) -> None:
    state = review_activity(POSTING)

    [[parent, *_]] = reports(installed, PRIVATE)
    reps = {talk.rep for talk in drafts().values()}
    left = f"{state.message}{artifacts(state)}"
    assert reps
    assert [rep for rep in reps if rep in left] == []
    assert [rep for rep in reps if rep in str(parent)] != []


def test_a_dry_run_posts_nothing_and_leaves_the_report_in_the_run(installed: Sandbox) -> None:
    state = review_activity(DRY)

    assert state.message == "Dry run: the report is in the artifacts, nothing was posted."
    assert (reports(installed), reports(installed, PRIVATE), drafts()) == ([], [], {})
    left = artifacts(state)["activity-review"]
    assert "Rep activity (dry run) · " in left
    assert re.search(r"Salesforce: [345] API calls \(REST\)", left)


def test_a_second_run_of_the_same_day_updates_the_report_in_place_and_drafts_the_same_talks(
    installed: Sandbox,
) -> None:
    review_activity(POSTING)
    first, talks = reports(installed, PRIVATE), drafts()

    review_activity(POSTING)

    again = reports(installed, PRIVATE)
    assert [[message["ts"] for message in thread] for thread in again] == [[m["ts"] for m in t] for t in first]
    assert "updated" in str(again[0][0]["blocks"])
    assert drafts() == talks


def test_a_review_of_one_rep_stands_beside_that_of_the_team(installed: Sandbox) -> None:
    review_activity(POSTING)
    review_activity(ActivityReviewForm(rep=" sam whitlock ", window_days=14, dry_run=False))

    titles = [thread[0]["text"] for thread in reports(installed, PRIVATE)]
    assert len(titles) == 2
    assert any("Sam Whitlock" in title for title in titles)


def test_only_the_teams_own_review_is_what_the_next_one_compares_with(installed: Sandbox) -> None:
    def kept() -> bool:
        with remembered(settings()) as memory:
            return Months(memory).before(datetime.now(OFFICE).date() + timedelta(days=40), 30) is not None

    review_activity(ActivityReviewForm(gap_days=5, dry_run=False))
    assert not kept()

    review_activity(POSTING)
    assert kept()


def test_of_a_day_that_is_over_no_talk_is_drafted(installed: Sandbox) -> None:
    yesterday = datetime.now(OFFICE).date() - timedelta(days=1)

    assert review_activity(ActivityReviewForm(as_of=yesterday, dry_run=False)).is_completed()
    assert drafts() == {}


def test_a_rep_whom_nobody_knows_fails_the_run_with_the_names_there_are(installed: Sandbox) -> None:
    state = review_activity(ActivityReviewForm(rep="Sam Whitlok"))

    assert state.is_failed()
    assert "Sam Whitlock" in str(state.message)


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        pytest.param("C0GSALES", "is public", id="a public channel"),
        pytest.param("C0ACME", "is (public|shared with another workspace)", id="a customer's channel"),
        pytest.param("C0NOWHERE", "channel_not_found", id="a channel that is not there"),
    ],
)
def test_it_is_refused_where_others_read_before_anything_is_read(installed: Sandbox, channel: str, why: str) -> None:
    installed.forget_calls()

    state = review_activity(ActivityReviewForm(channel=channel, dry_run=False))

    assert state.is_failed()
    assert re.search(why, str(state.message))
    assert installed.calls()["by_system"]["salesforce"] == 0


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("RITUALS_ACTIVITY_CHANNEL", "", r"RITUALS_ACTIVITY_CHANNEL is empty: name the CRO's private channel"),
        ("RITUALS_REPS__ROLES", "[]", r"RITUALS_REPS__ROLES is empty: name the roles"),
        ("RITUALS_ACTIVITY__UNANSWERED_RED", "1", r"unanswered_red \(1\) must not be below unanswered_amber \(4\)"),
    ],
)
def test_what_a_person_must_set_fails_with_the_remedy(
    installed: Sandbox, install: Install, variable: str, value: str, remedy: str
) -> None:
    install({**installed.environment, variable: value})

    state = review_activity(POSTING)

    assert state.is_failed()
    assert re.search(remedy, str(state.message))


def test_a_direct_message_to_the_cro_is_as_good_as_a_channel(installed: Sandbox, install: Install) -> None:
    install({**installed.environment, "RITUALS_ACTIVITY_CHANNEL": "D0CRO"})

    assert review_activity(POSTING).is_completed()
    assert len(reports(installed, "D0CRO")) == 1


def test_what_a_schedule_starts_on_another_day_than_the_first_business_day_ends_at_once(installed: Sandbox) -> None:
    today = datetime.now(OFFICE)
    parameters = {"form": POSTING.model_dump(mode="json")}
    with get_client(sync_client=True) as client:
        waiting = client.create_flow_run(
            activity_review, parameters=parameters, tags=["auto-scheduled"], state=Scheduled(scheduled_time=today)
        )

    state = run_flow(activity_review, waiting, parameters=parameters, return_type="state")

    if today.date() == OfficeDays(frozenset()).first_of_month(today.date()):
        assert state.name == "Completed"
    else:
        assert state.name == "Skipped"
        assert "is due on the first business day of the month" in str(state.message)
        assert reports(installed, PRIVATE) == []
