"""What a drafted talk is about: three examples, each a line. Drafted on Mon 2026-11-23."""

from collections.abc import Sequence

import pytest

from tasks.rules.activity_findings import LEFT, Rule

from .talk_builders import Row, drafted, found, make_review, rep, touched


def agenda(*findings: Row, touches: Sequence[Row] = ()) -> tuple[str, ...]:
    return drafted(make_review([rep("tom")], findings, touches))[0][0].agenda


def test_an_example_names_who_what_and_the_last_touch_of_the_rep() -> None:
    streak = found(
        Rule.STREAK, "J. Doe", 6, "tom", "ann", touches=["m1", "m2", "m3"],
        words="6 in a row without an answer, in 11 days",
    )  # fmt: skip
    mails = [
        touched("m1", "tom", "2026-11-01", "First"),
        touched("m2", "tom", "2026-11-03", "Quick question"),
        touched("m3", "ann", "2026-11-05", "Of another rep"),
    ]
    assert agenda(streak, touches=mails) == (
        'J. Doe (Acme): 6 in a row without an answer, in 11 days: "Quick question" on 3 Nov',
    )


@pytest.mark.parametrize(
    ("touch", "told"),
    [
        (touched("m", "tom", "2026-11-03", None), "a mail on 3 Nov"),
        (touched("m", "tom", "2026-11-03", "  ", "call"), "a call on 3 Nov"),
        (touched("m", "tom", "2025-11-03", "Hi", "call"), '"Hi" on 3 Nov 2025'),
        (touched("m", "ann", "2026-11-03", "Hi"), '"Hi" on 3 Nov'),
    ],
)
def test_how_a_touch_is_said(touch: Row, told: str) -> None:
    assert agenda(found(Rule.GAP, "J. Doe", 2, "tom", touches=["m"]), touches=[touch]) == (
        f"J. Doe (Acme): 2 of them: {told}",
    )


def test_a_touch_that_is_not_there_is_left_out() -> None:
    assert agenda(found(Rule.GAP, "J. Doe", 2, "tom", touches=["m"])) == ("J. Doe (Acme): 2 of them",)


def test_at_most_three_different_people_the_most_telling_first() -> None:
    assert agenda(
        found(Rule.STREAK, "Amber 5", 5, "tom"),
        found(Rule.STREAK, "Amber 4", 4, "tom"),
        found(Rule.OPTED_OUT, "Red 1", 1, "tom", level="red"),
        found(Rule.STREAK, "Red 6", 6, "tom", level="red"),
        found(Rule.GAP, "Red 6", 9, "tom"),  # of a person who is told already
        found(Rule.STREAK, "Ann's", 9, "ann", level="red"),
        found(Rule.ACCOUNT, None, 30, "tom"),
    ) == ("Red 6 (Acme): 6 of them", "Red 1 (Acme): 1 of them", "Amber 5 (Acme): 5 of them")


def test_people_come_before_an_account_as_a_whole_but_red_before_amber() -> None:
    person, account = found(Rule.GAP, "J. Doe", 1, "tom"), found(Rule.ACCOUNT, None, 30, "tom")
    assert agenda(account, person) == ("J. Doe (Acme): 1 of them", "Acme: 30 of them")
    assert agenda({**account, "level": "red"}, person) == ("Acme: 30 of them", "J. Doe (Acme): 1 of them")


@pytest.mark.parametrize("rule", LEFT)
def test_who_is_left_waiting_is_no_example(rule: Rule) -> None:
    assert agenda(found(rule, "J. Doe", 9, "tom")) == ()


def test_examples_do_not_depend_on_the_order_of_findings() -> None:
    equal = [found(rule, name, 4, "tom") for rule in (Rule.GAP, Rule.HOURS) for name in ("Bo", "Al", "Cy", "Di")]
    told = agenda(*equal)
    assert told == agenda(*equal[::-1])
    assert [line.split()[0] for line in told] == ["Al", "Bo", "Cy"]


@pytest.mark.parametrize(
    ("person", "account", "who"),
    [
        ("J. Doe", None, "J. Doe"),
        (None, "Acme", "Somebody (Acme)"),
        ("J.\r\nDoe\u2028\x00\u202e", "Ac\tme", "J. Doe (Ac me)"),
        ("J" * 99, "A" * 99, f"{'J' * 59}… ({'A' * 59}…)"),
    ],
)
def test_names_of_others_stay_on_one_line(person: str | None, account: str | None, who: str) -> None:
    told = agenda(found(Rule.GAP, "J. Doe", 2, "tom", person=person, account=account))
    assert told == (f"{who}: 2 of them",)


def test_a_subject_of_others_stays_on_one_line_and_is_cut() -> None:
    mail = touched("m", "tom", "2026-11-03", "a\nb " + "x" * 100)
    (line,) = agenda(found(Rule.GAP, "J. Doe", 2, "tom", touches=["m"]), touches=[mail])
    assert line == f'J. Doe (Acme): 2 of them: "a b {"x" * 75}…" on 3 Nov'
