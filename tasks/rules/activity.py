"""The activity review: every rep's touches of the last 30 days, judged person by person (handbook L138 to L143)."""

from dataclasses import replace

import pandas as pd

from tasks.rules.activity_evidence import rep_names, together
from tasks.rules.activity_findings import ActivityBook, ActivityReview, Month, Rule, Totals, Touches, Window
from tasks.rules.activity_left import left
from tasks.rules.activity_notes import notes_of
from tasks.rules.activity_often import too_often
from tasks.rules.activity_people import PERSON, account_names, people_of
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_reps import persons, reps_of
from tasks.rules.activity_rhythm import marked
from tasks.rules.activity_strategy import strategy
from tasks.rules.activity_touches import touches_of
from tasks.rules.business_days import OfficeDays
from tasks.rules.policy import TouchPolicy

_TOUCH = [
    "id", "kind", "direction", "automated", "support", "at", "day", "rep_id", "owner_id", "person_id", "account_id",
    "subject", "person", "account", "rep", "counts", "answered",
]  # fmt: skip


def review(  # noqa: PLR0917 - what one review needs, each given once
    book: ActivityBook,
    policy: ActivityPolicy,
    touch_policy: TouchPolicy,
    window: Window,
    office: OfficeDays,
    sdr_roles: frozenset[str],
) -> ActivityReview:
    """Judges what all reps of `book` did, and what was left, within `window`.

    Raises ValueError for moments without a zone.
    """
    touches = touches_of(book, window, policy, touch_policy)
    return judged(touches, book, policy, window=window, office=office, sdr_roles=sdr_roles)


def judged(
    touches: Touches,
    book: ActivityBook,
    policy: ActivityPolicy,
    *,
    window: Window,
    office: OfficeDays,
    sdr_roles: frozenset[str],
) -> ActivityReview:
    """The review of touches that were already made of `book` by `activity_touches.touches_of`."""
    marks = marked(touches.touches)
    people = people_of(marks, book)
    names = rep_names(book.reps)
    behind = left(marks, people, touches.booked, book, policy=policy, window=window, office=office)
    findings = together(
        [
            too_often(marks, people, names, policy, window.last),
            strategy(marks, book, policy, window, sdr_roles),
            behind.findings,
        ]
    )
    reps = reps_of(marks, findings, book, policy)
    return ActivityReview(
        window=window,
        touches=_touches(marks, people, book, names),
        people=_levelled(people, findings),
        findings=findings,
        reps=reps,
        totals=_totals(marks, findings, reps),
        busy=touches.busy,
        managers=book.managers,
        read=dict(book.read),
        notes=(*book.notes, *notes_of(book, touches), *_notes(behind.of_others)),
    )


def narrowed(review: ActivityReview, rep: str) -> ActivityReview:
    """The review with only what concerns the rep of that full name: their touches, their people, the findings with a
    part of theirs and the touches those show. All of it for an empty text.

    Names are compared without case or outer blanks. Raises ValueError with the names there are.
    """
    wanted = rep.strip().casefold()
    if not wanted:
        return review
    reps = review.reps[review.reps["rep"].str.casefold().eq(wanted)].reset_index(drop=True)
    if reps.empty:
        raise ValueError(f"No rep is called {rep.strip()!r}. Reps: {', '.join(review.reps['rep'])}.")
    ids = set(reps["rep_id"])
    findings = review.findings[[not ids.isdisjoint(parts) for parts in review.findings["rep_ids"]]]
    shown = {touch for touches in findings["touch_ids"] for touch in touches}
    touches = review.touches[review.touches["rep_id"].isin(ids) | review.touches["id"].isin(shown)]
    met = touches["person_id"].fillna(touches["account_id"])
    people = review.people[review.people["person_id"].fillna(review.people["account_id"]).isin(met)]
    return replace(
        review,
        touches=touches.reset_index(drop=True),
        people=people.reset_index(drop=True),
        findings=findings.reset_index(drop=True),
        reps=reps,
        totals=_totals_of(reps, findings),
        scope=str(reps["rep"].iloc[0]),
    )


def month_of(review: ActivityReview) -> Month:
    """The review of the whole team as the next one needs it. Raises ValueError for that of one rep."""
    if review.scope:
        raise ValueError(f"the review of {review.scope!r} alone is not one of the team")
    over = frozenset(persons(review.findings)["who"].dropna())
    return Month(review.window.last, review.window.days, review.totals, over)


def _touches(marks: pd.DataFrame, people: pd.DataFrame, book: ActivityBook, names: pd.Series) -> pd.DataFrame:
    # A map by nothing gives numbers, which no text takes.
    named, theirs = marks["account_id"].map(account_names(book)), marks["sequence"].map(people["account"])
    account = named.astype("str").fillna(theirs.astype("str"))
    person = marks["sequence"].map(people["person"])
    return marks.assign(person=person, account=account, rep=marks["rep_id"].map(names))[_TOUCH].astype(
        {"person": "str", "account": "str", "rep": "str"}
    )


def _levelled(people: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The people by name, each with the worst level of what was found about them."""
    against = persons(findings)
    level = pd.Series("", index=people.index, dtype="str")
    for worse in ("amber", "red"):
        level = level.mask(people["who"].isin(against.loc[against["level"].eq(worse), "who"]), worse)
    ordered = people.assign(level=level).sort_values(["person", "account", "who"], ignore_index=True)
    return ordered[list(PERSON)]


def _totals(marks: pd.DataFrame, findings: pd.DataFrame, reps: pd.DataFrame) -> Totals:
    judged_ones = marks[marks["sequence"].ge(0)]
    wrote = judged_ones.loc[judged_ones["outward"] & judged_ones["rep_id"].notna(), "sequence"].unique()
    spoke = judged_ones.loc[judged_ones["response"], "sequence"].unique()
    return Totals(
        reps=len(reps),
        touches=int(reps["touches"].sum()),
        automated=int((~marks["by_hand"] & marks["direction"].ne("inbound")).sum()),
        people=len(wrote),
        answered=int(pd.Index(wrote).isin(spoke).sum()),
        over=int(persons(findings)["who"].nunique()),
        **_counts(reps, findings),
    )


def _totals_of(reps: pd.DataFrame, findings: pd.DataFrame) -> Totals:
    sums = {name: int(reps[name].sum()) for name in ("touches", "automated", "people", "answered", "over")}
    return Totals(reps=len(reps), **sums, **_counts(reps, findings))


def _counts(reps: pd.DataFrame, findings: pd.DataFrame) -> dict[str, int]:
    rules = findings["rule"]
    return {
        "waiting": int(rules.eq(Rule.WAITING).sum()),
        "forgotten": int(rules.eq(Rule.FORGOTTEN).sum()),
        "talks": int(reps["talk"].sum()),
    }


def _notes(of_others: int) -> list[str]:
    if not of_others:
        return []
    who = "1 person waits" if of_others == 1 else f"{of_others:,} people wait"
    return [f"{who} for an answer of somebody who is no rep: not listed"]
