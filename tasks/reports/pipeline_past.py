"""What memory adds to the pipeline report: what changed since the last review, and what became of its asks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from tasks.reports.blocks import Element, bold, link, text
from tasks.reports.dates import day
from tasks.reports.money import money
from tasks.reports.pipeline_rows import NAME, PERSON
from tasks.reports.report_context import ReportContext
from tasks.reports.slack_text import shorten
from tasks.reports.thread import Topic
from tasks.rules.asks import Answered
from tasks.rules.changes import Changes, Part
from tasks.rules.findings import Review
from tasks.rules.weekly import Since
from tasks.rules.weeks import SILENCE, Ask

NOTHING_YET = "nothing to compare with yet"
_OPEN_DEALS = 3
_DEALS_AN_OWNER = 5
_OWNERS, _ROWS = 150, 150  # more than a post holds
_A_WEEK = range(5, 10)  # days: a holiday moves the day
_TO_DO = {SILENCE: "still silent", "next step due": "next step overdue", "year in the name": "year in its name"}
_WORDS = {
    "new": "new", "won": "won", "lost": "lost", "gone": "deleted or hidden from us", "moved_in": "handed over to here",
    "moved_out": "handed over to others", "slipped": "slipped", "pulled_in": "pulled in", "up": "amount up",
    "down": "amount down", "unconverted": "no rate for its currency now",
}  # fmt: skip


def changes_said(review: Review, changes: Changes, context: ReportContext) -> str:
    """ "since 16 Nov: open $4.1M (+$40k): 2 new $90k, none won, 1 lost $50k, 1 slipped $180k, none pulled in"."""
    currency = review.corporate_currency
    whole = f"since {_day(changes, review, context)}: open {money(changes.now.value, currency)}"
    if not _any(changes):
        return f"{whole}, unchanged"
    grown = f"({_signed(changes.difference, currency)})"
    return f"{whole} {grown}: {', '.join([*_deals_moved(changes, currency), *_deals_changed(changes, currency)])}"


def _any(changes: Changes) -> bool:
    return bool(len(changes.rows) or changes.pushed or changes.handed_over)


def _deals_moved(changes: Changes, currency: str) -> Iterator[str]:
    yield _counted(changes.new, "new", currency)
    yield _counted(changes.won, "won", currency)
    decided = "" if changes.decided == changes.lost.deals else f"{changes.decided:,} "
    yield _counted(changes.lost, "lost", currency) + (f" ({decided}decided here)" if changes.decided else "")
    for what in ("gone", "moved_in", "moved_out"):
        part: Part = getattr(changes, what)
        if part.deals:
            yield _counted(part, _WORDS[what], currency)
    yield _counted(changes.slipped, "slipped", currency)
    yield _counted(changes.pulled_in, "pulled in", currency)


def _deals_changed(changes: Changes, currency: str) -> Iterator[str]:
    up, down = changes.up, changes.down
    ways = [_signed(way, currency) for way, part in ((up.value, up), (-down.value, down)) if part.deals]
    if ways:
        yield f"amounts {' '.join(ways)}"
    if changes.unconverted.deals:
        yield f"{changes.unconverted.deals:,} without a rate now {_signed(-changes.unconverted.value, currency)}"
    if changes.pushed:
        yield f"{changes.pushed:,} pushed"
    if changes.handed_over:
        yield f"{changes.handed_over:,} handed over"
    unsummed = sum(part.unsummed for part in (changes.new, changes.won, changes.lost, changes.gone))
    if unsummed:
        yield f"{unsummed:,} of these without a value to sum"


def _counted(part: Part, words: str, currency: str) -> str:
    """ "2 new $90k", "none won"; without money where no deal has any."""
    if not part.deals:
        return f"none {words}"
    worth = f" {money(part.value, currency)}" if part.unsummed < part.deals else ""
    return f"{part.deals:,} {words}{worth}"


def _signed(amount: float, currency: str) -> str:
    return f"+{money(amount, currency)}" if round(amount) > 0 else money(amount, currency)


def _day(changes: Changes, review: Review, context: ReportContext) -> str:
    return day(context.compared_with or changes.day, review.as_of)


def last_week(changes: Changes, review: Review) -> str:
    """ "last week", or "last review" where that is longer ago, or only days."""
    return "last week" if (review.as_of - changes.day).days in _A_WEEK else "last review"


def answers_said(answered: Answered, context: ReportContext) -> list[Element]:
    """ "5 of 7 asks done; open: Hooli next step, Umbrella close date", each deal a link; [] where nothing was asked."""
    if not answered.asked and not answered.moot:
        return []
    words = [text(f"{answered.done:,} of {answered.asked:,} asks done" if answered.asked else "no ask left to answer")]
    deals = _by_deal(answered.open)
    for number, asks in enumerate(deals[:_OPEN_DEALS]):
        to_do = " and ".join(_TO_DO.get(ask.kind, shorten(ask.kind, PERSON)) for ask in asks)
        words += [text("; open: " if not number else ", "), _link(asks[0], context), text(f" {to_do}")]
    rest = sum(map(len, deals[_OPEN_DEALS:]))
    if rest:
        words.append(text(f" (+{rest:,} more in thread)"))
    if answered.moot:
        words.append(text(f"; {answered.moot:,} no longer appl{'ies' if answered.moot == 1 else 'y'}"))
    return words


def _by_deal(asks: Sequence[Ask]) -> list[list[Ask]]:
    return [list(same) for _, same in groupby(asks, key=lambda ask: ask.record_id)]


def _link(ask: Ask, context: ReportContext) -> Element:
    name = shorten(ask.name, NAME) or f"(no name) {shorten(ask.record_id, PERSON)}"
    return link(name, context.record_url("Opportunity", ask.record_id))


def open_asks(review: Review, context: ReportContext, since: Since | None) -> Topic:
    """What was asked last time and is not done, by owner: whoever owns the deal now."""
    if since is None or since.changes is None or since.answered is None:
        return Topic("", (), 0)
    owners: dict[tuple[str, str], list[list[Ask]]] = {}
    for asks in _by_deal(since.answered.open):
        owners.setdefault((asks[0].owner.casefold(), asks[0].owner_id), []).append(asks)
    rows = (_owner_row(owners[key], context) for key in sorted(owners)[:_OWNERS])
    count, asked = len(since.answered.open), _day(since.changes, review, context)
    note = f"{count:,} ask{'' if count == 1 else 's'} of {asked} that the records do not show to be done, by owner"
    return Topic(f"Open from {last_week(since.changes, review)}", rows, len(owners), note)


def _owner_row(deals: list[list[Ask]], context: ReportContext) -> list[Element]:
    row = [bold(shorten(deals[0][0].owner, PERSON) or "no owner")]
    for asks in deals[:_DEALS_AN_OWNER]:
        words = ", ".join(shorten(ask.words, NAME) for ask in asks)
        row += [text(" · "), _link(asks[0], context), text(f": {words}")]
    rest = len(deals) - _DEALS_AN_OWNER
    return [*row, text(f" · {_DEALS_AN_OWNER} of {len(deals):,}, the rest in the file")] if rest > 0 else row


def changed_deals(review: Review, context: ReportContext, since: Since | None) -> Topic:
    """The changes deal by deal; those that slipped lately have a list of their own."""
    if since is None or since.changes is None:
        return Topic("", (), 0)
    rows = since.changes.rows
    told = review.deals.loc[review.deals["slipped"].astype(bool), "id"]
    rows = rows[~(rows["what"].eq("slipped") & rows["id"].isin(told))]
    place = rows["what"].map(list(_WORDS).index)
    shown = rows.loc[place.sort_values(kind="stable").index].head(_ROWS).to_dict("records")
    elements = (_change_row(row, review, context) for row in shown)
    return Topic(f"Changed since {_day(since.changes, review, context)}", elements, len(rows))


def _change_row(row: Mapping[Any, Any], review: Review, context: ReportContext) -> list[Element]:
    name = shorten(row["name"], NAME) or f"(no name) {shorten(row['id'], PERSON)}"
    url = context.record_url("Opportunity", row["id"]) if row["what"] != "gone" else ""
    was, now = (money(row[column], review.corporate_currency) for column in ("was", "value"))
    worth = f"{was} → {now}" if row["what"] in {"up", "down"} else was if row["what"] in {"gone", "moved_out"} else now
    return [
        link(name, url),
        text(f" · {_WORDS[row['what']]} · {worth} · {shorten(row['owner'], PERSON) or 'no owner'}"),
    ]
