"""A company of a few rows, and ways to speak to its pretend Salesforce."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from deployments.sandbox.salesforce.custom import SALES
from deployments.sandbox.salesforce.ids import make_id
from deployments.sandbox.salesforce.org import Client, Org
from deployments.sandbox.salesforce.routes import routes
from deployments.sandbox.salesforce.schema import Catalogue
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.server import serve

MONDAY = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)
ALEX, SAM, GONE = (make_id("005", n) for n in (1001, 1002, 1003))
ACME, GLOBEX = (make_id("001", n) for n in (1001, 1002))
JO, KIM = (make_id("003", n) for n in (1001, 1002))
ACME_2026, ACME_2027, GLOBEX_2026 = (make_id("006", n) for n in (1001, 1002, 1003))
LONG_AGO = "2026-01-05T17:00:00.000+0000"
VERSION = "v67.0"


@dataclass
class Clock:
    """The sandbox's clock, moved by hand."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)


def store_of_company(clock: Clock, catalogue: Catalogue = SALES) -> Store:
    """Three users, four stages, two accounts with a person each, three open deals; nothing has happened yet."""
    store = Store(catalogue, clock)
    load = store.insert_many
    load("OpportunityStage", ("MasterLabel", "IsActive", "SortOrder", "IsClosed", "IsWon", "DefaultProbability",
                              "ForecastCategory", "ForecastCategoryName"), [
        ("Discovery", 1, 1, 0, 0, 10.0, "Pipeline", "Pipeline"),
        ("Proposal", 1, 2, 0, 0, 60.0, "BestCase", "Best Case"),
        ("Closed Won", 1, 3, 1, 1, 100.0, "Closed", "Closed"),
        ("Closed Lost", 1, 4, 1, 0, 0.0, "Omitted", "Omitted"),
    ])  # fmt: skip
    load("TaskStatus", ("MasterLabel", "SortOrder", "IsDefault", "IsClosed"),
         [("Not Started", 1, 1, 0), ("Completed", 2, 0, 1)])  # fmt: skip
    load("User", ("Id", "Username", "FirstName", "LastName", "Alias", "IsActive"), [
        (ALEX, "alex@rituals.example", "Alex", "Reed", "areed", 1),
        (SAM, "sam@rituals.example", "Sam", "Ode", "sode", 1),
        (GONE, "gone@rituals.example", "Gil", "Gone", "ggone", 0),
    ])  # fmt: skip
    load("Account", ("Id", "Name", "OwnerId", "CreatedDate"),
         [(ACME, "Acme", ALEX, LONG_AGO), (GLOBEX, "Globex", SAM, LONG_AGO)])  # fmt: skip
    load("Contact", ("Id", "AccountId", "FirstName", "LastName", "Email", "OwnerId"),
         [(JO, ACME, "Jo", "Doe", "jo@acme.example", ALEX), (KIM, GLOBEX, None, "Kim", None, SAM)])  # fmt: skip
    load("Opportunity", ("Id", "AccountId", "Name", "StageName", "Amount", "CloseDate", "OwnerId", "CreatedDate"), [
        (ACME_2026, ACME, "Acme 2026", "Discovery", 120_000.0, "2026-12-31", ALEX, LONG_AGO),
        (ACME_2027, ACME, "Acme 2027", "Proposal", None, "2027-03-31", ALEX, LONG_AGO),
        (GLOBEX_2026, GLOBEX, "Globex 2026", "Discovery", 40_000.0, "2026-11-30", SAM, LONG_AGO),
    ])  # fmt: skip
    return store


@dataclass
class Salesforce:
    """A running pretend Salesforce, spoken to with `requests` as a logged-in client."""

    url: str
    store: Store
    org: Org
    clock: Clock
    session: requests.Session = field(default_factory=requests.Session)

    def call(self, method: str, path: str, **how: Any) -> requests.Response:
        """A call to a path below /services/data/v67.0/, or to a whole path."""
        whole = path if path.startswith("/") else f"/services/data/{VERSION}/{path}"
        return self.session.request(method, self.url + whole, timeout=10, **how)

    def soql(self, soql: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The first page of a query."""
        answer = self.call("GET", "query", params={"q": soql}, headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def composite(self, *requests_: Mapping[str, Any], **options: Any) -> list[dict[str, Any]]:
        """The answers of a composite."""
        answer = self.call("POST", "composite", json={"compositeRequest": requests_, **options})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["compositeResponse"])

    def log_in(self) -> None:
        """Take a fresh token for every later call."""
        form = {"grant_type": "client_credentials", "client_id": "sandbox", "client_secret": "sandbox-secret"}
        answer = self.session.post(f"{self.url}/services/oauth2/token", data=form, timeout=10)
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"


class Stage:
    """One server for all tests: starting it takes longer than most of them. It serves what `app` is just then."""

    def __init__(self) -> None:
        self.app: ASGIApp = Starlette()
        self.url = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    @contextmanager
    def open(self) -> Iterator["Stage"]:
        with serve(self) as self.url:
            yield self


@contextmanager
def running(stage: Stage, public_key: str = "") -> Iterator[Salesforce]:
    """The company's Salesforce, new for each test, on loopback."""
    clock = Clock()
    store = store_of_company(clock)
    org = Org(clock, clients=(Client("sandbox", "sandbox-secret", "alex@rituals.example", public_key),))
    stage.app = Starlette(routes=list(routes(store, org)))
    with requests.Session() as session:
        salesforce = Salesforce(stage.url, store, org, clock, session)
        salesforce.log_in()
        yield salesforce
    store.close()


class Loopback(HTTPAdapter):
    """Sends what is meant for *.salesforce.com to the pretend one."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        address = urlsplit(str(request.url))
        request.url = f"{self._url}{address.path}" + (f"?{address.query}" if address.query else "")
        return super().send(request, *args, **kwargs)


def refusal(answer: requests.Response) -> tuple[int, str, str]:
    """Status, code and text of a refused call, whose body must be Salesforce's array."""
    (error,) = answer.json()
    return answer.status_code, error["errorCode"], error["message"]
