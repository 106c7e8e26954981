"""One message as HTML."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from deployments.sandbox.slack.page.attachments import render_attachment
from deployments.sandbox.slack.page.blocks import render_blocks
from deployments.sandbox.slack.page.emoji import emoji
from deployments.sandbox.slack.page.files import render_file
from deployments.sandbox.slack.page.html import element, joined
from deployments.sandbox.slack.page.inline import clock
from deployments.sandbox.slack.page.mrkdwn import mrkdwn
from deployments.sandbox.slack.page.names import Names

MAX_QUOTED = 120  # characters of a thread's root above a reply that was also sent to the channel


@cache
def templates() -> Environment:
    """The page's templates; everything put into them is escaped unless it is Markup already."""
    loader = PackageLoader("deployments.sandbox.slack.page")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


def render_message(message: Mapping[str, Any], names: Names) -> Markup:
    """One message, its files and reactions; files as dicts with id, name, mimetype and size (bytes)."""
    moment = names.local(message["ts"])
    shown = (
        templates()
        .get_template("message.html")
        .render(
            anchor="p" + message["ts"].replace(".", ""),
            sender=names.sender(message),
            moment=moment,
            time=clock(moment),
            content=_content(message, names),
            edited="edited" in message,
            only_you=bool(message.get("is_ephemeral")),
            acting=names.acting if message.get("blocks") or message.get("attachments") else None,
            root=_root(message, names),
            reactions=[_reaction(one, names) for one in message.get("reactions") or ()],
        )
    )
    return Markup(shown)  # noqa: S704 - the template has escaped it


def _content(message: Mapping[str, Any], names: Names) -> Markup:
    """Blocks stand in for the text, as in Slack; attachments and files follow either."""
    blocks, text = message.get("blocks"), message.get("text") or ""
    parts = [render_blocks(blocks, names) if blocks else mrkdwn(text, names)]
    parts += [render_attachment(one, names) for one in message.get("attachments") or ()]
    parts += [render_file(one) for one in message.get("files") or ()]
    return joined(parts) or element("div", "This message has no text.", class_="notice")


def _root(message: Mapping[str, Any], names: Names) -> str:
    """How the thread began that this message was sent to the channel from; "" where there is none to name."""
    root = message.get("root")
    if not root:
        return ""
    words = " ".join(mrkdwn(root.get("text") or "a message", names).striptags().split())
    return words if len(words) <= MAX_QUOTED else words[: MAX_QUOTED - 1] + "…"


def _reaction(reaction: Mapping[str, Any], names: Names) -> dict[str, str]:
    people = [names.people[user].name if user in names.people else user for user in reaction.get("users") or ()]
    return {
        "emoji": emoji(reaction["name"]),
        "count": str(reaction.get("count", len(people))),
        "by": ", ".join(people),
    }
