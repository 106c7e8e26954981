"""Records: ids, loading, what Salesforce derives, keeps and remembers by itself."""

import re
import sqlite3
from collections.abc import Sequence

import pytest

from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.ids import is_id, long_form, make_id
from deployments.sandbox.salesforce.store import Store

from .company import ACME, ACME_2026, ACME_2027, ALEX, GLOBEX_2026, JO, SAM, Clock


@pytest.mark.parametrize(
    "real",  # ids printed in Salesforce's documentation and in the recorded answers
    ["0057e00000RmwSWAAZ", "001R00000064wdtIAA", "0015500001QdQWaAAN", "0035500001H9cakAAB", "701E0000000JuFHIA0"],
)
def test_ids_have_the_real_suffix(real: str) -> None:
    assert long_form(real[:15]) == real
    assert is_id(real)
    assert not is_id(real[:-1] + ("A" if real[-1] != "A" else "B"))


def test_ids_are_unique_in_order_and_the_same_each_time() -> None:
    made = [make_id("006", n) for n in (0, 1, 61, 62, 63, 10**6)]
    assert len(set(made)) == len(made)
    assert made == sorted(made)
    assert made == [make_id("006", n) for n in (0, 1, 61, 62, 63, 10**6)]


class TestLoading:
    def test_fills_only_what_no_column_names(self, store: Store) -> None:
        rows = [("Discovery call", ACME_2026, "2026-01-09T10:00:00.000+0000")]
        assert store.insert_many("Task", ("Subject", "WhatId", "CreatedDate"), rows) == 1
        ((task_id,),) = store.connection.execute('SELECT "Id" FROM "Task"').fetchall()
        task = store.get("Task", task_id)
        assert task is not None
        assert task_id.startswith("00T")
        assert (task["LastModifiedDate"], task["SystemModstamp"]) == ("2026-01-09T10:00:00.000+0000",) * 2
        assert (task["IsDeleted"], task["Status"], task["Priority"], task["AccountId"]) == (0, None, None, None)

    @pytest.mark.parametrize("column", ["Nonsense__c", "IsClosed", "LastActivityDate"])
    def test_refuses_columns_it_does_not_have(self, store: Store, column: str) -> None:
        with pytest.raises(ValueError, match=f"Opportunity has no column {column}"):
            store.insert_many("Opportunity", ("Name", column), [("X", 1)])

    def test_an_id_twice_loads_nothing(self, store: Store) -> None:
        rows = [(make_id("00T", 1), "a"), (make_id("00T", 1), "b")]
        with pytest.raises(sqlite3.IntegrityError):
            store.insert_many("Task", ("Id", "Subject"), rows)
        assert store.connection.execute('SELECT COUNT(*) FROM "Task"').fetchone() == (0,)

    def test_keeps_its_indexes(self, store: Store) -> None:
        def indexes() -> set[tuple[str]]:
            return set(store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall())

        before = indexes()
        store.insert_many("Task", ("Subject",), [("a",)])
        assert indexes() == before


def test_a_new_record_never_takes_an_id_that_was_loaded(store: Store) -> None:
    store.insert_many("Task", ("Id", "Subject"), [(make_id("00T", 1), "loaded"), (make_id("00T", 2), "loaded")])
    assert store.create("Task", {"Subject": "new"}, ALEX) == make_id("00T", 3)


Activity = tuple[str, dict[str, object]]
DONE, OPEN = "Completed", "Not Started"


@pytest.mark.parametrize(
    ("activities", "deal", "account", "person"),
    [
        ([], None, None, None),
        ([("Task", {"WhatId": ACME_2026, "Status": OPEN, "ActivityDate": "2026-11-01"})], None, None, None),
        ([("Task", {"WhatId": ACME_2026, "Status": DONE, "ActivityDate": None})], None, None, None),
        ([("Task", {"WhatId": ACME_2026, "Status": DONE, "ActivityDate": "2026-10-09"})],
         "2026-10-09", "2026-10-09", None),
        ([("Task", {"WhoId": JO, "Status": DONE, "ActivityDate": "2026-10-10"})], None, "2026-10-10", "2026-10-10"),
        ([("Task", {"WhatId": ACME, "Status": DONE, "ActivityDate": "2026-10-11"})], None, "2026-10-11", None),
        ([("Event", {"WhatId": ACME_2026, "StartDateTime": "2026-12-24T18:00:00Z", "DurationInMinutes": 30})],
         "2026-12-24", "2026-12-24", None),
        ([("Task", {"WhatId": ACME_2026, "WhoId": JO, "Status": DONE, "ActivityDate": "2026-10-09"}),
          ("Event", {"WhatId": ACME_2026, "StartDateTime": "2026-09-01T18:00:00Z", "DurationInMinutes": 30})],
         "2026-10-09", "2026-10-09", "2026-10-09"),
    ],
    ids=["nothing", "open task", "closed, no due date", "closed task", "on the person", "on the account",
         "next month's meeting", "the later of both"],
)  # fmt: skip
def test_last_activity_is_the_latest_due_day(
    store: Store, activities: Sequence[Activity], deal: str | None, account: str | None, person: str | None
) -> None:
    for sobject, values in activities:
        store.create(sobject, values, ALEX)
    found = [
        (store.get(name, i) or {})["LastActivityDate"]
        for name, i in (("Opportunity", ACME_2026), ("Account", ACME), ("Contact", JO))
    ]
    assert found == [deal, account, person]
    assert (store.get("Opportunity", ACME_2027) or {})["LastActivityDate"] is None


@pytest.mark.parametrize(
    ("stage", "closed", "won", "category"),
    [
        ("Discovery", 0, 0, "Pipeline"),
        ("Closed Won", 1, 1, "Closed"),
        ("Closed Lost", 1, 0, "Omitted"),
        ("Nobody's stage", 0, 0, "Pipeline"),
    ],
)
def test_a_stage_decides_whether_a_deal_is_closed(
    store: Store, stage: str, closed: int, won: int, category: str
) -> None:
    store.update("Opportunity", ACME_2026, {"StageName": stage}, ALEX)
    deal = store.get("Opportunity", ACME_2026)
    assert deal is not None
    assert (deal["IsClosed"], deal["IsWon"], deal["ForecastCategory"]) == (closed, won, category)


@pytest.mark.parametrize(
    ("close", "quarter", "year", "fiscal"),
    [("2026-01-01", 1, 2026, "2026 1"), ("2026-09-30", 3, 2026, "2026 3"), ("2026-10-01", 4, 2026, "2026 4")],
)
def test_fiscal_fields_follow_the_close_date(store: Store, close: str, quarter: int, year: int, fiscal: str) -> None:
    store.update("Opportunity", ACME_2026, {"CloseDate": close}, ALEX)
    deal = store.get("Opportunity", ACME_2026)
    assert deal is not None
    assert (deal["FiscalQuarter"], deal["FiscalYear"], deal["Fiscal"]) == (quarter, year, fiscal)


def test_open_and_overdue_activities_follow_the_clock(store: Store, clock: Clock) -> None:
    def flags() -> tuple[int, int]:
        deal = store.get("Opportunity", ACME_2026) or {}
        return deal["HasOpenActivity"], deal["HasOverdueTask"]

    assert flags() == (0, 0)
    store.create("Event", {"WhatId": ACME_2026, "StartDateTime": "2026-11-23T18:00:00Z", "DurationInMinutes": 30}, ALEX)
    assert flags() == (1, 0)
    clock.pass_(hours=4)
    assert flags() == (0, 0)
    store.create("Task", {"WhatId": ACME_2026, "ActivityDate": "2026-11-23"}, ALEX)
    assert flags() == (1, 0)
    clock.pass_(days=1)
    assert flags() == (1, 1)


class TestTrail:
    def changes(self, store: Store, deal: str) -> list[tuple[str, str | None, str | None]]:
        sql = 'SELECT "Field", "OldValue", "NewValue" FROM "OpportunityFieldHistory" WHERE "OpportunityId" = ?'
        return store.connection.execute(sql, (deal,)).fetchall()

    def test_each_tracked_field_leaves_old_and_new(self, store: Store, clock: Clock) -> None:
        change = {"StageName": "Proposal", "NextStep": "Send quote", "OwnerId": SAM, "CloseDate": "2027-01-15"}
        store.update("Opportunity", ACME_2026, {**change, "Description": "not tracked"}, SAM)
        assert self.changes(store, ACME_2026) == [
            ("StageName", "Discovery", "Proposal"),
            ("CloseDate", "2026-12-31", "2027-01-15"),
            ("Owner", "Alex Reed", "Sam Ode"),
            ("Owner", ALEX, SAM),
            ("NextStep", None, "Send quote"),
        ]
        deal = store.get("Opportunity", ACME_2026)
        assert deal is not None
        assert deal["LastStageChangeDate"] == deal["LastModifiedDate"] == "2026-11-23T15:28:00.000+0000"
        assert (deal["LastModifiedById"], deal["Probability"], deal["PushCount"]) == (SAM, 60.0, 1)

    def test_what_did_not_change_leaves_nothing(self, store: Store) -> None:
        store.update("Opportunity", ACME_2026, {"StageName": "Discovery", "Amount": 120000}, ALEX)
        assert self.changes(store, ACME_2026) == []
        assert store.connection.execute('SELECT COUNT(*) FROM "OpportunityHistory"').fetchone() == (0,)

    def test_a_new_deal_is_remembered_as_created(self, store: Store) -> None:
        values = {"Name": "Initech 2026", "StageName": "Discovery", "CloseDate": "2026-12-01", "Amount": 10}
        deal = store.create("Opportunity", values, ALEX)
        assert self.changes(store, deal) == [("created", None, None)]
        shot = store.connection.execute('SELECT "StageName", "Amount", "Probability" FROM "OpportunityHistory"')
        assert shot.fetchall() == [("Discovery", 10.0, 10.0)]
        row = store.get("Opportunity", deal)
        assert row is not None
        assert (row["OwnerId"], row["LastStageChangeDate"], row["PushCount"]) == (ALEX, None, 0)

    @pytest.mark.parametrize(
        ("close", "pushes"),
        [("2026-12-30", 0), ("2026-11-02", 0), ("2027-01-01", 1)],
        ids=["same month", "earlier", "later"],
    )
    def test_only_a_later_month_is_a_push(self, store: Store, close: str, pushes: int) -> None:
        store.update("Opportunity", ACME_2026, {"CloseDate": "2026-12-01"}, ALEX)
        store.update("Opportunity", ACME_2026, {"CloseDate": close}, ALEX)
        assert ((store.get("Opportunity", ACME_2026) or {})["PushCount"] or 0) == pushes


def test_a_task_is_completed_when_it_is_closed_and_not_when_reopened(store: Store, clock: Clock) -> None:
    def completed() -> object:
        return (store.get("Task", task) or {})["CompletedDateTime"]

    task = store.create("Task", {"Subject": "Call", "WhatId": GLOBEX_2026, "ActivityDate": "2026-09-01"}, ALEX)
    assert completed() is None
    store.update("Task", task, {"Status": "Completed"}, ALEX)
    assert completed() == "2026-11-23T15:28:00.000+0000"
    clock.pass_(hours=1)
    store.update("Task", task, {"Subject": "Call back"}, ALEX)
    assert completed() == "2026-11-23T15:28:00.000+0000"
    store.update("Task", task, {"Status": "Not Started"}, ALEX)
    assert completed() is None


def test_an_event_needs_an_end_and_its_day_is_the_offices(store: Store) -> None:
    late = {"Subject": "Demo", "StartDateTime": "2026-11-24T02:30:00Z", "EndDateTime": "2026-11-24T03:00:00Z"}
    event = store.get("Event", store.create("Event", late, ALEX))
    assert event is not None
    assert (event["ActivityDate"], event["DurationInMinutes"]) == ("2026-11-23", 30)
    for wrong, field in (
        ({"StartDateTime": "2026-11-24T02:30:00Z"}, "EndDateTime"),
        ({**late, "DurationInMinutes": 45}, "DurationInMinutes"),
    ):
        with pytest.raises(SalesforceError) as refused:
            store.create("Event", wrong, ALEX)
        assert refused.value.fields == [field]


def test_a_deal_has_one_primary_contact(store: Store) -> None:
    values = {"OpportunityId": ACME_2026, "ContactId": JO, "IsPrimary": True}
    first, second = (store.create("OpportunityContactRole", values, ALEX) for _ in range(2))
    primary = [(store.get("OpportunityContactRole", i) or {})["IsPrimary"] for i in (first, second)]
    assert primary == [0, 1]


def test_deleting_takes_along_what_belongs_to_it(store: Store) -> None:
    task = store.create("Task", {"WhatId": ACME_2026}, ALEX)
    store.delete("Account", ACME, ALEX)
    gone = {
        name: (store.get(name, i) or {})["IsDeleted"]
        for name, i in (("Account", ACME), ("Contact", JO), ("Opportunity", ACME_2026), ("Task", task))
    }
    assert gone == {"Account": 1, "Contact": 1, "Opportunity": 1, "Task": 1}
    assert (store.get("Opportunity", GLOBEX_2026) or {})["IsDeleted"] == 0


def test_a_refused_write_leaves_nothing_behind(store: Store) -> None:
    before = store.get("Opportunity", ACME_2026)
    with pytest.raises(SalesforceError, match=re.escape("Required fields are missing: [CloseDate]")):
        store.update("Opportunity", ACME_2026, {"StageName": "Proposal", "CloseDate": None}, ALEX)
    assert store.get("Opportunity", ACME_2026) == before
