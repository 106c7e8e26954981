"""A small Slack with one report in it, as the pipeline review posts it: what the page is looked at with."""

from datetime import UTC, datetime
from typing import Any

from deployments.sandbox.slack.seed import Attachment, Channel, Message, SlackSeed, Team, User
from deployments.sandbox.slack.state import SlackState

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # Mon 07:30 in the office
PIPELINE, ACME, EMPTY, LONG = "C0PIPELINE", "C0ACME0001", "C0EMPTY001", "C0LONG0001"
REPORT_TS = "1795447680.000100"  # Mon 23 Nov 2026, 07:28 in the office
CSV = Attachment("F0REPORT01", "pipeline-review-2026-11-23.csv", "text/csv", "deal;amount\nAcmé;120000\n".encode())
LOG = Attachment("F0LOG00001", "agent.log", "text/plain", b"502")

Block = dict[str, Any]


def text(words: str, **style: bool) -> Block:
    """A rich text element that is data."""
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def to(words: str, record: str) -> Block:
    """A rich text link to a record."""
    return {"type": "link", "text": words, "url": f"https://example.my.salesforce.com/lightning/r/{record}/view"}


def section(*elements: Block) -> Block:
    """One line of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def ordered(*items: Block, offset: int = 0, indent: int = 0, style: str = "ordered") -> Block:
    """A rich text list."""
    return {
        "type": "rich_text_list", "style": style, "indent": indent, "offset": offset, "elements": list(items)
    }  # fmt: skip


def rich(*parts: Block) -> Block:
    """A rich_text block."""
    return {"type": "rich_text", "elements": list(parts)}


def mrkdwn(words: str) -> Block:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": words}


def plain(words: str) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": words}


def bar_chart(kind: str = "bar") -> Block:
    """Open pipeline by stage and age."""
    stages = ("Discovery", "Evaluation", "Proposal", "Legal review", "Negotiation")
    bands = {
        "0-29 days": (610_000, 820_000, 540_000, 150_000, 90_000),
        "30-44 days": (120_000, 240_000, 90_000, 60_000, 0),
        "45 days and more": (160_000, 90_000, 60_000, 0, 0),
    }
    return {
        "type": "data_visualization",
        "title": "Open pipeline by stage and age",
        "chart": {
            "type": kind,
            "series": [
                {"name": name, "data": [{"label": s, "value": v} for s, v in zip(stages, values, strict=True)]}
                for name, values in bands.items()
            ],
            "axis_config": {"categories": list(stages), "x_label": "Stage", "y_label": "US dollars"},
        },
    }


def pie_chart() -> Block:
    """Open pipeline by verdict."""
    shares = {"propose to close": 310_000, "held back": 140_000, "warn": 480_000, "healthy": 3_170_000}
    segments = [{"label": label, "value": value} for label, value in shares.items()]
    return {
        "type": "data_visualization", "title": "By verdict", "chart": {"type": "pie", "segments": segments}
    }  # fmt: skip


def table() -> Block:
    """The deals to decide, as a table."""
    rows = [
        ("Deal", "Amount", "Silent", "Why"),
        ("Acme 2026", "$120,000", "45 d", "Last reply 2 Sep, our last mail 9 Oct, nothing booked"),
        ("Globex expansion", "$90,000", "52 d", "Last call 2 Oct, nobody answered since"),
        ("<b>Initech</b> & Söhne", "$60,000", "61 d", "Never answered"),
    ]
    return {
        "type": "table",
        "column_settings": [None, {"align": "right"}, {"align": "right"}, {"is_wrapped": True}],
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows],
    }


def report() -> list[Block]:
    """The parent message of a weekly pipeline review."""
    return [
        {"type": "header", "text": plain("Pipeline review · Mon 23 Nov · 4 to decide ($310k)")},
        {"type": "section", "text": mrkdwn("*6 need their owner*, 2 slipped out of Q4 ($180k) :warning:")},
        rich(
            section(text("DECIDE", bold=True), text(" (no communication for 45 days or more)")),
            ordered(
                section(
                    to("Acme 2026", "006A"),
                    text(" · $120k · Discovery · Tom O. · last reply 2 Sep, our mail 9 Oct (45 d), nothing booked"),
                ),
                section(to("Globex expansion", "006B"), text(" · $90k · Evaluation · Ana S. · last call 2 Oct (52 d)")),
            ),
            section(text("HELD BACK ", bold=True), text("Initech: meeting booked 12 Dec")),
            section(text("DATA ", bold=True), text("61 of 61 open deals read.")),
        ),
        table(),
        bar_chart(),
        {
            "type": "section",
            "fields": [mrkdwn("*Open*\n$4.1M"), mrkdwn("*To decide*\n$310k"), plain("5 renewals")],
        },
        {
            "type": "actions",
            "elements": [
                {"type": "button", "text": plain("Decide"), "style": "primary", "action_id": "decide"},
                {"type": "button", "text": plain("Open list in Salesforce"), "url": "https://example.my.salesforce.com/"},
                {"type": "button", "text": plain("Close all"), "style": "danger", "action_id": "close"},
            ],
        },
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("as of 07:28 PT · 45 days inclusive · 5 renewals listed in thread")]},
    ]  # fmt: skip


def state() -> SlackState:
    """The small Slack: our team, a customer's, a guest, a bot; the report with its thread and file."""
    ours, theirs = Team("T0OURS", "Juniper", "juniper"), Team("T0ACME", "Acme Corp", "acme")
    people = (
        User("U0ALEX", ours.id, "alex", "Alex Meyer"),
        User("U0TOM", ours.id, "tom", "Tom Oduya"),
        User("U0GUEST", ours.id, "kim", "Kim Guest", is_ultra_restricted=True),
        User("U0JANE", theirs.id, "jane", "Jane Doe"),
        User("U0BOT", ours.id, "rituals", "Revenue rituals", is_bot=True, bot_id="B0BOT"),
    )
    everyone = tuple(user.id for user in people)
    channels = (
        Channel(ACME, "ext-acme", everyone, connected_team_ids=(ours.id, theirs.id)),
        Channel(EMPTY, "empty", everyone),
        Channel(LONG, "long", everyone),
        Channel(PIPELINE, "pipeline", everyone, topic="Weekly review of open deals", is_private=True),
    )
    messages = (
        Message(ACME, "U0JANE", "1795200000.000100", "Hi <@U0TOM>, we see *502* for all users :eyes:"),
        Message(ACME, "U0TOM", "1795200300.000100", "Looking.\n&gt; 502 for all\nsee <https://status.example.com|status>",
                edited_ts="1795200400.000000"),
        Message(ACME, "U0GUEST", "1795286700.000100", "", files=(LOG,)),
        Message(PIPELINE, "U0BOT", REPORT_TS, "Pipeline review · Mon 23 Nov", thread_ts=REPORT_TS),
        Message(PIPELINE, "U0BOT", "1795447681.000100", "All open deals", thread_ts=REPORT_TS, files=(CSV,)),
        Message(PIPELINE, "U0ALEX", "1795447690.000100", "closed 3, kept 1", thread_ts=REPORT_TS, broadcast=True),
    )  # fmt: skip
    slack = SlackState(SlackSeed((ours, theirs), people, channels, messages), lambda: NOW)
    root = slack.conversations[PIPELINE].messages[REPORT_TS]
    root |= {"blocks": report(), "reactions": [{"name": "eyes", "users": ["U0ALEX"], "count": 1}]}
    return slack
