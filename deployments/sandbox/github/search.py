"""Searching issues. The index lags behind: what was written a moment ago is not found, so nobody may rely on it."""

from datetime import timedelta

from deployments.sandbox.github import paging, shapes
from deployments.sandbox.github.answer import Answer
from deployments.sandbox.github.call import Call
from deployments.sandbox.github.errors import invalid
from deployments.sandbox.github.state import Issue, Repository

LAG = timedelta(seconds=90)


def issues(call: Call) -> Answer:
    """Issues whose title or body have all the words of `q`; `repo:`, `is:`, `state:` and `label:` narrow it down."""
    call.known("q", *paging.ARGUMENTS)
    wanted = call.query.get("q", "").split()
    if not wanted:
        raise invalid("Search", "q", "missing")
    indexed = call.state.now() - LAG
    found = [
        (issue, repository)
        for repository in call.state.repositories.values()
        if call.may_see(repository)
        for issue in repository.issues.values()
        if issue.created <= indexed and all(_fits(word, issue, repository) for word in wanted)
    ]
    rows, headers = paging.page(call, found, "/search/issues")
    items = [{**shapes.issue(one, of, call.state, call.base), "score": 1.0} for one, of in rows]
    told = {"total_count": len(found), "incomplete_results": False, "search_type": "lexical", "items": items}
    return Answer(told, headers=headers)


def _fits(word: str, issue: Issue, repository: Repository) -> bool:
    qualifier, _, value = word.partition(":")
    value = value.strip('"').lower()
    if qualifier == "repo":
        return repository.seed.full_name.lower() == value
    if qualifier in {"is", "state"}:
        return value in {"pr" if issue.is_pull else "issue", issue.state}
    if qualifier == "label":
        return value in {label.name.lower() for label in issue.labels}
    return word.lower() in f"{issue.title} {issue.body or ''}".lower()
