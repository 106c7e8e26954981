"""The public table of deals: repaired where spelling is wrong, kept where something is missing, never dropped."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from deployments.sandbox.company import crm
from deployments.sandbox.company.convert import convert
from deployments.sandbox.company.load import LoadError, load
from deployments.sandbox.convert_crm import main

from .whole import faults, rows_of

AS_OF = date(2026, 11, 23)
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "maven_crm"
# Invented rows of the same shape, with the same kinds of defects.
FILES = {
    "accounts.csv": """account,sector,year_established,revenue,employees,office_location,subsidiary_of
Quillworks,technolgy,1996,1100.5,2822,United States,
Tannery Lane,retail,2001,20.25,140,Philipines,Quillworks
""",
    "sales_teams.csv": """sales_agent,manager,regional_office
Anouk Bell,Raj Patel,East
Bo Lindqvist,Raj Patel,West
""",
    "products.csv": """product,series,sales_price
GTX Pro,GTX,4821
MG One,MG,55
""",
    "sales_pipeline.csv": """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
AAA1,Anouk Bell,GTXPro,Quillworks,Won,2017-01-10,2017-03-01,4800
AAA2,Bo Lindqvist,MG One,Tannery Lane,Lost,2017-02-10,2017-04-01,0
AAA3,Anouk Bell,GTX Pro,Quillworks,Engaging,2017-03-22,,
AAA4,Bo Lindqvist,GTX Pro,,Engaging,2017-03-30,,
AAA5,Bo Lindqvist,MG One,,Prospecting,,,
""",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    directory = tmp_path / "crm"
    directory.mkdir()
    for name, text in FILES.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def test_every_deal_is_kept_as_it_was(source: Path) -> None:
    rows = rows_of(convert(crm.read(source), 1, AS_OF).company)
    users = {row["Id"]: row for row in rows["User"]}
    accounts = {row["Id"]: row["Name"] for row in rows["Account"]}
    kept = [
        (
            o["Name"],
            users[o["OwnerId"]]["LastName"],
            accounts.get(o["AccountId"]),
            o["StageName"],
            o["Amount"],
            o["CloseDate"],
        )
        for o in rows["Opportunity"]
    ]
    assert kept[:2] == [  # 2017-04-01, the last day of the data, has become Mon 2026-11-23
        ("Quillworks GTX Pro 2026 (AAA1)", "Bell", "Quillworks", "Closed Won", 4800.0, "2026-10-23"),
        ("Tannery Lane MG One 2026 (AAA2)", "Lindqvist", "Tannery Lane", "Closed Lost", 0.0, "2026-11-23"),
    ]
    assert [row[:5] for row in kept[2:]] == [
        ("Quillworks GTX Pro 2026 (AAA3)", "Bell", "Quillworks", "Engaging", 4821.0),
        ("No account GTX Pro 2026 (AAA4)", "Lindqvist", None, "Engaging", 4821.0),
        ("No account MG One 2026 (AAA5)", "Lindqvist", None, "Prospecting", 55.0),
    ]
    assert all("2026-11-23" < str(row[5]) <= "2027-03-28" for row in kept[2:])


def test_accounts_and_people_keep_what_is_known_of_them(source: Path) -> None:
    rows = rows_of(convert(crm.read(source), 1, AS_OF).company)
    first, second = rows["Account"]
    assert (first["Industry"], first["AnnualRevenue"], second["BillingCountry"]) == (
        "technology",
        1_100_500_000,
        "Philippines",
    )
    assert second["ParentId"] == first["Id"]
    names = {row["Id"]: row["LastName"] for row in rows["User"]}
    assert [(row["LastName"], names.get(row["ManagerId"]), row["Division"]) for row in rows["User"]] == [
        ("admin", None, None), ("Bell", "Patel", "East"), ("Lindqvist", "Patel", "West"), ("Patel", None, None),
    ]  # fmt: skip


def test_the_summary_says_what_was_done(source: Path) -> None:
    assert convert(crm.read(source), 1, AS_OF).summary == (
        "deals kept: 5, none dropped (1 Prospecting, 2 Engaging, 1 Won, 1 Lost)",
        "Won and Lost are called Closed Won and Closed Lost, as in Salesforce",
        "accounts: 2, agents: 2, products: 2",
        "all dates moved by 3523 days",
        "spelling repaired: GTXPro -> GTX Pro (1)",
        "spelling repaired: Philipines -> Philippines (1)",
        "spelling repaired: technolgy -> technology (1)",
        "deals without an account: 2, open 2; left so",
        "deals without an engage date: 1; their creation is drawn from the last 90 days",
        "open deals without a close date: 3; drawn, 120 days ahead at most",
        "deals without a value: 3; the product's list price is their amount",
        "contacts, mail, calls and meetings are drawn from the seed; the data has none",
        "the reason of a lost deal is Other; the data has none",
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("sales_pipeline.csv", "Engaging,2017-03-22", "Sleeping,2017-03-22",
         "sales_pipeline.csv:4: 'Sleeping' is none of Prospecting, Engaging, Won, Lost; correct the row"),
        ("sales_pipeline.csv", "GTXPro", "GTY",
         "sales_pipeline.csv:2: the product 'GTY' is not in products.csv; correct the row"),
        ("sales_pipeline.csv", "2017-03-30", "30.3.",
         "sales_pipeline.csv:5: Invalid isoformat string: '30.3.'; correct the row"),
        ("sales_pipeline.csv", "AAA2", "AAA1", "sales_pipeline.csv:3: AAA1 occurs twice; correct the row"),
        ("sales_pipeline.csv", "2017-04-01", "",
         "sales_pipeline.csv:3: is over but has no close_date; correct the row"),
        ("sales_pipeline.csv", "Tannery Lane", "Nowhere",
         "sales_pipeline.csv:3: Nowhere is not in accounts.csv; correct the row"),
        ("sales_teams.csv", "Anouk", "Anne",
         "sales_pipeline.csv:2: Anouk Bell is not in sales_teams.csv; correct the row"),
        ("accounts.csv", ",Quillworks\n", ",Gone\n",
         "accounts.csv:3: the parent Gone is not in accounts.csv; correct the row"),
        ("products.csv", "sales_price", "price", "products.csv:1: has no column sales_price; is it the right file?"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(source: Path, file: str, old: str, new: str, expected: str) -> None:
    text = (source / file).read_text(encoding="utf-8")
    assert old in text
    (source / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LoadError) as error:
        crm.read(source)
    assert error.value.problems[0] == expected


def test_a_missing_file_is_named(source: Path) -> None:
    (source / "accounts.csv").unlink()
    with pytest.raises(LoadError, match=r"accounts.csv:1: is missing in crm; put it there"):
        crm.read(source)


def test_the_command_writes_what_the_sandbox_loads(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.parent / "out"
    assert main([str(source), "--out", str(out), "--as-of", "2026-11-23", "--seed", "3"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("deals kept: 5, none dropped")
    company = load(out, AS_OF)
    assert faults(company, rows_of(company)) == []
    again = rows_of(convert(crm.read(source), 3, AS_OF).company)
    assert {name: rows_of(company)[name] for name in again} == again


def test_the_command_refuses_with_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "accounts.csv:1: is missing" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the public CRM tables are not beside this checkout (their licence is unknown)"
)
def test_the_real_tables() -> None:
    company = convert(crm.read(REAL), 1, AS_OF).company
    rows = rows_of(company)
    stages = Counter(row["StageName"] for row in rows["Opportunity"])
    assert stages == {"Closed Won": 4238, "Closed Lost": 2473, "Engaging": 1589, "Prospecting": 500}
    assert sum(row["AccountId"] is None for row in rows["Opportunity"]) == 1425
    assert faults(company, rows) == []
    latest: dict[str, str] = {}
    filed = [("Task", "WhatId"), ("Event", "WhatId"), ("EmailMessage", "RelatedToId"), ("Task", "WhoId")]
    at = {"Task": "CompletedDateTime", "Event": "StartDateTime", "EmailMessage": "MessageDate"}
    for name, link in filed:
        for row in rows[name]:
            if row[link] and row.get("TaskSubtype") != "List Email":
                latest[row[link]] = max(latest.get(row[link], ""), row[at[name]])
    person = {row["OpportunityId"]: row["ContactId"] for row in rows["OpportunityContactRole"]}
    alive = [max(latest.get(o["Id"], ""), latest.get(person.get(o["Id"], ""), "")) for o in rows["Opportunity"]
             if o["StageName"] in {"Engaging", "Prospecting"}]  # fmt: skip
    assert 0.08 <= sum(at < "2026-10-10" for at in alive) / len(alive) <= 0.12
