"""What every judgement of an expectation shares: how findings become a verdict. Pure."""

from collections.abc import Sequence
from typing import Final

from tasks.rules.expected import Expectation
from tasks.rules.verdicts import ABSENT_SECTION, Discrepancy, Status, Verdict

_WHOLE: Final = frozenset({"view", "field"})


def verdict_of(
    expectation: Expectation,
    discrepancies: Sequence[Discrepancy],
    surface: str = "",
    remarks: Sequence[str] = (),
    eyes: str = "",
) -> Verdict:
    """Differs with its discrepancies; without any it needs eyes for `eyes`, or is as expected."""
    if discrepancies:
        status, found = Status.DIFFERS, "; ".join(filter(None, map(sentence_of, discrepancies)))
    else:
        status, found = (Status.NEEDS_EYES, eyes) if eyes else (Status.AS_EXPECTED, "")
    said = tuple(dict.fromkeys(filter(None, remarks)))
    return Verdict(expectation, status, found, surface, tuple(discrepancies), remarks=said)


def unchecked(expectation: Expectation, why: str, surface: str = "") -> Verdict:
    """Could not check, and why."""
    return Verdict(expectation, Status.COULD_NOT_CHECK, why, surface)


def is_whole(discrepancy: Discrepancy) -> bool:
    """Whether all that the expectation asks for is gone: what else was wrong of it can no longer be seen."""
    return discrepancy.subject in _WHOLE or discrepancy.subject.startswith(ABSENT_SECTION)


def sentence_of(discrepancy: Discrepancy) -> str:
    """What is wrong, with what may be meant: "“License key” is missing (found “Licence Key”: renamed?)"."""
    return discrepancy.said + (f" ({discrepancy.near})" if discrepancy.near else "")


def quoted(text: str) -> str:
    """A label or heading inside a sentence."""
    return f"“{' '.join(text.split())}”"
