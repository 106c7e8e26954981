"""Every message of a report stands once, whichever call to Slack fails and wherever the run that posts it is killed."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Barrier, Thread

import pytest
import slack_sdk.http_retry.handler as waits

from tasks.clients import Unavailable
from tasks.ledger import Busy, Ledger
from tasks.reports.post import Post, Report
from tasks.slack_publisher import Publisher
from tests.slack_alone import SINCE, TEST_CHANNEL, Death, Killed, Slack, let_leases_end, report, running, said

# What a publish asks of Slack, in this order, where nothing stands yet.
FIRST = [
    "conversations.history",
    "chat.postMessage",
    "chat.getPermalink",
    "chat.postMessage",
    "chat.postMessage",
    "files.getUploadURLExternal",
    "upload",
    "files.completeUploadExternal",
]
# The same report a part shorter, and with another file, where the ledger knows what stands.
AGAIN = [
    "chat.update",
    "conversations.replies",
    "chat.delete",
    "chat.update",
    "files.getUploadURLExternal",
    "upload",
    "files.completeUploadExternal",
]
FAULTS = ("drop_before", "drop_after", "server_error", "rate_limited", "unavailable")


REPORT, SHORTER = report(), report("3 to decide", thread=("evidence of 3",), csv=b"a\n2\n")
SAME_FILE = report("3 to decide", thread=("evidence of 3",))
WHOLE = [("4 to decide", ["the evidence", "to update"], 1)]
SHORTENED = [("3 to decide", ["evidence of 3"], 2)]  # an earlier file stays: it was what people decided by


@pytest.fixture(scope="module")
def _slack() -> Iterator[Slack]:
    with running() as slack:
        yield slack


@pytest.fixture
def slack(_slack: Slack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slack]:
    """The Slack of all tests here, each of which posts under a key of its own."""
    monkeypatch.setattr(waits.time, "sleep", lambda _: None)  # what slack-sdk waits before it repeats a reading
    yield _slack
    _slack.cure()


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    return f"pipeline-review:2026-11-23:{request.node.name}"


@pytest.fixture
def publisher(slack: Slack, ledger: Ledger) -> Publisher:
    return slack.publisher(ledger)


@pytest.fixture
def new_ledger(sqlite_ledger: Path, tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    """Opens ledgers: of an owner each, and on an empty database where `lost`."""
    numbers, opened = count(), list[Ledger]()

    def _open(owner: str = "test", *, lost: bool = False, step: Callable[[str], None] = lambda _: None) -> Ledger:
        file = tmp_path / "shared.db"
        if lost or not file.exists():
            file = tmp_path / f"{next(numbers)}.db" if lost else file
            shutil.copy(sqlite_ledger, file)
        opened.append(Ledger(f"sqlite:///{file}", owner=owner, step=step))
        return opened[-1]

    yield _open
    for ledger in opened:
        ledger.close()


sqlite = pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)


def test_a_first_publish_is_these_calls(slack: Slack, publisher: Publisher, key: str) -> None:
    assert slack.calls_of(lambda: publisher.publish(REPORT, key, SINCE)) == FIRST


def test_what_the_ledger_knows_is_updated_without_a_look_at_the_channel(slack, publisher, key) -> None:
    publisher.publish(REPORT, key, SINCE)

    assert slack.calls_of(lambda: publisher.publish(REPORT, key, SINCE)) == ["chat.update"] * 3


def test_a_shorter_report_with_another_file_is_these_calls(slack: Slack, publisher: Publisher, key: str) -> None:
    publisher.publish(REPORT, key, SINCE)

    assert slack.calls_of(lambda: publisher.publish(SHORTER, key, SINCE)) == AGAIN


@sqlite
@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize(("nth", "call"), list(enumerate(FIRST, start=1)))
def test_a_call_that_fails_is_made_good_by_the_next_run(slack, publisher, key, kind, nth, call) -> None:
    slack.fault(kind, nth)
    try:
        publisher.publish(REPORT, key, SINCE)
    except Unavailable:
        publisher.publish(REPORT, key, SINCE)

    assert slack.standing(key) == WHOLE


@sqlite
@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize(("nth", "call"), list(enumerate(AGAIN, start=1)))
def test_a_call_that_fails_in_a_rerun_is_made_good_by_the_next(slack, publisher, key, kind, nth, call) -> None:
    publisher.publish(REPORT, key, SINCE)
    slack.fault(kind, nth)
    try:
        publisher.publish(SHORTER, key, SINCE)
    except Unavailable:
        publisher.publish(SHORTER, key, SINCE)

    assert slack.standing(key) == SHORTENED


@sqlite
@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "server_error"])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_lost_answer_after_blocks_that_slack_refuses_makes_no_second_message(slack, publisher, key, kind, nth):
    too_long = {"type": "header", "text": {"type": "plain_text", "text": "4 to decide" + " and more" * 50}}
    broken = Report(Post("4 to decide", [too_long]))
    slack.fault(kind, nth, "/api/chat.postMessage")
    try:
        publisher.publish(broken, key, SINCE)
    except Unavailable:
        publisher.publish(broken, key, SINCE)

    [(words, _, _)] = slack.standing(key)
    assert words.startswith("4 to decide and more and more")


@pytest.mark.parametrize(
    ("stands_before", "wanted", "expected"),
    [
        pytest.param(None, REPORT, WHOLE, id="a first run"),
        pytest.param(REPORT, SAME_FILE, [("3 to decide", ["evidence of 3"], 1)], id="a rerun of a shorter report"),
    ],
)
def test_a_run_that_is_killed_anywhere_is_repaired_by_the_next(
    slack, new_ledger, key, stands_before, wanted, expected
) -> None:
    memory, broken, steps = new_ledger(), {}, []
    for nth in count(1):
        mine = f"{key}:{nth}"
        if stands_before:
            slack.publisher(memory).publish(stands_before, mine, SINCE)
        death = Death(nth)
        try:
            slack.publisher(new_ledger("killed", step=death)).publish(wanted, mine, SINCE)
            break
        except Killed:
            steps.append(death.at)
        let_leases_end(memory)
        slack.publisher(memory).publish(wanted, mine, SINCE)
        if slack.standing(mine) != expected:
            broken[nth, death.at] = slack.standing(mine)

    assert len(steps) >= 20
    assert broken == {}


@sqlite
def test_while_another_run_may_be_posting_the_next_one_waits(slack, ledger, new_ledger, key) -> None:
    with pytest.raises(Killed):
        slack.publisher(new_ledger("killed", step=Death(1, "renew:after"))).publish(REPORT, key, SINCE)

    with pytest.raises(Busy, match="killed"):
        slack.publisher(new_ledger()).publish(REPORT, key, SINCE)
    assert slack.standing(key) == []


def test_of_two_runs_at_once_one_posts(slack: Slack, ledger_url: str, key: str) -> None:
    together = Barrier(2, timeout=30)
    broken = []

    def run(owner: str, mine: str) -> None:
        met: list[str] = []

        def meet(step: str) -> None:
            if step == "effect:after" and not met:  # both have found that nothing was posted
                met.append(step)
                together.wait()

        with Ledger(ledger_url, owner=owner, step=meet) as memory:
            try:
                slack.publisher(memory).publish(REPORT, mine, SINCE)
            except Busy:
                return  # to be repeated later

    for nth in range(6):
        mine = f"{key}:{nth}"
        racing = [Thread(target=run, args=(owner, mine)) for owner in ("one", "two")]
        for thread in racing:
            thread.start()
        for thread in racing:
            thread.join()
        with Ledger(ledger_url, owner="later") as memory:
            slack.publisher(memory).publish(REPORT, mine, SINCE)
        broken += [stands for stands in [slack.standing(mine)] if stands != WHOLE]

    assert broken == []


def test_a_lost_ledger_is_no_second_report(slack: Slack, new_ledger, key: str) -> None:
    slack.publisher(new_ledger()).publish(REPORT, key, SINCE)

    delivery = slack.publisher(new_ledger(lost=True)).publish(SHORTER, key, SINCE)

    assert slack.standing(key) == SHORTENED
    assert delivery.updated


def test_nor_a_second_reply_and_a_rerun_leaves_the_first_alone(slack: Slack, new_ledger, key: str) -> None:
    first = slack.publisher(new_ledger())
    parent = first.publish(REPORT, key, SINCE)
    reply = first.reply(key, said("closed 2"), f"{key}:closed", SINCE)

    again = slack.publisher(new_ledger(lost=True))
    again.publish(SHORTER, key, SINCE)
    assert again.reply(key, said("closed 3"), f"{key}:closed", SINCE).ts == reply.ts
    assert [m["text"] for m in slack.thread(parent.ts) if m["text"].startswith("closed")] == ["closed 3"]


@pytest.mark.parametrize("kind", ["drop_after", "server_error"])
@pytest.mark.parametrize("nth", range(1, 9))
def test_nor_is_it_where_a_call_fails_too(slack: Slack, new_ledger, key: str, kind: str, nth: int) -> None:
    slack.publisher(new_ledger()).publish(REPORT, key, SINCE)
    again = slack.publisher(new_ledger(lost=True))
    slack.fault(kind, nth)
    try:
        again.publish(SHORTER, key, SINCE)
    except Unavailable:
        again.publish(SHORTER, key, SINCE)

    assert slack.standing(key) == SHORTENED


@sqlite
def test_the_same_report_may_go_to_a_test_channel_first(slack: Slack, ledger: Ledger, key: str) -> None:
    slack.publisher(ledger, TEST_CHANNEL).publish(REPORT, key, SINCE)
    slack.publisher(ledger).publish(REPORT, key, SINCE)

    assert len(slack.standing(key, TEST_CHANNEL)) == len(slack.standing(key)) == 1


@sqlite
def test_a_report_that_somebody_deleted_is_posted_anew_whole_and_once(slack, publisher, key) -> None:
    first = publisher.publish(REPORT, key, SINCE)
    slack.delete(first.ts)

    publisher.publish(REPORT, key, SINCE)
    publisher.publish(REPORT, key, SINCE)

    assert slack.standing(key) == WHOLE


@sqlite
def test_a_part_that_somebody_deleted_is_posted_anew_once(slack, publisher, key) -> None:
    [_, evidence, *_] = slack.thread(publisher.publish(REPORT, key, SINCE).ts)
    slack.delete(evidence["ts"])

    publisher.publish(REPORT, key, SINCE)
    publisher.publish(REPORT, key, SINCE)

    [(_, parts, _)] = slack.standing(key)
    assert Counter(parts) == {"the evidence": 1, "to update": 1}


@sqlite
@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "server_error"])
def test_a_line_is_said_once(slack: Slack, publisher: Publisher, key: str, kind: str) -> None:
    slack.fault(kind, 1, "/api/chat.postMessage")
    with pytest.raises(Unavailable):
        publisher.say_once("skipped: 168 hours late", key, SINCE)
    publisher.say_once("skipped: 168 hours late", key, SINCE)

    assert slack.calls_of(lambda: publisher.say_once("skipped: 169 hours late", key, SINCE)) == []
    assert slack.standing(key) == [("skipped: 168 hours late", [], 0)]
