"""Each request becomes one public issue under a codename, and nothing that tells who the customer is becomes one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tasks.clients import Refused
from tasks.github import public_issues
from tasks.ledger import Ledger
from tasks.request_filer import RequestFiler
from tasks.rules.filing import Filed
from tasks.rules.request_draft import NO_CODENAME, marker
from tests.github.desk import told
from tests.github.requests import BANK, CODENAMES, DARK, HOME, REQUESTS, SLOW, file, filed, gate, request
from tests.github_alone import NOW, PRIVATE, PUBLIC, Github


def posts(github: Github) -> list[str]:
    return [call for call in github.calls() if call.startswith("POST")]


def test_filing_is_these_calls(github: Github, ledger: Ledger) -> None:
    results = file(github, ledger)

    assert told(results) == [(Filed.FILED, 3), (Filed.FILED, 4)]
    labels, asked = f"POST {HOME}/labels", f"GET {HOME}/labels"
    assert github.calls() == [
        f"GET {HOME}", f"GET {HOME}/issues",
        f"{asked}/customer request", labels, f"{asked}/customer-ceraskia", labels, f"POST {HOME}/issues",
        f"{asked}/customer-eponina", labels, f"POST {HOME}/issues",
    ]  # fmt: skip
    issue = github.issues(PUBLIC)[2]
    assert (issue.title, [label.name for label in issue.labels]) == (
        "Queries are slow after an upgrade",
        ["customer request", "customer-ceraskia"],
    )


def test_labels_that_are_missing_are_made_and_say_nothing_of_the_customer(github: Github, ledger: Ledger) -> None:
    file(github, ledger)

    there = github.state.repositories[PUBLIC].labels
    assert there["customer-ceraskia"].description == "A customer who stays anonymous"
    assert there["customer request"].description is None


def test_what_was_filed_is_not_filed_again_by_anybody(
    github: Github, ledger: Ledger, new_ledger: Callable[..., Ledger]
) -> None:
    file(github, ledger)
    everywhere = {"the same": ledger, "one that knows nothing": new_ledger(lost=True)}

    again = {name: told(file(github, one)) for name, one in everywhere.items()}

    assert again == {name: [(Filed.ALREADY, 3), (Filed.ALREADY, 4)] for name in everywhere}
    assert filed(github) == [SLOW, DARK]


def test_what_was_filed_stays_so_whatever_is_drafted_or_known_since(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    changed = (request(title="Acme Bank is slow"), request(DARK, "A dark mode", withheld=("It holds a name.",)))

    assert told(file(github, ledger, changed)) == [(Filed.ALREADY, 3), (Filed.ALREADY, 4)]


def test_only_issues_that_can_be_of_these_requests_are_read(
    github: Github, ledger: Ledger, new_ledger: Callable[..., Ledger]
) -> None:
    file(github, ledger)
    repository, author = github.state.repositories[PUBLIC], github.state.accounts["sam"]
    label = github.state.label(repository, "customer request")
    for number in range(250):
        old = github.state.open_issue(repository, author, f"Old {number}", "", [label])
        old.created = old.updated = NOW - timedelta(days=30)
    github.calls()

    assert told(file(github, new_ledger(lost=True))) == [(Filed.ALREADY, 3), (Filed.ALREADY, 4)]
    assert github.calls() == [f"GET {HOME}", f"GET {HOME}/issues"]


def test_an_issue_that_somebody_deleted_is_filed_anew(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    del github.state.repositories[PUBLIC].issues[3]

    file(github, ledger)

    assert sorted(filed(github)) == [SLOW, DARK]


def test_an_issue_that_people_relabelled_is_known_all_the_same(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    github.ask(f"{HOME}/issues/3", "PATCH", json={"labels": ["bug"], "body": "ours now"})

    assert told(file(github, ledger)) == [(Filed.ALREADY, 3), (Filed.ALREADY, 4)]


def test_a_pull_request_that_quotes_the_mark_is_no_issue_of_it(github: Github, ledger: Ledger) -> None:
    pull = github.issues(PUBLIC)[1]
    pull.body = marker(SLOW)
    pull.labels = [github.state.label(github.state.repositories[PUBLIC], "customer request")]
    pull.updated = NOW

    assert told(file(github, ledger, REQUESTS[:1])) == [(Filed.FILED, 3)]


LEAKS = [
    ({"title": "Acme Bank cannot log in"}, "The title holds an account's name"),
    ({"body": f"Ruth Adeyemi says so.\n\n{marker(SLOW)}"}, "The text holds"),
    ({"body": f"See https://fleet.acmebank.example/hosts\n\n{marker(SLOW)}"}, "The text holds"),
    ({"body": f"Write to ruth@somewhere.example\n\n{marker(SLOW)}"}, "The text holds an e-mail address"),
    ({"labels": ("umbra-freight",)}, "The label umbra-freight holds"),
    ({"withheld": ("The sweep found a name.",)}, "The sweep found a name."),
]


@pytest.mark.parametrize(("draft", "why"), LEAKS, ids=[str(row[0])[:40] for row in LEAKS])
@pytest.mark.parametrize("dry_run", [True, False])
def test_what_tells_who_the_customer_is_is_refused_with_the_reason_and_stops_no_other(
    github: Github, ledger: Ledger, draft: dict[str, Any], why: str, dry_run: bool
) -> None:
    refused, other = file(github, ledger, (request(**draft), REQUESTS[1]), dry_run=dry_run)

    assert (refused.outcome, other.outcome) == (Filed.REFUSED, Filed.WOULD_FILE if dry_run else Filed.FILED)
    assert refused.detail.startswith(why)
    assert filed(github) == ([] if dry_run else [DARK])
    assert ledger.effect(f"github:{PUBLIC}:request:{SLOW}") is None


def test_one_that_was_refused_can_be_filed_in_other_words(github: Github, ledger: Ledger) -> None:
    file(github, ledger, [request(title="Acme Bank cannot log in")])

    assert told(file(github, ledger, [request(title="Nobody can log in")])) == [(Filed.FILED, 3)]


def test_a_customer_without_a_codename_is_refused_with_the_remedy(github: Github, ledger: Ledger) -> None:
    unknown = replace(REQUESTS[0], account_id="001Ax00000KpQ2cIAF")

    [result] = file(github, ledger, [unknown])

    assert (result.outcome, posts(github)) == (Filed.REFUSED, [])
    assert result.detail == "The customer has no codename yet: give them one with assign-codename."


def test_a_customer_who_has_a_codename_by_now_is_spoken_of_under_it(github: Github, ledger: Ledger) -> None:
    anonymous = f"It is slow.\n\nAsked for by a customer who stays anonymous.\n\n{marker(SLOW)}\n"
    drafted = request(body=anonymous, labels=("customer request",), withheld=(NO_CODENAME,))

    assert told(file(github, ledger, [drafted])) == [(Filed.FILED, 3)]
    issue = github.issues(PUBLIC)[2]
    assert [label.name for label in issue.labels] == ["customer request", "customer-ceraskia"]
    assert "Asked for by `customer-ceraskia`." in (issue.body or "")


def test_a_customer_is_known_by_the_short_id_of_the_settings(github: Github, ledger: Ledger) -> None:
    assert file(github, ledger, [replace(REQUESTS[0], account_id=BANK[:15])])[0].outcome is Filed.FILED


def test_nothing_is_filed_where_only_we_read(github: Github, ledger: Ledger) -> None:
    with pytest.raises(Refused, match=f"{PRIVATE} is not public on GitHub, so nothing is written there"):
        file(github, ledger, FEEDBACK__PUBLIC_REPOSITORY=PRIVATE)

    assert posts(github) == []


def test_a_repository_that_became_private_is_not_written_to(github: Github) -> None:
    there = github.state.repositories[PUBLIC]
    there.seed = replace(there.seed, is_private=True)

    with public_issues(github.config()) as door, pytest.raises(Refused, match="is not public"):
        door.open("T", "B")


def test_a_dry_run_writes_nothing(github: Github, ledger: Ledger, new_ledger: Callable[..., Ledger]) -> None:
    file(github, ledger, REQUESTS[:1])
    github.calls()

    assert told(file(github, ledger, dry_run=True)) == [(Filed.ALREADY, 3), (Filed.WOULD_FILE, 0)]
    assert posts(github) == []
    assert len(ledger.effects("github:")) == 1
    lost = new_ledger(lost=True)
    assert told(file(github, lost, dry_run=True)) == [(Filed.ALREADY, 3), (Filed.WOULD_FILE, 0)]
    assert lost.effects("github:") == ()


def test_what_an_attempt_before_filed_is_the_runs_own(github: Github, new_ledger: Callable[..., Ledger]) -> None:
    ours = new_ledger("run 1")
    file(github, ours, run="run 1")

    assert [one.outcome for one in file(github, ours, run="run 1")] == [Filed.FILED] * 2
    assert [one.outcome for one in file(github, ours, run="run 2")] == [Filed.ALREADY] * 2


def test_the_gate_is_asked_again_right_before_it_is_sent(github: Github, ledger: Ledger) -> None:
    asked: list[str] = []

    def closing(one: Any, draft: Any) -> tuple[str, ...]:
        asked.append(draft.title)
        return gate(one, draft) if len(asked) == 1 else ("A contact was added a moment ago.",)

    config = github.config()
    with public_issues(config) as issues:
        [result] = RequestFiler(ledger, issues, config.feedback, CODENAMES, closing).file(REQUESTS[:1])

    assert (result.outcome, result.detail, filed(github)) == (Filed.REFUSED, "A contact was added a moment ago.", [])
