"""The default company: its story holds every branch of the rule, and its rows belong together."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.people import TEAM
from deployments.sandbox.company.tell import STORY, USER_IDS, opportunity_id
from deployments.sandbox.salesforce.schema import Catalogue

from .whole import Row, faults, rows_of

AS_OF = date(2026, 11, 23)  # a Monday
DAYS = [
    pytest.param(AS_OF, id="Monday"),
    pytest.param(date(2027, 1, 1), id="first day of a quarter"),
    pytest.param(date(2026, 3, 9), id="day after the clocks went forward"),
    pytest.param(date(2028, 2, 29), id="leap day"),
]
BRANCHES = [
    "29 days", "30 days", "44 days", "45 days", "46 days", "midnight", "never touched", "never touched, new owner",
    "person only", "account with one deal", "account with two deals", "partner", "meeting booked", "inbound on account",
    "slack", "renewal", "open quote", "owner change", "recently created", "capture broke", "closed today",
    "closed early", "open to-do", "bulk mail", "cadence", "automatic reply", "internal call", "integration user",
    "archived", "mail both ways", "linkedin", "customer called", "empty next step", "next step past due",
    "next step unchanged", "close date past", "pushed often", "slipped", "amount missing", "amount zero", "no year",
    "inactive owner", "unknown stage", "no close date", "long name", "hostile name", "euro",
]  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    return rows_of(build(1, "small", AS_OF))


def deal(rows: dict[str, list[Row]], tag: str) -> Row:
    """The first deal of the story with that tag, as a row."""
    id_ = next(opportunity_id(d) for d in STORY if tag in d.tags)
    return next(row for row in rows["Opportunity"] if row["Id"] == id_)


@pytest.mark.parametrize("branch", BRANCHES)
def test_the_story_has_the_branch(branch: str) -> None:
    assert any(branch in d.tags for d in STORY)


def test_every_tag_is_a_branch_that_is_asked_for() -> None:
    assert {tag for d in STORY for tag in d.tags} == set(BRANCHES)


def test_the_report_stays_short() -> None:
    said = Counter(d.expect for d in STORY)
    assert (said["propose"], said["warn"]) == (6, 8)
    assert 55 <= sum(said[verdict] for verdict in ("propose", "held", "warn", "healthy")) <= 65
    assert 3_900_000 <= sum(d.amount or 0 for d in STORY if d.expect) <= 4_500_000


def test_amounts_are_those_of_real_deals() -> None:
    assert all(9_000 <= d.amount <= 400_000 for d in STORY if d.amount)


@pytest.mark.parametrize("as_of", DAYS)
def test_rows_belong_together(as_of: date) -> None:
    company = build(1, "small", as_of)
    assert faults(company, rows_of(company)) == []


def test_parents_come_first() -> None:
    order = list(build(1, "small", AS_OF).tables)
    pairs = [("Profile", "User"), ("User", "Account"), ("Account", "Contact"), ("Contact", "Opportunity"),
             ("Opportunity", "Task"), ("Task", "EmailMessage")]  # fmt: skip
    assert all(order.index(parent) < order.index(child) for parent, child in pairs)


def test_the_small_company_is_the_same_for_every_seed() -> None:
    assert rows_of(build(1, "small", AS_OF)) == rows_of(build(2, "small", AS_OF))


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown size 'tiny'; choose one of small, office, enterprise"):
        build(1, "tiny", AS_OF)


def test_the_team() -> None:
    roles = Counter(c.role for c in TEAM if c.active)
    assert roles == {"Account Executive": 7, "SDR": 2, "CRO": 1, "Integrations": 1}
    assert [c.name for c in TEAM if not c.active] == ["Greg Halloran"]


def test_sellers_report_to_the_head_of_revenue_but_for_one_whose_manager_left(rows: dict[str, list[Row]]) -> None:
    names = {user["Id"]: f"{user['FirstName']} {user['LastName']}" for user in rows["User"]}
    reports = {names[user["Id"]]: names.get(user["ManagerId"]) for user in rows["User"]}
    managers = [reports[c.name] for c in TEAM if c.role in {"Account Executive", "SDR"}]
    assert Counter(managers) == {"Marisol Vega": 9, "Greg Halloran": 1}
    assert (reports["Daniel Ruiz"], reports["Marisol Vega"]) == ("Greg Halloran", None)


def test_two_sellers_live_by_other_clocks_than_the_office(rows: dict[str, list[Row]]) -> None:
    zones = {user["Alias"]: user["TimeZoneSidKey"] for user in rows["User"]}
    elsewhere = {alias: zone for alias, zone in zones.items() if zone != "America/Los_Angeles"}
    assert elsewhere == {"marcus": "America/Chicago", "sam": "America/New_York"}


@pytest.mark.parametrize(
    ("tag", "field", "expected"),
    [
        ("unknown stage", "StageName", "Qualification (old)"),
        ("no close date", "CloseDate", None),
        ("amount missing", "Amount", None),
        ("amount zero", "Amount", 0),
        ("open quote", "Open_Quote__c", "Sent"),
        ("renewal", "Type", "Renewal"),
        ("inactive owner", "OwnerId", USER_IDS["greg"]),
        ("empty next step", "NextStep", None),
        ("next step past due", "NextStepDueDate__c", "2026-11-03"),
        ("close date past", "CloseDate", "2026-11-11"),
        ("pushed often", "PushCount", 4),
        ("slipped", "CloseDate", "2027-01-20"),
        ("recently created", "CreatedDate", "2026-11-19T17:00:00.000+0000"),
    ],
)
def test_the_record_shows_its_branch(rows: dict[str, list[Row]], tag: str, field: str, expected: object) -> None:
    assert deal(rows, tag)[field] == expected


def test_names_are_as_long_and_hostile_as_names_can_be() -> None:
    names = [d.name for d in STORY if {"long name", "hostile name"} & set(d.tags)]
    assert max(map(len, names)) == 255
    assert all(
        any(part in name for name in names) for part in ("<!channel>", "<@U1>", "=HYPERLINK(", '"', "\u202e", "&")
    )


def tasks_on(rows: dict[str, list[Row]], tag: str) -> list[Row]:
    id_ = deal(rows, tag)["Id"]
    return [task for task in rows["Task"] if task["WhatId"] == id_]


def test_half_past_six_in_the_office_is_the_next_day_in_utc(rows: dict[str, list[Row]]) -> None:
    mail = max(e["MessageDate"] for e in rows["EmailMessage"] if e["RelatedToId"] == deal(rows, "midnight")["Id"]
               and not e["Subject"].startswith("Automatic"))  # fmt: skip
    assert mail == "2026-10-10T01:30:00.000+0000"


def test_a_task_closed_today_and_one_closed_early(rows: dict[str, list[Row]]) -> None:
    late = max(tasks_on(rows, "closed today"), key=lambda t: t["CompletedDateTime"])
    assert (late["ActivityDate"], late["CompletedDateTime"][:10]) == ("2026-09-14", "2026-11-23")
    early = max(tasks_on(rows, "closed early"), key=lambda t: t["ActivityDate"])
    assert (early["ActivityDate"], early["CompletedDateTime"][:10]) == ("2026-12-13", "2026-10-20")


def test_only_the_archived_call_is_archived(rows: dict[str, list[Row]]) -> None:
    assert [t["WhatId"] for t in rows["Task"] if t["IsArchived"]] == [deal(rows, "archived")["Id"]]


def test_what_was_said_before_a_handover_was_said_by_the_one_before(rows: dict[str, list[Row]]) -> None:
    moved = deal(rows, "owner change")
    assert moved["OwnerId"] == USER_IDS["jo"]
    assert {task["OwnerId"] for task in tasks_on(rows, "owner change")} == {USER_IDS["greg"]}


def test_most_mail_is_an_email_message_and_a_task(rows: dict[str, list[Row]]) -> None:
    tasks = {t["Id"]: t for t in rows["Task"]}
    linked = [e for e in rows["EmailMessage"] if e["ActivityId"]]
    assert 0.75 < len(linked) / len(rows["EmailMessage"]) < 1
    assert all(tasks[e["ActivityId"]]["TaskSubtype"] == "Email" for e in linked)
    assert all(tasks[e["ActivityId"]]["CompletedDateTime"] == e["MessageDate"] for e in linked)


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("size", ["small", "office"])
def test_nothing_has_happened_that_is_still_to_come(size: str, as_of: date) -> None:
    opening = OfficeTime(as_of).moment(0, "07:28")
    happened = ("CreatedDate", "LastModifiedDate", "LastStageChangeDate", "CompletedDateTime", "MessageDate")
    rows = rows_of(build(1, size, as_of))
    assert [row for found in rows.values() for row in found for at in happened if (row.get(at) or "") > opening] == []


def test_a_slip_is_out_of_the_current_quarter_on_any_day() -> None:
    for as_of in (param.values[0] for param in DAYS):
        assert isinstance(as_of, date)
        slips = [r for r in rows_of(build(1, "small", as_of))["OpportunityFieldHistory"] if r["Field"] == "CloseDate"]
        slips = [r for r in slips if r["OpportunityId"] in {opportunity_id(d) for d in STORY if "slipped" in d.tags}]
        assert {quarter(r["OldValue"]) for r in slips} == {quarter(as_of.isoformat())}
        assert {quarter(r["NewValue"]) - quarter(as_of.isoformat()) for r in slips} == {1}


def quarter(day: str) -> int:
    year, month, _ = map(int, day.split("-"))
    return year * 4 + (month - 1) // 3


def test_stage_history_leads_to_the_stage(rows: dict[str, list[Row]]) -> None:
    last: dict[str, str] = {}
    for before, after in pairwise(rows["OpportunityHistory"]):
        assert before["OpportunityId"] != after["OpportunityId"] or before["CreatedDate"] <= after["CreatedDate"]
    for row in rows["OpportunityHistory"]:
        last[row["OpportunityId"]] = row["StageName"]
    assert last == {row["Id"]: row["StageName"] for row in rows["Opportunity"]}


def test_several_currencies() -> None:
    company = build(1, "small", AS_OF, multi_currency=True)
    rows = rows_of(company)
    assert faults(company, rows) == []
    assert Counter(row["CurrencyIsoCode"] for row in rows["Opportunity"])["EUR"] == 1
    assert [(r["IsoCode"], r["IsCorporate"]) for r in rows["CurrencyType"]] == [("USD", 1), ("EUR", 0)]
    assert isinstance(company.catalogue, Catalogue)
