"""A Salesforce of canned answers for a very large company: 100,000 open deals of 1,667 owners, 3.4 million activities.

Owners share accounts and people. What a query asks for is found by the owners or ids in it; every row meets the other
conditions. The rows of Bulk jobs are written to a file before the first call, so that answering costs next to nothing.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.server import serve
from tasks.salesforce_pages import BULK_PAGE
from tasks.salesforce_queries import PAGE
from tests.company import MONDAY

DEALS = 100_000
DEALS_PER_OWNER, TASKS, MAIL = 60, 30, 3  # of each deal, and one meeting; a mail stands beside a task
ACTIVITIES = DEALS * (TASKS + MAIL + 1)
DATA = "/services/data/v67.0"
_SHARING, _ELSEWHERE = 10, 50  # every tenth deal is on the account of another, every fiftieth has a person from another
_LIMIT = {"Sforce-Limit-Info": "api-usage=18/100000"}
_STAGES = (("Discovery", False, False), ("Negotiation", False, False), ("Closed Won", True, True),
           ("Closed Lost", True, False))  # fmt: skip
_SUBTYPES = np.array(["Email", "Call", "LinkedIn", "Task", "List Email"])
_QUIET = ((62, 1, 14), (85, 15, 15), (93, 30, 15), (100, 45, 120))  # of a hundred deals up to, days from, so many


@contextmanager
def owners_org() -> Iterator[dict[str, str]]:
    """Serves it; the settings that lead to it."""
    with TemporaryDirectory() as folder:
        org = _Org(Path(folder))
        routes = [
            Route("/services/oauth2/token", org.login, methods=["POST"]),
            Route(f"{DATA}/composite/", org.composite, methods=["POST"]),
            Route(f"{DATA}/composite", org.composite, methods=["POST"]),
            Route(f"{DATA}/jobs/query", org.create, methods=["POST"]),
            Route(f"{DATA}/jobs/query/{{job}}", org.poll),
            Route(f"{DATA}/jobs/query/{{job}}/results", org.results),
        ]
        with serve(Starlette(routes=routes)) as address:
            yield {
                "RITUALS_SALESFORCE_URL": address, "RITUALS_SALESFORCE_CLIENT_ID": "canned",
                "RITUALS_SALESFORCE_CLIENT_SECRET": "canned", "RITUALS_SLACK_URL": f"{address}/api/",
                "RITUALS_SLACK_TOKEN": "xoxb-canned", "RITUALS_SLACK_CHANNEL": "C0CANNED",
            }  # fmt: skip


class _Org:
    """`jobs` are the queries of the Bulk jobs by their ids; the first page of an overview names the totals alone."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: _File(folder / name, name) for name in _MAKERS}
        self._jobs: list[str] = []
        self._next: dict[str, list[dict[str, object]]] = {}

    async def login(self, _: Request) -> Response:
        return JSONResponse({"access_token": "canned", "instance_url": "https://127.0.0.1", "token_type": "Bearer"})

    async def composite(self, request: Request) -> Response:
        asked = json.loads(await request.body())["compositeRequest"]
        said = {"httpStatusCode": 200, "httpHeaders": {}}
        answers = [{**said, "referenceId": part["referenceId"], "body": self._page(part["url"])} for part in asked]
        return JSONResponse({"compositeResponse": answers}, headers=_LIMIT)

    async def create(self, request: Request) -> Response:
        self._jobs.append(json.loads(await request.body())["query"])
        return JSONResponse({"id": str(len(self._jobs) - 1)}, headers=_LIMIT)

    async def poll(self, request: Request) -> Response:
        return JSONResponse({"id": request.path_params["job"], "state": "JobComplete"}, headers=_LIMIT)

    async def results(self, request: Request) -> Response:
        soql, at = self._jobs[int(request.path_params["job"])], int(request.query_params.get("locator", "0"))
        file, deals = self._files[_source(soql)], _deals_of_job(soql)
        a_page = BULK_PAGE // file.rows
        following = str(at + a_page) if at + a_page < len(deals) else "null"
        body = file.header + b"".join(file.of(deals[at : at + a_page]))
        return Response(body, media_type="text/csv", headers={**_LIMIT, "Sforce-Locator": following})

    def _page(self, url: str) -> dict[str, object]:
        if url in self._next:
            return self._paged(self._next.pop(url))
        [soql] = parse_qs(urlsplit(url).query)["q"]
        name = _source(soql)
        if name == "OpportunityStage":
            return self._paged([{"ApiName": n, "IsClosed": c, "IsWon": w, "IsActive": True} for n, c, w in _STAGES])
        if " GROUP BY " in soql:
            return self._paged([{"WhatId": _id("006", 0), "RelatedToId": _id("006", 0), "n": ACTIVITIES / 2}])
        if not re.search(r" IN \('", soql):
            return {"totalSize": DEALS, "done": True, "records": []}
        return self._paged(_records(name, _deals_named(soql), soql))

    def _paged(self, records: list[dict[str, object]]) -> dict[str, object]:
        first, rest = records[:PAGE], records[PAGE:]
        more = {}
        if rest:
            more["nextRecordsUrl"] = f"{DATA}/query/01g-{len(self._next)}-{len(rest)}"
            self._next[more["nextRecordsUrl"]] = rest
        return {"totalSize": len(records), "done": not rest, "records": first, **more}


class _File:
    """The CSV rows of one sObject, deal after deal: `rows` of each."""

    def __init__(self, path: Path, sobject: str) -> None:
        self.rows, make = _MAKERS[sobject]
        self._path, sizes = path, []
        with path.open("wb") as file:
            for first in range(0, DEALS, 20_000):
                deals = np.arange(first, min(first + 20_000, DEALS))
                text = make(deals).to_csv(index=False).encode()
                self.header, lines = text.split(b"\n", 1)[0] + b"\n", text.split(b"\n", 1)[1]
                ends = np.flatnonzero(np.frombuffer(lines, dtype=np.uint8) == ord("\n")) + 1
                sizes.append(np.diff(ends[self.rows - 1 :: self.rows], prepend=0))
                file.write(lines)
        self._ends = np.concatenate(sizes).cumsum()

    def of(self, deals: np.ndarray) -> Iterator[bytes]:
        """The rows of these deals, which are sorted."""
        with self._path.open("rb") as file:
            for run in np.split(deals, np.flatnonzero(np.diff(deals) != 1) + 1):
                if len(run):
                    begin = int(self._ends[run[0] - 1]) if run[0] else 0
                    file.seek(begin)
                    yield file.read(int(self._ends[run[-1]]) - begin)


def _source(soql: str) -> str:
    return re.search(r" FROM (\w+)", soql)[1]


def _numbers(soql: str, prefix: str) -> np.ndarray:
    return np.array(sorted({int(n) for n in re.findall(rf"'{prefix}Hs(\d{{10}})AAA'", soql)}), dtype="int64")


def _deals_of_job(soql: str) -> np.ndarray:
    """Whose rows a Bulk job gives: those of its owners' deals, and for activities of all deals on the same accounts."""
    owners, name = _numbers(soql, "005"), _source(soql)
    if "OwnerId IN" not in soql:
        mine = np.arange(DEALS)
    else:
        mine = (owners[:, None] * DEALS_PER_OWNER + np.arange(DEALS_PER_OWNER)).ravel()
        mine = mine[mine < DEALS]
    if name == "EmailMessage" and "RelatedToId IN (SELECT AccountId" in soql:
        return mine[:0]
    if "AccountId NOT IN" in soql:
        people = _person_of(mine[mine % _ELSEWHERE == 0])
        return people[~np.isin(_account(people), _account(mine))]
    return _on(_account(mine)) if name in {"Task", "Event"} else mine


def _deals_named(soql: str) -> np.ndarray:
    """Whose rows a query with ids in it gives."""
    if _source(soql) == "EmailMessage" and "ActivityId IN" in soql:
        return np.unique(_numbers(soql, "00T") // TASKS) if "SELECT Id FROM Opportunity" in soql else np.arange(0)
    named = [_on(_numbers(soql, "001")), _numbers(soql, "003"), _numbers(soql, "006")]
    if _source(soql) == "EmailMessage":
        named = named[2:]
    return np.unique(np.concatenate(named))


def _records(name: str, deals: np.ndarray, soql: str) -> list[dict[str, object]]:
    if not len(deals):
        return []
    rows = _MAKERS[name][1](deals).replace({"": None, "true": True, "false": False})
    if "ActivityId IN" in soql:
        rows = rows[rows["ActivityId"].isin(re.findall(r"'(00T\w+)'", soql))]
    text = rows.assign(Subject=name)
    whose = [{"Name": f"Person {who}"} for who in rows.get("WhoId", rows["Id"])]
    return [{**row, "Who": who} for row, who in zip(text.to_dict("records"), whose, strict=True)]


def _ids(prefix: str, numbers: np.ndarray) -> np.ndarray:
    return np.char.add(np.char.add(f"{prefix}Hs", np.char.zfill(numbers.astype("U10"), 10)), "AAA")


def _id(prefix: str, number: int) -> str:
    return f"{prefix}Hs{number:010d}AAA"


def _account(deals: np.ndarray) -> np.ndarray:
    """The last tenth of the deals is on the accounts of the first, which others own."""
    return deals % (DEALS - DEALS // _SHARING)


def _on(accounts: np.ndarray) -> np.ndarray:
    first = np.unique(accounts)
    second = first + (DEALS - DEALS // _SHARING)
    return np.union1d(first, second[second < DEALS])


def _person_of(deals: np.ndarray) -> np.ndarray:
    """The other person of some deals: that of a deal of the next owner."""
    return (deals + DEALS_PER_OWNER + 1) % DEALS


def _quiet(deals: np.ndarray) -> np.ndarray:
    """Days since the last touch of each deal."""
    share, spread = deals * 7919 % 100, deals * 104_729 % 1_000
    low = np.select([share < limit for limit, _, _ in _QUIET], [days for _, days, _ in _QUIET])
    many = np.select([share < limit for limit, _, _ in _QUIET], [count for _, _, count in _QUIET])
    return low + spread % many


def _moments(ago: np.ndarray, numbers: np.ndarray) -> pd.Series:
    at = pd.Timestamp(MONDAY) - pd.to_timedelta(ago, "D") + pd.to_timedelta(numbers % 50_000, "s")
    return pd.Series(at.strftime("%Y-%m-%dT%H:%M:%S.000Z"))


def _tasks(deals: np.ndarray) -> pd.DataFrame:
    of, k = np.repeat(deals, TASKS), np.tile(np.arange(TASKS), len(deals))
    numbers = of * TASKS + k
    ago = np.repeat(_quiet(deals), TASKS) + k * k * 2 // 3
    at = _moments(ago, numbers)
    return pd.DataFrame({
        "Id": _ids("00T", numbers), "TaskSubtype": _SUBTYPES[k % 5], "Type": "", "CallType": "",
        "WhatId": np.where(k % 10 != 9, _ids("006", of), ""), "WhoId": _ids("003", of),
        "AccountId": _ids("001", _account(of)), "OwnerId": _ids("005", of // DEALS_PER_OWNER),
        "CompletedDateTime": at, "ActivityDate": at.str[:10],
    })  # fmt: skip


def _mail(deals: np.ndarray) -> pd.DataFrame:
    of, k = np.repeat(deals, MAIL), np.tile(np.arange(MAIL) * 5, len(deals))
    task = of * TASKS + k
    ago = np.repeat(_quiet(deals), MAIL) + k * k * 2 // 3
    return pd.DataFrame({
        "Id": _ids("02s", task), "RelatedToId": _ids("006", of), "ActivityId": _ids("00T", task),
        "CreatedById": _ids("005", of // DEALS_PER_OWNER), "Incoming": np.where(k == 5, "true", "false"),
        "MessageDate": _moments(ago, task), "FromAddress": "jane@customer.example",
    })  # fmt: skip


def _events(deals: np.ndarray) -> pd.DataFrame:
    ago = np.where(deals % 10 == 0, -(deals % 30) - 1, _quiet(deals) + 9)
    at = _moments(ago, deals)
    return pd.DataFrame({
        "Id": _ids("00U", deals), "WhatId": _ids("006", deals), "WhoId": _ids("003", deals),
        "AccountId": _ids("001", _account(deals)), "OwnerId": _ids("005", deals // DEALS_PER_OWNER),
        "StartDateTime": at, "ActivityDate": at.str[:10], "EndDateTime": at, "IsAllDayEvent": "false",
    })  # fmt: skip


def _opportunities(deals: np.ndarray) -> pd.DataFrame:
    created = _moments(_quiet(deals) + 90 + deals % 400, deals)
    return pd.DataFrame({
        "Id": _ids("006", deals), "Name": "Acme 2026", "AccountId": _ids("001", _account(deals)),
        "Account.Name": "Acme", "OwnerId": _ids("005", deals // DEALS_PER_OWNER),
        "Owner.Name": np.char.add("Owner ", (deals // DEALS_PER_OWNER).astype("U6")), "Owner.IsActive": "true",
        "Owner.UserRole.Name": "Account Executive", "StageName": np.where(deals % 3, "Discovery", "Negotiation"),
        "Amount": (deals * 37 % 90 + 1) * 1000.0, "CloseDate": "2026-12-18", "CreatedDate": created,
        "LastModifiedDate": created, "LastStageChangeDate": created, "NextStep": "Send the offer",
        "Type": "New Business", "PushCount": "0",
    })  # fmt: skip


def _roles(deals: np.ndarray) -> pd.DataFrame:
    """Two rows a deal; the second person is mostly the first again, as every deal has as many."""
    of, second = np.repeat(deals, 2), np.tile([False, True], len(deals))
    person = np.where(second & (of % _ELSEWHERE == 0), _person_of(of), of)
    return pd.DataFrame({
        "OpportunityId": _ids("006", of), "ContactId": _ids("003", person), "Contact.Name": "Jane",
        "Contact.AccountId": _ids("001", _account(person)),
    })  # fmt: skip


def _history(deals: np.ndarray) -> pd.DataFrame:
    ago = np.where(deals % 20 == 0, 40 + deals % 300, deals % 27)
    return pd.DataFrame({
        "OpportunityId": _ids("006", deals), "Field": np.where(deals % 20 == 0, "Owner", "NextStep"), "OldValue": "a",
        "NewValue": "b", "CreatedDate": _moments(ago, deals),
    })  # fmt: skip


_MAKERS = {"Task": (TASKS, _tasks), "EmailMessage": (MAIL, _mail), "Event": (1, _events),
           "Opportunity": (1, _opportunities), "OpportunityContactRole": (2, _roles),
           "OpportunityFieldHistory": (1, _history)}  # fmt: skip
