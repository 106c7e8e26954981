"""The query resources: SOQL in, pages out."""

import re

from deployments.sandbox.salesforce.cursors import PAGE, Cursors
from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.soql import run
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.visible import Visible

_SMALLEST = 200
_BATCH = re.compile(r"\bbatchSize\s*=\s*(\d+)", re.IGNORECASE)


class Queries:
    """query, queryAll and what follows a first page."""

    def __init__(self, store: Store, org: Org) -> None:
        self._store = store
        self._org = org
        self._cursors = Cursors(store.now)

    def resources(self) -> list[Resource]:
        """query, queryAll, and query/<locator>."""
        return [
            Resource("query", {"GET": self._query}, "query"),
            Resource("queryAll", {"GET": self._query_all}, "query"),
            Resource("query/{locator}", {"GET": self._more}, "query"),
            Resource("queryAll/{locator}", {"GET": self._more}, "query"),
        ]

    def _query(self, call: Call) -> Answer:
        return self._first(call, all_rows=False)

    def _query_all(self, call: Call) -> Answer:
        return self._first(call, all_rows=True)

    def _first(self, call: Call, *, all_rows: bool) -> Answer:
        soql = call.query.get("q")
        if not soql:
            raise SalesforceError(400, "MALFORMED_QUERY", "A query string has to be specified")
        self._org.accept(soql)
        size = _batch_size(call)
        source = Visible(self._store, self._org.hidden_objects)
        result = run.query(source, soql, all_rows=all_rows, user_id=call.user_id, version=call.version)
        return Answer(200, self._cursors.first(result.total, result.records, call.user_id, size, call.base))

    def _more(self, call: Call) -> Answer:
        return Answer(200, self._cursors.next(call.part("locator"), call.user_id, _batch_size(call), call.base))


def _batch_size(call: Call) -> int:
    """What Sforce-Query-Options asks for. SalesforceError outside 200 to 2,000."""
    asked = _BATCH.search(call.headers.get("sforce-query-options", ""))
    size = int(asked[1]) if asked else PAGE
    if not _SMALLEST <= size <= PAGE:
        message = f"Batch size must be between {_SMALLEST} and {PAGE}"
        raise SalesforceError(400, "INVALID_BATCH_SIZE", message)
    return size
