"""Files of a message: as cards in it, and as downloads that a browser never takes for a page."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import Response

from deployments.sandbox.slack.page.html import element, joined, literal
from deployments.sandbox.slack.records import StoredFile

_PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif"})
_TEXTS: Final = frozenset({"text/csv", "text/plain"})
_KILO: Final = 1000
_ICON_LETTERS: Final = 4


def described(file_id: str, stored: StoredFile | None) -> dict[str, Any]:
    """What `render_file` needs to know of a file; one that is gone is marked as Slack marks it."""
    if stored is None:
        return {"id": file_id, "mode": "tombstone"}
    return {"id": stored.id, "name": stored.name, "mimetype": stored.mimetype, "size": len(stored.content)}


def render_file(file: Mapping[str, Any]) -> Markup:
    """A file as a card that downloads it; a picture is shown as well."""
    if file.get("mode") == "tombstone":
        return element("div", "This file was deleted.", class_="notice")
    address = f"/slack/files/{quote(str(file['id']), safe='')}"
    name, kind = str(file.get("name") or file["id"]), str(file.get("mimetype") or "")
    facts = f"{kind or 'File'} · {_size(int(file.get('size') or 0))} · download"
    card = element(
        "a",
        element("span", PurePath(name).suffix.lstrip(".")[:_ICON_LETTERS].upper(), class_="icon", aria_hidden="true"),
        element("span", element("b", literal(name)), element("small", facts)),
        href=address,
        class_="file",
        download=name,
    )
    if kind in _PICTURES:
        return joined([element("img", src=address, alt=name, class_="picture"), card])
    return card


def download(stored: StoredFile) -> Response:
    """The content as an attachment; only pictures and plain texts keep their type."""
    if stored.mimetype in _TEXTS:
        media_type = f"{stored.mimetype}; charset=utf-8"
    else:
        media_type = stored.mimetype if stored.mimetype in _PICTURES else "application/octet-stream"
    disposition = f"attachment; filename*=utf-8''{quote(stored.name, safe='')}"
    return Response(stored.content, media_type=media_type, headers={"Content-Disposition": disposition})


def _size(size: int) -> str:
    for unit in ("B", "kB", "MB"):
        if size < _KILO:
            return f"{size} {unit}"
        size = round(size / _KILO)
    return f"{size} GB"
