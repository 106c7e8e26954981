"""What all parts of one compilation share, and the errors they raise at a place in the query."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from deployments.sandbox.salesforce.schema import Catalogue, Field, FieldType, SObject
from deployments.sandbox.salesforce.soql.errors import SoqlError, located


@dataclass(frozen=True)
class Context:
    """`now` is aware; `all_rows` shows deleted and archived rows too; `user_id` is who asks."""

    soql: str
    catalogue: Catalogue
    now: datetime
    all_rows: bool = False
    user_id: str = ""
    _aliases: Iterator[int] = field(default_factory=count, repr=False, compare=False)

    def alias(self) -> str:
        """A table alias not used before in this query."""
        return f"t{next(self._aliases)}"

    def sobject(self, name: str, at: int) -> SObject:
        """The object of that name, or INVALID_TYPE."""
        sobject = self.catalogue.get(name)
        if sobject is None:
            raise self.error(
                at,
                f"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to"
                " append the '__c' after the entity name. Please reference your WSDL or the describe call for the"
                " appropriate names.",
                code="INVALID_TYPE",
            )
        return sobject

    def error(self, at: int, message: str, *, code: str = "MALFORMED_QUERY") -> SoqlError:
        return located(self.soql, at, code, message)

    def no_column(self, at: int, name: str, entity: str) -> SoqlError:
        return self.error(
            at,
            f"No such column '{name}' on entity '{entity}'. If you are attempting to use a custom field, be sure to"
            " append the '__c' after the custom field name. Please reference your WSDL or the describe call for the"
            " appropriate names.",
            code="INVALID_FIELD",
        )

    def no_relationship(self, at: int, name: str) -> SoqlError:
        return self.error(
            at,
            f"Didn't understand relationship '{name}' in field path. If you are attempting to use a custom"
            " relationship, be sure to append the '__r' after the custom relationship name. Please reference your"
            " WSDL or the describe call for the appropriate names.",
            code="INVALID_FIELD",
        )


@dataclass(frozen=True)
class Column:
    """A field or function value as SQL. `name` is the key in the answer."""

    sql: str
    name: str
    type: FieldType
    at: int
    field: Field | None = None
    aggregate: bool = False

    @property
    def text(self) -> bool:
        """Compared without regard to case. Ids keep their case."""
        return self.type in TEXT

    @property
    def folded(self) -> str:
        """The SQL for grouping and sorting."""
        return f"{self.sql} COLLATE NOCASE" if self.text else self.sql


TEXT: frozenset[FieldType] = frozenset(
    {"string", "textarea", "picklist", "multipicklist", "combobox", "email", "phone", "url", "anyType"}
)
NUMBERS: frozenset[FieldType] = frozenset({"int", "double", "currency", "percent"})
IDS: frozenset[FieldType] = frozenset({"id", "reference"})


@dataclass(frozen=True)
class Fragment:
    """A piece of SQL with the values of its question marks, in order."""

    sql: str
    params: tuple[object, ...] = ()


def joined(fragments: list[Fragment], word: str) -> Fragment:
    """The fragments with AND or OR between them, as a balanced tree: SQLite limits how deep expressions go."""
    if len(fragments) == 1:
        return fragments[0]
    middle = len(fragments) // 2
    left, right = joined(fragments[:middle], word), joined(fragments[middle:], word)
    return Fragment(f"({left.sql} {word} {right.sql})", left.params + right.params)
