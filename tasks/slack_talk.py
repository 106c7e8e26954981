"""What customers wrote in their Slack channels: it never counts as communication on a deal, but holds it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tasks.slack_pages import Message, code, in_words, pages, ts

NOT_READABLE = {"not_in_channel", "channel_not_found", "missing_scope", "is_archived"}


@dataclass(frozen=True)
class Talk:
    """What customers wrote in their channels: account_id, at (moment), who; and sentences on what could not be read."""

    messages: pd.DataFrame
    notes: tuple[str, ...]


@dataclass
class CustomerChannels:
    """Customer channels, by channel id to account id."""

    client: WebClient
    channels: Mapping[str, str]

    def read(self, since: datetime, until: datetime) -> Talk:
        """As `slack.read_customer_talk`."""
        rows: list[tuple[str, str, str]] = []
        notes: list[str] = []
        theirs: dict[str, str] = {}
        with in_words("the customer channels"):
            home = str(self.client.auth_test()["team_id"]) if self.channels else ""
            for channel, account in self.channels.items():
                try:
                    for message in self._messages(channel, since, until):
                        who = self._customer(message, home, theirs)
                        if who:
                            rows.append((account, message["ts"], who))
                except SlackApiError as error:
                    if code(error) not in NOT_READABLE:
                        raise
                    notes.append(f"Slack channel {channel} could not be read ({code(error)}): invite the bot.")
        return Talk(_talk(rows), tuple(notes))

    def _messages(self, channel: str, since: datetime, until: datetime) -> Iterator[Message]:
        """Every message of a channel between two moments, with the replies in the threads that began in it."""
        replies = self.client.conversations_replies
        for message in pages(self.client.conversations_history, channel, since, latest=ts(until)):
            yield message
            if message.get("reply_count"):
                answers = pages(replies, channel, since, latest=ts(until), ts=message["ts"])
                # The root comes with its replies, and a reply to the channel stands in the history too.
                yield from (a for a in answers if a["ts"] != message["ts"] and a.get("subtype") != "thread_broadcast")

    def _customer(self, message: Message, home: str, known: dict[str, str]) -> str:
        """The name of the customer who wrote `message`; "" for ours, bots and what Slack itself says."""
        user = message.get("user")
        if not user or message.get("bot_id") or message.get("subtype") not in {None, "file_share", "thread_broadcast"}:
            return ""
        if user not in known:
            person = self.client.users_info(user=user)["user"]
            guest = person.get("is_restricted") or person.get("is_ultra_restricted")
            ours = person.get("team_id") == home and not guest
            known[user] = "" if ours else str(person.get("real_name") or person.get("name") or user)
        return known[user]


def _talk(rows: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    accounts, moments, people = zip(*rows, strict=True) if rows else ((), (), ())
    at = pd.to_datetime(pd.Series([float(ts) for ts in moments], dtype="float64"), unit="s", utc=True)
    return pd.DataFrame(
        {
            "account_id": pd.Series(accounts, dtype="str"),
            "at": at.astype("datetime64[us, UTC]"),
            "who": pd.Series(people, dtype="str"),
        }
    )
