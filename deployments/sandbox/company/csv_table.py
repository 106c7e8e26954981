"""One sObject's rows in one CSV file, with Salesforce's field names in the header."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deployments.sandbox.company.cells import read_cell, write_cell
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.problems import Problems
from deployments.sandbox.salesforce.schema import Field, SObject


@dataclass
class Read:
    """What was read of a file: its rows, the line each began on, and the line of each Id."""

    sobject: SObject
    file: str
    columns: tuple[str, ...] = ()
    rows: list[tuple[object, ...]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """The rows alone."""
        return Table(self.columns, tuple(self.rows))


def read(path: Path, sobject: SObject, problems: Problems) -> Read:
    """Read a file; whatever is wrong with it goes to `problems`."""
    found = Read(sobject, path.name)
    line = 1
    try:
        # Spreadsheets begin a UTF-8 file with a mark that is no part of the first field's name.
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            fields = _header(next(reader, []), found, problems)
            line = reader.line_num + 1
            for cells in reader if fields else ():
                _row(cells, line, fields, found, problems)
                line = reader.line_num + 1
    except csv.Error as error:
        problems.add(path.name, line, f"{error}; put a cell with commas, quotes or line breaks in double quotes")
    except UnicodeDecodeError:
        problems.add(path.name, _undecodable(path), "is not UTF-8; save the file as CSV UTF-8")
    return found


def _undecodable(path: Path) -> int:
    content = path.read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    return 1


def _header(names: Sequence[str], found: Read, problems: Problems) -> tuple[Field, ...]:
    """The fields that the header names, none when it cannot be used."""
    before, sobject = problems.count, found.sobject
    if "Id" not in names:
        problems.add(found.file, 1, "has no column Id; every record needs one")
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(found.file, 1, f"names the column {name!r} twice; remove one")
    for name in names:
        known = sobject.by_name.get(name.lower())
        if known is None or known.name != name:
            remedy = f"write {known.name}" if known else "correct or remove the column"
            problems.add(found.file, 1, f"{sobject.name} has no field {name!r}; {remedy}")
        elif known.derived:
            problems.add(found.file, 1, f"{name} is worked out by Salesforce itself; remove the column")
    if problems.count > before:
        return ()
    found.columns = tuple(names)
    return tuple(sobject.by_name[name.lower()] for name in names)


def _row(cells: Sequence[str], line: int, fields: Sequence[Field], found: Read, problems: Problems) -> None:
    if not cells:
        return
    if len(cells) != len(fields):
        remedy = "put a cell that contains a comma in double quotes"
        problems.add(found.file, line, f"has {len(cells)} cells where the header has {len(fields)}; {remedy}")
        return
    row: list[object] = []
    for f, text in zip(fields, cells, strict=True):
        try:
            row.append(read_cell(found.sobject, f, text))
        except ValueError as error:
            problems.add(found.file, line, f"{f.name}: {error}")
            row.append(None)
    _remember(str(row[found.columns.index("Id")] or ""), line, cells[found.columns.index("Id")], found, problems)
    found.rows.append(tuple(row))
    found.lines.append(line)


def _remember(id_: str, line: int, cell: str, found: Read, problems: Problems) -> None:
    if not cell:
        problems.add(found.file, line, "Id: is empty; every record needs one")
    elif id_ and id_ in found.ids:
        problems.add(found.file, line, f"Id: {cell} is also that of line {found.ids[id_]}; give one of them another")
    elif id_:
        found.ids[id_] = line


def write(path: Path, sobject: SObject, table: Table) -> int:
    """Write a table and return its number of rows. Generators are used up."""
    fields = [sobject.by_name[name.lower()] for name in table.columns]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(table.columns)
        for count, cells in enumerate(_cells(fields, table), 1):  # noqa: B007 (the last count is the result)
            writer.writerow(cells)
    return count


def _cells(fields: Sequence[Field], table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [write_cell(f, value) for f, value in zip(fields, row, strict=True)]
