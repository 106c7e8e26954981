"""The fields of an object as rows of CATALOGUE, and which of them a profile may read. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tasks.rules.bodies import Body, Row, bodies, flag, text
from tasks.rules.org_facts import Kind
from tasks.rules.page_labels import field_label, relationships
from tasks.rules.page_links import link_of

# Of a compound address: what maps need, and a profile is seldom given.
_PLACES: Final = ("Latitude", "Longitude", "GeocodeAccuracy")


@dataclass(frozen=True)
class Fields:
    """The fields of one object.

    describe   what `sobjects/{object}/describe` answered: only what the integration user may read
    readable   "Account.Website", as FieldPermissions names what the profile may read; None: that could not be read,
               and every field is taken to be visible
    """

    sobject: str
    describe: Body = field(default_factory=dict)
    readable: Collection[str] | None = None

    @cached_property
    def catalogue(self) -> tuple[Row, ...]:
        """Rows of CATALOGUE, with the labels that describe has."""
        return tuple(
            {
                "object": self.sobject,
                "field": name,
                "label": text(one, "label") or name,
                "type": text(one, "type"),
                "visible": self.is_visible(name),
                "formula": text(one, "calculatedFormula"),
            }
            for name, one in self._described.items()
        )

    @cached_property
    def labels(self) -> dict[str, str]:
        """What pages call the fields, by API name, as far as describe lets one tell."""
        of = text(self.describe, "label") or self.sobject
        return {name: field_label(one, of) for name, one in self._described.items()}

    @cached_property
    def children(self) -> Mapping[str, str]:
        """See `page_labels.relationships`."""
        return relationships(self.describe)

    def is_visible(self, name: str) -> bool:
        """Whether the profile may read the field: no permission can be given for it, one is given for it, for the
        compound field that it is a part of, or for all parts of the compound field that it is."""
        described = self._described.get(name)
        if self.readable is None or (described is None and not name.endswith("__c")):
            return True
        if described is not None and not described.get("permissionable", True):
            return True
        compound = text(described or {}, "compoundFieldName")
        parts = self._parts.get(name, [])
        own = {name, compound} - {""}
        return any(self._may_read(one) for one in own) or (bool(parts) and all(map(self._may_read, parts)))

    def hidden_here(self) -> list[str]:
        """Fields that the profile may read and the integration user may not: no answer mentions them."""
        known = {f"{self.sobject}.{name}".casefold() for name in self._described}
        given = [one for one in self.readable or () if one.casefold().startswith(f"{self.sobject}.".casefold())]
        return sorted(one.partition(".")[2] for one in given if self.describe and one.casefold() not in known)

    def seen(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows of a page as the profile sees them: fields visible or not, and those that are links as links too."""
        formulas = {row["field"]: row for row in self.catalogue}
        for row in rows:
            if row.get("kind") != Kind.FIELD:
                yield row
                continue
            shown = {**row, "visible": self.is_visible(row["field"])}
            yield shown
            leads_to = link_of(formulas[row["field"]]) if row["field"] in formulas else None
            if leads_to is not None:
                yield {**shown, "kind": str(Kind.LINK), "detail": leads_to}

    def _may_read(self, name: str) -> bool:
        return f"{self.sobject}.{name}" in (self.readable or ())

    @cached_property
    def _described(self) -> dict[str, Body]:
        return {name: one for one in bodies(self.describe.get("fields")) if (name := text(one, "name"))}

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, one in self._described.items():
            compound = text(one, "compoundFieldName")
            if compound and compound != name and not name.endswith(_PLACES):
                found.setdefault(compound, []).append(name)
        return found


def readable_fields(rows: Sequence[Body]) -> frozenset[str]:
    """What may be read, of rows of FieldPermissions: "Account.Website"."""
    return frozenset(text(row, "Field") for row in rows if flag(row, "PermissionsRead"))
