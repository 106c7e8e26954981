"""The lines about runs that failed, crashed or never posted."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tasks.reports.alarms import LONGEST, alarm_line, missing_line, unanswered_line
from tasks.rules.alarms import Trouble

RUN = "https://prefect.acme.example/v2/runs/flow-run/1"
SLACK = Trouble("Refused", "Slack refused (not_in_channel) for C1. Invite the bot to the channel.")
MONDAY = datetime(2026, 11, 23, 7, tzinfo=ZoneInfo("America/Los_Angeles"))


def test_a_failure_says_what_failed_why_where_and_what_to_do() -> None:
    assert alarm_line("pipeline-review/weekly", SLACK, RUN, crashed=False) == (
        "*pipeline-review/weekly failed.* Slack refused (not\u02cdin\u02cdchannel) for C1. Invite the bot to the "
        f"channel. <{RUN}|Open the run>. Then run it again: what is done stays done."
    )


@pytest.mark.parametrize(
    ("trouble", "crashed", "says"),
    [
        pytest.param(Trouble("KeyError", ""), False, "failed.* The run's logs tell why.", id="not ours"),
        pytest.param(Trouble("", ""), True, "crashed.* Its process ended without a word", id="crashed"),
        pytest.param(Trouble("Unavailable", "Slack cannot answer now (HTTP 503)"), False, "503). <", id="no full stop"),
    ],
)
def test_what_it_says_where_no_sentence_has_a_remedy(trouble: Trouble, crashed: bool, says: str) -> None:
    assert says in alarm_line("pipeline-review/weekly", trouble, RUN, crashed=crashed)


def test_no_word_of_another_can_mention_link_or_format() -> None:
    evil = Trouble("Refused", "Salesforce refused (<!channel> *now* <https://evil.example|here> & `x`)")

    line = alarm_line("pipeline-review/weekly", evil, "", crashed=False).removeprefix(
        "*pipeline-review/weekly failed.*"
    )

    assert not set("<>*`") & set(line.replace("&lt;", "").replace("&gt;", ""))
    assert "://" not in line


def test_a_long_sentence_is_cut() -> None:
    long = Trouble("Refused", "Salesforce " + "x" * 5000)

    assert len(alarm_line("a/b", long, RUN, crashed=False)) < LONGEST + 200


def test_what_never_posted_is_told_with_its_hour_and_place() -> None:
    line = missing_line("pipeline-review/weekly", MONDAY, "https://prefect.acme.example/v2/deployments/deployment/1")

    assert line.startswith("*pipeline-review/weekly has not posted.* Its report has been due since Mon 23 Nov, 07:00.")
    assert "<https://prefect.acme.example/v2/deployments/deployment/1|Open it>" in line


def test_a_prefect_that_does_not_answer_is_told() -> None:
    line = unanswered_line("Prefect does not answer at http://127.0.0.1:4200/api: is the server up?")

    assert line.startswith("*The rituals do not run.* Prefect does not answer at")
