"""Every answer of the pretend GitHub is as its own description has it, and has all that recorded answers have."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from deployments.sandbox.github.api import HANDLERS
from tests.github_alone import PRIVATE, PUBLIC, STRANGER, Github

PAYLOADS = Path(__file__).parents[2] / "payloads" / "github"
SPEC = json.loads((PAYLOADS / "openapi.json").read_text(encoding="utf-8"))
RECORDED = json.loads((PAYLOADS / "recorded.json").read_text(encoding="utf-8"))
HOME = f"/repos/{PRIVATE}"
REPO = "/repos/{owner}/{repo}"
LIMITED = {"kind": "secondary_limit", "retry_after": 7}

# What is asked, by which route of the description, with which body and fault, and the status that comes.
Asked = tuple[str, str, str, int, dict[str, Any]]
ASKED: list[Asked] = [
    ("GET", HOME, REPO, 200, {}),
    ("GET", "/repos/acme/nothing", REPO, 404, {}),
    ("GET", f"{HOME}/issues", f"{REPO}/issues", 200, {}),
    ("GET", f"{HOME}/issues?state=all&labels=%23g-sales&sort=updated&direction=asc", f"{REPO}/issues", 200, {}),
    ("GET", f"{HOME}/issues?since=2026-11-20T00:00:00Z&per_page=1&page=2", f"{REPO}/issues", 200, {}),
    ("GET", f"{HOME}/issues?state=shut", f"{REPO}/issues", 422, {}),
    ("GET", "/repos/acme/nothing/issues", f"{REPO}/issues", 404, {}),
    ("POST", f"{HOME}/issues", f"{REPO}/issues", 201, {"json": {"title": "T", "body": "B", "labels": ["new one"]}}),
    ("POST", f"{HOME}/issues", f"{REPO}/issues", 201, {"json": {"title": "T"}}),
    ("POST", f"{HOME}/issues", f"{REPO}/issues", 422, {"json": {"body": "no title"}}),
    ("POST", f"{HOME}/issues", f"{REPO}/issues", 422, {"json": {"title": "x" * 257}}),
    ("POST", f"{HOME}/issues", f"{REPO}/issues", 400, {"data": "{"}),
    ("POST", f"/repos/{PUBLIC}/issues", f"{REPO}/issues", 403, {"json": {"title": "T"}, "token": STRANGER}),
    ("GET", f"/repos/{PUBLIC}/issues", f"{REPO}/issues", 200, {}),
    ("GET", f"/repos/{PUBLIC}/issues/2", f"{REPO}/issues/{{issue_number}}", 200, {}),
    ("GET", f"{HOME}/issues/3", f"{REPO}/issues/{{issue_number}}", 200, {}),
    ("GET", f"{HOME}/issues/99", f"{REPO}/issues/{{issue_number}}", 404, {}),
    ("PATCH", f"{HOME}/issues/1", f"{REPO}/issues/{{issue_number}}", 200, {"json": {"state": "closed"}}),
    ("PATCH", f"{HOME}/issues/3", f"{REPO}/issues/{{issue_number}}", 200, {"json": {"state": "open", "labels": []}}),
    ("PATCH", f"{HOME}/issues/1", f"{REPO}/issues/{{issue_number}}", 422, {"json": {"state": "shut"}}),
    ("POST", f"{HOME}/issues/1/comments", f"{REPO}/issues/{{issue_number}}/comments", 201, {"json": {"body": "Hi"}}),
    ("POST", f"{HOME}/issues/1/comments", f"{REPO}/issues/{{issue_number}}/comments", 422, {"json": {}}),
    ("GET", f"{HOME}/issues/1/comments", f"{REPO}/issues/{{issue_number}}/comments", 200, {}),
    ("GET", f"{HOME}/labels", f"{REPO}/labels", 200, {}),
    ("GET", f"{HOME}/labels/%23g-sales", f"{REPO}/labels/{{name}}", 200, {}),
    ("GET", f"{HOME}/labels/nothing", f"{REPO}/labels/{{name}}", 404, {}),
    ("POST", f"{HOME}/labels", f"{REPO}/labels", 201, {"json": {"name": "P1", "color": "ff0000"}}),
    ("POST", f"{HOME}/labels", f"{REPO}/labels", 422, {"json": {"name": "#G-Sales"}}),
    ("POST", f"{HOME}/labels", f"{REPO}/labels", 422, {"json": {"name": "P2", "color": "red"}}),
    ("GET", "/search/issues?q=discount+repo:acme/confidential", "/search/issues", 200, {}),
    ("GET", "/search/issues", "/search/issues", 422, {}),
    ("GET", "/rate_limit", "/rate_limit", 200, {}),
    ("GET", "/user", "/user", 200, {}),
    ("GET", "/user", "/user", 401, {"token": "ghp_wrong"}),
    ("GET", "/user", "/user", 401, {"token": None}),
    ("GET", HOME, REPO, 404, {"token": STRANGER}),
    ("GET", HOME, REPO, 403, {"fault": LIMITED}),
    ("POST", f"{HOME}/issues", f"{REPO}/issues", 403, {"fault": LIMITED, "json": {"title": "T"}}),
    ("POST", f"{HOME}/labels", f"{REPO}/labels", 201, {"json": {"name": "c", "description": "A customer"}}),
    ("POST", f"{HOME}/labels", f"{REPO}/labels", 422, {"json": {"name": "c", "description": "x" * 101}}),
]


@pytest.mark.parametrize(("method", "path", "route", "status", "more"), ASKED, ids=lambda value: str(value)[:60])
def test_an_answer_is_as_the_description_has_it(
    github: Github, method: str, path: str, route: str, status: int, more: dict[str, Any]
) -> None:
    more = dict(more)
    if fault := more.pop("fault", None):
        github.fault(**fault)

    answer = github.ask(path, method, **more)

    assert answer.status_code == status, answer.text
    problems = Draft4Validator({**described(route, method, status), "components": COMPONENTS}).iter_errors(
        answer.json()
    )
    assert [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in problems] == []


def test_every_route_is_asked_for_well_and_badly() -> None:
    asked = {(method, route.replace("issue_number", "number")) for method, _, route, _, _ in ASKED}
    routes = {(method, path.replace(":path", "")) for method, path in HANDLERS}

    assert routes == asked


@pytest.mark.parametrize(
    ("recorded", "method", "path", "body"),
    [
        ("GET /repos/octokit-fixture-org/labels/labels", "GET", f"{HOME}/labels", None),
        ("GET /repos/octokit-fixture-org/labels/labels/test-label", "GET", f"{HOME}/labels/hiring", None),
        ("POST /repos/octokit-fixture-org/labels/labels", "POST", f"{HOME}/labels", {"name": "test-label"}),
        ("POST /repos/octokit-fixture-org/errors/labels", "POST", f"{HOME}/labels", {"name": "a", "color": "invalid"}),
        ("GET /repos/octokit-fixture-org/paginate-issues/issues?per_page=3", "GET", f"{HOME}/issues?per_page=1", None),
        ("POST /repos/octokit-fixture-org/add-labels-to-issue/issues", "POST", f"{HOME}/issues", {"title": "T"}),
    ],
)
def test_an_answer_has_all_that_a_recorded_one_has(
    github: Github, recorded: str, method: str, path: str, body: Mapping[str, Any] | None
) -> None:
    before, answer = RECORDED[recorded], github.ask(path, method, json=body)

    assert answer.status_code == before["status"]
    assert names(before["response"]) - names(answer.json()) == set()


def test_links_lead_on_as_recorded_ones_do(github: Github) -> None:
    for number in range(12):
        github.ask(f"{HOME}/issues", "POST", json={"title": f"Issue {number}"})
    for recorded, page in (("GET /repos/octokit-fixture-org/paginate-issues/issues?per_page=3", 1),
                           ("GET /repositories/1000/issues?per_page=3&page=3", 3)):  # fmt: skip
        told = RECORDED[recorded]["link"].replace("https://api.github.com/repositories/1000", f"{github.url}{HOME}")

        answer = github.ask(f"{HOME}/issues?state=all&per_page=3&page={page}")

        ours = {link["rel"]: link["url"].replace("state=all&", "") for link in answer.links.values()}
        assert ours == dict(reversed(part.strip("<").split(">; rel=")) for part in told.replace('"', "").split(", "))


def described(route: str, method: str, status: int) -> dict[str, Any]:
    """The schema of that answer; a refusal that the description does not list there is a basic error."""
    responses = SPEC["paths"][route][method.lower()]["responses"]
    found = responses.get(str(status), {"$ref": "#/components/responses/not_found"})
    if "$ref" in found:
        found = SPEC["components"]["responses"][found["$ref"].rpartition("/")[2]]
    schema: dict[str, Any] = _draft_4(found["content"]["application/json"]["schema"])
    return schema


def _draft_4(schema: Any) -> Any:
    """OpenAPI 3.0's `nullable` in words of JSON Schema."""
    if isinstance(schema, list):
        return [_draft_4(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _draft_4(value) for name, value in schema.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain


COMPONENTS = _draft_4(SPEC["components"])


def names(value: Any) -> set[str]:
    """The names in an answer, with where they stand; of a list those of its first item."""
    if isinstance(value, list):
        return names(value[0]) if value else set()
    if not isinstance(value, dict):
        return set()
    return set(value) | {f"{name}.{inner}" for name, part in value.items() for inner in names(part)}
