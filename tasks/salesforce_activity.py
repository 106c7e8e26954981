"""One window of activity as one reading: three or four calls for a team, Bulk API 2.0 for very large orgs."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf

import pandas as pd

from tasks.clients import SalesforceDoor
from tasks.rules.activity_findings import ActivityBook, Window
from tasks.salesforce_activity_columns import ACTIVITY
from tasks.salesforce_activity_people import (
    MOST_ADDRESSES,
    accounts_of,
    deals_of,
    managers_of,
    missing_of,
    nobody_is,
    people_of,
    reps_of,
)
from tasks.salesforce_activity_queries import Missing, activities, first_look, opportunities, the_rest, touched
from tasks.salesforce_frames import conform, together
from tasks.salesforce_pages import Cursor, Frames, Progress, TooLong, bulk, drain, start, step
from tasks.salesforce_queries import IDS_PER_QUERY, PAGE
from tasks.settings import Settings, SettingsError

_KINDS = {"tasks": "task", "events": "event", "mail": "email"}
_PEOPLE = ("contacts", "leads", "accounts")
Counts = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class ActivityReading:
    """What one review read, before any judgement.

    calls   made for this reading; `used` of `allowed` API calls of the org's day are gone (0 of 0 when unknown)
    """

    book: ActivityBook
    calls: int
    used: int
    allowed: int
    in_bulk: bool


@dataclass
class ActivityReader:
    """Reads a window through one door. `sleep` is called between the polls of a bulk job."""

    door: SalesforceDoor
    config: Settings
    window: Window
    progress: Progress = lambda _name, _rows: None
    sleep: Callable[[float], None] = time.sleep

    def read(self) -> ActivityReading:
        """The reading. Raises SettingsError where no rep is named, and what `SalesforceDoor.json` raises."""
        if not self.config.reps.anybody:
            raise SettingsError(
                "RITUALS_REPS__ROLES is empty: name the roles, profiles or users whose activity is reviewed."
            )
        before = self.door.calls
        cursors = start(self.door, first_look(self.config, self.window))
        step(self.door, cursors)
        rows = sum(cursor.expected for cursor in cursors if cursor.read.name in _KINDS)
        in_bulk = rows > self.config.salesforce_bulk_above
        frames, counts = self._in_bulk(cursors) if in_bulk else self._in_pages(cursors)
        missing = missing_of(frames)
        more, counted = self._the_rest(missing)
        for name in _PEOPLE:
            frames[name] = pd.concat([frames[name], more[name]], ignore_index=True) if name in more else frames[name]
            counts[name] = (counts[name][0] + counted[name][0], counts[name][1] + counted[name][1])
        used, allowed = self.door.usage
        return ActivityReading(
            self._book(frames, counts, missing), self.door.calls - before, used, allowed, in_bulk=in_bulk
        )

    def _in_pages(self, cursors: list[Cursor]) -> tuple[Frames, Counts]:
        """All pages of the first look, with the people that were touched beside them."""
        every = [*cursors, *start(self.door, touched(self.config, self.window))]
        return self._drained(every), _counted(every)

    def _in_bulk(self, cursors: list[Cursor]) -> tuple[Frames, Counts]:
        """Everything but the users as Bulk jobs. The first look said how many activities there are to be."""
        [users, *others] = cursors
        frames, counts = self._drained([users]), _counted([users])
        said = {cursor.read.name: cursor.expected for cursor in others}
        reads = [
            *activities(self.config, self.window),
            opportunities(self.config, self.window),
            *touched(self.config, self.window),
        ]
        frames |= bulk(self.door, reads, self.sleep, self.progress)
        for read in reads:
            rows = len(frames[read.name])
            counts[read.name] = (rows, max(rows, said.get(read.name, 0)))
        return frames, counts

    def _the_rest(self, missing: Missing) -> tuple[Frames, Counts]:
        """Whom activities name beside. The lists of ids become shorter while the org finds them too long."""
        few, size = replace(missing, addresses=missing.addresses[:MOST_ADDRESSES]), IDS_PER_QUERY
        while True:
            cursors = start(self.door, the_rest(self.config, few, size))
            try:
                return self._drained(cursors), _counted(cursors)
            except TooLong:
                if size == 1:
                    raise
                size //= 2

    def _drained(self, cursors: Sequence[Cursor]) -> Frames:
        """All pages, five a call. A read's pages follow one another, so those with most of them left go first."""
        while any(cursor.next for cursor in cursors):
            step(self.door, sorted(cursors, key=_pages_left, reverse=True))
            for cursor in cursors:
                self.progress(cursor.read.name, _rows(cursor))
        return drain(self.door, cursors, self.progress)

    def _book(self, frames: Frames, counts: Counts, missing: Missing) -> ActivityBook:
        """What the rules judge."""
        people, accounts = people_of(frames), accounts_of(frames)
        reps = reps_of(frames["users"], self.config)
        found = [conform(frames.pop(name).assign(kind=kind), ACTIVITY) for name, kind in _KINDS.items()]
        return ActivityBook(
            activities=together(found, ACTIVITY),
            people=people,
            accounts=accounts,
            deals=deals_of(frames["opportunities"], self.window.time_zone),
            reps=reps,
            managers=managers_of(frames["users"], reps, self.config),
            read=counts,
            notes=(*nobody_is(frames["users"], self.config), *_not_found(missing, people)),
        )


def _pages_left(cursor: Cursor) -> float:
    return ceil((cursor.expected - _rows(cursor)) / PAGE) if cursor.pages else inf  # whose first page tells


def _rows(cursor: Cursor) -> int:
    return sum(len(page) for page in cursor.pages)


def _counted(cursors: Sequence[Cursor]) -> Counts:
    """Rows read, and how many Salesforce said there are, by what was read; nothing of people that nobody asked for."""
    counts: Counts = dict.fromkeys(_PEOPLE, (0, 0))
    for cursor in cursors:
        rows, there = counts.get(cursor.read.name, (0, 0))
        counts[cursor.read.name] = (rows + _rows(cursor), there + cursor.expected)
    return counts


def _not_found(missing: Missing, people: pd.DataFrame) -> list[str]:
    """What is to be known of people whom activities name and who are not among those that were read."""
    unread = len({*missing.contacts, *missing.leads} - set(people["id"]))
    unasked = len(missing.addresses[MOST_ADDRESSES:])
    notes = []
    if unread:
        notes.append(
            f"{unread:,} of the people whom activities name could not be read: deleted, or hidden from the integration "
            "user (give it View All on contacts and leads)."
        )
    if unasked:
        notes.append(f"{unasked:,} rare addresses, of mail that names nobody, were not looked up.")
    return notes
