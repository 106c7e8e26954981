"""Writing what a person decided, record by record: each at most once, none without a look right before it, and one
result for each. Knows no Prefect: a run that was killed anywhere is repaired by running it again."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.ledger import Busy, Effect, Ledger
from tasks.ledger_decisions import Decisions
from tasks.rules.proposals import Fields, Outcome, Result
from tasks.rules.rechecking import GONE
from tasks.rules.record_fields import moved_by_org
from tasks.salesforce_writes import BATCH, Answer, Change, OpportunityWriter, Said, lock_waits

Stop = tuple[Outcome, str]
_FINAL = {Said.REFUSED: Outcome.REFUSED, Said.FORBIDDEN: Outcome.FORBIDDEN}
_OTHER_RUN = "another run is writing it: run the same again when that has ended"


@dataclass(frozen=True)
class Job:
    """What one action does to records.

    done      what became of a record that was written
    intent    what is to be written, whatever the record turns out to need of it: the same for every run
    judge     the record as it stands now (None: gone) -> what to write, or why not
    is_ours   the record as it stands now -> whether it is we who left it so
    """

    proposal_id: str
    ritual: str
    action: Literal["close", "undo"]
    done: Outcome
    intent: Callable[[str], Fields]
    judge: Callable[[str, Fields | None], Fields | Stop]
    is_ours: Callable[[str, Fields], bool]

    def key(self, record_id: str) -> str:
        """Of the effect: the ritual, its period and contents, the action, the record; never a run."""
        return f"{self.ritual}:{self.proposal_id}:{self.action}:{record_id}"


@dataclass
class Carrier:
    """Carries out jobs through one door, remembering each step in the ledger. `sleep` waits for locked records."""

    ledger: Ledger
    writer: OpportunityWriter
    sleep: Callable[[float], None] = time.sleep
    waits: Callable[[], Iterator[float]] = field(default=lambda: lock_waits(random.Random()))  # noqa: S311 - no secret

    def carry_out(self, job: Job, records: Sequence[str]) -> tuple[Result, ...]:
        """The final results of all `records`, which come in the order to write them in.

        Raises Unavailable while some are unsettled (running again goes on from there), Refused or LimitReached.
        """
        before = self._store.results(job.proposal_id, job.action)
        settled = {result.record_id for result in before if result.outcome.is_final}
        waiting = [record for record in records if record not in settled]
        for start in range(0, len(waiting), BATCH):
            _Batch(self, job).run(waiting[start : start + BATCH])
        results = self._store.results(job.proposal_id, job.action)
        mine = [result for result in results if result.record_id in set(records)]
        unsettled = [result for result in mine if not result.outcome.is_final]
        if unsettled:
            raise Unavailable(
                f"{len(unsettled):,} of {len(records):,} opportunities are not settled yet, the first "
                f"{unsettled[0].record_id}: {unsettled[0].detail}"
            )
        return tuple(mine)

    @property
    def _store(self) -> Decisions:
        return Decisions(self.ledger)


class _Batch:
    """Up to 25 records: claimed, looked at, written in one call, read back."""

    def __init__(self, carrier: Carrier, job: Job) -> None:
        self._ledger, self._writer, self._job = carrier.ledger, carrier.writer, job
        self._store, self._carrier = Decisions(carrier.ledger), carrier
        self._mine: dict[str, Effect] = {}  # claimed and not concluded yet

    def run(self, records: Sequence[str]) -> None:
        """Raises as `Carrier.carry_out`, but not for single records: those have a result that says so."""
        with self._released_at_the_end():
            done = [record for record in records if self._claim(record)]
            now = self._writer.read([*done, *self._mine])
            done += [record for record in list(self._mine) if self._was_written_before(record, now.get(record))]
            ready = [change for record in list(self._mine) if (change := self._change(record, now.get(record)))]
            self._read_back([*done, *self._send(ready)])

    @contextmanager
    def _released_at_the_end(self) -> Iterator[None]:
        """Whatever happens: what is ours and was not concluded will not be sent by us any more."""
        try:
            yield
        finally:
            for record in self._mine:
                self._ledger.release(self._job.key(record))

    def _claim(self, record: str) -> bool:
        """Take the record for this run; True when it was written before and only its result is missing."""
        key = self._job.key(record)
        try:
            self._ledger.plan(key, self._job.intent(record))
            effect = self._ledger.claim(key)
        except Busy:
            self._leave(record, _OTHER_RUN)
            return False
        if effect.state == "refused":
            self._settle(record, *_told(effect.reason))
        elif effect.state == "sending":
            self._mine[record] = effect
        return effect.state == "done"

    def _was_written_before(self, record: str, now: Fields | None) -> bool:
        """Whether an attempt whose answer we do not know succeeded."""
        ours = now is not None and self._mine[record].attempt > 1 and self._job.is_ours(record, now)
        if ours:
            self._finish(record)
        return ours

    def _change(self, record: str, now: Fields | None) -> Change | None:
        """What to send, after keeping the record as it is; None when it has been settled instead."""
        wanted = self._job.judge(record, now)
        if isinstance(wanted, tuple) or now is None:
            self._refuse(record, *(wanted if isinstance(wanted, tuple) else GONE))
            return None
        self._store.keep_before(self._job.proposal_id, self._job.action, record, now, wanted, overwriting=True)
        return Change(record, wanted, datetime.fromisoformat(str(now["LastModifiedDate"])))

    def _send(self, changes: Sequence[Change]) -> list[str]:
        """Write, again where the record was locked; the records that are written."""
        written: list[str] = []
        waits = self._carrier.waits()
        while changes:
            answers = self._answers(changes)
            written += [record for record, answer in answers.items() if self._conclude(record, answer)]
            locked = [change for change in changes if answers[change.record_id].said is Said.LOCKED]
            wait = next(waits, None)
            if wait is None or not locked:
                for change in locked:
                    self._unsend(change.record_id, Outcome.LOCKED, answers[change.record_id].detail)
                break
            self._carrier.sleep(wait)
            changes = locked
        return written

    def _answers(self, changes: Sequence[Change]) -> Mapping[str, Answer]:
        self._ledger.renew([self._job.key(change.record_id) for change in changes])
        try:
            return self._writer.write(changes)
        except (NotExecuted, Refused) as error:
            for change in changes:
                self._unsend(change.record_id, Outcome.UNANSWERED, str(error))
            raise

    def _conclude(self, record: str, answer: Answer) -> bool:
        """Note the answer for one record; True when it is written."""
        if answer.said is Said.WRITTEN:
            self._finish(record)
        elif answer.said is Said.CHANGED:
            return self._changed_meanwhile(record)
        elif answer.said is Said.GONE:
            self._refuse(record, *GONE)
        elif answer.said in _FINAL:
            self._refuse(record, _FINAL[answer.said], answer.detail)
        elif answer.said is Said.NOT_SENT:
            self._unsend(record, Outcome.UNANSWERED, answer.detail)
        elif answer.said is Said.UNKNOWN:
            self._leave(record, answer.detail)
        return answer.said is Said.WRITTEN

    def _changed_meanwhile(self, record: str) -> bool:
        """The guard spoke: somebody was faster, or an earlier attempt of ours was late."""
        now = self._writer.read([record]).get(record)
        if now is not None and self._job.is_ours(record, now):
            self._finish(record)
            return True
        wanted = self._job.judge(record, now)
        changed = (Outcome.SKIPPED, "changed in the moment of writing")
        self._refuse(record, *(wanted if isinstance(wanted, tuple) else changed))
        return False

    def _read_back(self, written: Sequence[str]) -> None:
        """Keep what the records are now, and what the org changed by itself."""
        if not written:
            return
        now = self._writer.read(written)
        images = self._store.images(self._job.proposal_id, self._job.action)
        for record in written:
            after = now.get(record, {})
            detail = "" if after else "written, but gone or hidden from us since"
            moved = moved_by_org(images[record].before, images[record].sent, after)
            result = Result(record, self._job.done, detail, after=after, by_org=moved)
            self._store.settle(self._job.proposal_id, self._job.action, result)

    def _finish(self, record: str) -> None:
        self._ledger.finish(self._job.key(record), record)
        self._mine.pop(record, None)

    def _refuse(self, record: str, outcome: Outcome, detail: str) -> None:
        self._ledger.refuse(self._job.key(record), f"{outcome}: {detail}")
        self._mine.pop(record, None)
        self._settle(record, outcome, detail)

    def _unsend(self, record: str, outcome: Outcome, detail: str) -> None:
        self._ledger.unsend(self._job.key(record))
        self._mine.pop(record, None)
        self._settle(record, outcome, detail)

    def _leave(self, record: str, detail: str) -> None:
        self._settle(record, Outcome.UNANSWERED, detail)

    def _settle(self, record: str, outcome: Outcome, detail: str) -> None:
        self._store.settle(self._job.proposal_id, self._job.action, Result(record, outcome, detail))


def _told(reason: str) -> Stop:
    """The outcome and the sentence that a refused effect keeps as its reason."""
    outcome, _, detail = reason.partition(": ")
    return Outcome(outcome), detail
