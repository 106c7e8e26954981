"""Texts of expectation files that state only what matters."""

from pathlib import Path
from textwrap import dedent

from tasks.expectation_language import read
from tasks.expectation_mistakes import Mistake
from tasks.rules.expected import Expectation
from tasks.rules.handbook import Handbook, handbook

ROOT = Path(__file__).parents[2]
EXCERPT = ROOT / "tests" / "payloads" / "handbook" / "handbook.txt"
SENTENCE = "Make sure the LinkedIn links work."


def book() -> Handbook:
    """The handbook, as far as the expectations quote it."""
    return handbook(EXCERPT.read_text(encoding="utf-8"))


def expecting(claim: str, object: str = "Opportunity", quote: str = SENTENCE) -> str:  # noqa: A002 - as the file has it
    """A file of one expectation: its object in line 1, its quote in line 3, what it claims from line 4 on."""
    top = f"object: {object}\n" if object else "# no object\n"
    return f"{top}expect:\n  - handbook: {quote}\n" + "".join(
        f"    {row}\n" for row in dedent(claim).strip().splitlines()
    )


def mistakes_in(text: str, file: str = "some.yml", compared: Handbook | None = None) -> list[tuple[int, str]]:
    """What is wrong in a file, with its lines."""
    return [(one.line, one.said) for one in read(text, file, compared).mistakes]


def only(text: str, file: str = "some.yml") -> Expectation:
    """The one expectation of a file without mistakes."""
    found = read(text, file)
    assert found.mistakes == ()
    [expectation] = found.expectations
    return expectation


def told(mistakes: tuple[Mistake, ...]) -> list[str]:
    """The mistakes as they are shown."""
    return [str(one) for one in mistakes]
