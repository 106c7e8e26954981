"""One run of the after-hours support: which channels it reads, what it makes of them, how far it got."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State

from tasks.artifacts import literally
from tasks.clients import Refused, slack_reader, slack_writer
from tasks.ledger import Ledger
from tasks.ledger_feedback import Watermarks
from tasks.ledger_tickets import Tickets
from tasks.patience import PATIENT
from tasks.reports.after_hours import in_short
from tasks.rules.after_hours import Handled, Matter, channels_due, matters
from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback import Conversation
from tasks.rules.slack_ts import earlier, ts_of
from tasks.rules.support_clock import SupportClock
from tasks.runs import remembered
from tasks.settings import Settings, settings
from tasks.slack_feedback import FeedbackReading
from tasks.ticketer import Desk, Ticketer
from tasks.zendesk import Zendesk, ticket_url, zendesk
from tasks.zendesk_door import host

RITUAL: Final = "after-hours"
# No retries by Prefect: what fails is tried again at once, and the next run comes within minutes.
_ONCE: Final = {**PATIENT, "retries": 0}
_TOLD, _AGAIN = 5, 2


@dataclass(frozen=True)
class Watch:
    """What a run is to look at.

    since   from where on channels are read that have no mark    until   the moment as of which it acts
    marks   from where on the others are read, by channel        idle    why there is nothing to do; "" where there is
    began   when this was found out, by the machine's clock: reading many channels takes minutes
    """

    channels: tuple[str, ...]
    since: datetime
    until: datetime
    marks: Mapping[str, str] = field(default_factory=dict)
    idle: str = ""
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def moment(self) -> datetime:
        """The moment as of which it acts by now: support may have opened since it began."""
        return self.until + (datetime.now(UTC) - self.began)


class NotAllDone(Refused):
    """Something could not be done: it is tried again by the next run."""


@task(**PATIENT)
def watch_due(moment: datetime) -> Watch:
    """What has to be read at that moment (aware): all channels while support is closed; while it is open those in which
    something of before may be left, and those with a recent ticket. Where nothing was read before it begins when
    support last closed. Nothing is asked outside but the ledger.

    Each channel is read anew from some minutes before its mark on: what its author began there may go on (see
    `matters`), and a message may appear late.

    Raises LedgerMissing, Unavailable or SettingsError.
    """
    config = settings()
    clock, channels = support_clock(config), tuple(config.slack_customer_channels)
    nothing = Watch((), clock.last_close(moment), moment)
    if config.zendesk_url is None:
        return replace(nothing, idle="After-hours support is off: set RITUALS_ZENDESK_URL.")
    if not channels:
        return replace(nothing, idle="No customer channels: set RITUALS_SLACK_CUSTOMER_CHANNELS.")
    with remembered(config) as memory:
        marks = Watermarks(memory).of(RITUAL)
        since = moment - timedelta(days=config.support.watched_days)
        watched = Tickets(memory, host(config)).channels_since(ts_of(since))
    due = channels_due(channels, marks, watched, moment, clock)
    if not due:
        return replace(nothing, idle="Support is open, and nothing is left of the time before.")
    overlap = config.feedback.together_minutes
    return replace(nothing, channels=due, marks={one: earlier(marks[one], overlap) for one in due if one in marks})


@task(**_ONCE)
def answer_after_hours(watch: Watch, reading: FeedbackReading) -> str:
    """Make the tickets, the comments and the replies that are missing; how many, in words, and which channels could not
    be read: for that the run does not fail, as the morning's sweep asks for the invitation. A channel's mark moves once
    all of it is done.

    Raises NotAllDone with a sentence for each message that could not be done, after all others were;
    LedgerMissing, Unavailable, Refused or SettingsError where nothing can be done at all.
    """
    config, handled = settings(), list[Handled]()
    with remembered(config) as memory, zendesk(config) as tickets:
        ticketer = _ticketer(config, memory, tickets, watch, reading)
        for channel in reading.channels:
            done = [_tried(ticketer, matter) for matter in _matters(config, reading.conversations, channel.id)]
            handled += done
            if not channel.trouble and not any(one.trouble for one in done):
                Watermarks(memory).move(RITUAL, {channel.id: channel.up_to})
    said, troubles = in_short(handled), [one.trouble for one in handled if one.trouble]
    if troubles:
        more = f" (and {len(troubles) - _TOLD:,} more)" if len(troubles) > _TOLD else ""
        failed = f"{' | '.join(troubles[:_TOLD])}{more}"
        raise NotAllDone(f"{said or 'nothing'} done; tried again by the next run: {failed}")
    return "; ".join([said or "nothing to do", *_unread(reading)])


@task(**PATIENT)
def preview_after_hours(watch: Watch, reading: FeedbackReading) -> str:
    """What would be done now, a thread a line; nothing is written. Raises as `answer_after_hours`."""
    config = settings()
    with remembered(config) as memory, zendesk(config) as tickets:
        ticketer = _ticketer(config, memory, tickets, watch, reading)
        lines = [ticketer.preview(matter) for matter in _matters(config, reading.conversations)]
    return "\n".join([*filter(None, lines), *_unread(reading)]) or "Nothing to do."


@task(**PATIENT)
def ticket_urls(threads: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Where an agent sees the tickets of these threads (channel and root), by the key of their conversation, as far as
    they have one that the ledger knows. Zendesk is not asked. Raises LedgerMissing, Unavailable or SettingsError."""
    config, found = settings(), dict[str, str]()
    if config.zendesk_url is None:
        return found
    with remembered(config) as memory:
        known = Tickets(memory, host(config))
        for channel, root in threads:
            if ticket := known.of(channel, root):
                found[Conversation(channel, root, ()).key] = ticket_url(config, ticket.number)
    return found


def show_after_hours(said: str) -> None:
    """An artifact of this run: what was done, as counts; of a dry run what would be, with the beginning of what
    customers wrote."""
    create_markdown_artifact(literally(said), key="after-hours-support", description="Tickets of the closed hours")


def counts_of(answering: State[Any]) -> str:
    """What the step did, or why it could not do all of it."""
    return str(answering.result(raise_on_failure=False))


def _unread(reading: FeedbackReading) -> list[str]:
    """The channels that could not be read, each with the remedy."""
    return [f"#{one.name} not read: {one.trouble.rstrip('.')}" for one in reading.channels if one.trouble]


def _tried(ticketer: Ticketer, matter: Matter) -> Handled:
    """Again where it fails, until it fails in the same way twice: what was cut off on its way mostly passes then."""
    done = ticketer.handle(matter)
    for _ in range(_AGAIN):
        if not done.trouble or ticketer.must_wait:
            break
        before, again = done, ticketer.handle(matter)
        done = replace(
            again,
            tickets=before.tickets + again.tickets,
            comments=before.comments + again.comments,
            replies=before.replies + again.replies,
        )
        if again.trouble == before.trouble:
            break
    return done


def _matters(config: Settings, conversations: Sequence[Conversation], channel: str = "") -> tuple[Matter, ...]:
    """Those of one channel, or of all."""
    mine = [one for one in conversations if channel in {"", one.channel}]
    return matters(mine, config.feedback.together_minutes)


def _ticketer(config: Settings, memory: Ledger, tickets: Zendesk, watch: Watch, reading: FeedbackReading) -> Ticketer:
    names = {channel.id: channel.name for channel in reading.channels}
    return Ticketer(
        Tickets(memory, host(config)),
        tickets,
        slack_writer(config),
        slack_reader(config),
        Desk(names, support_clock(config), watch.moment),
    )


def support_clock(config: Settings) -> SupportClock:
    """The clock of the settings."""
    return SupportClock(config.support, OfficeDays(config.holidays), config.pipeline.time_zone)
