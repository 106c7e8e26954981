"""Pages of a query and the edges of the API around them."""

import gzip
from collections.abc import Iterator

import pytest

from deployments.sandbox.salesforce.cursors import Cursors, Record
from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.ids import make_id

from .company import ACME_2026, ALEX, SAM, Clock, Salesforce, refusal

BASE = "/services/data/v67.0"


def add_tasks(salesforce: Salesforce, count: int) -> None:
    rows = ((make_id("00T", n), ACME_2026, f"Mail {n}") for n in range(count))
    salesforce.store.insert_many("Task", ("Id", "WhatId", "Subject"), rows)


def pages(salesforce: Salesforce, soql: str, batch: int | None = None) -> Iterator[Record]:
    headers = {"Sforce-Query-Options": f"batchSize={batch}"} if batch else None
    page = salesforce.soql(soql, headers)
    yield page
    while not page["done"]:
        page = salesforce.call("GET", page["nextRecordsUrl"], headers=headers).json()
        yield page


def test_a_page_has_2000_rows_and_says_where_the_next_is(salesforce: Salesforce) -> None:
    add_tasks(salesforce, 4001)
    read = list(pages(salesforce, "SELECT Id FROM Task ORDER BY Id"))
    assert [(len(p["records"]), p["totalSize"], p["done"]) for p in read] == [
        (2000, 4001, False),
        (2000, 4001, False),
        (1, 4001, True),
    ]
    assert [r["Id"] for p in read for r in p["records"]] == [make_id("00T", n) for n in range(4001)]
    assert read[0]["nextRecordsUrl"].startswith(f"{BASE}/query/01g")
    assert read[0]["nextRecordsUrl"].endswith("-2000")
    assert "nextRecordsUrl" not in read[2]


def test_exactly_one_page_has_no_next(salesforce: Salesforce) -> None:
    add_tasks(salesforce, 2000)
    (page,) = pages(salesforce, "SELECT Id FROM Task")
    assert (len(page["records"]), page["done"]) == (2000, True)


@pytest.mark.parametrize(("batch", "sizes"), [(200, [200, 200, 50]), (2000, [450])])
def test_a_smaller_batch_is_honoured(salesforce: Salesforce, batch: int, sizes: list[int]) -> None:
    add_tasks(salesforce, 450)
    assert [len(p["records"]) for p in pages(salesforce, "SELECT Id FROM Task", batch)] == sizes


@pytest.mark.parametrize("batch", [199, 2001])
def test_a_batch_out_of_range_is_refused(salesforce: Salesforce, batch: int) -> None:
    headers = {"Sforce-Query-Options": f"batchSize={batch}"}
    answer = salesforce.call("GET", "query", params={"q": "SELECT Id FROM Task"}, headers=headers)
    assert refusal(answer)[:2] == (400, "INVALID_BATCH_SIZE")


def test_child_rows_count_and_overflow_into_pages_of_their_own(salesforce: Salesforce) -> None:
    add_tasks(salesforce, 450)
    soql = "SELECT Id, (SELECT Id FROM Tasks ORDER BY Id) FROM Opportunity ORDER BY Name"
    first, second = pages(salesforce, soql, 200)
    assert [r["Id"] for r in first["records"]] == [ACME_2026]
    tasks = first["records"][0]["Tasks"]
    assert (tasks["totalSize"], tasks["done"], len(tasks["records"])) == (450, False, 199)
    assert [r["Tasks"] for r in second["records"]] == [None, None]
    ids = [r["Id"] for r in tasks["records"]]
    while not tasks["done"]:
        tasks = salesforce.call("GET", tasks["nextRecordsUrl"]).json()
        ids += [r["Id"] for r in tasks["records"]]
    assert ids == [make_id("00T", n) for n in range(450)]


@pytest.mark.parametrize("locator", ["01gSx0000000009IAA-2000", "01gSx0000000001IAA-9999", "01gSx0000000001IAA", "x"])
def test_a_locator_that_is_none_is_refused(salesforce: Salesforce, locator: str) -> None:
    add_tasks(salesforce, 2001)
    salesforce.soql("SELECT Id FROM Task")
    answer = salesforce.call("GET", f"query/{locator}")
    assert refusal(answer) == (400, "INVALID_QUERY_LOCATOR", "invalid query locator")


def records(count: int) -> list[Record]:
    return [{"Id": n} for n in range(count)]


class TestCursors:
    def first(self, cursors: Cursors, user: str = ALEX) -> str:
        page = cursors.first(3000, records(3000), user, 2000, BASE)
        return str(page["nextRecordsUrl"].rsplit("/", 1)[1])

    def test_belong_to_their_user(self, clock: Clock) -> None:
        cursors = Cursors(clock)
        locator = self.first(cursors)
        with pytest.raises(SalesforceError, match="INVALID_QUERY_LOCATOR"):
            cursors.next(locator, SAM, 2000, BASE)
        assert len(cursors.next(locator, ALEX, 2000, BASE)["records"]) == 1000

    @pytest.mark.parametrize(("hours", "alive"), [(48, True), (48.1, False)])
    def test_live_two_days(self, clock: Clock, hours: float, alive: bool) -> None:
        cursors = Cursors(clock)
        locator = self.first(cursors)
        clock.pass_(hours=hours)
        if alive:
            assert cursors.next(locator, ALEX, 2000, BASE)["done"]
        else:
            with pytest.raises(SalesforceError, match="INVALID_QUERY_LOCATOR"):
                cursors.next(locator, ALEX, 2000, BASE)

    def test_a_user_has_ten_and_the_oldest_goes(self, clock: Clock) -> None:
        cursors = Cursors(clock)
        other = self.first(cursors, SAM)
        opened = [self.first(cursors) for _ in range(11)]
        with pytest.raises(SalesforceError, match="INVALID_QUERY_LOCATOR"):
            cursors.next(opened[0], ALEX, 2000, BASE)
        for locator, user in [(opened[1], ALEX), (opened[10], ALEX), (other, SAM)]:
            assert cursors.next(locator, user, 2000, BASE)["done"]


def test_query_all_sees_the_recycle_bin(salesforce: Salesforce) -> None:
    salesforce.call("DELETE", f"sobjects/Opportunity/{ACME_2026}")
    soql = {"q": "SELECT COUNT() FROM Opportunity"}
    found = [salesforce.call("GET", path, params=soql).json()["totalSize"] for path in ("query", "queryAll")]
    assert found == [2, 3]


@pytest.mark.parametrize("path", ["query", "query?q=", "queryAll?soql=SELECT"])
def test_a_query_must_be_given(salesforce: Salesforce, path: str) -> None:
    assert refusal(salesforce.call("GET", path)) == (400, "MALFORMED_QUERY", "A query string has to be specified")


def test_records_name_the_version_that_was_asked(salesforce: Salesforce) -> None:
    answer = salesforce.call("GET", "/services/data/v59.0/query", params={"q": "SELECT Id FROM User LIMIT 1"})
    assert answer.json()["records"][0]["attributes"]["url"] == f"/services/data/v59.0/sobjects/User/{ALEX}"


def test_every_call_counts_and_tells_what_is_left(salesforce: Salesforce) -> None:
    salesforce.org.daily_max = 5
    used = [salesforce.call("GET", path).headers["Sforce-Limit-Info"] for path in ("query", "sobjects/User", "nothing")]
    assert used == ["api-usage=1/5", "api-usage=2/5", "api-usage=3/5"]
    limits = salesforce.call("GET", "limits").json()
    assert limits["DailyApiRequests"] == {"Max": 5, "Remaining": 1}
    assert salesforce.call("GET", "limits").status_code == 200
    refused = salesforce.call("GET", "limits")
    assert refusal(refused) == (403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")


def test_an_address_may_be_16384_bytes(salesforce: Salesforce) -> None:
    soql = "SELECT Id FROM Opportunity WHERE Id IN ('{}')"

    def status(ids: int) -> int:
        listed = "','".join(make_id("006", n) for n in range(ids))
        return salesforce.call("GET", "query", params={"q": soql.format(listed)}).status_code

    assert [status(450), status(600), status(640)] == [200, 431, 414]


def test_answers_are_compressed_when_asked(salesforce: Salesforce) -> None:
    add_tasks(salesforce, 200)
    plain, packed = (
        salesforce.call("GET", "query?q=SELECT Id FROM Task", headers={"Accept-Encoding": kind}, stream=True)
        for kind in ("identity", "gzip")
    )
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    raw = packed.raw.read(decode_content=False)
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 3
