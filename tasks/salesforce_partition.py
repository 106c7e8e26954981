"""The pipeline of some owners: read by Bulk API 2.0, reduced to what tells of each deal, and put together again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from tasks.rules.among import is_among
from tasks.rules.clock import office_day
from tasks.rules.partitions import Partition
from tasks.rules.pipeline_telling import next_meetings, telling
from tasks.rules.policy import PipelinePolicy
from tasks.rules.touches import Attributed, attribute
from tasks.salesforce_columns import HISTORY, ROLE
from tasks.salesforce_frames import Column, Columns, conform, together
from tasks.salesforce_pages import Frames, bulk, drain, start, step
from tasks.salesforce_partition_queries import mail_beside, of_deals, still_theirs
from tasks.salesforce_pipeline import ACTIVITY, NEWEST, TOUCH, PipelineReader, Reading, by_row
from tasks.salesforce_queries import around, next_steps_since, overview, wholesale

BOOKED: Columns = {
    "opportunity_id": Column(""),
    "level": Column(""),
    "starts": Column("", "moment"),
    "subject": Column(""),
}


@dataclass(frozen=True)
class Deals:
    """Every open opportunity, before anything is read around them: `opportunities` and `stages` as in `Reading`, how
    many there are to be, and what that cost."""

    opportunities: pd.DataFrame
    stages: pd.DataFrame
    expected: int
    calls: int


@dataclass(frozen=True)
class Part:
    """What tells of the deals of one partition: `touches`, `booked` and `history` as in `findings.Book`, the rest as in
    `Reading`."""

    touches: pd.DataFrame
    booked: pd.DataFrame
    history: pd.DataFrame
    silent_accounts: tuple[str, ...]
    calls: int
    used: int
    allowed: int


@dataclass
class PartitionReader(PipelineReader):
    """Reads one partition through one door."""

    def deals(self, above: int) -> Deals | None:
        """The deals to part; None, after one call, where there are not more than `above`."""
        cursors = start(self.door, overview(self.config, self.until))
        step(self.door, cursors)
        if cursors[0].expected <= above:
            return None
        found = bulk(self.door, wholesale(self.config, self.until)[:1], self.sleep, self.progress)
        stages = next(cursor.frame for cursor in cursors if cursor.read.name == "stages")
        return Deals(found["opportunities"], stages, cursors[0].expected, self.door.calls)

    def part(self, partition: Partition) -> Part:
        """What tells of its deals; raises as `read_pipeline`."""
        deals = partition.deals
        frames = self._around(partition)
        everyone = pd.concat([deals, partition.neighbours], ignore_index=True)
        zone = self.config.pipeline.time_zone
        found = attribute(by_row(frames), frames["roles"], everyone, self.config.touches, self.until, time_zone=zone)
        today = office_day(self.until, zone)
        used, allowed = self.door.usage
        return Part(
            touches=telling(found.touches, deals, today, zone, self.silent_after_days),
            booked=next_meetings(found.booked[is_among(found.booked["opportunity_id"], deals["id"])]),
            history=frames["history"],
            silent_accounts=tuple(sorted(set(frames["silent"]["account_id"].dropna()))),
            calls=self.door.calls,
            used=used,
            allowed=allowed,
        )

    def _around(self, partition: Partition) -> Frames:
        """All that concerns the partition's deals. Those that have changed hands since they were parted are no longer
        found by their owner, but by their ids."""
        deals, owners = partition.deals, partition.owners
        reads = [still_theirs(owners), *around(self.config, self.until, owners)]
        narrow = bulk(self.door, reads, self.sleep, self.progress)
        moved = deals[~is_among(deals["id"], narrow["opportunities"]["id"])]
        narrow = {**narrow, **self._of_moved(narrow, moved), "opportunities": deals}
        history = narrow["history"]  # deals that have come into these hands are told of by their own partition
        narrow["history"] = history[is_among(history["opportunity_id"], deals["id"])]
        frames = self._completed(narrow, moved)
        return {**frames, "mail": pd.concat([self._mail_of_others(frames), frames["mail"]], ignore_index=True)}

    def _of_moved(self, narrow: Frames, moved: pd.DataFrame) -> Frames:
        """The roles and the history, where deals have changed hands with theirs."""
        if moved.empty:
            return {}
        reads = of_deals(self.config, self.until, moved["id"].tolist())
        found = drain(self.door, start(self.door, reads), self.progress)
        # As if they worked elsewhere: so their activities on accounts of others are found too.
        found["roles"] = conform(found["roles"].drop(columns="contact_account_id"), ROLE)
        kept = {name: narrow[name][~is_among(narrow[name]["opportunity_id"], moved["id"])] for name in found}
        return {name: pd.concat([kept[name], frame], ignore_index=True) for name, frame in found.items()}

    def _mail_of_others(self, frames: Frames) -> pd.DataFrame:
        """Mail that is filed elsewhere, with people of these deals: the task beside a mail alone knows whose it is."""
        deals, tasks = frames["opportunities"], frames["tasks"]
        here = is_among(tasks["what_id"], deals["id"]) | is_among(tasks["what_id"], deals["account_id"])
        theirs = is_among(tasks["who_id"], frames["roles"]["contact_id"])
        beside = tasks.loc[theirs & tasks["what_id"].notna() & ~here, "id"].unique().tolist()
        reads = mail_beside(self.until, beside)
        return drain(self.door, start(self.door, reads), self.progress).get("mail", frames["mail"].head(0))


def gathered(deals: Deals, parts: Sequence[Part], policy: PipelinePolicy, until: datetime) -> Reading:
    """The reading of all of `deals`, of which `parts` tell."""
    touches = together([part.touches for part in parts], TOUCH)
    booked = together([part.booked for part in parts], BOOKED)
    return Reading(
        opportunities=deals.opportunities,
        activities=conform(pd.DataFrame(), ACTIVITY),
        newest=conform(pd.DataFrame(), NEWEST),
        roles=conform(pd.DataFrame(), ROLE),
        history=together([part.history for part in parts], HISTORY),
        stages=deals.stages,
        next_steps_since=next_steps_since(policy, until).date(),
        silent_accounts=tuple(sorted({account for part in parts for account in part.silent_accounts})),
        expected=deals.expected,
        calls=deals.calls + sum(part.calls for part in parts),
        used=max((part.used for part in parts), default=0),
        allowed=max((part.allowed for part in parts), default=0),
        in_bulk=True,
        attributed=Attributed(touches, booked),
    )
