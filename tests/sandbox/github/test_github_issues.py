"""What the pretend GitHub does with issues, labels and comments, and whom it lets see them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.github_alone import NOW, PRIVATE, PUBLIC, STRANGER, Github

ISSUES = f"/repos/{PRIVATE}/issues"


def numbers(answer: Any) -> list[int]:
    return [issue["number"] for issue in answer.json()]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [2, 1]),
        ("?state=closed", [3]),
        ("?state=all", [3, 2, 1]),
        ("?state=all&direction=asc", [1, 2, 3]),
        ("?state=all&labels=%23g-sales", [3, 1]),
        ("?state=all&labels=%23G-SALES,hiring", [3]),
        ("?labels=nothing", []),
        ("?state=all&since=2026-11-18T15:28:00Z", [3, 2]),
        ("?state=all&per_page=2", [3, 2]),
        ("?state=all&per_page=2&page=2", [1]),
        ("?state=all&page=9", []),
    ],
)
def test_a_listing_has_what_was_asked_for(github: Github, asked: str, found: list[int]) -> None:
    assert numbers(github.ask(f"{ISSUES}{asked}")) == found


def test_an_issue_is_there_at_once_and_search_finds_it_later(github: Github) -> None:
    made = github.ask(ISSUES, "POST", json={"title": "Quixotic", "labels": ["#g-sales", "never seen"]}).json()

    assert [label["name"] for label in made["labels"]] == ["#g-sales", "never seen"]
    assert made["number"] in numbers(github.ask(ISSUES))
    assert github.ask("/search/issues?q=quixotic").json()["total_count"] == 0
    github.clock.set(NOW + timedelta(minutes=2))
    assert github.ask("/search/issues?q=quixotic").json()["items"][0]["number"] == made["number"]


def test_an_issue_is_closed_and_opened_again(github: Github) -> None:
    closed = github.ask(f"{ISSUES}/1", "PATCH", json={"state": "closed", "state_reason": "not_planned"}).json()
    again = github.ask(f"{ISSUES}/1", "PATCH", json={"state": "open"}).json()

    assert (closed["state"], closed["state_reason"], closed["closed_by"]["login"]) == (
        "closed", "not_planned", "rituals",
    )  # fmt: skip
    assert (again["state"], again["closed_at"], again["closed_by"]) == ("open", None, None)


def test_a_comment_stands_below_its_issue_and_counts(github: Github) -> None:
    github.ask(f"{ISSUES}/1/comments", "POST", json={"body": "First"})
    github.ask(f"{ISSUES}/1/comments", "POST", json={"body": "Second"})

    assert [one["body"] for one in github.ask(f"{ISSUES}/1/comments").json()] == ["First", "Second"]
    assert github.ask(f"{ISSUES}/1").json()["comments"] == 2
    assert github.ask(f"{ISSUES}/2/comments").json() == []


def test_a_label_is_made_once_whatever_its_case(github: Github) -> None:
    again = github.ask(f"/repos/{PRIVATE}/labels", "POST", json={"name": "#G-SALES"})

    assert (again.status_code, again.json()["errors"][0]["code"]) == (422, "already_exists")


@pytest.mark.parametrize(
    ("token", "method", "path", "status", "message"),
    [
        (None, "GET", "/repos/acme/product", 200, ""),
        (None, "GET", f"/repos/{PRIVATE}", 404, "Not Found"),
        (STRANGER, "GET", ISSUES, 404, "Not Found"),
        (STRANGER, "POST", ISSUES, 404, "Not Found"),
        (STRANGER, "POST", "/repos/acme/product/issues", 403, "Resource not accessible by personal access token"),
        (None, "POST", "/repos/acme/product/issues", 401, "Requires authentication"),
        ("ghp_wrong", "GET", "/repos/acme/product", 401, "Bad credentials"),
    ],
)
def test_who_may_do_what(github: Github, token: str | None, method: str, path: str, status: int, message: str) -> None:
    answer = github.ask(path, method, token=token, json={"title": "T"} if method == "POST" else None)

    assert (answer.status_code, answer.json().get("message", "")) == (status, message)


def test_a_pull_request_is_listed_among_the_issues_and_known_by_what_only_it_has(github: Github) -> None:
    pull, issue = github.ask(f"/repos/{PUBLIC}/issues").json()

    assert (pull["pull_request"]["html_url"], "pull_request" in issue) == (pull["html_url"], False)
    assert pull["html_url"].endswith(f"/{PUBLIC}/pull/2")
    assert github.ask("/search/issues?q=mend+is:issue").json()["total_count"] == 0
    assert github.ask("/search/issues?q=mend+is:pr").json()["total_count"] == 1


def test_search_shows_a_stranger_nothing_private(github: Github) -> None:
    found = github.ask("/search/issues?q=is:issue", token=STRANGER).json()["items"]

    assert [issue["title"] for issue in found] == ["A bug"]


def test_an_argument_that_is_misspelt_is_refused(github: Github) -> None:
    answer = github.ask(f"{ISSUES}?label=hiring")

    assert (answer.status_code, answer.json()["message"]) == (422, "unknown to this pretend GitHub: label")


@pytest.mark.parametrize(
    ("kind", "status", "words", "header"),
    [
        ("rate_limited", 429, "secondary rate limit", ("Retry-After", "1")),
        ("secondary_limit", 403, "secondary rate limit", ("Retry-After", "1")),
        ("limit_reached", 403, "API rate limit exceeded", ("X-RateLimit-Remaining", "0")),
        ("unauthorized", 401, "Bad credentials", None),
        ("server_error", 500, "Server Error", None),
    ],
)
def test_it_fails_in_its_own_words(
    github: Github, kind: str, status: int, words: str, header: tuple[str, str] | None
) -> None:
    github.fault(kind)

    answer = github.ask(ISSUES)

    assert answer.status_code == status
    assert words in answer.json()["message"]
    assert header is None or answer.headers[header[0]] == header[1]


def test_who_makes_too_much_must_wait_and_may_go_on_reading(github: Github) -> None:
    made = [github.ask(ISSUES, "POST", json={"title": f"Issue {number}"}).status_code for number in range(80)]
    github.clock.set(NOW + timedelta(seconds=40))

    refused = github.ask(f"{ISSUES}/1/comments", "POST", json={"body": "One more"})

    assert set(made) == {201}
    assert (refused.status_code, refused.headers["Retry-After"]) == (403, "20")
    assert "secondary rate limit" in refused.json()["message"]
    assert (github.ask(ISSUES).status_code, github.ask(f"{ISSUES}/1").json()["comments"]) == (200, 0)
    github.clock.set(NOW + timedelta(seconds=60))
    assert github.ask(f"{ISSUES}/1/comments", "POST", json={"body": "Now"}).status_code == 201


def test_an_hour_has_its_own_limit(github: Github) -> None:
    for minute in range(7):
        github.clock.set(NOW + timedelta(minutes=minute))
        last = [github.ask(ISSUES, "POST", json={"title": "One"}).status_code for _ in range(72)]

    assert (last.count(201), last.count(403)) == (500 - 6 * 72, 7 * 72 - 500)


def test_calls_are_counted_as_githubs_and_the_allowance_goes_down(github: Github) -> None:
    first, second = (int(github.ask(ISSUES).headers["X-RateLimit-Remaining"]) for _ in range(2))

    assert (first, second) == (4999, 4998)
    assert github.calls() == [f"GET {ISSUES}"] * 2
