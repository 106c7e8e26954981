"""An order to file a request, at every call that it makes: nothing is lost or doubled, and nothing passes a gate that
does not know the names. Without Prefect."""

from collections.abc import Iterator
from itertools import count

import pytest

from tasks import github_door
from tasks.clients import Refused, Unavailable
from tasks.customer_requests import RequestOrder, file_requests, order_requests, tell_customers
from tasks.ledger_feedback import RequestDrafts
from tasks.rules.request_draft import marked
from tasks.runs import remembered, this_moment
from tasks.settings import settings
from tests.company import Sandbox
from tests.drafted import DASHBOARD, RESTARTS, TITLES, draft, issues, keep, replies

KIRA = "Kira Sandoval"


@pytest.fixture
def drafted(installed: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The sweep of this morning drafted two requests; nobody waits between writes or before reading again."""
    monkeypatch.setattr(github_door, "SECONDS_BETWEEN_WRITES", 0)
    hasty = github_door.READ_RETRIES.new(backoff_factor=0, backoff_jitter=0, respect_retry_after_header=False)
    monkeypatch.setattr(github_door, "READ_RETRIES", hasty)
    keep(installed)
    return installed


def run(*keys: str) -> None:
    """File these and tell their customers. Raises Unavailable where not all could be done."""
    order = order_requests.fn(keys, KIRA, tell=True)
    assert isinstance(order, RequestOrder)
    tell_customers.fn(order, file_requests.fn(order))


def steps(sandbox: Sandbox, key: str) -> list[tuple[str, str, int]]:
    """The calls of a run where nothing fails: method, path, and which one of them it is."""
    sandbox.forget_calls()
    run(key)
    made = [(call["method"], call["path"]) for call in sandbox.calls()["calls"]]
    return [(*call, made[: number + 1].count(call)) for number, call in enumerate(made)]


@pytest.fixture
def new_key(drafted: Sandbox) -> Iterator[str]:
    """Gives keys of requests that were never filed."""
    return (_kept(drafted, f"{number:012x}") for number in count(0xB1))


def _kept(sandbox: Sandbox, key: str) -> str:
    with remembered(settings()) as memory:
        one = draft(sandbox, key, TITLES[RESTARTS], RESTARTS)
        RequestDrafts(memory).keep(this_moment(settings()).as_of, [one])
    return key


# What GitHub itself may do in between is tried call by call in tests/github.
FAILING = [("drop_after", {"services", "github", "api"}), ("unavailable", {"services", "api"})]


@pytest.mark.parametrize(("kind", "systems"), FAILING)
def test_whatever_call_fails_the_next_run_makes_it_good(
    drafted: Sandbox, new_key: Iterator[str], kind: str, systems: set[str]
) -> None:
    run(next(new_key))  # makes the labels
    calls, failed = [step for step in steps(drafted, next(new_key)) if step[1].split("/")[1] in systems], 0
    assert {path.split("/")[1] for _, path, _ in calls} == systems
    before, told = len(issues(drafted)), len(replies(drafted, "C0UMBRELLA"))

    for number, (method, path, nth) in enumerate(calls, start=1):
        key = next(new_key)
        drafted.fault(kind, match={"method": method, "path": path, "nth": nth})
        try:
            run(key)
        except Unavailable:
            failed += 1
            run(key)
        drafted.cure()

        assert [marked(one["body"]) for one in issues(drafted)].count(key) == 1
        assert len(issues(drafted)) == before + number
        assert len(replies(drafted, "C0UMBRELLA")) == told + number
    assert failed > 0


NO_NAMES = [
    *(("/services/oauth2/token", kind) for kind in ("drop_before", "unavailable", "html")),
    *(("/services/data/.*", kind) for kind in ("unauthorized", "limit_reached", "server_error", "html", "cut_body")),
]


@pytest.mark.parametrize(("path", "kind"), NO_NAMES)
def test_where_salesforce_cannot_tell_the_names_nothing_is_filed(drafted: Sandbox, path: str, kind: str) -> None:
    drafted.fault(kind, match={"path": path}, times=None)

    with pytest.raises((Unavailable, Refused), match="Salesforce"):
        run(RESTARTS, DASHBOARD)
    drafted.cure()
    assert issues(drafted) == []
    assert not any("POST" in call["method"] and "github" in call["path"] for call in drafted.calls()["calls"])


def test_a_name_that_came_to_salesforce_since_the_draft_withholds_it(drafted: Sandbox) -> None:
    keep(drafted, {DASHBOARD: "A dark dashboard for Odette Marsh"})

    with pytest.raises(Refused, match="1 of 1 could not be filed, the first: A dark dashboard for Odette Marsh"):
        run(DASHBOARD)
    assert issues(drafted) == []


def test_what_filing_one_request_costs(drafted: Sandbox) -> None:
    made = [path.split("/")[1] for _, path, _ in steps(drafted, RESTARTS)]

    assert {name: made.count(name) for name in made} == {"services": 3, "github": 6, "api": 6}
