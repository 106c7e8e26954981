"""python -m expectations: check the files that say what Salesforce must look like, or draft them from a live org."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tasks.expectation_files import (
    ExpectationsWrong,
    Mistake,
    handbook_of,
    loaded,
    ours,
    read_handbook,
    warnings,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked, and tell on standard output. 0 when all is well, 1 for mistakes, 2 when the handbook that was
    named cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m expectations", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(commands)
    asked = parser.parse_args(arguments)
    code: int = asked.run(asked)
    return code


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("check", help="read all files and say what is wrong in them")
    command.add_argument("folder", type=Path, nargs="?", default=ours(), help="another folder than the project's own")
    command.add_argument("--handbook", type=Path, metavar="FILE", help="the handbook (Markdown) that is quoted")
    command.set_defaults(run=_check)


def _check(asked: argparse.Namespace) -> int:
    path: Path | None = asked.handbook or handbook_of(asked.folder)
    try:
        compared = read_handbook(path) if path else None
    except ValueError as error:
        _tell(str(error))
        return 2
    if compared is None:
        _tell("There is no handbook here: the quotes are not compared with it. Name it with --handbook.")
    try:
        expectations = loaded(asked.folder, compared)
    except ExpectationsWrong as wrong:
        files = len({one.file for one in wrong.mistakes})
        _tell(*wrong.mistakes, f"{_counted(len(wrong.mistakes), 'mistake')} in {_counted(files, 'file')}")
        return 1
    files = len({one.file for one in expectations})
    _tell(*warnings(expectations, compared, date.today()))  # noqa: DTZ011 - the day of whoever sits here
    _tell(f"{_counted(len(expectations), 'expectation')} in {_counted(files, 'file')}, 0 mistakes")
    return 0


def _add_draft(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("draft", help="write files that say what Salesforce looks like today")
    command.add_argument("--out", type=Path, metavar="DIR", required=True, help="a new or empty folder for the files")
    command.set_defaults(run=_draft)


def _draft(asked: argparse.Namespace) -> int:
    # Reading an org takes more than checking a file, which is to be quick.
    from tasks.clients import Refused, Unavailable, salesforce  # noqa: PLC0415
    from tasks.expectation_draft import drafted  # noqa: PLC0415
    from tasks.rules.expected import OBJECTS  # noqa: PLC0415
    from tasks.salesforce_structure import StructureReader  # noqa: PLC0415
    from tasks.settings import SettingsError, settings  # noqa: PLC0415

    folder: Path = asked.out
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        _tell(f"{folder} is there already, and not empty: name another folder")
        return 2
    try:
        config = settings()
        facts = StructureReader(salesforce(config), config, OBJECTS).read().facts
    except (SettingsError, Refused, Unavailable) as error:
        _tell(str(error))
        return 1
    files = drafted(facts, date.today())  # noqa: DTZ011 - the day of whoever sits here
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    _tell(*(f"not read: {one.why}" for one in facts.unread), *facts.notes)
    _tell(f"{_counted(len(files), 'file')} in {folder}, as users of {facts.profile} see Salesforce today")
    return 0 if files else 1


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _tell(*lines: str | Mistake) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


COMMANDS: Sequence[Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]] = (_add_check, _add_draft)

if __name__ == "__main__":
    sys.exit(main())
