"""What the pretend Zendesk answers. The names are those of answers that others recorded of Zendesk's API v2; where no
ticket of ours has a value, it is null or empty as there."""

from datetime import datetime
from html import escape
from typing import Any

from deployments.sandbox.zendesk.seed import Agent
from deployments.sandbox.zendesk.state import Comment, Ticket, ZendeskState

JsonObject = dict[str, Any]
_NOTHING = (
    "type", "priority", "recipient", "assignee_id", "organization_id", "group_id", "forum_topic_id", "problem_id",
    "due_at", "satisfaction_rating",
)  # fmt: skip
_NONE_OF_THEM = (
    "collaborator_ids", "follower_ids", "email_cc_ids", "custom_fields", "sharing_agreement_ids", "fields",
    "followup_ids",
)  # fmt: skip


def moment(at: datetime) -> str:
    """As Zendesk writes moments: 2026-11-24T02:03:00Z."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def ticket(one: Ticket, state: ZendeskState, base: str) -> JsonObject:
    """A ticket; its comments are read apart."""
    by = state.agent_ids[one.by.email]
    return {
        "url": f"{base}/api/v2/tickets/{one.id}.json",
        "id": one.id,
        "external_id": one.external_id,
        "via": _via(one.follows),
        "created_at": moment(one.created),
        "updated_at": moment(one.updated),
        "generated_timestamp": int(one.updated.timestamp()),
        "subject": one.subject,
        "raw_subject": one.subject,
        "description": one.comments[0].body,
        "status": one.status,
        "requester_id": by,
        "submitter_id": by,
        "has_incidents": False,
        "is_public": any(comment.is_public for comment in one.comments),
        "tags": sorted(one.tags),
        "custom_status_id": 1,
        "ticket_form_id": 1,
        "brand_id": 1,
        "allow_channelback": False,
        "allow_attachments": True,
        "from_messaging_channel": False,
        **dict.fromkeys(_NOTHING),
        **{name: [] for name in _NONE_OF_THEM},
    }


def comment(one: Comment, state: ZendeskState) -> JsonObject:
    """A comment. What was sent as text is text: its HTML form has it escaped, with a paragraph for each line."""
    lines = "".join(f'<p dir="auto">{escape(line)}</p>' for line in one.body.split("\n"))
    return {
        "id": one.id,
        "type": "Comment",
        "author_id": state.agent_ids[one.author.email],
        "body": one.body,
        "html_body": f'<div class="zd-comment" dir="auto">{lines}</div>',
        "plain_body": one.body,
        "public": one.is_public,
        "attachments": [],
        "audit_id": one.audit_id,
        "via": _via(None),
        "created_at": moment(one.created),
        "metadata": _metadata(),
    }


def audit(of: Ticket, number: int, author: Agent, made: Comment | None, state: ZendeskState) -> JsonObject:
    """What one call changed of a ticket."""
    events = [{**comment(made, state), "audit_id": number}] if made else []
    return {
        "id": number,
        "ticket_id": of.id,
        "created_at": moment(of.updated),
        "author_id": state.agent_ids[author.email],
        "metadata": _metadata(),
        "events": events,
        "via": _via(None),
    }


def _via(follows: int | None) -> JsonObject:
    source = {"ticket_id": follows} if follows else {}
    return {"channel": "api", "source": {"from": source, "to": {}, "rel": "follow_up" if follows else None}}


def _metadata() -> JsonObject:
    system = {"client": "revenue-rituals", "ip_address": "127.0.0.1", "location": None, "latitude": 0, "longitude": 0}
    return {"system": system, "custom": {}}
