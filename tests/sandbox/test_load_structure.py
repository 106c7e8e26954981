"""An org's looks from files of its own tools: what cannot be read is named, and the rest is read all the same."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deployments.sandbox.company.load import LoadError, load
from deployments.sandbox.company.load_structure import load_structure
from deployments.sandbox.company.metadata_xml import DEEPEST, UnreadableMetadata, parse
from tests.company import MONDAY

METADATA = Path(__file__).parents[1] / "payloads" / "salesforce" / "metadata"
SPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


def xml(kind: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><{kind} {SPACE}>{inside}</{kind}>'.encode()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Layout><layoutSections>&b;</layoutSections></Layout>'
HAS_DOCTYPE = "it has a DOCTYPE, which metadata has not; remove it"
NO_SHAPE = "it does not have the shape of its kind"


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("A-B.layout.xml", b"<Layout>", "it is no XML (no element found: line 1, column 8)"),
        ("A-B.layout.xml", b"", "it is no XML (no element found: line 1, column 0)"),
        ("A-B.layout.xml", LAUGHS, HAS_DOCTYPE),
        ("A-B.layout.xml", LAUGHS.decode().encode("utf-16"), HAS_DOCTYPE),
        ("A-B.layout.xml", b'<!DOCTYPE x SYSTEM "file:///etc/hosts"><Layout/>', HAS_DOCTYPE),
        ("A-B.layout.xml", b'<?xml version="1.0" encoding="klingon"?><Layout/>', "unknown encoding: klingon"),
        ("A-B.layout.xml", xml("Flow", ""), "it is a Flow, of which the sandbox makes nothing; leave it out"),
        ("A-B.layout.xml", xml("Layout", "<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1)),
         "its elements are nested deeper than 40"),
        ("Account.layout.xml", xml("Layout", ""), "a page layout is called by its object, like Account-Account"),
        ("P.flexipage.xml", xml("FlexiPage", "<type>RecordPage</type>"), NO_SHAPE),
        ("S.profile.xml", xml("Profile", "<tabVisibilities>standard-Account</tabVisibilities>"), NO_SHAPE),
        ("Account.object.xml", xml("CustomObject", "<listViews><label>All</label></listViews>"), NO_SHAPE),
        ("x.json", b"{", "it is no JSON (Expecting property name"),
        ("x.json", b"\xff\xfe", "it is no JSON ("),
        ("x.json", b"[" * 100_000, "it is no JSON ("),
        ("x.json", b"[1]", "it is no answer of Salesforce: a list or a single value"),
        ("x.json", b'{"size": 1}', "it is neither an answer of describe/layouts, nor a Lightning page"),
        ("x.json", b'{"layouts": []}', "it does not say which object it is of; call it like Opportunity.layouts.json"),
        ("x.json", b'{"flexiPageRegions": 7}', NO_SHAPE),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_the_rest_is_read(
    tmp_path: Path, file: str, content: bytes, reason: str
) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "Lead-Lead Layout.layout-meta.xml").write_bytes(xml("Layout", ""))
    (tmp_path / file).write_bytes(content)
    loaded = load_structure(tmp_path)
    (remark,) = loaded.remarks
    assert remark.startswith(f"{file}: {reason}")
    assert list(loaded.structure.layouts) == ["Lead-Lead Layout"]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(st.sampled_from("<>/a&;!\"'=?[ -DOCTYPE"), max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        kind, body = parse(content)
    except UnreadableMetadata:
        return
    assert (isinstance(kind, str), isinstance(body, dict)) == (True, True)


def test_bodies_have_the_shape_of_json() -> None:
    _, body = parse(
        xml(
            "Layout",
            "<layoutSections><customLabel>true</customLabel><label>true</label><layoutColumns/>"
            "<layoutColumns><layoutItems><field>%%%NAMESPACE%%%Due__c</field></layoutItems></layoutColumns>"
            "</layoutSections><description/>",
        )
    )
    section = {
        "customLabel": True,
        "label": "true",
        "layoutColumns": [{}, {"layoutItems": [{"field": "Due__c"}]}],
    }
    assert body == {"layoutSections": [section], "description": ""}


def test_a_project_folder_says_the_object_of_its_parts(tmp_path: Path) -> None:
    parts = tmp_path / "objects" / "Account"
    for name, kind, inside in (
        ("Account.object-meta.xml", "CustomObject", "<compactLayoutAssignment>Top</compactLayoutAssignment>"),
        ("compactLayouts/Top.compactLayout-meta.xml", "CompactLayout", "<fields>Name</fields><label>Top</label>"),
        ("listViews/Ours.listView-meta.xml", "ListView",
         "<fullName>Ours</fullName><filterScope>Mine</filterScope><label>Ours</label><sharedTo><role>CRO</role></sharedTo>"),
    ):  # fmt: skip
        (parts / name).parent.mkdir(parents=True, exist_ok=True)
        (parts / name).write_bytes(xml(kind, inside))
    loaded = load_structure(tmp_path)
    assert loaded.remarks == ()
    assert loaded.structure.compact["Account"]["fields"] == ["Name"]
    (view,) = loaded.structure.list_views["Account"]
    assert (view.developer_name, view.scope, view.shared) == ("Ours", "mine", False)


@pytest.mark.parametrize(
    "body",
    [
        {"FullName": "Acme_Page", "Metadata": {"flexiPageRegions": [], "sobjectType": "Account"}},
        {"DeveloperName": "Acme_Page", "Metadata": {"flexiPageRegions": [], "sobjectType": "Account"}},
    ],
)
def test_a_lightning_page_as_the_api_answers_it(tmp_path: Path, body: dict[str, Any]) -> None:
    (tmp_path / "page.json").write_text(json.dumps(body))
    assert load_structure(tmp_path).structure.flexipages == {"Acme_Page": body["Metadata"]}


@pytest.mark.parametrize(
    ("profile", "known_as"),
    [("Standard", "Standard User"), ("Admin", "System Administrator"), ("Sales Rep", "Sales Rep")],
)
def test_profiles_have_their_names_of_setup(tmp_path: Path, profile: str, known_as: str) -> None:
    tab = "<tabVisibilities><tab>standard-Lead</tab><visibility>{}</visibility></tabVisibilities>"
    (tmp_path / f"{profile.replace(' ', '%20')}.profile").write_bytes(xml("Profile", tab.format("DefaultOff")))
    assert load_structure(tmp_path).structure.tabs == {known_as: {"standard-Lead": "DefaultOff"}}


def test_a_company_brings_its_structure_along(tmp_path: Path) -> None:
    for folder in ("npsp", "ebikes"):
        shutil.copytree(METADATA / folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "Account.csv").write_text("Id,Name\n001000000000001,Acme\n")
    company = load(tmp_path, MONDAY)
    assert ("System Administrator", "Account") in company.structure.assigned
    profiles = [row[1] for row in company.tables["Profile"].rows]
    assert profiles == ["Standard User", "System Administrator", "Integration User", "E-Bikes Profile"]
    assert company.structure.assigned["Standard User", "Contact"] == "Contact-Contact Layout"
    assert len(company.remarks) == 4 - 1


def test_what_is_no_part_of_a_company_is_still_refused(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "pictures").mkdir()
    with pytest.raises(LoadError, match=r"^pictures:1: is no table of the company"):
        load(tmp_path, MONDAY)
