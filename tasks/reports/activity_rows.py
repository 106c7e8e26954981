"""How people, accounts, touches and findings of the activity review are worded: short, literal, with links."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from tasks.reports.activity_context import ActivityContext
from tasks.reports.blocks import Element, link, text, text_lines
from tasks.reports.dates import weekday
from tasks.reports.slack_text import shorten
from tasks.rules.activity_findings import NOT_OUR_WAY, TOO_MUCH, ActivityReview, Rule
from tasks.rules.clock import office_day

PERSON = 32
ACCOUNT = 28
SUBJECT = 48
WORDS = 110
QUOTED = 3
_KINDS = {"email": "mail", "linkedin": "LinkedIn message", "task": "touch"}
_ORDER = {rule: number for number, rule in enumerate(Rule)}

Row = Mapping[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, by column."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def missing(value: Any) -> bool:
    """Whether a value of a frame is not there: None, NaN, NaT, NA."""
    return bool(pd.isna(value))


def told(value: object, limit: int) -> str:
    """A text of a frame on one line, at most so long; "" where it is missing."""
    return "" if missing(value) else shorten(str(value), limit)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 person", "1,204 people"; without `many` the plural has an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def of_rules(review: ActivityReview, rules: Iterable[Rule]) -> pd.DataFrame:
    """The findings of these rules, in the order of the review."""
    return review.findings[review.findings["rule"].isin([str(rule) for rule in rules])]


def over_ids(review: ActivityReview) -> frozenset[str]:
    """The people with findings of too much, or of what is not our way."""
    return frozenset(of_rules(review, (*TOO_MUCH, *NOT_OUR_WAY))["person_id"].dropna())


def gravest_first(findings: pd.DataFrame) -> pd.DataFrame:
    """Red before amber, then in the order of the rules, then as the review has them."""
    places = pd.DataFrame({"red": findings["level"].ne("red"), "rule": findings["rule"].map(_ORDER)})
    return findings.loc[places.sort_values(["red", "rule"], kind="stable").index]


def person(row: Row, context: ActivityContext, *, account: bool = True) -> list[Element]:
    """ "J. Doe (Acme)", leading to the contact or lead; a row without a person is about its account."""
    person_id, of = told(row["person_id"], 18), told(row["account"], ACCOUNT)
    if not person_id and not told(row["person"], PERSON):
        return [account_link(row, context)]
    name = told(row["person"], PERSON) or f"(no name) {person_id}"
    return [link(name, context.page(person_id)), *([text(f" ({of})")] if of and account else [])]


def account_link(row: Row, context: ActivityContext) -> Element:
    """The account's name, leading to it."""
    account_id = told(row["account_id"], 18)
    name = told(row["account"], ACCOUNT) or f"(no name) {account_id}".strip()
    return link(name, context.page(account_id))


def words(row: Row) -> str:
    """What the rule found, in its own words, without the last full stop."""
    return told(row["words"], WORDS).rstrip(".") or str(row["rule"])


def day_of(value: object) -> date | None:
    """A day of a frame; None where it is missing."""
    return None if missing(value) else pd.Timestamp(str(value)).date()


def rep_names(review: ActivityReview) -> dict[str, str]:
    """The name of each rep by id, in the order of the review; then of those who only made touches that are shown."""
    columns = ["rep_id", "rep"]
    made = review.touches[columns].dropna(subset=["rep_id"]).drop_duplicates("rep_id")
    both = pd.concat([review.reps[columns], made]).drop_duplicates("rep_id")
    rows = zip(both["rep_id"], both["rep"], strict=True)
    return {str(rep_id): told(name, PERSON) or f"(no name) {rep_id}" for rep_id, name in rows}


def named(rep_ids: Sequence[str], names: Mapping[str, str], most: int = 3) -> str:
    """ "Ana Snyder, Tom Okafor"; after three how many more there are."""
    said = [names.get(rep_id, "another rep") for rep_id in rep_ids]
    more = f" and {len(said) - most:,} more" if len(said) > most else ""
    return ", ".join(said[:most]) + more


def quotable(review: ActivityReview) -> dict[str, Row]:
    """The touches that a post may quote, by id: the last ones of each finding."""
    wanted = {touch_id for ids in review.findings["touch_ids"] for touch_id in ids[-QUOTED:]}
    touches = review.touches[review.touches["id"].isin(wanted)]
    return {str(row["id"]): row for row in records(touches)}


def quotes(
    lead: str, findings: Sequence[Row], touches: Mapping[str, Row], context: ActivityContext, *, rep_id: str = ""
) -> list[Element]:
    """The words, then up to three touches the findings rest on, oldest first, a line each: the last of each finding,
    then more of the first. `· Tue 3 Nov 10:12: mail "Checking in"`, where the kind leads to the record; below the name
    of one rep the touches of others name theirs."""
    lasts = [finding["touch_ids"][-1] for finding in findings if len(finding["touch_ids"])]
    more = reversed(findings[0]["touch_ids"][-QUOTED:]) if findings else ()
    chosen = [touches[touch_id] for touch_id in dict.fromkeys([*lasts, *more]) if touch_id in touches][:QUOTED]
    chosen.sort(key=lambda touch: (pd.Timestamp(touch["day"]), str(touch["at"]), str(touch["id"])))
    shown: list[Element] = []
    ending = lead
    for touch in chosen:
        shown += [text_lines([ending, f"· {_when(touch, context)}: "])]
        shown += [link(_what(touch), context.page(str(touch["id"])))]
        subject = told(touch["subject"], SUBJECT)
        ending = (f' "{subject}"' if subject else " (no subject)") + _by_another(touch, rep_id)
    return [*shown, text(ending)]


def _by_another(touch: Row, rep_id: str) -> str:
    by = told(touch["rep"], PERSON) if rep_id and touch["rep_id"] != rep_id else ""
    return f" · {by}" if by else ""


def _when(touch: Row, context: ActivityContext) -> str:
    today = office_day(context.as_of, context.time_zone)
    if missing(touch["at"]):
        when = day_of(touch["day"])
        return weekday(when, today) if when else "no day"
    local = pd.Timestamp(touch["at"]).to_pydatetime().astimezone(context.zone)
    return f"{weekday(local.date(), today)} {local:%H:%M}"


def _what(touch: Row) -> str:
    kind = _KINDS.get(str(touch["kind"]), told(touch["kind"], PERSON)) or "touch"
    return f"automated {kind}" if touch["automated"] else kind
