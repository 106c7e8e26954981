"""Bulk API 2.0 query jobs."""

import itertools
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.salesforce.bulk_results import DELIMITERS, LINE_ENDINGS, CsvResult
from deployments.sandbox.salesforce.errors import SalesforceError, not_found
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.soql import ast, parser, run
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.values import as_moment

PAGE = 50_000
_ENDED = ("JobComplete", "Aborted", "Failed")
_AGGREGATES = {"COUNT", "COUNT_DISTINCT", "MIN", "MAX", "SUM", "AVG", "GROUPING"}


@dataclass
class _Job:
    info: dict[str, Any]
    result: CsvResult
    polls: int = 0


class Bulk:
    """The resources of query jobs. A job's rows are those of the moment it was made."""

    def __init__(self, store: Store, org: Org) -> None:
        self._store = store
        self._org = org
        self._serial = itertools.count(1)
        self._jobs: dict[str, _Job] = {}

    def resources(self) -> list[Resource]:
        """jobs/query, one job, and its results."""
        job = {"GET": self._poll, "PATCH": self._abort, "DELETE": self._delete}
        return [
            Resource("jobs/query", {"GET": self._list, "POST": self._create}),
            Resource("jobs/query/{job}", job),
            Resource("jobs/query/{job}/results", {"GET": self._results}),
        ]

    def _create(self, call: Call) -> Answer:
        body = call.json()
        operation, soql = body.get("operation"), body.get("query")
        delimiter, ending = body.get("columnDelimiter", "COMMA"), body.get("lineEnding", "LF")
        if operation not in ("query", "queryAll"):
            raise SalesforceError(400, "INVALIDJOB", f"Unsupported operation: {operation}")
        if not isinstance(soql, str) or not soql.strip():
            raise SalesforceError(400, "INVALIDJOB", "query is required for a query job")
        if delimiter not in DELIMITERS or ending not in LINE_ENDINGS or body.get("contentType", "CSV") != "CSV":
            raise SalesforceError(400, "INVALIDJOB", "Unsupported contentType, columnDelimiter or lineEnding")
        query = parser.parse(soql)
        _refuse_what_bulk_cannot(query)
        with self._store.lock:
            found = run.flat(self._store, soql, all_rows=operation == "queryAll", user_id=call.user_id)
            result = CsvResult(found.columns, found.rows, delimiter, ending)
        info = self._info(call, operation, query.source.text, delimiter, ending)
        self._jobs[info["id"]] = _Job(info, result)
        return Answer(200, info)

    def _info(self, call: Call, operation: str, sobject: str, delimiter: str, ending: str) -> dict[str, Any]:
        known = self._store.catalogue.get(sobject)
        at = as_moment(self._store.now())
        return {
            "id": make_id("750", next(self._serial)),
            "operation": operation,
            "object": known.name if known else sobject,
            "createdById": call.user_id,
            "createdDate": at,
            "systemModstamp": at,
            "state": "UploadComplete",
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": float(call.version),
            "lineEnding": ending,
            "columnDelimiter": delimiter,
        }

    def _job(self, call: Call) -> _Job:
        job = self._jobs.get(call.part("job"))
        if job is None:
            raise not_found()
        return job

    def _list(self, _: Call) -> Answer:
        records = [{**job.info, "jobType": "V2Query"} for job in self._jobs.values()]
        return Answer(200, {"done": True, "records": records, "nextRecordsUrl": None})

    def _poll(self, call: Call) -> Answer:
        job = self._job(call)
        if job.info["state"] not in _ENDED:
            job.info["state"] = "InProgress" if job.polls < self._org.bulk_polls else "JobComplete"
            job.info["systemModstamp"] = as_moment(self._store.now())
            job.polls += 1
        done = job.info["state"] == "JobComplete"
        progress = {
            "jobType": "V2Query",
            "numberRecordsProcessed": len(job.result) if done else 0,
            "retries": 0,
            "totalProcessingTime": 0,
        }
        return Answer(200, {**job.info, **progress})

    def _abort(self, call: Call) -> Answer:
        job = self._job(call)
        if call.json().get("state") != "Aborted":
            raise SalesforceError(400, "INVALIDJOB", "The only state a query job can be set to is Aborted")
        if job.info["state"] in _ENDED:
            raise _wrong_state(job, "aborted")
        job.info["state"] = "Aborted"
        return Answer(200, job.info)

    def _delete(self, call: Call) -> Answer:
        job = self._job(call)
        if job.info["state"] not in _ENDED:
            raise _wrong_state(job, "deleted")
        del self._jobs[job.info["id"]]
        return Answer(204)

    def _results(self, call: Call) -> Answer:
        job = self._job(call)
        if job.info["state"] != "JobComplete":
            raise _wrong_state(job, "read")
        start = _offset(call.query["locator"]) if "locator" in call.query else 0
        asked = call.query.get("maxRecords", str(PAGE))
        if not asked.isdecimal() or int(asked) == 0:
            raise SalesforceError(400, "API_ERROR", f"Invalid maxRecords: {asked}")
        if start > len(job.result):
            raise _bad_locator(call.query["locator"])
        text, count = job.result.page(start, int(asked))
        end = start + count
        headers = {
            "Sforce-Locator": _locator(end) if end < len(job.result) else "null",
            "Sforce-NumberOfRecords": str(count),
        }
        return Answer(200, headers=headers, text=text, media_type="text/csv")


def _wrong_state(job: _Job, wanted: str) -> SalesforceError:
    return SalesforceError(400, "INVALIDJOBSTATE", f"A job in state {job.info['state']} cannot be {wanted}")


def _locator(offset: int) -> str:
    return urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def _offset(locator: str) -> int:
    try:
        return int(urlsafe_b64decode(locator + "=" * (-len(locator) % 4)))
    except (ValueError, NotBase64):
        raise _bad_locator(locator) from None


def _bad_locator(locator: str) -> SalesforceError:
    return SalesforceError(400, "INVALID_QUERY_LOCATOR", f"invalid query locator: {locator}")


def _refuse_what_bulk_cannot(query: ast.Query) -> None:
    for reason in _reasons(query):
        raise SalesforceError(400, "API_ERROR", f"{reason} not supported in Bulk Query")


def _reasons(query: ast.Query) -> Iterator[str]:
    if query.group_by is not None:
        yield "Group By"
    if query.offset is not None:
        yield "Offset"
    for item in query.select:
        match item:
            case ast.Child():
                yield "Aggregate Relationships"
            case ast.TypeOf():
                yield "TYPEOF"
            case ast.Selected(expression=ast.Call(name=name)) if name in _AGGREGATES:
                yield "Aggregate functions"
            case ast.Selected(expression=ast.Call(name="FIELDS")):
                yield "FIELDS()"
