"""What people do in Slack: list the rituals, start one, press a report's buttons; over a real socket and Prefect."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.states import Completed, Crashed, Failed, Scheduled

from deployments.slack_app import listening as app_listening
from deployments.slack_prefect import everything, start
from tasks.clients import Refused
from tasks.ledger_decisions import Decisions
from tasks.reports.post import lines
from tasks.rules.proposals import Outcome, Result
from tests.company import MONDAY, OFFICE, settings_from
from tests.ledger.decision_builders import ACME, decision
from tests.slack_desk import CRO, DECIDE, KIRA, REP, Office, decide_button, listening, moment, proposed, words

pytestmark = pytest.mark.prefect

WEEKLY, CODENAME = "pipeline-review/weekly", "assign-codename/assign"


@pytest.fixture(scope="module")
def office(prefect_server: None, sqlite_ledger: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with listening(tmp_path_factory.mktemp("slack"), sqlite_ledger) as opened:
        yield opened


@pytest.fixture(autouse=True)
def put_away(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nobody has a modal in front of them when the next test begins."""
    yield
    if "office" in request.fixturenames:
        for user in (CRO, REP, KIRA):
            hands = request.getfixturevalue("office").hands(user)
            if hands.modal():
                hands.close(all_of_them=True)


def test_rituals_lists_each_with_its_last_and_next_run(office: Office) -> None:
    cro, monday = office.hands(), MONDAY + timedelta(days=365)
    with get_client(sync_client=True) as client:
        at_six = Scheduled(scheduled_time=datetime.combine(monday, time(6), OFFICE))
        client.create_flow_run_from_deployment(office.deployed["feedback-sweep/daily"], state=at_six)

    cro.type(office.channel, "/rituals")

    said = lines(cro.told("4 rituals").blocks)
    assert "• Feedback sweep (feedback-sweep): has not run yet; next Tue 23 Nov 2027 06:00 PT" in said
    assert "• Rep activity review (activity-review): has not run yet; no schedule is on" in said


def test_a_ritual_is_started_with_the_values_of_its_form(office: Office) -> None:
    cro = office.hands()
    cro.type(office.channel, "/rituals run pipeline-review")
    cro.opened("Pipeline review")
    cro.fill({"Owner or team": "Dana Cole", "Stale after (days)": "60"})

    cro.submit()

    cro.until(lambda: "Started." in words(cro.modal() or {"blocks": []}), "that it was started")
    [run] = office.runs(WEEKLY)
    assert run.parameters["form"] == {
        "as_of": None, "owner_or_team": "Dana Cole", "stale_after_days": 60, "dry_run": False, "channel": "",
    }  # fmt: skip
    assert set(run.tags) >= {"from-slack", f"from-slack:{CRO}"}

    office.end(run.id, Completed(message="6 to decide ($381k)"))

    assert cro.told("Pipeline review: completed").text.startswith("*Pipeline review: completed.* 6 to decide ($381k).")


def test_values_behind_the_command_fill_the_form_in(office: Office) -> None:
    cro = office.hands()

    cro.type(office.channel, "/rituals run pipeline-review owner_or_team=“Dana Cole” dry_run=true wings=2")

    shown = cro.opened("Pipeline review")
    assert "Dana Cole" in str(shown["blocks"])
    assert "Left out, as this form does not ask for it: wings" in words(shown)


def test_what_is_wrong_stands_under_its_field_and_nothing_is_started(office: Office) -> None:
    cro, before = office.hands(), len(office.runs(WEEKLY))
    cro.type(office.channel, "/rituals run pipeline-review")
    cro.opened("Pipeline review")
    cro.fill({"Stale after (days)": "3"})

    seen = cro.submit()

    assert [one.errors for one in seen if one.kind == "errors"] == [
        {"stale_after_days": "Please enter a number of at least 7."}
    ]
    assert len(office.runs(WEEKLY)) == before


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/rituals run", "Type /rituals to list them"),
        ("/rituals sing", "Type /rituals to list them"),
        ('/rituals run pipeline-review "', "Type /rituals to list them"),
        ("/rituals run <!channel>", "There is no ritual &lt;!channel&gt;. There are pipeline-review,"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_is(office: Office, line: str, says: str) -> None:
    cro = office.hands()

    cro.type(office.channel, line)

    assert cro.told(says).kind == "ephemeral"


def test_who_is_not_on_the_list_may_list_and_not_start(office: Office) -> None:
    rep = office.hands(REP)

    rep.type(office.channel, "/rituals")
    rep.type(office.channel, "/rituals run pipeline-review")

    assert "ask RevOps to add you" in str(rep.told("4 rituals").blocks)
    assert rep.told("You may not do this from Slack.")
    assert rep.modal() is None


def test_who_is_not_on_the_list_gets_no_form_from_a_button(office: Office) -> None:
    proposed(office, "2026-11-23-aaa001")
    ts, rep = decide_button(office, "2026-11-23-aaa001"), office.hands(REP)
    before = len(rep.seen())

    rep.press(office.channel, ts, "Decide")

    rep.until(lambda: len(rep.seen()) > before, "an answer")
    assert "You may not do this from Slack." in rep.seen()[-1].text
    assert rep.modal() is None


def test_decide_offers_what_was_proposed_and_asks_once_more_before_it_is_written(office: Office) -> None:
    proposed(office, "2026-11-23-aaa002")
    ts, cro = decide_button(office, "2026-11-23-aaa002"), office.hands()

    cro.press(office.channel, ts, "Decide")

    form = cro.opened("Decision")
    assert "Mon 23 Nov: 2 proposed" in words(form)
    assert "Signed as Marisol Vega" in words(form)
    assert "$120k · Acme 2026 · Tom Owner, silent 45 days" in str(form)
    cro.fill({"Only these opportunities": [ACME], "Loss reason": "No response"})
    cro.submit()
    question = cro.opened("Are you sure?")
    assert "Only these opportunities:  1 $120k · Acme 2026 · Tom Owner, silent 45 days" in words(question)
    assert "as the decision of Marisol Vega" in words(question)
    assert office.runs(DECIDE) == []

    cro.submit()

    cro.until(lambda: "Started." in words(cro.modal() or {"blocks": []}), "that it was started")
    assert office.forms(DECIDE) == [
        {
            "proposal": "2026-11-23-aaa002", "opportunities": [ACME], "loss_reason": "No response",
            "decided_by": "Marisol Vega", "dry_run": False,
        }
    ]  # fmt: skip


def test_who_takes_out_all_that_was_offered_has_not_chosen_all_of_it(office: Office) -> None:
    proposed(office, "2026-11-23-aaa005")
    ts, cro, before = decide_button(office, "2026-11-23-aaa005"), office.hands(), len(office.runs(DECIDE))
    cro.press(office.channel, ts, "Decide")
    cro.opened("Decision")
    cro.fill({"Only these opportunities": []})

    seen = cro.submit()

    assert [one.errors for one in seen if one.kind == "errors"] == [
        {"opportunities": "Choose at least one, or close the form."}
    ]
    assert len(office.runs(DECIDE)) == before


def test_a_dry_run_is_started_without_a_question(office: Office) -> None:
    proposed(office, "2026-11-23-aaa003")
    ts, cro, before = decide_button(office, "2026-11-23-aaa003"), office.hands(), len(office.runs(DECIDE))
    cro.press(office.channel, ts, "Decide")
    cro.opened("Decision")
    cro.fill({"Dry run": "On"})

    cro.submit()
    cro.until(lambda: "Started." in words(cro.modal() or {"blocks": []}), "that it was started")

    assert len(office.runs(DECIDE)) == before + 1


def test_what_somebody_decided_already_is_told_instead_of_asked(office: Office) -> None:
    name = "2026-11-23-aaa004"
    proposed(office, name)
    ts, cro = decide_button(office, name), office.hands()
    Decisions(office.ledger).record(decision(name, decided_at=moment()))
    Decisions(office.ledger).settle(name, "close", Result(ACME, Outcome.CLOSED))

    cro.press(office.channel, ts, "Decide")

    assert cro.told("Already carried out by Alex Mitchell")
    assert cro.modal() is None


def test_a_report_of_an_earlier_installation_says_so(office: Office) -> None:
    ts, cro = office.post("old", ("Decide", office.address("gone/gone", {}))), office.hands()

    cro.press(office.channel, ts, "Decide")

    assert cro.told("This report is of an earlier installation")


def test_a_button_that_only_leads_somewhere_is_acknowledged(office: Office) -> None:
    ts, cro = office.post("link", ("Open the run", f"{office.sandbox.address}/slack")), office.hands()

    seen = cro.press(office.channel, ts, "Open the run")

    assert [one.kind for one in seen] == ["opened"]


def test_whoever_files_requests_may_give_a_codename(office: Office) -> None:
    kira = office.hands(KIRA)
    kira.type(office.channel, "/rituals run assign-codename account=Globex")
    kira.opened("Codename")
    kira.submit()
    kira.opened("Are you sure?")

    kira.submit()

    kira.until(lambda: office.runs(CODENAME), "a run")
    assert office.forms(CODENAME) == [{"account": "Globex", "decided_by": "Kira Sandoval", "dry_run": False}]
    [run] = office.runs(CODENAME)
    office.end(run.id, Failed(name="Refused", message="No customer is called 'Globex <!here>'"))
    assert kira.told("Codename: refused").text.startswith(
        "*Codename: refused.* No customer is called 'Globex &lt;!here&gt;'."
    )


def test_a_crash_is_told_without_what_an_error_said(office: Office) -> None:
    cro = office.hands()
    cro.type(office.channel, "/rituals run salesforce-validation")
    cro.opened("Salesforce check")
    cro.submit()
    [run] = cro.until(lambda: office.runs("salesforce-validation/monthly"), "a run")

    office.end(run.id, Crashed(message="KeyError: 'Acme owes us $120k'"))

    assert "Acme" not in cro.told("Salesforce check crashed.").text


def test_the_same_form_makes_one_run_and_never_one_with_other_values(office: Office) -> None:
    weekly = everything()[WEEKLY]

    first = start(weekly, {"owner_or_team": "Dana Cole"}, "slack:V1", CRO)

    assert start(weekly, {"owner_or_team": "Dana Cole"}, "slack:V1", CRO) == first
    with pytest.raises(Refused, match="sent already, with other values"):
        start(weekly, {"owner_or_team": "Tom Okafor"}, "slack:V1", CRO)


def test_it_connects_anew_when_slack_ends_the_connection(office: Office) -> None:
    cro = office.hands()

    office.app.change(disconnect="refresh_requested")
    office.app.connected()

    before = len(cro.seen())
    cro.type(office.channel, "/rituals")
    cro.until(lambda: len(cro.seen()) > before, "an answer")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"RITUALS_SLACK_APP_TOKEN": ""}, "RITUALS_SLACK_APP_TOKEN is not set"),
        ({"RITUALS_SLACK_APP_TOKEN": "xapp-other"}, r"Slack refused RITUALS_SLACK_APP_TOKEN \(invalid_auth\)"),
        ({"RITUALS_SLACK_DECIDERS": "{}"}, "RITUALS_SLACK_DECIDERS is empty"),
        ({"RITUALS_SLACK_TOKEN": "xoxb-other"}, r"Slack refused \(invalid_auth\)"),
    ],
)
def test_it_does_not_start_without_what_it_needs(shared_sandbox: Any, wrong: dict[str, str], says: str) -> None:
    who = {"RITUALS_SLACK_DECIDERS": '{"U0MARISOL": "Marisol Vega"}'}
    config = settings_from({**shared_sandbox.environment, **who, **wrong})

    with pytest.raises(Refused, match=says), app_listening(config):
        pass


def test_its_log_tells_neither_tokens_nor_what_people_wrote(office: Office) -> None:
    cro = office.hands()
    cro.type(office.channel, "/rituals run pipeline-review owner_or_team=Hooli-is-secret")
    cro.opened("Pipeline review")

    log = office.log.read_text(encoding="utf-8")

    assert [word for word in ("xapp-", "xoxb-", "ticket=", "Hooli-is-secret") if word in log] == []
