"""Tickets for what customers write while support is closed: each thread has one, each later message is one comment of
it, and each new ticket is told once in its thread (handbook L74 to L79).

Knows no Prefect: a run that was killed anywhere is repaired by running it again. A ticket that was closed is followed
up by a new one; one that was deleted is made anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from slack_sdk import WebClient

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.ledger import Ledger
from tasks.ledger_tickets import Kept, Tickets
from tasks.reports.after_hours import comment_body, planned, reply_text, subject, tells, ticket_body, up_to, whereabouts
from tasks.rules.after_hours import Handled, Matter, first_asked, reply_is_true
from tasks.rules.feedback import Message
from tasks.rules.support_clock import SupportClock
from tasks.slack_pages import in_words
from tasks.slack_thread_reply import ThreadGone, never_reply, reply_name, reply_once
from tasks.zendesk import NewTicket, Ticket, Zendesk
from tasks.zendesk_door import NotThere, TicketClosed

TAGS = ("slack", "after_hours")
REPLY = "after-hours"
WAITING = "not sent, as the other side takes nothing for now: the next run goes on"
_ASLEEP = {"pending", "hold", "solved"}  # what a customer says wakes a ticket, as it does by mail
_SETTLED = {"done", "refused"}
_NONE = Kept(0, "")


@dataclass(frozen=True)
class Desk:
    """Where and when it is done: the names of the channels by id, the clock, and the moment as of which (aware)."""

    names: Mapping[str, str]
    clock: SupportClock
    moment: datetime

    @property
    def time_zone(self) -> str:
        """The office's."""
        return self.clock.time_zone


@dataclass
class _Tally:
    at: Message  # what is being done now
    tickets: int = 0
    comments: int = 0
    replies: int = 0


@dataclass
class Ticketer:
    """Does what a matter needs. `write` must not repeat a post by itself; `read` may."""

    tickets: Tickets
    zendesk: Zendesk
    write: WebClient
    read: WebClient
    desk: Desk
    must_wait: bool = field(default=False, init=False)  # nothing more is asked: the other side takes nothing for now

    def handle(self, matter: Matter) -> Handled:
        """Its ticket, its reply and its comments, as far as they are missing: what was made, and what could not be. One
        that fails never stops the others."""
        tally = _Tally(matter.news[0] if matter.news else matter.messages[-1])
        trouble = WAITING if self.must_wait else ""
        try:
            if not trouble:
                self._handled(matter, tally)
        except (Unavailable, Refused) as error:
            # Whoever goes on asking while the other side says wait is shut out for longer.
            self.must_wait, trouble = isinstance(error, NotExecuted), str(error)
        if trouble:
            where = whereabouts(self._name(matter.channel), tally.at, self.desk.time_zone)
            trouble = f"{where}: {trouble}"
        return Handled(matter.channel, tally.tickets, tally.comments, tally.replies, trouble)

    def preview(self, matter: Matter) -> str:
        """What `handle` would do, for a dry run; "" for nothing. Raises Unavailable or Refused."""
        asked, ticket, what = first_asked(matter, self.desk.clock), self._known(matter), list[str]()
        if ticket is None:
            if asked is None:
                return ""
            standing = self._standing(self._external_id(matter), None)
            ticket = standing or replace(_NONE, up_to=matter.messages[-1].ts)
            what.append(f"is added to ticket #{standing.number}" if standing else "gets a ticket")
            if not standing:
                told = reply_is_true(asked.at, self.desk.moment, self.desk.clock)
                what.append("and the reply" if told else "without a reply, as support is open")
        later = [
            one
            for one in matter.news
            if one.ts > ticket.up_to and not self._is_settled(self.tickets.message_key(matter.channel, one.ts))
        ]
        what += [f"{len(later):,} later {'message' if len(later) == 1 else 'messages'} as comments"] if later else []
        shown = asked or (later[0] if later else matter.messages[-1])
        return planned(self._name(matter.channel), shown, what, self.desk.time_zone) if what else ""

    def _handled(self, matter: Matter, tally: _Tally) -> None:
        asked, ticket = first_asked(matter, self.desk.clock), self._known(matter)
        if ticket is None:
            if asked is None:
                return
            tally.at = asked
            ticket = self._ticket(matter, asked, None, tally)
        self._tie(matter, ticket)
        if asked is not None:
            tally.at = asked
            self._reply(matter, asked, tally)
        for message in matter.news:
            if message.ts > ticket.up_to:
                tally.at = message
                ticket = self._comment(matter, message, ticket, tally)

    def _known(self, matter: Matter) -> Kept | None:
        """The ticket of one of its threads."""
        found = (self.tickets.of(matter.channel, one.root) for one in matter.conversations)
        return next((one for one in found if one), None)

    def _ticket(self, matter: Matter, asked: Message, before: Kept | None, tally: _Tally, *, follows: int = 0) -> Kept:
        """The ticket that stands, or a new one, after `before`; `follows` is a closed ticket that it goes on from."""
        key = self.tickets.key(matter.channel, matter.root, before)
        external_id, channel, made = self._external_id(matter), self._name(matter.channel), list[Ticket]()

        def find() -> str | None:
            standing = self._standing(external_id, before)
            if standing and not standing.up_to:
                # Step 5 (L79): somebody else made it, so that nobody is told of a new one.
                self._say_nothing(matter.channel, matter.root, "its thread had a ticket before")
            return str(standing) if standing else None

        def do() -> str:
            if found := find():
                return found
            body = ticket_body(matter, self.desk.time_zone)
            new = NewTicket(external_id, subject(asked, channel), body, TAGS, follows=follows)
            made.append(self.zendesk.create(new, key))
            return str(Kept(made[0].number, matter.messages[-1].ts))

        done = self.ledger.once(key, self.tickets.payload(matter.channel, matter.root), do, find)
        tally.tickets += len(made)
        return Kept.read(done.remote_id)

    def _standing(self, external_id: str, before: Kept | None) -> Kept | None:
        """The ticket that Zendesk has of the thread, after `before`: of several the oldest that is not closed, else the
        last one."""
        found = [one for one in self.zendesk.find(external_id) if not before or one.number > before.number]
        ticket: Ticket | None = next((one for one in found if not one.is_closed), found[-1] if found else None)
        return Kept(ticket.number, up_to(ticket.description)) if ticket else None

    def _tie(self, matter: Matter, ticket: Kept) -> None:
        """Let its other threads have the same ticket; nothing is said in them."""
        for one in matter.conversations:
            if self.tickets.of(matter.channel, one.root) is None:
                self._say_nothing(matter.channel, one.root, "it is part of the ticket of another thread")
                self.tickets.keep(matter.channel, one.root, ticket)

    def _comment(self, matter: Matter, message: Message, ticket: Kept, tally: _Tally) -> Kept:
        """Add the message to the ticket, or to the one that has to follow it; that ticket."""
        key = self.tickets.message_key(matter.channel, message.ts)
        if self._is_settled(key):
            return ticket

        standing = self.zendesk.show(ticket.number)

        def find() -> str | None:
            told = self.zendesk.comments(ticket.number) if standing else ()
            return next((str(one.number) for one in told if tells(one.body, message.ts)), None)

        def do() -> str:
            # A ledger that is new, or was lost, knows nothing of what was said; nor does a run that stood still.
            if found := find():
                return found
            if standing is None or standing.is_closed:
                raise TicketClosed(f"Ticket #{ticket.number} takes no more comments.")
            status = "open" if standing.status in _ASLEEP and not message.is_ours else ""
            body = comment_body(message, self.desk.time_zone)
            return str(self.zendesk.comment(ticket.number, body, is_public=not message.is_ours, status=status))

        try:
            tally.comments += self.ledger.once(key, {"channel": matter.channel}, do, find).fresh
        except (TicketClosed, NotThere):
            follows = ticket.number if standing is not None else 0
            next_one = self._ticket(matter, message, ticket, tally, follows=follows)
            if message.ts > next_one.up_to:
                return self._comment(matter, message, next_one, tally)
            self.ledger.finish(key, str(next_one.number))
            return next_one
        return ticket

    def _reply(self, matter: Matter, asked: Message, tally: _Tally) -> None:
        """Tell of the new ticket in its thread, once, while it is true that support is closed; else never."""
        channel, root, policy = matter.channel, matter.root, self.desk.clock.policy
        if self._is_settled(reply_name(channel, root, REPLY)):
            return
        if not reply_is_true(asked.at, self.desk.moment, self.desk.clock):
            self._say_nothing(channel, root, "support was open when it was seen")
            return
        said = reply_text(asked, policy, self.desk.time_zone)
        try:
            reply_once(self.write, self.read, self.ledger, channel, root, said, REPLY)
        except ThreadGone as error:
            self._say_nothing(channel, root, str(error))
            return
        tally.replies += 1

    def _say_nothing(self, channel: str, root: str, reason: str) -> None:
        never_reply(self.ledger, channel, root, REPLY, reason)

    def _is_settled(self, key: str) -> bool:
        effect = self.ledger.effect(key)
        return effect is not None and effect.state in _SETTLED

    def _external_id(self, matter: Matter) -> str:
        """By which Zendesk finds the thread's ticket; a ts alone is one of its channel."""
        return f"slack:{self._team}:{matter.channel}:{matter.root}"

    def _name(self, channel: str) -> str:
        return self.desk.names.get(channel, channel)

    @property
    def ledger(self) -> Ledger:
        """The memory of what was made."""
        return self.tickets.ledger

    @cached_property
    def _team(self) -> str:
        with in_words("the workspace"):
            return str(self.read.auth_test()["team_id"])
