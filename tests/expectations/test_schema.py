"""The JSON Schema that editors use says what the loader says, as far as a schema can see it."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml

from tasks.expectation_claims import OPERATORS
from tasks.expectation_files import ours
from tasks.expectation_language import EXPECTATION_KEYS, FILE_KEYS
from tasks.expectation_records import RECORD_KEYS
from tasks.rules.expected import OBJECTS, Among, Pattern, Severity, Side, Source

from .files import expecting
from .wrong import STRUCTURE, Wrong

SCHEMA: dict[str, Any] = json.loads((ours() / "expectations.schema.json").read_text(encoding="utf-8"))
EXPECTATION = SCHEMA["definitions"]["expectation"]["properties"]
RECORDS = SCHEMA["definitions"]["records"]["properties"]
FILES = sorted(ours().glob("*.yml"))


class Json(yaml.SafeLoader):
    """YAML as an editor's schema check sees it: a day is a text."""


Json.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in some if not tag.endswith(":timestamp")]
    for first, some in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def refused(text: str) -> list[str]:
    """What the schema has against a file."""
    schema = jsonschema.Draft7Validator(SCHEMA)
    return [error.message for error in schema.iter_errors(yaml.load(text, Loader=Json))]  # noqa: S506 - it is a safe one


def named(value: Any) -> Iterator[str]:
    """The keys that the kinds of claim are told apart by."""
    for kind in value["oneOf"]:
        yield from kind["propertyNames"]["enum"]


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_of_our_files_fits_and_names_the_schema(path: Any) -> None:
    text = path.read_text(encoding="utf-8")

    assert refused(text) == []
    assert text.startswith("# yaml-language-server: $schema=expectations.schema.json\n")


@pytest.mark.parametrize("wrong", [one for one in STRUCTURE if one.by_schema], ids=lambda one: one.id)
def test_a_mistake_of_structure_is_refused(wrong: Wrong) -> None:
    assert refused(wrong.text)


@pytest.mark.parametrize(
    "said",
    [
        "tab: A", "default list view: A", "default list view: A\nfiltered by: []", "section: A", "includes: [A]",
        "starts with: [A]", "links: [A, {B: x.com}]", "components: [A]\non the: right", "needs eyes: A",
        "records: {none: notes}", "records: {field: A, matches: year, required: true, among: open}",
        "records: {field: A, opens: LinkedIn}", "records: {field: A, not after: B}", "records: {field: A, has: B}",
        "tab: A\nwaived until: 2026-12-31\nbecause: B\nowner: C\nseverity: info",
    ],
)  # fmt: skip
def test_what_the_language_allows_is_not_refused(said: str) -> None:
    assert refused(expecting(said)) == []


def test_each_key_of_the_language_is_in_the_schema_and_no_other() -> None:
    assert set(SCHEMA["properties"]) == set(FILE_KEYS)
    assert set(EXPECTATION) == set(EXPECTATION_KEYS) == set(named(SCHEMA["definitions"]["expectation"]))
    assert set(RECORDS) == set(RECORD_KEYS) == set(named(SCHEMA["definitions"]["records"]))


def test_each_word_of_the_language_is_in_the_schema_and_no_other() -> None:
    assert EXPECTATION["severity"]["enum"] == [*Severity]
    assert EXPECTATION["on the"]["enum"] == [*Side]
    assert SCHEMA["properties"]["object"]["enum"] == [*OBJECTS]
    assert [RECORDS[key]["enum"] for key in ("matches", "equals", "among")] == [[*Pattern], [*Source], [*Among]]
    assert all(not refused(expecting(f"default list view: A\nfiltered by: [Type {one} B]")) for one in OPERATORS)


def test_an_editor_explains_each_key() -> None:
    keys = {**SCHEMA["properties"], **EXPECTATION, **RECORDS}

    assert [key for key, said in keys.items() if not said.get("description")] == []
