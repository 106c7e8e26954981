"""What the thread says of each rep: figures, findings with the touches they rest on, the drafted talk. By name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from tasks.reports.activity_context import ActivityContext
from tasks.reports.activity_rows import (
    PERSON,
    Row,
    counted,
    gravest_first,
    missing,
    named,
    of_rules,
    person,
    quotable,
    quotes,
    records,
    rep_names,
    told,
    words,
)
from tasks.reports.blocks import Block, Element, bold, items, rich_text, section, text, text_lines
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.post import Post
from tasks.reports.slack_text import mrkdwn, shorten
from tasks.reports.talks import book_button, time_said, when_said
from tasks.reports.thread import Topic, posts_of
from tasks.rules.activity_findings import NOT_OUR_WAY, TOO_MUCH, ActivityReview, Rule
from tasks.rules.talks import NoTalk, Talk

OWN_POSTS = 20
ONE_REP = "a review of one rep alone shows theirs"
_OTHERS = "no finding, where they can be judged"
_PACKED = 12  # posts; they hold two hundred reps
_PEOPLE = 12  # more than a post holds with what is quoted
_AGENDA, _AGENDA_LINE = 3, 160
_BECAUSE = 160
_SENTENCE = 240
_OF_REPS = tuple(rule for rule in (*TOO_MUCH, *NOT_OUR_WAY) if rule is not Rule.ACCOUNT)


@dataclass(frozen=True)
class Drafts:
    """The talks by rep, and why there is none."""

    talks: dict[str, Talk] = field(default_factory=dict)
    without: dict[str, NoTalk] = field(default_factory=dict)

    @classmethod
    def of(cls, talks: Iterable[Talk], no_talks: Iterable[NoTalk]) -> "Drafts":
        """As they were drafted."""
        return cls({talk.rep_id: talk for talk in talks}, {none.rep_id: none for none in no_talks})

    def has(self, rep_id: str) -> bool:
        """Whether anything is to be said of a talk with this rep."""
        return rep_id in self.talks or rep_id in self.without


def findings_by_rep(review: ActivityReview) -> dict[str, pd.DataFrame]:
    """The findings about people by rep, gravest first; one of two reps is with both."""
    findings = gravest_first(of_rules(review, _OF_REPS))
    each = findings.assign(rep_id=findings["rep_ids"]).explode("rep_id")
    return {str(rep_id): theirs for rep_id, theirs in each.dropna(subset=["rep_id"]).groupby("rep_id", sort=False)}


@dataclass(frozen=True)
class Material:
    """What the posts of the thread draw on; `rest_in` is the name of the file that holds the touches."""

    review: ActivityReview
    context: ActivityContext
    drafts: Drafts
    rest_in: str

    @cached_property
    def found(self) -> dict[str, pd.DataFrame]:
        """The findings about people by rep, gravest first."""
        return findings_by_rep(self.review)

    @cached_property
    def touches(self) -> dict[str, Row]:
        """The touches that may be quoted, by id."""
        return quotable(self.review)

    @cached_property
    def names(self) -> dict[str, str]:
        """The reps' names, by id."""
        return rep_names(self.review)

    def whose(self, row: Row) -> str:
        """The reps of a finding, "no rep" where there is none."""
        return named(row["rep_ids"], self.names) or "no rep"


def rep_posts(material: Material) -> tuple[Post, ...]:
    """A post for each rep of whom something is to be said, at most twenty, then the others, all by name."""
    found, drafts = material.found, material.drafts
    rows = records(material.review.reps)
    telling = [rep for rep in rows if str(rep["rep_id"]) in found or drafts.has(str(rep["rep_id"]))]
    talks_first = sorted(telling, key=lambda rep: not drafts.has(str(rep["rep_id"])))
    own = {str(rep["rep_id"]) for rep in talks_first[:OWN_POSTS]}
    posts = [_rep_post(rep, material) for rep in telling if str(rep["rep_id"]) in own]
    packed = [rep for rep in telling if str(rep["rep_id"]) not in own]
    told_of = {str(rep["rep_id"]) for rep in telling}
    others = [rep for rep in rows if str(rep["rep_id"]) not in told_of]
    with_findings = ([*_name(rep), *_first_finding(rep, material)] for rep in packed)
    topics = (
        Topic("More reps with findings", with_findings, len(packed), posts=_PACKED, rest=ONE_REP),
        Topic("Other reps", map(_name, others), len(others), _OTHERS, posts=_PACKED, rest=ONE_REP),
    )
    return (*posts, *posts_of(topics, material.rest_in))


def _name(rep: Row) -> list[Element]:
    return [bold(told(rep["rep"], PERSON) or f"(no name) {rep['rep_id']}"), text(f" · {figures(rep)}")]


def figures(rep: Row) -> str:
    """ "132 human touches, 45 people, 58% answered · median gap 4 d · longest streak 6", or why there are none."""
    if not rep["judged"]:
        return f"cannot be judged: {told(rep['unjudged_because'], _BECAUSE) or 'no mail of theirs is logged'}"
    share = f", {rep['answered'] / rep['people']:.0%} answered" if rep["people"] else ""
    touches = counted(int(rep["touches"]), "human touch", "human touches")
    said = [f"{touches}, {counted(int(rep['people']), 'person', 'people')}{share}"]
    if not missing(rep["median_gap"]):
        said.append(f"median gap {rep['median_gap']:.3g} d")
    if rep["streak"]:
        said.append(f"longest streak {int(rep['streak'])}")
    if rep["follow_ups_next_day"]:
        said.append(
            f"next-day follow-ups in {int(rep['follow_ups_next_day'])} of {counted(int(rep['threads']), 'thread')}"
        )
    if rep["automated"]:
        said.append(f"{int(rep['automated']):,} automated")
    return " · ".join(said)


def by_person(findings: pd.DataFrame) -> list[list[Row]]:
    """The findings of each person together, in the order in which the people come."""
    groups: dict[str, list[Row]] = {}
    for row in records(findings):
        key = told(row["person_id"], PERSON) or f"account {told(row['account_id'], PERSON)}"
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _rep_post(rep: Row, material: Material) -> Post:
    rep_id = str(rep["rep_id"])
    groups = by_person(material.found[rep_id]) if rep_id in material.found else []
    rows = [_person_row(group, rep_id, material) for group in groups[:_PEOPLE]]
    talk = _talk(rep_id, material)
    blocks: list[Block] = []
    for count in range(len(rows), -1, -1):
        listed = [items("bullet", rows[:count])] if count else []
        left = f"{count:,} of {counted(len(groups), 'person', 'people')} shown; all touches are in {material.rest_in}."
        more = [section(text(left))] if count < len(groups) else []
        blocks = [rich_text(section(*_name(rep)), *listed, *more), *talk]
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return Post(mrkdwn(material.names[rep_id]), blocks)


def _person_row(group: Sequence[Row], rep_id: str, material: Material) -> list[Element]:
    """ "J. Doe (Acme): 6 in a row without an answer, in 11 days; 2 on one day · L138, decisions", and the touches."""
    said = "; ".join(dict.fromkeys(words(finding) for finding in group))
    others = dict.fromkeys(other for finding in group for other in finding["rep_ids"] if other != rep_id)
    beside = f" · with {named(list(others), material.names)}" if others else ""
    lines = ", ".join(dict.fromkeys(told(finding["handbook"], PERSON) for finding in group))
    about = person(group[0], material.context)
    lead = f": {said}{beside} · {lines}"
    return [*about, *quotes(lead, group, material.touches, material.context, rep_id=rep_id)]


def _first_finding(rep: Row, material: Material) -> list[Element]:
    rep_id, found, drafts, context = str(rep["rep_id"]), material.found, material.drafts, material.context
    said: list[Element] = []
    if rep_id in found:
        groups = by_person(found[rep_id])
        said = [text(f" · {counted(len(groups), 'person', 'people')}, e.g. "), *person(groups[0][0], context)]
        said.append(text(f": {words(groups[0][0])}"))
    if rep_id in drafts.talks:
        said.append(text(f" · talk drafted {when_said(drafts.talks[rep_id], context)}"))
    return said


def _talk(rep_id: str, material: Material) -> list[Block]:
    """The drafted talk with its agenda and its button, or why there is none."""
    drafts, context = material.drafts, material.context
    none = drafts.without.get(rep_id)
    if none:
        return [rich_text(section(bold("No talk drafted"), text(f" · {shorten(none.because, _SENTENCE)}")))]
    talk = drafts.talks.get(rep_id)
    if talk is None:
        return []
    when = when_said(talk, context, _zones(material.review).get(talk.manager_id, ""))
    because = shorten(talk.because, _BECAUSE).rstrip(".")
    head = f" · {when}, {talk.minutes} minutes with {shorten(talk.manager, PERSON)}{f' · {because}' if because else ''}"
    agenda = [f"· {shorten(line, _AGENDA_LINE)}" for line in talk.agenda[:_AGENDA]]
    label = f"Book {time_said(talk.starts, talk.time_zone, context.as_of)}"
    button = book_button(label, (talk.id,), context)
    buttons: list[Block] = [{"type": "actions", "elements": button}] if button else []
    return [rich_text(section(bold("Talk drafted"), text_lines([head, *agenda]))), *buttons]


def _zones(review: ActivityReview) -> dict[str, str]:
    """The time zone of each manager; left out where it is none."""
    managers: Any = review.managers
    rows = zip(managers["id"], managers["zone"], strict=True)
    return {str(user_id): str(zone) for user_id, zone in rows if not missing(zone) and _is_zone(str(zone))}


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False
