"""A review and a decision on it as plain functions, without Prefect: the steps of the flows, in their order."""

from dataclasses import dataclass
from datetime import datetime

from tasks import decisions, remembering, slack
from tasks.clients import SalesforceDoor
from tasks.reports.pipeline import message
from tasks.reports.post import Post, lines
from tasks.rules.deciding import Order
from tasks.rules.findings import Book, Review
from tasks.rules.pipeline import review
from tasks.rules.proposals import Proposal, Result
from tasks.rules.undoing import UndoOrder
from tasks.rules.weekly import Since
from tasks.runs import Run, report_context, this_moment
from tasks.salesforce_pipeline import PipelineReader, Reading
from tasks.settings import settings
from tests.company import OFFICE

REASON = "No response"
DECIDER = "Marisol Vega"


@dataclass(frozen=True)
class Judged:
    """What one reading came to."""

    run: Run
    reading: Reading
    book: Book
    findings: Review


def judged() -> Judged:
    """The pretend company as a review of this moment sees it."""
    config = settings()
    run = this_moment(config)
    reading = PipelineReader(SalesforceDoor(config), config, run.until, config.pipeline.warn_after_days).read()
    talk = slack.read_customer_talk.fn(reading.silent_accounts, run.days_ago(45), run.until)
    book = reading.book(talk, config, run.until)
    return Judged(run, reading, book, review(book, run.as_of, config.pipeline))


def proposed() -> Proposal:
    """Review, remember and post; what is proposed."""
    config, seen = settings(), judged()
    key = seen.run.key(remembering.RITUAL)
    proposal = remembering.to_decide(
        seen.run, seen.findings, seen.book, config.pipeline, key=key, owner_or_team="", channel=""
    )
    assert proposal is not None
    past, _ = remembering.recall.fn(seen.run.as_of)
    context = report_context(seen.run, config.pipeline, config, seen.reading, dry_run=False, replaces=False)
    week = remembering.to_remember(seen.findings, seen.book, past, "")
    remembering.remember.fn(proposal, week, seen.run.as_of)
    slack.publish.fn(message(seen.findings, context, Since()), key, seen.run.day_began)
    return proposal


def decided(proposal: Proposal, *names: str) -> dict[str, Result]:
    """Decide to close those of the proposal (all, without names) and carry it out; the results by the deals' names."""
    standing = decisions.decide.fn(Order(proposal.id, names, REASON, DECIDER), dry_run=False)
    return by_name(proposal, decisions.close.fn(standing, judged().findings))


def undone(proposal: Proposal, *names: str) -> dict[str, Result]:
    """Undo the decision on the proposal, for those alone where names are given; the results by the deals' names."""
    undo = decisions.ask_to_undo.fn(UndoOrder(proposal.id, names, DECIDER), dry_run=False)
    return by_name(proposal, decisions.restore.fn(undo))


def by_name(proposal: Proposal, results: tuple[Result, ...]) -> dict[str, Result]:
    """The results by the names of their deals."""
    names = {deal.id: deal.name for deal in proposal.deals}
    return {names[result.record_id]: result for result in results}


def told(post: Post) -> str:
    """What a post says, line by line."""
    return "\n".join(lines(post.blocks, post.names))


def today() -> str:
    """The office day, as Salesforce writes a date."""
    return datetime.now(OFFICE).date().isoformat()
