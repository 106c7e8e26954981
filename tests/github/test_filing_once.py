"""Each finding becomes one issue, whatever people do to it, and a fix is said there once."""

from dataclasses import replace

import pytest

from tasks.clients import Refused
from tasks.filer import Filer
from tasks.github import private_issues
from tasks.ledger import Ledger
from tasks.rules.filing import Filed, marker
from tests.findings import ACCOUNTING, DAY, FINDINGS, LICENSE_KEY, PAYMENT_TERMS, finding
from tests.github.desk import HOME, LABEL, LIST, OPEN, PAPERS, READ, comment, file, filed, filer, told
from tests.github_alone import PRIVATE, PUBLIC, Github


def test_filing_is_these_calls(github: Github, ledger: Ledger) -> None:
    results = file(github, ledger)

    assert told(results) == [(Filed.FILED, 4), (Filed.FILED, 5)]
    asked = [call.replace("#", "%23") for call in github.calls()]
    assert asked == [READ, LIST, LABEL, OPEN, OPEN]
    issue = github.issues()[3]
    assert (issue.title, [label.name for label in issue.labels]) == (
        "Salesforce: Account \u203a Accounting: “License key” is missing",
        ["#g-sales"],
    )
    assert results[0].url.endswith(f"{PRIVATE}/issues/4")


def test_the_label_is_made_where_it_is_missing(github: Github, ledger: Ledger) -> None:
    file(github, ledger, VALIDATION__LABEL="#g-new")

    assert github.state.repositories[PRIVATE].labels["#g-new"].color == "0e8a16"
    assert github.issues()[3].labels[0].name == "#g-new"


def test_what_was_filed_is_not_filed_again_by_anybody(github: Github, ledger: Ledger, new_ledger) -> None:
    file(github, ledger)
    everywhere = {"the same": ledger, "one that knows nothing": new_ledger(lost=True)}

    again = {name: told(file(github, one)) for name, one in everywhere.items()}

    assert again == {name: [(Filed.ALREADY, 4), (Filed.ALREADY, 5)] for name in everywhere}
    assert filed(github) == [LICENSE_KEY, PAYMENT_TERMS]


def test_an_issue_is_found_beyond_the_first_page(github: Github, ledger: Ledger, new_ledger) -> None:
    repository, author = github.state.repositories[PRIVATE], github.state.accounts["sam"]
    for number in range(120):
        github.state.open_issue(repository, author, f"{number}", "", [repository.labels["#g-sales"]])
    file(github, ledger)

    assert told(file(github, new_ledger(lost=True))) == [(Filed.ALREADY, 124), (Filed.ALREADY, 125)]


def test_an_issue_that_people_closed_stays_closed_and_that_is_said(github: Github, ledger: Ledger, new_ledger) -> None:
    file(github, ledger)
    github.ask(f"{HOME}/issues/4", "PATCH", json={"state": "closed"})

    for memory in (ledger, new_ledger(lost=True)):
        result, _ = file(github, memory)

        assert (result.outcome, result.number, result.is_closed) == (Filed.ALREADY, 4, True)
    assert github.issues()[3].state == "closed"


def test_an_issue_that_people_relabelled_is_known_all_the_same(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    github.ask(f"{HOME}/issues/4", "PATCH", json={"labels": ["hiring"], "body": "mine now"})

    assert told(file(github, ledger)) == [(Filed.ALREADY, 4), (Filed.ALREADY, 5)]


def test_an_issue_that_somebody_deleted_is_filed_anew(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    del github.state.repositories[PRIVATE].issues[4]

    file(github, ledger)

    assert sorted(filed(github)) == [LICENSE_KEY, PAYMENT_TERMS]


def test_of_issues_that_people_copied_the_oldest_counts(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    github.ask(f"{HOME}/issues", "POST", json={"title": "Copy", "body": marker(FINDINGS[0]), "labels": ["#g-sales"]})

    assert told(file(github, ledger))[0] == (Filed.ALREADY, 4)


def test_nothing_is_written_where_everybody_reads(github: Github, ledger: Ledger) -> None:
    before = len(github.issues(PUBLIC))
    with pytest.raises(Refused, match="acme/product is not private on GitHub, so nothing is written there"):
        file(github, ledger, VALIDATION__PRIVATE_REPOSITORY=PUBLIC)

    assert len(github.issues(PUBLIC)) == before
    assert not any(call.startswith("POST") for call in github.calls())


def test_a_dry_run_writes_nothing(github: Github, ledger: Ledger) -> None:
    file(github, ledger, FINDINGS[:1])
    github.calls()
    with filer(github, ledger, dry_run=True) as filing:
        results = [*filing.file(FINDINGS), *filing.say_fixed(lambda marks: marks)]

    assert told(results) == [(Filed.ALREADY, 4), (Filed.WOULD_FILE, 0), (Filed.WOULD_COMMENT, 4)]
    assert not any(call.startswith("POST") for call in github.calls())
    assert len(ledger.effects("github:")) == 1


def test_a_finding_that_is_fixed_is_said_once_and_its_issue_is_left_open(github: Github, ledger: Ledger, new_ledger):
    file(github, ledger)

    first, again, elsewhere = (told(comment(github, one)) for one in (ledger, ledger, new_ledger(lost=True)))

    assert first == [(Filed.COMMENTED, 4)]
    assert (again, len(github.issues()[3].comments), github.issues()[3].state) == ([], 1, "open")
    assert elsewhere == [(Filed.COMMENTED, 4)]  # it cannot know who said it, and says it no second time


def test_a_finding_that_came_back_and_is_fixed_again_is_said_again(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    comment(github, ledger)
    comment(github, ledger, (replace(FINDINGS[0], first_seen=DAY),))

    assert len(github.issues()[3].comments) == 2


def test_a_closed_issue_gets_no_comment(github: Github, ledger: Ledger) -> None:
    file(github, ledger)
    github.ask(f"{HOME}/issues/4", "PATCH", json={"state": "closed"})

    assert comment(github, ledger) == []


def test_one_that_github_refuses_stops_no_other(github: Github, ledger: Ledger) -> None:
    long = finding("11c0ffee0009", "x", object="Account", section="y")
    papers = replace(PAPERS, expectations={ACCOUNTING.key: replace(ACCOUNTING, sentence="z" * 70_000)})
    other = replace(FINDINGS[1], expectation_key="another")
    with private_issues(github.config()) as issues:
        refused, done = Filer(ledger, issues, papers).file([long, other])

    assert (refused.outcome, done.outcome) == (Filed.REFUSED, Filed.FILED)
    assert refused.detail == (
        "GitHub refused (Validation Failed; body custom body is too long (maximum is 65536 characters))"
    )
