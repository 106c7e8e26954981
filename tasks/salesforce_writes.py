"""Writing opportunities, none over somebody else's change: each with the moment it was read at, 25 in a call.

Nothing here is repeated: whoever calls remembers what was sent, and looks before sending it again.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property
from typing import Any

from tasks.clients import Refused, SalesforceDoor, Unavailable
from tasks.rules.proposals import Fields
from tasks.salesforce_answers import Answer, Said, answer_of
from tasks.salesforce_records import OpportunityFields, RecordReader
from tasks.settings import Settings

__all__ = ["BATCH", "Answer", "Change", "OpportunityWriter", "Said", "lock_waits"]

BATCH = 25  # subrequests of a composite
LOCK_SECONDS = (1.0, 2.0, 4.0, 8.0)
_OPPORTUNITY = re.compile(r"006[A-Za-z0-9]{15}")
_REFERENCE = "@{"  # what follows would be looked up in the answer of another part, and there is no escape for it
_UNSENDABLE = Answer(Said.REFUSED, "a text with @{ in it cannot be written in one call with others: edit it by hand")
_USER = re.compile(r".*/(005[A-Za-z0-9]{15})")


@dataclass(frozen=True)
class Change:
    """What to write to one opportunity, if nobody has changed it since `unmodified_since`.

    That moment is the record's LastModifiedDate as it was read (aware). Salesforce compares whole seconds: a change
    by somebody else within the same second as the one before it goes unnoticed, so read right before writing.
    Raises ValueError for an id that is none of an opportunity's 18 characters, a naive moment, or values that are
    no JSON.
    """

    record_id: str
    fields: Fields
    unmodified_since: datetime

    def __post_init__(self) -> None:
        if not _OPPORTUNITY.fullmatch(self.record_id):
            raise ValueError(f"{self.record_id!r} is no opportunity's id of 18 characters")
        if self.unmodified_since.tzinfo is None:
            raise ValueError(f"{self.record_id}: the moment it was last modified has no time zone")
        try:
            json.dumps(dict(self.fields), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{self.record_id}: {error}") from None


class OpportunityWriter:
    """Reads opportunities with all their fields, and writes them guarded, through one door."""

    def __init__(self, door: SalesforceDoor, config: Settings) -> None:
        self._door = door
        self._config = config
        self._described = OpportunityFields(door)
        self._reader = RecordReader(door, self._described)

    @cached_property
    def us(self) -> str:
        """The id (18 characters) of the user we write as. Raises as `SalesforceDoor.json`, and Refused for no id."""
        resources = self._door.json("")
        identity = resources.get("identity") if isinstance(resources, Mapping) else None
        found = _USER.fullmatch(identity) if isinstance(identity, str) else None
        if found is None:
            raise Refused("Salesforce does not say which user we are: its list of resources has no identity")
        return found[1]

    def loss_reasons(self) -> tuple[str, ...]:
        """The loss reasons the org offers, in its order; () where RITUALS_SALESFORCE_LOSS_REASON_FIELD is empty.

        Raises Refused where that field cannot be used, with the remedy; and as `SalesforceDoor.json`.
        """
        return self._described.offered(
            self._config.salesforce_loss_reason_field, "RITUALS_SALESFORCE_LOSS_REASON_FIELD"
        )

    def read(self, ids: Sequence[str]) -> dict[str, Fields]:
        """Every field we can see of each opportunity, and `Owner.Name` and `LastModifiedBy.Name`, by its id of 18
        characters.

        Deleted and hidden ones are absent. Values are as JSON has them. Raises Unavailable, Refused or LimitReached.
        """
        return self._reader.read(ids)

    def write(self, changes: Sequence[Change]) -> dict[str, Answer]:
        """Send at most 25 changes in one call and say for each record what became of it. Each is sent once.

        Raises Unavailable when nobody knows whether any was executed; NotExecuted, LimitReached and Refused when it
        is certain that none was; ValueError for too many changes, or two of one record.
        """
        if not 1 <= len(changes) <= BATCH:
            raise ValueError(f"1 to {BATCH} changes go into one call, not {len(changes)}")
        if len({change.record_id for change in changes}) < len(changes):
            raise ValueError("one call changes a record once")
        answers = {change.record_id: _UNSENDABLE for change in changes if _refers(change.fields)}
        parts = [self._part(change) for change in changes if change.record_id not in answers]
        if parts:
            answer = self._door.write("composite", {"allOrNone": False, "compositeRequest": parts})
            said = _by_reference(answer)
            answers |= {part["referenceId"]: answer_of(said.get(part["referenceId"])) for part in parts}
        return {change.record_id: answers[change.record_id] for change in changes}

    def _part(self, change: Change) -> dict[str, Any]:
        since = change.unmodified_since.astimezone(UTC).replace(microsecond=0)
        return {
            "method": "PATCH",
            "url": f"{self._door.version_path}sobjects/Opportunity/{change.record_id}",
            "referenceId": change.record_id,
            "httpHeaders": {"If-Unmodified-Since": format_datetime(since, usegmt=True)},
            "body": dict(change.fields),
        }


def _refers(fields: Fields) -> bool:
    return any(_REFERENCE in value for value in fields.values() if isinstance(value, str))


def _by_reference(answer: object) -> dict[str, object]:
    """The parts of a composite's answer by their reference. Raises Unavailable where it is no such answer."""
    parts = answer.get("compositeResponse") if isinstance(answer, Mapping) else None
    if not isinstance(parts, list):
        raise Unavailable("Salesforce answered a write with something else: read the records to see what became of it")
    return {str(part["referenceId"]): part for part in parts if isinstance(part, Mapping) and "referenceId" in part}


def lock_waits(chance: random.Random) -> Iterator[float]:
    """The seconds to wait before each of four more attempts at records that somebody holds; `chance` spreads them."""
    for seconds in LOCK_SECONDS:
        yield seconds * chance.uniform(0.5, 1.5)
