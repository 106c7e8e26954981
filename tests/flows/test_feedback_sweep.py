"""The feedback sweep end to end: a real Prefect, Slack, GitHub and Salesforce over HTTP, some days of a company."""

import logging

import pytest

from flows.feedback_forms import FeedbackForm
from tasks.ledger_feedback import Codenames, RequestDrafts, Waiting, Watermarks
from tasks.rules.feedback import Conversation
from tasks.runs import remembered
from tasks.settings import settings
from tests.flows.runs import artifacts
from tests.flows.sweeping import (
    DRY,
    FRI,
    LATER,
    MON,
    OUTAGE,
    QUESTION,
    REQUEST,
    SAT,
    THANKS,
    TUE,
    kept,
    sweep_at,
    weekend,
)  # fmt: skip
from tests.support_alone import ACME, DANA, GLOBEX, OWEN, RUTH, SAM
from tests.sweep_company import ACCOUNTS, SweptCompany, on
from tests.swept import ANSWERED, BEFORE, NEWS, NO_REPLY, UNTOLD

pytest_plugins = ["tests.sweep_fixtures"]
pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server", "at_once")]


def test_a_dry_run_shows_the_report_and_keeps_and_posts_nothing(company: SweptCompany) -> None:
    company.says(OWEN, REQUEST, "Fri 21 17:00")

    state = sweep_at(company, FRI, DRY)

    assert state.message == "Dry run: the report is in the artifacts, nothing was posted."
    assert "(dry run)" in artifacts(state)["feedback-sweep"]
    assert f"“{REQUEST}”" in artifacts(state)["feedback-sweep"]
    assert company.lines() == []
    assert set(kept("watermark", "open_conversation", "request_draft", "effect", "post").values()) == {0}
    assert company.logins() == 1


def test_a_sweep_posts_one_report_with_its_thread_and_keeps_what_the_next_needs(company: SweptCompany) -> None:
    with remembered(settings()) as memory:
        Codenames(memory).assign(ACCOUNTS[ACME], "Ianthe", "Marisol Vega")
    said = {text: company.says(OWEN, text, at) for text, at in ((REQUEST, "Fri 21 17:00"), (THANKS, "Fri 21 18:00"))}

    state = sweep_at(company, FRI)

    [report] = company.reports()
    assert report.key == "feedback-sweep:2025-11-21:all"
    assert (report.tells(REQUEST), report.tells(THANKS)) == (NEWS, NO_REPLY)
    assert str(state.message).startswith(report.first)
    with remembered(settings()) as memory:
        end = f"{on('Sat 22 00:00').timestamp() - 1e-6:.6f}"
        assert Watermarks(memory).of(report.key) == {ACME: end, GLOBEX: end}
        assert Waiting(memory).all() == {ACME: (said[REQUEST],)}
        [draft] = RequestDrafts(memory).find([Conversation(ACME, said[REQUEST], ()).key])
    assert (draft.account_id, draft.draft.withheld) == (ACCOUNTS[ACME], ())
    assert draft.draft.labels == ("customer request", "customer-ianthe")


def test_prefect_sees_the_report_alone(company: SweptCompany, caplog: pytest.LogCaptureFixture) -> None:
    company.says(OWEN, REQUEST, "Fri 21 17:00")
    with caplog.at_level(logging.DEBUG, "prefect"):
        state = sweep_at(company, FRI)

    assert REQUEST in artifacts(state)["feedback-sweep"]
    assert REQUEST in artifacts(state)["feedback-conversations"]
    assert REQUEST not in caplog.text + str(state.message)


def test_a_second_run_of_the_day_updates_the_report_in_place(company: SweptCompany) -> None:
    sweep_at(company, FRI)
    said = weekend(company)
    sweep_at(company, MON)
    [_, before] = company.reports()
    company.says(SAM, "By its installer.", "Mon 24 07:00", said[QUESTION], GLOBEX)

    sweep_at(company, "Mon 24 08:00", by_hand=True)

    [_, after] = company.reports()
    assert [before.tells(words) for words in said] == [NEWS, NEWS, NO_REPLY]
    assert [after.tells(words) for words in said] == [ANSWERED, NEWS, NO_REPLY]
    assert "updated" in after.text
    assert "updated" not in before.text


def test_the_next_day_tells_what_is_new_and_what_still_waits(company: SweptCompany) -> None:
    sweep_at(company, FRI)
    said = weekend(company)
    sweep_at(company, MON)
    company.says(SAM, "By its installer.", "Tue 25 01:00", said[QUESTION], GLOBEX)
    company.says(RUTH, LATER, "Tue 25 02:00", channel=GLOBEX)

    sweep_at(company, TUE)

    report = company.reports()[-1]
    told = {words: report.tells(words) for words in (*said, LATER)}
    assert told == {QUESTION: ANSWERED, REQUEST: BEFORE, THANKS: UNTOLD, LATER: NEWS}
    company.says(RUTH, OUTAGE, "Wed 26 02:00", channel=GLOBEX)
    sweep_at(company, "Wed 26 06:00")
    report = company.reports()[-1]
    told = {words: report.tells(words) for words in (*said, LATER, OUTAGE)}
    assert told == {QUESTION: UNTOLD, REQUEST: BEFORE, THANKS: UNTOLD, LATER: BEFORE, OUTAGE: NEWS}


@pytest.mark.parametrize(
    ("closed", "at", "opened"),
    [(SAT, "Sat 22 05:00", MON), ("Thu 27 06:00", "Thu 27 05:00", "Fri 28 06:00")],
    ids=["a Saturday", "Thanksgiving"],
)
def test_on_a_closed_day_only_what_may_be_an_emergency_is_told_and_then_all_of_it(
    company: SweptCompany, closed: str, at: str, opened: str
) -> None:
    sweep_at(company, FRI if closed == SAT else "Wed 26 06:00")
    company.says(RUTH, QUESTION, at, channel=GLOBEX)

    quiet = sweep_at(company, closed)
    company.says(DANA, OUTAGE, at.replace("05:00", "05:30"))
    loud = sweep_at(company, closed)
    sweep_at(company, opened)

    assert (quiet.name, str(quiet.message)[:12]) == ("Quiet", "Closed today")
    assert "1 may be P0" in str(loud.message)
    [_, emergency, whole] = company.reports()
    assert (emergency.tells(OUTAGE), emergency.tells(QUESTION)) == (NEWS, NEWS)
    assert (whole.tells(OUTAGE), whole.tells(QUESTION)) == (NEWS, NEWS)


def test_a_person_may_sweep_on_a_closed_day(company: SweptCompany) -> None:
    company.says(RUTH, QUESTION, "Sat 22 05:00", channel=GLOBEX)

    sweep_at(company, SAT, by_hand=True)

    [report] = company.reports()
    assert report.tells(QUESTION) == NEWS


@pytest.mark.parametrize(
    "form",
    [
        FeedbackForm(dry_run=False, channels=[ACME]),
        FeedbackForm(dry_run=False, since=on("Sat 22 00:00"), until=on("Sun 23 12:00")),
        FeedbackForm(dry_run=False, channel=GLOBEX),
        FeedbackForm(),
    ],
    ids=["some channels", "between two moments", "to another channel", "a dry run"],
)
def test_what_is_not_a_whole_sweep_leaves_everything_to_the_next(company: SweptCompany, form: FeedbackForm) -> None:
    sweep_at(company, FRI)
    said = weekend(company)
    before = kept("watermark", "open_conversation")

    state = sweep_at(company, MON, form, by_hand=True)

    assert state.is_completed(), state.message
    assert kept("watermark", "open_conversation") == before
    sweep_at(company, MON)
    assert [company.reports()[-1].tells(words) for words in said] == [NEWS, NEWS, NO_REPLY]
