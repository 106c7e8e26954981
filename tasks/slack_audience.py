"""Who can read a Slack channel, asked before a report about people is posted there."""

from slack_sdk import WebClient

from tasks.clients import Refused
from tasks.reports.slack_text import shorten
from tasks.rules.audience import Audience, why_not_private
from tasks.slack_pages import in_words

_MOST_MEMBERS = 50  # each is one call; no circle of those who may read about people is larger
_SHARED = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
_PRIVATE = ("is_private", "is_im", "is_mpim")


def refuse_unless_private(client: WebClient, channel: str) -> None:
    """Raises Refused for a channel that is public, shared with another workspace, or has guests in it, with the remedy;
    Unavailable or Refused as every call of Slack."""
    if not channel:
        raise Refused("RITUALS_ACTIVITY_CHANNEL is empty: name the CRO's private channel or direct message.")
    with in_words(channel):
        why = why_not_private(audience_of(client, channel))
    if why:
        raise Refused(why)


def audience_of(client: WebClient, channel: str) -> Audience:
    """Who can read it. The members are asked for one by one, and only where the channel itself is private."""
    info = client.conversations_info(channel=channel)["channel"]
    name = shorten(f"#{info['name']}" if info.get("name") else channel, 80)
    private, shared = any(map(info.get, _PRIVATE)), any(map(info.get, _SHARED))
    return Audience(name, private, shared, _guests(client, channel) if private and not shared else ())


def _guests(client: WebClient, channel: str) -> tuple[str, ...]:
    page = client.conversations_members(channel=channel, limit=_MOST_MEMBERS + 1)
    members = list(page["members"])
    if len(members) > _MOST_MEMBERS or (page.get("response_metadata") or {}).get("next_cursor"):
        raise Refused(
            f"More than {_MOST_MEMBERS} people read Slack channel {channel}: a review of people does not go there. Set "
            "RITUALS_ACTIVITY_CHANNEL to the CRO's own private channel or direct message."
        )
    home = client.auth_test()["team_id"]
    people = [client.users_info(user=member)["user"] for member in members]
    strangers = [person for person in people if _is_guest(person) or person.get("team_id") != home]
    return tuple(shorten(str(person.get("real_name") or person["id"]), 60) for person in strangers)


def _is_guest(person: dict[str, object]) -> bool:
    return bool(person.get("is_restricted") or person.get("is_ultra_restricted"))
