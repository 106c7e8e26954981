"""Many queries in few calls: five in a composite, each followed page by page; or all of them as Bulk API 2.0 jobs."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import pandas as pd

from tasks.clients import Refused, SalesforceDoor, Unavailable, first_error, meaning_of
from tasks.salesforce_frames import from_csv, from_records, together
from tasks.salesforce_queries import PAGE, Read

QUERIES_PER_COMPOSITE = 5
BULK_PAGE = 100_000
FIRST_POLL_SECONDS, LAST_POLL_SECONDS = 1.0, 30.0
BULK_SECONDS = 2 * 3600
TOO_LONG = {414, 431}
SUB_SELECT_REFUSED = {"MALFORMED_QUERY", "INVALID_FIELD"}

Frames = dict[str, pd.DataFrame]
Progress = Callable[[str, int], None]


class TooLong(Refused):
    """A query lists more ids than this org takes in one request."""


@dataclass
class Cursor:
    """Where one read stands: its next address (empty when done), the pages so far, and how many rows there will be.

    `refused` is a read whose semi-join this org does not allow: it must be asked again with a list of ids.
    """

    read: Read
    next: str
    pages: list[pd.DataFrame] = field(default_factory=list)
    expected: int = 0
    refused: bool = False

    def take(self, body: dict[str, Any], base: str) -> None:
        """Keep one answered page and set where the next one is."""
        records = body["records"]
        page = from_records(records, self.read.columns)
        self.pages.append(page)
        self.expected = max(self.expected, body["totalSize"])
        if self.read.keyset:
            key = str(records[-1][self.read.keyset]) if len(records) == PAGE else ""
            self.next = _address(base, self.read, self.read.after(key)) if key else ""
        else:
            self.next = body.get("nextRecordsUrl", "")

    def give_way(self, base: str) -> bool:
        """After a refusal: ask more plainly, or leave the read to a list of ids; False where there is no other way."""
        if self.read.plainer:
            self.read = replace(self.read, soql=self.read.plainer, plainer="")
            self.next = _address(base, self.read, self.read.text)
            return True
        self.refused, self.next = self.read.semi_joined, ""
        return self.refused

    @property
    def frame(self) -> pd.DataFrame:
        return together(self.pages, self.read.columns)


def start(door: SalesforceDoor, reads: Sequence[Read]) -> list[Cursor]:
    """Cursors before their first page."""
    return [Cursor(read, _address(door.version_path, read, read.text)) for read in reads]


def step(door: SalesforceDoor, cursors: Sequence[Cursor]) -> None:
    """One composite call: the next page of up to five unfinished reads. Raises as `SalesforceDoor.json`."""
    batch = [cursor for cursor in cursors if cursor.next][:QUERIES_PER_COMPOSITE]
    subrequests = [{"method": "GET", "url": c.next, "referenceId": f"r{n}"} for n, c in enumerate(batch)]
    answer = door.json("composite", "POST", {"allOrNone": False, "compositeRequest": subrequests})
    for cursor, part in zip(batch, answer["compositeResponse"], strict=True):
        status, body = part["httpStatusCode"], part["body"]
        if status in TOO_LONG:
            raise TooLong(f"Salesforce refused a query of {len(cursor.next):,} characters ({cursor.read.name})")
        if status >= 400:  # noqa: PLR2004 - where HTTP's errors begin
            code, message = first_error(body)
            if code in SUB_SELECT_REFUSED and cursor.give_way(door.version_path):
                continue
            raise meaning_of(status, code, f"{message} [{cursor.read.name}]")
        cursor.take(body, door.version_path)


def drain(door: SalesforceDoor, cursors: Sequence[Cursor], progress: Progress) -> Frames:
    """All pages of all cursors, as one frame a read name. Raises as `step`."""
    while True:
        for cursor in cursors:
            progress(cursor.read.name, sum(len(page) for page in cursor.pages))
        if not any(cursor.next for cursor in cursors):
            break
        step(door, cursors)
    columns = {cursor.read.name: cursor.read.columns for cursor in cursors}
    return {
        name: together([c.frame for c in cursors if c.read.name == name and not c.refused], columns[name])
        for name in columns
    }


def _address(base: str, read: Read, soql: str) -> str:
    return f"{base}{'queryAll' if read.archived else 'query'}?q={quote(soql)}"


def bulk(door: SalesforceDoor, reads: Sequence[Read], sleep: Callable[[float], None], progress: Progress) -> Frames:
    """Each read as a Bulk API 2.0 query job, all started before the first is waited for.

    Polls back off from 1 to 30 seconds. Raises Refused where a job fails, Unavailable after two hours, and what
    `SalesforceDoor.json` raises.
    """
    jobs = [
        door.json("jobs/query", "POST", {"operation": "queryAll" if r.archived else "query", "query": r.text})["id"]
        for r in reads
    ]
    pages: dict[str, list[pd.DataFrame]] = {}
    for read, job in zip(reads, jobs, strict=True):
        _wait(door, read, job, sleep)
        mine = pages.setdefault(read.name, [])
        for page in _results(door, job):
            mine.append(from_csv(page, read.columns))
            progress(read.name, sum(len(p) for p in mine))
    columns = {read.name: read.columns for read in reads}
    return {name: together(mine, columns[name]) for name, mine in pages.items()}


def _results(door: SalesforceDoor, job: str) -> Iterator[pd.DataFrame]:
    locator = ""
    while locator != "null":
        at = f"&locator={locator}" if locator else ""
        page = door.csv_page(f"jobs/query/{job}/results?maxRecords={BULK_PAGE}{at}")
        yield _parsed(page.content)
        locator = page.headers.get("Sforce-Locator", "null")


def _parsed(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False, na_values=[""], engine="pyarrow")


def _wait(door: SalesforceDoor, read: Read, job: str, sleep: Callable[[float], None]) -> None:
    pause, waited = FIRST_POLL_SECONDS, 0.0
    while waited < BULK_SECONDS:
        state = door.json(f"jobs/query/{job}")
        if state["state"] == "JobComplete":
            return
        if state["state"] in {"Failed", "Aborted"}:
            raise Refused(
                f"Salesforce's bulk job for {read.name} ended as {state['state']}: {state.get('errorMessage')}"
            )
        sleep(pause)
        waited, pause = waited + pause, min(pause * 1.5, LAST_POLL_SECONDS)
    raise Unavailable(f"Salesforce's bulk job for {read.name} was not done after {BULK_SECONDS // 3600} hours")
