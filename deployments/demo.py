"""python -m deployments.demo: the pretend company, a real Prefect server, and the rituals run as deployed."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from deployments.demo_slack import CRO, DECIDER, Hands, decides_in_slack
from deployments.local_prefect import LocalPrefect, local_prefect
from deployments.processes import DidNotStartError, running, wait_until

OFFICE = ZoneInfo("America/Los_Angeles")
COMPANY_SECONDS = 300
SERVING_SECONDS = 120
SOMEBODY = "Marisol Vega"  # may decide where a company of one's own names nobody


@dataclass(frozen=True)
class Shown:
    """What a demo has to look at: the report as text and in the sandbox's Slack, the runs by what they are, where the
    Decide button leads, and Prefect itself. `earlier` is the first line of last week's report; `activity` and
    `activity_slack` are the report to the CRO alone, `check` that of the Salesforce check, `night` that of the feedback
    sweep."""

    report: str
    slack: str
    runs: Mapping[str, str]
    decide: str
    prefect: LocalPrefect
    earlier: str = ""
    activity: str = ""
    activity_slack: str = ""
    check: str = ""
    night: str = ""


def main() -> int:
    """0 when every ritual ran and its report could be read, 1 with the reason otherwise."""
    asked = _arguments()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell starts what it puts in the background deaf to Ctrl-C
        signal.signal(number, signal.default_int_handler)
    try:
        with demonstrated(asked.data, asked.load, asked.size, kill=asked.kill) as shown:
            _tell(shown, keep=asked.keep)
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
    parser.add_argument("--kill", action="store_true", help="kill the decision at its worst moment, and run it again")
    company = parser.add_mutually_exclusive_group()
    company.add_argument(
        "--data", type=Path, metavar="DIR", help="a public CRM data set instead of the pretend company"
    )
    company.add_argument("--load", type=Path, metavar="DIR", help="a company of your own: one CSV for each sObject")
    company.add_argument("--size", choices=("small", "office", "enterprise"), default="small")
    asked = parser.parse_args()
    if asked.kill and (asked.data or asked.load or asked.size != "small"):
        parser.error("--kill goes with the pretend company alone: it is its decision that is killed")
    return asked


@contextmanager
def demonstrated(
    data: Path | None = None,
    load: Path | None = None,
    size: str = "small",
    before_deciding: Callable[[Shown], None] = lambda _: None,
    *,
    kill: bool = False,
) -> Iterator[Shown]:
    """The company and Prefect. The pretend company goes through two weeks, and `before_deciding` may look at the second
    review; with `kill` the decision is killed and run again. Any other has one review. All of it ends with the context.
    Raises DidNotStartError."""
    today = datetime.now(OFFICE).date()
    with tempfile.TemporaryDirectory(prefix="revenue-rituals-") as directory, ExitStack() as stack:
        home = Path(directory)
        with _step("start the pretend company"):
            own = _converted(data, home, today) if data else load
            company = ["--load", str(own)] if own else ["--size", size]
            sandbox = stack.enter_context(_sandbox(["--as-of", today.isoformat(), *company], home / "sandbox.log"))
            os.environ.update(sandbox)
            os.environ.setdefault("RITUALS_DECIDERS", json.dumps([SOMEBODY]))
            os.environ["RITUALS_LEDGER_URL"] = f"sqlite:///{home / 'ledger.db'}"
        with _step("prepare the ledger"):
            _migrated()
        with _step("start a Prefect server"):
            prefect = stack.enter_context(local_prefect(home))
            os.environ.update(prefect.environment)
        if is_story := not own and size == "small":
            os.environ.update(decides_in_slack())
        with _step("deploy what prefect.yaml says" + (", and listen to Slack" if is_story else "")):
            log, of_app = home / "flows.log", home / "slack_app.log"
            serving = stack.enter_context(running(["deployments.serve", "--paused"], log))
            if is_story:
                app = stack.enter_context(running(["deployments.slack_app"], of_app))
                wait_until(lambda: b"Listening to Slack" in of_app.read_bytes(), app, of_app, SERVING_SECONDS)
            wait_until(lambda: b"Your deployments are being served" in log.read_bytes(), serving, log, SERVING_SECONDS)
        slack = sandbox["RITUALS_SALESFORCE_URL"] + "/slack/" + sandbox["RITUALS_SLACK_CHANNEL"]
        if is_story:
            hands = Hands(sandbox["RITUALS_SALESFORCE_URL"], of_app)
            yield _two_weeks(sandbox, log, slack, prefect, hands=hands, look=before_deciding, kill=kill)
        else:
            yield _review(sandbox, log, slack, prefect)


def _two_weeks(
    sandbox: dict[str, str],
    log: Path,
    slack: str,
    prefect: LocalPrefect,
    *,
    hands: Hands,
    look: Callable[[Shown], None],
    kill: bool,
) -> Shown:
    # Prefect reads its address when it is imported: only now.
    from deployments.demo_check import checked  # noqa: PLC0415
    from deployments.demo_kill import press_and_kill  # noqa: PLC0415
    from deployments.demo_month import month  # noqa: PLC0415
    from deployments.demo_night import night  # noqa: PLC0415
    from deployments.demo_weeks import two_weeks  # noqa: PLC0415

    weeks = two_weeks(
        sandbox,
        log,
        _step,
        hands=hands,
        before_deciding=lambda run, report: look(
            Shown(report.text, slack, {"review": run}, report.button("Decide"), prefect)
        ),
        press=press_and_kill if kill else None,
    )
    of_month = month(sandbox, log, _step)
    of_check = checked(sandbox, log, _step)
    of_night = night(sandbox, log, _step)
    runs = {
        "review": weeks.review, "decision": weeks.decision, "undo": weeks.undo,
        "activity review": of_month.review, "booking": of_month.booking,
        "Salesforce check": of_check.check, "filing": of_check.filing,
        "after-hours run": of_night.watch, "feedback sweep": of_night.sweep, "request filing": of_night.filing,
    }  # fmt: skip
    return Shown(
        weeks.reports[0].text,
        slack,
        runs,
        "",
        prefect,
        weeks.reports[1].first_line,
        of_month.report.text,
        slack.replace(sandbox["RITUALS_SLACK_CHANNEL"], sandbox["RITUALS_ACTIVITY_CHANNEL"]),
        of_check.report.text,
        of_night.report.text,
    )


def _review(sandbox: dict[str, str], log: Path, slack: str, prefect: LocalPrefect) -> Shown:
    from deployments.demo_run import posted_reports, run_to_the_end  # noqa: PLC0415

    with _step("run the weekly pipeline review"):
        run = run_to_the_end("pipeline-review/weekly", log)
    report = posted_reports(sandbox)[0]
    return Shown(report.text, slack, {"review": run}, report.button("Decide"), prefect)


def _migrated() -> None:
    """The ledger of the settings, made by the command that a deployment runs."""
    made = subprocess.run([sys.executable, "-m", "deployments.migrate"], capture_output=True, text=True, check=False)
    if made.returncode:
        raise DidNotStartError(made.stderr)
    sys.stdout.write(f"  {made.stdout}")


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


def _tell(shown: Shown, *, keep: bool) -> None:
    last = f"Last week: {shown.earlier}\n\n" if shown.earlier else ""
    runs = "".join(f"{f'The {what} in Prefect':<34}{run}\n" for what, run in shown.runs.items())
    alone = f"{'The report to the CRO alone':<34}{shown.activity_slack}\n" if shown.activity else ""
    others = "".join(f"{report}\n\n\n" for report in (shown.activity, shown.check, shown.night) if report)
    sys.stdout.write(
        f"\n{last}{shown.report}\n\n\n{others}"
        f"{'The report as Slack shows it':<34}{shown.slack}\n{alone}{runs}"
        f"{'Prefect asks for':<34}{shown.prefect.auth}\n"
    )
    if shown.decide:
        who = " or ".join(json.loads(os.environ["RITUALS_DECIDERS"]))
        sys.stdout.write(f"To decide, press Decide in the report and sign as {who}.\n")
    if keep and shown.activity:
        sys.stdout.write(f"To press buttons as {DECIDER}, open {shown.slack}?as={CRO}\n")
    if not keep:
        sys.stdout.write("All of it ends now. With KEEP=1 it stays up.\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
