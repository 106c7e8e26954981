"""The open pipeline as one reading: two calls up to 2,000 open opportunities, Bulk API 2.0 for very large orgs."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from tasks.clients import SalesforceDoor
from tasks.rules.clock import days_before, office_day
from tasks.rules.findings import Book, Level
from tasks.rules.touches import Attributed, attribute, is_touch, one_row_per_mail
from tasks.salesforce_columns import EMAIL, EVENT, TASK
from tasks.salesforce_frames import Column, Columns, conform
from tasks.salesforce_pages import Cursor, Frames, Progress, TooLong, bulk, drain, start, step
from tasks.salesforce_queries import (
    PAGE,
    Read,
    changes,
    events_of,
    mail_of,
    meetings,
    next_steps_since,
    overview,
    tasks_of,
    wholesale,
)
from tasks.settings import Settings
from tasks.slack_talk import Talk

DEALS_PER_QUERY = 600
TEXTS_FOR_DEALS = 450  # in a very large org: the silent deals, most money first, whose activities are read with texts
ACTIVITY: Columns = {"kind": Column("kind"), **TASK, **EMAIL, **EVENT}
NEWEST: Columns = {"opportunity_id": Column("id"), "kind": Column("kind"), "at": Column("at", "moment")}
TOUCH: Columns = {
    "opportunity_id": Column(""),
    "level": Column(""),
    "counts": Column("", "flag"),
    "kind": Column(""),
    "direction": Column(""),
    "at": Column("", "moment"),
    "due": Column("", "day"),
    "subject": Column(""),
    "who": Column(""),
    "record_id": Column(""),
}
_ROWS = {"tasks": "task", "events": "event", "mail": "email"}
_NEWEST = {"last tasks": "task", "last mail": "email"}


@dataclass(frozen=True)
class Reading:
    """What one review read, before any judgement.

    activities  as `touches.attribute` takes them, row by row: meetings of all deals, everything of the silent ones
    newest      opportunity_id, kind, at: the newest task and mail of the deals that were not read row by row
    silent_accounts   ids of the accounts of deals without a recent touch on their own record
    calls       made for this reading; `used` of `allowed` API calls of the org's day are gone (0 of 0 when unknown)
    attributed  what was attributed while it was read, in partitions; there are then no activities
    The other frames are as `findings.Book` and `touches.attribute` describe them.
    """

    opportunities: pd.DataFrame
    activities: pd.DataFrame
    newest: pd.DataFrame
    roles: pd.DataFrame
    history: pd.DataFrame
    stages: pd.DataFrame
    next_steps_since: date
    silent_accounts: tuple[str, ...]
    expected: int
    calls: int
    used: int
    allowed: int
    in_bulk: bool
    attributed: Attributed | None = None

    def book(self, talk: Talk, config: Settings, until: datetime) -> Book:
        """What the rules judge: every activity put on the deals it concerns, and what customers wrote in Slack."""
        found = self.attributed or attribute(
            self.activities, self.roles, self.opportunities, config.touches, until, time_zone=config.pipeline.time_zone
        )
        newest = self.newest.assign(level=str(Level.OPPORTUNITY), counts=True, direction="unknown")
        wrote = talk.messages.merge(self.opportunities[["id", "account_id"]], on="account_id")
        wrote = wrote.rename(columns={"id": "opportunity_id"}).assign(
            level=str(Level.ACCOUNT), counts=False, kind="slack", direction="inbound"
        )
        touches = [conform(frame, TOUCH) for frame in (found.touches, newest, wrote)]
        return Book(
            opportunities=self.opportunities,
            touches=pd.concat(touches, ignore_index=True),
            booked=found.booked,
            history=self.history,
            stages=self.stages,
            expected=self.expected,
            notes=talk.notes,
            next_steps_since=self.next_steps_since,
        )


@dataclass
class PipelineReader:
    """Reads the pipeline through one door. `sleep` is called between the polls of a bulk job."""

    door: SalesforceDoor
    config: Settings
    until: datetime
    silent_after_days: int
    progress: Progress = lambda _name, _rows: None
    sleep: Callable[[float], None] = time.sleep

    def read(self) -> Reading:
        """The reading; raises as `read_pipeline`."""
        cursors = start(self.door, overview(self.config, self.until))
        step(self.door, cursors)
        in_bulk = _activity_rows(cursors) > self.config.salesforce_bulk_above
        frames = self._in_bulk(cursors) if in_bulk else self._in_pages(cursors)
        used, allowed = self.door.usage
        return Reading(
            opportunities=frames["opportunities"],
            activities=by_row(frames),
            newest=_newest(frames),
            roles=frames["roles"],
            history=frames["history"],
            stages=frames["stages"],
            next_steps_since=next_steps_since(self.config.pipeline, self.until).date(),
            silent_accounts=tuple(sorted(set(frames["silent"]["account_id"].dropna()))),
            expected=cursors[0].expected,
            calls=self.door.calls,
            used=used,
            allowed=allowed,
            in_bulk=in_bulk,
        )

    def _in_pages(self, cursors: list[Cursor]) -> Frames:
        """The rest of the overview, then the silent deals' activities, packed into as few calls as they fit."""
        frames = drain(self.door, cursors, self.progress)
        ids = frames["opportunities"]["id"].tolist()
        listed = [read for cursor in cursors if cursor.refused for read in cursor.read.by_ids(ids)]
        frames |= drain(self.door, start(self.door, listed), self.progress)
        deals = self._silent(frames)
        return {
            **frames,
            **self._detailed(deals, frames["roles"], changes(self.config.pipeline, self.until)),
            "silent": deals,
        }

    def _in_bulk(self, cursors: list[Cursor]) -> Frames:
        """Everything as Bulk jobs, and by REST what those leave."""
        narrow = bulk(self.door, wholesale(self.config, self.until), self.sleep, self.progress)
        stages = next(cursor.frame for cursor in cursors if cursor.read.name == "stages")
        return {**self._completed(narrow), "stages": stages}

    def _completed(self, narrow: Frames, *also: pd.DataFrame) -> Frames:
        """What Bulk jobs gave, with the texts for the largest silent deals, and what only ids can find: activities on
        deals without an account, with people who work elsewhere, and of `also`."""
        deals, roles = narrow["opportunities"], narrow["roles"]
        silent = self._silent(narrow)
        largest = silent.sort_values("amount", ascending=False).head(TEXTS_FOR_DEALS)
        elsewhere = roles[~roles["contact_account_id"].isin(deals["account_id"].dropna())]["opportunity_id"]
        odd = deals[deals["account_id"].isna() | deals["id"].isin(elsewhere)]
        texts = self._detailed(pd.concat([largest, odd, *also]).drop_duplicates("id"), roles)
        joined = {name: pd.concat([texts[name], narrow[name]], ignore_index=True) for name in _ROWS}
        return {**narrow, **joined, "silent": silent}

    def _detailed(self, deals: pd.DataFrame, roles: pd.DataFrame, history: Read | None = None) -> Frames:
        """What concerns `deals`; with `history`, that too and the meetings of every deal. The lists of ids become
        shorter while the org finds them too long."""
        size = DEALS_PER_QUERY
        while True:
            some = _chunks(deals, size)
            lately = [meetings(self.until)] if history else []
            reads = [
                *([history] if history else []),
                *(read for half in _chunks(deals, -(-size // 2)) for read in tasks_of(self.until, half, roles)),
                *(read for n, part in enumerate(some) for read in events_of(part, roles, *(lately if n == 0 else []))),
                *(read for part in some for read in mail_of(self.until, part)),
            ]
            try:
                return {**_nothing(), **drain(self.door, start(self.door, reads), self.progress)}
            except TooLong:
                if size == 1:
                    raise
                size //= 2

    def _silent(self, frames: Frames) -> pd.DataFrame:
        """The open deals whose own record shows no touch for so many days: worth a closer look.

        A deal too many only costs reading; a touch that is found then always counts.
        """
        signs = [_moments(frames[name]) for name in _NEWEST if name in frames] or [_moments(self._lately(frames))]
        seen = pd.concat(signs, ignore_index=True)
        last = seen[seen["at"] <= self.until].groupby("opportunity_id")["at"].max()
        deals = frames["opportunities"]
        zone = self.config.pipeline.time_zone
        day = office_day(last.reindex(deals["id"]).set_axis(deals.index).astype("datetime64[us, UTC]"), zone)
        return deals[~(days_before(day, office_day(self.until, zone)) < self.silent_after_days)]

    def _lately(self, frames: Frames) -> pd.DataFrame:
        """The touches that keep a deal from being silent, of rows as Bulk jobs give them: newsletters are among those,
        which Salesforce leaves out where it groups for us."""
        since = self.until - timedelta(days=self.silent_after_days + 1)
        recent = one_row_per_mail(by_row({name: frames[name][frames[name]["at"] >= since] for name in _ROWS}))
        return recent[is_touch(recent, self.config.touches)]


def _chunks(deals: pd.DataFrame, size: int) -> list[pd.DataFrame]:
    return [deals.iloc[i : i + size] for i in range(0, max(len(deals), 1), size)]


def _nothing() -> Frames:
    """Every kind of activity, for when there is no silent deal to read any of."""
    return {name: conform(pd.DataFrame(), columns) for name, columns in zip(_ROWS, (TASK, EVENT, EMAIL), strict=True)}


def _moments(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={"what_id": "opportunity_id"})[["opportunity_id", "at"]]


def by_row(frames: Frames) -> pd.DataFrame:
    """All activities that were read, each once, as `touches.attribute` takes them."""
    rows = [frames[name].assign(kind=kind) for name, kind in _ROWS.items() if name in frames]
    return pd.concat([conform(frame, ACTIVITY) for frame in rows], ignore_index=True).drop_duplicates("id")


def _newest(frames: Frames) -> pd.DataFrame:
    found = [conform(frames[name].assign(kind=kind), NEWEST) for name, kind in _NEWEST.items() if name in frames]
    every = pd.concat([conform(pd.DataFrame(), NEWEST), *found], ignore_index=True)
    return every[~every["opportunity_id"].isin(frames["silent"]["id"])].reset_index(drop=True)


def _activity_rows(cursors: Sequence[Cursor]) -> float:
    """How many activities the open deals have, by the first page of the aggregates: exact when it is the only one,
    else in proportion to the deals."""
    grouped = [page["rows"] for cursor in cursors if cursor.read.keyset for page in cursor.pages[:1]]
    more = max(cursors[0].expected / PAGE, 1.0)
    return float(sum(rows.sum() * (more if len(rows) == PAGE else 1.0) for rows in grouped))
