"""Links on a page: fields that are links, and anchors within rich text. Pure."""

import re
from collections.abc import Iterator
from typing import Any, Final

_ANCHOR: Final = re.compile(
    r"""<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)</a\s*>""", re.IGNORECASE | re.DOTALL
)
_PLAIN: Final = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&"}


def anchors(markup: str) -> Iterator[tuple[str, str]]:
    """The links of a rich text: what is shown, and where it leads."""
    for double, single, shown in _ANCHOR.findall(markup):
        yield " ".join(_plain(re.sub(r"<[^>]*>", "", shown)).split()), _plain(double or single)


def link_of(field: dict[str, Any]) -> str | None:
    """What a row of CATALOGUE leads to when it is a link: a formula with HYPERLINK, "" for a field of the type url,
    whose address is each record's own; None when it is no link."""
    if "HYPERLINK" in field["formula"].upper():
        return str(field["formula"])
    return "" if field["type"] == "url" else None


def _plain(markup: str) -> str:
    for entity, character in _PLAIN.items():
        markup = markup.replace(entity, character)
    return markup
