"""A month of a hundred reps as the rules take it, drawn with numpy: a million touches of 120,000 people."""

import numpy as np
import pandas as pd

from tasks.rules.activity import judged
from tasks.rules.activity_findings import ActivityBook, ActivityReview, Touches, Window
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.business_days import OfficeDays
from tasks.rules.policy import OFFICE_ZONE
from tests.benchmarks.measure import report
from tests.company import REVIEW_AT
from tests.rules.activity_books import ACCOUNT, ACTIVITY, DEAL, MANAGER, PERSON, REP
from tests.rules.builders import frame

TOUCHES, PEOPLE, ACCOUNTS, DEALS, REPS = 1_000_000, 120_000, 30_000, 5_000, 100
WINDOW = Window(REVIEW_AT, 30, OFFICE_ZONE)
_KINDS = ("email", "email", "email", "call", "linkedin", "meeting")
_PLACES = ("US", "DE", "GB", "")


def month(seed: int = 1) -> tuple[Touches, ActivityBook]:
    """The touches, and the people, accounts, deals and reps they are of. A fifth of all mail is theirs."""
    rng = np.random.default_rng(seed)
    who, kind = rng.integers(0, PEOPLE, TOUCHES), np.array(_KINDS)[rng.integers(0, len(_KINDS), TOUCHES)]
    mail = np.where(rng.random(TOUCHES) < 0.2, "inbound", "outbound")
    way = np.select([kind == "meeting", kind == "email"], ["both", mail], "unknown")
    at = pd.Timestamp(REVIEW_AT).floor("D") - pd.to_timedelta(rng.integers(60, 29 * 86_400, TOUCHES), "s")
    at = at.as_unit("us")
    rep = _ids("005", who % REPS)
    rows = pd.DataFrame(
        {
            "id": _ids("00T", np.arange(TOUCHES)), "kind": kind, "direction": way,
            "automated": (rng.random(TOUCHES) < 0.1) & (kind != "meeting"), "support": rng.random(TOUCHES) < 0.02,
            "at": at, "day": at.tz_convert(OFFICE_ZONE).tz_localize(None).normalize(),
            "rep_id": rep, "owner_id": rep, "person_id": _ids("003", who),
            "account_id": _ids("001", who % ACCOUNTS), "subject": "Your order of new laptops", "also": None,
        }
    )  # fmt: skip
    text = dict.fromkeys(rows.select_dtypes(["object", "str"]), "str")
    touches = rows.astype(text).sort_values(["day", "at", "id"], ignore_index=True)
    return Touches(touches, _booked(), _busy()), _book()


def _book() -> ActivityBook:
    people, accounts, deals, reps = (np.arange(n) for n in (PEOPLE, ACCOUNTS, DEALS, REPS))
    account = _ids("001", people % ACCOUNTS)
    return ActivityBook(
        activities=frame([], ACTIVITY),
        people=_typed(PERSON, id=_ids("003", people), kind="contact", name="J. Doe", account_id=account, account="Acme",
                      opted_out=people % 50 == 0, do_not_call=people % 70 == 0, country=np.resize(_PLACES, PEOPLE)),
        accounts=_typed(ACCOUNT, id=_ids("001", accounts), name="Acme", owner_id=_ids("005", accounts % REPS),
                        type=np.resize(["Customer", "Prospect", "Prospect"], ACCOUNTS)),
        deals=_typed(DEAL, id=_ids("006", deals), account_id=_ids("001", deals), account="Acme", amount=50_000.0,
                     owner_id=_ids("005", deals % REPS), is_closed=deals % 5 == 0, is_won=False,
                     created=pd.Timestamp("2026-03-02", tz="UTC"), closed_on=pd.Timestamp("2026-11-02")),
        reps=_typed(REP, id=_ids("005", reps), name=_ids("Rep ", reps), role=np.resize(["AE", "SDR"], REPS)),
        managers=frame([], MANAGER),
    )  # fmt: skip


def _typed(columns: dict[str, str], **values: object) -> pd.DataFrame:
    return pd.DataFrame(values).reindex(columns=list(columns)).astype(columns)


def _booked() -> pd.DataFrame:
    return frame([], {"person_id": "str", "account_id": "str", "starts": "datetime64[us, UTC]"})


def _busy() -> pd.DataFrame:
    return frame([], {"user_id": "str", "starts": "datetime64[us, UTC]", "ends": "datetime64[us, UTC]"})


def _ids(prefix: str, numbers: np.ndarray) -> np.ndarray:
    return np.array([f"{prefix}Hs{number:010d}AAA" for number in numbers])


def judge(touches: Touches, book: ActivityBook) -> ActivityReview:
    """The review of these touches."""
    return judged(
        touches, book, ActivityPolicy(), window=WINDOW, office=OfficeDays(frozenset()), sdr_roles=frozenset({"SDR"})
    )


def once() -> dict[str, float]:
    """Draw a month and judge it, for `measure.alone`."""
    touches, book = month()
    frame_mb = float(touches.touches.memory_usage(deep=True).sum()) / 2**20
    return {"findings": len(judge(touches, book).findings), "frame_mb": frame_mb}


if __name__ == "__main__":
    report(once)
