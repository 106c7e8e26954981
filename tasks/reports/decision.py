"""What is said of a decision to close: the reply in the thread, the reply to its undo, and the report's first line."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tasks.reports.blocks import Block, bold, header, link_buttons, rich_text, section, text
from tasks.reports.dates import day
from tasks.reports.decision_context import PERSON, DecisionContext
from tasks.reports.decision_rows import Row, by_org, counts, fitting, names_of, rows_of, total
from tasks.reports.limits import HEADER_TEXT, length
from tasks.reports.post import Post
from tasks.reports.slack_text import clean, fit, mrkdwn, shorten
from tasks.rules.clock import office_day
from tasks.rules.proposals import Decision, Outcome, Result, Standing, Undo
from tasks.rules.undoing import Restore, restorable

_WORDS = 100
_REASON = 80

ASKS, ASKED = "DECIDE", "DECIDED"  # what stands above the proposed deals, before and after


def reply(standing: Standing, context: DecisionContext) -> Post:
    """The reply under the report once a decision was carried out, in part or in full, and after each undo of it.

    Every record of the proposal is in it, the approved ones with what became of them, or it says how many of how many
    are shown. Raises ValueError for a proposal that is not decided.
    """
    decision = _decided(standing)
    today = office_day(decision.decided_at, context.time_zone)
    undone = {result.record_id for result in standing.undone if result.outcome is Outcome.RESTORED}
    rows = rows_of(
        standing,
        decision.approved,
        standing.closed,
        lambda result: "undone since" if result.record_id in undone else _closed_note(result, today),
    )
    kept = [Row(deal, None) for deal in standing.proposal.deals if deal.id not in decision.approved]
    first = _first_line(standing, decision, rows, context)
    button = undo_button(standing, context)

    def frame(body: list[Block]) -> list[Block]:
        return [_top(first, _second_line(decision, rows, context)), *body, *link_buttons([button] if button else [])]

    every = [*rows, *kept]
    return Post(mrkdwn(first), fitting(frame, every, context), names_of(every, context))


def undo_reply(standing: Standing, undo: Undo, results: Sequence[Result], context: DecisionContext) -> Post:
    """The reply under the report once an undo was carried out: every record that it was asked for, with what became of
    it and which fields stay as they are. Raises ValueError for a proposal that is not decided."""
    _decided(standing)
    today = office_day(undo.undone_at, context.time_zone)
    closed = {result.record_id: result for result in standing.closed}
    rows = rows_of(
        standing,
        undo.records,
        results,
        lambda result: _undo_note(result, closed.get(result.record_id), today, context),
        of="undo",
    )
    back = [row.deal for row in rows if row.is_done]
    who = f"by {shorten(undo.undone_by, PERSON)} {context.clock(undo.undone_at, standing.proposal.day)}"
    verb = "Would undo" if context.dry_run else "Undone"
    first = f"{verb} {_share(len(back), len(rows))}{total(back, context)} {who}"

    def frame(body: list[Block]) -> list[Block]:
        return [_top(first, _sum(rows, "undo", context)), *body]

    return Post(mrkdwn(first), fitting(frame, rows, context), names_of(rows, context))


def words(standing: Standing, context: DecisionContext) -> str:
    """What the report's first line says instead of what was to be decided: "closed 5 by Alex Mitchell 08:02, kept 1",
    "closed 3 of 5 by …, 1 not yet", "closed 5, 1 undone by …"; "" while nothing is decided."""
    decision = standing.decision
    if decision is None:
        return ""
    rows = rows_of(standing, decision.approved, standing.closed, lambda _: "")
    said = _closed(standing, decision, rows, "", context)
    return fit(said[0].lower() + said[1:], _WORDS)


def undo_button(standing: Standing, context: DecisionContext) -> tuple[str, str] | None:
    """The label and the address of the button that undoes the decision; None where there is nothing (left) to undo, or
    no address to do it at."""
    until = context.undo_until
    if until is None or not context.undo_url or not _can_be_undone(standing, context):
        return None
    return f"Undo until {day(until, standing.proposal.day)}", context.undo_url


def retitled(post: Post, headline: str, words: str, undo_button: tuple[str, str] | None) -> Post:
    """The report's parent after a decision: `words` in its first line instead of `headline`, the words of the proposal
    that was decided, and the button (label, address) instead of the one that led there; None takes that away only.

    Give the post as it was rendered, each time: then a later decision or undo replaces the words of the earlier. Where
    `headline` is not found the report is of another proposal by now: the words and the button are added to its own.
    """
    decided = _phrase(clean(headline)).search(_title(post)) is not None
    told = with_words(post, headline, words)
    blocks = [_no_longer_asked(block) for block in told.blocks] if decided else told.blocks
    return replace(told, blocks=_with_undo(blocks, undo_button, "decide" if decided else ""))


def with_words(post: Post, headline: str, words: str) -> Post:
    """The post with `words` in its first line, and its notification, instead of `headline`; added at the end where that
    is not found. A post without a first line of its own gets one."""
    words = fit(words, _WORDS)
    blocks = [_retitled_header(block, headline, words) if block["type"] == "header" else block for block in post.blocks]
    if not any(block["type"] == "header" for block in blocks):
        blocks.insert(0, header(words))
    return replace(post, text=_replaced(post.text, mrkdwn(headline), mrkdwn(words)), blocks=blocks)


def _decided(standing: Standing) -> Decision:
    if standing.decision is None:
        raise ValueError(f"proposal {standing.proposal.id} is not decided: there is nothing to say of its decision")
    return standing.decision


def _top(first: str, second: str) -> Block:
    return rich_text(section(bold(first)), *([section(text(second))] if second else []))


def _first_line(standing: Standing, decision: Decision, rows: Sequence[Row], context: DecisionContext) -> str:
    worth = total([row.deal for row in rows if row.is_done], context)
    first = _closed(standing, decision, rows, worth, context)
    until = context.undo_until
    if until and _can_be_undone(standing, context):
        first += f", undo until {day(until, standing.proposal.day)}"
    return first


def _closed(standing: Standing, decision: Decision, rows: Sequence[Row], worth: str, context: DecisionContext) -> str:
    """ "Closed 3 of 5 ($210k) by Alex Mitchell 08:02, 1 not yet, kept 1, 2 undone"."""
    done = sum(row.is_done for row in rows)
    verb = "Would close" if context.dry_run else "Closed"
    at = context.clock(decision.decided_at, standing.proposal.day)
    said = f"{verb} {_share(done, len(rows))}{worth} by {shorten(decision.decided_by, PERSON)} {at}"
    waiting = counts(rows).get("not yet", 0)
    kept = sum(deal.id not in decision.approved for deal in standing.proposal.deals)
    undone = sum(result.outcome is Outcome.RESTORED for result in standing.undone)
    told = ((waiting, f"{waiting:,} not yet"), (kept, f"kept {kept:,}"), (undone, f"{undone:,} undone"))
    if undone and undone == done:
        told = (*told[:2], (undone, "all undone"))
    return ", ".join([said, *(words for number, words in told if number)])


def _share(done: int, of: int) -> str:
    return f"{done:,}" if done == of else f"{f'{done:,}' if done else 'none'} of {of:,}"


def _second_line(decision: Decision, rows: Sequence[Row], context: DecisionContext) -> str:
    reason = f"Loss reason: {shorten(decision.loss_reason, _REASON)}." if decision.loss_reason else ""
    return " ".join(part for part in (_sum(rows, "decision", context), reason) if part)


def _sum(rows: Sequence[Row], what: str, context: DecisionContext) -> str:
    """ "Of 5: 3 closed, 1 skipped, 1 not yet." and the remedy; "" where all is as it should be."""
    if all(row.is_done for row in rows):
        return ""
    found = counts(rows)
    done = {row.counted_as for row in rows if row.is_done} if context.dry_run else set()
    each = [f"{number:,} {'would be ' if words in done else ''}{words}" for words, number in found.items()]
    remedy = f" Run the same {what} again for those not yet done." if "not yet" in found else ""
    return f"Of {len(rows):,}: {', '.join(each)}.{remedy}"


def _closed_note(result: Result, today: date) -> str:
    moved = by_org(result, today) if result.outcome is Outcome.CLOSED else ""
    return "; ".join(part for part in (result.detail, moved) if part)


def _undo_note(result: Result, closed: Result | None, today: date, context: DecisionContext) -> str:
    """What the result says, and of a restored record which fields stay as they are."""
    if result.outcome is not Outcome.RESTORED or closed is None:
        return result.detail
    stage = shorten(str(result.sent.get("StageName") or ""), PERSON)
    judged = restorable(closed, result.before, closed.sent, today=today, time_zone=context.time_zone)
    kept = judged.kept if isinstance(judged, Restore) else ()
    return "; ".join(part for part in (f"in {stage}" if stage else "", result.detail, *kept) if part)


def _can_be_undone(standing: Standing, context: DecisionContext) -> bool:
    settled = {result.record_id for result in standing.undone if result.outcome.is_final}
    closed = {result.record_id for result in standing.closed if result.outcome is Outcome.CLOSED}
    return bool(closed - settled) and context.undo_until is not None and not context.dry_run


def _no_longer_asked(block: Block) -> Block:
    """The list of what was to be decided, under a heading that asks for nothing any more."""
    first = block["elements"][0]["elements"][:1] if block["type"] == "rich_text" else []
    if first != [bold(ASKS)]:
        return block
    words, *lists = block["elements"]
    return {**block, "elements": [{**words, "elements": [bold(ASKED), *words["elements"][1:]]}, *lists]}


def _retitled_header(block: Block, headline: str, words: str) -> Block:
    """The first line; words that were added at its end stay whole where it is too long."""
    first = _replaced(str(block["text"]["text"]), clean(headline), words)
    if length(first) > HEADER_TEXT and first.endswith(words):
        added = f" · {words}"
        first = fit(first.removesuffix(added), HEADER_TEXT - length(added)) + added
    return header(first)


def _replaced(line: str, phrase: str, words: str) -> str:
    if not words or words in line:
        return line
    found, count = _phrase(phrase).subn(lambda _: words, line, count=1)
    return found if count else f"{line} · {words}"


def _phrase(phrase: str) -> re.Pattern[str]:
    """The phrase as a whole: "1 to decide" is not in "11 to decide". An empty one is nowhere."""
    return re.compile(rf"(?<![\w.,]){re.escape(phrase)}(?!\w)" if phrase else "(?!)")


def _title(post: Post) -> str:
    return next((str(block["text"]["text"]) for block in post.blocks if block["type"] == "header"), "")


def _with_undo(blocks: Sequence[Block], button: tuple[str, str] | None, instead_of: str) -> list[Block]:
    """The blocks with the button, first in the first row of them, and without the one of that action."""
    rows = [block for block in blocks if block["type"] == "actions"]
    others = [element for row in rows for element in row["elements"] if element["action_id"] != instead_of]
    made = [element for row in link_buttons([button] if button else []) for element in row["elements"]]
    urls = {element["url"] for element in made}
    undos = [*made, *(element for element in others if _is_undo(element) and element["url"] not in urls)]
    # Slack wants each action of a row under a name of its own.
    named = [{**element, "action_id": f"undo_{n}" if n > 1 else "undo"} for n, element in enumerate(undos, start=1)]
    elements = [*named, *(element for element in others if not _is_undo(element))]
    changed = [block for block in blocks if block["type"] != "actions"]
    if not elements:
        return changed
    place = blocks.index(rows[0]) if rows else len(changed) - (bool(changed) and changed[-1]["type"] == "context")
    return [*changed[:place], {"type": "actions", "elements": elements}, *changed[place:]]


def _is_undo(element: dict[str, Any]) -> bool:
    return str(element["action_id"]).startswith("undo")
