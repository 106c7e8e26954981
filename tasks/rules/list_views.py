"""List views as rows of the facts. Pure. No API tells which one a user has pinned."""

from collections.abc import Mapping, Sequence
from typing import Final

from tasks.rules.bodies import Body, Row, bodies, body, text
from tasks.rules.org_facts import Kind, Surface
from tasks.rules.page_labels import words

_WORDS: Final = {
    "notequal": "not equal to", "notequals": "not equal to", "equals": "equals", "equal": "equals",
    "lessthan": "less than", "greaterthan": "greater than", "lessorequal": "less or equal",
    "greaterorequal": "greater or equal", "contains": "contains", "notcontain": "does not contain",
    "notcontains": "does not contain", "startswith": "starts with", "includes": "includes", "excludes": "excludes",
    "within": "within",
}  # fmt: skip
_SHARED: Final = {"public", "all"}


def named(listed: Sequence[Body], wanted: Sequence[str]) -> list[Body]:
    """The records of ListView that are meant by labels or API names, in any case."""
    names = {" ".join(one.casefold().split()) for one in wanted}
    return [one for one in listed if names & {text(one, "Name").casefold(), text(one, "DeveloperName").casefold()}]


def unread_view(listed: Body, sobject: str, position: int) -> Row:
    """The row of a view that nobody asked for; whether it is shared is not known, and it counts as private."""
    return {**_view(sobject, text(listed, "Name"), text(listed, "DeveloperName"), position), "visible": False}


def list_view(info: Body, listed: Body, sobject: str, position: int, labels: Mapping[str, str]) -> list[Row]:
    """A view of `ui-api/list-info/{object}/{view}` and its filters, as one reads them: "Type equals Customer".

    `visible` means shared with all users; `detail` is its scope, and of a filter the logic where it is not "and".
    """
    name = text(info, "label") or text(listed, "Name")
    scope = text(body(info.get("scope")), "apiName") or text(info, "scope")
    shared = text(info, "visibility").casefold() in _SHARED
    row = {**_view(sobject, name, text(listed, "DeveloperName"), position), "detail": scope, "visible": shared}
    logic = text(info, "filterLogicString")
    filters = [
        {
            **_base(sobject, name),
            "section": name,
            "position": number,
            "kind": str(Kind.FILTER),
            "field": text(one, "fieldApiName"),
            "label": _sentence(one, labels),
            "detail": logic if " OR " in logic.upper() or "NOT" in logic.upper() else "",
        }
        for number, one in enumerate(bodies(info.get("filteredByInfo")), 1)
    ]
    return [row, *filters]


def _sentence(one: Body, labels: Mapping[str, str]) -> str:
    field, operator = text(one, "fieldApiName"), text(one, "operator")
    operands = one.get("operandLabels")
    values = ", ".join(str(value) for value in operands) if isinstance(operands, list) else ""
    said = _WORDS.get(operator.replace("_", "").casefold()) or words(operator).lower()
    label = text(one, "label") or labels.get(field) or words(field)
    return " ".join(f"{label} {said} {values or '(nothing)'}".split())


def _view(sobject: str, label: str, name: str, position: int) -> Row:
    kind = str(Kind.VIEW)
    return {**_base(sobject, label), "kind": kind, "field": name, "label": label, "position": position}


def _base(sobject: str, name: str) -> Row:
    return {"object": sobject, "surface": str(Surface.LIST_VIEW), "surface_name": name}
