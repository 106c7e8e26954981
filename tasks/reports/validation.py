"""The check of Salesforce as a Slack message (handbook L146 to L179). An outcome in, blocks out; pure.

At most twelve lines in the parent: what is new, what was fixed, what is known, whose values are wrong, what is left to
eyes, what could not be checked. Everything else is in the thread and on the page.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from tasks.reports.blocks import Block, Element, bold, header, link, link_buttons, rich_text, section, text
from tasks.reports.blocks import context as small_print
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.post import Post, Report
from tasks.reports.slack_text import mrkdwn, shorten
from tasks.reports.validation_context import ValidationContext
from tasks.reports.validation_lines import (
    changed,
    counted,
    fixed_said,
    footer,
    headline,
    is_clean,
    is_of_records,
    is_waived,
    line_said,
    place_of,
    said_of,
    since,
)
from tasks.reports.validation_page import page_file
from tasks.reports.validation_thread import thread, why
from tasks.reports.validation_words import eyes_words
from tasks.rules.expected import ByEye
from tasks.rules.verdicts import News, Outcome, Status, Told

_LINES = 12
_NEW = 5
_FEW = 3  # of what stands in one line
_KNOWN = 2
_WHY, _EYES = 150, 90


def message(outcome: Outcome, context: ValidationContext) -> Report:
    """The report of one check: parent, thread and the page, each within Slack's limits."""
    file = page_file(outcome, context)
    return Report(_parent(outcome, context), thread(outcome, context, file.name), (file,))


def _parent(outcome: Outcome, context: ValidationContext) -> Post:
    first = headline(outcome, context)
    if is_clean(outcome):
        run = [text(" · "), link("open the run", context.run_url)] if context.run_url else []
        return Post(mrkdwn(first), [rich_text(section(text(f"{first} · {footer(outcome, context)}"), *run))])
    rest = [
        *_fixed(outcome),
        *_known(outcome),
        *_values(outcome),
        *_eyes(outcome),
        *_unchecked(outcome),
        *_buttons(outcome, context),
        small_print(footer(outcome, context)),
    ]
    new = _new(outcome, context)
    most = max(min(_NEW, len(new), _LINES - len(rest) - 1), 0)  # every block is a line; so is the headline
    blocks: list[Block] = []
    for count in range(most, -1, -1):
        blocks = [header(first), *_shown(new, count), *rest]
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return Post(mrkdwn(first), blocks)


def _labelled(label: str, *elements: Element) -> Block:
    return rich_text(section(bold(label), text(" "), *elements))


def _new(outcome: Outcome, context: ValidationContext) -> list[str]:
    """What is new of the structure, a line each, the most severe first."""
    return [_new_line(told, outcome, context) for told in outcome.that_are(News.NEW) if not is_of_records(told)]


def _new_line(told: Told, outcome: Outcome, context: ValidationContext) -> str:
    by = changed(told.discrepancy.change if told.discrepancy else None, outcome, context)
    beside = [f" ({by})" if by else "", line_said(told.remembered.handbook_line, " · handbook ")]
    return f"{place_of(told)}: {said_of(told)}{''.join(beside)}"


def _shown(rows: Sequence[str], count: int) -> list[Block]:
    left = len(rows) - count
    more = [text(f" · {count} of {len(rows):,}, +{left:,} more in thread")] if left else []
    blocks = [_labelled("NEW", text(row)) for row in rows[: max(count - 1, 0)]]
    return [*blocks, _labelled("NEW", text(rows[count - 1]), *more)] if count else blocks


def _joined(label: str, told: Sequence[Told], said: Callable[[Told], str], most: int) -> list[Block]:
    """The first of them in one line, and how many more there are."""
    if not told:
        return []
    more = [f"+{len(told) - most:,} more in thread"] if len(told) > most else []
    return [_labelled(label, text(" · ".join([*(said(one) for one in told[:most]), *more])))]


def _fixed(outcome: Outcome) -> list[Block]:
    return _joined("FIXED", outcome.that_are(News.FIXED), fixed_said, _FEW)


def _known(outcome: Outcome) -> list[Block]:
    """What was there before, the oldest first; wrong values have a line of their own, unless they are waived."""
    known = [told for told in outcome.that_are(News.KNOWN) if is_waived(told) or not is_of_records(told)]
    known.sort(key=lambda told: (is_waived(told), told.remembered.first_seen))
    return _joined("KNOWN", known, lambda told: f"{place_of(told)}: {said_of(told)} ({_since(told, outcome)})", _KNOWN)


def _since(told: Told, outcome: Outcome) -> str:
    return since(told, outcome).removeprefix("known ")


def _values(outcome: Outcome) -> list[Block]:
    """Whose values are wrong, new or known."""
    open_ones = [told for told in outcome.told if told.news is not News.FIXED and not is_waived(told)]
    wrong = [told for told in open_ones if is_of_records(told)]

    def said(told: Told) -> str:
        mark = "" if outcome.before is None else f" ({_since(told, outcome)})"
        return f"{said_of(told)}{mark}"

    return _joined("VALUES", wrong, said, _FEW)


def _eyes(outcome: Outcome) -> list[Block]:
    """What no API can see, each kind once; what a file leaves to eyes in its own words is in the thread."""
    left = [one.expectation for one in outcome.of(Status.NEEDS_EYES)]
    kinds = Counter(shorten(eyes_words(one), _EYES) for one in left if not isinstance(one.claim, ByEye))
    others = sum(isinstance(one.claim, ByEye) for one in left)
    said = [f"{words} ({count:,})" if count > 1 else words for words, count in kinds.items()]
    said += [f"{counted(others, 'more sentence' if said else 'sentence')}, see thread"] if others else []
    return [_labelled("EYES", text(f"{', '.join(said)}: no API can see these"))] if said else []


def _unchecked(outcome: Outcome) -> list[Block]:
    """Why something could not be checked, the commonest reason first, with its remedy."""
    reasons = Counter(shorten(why(one), _WHY).rstrip(".") for one in outcome.of(Status.COULD_NOT_CHECK)).most_common()
    if not reasons:
        return []
    said = [f"{count:,}: {reason}" for reason, count in reasons[:_KNOWN]]
    more = [f"+{len(reasons) - _KNOWN:,} more reasons in thread"] if len(reasons) > _KNOWN else []
    return [_labelled("COULD NOT CHECK", text(" · ".join([*said, *more])))]


def _buttons(outcome: Outcome, context: ValidationContext) -> list[Block]:
    """The run with its table, the checks before, and the form that files what is neither fixed nor waived; where
    nothing is left to file, it says below the issues of what was fixed that it is."""
    left = [told for told in outcome.told if told.news is not News.FIXED and not is_waived(told)]
    keys = tuple(dict.fromkeys(told.remembered.key for told in left))
    url, count = context.filing(keys)
    label = "File as issues" if count == len(keys) else f"File as issues ({count:,} of {len(keys):,})"
    if not keys and outcome.that_are(News.FIXED):
        url, label = context.file_url(()), "Say on GitHub what is fixed"
    return link_buttons([("Report", context.run_url), ("History", context.history_url), (label, url)])
