"""Where one sweep begins and ends, and what it keeps for the next; step by step, without Prefect."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.feedback import Around, judged
from tasks.feedback_memory import KEPT, SKEW, asked_for, remember_sweep, report_key
from tasks.ledger_feedback import RequestDrafts, Waiting, Watermarks
from tasks.rules.feedback import Need
from tasks.runs import remembered, this_moment
from tasks.settings import settings
from tasks.slack import publish
from tasks.slack_feedback import read_feedback
from tests.conftest import Install
from tests.support_alone import ACME, DANA, GLOBEX, OWEN, RUTH
from tests.sweep_company import ACCOUNTS, SweptCompany, on
from tests.sweep_steps import REPORT, asked, marks_of, run_at, sweep_of, swept, ts
from tests.sweeps import make_draft, make_item

pytest_plugins = ["tests.sweep_fixtures"]

BEGINS = [
    ("Mon 24 06:00", "Fri 21 16:00"),  # Monday covers the weekend
    ("Tue 25 06:00", "Mon 24 16:00"),
    ("Mon 24 17:00", "Mon 24 16:00"),
    ("Fri 28 06:00", "Wed 26 16:00"),  # Thanksgiving
    ("Sun 23 12:00", "Fri 21 16:00"),
]


@pytest.mark.parametrize(("at", "since"), BEGINS, ids=[row[0] for row in BEGINS])
def test_the_first_sweep_begins_when_support_last_closed(company: SweptCompany, at: str, since: str) -> None:
    found = asked(at)

    assert (found.since, found.until, found.marks, found.waiting) == (on(since), on(at), {}, {})


def test_the_next_begins_where_the_one_before_ended(company: SweptCompany) -> None:
    swept("Fri 21 06:00")

    assert asked("Mon 24 06:00").marks == marks_of("Fri 21 06:00")


def test_it_begins_before_one_whose_report_does_not_stand(company: SweptCompany) -> None:
    swept("Fri 21 06:00")
    swept("Mon 24 06:00", posts=False)

    assert asked("Tue 25 06:00").marks == marks_of("Fri 21 06:00")


def test_a_report_that_stands_in_slack_counts_though_the_ledger_does_not_know_of_it(
    company: SweptCompany, install: Install
) -> None:
    swept("Fri 21 06:00")
    with remembered(settings()) as memory:
        memory.forget(f"slack:C0RITUALS:{report_key(on('Fri 21 06:00').date())}")

    assert asked("Mon 24 06:00").marks == marks_of("Fri 21 06:00")


def test_a_second_run_of_the_day_begins_where_the_first_did(company: SweptCompany) -> None:
    swept("Fri 21 06:00")
    swept("Mon 24 06:00")

    assert asked("Mon 24 17:00").marks == marks_of("Fri 21 06:00")


def test_a_second_run_of_the_first_day_does_too(company: SweptCompany) -> None:
    swept("Mon 24 06:00")

    assert asked("Mon 24 17:00").marks == marks_of("Fri 21 16:00")


@pytest.mark.parametrize("remembers", [True, False], ids=["after it kept what it read", "before"])
def test_where_the_first_report_never_stood_the_next_begins_where_the_first_did(
    company: SweptCompany, remembers: bool
) -> None:
    if remembers:
        swept("Mon 24 06:00", posts=False)
    else:
        asked("Mon 24 06:00")

    assert asked("Tue 25 06:00").marks == marks_of("Fri 21 16:00")


def test_a_dry_run_before_the_first_sweep_changes_nothing(company: SweptCompany) -> None:
    asked("Mon 24 06:00", dry_run=True)

    assert asked("Wed 26 06:00").marks == {}


def test_a_channel_that_is_new_in_the_settings_begins_when_support_last_closed(
    company: SweptCompany, install: Install
) -> None:
    install({**company.environment, "RITUALS_SLACK_CUSTOMER_CHANNELS": f'{{"{ACME}": "{ACCOUNTS[ACME]}"}}'})
    remember_sweep.fn(replace(sweep_of(up_to="Fri 21 06:00"), channels=sweep_of().channels[:1]), asked("Fri 21 06:00"))
    publish.fn(REPORT, report_key(on("Fri 21 06:00").date()), run_at("Fri 21 06:00").day_began)
    install(company.environment)

    found = asked("Mon 24 06:00")

    assert set(found.marks) == {ACME}
    assert found.since == on("Fri 21 16:00")


def test_a_sweep_of_something_else_knows_nothing_of_the_others(company: SweptCompany) -> None:
    swept("Fri 21 06:00", make_item(channel=ACME))

    found = asked_for.fn(on("Sun 23 06:00"), None, (ACME,), run_at("Mon 24 06:00"), is_whole=False, dry_run=False)

    assert (found.since, found.until) == (on("Sun 23 06:00"), on("Mon 24 06:00"))
    assert (found.channels, found.marks, found.waiting) == ((ACME,), {}, {})
    assert found.scope == f"2025-11-23 06:00,2025-11-24 06:00,{ACME}"


def test_only_a_schedule_finds_a_day_closed(company: SweptCompany) -> None:
    assert not asked("Sat 22 06:00").is_closed  # nobody started this as a schedule does


def test_what_waits_is_kept_and_what_does_not_any_more_is_forgotten(company: SweptCompany) -> None:
    waits, answered = make_item("A", channel=ACME), make_item("B", on("Sat 22 11:00"), channel=GLOBEX)
    swept("Fri 21 06:00", waits, answered)
    assert asked("Mon 24 06:00").waiting == {
        one.conversation.channel: (one.conversation.root,) for one in (waits, answered)
    }

    done = replace(answered, judged=replace(answered.judged, need=Need.ANSWERED))
    swept("Mon 24 06:00", waits, done)

    assert asked("Tue 25 06:00").waiting == {ACME: (waits.conversation.root,)}


def test_a_channel_that_could_not_be_read_keeps_its_mark_and_what_waits_in_it(company: SweptCompany) -> None:
    waits = make_item("A", channel=GLOBEX)
    swept("Fri 21 06:00", waits)
    wanted, unread = asked("Mon 24 06:00"), "the bot was not invited"
    found = sweep_of(GLOBEX=unread)
    channels = tuple(replace(one, up_to=ts("Fri 21 06:00")) if one.trouble else one for one in found.channels)

    remember_sweep.fn(replace(found, channels=channels), wanted)
    publish.fn(REPORT, report_key(wanted.day), run_at("Mon 24 06:00").day_began)

    tuesday = asked("Tue 25 06:00")
    assert tuesday.marks == {ACME: ts("Mon 24 06:00"), GLOBEX: ts("Fri 21 06:00")}
    assert tuesday.waiting == {GLOBEX: (waits.conversation.root,)}


def test_what_waits_in_a_channel_that_is_in_the_settings_no_more_is_forgotten(company: SweptCompany) -> None:
    waits = make_item("A", channel=ACME), make_item("B", channel=GLOBEX)
    swept("Fri 21 06:00", *waits)
    found = sweep_of(waits[0])

    remember_sweep.fn(replace(found, channels=found.channels[:1]), asked("Mon 24 06:00"))

    assert asked("Tue 25 06:00").waiting == {ACME: (waits[0].conversation.root,)}


def test_a_channel_that_comes_back_into_the_settings_is_read_from_where_it_was(company: SweptCompany) -> None:
    swept("Fri 21 06:00")
    for said in ("Mon 24 06:00", "Tue 25 06:00"):
        found, wanted = sweep_of(up_to=said), asked(said)
        remember_sweep.fn(replace(found, channels=found.channels[:1]), wanted)
        publish.fn(REPORT, report_key(wanted.day), run_at(said).day_began)

    assert asked("Wed 26 06:00").marks == {ACME: ts("Tue 25 06:00"), GLOBEX: ts("Fri 21 06:00")}


def test_a_sweep_of_now_ends_some_seconds_ago_as_slacks_clock_may_be_behind(company: SweptCompany) -> None:
    run = this_moment(settings())

    found = asked_for.fn(None, None, (), run, is_whole=True)

    assert timedelta(0) <= found.until - (run.until - SKEW) < timedelta(seconds=5)


@pytest.mark.parametrize("changes", [{"is_whole": False}, {"is_closed": True}], ids=["partial", "on a closed day"])
def test_other_sweeps_keep_their_drafts_alone(company: SweptCompany, changes: dict[str, bool]) -> None:
    item = make_item("Add an export", channel=ACME, draft=make_draft("An export"))
    wanted = replace(asked("Mon 24 06:00", dry_run=True), **changes)

    remember_sweep.fn(sweep_of(item), wanted)

    with remembered(settings()) as memory:
        [kept] = RequestDrafts(memory).find([item.key])
        assert (kept.channel, kept.root, kept.draft) == (ACME, item.conversation.root, item.draft)
        assert (Watermarks(memory).rituals(""), Waiting(memory).all()) == ((), {})


def test_what_is_older_than_two_months_is_forgotten(company: SweptCompany) -> None:
    item = make_item("Add an export", channel=ACME, draft=make_draft("An export"))
    swept("Fri 21 06:00", item)
    wanted = asked("Mon 24 06:00")

    remember_sweep.fn(sweep_of(), replace(wanted, day=on("Fri 21 06:00").date() + KEPT))
    with remembered(settings()) as memory:
        assert RequestDrafts(memory).find([item.key])
        assert report_key(on("Fri 21 06:00").date()) in Watermarks(memory).rituals("")
    remember_sweep.fn(sweep_of(), replace(wanted, day=on("Sat 22 06:00").date() + KEPT))
    with remembered(settings()) as memory:
        assert RequestDrafts(memory).find([item.key]) == []
        assert report_key(on("Fri 21 06:00").date()) not in Watermarks(memory).rituals("")
        assert Watermarks(memory).of("feedback-sweep")  # where sweeps began, which is of no day


def test_a_weekend_is_told_on_monday_and_nothing_of_it_on_tuesday_but_what_waits(company: SweptCompany) -> None:
    def sweep(said: str) -> dict[str, tuple[Need, bool]]:
        company.clock.set(on(said))
        wanted = asked(said)
        read = read_feedback.fn(wanted.channels, wanted.since, wanted.until, wanted.marks, wanted.waiting)
        found = judged(wanted, read, Around())
        remember_sweep.fn(found, wanted)
        publish.fn(REPORT, report_key(wanted.day), run_at(said).day_began)
        return {one.conversation.messages[0].text: (one.judged.need, one.from_before) for one in found.items}

    sweep("Fri 21 06:00")
    company.says(OWEN, "Could you add an export as CSV?", "Fri 21 06:00")  # right after it ended
    company.says(RUTH, "How do I add a host?", "Sat 22 10:00", channel=GLOBEX)
    company.says(DANA, "Thanks, that did it!", "Sun 23 10:00")

    waiting = {"Could you add an export as CSV?": (Need.ANSWER, False), "How do I add a host?": (Need.ANSWER, False)}
    assert sweep("Mon 24 06:00") == {**waiting, "Thanks, that did it!": (Need.NO_REPLY, False)}
    assert sweep("Tue 25 06:00") == dict.fromkeys(waiting, (Need.ANSWER, True))
