"""The steps of one sweep of the company, as a run of some moment takes them, without Prefect."""

from typing import Final

from tasks.feedback_memory import Asked, asked_for, remember_sweep, report_key
from tasks.reports.post import Post, Report
from tasks.rules.feedback import Channel, Item, Sweep
from tasks.runs import Run, schedule
from tasks.settings import settings
from tasks.slack import publish
from tests.support_alone import ACME, GLOBEX
from tests.sweep_company import on

REPORT: Final = Report(Post("Overnight"))


def run_at(said: str) -> Run:
    """The run that started at that moment."""
    return schedule(on(said), on(said), None, settings().pipeline.time_zone, 12)


def ts(said: str) -> str:
    """Slack's name of that moment."""
    return f"{on(said).timestamp():.6f}"


def asked(said: str, *, dry_run: bool = False, is_whole: bool = True) -> Asked:
    """What the whole sweep of that moment is asked for."""
    return asked_for.fn(None, None, (), run_at(said), is_whole=is_whole, dry_run=dry_run)


def sweep_of(*items: Item, up_to: str = "Mon 24 06:00", **channels: str) -> Sweep:
    """A sweep of both channels up to that moment; `channels` (ACME, GLOBEX) are those that could not be read."""
    names = {ACME: "ACME", GLOBEX: "GLOBEX"}
    read = tuple(Channel(id_, name, "", ts(up_to), channels.get(name, "")) for id_, name in names.items())
    return Sweep(on("Fri 21 16:00"), on(up_to), items, read)


def swept(said: str, *items: Item, posts: bool = True) -> None:
    """The whole sweep of that moment; its report stands unless it `posts` nothing."""
    wanted = asked(said)
    remember_sweep.fn(sweep_of(*items, up_to=said), wanted)
    if posts:
        publish.fn(REPORT, report_key(wanted.day), run_at(said).day_began)


def marks_of(said: str) -> dict[str, str]:
    """The marks of a sweep that ended then."""
    return dict.fromkeys((ACME, GLOBEX), ts(said))
