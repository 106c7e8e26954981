"""Runs of the real deployments, killed: Prefect calls them crashed and lets the next one start, which completes what
the dead one began. One review is run; before each kill, what it left in the company and in the ledger is put back,
because a decision closes its proposal for good. Leases are ended in the ledger instead of waited for."""

import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from deployments.migrate import migrate
from tasks.clients import SalesforceDoor
from tasks.salesforce_writes import OpportunityWriter
from tests.company import Sandbox
from tests.faults.memory import leases_end, rows
from tests.faults.served import DECIDER, LONGEST, REASON, WRITE, Company, Seen, Serving, serving, until

pytestmark = pytest.mark.prefect

KILLS = {"decide": 14, "undo": 6}
SLOT = 60.0  # seconds within which the next run has started
DEPLOYED = {"decide": "close-opportunities/decide", "undo": "undo-closure/undo"}
DONE = {"decide": ("close", "closed"), "undo": ("undo", "restored")}
ELSEWHERE = ("Account", "Contact", "Opportunity", "OpportunityContactRole", "Task", "Event", "EmailMessage", "Note")


@dataclass
class Bench:
    """The company and Prefect after one review. `kept` is what stood before each act, `calls` those of a clean run of
    it: what each was, and how many changes there had been after it."""

    company: Company
    sandbox: Sandbox
    serving: Serving
    home: Path
    proposal: str = ""
    kept: dict[str, Any] = field(default_factory=dict)
    calls: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Of the ledger."""
        return f"sqlite:///{self.home / 'ledger.db'}"

    def start(self, act: str) -> UUID:
        """A run of the act, on all that was proposed."""
        signed = {"decided_by": DECIDER, "loss_reason": REASON} if act == "decide" else {"undone_by": DECIDER}
        return self.serving.start(DEPLOYED[act], {"proposal": self.proposal, **signed})

    def keep(self, act: str) -> None:
        """Remember this as what stands before the act; no run may be on its way."""
        rows(self.url, "effect")  # the last to close the database leaves all of it in the one file
        for name in self.home.glob("ledger.db*"):
            shutil.copy(name, self.home / f"{act}-{name.name}")
        self.kept[act] = self.company.keep()

    def put_back(self, act: str) -> None:
        """As it stood before the act."""
        for name in self.home.glob("ledger.db*"):
            name.unlink()
        for name in self.home.glob(f"{act}-ledger.db*"):
            shutil.copy(name, self.home / name.name.removeprefix(f"{act}-"))
        self.company.put_back(self.kept[act])
        self.company.door.hold(0, "")

    def learn(self) -> None:
        """Run each act once without a kill, to know its calls."""
        for act in DEPLOYED:
            if act not in self.kept:
                self.keep(act)
            self.put_back(act)
            before, already = picture(self), len(rows(self.url, "effect_event"))
            self.company.door.hold(0, "")
            ended = self.serving.follow(self.start(act))
            self.calls[act] = list(self.company.door.calls)
            self.events[act] = len(rows(self.url, "effect_event")) - already
            assert (ended.state, violations(self, act, before)) == ("Completed", [])


@dataclass(frozen=True)
class Moment:
    """When a run is killed: while a call of it is held, or as soon as something is so."""

    act: str
    name: str
    call: int = 0
    how: str = ""
    ready: Callable[[Bench, UUID], Any] = lambda bench, _: bench.company.door.is_holding


@dataclass(frozen=True)
class Ended:
    """What became of a killed run and of the next one, and what is wrong after it."""

    moment: Moment
    killed: Seen
    started: Seen
    ended: Seen
    wrong: list[str]
    attempts: int

    def __str__(self) -> str:
        return (
            f"{self.moment.act + ': ' + self.moment.name:<60}{self.killed.state:<11}{self.killed.seconds:>6.1f}"
            f"{self.started.seconds:>8.1f}  {' '.join(self.started.states):<38}{self.ended.state:<11}"
            f"{self.attempts:>3}  {'; '.join(self.wrong) or '-'}\n"
        )


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home, company = tmp_path_factory.mktemp("served"), Company()
    url = f"sqlite:///{home / 'ledger.db'}"
    migrate(url)
    with company.open() as sandbox:
        settings = {**sandbox.environment, "RITUALS_LEDGER_URL": url, "RITUALS_ENV_FILE": ""}
        with serving(home, settings) as served:
            ready = Bench(company, sandbox, served, home)
            reviewed = served.follow(served.start("pipeline-review/weekly", {}))
            assert reviewed.state == "Completed", reviewed.message
            ready.proposal = rows(url, "proposal")[0]["id"]
            ready.keep("decide")
            yield ready


def approved(bench: Bench) -> list[str]:
    deals = rows(bench.url, "proposal")[0]["deals"]
    return [deal["id"] for deal in (json.loads(deals) if isinstance(deals, str) else deals)]


def picture(bench: Bench) -> dict[str, Any]:
    """What the org has: the approved as its API reads them, every row of every other object, the changes so far."""
    config = bench.sandbox.settings
    read = OpportunityWriter(SalesforceDoor(config), config).read(approved(bench))
    store = bench.company.store
    with store.lock:
        every = {name: store.connection.execute(f'SELECT * FROM "{name}"') for name in ELSEWHERE}  # noqa: S608
        kept = {
            name: [row for row in found if not set(approved(bench)) & set(row[:1])] for name, found in every.items()
        }
        changed = store.connection.execute("SELECT OpportunityId FROM OpportunityFieldHistory WHERE Field='StageName'")
        stages = Counter(row[0] for row in changed)
    return {"read": read, "elsewhere": kept, "stages": stages, "written": len(store.written)}


def violations(bench: Bench, act: str, before: dict[str, Any]) -> list[str]:
    """Everything that is wrong now that the act is said to be done, a sentence each."""
    now, wanted = picture(bench), Counter(approved(bench))
    action, outcome = DONE[act]
    wrong = [f"{name} changed" for name in ELSEWHERE if now["elsewhere"][name] != before["elsewhere"][name]]
    written = Counter(bench.company.store.written[before["written"] :])
    if written != wanted:
        wrong.append(f"written were {dict(written)}")
    if now["stages"] - before["stages"] != wanted:
        wrong.append(f"stages changed {dict(now['stages'] - before['stages'])}")
    results, closed = (
        {row["record_id"]: row for row in rows(bench.url, "result") if row["action"] == one}
        for one in (action, "close")
    )
    for record in wanted:
        result, first = results.get(record, {}), before["read"][record]
        if result.get("outcome") != outcome:
            wrong.append(f"{record} is {result.get('outcome')!r}: {result.get('detail')}")
        elif json.loads(result["before"]) != first:
            wrong.append(f"{record}: the image before is not as it was")
        if act == "decide" and now["read"][record]["StageName"] != "Closed Lost":
            wrong.append(f"{record} is {now['read'][record]['StageName']}")
        if act == "undo":
            was = json.loads(closed[record]["before"])
            sent = ("StageName", "Loss_Reason__c", "CloseDate")
            wrong += [f"{record}: {name}" for name in sent if now["read"][record][name] != was[name]]
    states = Counter(row["state"] for row in rows(bench.url, "effect"))
    if set(states) != {"done"}:
        wrong.append(f"effects are {dict(states)}")
    return [*wrong, *said_wrong(bench, act)]


def said_wrong(bench: Bench, act: str) -> list[str]:
    """One report stands in Slack, with one reply about the decision and one about its undo."""
    channel = bench.company.slack.conversations[bench.sandbox.environment["RITUALS_SLACK_CHANNEL"]]
    told = [(message.get("metadata") or {}).get("event_payload", {}) for message in channel.messages.values()]
    keys = [told_of["key"] for told_of in told if told_of.get("key")]
    parents = [key for key in set(keys) if key.count(":") == 2]
    kinds = Counter(key.split(":")[4].split(" ")[0] for key in keys if key.count(":") > 2)
    wanted = {"decision": 1, **({} if act == "decide" else {"undo": 1})}
    parts = list(Counter(json.dumps(one, sort_keys=True) for one in told if one).values())
    wrong = [] if len(parents) == 1 and set(parts) == {1} else [f"reports are {parents}, parts {parts}"]
    return wrong if kinds == wanted else [*wrong, f"replies are {dict(kinds)}"]


def killed(bench: Bench, moment: Moment) -> Ended:
    """Start the act, kill its run at the moment, run it again, look."""
    act = moment.act
    bench.put_back(act)
    before = picture(bench)
    bench.company.door.hold(moment.call, moment.how)
    run = bench.start(act)
    until(moment.name, lambda: moment.ready(bench, run))
    dead = bench.serving.kill(run)
    bench.company.door.let_go()
    leases_end(bench.url)
    again = bench.start(act)
    started = bench.serving.follow(again, lambda state: state.is_running() or state.is_final())
    ended = bench.serving.follow(again)
    wrong = violations(bench, act, before)
    attempts = max(
        (row["attempt"] for row in rows(bench.url, "effect") if f":{DONE[act][0]}:" in row["key"]), default=0
    )
    return Ended(moment, dead, started, ended, wrong, attempts)


def verdict(one: Ended) -> list[str]:
    """What is wrong with how a kill ended, in Prefect and elsewhere."""
    wrong = list(one.wrong)
    if one.killed.state not in {"Crashed", "Completed"} or one.killed.seconds > LONGEST:
        wrong.append(f"killed, and {one.killed.state} after {one.killed.seconds:.0f} s")
    if "AwaitingConcurrencySlot" in one.started.states or one.started.seconds > SLOT:
        wrong.append(f"the next started after {one.started.seconds:.0f} s, {one.started.states}")
    if one.ended.state != "Completed" and not (
        one.ended.state == "Refused" and one.ended.message.startswith("Already")
    ):
        wrong.append(f"the next ended as {one.ended.state}: {one.ended.message}")
    return wrong


def moments(bench: Bench, act: str, number: int) -> list[Moment]:
    """So many, over the whole life of a run: its process, its first and middle calls, and every call from its write on,
    carried out or not; and after its last word."""
    calls = bench.calls[act]
    first = next(n for n, (_, changes) in enumerate(calls, 1) if changes > calls[0][1])
    events, table = bench.events[act], {"decide": "decision", "undo": "undo"}[act]
    already = len(rows(bench.url, "effect_event"))
    near = [(first, "before"), (first, "after"), (len(calls), "after"), (first + 1, "after")]
    spread = [
        (n, how) for n in (1, first // 2, first - 1, *range(first + 1, len(calls))) for how in ("before", "after")
    ]
    held = [Moment(act, f"call {n} of {len(calls)} ({calls[n - 1][0]}) {how}", n, how) for n, how in near]
    step = max(1, len(spread) // max(1, number - 8))
    held += [Moment(act, f"call {n} of {len(calls)} ({calls[n - 1][0]}) {how}", n, how) for n, how in spread[::step]]
    free = [
        Moment(act, "its process is there", ready=lambda b, run: b.serving.process(run)),
        Moment(act, "every effect is done", ready=lambda b, _: len(rows(b.url, "effect_event")) >= already + events),
        Moment(act, "it runs", ready=lambda b, run: b.serving.is_running(run)),
        Moment(act, f"the {act} is taken down", ready=lambda b, _: rows(b.url, table)),
    ]
    mixed = [one for pair in zip(held, free, strict=False) for one in pair] + held[len(free) :]
    return list(dict.fromkeys(mixed))[:number]


def test_a_run_that_is_killed_crashes_and_frees_its_slot_and_the_next_completes_it(bench: Bench) -> None:
    one = killed(bench, Moment("decide", "it has written and not heard so", WRITE, "after"))
    assert one.killed.state == "Crashed"
    assert verdict(one) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_twenty_kills_leave_every_decision_and_undo_carried_out_once(bench: Bench) -> None:
    began, done = time.monotonic(), list[Ended]()
    bench.learn()
    for act, number in KILLS.items():
        bench.put_back(act)
        for moment in moments(bench, act, number):
            done.append(killed(bench, moment))
            sys.stdout.write(str(done[-1]))
    sys.stdout.write(f"{len(done)} kills, {time.monotonic() - began:.0f} s\n")
    assert len(done) == sum(KILLS.values())
    assert {f"{one.moment.act}: {one.moment.name}": wrong for one in done if (wrong := verdict(one))} == {}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_server_that_is_started_again_in_the_middle_of_a_decision_changes_nothing_of_what_it_does(
    bench: Bench,
) -> None:
    bench.put_back("decide")
    before = picture(bench)
    bench.company.door.hold(WRITE, "pass")
    run = bench.start("decide")
    until("it writes", lambda: bench.company.door.is_holding)
    process = bench.serving.process(run)

    with bench.serving.without_server(bench.home):
        bench.company.door.let_go()
    until("its process ended", lambda: bench.serving.process(run) != process, 400)
    state, wrong = bench.serving.read(run).state, violations(bench, "decide", before)
    sys.stdout.write(f"after the restart: {state and state.name}, {state and state.message}; {wrong or 'complete'}\n")

    leases_end(bench.url)
    again = bench.serving.follow(bench.start("decide"))
    assert again.state in {"Completed", "Refused"}, again
    assert violations(bench, "decide", before) == []
