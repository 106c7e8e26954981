"""One record a call: read, create, change, delete, and everything that is refused."""

import json
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from deployments.sandbox.salesforce.ids import make_id

from .company import ACME, ACME_2026, ALEX, GLOBEX, JO, MONDAY, Salesforce, refusal

BODIES = json.loads((Path(__file__).resolve().parents[2] / "payloads" / "salesforce" / "error_bodies.json").read_text())
DEAL = f"sobjects/Opportunity/{ACME_2026}"
NEW = {"Name": "Initech 2026", "StageName": "Discovery", "CloseDate": "2026-12-01"}
NOBODY = make_id("006", 999)


def test_a_record_is_made_read_changed_and_deleted(salesforce: Salesforce) -> None:
    made = salesforce.call("POST", "sobjects/Opportunity", json={**NEW, "Amount": 10, "AccountId": ACME[:15]})
    assert made.status_code == 201
    assert set(made.json()) == {"id", "success", "errors"}
    path = f"sobjects/Opportunity/{made.json()['id']}"
    assert made.headers["Location"] == f"/services/data/v67.0/{path}"
    read = salesforce.call("GET", path, params={"fields": "Name,amount,AccountId,IsClosed,NextStep"}).json()
    assert read == {
        "attributes": {"type": "Opportunity", "url": f"/services/data/v67.0/{path}"},
        "Name": "Initech 2026", "Amount": 10.0, "AccountId": ACME, "IsClosed": False, "NextStep": None,
        "Id": made.json()["id"],
    }  # fmt: skip
    assert salesforce.call("PATCH", path, json={"StageName": "Closed Lost"}).status_code == 204
    assert salesforce.call("GET", path).json()["IsClosed"] is True
    assert salesforce.call("DELETE", path).status_code == 204
    assert refusal(salesforce.call("GET", path)) == (404, "ENTITY_IS_DELETED", "entity is deleted")


def test_values_come_back_as_salesforce_prints_them(salesforce: Salesforce) -> None:
    values = {"Subject": "Demo", "StartDateTime": "2026-11-24T10:00:00-08:00", "DurationInMinutes": "30"}
    event = salesforce.call("POST", "sobjects/Event", json=values).json()["id"]
    read = salesforce.call("GET", f"sobjects/Event/{event}").json()
    assert read["StartDateTime"] == "2026-11-24T18:00:00.000+0000"
    assert read["EndDateTime"] == "2026-11-24T18:30:00.000+0000"
    assert (read["DurationInMinutes"], read["IsAllDayEvent"], read["OwnerId"]) == (30, False, ALEX)


@pytest.mark.parametrize(
    ("values", "code", "message", "fields"),
    [
        ({"StageName": "Discovery"}, "REQUIRED_FIELD_MISSING",
         "Required fields are missing: [Name, CloseDate]", ["Name", "CloseDate"]),
        ({**NEW, "Name": ""}, "REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", ["Name"]),
        ({**NEW, "Name": "x" * 121}, "STRING_TOO_LONG",
         f"Name: data value too large: {'x' * 121} (max length=120)", ["Name"]),
        ({**NEW, "Loss_Reason__c": "Because"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
         "Loss reason: bad value for restricted picklist field: Because", ["Loss_Reason__c"]),
        ({**NEW, "AccountId": "nonsense"}, "MALFORMED_ID",
         "Account ID: id value of incorrect type: nonsense", ["AccountId"]),
        ({**NEW, "AccountId": JO}, "MALFORMED_ID", f"Account ID: id value of incorrect type: {JO}", ["AccountId"]),
        ({**NEW, "AccountId": make_id("001", 9)}, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []),
        ({**NEW, "IsClosed": True}, "INVALID_FIELD_FOR_INSERT_UPDATE",
         ("Unable to create/update fields: IsClosed. Please check the security settings of this field and verify that "
         "it is read/write for your profile or permission set."), ["IsClosed"]),
        ({**NEW, "Id": NOBODY}, "INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", ["Id"]),
        ({**NEW, "CloseDate": "1 December"}, "JSON_PARSER_ERROR",
         "Cannot deserialize instance of date from VALUE_STRING value 1 December", None),
        ({**NEW, "Amount": "much"}, "JSON_PARSER_ERROR",
         "Cannot deserialize instance of currency from VALUE_STRING value much", None),
        ({**NEW, "Amount": 10**18}, "NUMBER_OUTSIDE_VALID_RANGE",
         f"Amount: value outside of valid range on numeric field: {10**18}", ["Amount"]),
        ({**NEW, "NextStep": "\ud83d"}, "JSON_PARSER_ERROR",
         "Invalid UTF-8: a surrogate without its other half", None),
        ({**NEW, "IsPrivate": 1}, "JSON_PARSER_ERROR",
         "Cannot deserialize instance of boolean from VALUE_NUMBER_INT value 1", None),
        ({**NEW, "Foo__c": 1}, "INVALID_FIELD", "No such column 'Foo__c' on sobject of type Opportunity", None),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isupper() else "",
)  # fmt: skip
def test_a_bad_record_is_refused(
    salesforce: Salesforce, values: dict[str, Any], code: str, message: str, fields: list[str] | None
) -> None:
    answer = salesforce.call("POST", "sobjects/Opportunity", json=values)
    expected: dict[str, Any] = {"message": message, "errorCode": code}
    assert (answer.status_code, answer.json()) == (
        400,
        [expected if fields is None else {**expected, "fields": fields}],
    )


@pytest.mark.parametrize(
    ("method", "path", "body", "refused"),
    [
        ("PATCH", f"sobjects/Opportunity/{NOBODY}", {"NextStep": "x"}, (404, "NOT_FOUND")),
        ("PATCH", DEAL, {"Id": ACME_2026, "NextStep": "x"}, (400, "INVALID_FIELD")),
        ("PATCH", f"sobjects/Opportunity/{JO}", {"NextStep": "x"}, (400, "MALFORMED_ID")),
        ("GET", f"sobjects/Opportunity/{JO}", None, (400, "MALFORMED_ID")),
        ("GET", f"{DEAL}?fields=Name,Foo", None, (400, "INVALID_FIELD")),
        ("GET", "sobjects/Invoice/describe", None, (404, "NOT_FOUND")),
        ("POST", "sobjects/Invoice", {"Name": "x"}, (404, "NOT_FOUND")),
        ("POST", "sobjects/OpportunityStage", {"MasterLabel": "x"}, (400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")),
        ("DELETE", f"sobjects/User/{ALEX}", None, (400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")),
        ("POST", DEAL, {"Name": "x"}, (405, "METHOD_NOT_ALLOWED")),
        ("GET", "tooling/executeAnonymous", None, (404, "NOT_FOUND")),
        ("GET", "/services/data/v19.0/limits", None, (404, "NOT_FOUND")),
        ("GET", "/services/data/v68.0/limits", None, (404, "NOT_FOUND")),
        ("GET", "/services/apexrest/ping", None, (404, "NOT_FOUND")),
    ],
)
def test_what_cannot_be_is_refused(
    salesforce: Salesforce, method: str, path: str, body: dict[str, Any] | None, refused: tuple[int, str]
) -> None:
    assert refusal(salesforce.call(method, path, json=body))[:2] == refused


def test_refusals_are_the_recorded_ones(salesforce: Salesforce) -> None:
    answers = {
        "unknown object (restforce)": salesforce.call("GET", "sobjects/Foo/describe"),
        "id that is none (restforce)": salesforce.call("GET", "sobjects/Account/23foo"),
    }
    for name, answer in answers.items():
        assert answer.json() == BODIES[name]
    unknown = salesforce.call("PATCH", f"sobjects/Account/{ACME}", json={"foo": 1}).json()
    assert unknown == json.loads(json.dumps(BODIES["unknown field (restforce)"]).replace("Bar", "Account"))


@pytest.mark.parametrize("body", ["", "{", "[]", "nonsense"])
def test_a_body_must_be_a_json_object(salesforce: Salesforce, body: str) -> None:
    answer = salesforce.call("POST", "sobjects/Account", data=body, headers={"Content-Type": "application/json"})
    assert refusal(answer)[:2] == (400, "JSON_PARSER_ERROR")


def test_a_body_of_another_type_is_refused(salesforce: Salesforce) -> None:
    answer = salesforce.call("POST", "sobjects/Account", data="Name=x", headers={"Content-Type": "text/plain"})
    assert refusal(answer)[:2] == (415, "UNSUPPORTED_MEDIA_TYPE")


def at(seconds: float) -> str:
    """The HTTP date that many seconds from the last change."""
    return format_datetime(MONDAY.fromtimestamp(MONDAY.timestamp() + seconds, MONDAY.tzinfo), usegmt=True)


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"If-Modified-Since": at(0)}, 304),
        ("GET", {"If-Modified-Since": at(-1)}, 200),
        ("GET", {"If-Unmodified-Since": at(-1)}, 412),
        ("GET", {"If-Unmodified-Since": at(0)}, 200),
        ("PATCH", {"If-Unmodified-Since": at(-1)}, 412),
        ("PATCH", {"If-Unmodified-Since": at(0)}, 204),
        ("PATCH", {"If-Unmodified-Since": at(60)}, 204),
        ("PATCH", {"If-Modified-Since": at(0)}, 304),
        ("PATCH", {"If-Unmodified-Since": "yesterday"}, 400),
        ("GET", {"If-Modified-Since": "2026-11-23"}, 400),
    ],
)
def test_conditions_are_judged_by_the_last_change(
    salesforce: Salesforce, method: str, headers: dict[str, str], status: int
) -> None:
    salesforce.call("PATCH", DEAL, json={"NextStep": "before"})
    body = {"NextStep": "after"} if method == "PATCH" else None
    assert salesforce.call(method, DEAL, json=body, headers=headers).status_code == status
    expected = "after" if status == 204 else "before"
    assert salesforce.call("GET", DEAL).json()["NextStep"] == expected


def test_within_the_second_a_change_goes_unseen(salesforce: Salesforce) -> None:
    salesforce.clock.pass_(milliseconds=900)
    salesforce.call("PATCH", DEAL, json={"NextStep": "mine"})
    assert salesforce.call("PATCH", DEAL, json={"NextStep": "x"}, headers={"If-Unmodified-Since": at(0)}).ok


def test_describes_are_conditional_too(salesforce: Salesforce) -> None:
    for path in ("sobjects", "sobjects/Opportunity/describe"):
        first = salesforce.call("GET", path)
        again = salesforce.call("GET", path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_locked_record_and_a_validation_rule_hold_a_write_back(salesforce: Salesforce) -> None:
    salesforce.org.locked_ids.add(ACME_2026)
    answer = salesforce.call("PATCH", DEAL, json={"NextStep": "x"})
    lock = f"unable to obtain exclusive access to this record or 1 records: {ACME_2026}"
    assert refusal(answer) == (400, "UNABLE_TO_LOCK_ROW", lock)
    salesforce.org.locked_ids.clear()
    salesforce.org.validation_rules["Opportunity"] = "A lost deal needs a reason"
    answer = salesforce.call("PATCH", DEAL, json={"NextStep": "x"})
    assert refusal(answer) == (400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "A lost deal needs a reason")
    assert salesforce.call("PATCH", f"sobjects/Account/{GLOBEX}", json={"Website": "x"}).status_code == 204
