"""The pretend company for tests: built once, served on loopback, reached through the settings like any other org."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import requests

from deployments.sandbox import environment
from deployments.sandbox.app import build
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.build import build as build_company
from deployments.sandbox.company.model import Company
from deployments.sandbox.company.slack_talk import so_far
from deployments.sandbox.salesforce.org import Client, Org
from deployments.sandbox.server import serve
from tasks.settings import Settings

OFFICE = ZoneInfo("America/Los_Angeles")
MONDAY = date(2026, 11, 23)
REVIEW_AT = datetime.combine(MONDAY, time(7, 28), OFFICE)


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox: its address, and the settings that lead to it."""

    address: str
    environment: dict[str, str]

    @property
    def settings(self) -> Settings:
        """The settings, from these values alone."""
        return settings_from(self.environment)

    def fault(self, kind: str, **order: Any) -> None:
        """Order a fault: see `deployments/sandbox/fault_model.py`."""
        answer = requests.post(f"{self.address}/__sandbox__/faults", json={"kind": kind, **order}, timeout=10)
        answer.raise_for_status()

    def cure(self) -> None:
        """Forget every fault that was ordered."""
        requests.delete(f"{self.address}/__sandbox__/faults", timeout=10).raise_for_status()

    def org(self, **wanted: Any) -> None:
        """Set something of the org: see `deployments/sandbox/org_controls.py`."""
        requests.post(f"{self.address}/__sandbox__/org", json=wanted, timeout=10).raise_for_status()

    def calls(self) -> dict[str, Any]:
        """What was called since the last reset."""
        return dict(requests.get(f"{self.address}/__sandbox__/calls", timeout=10).json())

    def forget_calls(self) -> None:
        """Begin counting anew."""
        requests.delete(f"{self.address}/__sandbox__/calls", timeout=10).raise_for_status()


def settings_from(environment: dict[str, str]) -> Settings:
    """Settings as they would be read from these variables, with no `.env` and nothing of the test's own environment."""
    import os  # noqa: PLC0415
    from unittest.mock import patch  # noqa: PLC0415

    with patch.dict(os.environ, environment, clear=True):
        return Settings(_env_file=None)


@contextmanager
def running(
    company: Company | None = None, now: datetime = REVIEW_AT, clients: tuple[Client, ...] = ()
) -> Iterator[Sandbox]:
    """The sandbox of a company (the small one with its story when none is given), with its clock at `now`: what is said
    later that morning is not said yet."""
    company = company or build_company(1, "small", now.astimezone(OFFICE).date())
    company = replace(company, slack=so_far(company.slack, now))
    clock = Clock(lambda: now)
    org = Org(clock, clients) if clients else Org(clock)
    with serve(build(company, clock, org)) as address:
        told = dict(line.split("=", 1) for line in environment.lines(address, company, org))
        yield Sandbox(address, told)
