"""Opportunities with all their fields, who we are, and which loss reasons there are: what is read around a write."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.salesforce.fields import fixed
from deployments.sandbox.salesforce.schema import Catalogue, Field
from tasks import salesforce_records
from tasks.clients import LimitReached, Refused, SalesforceDoor, Unavailable
from tasks.salesforce_writes import Change, OpportunityWriter, Said
from tests import writing_desk
from tests.company import MONDAY, Sandbox, running, settings_from
from tests.writing_desk import AT_ONCE, COMPOSITE, LOST, NOBODY, TOM, US, Desk, answering, sent

REASONS = ("No response", "Price", "Competitor", "No budget", "Timing", "Other")
SETTING = "RITUALS_SALESFORCE_LOSS_REASON_FIELD"


@pytest.fixture
def desk(sandbox: Sandbox) -> Desk:
    return writing_desk.at(sandbox)


@pytest.fixture(scope="module")
def reading() -> Iterator[Desk]:
    """For tests that change nothing."""
    with running() as sandbox:
        yield writing_desk.at(sandbox)


def test_a_record_has_every_field_that_we_can_see_and_two_names(reading: Desk) -> None:
    [deal, *_] = reading.deals
    described = reading.door.json("sobjects/Opportunity/describe")["fields"]

    record = reading.writer.read([deal])[deal]

    assert set(record) == {field["name"] for field in described} | {"Owner.Name", "LastModifiedBy.Name"}
    whole = reading.now(deal)
    assert {name: record[name] for name in whole if name != "attributes"} == {
        name: value for name, value in whole.items() if name != "attributes"
    }
    owner = reading.door.json(f"sobjects/User/{record['OwnerId']}")
    assert record["Owner.Name"] == owner["Name"]


def test_fields_without_a_value_of_their_own_are_not_asked_for() -> None:
    kinds = {"Id": "id", "Name": "string", "Where__c": "location", "Address__c": "address", "File__c": "base64"}
    described = {"fields": [{"name": name, "type": kind} for name, kind in kinds.items()]}
    with answering(described, page([])) as settings:
        writer = OpportunityWriter(SalesforceDoor(settings, AT_ONCE), settings)

        assert writer._described.names == ("Id", "Name")


def test_what_is_gone_is_absent(desk: Desk) -> None:
    gone, here, *_ = desk.deals
    desk.sandbox.org(edits=[{"id": gone, "fields": None, "user_id": TOM}])

    assert list(desk.writer.read([gone, NOBODY, here])) == [here]


def test_nothing_is_asked_for_no_ids(reading: Desk) -> None:
    reading.sandbox.forget_calls()

    assert reading.writer.read([]) == {}
    assert reading.sandbox.calls()["total"] == 0


@pytest.mark.parametrize(("ids", "length"), [(7, 12_000), (200, 1_600), (7, 900)])
def test_it_is_the_same_however_it_is_cut(
    reading: Desk, monkeypatch: pytest.MonkeyPatch, ids: int, length: int
) -> None:
    at_once = reading.writer.read(reading.deals)
    monkeypatch.setattr(salesforce_records, "IDS_PER_QUERY", ids)
    monkeypatch.setattr(salesforce_records, "ADDRESS_LENGTH", length)

    assert reading.writer.read(reading.deals) == at_once


def test_a_query_fits_into_an_address(reading: Desk) -> None:
    described = [{"name": f"A_Long_Name_Of_A_Field_Number_{n}__c", "type": "string"} for n in range(800)]
    asked: list[Mapping[str, Any]] = []

    class Listening(SalesforceDoor):
        def json(self, path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
            asked.append(body or {})
            return {"fields": described} if path.endswith("describe") else page([])

    config = reading.sandbox.settings
    OpportunityWriter(Listening(config), config).read([f"006{n:015d}" for n in range(201)])

    urls = [part["url"] for body in asked for part in body.get("compositeRequest", [])]
    assert len(urls) > 5
    base = "/services/data/v67.0/query?q="
    assert max(map(len, urls)) <= len(base) + 12_000  # of 16,384, which the headers count against too
    assert max(len(body.get("compositeRequest", [])) for body in asked) == 5


def page(records: list[Mapping[str, Any]], following: str = "") -> dict[str, Any]:
    """A composite's answer with one page of a query, in the recorded shape."""
    more = {"nextRecordsUrl": following} if following else {}
    body = {"totalSize": 2, "done": not following, "records": records, **more}
    part = {"body": body, "httpHeaders": {}, "httpStatusCode": 200, "referenceId": "r0"}
    return {"compositeResponse": [part]}


def test_wide_records_that_come_in_several_pages_are_all_read() -> None:
    rows = [{"attributes": {}, "Id": f"006{n:015d}", "LastModifiedDate": "2026-11-20T10:00:00.000+0000", "Owner": None,
             "LastModifiedBy": {"attributes": {}, "Name": "Ann"}} for n in range(2)]  # fmt: skip
    described = {"fields": [{"name": "Id", "type": "id"}, {"name": "LastModifiedDate", "type": "datetime"}]}
    pages = [page(rows[:1], "/services/data/v67.0/query/01g-1"), page(rows[1:])]
    with answering(described, *pages) as settings:
        found = OpportunityWriter(SalesforceDoor(settings, AT_ONCE), settings).read([row["Id"] for row in rows])

    modified = {"LastModifiedDate": "2026-11-20T10:00:00.000+0000", "Owner.Name": None, "LastModifiedBy.Name": "Ann"}
    assert found == {row["Id"]: {"Id": row["Id"], **modified} for row in rows}


def test_a_change_between_two_parts_of_a_record_makes_the_write_fail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    [deal, *_] = desk.deals
    desk.writer.loss_reasons()  # the description is kept, so that only composites follow
    monkeypatch.setattr(salesforce_records, "ADDRESS_LENGTH", 200)
    before = desk.modified(deal)
    desk.sandbox.forget_calls()
    desk.sandbox.org(edits=[{"id": deal, "fields": {"NextStep": "They called"}, "user_id": TOM, "before_call": 2}])

    record = desk.writer.read([deal])[deal]

    assert sent(desk.sandbox) > 1
    assert desk.modified(deal) > before
    change = Change(deal, LOST, before.fromisoformat(record["LastModifiedDate"]))
    assert desk.writer.write([change])[deal].said is Said.CHANGED


def test_a_record_deleted_between_two_parts_of_it_is_absent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, here, *_ = desk.deals
    desk.writer.loss_reasons()
    monkeypatch.setattr(salesforce_records, "ADDRESS_LENGTH", 250)
    desk.sandbox.org(edits=[{"id": gone, "fields": None, "user_id": TOM, "before_call": 2}])

    assert list(desk.writer.read([gone, here])) == [here]


@pytest.mark.parametrize(
    ("kind", "raises"),
    [("drop_after", Unavailable), ("unavailable", Unavailable), ("html", Unavailable), ("limit_reached", LimitReached)],
)
def test_a_reading_without_an_answer_says_so(desk: Desk, kind: str, raises: type[Exception]) -> None:
    desk.sandbox.fault(kind, match={"path": COMPOSITE})

    with pytest.raises(raises):
        desk.writer.read(desk.deals)


def test_a_refused_query_is_refused(desk: Desk) -> None:
    desk.sandbox.org(longest_query=100)

    with pytest.raises(Refused, match="URI_TOO_LONG"):
        desk.writer.read(desk.deals)


def test_we_are_the_integration_user_and_ask_once(reading: Desk) -> None:
    assert reading.writer.us == US
    reading.sandbox.forget_calls()

    assert reading.writer.us == US
    assert reading.sandbox.calls()["total"] == 0


@pytest.mark.parametrize("answered", [{}, {"identity": None}, {"identity": "https://login.salesforce.com/id/"}])
def test_an_org_that_does_not_say_who_we_are_is_an_error(answered: object) -> None:
    with answering(answered) as settings, pytest.raises(Refused, match="which user we are"):
        _ = OpportunityWriter(SalesforceDoor(settings, AT_ONCE), settings).us


def _writer(desk: Desk, field: str) -> OpportunityWriter:
    return OpportunityWriter(desk.door, settings_from({**desk.sandbox.environment, SETTING: field}))


def test_the_loss_reasons_are_those_of_the_org_asked_once(reading: Desk) -> None:
    writer = OpportunityWriter(reading.door, reading.sandbox.settings)
    assert writer.loss_reasons() == REASONS
    reading.sandbox.forget_calls()

    assert writer.loss_reasons() == REASONS
    assert reading.sandbox.calls()["total"] == 0


def test_without_the_setting_there_are_no_loss_reasons_and_nothing_is_asked(reading: Desk) -> None:
    reading.sandbox.forget_calls()

    assert _writer(reading, "").loss_reasons() == ()
    assert reading.sandbox.calls()["total"] == 0


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("Why__c", r"Opportunity has no field Why__c that the integration user can see\. Correct it, or give"),
        ("loss_reason__c", r"no field loss_reason__c .* Write it Loss_Reason__c\."),
        ("NextStep", "NextStep is no picklist but of type string"),
        ("ForecastCategory", "may not edit ForecastCategory. Give it edit access"),
    ],
)
def test_a_field_that_cannot_hold_the_reason_is_named_with_its_setting(reading: Desk, field: str, says: str) -> None:
    with pytest.raises(Refused, match=f"{SETTING}: .*{says}"):
        _writer(reading, field).loss_reasons()


def test_a_reason_that_is_no_longer_offered_is_left_out() -> None:
    values = [{"value": "Price", "active": True}, {"value": "Weather", "active": False}]
    reason = {"name": "Why__c", "type": "picklist", "updateable": True, "picklistValues": values}
    with answering({"fields": [reason]}) as settings:
        config = settings.model_copy(update={"salesforce_loss_reason_field": "Why__c"})

        assert OpportunityWriter(SalesforceDoor(settings, AT_ONCE), config).loss_reasons() == ("Price",)


def test_a_reason_we_may_read_but_not_edit_is_an_error_before_anything_is_decided() -> None:
    company = build(1, "small", MONDAY)
    objects = tuple(
        replace(o, fields=tuple(_read_only(f) for f in o.fields)) if o.name == "Opportunity" else o
        for o in company.catalogue.objects
    )
    with running(replace(company, catalogue=Catalogue(objects))) as sandbox:
        desk = writing_desk.at(sandbox)

        with pytest.raises(Refused, match="may not edit Loss_Reason__c"):
            desk.writer.loss_reasons()
        answer = desk.write()

    assert answer.said is Said.FORBIDDEN
    assert answer.detail.startswith("Unable to create/update fields: Loss_Reason__c.")
    assert answer.detail.endswith("Give the integration user edit access to the field in its permission set.")


def _read_only(field: Field) -> Field:
    return fixed(field)[0] if field.name == "Loss_Reason__c" else field
