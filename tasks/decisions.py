"""A person's decision on a proposal: taken down, carried out, told; and undone. Slack's buttons will call the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from prefect import task

from tasks.clients import Refused, salesforce
from tasks.closing import Carrier
from tasks.closing_jobs import by_account, closing_job, decision_on, looked_at, undoing_job
from tasks.ledger import Ledger
from tasks.ledger_decisions import Decisions
from tasks.patience import PATIENT
from tasks.reports.decision import reply, retitled, undo_button, undo_reply, words
from tasks.reports.decision_context import DecisionContext
from tasks.reports.post import Post
from tasks.rules.deciding import Order, decision_of, refusal, undo_until, unsettled
from tasks.rules.findings import Review
from tasks.rules.proposals import Result, Standing, Undo
from tasks.rules.undoing import UndoOrder, undo_of, undo_refusal
from tasks.runs import form_link, remembered, run_id, run_link, salesforce_site
from tasks.salesforce_writes import OpportunityWriter
from tasks.settings import Settings, settings
from tasks.slack import publisher

UNDO = "undo-closure/undo"


class DecisionRefused(Refused):
    """What a person asked for is not carried out; the message is one sentence for them."""


@task(**PATIENT)
def decide(order: Order, *, dry_run: bool = True) -> Standing:
    """Take down what a person decided, and where its proposal then stands. A dry run takes nothing down.

    Raises DecisionRefused with a sentence for the person; Unavailable, Refused or SettingsError as the org and the
    ledger do.
    """
    config = settings()
    with remembered(config) as memory:
        store = Decisions(memory)
        found = store.standing(order.proposal_id.strip())
        named = config.salesforce_loss_reason_field
        reasons = OpportunityWriter(salesforce(config), config).loss_reasons() if named and found else ()
        now = datetime.now(UTC)
        standing = _accepted(order, found, reasons, config, now, dry_run=dry_run)
        decision = decision_of(
            order, standing, deciders=config.deciders, loss_reasons=reasons, now=now, run_id=run_id()
        )
        if dry_run:
            return replace(standing, decision=decision)
        store.record(decision)
        # Where somebody was faster their decision stands, and ours goes on with it if it is the same.
        return _accepted(order, store.standing(decision.proposal_id), reasons, config, now, dry_run=dry_run)


@task(**PATIENT)
def close(standing: Standing, findings: Review) -> tuple[Result, ...]:
    """Close in Salesforce what was decided, where `findings`, judged anew, and the record itself still allow it.

    Raises Unavailable while the outcome of some is not known, or they are locked: running again goes on from there.
    """
    config, decision = settings(), decision_on(standing)
    with remembered(config) as memory:
        writer = OpportunityWriter(salesforce(config), config)
        job = closing_job(standing, findings, writer, config)
        return Carrier(memory, writer).carry_out(job, by_account(standing, decision.approved))


@task(**PATIENT)
def ask_to_undo(order: UndoOrder, *, dry_run: bool = True) -> Undo:
    """Take down that a person wants a decision undone; the undo that they began before, where this order repeats it.
    Raises as `decide`."""
    config, now = settings(), datetime.now(UTC)
    with remembered(config) as memory:
        store = Decisions(memory)
        standing = store.standing(order.proposal_id.strip())
        zone = config.pipeline.time_zone
        wrong = undo_refusal(order, standing, policy=config.closing, deciders=config.deciders, now=now, time_zone=zone)
        if wrong or standing is None:
            if not dry_run:
                _say_again(standing, config)
            raise DecisionRefused(wrong)
        undo = undo_of(order, standing, deciders=config.deciders, now=now, run_id=run_id())
        begun = _begun(standing.undos, undo, standing.undone)
        if begun or dry_run:
            return begun or undo
        store.record_undo(undo)
        # Of two that ask the same at once the first is the undo, so that one reply tells of it.
        return _begun(store.undos(undo.proposal_id), undo, ()) or undo


@task(**PATIENT)
def restore(undo: Undo) -> tuple[Result, ...]:
    """Put the records back as they were before the decision closed them. Raises as `close`."""
    config = settings()
    with remembered(config) as memory:
        writer = OpportunityWriter(salesforce(config), config)
        standing = _standing(memory, undo.proposal_id)
        job = undoing_job(standing, undo, writer, config)
        return Carrier(memory, writer).carry_out(job, by_account(standing, undo.records))


@task(**PATIENT)
def tell(proposal_id: str) -> Post:
    """Say in the report's thread what became of every record of a decision, as the ledger has it by now, and in its
    first line what was decided; the reply. Said again it replaces what it said. Raises as `slack.publish`."""
    config = settings()
    standing = _remembered_standing(proposal_id, config)
    post = reply(standing, _context(standing, config))
    _say(standing, {"decision": post}, config)
    return post


@task(**PATIENT)
def tell_undo(undo: Undo) -> Post:
    """Say the same of an undo, in a reply of its own; the reply to the decision and the first line then tell of it too.
    Raises as `tell`."""
    config = settings()
    standing = _remembered_standing(undo.proposal_id, config)
    context = _context(standing, config)
    post = _undo_post(standing, undo, context)
    _say(standing, {_undo_name(undo): post, "decision": reply(standing, context)}, config)
    return post


@task(**PATIENT)
def preview(standing: Standing, findings: Review) -> Post:
    """What the decision would do now: the reply as it would be, with nothing written. Raises as `decide`."""
    config, decision = settings(), decision_on(standing)
    writer = OpportunityWriter(salesforce(config), config)
    results = looked_at(closing_job(standing, findings, writer, config), writer, decision.approved)
    return reply(replace(standing, closed=results), replace(_context(standing, config), dry_run=True))


@task(**PATIENT)
def preview_undo(undo: Undo) -> Post:
    """What the undo would do now, with nothing written. Raises as `preview`."""
    config = settings()
    writer = OpportunityWriter(salesforce(config), config)
    standing = _remembered_standing(undo.proposal_id, config)
    results = looked_at(undoing_job(standing, undo, writer, config), writer, undo.records)
    return undo_reply(standing, undo, results, replace(_context(standing, config), dry_run=True))


def _accepted(
    order: Order,
    standing: Standing | None,
    reasons: tuple[str, ...],
    config: Settings,
    now: datetime,
    *,
    dry_run: bool,
) -> Standing:
    wrong = refusal(
        order,
        standing,
        policy=config.closing,
        deciders=config.deciders,
        loss_reasons=reasons,
        now=now,
        time_zone=config.pipeline.time_zone,
    )
    if wrong or standing is None:
        if not dry_run:
            _say_again(standing, config)
        raise DecisionRefused(wrong)
    return standing


def _begun(undos: Sequence[Undo], undo: Undo, undone: Sequence[Result]) -> Undo | None:
    """The first of the undos that is the same person's for the same records, or those of it that are not settled."""
    settled = {result.record_id for result in undone if result.outcome.is_final}
    wanted = set(undo.records)
    same = (one for one in undos if one.undone_by == undo.undone_by)
    return next((one for one in same if wanted in (set(one.records), set(one.records) - settled)), None)


def _say_again(standing: Standing | None, config: Settings) -> None:
    """What was carried out, once more: a run that was cut off right after its last write left it unsaid, and the next
    one is told that there is nothing left to do."""
    if standing is None or standing.decision is None or unsettled(standing.decision, standing.closed):
        return
    context = _context(standing, config)
    undos = [undo for undo in standing.undos if _begun(standing.undos, undo, ()) is undo]
    replies = {_undo_name(undo): _undo_post(standing, undo, context) for undo in undos}
    _say(standing, {"decision": reply(standing, context), **replies}, config)


def _undo_post(standing: Standing, undo: Undo, context: DecisionContext) -> Post:
    results = [result for result in standing.undone if result.record_id in undo.records]
    return undo_reply(standing, undo, results, context)


def _undo_name(undo: Undo) -> str:
    return f"undo {undo.undone_at:%Y-%m-%dT%H:%M:%S}"


def with_decisions(first: Post, standings: Sequence[Standing], config: Settings) -> Post:
    """The first message of a report with what was decided on it, oldest first, in place of what was to be decided."""
    for standing in standings:
        if standing.decision:
            context = _context(standing, config)
            button = undo_button(standing, context)
            first = retitled(first, standing.proposal.headline, words(standing, context), button)
    return first


def _say(standing: Standing, replies: Mapping[str, Post], config: Settings) -> None:
    """Replies below the report, and the decisions in the report's first line."""
    proposal = standing.proposal
    with publisher(proposal.channel) as slack:
        day_began = datetime.combine(proposal.day, time(), ZoneInfo(config.pipeline.time_zone))
        for what, post in replies.items():
            slack.reply(proposal.report_key, post, f"{proposal.report_key}:{proposal.id}:{what}", day_began)
        standings = Decisions(slack.ledger).standings_of(proposal.report_key)
        slack.rewrite(proposal.report_key, lambda first: with_decisions(first, standings, config))


def _context(standing: Standing, config: Settings) -> DecisionContext:
    decision = decision_on(standing)
    return DecisionContext(
        salesforce_url=salesforce_site(config),
        corporate_currency=config.pipeline.corporate_currency,
        time_zone=config.pipeline.time_zone,
        slack_owners=config.slack_owners,
        run_url=run_link(),
        undo_url=form_link(UNDO, {"proposal": decision.proposal_id}),
        undo_until=undo_until(decision, config.closing, config.pipeline.time_zone),
    )


def _remembered_standing(proposal_id: str, config: Settings) -> Standing:
    with remembered(config) as memory:
        return _standing(memory, proposal_id)


def _standing(memory: Ledger, proposal_id: str) -> Standing:
    standing = Decisions(memory).standing(proposal_id)
    if standing is None:
        raise Refused(f"The ledger does not know proposal {proposal_id} any more")
    return standing
