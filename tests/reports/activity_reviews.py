"""Activity reviews for the report's tests: every row states only what matters, the rest is an ordinary one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from tasks.reports.activity_context import ActivityContext
from tasks.rules.activity_findings import NOT_OUR_WAY, TOO_MUCH, ActivityReview, Month, Rule, Totals, Window
from tasks.rules.talks import NoTalk, Talk

from .review_builder import BASE

UNTIL = datetime(2026, 11, 23, 15, 28, tzinfo=UTC)  # Monday, 07:28 in Los Angeles
ANA, LI, PAT, TOM = (f"005Hs0000000000{number}AA" for number in range(1, 5))
MARISOL = "005Hs00000000009AA"
NAMES = {ANA: "Ana Snyder", LI: "Li Wei", PAT: "Pat Moss", TOM: "Tom Okafor"}
DOE, ROE, KAY, MAX = (f"003Hs0000000000{number}AA" for number in range(1, 5))
LEAD = "00QHs00000000005AA"
ACME, GLOBEX, HOOLI = (f"001Hs0000000000{number}AA" for number in range(1, 4))
PEOPLE = {DOE: "J. Doe", ROE: "R. Roe", KAY: "K. Kay", MAX: "M. Muster", LEAD: "L. Lead"}
ACCOUNTS = {ACME: "Acme", GLOBEX: "Globex", HOOLI: "Hooli"}
STREAK = "4 in a row without an answer, in 4 days, the last on 12 Nov"
CALL, LINKEDIN = "00THs00000000021AA", "00THs00000000022AA"
BOOK_URL = "https://prefect.example.com/deployments/deployment/7a8b/run?parameters="
_DAY, _MOMENT = "datetime64[us]", "datetime64[us, UTC]"
_TEXT = ("person_id", "person", "account_id", "account")
_TOUCH = [
    "id", "kind", "direction", "automated", "support", "at", "day", "rep_id", "owner_id", *_TEXT, "subject", "rep",
    "counts", "answered",
]  # fmt: skip


def touch_id(number: int) -> str:
    return f"02sHs{number:011d}AA"


def make_touch(number: int, at: datetime | None, **said: Any) -> dict[str, Any]:
    """One touch, usually a mail of Ana's to J. Doe that nobody answered; `day` is that in Los Angeles."""
    local = (at or UNTIL) - timedelta(hours=8)
    usual: dict[str, Any] = {
        "id": touch_id(number), "kind": "email", "direction": "outbound", "automated": False, "support": False,
        "at": at, "day": local.date(), "rep_id": ANA, "owner_id": ANA, "person_id": DOE, "account_id": ACME,
        "subject": "Checking in", "counts": True, "answered": False,
    }  # fmt: skip
    row = {**usual, **said}
    return {"rep": NAMES.get(row["rep_id"]), **_names(row), **row}


def make_finding(rule: Rule, words: str, touches: Sequence[int] = (1,), **said: Any) -> dict[str, Any]:
    """One finding, usually of Ana and J. Doe."""
    usual: dict[str, Any] = {
        "rule": str(rule), "level": "amber", "rep_ids": (ANA,), "person_id": DOE, "account_id": ACME, "value": 4.0,
        "words": words, "touch_ids": tuple(map(touch_id, touches)), "first_day": date(2026, 11, 2),
        "last_day": date(2026, 11, 12), "handbook": "L138, decisions",
    }  # fmt: skip
    row = {**usual, **said}
    return {**_names(row), **row}


def make_person(person_id: str, streak: int, **said: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "person_id": person_id, "account_id": ACME, "touches": streak, "automated": 0, "inbound": 0, "meetings": 0,
        "streak": streak, "open_streak": streak, "smallest_gap": 1.0, "busiest_week": streak, "busiest_day": 1,
        "reps": 1, "first_day": date(2026, 11, 2), "last_day": date(2026, 11, 12), "level": "amber",
    }  # fmt: skip
    row = {**usual, **said}
    return {**_names(row), **row}


def make_rep(rep_id: str, **said: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "rep_id": rep_id, "rep": NAMES.get(rep_id, ""), "zone": "America/Los_Angeles", "manager_id": MARISOL,
        "touches": 60, "people": 20, "answered": 12, "inbound": 30, "automated": 0, "median_gap": 4.0, "streak": 3,
        "follow_ups_next_day": 0, "threads": 9, "over": 0, "red": 0, "judged": True, "unjudged_because": "",
        "talk": False, "talk_because": "",
    }  # fmt: skip
    return {**usual, **said}


def make_review(
    reps: Sequence[dict[str, Any]] = (),
    findings: Sequence[dict[str, Any]] = (),
    people: Sequence[dict[str, Any]] = (),
    touches: Sequence[dict[str, Any]] = (),
    **said: Any,
) -> ActivityReview:
    """A review of these rows; its totals are counted from them."""
    found, mine = _frame(findings, make_finding(Rule.STREAK, "")), _frame(reps, make_rep(ANA))
    over = found[found["rule"].isin([*map(str, TOO_MUCH), *map(str, NOT_OUR_WAY)])]
    usual: dict[str, Any] = {
        "window": Window(UNTIL, 30, "America/Los_Angeles"),
        "touches": _frame(touches, make_touch(1, UNTIL)),
        "people": _frame(people, make_person(DOE, 1)),
        "findings": found,
        "reps": mine,
        "totals": Totals(
            reps=len(mine), touches=int(mine["touches"].sum()), automated=int(mine["automated"].sum()),
            people=int(mine["people"].sum()), answered=int(mine["answered"].sum()), over=over["person_id"].nunique(),
            waiting=int(found["rule"].eq(str(Rule.WAITING)).sum()),
            forgotten=int(found["rule"].eq(str(Rule.FORGOTTEN)).sum()), talks=int(mine["talk"].sum()),
        ),
        "busy": pd.DataFrame(columns=["user_id", "starts", "ends"]),
        "managers": pd.DataFrame(
            {"id": [MARISOL], "name": ["Marisol Vega"], "zone": ["America/New_York"], "active": [True]}
        ),
        "read": {"contacts": (96, 96), "leads": (42, 42), "tasks": (204, 204), "events": (88, 88), "mail": (880, 880)},
    }  # fmt: skip
    return ActivityReview(**{**usual, **said})


def make_talk(rep_id: str, starts: datetime, **said: Any) -> Talk:
    """A drafted talk of a rep with Marisol Vega."""
    usual: dict[str, Any] = {
        "id": f"talk-2026-11-23-{rep_id[-4:].lower()}", "report_key": "rep-activity:2026-11-23", "channel": "D024BE7LH",
        "rep_id": rep_id, "rep": NAMES.get(rep_id, ""), "manager_id": MARISOL, "manager": "Marisol Vega",
        "starts": starts, "minutes": 30, "time_zone": "America/Los_Angeles",
        "subject": "Coaching: following up with people",
        "agenda": ('J. Doe (Acme): 6 in a row without an answer, in 11 days: "Checking in" on 12 Nov',),
        "because": "1 person with 4 or more unanswered in a row", "drafted_at": UNTIL,
    }  # fmt: skip
    return Talk(**{**usual, **said})


def make_month(day: date = date(2026, 10, 23), **said: Any) -> Month:
    """The review before: 58% answered, five people over-contacted, J. Doe and R. Roe among them."""
    totals = Totals(7, 380, 40, 100, 58, over=5, waiting=2, forgotten=1, talks=1)
    return Month(**{"day": day, "window_days": 30, "totals": totals, "over": frozenset({DOE, ROE}), **said})


def make_context(**said: Any) -> ActivityContext:
    """A run at 07:28 in Los Angeles, with the default rule values."""
    usual: dict[str, Any] = {
        "as_of": UNTIL,
        "salesforce_url": BASE,
        "list_url": f"{BASE}/lightning/o/Task/home",
        "run_url": "https://prefect.example.com/runs/flow-run/1f2e3d",
        "book_url": lambda ids: BOOK_URL + ",".join(ids),
    }
    return ActivityContext(**{**usual, **said})


def _names(row: dict[str, Any]) -> dict[str, Any]:
    return {"person": PEOPLE.get(row["person_id"]), "account": ACCOUNTS.get(row["account_id"])}


def _frame(rows: Sequence[dict[str, Any]], like: dict[str, Any]) -> pd.DataFrame:
    """The rows with the types of the contract; without any, the columns of `like`."""
    frame = pd.DataFrame(list(rows), columns=list(like))
    for name in frame.columns:
        if name in {"first_day", "last_day", "day"}:
            frame[name] = pd.to_datetime(frame[name]).astype(_DAY)
        elif name == "at":
            frame[name] = pd.to_datetime(frame[name], utc=True).astype(_MOMENT)
        elif name in {*_TEXT, "rep_id", "rep", "subject", "words", "rule"}:
            frame[name] = frame[name].astype("str")
        elif isinstance(like[name], bool):
            frame[name] = frame[name].astype("bool")
        elif isinstance(like[name], int | float):
            frame[name] = frame[name].astype("float64" if isinstance(like[name], float) else "int64")
    return frame


def _at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 12, tzinfo=UTC)


def _touches() -> list[dict[str, Any]]:
    mails = [make_touch(n, _at(2 * n, 18), subject=f"Checking in ({n})") for n in range(1, 7)]
    of_roe = {"person_id": ROE, "account_id": GLOBEX, "rep_id": TOM, "owner_id": TOM}
    of_kay = {**of_roe, "person_id": KAY}
    roe = [make_touch(10 + n, _at(9 + n, 17), subject="Following up", **of_roe) for n in range(4)]
    by_machine = {"automated": True, "counts": False, "rep_id": None, "owner_id": None}
    inbound = {"direction": "inbound", "counts": False}
    return [
        *mails, *roe,
        make_touch(20, _at(30, 17, month=10), answered=True, subject="Terms", **of_kay),
        make_touch(21, _at(5, 3), kind="call", id=CALL, subject="Call", **of_kay),
        make_touch(22, None, kind="linkedin", id=LINKEDIN, subject="", person_id=KAY, day=date(2026, 11, 6)),
        make_touch(23, _at(18, 17), subject="Pricing for 400 hosts?", person_id=LEAD, rep_id=TOM, account_id=None,
                   account="Stark Industries", **inbound),
        make_touch(24, _at(19, 17), subject="Re: terms & conditions", **inbound, **of_roe),
        make_touch(25, _at(19, 12), subject="Our newsletter", person_id=MAX, account_id=HOOLI, **by_machine),
    ]  # fmt: skip


def _findings() -> list[dict[str, Any]]:
    roe = {"rep_ids": (TOM,), "person_id": ROE, "account_id": GLOBEX}
    kay = {"person_id": KAY, "account_id": GLOBEX}
    waits = {"rep_ids": (TOM,), "level": ""}
    return [
        make_finding(Rule.STREAK, "6 in a row without an answer, in 11 days, the last on 12 Nov", range(1, 7),
                     level="red", value=6.0),
        make_finding(Rule.STREAK, STREAK, range(10, 14), **roe),
        make_finding(Rule.GAP, "again after 2 days without an answer, 5 times", range(1, 7), value=5.0),
        make_finding(Rule.GAP, "again after 1 day without an answer, 3 times", range(10, 14), value=3.0, **roe),
        make_finding(Rule.TWO_REPS, "2 reps, 3 touches", rep_ids=(ANA, TOM), value=2.0,
                     touch_ids=(touch_id(20), CALL, LINKEDIN), **kay),
        make_finding(Rule.ACCOUNT, "10 without an answer, to 3 people", range(1, 7), person_id=None, value=10.0),
        make_finding(Rule.OPTED_OUT, "1 e-mail to someone who has opted out", (25,), rep_ids=(), person_id=MAX,
                     account_id=HOOLI),
        make_finding(Rule.HOURS, "call at 19:12 on Wed 4 Nov, their time", rep_ids=(TOM,), touch_ids=(CALL,), **kay),
        make_finding(Rule.WAITING, "no answer for 2 business days", (24,), first_day=date(2026, 11, 19),
                     **{**roe, **waits}),
        make_finding(Rule.WAITING, "no answer for 3 business days", (23,), person_id=LEAD, account_id=None,
                     account="Stark Industries", first_day=date(2026, 11, 18), **waits),
        make_finding(Rule.FORGOTTEN, "1 open opportunity, no touch since before 25 Oct", (), rep_ids=(LI,), level="",
                     person_id=None, account_id=HOOLI),
    ]  # fmt: skip


def full() -> ActivityReview:
    """Two talks, four people over-contacted, strategy, waiting, forgotten, machines, a rep who cannot be judged."""
    people = [
        make_person(DOE, 6, automated=2, level="red"),
        make_person(ROE, 4, account_id=GLOBEX),
        make_person(KAY, 2, account_id=GLOBEX, reps=2),
        make_person(MAX, 0, account_id=HOOLI, automated=3, level=""),
    ]
    reps = [
        make_rep(ANA, touches=132, people=45, answered=26, automated=12, streak=6, over=2, red=1,
                 follow_ups_next_day=9, threads=31, talk=True,
                 talk_because="1 person with 4 or more unanswered in a row"),
        make_rep(LI, touches=80, people=31, answered=20),
        make_rep(PAT, touches=0, people=0, answered=0, streak=0, median_gap=None, judged=False,
                 unjudged_because="no mail of theirs is logged in these 30 days"),
        make_rep(TOM, touches=200, people=62, answered=38, median_gap=1.0, streak=4, over=2, talk=True,
                 talk_because="1 person with 4 or more unanswered in a row; 1 person with 2 or more reps"),
    ]  # fmt: skip
    return make_review(reps, _findings(), people, _touches())


def full_talks() -> tuple[Talk, ...]:
    return (
        make_talk(ANA, datetime(2026, 12, 1, 18, 30, tzinfo=UTC)),
        make_talk(
            TOM,
            datetime(2026, 12, 2, 17, tzinfo=UTC),
            time_zone="America/New_York",
            agenda=('R. Roe (Globex): 4 in a row without an answer, in 4 days: "Following up" on 12 Nov',),
        ),
    )


def quiet() -> ActivityReview:
    """Nothing was found, everybody can be judged, everything was read."""
    return make_review([make_rep(ANA), make_rep(LI, touches=80)], touches=[make_touch(1, UNTIL, answered=True)])


def no_talk() -> NoTalk:
    return NoTalk(TOM, NAMES[TOM], "No half hour is free for both until 7 Dec: ask for one by hand")
