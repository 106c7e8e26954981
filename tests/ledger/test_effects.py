"""The single steps of an effect: what each makes of each state, who may take it, and what is remembered of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tasks.clients import Refused
from tasks.ledger import Busy, Ledger
from tasks.ledger_effects import fingerprint
from tasks.ledger_tables import EffectRow
from tests.ledger.remote import CLOSE, KEY, history, run_out


def brought_to(state: str, ledger: Ledger) -> None:
    """Brings the effect there as runs do; "lost": held by `ledger` until another took it."""
    if state == "absent":
        return
    ledger.plan(KEY, CLOSE)
    if state != "planned":
        ledger.claim(KEY)
    if state == "done":
        ledger.finish(KEY, "006A")
    if state == "refused":
        ledger.refuse(KEY, "a rule")
    if state == "released":
        ledger.release(KEY)
    if state == "over":
        run_out(ledger)


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
STEPS = {
    "claim": lambda ledger: ledger.claim(KEY),
    "renew": lambda ledger: ledger.renew([KEY]),
    "finish": lambda ledger: ledger.finish(KEY, "006B"),
    "refuse": lambda ledger: ledger.refuse(KEY, "another rule"),
    "release": lambda ledger: ledger.release(KEY),
    "unsend": lambda ledger: ledger.unsend(KEY),
    "forget": lambda ledger: ledger.forget(KEY),
}
# What becomes of it, when the one who brought it there takes the step; then, when another run does.
BY_ITSELF = """
            claim        renew        finish       refuse       release      unsend       forget
absent      Refused      Refused      Refused      Refused      absent       absent       absent
planned     sending 1    Busy         done         Busy         planned      planned      absent
sending     Busy         sending 1    done         refused      sending      planned      absent
over        sending 2    Busy         done         refused      sending      planned      absent
released    sending 2    Busy         done         Busy         sending      sending      absent
done        done         Busy         done         Busy         done         done         absent
refused     refused      Busy         done         Busy         refused      refused      absent
"""
BY_ANOTHER = """
            claim        renew        finish       refuse       release      unsend       forget
planned     sending 1    Busy         done         Busy         planned      planned      absent
sending     Busy         Busy         done         Busy         sending 1    sending 1    Busy
over        sending 2    Busy         done         Busy         sending      sending      absent
released    sending 2    Busy         done         Busy         sending      sending      absent
done        done         Busy         done         Busy         done         done         absent
refused     refused      Busy         done         Busy         refused      refused      absent
"""


def cells(table: str) -> list[tuple[str, str, str]]:
    """(state, step, what becomes of it) for each cell; "sending 2" is a lease that holds, in the second attempt."""
    names, *lines = table.strip("\n").splitlines()
    begins = {name: names.index(name) for name in names.split()}
    ends = [*list(begins.values())[1:], None]
    return [
        (line.split()[0], name, line[begin:end].strip())
        for line in lines
        for (name, begin), end in zip(begins.items(), ends, strict=True)
    ]


def becomes(ledger: Ledger, step: str, by: Ledger) -> str:
    try:
        STEPS[step](by)
    except (Busy, Refused) as error:
        return type(error).__name__
    effect = ledger.effect(KEY)
    if effect is None:
        return "absent"
    held = effect.lease_until is not None and effect.lease_until > ledger.now()
    return f"{effect.state} {effect.attempt}" if held else effect.state


@pytest.mark.parametrize("table", [pytest.param(BY_ITSELF, id="by itself"), pytest.param(BY_ANOTHER, id="by another")])
def test_what_becomes_of_it(ledger: Ledger, other: Ledger, table: str) -> None:
    became = []
    for state, step, _ in cells(table):
        run_out(ledger)
        ledger.forget(KEY)
        brought_to(state, ledger)
        became.append((state, step, becomes(ledger, step, by=ledger if table is BY_ITSELF else other)))

    assert became == cells(table)


def test_every_step_is_remembered_with_who_when_and_what(ledger: Ledger, other: Ledger) -> None:
    began = ledger.now()
    brought_to("over", ledger)
    other.claim(KEY)
    other.refuse(KEY, "Close the quote first")

    events = ledger.events(KEY)

    assert [(event.what, event.attempt, event.owner, event.detail) for event in events] == [
        ("planned", 0, "test", ""),
        ("claimed", 1, "test", ""),
        ("claimed", 2, "other", ""),
        ("refused", 2, "other", "Close the quote first"),
    ]
    moments = [event.at for event in events]
    assert moments == sorted(moments)
    assert began <= moments[0]
    assert moments[0].tzinfo is UTC


def test_what_changes_nothing_leaves_no_event(ledger: Ledger, other: Ledger) -> None:
    brought_to("done", ledger)
    before = history(ledger)

    ledger.plan(KEY, CLOSE)
    other.claim(KEY)
    other.finish(KEY, "006A")
    other.release(KEY)
    other.unsend(KEY)

    assert history(ledger) == before


def test_what_was_made_twice_is_told_of(ledger: Ledger, other: Ledger) -> None:
    """A run that was frozen between its renewal and the sending: the one thing that no ledger can prevent."""
    brought_to("done", ledger)

    other.finish(KEY, "006B")

    assert ledger.effect(KEY).remote_id == "006A"
    assert [(event.what, event.detail) for event in ledger.events(KEY)][-1] == ("done again", "006B")


def test_a_claim_holds_for_its_lease_and_a_renewal_for_another(ledger_url: str) -> None:
    with Ledger(ledger_url, owner="test", lease=timedelta(minutes=2)) as ledger:
        brought_to("sending", ledger)
        claimed = ledger.effect(KEY).lease_until
        ledger.renew([KEY])
        renewed = ledger.effect(KEY).lease_until

        assert timedelta(minutes=1) < claimed - ledger.now() <= timedelta(minutes=2)
        assert claimed <= renewed <= ledger.now() + timedelta(minutes=2)


def test_many_are_renewed_together_or_not_at_all(ledger: Ledger, other: Ledger) -> None:
    keys = [f"{KEY}:{number}" for number in range(25)]
    for key in keys:
        ledger.plan(key, CLOSE)
        ledger.claim(key)
    ledger.renew(keys)
    assert all(history(ledger, key)[-1] == "renewed" for key in keys)

    run_out(ledger, keys[7])
    other.claim(keys[7])

    with pytest.raises(Busy, match=f"{keys[7]} is being done by other"):
        ledger.renew(keys)
    assert [key for key in keys if history(ledger, key)[-2:] == ["renewed", "renewed"]] == []
    ledger.renew(keys[:7])


def test_two_claims_of_one_owner_are_two(ledger: Ledger, ledger_url: str) -> None:
    """Prefect repeats a run under its own id; the process of the first try may still be alive."""
    brought_to("over", ledger)
    with Ledger(ledger_url, owner="test") as repeated:
        repeated.claim(KEY)

        with pytest.raises(Busy):
            ledger.renew([KEY])
        ledger.release(KEY)

        repeated.renew([KEY])


def test_a_claim_of_what_was_forgotten_is_no_claim_of_what_is_made_anew(ledger: Ledger, other: Ledger) -> None:
    brought_to("over", ledger)
    other.forget(KEY)
    other.plan(KEY, CLOSE)
    other.claim(KEY)

    with pytest.raises(Busy, match="being done by other"):
        ledger.renew([KEY])
    ledger.release(KEY)

    other.renew([KEY])


def test_effects_are_found_by_the_beginning_of_their_key(ledger: Ledger) -> None:
    for key in ("b:2", "B:1", "b:10", "b_:1", "bb:1", "a:1"):
        ledger.plan(key, CLOSE)

    assert [effect.key for effect in ledger.effects("b:")] == ["b:10", "b:2"]
    assert [effect.key for effect in ledger.effects("b_")] == ["b_:1"]
    assert ledger.effects("c") == ()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        pytest.param("Amount\0 is empty", "Amount� is empty", id="NUL, which PostgreSQL refuses"),
        pytest.param("half a \ud83d smile", "half a � smile", id="half a character, which nothing can encode"),
        pytest.param("👩‍🚀 <!channel> שלום '; --", "👩‍🚀 <!channel> שלום '; --", id="what is odd and may stay"),
        pytest.param("long " * 20_000, "long " * 20_000, id="100,000 characters"),
    ],
)
def test_no_text_of_the_other_side_is_lost_or_loses_the_record(ledger: Ledger, told: str, kept: str) -> None:
    brought_to("sending", ledger)

    ledger.refuse(KEY, told)

    assert ledger.effect(KEY).reason == kept
    assert ledger.events(KEY)[-1].detail == kept


@pytest.mark.parametrize("key", ["", "a" * 301, "a\0b", "\ud83d"], ids=["empty", "301 long", "NUL", "half a character"])
def test_a_key_that_not_every_database_keeps_is_refused(ledger: Ledger, key: str) -> None:
    with pytest.raises(ValueError, match="no key of an effect"):
        ledger.plan(key, CLOSE)


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, True, id="the order of names"),
        pytest.param({"a": date(2026, 11, 23)}, {"a": "2026-11-23"}, True, id="a date and its ISO text"),
        pytest.param({"a": ("x", "y")}, {"a": ["x", "y"]}, True, id="a tuple and a list"),
        pytest.param({"a": ["x", "y"]}, {"a": ["y", "x"]}, False, id="the order of a list"),
        pytest.param({"a": None}, {}, False, id="empty and absent"),
        pytest.param({"a": "1"}, {"a": 1}, False, id="text and number"),
        pytest.param({"a": "é"}, {"a": "e\u0301"}, False, id="two ways to write é"),
        pytest.param({"a": "\ud83d"}, {"a": "\ud83c"}, False, id="two halves of characters"),
    ],
)
def test_what_is_the_same_payload(one: dict[str, Any], another: dict[str, Any], same: bool) -> None:
    assert (fingerprint(one) == fingerprint(another)) is same


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object()], ids=["NaN", "a set", "an object"])
def test_what_has_no_one_way_to_be_written_is_no_payload(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match="JSON"):
        fingerprint({"a": value})


def test_the_clock_is_the_databases_and_aware(ledger: Ledger) -> None:
    assert ledger.now().tzinfo is UTC
    assert abs(ledger.now() - datetime.now(UTC)) < timedelta(minutes=1), "here both are one machine's"


def test_a_transaction_is_whole_or_nothing(ledger: Ledger) -> None:
    def broken() -> None:
        with ledger.session() as session:
            session.add(EffectRow(key="a", payload_sha="", state="planned", created=NOON, updated=NOON))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert ledger.effect("a") is None
