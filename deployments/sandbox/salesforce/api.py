"""The REST API as one function from call to answer: versions, resources, refusals."""

import re

from deployments.sandbox.salesforce import structure_rows, tooling
from deployments.sandbox.salesforce.bulk import Bulk
from deployments.sandbox.salesforce.compact_layouts import CompactLayouts
from deployments.sandbox.salesforce.composite import Composite
from deployments.sandbox.salesforce.describe import Describe
from deployments.sandbox.salesforce.describe_fields import Described
from deployments.sandbox.salesforce.errors import SalesforceError, method_not_allowed, not_found
from deployments.sandbox.salesforce.exchange import Answer, Call, InComposite, Resource, refusal
from deployments.sandbox.salesforce.layouts import Layouts
from deployments.sandbox.salesforce.list_views import ListViews
from deployments.sandbox.salesforce.org import NEWEST_VERSION, OLDEST_VERSION, Org
from deployments.sandbox.salesforce.queries import Queries
from deployments.sandbox.salesforce.rows import Rows
from deployments.sandbox.salesforce.sobject_collections import Collections
from deployments.sandbox.salesforce.soql.errors import SoqlError
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure_view import View
from deployments.sandbox.salesforce.tabs import Tabs
from deployments.sandbox.salesforce.ui_api import UiApi

_VERSIONED = re.compile(r"/services/data/v(\d+)\.0(?:/(.*))?")
_SEASONS = ("Winter", "Spring", "Summer")  # three releases a year since v20, Winter '11
_FIRST_YEAR = 11


def versioned(path: str) -> tuple[str, str]:
    """The version (`67.0`) and the rest of an address below /services/data. SalesforceError (404) for any other."""
    found = _VERSIONED.fullmatch(path)
    if found is None or not OLDEST_VERSION <= int(found[1]) <= NEWEST_VERSION:
        raise not_found()
    return f"{int(found[1])}.0", (found[2] or "").strip("/")


def versions() -> list[dict[str, str]]:
    """What /services/data lists: no login needed."""
    return [
        {"label": _release(n), "url": f"/services/data/v{n}.0", "version": f"{n}.0"}
        for n in range(OLDEST_VERSION, NEWEST_VERSION + 1)
    ]


def _release(version: int) -> str:
    year, season = divmod(version - OLDEST_VERSION, len(_SEASONS))
    return f"{_SEASONS[season]} '{_FIRST_YEAR + year}"


class Api:
    """All resources of the org."""

    def __init__(self, store: Store, org: Org) -> None:
        self._org = org
        rows = Rows(store, org)
        view = View(store, org.structure)
        structure_rows.fill(store, view)
        self._resources: list[Resource] = [
            Resource("", {"GET": self._directory}),
            Resource("limits", {"GET": self._limits}, "yes"),
            *Queries(store, org).resources(),
            *Describe(store, rows, view).resources(),
            *_structure(store, org, view),
            tooling.composite(store, self, versioned),
            *rows.resources(),
            *Composite(store, self, versioned).resources(),
            *Collections(store, org).resources(),
            *Bulk(store, org).resources(),
        ]

    def dispatch(self, call: Call) -> Answer:
        """Answer a call of an admitted user; every refusal is an answer."""
        try:
            resource, parts = self._found(call.path)
            handler = resource.handlers.get(call.method)
            if handler is None:
                raise method_not_allowed(call.method, list(resource.handlers))
            if parts.get("sobject", "") in self._org.hidden_objects and not resource.path.startswith("tooling"):
                raise not_found()
            return handler(call.at(parts))
        except SoqlError as error:
            return refusal(SalesforceError(400, error.code, error.message))
        except SalesforceError as error:
            return refusal(error)

    def allowed(self, path: str) -> InComposite:
        """Whether the resource at `path` may be a subrequest. SalesforceError (404) for none."""
        return self._found(path)[0].in_composite

    def _found(self, path: str) -> tuple[Resource, dict[str, str]]:
        segments = path.strip("/").split("/")
        for resource in self._resources:
            parts = resource.match(segments)
            if parts is not None:
                return resource, parts
        raise not_found()

    def _directory(self, call: Call) -> Answer:
        names = ("composite", "jobs", "limits", "query", "queryAll", "sobjects", "tabs", "tooling", "ui-api")
        resources = {name: f"{call.base}/{name}" for name in names}
        return Answer(200, {**resources, "identity": self._org.identity(call.user_id)})

    def _limits(self, _: Call) -> Answer:
        daily = {"Max": self._org.daily_max, "Remaining": self._org.remaining}
        return Answer(200, {"DailyApiRequests": daily})


def _structure(store: Store, org: Org, view: View) -> list[Resource]:
    """What tells of layouts, lists, tabs and pages."""
    described = Described(store)
    return [
        *Layouts(store, view, described).resources(),
        *CompactLayouts(store, view, described).resources(),
        *ListViews(store, view).resources(),
        *UiApi(store, view).resources(),
        *Tabs(store, view).resources(),
        *tooling.Tooling(structure_rows.tooling_store(store, view), org).resources(),
    ]
