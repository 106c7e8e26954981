"""Real metadata and real answers of Salesforce are read whole (tests/payloads/salesforce/metadata)."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from deployments.sandbox.company.load_structure import LoadedStructure, load_structure

METADATA = Path(__file__).parents[1] / "payloads" / "salesforce" / "metadata"


@pytest.fixture(scope="module")
def real() -> dict[str, LoadedStructure]:
    return {folder.name: load_structure(folder) for folder in METADATA.iterdir() if folder.is_dir()}


def every(body: Any, key: str) -> list[Any]:
    """All values of that key, wherever in the body."""
    if isinstance(body, list):
        return [found for one in body for found in every(one, key)]
    if not isinstance(body, dict):
        return []
    own = [body[key]] if key in body else []
    return own + [
        found for name, one in body.items() if name != key or isinstance(one, list) for found in every(one, key)
    ]


# Counted in the files with grep: <flexiPageRegions>, <type>Facet</type>, <componentName, <fieldItem, <visibilityRule>
@pytest.mark.parametrize(
    ("origin", "page", "regions", "facets", "components", "fields", "rules"),
    [
        ("npsp", "NPSP_Account_Record_Page", 10, 7, 15, 0, 0),
        ("npsp", "NPSP_Contact_Record_Page", 10, 7, 17, 0, 0),
        ("npsp", "NPSP_Lead_Record_Page", 10, 7, 16, 0, 0),
        ("npsp", "NPSP_Opportunity_Record_Page", 11, 7, 16, 0, 0),
        ("npsp", "NPSP_Opportunity_Record_Page.itemInstances", 10, 6, 14, 0, 0),
        ("dreamhouse", "Property_Record_Page", 19, 16, 25, 16, 2),
        ("dreamhouse", "Broker_Record_Page", 14, 11, 15, 10, 0),
        ("ebikes", "Account_Record_Page", 10, 7, 16, 0, 0),
    ],
)
def test_real_lightning_pages(
    real: dict[str, LoadedStructure],
    origin: str,
    page: str,
    regions: int,
    facets: int,
    components: int,
    fields: int,
    rules: int,
) -> None:
    body = real[origin].structure.flexipages[page]
    found = body["flexiPageRegions"]
    assert len(found) == regions
    assert sum(region["type"] == "Facet" for region in found) == facets
    assert len(every(body, "componentName")) == components
    assert len(every(body, "fieldItem")) == fields
    assert len(every(body, "visibilityRule")) == rules


# <layoutSections>, <layoutColumns>, <layoutItems>, <field> in them, <relatedLists>
@pytest.mark.parametrize(
    ("origin", "layout", "sections", "columns", "items", "related"),
    [
        ("npsp", "Account-Household Layout", 8, 16, 43, 7),
        ("npsp", "Account-Organization Layout", 11, 21, 55, 7),
        ("npsp", "Contact-Contact Layout", 13, 26, 80, 8),
        ("npsp", "Opportunity-Donation Layout", 8, 16, 41, 8),
        ("npsp", "Opportunity-Major Gift Layout", 9, 18, 42, 10),
        ("dreamhouse", "Property__c-Property Layout", 6, 11, 26, 3),
        ("ebikes", "Case-Case Layout", 6, 12, 24, 5),
    ],
)
def test_real_page_layouts(
    real: dict[str, LoadedStructure], origin: str, layout: str, sections: int, columns: int, items: int, related: int
) -> None:
    body = real[origin].structure.layouts[layout]
    made = [column for section in body["layoutSections"] for column in section["layoutColumns"]]
    inside = [item for column in made for item in column.get("layoutItems", ())]
    assert (len(body["layoutSections"]), len(made), len(inside)) == (sections, columns, items)
    assert len(body["relatedLists"]) == related
    assert all(set(item) & {"field", "emptySpace", "page", "customLink"} for item in inside)
    assert "%%%" not in json.dumps(body)


@pytest.mark.parametrize(
    ("file", "sections", "rows", "related"),
    [
        ("opportunity-layouts.json", 5, [7, 2, 2, 1, 1], 6),
        ("opportunity-layouts-alt.json", 3, [6, 2, 1], 6),
    ],
)
def test_real_answers_of_describe_layouts(
    tmp_path: Path, file: str, sections: int, rows: list[int], related: int
) -> None:
    shutil.copy(METADATA / "nylas" / file, tmp_path)
    body = load_structure(tmp_path).structure.described["Opportunity"]
    (layout,) = body["layouts"]
    assert [len(section["layoutRows"]) for section in layout["detailLayoutSections"]] == rows
    assert (len(layout["detailLayoutSections"]), len(layout["relatedLists"])) == (sections, related)
    given = json.loads((METADATA / "nylas" / file).read_text())
    assert body == (given if "layouts" in given else {**body, "layouts": [given]})


def test_two_answers_for_one_object_are_not_mixed(real: dict[str, LoadedStructure]) -> None:
    (remark,) = real["nylas"].remarks
    assert remark == "opportunity-layouts.json: Opportunity was read from another file already; leave one of them out"


def test_a_real_org_is_put_together(real: dict[str, LoadedStructure]) -> None:
    npsp, admin = real["npsp"].structure, "System Administrator"
    assert npsp.assigned[admin, "Opportunity", "MajorGift"] == "Opportunity-Major Gift Layout"
    assert npsp.assigned[admin, "Account"] == "Account-Organization Layout"
    assert set(npsp.assigned.values()) <= set(npsp.layouts)
    assert len(npsp.tabs[admin]) == 13
    assert len(npsp.apps["Nonprofit_CRM"]["tabs"]) == 12
    assert [view.label for view in npsp.list_views["Account"]] == [
        "Household Accounts", "Organization Accounts", "All Accounts",
    ]  # fmt: skip
    assert npsp.list_views["Account"][0].filters == (
        {"field": "RecordTypeId", "operation": "equals", "value": "Account.HH_Account"},
    )
    assert real["npsp"].settings == {
        "RITUALS_VALIDATION__PAGES": json.dumps(
            {name: f"NPSP_{name}_Record_Page" for name in ("Account", "Contact", "Lead", "Opportunity")}
        ),
        "RITUALS_VALIDATION__PROFILE": admin,
    }


def test_what_a_real_profile_hides(real: dict[str, LoadedStructure]) -> None:
    ebikes, profile = real["ebikes"].structure, "E-Bikes Profile"
    assert ebikes.tabs[profile] == {}  # all five are hidden
    assert len(ebikes.hidden_fields[profile]) == 19
    assert real["dreamhouse"].structure.apps["Dreamhouse"]["actionOverrides"][0]["pageOrSobjectType"] == "Property__c"


NOT_ASSIGNED = "profiles: they assign page layouts that no file has: "
NOT_IN_FORCE = "compactLayouts: no object's file says that {} is in force; it is left out"


@pytest.mark.parametrize(
    ("origin", "remarks"),
    [
        (
            "npsp",
            [
                f"{NOT_ASSIGNED}Account-Household Lightning Layout, Account-Organization Lightning Layout, "  # noqa: ISC004
                "Campaign-NPSP Campaign Layout and 6 more",
                NOT_IN_FORCE.format("Account_Compact_Layout"),
                NOT_IN_FORCE.format("NPSP_Contact_Compact_Layout"),
            ],
        ),
        (
            "dreamhouse",
            [
                "Property_All.listView.xml: a list view belongs into objects/<object>/listViews, "  # noqa: ISC004
                "which says its object",
                NOT_IN_FORCE.format("Property_Compact_Layout"),
            ],
        ),
        (
            "ebikes",
            [
                f"{NOT_ASSIGNED}CaseClose-Close Case Layout, Order_Item__c-Order Item Layout, "  # noqa: ISC004
                "Order__c-Order Layout and 2 more"
            ],
        ),
    ],
)
def test_what_real_folders_leave_open_is_said(
    real: dict[str, LoadedStructure], origin: str, remarks: list[str]
) -> None:
    assert list(real[origin].remarks) == remarks
