"""Attachments: the older form of a message's secondary content, beside a coloured bar in Slack."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from deployments.sandbox.slack.page.blocks import render_blocks
from deployments.sandbox.slack.page.html import element, joined, link, literal
from deployments.sandbox.slack.page.mrkdwn import mrkdwn, plain_text
from deployments.sandbox.slack.page.names import Names


def render_attachment(attachment: Mapping[str, Any], names: Names) -> Markup:
    """One attachment: its blocks, or its pretext, title, text and fields; its fallback when it has none of them."""
    if attachment.get("blocks"):
        return element("div", render_blocks(attachment["blocks"], names), class_="attachment")
    parts: list[Markup] = []
    if attachment.get("title"):
        title = literal(str(attachment["title"]))
        parts.append(element("b", link(attachment.get("title_link"), title), class_="title"))
    if attachment.get("text"):
        parts.append(mrkdwn(str(attachment["text"]), names))
    for one in attachment.get("fields") or ():
        title, value = literal(str(one.get("title", ""))), mrkdwn(str(one.get("value", "")), names)
        parts.append(joined([element("b", title), value]))
    if attachment.get("footer"):
        parts.append(element("small", plain_text(str(attachment["footer"]))))
    pretext = mrkdwn(str(attachment.get("pretext") or ""), names)
    body = joined(parts) or ("" if pretext else plain_text(str(attachment.get("fallback") or "Empty attachment")))
    return joined([pretext, element("div", body, class_="attachment")])
