"""Which touches a machine sent, and which are support (decisions.md)."""

from tasks.rules.policy import TouchPolicy

from .activity_books import BOT, call, found, mail, make_book, ours, rep, reply, task, told
from .builders import Row

# --- machines ---
MACHINES: list[tuple[Row, bool]] = [
    (mail("2026-11-02"), False),
    (mail("2026-11-02", sender="NoReply@us.example"), True),
    (mail("2026-11-02", sender="robot@us.example"), True),  # a whole address
    (mail("2026-11-02", sender="robot@us.example.org"), False),
    (mail("2026-11-02", sender="not-noreply@us.example"), False),
    (reply("2026-11-02", sender="mailer-daemon@acme.example"), True),  # a bounce
    (reply("2026-11-02", subject="Undeliverable: Hello"), True),
    (reply("2026-11-02", subject="Automatic reply: Hello"), True),
    (reply("2026-11-02"), False),
    (mail("2026-11-02", bcc=f"{ours('ann')}; tom.x1@Capture.example"), True),
    (mail("2026-11-02", bcc="LOG@crm.example"), True),
    (mail("2026-11-02", bcc="other@crm.example"), False),
    (mail("2026-11-02", bcc="x@not-capture.example"), False),
    (reply("2026-11-02", bcc="log@crm.example"), False),
    (task("2026-11-02", "Cadence"), True),
    (task("2026-11-02", "List Email"), True),
    (task("2026-11-02", "Email", owner_id=BOT), True),
    (task("2026-11-02", "Email", owner_id=f"{BOT}AAA"), True),  # in 18 characters
    (mail("2026-11-02", owner_id=BOT), False),  # recorded by it, sent by a rep
    (reply("2026-11-02", owner_id=BOT), False),
    (reply("2026-11-02", owner_id=BOT, receivers="sales@us.example"), False),  # a person wrote it
    (mail("2026-11-02", owner_id=BOT, sender="sue@us.example"), True),
]


def test_automated() -> None:
    signs = {
        "automated_senders": frozenset({"noreply@", "MAILER-daemon@", "Robot@us.example"}),
        "capture_addresses": frozenset({"@capture.example", "log@CRM.example"}),
    }
    ignoring = TouchPolicy(ignored_users=frozenset({BOT}))
    assert found(MACHINES, "automated", touch_policy=ignoring, policy=signs) == MACHINES


def test_a_mail_to_many_is_known_by_its_task() -> None:
    book = make_book(mail("2026-11-02", activity_id="task"), task("2026-11-02", "List Email", id="task"))
    assert told(book, "id", "automated") == [("a0", True)]


def test_no_signs_no_machines() -> None:
    book = make_book(mail("2026-11-02", sender="noreply@us.example", bcc="log@crm.example"))
    assert told(book, "automated", automated_senders=frozenset()) == [False]


SUPPORT: list[tuple[Row, bool]] = [
    (mail("2026-11-02", case_id="500x"), True),
    (call("2026-11-02", what_id="500x"), True),
    (call("2026-11-02", by="sam"), True),  # of a support role
    (reply("2026-11-02", to="sam"), True),
    (call("2026-11-02", what_id="006x"), False),
]


def test_support() -> None:
    assert found(SUPPORT, "support", reps=[rep(), rep("sam", "customer SUPPORT")]) == SUPPORT
