"""Up to 200 records a call."""

from typing import Any

import pytest

from deployments.sandbox.salesforce.ids import make_id

from .company import ACME, ACME_2026, ACME_2027, GLOBEX_2026, JO, Salesforce, refusal

MANY = "composite/sobjects"
ROLLED_BACK = "Record rolled back because not all records were valid and the request was using AllOrNone header"
UNKNOWN = make_id("006", 999)


def lost(deal: str, **other: Any) -> dict[str, Any]:
    return {"attributes": {"type": "Opportunity"}, "id": deal, "StageName": "Closed Lost", **other}


def stages(salesforce: Salesforce) -> list[str]:
    deals = (ACME_2026, ACME_2027, GLOBEX_2026)
    return [(salesforce.store.get("Opportunity", deal) or {})["StageName"] for deal in deals]


def test_results_come_in_the_order_of_the_request(salesforce: Salesforce) -> None:
    salesforce.org.locked_ids.add(ACME_2027)
    records = [lost(GLOBEX_2026), lost(ACME_2027), lost(JO), lost(UNKNOWN), lost(ACME_2026, Foo__c=1), lost(ACME_2026)]
    answer = salesforce.call("PATCH", MANY, json={"allOrNone": False, "records": records})
    assert answer.status_code == 200
    good = [{"id": r["id"], "success": True, "errors": []} for r in answer.json() if r["success"]]
    assert [r for r in answer.json() if r["success"]] == good
    codes = [r["errors"][0]["statusCode"] if r["errors"] else r["id"] for r in answer.json()]
    assert codes == [GLOBEX_2026, "UNABLE_TO_LOCK_ROW", "MALFORMED_ID", "INVALID_CROSS_REFERENCE_KEY", "INVALID_FIELD",
                     ACME_2026]  # fmt: skip
    assert stages(salesforce) == ["Closed Lost", "Proposal", "Closed Lost"]


def test_all_or_none_undoes_everything(salesforce: Salesforce) -> None:
    records = [lost(GLOBEX_2026), lost(ACME_2026, Loss_Reason__c="Because")]
    answer = salesforce.call("PATCH", MANY, json={"allOrNone": True, "records": records}).json()
    error = {"statusCode": "ALL_OR_NONE_OPERATION_ROLLED_BACK", "message": ROLLED_BACK, "fields": []}
    assert answer[0] == {"success": False, "errors": [error]}
    assert answer[1]["errors"][0]["statusCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert stages(salesforce) == ["Discovery", "Proposal", "Discovery"]


def test_records_are_made_read_and_deleted(salesforce: Salesforce) -> None:
    records = [{"attributes": {"type": "Account"}, "Name": "Hooli"}, {"attributes": {"type": "Contact"}}]
    made, refused = salesforce.call("POST", MANY, json={"records": records}).json()
    assert refused["errors"][0] == {
        "statusCode": "REQUIRED_FIELD_MISSING",
        "message": "Required fields are missing: [LastName]",
        "fields": ["LastName"],
    }
    ids = [made["id"], make_id("001", 999), ACME]
    query = {"ids": ",".join(ids), "fields": "Name"}
    read = salesforce.call("GET", f"{MANY}/Account", params=query).json()
    assert [r and r["Name"] for r in read] == ["Hooli", None, "Acme"]
    assert salesforce.call("POST", f"{MANY}/Account", json={"ids": ids, "fields": ["Name"]}).json() == read
    gone = salesforce.call("DELETE", MANY, params={"ids": f"{made['id']},nonsense", "allOrNone": "false"}).json()
    assert [r["success"] for r in gone] == [True, False]
    assert (salesforce.store.get("Account", made["id"]) or {})["IsDeleted"] == 1


@pytest.mark.parametrize(
    ("method", "how", "code"),
    [
        ("PATCH", {"json": {"records": [lost(ACME_2026)] * 201}}, "EXCEEDED_ID_LIMIT"),
        ("PATCH", {"json": {"records": []}}, "REQUIRED_FIELD_MISSING"),
        ("PATCH", {"json": {"records": "all"}}, "JSON_PARSER_ERROR"),
        ("PATCH", {"json": {"records": [{"id": ACME_2026}]}}, "JSON_PARSER_ERROR"),
        ("POST", {"json": {"records": [{"attributes": {"type": t}} for t in ("Task", "Event") * 6]}}, "LIMIT_EXCEEDED"),
        ("DELETE", {"params": {"ids": ",".join([ACME_2026] * 201)}}, "EXCEEDED_ID_LIMIT"),
    ],
    ids=["201 records", "none", "no list", "no type", "too many changes of type", "201 ids"],
)
def test_an_ill_formed_request_is_refused_as_a_whole(
    salesforce: Salesforce, method: str, how: dict[str, Any], code: str
) -> None:
    assert refusal(salesforce.call(method, MANY, **how))[:2] == (400, code)
    assert stages(salesforce) == ["Discovery", "Proposal", "Discovery"]


def test_an_update_without_id_and_an_unknown_type_fail_alone(salesforce: Salesforce) -> None:
    records = [{"attributes": {"type": "Opportunity"}, "NextStep": "x"}, {"attributes": {"type": "Foo"}, "id": ACME}]
    answer = salesforce.call("PATCH", MANY, json={"records": records}).json()
    assert [r["errors"][0]["statusCode"] for r in answer] == ["MISSING_ARGUMENT", "INVALID_TYPE"]
