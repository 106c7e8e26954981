"""Companies with thousands of deals: as many as promised, the same for the same seed, and as lively as a real one."""

from datetime import date, datetime
from time import perf_counter

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.crowd import SIZES
from deployments.sandbox.company.names import COMPANIES, account_name
from deployments.sandbox.company.org import STAGES
from deployments.sandbox.company.people import TEAM
from deployments.sandbox.company.tell import USER_IDS
from deployments.sandbox.salesforce.values import OFFICE

from .whole import Row, faults, rows_of

AS_OF = date(2026, 11, 23)
CLOSED = {stage.name for stage in STAGES if stage.closed}


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    return rows_of(build(7, "office", AS_OF))


def test_an_office_has_two_thousand_open_deals(rows: dict[str, list[Row]]) -> None:
    assert sum(row["StageName"] not in CLOSED for row in rows["Opportunity"]) == 2_000


def test_rows_belong_together(rows: dict[str, list[Row]]) -> None:
    assert faults(build(7, "office", AS_OF), rows) == []


def test_equal_seeds_draw_equal_companies_and_others_do_not(rows: dict[str, list[Row]]) -> None:
    assert rows_of(build(7, "office", AS_OF)) == rows
    assert rows_of(build(8, "office", AS_OF))["Task"] != rows["Task"]


def test_about_one_open_deal_in_twelve_is_silent(rows: dict[str, list[Row]]) -> None:
    latest: dict[str, str] = {}
    for task in rows["Task"]:
        if task["TaskSubtype"] != "List Email" and task["WhatId"]:
            latest[task["WhatId"]] = max(latest.get(task["WhatId"], ""), task["CompletedDateTime"] or "")
    for name, link, at in (("Event", "WhatId", "StartDateTime"), ("EmailMessage", "RelatedToId", "MessageDate")):
        for row in rows[name]:
            if row[link]:
                latest[row[link]] = max(latest.get(row[link], ""), row[at])
    limit = "2026-10-10"
    silent = sum(latest.get(row["Id"], "") < limit for row in rows["Opportunity"] if row["StageName"] not in CLOSED)
    assert 0.06 < silent / 2_000 < 0.14


def test_those_who_are_drawn_work_on_weekdays_in_the_daytime(rows: dict[str, list[Row]]) -> None:
    told = {row["Id"] for row in rows["User"][: len(TEAM)]}
    for task in rows["Task"]:
        if task["OwnerId"] not in told:
            at = datetime.fromisoformat(task["CreatedDate"]).astimezone(OFFICE)
            assert at.weekday() < 5
            assert 8 <= at.hour < 17


def test_everybody_who_is_drawn_has_a_role_and_a_manager(rows: dict[str, list[Row]]) -> None:
    drawn = rows["User"][len(TEAM) :]
    assert {row["ManagerId"] for row in drawn} == {USER_IDS["marisol"]}
    assert {row["UserRoleId"] for row in drawn} <= {row["Id"] for row in rows["UserRole"]}


@pytest.mark.benchmark
def test_enterprise_is_made_within_a_minute() -> None:
    started = perf_counter()
    counts = {name: sum(1 for _ in table.rows) for name, table in build(1, "enterprise", AS_OF).tables.items()}
    assert perf_counter() - started < 60
    assert 1_000_000 < counts["Task"] + counts["Event"] + counts["EmailMessage"] < 1_400_000


def test_companies_have_names_of_their_own() -> None:
    assert len({account_name(n) for n in range(80_000)}) == 80_000
    assert SIZES["enterprise"] < COMPANIES
