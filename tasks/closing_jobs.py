"""What deciding and undoing do to records: what to write, when not to, and how to tell that it was we who did it."""

from collections.abc import Mapping
from dataclasses import replace

from tasks.closing import Job, Stop
from tasks.rules.clock import office_day
from tasks.rules.findings import Deal, Review, Verdict
from tasks.rules.pipeline import deals_with
from tasks.rules.proposals import Decision, Fields, Outcome, Result, Standing, Undo
from tasks.rules.rechecking import why_not
from tasks.rules.undoing import Restore, restorable
from tasks.salesforce_writes import OpportunityWriter
from tasks.settings import Settings


def closing_job(standing: Standing, findings: Review, writer: OpportunityWriter, config: Settings) -> Job:
    """Closing what was decided as lost, where `findings`, judged anew, and the record itself still allow it."""
    decision, target = decision_on(standing), config.pipeline.closed_lost_stage
    deals = {deal.id: deal for deal in standing.proposal.deals}
    judged = _judged(findings, decision.approved)
    reason = {config.salesforce_loss_reason_field: decision.loss_reason} if decision.loss_reason else {}
    wanted = {"StageName": target, **reason}

    def judge(record: str, now: Fields | None) -> Fields | Stop:
        why = why_not(
            deals[record],
            now,
            judged.get(record),
            closed_stages=(),
            target_stage=target,
            today=findings.as_of,
            time_zone=config.pipeline.time_zone,
        )
        return why or wanted

    return Job(
        standing.proposal.id,
        standing.proposal.ritual,
        "close",
        Outcome.CLOSED,
        intent=lambda _: wanted,
        judge=judge,
        is_ours=lambda _, now: now["StageName"] == target and now["LastModifiedById"] == writer.us,
    )


def undoing_job(standing: Standing, undo: Undo, writer: OpportunityWriter, config: Settings) -> Job:
    """Putting back what the decision wrote, where nobody changed it since."""
    closed = {result.record_id: result for result in standing.closed}
    zone = config.pipeline.time_zone
    ours = {"StageName", config.salesforce_loss_reason_field}
    today = office_day(undo.undone_at, zone)

    def judge(record: str, now: Fields | None) -> Fields | Stop:
        found = restorable(closed[record], now, ours, today=today, time_zone=zone)
        return found.fields if isinstance(found, Restore) else found

    def is_ours(record: str, now: Fields) -> bool:
        return (now["StageName"], now["LastModifiedById"]) == (closed[record].before["StageName"], writer.us)

    def intent(record: str) -> Fields:
        return {field: closed[record].before.get(field) for field in closed[record].sent}

    proposal = standing.proposal
    return Job(proposal.id, proposal.ritual, "undo", Outcome.RESTORED, intent, judge, is_ours)


def looked_at(job: Job, writer: OpportunityWriter, records: tuple[str, ...]) -> tuple[Result, ...]:
    """What the job would do to the records as they are now; nothing is written."""
    now = writer.read(records)
    found = {record: job.judge(record, now.get(record)) for record in records}
    return tuple(
        Result(record, *wanted)
        if isinstance(wanted, tuple)
        else Result(record, job.done, before=now[record], sent=wanted, after={**now[record], **wanted})
        for record, wanted in found.items()
    )


def by_account(standing: Standing, records: tuple[str, ...]) -> list[str]:
    """Side by side what shares an account: Salesforce locks it for each of them."""
    accounts = {deal.id: deal.account for deal in standing.proposal.deals}
    return sorted(records, key=lambda record: (accounts[record], record))


def decision_on(standing: Standing) -> Decision:
    """The decision of a proposal that is decided; ValueError for another."""
    if standing.decision is None:
        raise ValueError(f"proposal {standing.proposal.id} has not been decided")
    return standing.decision


def _judged(findings: Review, records: tuple[str, ...]) -> Mapping[str, Deal]:
    mine = replace(findings, deals=findings.deals[findings.deals["id"].isin(records)])
    return {deal.id: deal for verdict in Verdict for deal in deals_with(mine, verdict)}
