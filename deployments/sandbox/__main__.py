"""python -m deployments.sandbox: a pretend company on loopback, until it is interrupted."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from deployments.sandbox import environment
from deployments.sandbox.app import build
from deployments.sandbox.clock import OFFICE, OPENING, Clock
from deployments.sandbox.company.build import build as build_company
from deployments.sandbox.company.load import LoadError, load
from deployments.sandbox.company.model import Company
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.server import serve
from deployments.sandbox.slack.state import UnusableSeed

DEFAULT_DAY = date(2026, 11, 23)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM, which exit with 0; 2 when the company cannot be read or the port not be had."""
    asked = _arguments(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    opening = datetime.combine(asked.as_of, OPENING, OFFICE)
    moment = Clock(lambda: opening)
    org = Org(moment)
    try:
        company = _company(asked)
        sys.stderr.writelines(f"not read: {remark}\n" for remark in company.remarks)
        app = build(company, moment, org)
        with serve(app, asked.port) as address:
            _tell(address, company, org, print_env=asked.print_env)
            threading.Event().wait()
    except (LoadError, UnusableSeed) as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"port {asked.port}: {os.strerror(error.errno or 0)}; choose another, or 0 for a free one")
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deployments.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one (default)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed and day give the same company")
    parser.add_argument("--size", choices=("small", "office", "enterprise"), default="small")
    parser.add_argument("--as-of", type=date.fromisoformat, default=DEFAULT_DAY, help="today in the office, YYYY-MM-DD")
    parser.add_argument("--load", type=Path, metavar="DIR", help="a company of your own: one CSV for each sObject")
    parser.add_argument("--print-env", action="store_true", help="print the settings to reach it, as an .env")
    return parser.parse_args(arguments)


def _company(asked: argparse.Namespace) -> Company:
    if asked.load is not None:
        return load(asked.load, asked.as_of)
    return build_company(asked.seed, asked.size, asked.as_of)


def _tell(address: str, company: Company, org: Org, *, print_env: bool) -> None:
    """Say where the sandbox is. It is flushed: whoever started the process reads it from a pipe."""
    told = [f"Sandbox at {address}, its Slack to look at on {address}/slack"]
    if print_env:
        told = environment.lines(address, company, org)
    sys.stdout.write("\n".join(told) + "\n")
    sys.stdout.flush()


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
