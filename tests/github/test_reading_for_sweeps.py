"""What a sweep reads of GitHub: open issues that may be about the same, and requests to the sales team."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from deployments.sandbox.github.seed import SeedIssue
from tasks.clients import Refused, Unavailable
from tasks.github import public_issues
from tasks.github_feedback import compared, read_known_issues, read_open_requests
from tasks.rules.feedback import KnownIssue
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.filing import marker
from tests.findings import finding
from tests.github_alone import NOW, PRIVATE, PUBLIC, Github

POLICY = FeedbackPolicy(public_repository=PUBLIC)
HOME = f"/repos/{PUBLIC}"


@pytest.fixture
def _installed(github: Github, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tasks read the settings of this GitHub."""
    monkeypatch.setattr("tasks.github_feedback.settings", github.config)


def put(github: Github, *issues: SeedIssue, repository: str = PUBLIC) -> None:
    """Issues that were opened by sam."""
    there, author = github.state.repositories[repository], github.state.accounts["sam"]
    for one in issues:
        labels = [github.state.label(there, name) for name in one.labels]
        made = github.state.open_issue(there, author, one.title, one.body, labels)
        made.created = made.updated = NOW - timedelta(days=one.days_ago)
        made.is_pull = one.is_pull
        made.closed = NOW if one.is_closed else None


def issue(title: str, *labels: str, **other: bool) -> SeedIssue:
    return SeedIssue(title, f"About {title}", "sam", labels, **other)


def found(github: Github) -> list[str]:
    with public_issues(github.config()) as door:
        return [one.title for one in compared(door, POLICY)]


MANY = (
    issue("Slow queries", "BUG"),
    issue("Dark mode", "customer request"),
    issue("Both", "bug", "customer request", "Customer-Ceraskia"),
    issue("Of a customer alone", "customer-ceraskia"),
    issue("Of nobody", ":product"),
    issue("Done", "bug", is_closed=True),
    issue("A pull request", "bug", is_pull=True),
)
THOSE = ["Slow queries", "Dark mode", "Both", "Of a customer alone"]


def test_open_issues_with_a_compared_label_or_a_codename_are_found_once_each(github: Github) -> None:
    put(github, *MANY)

    assert found(github) == THOSE
    assert github.calls() == [f"GET {HOME}", f"GET {HOME}/issues"]


def test_where_much_is_open_each_label_is_asked_for_and_the_same_is_found(github: Github) -> None:
    put(github, *MANY, *(issue(f"Of nobody {number}", ":product") for number in range(500)))

    assert found(github) == THOSE
    assert github.calls() == [f"GET {HOME}", f"GET {HOME}/labels", *[f"GET {HOME}/issues"] * 3]


def test_where_there_are_more_labels_than_pages_all_is_read(github: Github) -> None:
    put(github, *MANY, *(issue(f"Of one {number}", f"customer-{number}") for number in range(400)))

    assert len(found(github)) == len(THOSE) + 400
    assert github.calls() == [f"GET {HOME}", *[f"GET {HOME}/labels"] * 5, *[f"GET {HOME}/issues"] * 5]


@pytest.mark.usefixtures("_installed")
def test_an_issue_is_known_by_all_that_it_can_be_compared_by(github: Github) -> None:
    put(github, issue("Slow queries", "bug", ":product"))

    assert read_known_issues.fn() == (
        KnownIssue(
            3,
            "Slow queries",
            f"https://github.example/{PUBLIC}/issues/3",
            "About Slow queries",
            ("bug", ":product"),
        ),
    )


def numbers(now: datetime = NOW) -> list[int]:
    return [one.number for one in read_open_requests.fn(now)]


@pytest.mark.usefixtures("_installed")
def test_open_requests_to_the_sales_team_that_wait_are_found_the_oldest_first(github: Github) -> None:
    put(
        github,
        SeedIssue("A price list", "", "sam", ("#g-sales",), days_ago=20),
        SeedIssue("On Friday", "", "sam", ("#g-sales",), days_ago=3),
        SeedIssue("A pull request", "", "sam", ("#g-sales",), days_ago=20, is_pull=True),
        SeedIssue("Our own check's", marker(finding()), "rituals", ("#g-sales",), days_ago=20),
        repository=PRIVATE,
    )

    assert numbers() == [4, 1]  # the seed's first was opened nine days ago
    assert github.calls() == [f"GET /repos/{PRIVATE}/issues"]
    assert numbers(NOW + timedelta(minutes=1)) == [4, 1, 5]


UNSET: Iterable[tuple[str, str]] = [
    ("FEEDBACK__PUBLIC_REPOSITORY", "RITUALS_FEEDBACK__PUBLIC_REPOSITORY is empty: name a public repository"),
    ("VALIDATION__PRIVATE_REPOSITORY", "RITUALS_VALIDATION__PRIVATE_REPOSITORY is empty: name a private repository"),
]


@pytest.mark.parametrize(("setting", "said"), UNSET)
def test_where_no_repository_is_set_nothing_is_asked(
    github: Github, monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    monkeypatch.setattr("tasks.github_feedback.settings", lambda: github.config(**{setting: ""}))

    with pytest.raises(Refused, match=said):
        read_known_issues.fn() if "PUBLIC" in setting else read_open_requests.fn(NOW)
    assert github.calls() == []


@pytest.mark.usefixtures("_installed")
def test_a_repository_that_was_renamed_is_said_with_its_setting(github: Github) -> None:
    there = github.state.repositories[PUBLIC]
    there.seed = replace(there.seed, name="fleet")

    with pytest.raises(Refused, match=f"{PUBLIC} was renamed on GitHub: set RITUALS_FEEDBACK__PUBLIC_REPOSITORY"):
        read_known_issues.fn()


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("kind", ["html", "cut_body"])
def test_an_answer_that_is_none_fails_and_is_no_empty_list(github: Github, kind: str) -> None:
    github.fault(kind, match={"path": ".*/issues"}, times=None)

    with pytest.raises(Unavailable):
        read_known_issues.fn()
    with pytest.raises(Unavailable):
        read_open_requests.fn(NOW)
