"""The pretend company, held against the files of `expectations/` without Prefect."""

from dataclasses import dataclass
from datetime import date

from tasks.clients import salesforce
from tasks.expectation_files import load, ours
from tasks.quality import judged
from tasks.rules.expected import OBJECTS, Expectation, views_named
from tasks.rules.record_checks import wanted
from tasks.rules.verdicts import Verdict
from tasks.salesforce_checked import RecordReader, RecordReading
from tasks.salesforce_structure import StructureReader, StructureReading
from tests.company import Sandbox


@dataclass(frozen=True)
class Checked:
    """One check: what was read, and one verdict an expectation."""

    structure: StructureReading
    records: RecordReading
    verdicts: tuple[Verdict, ...]


def checked(sandbox: Sandbox, day: date, expectations: tuple[Expectation, ...] = ()) -> Checked:
    """Everything read and judged, by our own files unless others are given."""
    config, expected = sandbox.settings, expectations or load(ours())
    structure = StructureReader(salesforce(config), config, OBJECTS, views_named(expected)).read()
    reader = RecordReader(salesforce(config), config, catalogue=structure.facts.catalogue)
    records = reader.read(wanted(expected, structure.facts))
    verdicts = judged(expected, structure.facts, records.records, config.validation, day)
    return Checked(structure, records, verdicts)
