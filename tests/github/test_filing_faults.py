"""Each finding becomes one issue, whichever call fails, wherever a run dies, and however many run at once."""

from collections.abc import Callable

import pytest

from tasks.clients import Unavailable
from tasks.filing_once import WAITING
from tasks.ledger import Busy, Ledger
from tasks.rules.filing import Filed
from tests.findings import FINDINGS, LICENSE_KEY, PAYMENT_TERMS
from tests.github.desk import HOME, at_once, comment, file, file_and_comment, filed, filer, told
from tests.github_alone import PRIVATE, Github
from tests.slack_alone import Death, Killed, let_leases_end

COMMENTS = f"{HOME}/issues/4/comments"
READS = [(1, "GET", HOME), (1, "GET", f"{HOME}/issues"), (1, "GET", f"{HOME}/labels/.*"), (1, "GET", COMMENTS)]
WRITES = [(1, "POST", f"{HOME}/issues"), (2, "POST", f"{HOME}/issues"), (1, "POST", COMMENTS)]
FAILING = [
    *((kind, *step) for step in READS for kind in ("html", "cut_body", "secondary_limit")),
    *(
        (kind, *step)
        for step in WRITES
        for kind in ("drop_before", "drop_after", "cut_body", "server_error", "html", "secondary_limit")
    ),
]


@pytest.mark.parametrize(("kind", "nth", "method", "path"), FAILING)
def test_whatever_call_fails_the_next_run_makes_it_good(
    github: Github, ledger: Ledger, kind: str, nth: int, method: str, path: str
) -> None:
    github.fault(kind, match={"path": f"/github{path}", "method": method, "nth": nth})
    for _ in range(2):
        try:
            file(github, ledger)
            comment(github, ledger)
        except Unavailable:
            continue

    assert sorted(filed(github)) == [LICENSE_KEY, PAYMENT_TERMS]
    assert len(github.issues()[filed(github).index(LICENSE_KEY) + 3].comments) == 1


DEATHS = range(1, 19)


@pytest.mark.parametrize("nth", DEATHS)
def test_wherever_a_run_is_killed_the_next_one_makes_it_good(
    github: Github, new_ledger: Callable[..., Ledger], ledger: Ledger, nth: int
) -> None:
    with pytest.raises(Killed):
        file_and_comment(github, new_ledger("killed", step=Death(nth)))
    let_leases_end(ledger)

    file_and_comment(github, ledger)

    assert (filed(github), len(github.issues()[3].comments)) == ([LICENSE_KEY], 1)


def test_the_deaths_are_all_there_are(github: Github, new_ledger: Callable[..., Ledger]) -> None:
    steps: list[str] = []
    file_and_comment(github, new_ledger(step=steps.append))

    assert len(steps) == DEATHS[-1]


def test_two_at_once_open_one_issue_each(github: Github, new_ledger: Callable[..., Ledger]) -> None:
    one, other = new_ledger("one"), new_ledger("two")

    at_once(lambda: file(github, one), lambda: file(github, other))

    assert sorted(filed(github)) == [LICENSE_KEY, PAYMENT_TERMS]


def test_one_that_another_run_is_filing_is_left_to_it_and_stops_no_other(github: Github, ledger, new_ledger) -> None:
    other = new_ledger("other")
    key = f"github:{PRIVATE}:finding:{LICENSE_KEY}"
    other.plan(key, {"repository": PRIVATE})
    other.claim(key)

    busy, done = file(github, ledger)

    assert (busy.outcome, done.outcome) == (Filed.UNKNOWN, Filed.FILED)
    assert "is being done by other" in busy.detail
    assert issubclass(Busy, Unavailable)


def test_nobody_goes_on_writing_when_github_says_wait(github: Github, ledger: Ledger) -> None:
    github.fault("secondary_limit", match={"method": "POST", "path": ".*"}, times=None)

    limited, waiting = file(github, ledger)

    assert "rate limit" in limited.detail
    assert waiting.detail == WAITING
    assert sum(call.startswith("POST") for call in github.calls()) == 1


def test_what_another_run_filed_and_died_of_is_looked_for_anew(github: Github, ledger: Ledger, new_ledger) -> None:
    with filer(github, ledger) as filing:
        filing.say_fixed(lambda _: [])  # lists, before the other one files
        with pytest.raises(Killed):
            file(github, new_ledger("killed", step=Death(1, "finish:before")), FINDINGS[:1])
        let_leases_end(ledger)

        assert told(filing.file(FINDINGS[:1])) == [(Filed.ALREADY, 4)]
    assert filed(github) == [LICENSE_KEY]


def test_nothing_is_filed_where_the_issues_cannot_be_listed(github: Github, ledger: Ledger) -> None:
    github.fault("html", match={"path": f"/github{HOME}/issues", "method": "GET"}, times=None)

    with pytest.raises(Unavailable):
        file(github, ledger)
