"""What was read of an org's metadata, put together: who sees what, and the settings that lead there."""

import json
from collections.abc import Mapping

from deployments.sandbox.company.structure import TAB_LABELS
from deployments.sandbox.company.structure_kinds import Body, Loaded
from deployments.sandbox.salesforce.structure import Structure

PEOPLE = "Standard User"  # the profile that is judged when no setting names another


def finished(loaded: Loaded, profiles: tuple[str, ...], remarks: list[str]) -> tuple[Structure, dict[str, str]]:
    """The structure, and settings as for the `.env`. What points at a file that is not there goes to `remarks`."""
    structure = Structure(
        tabs=loaded.tabs,
        tab_labels=_tab_labels(loaded),
        apps=loaded.apps,
        layouts=loaded.layouts,
        assigned=_assigned(loaded, profiles, remarks),
        flexipages=loaded.pages,
        compact=_compact(loaded, remarks),
        list_views={name: tuple(views) for name, views in loaded.list_views.items()},
        hidden_fields=loaded.hidden,
        described=loaded.described,
    )
    return structure, _settings(loaded, remarks)


def _tab_labels(loaded: Loaded) -> dict[str, str]:
    """Labels of all tabs that anything names; those of an org's own objects are told by their names."""
    names = {tab for tabs in loaded.tabs.values() for tab in tabs}
    names |= {str(tab) for app in loaded.apps.values() for tab in app["tabs"]}
    return {name: TAB_LABELS.get(name) or _words(name) for name in sorted(names)}


def _words(name: str) -> str:
    return name.removeprefix("standard-").removesuffix("__c").replace("_", " ").strip()


def _assigned(loaded: Loaded, profiles: tuple[str, ...], remarks: list[str]) -> dict[tuple[str, ...], str]:
    """As the profiles say; where they say nothing of an object, its first layout by name."""
    assigned = {key: name for key, name in loaded.assignments.items() if name in loaded.layouts}
    absent = sorted(set(loaded.assignments.values()) - set(loaded.layouts))
    if absent:
        more = f" and {len(absent) - 3} more" if len(absent) > 3 else ""  # noqa: PLR2004 - enough to know which
        remarks.append(f"profiles: they assign page layouts that no file has: {', '.join(absent[:3])}{more}")
    known = {key[:2] for key in assigned}
    for name in sorted(loaded.layouts):
        sobject = name.partition("-")[0]
        for profile in sorted({*loaded.profiles, *profiles}):
            if (profile, sobject) not in known:
                assigned.setdefault((profile, sobject), name)
    return assigned


def _compact(loaded: Loaded, remarks: list[str]) -> Mapping[str, Body]:
    """The compact layouts in force, by object."""
    found, used = {}, set()
    for sobject, name in loaded.chosen.items():
        key = next((key for key in ((sobject, name), ("", name)) if key in loaded.compact), None)
        if key is None:
            remarks.append(f"objects: {sobject} uses the compact layout {name}, which no file has")
        else:
            used.add(key)
            found[sobject] = loaded.compact[key]
    for under, name in sorted(set(loaded.compact) - used):
        if not under:
            remarks.append(f"compactLayouts: no object's file says that {name} is in force; it is left out")
    return found


def _settings(loaded: Loaded, remarks: list[str]) -> dict[str, str]:
    settings = {}
    if len(loaded.apps) == 1:
        settings["RITUALS_VALIDATION__APP"] = next(iter(loaded.apps))
    pages = {sobject: page for sobject, page in sorted(loaded.org_pages.items()) if page in loaded.pages}
    if pages:
        settings["RITUALS_VALIDATION__PAGES"] = json.dumps(pages)
    for sobject, page in sorted(loaded.org_pages.items()):
        if page not in loaded.pages:
            remarks.append(f"objects: {sobject} shows the Lightning page {page}, which no file has")
    if len(loaded.profiles) == 1 and PEOPLE not in loaded.profiles:
        settings["RITUALS_VALIDATION__PROFILE"] = next(iter(loaded.profiles))
    return settings
