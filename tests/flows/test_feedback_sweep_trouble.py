"""The feedback sweep end to end where somebody is down, not set up, or late; and a look at the demo's company."""

import pytest

from flows.after_hours_support import after_hours_support
from flows.feedback_forms import AfterHoursForm, FeedbackForm
from tests.conftest import Install
from tests.flows.runs import artifacts, company_of_today, reports, sweep
from tests.flows.sweeping import FRI, LATER, MON, QUESTION, REQUEST, TUE, kept, sweep_at, weekend
from tests.support_alone import GLOBEX, OWEN, RUTH
from tests.sweep_company import SweptCompany, on
from tests.swept import BEFORE, NEWS, NO_REPLY, UNTOLD

pytest_plugins = ["tests.sweep_fixtures"]
pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]


def test_a_channel_that_cannot_be_read_is_named_and_read_later_from_where_it_was(company: SweptCompany) -> None:
    sweep_at(company, FRI)
    said = weekend(company)
    company.leaves(GLOBEX)
    sweep_at(company, MON)
    company.joins(GLOBEX)
    company.says(RUTH, LATER, "Tue 25 02:00", channel=GLOBEX)
    sweep_at(company, TUE)

    [_, monday, tuesday] = company.reports()
    assert "1 channel not read" in monday.first
    assert "not read: #customer-globex" in monday.text
    assert [monday.tells(words) for words in said] == [UNTOLD, NEWS, NO_REPLY]
    assert [tuesday.tells(words) for words in (*said, LATER)] == [NEWS, BEFORE, UNTOLD, NEWS]


DOWN = [
    ("Salesforce", "/services/.*", "No values and renewals of customers: Salesforce"),
    ("Salesforce", "/services/.*", "Nothing is drafted, as nobody can tell whether it names a customer"),
    ("GitHub", "/github/.*", "No issues to compare with: GitHub"),
    ("GitHub", "/github/.*", "No requests to the sales team: GitHub"),
]


@pytest.mark.parametrize("path", ["/services/.*", "/github/.*"], ids=["Salesforce", "GitHub"])
def test_who_is_down_costs_a_note_and_never_the_report(company: SweptCompany, path: str) -> None:
    company.says(OWEN, REQUEST, "Fri 21 17:00")
    company.fault("html", path)  # which no client waits for, as it does for a 503

    state = sweep_at(company, FRI)

    assert state.is_completed(), state.message
    [report] = company.reports()
    assert report.tells(REQUEST) == NEWS
    for _, down, note in DOWN:
        assert (note in report.text) is (down == path)


def test_names_that_may_not_be_read_cost_the_drafts_alone(company: SweptCompany) -> None:
    company.says(OWEN, REQUEST, "Fri 21 17:00")
    company.hide("Contact")

    sweep_at(company, FRI)

    [report] = company.reports()
    assert "Nothing is drafted, as nobody can tell whether it names a customer" in report.text
    assert "No values and renewals of customers" not in report.text


@pytest.mark.parametrize("word", ["GITHUB_TOKEN", "ZENDESK", "REPOSITORY"])
def test_what_nobody_set_up_costs_nothing_but_what_it_tells(company: SweptCompany, install: Install, word: str) -> None:
    install(company.without(word))
    company.says(OWEN, REQUEST, "Fri 21 17:00")

    state = sweep_at(company, FRI)

    assert state.is_completed(), state.message
    [report] = company.reports()
    assert report.tells(REQUEST) == NEWS
    assert "Notes" not in report.text


def test_the_ticket_of_a_conversation_is_linked(company: SweptCompany) -> None:
    company.says(RUTH, QUESTION, "Fri 21 17:00", channel=GLOBEX)
    after_hours_support(AfterHoursForm(as_of=on("Fri 21 17:02"), dry_run=False), return_state=True)

    sweep_at(company, FRI)

    assert " · ticket" in company.reports()[0].text


@pytest.mark.parametrize("path", ["/api/.*", "/api/conversations.history"])
def test_a_sweep_without_slack_fails_and_keeps_nothing(company: SweptCompany, path: str) -> None:
    company.says(RUTH, QUESTION, "Fri 21 17:00", channel=GLOBEX)
    company.fault("html", path)

    state = sweep_at(company, FRI)

    assert state.is_failed()
    assert "Slack cannot answer now" in str(state.message)
    assert kept("open_conversation", "request_draft", "effect") == {
        "open_conversation": 0,
        "request_draft": 0,
        "effect": 0,
    }
    company.cure()
    sweep_at(company, FRI)
    assert company.reports()[0].tells(QUESTION) == NEWS


def test_what_could_not_be_posted_is_told_the_next_day_as_news(company: SweptCompany) -> None:
    sweep_at(company, FRI)
    said = weekend(company)
    company.fault("unauthorized", "/api/chat.postMessage")
    failed = sweep_at(company, MON)
    company.cure()

    sweep_at(company, TUE)

    assert failed.is_failed()
    [_, report] = company.reports()
    assert report.key == "feedback-sweep:2025-11-25:all"
    assert [report.tells(words) for words in said] == [NEWS, NEWS, NO_REPLY]


def test_the_first_sweep_of_all_may_fail_and_the_next_begins_where_it_began(company: SweptCompany) -> None:
    company.says(RUTH, QUESTION, "Fri 21 17:00", channel=GLOBEX)
    company.fault("html", "/api/conversations.history")
    sweep_at(company, FRI)
    company.cure()

    sweep_at(company, MON)

    [report] = company.reports()
    assert report.tells(QUESTION) == NEWS


def test_a_run_that_comes_too_late_says_so_once(company: SweptCompany, install: Install) -> None:
    install({**company.environment, "RITUALS_MAX_LATE_HOURS": "12"})

    states = [sweep_at(company, MON), sweep_at(company, MON)]

    assert [state.name for state in states] == ["Skipped", "Skipped"]
    [line] = company.lines()
    assert line.startswith("The feedback sweep of Mon 24 Nov skipped: it started ")


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (FeedbackForm(channels=["C0NOBODY"]), "C0NOBODY is not in RITUALS_SLACK_CUSTOMER_CHANNELS"),
        (FeedbackForm(until=on("Mon 24 06:00").replace(year=2125)), "a moment to come"),
    ],
    ids=["a channel of nobody", "a moment to come"],
)
def test_what_cannot_be_swept_is_refused(company: SweptCompany, form: FeedbackForm, why: str) -> None:
    state = sweep_at(company, MON, form, by_hand=True)

    assert state.is_failed()
    assert why in str(state.message)


def test_the_demo_company_of_today_can_be_looked_at(install: Install) -> None:
    with company_of_today() as sandbox:
        install(sandbox.environment)
        state = sweep(FeedbackForm())

        assert state.is_completed(), state.message
        assert "customer channels read" in artifacts(state)["feedback-sweep"]
        assert reports(sandbox) == []
