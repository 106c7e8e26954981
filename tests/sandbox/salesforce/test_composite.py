"""Several calls in one."""

from email.utils import format_datetime
from typing import Any

import pytest

from .company import ACME, ACME_2026, ALEX, GLOBEX_2026, MONDAY, Salesforce, refusal

BASE = "/services/data/v67.0"
HALTED = "The transaction was rolled back since another operation in the same transaction failed."


def get(name: str, path: str, **more: Any) -> dict[str, Any]:
    return {"method": "GET", "url": f"{BASE}/{path}", "referenceId": name, **more}


def patch(name: str, record: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"method": "PATCH", "url": f"{BASE}/sobjects/{record}", "referenceId": name, "body": body, **more}


def post(name: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"method": "POST", "url": f"{BASE}/{path}", "referenceId": name, "body": body}


def next_step(salesforce: Salesforce, deal: str = ACME_2026) -> str | None:
    return str((salesforce.store.get("Opportunity", deal) or {})["NextStep"])


def test_the_whole_of_a_review_is_one_call(salesforce: Salesforce) -> None:
    salesforce.store.insert_many(
        "Task", ("WhatId", "Status", "ActivityDate", "OwnerId"), [(ACME_2026, "Completed", "2026-10-09", ALEX)]
    )
    used = salesforce.org.used
    deals, touches = salesforce.composite(
        get("deals", "query?q=SELECT+Id,Name+FROM+Opportunity+WHERE+IsClosed=false+ORDER+BY+Name"),
        get("touches", "query/?q=SELECT WhatId, MAX(ActivityDate) lastDue FROM Task WHERE IsClosed = true AND WhatId IN"
            " (SELECT Id FROM Opportunity WHERE IsClosed = false) GROUP BY WhatId"),
    )  # fmt: skip
    assert salesforce.org.used == used + 1
    assert [r["Name"] for r in deals["body"]["records"]] == ["Acme 2026", "Acme 2027", "Globex 2026"]
    assert touches == {
        "body": {
            "totalSize": 1,
            "done": True,
            "records": [{"attributes": {"type": "AggregateResult"}, "WhatId": ACME_2026, "lastDue": "2026-10-09"}],
        },
        "httpHeaders": {},
        "httpStatusCode": 200,
        "referenceId": "touches",
    }


def test_later_calls_use_earlier_answers(salesforce: Salesforce) -> None:
    made, found, changed, task = salesforce.composite(
        post("made", "sobjects/Account", {"Name": "Initech"}),
        get("found", "query?q=SELECT Id, Name FROM Opportunity WHERE Name LIKE 'Acme%' ORDER BY Name"),
        patch("changed", "Opportunity/@{found.records[1].Id}", {"NextStep": "After @{found.records[0].Name}"}),
        post("task", "sobjects/Task", {"WhatId": "@{made.id}", "Subject": "Hello"}),
    )
    assert [a["httpStatusCode"] for a in (made, found, changed, task)] == [201, 200, 204, 201]
    assert made["httpHeaders"] == {"Location": f"{BASE}/sobjects/Account/{made['body']['id']}"}
    assert next_step(salesforce, found["body"]["records"][1]["Id"]) == "After Acme 2026"
    assert (salesforce.store.get("Task", task["body"]["id"]) or {})["WhatId"] == made["body"]["id"]


def test_a_value_in_an_address_stays_one_value(salesforce: Salesforce) -> None:
    salesforce.call("PATCH", f"sobjects/Account/{ACME}", json={"Name": "Acme & Sons #1"})
    account, deals = salesforce.composite(
        get("account", f"sobjects/Account/{ACME}?fields=Name"),
        get("deals", "query?q=SELECT COUNT() FROM Opportunity WHERE Account.Name = '@{account.Name}'"),
    )
    assert (account["body"]["Name"], deals["body"]["totalSize"]) == ("Acme & Sons #1", 2)


@pytest.mark.parametrize("reference", ["none.records[7].Id", "none.records[0].Id", "nobody.id", "none", "none.done.x"])
def test_a_reference_to_nothing_halts_that_call(salesforce: Salesforce, reference: str) -> None:
    none, broken, after = salesforce.composite(
        get("none", "query?q=SELECT Id FROM Opportunity WHERE Name = 'No such'"),
        patch("broken", f"Opportunity/@{{{reference}}}", {"NextStep": "x"}),
        patch("after", f"Opportunity/{ACME_2026}", {"NextStep": "still done"}),
    )
    name = reference.split(".", maxsplit=1)[0]
    message = f"Invalid reference specified. No value for {reference} found in {name}"
    assert (none["httpStatusCode"], after["httpStatusCode"]) == (200, 204)
    assert broken["httpStatusCode"] == 400
    assert broken["body"] == [{"message": message, "errorCode": "PROCESSING_HALTED"}]


def test_each_write_is_guarded_by_its_own_headers(salesforce: Salesforce) -> None:
    salesforce.clock.pass_(hours=1)
    salesforce.call("PATCH", f"sobjects/Opportunity/{GLOBEX_2026}", json={"NextStep": "changed meanwhile"})
    read_at = {"If-Unmodified-Since": format_datetime(MONDAY, usegmt=True)}
    mine, stale = salesforce.composite(
        patch("mine", f"Opportunity/{ACME_2026}", {"StageName": "Closed Lost"}, httpHeaders=read_at),
        patch("stale", f"Opportunity/{GLOBEX_2026}", {"StageName": "Closed Lost"}, httpHeaders=read_at),
    )
    assert (mine["httpStatusCode"], stale["httpStatusCode"]) == (204, 412)
    assert (salesforce.store.get("Opportunity", GLOBEX_2026) or {})["StageName"] == "Discovery"


def test_unchanged_reads_answer_304_with_the_date(salesforce: Salesforce) -> None:
    since = {"If-Modified-Since": format_datetime(MONDAY, usegmt=True)}
    (answer,) = salesforce.composite(get("deal", "sobjects/Opportunity/describe", httpHeaders=since))
    assert (answer["httpStatusCode"], answer["body"]) == (304, None)
    assert set(answer["httpHeaders"]) == {"Last-Modified"}


def test_all_or_none_undoes_everything(salesforce: Salesforce) -> None:
    good = patch("good", f"Opportunity/{ACME_2026}", {"NextStep": "done"})
    bad = patch("bad", f"Opportunity/{GLOBEX_2026}", {"Name": ""})
    more = patch("more", f"Account/{ACME}", {"Website": "acme.example"})
    first, cause, last = salesforce.composite(good, bad, more, allOrNone=True)
    for halted in (first, last):
        assert halted["httpStatusCode"] == 400
        assert halted["body"] == [{"message": HALTED, "errorCode": "PROCESSING_HALTED"}]
    assert cause["body"][0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert next_step(salesforce) == "None"
    assert [a["httpStatusCode"] for a in salesforce.composite(good, bad, more)] == [204, 400, 204]
    assert next_step(salesforce) == "done"


def test_an_unknown_object_is_the_recorded_refusal(salesforce: Salesforce) -> None:
    (answer,) = salesforce.composite(get("CCI__RefId__0__", "sobjects/Foo"))
    assert answer == {
        "body": [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}],
        "httpHeaders": {},
        "httpStatusCode": 404,
        "referenceId": "CCI__RefId__0__",
    }


@pytest.mark.parametrize("path", ["composite", "jobs/query", "tooling/query", "../../v19.0/limits"])
def test_what_may_not_be_inside_is_refused(salesforce: Salesforce, path: str) -> None:
    (answer,) = salesforce.composite(get("inner", path))
    assert answer["httpStatusCode"] == 404


@pytest.mark.parametrize(
    ("requests_", "code"),
    [
        ([], "JSON_PARSER_ERROR"),
        (["x"], "JSON_PARSER_ERROR"),
        ([{"method": "GET", "url": f"{BASE}/limits"}], "INVALID_INPUT"),
        ([{"method": "HEAD", "url": f"{BASE}/limits", "referenceId": "a"}], "INVALID_INPUT"),
        ([get("a-b", "limits")], "INVALID_INPUT"),
        ([{"method": "GET", "url": "//[elsewhere", "referenceId": "a"}], "INVALID_INPUT"),
        ([get("a", "limits"), get("a", "limits")], "INVALID_INPUT"),
        ([get("a", "limits", httpHeaders={"Authorization": "Bearer x"})], "INVALID_INPUT"),
        ([get("a", "limits", httpHeaders={"Accept": "text/csv"})], "INVALID_INPUT"),
    ],
)
def test_an_ill_formed_request_is_refused_as_a_whole(salesforce: Salesforce, requests_: list[Any], code: str) -> None:
    answer = salesforce.call("POST", "composite", json={"compositeRequest": requests_})
    assert refusal(answer)[:2] == (400, code)


@pytest.mark.parametrize(
    ("path", "allowed"), [("limits", 25), ("query?q=SELECT Id FROM User", 5), ("composite/sobjects/User?ids=a", 5)]
)
def test_there_are_at_most_25_calls_and_5_queries(salesforce: Salesforce, path: str, allowed: int) -> None:
    assert len(salesforce.composite(*(get(f"r{i}", path) for i in range(allowed)))) == allowed
    body = {"compositeRequest": [get(f"r{i}", path) for i in range(allowed + 1)]}
    answer = salesforce.call("POST", "composite", json=body)
    (only,) = answer.json()["compositeResponse"]
    assert (answer.status_code, only["referenceId"], only["body"][0]["errorCode"]) == (400, None, "LIMIT_EXCEEDED")


def test_a_broken_query_inside_keeps_salesforces_text(salesforce: Salesforce) -> None:
    counted, broken = salesforce.composite(
        get("refAccount", "query/?q=select count() from Account"),
        get("refXYZZY", "query/?q=select count() from XYZZY"),
    )
    assert counted["body"] == {"totalSize": 2, "done": True, "records": []}
    assert (broken["httpStatusCode"], broken["body"][0]["errorCode"]) == (400, "INVALID_TYPE")
    assert broken["body"][0]["message"].startswith("\nselect count() from XYZZY\n")
