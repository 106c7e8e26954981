"""What is said of coaching talks: when they are, the reply once some were booked, and the report's first line then."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from tasks.reports.activity_context import ActivityContext
from tasks.reports.activity_rows import counted
from tasks.reports.blocks import Block, Element, bold, items, link, link_buttons, rich_text, section, text
from tasks.reports.dates import clock_time, weekday
from tasks.reports.decision import with_words
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.post import Post
from tasks.reports.slack_text import mrkdwn, shorten
from tasks.rules.talks import Booked, NoTalk, Talk, TalkStanding

BOOK = "book"  # the action id of the button that leads to the booking form
NAME = 32
_DETAIL = 160
_OWN_BUTTONS = 5
_SUGGESTED = re.compile(r"(?<![\w.,])([\d,]+) talks? suggested(?!\w)")
_SAID = {
    Booked.REFUSED: "refused by Salesforce",
    Booked.FORBIDDEN: "not permitted",
    Booked.UNANSWERED: "not yet known",
}


def time_said(moment: datetime, time_zone: str, now: datetime) -> str:
    """ "Wed 2 Dec 10:30 PT" on the clock of that zone."""
    zone = ZoneInfo(time_zone)
    return f"{weekday(moment.astimezone(zone).date(), now.astimezone(zone).date())} {clock_time(moment, zone)}"


def when_said(talk: Talk, context: ActivityContext, manager_zone: str = "") -> str:
    """The talk's time as the rep says it, and as the manager does where their clock shows another."""
    theirs = time_said(talk.starts, talk.time_zone, context.as_of)
    if not manager_zone:
        return theirs
    here, there = (talk.starts.astimezone(ZoneInfo(zone)) for zone in (talk.time_zone, manager_zone))
    if here.utcoffset() == there.utcoffset():
        return theirs
    other = clock_time(talk.starts, ZoneInfo(manager_zone))
    if here.date() != there.date():
        other = time_said(talk.starts, manager_zone, context.as_of)
    return f"{theirs} ({other} for {shorten(talk.manager, NAME)})"


def book_button(label: str, talk_ids: tuple[str, ...], context: ActivityContext) -> list[Element]:
    """The button to the booking form, "n of N" where not all of the drafts fit into its address; none without one."""
    url, count = context.booking(talk_ids)
    told = label if count == len(talk_ids) else f"{label} ({count:,} of {len(talk_ids):,})"
    return [
        {**button, "action_id": BOOK, "style": "primary"}
        for row in link_buttons([(told, url)])
        for button in row["elements"]
    ]


def booked_reply(
    standings: Sequence[TalkStanding], again: Sequence[Talk], not_again: Sequence[NoTalk], context: ActivityContext
) -> Post:
    """The reply under the report once a person wanted talks booked: what became of each, and the next free time of
    those whose time was taken, with a button each.

    standings   the talks that were decided on, with what became of them      again, not_again   for those that were
    taken: the draft of another time, or why there is none
    """
    first = _first_line(standings, context)
    others = {talk.instead_of: talk for talk in again}
    without = {talk.rep_id: talk for talk in not_again}
    rows = [] if _one_booked(standings) else [_row(one, others, without, context) for one in standings]
    told = {one.talk.id for one in standings} | {one.talk.rep_id for one in standings if one.talk.id not in others}
    rows += [_next_row(talk, context) for talk in again if talk.instead_of not in told]
    rows += [_without_row(talk) for talk in not_again if talk.rep_id not in told]
    buttons = _buttons(again, context)
    for count in range(len(rows), -1, -1):
        blocks = _blocks(first, rows[:count], len(rows), buttons)
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return Post(mrkdwn(first), blocks)


def booking_words(standings: Sequence[TalkStanding], suggested: int = 0) -> str:
    """What the report's first line says instead of the talks it suggests: "2 of 3 talks booked by Marisol Vega"; ""
    while nothing is decided. `standings` are those of all drafts of the report, `suggested` how many it suggests."""
    if not any(one.booking for one in standings):
        return ""
    done = [one for one in standings if _is(one, Booked.BOOKED)]
    ahead = [one for one in standings if one not in done and not one.superseded_by]
    of = max(len(done) + len(ahead), suggested)
    if not done:
        return f"none of {counted(of, 'talk')} booked yet"
    share = counted(of, "talk") if len(done) == of else f"{len(done):,} of {counted(of, 'talk')}"
    return f"{share} booked by {_who(done)}"


def with_bookings(post: Post, standings: Sequence[TalkStanding], context: ActivityContext) -> Post:
    """The report's parent with what was booked in place of what is suggested, and a button for what is left to book.
    Give the post as it was rendered, each time, and the standings of all drafts of the report."""
    found = list(_SUGGESTED.finditer(_title(post)))
    number = int(found[-1][1].replace(",", "")) if found else 0
    words = booking_words(standings, number)
    if not words:
        return post
    told = with_words(post, found[-1][0] if found else "", words)
    left = tuple(one.talk.id for one in standings if one.booking is None and not one.superseded_by)
    button = book_button("Book the rest", left, context)
    blocks = [_with_button(block, button) if block["type"] == "actions" else block for block in told.blocks]
    return replace(told, blocks=[block for block in blocks if block.get("elements", True)])


def _with_button(row: Block, button: list[Element]) -> Block:
    return {**row, "elements": [*button, *(one for one in row["elements"] if one["action_id"] != BOOK)]}


def _title(post: Post) -> str:
    return next((str(block["text"]["text"]) for block in post.blocks if block["type"] == "header"), "")


def _first_line(standings: Sequence[TalkStanding], context: ActivityContext) -> str:
    done = [one for one in standings if _is(one, Booked.BOOKED)]
    verb = "Would be booked" if context.dry_run else "Booked"
    if _one_booked(standings):
        [talk] = [one.talk for one in done]
        return f"{verb} by {_who(done)}: {shorten(talk.rep, NAME)}, {when_said(talk, context)}"
    share = f"{len(done):,}" if len(done) == len(standings) else f"{len(done) or 'none'} of {len(standings):,}"
    return f"{verb} by {_who(done or standings)}: {share} {'talk' if len(standings) == 1 else 'talks'}"


def _one_booked(standings: Sequence[TalkStanding]) -> bool:
    return len(standings) == 1 and _is(standings[0], Booked.BOOKED)


def _who(standings: Sequence[TalkStanding]) -> str:
    who = list(dict.fromkeys(shorten(one.booking.decided_by, NAME) for one in standings if one.booking))
    more = f" and {len(who) - 1:,} more" if len(who) > 1 else ""
    return f"{who[0]}{more}" if who else "nobody"


def _is(standing: TalkStanding, outcome: Booked) -> bool:
    return standing.result is not None and standing.result.outcome is outcome


def _row(
    standing: TalkStanding, others: dict[str, Talk], without: dict[str, NoTalk], context: ActivityContext
) -> list[Element]:
    """One talk and what became of it."""
    talk, result = standing.talk, standing.result
    time = when_said(talk, context)
    name = bold(shorten(talk.rep, NAME))
    outcome = result.outcome if result else Booked.UNANSWERED
    detail = shorten(result.detail, _DETAIL) if result else ""
    if outcome is Booked.BOOKED:
        event = context.page(result.event_id) if result else ""
        return [name, text(": "), link(time, event), text(f", with {shorten(talk.manager, NAME)}")]
    if outcome is Booked.TAKEN:
        free = others.get(talk.id)
        left = without.get(talk.rep_id)
        then = f"next free {when_said(free, context)}" if free else shorten(left.because, _DETAIL) if left else detail
        return [name, text(f": {time}: the time is taken{f'; {then}' if then else ''}")]
    remedy = " Run the same booking again: it looks first." if outcome is Booked.UNANSWERED else ""
    said = f"{_SAID[outcome]}{f': {detail}' if detail else ''}"
    return [name, text(f": {time}: {said.rstrip('.')}.{remedy}")]


def _next_row(talk: Talk, context: ActivityContext) -> list[Element]:
    return [bold(shorten(talk.rep, NAME)), text(f": next free {when_said(talk, context)}")]


def _without_row(talk: NoTalk) -> list[Element]:
    return [bold(shorten(talk.rep, NAME)), text(f": {shorten(talk.because, _DETAIL)}")]


def _buttons(again: Sequence[Talk], context: ActivityContext) -> list[Block]:
    """A button for each next time; one for all of them where there are many."""
    if len(again) > _OWN_BUTTONS:
        button = book_button("Book the next times", tuple(talk.id for talk in again), context)
        return [{"type": "actions", "elements": button}] if button else []
    of = [f", {shorten(talk.rep, NAME)}" if len(again) > 1 else "" for talk in again]
    labels = [f"Book {time_said(t.starts, t.time_zone, context.as_of)}{who}" for t, who in zip(again, of, strict=True)]
    return link_buttons((label, context.booking((talk.id,))[0]) for label, talk in zip(labels, again, strict=True))


def _blocks(first: str, rows: Sequence[list[Element]], of: int, buttons: list[Block]) -> list[Block]:
    more = [section(text(f"{len(rows):,} of {of:,} shown"))] if len(rows) < of else []
    listed = [items("bullet", rows)] if rows else []
    return [rich_text(section(bold(first)), *listed, *more), *buttons]
