"""What became of each record of a decision, by owner, within what one Slack message takes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tasks.reports.blocks import Block, Element, bold, items, link, rich_text, section, text
from tasks.reports.decision_context import DecisionContext, owner_name
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.money import money
from tasks.reports.slack_text import shorten
from tasks.rules.proposals import Outcome, ProposedDeal, Result, Standing
from tasks.rules.proposing import NEVER_READ
from tasks.rules.record_fields import label, value_said, worth_naming

_SAID = {
    Outcome.CLOSED: "closed",
    Outcome.RESTORED: "open again",
    Outcome.ALREADY: "already closed",
    Outcome.SKIPPED: "skipped",
    Outcome.GONE: "gone",
    Outcome.REFUSED: "refused by Salesforce",
    Outcome.FORBIDDEN: "not permitted",
    Outcome.LOCKED: "not yet",
    Outcome.UNANSWERED: "not yet",
}
_BEFORE_NOTE = {Outcome.CLOSED: " · ", Outcome.RESTORED: " · ", Outcome.SKIPPED: ", ", Outcome.ALREADY: " "}


@dataclass(frozen=True)
class Row:
    """One record in words.

    outcome   None where the record was kept on purpose         note   what else is to be said of it
    of        what it is the outcome of
    """

    deal: ProposedDeal
    outcome: Outcome | None
    note: str = ""
    of: Literal["decision", "undo"] = "decision"

    @property
    def is_done(self) -> bool:
        """Whether it became what the person wanted."""
        return self.outcome in {Outcome.CLOSED, Outcome.RESTORED}

    @property
    def counted_as(self) -> str:
        """What it is counted as, "skipped"; "kept" without an outcome."""
        if self.of == "undo" and self.outcome is Outcome.ALREADY:
            return "already open"
        return _SAID[self.outcome] if self.outcome else "kept"

    def told(self, limit: int) -> str:
        """What became of it and why, the reason in at most so many characters."""
        if not self.note or self.outcome is None:
            return self.counted_as
        # The note of a record that was reopened says so itself: "open again as Proposal".
        said = "already" if self.counted_as == "already open" else self.counted_as
        return f"{said}{_BEFORE_NOTE.get(self.outcome, ': ')}{shorten(self.note, limit)}"


@dataclass(frozen=True)
class Size:
    """How much is said: characters of a name and of a note, with links or without, and how many rows."""

    name: int
    note: int
    rows: int
    linked: bool = True


def rows_of(
    standing: Standing,
    records: Sequence[str],
    results: Sequence[Result],
    note: Callable[[Result], str],
    of: Literal["decision", "undo"] = "decision",
) -> list[Row]:
    """A row for each of the records, in their order; a record without a result has no answer yet."""
    deals = {deal.id: deal for deal in standing.proposal.deals}
    became = {result.record_id: result for result in results}
    rows = []
    for record in records:
        result = became.get(record, Result(record, Outcome.UNANSWERED))
        rows.append(Row(deals.get(record) or _stranger(record), result.outcome, note(result), of))
    return rows


def by_org(result: Result, today: date) -> str:
    """What Salesforce changed by itself with the write: "Salesforce set Close date to 23 Nov (was 18 Dec)"."""
    told = [
        f"{label(field)} to {value_said(after, today)} (was {value_said(before, today)})"
        for field in worth_naming(result.by_org)
        for before, after in [result.by_org[field]]
        if field not in result.sent
    ]
    return f"Salesforce set {'; '.join(told)}" if told else ""


def counts(rows: Sequence[Row]) -> dict[str, int]:
    """How many rows are counted as what, in the order of `Outcome`; kept ones are left out."""
    order = list(Outcome)
    said = [row.counted_as for row in sorted(rows, key=lambda row: order.index(row.outcome or order[0])) if row.outcome]
    return {words: said.count(words) for words in dict.fromkeys(said)}


def fitting(frame: Callable[[list[Block]], list[Block]], rows: Sequence[Row], context: DecisionContext) -> list[Block]:
    """The blocks of `frame` around the rows. Too much for Slack: notes and names become shorter, links go, then rows,
    first of kept records, then of what went as it should; how many are shown is said."""
    blocks: list[Block] = []
    for size in _sizes(len(rows)):
        blocks = frame(_body(rows, size, context))
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return blocks


def _sizes(count: int) -> Iterator[Size]:
    yield from (Size(40, 240, count), Size(40, 120, count), Size(40, 80, count), Size(32, 80, count, linked=False))
    yield Size(24, 40, count, linked=False)
    while count > 1:
        count = count * 9 // 10
        yield Size(24, 40, count, linked=False)


def _body(rows: Sequence[Row], size: Size, context: DecisionContext) -> list[Block]:
    telling = sorted(rows, key=lambda row: (row.outcome is None, row.is_done))[: size.rows]
    names = {row.deal.id for row in telling}
    shown = [row for row in rows if row.deal.id in names]
    parts: list[Element] = []
    for theirs in _by_owner([row for row in shown if row.outcome is not None]):
        parts += [section(context.owner(theirs[0].deal)), items("bullet", _owner_rows(theirs, size, context))]
    kept = [row for row in shown if row.outcome is None]
    if kept:
        parts.append(section(bold("Kept open"), *_kept(kept, size, context)))
    if len(shown) < len(rows):
        said = text(f"{len(shown):,} of {len(rows):,} opportunities shown")
        rest = [text(" · "), link("all are in the run", context.run_url)] if context.run_url else []
        parts.append(section(said, *rest))
    return [rich_text(*parts)] if parts else []


def _by_owner(rows: Sequence[Row]) -> list[list[Row]]:
    owners: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        owners.setdefault((owner_name(row.deal).casefold(), row.deal.owner_id), []).append(row)
    return [owners[key] for key in sorted(owners)]


def _owner_rows(rows: Sequence[Row], size: Size, context: DecisionContext) -> list[list[Element]]:
    """What simply went as it should in one line, everything else in a line of its own."""
    plain = [row for row in rows if row.is_done and not row.note]
    would = "would be " if context.dry_run else ""
    together: list[Element] = [text(f"{would}{plain[0].counted_as}: ")] if plain else []
    for number, row in enumerate(plain):
        together += [text(" · ")] if number else []
        together += [context.deal(row.deal, size.name, linked=size.linked), text(f" {worth(row.deal, context)}")]
    apart = []
    for row in rows:
        if row.note or not row.is_done:
            told = f" {worth(row.deal, context)} · {would if row.is_done else ''}{row.told(size.note)}"
            apart.append([context.deal(row.deal, size.name, linked=size.linked), text(told)])
    return [*([together] if together else []), *apart]


def _kept(rows: Sequence[Row], size: Size, context: DecisionContext) -> list[Element]:
    elements: list[Element] = []
    for row in rows:
        elements += [text(" · "), context.deal(row.deal, size.name, linked=size.linked)]
        elements.append(text(f" {worth(row.deal, context)}, {owner_name(row.deal)}"))
    return elements


def worth(deal: ProposedDeal, context: DecisionContext) -> str:
    """The opportunity's money: in the corporate currency, else as recorded, else "no amount"."""
    if deal.value is not None:
        return money(deal.value, context.corporate_currency)
    return money(deal.amount, deal.currency)


def total(deals: Sequence[ProposedDeal], context: DecisionContext) -> str:
    """ " ($210k)"; what cannot be converted stands beside it, " ($210k + CHF 40k)"; "" where nothing has an amount."""
    sums: dict[str, float] = {}
    for deal in deals:
        value = deal.amount if deal.value is None else deal.value
        if value is not None:
            currency = deal.currency if deal.value is None else context.corporate_currency
            sums[currency] = sums.get(currency, 0.0) + value
    said = " + ".join(money(value, currency) for currency, value in list(sums.items())[:4])
    return f" ({said})" if said else ""


def names_of(rows: Sequence[Row], context: DecisionContext) -> Mapping[str, str]:
    """The names of those who are mentioned, by Slack id."""
    owners = {context.member(row.deal.owner_id): owner_name(row.deal) for row in rows if row.outcome is not None}
    return {member: name for member, name in owners.items() if member}


def _stranger(record: str) -> ProposedDeal:
    """Stands for a record that the proposal does not have: it is shown, by its id."""
    return ProposedDeal(record, "", "", "", "", "", None, "", None, None, "", NEVER_READ, 0, None, "")
