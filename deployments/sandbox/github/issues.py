"""Issues of a repository, and the comments below them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from deployments.sandbox.github import paging, shapes
from deployments.sandbox.github.answer import Answer
from deployments.sandbox.github.call import Call
from deployments.sandbox.github.errors import invalid
from deployments.sandbox.github.state import Issue, Label, Repository

TITLE, BODY = 256, 65_536
REASONS = {"completed", "not_planned", "duplicate", "reopened", None}
_LISTING = ("state", "labels", "since", "sort", "direction", *paging.ARGUMENTS)
_BY: Mapping[str, Callable[[Issue], Any]] = {
    "created": lambda issue: (issue.created, issue.number),
    "updated": lambda issue: (issue.updated, issue.number),
    "comments": lambda issue: (len(issue.comments), issue.number),
}


def listing(call: Call) -> Answer:
    """The issues of a repository: open ones, newest first, where nothing else is asked for."""
    call.known(*_LISTING)
    repository = call.repository()
    state = call.one_of("state", "open", "closed", "all")
    by, down = call.one_of("sort", *_BY), call.one_of("direction", "desc", "asc") == "desc"
    wanted = {name.strip().lower() for name in call.query.get("labels", "").split(",") if name.strip()}
    since = _since(call)
    found = [
        issue
        for issue in repository.issues.values()
        if state in {"all", issue.state}
        and wanted <= {label.name.lower() for label in issue.labels}
        and (since is None or issue.updated >= since)
    ]
    found.sort(key=_BY[by], reverse=down)
    rows, headers = paging.page(call, found, f"/repos/{repository.seed.full_name}/issues")
    return Answer([shapes.issue(issue, repository, call.state, call.base) for issue in rows], headers=headers)


def create(call: Call) -> Answer:
    """Open an issue."""
    call.known("title", "body", "labels")
    repository, author = call.writable(), call.caller
    title = call.words("title", "Issue", TITLE, required=True) or ""
    body = call.words("body", "Issue", BODY)
    issue = call.state.open_issue(repository, author, title, body, _labels(call, repository))
    return Answer(shapes.whole_issue(issue, repository, call.state, call.base), 201)


def read(call: Call) -> Answer:
    """One issue."""
    call.known()
    repository = call.repository()
    return Answer(shapes.whole_issue(call.issue(repository), repository, call.state, call.base))


def change(call: Call) -> Answer:
    """Close, open again, relabel or rewrite an issue."""
    call.known("title", "body", "labels", "state", "state_reason")
    repository, caller = call.writable(), call.caller
    issue, now = call.issue(repository), call.state.now()
    state, reason = call.body.get("state", issue.state), call.body.get("state_reason")
    if state not in {"open", "closed"}:
        raise invalid("Issue", "state", "invalid")
    if reason not in REASONS:
        raise invalid("Issue", "state_reason", "invalid")
    title, body = call.words("title", "Issue", TITLE), call.words("body", "Issue", BODY)
    labels = _labels(call, repository) if "labels" in call.body else issue.labels
    if state != issue.state:
        closing = state == "closed"
        issue.closed, issue.closed_by = (now, caller) if closing else (None, None)
        issue.reason = reason or ("completed" if closing else "reopened")
    issue.title = title or issue.title
    issue.body = body if "body" in call.body else issue.body
    issue.labels, issue.updated = labels, now
    return Answer(shapes.whole_issue(issue, repository, call.state, call.base))


def comments(call: Call) -> Answer:
    """The comments of an issue, oldest first."""
    call.known("since", *paging.ARGUMENTS)
    repository = call.repository()
    issue, since = call.issue(repository), _since(call)
    found = [one for one in issue.comments if since is None or one.created >= since]
    path = f"/repos/{repository.seed.full_name}/issues/{issue.number}/comments"
    rows, headers = paging.page(call, found, path)
    return Answer([shapes.comment(one, issue, repository, call.state, call.base) for one in rows], headers=headers)


def add_comment(call: Call) -> Answer:
    """Comment on an issue."""
    call.known("body")
    repository = call.writable()
    issue = call.issue(repository)
    made = call.state.comment(issue, call.caller, call.words("body", "IssueComment", BODY, required=True) or "")
    return Answer(shapes.comment(made, issue, repository, call.state, call.base), 201)


def _labels(call: Call, repository: Repository) -> list[Label]:
    """The labels that are named, each once; those that nobody made yet are made, as GitHub does."""
    given = call.body.get("labels") or []
    if not isinstance(given, list):
        raise invalid("Issue", "labels", "invalid")
    names = [one.get("name") if isinstance(one, dict) else one for one in given]
    if not all(isinstance(name, str) and name.strip() for name in names):
        raise invalid("Label", "name", "invalid")
    return [call.state.label(repository, name) for name in dict.fromkeys(str(name) for name in names)]


def _since(call: Call) -> datetime | None:
    value = call.query.get("since")
    if not value:
        return None
    try:
        since = datetime.fromisoformat(value)
    except ValueError:
        raise invalid("Issue", "since", "invalid") from None
    return since if since.tzinfo else since.replace(tzinfo=UTC)
