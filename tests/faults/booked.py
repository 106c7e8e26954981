"""What must hold after talks were ordered, read from both calendars, from Slack and from the ledger's tables."""

import json
from collections import Counter
from typing import Any

from tests.faults import memory
from tests.faults.booking import CHANNEL, MANAGER, REPORT, SUGGESTED, TALKS
from tests.faults.invariants import Seen, effects, payload
from tests.faults.small_company import DECIDER, US
from tests.faults.world import Moment

BOOKED, TAKEN = "booked", "the time is taken"
_OVER = ("The talk {} was already booked by", "The time of {} (", "Salesforce refused the talk {} ")


def ordered(url: str) -> dict[str, str]:
    """Who ordered which talk, as the ledger has it now."""
    return {row["talk_id"]: row["decided_by"] for row in memory.rows(url, "booking")}


def is_over(said: str) -> bool:
    """Whether a run was told that there is nothing left to do for any of the talks."""
    return all(any(over.format(talk.id) in said for over in _OVER) for talk in TALKS)


def violations(seen: Seen) -> list[str]:
    """Everything that is wrong, a sentence each."""
    results = {row["talk_id"]: row for row in seen.rows("talk_result")}
    wrong = [*effects(seen), *_ordered(seen), *_over_others(seen), *_elsewhere(seen)]
    for talk in TALKS:
        outcome = results.get(talk.id, {}).get("outcome", "without a result")
        if outcome not in {BOOKED, TAKEN, "refused"}:
            wrong.append(f"{talk.id} is left {outcome}")
        wrong += _calendars(seen, talk, outcome, results.get(talk.id, {}).get("event_id", ""))
        wrong += _drafted_again(seen, talk, outcome)
    strangers = len([one for one in seen.world.events() if one["CreatedById"] == US]) - 2 * len(_done(results))
    if strangers:
        wrong.append(f"there are {strangers} events more than those of the talks")
    return [*wrong, *_replies(seen, results), *_first_line(seen, results)]


def _done(results: dict[str, dict[str, Any]]) -> list[str]:
    return [talk for talk, row in results.items() if row["outcome"] == BOOKED]


def _calendars(seen: Seen, talk: Any, outcome: str, event: str) -> list[str]:
    """One event of ours and one invited copy where the talk is booked, else none; the ledger has it done likewise."""
    at = f"{talk.starts:%Y-%m-%dT%H:%M}"
    ours = [one for one in seen.world.events() if one["CreatedById"] == US and str(one["StartDateTime"])[:16] == at]
    own = [one["Id"] for one in ours if (one["OwnerId"], one["IsChild"]) == (talk.rep_id, 0)]
    copies = [one["Id"] for one in ours if (one["OwnerId"], one["IsChild"]) == (MANAGER, 1)]
    expected = 1 if outcome == BOOKED else 0
    wrong = []
    if (len(own), len(copies)) != (expected, expected):
        wrong.append(f"{talk.id} is {outcome} and has {len(own)} events and {len(copies)} invited copies")
    done = [
        row["remote_id"] for row in seen.rows("effect") if f":{talk.id}:book:" in row["key"] and row["state"] == "done"
    ]
    if done != own or (event and [event] != own):
        wrong.append(f"{talk.id}: the ledger has {done} done, its result is {event or 'no event'}, and there is {own}")
    return wrong


def _ordered(seen: Seen) -> list[str]:
    """Both talks are taken down for the person who decided; no event was made before."""
    found = {row["talk_id"]: row["decided_by"] for row in seen.rows("booking")}
    wrong = [] if found == {talk.id: DECIDER for talk in TALKS} else [f"ordered are {found}"]
    early = [one for one in _made(seen) if one.ordered.get(_talk_of(one)) != DECIDER]
    return [*wrong, *(f"{_talk_of(one)} was booked before it was taken down" for one in early)]


def _over_others(seen: Seen) -> list[str]:
    """No talk was booked at a time that somebody had filled before our last look at it."""
    wrong = []
    for number, one in enumerate(seen.world.store.calendar):
        if one.looked or one.user != US or one.values["OwnerId"] == MANAGER:
            continue
        rep, starts, before = one.values["OwnerId"], one.values["StartDateTime"], seen.world.store.calendar[:number]
        looks = [n for n, past in enumerate(before) if past.door == one.door and rep in past.looked]
        known = before[: looks[-1] if looks else 0]
        taken = [past for past in known if past.values.get("StartDateTime") == starts and past.user != US]
        if any(past.values["OwnerId"] in {rep, MANAGER} for past in taken):
            wrong.append(f"{_talk_of(one)} was booked over what somebody else had there")
        if not looks:
            wrong.append(f"{_talk_of(one)} was booked without a look")
    return wrong


def _drafted_again(seen: Seen, talk: Any, outcome: str) -> list[str]:
    """One next time, later and free, where the time was taken; else none."""
    again = [row for row in seen.rows("talk") if row["instead_of"] == talk.id]
    if len(again) != (1 if outcome == TAKEN else 0):
        return [f"{talk.id} is {outcome} and was drafted again {len(again)} times"]
    late = [row["id"] for row in again if str(row["starts"])[:16].replace("T", " ") <= f"{talk.starts:%Y-%m-%d %H:%M}"]
    return [f"{one} is not after the time that was taken" for one in late]


def _replies(seen: Seen, results: dict[str, dict[str, Any]]) -> list[str]:
    """One reply for the talks of one order, below the report, with what became of each."""
    [parent] = [one for one in seen.messages if payload(one).get("key") == REPORT]
    replies = [one for one in seen.messages if one is not parent]
    by_run: dict[str, list[Any]] = {}
    for row in seen.rows("booking"):
        talk = next((one for one in TALKS if one.id == row["talk_id"]), None)
        by_run.setdefault(f"{REPORT}:talks:{row['run_id']}", []).extend([talk] if talk else [])
    found = Counter(payload(one).get("key", "") for one in replies)
    if found != Counter(by_run.keys()):
        return [f"replies are {dict(found)} instead of {sorted(by_run)}"]
    wrong = ["a reply is not below the report" for one in replies if one.get("thread_ts") != parent["ts"]]
    for one in replies:
        text = json.dumps(one["blocks"])
        if "not yet known" in text:
            wrong.append("a reply still says that something is not known yet")
        for talk in by_run[payload(one)["key"]]:
            outcome, event = (results.get(talk.id, {}).get(name, "") for name in ("outcome", "event_id"))
            told = {TAKEN: TAKEN, BOOKED: event if len(by_run[payload(one)["key"]]) > 1 else f"Booked by {DECIDER}"}
            if talk.rep not in text or told.get(outcome, outcome) not in text:
                wrong.append(f"the reply does not tell that {talk.id} is {outcome}: {one['text']}")
            if outcome == TAKEN and "next free" not in text:
                wrong.append(f"the reply offers no other time for {talk.id}")
    return wrong


def _first_line(seen: Seen, results: dict[str, dict[str, Any]]) -> list[str]:
    [parent] = [one for one in seen.messages if payload(one).get("key") == REPORT]
    count = len(_done(results))
    words = f"booked by {DECIDER}" if count else "none of 2 talks booked yet"
    share = {0: words, 1: f"1 of 2 talks {words}", 2: f"2 talks {words}"}.get(count, "")
    title = json.dumps(parent["blocks"])
    return (
        []
        if share in parent["text"] and share in title and SUGGESTED not in title
        else [f"first line: {parent['text']}"]
    )


def _elsewhere(seen: Seen) -> list[str]:
    others = {name: c.messages for name, c in seen.world.slack.conversations.items() if name != CHANNEL}
    return [f"{len(messages)} messages stand in {name}" for name, messages in others.items() if messages]


def _made(seen: Seen) -> list[Moment]:
    """The moments at which a run put a talk into the calendar of a rep."""
    new = [one for one in seen.world.store.calendar if not one.looked and one.user == US]
    return [one for one in new if one.values["OwnerId"] != MANAGER]


def _talk_of(made: Moment) -> str:
    return next((talk.id for talk in TALKS if talk.rep_id == made.values["OwnerId"]), "a talk of nobody")
