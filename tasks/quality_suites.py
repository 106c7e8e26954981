"""Suites of Great Expectations made from ours, run on their frames, and what became of every one of them.

Nothing is taken from the order of results (those that failed to run come first) and nothing that has no result passes:
the library skips an expectation that it cannot read and then calls the empty suite a success.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import pandas as pd

from tasks.rules.expected import (
    Equals,
    Expectation,
    Has,
    Matches,
    NoNotes,
    NotAfter,
    Opens,
)
from tasks.rules.record_values import PATTERNS, is_filled

# Positions of all rows that are wrong, and nothing else of them: with ids or values the lists grow a hundred times.
RESULT_FORMAT: Final = {
    "result_format": "COMPLETE", "exclude_unexpected_values": True, "return_unexpected_index_query": False,
}  # fmt: skip
# What a check may die of that is handed rows or a page it did not foresee.
MISHAPS: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_LONGEST = 200  # characters of what went wrong


@dataclass(frozen=True)
class Ran:
    """What Great Expectations says of the checks of one expectation.

    success    all of them passed
    rows       positions in the frame that one of them found wrong, in order
    mishap     why it could not be said, "" where it could; then the other two mean nothing
    """

    success: bool
    rows: tuple[int, ...] = ()
    mishap: str = ""


def meta_of(expectation: Expectation, number: int) -> dict[str, Any]:
    """What every check of an expectation carries: `number` tells apart two that claim the same of the same object."""
    return {"number": number, "key": expectation.key, "source": expectation.source}


def told(expectation: Expectation, number: int) -> dict[str, Any]:
    """What every check of an expectation is made with."""
    return {
        "meta": meta_of(expectation, number),
        "description": expectation.sentence,
        "severity": str(expectation.severity),
    }


def record_checks(expectation: Expectation, number: int) -> list[Any]:
    """The built-in expectations that judge a record claim on a frame of Id, Name, value and, for two, other.

    Raises ValueError for a claim that is none of records.
    """
    import great_expectations.expectations as gxe  # noqa: PLC0415 - seconds and 200 MB

    claim, common = expectation.claim, told(expectation, number)
    match claim:
        case NoNotes():
            return [gxe.ExpectTableRowCountToEqual(value=0, **common)]
        case Matches():
            looks = gxe.ExpectColumnValuesToMatchRegex(column="value", regex=PATTERNS[claim.pattern], **common)
            # A blank is skipped by the other.
            filled = gxe.ExpectColumnValuesToNotBeNull(column="value", **common)
            return [looks, filled] if claim.required else [looks]
        case Equals():
            return [gxe.ExpectColumnPairValuesToBeEqual(column_A="value", column_B="other", **common)]
        case NotAfter():
            both = {"column_A": "other", "column_B": "value", "or_equal": True}
            blank = "either_value_is_missing"
            return [gxe.ExpectColumnPairValuesAToBeGreaterThanB(**both, ignore_row_if=blank, **common)]
        case Has():
            return [gxe.ExpectColumnValuesToNotBeNull(column="other", **common)]
        case Opens():
            return [gxe.ExpectColumnValuesToNotBeInSet(column="other", value_set=["broken"], **common)]
    raise ValueError(f"{type(claim).__name__} is not a claim about records")


def comparable(expectation: Expectation, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as those see it: rows numbered from 0, and what is blank missing where that is what is asked."""
    numbered = frame.reset_index(drop=True)
    if isinstance(expectation.claim, Has):
        numbered = numbered.assign(other=numbered["other"].where(is_filled(numbered["other"])))
    return numbered


class Suites:
    """Runs checks on frames, in a context that lives as long as one judging and keeps nothing on disk."""

    def __init__(self) -> None:
        import great_expectations as gx  # noqa: PLC0415 - see `record_checks`
        from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

        self._gx = gx
        # It sets a level of its own, and tells of a folder for a site that nobody makes.
        logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
        # Without a mode the library looks for a project on disk.
        self._context = gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)

    def run(self, frame: pd.DataFrame, checks: Mapping[int, Sequence[Any]]) -> dict[int, Ran]:
        """What came of the checks, by the number of the expectation; there is an answer for each number.

        One suite and one validation definition: a Checkpoint hands the same frame to all of its definitions.
        """
        every = [check for some in checks.values() for check in some]
        if not every:
            return {}
        try:
            results = self._validated(frame, every)
        except (*MISHAPS, self._gx.exceptions.GreatExpectationsError) as error:
            return {number: Ran(False, mishap=mishap_said(error)) for number in checks}
        found: dict[int, list[Any]] = {}
        for result in results:
            found.setdefault(result.expectation_config.meta["number"], []).append(result)
        return {number: _ran(found.get(number, []), len(some)) for number, some in checks.items()}

    def _validated(self, frame: pd.DataFrame, checks: Sequence[Any]) -> list[Any]:
        # A name in use would replace what has it.
        name = uuid4().hex
        asset = self._context.data_sources.add_pandas(name).add_dataframe_asset(name)
        data = asset.add_batch_definition_whole_dataframe(name)
        suite = self._context.suites.add(self._gx.ExpectationSuite(name=name, expectations=list(checks)))
        definition = self._context.validation_definitions.add(
            self._gx.ValidationDefinition(name=name, data=data, suite=suite)
        )
        result = definition.run(batch_parameters={"dataframe": frame}, result_format=RESULT_FORMAT)
        if not result.statistics["evaluated_expectations"]:
            raise ValueError("nothing was evaluated")
        return list(result.results)


def _ran(results: Sequence[Any], expected: int) -> Ran:
    if len(results) != expected:
        return Ran(False, mishap=f"{len(results)} of {expected} results came back")
    for result in results:
        if mishap := _mishap(result):
            return Ran(False, mishap=mishap)
    rows = {row for result in results for row in result.result.get("unexpected_index_list") or ()}
    return Ran(all(result.success for result in results), tuple(sorted(rows)))


def _mishap(result: Any) -> str:
    """Why a check could not run: its information has two shapes, flat, or by the metric that failed."""
    info = result.exception_info or {}
    shapes = [info] if "raised_exception" in info else list(info.values())
    raised = next((one for one in shapes if isinstance(one, Mapping) and one.get("raised_exception")), None)
    if raised:
        trace = str(raised.get("exception_traceback") or "").strip().splitlines()
        return _short(trace[-1] if trace else str(raised.get("exception_message") or "no word of it"))
    return "" if result.success or result.result else "it failed without a result"


def mishap_said(error: BaseException) -> str:
    """What went wrong, in one short line."""
    return _short(f"{type(error).__name__}: {error}")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
