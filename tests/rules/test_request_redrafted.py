"""What becomes of a draft later: a codename, a person's own words, and the mark that its issue is found by."""

from dataclasses import replace

import pytest

from tasks.rules.feedback import IssueDraft
from tasks.rules.request_draft import NO_CODENAME, marked, marker, redrafted, under_codename
from tests.rules.request_builders import POLICY, drafted, request, said


def test_with_a_codename_given_later_it_may_be_filed() -> None:
    waiting = replace(drafted("We need a dark mode", codename=""), labels=("customer request", ":product"))

    draft = under_codename(waiting, "Metis", POLICY)

    assert "Asked for by `customer-metis`." in draft.body
    assert "anonymous" not in draft.body
    assert draft.labels == ("customer request", "customer-metis", ":product")
    assert draft.withheld == ()
    assert under_codename(waiting, "", POLICY).withheld == (NO_CODENAME,)


def test_another_codename_takes_the_place_of_the_one_before() -> None:
    draft = under_codename(drafted("We need a dark mode"), "Metis", POLICY)

    assert draft.labels == ("customer request", "customer-metis")
    assert draft.body.count("customer-") == 1


def test_other_reasons_stay_when_a_codename_is_given() -> None:
    waiting = drafted("Delmar needs a dark mode", codename="")

    assert under_codename(waiting, "Metis", POLICY).withheld == waiting.withheld[1:]


def test_a_person_s_own_title_and_text_replace_the_drafted_ones() -> None:
    before = replace(drafted("Delmar needs it"), withheld=("It names somebody.",))

    draft = redrafted(request(before), "Dark  mode ", "  A dark theme.\n\n- for the console\n- for the tray\n")

    assert draft == IssueDraft(
        "Dark mode",
        "A dark theme.\n\n- for the console\n- for the tray\n\nAsked for by `customer-ceraskia`.\n\n"
        f"{marker(said('x').key)}\n",
        ("customer request", "customer-ceraskia"),
    )


def test_what_a_person_leaves_empty_stays() -> None:
    before = drafted("We need a dark mode")

    assert redrafted(request(before), " ", "") == before
    assert redrafted(request(before), "Other", "").body == before.body
    assert redrafted(request(before), "", "Other").title == before.title


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("See @tom-okafor", "The text calls @tom-okafor on GitHub: write it without the @."),
        ("Well <!-- hidden -->", "The text has a part that is hidden (<!--): write it without."),
    ],
)
def test_a_person_s_own_text_calls_nobody_and_hides_nothing(text: str, reason: str) -> None:
    assert redrafted(request(drafted("We need a dark mode")), "", text).withheld == (reason,)


def test_a_text_with_a_mark_in_it_keeps_its_own() -> None:
    draft = redrafted(request(drafted("We need a dark mode")), "", f"Copied {marker('aaaaaaaaaaaa')}")

    assert marked(draft.body) == said("x").key


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (marker("11c0ffee00a1"), "11c0ffee00a1"),
        (f"{marker('aaaaaaaaaaaa')} quoted\n{marker('11c0ffee00a1')}\nmore", "11c0ffee00a1"),
        ("<!-- rituals:finding:11c0ffee00a1:11c0ffee00a1:2026-11-23 -->", None),
        ("<!-- rituals:request:11C0FFEE00A1 -->", None),
        ("", None),
    ],
)
def test_an_issue_is_found_by_its_mark(body: str, key: str | None) -> None:
    assert marked(body) == key
