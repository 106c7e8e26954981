"""Which channels there are in Slack, by the fewest calls; and why one of them cannot be read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from slack_sdk.errors import SlackApiError

from tasks.rules.feedback import Channel
from tasks.slack_pace import PacedSlack
from tasks.slack_pages import REMEDIES, code
from tasks.slack_talk import NOT_READABLE

_UNREADABLE = NOT_READABLE | {"channel_is_limited_access", "method_not_supported_for_channel_type"}
_NOT_LISTED = "Slack does not list its channels (missing_scope): names are ids here, and channels that are in no "
_MORE_REMEDIES = {
    "is_archived": "Take it out of RITUALS_SLACK_CUSTOMER_CHANNELS, or unarchive it.",
    "channel_is_limited_access": "Let the bot's app into the channel.",
    "method_not_supported_for_channel_type": "Correct RITUALS_SLACK_CUSTOMER_CHANNELS: it is no channel.",
}


@dataclass(frozen=True)
class Listing:
    """The channels that our bot sees and that are not archived: names by id.

    customers   ids of those that look like a customer's      notes   what could not be listed, a sentence each
    """

    names: Mapping[str, str] = field(default_factory=dict)
    customers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def strangers(self, known: Collection[str]) -> tuple[str, ...]:
        """Names of those that look like a customer's and are not known, by name."""
        return tuple(sorted(self.names[id_] for id_ in self.customers if id_ not in known))

    def seen(self, slack: PacedSlack, channel: Channel) -> Channel:
        """The channel, with its name and what is wrong with it. One that is not listed is asked about, unless nothing
        could be listed. Raises SlackApiError."""
        if channel.id in self.names or self.notes:
            return channel
        told = slack.call("conversations.info", channel=channel.id)["channel"]
        named = replace(channel, name=str(told.get("name") or channel.id))
        return replace(named, trouble=_sentence("is_archived")) if told.get("is_archived") else named


def listing_of(slack: PacedSlack, customers_begin: tuple[str, ...]) -> Listing:
    """All channels, where those of customers begin so or are shared with another workspace. Raises SlackApiError."""
    names: dict[str, str] = {}
    customers: list[str] = []
    kinds = "public_channel,private_channel"
    try:
        for channel in slack.rows("conversations.list", "channels", types=kinds, exclude_archived=True):
            names[channel["id"]] = str(channel.get("name") or channel["id"])
            if channel.get("is_ext_shared") or names[channel["id"]].startswith(customers_begin):
                customers.append(channel["id"])
    except SlackApiError as error:
        if code(error) != "missing_scope":
            raise
        return Listing(notes=(f"{_NOT_LISTED}settings are not looked for. {REMEDIES['missing_scope']}",))
    return Listing(names, tuple(customers))


def trouble_of(error: SlackApiError) -> str:
    """Why a channel cannot be read, one sentence with the remedy. Raises the error where it is not the channel's."""
    if code(error) not in _UNREADABLE:
        raise error
    return _sentence(code(error))


def _sentence(word: str) -> str:
    remedy = {**REMEDIES, **_MORE_REMEDIES}[word]
    return f"Slack says {word}: {remedy[0].lower()}{remedy[1:]}"
