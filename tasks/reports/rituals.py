"""What `/rituals` answers: each ritual with its last and its next run, and how to start one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tasks.reports.blocks import Element, bold, context, items, link, rich_text, section, text
from tasks.reports.dates import clock_time, weekday
from tasks.reports.post import Post
from tasks.reports.slack_text import mrkdwn

_GOOD = {"Completed"}


@dataclass(frozen=True)
class LastRun:
    """A run that ended: when it began (aware), the name of its state ("Completed", "Refused"), where it can be seen."""

    began: datetime
    state: str
    url: str = ""


@dataclass(frozen=True)
class Ritual:
    """A deployment as `/rituals` lists it.

    command   what stands after `/rituals run`: the flow's name      title   what people call it
    last      None where none ended yet       next    aware, in the past where it is late; None where no schedule is on
    running   whether a run is going on
    """

    command: str
    title: str
    last: LastRun | None = None
    next: datetime | None = None
    running: bool = False


def rituals_said(rituals: Sequence[Ritual], now: datetime, time_zone: str, *, may_run: bool) -> Post:
    """The list, times on the clock of `time_zone`; `may_run` is whether the person may start one from Slack."""
    zone = ZoneInfo(time_zone)
    rows = [_row(ritual, now, zone) for ritual in rituals]
    first = rituals[0].command if rituals else "pipeline-review"
    hint = (
        f"Start one with /rituals run {first}. What a report proposes is decided with the buttons below it."
        if may_run
        else "To start one from Slack, ask RevOps to add you to RITUALS_SLACK_DECIDERS."
    )
    listed = items("bullet", rows) if rows else section(text("None is deployed: run python -m deployments.setup."))
    return Post(mrkdwn(f"{len(rituals)} rituals. {hint}"), [rich_text(section(bold("Rituals")), listed), context(hint)])


def _row(ritual: Ritual, now: datetime, zone: ZoneInfo) -> list[Element]:
    name = [bold(ritual.title), text(f" ({ritual.command}): ")]
    return [*name, *_last(ritual, now, zone), text(_next(ritual, now, zone))]


def _last(ritual: Ritual, now: datetime, zone: ZoneInfo) -> list[Element]:
    if ritual.last is None:
        return [text("has not run yet")]
    when = _moment(ritual.last.began, now, zone)
    state = text(ritual.last.state.lower()) if ritual.last.state in _GOOD else bold(ritual.last.state.lower())
    return [text("last "), link(when, ritual.last.url), text(", "), state]


def _next(ritual: Ritual, now: datetime, zone: ZoneInfo) -> str:
    if ritual.running:
        return "; running now"
    if ritual.next is None:
        return "; no schedule is on"
    when = _moment(ritual.next, now, zone)
    return f"; next {when}" if ritual.next >= now else f"; was due {when} and has no worker"


def _moment(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{weekday(local.date(), now.astimezone(zone).date())} {clock_time(moment, zone)}"
