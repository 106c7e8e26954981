"""What one feedback sweep leaves for the next, on both databases: how far it read, what waits, drafts and codenames."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import text

from tasks.clients import Refused
from tasks.ledger import Ledger
from tasks.ledger_feedback import Codenames, RequestDrafts, Waiting, Watermarks
from tasks.rules.feedback import DraftedRequest, IssueDraft

SWEEP, AFTER_HOURS = "feedback-sweep", "after-hours-support"
ACME, GLOBEX, INITECH = "C0ACME", "C0GLOBEX", "C0INITECH"
FRI_CLOSE, MON_0600, MON_0601 = "1795219200.000000", "1795442400.000000", "1795442460.000001"
FRI, MON = date(2026, 11, 20), date(2026, 11, 23)
LOGIN = DraftedRequest(
    key="3f9a1c000001",
    channel=ACME,
    root=MON_0600,
    account_id="001ACME",
    draft=IssueDraft("Log in with SAML", "> Could we log in with SAML?", ("customer request", "customer-ceres")),
)
EXPORT = DraftedRequest(
    "3f9a1c000002", GLOBEX, MON_0601, "001GLOBEX", IssueDraft("Export", "", (), ("It names Ruth.",))
)


@pytest.fixture
def marks(ledger: Ledger) -> Watermarks:
    return Watermarks(ledger)


@pytest.fixture
def waiting(ledger: Ledger) -> Waiting:
    return Waiting(ledger)


@pytest.fixture
def drafts(ledger: Ledger) -> RequestDrafts:
    return RequestDrafts(ledger)


@pytest.fixture
def names(ledger: Ledger) -> Codenames:
    return Codenames(ledger)


def test_each_ritual_reads_up_to_a_mark_of_its_own(marks: Watermarks) -> None:
    marks.move(SWEEP, {ACME: FRI_CLOSE, GLOBEX: MON_0600})
    marks.move(AFTER_HOURS, {ACME: MON_0601})

    assert marks.of(SWEEP) == {ACME: FRI_CLOSE, GLOBEX: MON_0600}
    assert marks.of(AFTER_HOURS) == {ACME: MON_0601}
    assert marks.of("nothing") == {}


def test_a_mark_moves_on_and_never_back(marks: Watermarks) -> None:
    marks.move(SWEEP, {ACME: MON_0600, GLOBEX: FRI_CLOSE})
    marks.move(SWEEP, {ACME: FRI_CLOSE, GLOBEX: MON_0601})

    assert marks.of(SWEEP) == {ACME: MON_0600, GLOBEX: MON_0601}


def test_a_mark_that_stays_does_not_seem_to_have_been_moved(marks: Watermarks, ledger: Ledger) -> None:
    marks.move(SWEEP, {ACME: MON_0600})
    before = _updated(ledger)
    marks.move(SWEEP, {ACME: MON_0600})

    assert _updated(ledger) == before


def _updated(ledger: Ledger) -> object:
    with ledger.session() as session:
        return session.execute(text("SELECT updated FROM watermark")).scalar_one()


@pytest.mark.parametrize("wrong", ["", "1795442400", "1795442400.0", "2026-11-23T06:00:00Z"])
def test_of_marks_with_a_wrong_one_none_is_moved(marks: Watermarks, wrong: str) -> None:
    with pytest.raises(ValueError, match=rf"{GLOBEX}: .* is no ts such as"):
        marks.move(SWEEP, {ACME: MON_0600, GLOBEX: wrong})

    assert marks.of(SWEEP) == {}


def test_more_marks_than_fit_into_one_statement_are_moved_together(marks: Watermarks) -> None:
    many = {f"C0{number:04}": MON_0600 for number in range(1_203)}
    marks.move(SWEEP, many)
    marks.move(SWEEP, dict.fromkeys(many, MON_0601))

    assert marks.of(SWEEP) == dict.fromkeys(many, MON_0601)


def test_nothing_to_move_is_no_error(marks: Watermarks) -> None:
    marks.move(SWEEP, {})

    assert marks.of(SWEEP) == {}


def test_runs_that_move_at_once_leave_the_latest(ledger: Ledger) -> None:
    together = Barrier(6)

    def move(ts: str) -> None:
        together.wait(timeout=30)
        Watermarks(ledger).move(SWEEP, {ACME: ts, GLOBEX: ts})

    _at_once(move, [f"179544240{number}.000000" for number in range(6)])

    assert Watermarks(ledger).of(SWEEP) == dict.fromkeys((ACME, GLOBEX), "1795442405.000000")


def _at_once(act: Callable[[str], None], each: list[str]) -> None:
    with ThreadPoolExecutor(len(each)) as pool:
        for done in [pool.submit(act, one) for one in each]:
            done.result()


def test_what_waits_is_known_by_channel_the_oldest_first(waiting: Waiting) -> None:
    waiting.replace([ACME, GLOBEX], [(GLOBEX, MON_0600), (ACME, MON_0601), (ACME, FRI_CLOSE)])

    assert waiting.all() == {ACME: (FRI_CLOSE, MON_0601), GLOBEX: (MON_0600,)}


def test_what_waits_no_more_is_forgotten(waiting: Waiting) -> None:
    waiting.replace([ACME, GLOBEX], [(ACME, FRI_CLOSE), (ACME, MON_0600), (GLOBEX, MON_0600)])
    waiting.replace([ACME, GLOBEX], [(ACME, MON_0600)])

    assert waiting.all() == {ACME: (MON_0600,)}
    assert waiting.since(ACME, FRI_CLOSE) is None


def test_a_channel_that_could_not_be_read_still_waits(waiting: Waiting) -> None:
    waiting.replace([ACME, GLOBEX], [(ACME, FRI_CLOSE), (GLOBEX, MON_0600)])
    waiting.replace([ACME], [])

    assert waiting.all() == {GLOBEX: (MON_0600,)}


def test_what_stays_waits_since_it_was_first_kept(waiting: Waiting, ledger: Ledger) -> None:
    waiting.replace([ACME], [(ACME, FRI_CLOSE)])
    began = ledger.now()
    since = waiting.since(ACME, FRI_CLOSE)
    waiting.replace([ACME], [(ACME, FRI_CLOSE), (ACME, MON_0600)])

    assert since is not None
    assert since <= began
    assert waiting.since(ACME, FRI_CLOSE) == since
    later = waiting.since(ACME, MON_0600)
    assert later is not None
    assert later >= began


def test_a_thread_of_a_channel_that_was_not_read_is_a_mistake(waiting: Waiting) -> None:
    waiting.replace([ACME], [(ACME, FRI_CLOSE)])

    with pytest.raises(ValueError, match=f"threads wait in {GLOBEX}, which was not read"):
        waiting.replace([ACME], [(GLOBEX, MON_0600)])
    assert waiting.all() == {ACME: (FRI_CLOSE,)}


def test_more_threads_than_fit_into_one_statement_wait_and_are_forgotten(waiting: Waiting) -> None:
    many = [(f"C0{number:04}", MON_0600) for number in range(1_203)]
    channels = [channel for channel, _ in many]
    waiting.replace(channels, many)
    assert len(waiting.all()) == len(many)

    waiting.replace(channels, many[:1])
    assert waiting.all() == {"C00000": (MON_0600,)}


def test_runs_that_replace_at_once_leave_what_one_of_them_said(ledger: Ledger) -> None:
    together, roots = Barrier(6), [f"179544240{number}.000000" for number in range(6)]

    def put(root: str) -> None:
        together.wait(timeout=30)
        Waiting(ledger).replace([ACME], [(ACME, root), (ACME, FRI_CLOSE)])

    _at_once(put, roots)

    [other] = set(Waiting(ledger).all()[ACME]) - {FRI_CLOSE}
    assert other in roots


def test_drafts_come_back_as_they_were_kept_in_the_order_asked_for(drafts: RequestDrafts) -> None:
    drafts.keep(MON, [LOGIN, EXPORT])

    assert drafts.find([EXPORT.key, "000000000000", LOGIN.key, EXPORT.key]) == [EXPORT, LOGIN]
    assert drafts.find([]) == []


def test_a_later_sweep_replaces_the_draft_of_a_conversation(drafts: RequestDrafts) -> None:
    changed = replace(LOGIN, draft=replace(LOGIN.draft, title="Log in with SAML and SCIM"))
    drafts.keep(FRI, [LOGIN, EXPORT])
    drafts.keep(MON, [changed])

    assert drafts.find([LOGIN.key, EXPORT.key]) == [changed, EXPORT]
    assert drafts.forget_before(MON) == 1
    assert drafts.find([LOGIN.key, EXPORT.key]) == [changed]


def test_text_that_no_database_holds_loses_one_character_and_no_draft(drafts: RequestDrafts) -> None:
    drafts.keep(MON, [replace(LOGIN, draft=replace(LOGIN.draft, body="A\0 B\ud83d"))])

    assert [found.draft.body for found in drafts.find([LOGIN.key])] == ["A\ufffd B\ufffd"]


def test_a_draft_that_was_changed_by_hand_is_named(drafts: RequestDrafts, ledger: Ledger) -> None:
    drafts.keep(MON, [LOGIN])
    with ledger.session() as session:
        session.execute(text("""UPDATE request_draft SET contents = '{"channel": "C0ACME"}'"""))

    with pytest.raises(Refused, match=f"The drafted request {LOGIN.key} cannot be read from the ledger"):
        drafts.find([LOGIN.key])


def test_an_account_keeps_its_first_codename(names: Codenames) -> None:
    assert names.assign("001ACME", "Ceres", "Dana Reyes") == "Ceres"
    assert names.assign("001ACME", "Pallas", "Tom Okafor") == "Ceres"

    assert names.all() == {"001ACME": "Ceres"}


@pytest.mark.parametrize("name", ["Ceres", "CERES"])
def test_a_codename_is_not_given_twice_in_any_case(names: Codenames, name: str) -> None:
    names.assign("001ACME", "Ceres", "Dana Reyes")

    with pytest.raises(Refused, match=f"{name} is the codename of another customer already: choose one that is free"):
        names.assign("001GLOBEX", name, "Dana Reyes")
    assert names.all() == {"001ACME": "Ceres"}


def test_of_two_names_for_one_account_at_once_one_stands_for_all(ledger: Ledger) -> None:
    together, stood = Barrier(6), list[str]()

    def assign(name: str) -> None:
        together.wait(timeout=30)
        stood.append(Codenames(ledger).assign("001ACME", name, "Dana Reyes"))

    _at_once(assign, ["Ceres", "Pallas", "Juno", "Vesta", "Astraea", "Hebe"])

    assert set(stood) == {Codenames(ledger).all()["001ACME"]}


def test_of_two_accounts_for_one_name_at_once_one_gets_it(ledger: Ledger) -> None:
    together, refused = Barrier(6), list[str]()

    def assign(account: str) -> None:
        together.wait(timeout=30)
        try:
            Codenames(ledger).assign(account, "Ceres", "Dana Reyes")
        except Refused:
            refused.append(account)

    accounts = [f"001{number:03}" for number in range(6)]
    _at_once(assign, accounts)

    [winner] = Codenames(ledger).all()
    assert sorted([winner, *refused]) == accounts
