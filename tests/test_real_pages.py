"""Pages that real teams built (tests/payloads/salesforce/metadata) are read and judged as any org's: no expectation is
lost, and what is counted in the files by hand is what is found."""

import shutil
from collections import Counter

import pandas as pd
import pytest

from deployments.sandbox.company.load import load
from tasks.expectation_files import load as expectations
from tasks.expectation_files import ours
from tasks.rules.verdicts import Status
from tests.checked import Checked, checked
from tests.company import MONDAY, running
from tests.sandbox.test_load_structure_real import METADATA

# Nylas recorded the same layout twice: as one of an answer, and alone.
ORIGINS = ("dreamhouse", "ebikes", "npsp", "nylas", "nylas alone")


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    folders = {origin: METADATA / origin for origin in ORIGINS[:3]}
    for origin, file in (("nylas", "opportunity-layouts.json"), ("nylas alone", "opportunity-layouts-alt.json")):
        folders[origin] = tmp_path_factory.mktemp("nylas")
        shutil.copy(METADATA / "nylas" / file, folders[origin])
    found = {}
    for origin, folder in folders.items():
        with running(load(folder, MONDAY)) as sandbox:
            found[origin] = checked(sandbox, MONDAY)
    return found


def counted(facts: pd.DataFrame, sobject: str, surface: str) -> dict[str, int]:
    own = facts[facts["object"].eq(sobject) & facts["surface"].eq(surface)]
    return dict(Counter(own["kind"]))


@pytest.mark.parametrize("origin", ORIGINS)
def test_every_expectation_is_judged(checks: dict[str, Checked], origin: str) -> None:
    assert [one.expectation.key for one in checks[origin].verdicts] == [one.key for one in expectations(ours())]


@pytest.mark.parametrize("origin", ORIGINS)
def test_an_org_that_was_not_made_for_this_handbook_differs_and_nothing_unread_passes(
    checks: dict[str, Checked], origin: str
) -> None:
    statuses = Counter(one.status for one in checks[origin].verdicts)

    assert statuses[Status.DIFFERS] >= 10
    assert statuses[Status.COULD_NOT_CHECK] >= 10  # no records of theirs are published
    assert statuses[Status.AS_EXPECTED] <= 10


# Counted by hand in the files. Of a page: what is neither tab nor tab set; its related lists, where a container holds
# all those of the layout (7 of Account, none of Lead). Of a layout: sections, items and related lists; "Created By" and
# "Last Modified By" show two fields each.
@pytest.mark.parametrize(
    ("origin", "sobject", "surface", "expected"),
    [
        ("npsp", "Account", "Lightning page", {"component": 6, "related list": 7 + 2}),
        ("npsp", "Lead", "Lightning page", {"component": 7, "related list": 2}),
        ("npsp", "Account", "page layout", {"section": 11, "field": 55, "link": 1, "related list": 7}),
        ("npsp", "Contact", "page layout", {"section": 13, "field": 80 + 2, "related list": 8}),
        ("npsp", "Opportunity", "page layout", {"section": 8, "field": 41 + 2, "related list": 8}),
        ("ebikes", "Account", "Lightning page", {"component": 9}),
        ("nylas", "Opportunity", "page layout", {"section": 5, "field": 23, "related list": 6}),
        ("nylas alone", "Opportunity", "page layout", {"section": 3, "field": 19, "related list": 6}),
    ],
)
def test_what_is_on_the_pages_is_found(
    checks: dict[str, Checked], origin: str, sobject: str, surface: str, expected: dict[str, int]
) -> None:
    assert counted(checks[origin].structure.facts.facts, sobject, surface) == expected
