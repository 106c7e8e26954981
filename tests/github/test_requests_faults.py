"""Each request becomes one issue, whichever call fails, wherever a run dies, and however many run at once."""

from collections.abc import Callable

import pytest

from tasks.clients import Unavailable
from tasks.filing_once import WAITING
from tasks.ledger import Ledger
from tasks.rules.filing import Filed
from tests.github.desk import at_once, told
from tests.github.requests import DARK, HOME, REQUESTS, SLOW, file, filed
from tests.github_alone import PUBLIC, Github
from tests.slack_alone import Death, Killed, let_leases_end

KINDS = ("drop_before", "drop_after", "cut_body", "unavailable", "server_error", "html", "secondary_limit")
BOUNDARIES = [
    ("GET", HOME, 1),
    ("GET", f"{HOME}/issues", 1),
    *(("GET", f"{HOME}/labels/.+", nth) for nth in (1, 2, 3)),
    *(("POST", f"{HOME}/labels", nth) for nth in (1, 2, 3)),
    *(("POST", f"{HOME}/issues", nth) for nth in (1, 2)),
]
LABELS = ["bug", "customer request", "customer-ceraskia", "customer-eponina"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("method", "path", "nth"), BOUNDARIES)
def test_whatever_call_fails_the_next_run_makes_it_good(
    github: Github, ledger: Ledger, method: str, path: str, nth: int, kind: str
) -> None:
    github.fault(kind, match={"path": f"/github{path}", "method": method, "nth": nth})
    try:
        file(github, ledger)
    except Unavailable:
        assert filed(github) == []

    again = file(github, ledger)

    assert {one.outcome for one in again} <= {Filed.FILED, Filed.ALREADY}
    assert sorted(filed(github)) == [SLOW, DARK]
    assert sorted(github.state.repositories[PUBLIC].labels) == LABELS
    assert {len(issue.labels) for issue in github.issues(PUBLIC)[2:]} == {2}


def test_all_boundaries_are_tried(github: Github, ledger: Ledger) -> None:
    file(github, ledger)

    asked = [f"GET {HOME}/labels/.+" if "/labels/" in call else call for call in github.calls()]
    assert sorted(asked) == sorted(f"{method} {path}" for method, path, _ in BOUNDARIES)


@pytest.mark.parametrize("kind", ["drop_after", "secondary_limit", "unavailable"])
def test_no_write_is_ever_repeated_unseen(github: Github, ledger: Ledger, kind: str) -> None:
    github.fault(kind, match={"path": f"/github{HOME}/issues", "method": "POST"})

    file(github, ledger, REQUESTS[:1])

    assert github.calls().count(f"POST {HOME}/issues") == 1


DEATHS = range(1, 13)


@pytest.mark.parametrize("nth", DEATHS)
def test_wherever_a_run_is_killed_the_next_one_makes_it_good(
    github: Github, new_ledger: Callable[..., Ledger], ledger: Ledger, nth: int
) -> None:
    with pytest.raises(Killed):
        file(github, new_ledger("killed", step=Death(nth)), REQUESTS[:1])
    let_leases_end(ledger)

    file(github, ledger, REQUESTS[:1])

    assert filed(github) == [SLOW]


def test_the_deaths_are_all_there_are(github: Github, new_ledger: Callable[..., Ledger]) -> None:
    steps: list[str] = []
    file(github, new_ledger(step=steps.append), REQUESTS[:1])

    assert len(steps) == DEATHS[-1]


def test_two_at_once_open_one_issue_each(github: Github, new_ledger: Callable[..., Ledger]) -> None:
    one, other = new_ledger("one"), new_ledger("two")

    at_once(lambda: file(github, one), lambda: file(github, other))

    assert sorted(filed(github)) == [SLOW, DARK]


def test_who_asks_for_too_much_stops_and_goes_on_later(github: Github, ledger: Ledger) -> None:
    for _ in range(80):
        github.state.made("rituals")

    limited, waiting = file(github, ledger)

    assert (limited.outcome, waiting.detail) == (Filed.UNKNOWN, WAITING)
    assert "rate limit" in limited.detail
    assert sum(call.startswith("POST") for call in github.calls()) == 1
    github.state._created.clear()
    assert told(file(github, ledger)) == [(Filed.FILED, 3), (Filed.FILED, 4)]


@pytest.mark.parametrize("kind", ["html", "unavailable", "secondary_limit"])
def test_nothing_is_filed_where_the_issues_cannot_be_listed(github: Github, ledger: Ledger, kind: str) -> None:
    github.fault(kind, match={"path": f"/github{HOME}/issues", "method": "GET"}, times=None)

    with pytest.raises(Unavailable):
        file(github, ledger)
    assert filed(github) == []
