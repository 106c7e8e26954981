"""python -m deployments.setup: make what a release needs, as often as you like: the ledger's tables, the work pool, the
deployments of prefect.yaml, the automations of automations.yaml. Then the doctor looks at every door.

Runs are processes beside their worker, unless `--pool` (RITUALS_WORK_POOL) is docker or kubernetes, with the `--image`
(RITUALS_IMAGE) of this release.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from prefect.client.orchestration import SyncPrefectClient
from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL

from deployments import doctor, setup_deployments, setup_pool
from deployments.automations import (
    Kept,
    alarm_block,
    alarm_webhook,
    automations,
    compared,
    drop,
    keep,
    keep_alarm_block,
)
from deployments.doctor_prefect import on_postgresql, opened
from deployments.migrate import migrate
from deployments.pools.places import Kind, Place, place
from deployments.processes import DidNotStartError
from tasks.clients import Refused, Unavailable
from tasks.ledger import ledger
from tasks.settings import SettingsError, settings

_FAILURES = (DidNotStartError, Refused, SettingsError, Unavailable)


@dataclass(frozen=True)
class Order:
    """How it is asked for. `check`: change nothing and name what is missing; `prune`: remove what is ours in Prefect
    and no longer in the files; `place`: where runs are to run."""

    check: bool = False
    prune: bool = False
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Told:
    """One line; `missing` when it says that something is not as it should be."""

    line: str
    missing: bool = False


def main() -> int:
    """0 when all is there, 1 when something is missing, failed or wrong, 2 for a wrong command line."""
    parser = argparse.ArgumentParser(prog="python -m deployments.setup", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is missing")
    parser.add_argument("--prune", action="store_true", help="remove what our files no longer have")
    parser.add_argument("--no-doctor", action="store_true", help="do not look at the doors afterwards")
    parser.add_argument("--pool", choices=list(Kind), help="where runs are to run; process by default")
    parser.add_argument("--image", metavar="NAME:TAG", help="what they are made from, for docker and kubernetes")
    parser.add_argument("--show-template", choices=list(Kind), help="print the base job template of a pool, and end")
    asked = parser.parse_args()
    try:
        if asked.show_template:
            sys.stdout.write(json.dumps(setup_pool.template(Kind(asked.show_template)), indent=2) + "\n")
            return 0
        where = place(asked.pool, asked.image)
    except SettingsError as error:
        parser.error(str(error))
    failed = set_up(Order(check=asked.check, prune=asked.prune, place=where))
    return failed if asked.no_doctor else max(failed, doctor.examine())


def set_up(order: Order) -> int:
    """Each step, with a line for what is there, was made or changed; 1 when something is missing or a step failed. What
    Prefect is given is not begun where the ledger has failed: runs would fail without it."""
    if _carried_out("ledger", lambda: _ledger(order)) and not order.check:
        return 1
    failed = False
    for name, step in (("work pool", _pool), ("deployments", _deployments), ("automations", _automations)):
        failed = _carried_out(name, lambda step=step: _in_prefect(step, order)) or failed  # type: ignore[misc]
    return int(failed)


def _carried_out(name: str, step: Callable[[], Iterator[Told]]) -> bool:
    """Whether something is missing after it."""
    missing = False
    try:
        for told in step():
            _say(name, told.line)
            missing = missing or told.missing
    except _FAILURES as error:
        _say(name, str(error))
        return True
    return missing


def _say(name: str, line: str) -> None:
    sys.stdout.write(f"{name:<13} {line}\n")
    sys.stdout.flush()


def _ledger(order: Order) -> Iterator[Told]:
    config = settings()
    if not order.check:
        yield Told(migrate(config.ledger_url.get_secret_value()))
        return
    with ledger(config, "setup"):
        yield Told("there, of this release's revision")


def _in_prefect(step: Callable[[SyncPrefectClient, Order], Iterator[Told]], order: Order) -> Iterator[Told]:
    with opened() as client:
        yield from step(client, order)


def _pool(client: SyncPrefectClient, order: Order) -> Iterator[Told]:
    kind = order.place.kind
    found = setup_pool.pool(client, kind)
    if found is None:
        if not order.check:
            setup_pool.create(client, kind)
        yield Told(f"{kind.pool}: {'missing' if order.check else 'made'}", missing=order.check)
        return
    lacks = "; ".join(setup_pool.wrong(kind, found))
    if not lacks:
        yield Told(f"{kind.pool}: there")
    elif order.check or found.type != kind:
        yield Told(f"{kind.pool}: {lacks}", missing=True)
    else:
        setup_pool.repair(client, kind, found)
        yield Told(f"{kind.pool}: changed, as {lacks}")


def _deployments(client: SyncPrefectClient, order: Order) -> Iterator[Told]:
    before = setup_deployments.differing(client, order.place)
    if before and not order.check:
        setup_deployments.deploy(order.place)
    still = {one.name: one.how for one in (setup_deployments.differing(client, order.place) if before else ())}
    for one in before:
        if one.name in still:
            yield Told(
                f"{one.name}: {still[one.name]} {'' if order.check else '(still, after the deploy)'}".strip(), True
            )
        else:
            yield Told(f"{one.name}: {'made' if one.how == 'missing' else f'changed: {one.how}'}")
    names = setup_deployments.names()
    yield Told(f"{len(names) - len(before)} of {len(names)} were there, each with its limit of runs at once")
    for name, left in setup_deployments.left_over(client, order.place.kind.pool).items():
        if order.prune and not order.check:
            client.delete_deployment(left.id)
            yield Told(f"{name}: removed")
        else:
            yield Told(f"{name}: not in prefect.yaml any more; --prune removes it")


def _automations(client: SyncPrefectClient, order: Order) -> Iterator[Told]:
    if not on_postgresql(client):
        yield Told(
            "off: Prefect keeps its data in SQLite, which these lock. Run its server on PostgreSQL; until then let "
            "cron run `python -m deployments.watch`."
        )
        for one in compared(client, ()):
            yield _automation(client, one, order)
        return
    url, (block, before) = alarm_webhook(), alarm_block(client)
    if not url:
        yield Told("those that tell Slack are off: RITUALS_ALARM_WEBHOOK is empty, a Slack app's incoming webhook.")
    elif before == url:
        yield Told("the webhook to Slack: there")
    else:
        block = block if order.check else keep_alarm_block(url)
        did = "missing" if order.check and not before else "another one" if order.check else "made or changed"
        yield Told(f"the webhook to Slack: {did}", missing=order.check)
    ui = PREFECT_UI_URL.value() or (PREFECT_API_URL.value() or "").removesuffix("/api")
    wanted = automations(ui, block if url else None)
    for one in compared(client, wanted):
        yield _automation(client, one, order)
    if url and block is None:
        yield Told("those that tell Slack: missing, as is the webhook", missing=True)


def _automation(client: SyncPrefectClient, one: Kept, order: Order) -> Told:
    if one.is_right:
        paused = "" if one.found[0].enabled else ", but paused: resume it in the UI unless that is meant"
        return Told(f"{one.name}: there{paused}")
    if one.wanted is None:
        if order.prune and not order.check:
            drop(client, one)
            return Told(f"{one.name}: removed")
        return Told(f"{one.name}: not wanted any more; --prune removes it")
    if order.check:
        return Told(f"{one.name}: {'differs' if one.found else 'missing'}", missing=True)
    keep(client, one)
    return Told(f"{one.name}: {'changed; armed anew by the next run' if one.found else 'made'}")


if __name__ == "__main__":
    sys.exit(main())
