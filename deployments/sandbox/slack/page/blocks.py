"""Block Kit blocks as HTML. A block that is unknown or malformed leaves a visible box, never nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from deployments.sandbox.slack.page.charts import chart
from deployments.sandbox.slack.page.elements import block_element, picture, text_object
from deployments.sandbox.slack.page.html import element, joined, literal, notice
from deployments.sandbox.slack.page.markdown import markdown
from deployments.sandbox.slack.page.mrkdwn import plain_text
from deployments.sandbox.slack.page.names import Names
from deployments.sandbox.slack.page.rich_text import rich_text
from deployments.sandbox.slack.page.tables import data_table, table

Block = Mapping[str, Any]


def render_blocks(blocks: Sequence[Block], names: Names) -> Markup:
    """The blocks of a message, in their order."""
    return joined(_render_block(block, names) for block in blocks)


def _render_block(block: Block, names: Names) -> Markup:
    kind = block.get("type")
    renderer = _RENDERERS.get(str(kind))
    if renderer is None:
        return notice(f"A block of type {kind} is not shown here.")
    try:
        shown = renderer(block, names)
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        return notice(f"This {kind} block is malformed: {type(problem).__name__} {problem}")
    return element("div", shown, class_=f"block {kind}")


def _header(block: Block, _: Names) -> Markup:
    return element("h3", plain_text(block["text"]["text"], short_names=block["text"].get("emoji", True)))


def _section(block: Block, names: Names) -> Markup:
    parts = [element("div", text_object(block["text"], names))] if block.get("text") else []
    if block.get("fields"):
        fields = joined(element("div", text_object(one, names)) for one in block["fields"])
        parts.append(element("div", fields, class_="fields"))
    content = element("div", joined(parts), class_="content")
    if not block.get("accessory"):
        return content
    accessory = element("div", block_element({"action_id": "a0", **block["accessory"]}, names), class_="accessory")
    return joined([content, accessory])


def _context(block: Block, names: Names) -> Markup:
    return joined(
        picture(one, "icon") if one["type"] == "image" else element("div", text_object(one, names))
        for one in block["elements"]
    )


def _divider(_: Block, __: Names) -> Markup:
    return element("hr")


def _actions(block: Block, names: Names) -> Markup:
    # The ids that Slack makes up where the app gives none.
    named = ({"action_id": f"a{number}", **one} for number, one in enumerate(block["elements"]))
    return joined(block_element(one, names) for one in named)


def _image(block: Block, names: Names) -> Markup:
    title = element("div", text_object(block["title"], names), class_="title") if block.get("title") else ""
    return joined([title, picture(block, "picture")])


def _markdown(block: Block, _: Names) -> Markup:
    return markdown(block["text"])


def _chart(block: Block, _: Names) -> Markup:
    return chart(block)


def _file(block: Block, _: Names) -> Markup:
    source = block.get("source", "remote")
    return element("div", "File kept elsewhere: ", literal(f"{block['external_id']} ({source})"), class_="file")


_RENDERERS: Final[Mapping[str, Callable[[Block, Names], Markup]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "image": _image,
    "markdown": _markdown,
    "rich_text": rich_text,
    "table": table,
    "data_table": data_table,
    "data_visualization": _chart,
    "file": _file,
}
