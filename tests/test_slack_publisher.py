"""A report is in the channel once, whatever happens on the way, and a rerun brings it up to date in place."""

from datetime import datetime, time

import pytest
from slack_sdk import WebClient

from tasks.clients import Refused, Unavailable, slack_reader, slack_writer
from tasks.ledger import Ledger
from tasks.reports.blocks import header, rich_text, section, text
from tasks.reports.post import Post, Report, ReportFile
from tasks.slack_publisher import Publisher
from tests.company import MONDAY, OFFICE, Sandbox
from tests.slack_alone import report

pytestmark = pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)

KEY = "pipeline-review:2026-11-23:all"
MIDNIGHT = datetime.combine(MONDAY, time(), OFFICE)


@pytest.fixture
def publisher(sandbox: Sandbox, ledger: Ledger) -> Publisher:
    config = sandbox.settings
    return Publisher(slack_writer(config), slack_reader(config), config.slack_channel, ledger)


@pytest.fixture
def reports(sandbox: Sandbox):
    """The reports in the channel, each with its thread: [[parent, reply, …], …]."""
    config = sandbox.settings
    client: WebClient = slack_reader(config)

    def read() -> list[list[dict]]:
        messages = client.conversations_history(channel=config.slack_channel, oldest=str(MIDNIGHT.timestamp()))
        ours = [m for m in messages["messages"] if m.get("bot_id") == "B0RITUALS"]
        return [client.conversations_replies(channel=config.slack_channel, ts=m["ts"])["messages"] for m in ours]

    return read


def test_a_report_is_a_parent_its_thread_and_its_file(publisher, reports):
    delivery = publisher.publish(report(), KEY, MIDNIGHT)

    [[parent, evidence, update, file]] = reports()
    assert parent["text"] == "4 to decide"
    assert parent["blocks"][0]["type"] == "header"
    assert [evidence["text"], update["text"]] == ["the evidence", "to update"]
    assert file["files"][0]["name"] == "deals.csv"
    assert not delivery.updated
    assert delivery.link.endswith("p" + parent["ts"].replace(".", ""))


def test_a_rerun_of_the_same_day_updates_in_place(publisher, reports):
    first = publisher.publish(report(), KEY, MIDNIGHT)

    again = publisher.publish(report("3 to decide", thread=("less evidence",)), KEY, MIDNIGHT)

    [[parent, evidence, file]] = reports()
    assert (again.ts, again.updated) == (first.ts, True)
    assert parent["text"] == "3 to decide"
    assert evidence["text"] == "less evidence"  # the post that is no longer needed is gone
    assert file["files"][0]["name"] == "deals.csv"  # the same file is not sent a second time


def test_a_part_whose_answer_was_lost_goes_where_the_rerun_does_not_need_it(publisher, reports, sandbox):
    sandbox.fault("drop_after", match={"path": "/api/chat.postMessage", "nth": 3}, times=1)
    with pytest.raises(Unavailable):
        publisher.publish(report(), KEY, MIDNIGHT)

    publisher.publish(report(thread=("less evidence",)), KEY, MIDNIGHT)

    [[_, *thread]] = reports()
    assert [m["text"] for m in thread if not m.get("files")] == ["less evidence"]


def test_a_rerun_with_other_deals_sends_the_new_file(publisher, reports):
    publisher.publish(report(), KEY, MIDNIGHT)

    publisher.publish(report(csv=b"a\n2\n"), KEY, MIDNIGHT)

    [[_, _, _, *files]] = reports()
    assert len(files) == 2


def test_another_day_or_team_is_another_report(publisher, reports):
    publisher.publish(report(), KEY, MIDNIGHT)
    publisher.publish(report(), "pipeline-review:2026-11-23:sales", MIDNIGHT)

    assert len(reports()) == 2


@pytest.mark.parametrize("call", ["chat.postMessage", "files.completeUploadExternal", "chat.getPermalink"])
@pytest.mark.parametrize("nth", [1, 2])
def test_an_answer_that_was_lost_does_not_make_a_second_message(publisher, reports, sandbox, call, nth):
    sandbox.fault("drop_after", match={"path": f"/api/{call}", "nth": nth}, times=1)
    try:
        publisher.publish(report(), KEY, MIDNIGHT)
    except Unavailable:
        publisher.publish(report(), KEY, MIDNIGHT)

    [thread] = reports()
    assert [m["text"] for m in thread[:3]] == ["4 to decide", "the evidence", "to update"]


def test_a_rate_limit_is_waited_out(publisher, reports, sandbox):
    sandbox.fault("rate_limited", match={"path": "/api/chat.postMessage"}, times=1, retry_after=0)

    publisher.publish(report(), KEY, MIDNIGHT)

    assert len(reports()) == 1


def test_blocks_that_slack_refuses_become_plain_text(publisher, reports):
    too_long = {"type": "header", "text": {"type": "plain_text", "text": "4 to decide" + " and more" * 50}}
    broken = Report(Post("4 to decide", [too_long]))

    publisher.publish(broken, KEY, MIDNIGHT)

    [[parent]] = reports()
    assert parent["text"].startswith("4 to decide and more and more")
    assert not parent.get("blocks")


def test_a_workspace_that_refuses_charts_gets_the_picture(publisher, reports):
    chart = {"type": "data_visualization", "title": "a chart that is refused for its title" * 3, "chart": {}}
    picture = ReportFile("chart.png", "Open pipeline", b"png")

    publisher.publish(
        Report(Post("4 to decide", [header("4 to decide"), chart]), picture=lambda: picture), KEY, MIDNIGHT
    )

    [[parent, file]] = reports()
    assert [block["type"] for block in parent["blocks"]] == ["header"]
    assert file["files"][0]["name"] == "chart.png"


def test_a_run_that_ended_before_its_file_was_sent_sends_it_when_repeated(publisher, reports, sandbox):
    sandbox.fault("server_error", match={"path": "/api/files.getUploadURLExternal"}, times=1)
    with pytest.raises(Unavailable):
        publisher.publish(report(), KEY, MIDNIGHT)

    publisher.publish(report(), KEY, MIDNIGHT)

    [[*_, file]] = reports()
    assert file["files"][0]["name"] == "deals.csv"


def test_one_line_is_said_once(publisher, reports):
    publisher.say_once("skipped: it started 168 hours late", "late:2026-11-16", MIDNIGHT)
    publisher.say_once("skipped: it started 169 hours late", "late:2026-11-16", MIDNIGHT)

    [[line]] = reports()
    assert line["text"] == "skipped: it started 168 hours late"


@pytest.mark.parametrize(
    ("channel", "says"),
    [("C0NOWHERE", "channel_not_found.*Check the channel's id"), ("C0PRIVATE", "channel_not_found")],
)
def test_a_channel_that_is_not_there_is_refused_with_the_remedy(sandbox, ledger, channel, says):
    config = sandbox.settings
    publisher = Publisher(slack_writer(config), slack_reader(config), channel, ledger)

    with pytest.raises(Refused, match=says):
        publisher.publish(report(), KEY, MIDNIGHT)


def test_a_rerun_fits_what_an_update_takes_where_the_blocks_are_refused(publisher, reports):
    many = [rich_text(section(text("Acme 2026, silent for 45 days, " * 5)))] * 60  # Slack takes 50 blocks
    broken = Report(Post("4 to decide", [header("4 to decide"), *many]))
    publisher.publish(broken, KEY, MIDNIGHT)

    publisher.publish(broken, KEY, MIDNIGHT)

    [[parent]] = reports()
    assert parent["text"].startswith("4 to decide")
    assert len(parent["text"]) <= 4_000
