"""What Great Expectations lacks for the structure of an org: expectations over the tidy frame of facts.

Importing this costs seconds and 200 MB: it is done inside the task that judges, and nowhere else. The models are of
pydantic's first version, whatever the rest of the house uses.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final
from uuid import uuid4

import pandas as pd
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from tasks.quality_suites import told
from tasks.rules.expected import Components, DefaultListView, Expectation, Section, Structure, TabShown, TabsOnly
from tasks.rules.org_facts import OrgFacts
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Status, Verdict

JudgeStructure = Callable[[Expectation, OrgFacts, ValidationPolicy], Verdict]
FACTS_METRIC: Final = "salesforce.facts"


@dataclass(frozen=True)
class Bench:
    """What one judging holds beside the frame: an expectation of Great Expectations carries only what JSON can.

    expectations   by number
    judged         the rule that is asked
    verdicts       what it said, by number
    """

    expectations: Mapping[int, Expectation]
    facts: OrgFacts
    policy: ValidationPolicy
    judged: JudgeStructure
    verdicts: dict[int, Verdict] = field(default_factory=dict)

    def ask(self, number: int, frame: pd.DataFrame) -> Verdict:
        """The rule's verdict on the frame that Great Expectations hands over. Raises ValueError where that is empty and
        the rule does not say why."""
        verdict = self.judged(self.expectations[number], replace(self.facts, facts=frame), self.policy)
        if frame.empty and verdict.status in {Status.AS_EXPECTED, Status.DIFFERS}:
            raise ValueError("nothing was read of the org's structure")
        self.verdicts[number] = verdict
        return verdict


_BENCHES: Final[dict[str, Bench]] = {}  # several judgings run at once, in threads


@contextmanager
def opened(bench: Bench) -> Iterator[str]:
    """The name under which expectations find this bench, while it is open."""
    name = uuid4().hex
    _BENCHES[name] = bench
    try:
        yield name
    finally:
        del _BENCHES[name]


class SalesforceFacts(TableMetricProvider):  # type: ignore[misc]
    """The facts as they are in the batch."""

    metric_name = FACTS_METRIC
    value_keys = ()

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805 - the decorator makes it a class method
        execution_engine: Any,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],  # noqa: ARG002
        metrics: dict[str, Any],  # noqa: ARG002
        runtime_configuration: dict[str, Any],  # noqa: ARG002
    ) -> pd.DataFrame:
        frame, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE)
        return frame  # type: ignore[no-any-return]


class StructureExpectation(BatchExpectation):  # type: ignore[misc]
    """Asks the rules whether the page, tab or list view is as the handbook has it.

    bench, number   where the expectation and its rule are found     sobject, says   what it claims, for people
    """

    bench: str
    number: int
    sobject: str
    says: str

    metric_dependencies: ClassVar[tuple[str, ...]] = (FACTS_METRIC,)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)
    success_keys: ClassVar[tuple[str, ...]] = ("bench", "number", "sobject", "says")

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: Any = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        verdict = _BENCHES[self.bench].ask(self.number, metrics[FACTS_METRIC])
        # Only these two: with counts but no percentages the library's renderers fail.
        said = {"observed_value": verdict.found, "details": {"status": str(verdict.status)}}
        said["details"]["discrepancies"] = [one.said for one in verdict.discrepancies]  # type: ignore[index]
        return {"success": verdict.status is Status.AS_EXPECTED, "result": said}


class ExpectTabsOnly(StructureExpectation):
    """`tabs only`."""


class ExpectTabShown(StructureExpectation):
    """`tab`."""


class ExpectDefaultListView(StructureExpectation):
    """`default list view`."""


class ExpectSection(StructureExpectation):
    """`section`, `starts with`, `includes`, `links`."""


class ExpectComponents(StructureExpectation):
    """`components` `on the` side."""


STRUCTURE: Final[Mapping[type[Structure], type[StructureExpectation]]] = {
    TabsOnly: ExpectTabsOnly,
    TabShown: ExpectTabShown,
    DefaultListView: ExpectDefaultListView,
    Section: ExpectSection,
    Components: ExpectComponents,
}


def structure_check(expectation: Expectation, number: int, bench: str) -> StructureExpectation:
    """The check of a claim of structure, for a bench that is open. Raises KeyError for a claim that is none."""
    claim = expectation.claim
    check = STRUCTURE[type(claim)]  # type: ignore[index]
    return check(bench=bench, number=number, sobject=expectation.object, says=repr(claim), **told(expectation, number))
