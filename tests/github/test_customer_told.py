"""A customer is told once where their request is, and nobody else is; who wrote for them is known to the gate."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from deployments.sandbox.slack.seed import Message
from tasks.clients import Refused, Unavailable
from tasks.ledger import Ledger
from tasks.request_filer import Teller
from tasks.request_gate import RequestGate, authors_in
from tasks.rules.filing import Filed, FilingResult
from tasks.rules.privacy_gate import known_of
from tests.customer_channels import ACME, CLEO, GLOBEX, SINGLE, THEIR_BOT, TOM, CustomerSlack, says, serving, ts
from tests.github.requests import BANK, REQUESTS, request
from tests.slack_alone import Death, Killed, let_leases_end

ROOT = ts("Sat 2026-11-21 09:00")
ASKED = replace(request(), channel=ACME, root=ROOT)
URL = "https://github.example/acme/product/issues/3"
ISSUE = FilingResult(ASKED.key, "Queries are slow", Filed.FILED, 3, URL)
ACCOUNTS = {ACME: BANK[:15], GLOBEX: "001Ax00000KpQ2cIAF"}
THREAD = (
    says(CLEO, "Sat 2026-11-21 09:00", "Slow!"),
    says(SINGLE, "Sat 2026-11-21 09:05", "Here too", under=ROOT),
    says(TOM, "Sat 2026-11-21 09:10", "We look", under=ROOT),
    says(THEIR_BOT, "Sat 2026-11-21 09:11", "Alert", under=ROOT),
)


@pytest.fixture(scope="module")
def _serving() -> Iterator[CustomerSlack]:
    with serving() as slack:
        yield slack


@pytest.fixture
def slack(_serving: CustomerSlack) -> CustomerSlack:
    _serving.begin(*THREAD)
    return _serving


def tell(slack: CustomerSlack, ledger: Ledger, *results: FilingResult, asked: object = ASKED) -> list[FilingResult]:
    teller = Teller(slack.client(), slack.client(), ledger, ACCOUNTS)
    return teller.tell([asked], results or [ISSUE])  # type: ignore[list-item]


def replies(slack: CustomerSlack) -> list[Message]:
    """What was said below the customer's message by us."""
    standing = slack.client().conversations_replies(channel=ACME, ts=ROOT)["messages"]
    return [one for one in standing if one.get("bot_id") and "GitHub" in one["text"]]


def test_the_customer_is_told_once_however_often_it_is_ordered(
    slack: CustomerSlack, ledger: Ledger, new_ledger: Callable[..., Ledger]
) -> None:
    told = [tell(slack, one) for one in (ledger, ledger, new_ledger(lost=True))]

    assert [[(one.outcome, one.number) for one in results] for results in told] == [[(Filed.TOLD, 3)]] * 3
    [reply] = replies(slack)
    assert reply["text"] == f"This is <{URL}|#3> on GitHub now, where you can follow it and add to it."
    [part] = reply["blocks"][0]["elements"]
    assert [one["type"] for one in part["elements"]] == ["text", "link", "text"]


def test_an_issue_of_before_is_told_too_and_what_has_none_is_not(slack: CustomerSlack, ledger: Ledger) -> None:
    nothing = [replace(ISSUE, outcome=outcome) for outcome in (Filed.REFUSED, Filed.UNKNOWN, Filed.WOULD_FILE)]

    assert [tell(slack, ledger, one) for one in nothing] == [[]] * 3
    assert replies(slack) == []
    assert tell(slack, ledger, replace(ISSUE, outcome=Filed.ALREADY))[0].outcome is Filed.TOLD


@pytest.mark.parametrize("channel", [GLOBEX, "C0GONE"])
def test_nothing_is_said_in_a_channel_that_is_not_this_customers(
    slack: CustomerSlack, ledger: Ledger, channel: str
) -> None:
    [result] = tell(slack, ledger, asked=replace(ASKED, channel=channel))

    assert result.outcome is Filed.REFUSED
    assert result.detail.startswith(f"RITUALS_SLACK_CUSTOMER_CHANNELS has no {channel} of this customer any more")
    assert "chat.postMessage" not in slack.calls()


def test_one_who_cannot_be_told_stops_no_other(slack: CustomerSlack, ledger: Ledger) -> None:
    other = replace(REQUESTS[1], channel="C0GONE")
    results = [ISSUE, replace(ISSUE, key=other.key, number=4)]
    teller = Teller(slack.client(), slack.client(), ledger, ACCOUNTS)

    assert [one.outcome for one in teller.tell([other, ASKED], results)] == [Filed.REFUSED, Filed.TOLD]


KINDS = ("drop_before", "drop_after", "cut_body", "unavailable", "server_error", "html", "rate_limited")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.replies"])
def test_whatever_call_fails_the_next_run_makes_it_good(
    slack: CustomerSlack, ledger: Ledger, method: str, kind: str
) -> None:
    slack.fault(kind, method)
    results = [tell(slack, ledger)[0].outcome for _ in range(2)]

    assert results[1] is Filed.TOLD
    assert len(replies(slack)) == 1


DEATHS = range(1, 11)


@pytest.mark.parametrize("nth", DEATHS)
def test_wherever_a_run_is_killed_the_next_one_makes_it_good(
    slack: CustomerSlack, ledger: Ledger, new_ledger: Callable[..., Ledger], nth: int
) -> None:
    with pytest.raises(Killed):
        tell(slack, new_ledger("killed", step=Death(nth)))
    let_leases_end(ledger)

    assert tell(slack, ledger)[0].outcome is Filed.TOLD
    assert len(replies(slack)) == 1


def test_the_deaths_are_all_there_are(slack: CustomerSlack, new_ledger: Callable[..., Ledger]) -> None:
    steps: list[str] = []
    tell(slack, new_ledger(step=steps.append))

    assert len(steps) == DEATHS[-1]


def test_those_who_wrote_for_the_customer_are_found_and_neither_ours_nor_bots(slack: CustomerSlack) -> None:
    authors = authors_in(slack.client())

    assert list(authors(ACME, ROOT)) == ["Cleo Customer", "Sue Single"]
    assert list(authors(ACME, "1795400000.000000")) == []
    assert slack.calls()["auth.test"] == 1


@pytest.mark.parametrize(("kind", "error"), [("unavailable", Unavailable), ("unauthorized", Refused)])
def test_where_slack_cannot_tell_who_wrote_nothing_passes(
    slack: CustomerSlack, kind: str, error: type[Exception]
) -> None:
    gate = RequestGate(known_of(["Acme Bank"]), {BANK: "Acme Bank"}, authors_in(slack.client()))
    slack.fault(kind, "conversations.replies", times=None)

    with pytest.raises(error):
        gate.why_withheld(ASKED, ASKED.draft)


GATED = [
    ({}, ()),
    ({"title": "Slow for Cleo Customer"}, ("title", "Cleo Customer")),
    ({"title": "Slow at acme bank"}, ("title", "acme bank")),
    ({"labels": ("sue-single",)}, ("label sue-single", "")),
]


@pytest.mark.parametrize(("draft", "said"), GATED, ids=[str(row[0]) for row in GATED])
def test_the_gate_knows_the_account_and_those_who_wrote(slack: CustomerSlack, draft: dict, said: tuple) -> None:  # type: ignore[type-arg]
    gate = RequestGate(known_of(["Other Freight"]), {BANK: "Acme Bank"}, authors_in(slack.client()))

    why = " ".join(gate.why_withheld(ASKED, replace(ASKED.draft, **draft)))

    assert all(words in why for words in said)
    assert bool(why) == bool(said)


def test_a_customer_whom_salesforce_does_not_show_is_withheld(slack: CustomerSlack) -> None:
    gate = RequestGate(known_of(["Other Freight"]), {}, authors_in(slack.client()))

    [why] = gate.why_withheld(ASKED, ASKED.draft)

    assert why.startswith(f"Salesforce shows no account {BANK}: give the integration user access to it")
