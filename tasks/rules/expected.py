"""What Salesforce must look like, as the files of `expectations/` say it (handbook L146 to L179). Plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Final

OBJECTS: Final = ("Account", "Opportunity", "Contact", "Lead")
TOP: Final = "top"  # a `section` of this name: the highlights, or the first section of the page
SECOND: Final = "second"  # the second section of the page, whatever its heading


class Severity(StrEnum):
    """How bad a difference is; it orders the report and never changes a verdict."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Side(StrEnum):
    """Where on a page."""

    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"


class Source(StrEnum):
    """What the value of a field is compared with: roll-ups of the account's opportunities."""

    COUNT = "count of opportunities"
    COUNT_WON = "count of won opportunities"
    FIRST_WON = "first close date of won opportunities"
    SUM_WON = "sum of amount of won opportunities"


class Pattern(StrEnum):
    """What a value must look like."""

    YEAR = "year"  # four digits, 2000 to 2099, as a word of its own
    LINKEDIN_PERSON = "LinkedIn profile"
    LINKEDIN_COMPANY = "LinkedIn company"
    SALES_NAVIGATOR = "LinkedIn sales navigator"


class Among(StrEnum):
    """Which records a record check looks at."""

    ALL = "all"
    OPEN = "open"  # opportunities that are not closed
    WON = "won"


@dataclass(frozen=True)
class TabsOnly:
    """`tabs only`: these tabs are on by default for the profile, and no other (L149)."""

    tabs: tuple[str, ...]


@dataclass(frozen=True)
class TabShown:
    """`tab`: this one is on by default ("Click the accounts tab")."""

    tab: str


@dataclass(frozen=True)
class DefaultListView:
    """`default list view`: it exists, is shared with all, and filters as `filtered by` says: "Type equals Customer";
    () for no filter, None where the files do not say. That it is the pinned one no API can see."""

    view: str
    filters: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Link:
    """One of `links`: its label, and what its address must contain (a host such as drive.google.com); "" for any."""

    label: str
    leads_to: str = ""


@dataclass(frozen=True)
class Section:
    """`section` with `starts with`, `includes`, `links` and `on the`.

    section       a heading, TOP, SECOND, or "" for anywhere on the page
    starts_with   these fields come first, in this order
    includes      these are in it, in any order
    """

    section: str = ""
    starts_with: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    side: Side | None = None


@dataclass(frozen=True)
class Components:
    """`components` `on the` side: related lists, the activity feed, other parts of a Lightning page, by label."""

    components: tuple[str, ...]
    side: Side


@dataclass(frozen=True)
class NoNotes:
    """`records: none: notes`: neither classic nor enhanced notes hang on records of this object (L155)."""


@dataclass(frozen=True)
class Matches:
    """`records: field, matches`: every value there is looks like the pattern; `required`: and there is one."""

    field: str
    pattern: Pattern
    among: Among = Among.ALL
    required: bool = False


@dataclass(frozen=True)
class Opens:
    """`records: field, opens: LinkedIn`: the links work (L156)."""

    field: str


@dataclass(frozen=True)
class Equals:
    """`records: field, equals`: a roll-up has the value of what it sums (L157)."""

    field: str
    source: Source


@dataclass(frozen=True)
class NotAfter:
    """`records: field, not after`: of two dates of one record the first is not the later one (L227 to L229)."""

    field: str
    other: str
    among: Among = Among.ALL


@dataclass(frozen=True)
class Has:
    """`records: field, has`: where the field is filled in, the other one is too (L164)."""

    field: str
    other: str
    among: Among = Among.OPEN


@dataclass(frozen=True)
class ByEye:
    """`needs eyes`: what nobody but a person can see; never a pass."""

    what: str


Records = NoNotes | Matches | Opens | Equals | NotAfter | Has
Structure = TabsOnly | TabShown | DefaultListView | Section | Components
Claim = Structure | Records | ByEye


@dataclass(frozen=True)
class Expectation:
    """One expectation of a file.

    object       API name (Account), "" for what concerns no object (the tabs)
    sentence     the handbook's, as quoted; handbook_line   its line ("L154" is 154), None where the file names none
    file, line   where it stands: "accounts.yml", 27
    owner        who sees to it; may be empty
    waived_until, because   until that day, inclusive, a difference is not reported as one
    fields       API names by label, for labels that the org words differently or has twice
    """

    object: str
    claim: Claim
    sentence: str
    file: str
    line: int
    handbook_line: int | None = None
    severity: Severity = Severity.CRITICAL
    owner: str = ""
    waived_until: date | None = None
    because: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Where it stands: "accounts.yml:27"."""
        return f"{self.file}:{self.line}"

    @cached_property
    def key(self) -> str:
        """What it is known by from run to run: the claim of the object, not its place, sentence or waiver."""
        return sha256(f"{self.object}|{self.claim!r}".encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def is_waived(self, day: date) -> bool:
        """Whether a difference is waived on that day."""
        return self.waived_until is not None and day <= self.waived_until


def views_named(expectations: Iterable[Expectation]) -> dict[str, tuple[str, ...]]:
    """The list views that expectations name, by object."""
    named: dict[str, dict[str, None]] = {}
    for one in expectations:
        if isinstance(one.claim, DefaultListView):
            named.setdefault(one.object, {})[one.claim.view] = None
    return {sobject: tuple(views) for sobject, views in named.items()}
