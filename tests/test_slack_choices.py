"""What a form opened in Slack offers: the ledger says what a button stands for, and what is refused beforehand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tasks.ledger import Ledger
from tasks.ledger_activity import Talks
from tasks.ledger_checkups import Checkups
from tasks.ledger_decisions import Decisions
from tasks.ledger_feedback import RequestDrafts
from tasks.rules.proposals import Outcome, Result
from tasks.rules.talks import Booked, TalkResult
from tasks.runs import remembered
from tasks.settings import Settings
from tasks.slack_choices import Asked, Offer, offer
from tests.conftest import Install
from tests.findings import finding
from tests.ledger.decision_builders import ACME, HOOLI, MONDAY, deal, decision, proposal, undo
from tests.ledger.talk_builders import MADE, A, B, booking, talk
from tests.ledger.test_checkups import MON_2_NOV, checkup
from tests.ledger.test_feedback import LOGIN

ALEX = "Alex Mitchell"
TWO = proposal(deals=(deal(), deal(id=HOOLI, name="Hooli 2026", value=9_500.0, owner="Dana Cole", days=61)))
OF_TWO = {"proposal": TWO.id, "dry_run": False}


@pytest.fixture
def config(install: Install, shared_sandbox: Any) -> Settings:
    environment = {**shared_sandbox.environment, "RITUALS_DECIDERS": f'["{ALEX}"]'}
    install(environment)
    return Settings(_env_file=None)


@pytest.fixture
def memory(config: Settings) -> Iterator[Ledger]:
    with remembered(config) as opened:
        yield opened


def offered(config: Settings, deployment: str, given: dict[str, Any], now: datetime = MONDAY) -> Offer:
    return offer(deployment, Asked(given, ALEX, now), config)


class TestDecide:
    """close-opportunities/decide"""

    def test_every_proposed_opportunity_is_offered_by_worth_name_owner_and_silence(
        self, config: Settings, memory: Ledger
    ) -> None:
        Decisions(memory).propose(TWO)

        found = offered(config, "close-opportunities/decide", OF_TWO)

        assert found == Offer(
            {**OF_TWO, "opportunities": [ACME, HOOLI]},
            {
                "opportunities": {
                    ACME: "$120k · Acme 2026 · Tom Owner, silent 45 days",
                    HOOLI: "$9.5k · Hooli 2026 · Dana Cole, silent 61 days",
                }
            },
            ("Mon 23 Nov: 2 proposed",),
            fixed=frozenset({"proposal", "keep"}),
        )

    def test_more_than_one_decision_may_close_are_offered_all_the_same(self, config: Settings, memory: Ledger) -> None:
        many = tuple(deal(id=f"006{number:012}AAA") for number in range(40))
        Decisions(memory).propose(replace(TWO, deals=many))

        assert offered(config, "close-opportunities/decide", OF_TWO).stopped == ""

    def test_nobody_is_asked_about_a_proposal_that_is_not_remembered(self, config: Settings, memory: Ledger) -> None:
        assert offered(config, "close-opportunities/decide", OF_TWO).stopped.startswith(f"No proposal '{TWO.id}'")

    def test_nobody_is_asked_about_what_somebody_decided_and_carried_out(
        self, config: Settings, memory: Ledger
    ) -> None:
        Decisions(memory).propose(TWO)
        Decisions(memory).record(decision(by="Marisol Vega"))
        Decisions(memory).settle(TWO.id, "close", Result(ACME, Outcome.CLOSED))

        assert offered(config, "close-opportunities/decide", OF_TWO).stopped.startswith(
            "Already carried out by Marisol Vega"
        )

    def test_nobody_is_asked_after_it_expired(self, config: Settings, memory: Ledger) -> None:
        Decisions(memory).propose(TWO)

        assert "expired" in offered(config, "close-opportunities/decide", OF_TWO, MONDAY + timedelta(days=30)).stopped

    def test_a_decision_that_is_not_carried_out_is_offered_as_it_was_taken(
        self, config: Settings, memory: Ledger
    ) -> None:
        Decisions(memory).propose(TWO)
        Decisions(memory).record(decision(loss_reason="No response"))

        found = offered(config, "close-opportunities/decide", OF_TWO)

        assert found.given == {**OF_TWO, "opportunities": [ACME], "loss_reason": "No response"}
        assert (found.lines, found.stopped) == (("Mon 23 Nov: 1 decided, and not yet carried out",), "")


class TestUndo:
    """undo-closure/undo"""

    def test_what_was_closed_and_is_not_restored_is_offered(self, config: Settings, memory: Ledger) -> None:
        store = Decisions(memory)
        store.propose(TWO)
        store.record(decision(approved=(ACME, HOOLI)))
        store.settle(TWO.id, "close", Result(ACME, Outcome.CLOSED))
        store.settle(TWO.id, "close", Result(HOOLI, Outcome.CLOSED))
        store.record_undo(undo(records=(ACME,)))
        store.settle(TWO.id, "undo", Result(ACME, Outcome.RESTORED))

        found = offered(config, "undo-closure/undo", OF_TWO, MONDAY + timedelta(days=2))

        assert found.given == {**OF_TWO, "opportunities": [HOOLI]}
        assert found.lines == ("1 of 2 that Alex Mitchell closed can be put back",)

    def test_after_seven_days_nobody_is_asked(self, config: Settings, memory: Ledger) -> None:
        store = Decisions(memory)
        store.propose(TWO)
        store.record(decision())
        store.settle(TWO.id, "close", Result(ACME, Outcome.CLOSED))

        found = offered(config, "undo-closure/undo", OF_TWO, MONDAY + timedelta(days=9))

        assert "more than 7 days ago" in found.stopped


class TestTheOthers:
    """Talks, findings and requests, by the names that people know"""

    def test_talks_are_offered_by_rep_and_time(self, config: Settings, memory: Ledger) -> None:
        Talks(memory).draft([talk(A), talk(B, rep="Dana Cole", rep_id="005000000000002AAA")])

        found = offered(config, "book-coaching/book", {"talks": [A, B]}, MADE)

        assert found.labels == {"talks": {A: "Tom Owner, Wed 2 Dec 09:00 PT", B: "Dana Cole, Wed 2 Dec 09:00 PT"}}

    def test_a_talk_that_is_booked_is_not_offered_again(self, config: Settings, memory: Ledger) -> None:
        Talks(memory).draft([talk(A), talk(B, rep="Dana Cole", rep_id="005000000000002AAA")])
        Talks(memory).record(booking(A))
        Talks(memory).settle(TalkResult(A, Booked.BOOKED, "00U000000000001"))

        assert offered(config, "book-coaching/book", {"talks": [A, B]}, MADE).given == {"talks": [B]}
        assert offered(config, "book-coaching/book", {"talks": [A]}, MADE).stopped.startswith("All of these talks")

    def test_findings_are_offered_by_what_they_say(self, config: Settings, memory: Ledger) -> None:
        Checkups(memory).keep(checkup(MON_2_NOV, finding("3f9a1c000001")))

        found = offered(config, "file-discrepancies/file", {"findings": ["3f9a1c000001", "ffffffffffff"]})

        assert found.given == {"findings": ["3f9a1c000001"]}
        assert next(iter(found.labels["findings"].values())).startswith("Account: “License key” is missing (since ")
        assert found.lines[0].startswith("No finding 'ffffffffffff' is remembered")
        assert found.stopped == ""

    def test_where_none_is_known_nobody_is_asked(self, config: Settings, memory: Ledger) -> None:
        found = offered(config, "file-customer-request/file", {"requests": ["ffffffffffff"]})

        assert found.stopped.startswith("No request 'ffffffffffff' is remembered")

    def test_requests_are_offered_by_their_titles(self, config: Settings, memory: Ledger) -> None:
        RequestDrafts(memory).keep(MON_2_NOV, [LOGIN])

        found = offered(config, "file-customer-request/file", {"requests": [LOGIN.key]})

        assert found.labels == {"requests": {LOGIN.key: "Log in with SAML"}}

    @pytest.mark.parametrize("given", [{"talks": "all"}, {"talks": None}, {}, {"talks": [1, {}]}])
    def test_whatever_a_button_brings_is_survived(
        self, config: Settings, memory: Ledger, given: dict[str, Any]
    ) -> None:
        assert offered(config, "book-coaching/book", given).labels == {"talks": {}}

    def test_a_ritual_is_offered_as_it_was_asked_for(self, config: Settings) -> None:
        assert offered(config, "pipeline-review/weekly", {"dry_run": False}) == Offer({"dry_run": False})
