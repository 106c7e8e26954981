"""Asking for one thing after another: what is refused is noted with its remedy, and all else is still asked for."""

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from tasks.clients import REMEDIES, LimitReached, Refused, SalesforceDoor
from tasks.rules.bodies import Body, bodies, body, text
from tasks.rules.org_facts import Surface, Unread

SETUP: Final = "Give the integration user “View Setup and Configuration”."
READ: Final = "Give the integration user read access to the object."
_OF_OBJECTS: Final = "If you are attempting to use a custom object"
PAGES: Final = (Surface.LAYOUT, Surface.LIGHTNING)
FIELDS: Final = (Surface.HIGHLIGHTS, *PAGES)  # where fields stand


@dataclass
class Asking:
    """Reads through one door. `unread` and `notes` grow as `OrgFacts` has them.

    All methods raise Unavailable and LimitReached as `SalesforceDoor.json`.
    """

    door: SalesforceDoor
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def missing(self, why: str, surfaces: tuple[Surface, ...], sobject: str = "") -> None:
        """What these surfaces of the object (of all objects) hold is not known, and why."""
        self.unread += [Unread(surface, sobject, why) for surface in surfaces]

    def get(self, path: str, remedy: str, surfaces: tuple[Surface, ...], sobject: str = "") -> Body | None:
        """The object at `path`; None where it was refused, which is then noted for the surfaces."""
        try:
            return body(self.door.json(path))
        except LimitReached:
            raise
        except Refused as error:
            self.missing(_why(error, remedy), surfaces, sobject)
            return None

    def rows(
        self, path: str, key: str, remedy: str, surfaces: tuple[Surface, ...], sobject: str = ""
    ) -> list[Body] | None:
        """All pages of the list `key` from `path` on; None where one was refused."""
        found: list[Body] = []
        while path:
            page = self.get(path, remedy, surfaces, sobject)
            if page is None:
                return None
            found += bodies(page.get(key))
            path = text(page, "nextRecordsUrl").removeprefix(self.door.version_path)
        return found

    def query(
        self, soql: str, remedy: str, surfaces: tuple[Surface, ...], *, tooling: bool = False
    ) -> list[Body] | None:
        """The records of a query; None where it was refused."""
        path = f"{'tooling/' if tooling else ''}query?q={quote(soql)}"
        return self.rows(path, "records", remedy, surfaces)

    def metadata(self, kind: str, id_: str, surfaces: tuple[Surface, ...], sobject: str = "") -> Body | None:
        """The `Metadata` of one record of the Tooling API; None where it was refused or left empty."""
        record = self.get(f"tooling/sobjects/{kind}/{quote(id_, safe='')}", SETUP, surfaces, sobject)
        if record is None:
            return None
        found = body(record.get("Metadata"))
        if not found:
            self.missing(f"Salesforce gave a {kind} without its metadata. {SETUP}", surfaces, sobject)
        return found or None

    def quietly(self, path: str) -> Any:
        """What is at `path`, or None where it was refused and another way is left."""
        try:
            return self.door.json(path)
        except LimitReached:
            raise
        except Refused:
            return None


def _why(error: Refused, remedy: str) -> str:
    """The remedy first: a phone shows little more. What Salesforce advises on objects of one's own is left out."""
    said = str(error)
    for also in (_OF_OBJECTS, *REMEDIES.values()):
        said = said.partition(also)[0].strip()
    return f"{remedy} {said}{')' * (said.count('(') - said.count(')'))}".strip()
