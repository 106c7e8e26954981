"""A customer gets one codename and two labels, whatever fails in between, and the pair is told only among us."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from tasks.clients import Refused, Unavailable
from tasks.codenamer import NEUTRAL, Codenamer
from tasks.github import private_issues, public_issues
from tasks.ledger import Ledger
from tasks.ledger_feedback import Codenames
from tasks.rules import codenames
from tasks.rules.request_filing import Account, Codenamed
from tests.github.desk import at_once
from tests.github_alone import PRIVATE, PUBLIC, Github
from tests.slack_alone import Death, Killed

BANK, FREIGHT = Account("001Ax00000KpQ2ZIAV", "Acme Bank"), Account("001Ax00000KpQ2bIAF", "Umbra Freight")
HOMES = {PRIVATE: f"/repos/{PRIVATE}", PUBLIC: f"/repos/{PUBLIC}"}


def first(free: Sequence[str]) -> str:
    return free[0]


def last(free: Sequence[str]) -> str:
    return free[-1]


def assign(
    github: Github, ledger: Ledger, account: Account = BANK, draw: Callable[[Sequence[str]], str] = first, **how: Any
) -> Codenamed:
    """Give that account a codename, with doors of its own, as each run does."""
    config = github.config(**how.pop("settings", {}))
    others = how.pop("others", ([BANK.name, FREIGHT.name], ["Egeria Novak"]))
    with public_issues(config) as public, private_issues(config) as private:
        namer = Codenamer(Codenames(ledger), public, private, config.feedback, lambda: others, draw, **how)
        return namer.assign(account, "Marisol Vega")


def labels(github: Github, repository: str) -> dict[str, str | None]:
    """The codename labels there, with their descriptions."""
    there = github.state.repositories[repository].labels.values()
    return {one.name: one.description for one in there if one.name.startswith("customer-")}


def label(github: Github, repository: str, name: str, said: str = "") -> None:
    """A label as people make them."""
    github.ask(f"/repos/{repository}/labels", "POST", json={"name": name, "description": said}).raise_for_status()


def test_the_label_stands_in_both_repositories_and_the_real_name_in_the_private_one_alone(
    github: Github, ledger: Ledger
) -> None:
    done = assign(github, ledger)

    assert (done.name, done.label, done.is_new, done.notes) == ("Abnoba", "customer-abnoba", True, ())
    assert labels(github, PRIVATE) == {"customer-abnoba": "Acme Bank"}
    assert labels(github, PUBLIC) == {"customer-abnoba": NEUTRAL}
    assert Codenames(ledger).all() == {BANK.id: "Abnoba"}


def test_the_public_repository_never_hears_the_name(github: Github, ledger: Ledger) -> None:
    assign(github, ledger)

    everything = json.dumps([vars(one) for one in github.state.repositories[PUBLIC].labels.values()])
    assert not any(word in everything for word in ("Acme", "Bank", BANK.id))


def test_naming_is_these_calls(github: Github, ledger: Ledger) -> None:
    assign(github, ledger)

    ours, everybodys = HOMES.values()
    asked, made = "labels/customer-abnoba", "labels"
    assert github.calls() == [
        f"GET {ours}", f"GET {everybodys}", f"GET {ours}/labels", f"GET {everybodys}/labels",
        f"GET {ours}/{asked}", f"POST {ours}/{made}", f"GET {everybodys}/{asked}", f"POST {everybodys}/{made}",
    ]  # fmt: skip


def test_the_same_account_keeps_its_name_by_its_short_id_too(github: Github, ledger: Ledger) -> None:
    assign(github, ledger)
    github.calls()

    again = [
        assign(github, ledger, one, last) for one in (BANK, replace(BANK, id=BANK.id[:15]), replace(BANK, name="Acme"))
    ]

    assert [(one.name, one.is_new) for one in again] == [("Abnoba", False)] * 3
    assert labels(github, PUBLIC) == {"customer-abnoba": NEUTRAL}
    assert not any(call.startswith("POST") for call in github.calls())


@pytest.mark.parametrize("repository", [PRIVATE, PUBLIC])
def test_a_label_that_is_missing_is_made_again(github: Github, ledger: Ledger, repository: str) -> None:
    assign(github, ledger)
    there = labels(github, repository)
    del github.state.repositories[repository].labels["customer-abnoba"]

    assign(github, ledger, draw=last)

    assert labels(github, repository) == there


def test_another_account_gets_another_name(github: Github, ledger: Ledger) -> None:
    assign(github, ledger)

    assert assign(github, ledger, FREIGHT).name == "Abundantia"
    assert labels(github, PRIVATE) == {"customer-abnoba": "Acme Bank", "customer-abundantia": "Umbra Freight"}


@pytest.mark.parametrize(
    ("repository", "name"),
    [(PRIVATE, "customer-abnoba"), (PUBLIC, "Customer-Abnoba"), (PUBLIC, "prospect-abnoba"), (PUBLIC, "abnoba")],
)
def test_a_name_that_a_label_of_either_repository_has_is_not_given(
    github: Github, ledger: Ledger, repository: str, name: str
) -> None:
    label(github, repository, name, "Somebody else")

    assert assign(github, ledger).name == "Abundantia"


def test_a_name_that_resembles_a_customer_or_one_of_their_people_is_not_given(github: Github, ledger: Ledger) -> None:
    others = ["Abnoba Gruppe", "Abundantia AG"], ["Achilles Meyer"]

    assert assign(github, ledger, others=others).name == "Adelgunde"


def test_a_name_that_people_gave_is_adopted_also_by_a_ledger_that_was_lost(
    github: Github, ledger: Ledger, new_ledger: Callable[..., Ledger]
) -> None:
    label(github, PRIVATE, "customer-Ceraskia", "acme bank")

    adopted = [assign(github, one) for one in (ledger, new_ledger(lost=True))]

    assert [(one.name, one.label, one.is_new) for one in adopted] == [("Ceraskia", "customer-ceraskia", False)] * 2
    assert list(labels(github, PRIVATE)) == ["customer-Ceraskia"]


def test_of_two_accounts_of_one_name_only_the_first_has_its_codename(github: Github, ledger: Ledger) -> None:
    assign(github, ledger)

    done = assign(github, ledger, replace(FREIGHT, name="Acme Bank"))

    assert (done.name, done.is_new) == ("Abundantia", True)


def test_what_people_wrote_in_a_label_is_told_and_left_as_it_is(github: Github, ledger: Ledger) -> None:
    Codenames(ledger).assign(BANK.id, "Ceraskia", "MV")
    label(github, PRIVATE, "customer-ceraskia", "Acme Holding")
    label(github, PUBLIC, "customer-ceraskia", "The acme bank of Ohio")

    done = assign(github, ledger)

    assert done.notes == (
        f"In {PRIVATE} the description of customer-ceraskia says 'Acme Holding': see to it that it is right",
        f"In {PUBLIC}, which everybody reads, the description of customer-ceraskia names them: change it",
    )
    assert labels(github, PRIVATE) == {"customer-ceraskia": "Acme Holding"}


def test_a_long_name_is_cut_to_what_github_takes(github: Github, ledger: Ledger) -> None:
    long = Account(BANK.id, f"Acme\u202e {'Bank ' * 40}")

    assign(github, ledger, long)
    said = labels(github, PRIVATE)["customer-abnoba"] or ""

    assert (said[:12], said[-1], len(said) <= 100) == ("Acme Bank Ba", "…", True)
    assert assign(github, ledger, long).notes == ()


def test_a_dry_run_writes_nothing(github: Github, ledger: Ledger) -> None:
    done = assign(github, ledger, dry_run=True)

    assert (done.name, done.is_new, done.dry_run) == ("Abnoba", True, True)
    assert (labels(github, PRIVATE), labels(github, PUBLIC), Codenames(ledger).all()) == ({}, {}, {})


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"VALIDATION__PRIVATE_REPOSITORY": PUBLIC}, f"{PUBLIC} is not private on GitHub, so nothing is written there"),
        ({"FEEDBACK__PUBLIC_REPOSITORY": PRIVATE}, f"{PRIVATE} is not public on GitHub, so nothing is written there"),
    ],
)
def test_repositories_that_are_mixed_up_are_refused_before_anything_is_kept(
    github: Github, ledger: Ledger, settings: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        assign(github, ledger, settings=settings)

    assert Codenames(ledger).all() == {}
    assert not any(call.startswith("POST") for call in github.calls())


def test_where_no_name_is_left_that_is_said(github: Github, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codenames, "CODENAMES", ("Abnoba",))
    assign(github, ledger)

    with pytest.raises(Refused, match="All 1 codenames are taken"):
        assign(github, ledger, FREIGHT)


BOUNDARIES = [
    *(("GET", home) for home in HOMES.values()),
    *(("GET", f"{home}/labels") for home in HOMES.values()),
    *(("GET", f"{home}/labels/.+") for home in HOMES.values()),
    *(("POST", f"{home}/labels") for home in HOMES.values()),
]
KINDS = ("drop_before", "drop_after", "cut_body", "unavailable", "server_error", "html", "secondary_limit")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("method", "path"), BOUNDARIES)
def test_whatever_call_fails_the_next_run_makes_it_good(
    github: Github, ledger: Ledger, method: str, path: str, kind: str
) -> None:
    github.fault(kind, match={"path": f"/github{path}", "method": method})
    try:
        assign(github, ledger)
    except Unavailable:
        assign(github, ledger, draw=last)

    [(account, name)] = Codenames(ledger).all().items()
    assert account == BANK.id
    assert labels(github, PRIVATE) == {f"customer-{name.lower()}": "Acme Bank"}
    assert labels(github, PUBLIC) == {f"customer-{name.lower()}": NEUTRAL}


def test_all_boundaries_are_tried(github: Github, ledger: Ledger) -> None:
    assign(github, ledger)

    asked = [call.replace("labels/customer-abnoba", "labels/.+") for call in github.calls()]
    assert sorted(asked) == sorted(f"{method} {path}" for method, path in BOUNDARIES)


STEPS = range(1, 5)


@pytest.mark.parametrize("nth", STEPS)
def test_wherever_a_run_is_killed_the_next_one_makes_it_good(
    github: Github, ledger: Ledger, new_ledger: Callable[..., Ledger], nth: int
) -> None:
    with pytest.raises(Killed):
        assign(github, new_ledger("killed", step=Death(nth)))

    name = assign(github, ledger, draw=last).name

    assert Codenames(ledger).all() == {BANK.id: name}
    assert labels(github, PUBLIC) == {f"customer-{name.lower()}": NEUTRAL}


def test_two_at_once_for_two_accounts_give_two_names(github: Github, new_ledger: Callable[..., Ledger]) -> None:
    both, given = Barrier(2, timeout=10), list[str]()

    def run(account: Account) -> None:
        def draw(free: Sequence[str]) -> str:
            if free[0] == "Abnoba":
                both.wait()  # both have drawn it before either keeps it
            return free[0]

        given.append(assign(github, new_ledger(account.name), account, draw).name)

    at_once(lambda: run(BANK), lambda: run(FREIGHT))

    assert sorted(given) == ["Abnoba", "Abundantia"]
