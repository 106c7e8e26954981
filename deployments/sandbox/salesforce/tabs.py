"""/tabs: every tab that the calling user may open, as in All Tabs."""

from typing import Any

from deployments.sandbox.salesforce.exchange import Answer, Call, Resource
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.salesforce.structure_rows import tab_row
from deployments.sandbox.salesforce.structure_view import View


class Tabs:
    """The tabs that the user's profile does not hide, whether they are on by default or not."""

    def __init__(self, store: Store, view: View) -> None:
        self._store = store
        self._view = view

    def resources(self) -> list[Resource]:
        """tabs."""
        return [Resource("tabs", {"GET": self._all})]

    def _all(self, call: Call) -> Answer:
        shown = self._view.structure.tabs.get(self._view.profile_of(call.user_id), {})
        labels = self._view.structure.tab_labels
        return Answer(200, [self._tab(name, labels.get(name, name)) for name in shown])

    def _tab(self, name: str, label: str) -> dict[str, Any]:
        _, _, _, sobject, url, custom, _ = tab_row(self._store, name, label)
        return {
            "colors": [], "custom": bool(custom), "iconUrl": "", "icons": [], "label": label, "miniIconUrl": "",
            "name": name, "sobjectName": sobject or "", "url": url,
        }  # fmt: skip
