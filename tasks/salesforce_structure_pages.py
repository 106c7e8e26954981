"""The record page of one object as users of the profile see it: highlights, page layout, Lightning page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from tasks.rules.bodies import Body, Row, bodies, body, same_id, text
from tasks.rules.field_catalogue import Fields
from tasks.rules.highlights import CompactLayout, compact_layout
from tasks.rules.lightning_pages import LightningPage, lightning_page
from tasks.rules.org_facts import Surface
from tasks.rules.page_assignments import MASTER, layout_of, lightning_page_of
from tasks.rules.page_labels import Words
from tasks.rules.page_layouts import PageLayout, custom_links, described_layout, described_links, metadata_layout
from tasks.rules.surfaces import remarks, rows_in_use
from tasks.rules.validation_policy import ValidationPolicy
from tasks.salesforce_structure_asking import PAGES, READ, SETUP, Asking
from tasks.salesforce_structure_queries import web_links


@dataclass
class PageReader:
    """Reads the pages of one object after the other.

    objects        API names          policy   whose view, and what no API tells
    layouts        rows of ProfileLayout of the profile
    pages          rows of FlexiPage, the org's record pages; None where they could not be read
    app            metadata of the app, {} for none
    record_types   ids by object
    """

    asking: Asking
    policy: ValidationPolicy
    objects: Sequence[str]
    layouts: Sequence[Body]
    pages: Sequence[Body] | None
    app: Body
    record_types: Mapping[str, str]
    _links: dict[str, dict[str, Body]] | None = field(default=None, init=False)
    _seen: dict[str, list[Body]] = field(default_factory=dict, init=False)

    def read(self, fields: Fields) -> list[Row]:
        """The rows of the object's surfaces, those in use and those not; raises as `Asking`."""
        sobject = fields.sobject
        compact = self._compact(sobject)
        known = self._known(fields, compact)
        layout = self._layout(sobject, known)
        if layout:
            known = replace(known, labels={**known.labels, **layout.labels}, lists=layout.lists)
        page = self._lightning(sobject, known)
        if page and not layout and page.shows_lists:
            why = f"{page.name} shows the related lists of the page layout, which could not be read"
            self.asking.missing(f"{why}: {self._why_no_layout(sobject)}", (Surface.LIGHTNING,), sobject)
        self.asking.notes += remarks(page)
        return list(fields.seen(rows_in_use(layout, compact, page)))

    def _compact(self, sobject: str) -> CompactLayout | None:
        path = f"sobjects/{quote(sobject)}/describe/compactLayouts"
        described = self.asking.get(path, READ, (Surface.HIGHLIGHTS,), sobject)
        if described is None:
            return None
        found = compact_layout(described, sobject, self.record_types.get(sobject, MASTER))
        if found is None:
            why = f"Salesforce named a compact layout of {sobject} that it did not describe. {READ}"
            self.asking.missing(why, (Surface.HIGHLIGHTS,), sobject)
        return found

    def _layout(self, sobject: str, known: Words) -> PageLayout | None:
        given = layout_of(self.layouts, sobject, self.record_types.get(sobject, ""))
        if given is None:
            why = (
                f"Which page layout of {sobject} the profile {self.policy.profile} is given cannot be told: name a "
                f"record type in RITUALS_VALIDATION__RECORD_TYPES, or {SETUP[0].lower()}{SETUP[1:]}"
            )
            self.asking.missing(why, (Surface.LAYOUT,), sobject)
            return None
        id_, name = text(given, "LayoutId"), text(body(given.get("Layout")), "Name") or f"{sobject} Layout"
        if described := next((one for one in self._described(sobject) if same_id(text(one, "id"), id_)), None):
            return described_layout(described, sobject, name)
        metadata = self.asking.metadata("Layout", id_, (Surface.LAYOUT,), sobject)
        if metadata is None:
            return None
        unknown = custom_links(metadata) - known.links.keys()
        links = {**self._custom_links(sobject), **known.links} if unknown else known.links
        return metadata_layout(metadata, sobject, name, replace(known, links=links))

    def _known(self, fields: Fields, compact: CompactLayout | None) -> Words:
        """What names mean, as far as anything tells: pages call a field the same on whichever layout it stands."""
        labels, links = dict(fields.labels), dict[str, Body]()
        for one in self._described(fields.sobject):
            labels |= described_layout(one, fields.sobject, "").labels
            links |= described_links(one)
        return Words({**labels, **(compact.labels if compact else {})}, fields.children, links)

    def _described(self, sobject: str) -> list[Body]:
        """The layouts that the integration user's own profile is given: with labels, which metadata has not."""
        if sobject not in self._seen:
            base = f"sobjects/{quote(sobject)}/describe/layouts/"
            answer = body(self.asking.quietly(base + self.record_types.get(sobject, "")))
            if "layouts" in answer and not answer["layouts"]:  # with record types, each is asked for by itself
                answer = body(self.asking.quietly(base + MASTER))
            alone = [answer] if "detailLayoutSections" in answer else []
            self._seen[sobject] = [*bodies(answer.get("layouts")), *alone]
        return self._seen[sobject]

    def _custom_links(self, sobject: str) -> dict[str, Body]:
        if self._links is None:
            before = len(self.asking.unread)
            found = self.asking.query(web_links(self.objects), READ, (Surface.LAYOUT,))
            refused, self.asking.unread[before:] = self.asking.unread[before:], []
            self.asking.notes += [
                f"Where custom links of page layouts lead could not be read: {one.why}" for one in refused
            ]
            self._links = {}
            for one in found or []:
                self._links.setdefault(text(one, "PageOrSobjectType"), {})[text(one, "Name")] = one
        return self._links.get(sobject, {})

    def _lightning(self, sobject: str, known: Words) -> LightningPage | None:
        if self.pages is None:
            return None
        assigned = lightning_page_of(sobject, self.pages, self.app, self.policy)
        self.asking.notes += [assigned.note] if assigned.note else []
        if assigned.unread:
            self.asking.missing(assigned.unread, PAGES, sobject)
            return None
        if not assigned.page:
            why = f"{sobject} has no Lightning page of its own: what its right side holds no API tells"
            self.asking.missing(why, (Surface.LIGHTNING,), sobject)
            return None
        named = assigned.page.casefold()
        ids = [text(one, "Id") for one in self.pages if text(one, "DeveloperName").casefold() == named]
        if not ids:
            why = f"There is no Lightning page {assigned.page}: correct RITUALS_VALIDATION__PAGES or the app's pages"
            self.asking.missing(why, PAGES, sobject)
            return None
        metadata = self.asking.metadata("FlexiPage", ids[0], PAGES, sobject)
        return lightning_page(metadata, sobject, assigned.page, known) if metadata else None

    def _why_no_layout(self, sobject: str) -> str:
        unread = self.asking.unread
        return next((u.why for u in unread if u.surface is Surface.LAYOUT and u.object in {"", sobject}), SETUP)
