"""What we post to Slack and read from it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from prefect import task

from tasks.clients import slack_reader, slack_writer
from tasks.patience import PATIENT
from tasks.reports.post import Post, Report
from tasks.reports.slack_buttons import pressed_in_slack
from tasks.runs import remembered
from tasks.settings import settings
from tasks.slack_audience import refuse_unless_private
from tasks.slack_publisher import Delivery, Publisher
from tasks.slack_talk import CustomerChannels, Talk


@task(**PATIENT)
def publish(
    report: Report, key: str, since: datetime, channel: str = "", shown: Post | None = None, *, private: bool = False
) -> Delivery:
    """Post the report, its thread and its files, or bring those of the same `key` up to date.

    `since` (aware) is a moment before which it cannot have been posted; `channel` is that of the settings when empty.
    `shown` is what the parent says instead, where a person has decided since; the report's own is remembered.
    `private`: about people, so that it is Refused for a channel which others can read.
    """
    with publisher(channel, private=private) as slack:
        return slack.publish(report, key, since, shown)


@task(**PATIENT)
def already_posted(key: str, since: datetime, channel: str = "") -> bool:
    """Whether a report of this key was posted: the next one replaces it. Raises as `publish`."""
    with publisher(channel) as slack:
        return slack.posted(key, since)


@task(**PATIENT)
def say_once(text: str, key: str, since: datetime, channel: str = "", *, private: bool = False) -> None:
    """Post one line (safe mrkdwn), unless a line of this `key` was posted before. Raises as `publish`."""
    with publisher(channel, private=private) as slack:
        slack.say_once(text, key, since)


@task(**PATIENT)
def private_channel(channel: str = "") -> str:
    """The channel of the reports about people: this one, else that of the settings. Raises Refused with the remedy
    where others can read it; Unavailable or SettingsError."""
    config = settings()
    wanted = channel or config.activity_channel
    refuse_unless_private(slack_reader(config), wanted)
    return wanted


@task(**PATIENT)
def read_customer_talk(accounts: Sequence[str], since: datetime, until: datetime) -> Talk:
    """What people of `accounts` (Salesforce ids) wrote in their Slack channels between two aware moments.

    Ours and theirs are told apart by Slack's team and guest flags, never by e-mail. A channel that cannot be read is
    named in the notes. Raises SettingsError, Unavailable or Refused.
    """
    config, wanted = settings(), set(accounts)
    channels = {channel: account for channel, account in config.slack_customer_channels.items() if account in wanted}
    return CustomerChannels(slack_reader(config), channels).read(since, until)


@contextmanager
def publisher(channel: str = "", *, private: bool = False) -> Iterator[Publisher]:
    """What posts to the channel (that of the settings when empty) and remembers it in the ledger.

    To be opened inside a task. Raises SettingsError, and what the ledger raises where it cannot be opened; Refused
    for a channel that is not as `private` as it has to be.
    """
    config = settings()
    if private:
        refuse_unless_private(slack_reader(config), channel)
    with remembered(config) as memory:
        dressed = pressed_in_slack if config.slack_deciders else list
        yield Publisher(slack_writer(config), slack_reader(config), channel or config.slack_channel, memory, dressed)
