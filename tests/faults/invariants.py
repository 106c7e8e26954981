"""What must hold after every experiment, read from the org, from Slack and from the ledger's tables."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.faults import booking, memory
from tests.faults.schedules import Schedule
from tests.faults.small_company import DEALS, STALE, US
from tests.faults.world import World, Written

CHANNEL = "C0RITUALS"
_FINAL_BUT_NOT_DONE = {"skipped", "gone", "refused", "forbidden", "already closed"}


@dataclass
class Seen:
    """What there is to check. `images` are the records by the name of the state before; `already` how many changes
    had taken effect before the experiment."""

    world: World
    url: str
    proposal: str
    images: dict[str, dict[str, Any]]
    already: int
    schedule: Schedule
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def written(self) -> list[Written]:
        """Every change of the experiment that took effect, in order."""
        return self.world.store.written[self.already :]

    def ours(self, record: str, stage: str = "") -> list[Written]:
        """Our own writes to a record, those that set that stage alone where one is given."""
        mine = [write for write in self.written if write.record == record and write.user == US]
        return [write for write in mine if not stage or write.values.get("StageName") == stage]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The ledger's table."""
        return memory.rows(self.url, table)

    def results(self, action: str) -> dict[str, dict[str, Any]]:
        """The results of that action by record."""
        return {row["record_id"]: row for row in self.rows("result") if row["action"] == action}

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What stands in the report's channel, threads included."""
        channel = booking.CHANNEL if self.schedule.act == "book" else CHANNEL
        return list(self.world.slack.conversations[channel].messages.values())

    @property
    def sent(self) -> dict[str, str]:
        """What the decision writes to a record."""
        return {"StageName": "Closed Lost", "Loss_Reason__c": self.rows("decision")[0]["loss_reason"]}

    @property
    def edited(self) -> set[str]:
        """The records that somebody else changed meanwhile."""
        return {write.record for write in self.written if write.user != US}

    @property
    def closed(self) -> list[str]:
        """The records that the ledger says are closed."""
        return [record for record, row in self.results("close").items() if row["outcome"] == "closed"]


def violations(seen: Seen, act: str) -> list[str]:
    """Everything that is wrong after the act completed, a sentence each."""
    found = [*effects(seen), *_strangers(seen), *_report(seen)]
    if act == "review":
        return [*found, *_proposed(seen)]
    found += _closed(seen) if act == "decide" else _restored(seen)
    replies = {"decide": {"decision": 1}, "undo": {"decision": 1, "undo": 1}}[act]
    return [*found, *_replies(seen, replies)]


def effects(seen: Seen) -> list[str]:
    """Nothing is left half done, and what is done exists where the ledger says."""
    standing = {message["ts"] for message in seen.messages} | set(seen.world.slack.files)
    wrong = []
    for row in seen.rows("effect"):
        key, state, remote = row["key"], row["state"], row["remote_id"]
        if state in {"sending", "planned"}:
            wrong.append(f"{key} is left {state}")
        elif state == "done" and key.startswith("slack:") and remote not in standing:
            wrong.append(f"{key} is done as {remote}, which does not stand in Slack")
    return wrong


def _strangers(seen: Seen) -> list[str]:
    """Only what was approved is written, and never over somebody else's change."""
    allowed = set(STALE) if seen.schedule.act != "review" else set()
    ours = [write.record for write in seen.written if write.user == US]
    wrong = [f"{record} was written and not approved" for record in ours if record not in allowed]
    edited: set[str] = set()
    for write in seen.written:
        if write.user != US:
            edited.add(write.record)
        elif write.record in edited and write.values.get("StageName") == "Closed Lost":
            wrong.append(f"{write.record} was closed over somebody else's change")
    return wrong


def _closed(seen: Seen) -> list[str]:
    """Each approved record is closed once or reported with its reason; before-images are true; ledger and org agree."""
    results, before = seen.results("close"), seen.images["reviewed"]
    wrong = [f"{record} has no result" for record in STALE if record not in results]
    for record, row in results.items():
        writes, outcome = seen.ours(record), row["outcome"]
        if outcome == "closed":
            wrong += _once_closed(record, writes, seen.world.record(record), row, before[record], seen.sent)
        elif writes:
            wrong.append(f"{record} was written {len(writes)} times and is reported as {outcome or 'nothing'}")
        elif outcome not in _FINAL_BUT_NOT_DONE:
            wrong.append(f"{record} is left {outcome or 'without an outcome'}: {row['detail']}")
        elif record not in seen.edited:
            wrong.append(f"{record} is {outcome} though nobody touched it: {row['detail']}")
    return [*wrong, *_agree(seen, "close", {r for r, row in results.items() if row["outcome"] == "closed"})]


def _once_closed(
    record: str,
    writes: list[Written],
    now: dict[str, Any],
    row: dict[str, Any],
    before: dict[str, Any],
    sent: dict[str, str],
) -> list[str]:
    wrong = [] if len(writes) == 1 else [f"{record} was written {len(writes)} times"]
    if any(write.values != sent for write in writes):
        wrong.append(f"{record} was written with {[write.values for write in writes]}")
    if any(now[name] != value for name, value in sent.items()):
        wrong.append(f"{record} is reported closed and is {now['StageName']}")
    image = _json(row["before"])
    different = [name for name, value in image.items() if name in before and not _same(value, before[name])]
    if different or not {"StageName", "Loss_Reason__c", "Amount", "LastModifiedDate"} <= set(image):
        wrong.append(f"{record}: the image before differs in {different or 'missing fields'}")
    if _json(row["sent"]) != sent or _json(row["after"]).get("StageName") != "Closed Lost":
        wrong.append(f"{record}: what was sent or what is after is not as it was")
    return wrong


def _restored(seen: Seen) -> list[str]:
    """Each closed record is written once more, and is as it was in the fields we had changed."""
    before, wrong = seen.images["reviewed"], []
    results, closed = seen.results("undo"), set(seen.closed)
    if set(results) != closed:
        wrong.append(f"undone are {sorted(results)}, closed were {sorted(closed)}")
    for record, row in results.items():
        now, again = (
            seen.world.record(record),
            [w for w in seen.ours(record) if w.values.get("StageName") != "Closed Lost"],
        )
        if row["outcome"] == "skipped" and record in seen.edited and not again:
            continue
        if row["outcome"] != "restored":
            wrong.append(f"{record} is not restored but {row['outcome'] or 'without an outcome'}: {row['detail']}")
        elif len(again) != 1:
            wrong.append(f"{record} was restored {len(again)} times")
        wrong += [
            f"{record}: {name} is {now[name]!r}, was {before[record][name]!r}"
            for name in seen.sent
            if row["outcome"] == "restored" and now[name] != before[record][name]
        ]
    return [*wrong, *_agree(seen, "undo", {r for r, row in results.items() if row["outcome"] == "restored"})]


def _agree(seen: Seen, action: str, done: set[str]) -> list[str]:
    """The ledger has an effect done exactly where the record is done."""
    marked = {row["remote_id"] for row in seen.rows("effect") if f":{action}:" in row["key"] and row["state"] == "done"}
    return [] if marked == done else [f"the ledger has {sorted(marked)} done, results say {sorted(done)}"]


def _proposed(seen: Seen) -> list[str]:
    rows = seen.rows("proposal")
    wrong = [] if len(rows) == 1 else [f"there are {len(rows)} proposals"]
    for row in rows:
        proposed = {deal["id"] for deal in _json(row["deals"])}
        if proposed != set(STALE):
            wrong.append(f"proposed are {sorted(proposed)}")
    if (kept := Counter(row["day"] for row in seen.rows("week_deal"))) and set(kept.values()) != {len(DEALS)}:
        wrong.append(f"the week is kept with {dict(kept)} deals")
    return wrong if kept else [*wrong, "the week is not kept"]


def _report(seen: Seen) -> list[str]:
    """One report, each part of it and each file once."""
    messages = seen.messages
    parts = Counter(payload(message).get("part") for message in messages)
    parents = [message for message in messages if payload(message).get("key", "").count(":") == 2]
    files = Counter(file.title for file in seen.world.slack.files.values() if file.shared)
    wrong = [] if len(parents) == 1 else [f"{len(parents)} reports stand in Slack"]
    wrong += [f"{what} stands {times} times" for what, times in (parts | files).items() if what and times > 1]
    unknown = [message["text"][:60] for message in messages if not payload(message) and not message.get("files")]
    wrong += [f"a message without a key: {text}" for text in unknown]
    return wrong if any(parts) and files else [*wrong, "the report lacks its thread or its file"]


def _replies(seen: Seen, wanted: dict[str, int]) -> list[str]:
    """One reply of each kind below the report, with every record in it and nothing left open."""
    keys = [payload(message).get("key", "") for message in seen.messages]
    found = Counter(key.split(":")[4].split(" ")[0] for key in keys if key.count(":") > 2)
    closed = seen.closed
    expected = wanted if closed or "undo" not in wanted else {"decision": 1}
    if dict(found) != expected:
        return [f"replies are {dict(found)} instead of {expected}"]
    texts = [json.dumps(m["blocks"]) for m in seen.messages if ":decision" in payload(m).get("key", "")]
    names = [seen.world.record(record)["Name"] for record in STALE]
    wrong = [f"the reply does not tell of {name}" for name in names if name not in texts[0]]
    if " not yet" in texts[0]:
        wrong.append("the reply still says that something is not done yet")
    first = next(m for m in seen.messages if payload(m).get("key", "").count(":") == 2)
    if closed and "losed" not in first["text"]:
        wrong.append(f"the report's first line does not tell of the decision: {first['text']}")
    return wrong


def payload(message: dict[str, Any]) -> dict[str, str]:
    """By which we know a message of ours."""
    return dict((message.get("metadata") or {}).get("event_payload", {}))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _same(one: Any, other: Any) -> bool:
    """A value of the API and a stored one: moments end in +0000 there, checkboxes are 0 and 1 here."""
    if isinstance(one, bool):
        return one == bool(other)
    return str(one)[:19] == str(other)[:19] if isinstance(one, str) else one == other
