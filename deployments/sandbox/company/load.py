"""A company from files that anyone can write, and back: one CSV per sObject (Opportunity.csv, Task.csv, ...).

The header has Salesforce's field names. `slack.json` is optional. Whatever does not fit is refused, with its place.
Beside them may lie how the org looks, as Salesforce's own tools write it: see `load_structure.py`.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from deployments.sandbox.company import csv_table, slack_json
from deployments.sandbox.company.csv_table import Read
from deployments.sandbox.company.load_structure import is_structure, load_structure
from deployments.sandbox.company.model import Company, Table
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.org import base_tables, profile_table
from deployments.sandbox.company.people import INTEGRATIONS, PROFILES, TEAM
from deployments.sandbox.company.problems import LoadError, Problems
from deployments.sandbox.company.slack_talk import quiet
from deployments.sandbox.salesforce.custom import SALES, with_currencies
from deployments.sandbox.salesforce.schema import Catalogue

SLACK = "slack.json"
CURRENCIES = "CurrencyType"
_IGNORED = ("readme", "license", ".")  # how the names of files begin that are no part of the company

__all__ = ["LoadError", "dump", "load"]


def load(directory: Path, as_of: date) -> Company:
    """The company in `directory`, on that day in the office.

    Without a file of their own, Profile, UserRole, OpportunityStage and TaskStatus are those of the default company;
    without User.csv there is only its integration user, without slack.json a Slack with little more than the bot. With
    CurrencyType.csv the org has these currencies. LoadError names what is wrong with the files, at most 20 things.
    Files of the structure that cannot be read refuse nothing: the company's remarks name them.
    """
    problems = Problems()
    if not directory.is_dir():
        raise LoadError((f"{directory}:1: is no directory; name the one that holds Opportunity.csv",), 1)
    catalogue = _catalogue(directory)
    found = _read_all(directory, catalogue, problems)
    tables = {name: read.table for name, read in found.items()}
    looks = load_structure(directory, profiles=_profiles(tables))
    if "Profile" not in tables:
        tables["Profile"] = profile_table(tuple(dict.fromkeys((*PROFILES, *looks.profiles))))
    tables = _with_defaults(tables, catalogue, as_of)
    _dangling(found, tables, problems)
    slack = slack_json.read(directory / SLACK, problems) if (directory / SLACK).is_file() else quiet()
    problems.refuse()
    return Company(catalogue, tables, slack or quiet(), looks.settings, looks.structure, looks.remarks)


def dump(company: Company, directory: Path) -> dict[str, int]:
    """Write the company so that `load` reads it again; the number of rows by object. Generators are used up."""
    directory.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for name, table in company.tables.items():
        sobject = company.catalogue.get(name)
        if sobject is None:
            raise ValueError(f"the catalogue has no object {name}")
        counts[name] = csv_table.write(directory / f"{sobject.name}.csv", sobject, table)
    slack_json.write(directory / SLACK, company.slack)
    return counts


def _catalogue(directory: Path) -> Catalogue:
    path = directory / f"{CURRENCIES}.csv"
    sobject = with_currencies(SALES, ()).get(CURRENCIES)
    if sobject is None or not path.is_file():
        return SALES
    kinds = csv_table.read(path, sobject, Problems())
    at = kinds.columns.index("IsoCode") if "IsoCode" in kinds.columns else None
    return with_currencies(SALES, () if at is None else tuple(str(row[at]) for row in kinds.rows))


def _read_all(directory: Path, catalogue: Catalogue, problems: Problems) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for path in sorted(directory.iterdir()):
        sobject = catalogue.get(path.stem)
        if path.name == SLACK or path.name.lower().startswith(_IGNORED) or is_structure(path):
            continue
        if path.suffix != ".csv" or sobject is None or sobject.name != path.stem:
            names = ", ".join(o.name for o in catalogue.objects)
            problems.add(path.name, 1, f"is no table of the company; remove it or name it like one of {names}.csv")
            continue
        found[sobject.name] = csv_table.read(path, sobject, problems)
    return found


def _profiles(tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The names of the profiles: those of the file, else those of the default company."""
    table = tables.get("Profile")
    if table is None or "Name" not in table.columns:
        return PROFILES
    at = table.columns.index("Name")
    return tuple(str(row[at]) for row in table.rows)


def _with_defaults(tables: Mapping[str, Table], catalogue: Catalogue, as_of: date) -> dict[str, Table]:
    """The tables with those that no company does without, in the order of the catalogue: parents first."""
    robots = tuple(c for c in TEAM if c.key == INTEGRATIONS)
    everything = {**base_tables(robots, OfficeTime(as_of).moment(900)), **tables}
    return {o.name: everything[o.name] for o in catalogue.objects if o.name in everything}


def _ids(table: Table) -> set[object]:
    at = table.columns.index("Id") if "Id" in table.columns else None
    return set() if at is None else {row[at] for row in table.rows}


def _dangling(found: Mapping[str, Read], tables: Mapping[str, Table], problems: Problems) -> None:
    """References at records that are in no file."""
    ids = {name: _ids(table) for name, table in tables.items()}
    unread = {name for name, read in found.items() if not read.columns}
    for read in found.values():
        for at, column in enumerate(read.columns):
            field = read.sobject.by_name[column.lower()]
            if field.type != "reference" or unread.intersection(field.reference_to):
                continue
            if not any(SALES.get(target) for target in field.reference_to):  # the sandbox has no cases
                continue
            targets = [ids[name] for name in field.reference_to if name in ids]
            for row, line in zip(read.rows, read.lines, strict=True):
                if row[at] is not None and not any(row[at] in known for known in targets):
                    where = " or ".join(f"{name}.csv" for name in field.reference_to)
                    problems.add(read.file, line, f"{column}: no record has the Id {row[at]}; add it to {where}")
