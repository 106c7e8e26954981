"""Ids, days, moments and the talk in Slack."""

from datetime import date

import pytest

from deployments.sandbox.company.ids import LIMIT, record_id
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.slack_customers import BOT, CUSTOMER_CHANNELS
from deployments.sandbox.company.slack_talk import REPORTS, SLACKBOT, TOKEN, talk
from deployments.sandbox.salesforce.ids import checksum, is_id, make_id

MONDAY = OfficeTime(date(2026, 11, 23))


@pytest.mark.parametrize("number", [0, 1, 61, 62, 3843, 3844, 1_234_567, LIMIT - 1])
@pytest.mark.parametrize("prefix", ["001", "003", "006", "00Q", "01J", "02s", "017"])
def test_ids_are_those_of_salesforce(prefix: str, number: int) -> None:
    id_ = record_id(prefix, number)
    assert (is_id(id_), len(id_), id_[:3], id_[15:]) == (True, 18, prefix, checksum(id_[:15]))


def test_the_checksum_is_that_of_the_documentation() -> None:
    assert checksum("001D000000IqhSL") == "IAZ"


def test_ids_differ_from_each_other_and_from_those_of_new_records() -> None:
    brought = {record_id("006", n) for n in range(20_000)}
    assert len(brought) == 20_000
    assert not brought & {make_id("006", n) for n in range(1, 20_000)}


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_numbers_that_have_no_id(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        record_id("006", number)


@pytest.mark.parametrize(
    ("ago", "clock", "expected"),
    [
        (45, "18:30", "2026-10-10T01:30:00.000+0000"),  # Fri 2026-10-09 in the office, summer time
        (0, "06:40", "2026-11-23T14:40:00.000+0000"),  # winter time
        (22, "10:00", "2026-11-01T18:00:00.000+0000"),  # the day the clocks went back
        (-24, "14:00", "2026-12-17T22:00:00.000+0000"),
    ],
)
def test_moments_are_counted_in_the_office(ago: int, clock: str, expected: str) -> None:
    assert MONDAY.moment(ago, clock) == expected


@pytest.mark.parametrize(
    ("as_of", "ahead", "day", "expected"),
    [
        (date(2026, 11, 23), 0, 80, "2026-12-19"),
        (date(2026, 11, 23), 1, 20, "2027-01-20"),
        (date(2027, 1, 1), 0, 1, "2027-01-01"),
        (date(2027, 3, 31), 1, 1, "2027-04-01"),
    ],
)
def test_days_of_quarters(as_of: date, ahead: int, day: int, expected: str) -> None:
    assert OfficeTime(as_of).in_quarter(ahead, day) == expected


@pytest.mark.parametrize(
    ("as_of", "back", "weekday", "ago"),
    [
        pytest.param(date(2026, 11, 23), 1, "Mon", 7, id="Monday: the one before"),
        pytest.param(date(2026, 11, 23), 1, "Sun", 1, id="Monday: yesterday"),
        pytest.param(date(2026, 11, 29), 1, "Sun", 7, id="Sunday: the one before"),
        pytest.param(date(2026, 11, 29), 3, "Mon", 27, id="Sunday: three weeks and six days"),
        pytest.param(date(2026, 11, 25), 0, "Tue", 1, id="Wednesday: yesterday"),
    ],
)
def test_days_of_weeks(as_of: date, back: int, weekday: str, ago: int) -> None:
    assert OfficeTime(as_of).in_week(back, weekday) == ago


@pytest.mark.parametrize(
    ("as_of", "ahead", "ago"),
    [
        pytest.param(date(2026, 11, 23), 1, -1, id="Monday: Tuesday"),
        pytest.param(date(2026, 11, 23), 10, -14, id="Monday: that in two weeks"),
        pytest.param(date(2026, 11, 27), 1, -3, id="Friday: Monday"),
        pytest.param(date(2026, 11, 28), 2, -3, id="Saturday: Tuesday"),
    ],
)
def test_working_days_ahead(as_of: date, ahead: int, ago: int) -> None:
    assert OfficeTime(as_of).working_day(ahead) == ago


@pytest.mark.parametrize("ago", [-30, 0, 1, 2, 3, 100, 2_000])
def test_drawn_moments_are_working_hours(ago: int) -> None:
    for chance in (0.0, 0.5, 0.999):
        day, start, end = MONDAY.working_days.draw(ago, chance)
        assert date.fromisoformat(day).weekday() < 5
        assert day <= MONDAY.day(min(ago, 1_199))
        assert start < end


def test_the_slack_has_what_a_report_and_a_sweep_need() -> None:
    seed = talk(MONDAY)
    users, channels = {u.id: u for u in seed.users}, {c.id: c for c in seed.channels}
    assert dict(seed.tokens) == {TOKEN: BOT}
    assert (channels[REPORTS].name, BOT in channels[REPORTS].members) == ("revenue-rituals", True)
    shared = [c for c in seed.channels if any(team != seed.home.id for team in c.connected_team_ids)]
    assert [c.name for c in shared[:3]] == ["customer-acme", "customer-globex", "customer-umbrella"]
    assert [c.name for c in shared if BOT not in c.members] == ["customer-sandpiper"]
    assert [c.name for c in shared if c.id not in CUSTOMER_CHANNELS] == ["ext-whimbrel-media"]
    assert {u.team_id for u in seed.users} == {team.id for team in seed.teams}
    assert any(u.is_ultra_restricted for u in seed.users)
    assert any(u.is_bot and u.id != BOT for u in seed.users)
    assert any(u.deleted for u in seed.users)
    assert all(member in users for c in seed.channels for member in c.members)


def test_the_talk_in_slack_has_every_kind_of_message() -> None:
    seed = talk(MONDAY)
    stamps = {(m.channel, m.ts) for m in seed.messages}
    assert len(stamps) == len(seed.messages)
    assert all((m.channel, m.thread_ts) in stamps for m in seed.messages if m.thread_ts)
    assert all(m.ts > m.thread_ts for m in seed.messages if m.thread_ts)
    assert any(m.broadcast for m in seed.messages)
    assert any(m.edited_ts for m in seed.messages)
    assert any(m.files and not m.text for m in seed.messages)
    members = {c.id: {*c.members, SLACKBOT.id} for c in seed.channels}
    assert all(m.user in members[m.channel] for m in seed.messages)


def test_globex_wrote_three_days_ago() -> None:
    wrote = [m for m in talk(MONDAY).messages if m.channel == "C0GLOBEX" and m.user in {"U0RUTH", "U0BEN"}]
    assert max(float(m.ts) for m in wrote) == pytest.approx(MONDAY.at(3, "08:50").timestamp(), abs=1)
