"""The pretend company's night: every case is in it, whatever day it is told for; and it is read as it was told."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.github import CODENAMES, GITHUB, PRIVATE, PUBLIC
from deployments.sandbox.company.night import LINES, Line, stamp
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.people import TEAM
from deployments.sandbox.company.slack_customers import CUSTOMER_CHANNELS, GUESTS, SUPPORT, colleague_id
from tasks.clients import slack_reader
from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.support_clock import SupportClock
from tasks.settings import Settings
from tasks.slack_feedback import FeedbackReader, FeedbackReading
from tasks.slack_pace import Pace
from tests.company import MONDAY, OFFICE, Sandbox, running
from tests.company_night import NIGHT, NOBODYS, asked_at, due_at

DAYS = [
    pytest.param(MONDAY, id="Mon"),
    pytest.param(date(2026, 11, 25), id="Wed"),
    pytest.param(date(2026, 11, 26), id="Thu, Thanksgiving"),
    pytest.param(date(2026, 11, 27), id="Fri, after Thanksgiving"),
    pytest.param(date(2026, 11, 28), id="Sat"),
    pytest.param(date(2026, 3, 8), id="Sun, on which the clocks go forward"),
    pytest.param(date(2026, 11, 2), id="Mon, after the clocks went back"),
    pytest.param(date(2028, 2, 29), id="Tue, a leap day"),
]
CLOCK = SupportClock(SupportPolicy(), OfficeDays(), "America/Los_Angeles")
OURS = {*(colleague_id(c.key) for c in TEAM), *(user.id for user in SUPPORT)}
ROOTS = {one.root for one in NIGHT}


def opening(as_of: date) -> datetime:
    return datetime.combine(as_of, time(7, 28), OFFICE)


def said_at(id_: str, as_of: date) -> datetime:
    return datetime.fromtimestamp(int(stamp(OfficeTime(as_of), id_).partition(".")[0]), OFFICE)


def read(config: Settings, as_of: date) -> FeedbackReading:
    reader = FeedbackReader(slack_reader(config), config.slack_customer_channels, config.feedback, Pace(1_000))
    return reader.read(CLOCK.last_close(opening(as_of)), opening(as_of))


@pytest.mark.parametrize("as_of", DAYS)
def test_forty_messages_and_more_come_while_support_is_closed(as_of: date) -> None:
    began = CLOCK.last_close(opening(as_of))
    at = {line.id: said_at(line.id, as_of) for line in LINES}
    tonight = [moment for moment in at.values() if moment >= began]

    assert len(tonight) >= 40
    assert {id_ for id_, moment in at.items() if moment < began} == {"data centre", "a guide"}
    assert max(tonight) == datetime.combine(as_of, time(6, 50), OFFICE)
    assert [id_ for id_, moment in at.items() if moment in tonight and CLOCK.is_open(moment)] == (
        ["restart", "invoice"] if CLOCK.is_business_day(as_of) else []
    )


@pytest.mark.parametrize(
    ("as_of", "closed"), [(MONDAY, "Fri 20"), (date(2026, 11, 25), "Tue 24"), (date(2026, 11, 28), "Fri 27")], ids=str
)
def test_it_begins_on_the_evening_on_which_support_closed(as_of: date, closed: str) -> None:
    evening = {f"{said_at(line.id, as_of):%a %d}" for line in LINES if line.day == "close"}

    assert evening == {closed}


@pytest.mark.parametrize(("first", "second"), [("502", "502 more"), ("tablets", "key"), ("changelog", "debian")])
def test_two_messages_come_within_five_minutes(first: str, second: str) -> None:
    by_id = {line.id: line for line in LINES}

    assert said_at(second, MONDAY) - said_at(first, MONDAY) <= timedelta(minutes=5)
    assert (by_id[first].user == by_id[second].user) is (first != "changelog")  # two people's are two


@pytest.mark.parametrize("as_of", DAYS)
def test_a_reply_comes_after_what_it_answers(as_of: date) -> None:
    assert all(said_at(line.id, as_of) > said_at(line.under, as_of) for line in LINES if line.under)


@pytest.mark.parametrize("as_of", DAYS)
def test_the_answers_are_due_as_the_clock_of_support_says(as_of: date) -> None:
    for one in NIGHT:
        if one.asked and one.priority:
            deadlines = CLOCK.deadlines(one.priority, asked_at(one, as_of))
            assert (one.root, deadlines.due) == (one.root, due_at(one, as_of))
            assert deadlines.disputed == (one.is_disputed and CLOCK.is_business_day(as_of))


def test_the_answers_are_due_on_the_weekdays_that_are_written_down() -> None:
    told = {one.root: f"{due_at(one, MONDAY).astimezone(OFFICE):%a %H:%M}" for one in NIGHT if one.due}

    assert told == {one.root: one.due for one in NIGHT if one.due}
    assert due_at(NIGHT[0], MONDAY) < opening(MONDAY)  # the emergency is overdue when support opens


CASES: dict[str, Callable[[Line], object]] = {
    "an answer of ours in a thread": lambda line: line.user in OURS and line.under,
    "an answer of ours in the channel": lambda line: line.user in OURS and not line.under,
    "a file and no word": lambda line: line.file and not line.text,
    "a file with words": lambda line: line.file and line.text,
    "an edited message": lambda line: line.edited,
    "what is left of a deleted one": lambda line: line.subtype == "tombstone",
    "a reply that was sent to the channel": lambda line: line.broadcast,
    "a guest of our workspace": lambda line: line.user in {guest.id for guest in GUESTS},
    "a bot": lambda line: "BOT" in line.user and line.user != "USLACKBOT",
    "a join": lambda line: line.subtype == "channel_join",
    "an emoji": lambda line: line.text.startswith(":") and line.text.endswith(":"),
    "the hour of which the handbook says both": lambda line: line.day == "morning" and line.at >= "06:00",
    "a mention of everybody": lambda line: "<!channel>" in line.text,
    "a formula": lambda line: "=cmd" in line.text,
    "a script": lambda line: "&lt;/script&gt;" in line.text,
    "a turned direction": lambda line: "\u202e" in line.text,
    "a link as Markdown has it": lambda line: "](javascript:" in line.text,
    "another language": lambda line: "k\u00f6nnen wir" in line.text,
    "more than fits into one section": lambda line: len(line.text) > 3_000,
    "a channel that we cannot read": lambda line: line.channel == "C0SANDPIPER",
    "a channel that is not listed": lambda line: line.channel not in CUSTOMER_CHANNELS,
}


@pytest.mark.parametrize("case", CASES)
def test_the_night_has_the_case(case: str) -> None:
    assert any(CASES[case](line) for line in LINES)


def test_every_line_belongs_to_one_conversation_or_to_nobody() -> None:
    told = [id_ for one in NIGHT for id_ in (one.root, *one.more)]

    assert sorted([*told, *NOBODYS]) == sorted(line.id for line in LINES)


@pytest.mark.parametrize("as_of", [MONDAY, date(2026, 11, 25), date(2026, 11, 28)], ids=str)
def test_it_is_read_as_it_was_told(as_of: date) -> None:
    with running(build(1, "small", as_of), opening(as_of)) as sandbox:
        reading = read(sandbox.settings, as_of)

    words = {stamp(OfficeTime(as_of), line.id): line.id for line in LINES}
    heard = {words[one.root]: {words[message.ts] for message in one.messages} for one in reading.conversations}
    unheard = {"alert", "join", "unread", "stranger", "deleted"}
    threads = {line.under or line.id for line in LINES if line.id not in unheard}
    assert heard == {root: {line.id for line in LINES if root in {line.id, line.under}} - unheard for root in threads}
    assert heard.keys() >= ROOTS
    assert [one.id for one in reading.channels if one.trouble] == ["C0SANDPIPER"]
    assert reading.strangers == ("ext-whimbrel-media",)


def test_reading_it_takes_few_calls(shared_sandbox: Sandbox) -> None:
    reading = read(shared_sandbox.settings, MONDAY)

    assert len(reading.channels) == 11
    assert reading.calls < 45


def test_revops_have_said_who_files_where_and_who_is_on_shift(shared_sandbox: Sandbox) -> None:
    feedback, sandbox = shared_sandbox.settings.feedback, shared_sandbox.environment
    members = {user.real_name for user in build(1, "small", MONDAY).slack.users}

    assert (feedback.public_repository, sorted(feedback.filers)) == (PUBLIC, ["Kira Sandoval"])
    assert set(feedback.shifts) == {"Mon", "Tue", "Wed", "Thu", "Fri"}
    assert all(any(who.startswith(name.split()[0]) for who in members) for name in feedback.shifts.values())
    assert set(json.loads(sandbox["RITUALS_SLACK_CUSTOMER_CHANNELS"])) == set(CUSTOMER_CHANNELS)


def test_whose_a_codename_is_stands_in_the_private_repository_alone() -> None:
    labels = {
        one.full_name: {label.name: label.description for label in one.labels if label.name in CODENAMES}
        for one in GITHUB.repositories
    }

    assert labels == {PRIVATE: CODENAMES, PUBLIC: dict.fromkeys(CODENAMES)}


def test_no_public_issue_names_a_customer_and_every_expected_one_is_there() -> None:
    public = next(one for one in GITHUB.repositories if one.full_name == PUBLIC)
    words = " ".join(f"{issue.title} {issue.body}" for issue in public.issues)

    assert [name for name in CUSTOMER_CHANNELS.values() if name in words] == []
    assert {one.like for one in NIGHT if one.like} <= {issue.title for issue in public.issues if not issue.is_closed}
