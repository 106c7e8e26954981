"""What a coaching talk is about: three examples from the findings of a review, a line each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from tasks.rules.activity_findings import NOT_OUR_WAY, TOO_MUCH, ActivityReview
from tasks.rules.wording import day_said

_EXAMPLES = 3
_NAME, _SUBJECT, _WORDS = 60, 80, 200
# Of equal findings, the one that leaves less to argue about comes first.
_TELLING = {rule: place for place, rule in enumerate((*NOT_OUR_WAY, *TOO_MUCH))}
_KINDS = {"email": "a mail", "call": "a call", "linkedin": "a LinkedIn message", "meeting": "a meeting"}


def agendas_of(review: ActivityReview, today: date) -> dict[str, tuple[str, ...]]:
    """Rep id -> at most three examples about different people: red before amber, people before whole accounts, then
    the higher value. Who is left waiting is held against nobody and is no example.

    'J. Doe (Acme): 6 in a row without an answer, in 11 days: "Quick question" on 3 Nov'; the touch is the rep's last
    of the finding. Names and subjects are text of others: on one line, at most 60 and 80 characters.
    """
    examples = _examples(review.findings)
    wanted = {touch for ids in examples["touch_ids"] for touch in ids}
    touches = review.touches[review.touches["id"].isin(wanted)].drop_duplicates("id")
    told = {row["id"]: row for row in touches[["id", "rep_id", "kind", "day", "subject"]].to_dict("records")}
    agendas: dict[str, tuple[str, ...]] = {}
    for finding in examples.to_dict("records"):
        rep = finding["rep_ids"]
        agendas[rep] = (*agendas.get(rep, ()), _line(finding, told, today))
    return agendas


def _examples(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that are shown, one row a rep and example: `rep_ids` holds one of them."""
    known = findings[findings["rule"].isin(list(_TELLING))].reset_index(drop=True)
    each = known.assign(
        about_account=known["person_id"].isna(),
        amber=known["level"].ne("red"),
        place=known["rule"].map(_TELLING),
        who=known["person_id"].fillna(known["account_id"]).fillna(known.index.to_series().astype("str")),
    ).explode("rep_ids")
    ordered = each.dropna(subset="rep_ids").sort_values(
        ["rep_ids", "amber", "about_account", "value", "place", "person", "who"],
        ascending=[True, True, True, False, True, True, True],
    )
    return ordered.drop_duplicates(["rep_ids", "who"]).groupby("rep_ids", sort=False).head(_EXAMPLES)


def _line(finding: Mapping[Any, Any], told: Mapping[str, Mapping[Any, Any]], today: date) -> str:
    person, account = one_line(finding["person"], _NAME), one_line(finding["account"], _NAME)
    if pd.isna(finding["person_id"]):
        who = account or "An account"
    else:
        who = (person or "Somebody") + (f" ({account})" if account else "")
    touches = [told[touch] for touch in finding["touch_ids"] if touch in told]
    theirs = [touch for touch in touches if touch["rep_id"] == finding["rep_ids"]] or touches
    return f"{who}: {one_line(finding['words'], _WORDS)}" + (f": {_touch(theirs[-1], today)}" if theirs else "")


def _touch(touch: Mapping[Any, Any], today: date) -> str:
    subject = one_line(touch["subject"], _SUBJECT)
    what = f'"{subject}"' if subject else _KINDS.get(touch["kind"], "a touch")
    return what if pd.isna(touch["day"]) else f"{what} on {day_said(touch['day'].date(), today)}"


def one_line(text: Any, most: int) -> str:
    """Text of others without line breaks and control characters, at most `most` characters; "" where missing."""
    if pd.isna(text):
        return ""
    plain = "".join(letter for letter in " ".join(str(text).split()) if letter.isprintable())
    line = " ".join(plain.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
