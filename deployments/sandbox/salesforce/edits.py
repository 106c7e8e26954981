"""Somebody else's changes, made at exactly the moment that a test wants: right before a request is answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.ids import is_id, long_form
from deployments.sandbox.salesforce.store import Store


@dataclass
class Edit:
    """What the user `user_id` does to the record `id` right before the `before_call`th request from now whose path
    matches `path`: write `fields`, or delete it when they are None. With a `sobject` in place of an id a record of that
    object is made of the `fields`. No lock and no rule of the org stops it.
    """

    id: str
    fields: Mapping[str, Any] | None
    user_id: str
    path: str = ".*/composite/?"
    before_call: int = 1
    sobject: str = ""
    seen: int = 0

    def is_due(self, path: str) -> bool:
        """Whether it comes before this request; counts it."""
        self.seen += bool(re.fullmatch(self.path, path))
        return self.seen >= self.before_call


def ordered(order: Any) -> Edit:
    """The edit of a JSON order. ValueError where it is not understood."""
    known = {field.name for field in fields(Edit)} - {"seen"}
    if not isinstance(order, dict) or not {"fields", "user_id"} <= set(order) <= known:
        raise ValueError(f"an edit has id, fields and user_id, and may have path and before_call: {order}")
    if ("id" in order) == ("sobject" in order):
        raise ValueError(f"an edit has the id of a record, or the sobject of a new one: {order}")
    if not is_id(order.get("id", order["user_id"])) or not is_id(order["user_id"]):
        raise ValueError(f"id and user_id must be record ids: {order}")
    if not (isinstance(order["fields"], dict) or (order["fields"] is None and "id" in order)):
        raise ValueError(f"fields must be an object, or null to delete the record: {order}")
    record = long_form(order["id"]) if "id" in order else ""
    edit = Edit(**{**order, "id": record, "user_id": long_form(order["user_id"])})
    if not isinstance(edit.before_call, int) or edit.before_call < 1:
        raise ValueError(f"before_call must be a whole number of at least 1: {order}")
    try:
        re.compile(edit.path)
    except (re.error, TypeError):
        raise ValueError(f"path must be a regular expression: {order}") from None
    return edit


def make(store: Store, edits: list[Edit], path: str) -> None:
    """Make those edits that are due before a request to `path`, and forget them. RuntimeError for an impossible one."""
    with store.lock:
        due = [edit for edit in edits if edit.is_due(path)]
        edits[:] = [edit for edit in edits if edit not in due]
        for edit in due:
            _make(store, edit)


def _make(store: Store, edit: Edit) -> None:
    sobject = edit.sobject or next((o.name for o in store.catalogue.objects if edit.id.startswith(o.prefix)), "")
    try:
        if edit.fields is None:
            store.delete(sobject, edit.id, edit.user_id)
        elif edit.sobject:
            store.create(sobject, edit.fields, edit.user_id)
        else:
            store.update(sobject, edit.id, edit.fields, edit.user_id)
    except SalesforceError as error:
        raise RuntimeError(f"the edit of {edit.id or sobject} that was ordered is impossible: {error}") from error
