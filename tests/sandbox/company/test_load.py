"""Files that someone brings: what is written is read again, and what is wrong is refused with its place."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deployments.sandbox.company.build import build
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.load import LoadError, dump, load
from deployments.sandbox.company.model import Company, Table
from deployments.sandbox.company.slack_talk import quiet
from deployments.sandbox.salesforce.custom import SALES

from .whole import faults, rows_of

AS_OF = date(2026, 11, 23)
ACCOUNT, OTHER, USER = record_id("001", 1), record_id("001", 2), record_id("005", 1)
WRONG = record_id("006", 1)[:17] + "C"  # a capital too many in the checksum
HEADER = "Id,Name,AccountId,StageName,Amount,CloseDate,IsPrivate,CreatedDate\n"
GOOD = f"{record_id('006', 1)},Acme 2026,{ACCOUNT},Demo,1200.5,2026-12-18,false,2026-10-09T18:30:00-07:00\n"


def bring(directory: Path, opportunities: str | bytes, name: str = "Opportunity.csv") -> Company:
    """The company of one account and this file."""
    (directory / "Account.csv").write_text(f"Id,Name\n{ACCOUNT},Acme\n", encoding="utf-8")
    content = opportunities if isinstance(opportunities, bytes) else opportunities.encode()
    (directory / name).write_bytes(content)
    return load(directory, AS_OF)


def refused(directory: Path, opportunities: str | bytes, name: str = "Opportunity.csv") -> tuple[str, ...]:
    with pytest.raises(LoadError) as error:
        bring(directory, opportunities, name)
    return error.value.problems


def test_a_small_case_is_read(tmp_path: Path) -> None:
    rows = rows_of(bring(tmp_path, HEADER + GOOD))
    assert rows["Opportunity"] == [
        {"Id": record_id("006", 1), "Name": "Acme 2026", "AccountId": ACCOUNT, "StageName": "Demo", "Amount": 1200.5,
         "CloseDate": "2026-12-18", "IsPrivate": 0, "CreatedDate": "2026-10-10T01:30:00.000+0000"}
    ]  # fmt: skip


def test_what_every_company_has_is_there_without_a_file(tmp_path: Path) -> None:
    company = bring(tmp_path, HEADER + GOOD)
    assert list(company.tables) == [
        "Profile", "UserRole", "User", "Account", "OpportunityStage", "Opportunity", "TaskStatus",
    ]  # fmt: skip
    assert company.slack == quiet()
    assert faults(company, rows_of(company)) == []


def test_short_ids_spreadsheets_and_empty_cells_are_understood(tmp_path: Path) -> None:
    text = (
        "\ufeff"
        + HEADER
        + f"{record_id('006', 1)[:15]},Acme 2026,{ACCOUNT[:15]},Demo,,,TRUE,2026-10-09T01:00:00Z\r\n\r\n"
    )
    (row,) = rows_of(bring(tmp_path, text))["Opportunity"]
    assert (row["Id"], row["AccountId"], row["Amount"], row["IsPrivate"]) == (record_id("006", 1), ACCOUNT, None, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: has no column Id; every record needs one"),
        ("Name\nAcme\n", "1: has no column Id; every record needs one"),
        ("Id,Stage\n", "1: Opportunity has no field 'Stage'; correct or remove the column"),
        ("Id,name\n", "1: Opportunity has no field 'name'; write Name"),
        ("Id,Name,Name\n", "1: names the column 'Name' twice; remove one"),
        ("Id,IsClosed\n", "1: IsClosed is worked out by Salesforce itself; remove the column"),
        (HEADER + GOOD + GOOD, f"3: Id: {record_id('006', 1)} is also that of line 2; give one of them another"),
        (HEADER + GOOD.replace(record_id("006", 1), ""), "2: Id: is empty; every record needs one"),
        (HEADER + GOOD.replace(record_id("006", 1), "7"),
         "2: Id: '7' is no record id; write its 15 characters, or 18 with the right last three"),
        (HEADER + GOOD.replace(record_id("006", 1), WRONG),
         f"2: Id: '{WRONG}' is no record id; write its 15 characters, or 18 with the right last three"),
        (HEADER + GOOD.replace(record_id("006", 1), ACCOUNT),
         f"2: Id: '{ACCOUNT}' is no Id of Opportunity; it has to begin with 006"),
        (HEADER + GOOD.replace(ACCOUNT, OTHER), f"2: AccountId: no record has the Id {OTHER}; add it to Account.csv"),
        (HEADER + GOOD.replace(ACCOUNT, USER), f"2: AccountId: no record has the Id {USER}; add it to Account.csv"),
        (HEADER + GOOD.replace("2026-12-18", "12/18/2026"),
         "2: CloseDate: '12/18/2026' is no date; write it like 2026-11-23"),
        (HEADER + GOOD.replace("2026-12-18", "20261218"),
         "2: CloseDate: '20261218' is no date; write it like 2026-11-23"),
        (HEADER + GOOD.replace("2026-12-18", "2026-02-30"),
         "2: CloseDate: '2026-02-30' is no date; write it like 2026-11-23"),
        (HEADER + GOOD.replace("-07:00", ""),
         "2: CreatedDate: '2026-10-09T18:30:00' is no moment with a time zone; write it like 2026-11-23T18:30:00Z"),
        (HEADER + GOOD.replace("1200.5", "$1200"),
         "2: Amount: '$1200' is no number; write it like 1234.5, without separators or currency"),
        (HEADER + GOOD.replace("1200.5", "nan"),
         "2: Amount: 'nan' is no number; write it like 1234.5, without separators or currency"),
        (HEADER + GOOD.replace("false", "no"), "2: IsPrivate: 'no' is neither true nor false; write one of these"),
        (HEADER + GOOD.replace("1200.5", "1,200"),
         "2: has 9 cells where the header has 8; put a cell that contains a comma in double quotes"),
        (HEADER + GOOD + '"Acme\n',
         "3: unexpected end of data; put a cell with commas, quotes or line breaks in double quotes"),
        (HEADER.encode() + GOOD.encode() + GOOD.replace("Acme", "Caf\xe9").encode("latin-1"),
         "3: is not UTF-8; save the file as CSV UTF-8"),
        ("Id,Open_Quote__c\n" + record_id("006", 1) + ",Perhaps\n",
         "2: Open_Quote__c: 'Perhaps' is not a value of Open_Quote__c; use one of Draft, Sent, In review"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, text: str | bytes, expected: str) -> None:
    assert refused(tmp_path, text) == (f"Opportunity.csv:{expected}",)


@pytest.mark.parametrize("name", ["Opportunities.csv", "opportunity.csv", "Opportunity.xlsx"])
def test_a_file_that_nothing_reads_is_refused(tmp_path: Path, name: str) -> None:
    (problem,) = refused(tmp_path, HEADER, name)
    assert problem.startswith(f"{name}:1: is no table of the company; remove it or name it like one of Organization,")


def test_a_row_over_several_lines_is_named_by_its_first(tmp_path: Path) -> None:
    text = "Id,Description,CloseDate\n" + f'{record_id("006", 1)},"one\ntwo\nthree",\n{record_id("006", 2)},four,soon\n'
    assert refused(tmp_path, text) == ("Opportunity.csv:5: CloseDate: 'soon' is no date; write it like 2026-11-23",)


def test_all_problems_are_told_but_no_more_than_twenty(tmp_path: Path) -> None:
    rows = "".join(f"{record_id('006', n)},x,,Demo,?,?,,\n" for n in range(30))
    with pytest.raises(LoadError) as error:
        bring(tmp_path, HEADER + rows)
    assert (len(error.value.problems), error.value.count) == (20, 60)
    assert str(error.value).endswith("\nand 40 more")


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"nowhere:1: is no directory; name the one that holds Opportunity.csv"):
        load(tmp_path / "nowhere", AS_OF)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "slack.json:1: is no JSON: Expecting property name enclosed in double quotes; correct it there"),
        ('{"teams": [], "user": []}',
         "slack.json:1: SlackSeed has no 'user'; it has apps, channels, messages, teams, tokens, users"),
        ('{"teams": [{"id": "T1", "name": "A"}], "users": [], "channels": []}',
         "slack.json:1: teams.0.domain: Field required; correct it"),
        ('{"teams": [], "users": [], "channels": [{"id": "C1", "name": "a", "members": ["U1"]}]}',
         "slack.json:1: C1 names the user 'U1', which is not there; add or correct it"),
    ],
)  # fmt: skip
def test_a_slack_that_is_wrong_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "slack.json").write_text(text, encoding="utf-8")
    assert expected in refused(tmp_path, HEADER + GOOD)


def settled(company: Company) -> Company:
    """The company with its generators read out, its rows as plain tuples, and without settings, which no file keeps."""
    tables = {name: Table(t.columns, tuple(tuple(row) for row in t.rows)) for name, t in company.tables.items()}
    return dataclasses.replace(company, tables=tables, settings={})


@pytest.mark.parametrize("multi_currency", [False, True])
def test_the_default_company_is_read_as_it_was_written(tmp_path: Path, multi_currency: bool) -> None:
    company = settled(build(1, "small", AS_OF, multi_currency=multi_currency))
    dump(company, tmp_path)
    assert load(tmp_path, AS_OF) == company


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text != "\ufeff")
DAYS = st.dates(date(1700, 1, 1), date(4000, 12, 31)).map(date.isoformat)
MOMENTS = st.datetimes().filter(lambda at: at.year > 999).map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}.000+0000")


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Accounts and deals with any text, number and day that Salesforce could hold."""
    accounts = [record_id("001", n) for n in range(draw(st.integers(1, 4)))]
    row = st.tuples(
        st.none() | TEXT, st.sampled_from([None, *accounts]),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | DAYS, st.none() | st.sampled_from([0, 1]), st.none() | MOMENTS, st.none() | st.integers(0, 99),
    )  # fmt: skip
    deals = tuple((record_id("006", n), *values) for n, values in enumerate(draw(st.lists(row, max_size=5))))
    columns = ("Id", "Name", "AccountId", "Amount", "CloseDate", "IsPrivate", "CreatedDate", "PushCount")
    tables = {
        "Account": Table(("Id", "Name"), tuple((id_, draw(TEXT)) for id_ in accounts)),
        "Opportunity": Table(columns, deals),
    }
    return Company(SALES, tables, quiet())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(company=companies())
def test_any_company_is_read_as_it_was_written(tmp_path: Path, company: Company) -> None:
    dump(company, tmp_path)
    read = load(tmp_path, AS_OF)
    assert {name: read.tables[name] for name in company.tables} == company.tables
