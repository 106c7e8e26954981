"""python -m deployments.demo: the pretend company, a real Prefect server, and the rituals run as deployed."""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from deployments.local_prefect import LocalPrefect, local_prefect
from deployments.processes import DidNotStartError, running, wait_until

OFFICE = ZoneInfo("America/Los_Angeles")
COMPANY_SECONDS = 300
SERVING_SECONDS = 120


def main() -> int:
    """0 when every ritual ran and its report could be read, 1 with the reason otherwise."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="revenue-rituals-") as home, ExitStack() as stack:
        try:
            _demo(asked, Path(home), stack)
        except DidNotStartError as error:
            sys.stderr.write(f"\n{error}\n")
            return 1
        except KeyboardInterrupt:
            sys.stdout.write("\nStopping everything.\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deployments.demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="stay up until interrupted")
    parser.add_argument("--data", type=Path, metavar="DIR", help="a public CRM data set instead of the pretend company")
    parser.add_argument("--size", choices=("small", "office", "enterprise"), default="small")
    return parser.parse_args()


def _demo(asked: argparse.Namespace, home: Path, stack: ExitStack) -> None:
    today = datetime.now(OFFICE).date()
    with _step("start the pretend company"):
        company = _converted(asked.data, home, today) if asked.data else ["--size", asked.size]
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
        link = run_to_the_end("pipeline-review/weekly", log)
    sys.stdout.write(f"\n{posted_report(sandbox)}\n")
    _tell_addresses(sandbox, prefect, link)
    if asked.keep:
        sys.stdout.write("Everything stays up until you press Ctrl-C.\n")
        sys.stdout.flush()
        threading.Event().wait()


def _converted(data: Path, home: Path, today: date) -> list[str]:
    """A data set of one CRM as a company that the sandbox can load."""
    out = home / "company"
    command = [sys.executable, "-m", "deployments.sandbox.convert_crm", str(data)]
    subprocess.run(  # noqa: S603 - our own module
        [*command, "--out", str(out), "--as-of", today.isoformat(), "--seed", "1"], check=True
    )
    return ["--load", str(out)]


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


def _tell_addresses(sandbox: dict[str, str], prefect: LocalPrefect, run: str) -> None:
    user, _, password = prefect.auth.partition(":")
    slack = sandbox["RITUALS_SALESFORCE_URL"] + "/slack/" + sandbox["RITUALS_SLACK_CHANNEL"]
    sys.stdout.write(
        f"The report as Slack shows it  {slack}\n"
        f"The run in Prefect            {run}\n"
        f"Prefect asks for              {user}:{password}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
