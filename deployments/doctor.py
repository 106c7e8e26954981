"""python -m deployments.doctor: open each door as the rituals do and say what is missing, too much or wrong. Writes
nothing anywhere; prints no secret."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from deployments.doctor_lines import Line, looked_at, ok, wrong
from deployments.doctor_others import GITHUB, LEDGER, ZENDESK, github_lines, ledger_lines, zendesk_lines
from deployments.doctor_prefect import DOOR as PREFECT
from deployments.doctor_prefect import prefect_lines
from deployments.doctor_salesforce import DOOR as SALESFORCE
from deployments.doctor_salesforce import salesforce_lines
from deployments.doctor_slack import DOOR as SLACK
from deployments.doctor_slack import slack_lines
from tasks.settings import Settings, SettingsError, settings

_DOORS: tuple[tuple[str, Callable[[Settings], Iterable[Line]]], ...] = (
    (LEDGER, ledger_lines),
    (SALESFORCE, salesforce_lines),
    (SLACK, slack_lines),
    (GITHUB, github_lines),
    (ZENDESK, zendesk_lines),
)


def main() -> int:
    """1 when something that is configured does not work, else 0."""
    argparse.ArgumentParser(prog="python -m deployments.doctor", description=__doc__).parse_args()
    return examine()


def examine() -> int:
    """Print a line for each thing looked at, as it comes; as `main`."""
    is_wrong = False
    for line in lines():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        is_wrong = is_wrong or line.verdict == "wrong"
    return int(is_wrong)


def lines() -> Iterator[Line]:
    """Every door, one after the other; one that cannot be opened keeps none of the others from being looked at."""
    try:
        config = settings()
    except SettingsError as error:
        yield wrong("settings", error)
    else:
        yield ok("settings", "read")
        for door, look in _DOORS:
            yield from looked_at(door, partial(look, config))
    yield from looked_at(PREFECT, prefect_lines)


if __name__ == "__main__":
    sys.exit(main())
