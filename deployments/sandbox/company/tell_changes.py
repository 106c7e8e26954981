"""What was changed on a deal of the story, and the two histories that Salesforce keeps of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.org import PROBABILITY
from deployments.sandbox.company.people import TEAM
from deployments.sandbox.company.rows import FieldHistoryRow, HistoryRow
from deployments.sandbox.company.story import Deal, Quarter

FIRST_STAGE = "Discovery"
A_MONTH = 31
LATELY = 20  # days; who keeps a next step up to date changed it in these
NAMES = {c.key: c.name for c in TEAM}


@dataclass(frozen=True)
class Change:
    """A field's change at a moment (as stored); owners by their key."""

    at: str
    field: str
    old: str | None
    new: str | None


def changes(office: OfficeTime, deal: Deal) -> list[Change]:
    """Everything that was changed since the deal was created, oldest first."""
    found = [*_stage(office, deal), *_close_dates(office, deal)]
    if deal.expect and deal.next_step and deal.created > LATELY:
        since = deal.step_since if deal.step_since is not None else 1 + len(deal.name) % LATELY
        found.append(Change(office.moment(since, "16:40"), "NextStep", "Book a demo", deal.next_step))
    if deal.handover:
        found.append(Change(office.moment(deal.handover.days, "09:20"), "Owner", deal.handover.before, deal.owner))
    return sorted(found, key=lambda change: change.at)


def _stage(office: OfficeTime, deal: Deal) -> Iterator[Change]:
    if deal.stage == FIRST_STAGE:
        return
    since = deal.stage_since if deal.stage_since is not None else deal.created // 2
    if deal.expect is None and isinstance(deal.close, int):
        since = -deal.close
    yield Change(office.moment(since, "16:10"), "StageName", FIRST_STAGE, deal.stage)


def _close_dates(office: OfficeTime, deal: Deal) -> Iterator[Change]:
    if isinstance(deal.close, Quarter) and deal.slipped is not None:
        old, new = office.in_quarter(0, 80), office.in_quarter(deal.close.ahead, deal.close.day)
        yield Change(office.moment(deal.slipped, "15:30"), "CloseDate", old, new)
    elif isinstance(deal.close, int):
        for back in range(deal.pushes, 0, -1):
            last = office.date(-deal.close)
            before, after = last - timedelta(A_MONTH * back), last - timedelta(A_MONTH * (back - 1))
            at = office.moment(A_MONTH * back - 9, "17:05")
            yield Change(at, "CloseDate", before.isoformat(), after.isoformat())


def histories(office: OfficeTime, story: Sequence[tuple[str, Deal]], users: Mapping[str, str]) -> Iterator[HistoryRow]:
    """OpportunityHistory: the deal as created, and after each change of stage or close date."""
    number = 0
    for id_, deal in story:
        made = changes(office, deal)
        stage = FIRST_STAGE
        dates = [change for change in made if change.field == "CloseDate"]
        close = dates[0].old if dates else _close(office, deal)
        for change in (Change(office.moment(deal.created, "09:00"), "", None, None), *made):
            stage = change.new or stage if change.field == "StageName" else stage
            close = change.new if change.field == "CloseDate" else close
            if change.field in {"", "StageName", "CloseDate"}:
                number += 1
                yield HistoryRow(
                    record_id("008", number), id_, stage, deal.amount, close, PROBABILITY.get(stage), change.at,
                    users[deal.owner], change.at,
                )  # fmt: skip


def _close(office: OfficeTime, deal: Deal) -> str | None:
    return office.day(-deal.close) if isinstance(deal.close, int) else None


def field_histories(
    office: OfficeTime, story: Sequence[tuple[str, Deal]], users: Mapping[str, str]
) -> Iterator[FieldHistoryRow]:
    """OpportunityFieldHistory. Salesforce writes a change of owner twice: once with names, once with ids."""
    number = 0
    for id_, deal in story:
        for change in changes(office, deal):
            pairs = [(change.old, change.new)]
            if change.field == "Owner":
                keys = (str(change.old), str(change.new))
                pairs = [(NAMES[keys[0]], NAMES[keys[1]]), (users[keys[0]], users[keys[1]])]
            for old, new in pairs:
                number += 1
                by = users[deal.owner]
                yield FieldHistoryRow(record_id("017", number), id_, change.field, old, new, change.at, by)
