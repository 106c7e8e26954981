"""Buttons that are pressed in Slack itself: what they carry, and how a report's buttons become such.

A report is rendered with buttons that lead to a run form of Prefect. Where people may decide in Slack, its Slack app
opens the same form there, so the button carries what the address carried: the deployment, and what fills in its form.
"""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tasks.reports.blocks import Block, Element
from tasks.reports.limits import BUTTON_VALUE

PRESSED = "form"  # how the action ids of such buttons begin
_FORM_PAGE = re.compile(r".*/deployments/deployment/(?P<deployment>[0-9a-f-]{36})/run")
_PACKED = "z:"
_NO_FORM = "the button carries no form"
_LONGEST = 100_000  # unpacked; a form is far shorter, and a value of that size was not made here


@dataclass(frozen=True)
class Press:
    """What a button carries: the id of a deployment, and the values that fill in its form."""

    deployment: str
    form: Mapping[str, Any]


def pressed_in_slack(blocks: list[Block]) -> list[Block]:
    """The blocks with the buttons to run forms as buttons that Slack tells our app of. Other buttons, and one that
    carries more than Slack takes, still lead where they led."""
    return [_pressed(block) for block in blocks]


def value(press: Press) -> str:
    """What a button carries, as text; packed where it is long."""
    plain = json.dumps({"deployment": press.deployment, "form": dict(press.form)}, separators=(",", ":"))
    # Slack may escape these three on the way.
    plain = plain.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    if len(plain) <= BUTTON_VALUE:
        return plain
    return _PACKED + base64.urlsafe_b64encode(zlib.compress(plain.encode(), level=9)).decode()


def read(text: str) -> Press:
    """What `value` made. Raises ValueError for anything else."""
    try:
        carried = json.loads(_unpacked(text.removeprefix(_PACKED)) if text.startswith(_PACKED) else text)
    except (ValueError, zlib.error):
        raise ValueError(_NO_FORM) from None
    match carried:
        case {"deployment": str(deployment), "form": dict(form)}:
            return Press(deployment, form)
    raise ValueError(_NO_FORM)


def _unpacked(packed: str) -> bytes:
    opening = zlib.decompressobj()
    plain = opening.decompress(base64.urlsafe_b64decode(packed), _LONGEST)
    if not opening.eof:
        raise ValueError("longer than any form")
    return plain


def _pressed(block: Block) -> Block:
    if block["type"] != "actions":
        return block
    return {**block, "elements": [_button(element, place) for place, element in enumerate(block["elements"])]}


def _button(element: Element, place: int) -> Element:
    press = _press(element.get("url", ""))
    if press is None or len(carried := value(press)) > BUTTON_VALUE:
        return element
    kept = {name: what for name, what in element.items() if name != "url"}
    return {**kept, "action_id": f"{PRESSED}_{place}_{element['action_id']}", "value": carried}


def _press(url: str) -> Press | None:
    parts = urlsplit(url)
    page = _FORM_PAGE.fullmatch(parts.path)
    try:
        form = json.loads(parse_qs(parts.query)["parameters"][0])["form"] if page else None
    except (ValueError, KeyError, TypeError):
        return None
    return Press(page["deployment"], form) if page and isinstance(form, dict) else None
