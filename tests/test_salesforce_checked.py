"""The records that are checked, read over real HTTP: what may not be read costs only itself, and is named."""

import re

import pandas as pd
import pytest

from tasks.clients import LimitReached, SalesforceDoor, Unavailable
from tasks.rules.expected import Source
from tasks.rules.org_facts import catalogue_frame
from tasks.rules.record_checks import Wanted
from tasks.salesforce_checked import RecordReader, RecordReading
from tasks.salesforce_checked_queries import notes, records_of, sums, unknown_field
from tasks.salesforce_frames import from_records
from tasks.salesforce_queries import PAGE
from tests.company import Sandbox, settings_from
from tests.paged_org import Answers, Refusal, Rows, paged_org

TYPES = catalogue_frame(
    [
        {"object": "Account", "field": "Deals_Won__c", "type": "double"},
        {"object": "Account", "field": "Close_Date_First_Deal__c", "type": "date"},
        {"object": "Account", "field": "LinkedIn_Company_URL__c", "type": "url"},
    ]
)
FIELDS = {"Account": tuple(TYPES["field"]), "Opportunity": ("Effective_Date__c",)}
HIDDEN = Refusal("INVALID_FIELD", "\nSELECT Id\n  ^\nERROR at Row:1:Column:8\nNo such column '{}' on entity 'Account'.")
NO_OBJECT = Refusal("INVALID_TYPE", "sObject type is not supported.")


def read(wanted: Wanted, at: Sandbox, **more: str) -> RecordReading:
    config = settings_from({**at.environment, **more})
    return RecordReader(SalesforceDoor(config), config, catalogue=TYPES, sleep=lambda _: None).read(wanted)


def asking(wanted: Wanted, answers: Answers, **more: str) -> tuple[RecordReading, list[str]]:
    """A reading of an org that answers so, and what it was asked."""
    with paged_org(answers) as (org, environment):
        config = settings_from({**environment, **more})
        return RecordReader(SalesforceDoor(config), config).read(wanted), org.asked


def hidden(name: str) -> Refusal:
    return Refusal(HIDDEN.code, HIDDEN.message.replace("{}", name))


def some(count: int, prefix: str = "001", **values: object) -> Rows:
    return [{"Id": f"{prefix}{n:015d}", "Name": f"Record {n}", **values} for n in range(count)]


def test_everything_of_the_company_in_three_calls(shared_sandbox: Sandbox) -> None:
    reading = read(Wanted(FIELDS, notes=True, sums=True), shared_sandbox)
    records = reading.records

    assert (reading.calls, reading.in_bulk, reading.allowed) == (3, False, 115_000)
    assert records.unread == {}
    assert records.frames["Account"].dtypes.astype(str).to_dict() == {
        "Deals_Won__c": "float64", "Close_Date_First_Deal__c": "datetime64[us]", "LinkedIn_Company_URL__c": "str",
        "Id": "str", "Name": "str",
    }  # fmt: skip
    assert set(records.frames["Opportunity"]) == {"Effective_Date__c", "Id", "Name", "IsClosed", "IsWon"}
    assert sorted(zip(records.notes["record"], records.notes["kind"], strict=True)) == [
        ("Acme", "classic"), ("Globex", "enhanced"),
    ]  # fmt: skip
    assert set(records.notes["object"]) == {"Account"}


def test_the_sums_are_those_of_the_opportunities(shared_sandbox: Sandbox) -> None:
    door = SalesforceDoor(shared_sandbox.settings)
    rows = door.json("query?q=SELECT+AccountId,IsWon,CloseDate,Amount+FROM+Opportunity+WHERE+AccountId!=null")[
        "records"
    ]
    deals = pd.DataFrame(rows)
    won = deals[deals["IsWon"].astype(bool)].groupby("AccountId")

    found = read(Wanted(sums=True), shared_sandbox).records.sums.set_index("account_id")

    assert found[Source.COUNT].to_dict() == deals.groupby("AccountId").size().to_dict()
    assert found[Source.COUNT_WON].to_dict() == {**dict.fromkeys(found.index, 0), **won.size().to_dict()}
    assert found[Source.SUM_WON].to_dict() == {**dict.fromkeys(found.index, 0), **won["Amount"].sum().to_dict()}
    first = found[Source.FIRST_WON].dropna().dt.strftime("%Y-%m-%d").to_dict()
    assert first == won["CloseDate"].min().to_dict() != {}


def test_nothing_wanted_nothing_asked(shared_sandbox: Sandbox) -> None:
    reading = read(Wanted(), shared_sandbox)

    assert (reading.calls, reading.records.frames, reading.records.unread) == (0, {}, {})


def test_a_field_that_may_not_be_read_costs_only_itself(shared_sandbox: Sandbox) -> None:
    fields = ("Deals_Won__c", "Hidden__c", "Gone__c")
    records = read(Wanted({"Account": fields, "Opportunity": ("Effective_Date__c",)}), shared_sandbox).records

    assert set(records.unread) == {"Account.Hidden__c", "Account.Gone__c"}
    assert "give the integration user read access to the field" in records.unread["Account.Gone__c"]
    assert set(records.frames["Account"]) == {"Id", "Name", "Deals_Won__c"}
    assert len(records.frames["Opportunity"]) > 60


def test_an_object_that_may_not_be_read_costs_only_itself(shared_sandbox: Sandbox) -> None:
    records = read(Wanted({"Secret__c": ("Deals_Won__c",), "Account": ("Deals_Won__c",)}), shared_sandbox).records

    assert set(records.frames) == {"Account"}
    assert "INVALID_TYPE" in records.unread["Secret__c"]
    assert "read access to the object" in records.unread["Secret__c"]


@pytest.mark.parametrize("name", ["Name FROM Account WHERE", "a,b", "x' OR", "Owner.Name", "", "é"])
def test_what_is_no_name_stands_in_no_query(name: str) -> None:
    with pytest.raises(ValueError, match="no API name"):
        records_of("Account", [name], {})


def test_a_very_large_org_is_read_in_bulk_and_reads_the_same(shared_sandbox: Sandbox) -> None:
    paged = read(Wanted(FIELDS), shared_sandbox)
    jobs = read(Wanted(FIELDS), shared_sandbox, RITUALS_SALESFORCE_BULK_ABOVE="10")

    assert (paged.in_bulk, jobs.in_bulk) == (False, True)
    for name in FIELDS:
        one, other = (reading.records.frames[name].sort_values("Id", ignore_index=True) for reading in (paged, jobs))
        pd.testing.assert_frame_equal(one, other)


def test_page_after_page(shared_sandbox: Sandbox) -> None:
    reading, asked = asking(Wanted({"Account": ("Stars__c",)}), lambda _: some(4_500, Stars__c=3))

    assert (len(reading.records.frames["Account"]), reading.calls) == (4_500, 3)
    assert asked == ["SELECT Stars__c, Id, Name FROM Account"]


def test_of_an_object_without_records_nothing_is_true() -> None:
    reading, _ = asking(Wanted({"Account": ("Stars__c",)}), lambda _: [])

    assert reading.records.frames == {}
    assert "not one record of Account can be seen" in reading.records.unread["Account"]


def test_accounts_without_end_are_summed_two_thousand_at_a_time() -> None:
    groups = [
        {"AccountId": f"001{n:015d}", "howMany": 1, "firstClosed": "2026-01-05", "allOfIt": 2} for n in range(4_500)
    ]

    def answers(soql: str) -> Rows:
        after = re.search(r"AccountId > '(\w+)'", soql)
        rest = [row for row in groups if not after or str(row["AccountId"]) > after[1]]
        return rest[:PAGE]

    reading, asked = asking(Wanted(sums=True), answers)
    after = [soql for soql in asked if "AccountId >" in soql]

    assert (len(reading.records.sums), reading.records.sums["account_id"].nunique(), reading.calls) == (4_500, 4_500, 3)
    assert (len(after), sum("IsWon = true AND AccountId >" in soql for soql in after)) == (4, 2)
    assert sum("MIN(CloseDate)" in soql for soql in asked) == 3


@pytest.mark.parametrize(("field", "lost"), [("Amount", Source.SUM_WON), ("CloseDate", Source.FIRST_WON)])
def test_what_cannot_be_summed_costs_only_its_sum(field: str, lost: Source) -> None:
    def answers(soql: str) -> Rows | Refusal:
        return hidden(field) if f"({field})" in soql else [{"AccountId": "001", "howMany": 2, "allOfIt": 1}]

    records = asking(Wanted(sums=True), answers)[0].records

    assert set(Source) - set(records.sums) == {lost}
    assert f"Opportunity.{field} cannot be read" in records.unread["sums"]


def test_sums_of_several_currencies_are_not_compared(shared_sandbox: Sandbox) -> None:
    records = read(Wanted(sums=True), shared_sandbox, RITUALS_SALESFORCE_CURRENCY_FIELD="CurrencyIsoCode").records

    assert Source.SUM_WON not in records.sums
    assert Source.COUNT_WON in records.sums
    assert "several currencies" in records.unread["sums"]


def test_enhanced_notes_are_followed_to_what_they_hang_at() -> None:
    documents = [{"Id": f"069{n:015d}", "CreatedDate": "2026-11-02T10:00:00.000+0000"} for n in range(1_000)]

    def answers(soql: str) -> Rows:
        if "FROM ContentNote" in soql:
            return documents
        if "FROM Note" in soql:
            return []
        asked = re.findall(r"'(069\w+)'", soql)
        prefix = {0: "001", 1: "006", 2: "003"}
        links = [(d, f"{prefix[int(d[3:]) % 3]}{d[3:]}") for d in asked]
        return [{"ContentDocumentId": d, "LinkedEntityId": to, "LinkedEntity": {"Name": "Acme"}} for d, to in links]

    reading, asked = asking(Wanted(notes=True), answers)
    found = reading.records.notes

    assert found["object"].value_counts().to_dict() == {"Account": 334, "Opportunity": 333}
    assert found[["kind", "record"]].drop_duplicates().to_numpy().tolist() == [["enhanced", "Acme"]]
    assert str(found["at"].dtype) == "datetime64[us, UTC]"
    assert found["at"].notna().all()
    assert [len(re.findall(r"'069", soql)) for soql in asked if "Link" in soql] == [450, 450, 100]


def test_lists_of_notes_that_are_too_long_are_halved() -> None:
    documents = [{"Id": f"069{n:015d}", "CreatedDate": None} for n in range(450)]

    def answers(soql: str) -> Rows | Refusal:
        if "ContentDocumentLink" not in soql:
            return documents if "ContentNote" in soql else []
        if len(soql) > 3_000:
            return Refusal("URI_TOO_LONG", status=414)
        return [{"ContentDocumentId": d, "LinkedEntityId": "001"} for d in re.findall(r"'(069\w+)'", soql)]

    found = asking(Wanted(notes=True), answers)[0].records.notes

    assert len(found) == found["at"].isna().sum() == 450


def test_a_note_whose_record_has_no_name_for_us_is_still_one() -> None:
    def answers(soql: str) -> Rows | Refusal:
        if "LinkedEntity.Name" in soql or "Parent.Name" in soql:
            relation = "LinkedEntity" if "LinkedEntity.Name" in soql else "Parent"
            return Refusal("INVALID_FIELD", f"Didn't understand relationship '{relation}' in field path.")
        if "ContentNote" in soql:
            return [{"Id": "069A", "CreatedDate": None}]
        return [{"ContentDocumentId": "069A", "LinkedEntityId": "0061", "ParentId": "0012", "CreatedDate": None}]

    records = asking(Wanted(notes=True), answers)[0].records

    assert sorted(records.notes["record"]) == ["0012", "0061"]
    assert records.unread == {}


def test_an_org_that_cannot_tell_notes_by_their_parent_is_asked_for_all() -> None:
    def answers(soql: str) -> Rows | Refusal:
        if "Parent.Type" in soql:
            return Refusal("MALFORMED_QUERY", "field 'Type' can not be filtered in a query call")
        return [{"ParentId": "0011"}, {"ParentId": "0031"}] if "FROM Note" in soql else []

    records = asking(Wanted(notes=True), answers)[0].records

    assert records.notes["record_id"].tolist() == ["0011"]


def test_notes_that_may_not_be_read_are_named_and_others_are_read() -> None:
    def answers(soql: str) -> Rows | Refusal:
        return NO_OBJECT if "ContentNote" in soql else [{"ParentId": "0011"}]

    records = asking(Wanted(notes=True), answers)[0].records

    assert len(records.notes) == 1
    assert "[ContentNote]" in records.unread["notes"]


@pytest.mark.parametrize(
    "refusal",
    [Refusal("UNABLE_TO_LOCK_ROW"), Refusal("", status=503), Refusal("REQUEST_LIMIT_EXCEEDED", "Concurrent", 403)],
    ids=lambda refusal: refusal.code or str(refusal.status),
)
def test_what_time_can_cure_is_not_called_unread(refusal: Refusal) -> None:
    with pytest.raises(Unavailable):
        asking(Wanted({"Account": ("Stars__c",)}), lambda _: refusal)


def test_an_org_whose_calls_are_used_up_is_left_alone() -> None:
    with pytest.raises(LimitReached):
        asking(Wanted(sums=True), lambda _: Refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", 403))


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("No such column 'Foo__c' on entity 'Account'. If you are", "Foo__c"),
        ("Didn't understand relationship 'Parent' in field path. If", "Parent"),
        ("unexpected token: 'FROM'", ""),
        ("", ""),
    ],
)
def test_what_salesforce_does_not_know_is_named_by_it(message: str, field: str) -> None:
    assert unknown_field(message) == field


def test_values_without_a_type_stay_texts() -> None:
    ask = records_of("Account", ["Stars__c", "Since__c"], {})

    frame = from_records([{"Id": "1", "Name": "x", "Stars__c": 3.0, "Since__c": None}], ask.read.columns)

    assert frame.loc[0, "Stars__c"] == "3.0"
    assert frame["Since__c"].isna().all()


def test_a_query_without_what_it_needs_is_none() -> None:
    every, _ = sums()
    classic, _ = notes()

    assert every.without("Amount") is None
    assert classic.without("ParentId") is None
    assert classic.given_way() is not None
    assert every.given_way() is None
