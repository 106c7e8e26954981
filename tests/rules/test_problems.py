"""Bad records: each is named with its remedy, and judged as far as it can be."""

from typing import Any

import pytest

from tasks.rules.findings import Verdict

from .builders import deal, every, found, judge, judge_each, make_book, touch

BAD: list[tuple[dict[str, Any], str]] = [
    ({"close_date": None}, "no close date: set one"),
    ({"close_date": "1700-01-01"}, "close date 1 Jan 1700: correct the year"),
    ({"close_date": "4000-12-31"}, "close date 31 Dec 4000: correct the year"),
    ({"next_step_due": "4000-12-31"}, "next step due 31 Dec 4000: correct the year"),
    ({"stage": "Qualified"}, "stage 'Qualified' is unknown to Salesforce: choose one of its stages"),
    ({"stage": None}, "no stage: choose one"),
    (
        {"stage": "Closed Won"},
        "stage 'Closed Won' is a closed one, yet the deal is open: close or reopen it properly",
    ),
    ({"stage": "Demo (old)"}, "stage 'Demo (old)' is no longer in use: choose an active one"),
    ({"owner_active": False}, "owner Owner of deal is inactive: give the deal an active owner"),
    ({"owner": None, "owner_active": None}, "its owner is missing or deleted: give the deal an active owner"),
    ({"owner_id": None}, "its owner is missing or deleted: give the deal an active owner"),
    ({"account_id": None, "account": None}, "no account: link the deal to its account"),
    ({"account": None}, "its account is deleted or not visible to us: link the deal to an account that exists"),
    ({"created": None}, "no creation date: ask the Salesforce administrator"),
    ({"created": "2026-11-24"}, "created in the future (24 Nov): ask the administrator"),
    ({"created": "1700-01-01"}, "created 1 Jan 1700: ask the administrator"),
    ({"name": None}, "no name: give the deal one"),
    ({"name": " "}, "no name: give the deal one"),
    ({"name": "2026 " + "\N{ROCKET}" * 250}, "name is 255 characters long and may be cut off: shorten it"),
    ({"amount": -1.0}, "amount is negative: correct it"),
]  # fmt: skip


def test_a_bad_record_is_named_with_its_remedy_and_judged() -> None:
    judged = judge_each({"deals": [deal(**given)], "touches": [touch("2026-10-20")]} for given, _ in BAD)
    assert [(given, *d.problems) for (given, _), d in zip(BAD, judged, strict=True)] == BAD
    assert {(d.days, d.verdict) for d in judged} == {(34, Verdict.WARN)}


def test_a_sound_record_has_no_problem() -> None:
    sound = [
        {},
        {"created": "2026-11-23 23:59"},
        {"amount": 0.0},
        {"close_date": "2036-12-31"},
        {"name": "2026 " + "\N{ROCKET}" * 249},
    ]
    assert [d.problems for d in judge_each({"deals": [deal(**given)]} for given in sound)] == [()] * len(sound)


def test_a_record_that_is_wrong_everywhere_is_still_in_the_review() -> None:
    nothing = dict.fromkeys(deal()) | {"id": "deal"}
    judged = found(judge(make_book([nothing])))
    assert (judged.verdict, judged.holds) == (Verdict.HELD, ("creation date cannot be trusted",))
    assert len(judged.problems) == 6
    assert judged.hygiene == ("no next step", "no amount", "no year in the name")
    assert (judged.close_date, judged.quarter, judged.value, judged.stage_days) == (None, "", None, None)


def test_stages_that_could_not_be_read_are_said_once() -> None:
    findings = judge(make_book([deal("a"), deal("b")], [touch("2026-11-20", "a"), touch("2026-11-20", "b")], stages=[]))
    assert findings.notes == ("The stages could not be read: whether each deal's stage exists was not checked",)
    assert [judged.problems for judged in every(findings)] == [(), ()]


def test_touches_without_a_date_are_counted_out_loud() -> None:
    findings = judge(make_book(touches=[touch(None), touch("2026-10-20")]))
    assert findings.notes == ("Touches without a date, left out: 1",)
    assert found(findings).days == 34


@pytest.mark.parametrize("deals", [[deal("a"), deal("a")], [deal("a"), deal("a") | {"id": None}]])
def test_a_deal_that_is_there_twice_or_nameless_is_refused(deals: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="must have an id each and come once"):
        judge(make_book(deals))
