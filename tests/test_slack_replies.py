"""What a decision leaves in Slack: a reply below the report, once, and another first line that can be taken back."""

from collections.abc import Iterator

import pytest

from tasks import slack as tasks
from tasks.clients import Unavailable
from tasks.ledger import Ledger
from tasks.reports.blocks import header
from tasks.reports.post import Post, Report
from tasks.slack_publisher import Publisher
from tests.slack_alone import SINCE, TEST_CHANNEL, Slack, report, running, said

pytestmark = pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)

KEY = "pipeline-review:2026-11-23:all"
DECIDED = f"{KEY}:2026-11-23-3f9a1c:closed"


@pytest.fixture
def slack() -> Iterator[Slack]:
    """An empty Slack."""
    with running() as slack:
        yield slack


@pytest.fixture
def publisher(slack: Slack, ledger: Ledger) -> Publisher:
    return slack.publisher(ledger)


def closed(first: Post) -> Post:
    return Post(first.text.replace("4 to decide", "3 closed"), [header("3 closed")])


def test_a_reply_stands_below_the_report_once_and_says_the_latest(publisher, slack):
    publisher.publish(report(), KEY, SINCE)

    first = publisher.reply(KEY, said("closed 2"), DECIDED, SINCE)
    again = publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    [[*_, reply]] = slack.reports()
    assert (reply["ts"], reply["text"]) == (first.ts, "closed 3")
    assert (first.ts, first.updated, again.updated) == (again.ts, False, True)
    assert "thread_ts=" in first.link


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "server_error"])
def test_a_reply_whose_answer_was_lost_is_not_repeated(publisher, slack, fault):
    publisher.publish(report(), KEY, SINCE)
    slack.fault(fault, 1, "/api/chat.postMessage")
    with pytest.raises(Unavailable):
        publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    [thread] = slack.reports()
    assert [m["text"] for m in thread].count("closed 3") == 1


def test_a_rerun_of_the_report_leaves_the_reply_alone(publisher, slack):
    publisher.publish(report(), KEY, SINCE)
    publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    publisher.publish(report(thread=()), KEY, SINCE)

    [[_, file, reply]] = slack.reports()
    assert (bool(file["files"]), reply["text"]) == (True, "closed 3")


def test_a_reply_to_a_report_that_was_never_posted_goes_to_the_channel_once(publisher, slack):
    publisher.reply(KEY, said("closed 2"), DECIDED, SINCE)
    publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    [[line]] = slack.reports()
    assert line["text"] == "closed 3"


def test_it_stays_there_when_the_report_is_posted_after_all(publisher, slack):
    publisher.reply(KEY, said("closed 2"), DECIDED, SINCE)
    publisher.publish(report(thread=()), KEY, SINCE)

    publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    [[parent, file], [line]] = slack.reports()
    assert (parent["text"], bool(file["files"]), line["text"]) == ("4 to decide", True, "closed 3")


@pytest.mark.parametrize("thread", [pytest.param((), id="and nothing is left"), pytest.param(("evidence",), id="")])
def test_a_reply_to_a_report_that_somebody_deleted_goes_to_the_channel(publisher, slack, thread):
    parent = publisher.publish(Report(Post("4 to decide"), tuple(map(said, thread))), KEY, SINCE)
    slack.delete(parent.ts)

    publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    assert [[m["text"] for m in thread] for thread in slack.reports()] == [["closed 3"]]


def test_a_report_that_was_deleted_and_posted_anew_has_the_reply_again(publisher, slack):
    parent = publisher.publish(report(), KEY, SINCE)
    publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)
    slack.delete(parent.ts)
    publisher.publish(report(), KEY, SINCE)

    publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)

    [[_, *thread]] = slack.reports()
    assert [m["text"] for m in thread].count("closed 3") == 1


def test_a_report_is_rewritten_from_what_was_posted_however_often(publisher, slack):
    publisher.publish(report(), KEY, SINCE)

    publisher.rewrite(KEY, closed)
    publisher.rewrite(KEY, closed)

    [[parent, *thread]] = slack.reports()
    assert (parent["text"], parent["blocks"][0]["text"]["text"]) == ("3 closed", "3 closed")
    assert len(thread) == 3


def test_a_report_is_rewritten_though_another_channel_has_it_too(publisher, slack, ledger):
    publisher.publish(report(), KEY, SINCE)
    slack.publisher(ledger, TEST_CHANNEL).publish(report(), KEY, SINCE)

    publisher.rewrite(KEY, closed)

    [[parent, *_]] = slack.reports()
    assert parent["text"] == "3 closed"


def test_what_was_rewritten_can_be_taken_back(publisher, slack):
    publisher.publish(report(), KEY, SINCE)
    [[before, *_]] = slack.reports()
    publisher.rewrite(KEY, closed)

    publisher.rewrite(KEY, lambda first: first)

    [[parent, *_]] = slack.reports()
    assert (parent["text"], parent["blocks"]) == (before["text"], before["blocks"])


def test_a_rerun_after_a_decision_shows_it_and_can_still_be_taken_back(publisher, slack):
    publisher.publish(report(), KEY, SINCE)
    publisher.publish(report(), KEY, SINCE, shown=closed(report().parent))
    [[decided, *_]] = slack.reports()

    publisher.rewrite(KEY, lambda first: first)

    [[parent, *_]] = slack.reports()
    assert (decided["text"], parent["text"]) == ("3 closed", "4 to decide")


def test_there_is_nothing_to_rewrite_where_no_report_stands(publisher, slack):
    assert publisher.rewrite(KEY, closed) is None

    parent = publisher.publish(report(), KEY, SINCE)
    slack.delete(parent.ts)

    assert publisher.rewrite(KEY, closed) is None
    assert slack.reports() == []


def test_the_tasks_remember_in_the_ledger_of_the_settings(install, slack, ledger_url):
    install({**slack.environment, "RITUALS_LEDGER_URL": ledger_url})

    tasks.publish.fn(report(), KEY, SINCE)
    with tasks.publisher() as publisher:
        publisher.reply(KEY, said("closed 3"), DECIDED, SINCE)
    tasks.say_once.fn("skipped", "late", SINCE)

    [[line], [parent, *thread]] = slack.reports()
    assert tasks.already_posted.fn(KEY, SINCE)
    assert (line["text"], parent["text"], thread[-1]["text"]) == ("skipped", "4 to decide", "closed 3")
