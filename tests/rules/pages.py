"""Real layouts and Lightning pages, and small ones that are typed as Salesforce keeps them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deployments.sandbox.company.metadata_xml import parse
from tasks.rules.bodies import Row

METADATA = Path(__file__).parents[1] / "payloads" / "salesforce" / "metadata"


def metadata(name: str) -> dict[str, Any]:
    """A recorded file as the Tooling API answers it."""
    return parse((METADATA / name).read_bytes())[1]


def component(name: str, rule: bool = False, **properties: str) -> dict[str, Any]:
    given = [{"name": key, "value": value} for key, value in properties.items()]
    return {"componentInstance": {**_rule(rule), "componentName": name, "componentInstanceProperties": given}}


def field(name: str, rule: bool = False) -> dict[str, Any]:
    return {"fieldInstance": {**_rule(rule), "fieldItem": f"Record.{name}"}}


def _rule(rule: bool) -> dict[str, Any]:
    return {"visibilityRule": {"criteria": [{"leftValue": "{!Record.Type}"}]} if rule else None}


def page(
    regions: dict[str, list[Any]], template: str = "flexipage:recordHomeTemplateDesktop", **facets: list[Any]
) -> dict[str, Any]:
    """A Lightning page of regions and facets."""
    kinds = [("Region", name, items) for name, items in regions.items()]
    kinds += [("Facet", name, items) for name, items in facets.items()]
    made = [{"type": kind, "name": name, "itemInstances": items} for kind, name, items in kinds]
    return {"masterLabel": "Page", "template": {"name": template}, "flexiPageRegions": made}


def told(rows: Sequence[Row], *columns: str, **where: Any) -> list[Any]:
    """These columns of the rows that are so: tuples, or values where it is one column."""
    found = [row for row in rows if all(row.get(name) == value for name, value in where.items())]
    values = [tuple(row.get(column) for column in columns) for row in found]
    return [value[0] for value in values] if len(columns) == 1 else values
