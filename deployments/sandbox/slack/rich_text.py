"""The parts of a rich_text block."""

from deployments.sandbox.slack.checks import Check, fields, flag, items, number, one_of, text, typed

STYLE = fields({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))
MENTION_STYLE = fields({}, dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), flag))
BORDER = number(0, 1, whole=True)

INLINE: dict[str, Check] = {
    "text": fields({"text": text(least=1)}, {"style": STYLE}),
    "link": fields({"url": text(3000, 1)}, {"text": text(), "unsafe": flag, "style": STYLE}),
    "emoji": fields({"name": text(least=1)}, {"unicode": text(), "skin_tone": number(whole=True), "style": STYLE}),
    "user": fields({"user_id": text(least=1)}, {"style": MENTION_STYLE}),
    "usergroup": fields({"usergroup_id": text(least=1)}, {"style": MENTION_STYLE}),
    "channel": fields({"channel_id": text(least=1)}, {"style": MENTION_STYLE}),
    "broadcast": fields({"range": one_of("here", "channel", "everyone")}, {"style": MENTION_STYLE}),
    "color": fields({"value": text(least=1)}),
    "date": fields(
        {"timestamp": number(0, whole=True), "format": text(least=1)},
        {"url": text(), "fallback": text(), "style": STYLE},
    ),
}

SECTION = fields({"elements": items(typed(INLINE))})
LITERAL = {name: INLINE[name] for name in ("text", "link")}

PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": fields(
        {"style": one_of("bullet", "ordered"), "elements": items(typed({"rich_text_section": SECTION}))},
        {"indent": number(0, 8, whole=True), "offset": number(0, whole=True), "border": BORDER},
    ),
    "rich_text_quote": fields({"elements": items(typed(INLINE))}, {"border": BORDER}),
    "rich_text_preformatted": fields({"elements": items(typed(LITERAL))}, {"border": BORDER, "language": text()}),
}

RICH_TEXT = fields({"elements": items(typed(PARTS))}, {"block_id": text(255)})
