"""A company as lists of dictionaries, and what is wrong with it as a whole."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from deployments.sandbox.company.model import Company
from deployments.sandbox.salesforce.ids import is_id
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.values import as_moment

Row = dict[str, Any]


def rows_of(company: Company) -> dict[str, list[Row]]:
    """All rows by object; uses up generators."""
    return {
        name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for name, table in company.tables.items()
    }


def faults(company: Company, rows: dict[str, list[Row]]) -> list[str]:
    """Ids that are odd or used twice, fields that do not exist, references that point nowhere, odd values."""
    ids = {name: [row["Id"] for row in found] for name, found in rows.items()}
    problems = [f"{name}: an id twice" for name, found in ids.items() if len(found) != len(set(found))]
    known = {name: set(found) for name, found in ids.items()}
    for name, found in rows.items():
        sobject = company.catalogue.get(name)
        if sobject is None:
            problems.append(f"{name}: no such object")
            continue
        for row in found:
            problems += [f"{name} {row['Id']}: {problem}" for problem in _odd(sobject, row, known)]
    return problems


def _odd(sobject: SObject, row: Row, known: dict[str, set[str]]) -> Iterator[str]:
    if not is_id(row["Id"]) or len(row["Id"]) != 18 or not row["Id"].startswith(sobject.prefix):
        yield "odd id"
    for name, value in row.items():
        field = sobject.by_name.get(name.lower())
        if field is None or field.name != name or field.derived:
            yield f"no field {name} to store"
        elif value is not None and not _fits(field, value, known):
            yield f"{name} is {value!r}"


def _fits(field: Field, value: Any, known: dict[str, set[str]]) -> bool:
    if value == "":  # Salesforce keeps it as null
        return False
    if field.type == "reference":
        absent = not any(target in known for target in field.reference_to)  # the sandbox has no cases
        return absent or any(value in known.get(target, ()) for target in field.reference_to)
    if field.type == "date":
        return str(date.fromisoformat(value)) == str(value)
    if field.type == "datetime":
        return as_moment(datetime.fromisoformat(value)) == str(value)
    if field.type == "boolean":
        return value in (0, 1)
    return not field.restricted or not field.picklist or value in field.picklist
