"""Opportunities with all the fields we can see, read as they are: the images before and after a write."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote

from simple_salesforce.format import format_soql

from tasks.clients import Refused, SalesforceDoor, first_error, meaning_of
from tasks.rules.proposals import Fields
from tasks.salesforce_queries import chunks

IDS_PER_QUERY = 200
QUERIES_PER_CALL = 5
ADDRESS_LENGTH = 12_000  # characters of a query in an address; 16,384 is the end, headers included
NAMES = ("Owner.Name", "LastModifiedBy.Name")
_ALWAYS = ("Id", "LastModifiedDate")
_NO_VALUES = frozenset({"address", "location", "base64", "complexvalue"})  # compound ones repeat their parts
_ERROR = 400


class OpportunityFields:
    """What Salesforce says of the fields of an opportunity that this user can see; asked once."""

    def __init__(self, door: SalesforceDoor) -> None:
        self._door = door

    @cached_property
    def _all(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(self._door.json("sobjects/Opportunity/describe")["fields"])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The API names of all fields with a value of their own. Raises as `SalesforceDoor.json`."""
        return tuple(field["name"] for field in self._all if field["type"] not in _NO_VALUES)

    def offered(self, name: str, setting: str) -> tuple[str, ...]:
        """The active values of the picklist `name`, in the org's order; () for no name.

        Raises Refused, with `setting` and the remedy, where it is missing, no picklist, or not ours to edit.
        """
        if not name:
            return ()
        field = next((field for field in self._all if field["name"] == name), None)
        if field is None:
            alike = [field["name"] for field in self._all if field["name"].casefold() == name.casefold()]
            remedy = f"Write it {alike[0]}." if alike else "Correct it, or give the user read and edit access to it."
            raise Refused(f"{setting}: Opportunity has no field {name} that the integration user can see. {remedy}")
        if field["type"] != "picklist":
            raise Refused(
                f"{setting}: {name} is no picklist but of type {field['type']}. Name a picklist, or leave it empty."
            )
        if not field["updateable"]:
            raise Refused(f"{setting}: the integration user may not edit {name}. Give it edit access to the field.")
        return tuple(value["value"] for value in field["picklistValues"] if value["active"])


class RecordReader:
    """Reads opportunities by id, five queries in a call."""

    def __init__(self, door: SalesforceDoor, described: OpportunityFields) -> None:
        self._door = door
        self._described = described

    def read(self, ids: Sequence[str]) -> dict[str, Fields]:
        """The records by id; see `OpportunityWriter.read`.

        Where the fields do not fit into one query, a record counts as modified when its oldest part was: a change
        between two parts then makes the guarded write fail.
        """
        if not ids:
            return {}
        wanted = list(dict.fromkeys(ids))
        conditions = [format_soql(" FROM Opportunity WHERE Id IN {}", some) for some in chunks(wanted, IDS_PER_QUERY)]
        selections = self._selections(ADDRESS_LENGTH - max(len(quote(condition)) for condition in conditions))
        queries = [selection + condition for condition in conditions for selection in selections]
        parts: dict[str, list[dict[str, Any]]] = {}
        for row in self._rows(queries):
            parts.setdefault(row["Id"], []).append(row)
        return {record: _whole(found) for record, found in parts.items() if len(found) == len(selections)}

    def _selections(self, room: int) -> list[str]:
        """All fields and names, in as few SELECTs as fit into `room` characters of an address."""
        selections, picked = [], list(_ALWAYS)
        for name in [*(n for n in self._described.names if n not in _ALWAYS), *NAMES]:
            if len(quote(_select([*picked, name]))) > room:
                selections.append(_select(picked))
                picked = list(_ALWAYS)
            picked.append(name)
        return [*selections, _select(picked)]

    def _rows(self, queries: Sequence[str]) -> Iterator[dict[str, Any]]:
        waiting = [f"{self._door.version_path}query?q={quote(soql)}" for soql in queries]
        while waiting:
            asked, waiting = waiting[:QUERIES_PER_CALL], waiting[QUERIES_PER_CALL:]
            for body in self._answers(asked):
                yield from (_flat(record) for record in body["records"])
                if following := body.get("nextRecordsUrl"):  # wide records come in smaller pages
                    waiting.append(following)

    def _answers(self, addresses: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        parts = [{"method": "GET", "url": url, "referenceId": f"r{n}"} for n, url in enumerate(addresses)]
        answer = self._door.json("composite", "POST", {"allOrNone": False, "compositeRequest": parts})
        for part in answer["compositeResponse"]:
            if part["httpStatusCode"] >= _ERROR:
                code, message = first_error(part["body"])
                raise meaning_of(part["httpStatusCode"], code, f"{message} [opportunities]")
            yield part["body"]


def _select(names: Sequence[str]) -> str:
    return "SELECT " + ", ".join(names)


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with the names of its parents as flat keys, and nothing of how JSON nests them."""
    row = {name: value for name, value in record.items() if name not in {"attributes", "Owner", "LastModifiedBy"}}
    for path in NAMES:
        parent, name = path.split(".")
        if parent in record:
            row[path] = (record[parent] or {}).get(name)
    return row


def _whole(parts: Sequence[dict[str, Any]]) -> Fields:
    oldest = min(part["LastModifiedDate"] for part in parts)
    return {name: value for part in parts for name, value in part.items()} | {"LastModifiedDate": oldest}
