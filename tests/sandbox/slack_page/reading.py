"""Reads HTML back as a browser's parser sees it: its text, its elements and their attributes."""

import re
from html.parser import HTMLParser

APART = frozenset({"blockquote", "button", "div", "li", "p", "pre", "small", "summary", "td", "th"})
VISIBLE_ADDRESS = re.compile(r"(https?://|mailto:|/slack(/|$)|#p\d+$|data:image/|data:,$)")


class Reading(HTMLParser):
    """What a piece of HTML says.

    `text` has single spaces, also between parts that stand apart; `addresses` are all href and src.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.classes: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self._pieces: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join("".join(self._pieces).split())

    @property
    def addresses(self) -> list[str]:
        return [value for name, value in self.attributes if name in {"href", "src", "action", "formaction"}]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._pieces.append(" " if tag in APART else "")
        self.attributes += [(name, value or "") for name, value in attrs]
        self.classes += [name for key, value in attrs if key == "class" for name in (value or "").split()]

    def handle_endtag(self, tag: str) -> None:
        self._pieces.append(" " if tag in APART else "")

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)


def dangers(reading: Reading) -> list[str]:
    """What must never be there: scripts, handlers, styles, frames, and addresses that could run."""
    tags = {"script", "style", "iframe", "object", "embed", "form", "base", "math", "template"}
    return [
        *(f"<{tag}>" for tag in reading.tags if tag in tags),
        *(name for name, _ in reading.attributes if name.startswith("on") or name in {"style", "srcdoc"}),
        *(address for address in reading.addresses if not VISIBLE_ADDRESS.match(address)),
    ]
