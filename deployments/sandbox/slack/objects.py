"""People, bots, teams and conversations as Slack prints them."""

import colorsys
import zlib
from datetime import datetime
from zoneinfo import ZoneInfo

from deployments.sandbox.slack.messages import APP_ID, bot_icons
from deployments.sandbox.slack.records import Conversation, JsonObject
from deployments.sandbox.slack.seed import Team, User
from deployments.sandbox.slack.state import SlackState


def user_object(state: SlackState, user: User, caller: User) -> JsonObject:
    """A person as `caller`'s token sees them.

    Someone of another workspace comes without roles, and with `is_stranger`: true when they share no channel with
    the caller. Only people of the caller's own workspace lack that key.
    """
    shown: JsonObject = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": _color(user.id),
        "real_name": user.real_name,
        **_time_zone(user.tz, state.now()),
        "profile": _profile(user),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    if user.team_id != caller.team_id:
        return {**shown, "is_stranger": not state.shared_with(caller, user)}
    return {
        **shown,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": bool(user.email),
        "who_can_share_contact_card": "EVERYONE",
    }


def bot_object(bot: User) -> JsonObject:
    """A bot, as bots.info tells it."""
    return {
        "id": bot.bot_id,
        "deleted": bot.deleted,
        "name": bot.real_name,
        "updated": 0,
        "app_id": APP_ID,
        "user_id": bot.id,
        "icons": bot_icons(),
    }


def team_object(team: Team, base: str) -> JsonObject:
    """A workspace, as team.info tells it."""
    return {
        "id": team.id,
        "name": team.name,
        "domain": team.domain,
        "url": base,
        "email_domain": "",
        "is_verified": False,
        "icon": {"image_default": True},
    }


def channel_object(state: SlackState, conversation: Conversation, caller: User) -> JsonObject:
    """A conversation as `caller`'s token sees it."""
    if conversation.is_im:
        return _direct_object(state, conversation, caller)
    shared = bool(conversation.connected_team_ids)
    pending = list(conversation.pending_team_ids)
    return {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.is_channel and not conversation.is_private,
        "is_group": conversation.is_private and not conversation.is_mpim,
        "is_im": False,
        "is_mpim": conversation.is_mpim,
        "is_private": conversation.is_private,
        "created": conversation.created,
        "updated": conversation.created * 1000,
        "creator": conversation.members[0] if conversation.members else "",
        "is_archived": conversation.is_archived,
        "is_general": conversation.name == "general",
        "is_member": caller.id in conversation.members,
        "unlinked": 0,
        "is_shared": shared or conversation.is_org_shared,
        "is_ext_shared": shared,
        "is_org_shared": conversation.is_org_shared,
        "is_pending_ext_shared": bool(pending),
        "pending_shared": pending,
        "pending_connected_team_ids": pending,
        "shared_team_ids": [state.home.id, *conversation.connected_team_ids],
        "internal_team_ids": [state.home.id] if shared else [],
        "context_team_id": state.home.id,
        **({"conversation_host_id": state.home.id} if shared else {}),
        "topic": _topic(conversation.topic),
        "purpose": _topic(conversation.purpose),
        "previous_names": [],
    }


def _direct_object(state: SlackState, conversation: Conversation, caller: User) -> JsonObject:
    other = next((m for m in conversation.members if m != caller.id), caller.id)
    return {
        "id": conversation.id,
        "created": conversation.created,
        "is_im": True,
        "is_archived": False,
        "is_org_shared": False,
        "context_team_id": state.home.id,
        "updated": conversation.created * 1000,
        "user": other,
        "is_user_deleted": state.users[other].deleted,
        "priority": 0,
    }


def _topic(value: str) -> JsonObject:
    return {"value": value, "creator": "", "last_set": 0}


def _profile(user: User) -> JsonObject:
    first, _, last = user.real_name.partition(" ")
    profile: JsonObject = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "team": user.team_id,
    }
    if user.email:
        profile["email"] = user.email
    if user.bot_id:
        profile |= {"bot_id": user.bot_id, "api_app_id": APP_ID, "always_active": True}
    return profile


def _time_zone(name: str, now: datetime) -> JsonObject:
    local = now.astimezone(ZoneInfo(name))
    offset = local.utcoffset()
    return {"tz": name, "tz_label": local.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}


def _color(user_id: str) -> str:
    """Six hex digits, the same for a person in every run."""
    hue = zlib.crc32(user_id.encode()) % 360 / 360
    return "".join(f"{int(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, 0.45, 0.6))
