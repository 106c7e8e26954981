"""A person's order to book drafted talks: checked, taken down, carried out, told (handbook L143)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from prefect import task

from tasks.clients import Refused, Unavailable, salesforce
from tasks.ledger import Ledger
from tasks.ledger_activity import Talks
from tasks.patience import PATIENT
from tasks.reports.activity_context import ActivityContext
from tasks.reports.post import Post
from tasks.reports.talks import booked_reply, with_bookings
from tasks.rules.business_days import OfficeDays
from tasks.rules.choosing import each_once, signed_by
from tasks.rules.coaching import booking_refusal, event_fields, latest_day, redrafted, still_free
from tasks.rules.talks import Booked, Booking, NoTalk, Talk, TalkResult, TalkStanding
from tasks.runs import keys_link, remembered, run_id, run_link, salesforce_site
from tasks.salesforce_calendar import CalendarWriter, NotBooked
from tasks.settings import Settings, settings
from tasks.slack import publisher

BOOK = "book-coaching/book"


@dataclass(frozen=True)
class TalkOrder:
    """What a person ordered: the talks that may be booked, and for each of the others why not."""

    accepted: tuple[str, ...]
    refused: tuple[str, ...] = ()

    @property
    def refused_in_words(self) -> str:
        """The sentences for the person."""
        return ". ".join(self.refused)


@task(**PATIENT)
def order_talks(talks: Sequence[str], decided_by: str, *, dry_run: bool = True) -> TalkOrder:
    """Take down which talks a person wants booked. A dry run takes nothing down. What was carried out before is said
    again: a run that was cut off right after it may have left it unsaid.

    Raises LedgerMissing, Unavailable, Refused or SettingsError.
    """
    config, now = settings(), datetime.now(UTC)
    wanted = each_once(talks)
    if not wanted:
        return TalkOrder((), ("Name the talks to book, as the report's button fills them in",))
    accepted: list[str] = []
    refused: list[str] = []
    with remembered(config) as memory:
        store = Talks(memory)
        for name in wanted:
            why = _ordered(store, name, decided_by, config, now, dry_run=dry_run)
            (refused if why else accepted).append(why or name)
        done = [one for name in wanted if name not in accepted and (one := store.standing(name)) and one.result]
    if done and not dry_run:
        _say(done, config)
    return TalkOrder(tuple(accepted), tuple(refused))


@task(**PATIENT)
def book(talks: Sequence[str]) -> tuple[TalkResult, ...]:
    """Book the talks that were ordered, each once, where both are still free; what became of each.

    One that cannot be booked never stops the others. Raises Unavailable, or Refused with the remedy, while it is not
    known whether one was booked: running again goes on from there.
    """
    config = settings()
    unknown: Exception | None = None
    results: list[TalkResult] = []
    with remembered(config) as memory:
        store, writer = Talks(memory), CalendarWriter(salesforce(config), config)
        for name in talks:
            standing = _standing(store, name)
            if standing.result and standing.result.outcome.is_final:
                results.append(standing.result)
                continue
            try:
                result = _booked(memory, writer, standing.talk)
            except (Unavailable, Refused) as error:
                unknown, result = error, TalkResult(name, Booked.UNANSWERED, detail=str(error))
            store.settle(result)
            results.append(result)
    if unknown:
        raise unknown
    return tuple(results)


@task(**PATIENT)
def tell_talks(talks: Sequence[str]) -> str:
    """Say below the report what became of the talks, offer another time where one was taken, and put it into the
    report's first line; the same in words that name no person. Raises as `slack.publish`."""
    config = settings()
    with remembered(config) as memory:
        standings = [_standing(Talks(memory), name) for name in talks]
    _say(standings, config)
    return "\n".join(f"{one.talk.id}: {one.result.outcome if one.result else Booked.UNANSWERED}" for one in standings)


@task(**PATIENT)
def preview_talks(talks: Sequence[str]) -> str:
    """What booking the talks would do now, in words that name no person; nothing is written. Raises as `book`."""
    config = settings()
    with remembered(config) as memory:
        found = [_standing(Talks(memory), name).talk for name in talks]
    writer = CalendarWriter(salesforce(config), config)
    return "\n".join(f"{talk.id}: {_would_be(writer, talk)}" for talk in found)


@task(**PATIENT)
def booked_already(first: Post, report_key: str) -> Post | None:
    """The report's first message as it reads after talks of it were booked; None where none was. For a review that runs
    again. Raises as `order_talks`."""
    config = settings()
    with remembered(config) as memory:
        standings = _of_report(Talks(memory), report_key)
    return with_bookings(first, standings, _context(config)) if any(one.booking for one in standings) else None


def book_links() -> Callable[[tuple[str, ...]], str]:
    """The address of the booking form, filled in with drafts; see `keys_link`."""
    return keys_link(BOOK, "talks")


def _ordered(store: Talks, name: str, decided_by: str, config: Settings, now: datetime, *, dry_run: bool) -> str:
    """Take down that this person wants this talk; why it cannot be, else ""."""
    why_not = partial(
        booking_refusal,
        name,
        decided_by=decided_by,
        deciders=config.deciders,
        now=now,
        policy=config.coaching,
        time_zone=config.pipeline.time_zone,
    )
    standing = store.standing(name)
    if standing and standing.result:
        standing = next(one for one in _of_report(store, standing.talk.report_key) if one.talk.id == name)
    why = why_not(standing)
    if why or dry_run:
        return why
    try:
        store.record(Booking(name, signed_by(decided_by, config.deciders, "book a talk")[0], now, run_id()))
    except Refused as replaced:
        return str(replaced)
    return why_not(store.standing(name))  # of two who order at once, one was faster


def _booked(memory: Ledger, writer: CalendarWriter, talk: Talk) -> TalkResult:
    fields = event_fields(talk)

    def do() -> str:
        if talk.starts <= datetime.now(UTC) or not _is_free(writer, talk):
            raise NotBooked(Booked.TAKEN, "")
        memory.renew([key])  # another run may have booked it while this one stood still over its look
        return writer.book(talk, fields)

    key = f"activity-review:{talk.id}:book:{talk.rep_id}"
    try:
        made = memory.once(key, {"manager": talk.manager_id, **fields}, do, lambda: writer.find(talk))
    except NotBooked as refusal:
        memory.claim(key)
        memory.refuse(key, f"{refusal.outcome}: {refusal.detail}")
        return TalkResult(talk.id, refusal.outcome, detail=refusal.detail)
    except Refused:
        before = memory.effect(key)
        if before is None or before.state != "refused":
            raise
        # Another run got that answer, and ended before it could settle the talk.
        outcome, _, detail = before.reason.partition(": ")
        return TalkResult(talk.id, Booked(outcome), detail=detail)
    return TalkResult(talk.id, Booked.BOOKED, event_id=made.remote_id)


def _would_be(writer: CalendarWriter, talk: Talk) -> str:
    try:
        return "would be booked" if _is_free(writer, talk) else str(Booked.TAKEN)
    except NotBooked as gone:
        return gone.detail


def _is_free(writer: CalendarWriter, talk: Talk) -> bool:
    zones = writer.zones((talk.rep_id, talk.manager_id))
    return still_free(talk, writer.busy(zones, talk.starts, talk.ends))


def _standing(store: Talks, name: str) -> TalkStanding:
    standing = store.standing(name)
    if standing is None:
        raise Refused(f"There is no talk {name}: run the activity review, and book what its report drafts.")
    return standing


def _of_report(store: Talks, report_key: str) -> list[TalkStanding]:
    """Every talk that was drafted for the report; one whose time was taken is replaced by its draft of another time."""
    found = store.standings_of(report_key)
    others = {one.talk.instead_of: one.superseded_by or one.talk.id for one in found}
    return [replace(one, superseded_by=one.superseded_by or others.get(one.talk.id, "")) for one in found]


def _say(standings: Sequence[TalkStanding], config: Settings) -> None:
    """One reply for what was ordered in one run, below the report that drafted it."""
    orders: dict[tuple[str, str, str], list[TalkStanding]] = defaultdict(list)
    for standing in standings:
        run = standing.booking.run_id if standing.booking else ""
        orders[standing.talk.report_key, standing.talk.channel, run].append(standing)
    for (report_key, channel, run), ordered in orders.items():
        other = [
            _another_time(one.talk, config) for one in ordered if one.result and one.result.outcome is Booked.TAKEN
        ]
        # A report that came late is of the day before at most.
        since = min(one.talk.drafted_at for one in ordered) - timedelta(hours=config.max_late_hours + 24)
        with publisher(channel, private=True) as slack:
            drafts, context = _of_report(Talks(slack.ledger), report_key), _context(config)
            together = [one for one in drafts if one.booking and one.booking.run_id == run]
            again = [talk for talk in other if isinstance(talk, Talk)]
            reply = booked_reply(together, again, [talk for talk in other if isinstance(talk, NoTalk)], context)
            slack.reply(report_key, reply, f"{report_key}:talks:{run}", since)
            slack.rewrite(report_key, partial(with_bookings, standings=drafts, context=context))


def _another_time(talk: Talk, config: Settings) -> Talk | NoTalk | None:
    """The draft of the next time that is free for both, or the one that stands already; None where somebody has wanted
    that one booked by now."""
    writer, now, zone = CalendarWriter(salesforce(config), config), datetime.now(UTC), config.pipeline.time_zone
    try:
        zones = writer.zones((talk.rep_id, talk.manager_id))
    except NotBooked as gone:
        return NoTalk(talk.rep_id, talk.rep, gone.detail)
    until = datetime.combine(latest_day(now, config.coaching, zone) + timedelta(days=2), now.timetz())
    busy, office = writer.busy(zones, now, until), OfficeDays(config.holidays)
    with remembered(config) as memory:
        store = Talks(memory)
        drafts = [one.talk for one in _of_report(store, talk.report_key) if not one.booking and not one.superseded_by]
        others = [one for one in drafts if one.id != talk.id]
        found = redrafted(talk, busy, office, config.coaching, now=now, zones=zones, time_zone=zone, beside=others)
        if isinstance(found, NoTalk):
            return found
        stands = store.redraft(found)
        return None if _standing(store, stands.id).booking else stands


def _context(config: Settings) -> ActivityContext:
    return ActivityContext(
        as_of=datetime.now(UTC),
        salesforce_url=salesforce_site(config),
        run_url=run_link(),
        policy=config.activity,
        time_zone=config.pipeline.time_zone,
        book_url=book_links(),
    )
