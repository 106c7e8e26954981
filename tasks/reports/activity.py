"""The rep activity review as a Slack message, for the CRO alone (handbook L138 to L143). Findings in, blocks out; pure.

At most twelve lines in the parent: whom to talk to, who gets too much, what is not our way, who waits; then the
team and how far the data can be trusted. Reps stand by name, people by what they got. The rest is in the thread and
the file.
"""

from functools import partial

import pandas as pd

from tasks.reports.activity_chart import chart_blocks, chart_picture
from tasks.reports.activity_context import ActivityContext
from tasks.reports.activity_lines import data_sentences, footer, headline, is_clean, team
from tasks.reports.activity_reps import Drafts, by_person, findings_by_rep
from tasks.reports.activity_rows import (
    PERSON,
    Row,
    account_link,
    counted,
    day_of,
    of_rules,
    person,
    records,
    told,
    words,
)
from tasks.reports.activity_table import touches_file
from tasks.reports.activity_thread import longest_waiting, thread
from tasks.reports.blocks import Block, Element, bold, header, link, link_buttons, rich_text, section, text, text_lines
from tasks.reports.blocks import context as small_print
from tasks.reports.dates import day
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.post import Post, Report
from tasks.reports.slack_text import mrkdwn
from tasks.reports.talks import book_button, time_said
from tasks.rules.activity_findings import NOT_OUR_WAY, TOO_MUCH, ActivityReview, Month, Rule
from tasks.rules.talks import NoTalk, Talk

_LINES = 12
_COACH = 5
_PEOPLE = 5
_BECAUSE = 100
_RHYTHM = {str(Rule.STREAK), str(Rule.GAP)}
_Coach = tuple[str, list[Element], str]  # the rep's name, why with the example, when
_SAID = {
    Rule.OPTED_OUT: ("opted out of e-mail", "opted out of e-mail"),
    Rule.DO_NOT_CALL: ("asked not to be called", "asked not to be called"),
    Rule.REST: ("in a rest period", "in a rest period"),
    Rule.CUSTOMER: ("customer written to by an SDR", "customers written to by SDRs"),
    Rule.HOURS: ("outside their working day", "outside their working day"),
}


def message(
    review: ActivityReview,
    context: ActivityContext,
    before: Month | None,
    talks: tuple[Talk, ...],
    no_talks: tuple[NoTalk, ...],
) -> Report:
    """The report of one review: parent, thread and the file of touches, each within Slack's limits.

    before            the review before, to compare with; None for the first
    talks, no_talks   what was drafted for the reps with whom a talk is suggested, or why nothing was
    """
    file = touches_file(review, context)
    drafts = Drafts.of(talks, no_talks)
    return Report(
        _parent(review, context, before, drafts),
        thread(review, context, drafts, file.name),
        (file,),
        partial(chart_picture, review),
    )


def _parent(review: ActivityReview, context: ActivityContext, before: Month | None, drafts: Drafts) -> Post:
    first = headline(review, context)
    if is_clean(review):
        trust = [sentence.rstrip(".") for sentence in data_sentences(review, context)]
        said = [first, team(review, before), *trust, footer(review, context)]
        run = [text(" · "), link("open the run", context.run_url)] if context.run_url else []
        return Post(mrkdwn(first), [rich_text(section(text(" · ".join(filter(None, said))), *run))])
    return Post(mrkdwn(first), _fitting(review, context, before, drafts, first))


def _fitting(
    review: ActivityReview, context: ActivityContext, before: Month | None, drafts: Drafts, first: str
) -> list[Block]:
    """The parent's blocks, twelve lines of them. Where they are too much for Slack, the last rows go first, then the
    chart."""
    rest = [
        *_pile_ups(review, context),
        *_strategy(review, context),
        *_waiting(review, context),
        _labelled("TEAM", text(team(review, before))),
        _labelled("DATA", text(" ".join(data_sentences(review, context)))),
        *_buttons(context, drafts),
        small_print(footer(review, context)),
    ]
    rows = _coach_rows(review, context, drafts)
    chart = chart_blocks(review)
    most = min(_COACH, len(rows), _LINES - len(rest) - 1)  # every block is a line; so is the headline
    blocks: list[Block] = []
    for count, charts in [*((count, chart) for count in range(most, 0, -1)), (min(most, 1), [])]:
        blocks = [header(first), *_coach(rows, count), *rest, *charts]
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return blocks


def _labelled(label: str, *elements: Element) -> Block:
    return rich_text(section(bold(label), text(" "), *elements))


def _coach(rows: list[_Coach], count: int) -> list[Block]:
    """Whom to talk to, a line a rep, the first beside the label."""
    if not rows:
        return []
    elements: list[Element] = [bold("COACH?"), text(" 1. ")]
    for number, (name, middle, ending) in enumerate(rows[:count], start=1):
        elements += [bold(name), *middle]
        if number < count:
            elements.append(text_lines([ending, f"{number + 1}. "]))
        else:
            more = f" · {count} of {len(rows):,}, +{len(rows) - count:,} more in thread" if count < len(rows) else ""
            elements.append(text(ending + more))
    return [rich_text(section(*elements))]


def _coach_rows(review: ActivityReview, context: ActivityContext, drafts: Drafts) -> list[_Coach]:
    """Whom a talk is suggested for, by name, why, and one example."""
    found = findings_by_rep(review)
    wanted = records(review.reps[review.reps["talk"].astype(bool)])
    return [_coach_row(rep, found, context, drafts) for rep in wanted]


def _coach_row(rep: Row, found: dict[str, pd.DataFrame], context: ActivityContext, drafts: Drafts) -> _Coach:
    rep_id = str(rep["rep_id"])
    because = told(rep["talk_because"], _BECAUSE).rstrip(".")
    talk = drafts.talks.get(rep_id)
    ending = f" · draft {time_said(talk.starts, talk.time_zone, context.as_of)}" if talk else " · no draft, see thread"
    middle = [text(f": {because}" if because else "")] if because or rep_id in found else []
    if rep_id in found:
        example = by_person(found[rep_id].head(1))[0][0]
        middle += [text(", e.g. " if because else ": "), *person(example, context)]
        ending = _example_said(example) + ending
    return told(rep["rep"], PERSON) or f"(no name) {rep_id}", middle, ending


def _example_said(finding: Row) -> str:
    """What the example adds to the reason, ": 6 in a row without an answer, in 11 days"; nothing where the reason has
    said it."""
    if finding["rule"] not in _RHYTHM:
        return ""
    return f": {', '.join(words(finding).split(', ')[:2])}"


def _pile_ups(review: ActivityReview, context: ActivityContext) -> list[Block]:
    """Those who got the most without an answer: how many in a row, and what machines sent on top."""
    found = of_rules(review, TOO_MUCH)["person_id"].dropna()
    people = review.people[review.people["person_id"].isin(found)].copy()
    if people.empty:
        return []
    people["burden"] = people["touches"] + people["automated"]
    people = people.sort_values(["streak", "burden", "person"], ascending=[False, False, True], kind="stable")
    elements = [text("unanswered in a row: ")]
    for number, row in enumerate(records(people.head(_PEOPLE))):
        elements += [text(" · ")] if number else []
        elements += [*person(row, context), text(f" {_burden(row)}")]
    return [_labelled("PILE-UPS", *elements, *_more(len(people)))]


def _burden(row: Row) -> str:
    """ "6 (+2 automated mails)"."""
    said = [f"+{counted(int(row['automated']), 'automated mail')}"] if row["automated"] else []
    said += [f"{int(row['reps'])} reps"] if row["reps"] > 1 else []
    beside = f" ({', '.join(said)})" if said else ""
    return f"{int(row['streak'])}{beside}"


def _more(total: int) -> list[Element]:
    return [text(f" · +{total - _PEOPLE:,} more in thread")] if total > _PEOPLE else []


def _strategy(review: ActivityReview, context: ActivityContext) -> list[Block]:
    """What does not fit the company's strategy, a count and an example a rule."""
    elements: list[Element] = []
    for rule in NOT_OUR_WAY:
        found = of_rules(review, [rule])
        if found.empty:
            continue
        people = found["person_id"].nunique()
        one, many = _SAID[rule]
        lead = ": " if people == 1 else ", e.g. "
        elements += [text(" · ")] if elements else []
        elements += [text(f"{people:,} {one if people == 1 else many}{lead}")]
        example = records(found.head(1))[0]
        elements += [*person(example, context), *([] if example["rep_ids"] else [text(" (automated)")])]
    return [_labelled("STRATEGY", *elements)] if elements else []


def _waiting(review: ActivityReview, context: ActivityContext) -> list[Block]:
    """Inbound that waits for us, and open opportunities that nobody touched."""
    waiting, forgotten = longest_waiting(review), of_rules(review, [Rule.FORGOTTEN])
    elements: list[Element] = []
    if len(waiting):
        row = records(waiting.head(1))[0]
        came = day_of(row["first_day"])
        days = counted(context.policy.waiting_days, "business day")
        elements += [text(f"{len(waiting):,} inbound unanswered for more than {days}: "), *person(row, context)]
        elements += [text(f" since {day(came, review.window.last)}")] if came else []
        elements += [text(f" (+{len(waiting) - 1:,} more in thread)")] if len(waiting) > 1 else []
    if len(forgotten):
        many = counted(len(forgotten), "account")
        lead = ": " if len(forgotten) == 1 else ", e.g. "
        elements += [text(" · ")] if elements else []
        elements += [text(f"{many} with an open opportunity and no touch{lead}")]
        elements += [account_link(records(forgotten.head(1))[0], context)]
    return [_labelled("WAITING", *elements)] if elements else []


def _buttons(context: ActivityContext, drafts: Drafts) -> list[Block]:
    """Booking first, where anything is drafted."""
    ids = tuple(talk.id for talk in drafts.talks.values())
    book = book_button("Book the talks" if len(ids) > 1 else "Book the talk", ids, context)
    others = link_buttons([("Open the activities", context.list_url), ("Open the run", context.run_url)])
    elements = [*book, *(button for row in others for button in row["elements"])]
    return [{"type": "actions", "elements": elements}] if elements else []
