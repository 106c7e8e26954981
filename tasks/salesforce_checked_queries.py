"""What the check of records asks of Salesforce, as SOQL. Pure. Values enter only through `format_soql`; API names are
held against the form of a name before they stand in a query."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
from simple_salesforce.format import format_soql

from tasks.rules.expected import Source
from tasks.salesforce_frames import Column, Columns, Kind
from tasks.salesforce_queries import IDS_PER_QUERY, PAGE, Read, chunks

ACCOUNTS_AND_DEALS: Final = {"001": "Account", "006": "Opportunity"}  # by the prefix of an id
_API_NAME: Final = re.compile(r"[A-Za-z]\w{0,79}", re.ASCII)
_KINDS: Final[Mapping[str, Kind]] = {
    "date": "day", "datetime": "moment", "boolean": "flag", "int": "number", "double": "number", "currency": "number",
    "percent": "number",
}  # fmt: skip
_UNKNOWN: Final = (  # how Salesforce names what it does not know, or does not let us know
    re.compile(r"No such column '(\w+)'"),
    re.compile(r"Didn't understand relationship '(\w+)'"),
)


@dataclass(frozen=True)
class Part:
    """One column of a query: what is selected, what the answer calls it, and the API name that it needs."""

    select: str
    path: str
    kind: Kind = "text"
    needs: str = ""


@dataclass(frozen=True)
class Ask:
    """A query that can do without some of its columns.

    name     of the frame         sobject, where, tail   of the query
    parts    the columns by name; one that cannot be read is left out and the others are asked for again
    keyset   see `Read`           plainer  whether it may be asked without its condition
    """

    name: str
    sobject: str
    parts: Mapping[str, Part]
    where: str = ""
    tail: str = ""
    keyset: str = ""
    plainer: bool = False

    @property
    def read(self) -> Read:
        """The query; its columns are those that are still asked for."""
        soql = _select(self.parts) + " FROM " + self.sobject + self.where + self.tail
        return Read(self.name, soql, self._columns, keyset=self.keyset)

    @property
    def _columns(self) -> Columns:
        return {name: Column(part.path, part.kind) for name, part in self.parts.items()}

    def without(self, field: str) -> "Ask | None":
        """The query without what needs this field; None where nothing of it does, or nothing else would be left."""
        kept = {name: part for name, part in self.parts.items() if part.needs.casefold() != field.casefold()}
        return replace(self, parts=kept) if kept and len(kept) < len(self.parts) else None

    def given_way(self) -> "Ask | None":
        """The query without its condition; None where it must have it."""
        return replace(self, where="", plainer=False) if self.plainer else None


def is_name(text: str) -> bool:
    """Whether it is the API name of an object or a field, and nothing more."""
    return bool(_API_NAME.fullmatch(text))


def unknown_field(message: str) -> str:
    """The field or relationship that Salesforce does not let us read, by what it says; "" where it names none."""
    return next((found[1] for known in _UNKNOWN if (found := known.search(message))), "")


def records_of(sobject: str, fields: Sequence[str], types: Mapping[str, str]) -> Ask:
    """The records of an object with these fields; `types` by field, as describe has them (text where it has none).

    Raises ValueError for what is no API name.
    """
    if strange := [name for name in (sobject, *fields) if not is_name(name)]:
        raise ValueError("no API name: " + ", ".join(strange))
    always = {"Id": Part("Id", "Id"), "Name": Part("Name", "Name", needs="Name")}
    if sobject == "Opportunity":
        always |= {name: Part(name, name, "flag", name) for name in ("IsClosed", "IsWon")}
    asked = {name: Part(name, name, _KINDS.get(types.get(name, ""), "text"), name) for name in fields}
    return Ask(sobject, sobject, {**asked, **always})


def sums() -> tuple[Ask, Ask]:
    """The opportunities of each account: how many, and of the won ones how many, when first, and how much."""
    account = Part("AccountId", "AccountId", needs="AccountId")
    every = {"account_id": account, Source.COUNT.value: Part("COUNT(Id) howMany", "howMany", "number")}
    won = {
        "account_id": account,
        Source.COUNT_WON.value: Part("COUNT(Id) howMany", "howMany", "number"),
        Source.FIRST_WON.value: Part("MIN(CloseDate) firstClosed", "firstClosed", "day", "CloseDate"),
        Source.SUM_WON.value: Part("SUM(Amount) allOfIt", "allOfIt", "number", "Amount"),
    }
    tail = f" GROUP BY AccountId ORDER BY AccountId LIMIT {PAGE}"
    where = " WHERE AccountId != null"
    return (
        Ask("sums", "Opportunity", every, where, tail, keyset="AccountId"),
        Ask("won sums", "Opportunity", won, f"{where} AND IsWon = true", tail, keyset="AccountId"),
    )


def notes() -> tuple[Ask, Ask]:
    """Classic notes of accounts and opportunities, and the enhanced notes of anything: what those hang at, only a
    second query can say."""
    classic = {
        "record_id": Part("ParentId", "ParentId"),
        "record": Part("Parent.Name", "Parent.Name", needs="Parent"),
        "at": Part("CreatedDate", "CreatedDate", "moment", "CreatedDate"),
    }
    where = format_soql(" WHERE Parent.Type IN {}", sorted(ACCOUNTS_AND_DEALS.values()))
    enhanced = {"id": Part("Id", "Id"), "at": Part("CreatedDate", "CreatedDate", "moment", "CreatedDate")}
    return Ask("notes", "Note", classic, where, plainer=True), Ask("enhanced notes", "ContentNote", enhanced)


def links_of(documents: Iterable[str], size: int = IDS_PER_QUERY) -> list[Ask]:
    """What these enhanced notes hang at. ContentDocumentLink answers only about documents that are named."""
    ids = sorted(set(documents))
    parts = {
        "id": Part("ContentDocumentId", "ContentDocumentId"),
        "record_id": Part("LinkedEntityId", "LinkedEntityId"),
        "record": Part("LinkedEntity.Name", "LinkedEntity.Name", needs="LinkedEntity"),
    }
    conditions = [format_soql(" WHERE ContentDocumentId IN {}", chunk) for chunk in chunks(ids, size)]
    return [Ask("links", "ContentDocumentLink", parts, condition) for condition in conditions]


def _select(parts: Mapping[str, Part]) -> str:
    return "SELECT " + ", ".join(part.select for part in parts.values())


def summed(every: pd.DataFrame, won: pd.DataFrame) -> pd.DataFrame:
    """One row an account that has opportunities, with the columns of both; an account without a won one has 0 of them.
    A column that could not be read is not there."""
    both = every.merge(won, on="account_id", how="outer") if "account_id" in won else every
    counts = [name for name in (Source.COUNT.value, Source.COUNT_WON.value, Source.SUM_WON.value) if name in both]
    return both.assign(**{name: both[name].fillna(0.0) for name in counts})
