"""Which page layout and which Lightning page users of a profile see. Pure.

Salesforce's precedence for Lightning pages: what an app gives to a profile and record type, before what it gives to
all, before the org's default, before the page that Salesforce makes itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.rules.bodies import Body, bodies, text
from tasks.rules.validation_policy import ValidationPolicy

MASTER: Final = "012000000000000AAA"  # the record type of objects without any
# What metadata calls the profiles that Salesforce made.
_IN_METADATA: Final = {
    "Standard User": "Standard", "System Administrator": "Admin", "Solution Manager": "SolutionManager",
    "Marketing User": "MarketingProfile", "Contract Manager": "ContractManager", "Read Only": "ReadOnly",
    "Standard Platform User": "StandardAul",
}  # fmt: skip


@dataclass(frozen=True)
class Assigned:
    """The developer name of a page, "" for Salesforce's own; what was assumed; why it could not be told."""

    page: str = ""
    note: str = ""
    unread: str = ""


def layout_of(rows: Sequence[Body], sobject: str, record_type: str) -> Body | None:
    """The row of ProfileLayout for an object and record type (an id, "" for master): the only one where it has no
    other; None where there is none or which one cannot be told."""
    mine = [row for row in rows if text(row, "TableEnumOrId").casefold() == sobject.casefold()]
    wanted = [row for row in mine if (text(row, "RecordTypeId") or MASTER)[:15] == (record_type or MASTER)[:15]]
    found = wanted or ([] if record_type else mine)
    return found[0] if len(found) == 1 or len({text(row, "LayoutId") for row in found}) == 1 else None


def lightning_page_of(sobject: str, pages: Sequence[Body], app: Body, policy: ValidationPolicy) -> Assigned:
    """The Lightning page of an object. `pages`: the org's record pages (DeveloperName, EntityDefinitionId);
    `app`: metadata of the CustomApplication, {} for none."""
    for override in _overrides(sobject, app, policy):
        kind, name = text(override, "type").casefold(), text(override, "content")
        if kind == "flexipage" and name:
            return Assigned(name.rpartition("__")[2] if not _has(pages, name) else name)
        if kind not in {"", "default", "standard"}:
            return Assigned(unread=f"{sobject}'s page is overridden by {name or kind}: what it shows no API tells")
    if named := policy.pages.get(sobject):
        return Assigned(named)
    return _the_only(sobject, [text(page, "DeveloperName") for page in pages if _is_of(page, sobject)])


def _the_only(sobject: str, names: Sequence[str]) -> Assigned:
    if not names:
        return Assigned(note=f"{sobject} has no Lightning page of its own: users see the page that Salesforce makes")
    if len(names) == 1:
        return Assigned(names[0], f"The only Lightning page of {sobject}, {names[0]}, is taken to be the org's default")
    return Assigned(
        unread=f"{sobject} has {len(names)} Lightning pages ({', '.join(sorted(names))}) and no API tells which is the "
        f'org\'s default: name it in RITUALS_VALIDATION__PAGES, {{"{sobject}": "{min(names)}"}}'
    )


def _overrides(sobject: str, app: Body, policy: ValidationPolicy) -> Iterator[Body]:
    """What the app shows instead of the object's page on desktops, for the profile first."""
    profiles = {name.casefold() for name in (policy.profile, _IN_METADATA.get(policy.profile, policy.profile))}
    kind = policy.record_types.get(sobject, "")
    kinds = {f"{sobject}.{kind}".casefold(), kind.casefold()} if kind else {"", f"{sobject}.master".casefold()}
    for one in bodies(app.get("profileActionOverrides")):
        is_ours = text(one, "profile").casefold() in profiles and text(one, "recordType").casefold() in kinds
        if is_ours and _is_view_of(one, sobject):
            yield one
    yield from (one for one in bodies(app.get("actionOverrides")) if _is_view_of(one, sobject))


def _is_view_of(override: Body, sobject: str) -> bool:
    return (
        text(override, "actionName").casefold() == "view"
        and text(override, "pageOrSobjectType").casefold() == sobject.casefold()
        and text(override, "formFactor").casefold() in {"", "large"}
    )


def _has(pages: Sequence[Body], name: str) -> bool:
    return any(text(page, "DeveloperName") == name for page in pages)


def _is_of(page: Body, sobject: str) -> bool:
    return text(page, "EntityDefinitionId").casefold() == sobject.casefold()
