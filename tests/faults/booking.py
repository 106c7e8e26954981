"""Two coaching talks of the small company, drafted below a report in the CRO's channel, and what a run is to do with
them. They are on Tue 2026-11-24 in Los Angeles."""

from datetime import UTC, datetime, timedelta
from typing import Final

from deployments.sandbox.company.tell import USER_IDS
from flows.forms import BookingForm
from tasks.ledger_activity import Talks
from tasks.reports.blocks import header
from tasks.reports.post import Post, Report
from tasks.rules.talks import Talk
from tasks.runs import remembered
from tasks.settings import settings
from tasks.slack import publisher
from tests.company import REVIEW_AT

CHANNEL: Final = "C0CRO"
REPORT: Final = "activity-review:2026-11-23:all"
SUGGESTED: Final = "2 talks suggested"
MANAGER: Final = USER_IDS["marisol"]
_DRAFTED: Final = REVIEW_AT.astimezone(UTC)


def _talk(name: str, key: str, rep: str, hour: int) -> Talk:
    return Talk(
        id=name, report_key=REPORT, channel=CHANNEL, rep_id=USER_IDS[key], rep=rep, manager_id=MANAGER,
        manager="Marisol Vega", starts=datetime(2026, 11, 24, hour, tzinfo=UTC), minutes=30,
        time_zone="America/Los_Angeles", subject="Coaching: following up with people", agenda=("One", "Two", "Three"),
        because="4 people", drafted_at=_DRAFTED,
    )  # fmt: skip


TALKS: Final = (
    _talk("talk-2026-11-23-aaaaaa", "tom", "Tom Okafor", 18),
    _talk("talk-2026-11-23-bbbbbb", "priya", "Priya Nair", 20),
)


def form(decider: str) -> BookingForm:
    """Both are to be booked."""
    return BookingForm(talks=[talk.id for talk in TALKS], decided_by=decider, dry_run=False)


def draft() -> None:
    """Put the drafts into the ledger, and the report that tells of them into Slack."""
    with remembered(settings()) as memory:
        Talks(memory).draft(TALKS)
    first = f"Rep activity: {SUGGESTED}"
    with publisher(CHANNEL, private=True) as slack:
        slack.publish(Report(Post(first, [header(first)])), REPORT, _DRAFTED - timedelta(days=1))
