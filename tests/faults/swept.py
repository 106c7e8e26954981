"""What must hold after the sweeps of some days, read from Slack and from the ledger's tables."""

from collections import Counter
from collections.abc import Iterable

from tests.faults.invariants import Seen, payload
from tests.faults.sweeping import AUDIT, CHANGES, EXPORT, KEYS, LICENCES, MOVE, OUTAGE, THANKS, TUESDAY, WAITING
from tests.swept import ANSWERED, BEFORE, NEWS, NO_REPLY, UNTOLD, Standing, standing

_CONVERSATIONS = (MOVE, AUDIT, OUTAGE, LICENCES, THANKS, CHANGES, EXPORT)
_FRIDAY = (NEWS, NEWS, UNTOLD, UNTOLD, UNTOLD, UNTOLD, UNTOLD)
_MONDAY = (BEFORE, NEWS, NEWS, NEWS, NO_REPLY, UNTOLD, UNTOLD)
_MONDAY_AGAIN = (BEFORE, NEWS, NEWS, NEWS, NO_REPLY, NEWS, UNTOLD)
_TUESDAY = {
    "": (BEFORE, NEWS, NEWS, ANSWERED, NO_REPLY, NEWS, NEWS),  # Monday has no report
    "once": (BEFORE, BEFORE, BEFORE, ANSWERED, UNTOLD, NEWS, NEWS),
    "again": (BEFORE, BEFORE, BEFORE, ANSWERED, UNTOLD, BEFORE, NEWS),
}


def violations(seen: Seen) -> list[str]:
    """Everything that is wrong after the sweep of Tuesday completed, a sentence each."""
    reports = standing(seen.messages)
    by_key = {report.key: report for report in reports}
    keys = Counter(report.key for report in reports)
    wrong = [f"{key} stands {count} times" for key, count in keys.items() if count > 1 or key not in KEYS.values()]
    friday, monday, tuesday = (by_key.get(key) for key in KEYS.values())
    if friday is None or tuesday is None:
        return [*wrong, f"the reports are {sorted(keys)}"]
    wrong += _differs("Friday", friday, _FRIDAY)
    again = monday is not None and monday.tells(CHANGES) != UNTOLD
    if monday:
        wrong += _differs("Monday", monday, _MONDAY_AGAIN if again else _MONDAY, may_lack=_unfinished(seen, monday))
    expected = _TUESDAY["again" if again else "once" if monday else ""]
    return [*wrong, *_differs("Tuesday", tuesday, expected, told_early=_early(seen)), *_parts(seen), *_ledger(seen)]


def _differs(
    day: str, report: Standing, expected: Iterable[str], may_lack: str = "", told_early: str = ""
) -> list[str]:
    """Where the report tells something else than it should. `may_lack` may be missing; `told_early` may be told as
    waiting from before."""
    wrong = []
    for words, wanted in zip(_CONVERSATIONS, expected, strict=True):
        told = report.tells(words)
        if told == wanted or (words == may_lack and not told) or (words == told_early and told == BEFORE):
            continue
        wrong.append(f"{day} tells “{words}” as {told or 'nothing'} instead of {wanted or 'nothing'}")
    return wrong


def _unfinished(seen: Seen, monday: Standing) -> str:
    """What only the thread tells, where a run died before its thread stood and nobody ran it again."""
    return THANKS if seen.schedule.then and not monday.thread else ""


def _early(seen: Seen) -> str:
    """What came before a second run of Monday that kept how far it had read, and died before its report said so: only
    its thread is remembered as waiting."""
    return CHANGES if seen.schedule.act == "resweep" and seen.schedule.then else ""


def _parts(seen: Seen) -> list[str]:
    """Each part of a thread stands once, and every message of ours has its key."""
    parts = Counter(payload(message).get("part") for message in seen.messages)
    wrong = [f"{part} stands {count} times" for part, count in parts.items() if part and count > 1]
    unknown = [message["text"][:60] for message in seen.messages if not payload(message)]
    return [*wrong, *(f"a message without a key: {text}" for text in unknown)]


def _ledger(seen: Seen) -> list[str]:
    """Nothing of Tuesday is left half done; its marks are its end; what waits is known, and what was drafted."""
    key, last = KEYS["12-01"], seen.rows("watermark")
    left = [row["key"] for row in seen.rows("effect") if key in row["key"] and row["state"] != "done"]
    marks = {row["channel"]: row["ts"] for row in last if row["ritual"] == key}
    early = [channel for channel, ts in marks.items() if float(ts) < TUESDAY.timestamp()]
    waits = sorted((row["channel"], row["root"]) for row in seen.rows("open_conversation"))
    wrong = [f"{name} is left half done" for name in left]
    wrong += [f"{channel} is read up to {marks[channel]}" for channel in early]
    if len(marks) != 2:
        wrong.append(f"the marks of Tuesday are {marks}")
    if waits != sorted(WAITING):
        wrong.append(f"{waits} wait instead of {sorted(WAITING)}")
    return wrong if seen.rows("request_draft") else [*wrong, "nothing is drafted"]
