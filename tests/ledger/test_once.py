"""once(): an effect is sent one time, whatever happens to the run that sends it, and whoever else tries."""

import pytest

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.ledger import Busy, Ledger, OtherPayload
from tests.ledger.remote import CLOSE, KEY, Remote, history, run_out


def test_the_first_call_sends_without_a_look(ledger: Ledger, remote: Remote) -> None:
    assert remote.once(ledger) == ("ts-1", True)
    assert (len(remote.made), remote.looks) == (1, 0)
    assert history(ledger) == ["planned", "claimed", "renewed", "done"]


def test_the_second_call_sends_nothing_and_knows_the_id(ledger: Ledger, other: Ledger, remote: Remote) -> None:
    remote.once(ledger)

    assert remote.once(other) == ("ts-1", False)
    assert (len(remote.made), remote.looks) == (1, 0)


def test_what_was_refused_is_never_sent_and_says_why(ledger: Ledger, remote: Remote) -> None:
    ledger.plan(KEY, CLOSE)
    ledger.claim(KEY)
    ledger.refuse(KEY, "Close the quote first")

    with pytest.raises(Refused, match="Close the quote first"):
        remote.once(ledger)
    assert remote.made == []


def test_what_another_run_holds_is_left_to_it(ledger: Ledger, other: Ledger, remote: Remote) -> None:
    other.plan(KEY, CLOSE)
    other.claim(KEY)

    with pytest.raises(
        Busy, match=rf"{KEY} is being done by other, until 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC at the la"
    ):
        remote.once(ledger)
    assert remote.made == []


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param({**CLOSE, "StageName": "Closed Won"}, id="another value"),
        pytest.param({"StageName": "Closed Lost"}, id="a field less"),
        pytest.param({**CLOSE, "Amount": None}, id="an empty field more"),
    ],
)
def test_one_key_never_means_two_things(ledger: Ledger, remote: Remote, payload: dict[str, object]) -> None:
    remote.once(ledger)

    with pytest.raises(OtherPayload, match=f"{KEY} was planned with other contents before"):
        ledger.once(KEY, payload, remote.do, remote.find)
    assert len(remote.made) == 1


def test_the_order_of_the_fields_makes_no_other_payload(ledger: Ledger, remote: Remote) -> None:
    remote.once(ledger)

    assert not ledger.once(KEY, dict(reversed(CLOSE.items())), remote.do, remote.find).fresh


# An answer that was lost, before or after the request was executed, and a person who pressed Ctrl-C meanwhile.
@pytest.mark.parametrize("wrong", [Unavailable("no answer"), ValueError("odd answer"), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize(
    ("executed", "then"),
    [
        pytest.param(True, ("ts-1", False), id="executed: found, not sent again"),
        pytest.param(False, ("ts-1", True), id="not executed: sent after a look"),
    ],
)
def test_after_a_lost_answer_the_next_attempt_looks_first(
    ledger: Ledger, other: Ledger, executed: bool, then: tuple[str, bool], wrong: BaseException
) -> None:
    remote = Remote(wrong=wrong, executed=executed)
    with pytest.raises(type(wrong)):
        remote.once(ledger)
    remote.wrong = None

    assert remote.once(other) == then, "another run need not wait for the lease"
    assert (len(remote.made), remote.looks) == (1, 1)


def test_a_look_that_fails_sends_nothing_and_is_repeated(ledger: Ledger, other: Ledger) -> None:
    remote = Remote(wrong=Unavailable("no answer"))
    with pytest.raises(Unavailable):
        remote.once(ledger)
    remote.wrong = None

    def blind() -> str:
        raise NotExecuted("too many look-ups")

    with pytest.raises(NotExecuted):
        ledger.once(KEY, CLOSE, remote.do, blind)

    assert ledger.effect(KEY).state == "sending", "of the look it is certain, not of what it looked for"
    assert remote.once(other) == ("ts-1", False)


def test_what_certainly_was_not_executed_is_planned_again(ledger: Ledger, other: Ledger) -> None:
    remote = Remote(wrong=NotExecuted("429"), executed=False)
    with pytest.raises(NotExecuted):
        remote.once(ledger)
    assert ledger.effect(KEY).state == "planned"
    remote.wrong = None

    assert remote.once(other) == ("ts-1", True)
    assert history(ledger)[:4] == ["planned", "claimed", "renewed", "unsent"]


def test_a_lost_answer_is_looked_for_even_when_a_later_attempt_was_not_executed(ledger: Ledger) -> None:
    remote = Remote(wrong=Unavailable("no answer"), executed=False)
    with pytest.raises(Unavailable):
        remote.once(ledger)
    remote.wrong = NotExecuted("429")
    with pytest.raises(NotExecuted):
        remote.once(ledger)
    remote.made.append("late")  # the first request was executed after all

    remote.wrong = None
    assert remote.once(ledger) == ("late", False)


def test_a_lease_that_is_lost_while_looking_is_not_sent(ledger: Ledger, other: Ledger, remote: Remote) -> None:
    ledger.plan(KEY, CLOSE)
    ledger.claim(KEY)
    run_out(ledger)

    def slow() -> None:
        run_out(ledger)
        other.claim(KEY)

    with pytest.raises(Busy, match="being done by other"):
        ledger.once(KEY, CLOSE, remote.do, slow)
    assert remote.made == []


def test_a_lease_that_ran_out_is_not_sent_though_nobody_took_it(ledger: Ledger, remote: Remote) -> None:
    ledger.plan(KEY, CLOSE)
    ledger.claim(KEY)
    run_out(ledger)

    with pytest.raises(Busy, match="the lease of test ran out"):
        ledger.once(KEY, CLOSE, remote.do, lambda: run_out(ledger))
    assert remote.made == []
    assert remote.once(ledger) == ("ts-1", True)


def test_who_took_over_and_ended_it_has_done_it_for_both(ledger: Ledger, other: Ledger, remote: Remote) -> None:
    ledger.plan(KEY, CLOSE)
    ledger.claim(KEY)
    run_out(ledger)

    def slow() -> None:
        run_out(ledger)
        remote.once(other)

    assert ledger.once(KEY, CLOSE, remote.do, slow).remote_id == "ts-1"
    assert len(remote.made) == 1


def test_a_run_that_died_is_waited_for_until_its_lease_is_over(ledger: Ledger, other: Ledger, remote: Remote) -> None:
    other.plan(KEY, CLOSE)
    other.claim(KEY)
    with pytest.raises(Busy):
        remote.once(ledger)

    run_out(ledger)

    assert remote.once(ledger) == ("ts-1", True)
    assert remote.looks == 1, "it may have been sent by the one that died"


def test_what_was_removed_on_purpose_is_made_anew(ledger: Ledger, remote: Remote) -> None:
    remote.once(ledger)
    remote.made.clear()

    ledger.forget(KEY)

    assert remote.once(ledger) == ("ts-1", True)
    once = ["planned", "claimed", "renewed", "done"]
    assert history(ledger) == [*once, "forgotten", *once]
