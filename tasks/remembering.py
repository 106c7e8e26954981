"""What one review leaves in the ledger for the next, and for the person who decides on it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from prefect import task

from tasks.decisions import with_decisions
from tasks.ledger_decisions import Decisions
from tasks.ledger_weeks import Weeks
from tasks.patience import PATIENT
from tasks.reports.pipeline_lines import headline_phrase
from tasks.reports.post import Post
from tasks.rules.asks import not_judged
from tasks.rules.findings import Book, Review
from tasks.rules.policy import PipelinePolicy
from tasks.rules.proposals import Proposal
from tasks.rules.proposing import proposal_of
from tasks.rules.weekly import Since, no_longer_open, since_last, week_of
from tasks.rules.weeks import Past, Week
from tasks.runs import Run, remembered
from tasks.salesforce import read_left
from tasks.salesforce_pipeline import Reading
from tasks.settings import settings

RITUAL = "pipeline-review"
ALL = "all"
KEPT = timedelta(days=400)  # a warning is remembered for a year


@task(**PATIENT)
def recall(day: date) -> tuple[Past, frozenset[str]]:
    """What is remembered on the office day of a review: the week before it with who was warned of what, and the ids of
    what decisions have closed since.

    Raises LedgerMissing where `deployments.migrate` has not been run, Unavailable or SettingsError.
    """
    config = settings()
    with remembered(config) as memory:
        past = Weeks(memory).before(day)
        if past.last is None:
            return past, frozenset()
        then = datetime.combine(past.last.day, time(), ZoneInfo(config.pipeline.time_zone))
        return past, Decisions(memory).closed_since(then)


@task(**PATIENT)
def remember(proposal: Proposal | None, week: Week | None, today: date) -> None:
    """Keep what a person may decide on, and what the next review compares with. `today` is the office day on which
    this runs: of an earlier day only what is not known yet is kept. Weeks that nobody compares with any more are
    forgotten. Raises as `recall`."""
    with remembered(settings()) as memory:
        if week is not None:
            Weeks(memory).keep(week, today=today)
            Weeks(memory).forget_before(today - KEPT)
        if proposal is not None:
            Decisions(memory).propose(proposal)


@task(**PATIENT)
def decided_already(first: Post, report_key: str) -> Post | None:
    """The report's first message as it reads after the decisions that were taken on it; None where there are none. For
    a review that runs again. Raises as `recall`."""
    config = settings()
    with remembered(config) as memory:
        standings = Decisions(memory).standings_of(report_key)
    decided = [standing for standing in standings if standing.decision]
    return with_decisions(first, decided, config) if decided else None


def compared(
    recalled: tuple[Past, frozenset[str]], findings: Review, book: Book, reading: Reading, owner_or_team: str
) -> Since:
    """What changed since the review before, and what became of its asks. Asks Salesforce what became of the deals that
    are no longer open; raises as `read_left`."""
    past, decided = recalled
    everything_open = frozenset(reading.opportunities["id"])
    left = read_left(no_longer_open(past, everything_open, owner_or_team))
    return since_last(
        past,
        findings,
        left,
        scope=owner_or_team,
        everything_open=everything_open,
        decided=decided,
        unknown=not_judged(book),
    )


def to_decide(
    run: Run, findings: Review, book: Book, policy: PipelinePolicy, *, key: str, owner_or_team: str, channel: str
) -> Proposal | None:
    """What a person may decide on; None where nothing is proposed, and for a day that is over: what was true then is
    not what would be closed now."""
    if run.is_replay:
        return None
    return proposal_of(
        findings,
        book.opportunities,
        ritual=RITUAL,
        scope=owner_or_team.strip().casefold() or ALL,
        made_at=datetime.now(UTC),
        report_key=key,
        channel=channel,
        stale_after_days=policy.stale_after_days,
        headline=headline_phrase(findings),
    )


def to_remember(findings: Review, book: Book, past: Past, owner_or_team: str) -> Week | None:
    """What the next review compares with; None for a review of one owner or team, which knows only a part."""
    return None if owner_or_team.strip() else week_of(findings, book.opportunities, past)
