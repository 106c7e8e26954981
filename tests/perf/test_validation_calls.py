"""How many calls one Salesforce check takes, exactly, and what they ask for."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tasks.clients import SalesforceDoor
from tasks.expectation_files import load, ours
from tasks.rules.expected import OBJECTS, views_named
from tasks.rules.record_checks import wanted
from tasks.salesforce_checked import RecordReader
from tasks.salesforce_structure import StructureReader

from .watched import DATA, Asked, Watched, watched

SMALL, OFFICE = 0, 2_000  # open deals; 0: the 60-odd of the story
# Of four objects: what each is, how it is laid out, its highlights, and the list view that is named.
EACH = {"describe": 4, "layouts": 4, "compactLayouts": 4, "list-info": 4}
# Profile, its permissions, tabs (2), field permissions, list views, audit trail; the profile's layouts, pages, the app.
QUERIES, TOOLING_QUERIES = 7, 3
# The integration user is given other layouts than the profile, so those are read too. Leads have no Lightning page.
BODIES = {"CustomApplication": 1, "FlexiPage": 3, "Layout": 4}


@pytest.fixture(scope="module")
def small() -> Iterator[Watched]:
    with watched(SMALL) as running:
        yield running


@pytest.fixture(scope="module")
def office() -> Iterator[Watched]:
    with watched(OFFICE) as running:
        yield running


def structure_and_records(running: Watched) -> tuple[list[Asked], list[Asked]]:
    """The requests of one check after its logins: for the structure, and for the records."""
    config, expectations = running.sandbox.settings, load(ours())
    door = SalesforceDoor(config)
    running.watching.asked.clear()
    facts = StructureReader(door, config, OBJECTS, views_named(expectations)).read().facts
    first = list(running.watching.asked)
    running.watching.asked.clear()
    RecordReader(door, config, catalogue=facts.catalogue).read(wanted(expectations, facts))
    return first, list(running.watching.asked)


def kind(asked: Asked) -> str:
    """The last part of the path that names a kind of resource: "describe", "FlexiPage", "tooling/query"."""
    parts = asked.path.removeprefix(DATA).strip("/").split("/")
    if parts[:1] == ["tooling"]:
        return parts[2] if parts[1] == "sobjects" else "tooling/query"
    return "list-info" if "list-info" in parts else "layouts" if "layouts" in parts else parts[-1]


def test_what_the_structure_of_four_objects_takes(small: Watched) -> None:
    structure, _ = structure_and_records(small)

    kinds = Counter(map(kind, structure))
    assert kinds == {**EACH, **BODIES, "query": QUERIES, "tooling/query": TOOLING_QUERIES}
    assert kinds.total() == 34


def test_the_structure_takes_no_more_where_there_are_more_deals(small: Watched, office: Watched) -> None:
    assert len(structure_and_records(office)[0]) == len(structure_and_records(small)[0])


def test_records_come_in_three_calls_while_they_are_few(small: Watched) -> None:
    assert len(structure_and_records(small)[1]) == 3


def test_nothing_is_written(small: Watched) -> None:
    structure, records = structure_and_records(small)

    posted = [asked for asked in [*structure, *records] if asked.method != "GET"]
    assert {asked.path.rstrip("/").rpartition("/")[2] for asked in posted} <= {"composite"}
    assert all(soql.lstrip().upper().startswith("SELECT") for asked in posted for soql in asked.queries)
