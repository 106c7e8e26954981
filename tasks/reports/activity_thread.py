"""The thread under the activity review: a post a rep, who waits, who is forgotten, accounts, machines, what counts."""

import pandas as pd

from tasks.reports.activity_context import ActivityContext
from tasks.reports.activity_reps import ONE_REP, Drafts, Material, rep_posts
from tasks.reports.activity_rows import (
    PERSON,
    SUBJECT,
    Row,
    account_link,
    counted,
    day_of,
    of_rules,
    person,
    quotes,
    records,
    told,
    words,
)
from tasks.reports.blocks import Element, link, text
from tasks.reports.dates import day, weekday
from tasks.reports.post import Post
from tasks.reports.thread import Topic, posts_of
from tasks.rules.activity_findings import NOT_OUR_WAY, TOO_MUCH, ActivityReview, Rule

_ROWS = 150  # more than the posts hold


def thread(review: ActivityReview, context: ActivityContext, drafts: Drafts, rest_in: str) -> tuple[Post, ...]:
    """The posts below the parent; `rest_in` is the name of the file that holds the touches."""
    material = Material(review, context, drafts, rest_in)
    topics = (_waiting(material), _forgotten(material), _accounts(material), _machines(material), _legend(context))
    return (*rep_posts(material), *posts_of(topics, rest_in))


def longest_waiting(review: ActivityReview) -> pd.DataFrame:
    """The inbound touches that wait for an answer, the longest first."""
    return of_rules(review, [Rule.WAITING]).sort_values("first_day", kind="stable")


def _waiting(material: Material) -> Topic:
    found = longest_waiting(material.review)
    days = counted(material.context.policy.waiting_days, "business day")
    rows = (_waiting_row(row, material) for row in records(found.head(_ROWS)))
    return Topic("Waiting for an answer", rows, len(found), f"inbound, for more than {days}, longest first", posts=2)


def _waiting_row(row: Row, material: Material) -> list[Element]:
    """'J. Doe (Acme) · since Wed 18 Nov · "Pricing?" · no answer for 3 business days · Ana Snyder'."""
    came = day_of(row["first_day"])
    touch = next((material.touches[one] for one in reversed(row["touch_ids"]) if one in material.touches), None)
    subject = told(touch["subject"], SUBJECT) if touch else ""
    page = material.context.page(str(touch["id"])) if touch else ""
    elements = [*person(row, material.context)]
    elements += [text(f" · since {weekday(came, material.review.window.last)}")] if came else []
    elements += [text(" · "), link(f'"{subject}"', page)] if subject else []
    return [*elements, text(f" · {words(row)} · {material.whose(row)}")]


def _forgotten(material: Material) -> Topic:
    found = of_rules(material.review, [Rule.FORGOTTEN])
    rows = (
        [account_link(row, material.context), text(f" · {words(row).split(', ')[0]} · {material.whose(row)}")]
        for row in records(found.head(_ROWS))
    )
    since = day(material.review.window.first, material.review.window.last)
    note = f"an open opportunity, and no touch since before {since}"
    return Topic("Accounts without a touch", rows, len(found), note, posts=2, rest=ONE_REP)


def _accounts(material: Material) -> Topic:
    found, context = of_rules(material.review, [Rule.ACCOUNT]), material.context
    rows = (
        [
            account_link(row, context),
            *quotes(f": {words(row)} · {material.whose(row)} · {_lines(row)}", [row], material.touches, context),
        ]
        for row in records(found.head(_ROWS))
    )
    note = f"{context.policy.account_unanswered} or more that nobody there has answered"
    return Topic("Accounts with many unanswered touches", rows, len(found), note, apart=True)


def _machines(material: Material) -> Topic:
    found, context = of_rules(material.review, (*TOO_MUCH, *NOT_OUR_WAY)), material.context
    found = found[found["rep_ids"].map(len).eq(0) & found["rule"].ne(str(Rule.ACCOUNT))]
    rows = (
        [
            *person(row, context),
            *quotes(f": {row['rule']}, {words(row)} · {_lines(row)}", [row], material.touches, context),
        ]
        for row in records(found.head(_ROWS))
    )
    return Topic("By machines alone", rows, len(found), "no rep's doing: look at the sequence", apart=True)


def _lines(row: Row) -> str:
    return told(row["handbook"], PERSON)


def _legend(context: ActivityContext) -> Topic:
    policy = context.policy
    limits = (
        f"Unanswered in a row: {policy.unanswered_amber}, then {policy.unanswered_red}, from all reps together.",
        f"Too close: less than {policy.gap_days} days apart.",
        f"Working day: {policy.day_begins:%H:%M} to {policy.day_ends:%H:%M}, Mon to Fri, on the person's own clock.",
        f"Rest: {policy.rest_days} days after a loss.",
    )
    rows = (
        "Counted: what a rep sent or called by hand, of their own accord. A reply or a meeting begins a new count.",
        "Never counted: meetings, support, answers to inbound. Automated mail adds to a person's burden alone.",
        " ".join(limits),
    )
    return Topic("What counts", ([text(row)] for row in rows), len(rows), "handbook L138 to L143")
