"""The records that the check of Salesforce looks at: their values, what their roll-ups sum, and notes.

What may not be read costs only itself and is named; what cannot be read now is raised, and the task repeats.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tasks.clients import LimitReached, Refused, SalesforceDoor, first_error, meaning_of
from tasks.rules.org_facts import RecordFacts
from tasks.rules.record_checks import Wanted
from tasks.salesforce_checked_queries import (
    ACCOUNTS_AND_DEALS,
    Ask,
    links_of,
    notes,
    records_of,
    summed,
    sums,
    unknown_field,
)
from tasks.salesforce_frames import Column, Columns, conform, from_records
from tasks.salesforce_pages import (
    QUERIES_PER_COMPOSITE,
    TOO_LONG,
    Cursor,
    Frames,
    Progress,
    TooLong,
    bulk,
    drain,
    start,
)
from tasks.salesforce_queries import IDS_PER_QUERY
from tasks.settings import Settings

_NOTE: Final[Columns] = {
    "object": Column(""), "record_id": Column(""), "record": Column(""), "kind": Column(""), "at": Column("", "moment"),
}  # fmt: skip
_ERROR: Final = 400
_ASKED_PLAINER: Final = {"INVALID_FIELD", "MALFORMED_QUERY"}
_SUMS, _NOTES = "sums", "notes"
_KEY_OF: Final = {"sums": _SUMS, "won sums": _SUMS, "notes": _NOTES, "enhanced notes": _NOTES, "links": _NOTES}
_CURRENCIES: Final = (
    "amounts are in several currencies and Salesforce sums them in the corporate one, which a roll-up in the account's "
    "currency cannot be held against"
)

Unread = dict[str, str]


@dataclass(frozen=True)
class RecordReading:
    """What one check read of the records.

    calls   made for it; `used` of `allowed` API calls of the org's day are gone (0 of 0 when unknown)
    """

    records: RecordFacts
    calls: int
    used: int
    allowed: int
    in_bulk: bool = False


@dataclass
class RecordReader:
    """Reads through one door. `catalogue` (see org_facts.CATALOGUE) tells the types of fields: without it all values
    stay texts as Salesforce writes them. `sleep` is called between the polls of a bulk job."""

    door: SalesforceDoor
    config: Settings
    progress: Progress = lambda _name, _rows: None
    catalogue: pd.DataFrame | None = None
    sleep: Callable[[float], None] = time.sleep

    def read(self, wanted: Wanted) -> RecordReading:
        """What is wanted, of all records that the integration user may see; what it may not read is in `unread`, with
        the remedy. Raises Unavailable, or LimitReached; Refused only where nothing at all is answered."""
        unread: Unread = {}
        asks = [self._records(sobject, fields) for sobject, fields in wanted.fields.items()]
        asks += [*(self._sums(unread) if wanted.sums else ()), *(notes() if wanted.notes else ())]
        cursors = self._opened(asks, unread)
        large = [c for c in cursors if c.read.name in wanted.fields]
        in_bulk = sum(cursor.expected for cursor in large) > self.config.salesforce_bulk_above
        frames = self._in_bulk(large) if in_bulk else {}
        frames |= drain(self.door, [c for c in cursors if c.read.name not in frames], self.progress)
        records = RecordFacts(
            frames={name: frames[name] for name in wanted.fields if self._any_seen(name, frames, unread)},
            sums=_summed(frames),
            notes=self._notes(frames, unread) if wanted.notes else pd.DataFrame(),
            unread=unread,
        )
        used, allowed = self.door.usage
        return RecordReading(records, self.door.calls, used, allowed, in_bulk=in_bulk)

    def _records(self, sobject: str, fields: Iterable[str]) -> Ask:
        known = self.catalogue
        own = known[known["object"].eq(sobject)] if known is not None else None
        types = {} if own is None else dict(zip(own["field"], own["type"], strict=True))
        return records_of(sobject, tuple(fields), types)

    def _sums(self, unread: Unread) -> tuple[Ask, ...]:
        every, won = sums()
        if not self.config.salesforce_currency_field:
            return every, won
        unread[_SUMS] = _CURRENCIES
        return every, won.without("Amount") or won

    def _opened(self, asks: Iterable[Ask], unread: Unread) -> list[Cursor]:
        """Cursors after their first page, five queries a call. What is refused is asked for with less; what is refused
        even then has no cursor."""
        waiting, opened = deque(asks), list[Cursor]()
        while waiting:
            batch = [waiting.popleft() for _ in range(min(QUERIES_PER_COMPOSITE, len(waiting)))]
            cursors = start(self.door, [ask.read for ask in batch])
            requests = [{"method": "GET", "url": c.next, "referenceId": f"r{n}"} for n, c in enumerate(cursors)]
            answer = self.door.json("composite", "POST", {"allOrNone": False, "compositeRequest": requests})
            for ask, cursor, part in zip(batch, cursors, answer["compositeResponse"], strict=True):
                if part["httpStatusCode"] < _ERROR:
                    cursor.take(part["body"], self.door.version_path)
                    opened.append(cursor)
                elif less := _with_less(ask, part["httpStatusCode"], part["body"], unread):
                    waiting.append(less)
        return opened

    def _in_bulk(self, cursors: list[Cursor]) -> Frames:
        """By Bulk API 2.0; nothing for an org or a query that it does not take, which is then read in pages."""
        try:
            return bulk(self.door, [cursor.read for cursor in cursors], self.sleep, self.progress)
        except LimitReached:
            raise
        except Refused:
            return {}

    def _any_seen(self, sobject: str, frames: Frames, unread: Unread) -> bool:
        """Whether there is anything to judge: of nothing, everything would be true."""
        if sobject in frames and frames[sobject].empty:
            unread[sobject] = (
                f"not one record of {sobject} can be seen: there is none, or the integration user lacks View All on it"
            )
        return sobject in frames and not frames[sobject].empty

    def _notes(self, frames: Frames, unread: Unread) -> pd.DataFrame:
        """One row a note that may be read and hangs on an account or opportunity; see RecordFacts.notes."""
        found = []
        if "notes" in frames:
            found.append(frames["notes"].assign(kind="classic"))
        if "enhanced notes" in frames:
            enhanced = frames["enhanced notes"]
            found.append(self._hanging(enhanced, unread).merge(enhanced, on="id", how="left").assign(kind="enhanced"))
        every = pd.concat([conform(frame, _NOTE) for frame in found] or [from_records([], _NOTE)], ignore_index=True)
        every["object"] = every["record_id"].str[:3].map(ACCOUNTS_AND_DEALS).astype("str")
        every["record"] = every["record"].fillna(every["record_id"])
        return every[every["object"].notna()].reset_index(drop=True)

    def _hanging(self, enhanced: pd.DataFrame, unread: Unread) -> pd.DataFrame:
        """What enhanced notes hang at: id, record_id, record. The lists of ids become shorter while too long."""
        size = IDS_PER_QUERY
        while True:
            try:
                cursors = self._opened(links_of(enhanced["id"], size), unread)
                none = from_records([], {name: Column("") for name in ("id", "record_id", "record")})
                return drain(self.door, cursors, self.progress).get("links", none)
            except TooLong:
                if size == 1:
                    raise
                size //= 2


def _with_less(ask: Ask, status: int, body: Any, unread: Unread) -> Ask | None:
    """What to ask for after a refusal; None where nothing is left to ask, which `unread` then says. Raises what time
    can cure, and what concerns more than this query."""
    if status in TOO_LONG:
        raise TooLong(f"Salesforce refused a query that is too long ({ask.name})")
    code, message = first_error(body)
    if code == "INVALID_FIELD" and (field := unknown_field(message)) and (less := ask.without(field)):
        key = _KEY_OF.get(ask.name, f"{ask.sobject}.{field}")
        if key != _NOTES:  # of a note its name and day can be missed
            unread[key] = (
                f"{ask.sobject}.{field} cannot be read: give the integration user read access to the field, or correct "
                "its name"
            )
        return less
    if code in _ASKED_PLAINER and (plainer := ask.given_way()):
        return plainer
    meaning = meaning_of(status, code, message)
    if isinstance(meaning, LimitReached) or not isinstance(meaning, Refused):
        raise meaning
    unread[_KEY_OF.get(ask.name, ask.sobject)] = f"{meaning} [{ask.sobject}]"
    return None


def _summed(frames: Frames) -> pd.DataFrame:
    return summed(frames["sums"], frames.get("won sums", pd.DataFrame())) if "sums" in frames else pd.DataFrame()
