"""How many calls a reading takes, exactly, and what it asks for: what would cost an org its day's API calls."""

import re
from collections import Counter
from collections.abc import Iterator
from math import ceil

import pytest

from tasks import salesforce_pages
from tasks.salesforce_columns import EMAIL, EVENT, HISTORY, ROLE, STAGE, TASK, opportunity_columns
from tasks.salesforce_frames import Columns, paths
from tests.company import Sandbox

from .watched import DATA, Asked, Watched, watched

SMALL, SOME, OFFICE, BIGGER = 0, 200, 2_000, 4_500  # open deals; 0: the 60-odd of the story
PAGE = 2_000
PER_CALL = 5
JOBS = ["Opportunity", "Task", "Event", "EmailMessage", "EmailMessage", "OpportunityContactRole",
        "OpportunityFieldHistory"]  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Iterator[Watched]:
    with watched(SMALL) as running:
        yield running


@pytest.fixture(scope="module")
def office() -> Iterator[Watched]:
    with watched(OFFICE) as running:
        yield running


@pytest.fixture(scope="module")
def bigger() -> Iterator[Watched]:
    with watched(BIGGER) as running:
        yield running


def sobject(soql: str) -> str:
    """What a query reads: the first FROM, as our queries select no subqueries."""
    return re.search(r" FROM (\w+)", soql)[1]


def selected(soql: str) -> list[str]:
    """The fields a query asks for, those inside MAX() and COUNT() included."""
    listed = soql.split(" FROM ", maxsplit=1)[0].removeprefix("SELECT ").split(", ")
    return [field.split("(")[-1].split(")")[0] for field in listed]


def composites(asked: list[Asked]) -> list[Asked]:
    return [request for request in asked if request.addresses]


def test_two_calls_for_sixty_deals_and_two_for_two_thousand(small: Watched, office: Watched) -> None:
    assert [len(composites(running.read()[1])) for running in (small, office)] == [2, 2]


def test_ten_times_the_deals_are_not_one_call_more(office: Watched) -> None:
    with watched(SOME) as some:
        reading, asked = some.read()

    assert len(reading.opportunities) == SOME
    assert len(asked) == len(office.read()[1])


def test_every_call_is_counted_and_nothing_but_the_login_is_asked_beside_them(office: Watched) -> None:
    reading, [login, *calls] = office.read()

    assert login.path == "/services/oauth2/token"
    assert {request.path.rstrip("/") for request in calls} == {f"{DATA}composite"}
    assert reading.calls == len(calls)


def test_beyond_two_thousand_the_overview_takes_a_call_for_each_page_of_deals(bigger: Watched) -> None:
    reading, asked = bigger.read()

    overview, _ = _phases(asked)
    assert len(reading.opportunities) == BIGGER
    assert len(overview) == ceil(BIGGER / PAGE)


def test_beyond_two_thousand_the_details_fill_every_call_but_the_last(bigger: Watched) -> None:
    _, details = _phases(bigger.read()[1])

    pages = sum(len(request.addresses) for request in details)
    assert pages > PER_CALL
    assert len(details) == ceil(pages / PER_CALL)


def _phases(asked: list[Asked]) -> tuple[list[Asked], list[Asked]]:
    """The calls of the overview, and those from the history on, which is asked with the details."""
    calls = composites(asked)
    first = next(n for n, call in enumerate(calls) if "OpportunityFieldHistory" in map(sobject, call.queries))
    return calls[:first], calls[first:]


@pytest.mark.parametrize("polls", [0, 1, 4])
def test_a_bulk_job_costs_its_creation_its_polls_and_its_pages(small: Watched, polls: int) -> None:
    small.sandbox.org(bulk_polls=polls)
    try:
        reading, [_, *asked] = small.read(in_bulk=True)
    finally:
        small.sandbox.org(bulk_polls=1)

    made = [request for request in asked if request.method == "POST" and request.path == f"{DATA}jobs/query"]
    assert [sobject(request.queries[0]) for request in made] == JOBS
    jobs = Counter(request.path.removeprefix(f"{DATA}jobs/query/") for request in asked if request.method == "GET")
    assert sorted(jobs.values()) == sorted([polls + 1] * len(JOBS) + [1] * len(JOBS))
    overview_and_texts = 2
    assert reading.calls == len(asked) == overview_and_texts + len(JOBS) * (1 + polls + 1 + 1)


def test_a_bulk_result_costs_one_call_for_each_page(office: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salesforce_pages, "BULK_PAGE", 1_000)

    reading, asked = office.read(in_bulk=True)

    pages = Counter(request.path for request in asked if request.path.endswith("/results"))
    of_the_first_job = pages[min(pages)]  # the opportunities
    assert of_the_first_job == ceil(len(reading.opportunities) / 1_000) == 2


@pytest.mark.parametrize("in_bulk", [False, True], ids=["pages", "bulk"])
def test_only_fields_that_become_columns_are_asked_for(office: Watched, *, in_bulk: bool) -> None:
    wanted = _fields(office.sandbox)
    _, asked = office.read(in_bulk=in_bulk)

    queries = [soql for request in asked for soql in request.queries]
    assert {sobject(soql) for soql in queries} == wanted.keys()
    assert [(sobject(q), field) for q in queries for field in selected(q) if field not in wanted[sobject(q)]] == []


def _fields(sandbox: Sandbox) -> dict[str, set[str]]:
    columns: dict[str, Columns] = {
        "Opportunity": opportunity_columns(sandbox.settings), "Task": TASK, "Event": EVENT, "EmailMessage": EMAIL,
        "OpportunityContactRole": ROLE, "OpportunityFieldHistory": HISTORY, "OpportunityStage": STAGE,
    }  # fmt: skip
    return {name: set(paths(known)) for name, known in columns.items()}


def test_bulk_jobs_ask_for_no_texts(office: Watched) -> None:
    _, asked = office.read(in_bulk=True)

    jobs = [request.queries[0] for request in asked if request.path.endswith("jobs/query")]
    activities = [soql for soql in jobs if sobject(soql) in {"Task", "Event", "EmailMessage"}]
    assert len(activities) == 4
    assert not {"Subject", "Who.Name", "FromAddress"} & {field for soql in activities for field in selected(soql)}


@pytest.mark.parametrize("in_bulk", [False, True], ids=["pages", "bulk"])
def test_every_request_asks_for_gzip(office: Watched, *, in_bulk: bool) -> None:
    _, asked = office.read(in_bulk=in_bulk)

    assert [request.path for request in asked if "gzip" not in request.headers.get("accept-encoding", "")] == []


@pytest.mark.parametrize("in_bulk", [False, True], ids=["pages", "bulk"])
def test_no_request_for_data_asks_for_pretty_print(office: Watched, *, in_bulk: bool) -> None:
    _, [_, *asked] = office.read(in_bulk=in_bulk)

    assert {request.headers.get("x-prettyprint") for request in asked} == {"0"}
