"""A parsed SOQL query. Names are as written; nothing is looked up yet. `at` is the offset in the query's text."""

from dataclasses import dataclass, field
from typing import Literal as OneOf

LiteralKind = OneOf["string", "number", "boolean", "null", "date", "datetime", "formula", "currency"]


@dataclass(frozen=True, slots=True)
class Path:
    """A field, perhaps through parents: `Account.Owner.Name`."""

    parts: tuple[str, ...]
    at: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant. `text` is as written; a string keeps its escapes and loses its quotes."""

    kind: LiteralKind
    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of SOQL, `name` in upper case."""

    name: str
    args: "tuple[Path | Call | Literal, ...]"
    at: int = field(default=0, compare=False)


Expression = Path | Call


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`; operator is one of = != < <= > >= LIKE."""

    left: Expression
    operator: str
    right: Literal


@dataclass(frozen=True, slots=True)
class Membership:
    """`left IN (...)`; operator is one of IN, NOT IN, INCLUDES, EXCLUDES."""

    left: Expression
    operator: str
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class SemiJoin:
    """`left IN (SELECT ...)`, or the anti-join NOT IN."""

    left: Expression
    negated: bool
    query: "Query"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    term: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    terms: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    terms: "tuple[Condition, ...]"


Condition = Comparison | Membership | SemiJoin | Not | And | Or


@dataclass(frozen=True, slots=True)
class Selected:
    """One expression of the SELECT list."""

    expression: Expression
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class TypeOf:
    """`TYPEOF What WHEN Account THEN Phone ELSE Name END`."""

    relationship: Path
    branches: tuple[tuple[str, tuple[Path, ...]], ...]
    otherwise: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """A parenthesised subquery over a child relationship; its `source` is the relationship."""

    query: "Query"
    at: int = field(default=0, compare=False)


SelectItem = Selected | TypeOf | Child


@dataclass(frozen=True, slots=True)
class Grouping:
    """GROUP BY; `kind` is "" or ROLLUP or CUBE."""

    by: tuple[Expression, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One key of ORDER BY. Salesforce puts nulls first in either direction unless told otherwise."""

    expression: Expression
    descending: bool = False
    nulls_last: bool = False


@dataclass(frozen=True, slots=True)
class DataCategory:
    """`WITH DATA CATEGORY group selector (categories)`, of Knowledge."""

    group: str
    selector: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One SELECT. `modes` are SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE; `tracking` is VIEW or REFERENCE."""

    select: tuple[SelectItem, ...]
    source: Path
    alias: str | None = None
    scope: str | None = None
    where: Condition | None = None
    categories: tuple[DataCategory, ...] = ()
    modes: tuple[str, ...] = ()
    group_by: Grouping | None = None
    having: Condition | None = None
    order_by: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int | None = None
    tracking: tuple[str, ...] = ()
    update: str | None = None
    at: int = field(default=0, compare=False)
