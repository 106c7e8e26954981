"""A Salesforce of canned answers, whose own work is next to nothing: a month of a hundred reps, a million touches."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.server import serve
from tasks.salesforce_pages import BULK_PAGE
from tests.company import MONDAY

REPS = 100
MAIL, CALLS, MEETINGS = 450_000, 450_000, 100_000  # calls, LinkedIn messages and newsletters; each mail has a task too
TOUCHES = MAIL + CALLS + MEETINGS
CONTACTS, LEADS, ACCOUNTS, DEALS = 80_000, 40_000, 30_000, 5_000
NAMELESS = 0.05  # of the tasks
DATA = "/services/data/v67.0"
_ROWS = {"Task": MAIL + CALLS, "Event": MEETINGS, "EmailMessage": MAIL, "Contact": CONTACTS, "Lead": LEADS,
         "Account": ACCOUNTS, "Opportunity": DEALS, "User": REPS}  # fmt: skip
_LIMIT = {"Sforce-Limit-Info": "api-usage=18/100000"}


@contextmanager
def canned_org() -> Iterator[dict[str, str]]:
    """Serves it; the settings that lead to it."""
    org = _Org()
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
            "RITUALS_REPS__ROLES": '["Account Executive"]',
        }  # fmt: skip


class _Org:
    """Every page of every job is made before the first call."""

    def __init__(self) -> None:
        self._pages = {name: _csv_pages(name) for name in _ROWS if name != "User"}

    async def login(self, _: Request) -> Response:
        return JSONResponse({"access_token": "canned", "instance_url": "https://127.0.0.1", "token_type": "Bearer"})

    async def composite(self, request: Request) -> Response:
        asked = json.loads(await request.body())["compositeRequest"]
        answers = [
            {"httpStatusCode": 200, "httpHeaders": {}, "referenceId": part["referenceId"], "body": _first(part["url"])}
            for part in asked
        ]
        return JSONResponse({"compositeResponse": answers}, headers=_LIMIT)

    async def create(self, request: Request) -> Response:
        return JSONResponse({"id": _source(json.loads(await request.body())["query"])}, headers=_LIMIT)

    async def poll(self, request: Request) -> Response:
        return JSONResponse({"id": request.path_params["job"], "state": "JobComplete"}, headers=_LIMIT)

    async def results(self, request: Request) -> Response:
        pages, at = self._pages[request.path_params["job"]], int(request.query_params.get("locator", "0"))
        following = str(at + 1) if at + 1 < len(pages) else "null"
        return Response(pages[at], media_type="text/csv", headers={**_LIMIT, "Sforce-Locator": following})


def _source(soql: str) -> str:
    return re.search(r" FROM (\w+)", soql)[1]


def _first(url: str) -> dict[str, object]:
    """The users, the number of anything else, and nobody of a list of ids or addresses."""
    [soql] = parse_qs(urlsplit(url).query)["q"]
    if _source(soql) == "User":
        return {"totalSize": REPS, "done": True, "records": [_user(n) for n in range(REPS)]}
    return {"totalSize": 0 if " IN (" in soql else _ROWS[_source(soql)], "done": True, "records": []}


def _user(number: int) -> dict[str, object]:
    return {
        "Id": f"005Hs{number:010d}AAA", "Name": f"Rep {number}", "Email": f"rep{number}@ourco.example",
        "IsActive": True, "UserRole": {"Name": "Account Executive"}, "Profile": {"Name": "Standard User"},
        "TimeZoneSidKey": "America/Los_Angeles", "ManagerId": None, "Manager": None,
    }  # fmt: skip


def _csv_pages(sobject: str) -> list[bytes]:
    firsts = range(0, _ROWS[sobject], BULK_PAGE)
    return [
        _MAKERS[sobject](np.arange(n, min(n + BULK_PAGE, _ROWS[sobject]))).to_csv(index=False).encode() for n in firsts
    ]


def _ids(prefix: str, numbers: np.ndarray) -> np.ndarray:
    return np.char.add(np.char.add(f"{prefix}Hs", np.char.zfill(numbers.astype("U10"), 10)), "AAA")


def _people(numbers: np.ndarray) -> np.ndarray:
    """The person of an activity: two of three are contacts."""
    who = (numbers.astype("int64") * 7919) % (CONTACTS + LEADS)
    named = np.where(who < CONTACTS, _ids("003", who), _ids("00Q", who - CONTACTS))
    return np.where(numbers % int(1 / NAMELESS) == 0, "", named)


def _moments(numbers: np.ndarray) -> pd.DatetimeIndex:
    seconds = (numbers.astype("int64") * 104_729) % (29 * 86_400)
    return pd.Timestamp(MONDAY) - pd.to_timedelta(seconds, "s")


def _tasks(numbers: np.ndarray) -> pd.DataFrame:
    at = _moments(numbers)
    subtypes = np.array(["Call", "LinkedIn", "List Email", "Call"])
    subtype = np.where(numbers < MAIL, "Email", subtypes[numbers % 4])
    return pd.DataFrame({
        "Id": _ids("00T", numbers), "TaskSubtype": subtype, "Type": np.where(subtype == "Call", "Call", "Email"),
        "CallType": np.where(subtype == "Call", "Outbound", ""), "WhatId": "", "WhoId": _people(numbers),
        "AccountId": _ids("001", numbers % ACCOUNTS), "OwnerId": _ids("005", numbers % REPS),
        "CompletedDateTime": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "ActivityDate": at.strftime("%Y-%m-%d"),
        "Subject": np.char.add("Email: Your trial, part ", (numbers % 97).astype("U2")),
    })  # fmt: skip


def _events(numbers: np.ndarray) -> pd.DataFrame:
    at = _moments(numbers)
    return pd.DataFrame({
        "Id": _ids("00U", numbers), "WhatId": "", "WhoId": _people(numbers),
        "AccountId": _ids("001", numbers % ACCOUNTS), "OwnerId": _ids("005", numbers % REPS),
        "StartDateTime": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "ActivityDate": at.strftime("%Y-%m-%d"),
        "EndDateTime": at.strftime("%Y-%m-%dT%H:59:59.000Z"), "IsAllDayEvent": "false", "IsChild": "false",
        "ShowAs": "Busy", "Subject": "Demo",
    })  # fmt: skip


def _mail(numbers: np.ndarray) -> pd.DataFrame:
    rep = np.char.add(np.char.add("rep", (numbers % REPS).astype("U3")), "@ourco.example")
    them = np.char.add(np.char.add("person", (numbers % 121_000).astype("U6")), "@customer-of-ours.example")
    came_in = numbers % 3 == 0
    return pd.DataFrame({
        "Id": _ids("02s", numbers), "RelatedToId": "", "ActivityId": _ids("00T", numbers), "ParentId": "",
        "CreatedById": _ids("005", numbers % REPS), "Incoming": np.where(came_in, "true", "false"),
        "MessageDate": _moments(numbers).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "Subject": np.char.add("Your trial, part ", (numbers % 97).astype("U2")),
        "FromAddress": np.where(came_in, them, rep), "ToAddress": np.where(came_in, rep, them),
    })  # fmt: skip


def _contacts(numbers: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({
        "Id": _ids("003", numbers), **_person(numbers), "AccountId": _ids("001", numbers % ACCOUNTS),
        "Account.Name": "Acme", "Account.OwnerId": _ids("005", numbers % REPS), "Account.Type": "Prospect",
        "MailingCity": "Portland", "MailingState": "OR", "MailingCountry": "US", "EmailBouncedDate": "",
    })  # fmt: skip


def _leads(numbers: np.ndarray) -> pd.DataFrame:
    mine = _person(numbers + CONTACTS)
    return pd.DataFrame(
        {"Id": _ids("00Q", numbers), **mine, "Company": "Initech", "City": "Berlin", "State": "", "Country": "Germany"}
    )


def _person(numbers: np.ndarray) -> dict[str, object]:
    text = numbers.astype("U6")
    return {
        "Name": np.char.add("Person ", text),
        "Email": np.char.add(np.char.add("person", text), "@customer-of-ours.example"),
        "HasOptedOutOfEmail": "false", "DoNotCall": "false", "OwnerId": _ids("005", numbers % REPS),
    }  # fmt: skip


def _accounts(numbers: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {"Id": _ids("001", numbers), "Name": "Acme", "OwnerId": _ids("005", numbers % REPS), "Type": "Prospect"}
    )


def _opportunities(numbers: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({
        "Id": _ids("006", numbers), "Name": "Acme 2026", "AccountId": _ids("001", numbers), "Account.Name": "Acme",
        "Account.OwnerId": _ids("005", numbers % REPS), "Account.Type": "Prospect",
        "OwnerId": _ids("005", numbers % REPS), "Amount": "1000.0", "IsClosed": "false", "IsWon": "false",
        "CreatedDate": "2026-01-05T10:00:00.000Z", "LastStageChangeDate": "", "CloseDate": "2026-12-31",
    })  # fmt: skip


_MAKERS = {"Task": _tasks, "Event": _events, "EmailMessage": _mail, "Contact": _contacts, "Lead": _leads,
           "Account": _accounts, "Opportunity": _opportunities}  # fmt: skip
