"""What customers wrote in their Slack channels: it never counts as communication on a deal, but holds it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tasks.rules.slack_ts import ts_of
from tasks.slack_pages import Message, code, in_words, pages
from tasks.slack_people import People, is_said

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
        with in_words("the customer channels"):
            home = str(self.client.auth_test()["team_id"]) if self.channels else ""
            people = People(lambda user: dict(self.client.users_info(user=user)["user"]), home)
            for channel, account in self.channels.items():
                try:
                    for message in filter(is_said, self._messages(channel, since, until)):
                        person = people.of(message["user"])
                        if not person.is_ours:
                            rows.append((account, message["ts"], person.name))
                except SlackApiError as error:
                    if code(error) not in NOT_READABLE:
                        raise
                    notes.append(f"Slack channel {channel} could not be read ({code(error)}): invite the bot.")
        return Talk(_talk(rows), tuple(notes))

    def _messages(self, channel: str, since: datetime, until: datetime) -> Iterator[Message]:
        """Every message of a channel between two moments, with the replies in the threads that began in it."""
        replies = self.client.conversations_replies
        for message in pages(self.client.conversations_history, channel, since, latest=ts_of(until)):
            yield message
            if message.get("reply_count"):
                answers = pages(replies, channel, since, latest=ts_of(until), ts=message["ts"])
                # The root comes with its replies, and a reply to the channel stands in the history too.
                yield from (a for a in answers if a["ts"] != message["ts"] and a.get("subtype") != "thread_broadcast")


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
