"""Great Expectations judges: each expectation of the files, held against what was read, with one verdict for each."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from prefect import task

from tasks.patience import PATIENT
from tasks.rules.expected import ByEye, Expectation, NoNotes, Records, Structure
from tasks.rules.layouts import judged as judged_structure
from tasks.rules.org_facts import OrgFacts, RecordFacts
from tasks.rules.record_checks import RecordFrame, left_to_eyes, values_of, verdict_of_records, without_looking
from tasks.rules.validation import waived
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Status, Verdict

if TYPE_CHECKING:
    from tasks.quality_expectations import JudgeStructure
    from tasks.quality_suites import Ran, Suites

NOT_READ = "no records were read in this run"
ONLY_READABLE = (
    "only notes that the integration user may read are seen: of enhanced ones its own and those shared with it, unless "
    "it has Query All Files and View All Data"
)


@task(**PATIENT)
def judge(
    expectations: Sequence[Expectation],
    facts: OrgFacts,
    records: RecordFacts | None,
    policy: ValidationPolicy,
    day: date,
) -> tuple[Verdict, ...]:
    """One verdict an expectation, in their order: how the org differs from the handbook (L147), for users of
    `facts.profile`, on that day (which ends waivers). `records` is None where none were read.

    A check that could not run is COULD_NOT_CHECK and says why; it never raises for one and never passes it.
    """
    return judged(expectations, facts, records, policy, day)


def judged(
    expectations: Sequence[Expectation],
    facts: OrgFacts,
    records: RecordFacts | None,
    policy: ValidationPolicy,
    day: date,
    *,
    structure: "JudgeStructure" = judged_structure,
) -> tuple[Verdict, ...]:
    """As `judge`, outside of Prefect, and with any rule for what concerns the structure."""
    logging.getLogger("great_expectations").setLevel(logging.WARNING)  # before its import, which says 200 lines
    from tasks.quality_suites import Suites  # noqa: PLC0415 - seconds and 200 MB, for this task alone

    numbered = dict(enumerate(expectations))
    work = Judging(Suites(), facts, records, policy)
    verdicts = {
        **{n: Verdict(one, Status.NEEDS_EYES, one.claim.what) for n, one in _of(numbered, ByEye)},
        **work.of_structure(dict(_of(numbered, Structure)), structure),
        **work.of_records(dict(_of(numbered, Records))),
    }
    every = [verdicts.get(n) or _unchecked(one, "nothing judges such a claim") for n, one in numbered.items()]
    return tuple(waived(verdict, day) for verdict in every)


def _of(numbered: Mapping[int, Expectation], kind: Any) -> list[tuple[int, Any]]:
    return [(number, one) for number, one in numbered.items() if isinstance(one.claim, kind)]


@dataclass(frozen=True)
class Judging:
    """One judging: what is judged, and with what."""

    suites: "Suites"
    facts: OrgFacts
    records: RecordFacts | None
    policy: ValidationPolicy

    def of_structure(self, claims: Mapping[int, Expectation], rule: "JudgeStructure") -> dict[int, Verdict]:
        """The verdicts on tabs, list views and pages: one suite over the one frame of facts."""
        from tasks.quality_expectations import Bench, opened, structure_check  # noqa: PLC0415 - see `judged`

        bench = Bench(claims, self.facts, self.policy, rule)
        with opened(bench) as name:
            checks = {number: [structure_check(one, number, name)] for number, one in claims.items()}
            ran = self.suites.run(self.facts.facts, checks)
        return {number: _agreed(one, bench.verdicts.get(number), ran[number]) for number, one in claims.items()}

    def of_records(self, claims: Mapping[int, Expectation]) -> dict[int, Verdict]:
        """The verdicts on records, each on a frame of its own."""
        return {number: self._of_record(one, number) for number, one in claims.items()}

    def _of_record(self, expectation: Expectation, number: int) -> Verdict:
        from tasks.quality_suites import MISHAPS, comparable, mishap_said, record_checks  # noqa: PLC0415

        if self.records is None:
            return _unchecked(expectation, NOT_READ)
        try:
            values = values_of(expectation, self.records, self.facts)
            settled = without_looking(expectation, values)
            if settled is not None:
                return settled
            frame = comparable(expectation, values.frame)
            ran = self.suites.run(frame, {number: record_checks(expectation, number)})[number]
            return self._of_rows(expectation, values, ran)
        except MISHAPS as error:  # one that fails for what nobody foresaw must not take the others with it
            return _unchecked(expectation, mishap_said(error))

    def _of_rows(self, expectation: Expectation, values: RecordFrame, ran: "Ran") -> Verdict:
        if ran.mishap:
            return _unchecked(expectation, ran.mishap)
        # Of a count that is wrong no row is named: all of them are one too many.
        rows = range(len(values.frame)) if isinstance(expectation.claim, NoNotes) and not ran.success else ran.rows
        bad = values.frame.iloc[list(rows)]
        if ran.success != bad.empty:
            return _unchecked(expectation, "it failed, and no record that is wrong came back")
        remarks, eyes = _remarks(expectation), left_to_eyes(expectation, values)
        return verdict_of_records(expectation, bad, len(values.frame), remarks, eyes)


def _remarks(expectation: Expectation) -> tuple[str, ...]:
    return (ONLY_READABLE,) if isinstance(expectation.claim, NoNotes) else ()


def _agreed(expectation: Expectation, verdict: Verdict | None, ran: "Ran") -> Verdict:
    """The rule's verdict, where Great Expectations counted it and says the same."""
    if ran.mishap or verdict is None:
        return _unchecked(expectation, ran.mishap or "it was not evaluated")
    if ran.success != (verdict.status is Status.AS_EXPECTED):
        return _unchecked(expectation, "what was counted is not what was judged")
    return verdict


def _unchecked(expectation: Expectation, why: str) -> Verdict:
    return Verdict(expectation, Status.COULD_NOT_CHECK, f"the check could not run: {why}")
