"""Whom we write to and when: opted out, not to be called, resting, customers, and the working day of the person."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from tasks.rules.activity_findings import Rule
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.activity_strategy import strategy
from tasks.rules.policy import TouchPolicy

from .activity_books import (
    WINDOW,
    account,
    call,
    contact,
    deal,
    lead,
    lost,
    made,
    mail,
    make_book,
    meeting,
    rep,
    reply,
    task,
    theirs,
)  # fmt: skip
from .builders import Row

SDR = frozenset({"SDR"})


def judged(*rows: Row, answers: Sequence[str] = (), policy: Row | None = None, **book: Any) -> pd.DataFrame:
    """The findings on a book. `answers` are the ids of touches that answer the person."""
    given = make_book(*rows, **book)
    touches = made(given, TouchPolicy()).touches
    answering = touches["id"].isin(list(answers))
    ours = touches["direction"].eq("outbound") | (touches["direction"].eq("unknown") & touches["kind"].ne("email"))
    by_hand = touches["rep_id"].notna() & ours & ~touches["automated"] & ~touches["support"]
    marked = touches.assign(counts=by_hand & ~answering, answers=answering)
    return strategy(marked, given, ActivityPolicy(**(policy or {})), WINDOW, SDR)


def found(rule: Rule, *rows: Row, **given: Any) -> list[tuple[str, ...]]:
    """The touches of each finding of one rule."""
    findings = judged(*rows, **given)
    return findings.loc[findings["rule"].eq(rule), "touch_ids"].tolist()


_NAMED = re.compile(r"J\. Doe|L\. Roe|Acme|Globex|\b[jl]\.[dr]oe", re.IGNORECASE)


def each(rule: Rule, cases: Sequence[Any], book_of: Callable[..., dict[str, list[Row]]], **given: Any) -> list[Any]:
    """The cases (a row, what its book is made of, whether it is found) as they come out.

    All are judged in one book, each with people and accounts of its own.
    """
    rows, book = [], {"people": [contact(), lead()], "accounts": [account()], "deals": []}
    every: dict[str, list[Row]] = {name: [] for name in book}
    for number, (row, *made_of, _) in enumerate(cases):
        rows.append(_own(row, number))
        for name, records in (book | book_of(*made_of)).items():
            every[name] += [_own(record, number) for record in records]
    hits = {touch for touches in found(rule, *rows, **every, **given) for touch in touches}
    return [(*case, f"a{number}" in hits) for number, (*case, _) in enumerate(cases)]


def _own(record: Row, number: int) -> Row:
    return {
        name: _NAMED.sub(lambda text: f"{text[0]}{number}", value) if isinstance(value, str) else value
        for name, value in record.items()
    }


# --- opted out of e-mail ---
OUT = [contact(opted_out=True)]
OPTED_OUT: list[tuple[Row, list[Row], bool]] = [
    (mail("2026-11-02"), OUT, True),
    (mail("2026-11-02"), [contact(opted_out=False)], False),
    (mail("2026-11-02"), [contact()], False),  # nothing is known
    (mail("2026-11-02", subject="Canceled: Demo"), OUT, True),  # by a machine of ours
    (mail("2026-11-02", by="sue", owner_id="005 sue"), OUT, True),  # by somebody who is no rep
    (mail("2026-11-02", case_id="500x"), OUT, False),  # support
    (reply("2026-11-02"), OUT, False),
    (call("2026-11-02"), OUT, False),
    (meeting("2026-11-02"), OUT, False),
    (mail("2026-11-02", to="L. Roe"), [lead(opted_out=True)], True),
]


def test_mail_to_who_has_opted_out() -> None:
    assert each(Rule.OPTED_OUT, OPTED_OUT, lambda people: {"people": people}) == OPTED_OUT


def test_who_has_opted_out_is_seen_among_several_receivers() -> None:
    people = [contact("P. Roe"), contact("J. Doe", opted_out=True)]
    findings = judged(mail("2026-11-02", receivers=f"{theirs('P. Roe')}; {theirs('J. Doe')}"), people=people)
    assert findings[["rule", "person", "account"]].to_numpy().tolist() == [[Rule.OPTED_OUT, "J. Doe", "Acme"]]


def test_an_answer_to_who_has_opted_out_is_none_of_these() -> None:
    assert found(Rule.OPTED_OUT, mail("2026-11-02"), people=OUT, answers=["a0"]) == []


# --- asked not to be called ---
CALLED: list[tuple[Row, bool]] = [
    (call("2026-11-02"), True),
    (call("2026-11-02", call_type=None), True),  # most calls do not say: it is one of a rep's
    (call("2026-11-02", call_type=None, by="sue"), False),
    (call("2026-11-02", call_type="Inbound"), False),
    (call("2026-11-02", what_id="500x"), False),  # support
    (mail("2026-11-02"), False),
]


def test_calls_to_who_asked_for_none() -> None:
    assert each(Rule.DO_NOT_CALL, CALLED, lambda: {"people": [contact(do_not_call=True)]}) == CALLED


def test_calling_back_is_none_of_these() -> None:
    assert found(Rule.DO_NOT_CALL, call("2026-11-02"), people=[contact(do_not_call=True)], answers=["a0"]) == []


# --- a rest period: 30 days from the day on which the opportunity was lost ---
REST: list[tuple[Row, list[Row], bool]] = [
    (mail("2026-11-02"), [lost("2026-11-03")], False),  # before
    (mail("2026-11-03"), [lost("2026-11-03")], True),  # on that day
    (mail("2026-11-20"), [lost("2026-10-22")], True),  # the 29th day after it
    (mail("2026-11-21"), [lost("2026-10-22")], False),  # the 30th
    (mail("2026-11-21"), [lost("2026-09-01"), lost("2026-11-02")], True),
    (mail("2026-11-02"), [lost("2026-11-01", is_won=True)], False),
    (mail("2026-11-02"), [lost("2026-11-01"), deal()], False),  # another one is open there
    (mail("2026-11-02"), [lost("2026-11-01"), deal("Globex")], True),
    (mail("2026-11-02"), [lost("2026-11-01", "Globex")], False),
    (mail("2026-11-02"), [], False),
    (mail("2026-11-02", receivers="x@y.example", what_id="001 Acme"), [lost("2026-11-01")], True),
    (task("2026-11-02", "LinkedIn"), [lost("2026-11-01")], True),
    (meeting("2026-11-02"), [lost("2026-11-01")], False),
    (reply("2026-11-02"), [lost("2026-11-01")], False),
    (task("2026-11-02", "Cadence"), [lost("2026-11-01")], False),  # automated
    (mail("2026-11-02", to="L. Roe"), [lost("2026-11-01")], False),  # a lead of no account
]


def test_rest() -> None:
    assert each(Rule.REST, REST, lambda deals: {"deals": deals, "people": [contact(), lead()]}) == REST


def test_a_customer_is_in_no_rest_period() -> None:
    lost_there = [lost("2026-11-01")]
    assert found(Rule.REST, mail("2026-11-02"), deals=lost_there, accounts=[account(type="customer - DIRECT")]) == []


@pytest.mark.parametrize(("days", "findings"), [(0, 0), (1, 0), (2, 1)])
def test_the_rest_is_a_setting(days: int, findings: int) -> None:
    rest = {"rest_days": days}
    assert len(found(Rule.REST, mail("2026-11-02"), deals=[lost("2026-11-01")], policy=rest)) == findings


# --- customers, by an SDR ---
CUSTOMER: list[tuple[Row, str | None, bool]] = [
    (mail("2026-11-02", by="sid"), "Customer", True),
    (call("2026-11-02", by="sid"), "customer", True),  # however the org writes it
    (mail("2026-11-02", by="tom"), "Customer", False),  # no SDR
    (mail("2026-11-02", by="sid"), "Prospect", False),
    (mail("2026-11-02", by="sid"), None, False),
    (reply("2026-11-02", to="sid"), "Customer", False),
    (meeting("2026-11-02", by="sid"), "Customer", False),
]


def test_customer() -> None:
    reps = [rep("tom"), rep("sid", "sdr")]
    assert each(Rule.CUSTOMER, CUSTOMER, lambda kind: {"accounts": [account(type=kind)]}, reps=reps) == CUSTOMER


# --- the working day of the person: Monday to Friday, 08:00 to 18:00, on their clock ---
BERLIN, TEXAS, CALIFORNIA = {"country": "Germany"}, {"country": "US", "state": "TX"}, {"country": "US", "state": "CA"}
NOON_IN_BERLIN = "2026-11-03 03:00"  # nine hours ahead of the office
HOURS: list[tuple[Row, Row, bool]] = [
    (mail("2026-11-02 07:59"), CALIFORNIA, True),  # Mon
    (mail("2026-11-02 08:00"), CALIFORNIA, False),
    (mail("2026-11-02 18:00"), CALIFORNIA, False),
    (mail("2026-11-02 18:01"), CALIFORNIA, True),
    (mail("2026-11-06 12:00"), CALIFORNIA, False),  # Fri
    (mail("2026-11-07 12:00"), CALIFORNIA, True),  # Sat
    (mail("2026-11-08 12:00"), CALIFORNIA, True),  # Sun
    (mail("2026-10-30 07:30"), {"zone": "America/Denver"}, False),  # 08:30 there
    (mail(NOON_IN_BERLIN), BERLIN, False),
    (mail(NOON_IN_BERLIN), CALIFORNIA, True),
    (mail("2026-11-06 16:00"), BERLIN, True),  # Fri here, Sat 01:00 there
    (mail("2026-11-01 23:30"), BERLIN, False),  # Sun here, Mon 08:30 there
    # Chicago is an hour ahead of El Paso: outside is what is outside on both clocks.
    (mail("2026-11-02 06:30"), TEXAS, False),  # 08:30 and 07:30
    (mail("2026-11-02 05:30"), TEXAS, True),  # 07:30 and 06:30
    (mail("2026-11-02 16:30"), TEXAS, False),  # 18:30 and 17:30
    (mail("2026-11-02 17:30"), TEXAS, True),  # 19:30 and 18:30
    (mail("2026-11-02 03:00"), {}, False),  # nobody knows where
    (call("2026-11-02 03:00"), CALIFORNIA, False),  # logged then, not made
    (task("2026-11-02 03:00", "LinkedIn"), CALIFORNIA, False),
    (reply("2026-11-02 03:00"), CALIFORNIA, False),
    (mail("2026-11-02 03:00", sender="noreply@us.example"), CALIFORNIA, False),
]


def test_hours() -> None:
    assert each(Rule.HOURS, HOURS, lambda place: {"people": [contact(**place)]}) == HOURS


def test_an_answer_may_be_sent_at_night() -> None:
    assert found(Rule.HOURS, mail("2026-11-02 03:00"), people=[contact(**CALIFORNIA)], answers=["a0"]) == []


# --- what a finding says ---
@pytest.mark.parametrize(
    ("rows", "given", "level", "value", "words"),
    [
        ([mail("2026-11-02")], {"people": OUT}, "red", 1, "1 e-mail to someone who has opted out"),
        ([mail("2026-11-02"), mail("2026-11-03", subject="Accepted: Demo")],
         {"people": OUT}, "red", 2, "2 e-mails to someone who has opted out, 1 of them automated"),
        ([mail("2026-11-02", sender="noreply@us.example")],
         {"people": OUT}, "red", 1, "1 e-mail to someone who has opted out, automated"),
        ([call("2026-11-02"), call("2026-11-03")],
         {"people": [contact(do_not_call=True)]}, "red", 2, "2 calls to someone who asked not to be called"),
        ([mail("2026-11-02"), mail("2026-11-09")],
         {"deals": [lost("2026-10-09")]}, "amber", 1, "1 touch within 30 days of an opportunity lost on 9 Oct"),
        ([mail("2026-11-02"), mail("2026-11-09")],
         {"reps": [rep("tom", "SDR")], "accounts": [account(type="Customer")]}, "amber", 2,
         "2 touches of a customer by an SDR"),
        ([mail("2026-11-07 22:41")],
         {"people": [contact(**CALIFORNIA)]}, "amber", 1, "mail at 22:41 on Sat 7 Nov, their time"),
        ([mail("2026-11-06 16:05"), mail("2026-11-07 22:41")],
         {"people": [contact(**BERLIN)]}, "amber", 2,
         "2 mails outside their working day, the first at 01:05 on Sat 7 Nov, their time"),
    ],
)  # fmt: skip
def test_words(rows: list[Row], given: Row, level: str, value: float, words: str) -> None:
    findings = judged(*rows, **given)
    assert findings[["level", "value", "words"]].to_numpy().tolist() == [[level, value, words]]


def test_a_finding_names_the_reps_the_touches_the_days_and_the_line() -> None:
    rows = [mail("2026-11-05", by="tom", id="later"), mail("2026-11-02", by="ann", id="first")]
    [finding] = judged(*rows, people=OUT).to_dict("records")
    assert finding == {
        "rule": Rule.OPTED_OUT, "level": "red", "rep_ids": ("005 ann", "005 tom"),
        "person_id": "003 J. Doe", "person": "J. Doe", "account_id": "001 Acme", "account": "Acme",
        "value": 2.0, "words": "2 e-mails to someone who has opted out", "touch_ids": ("first", "later"),
        "first_day": pd.Timestamp("2026-11-02"), "last_day": pd.Timestamp("2026-11-05"), "handbook": "L143, decisions",
    }  # fmt: skip


def test_what_only_a_machine_did_names_no_rep() -> None:
    row = mail("2026-11-02", sender="noreply@us.example", owner_id="005 robot")
    assert judged(row, people=OUT)["rep_ids"].tolist() == [()]


def test_a_touch_of_nobody_is_about_its_account() -> None:
    rows = [mail("2026-11-02", receivers="x@y.example", what_id="001 Acme")]
    findings = judged(*rows, deals=[lost("2026-11-01")]).astype(object)
    assert findings[["account", "touch_ids"]].to_numpy().tolist() == [["Acme", ("a0",)]]
    assert findings["person_id"].isna().all()
    assert findings["person"].isna().all()


def test_a_lead_is_shown_with_its_company() -> None:
    findings = judged(mail("2026-11-02", to="L. Roe"), people=[lead(opted_out=True)])
    assert findings[["person", "account"]].to_numpy().tolist() == [["L. Roe", "Initech"]]
    assert findings["account_id"].isna().all()


def test_most_first_within_a_rule_then_by_name() -> None:
    people = [contact(name, opted_out=True, do_not_call=True) for name in ("A. One", "B. Two", "C. Two", "D. Call")]
    rows = [mail("2026-11-02", to=name) for name in ("C. Two", "A. One", "B. Two", "B. Two", "C. Two")]
    findings = judged(call("2026-11-02", to="D. Call"), *rows, people=people)
    assert findings["person"].tolist() == ["B. Two", "C. Two", "A. One", "D. Call"]


def test_nothing_to_find_is_typed() -> None:
    none, some = judged(), judged(mail("2026-11-02"), people=OUT)
    assert none.empty
    assert none.dtypes.to_dict() == some.dtypes.to_dict()


def test_nobody_known_at_all() -> None:
    assert judged(mail("2026-11-02"), people=[], accounts=[], reps=[]).empty
