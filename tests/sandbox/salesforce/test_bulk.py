"""Bulk API 2.0 query jobs."""

import csv
import io
from typing import Any

import pytest
import requests
from simple_salesforce.api import Salesforce as Client

from deployments.sandbox.salesforce.ids import make_id

from .company import ACME_2026, Loopback, Salesforce, refusal

JOBS = "jobs/query"


def start(salesforce: Salesforce, soql: str, operation: str = "query", **other: Any) -> str:
    answer = salesforce.call("POST", JOBS, json={"operation": operation, "query": soql, **other})
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "UploadComplete"
    return str(answer.json()["id"])


def finish(salesforce: Salesforce, job: str) -> dict[str, Any]:
    for _ in range(salesforce.org.bulk_polls):
        assert salesforce.call("GET", f"{JOBS}/{job}").json()["state"] == "InProgress"
    return dict(salesforce.call("GET", f"{JOBS}/{job}").json())


def results(salesforce: Salesforce, job: str, **query: Any) -> requests.Response:
    return salesforce.call("GET", f"{JOBS}/{job}/results", params=query)


def add_tasks(salesforce: Salesforce, count: int) -> None:
    rows = ((make_id("00T", n), ACME_2026, f"Mail {n}") for n in range(count))
    salesforce.store.insert_many("Task", ("Id", "WhatId", "Subject"), rows)


def test_a_job_runs_for_as_many_polls_as_set(salesforce: Salesforce) -> None:
    salesforce.org.bulk_polls = 3
    job = start(salesforce, "SELECT Id FROM Opportunity")
    info = finish(salesforce, job)
    assert (info["state"], info["object"], info["numberRecordsProcessed"]) == ("JobComplete", "Opportunity", 3)
    assert [r["id"] for r in salesforce.call("GET", JOBS).json()["records"]] == [job]


def test_csv_has_words_for_booleans_and_nothing_for_null(salesforce: Salesforce) -> None:
    awkward = 'Say "hello",\nthen = 1+1'
    salesforce.call("PATCH", f"sobjects/Opportunity/{ACME_2026}", json={"NextStep": awkward})
    soql = "SELECT Name, Account.Name, IsClosed, Amount, NextStep, CreatedDate FROM Opportunity ORDER BY Name LIMIT 2"
    job = start(salesforce, soql)
    finish(salesforce, job)
    answer = results(salesforce, job)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert list(csv.reader(io.StringIO(answer.text, newline=""))) == [
        ["Name", "Account.Name", "IsClosed", "Amount", "NextStep", "CreatedDate"],
        ["Acme 2026", "Acme", "false", "120000.0", awkward, "2026-01-05T17:00:00.000Z"],
        ["Acme 2027", "Acme", "false", "", "", "2026-01-05T17:00:00.000Z"],
    ]


def test_results_come_in_pages(salesforce: Salesforce) -> None:
    add_tasks(salesforce, 25)
    job = start(salesforce, "SELECT Id FROM Task ORDER BY Id", lineEnding="CRLF", columnDelimiter="PIPE")
    finish(salesforce, job)
    seen: list[str] = []
    sizes: list[str] = []
    query: dict[str, Any] = {"maxRecords": 10}
    while query.get("locator") != "null" and len(sizes) < 5:
        answer = results(salesforce, job, **query)
        header, *rows = answer.text.rstrip("\r\n").split("\r\n")
        assert header == '"Id"'
        seen += [row.strip('"') for row in rows]
        sizes.append(answer.headers["Sforce-NumberOfRecords"])
        query["locator"] = answer.headers["Sforce-Locator"]
    assert sizes == ["10", "10", "5"]
    assert seen == [make_id("00T", n) for n in range(25)]


def test_no_rows_are_a_header_alone(salesforce: Salesforce) -> None:
    job = start(salesforce, "SELECT Id, Subject FROM Task")
    finish(salesforce, job)
    answer = results(salesforce, job)
    assert (answer.text, answer.headers["Sforce-Locator"]) == ('"Id","Subject"\n', "null")


def test_a_job_shows_its_start_and_query_all_the_recycle_bin(salesforce: Salesforce) -> None:
    jobs = [start(salesforce, "SELECT Id FROM Opportunity")]
    salesforce.call("DELETE", f"sobjects/Opportunity/{ACME_2026}")
    jobs += [start(salesforce, "SELECT Id FROM Opportunity", kind) for kind in ("query", "queryAll")]
    assert [finish(salesforce, job)["numberRecordsProcessed"] for job in jobs] == [3, 2, 3]


@pytest.mark.parametrize(
    ("soql", "code"),
    [
        ("SELECT COUNT(Id) FROM Task", "API_ERROR"),
        ("SELECT COUNT() FROM Task", "API_ERROR"),
        ("SELECT WhatId FROM Task GROUP BY WhatId", "API_ERROR"),
        ("SELECT Id FROM Task LIMIT 5 OFFSET 5", "API_ERROR"),
        ("SELECT Id, (SELECT Id FROM Tasks) FROM Opportunity", "API_ERROR"),
        ("SELECT TYPEOF What WHEN Account THEN Name END FROM Task", "API_ERROR"),
        ("SELECT FIELDS(STANDARD) FROM Task", "API_ERROR"),
        ("SELECT Id FROM Task WHERE", "MALFORMED_QUERY"),
        ("SELECT Foo__c FROM Task", "INVALID_FIELD"),
        ("", "INVALIDJOB"),
    ],
)
def test_what_bulk_cannot_do_is_refused(salesforce: Salesforce, soql: str, code: str) -> None:
    answer = salesforce.call("POST", JOBS, json={"operation": "query", "query": soql})
    assert refusal(answer)[:2] == (400, code)


@pytest.mark.parametrize(
    "wrong", [{"operation": "insert"}, {"contentType": "JSON"}, {"lineEnding": "CR"}, {"columnDelimiter": "SPACE"}]
)
def test_unknown_settings_are_refused(salesforce: Salesforce, wrong: dict[str, str]) -> None:
    body = {"operation": "query", "query": "SELECT Id FROM Task", **wrong}
    assert refusal(salesforce.call("POST", JOBS, json=body))[:2] == (400, "INVALIDJOB")


def test_states_only_move_forward(salesforce: Salesforce) -> None:
    job = start(salesforce, "SELECT Id FROM Opportunity")
    path = f"{JOBS}/{job}"
    assert refusal(results(salesforce, job))[:2] == (400, "INVALIDJOBSTATE")
    assert refusal(salesforce.call("DELETE", path))[:2] == (400, "INVALIDJOBSTATE")
    assert refusal(salesforce.call("PATCH", path, json={"state": "Open"}))[:2] == (400, "INVALIDJOB")
    assert salesforce.call("PATCH", path, json={"state": "Aborted"}).json()["state"] == "Aborted"
    assert refusal(salesforce.call("PATCH", path, json={"state": "Aborted"}))[:2] == (400, "INVALIDJOBSTATE")
    assert salesforce.call("GET", path).json()["state"] == "Aborted"
    assert salesforce.call("DELETE", path).status_code == 204
    assert salesforce.call("GET", path).status_code == 404


@pytest.mark.parametrize(
    "query", [{"locator": "nonsense"}, {"locator": "OTk5"}, {"maxRecords": 0}, {"maxRecords": "x"}]
)
def test_a_page_that_cannot_be_is_refused(salesforce: Salesforce, query: dict[str, Any]) -> None:
    job = start(salesforce, "SELECT Id FROM Opportunity")
    finish(salesforce, job)
    assert results(salesforce, job, **query).status_code == 400


def test_simple_salesforce_reads_a_job(salesforce: Salesforce) -> None:
    add_tasks(salesforce, 7)
    salesforce.org.bulk_polls = 0
    with requests.Session() as session:
        session.mount("https://", Loopback(salesforce.url))
        token = str(salesforce.session.headers["Authorization"]).removeprefix("Bearer ")
        client: Any = Client(instance="sandbox.my.salesforce.com", session_id=token, session=session, version="67.0")
        pages = list(client.bulk2.Task.query("SELECT Id FROM Task ORDER BY Id", max_records=5, wait=0))
    assert [page.count("\n") for page in pages] == [6, 3]
