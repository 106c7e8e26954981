"""How many calls reading a month of activity takes, exactly, and what it asks for."""

import json
from collections import Counter
from collections.abc import Iterator
from math import ceil

import pytest

from tasks import salesforce_pages
from tasks.clients import SalesforceDoor
from tasks.rules.activity_findings import Window
from tasks.salesforce_activity import ActivityReader, ActivityReading
from tasks.salesforce_activity_columns import ACCOUNT, EVENT, OPPORTUNITY, TASK, USER
from tasks.salesforce_activity_columns import contact_columns as contact
from tasks.salesforce_activity_columns import email_columns as email
from tasks.salesforce_activity_columns import lead_columns as lead
from tasks.salesforce_frames import paths
from tests.company import REVIEW_AT, settings_from

from .test_calls import composites, selected, sobject
from .watched import DATA, Asked, Watched, watched

SMALL, OFFICE, BIGGER = 0, 2_000, 6_000  # open deals; 0: the 60-odd of the story, with seven account executives
WINDOW = Window(REVIEW_AT, 30, "America/Los_Angeles")
FIRST = ["User", "Task", "Event", "EmailMessage", "Opportunity"]
JOBS = ["Task", "Event", "EmailMessage", "Opportunity", "Contact", "Lead", "Account"]
PAGE, PER_CALL = 2_000, 5
ENOUGH = 5  # the goal for seven reps and 30 days


@pytest.fixture(scope="module")
def small() -> Iterator[Watched]:
    with watched(SMALL) as running:
        yield running


@pytest.fixture(scope="module")
def office() -> Iterator[Watched]:
    with watched(OFFICE) as running:
        yield running


def read(running: Watched, *, in_bulk: bool = False) -> tuple[ActivityReading, list[Asked]]:
    """One reading by pages, or as Bulk jobs; and the requests it made after the login."""
    config = settings_from(
        {
            **running.sandbox.environment,
            "RITUALS_REPS__ROLES": json.dumps(["Account Executive", "SDR"]),
            "RITUALS_SALESFORCE_BULK_ABOVE": "0" if in_bulk else str(10**9),
        }
    )
    door = SalesforceDoor(config)
    running.watching.asked.clear()
    return ActivityReader(door, config, WINDOW, sleep=lambda _: None).read(), list(running.watching.asked)


def test_three_calls_for_the_small_company(small: Watched) -> None:
    reading, asked = read(small)

    assert len(composites(asked)) == len(asked) == reading.calls == 3
    assert reading.calls <= ENOUGH


def test_the_first_call_tells_how_much_there_is(small: Watched) -> None:
    _, [first, *_] = read(small)

    assert [sobject(soql) for soql in first.queries] == FIRST


def test_the_pages_of_a_bigger_company_fill_every_call_and_what_is_missing_takes_one_more(office: Watched) -> None:
    reading, asked = read(office)

    assert max(there for _, there in reading.book.read.values()) > PAGE
    listed = [request for request in asked if any(" IN ('0" in soql or "Email IN" in soql for soql in request.queries)]
    by_pages = len(asked) - len(listed)
    pages = sum(len(request.addresses) for request in asked if request not in listed)
    assert by_pages == ceil(pages / PER_CALL)
    assert len(listed) == 1
    assert reading.calls == len(asked) <= ENOUGH


def test_the_longest_reading_goes_on_in_every_call_so_that_none_is_left_to_end_alone() -> None:
    with watched(BIGGER) as bigger:
        reading, asked = read(bigger)

    pages = [ceil(there / PAGE) or 1 for _, there in reading.book.read.values()]
    missing = 1
    assert len(asked) == max(ceil(sum(pages) / PER_CALL), *pages) + missing


def test_a_bulk_job_costs_its_creation_its_polls_and_its_pages(office: Watched) -> None:
    reading, asked = read(office, in_bulk=True)

    made = [request for request in asked if request.method == "POST" and request.path == f"{DATA}jobs/query"]
    assert [sobject(request.queries[0]) for request in made] == JOBS
    first_look_and_missing, polls = 2, 2
    assert len(composites(asked)) == first_look_and_missing
    assert reading.calls == len(asked) == first_look_and_missing + len(JOBS) * (1 + polls + 1)


def test_a_bulk_result_costs_one_call_for_each_page(office: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salesforce_pages, "BULK_PAGE", 1_000)

    reading, asked = read(office, in_bulk=True)

    pages = Counter(request.path for request in asked if request.path.endswith("/results"))
    assert pages[min(pages)] == ceil(reading.book.read["tasks"][0] / 1_000) > 1


@pytest.mark.parametrize("in_bulk", [False, True], ids=["pages", "bulk"])
def test_only_fields_that_become_columns_are_asked_for(office: Watched, *, in_bulk: bool) -> None:
    config = office.sandbox.settings
    columns = {
        "User": USER, "Task": TASK, "Event": EVENT, "EmailMessage": email(config.activity), "Opportunity": OPPORTUNITY,
        "Contact": contact(config), "Lead": lead(config), "Account": ACCOUNT,
    }  # fmt: skip
    _, asked = read(office, in_bulk=in_bulk)

    queries = [soql for request in asked for soql in request.queries]
    assert {sobject(soql) for soql in queries} == columns.keys()
    assert [soql for soql in queries if selected(soql) != paths(columns[sobject(soql)])] == []


def test_bulk_jobs_have_no_order_and_no_limit_which_would_stop_salesforce_from_splitting_them(office: Watched) -> None:
    _, asked = read(office, in_bulk=True)

    jobs = [request.queries[0] for request in asked if request.path.endswith("jobs/query") and request.queries]
    assert [soql for soql in jobs if " ORDER BY " in soql or " LIMIT " in soql] == []
