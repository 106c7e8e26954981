"""The shipped list of minor planets, and which of them a customer may be given."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deployments.sandbox.company.names import account_name, person_name
from tasks.rules.codenames import CODENAMES, NoCodenameLeft, label, pick
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.privacy_gate import known_of, why_withheld
from tasks.rules.privacy_words import is_common

POLICY = FeedbackPolicy()


def first(names: object) -> str:
    """The first that may be drawn, for tests that need the same one each time."""
    return next(iter(names))  # type: ignore[call-overload]


def all_free(*used: str, accounts: tuple[str, ...] = (), people: tuple[str, ...] = ()) -> list[str]:
    """What may be drawn."""
    shown: list[str] = []
    pick(used, accounts, lambda names: shown.extend(names) or names[0], people)
    return shown


def test_there_are_names_for_years() -> None:
    assert len(CODENAMES) >= 500
    assert len({one.casefold() for one in CODENAMES}) == len(CODENAMES)
    assert list(CODENAMES) == sorted(CODENAMES)


@pytest.mark.parametrize("name", CODENAMES)
def test_a_name_is_one_plain_word(name: str) -> None:
    assert re.fullmatch(r"[A-Z][a-z]{3,11}", name)


def test_no_name_is_an_everyday_word() -> None:
    assert [one for one in CODENAMES if is_common(one.casefold())] == []


@pytest.mark.parametrize(
    "used", ["Ceraskia", "ceraskia", "CERASKIA", "customer-ceraskia", "prospect-Ceraskia", "~customer ceraskia (old)"]
)
def test_a_name_that_is_used_is_not_given_again(used: str) -> None:
    assert "Ceraskia" in all_free()
    assert "Ceraskia" not in all_free(used, "bug", ":product")


@pytest.mark.parametrize(
    ("account", "taken"),
    [
        ("Astraea", "Astraea"),
        ("Astraea Ltd", "Astraea"),
        ("Bank of ASTRAEA", "Astraea"),
        ("Astraeanet", "Astraea"),
        ("Metis-Group", "Metis"),
        ("Melpo", "Melpomene"),
        ("Pomene GmbH", None),
        ("Mene", "Melpomene"),
        ("Ast", None),
    ],
)
def test_a_name_that_resembles_an_account_is_not_given(account: str, taken: str | None) -> None:
    gone = set(CODENAMES) - set(all_free(accounts=(account,)))

    assert taken in gone if taken else gone == set()


def test_nobody_s_name_is_given() -> None:
    gone = set(CODENAMES) - set(all_free(people=("Zita Ariadne", "ariadne.k", "Penthesilea-Ann Webb")))

    assert gone == {"Ariadne", "Penthesilea"}


def test_it_is_drawn_by_whoever_draws() -> None:
    assert pick((), (), lambda names: names[-1]) == CODENAMES[-1]
    assert pick(("Abnoba",), (), first) == "Abundantia"


def test_none_is_left() -> None:
    with pytest.raises(NoCodenameLeft, match=f"All {len(CODENAMES)} codenames are taken"):
        pick(CODENAMES, (), first)


@pytest.mark.parametrize(("name", "told"), [("Ceraskia", "customer-ceraskia"), (" Io ", "customer-io"), ("", "")])
def test_the_label_of_a_codename(name: str, told: str) -> None:
    assert label(name, POLICY) == told


@given(st.lists(st.sampled_from(CODENAMES), max_size=500), st.lists(st.integers(0, 50_000), max_size=30))
def test_what_is_given_is_free_and_passes_the_gate(used: list[str], companies: list[int]) -> None:
    accounts = [account_name(index) for index in companies] or ["Acme"]
    people = [" ".join(person_name(index)) for index in companies]

    given_name = pick(used, accounts, lambda names: names[len(names) // 2], people)

    assert given_name not in used
    tag = label(given_name, POLICY)
    assert why_withheld({f"label {tag}": tag}, known_of(accounts, people=people)) == ()
