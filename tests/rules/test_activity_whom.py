"""Whom a touch is with, which way it went, and which of our reps had it."""

from .activity_books import (
    BOT,
    account,
    call,
    contact,
    deal,
    found,
    lead,
    mail,
    make_book,
    meeting,
    ours,
    reply,
    task,
    theirs,
    told,
)
from .builders import Row

# --- with whom ---
PERSONS: list[tuple[Row, str | None]] = [
    (call("2026-11-02", who_id="00Q L. Roe"), "00Q L. Roe"),
    (call("2026-11-02", to="Deleted"), "003 Deleted"),
    (mail("2026-11-02", receivers="J.DOE@Acme.example"), "003 J. Doe"),
    (mail("2026-11-02", to="L. Roe"), "00Q L. Roe"),
    (mail("2026-11-02", receivers="stranger@acme.example"), None),
    (reply("2026-11-02", by="J. Doe"), "003 J. Doe"),
    (reply("2026-11-02", sender="J. Doe <j.doe@acme.example>"), "003 J. Doe"),
    (reply("2026-11-02", sender="stranger@acme.example", receivers=theirs("J. Doe")), None),
    (mail("2026-11-02", to="T. Win"), "003 T. Win"),  # a contact and a lead of one address
]


def test_person() -> None:
    people = [lead("T. Win"), contact(), lead(), contact("T. Win"), contact("No Mail", email=None)]
    people += [contact("Tom Himself", email=ours("tom"))]  # a colleague in the address book
    assert found(PERSONS, "person_id", people=people) == PERSONS


ACCOUNTS: list[tuple[Row, str | None]] = [
    (call("2026-11-02", account_id="001 Globex"), "001 Globex"),  # its own
    (call("2026-11-02", what_id="006 Globex"), "001 Globex"),  # its deal's
    (mail("2026-11-02", what_id="001 Globex"), "001 Globex"),
    (mail("2026-11-02", what_id="001 Never read"), "001 Never read"),
    (mail("2026-11-02"), "001 Acme"),  # its person's
    (mail("2026-11-02", what_id="a0X something else"), "001 Acme"),
    (mail("2026-11-02", to="L. Roe"), None),  # a lead has none
]


def test_account() -> None:
    people, accounts = [contact(), lead()], [account(), account("Globex")]
    assert found(ACCOUNTS, "account_id", people=people, accounts=accounts, deals=[deal("Globex")]) == ACCOUNTS


# --- which way, and by which rep ---
WAYS: list[tuple[Row, str, str | None]] = [
    (mail("2026-11-02", by="ann"), "outbound", "005 ann"),
    (mail("2026-11-02", by="ann", owner_id=BOT), "outbound", "005 ann"),  # an integration user recorded it
    (mail("2026-11-02", sender="ANN@US.example"), "outbound", "005 ann"),
    (mail("2026-11-02", sender="sue@us.example", owner_id="005 sue"), "outbound", None),  # no rep
    (mail("2026-11-02", sender="alias@us.example", owner_id="005 tom"), "outbound", "005 tom"),
    (reply("2026-11-02", to="ann", owner_id=BOT), "inbound", "005 ann"),
    (reply("2026-11-02", receivers=f"x@y.example; {ours('ann')}; {ours('tom')}"), "inbound", "005 ann"),
    (reply("2026-11-02", receivers="sales@us.example", owner_id="005 tom"), "inbound", "005 tom"),
    (reply("2026-11-02", receivers="sales@us.example", owner_id=BOT), "inbound", None),
    (mail("2026-11-02", incoming=None), "outbound", "005 tom"),  # its sender tells
    (reply("2026-11-02", incoming=None), "inbound", "005 tom"),
    (mail("2026-11-02", incoming=None, sender=None), "unknown", "005 tom"),
    (call("2026-11-02", by="ann"), "outbound", "005 ann"),
    (call("2026-11-02", call_type="Inbound"), "inbound", "005 tom"),
    (call("2026-11-02", call_type=None), "unknown", "005 tom"),
    (task("2026-11-02", "LinkedIn", by="sue"), "unknown", None),
    (meeting("2026-11-02"), "both", "005 tom"),
]


def test_direction_and_rep() -> None:
    assert found(WAYS, "direction", "rep_id") == WAYS


def test_the_owner_of_the_task_is_asked_before_the_creator_of_the_mail() -> None:
    beside = task("2026-11-02", "Email", id="task", by="ann")
    sent = mail("2026-11-02", sender="alias@us.example", owner_id="005 tom", activity_id="task", id="mail")
    assert told(make_book(sent, beside), "id", "rep_id", "owner_id") == [("mail", "005 ann", "005 ann")]
