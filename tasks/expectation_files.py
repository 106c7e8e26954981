"""The folder of the files that say what Salesforce must look like."""

from datetime import date
from pathlib import Path
from typing import Final

from tasks.expectation_language import OURS, Read, read
from tasks.expectation_mistakes import ExpectationsWrong, Mistake, shown
from tasks.rules.expected import Expectation
from tasks.rules.handbook import Handbook, handbook

__all__ = ["ExpectationsWrong", "Mistake", "handbook_of", "load", "loaded", "ours", "read_handbook", "warnings"]

_ENDINGS: Final = (".yml", ".yaml")
_HANDBOOK: Final = "handbook.md"  # a folder that is held against another handbook than ours has it in this file


def ours() -> Path:
    """The folder of this package."""
    return Path(__file__).parents[1] / "expectations"


def handbook_of(folder: Path) -> Path | None:
    """The handbook that the files of this folder quote: its own handbook.md; for our own folder, the copy that the
    tests have. None where there is none, as in an installation without its tests."""
    copy = ours().parent / "tests" / "payloads" / "handbook" / "handbook.txt"
    known = (folder / _HANDBOOK, *([copy] if folder.resolve() == ours().resolve() else []))
    return next((path for path in known if path.is_file()), None)


def read_handbook(path: Path) -> Handbook:
    """The handbook of this file. Raises ValueError where it cannot be read or has no sentence."""
    try:
        found = handbook(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the handbook {path} cannot be read: {_why(error)}") from None
    if not found.sentences:
        raise ValueError(f"the handbook {path} has no sentence in it")
    return found


def load(folder: Path) -> tuple[Expectation, ...]:
    """All expectations of the folder, in the order of the handbook and of the files. Raises `ExpectationsWrong` with
    every mistake of every file; quotes are compared with the handbook of `handbook_of`, where there is one."""
    path = handbook_of(folder)
    try:
        compared = read_handbook(path) if path else None
    except ValueError as error:
        raise ExpectationsWrong([Mistake(str(folder), 0, str(error))]) from None
    return loaded(folder, compared)


def loaded(folder: Path, compared: Handbook | None) -> tuple[Expectation, ...]:
    """The same with this handbook; None compares no quotes. Raises `ExpectationsWrong`."""
    files = _files(folder)
    if not files:
        remedy = f"put {', '.join(OURS)} there"
        raise ExpectationsWrong([Mistake(str(folder), 0, f"there is no file of expectations (.yml) here: {remedy}")])
    found = [_read(path, compared) for path in files]
    mistakes = [one for file in found for one in file.mistakes]
    expectations = tuple(one for file in found for one in file.expectations)
    mistakes += _twice(expectations)
    if mistakes:
        raise ExpectationsWrong(mistakes)
    return expectations


def warnings(expectations: tuple[Expectation, ...], compared: Handbook | None, day: date) -> tuple[Mistake, ...]:
    """What is no mistake and worth a look: waivers that have ended, and sentences that nothing quotes."""
    ended = [
        Mistake(one.file, one.line, f"waived until {one.waived_until}, which is over: it counts again")
        for one in expectations
        if one.waived_until is not None and not one.is_waived(day)
    ]
    lost = compared.unquoted(tuple(one.sentence for one in expectations)) if compared else ()
    said = [Mistake("handbook", one.line, f"no expectation quotes {shown(one.text)}") for one in lost]
    return (*sorted(ended), *said)


def _files(folder: Path) -> list[Path]:
    """Ours first, in the order of the handbook, then others by name."""
    order = list(OURS)
    paths = folder.iterdir() if folder.is_dir() else ()
    files = [path for path in paths if path.suffix.lower() in _ENDINGS and not path.name.startswith(".")]
    return sorted(files, key=lambda path: (order.index(path.name) if path.name in order else len(order), path.name))


def _read(path: Path, compared: Handbook | None) -> Read:
    try:
        return read(path.read_text(encoding="utf-8-sig"), path.name, compared)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Read(mistakes=(Mistake(path.name, line, "this is not UTF-8: save the file anew as UTF-8"),))
    except OSError as error:
        return Read(mistakes=(Mistake(path.name, 0, f"this file cannot be read: {_why(error)}"),))


def _twice(expectations: tuple[Expectation, ...]) -> list[Mistake]:
    """Expectations that say what another one says already, in other upper and lower case perhaps."""
    first: dict[tuple[str, str], Expectation] = {}
    found = []
    for one in expectations:
        before = first.setdefault((one.object, repr(one.claim).casefold()), one)
        if before is not one:
            found.append(Mistake(one.file, one.line, f"{before.source} says the same already: take one of them out"))
    return found


def _why(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or "unknown" if isinstance(error, OSError) else "it is not UTF-8"
