"""Short ways to write down page layouts and Lightning pages, as the Tooling API answers them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]


def section(label: str, *fields: str, behavior: str = "Edit") -> Body:
    """A section of a page layout: its fields in reading order, row by row, in two columns."""
    columns = [
        {"layoutItems": [{"behavior": behavior, "field": name} for name in fields[side::2]], "reserved": None}
        for side in (0, 1)
    ]
    return {
        "customLabel": True,
        "detailHeading": True,
        "editHeading": True,
        "label": label,
        "layoutColumns": columns,
        "style": "TwoColumnsLeftToRight",
    }


def layout(*sections: Body, related: Sequence[str] = ()) -> Body:
    """A page layout with its related lists, by the names that metadata gives them (RelatedContactList)."""
    system = section("System Information", "CreatedById", "LastModifiedById", behavior="Readonly")
    return {
        "layoutSections": [*sections, {**system, "detailHeading": False}],
        "relatedLists": [{"fields": [], "relatedList": name} for name in related],
        "showEmailCheckbox": False,
        "showHighlightsPanel": False,
        "showInteractionLogPanel": False,
    }


def component(name: str, rule: Body | None = None, /, **properties: str) -> Body:
    """One component of a Lightning page; `rule` says to whom it is shown."""
    instance: Body = {
        "componentInstanceProperties": [{"name": key, "value": value} for key, value in properties.items()],
        "componentName": name,
        "identifier": name.replace(":", "_"),
    }
    return {"componentInstance": instance | ({"visibilityRule": rule} if rule else {}), "fieldInstance": None}


def related_list(sobject: str, name: str) -> Body:
    """One related list, standing by itself."""
    return component(
        "force:relatedListSingleContainer",
        parentFieldApiName=f"{sobject}.Id",
        relatedListApiName=name,
        relatedListComponentOverride="NONE",
    )


@dataclass
class Page:
    """A Lightning record page in the making: what is nested comes as facets, which the page names itself."""

    sobject: str
    label: str
    template: str = "flexipage:recordHomeTemplateDesktop"
    _facets: list[Body] = field(default_factory=list)

    def facet(self, *items: Body) -> str:
        """The name of a new facet that holds these."""
        name = f"Facet-{self.sobject}-{len(self._facets) + 1}"
        self._facets.append({"itemInstances": list(items), "mode": None, "name": name, "type": "Facet"})
        return name

    def tabs(self, **tabs: Sequence[Body]) -> Body:
        """Tabs: what is on each, by its title."""
        made = [
            component("flexipage:tab", body=self.facet(*items), title=title, active="true")
            for title, items in tabs.items()
        ]
        return component("flexipage:tabset", tabs=self.facet(*made))

    def fields(self, label: str, *columns: Sequence[str]) -> Body:
        """A section of fields on the page itself (Dynamic Forms), column by column."""
        made = [component("flexipage:column", body=self.facet(*_fields(column))) for column in columns]
        return component("flexipage:fieldSection", columns=self.facet(*made), label=label)

    def body(self, **regions: Sequence[Body]) -> Body:
        """The page with these regions."""
        shown = [
            {"itemInstances": list(items), "mode": "Replace", "name": name, "type": "Region"}
            for name, items in regions.items()
        ]
        return {
            "flexiPageRegions": [*self._facets, *shown],
            "masterLabel": self.label,
            "sobjectType": self.sobject,
            "template": {"name": self.template, "properties": []},
            "type": "RecordPage",
        }


def _fields(names: Sequence[str]) -> Iterator[Body]:
    for name in names:
        yield {
            "componentInstance": None,
            "fieldInstance": {
                "fieldInstanceProperties": [{"name": "uiBehavior", "value": "none"}],
                "fieldItem": f"Record.{name}",
                "identifier": f"Record{name.replace('__c', '_c')}Field",
            },
        }
