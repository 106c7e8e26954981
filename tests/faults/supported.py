"""What must hold after customers wrote while support was closed, read from Zendesk, Slack and the ledger's tables."""

from collections import Counter
from typing import Any

from deployments.sandbox.company.slack_talk import BOT
from tests.faults.invariants import Seen
from tests.faults.supporting import ACME, GLOBEX, ts


def violations(seen: Seen) -> list[str]:
    """Everything that is wrong after a run completed, a sentence each."""
    return [*_ledger(seen), *_tickets(seen), *_replies(seen), *_marks(seen)]


def _tickets(seen: Seen) -> list[str]:
    """Each message stands once in one ticket: the one of its thread."""
    expected = {
        f"slack:T0OURCO:{ACME}:{ts(0)}": ["Agents are offline", "Also in Lyon", "We are looking"],
        f"slack:T0OURCO:{GLOBEX}:{ts(22)}": ["How many licences + I mean the new ones"],
    }
    found = [(one.external_id, [_told(comment.body) for comment in one.comments]) for one in _all(seen)]
    if sorted(found, key=str) == sorted(expected.items(), key=str):
        public = [comment.is_public for one in _all(seen) for comment in one.comments]
        return [] if Counter(public) == {True: 3, False: 1} else [f"{public.count(False)} comments are internal"]
    return [f"the tickets are {found}"]


def _replies(seen: Seen) -> list[str]:
    """One below the first message of each ticket."""
    wrong = []
    for channel, root in ((ACME, ts(0)), (GLOBEX, ts(22))):
        messages = seen.world.slack.conversations[channel].messages.values()
        below = [one.get("thread_ts") for one in messages if one.get("user") == BOT]
        if below != [root]:
            wrong.append(f"replies in {channel} stand below {below} instead of {root}")
    return wrong


def _ledger(seen: Seen) -> list[str]:
    """Nothing is left half done, and what is done exists where the ledger says."""
    comments = {str(comment.id) for one in _all(seen) for comment in one.comments}
    numbers = {str(one.id) for one in _all(seen)}
    said = {at for channel in (ACME, GLOBEX) for at in seen.world.slack.conversations[channel].messages}
    wrong = []
    for row in seen.rows("effect"):
        key, state, remote = row["key"], row["state"], str(row["remote_id"])
        places = said if key.startswith("slack:") else comments if ":message:" in key else numbers
        if state in {"sending", "planned"}:
            wrong.append(f"{key} is left {state}")
        elif state == "done" and remote.partition("@")[0] not in places:
            wrong.append(f"{key} is done as {remote}, which does not exist")
    return wrong


def _marks(seen: Seen) -> list[str]:
    """Both channels are read beyond all that was said."""
    marks = {row["channel"]: row["ts"] for row in seen.rows("watermark") if row["ritual"] == "after-hours"}
    late = [channel for channel in (ACME, GLOBEX) if marks.get(channel, "") <= ts(24)]
    return [f"{channel} is read up to {marks.get(channel)}" for channel in late]


def _all(seen: Seen) -> list[Any]:
    """The tickets that came from Slack."""
    return [one for one in seen.world.zendesk.tickets.values() if one.external_id]


def _told(body: str) -> str:
    """The customers' words in a comment."""
    return " + ".join(line.removeprefix("> ") for line in body.split("\n") if line.startswith("> "))
