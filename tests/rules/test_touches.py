"""What is communication between people, in which direction, on whose deal, and whether it has happened."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from tasks.rules.policy import OFFICE_ZONE, TouchPolicy
from tasks.rules.touches import Attributed, attribute, is_touch

from .builders import ACTIVITY, ROLE, Row, frame, moment

NOW = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)  # Mon 07:28 in the office
BOT = "005000000000BOT"
DEALS = frame(
    [
        {"id": "acme", "account_id": "Acme"},
        {"id": "globex", "account_id": "Globex"},
        {"id": "globex2", "account_id": "Globex"},
        {"id": "orphan", "account_id": None},
    ],
    {"id": "str", "account_id": "str"},
)
ROLES = frame(
    [
        {"opportunity_id": "acme", "contact_id": "jane", "contact": "Jane D."},
        {"opportunity_id": "globex", "contact_id": "jane", "contact": "Jane D."},
        {"opportunity_id": "closed long ago", "contact_id": "jane", "contact": "Jane D."},
        {"opportunity_id": "acme", "contact_id": "paul", "contact": "Paul R.", "contact_account_id": "Partner"},
    ],
    ROLE,
)


def task(subtype: str | None = "Call", **given: Any) -> Row:
    return {"kind": "task", "subtype": subtype, "closed": True, "at": "2026-11-10", "what_id": "acme"} | given


def mail(*, incoming: bool | None = False, **given: Any) -> Row:
    return {"kind": "email", "incoming": incoming, "at": "2026-11-10", "what_id": "acme"} | given


def event(at: str | None = "2026-11-10 14:00", ends: str | None = "2026-11-10 15:00", **given: Any) -> Row:
    return {"kind": "event", "at": at, "ends": ends, "what_id": "acme"} | given


def activities(*rows: Row) -> pd.DataFrame:
    """One activity a row, with ids a0, a1 and so on."""
    return frame(
        [{"id": f"a{i}", "subject": "Hello", "owner_id": "005000000000ANN"} | row for i, row in enumerate(rows)],
        ACTIVITY,
    )


def attributed(*rows: Row, now: datetime = NOW) -> Attributed:
    return attribute(
        activities(*rows), ROLES, DEALS, TouchPolicy(ignored_users=frozenset({BOT})), now, time_zone=OFFICE_ZONE
    )


def placed(*rows: Row) -> list[tuple[Any, ...]]:
    """(deal, level, whether it counts) of the touches."""
    touches = attributed(*rows).touches
    return sorted(touches[["opportunity_id", "level", "counts"]].itertuples(index=False, name=None))


PEOPLE: list[tuple[Row, bool]] = [
    (task("Call"), True),
    (task("Email"), True),
    (task("LinkedIn"), True),
    (task("call"), True),  # however the org writes it
    (task("Task"), False),  # a plain to-do
    (task("Task", type="Call"), True),
    (task(None, type="Meeting"), True),
    (task("Task", type="Other"), False),
    (task("Call", closed=False), False),  # planned, not done
    (task("List Email"), False),
    (task("List Email", type="Email"), False),
    (task("Cadence"), False),
    (task("Cadence", type="Call"), False),
    (task("Call", call_type="Internal"), False),
    (task("Call", call_type="Outbound"), True),
    (task("Email", subject="Automatic reply: Acme 2026"), False),
    (task("Email", subject="Email: AUTOMATIC REPLY: Acme"), False),
    (task("Email", subject="Re: Automatic reply: Acme"), True),  # a person answered it
    (task("Email", subject=None), True),
    (task("Email", owner_id=BOT), False),
    (task("Email", owner_id=BOT + "AAA"), False),  # the same id in 18 characters, as the policy has it
    (task("Call", call_type="Inbound", owner_id=BOT), True),
    (mail(), True),
    (mail(closed=False), False),  # a draft
    (mail(incoming=True), True),
    (mail(subject=" Out of Office: back on Monday"), False),
    (mail(owner_id=BOT), False),
    (mail(incoming=True, owner_id=BOT), True),  # a customer wrote it, whoever recorded it
    (event(), True),
    (event(subject="Canceled: Demo"), False),
    (event(owner_id=BOT), False),
]


def test_what_is_communication_between_people() -> None:
    policy = TouchPolicy(ignored_users=frozenset({BOT + "AAA"}))
    mask = is_touch(activities(*(row for row, _ in PEOPLE)), policy)
    assert [(row, bool(touch)) for (row, _), touch in zip(PEOPLE, mask, strict=True)] == PEOPLE


def test_what_counts_is_a_setting() -> None:
    rows = activities(task("Call"), task("Task", type="Demo"), task("Email", subject="Accepted: Demo"))
    policy = TouchPolicy(
        counted_subtypes=frozenset({"Email"}), counted_types=frozenset({"Demo"}), automated_subjects=()
    )
    assert is_touch(rows, policy).tolist() == [False, True, True]


def test_the_mask_needs_no_optional_column_and_keeps_the_index() -> None:
    rows = activities(task("Call"), task("Cadence")).drop(columns=["closed", "all_day", "activity_id"])
    mask = is_touch(rows.set_axis([7, 3]), TouchPolicy())
    assert mask.to_dict() == {7: True, 3: False}


KINDS: list[tuple[Row, str, str]] = [
    (mail(incoming=True), "email", "inbound"),
    (mail(incoming=False), "email", "outbound"),
    (mail(incoming=None), "email", "unknown"),
    (task("Call", call_type="Inbound"), "call", "inbound"),
    (task("Call", call_type="Outbound"), "call", "outbound"),
    (task("Call"), "call", "unknown"),
    (task("LinkedIn"), "linkedin", "unknown"),
    (task("Email"), "email", "unknown"),
    (task("Task", type="Call"), "call", "unknown"),
    (task("Task", type="Meeting"), "meeting", "both"),
    (event(), "meeting", "both"),
]


def test_kind_and_direction() -> None:
    touches = attributed(*(row for row, _, _ in KINDS)).touches
    found = zip(KINDS, touches["kind"], touches["direction"], strict=True)
    assert [(row, kind, way) for (row, _, _), kind, way in found] == KINDS


def test_on_the_deal_then_on_its_people_then_on_its_account() -> None:
    assert placed(task()) == [("acme", "opportunity", True)]
    assert placed(task(what_id=None, who_id="paul")) == [("acme", "contact role", True)]
    # Whatever it is filed on: the person has a role on two open deals.
    assert placed(task(what_id=None, who_id="jane")) == [
        ("acme", "contact role", True),
        ("globex", "contact role", True),
    ]
    assert placed(task(what_id="acme", who_id="jane", account_id="Acme")) == [
        ("acme", "opportunity", True),
        ("globex", "contact role", True),
    ]
    assert placed(task(what_id=None, who_id="stranger", account_id="Acme")) == [("acme", "account", True)]
    assert placed(task(what_id="Acme")) == [("acme", "account", True)]
    assert placed(task(what_id="closed long ago", account_id="Acme")) == [("acme", "account", True)]
    assert placed(task(what_id=None)) == []
    assert placed(task(what_id=None, who_id="stranger", account_id="Elsewhere")) == []


def test_an_account_with_two_open_deals_holds_back_and_does_not_count() -> None:
    assert placed(task(what_id=None, account_id="Globex")) == [
        ("globex", "account", False),
        ("globex2", "account", False),
    ]


def test_what_is_filed_on_one_open_deal_says_nothing_of_its_neighbour() -> None:
    assert placed(task(what_id="globex", account_id="Globex")) == [("globex", "opportunity", True)]


def test_a_touch_names_its_person() -> None:
    assert attributed(task(who="P. Reed")).touches["who"].tolist() == ["P. Reed"]
    assert attributed(task(what_id=None, who_id="paul")).touches["who"].tolist() == ["Paul R."]


def test_a_mail_and_its_task_are_one_touch() -> None:
    touches = attributed(
        mail(id="mail", activity_id="task", incoming=True, what_id=None, at="2026-11-09", who="x@acme.example"),
        task("Email", id="task", at="2026-11-10", who_id="paul", what_id=None, who="Paul R."),
        task("Email", id="other", at="2026-11-11"),
    ).touches
    assert touches[["record_id", "opportunity_id", "level", "direction", "who"]].fillna("").to_dict("split")[
        "data"
    ] == [
        ["mail", "acme", "contact role", "inbound", "Paul R."],
        ["other", "acme", "opportunity", "unknown", ""],
    ]


def test_a_mail_whose_task_went_to_many_is_no_touch() -> None:
    both = (mail(activity_id="task"), task("List Email", id="task"))
    assert attributed(*both).touches.empty


def test_a_draft_does_not_stand_for_a_task() -> None:
    touches = attributed(mail(activity_id="task", closed=False), task("Email", id="task")).touches
    assert touches["record_id"].tolist() == ["task"]


HAPPENED: list[tuple[Row, str]] = [
    (task(at="2026-11-23 07:28"), "happened"),
    (task(at="2026-11-23 07:29"), "not yet"),
    (task(at="2026-11-23 00:20", due="2026-09-01"), "happened"),  # closed today, due long ago
    (task(at="2026-10-20", due="2027-01-31"), "happened"),  # closed early
    (task(at=None, due="2026-11-23"), "happened"),
    (task(at=None, due="2026-11-24"), "not yet"),
    (task(at=None), "happened"),  # completed, nobody knows when: the review says that it was left out
    (event("2026-11-23 06:00", "2026-11-23 07:00"), "happened"),
    (event("2026-11-23 07:00", "2026-11-23 08:00"), "booked"),  # they are sitting together
    (event("2026-12-12 10:00", "2026-12-12 11:00"), "booked"),
    (event("2026-12-12 10:00", None), "booked"),
    (event("2026-11-20 10:00", None), "happened"),
    (event(None, None, due="2026-11-22"), "happened"),
    (event(None, None, due="2026-11-23"), "booked"),
    (event("2026-12-12 10:00", "2026-12-12 11:00", subject="Canceled: Demo"), "not yet"),
    # All day on Sun 22 Nov; the moments are midnights in UTC, which is Sat 21 Nov at 16:00 in the office.
    (event("2026-11-21 16:00", "2026-11-21 16:00", due="2026-11-22", all_day=True), "happened"),
    (event("2026-11-22 16:00", "2026-11-22 16:00", due="2026-11-23", all_day=True), "booked"),
    (event("2026-11-20 16:00", "2026-11-23 16:00", due="2026-11-21", all_day=True), "booked"),  # to the 24th
]


def test_what_has_happened_and_what_is_booked() -> None:
    result = attributed(*({"id": f"e{i}", "subject": f"e{i}"} | row for i, (row, _) in enumerate(HAPPENED)))
    happened, booked = set(result.touches["record_id"]), set(result.booked["subject"])
    found = [
        "happened" if f"e{i}" in happened else "booked" if f"e{i}" in booked else "not yet"
        for i in range(len(HAPPENED))
    ]
    assert [(row, what) for (row, _), what in zip(HAPPENED, found, strict=True)] == HAPPENED


def test_an_all_day_event_is_on_its_own_day() -> None:
    past = attributed(event("2026-11-21 16:00", "2026-11-21 16:00", due="2026-11-22", all_day=True)).touches
    assert past["at"].isna().all()
    assert past["due"].tolist() == [pd.Timestamp("2026-11-22")]
    ahead = attributed(event("2026-12-11 16:00", "2026-12-11 16:00", due="2026-12-12", all_day=True)).booked
    assert ahead["starts"].tolist() == [pd.Timestamp(moment("2026-12-12 00:00"))]


def test_no_activities_at_all() -> None:
    result = attributed()
    assert result.touches.empty
    assert result.booked.empty
    assert str(result.touches["at"].dtype) == "datetime64[us, UTC]"
