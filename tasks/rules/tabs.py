"""Tabs as rows of the facts: what a profile has on by default, and what an app shows in its navigation. Pure."""

from collections.abc import Mapping, Sequence

from tasks.rules.bodies import Body, Row, text
from tasks.rules.org_facts import Kind, Surface
from tasks.rules.page_labels import words

STANDARD = "standard-"


def tab_settings(settings: Sequence[Body], known: Mapping[str, Body], profile: str) -> list[Row]:
    """Rows of PermissionSetTabSetting, `visible` when on by default; `detail` is the tab's API name.

    A hidden tab has no setting and no row. `known`: TabDefinition by name.
    """
    base = {"surface": str(Surface.TABS), "surface_name": profile, "kind": str(Kind.TAB)}
    settings = sorted(settings, key=lambda one: text(one, "Name"))
    return [
        {**base, "position": n, **_tab(text(one, "Name"), known), "visible": text(one, "Visibility") == "DefaultOn"}
        for n, one in enumerate(settings, 1)
    ]


def navigation(app: Body, known: Mapping[str, Body], name: str) -> list[Row]:
    """The navigation of an app, of the metadata of its CustomApplication, in the order users meet it."""
    tabs = app.get("tabs")
    shown = [tabs] if isinstance(tabs, str) else [str(tab) for tab in tabs] if isinstance(tabs, list) else []
    label = text(app, "label") or name
    base = {"surface": str(Surface.NAVIGATION), "surface_name": label, "kind": str(Kind.TAB)}
    return [{**base, "position": n, **_tab(tab, known)} for n, tab in enumerate(shown, 1)]


def _tab(name: str, known: Mapping[str, Body]) -> Row:
    found = known.get(name, {})
    is_object = name.startswith(STANDARD) or name.endswith("__c")
    of = text(found, "SobjectName") or (name.removeprefix(STANDARD) if is_object and not found else "")
    return {"field": of, "label": text(found, "Label") or words(name.removeprefix(STANDARD)), "detail": name}
