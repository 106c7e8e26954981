"""python -m deployments.demo: the pretend company, a real Prefect server, and the rituals run as deployed."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from deployments.local_prefect import LocalPrefect, local_prefect
from deployments.processes import DidNotStartError, running, wait_until

OFFICE = ZoneInfo("America/Los_Angeles")
COMPANY_SECONDS = 300
SERVING_SECONDS = 120


@dataclass(frozen=True)
class Shown:
    """What a demo has to look at: the report as text and in the sandbox's Slack, the run, and Prefect itself."""

    report: str
    slack: str
    run: str
    prefect: LocalPrefect


def main() -> int:
    """0 when every ritual ran and its report could be read, 1 with the reason otherwise."""
    asked = _arguments()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell starts what it puts in the background deaf to Ctrl-C
        signal.signal(number, signal.default_int_handler)
    try:
        with demonstrated(asked.data, asked.load, asked.size) as shown:
            _tell(shown)
            if asked.keep:
                sys.stdout.write("Everything stays up until you press Ctrl-C.\n")
                sys.stdout.flush()
                threading.Event().wait()
    except DidNotStartError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stdout.write("\nStopping everything.\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deployments.demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="stay up until interrupted")
    company = parser.add_mutually_exclusive_group()
    company.add_argument(
        "--data", type=Path, metavar="DIR", help="a public CRM data set instead of the pretend company"
    )
    company.add_argument("--load", type=Path, metavar="DIR", help="a company of your own: one CSV for each sObject")
    company.add_argument("--size", choices=("small", "office", "enterprise"), default="small")
    return parser.parse_args()


@contextmanager
def demonstrated(data: Path | None = None, load: Path | None = None, size: str = "small") -> Iterator[Shown]:
    """The company and Prefect, with the rituals run once; all of it ends with the context. Raises DidNotStartError."""
    today = datetime.now(OFFICE).date()
    with tempfile.TemporaryDirectory(prefix="revenue-rituals-") as directory, ExitStack() as stack:
        home = Path(directory)
        with _step("start the pretend company"):
            own = _converted(data, home, today) if data else load
            company = ["--load", str(own)] if own else ["--size", size]
            sandbox = stack.enter_context(_sandbox(["--as-of", today.isoformat(), *company], home / "sandbox.log"))
            os.environ.update(sandbox)
        with _step("start a Prefect server"):
            prefect = stack.enter_context(local_prefect(home))
            os.environ.update(prefect.environment)
        with _step("deploy what prefect.yaml says"):
            log = home / "flows.log"
            serving = stack.enter_context(running(["deployments.serve"], log))
            wait_until(lambda: b"Your deployments are being served" in log.read_bytes(), serving, log, SERVING_SECONDS)
        # Prefect reads its address when it is imported: only now.
        from deployments.demo_run import posted_report, run_to_the_end  # noqa: PLC0415

        with _step("run the weekly pipeline review"):
            run = run_to_the_end("pipeline-review/weekly", log)
        slack = sandbox["RITUALS_SALESFORCE_URL"] + "/slack/" + sandbox["RITUALS_SLACK_CHANNEL"]
        yield Shown(posted_report(sandbox), slack, run, prefect)


def _converted(data: Path, home: Path, today: date) -> Path:
    """A data set of one CRM as a company that the sandbox can load."""
    out = home / "company"
    command = [sys.executable, "-m", "deployments.sandbox.convert_crm", str(data)]
    subprocess.run(  # noqa: S603 - our own module
        [*command, "--out", str(out), "--as-of", today.isoformat(), "--seed", "1"], check=True
    )
    return out


@contextmanager
def _sandbox(arguments: list[str], log: Path) -> Iterator[dict[str, str]]:
    """The sandbox; yields the settings that lead to it."""
    with running(["deployments.sandbox", "--print-env", *arguments], log) as process:
        wait_until(lambda: b"RITUALS_SLACK_CHANNEL=" in log.read_bytes(), process, log, COMPANY_SECONDS)
        told = log.read_text(encoding="utf-8").splitlines()
        yield dict(line.split("=", 1) for line in told if line.startswith("RITUALS_"))


@contextmanager
def _step(what: str) -> Iterator[None]:
    sys.stdout.write(f"{what} …\n")
    sys.stdout.flush()
    began = time.monotonic()
    yield
    sys.stdout.write(f"{what}: {time.monotonic() - began:.1f} s\n")
    sys.stdout.flush()


def _tell(shown: Shown) -> None:
    sys.stdout.write(
        f"\n{shown.report}\n\n"
        f"The report as Slack shows it  {shown.slack}\n"
        f"The run in Prefect            {shown.run}\n"
        f"Prefect asks for              {shown.prefect.auth}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
