"""The values of the Salesforce check and of filing what it finds (handbook L146 to L179)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# What a page calls a part of it, and its component names (regular expressions, any case) or related lists.
KNOWN_COMPONENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Activity feed": (r"runtime_sales_activities:activityPanel", r"forceChatter:recordFeedContainer"),
    "Opportunities": (r"^Opportunities$", r"RelatedOpportunityList"),
    "Meeting notes": (r"meeting_?notes?",),
    "Meeting notes reminder": (r"meeting_?notes?_?reminder",),
    "Stage history": (r"OpportunityHistor(y|ies)", r"RelatedOpportunityHistoryList", r"stage_?history"),
    "LinkedIn sales navigator": (r"linkedin|sales_?navigator|^LID",),
    "Related contacts": (r"related_?contacts?", r"RelatedContactList", r"AccountContactRelations?"),
    "Manager information": (r"manager",),
}


@dataclass(frozen=True)
class ValidationPolicy:
    """How Salesforce is checked.

    profile        whose view is judged, by its name in Setup
    app            developer name of the Lightning app whose pages those users see; "": the org's defaults
    pages          developer name of an object's Lightning page, for an org default that no API tells: {"Account": …}
    record_types   developer name of the record type that is judged, by object; the master layout where none is given
    components     component names (regular expressions) by the handbook's label, on top of those known
    open_links     whether LinkedIn links are opened; off, they are left to eyes
    links_at_most  so many addresses are opened in a run, the rest is left to eyes
    links_known_days   an answer is not asked for again so many days
    audit_days     how far back the setup audit trail is read; Salesforce keeps 180 days
    private_repository   owner/name of the GitHub repository that discrepancies are filed in; "": filing is off
    label          of the issues that are filed
    file_at_most   so many issues are filed by one order
    """

    profile: str = "Standard User"
    app: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    record_types: Mapping[str, str] = field(default_factory=dict)
    components: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_links: bool = False
    links_at_most: int = 200
    links_known_days: int = 30
    audit_days: int = 180
    private_repository: str = ""
    label: str = "#g-sales"
    file_at_most: int = 25

    def __post_init__(self) -> None:
        for name in ("links_at_most", "links_known_days", "file_at_most"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)}")
        if not 1 <= self.audit_days <= 180:  # noqa: PLR2004 - Salesforce keeps no more
            raise ValueError(f"audit_days must be 1 to 180, not {self.audit_days}")
        if self.private_repository and not re.fullmatch(r"[\w.-]+/[\w.-]+", self.private_repository):
            raise ValueError(f"private_repository must be owner/name, not {self.private_repository!r}")
        for label, signs in self.components.items():
            for sign in signs:
                try:
                    re.compile(sign)
                except re.error as error:
                    raise ValueError(f"components: {label}: {sign!r} is no regular expression ({error})") from None

    def signs_of(self, component: str) -> tuple[str, ...]:
        """Regular expressions of the component names and related lists that the handbook means by this label."""
        wanted = component.casefold()
        named = {label.casefold(): signs for label, signs in KNOWN_COMPONENTS.items()}
        own = {label.casefold(): signs for label, signs in self.components.items()}
        return (*own.get(wanted, ()), *named.get(wanted, ()))
