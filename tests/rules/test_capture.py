"""An owner whose logged activity collapsed: the silence of their deals may only be a mailbox that came unplugged."""

from typing import Any

import pytest

from tasks.rules.findings import Book, Review, Verdict

from .builders import deal, every, found, judge, make_book, touch


def anns(number: int, **given: Any) -> list[dict[str, Any]]:
    """Deals of one owner, d0, d1 and so on."""
    return [deal(f"d{i}", owner_id="ann", owner="A. Snyder") | given for i in range(number)]


def judge_30(book: Book) -> Review:
    """With a window of 30 days, which notices before the missing mails become proposals."""
    return judge(book, collapse_window_days=30)


def verdicts(findings: Review) -> list[Verdict]:
    return [judged.verdict for judged in sorted(every(findings), key=lambda judged: judged.id)]


def last_spoken(day: str, number: int) -> list[dict[str, Any]]:
    return [touch(day, f"d{i}") for i in range(number)]


def test_nothing_of_theirs_is_proposed_and_the_report_says_since_when() -> None:
    findings = judge_30(make_book(anns(5), [*last_spoken("2026-10-05", 4), touch("2026-10-09", "d4")]))
    assert verdicts(findings) == [Verdict.HELD] * 5
    assert found(findings, "d0").holds == ("little logged activity from A. Snyder since 9 Oct",)
    assert findings.untrusted_owners == ("A. Snyder",)
    (note,) = findings.notes
    assert note == (
        "Little logged activity from A. Snyder since 9 Oct (0 of 5 open deals touched in 30 days): "
        "none of theirs is proposed"
    )


@pytest.mark.parametrize(
    ("why", "deals", "touches"),
    [
        ("four deals are too few to tell", anns(4), last_spoken("2026-10-05", 4)),
        ("one of five was spoken on", anns(5), [*last_spoken("2026-10-05", 4), touch("2026-11-20", "d4")]),
        ("one of five, on the first day of the window", anns(5),
         [*last_spoken("2026-10-05", 4), touch("2026-10-25", "d4")]),
        ("a new deal was", [*anns(5), deal("new", owner_id="ann", owner="A. Snyder", created="2026-11-20")],
         [*last_spoken("2026-10-05", 5), touch("2026-11-22", "new")]),
        ("they left, which is known", anns(5, owner_active=False), last_spoken("2026-10-05", 5)),
        ("nobody owns them", anns(5, owner_id=None, owner=None), last_spoken("2026-10-05", 5)),
    ],
)  # fmt: skip
def test_no_collapse(why: str, deals: list[dict[str, Any]], touches: list[dict[str, Any]]) -> None:
    findings = judge_30(make_book(deals, touches))
    assert findings.untrusted_owners == (), why
    assert Verdict.PROPOSE in verdicts(findings), why


@pytest.mark.parametrize(
    ("why", "touches"),
    [
        ("the window is over", [touch("2026-10-24", "d4")]),
        ("Slack is not logged by hand", [touch("2026-11-20", "d4", kind="slack")]),
        ("an account with other deals", [touch("2026-11-20", "d4", counts=False)]),
    ],
)
def test_what_is_no_sign_of_logging(why: str, touches: list[dict[str, Any]]) -> None:
    findings = judge_30(make_book(anns(5), [*last_spoken("2026-10-05", 4), *touches]))
    assert findings.untrusted_owners == ("A. Snyder",), why


def test_new_deals_that_nobody_spoke_on_yet_say_nothing() -> None:
    young = anns(5, created="2026-11-10")
    assert judge_30(make_book(young)).untrusted_owners == ()
    assert judge_30(make_book(anns(5, created="2026-10-24"))).untrusted_owners == ("A. Snyder",)


def test_one_of_ten_is_almost_nothing_and_one_of_nine_is_not() -> None:
    for number, expected in ((10, ("A. Snyder",)), (9, ())):
        spoken = [*last_spoken("2026-10-05", number - 1), touch("2026-11-20", f"d{number - 1}")]
        findings = judge_30(make_book(anns(number), spoken))
        assert findings.untrusted_owners == expected
        assert found(findings, "d0").verdict is (Verdict.HELD if expected else Verdict.PROPOSE)


def test_a_late_touch_does_not_move_its_own_deal_towards_closing() -> None:
    # Ann's five deals are silent since August: none is proposed. Then a call of 50 days ago is logged on one of them.
    silent = last_spoken("2026-08-20", 5)
    assert verdicts(judge(make_book(anns(5), silent))) == [Verdict.HELD] * 5
    late = judge(make_book(anns(5), [*silent, touch("2026-10-04", "d0")]))
    assert found(late, "d0").verdict is Verdict.HELD


def test_an_owner_without_a_single_touch_and_the_decisions_ninety_days() -> None:
    never = judge_30(make_book(anns(5)))
    assert found(never, "d0").holds == ("little logged activity from A. Snyder",)
    spoken = make_book(anns(5), last_spoken("2026-08-26", 5))  # 89 days ago
    assert judge(spoken).untrusted_owners == ()  # the default of the decisions
    assert judge(spoken, collapse_window_days=89).untrusted_owners == ("A. Snyder",)
