"""Labels of a repository."""

import re

from deployments.sandbox.github import paging, shapes
from deployments.sandbox.github.answer import Answer
from deployments.sandbox.github.call import Call
from deployments.sandbox.github.errors import invalid, not_found
from deployments.sandbox.github.state import DEFAULT_COLOR

NAME, DESCRIPTION = 50, 100


def listing(call: Call) -> Answer:
    """The labels, by name."""
    call.known(*paging.ARGUMENTS)
    repository = call.repository()
    found = [repository.labels[name] for name in sorted(repository.labels)]
    rows, headers = paging.page(call, found, f"/repos/{repository.seed.full_name}/labels")
    return Answer([shapes.label(one, repository, call.base) for one in rows], headers=headers)


def read(call: Call) -> Answer:
    """One label, by name without case."""
    call.known()
    repository = call.repository()
    found = repository.labels.get(call.path["name"].lower())
    if found is None:
        raise not_found()
    return Answer(shapes.label(found, repository, call.base))


def create(call: Call) -> Answer:
    """Make a label. Of two names that differ only in case the second is refused."""
    call.known("name", "color", "description")
    repository = call.writable()
    name = call.words("name", "Label", NAME, required=True) or ""
    color = call.words("color", "Label", 64) or DEFAULT_COLOR
    description = call.words("description", "Label", DESCRIPTION)
    if not re.fullmatch("[0-9a-fA-F]{6}", color):
        raise invalid("Label", "color", "invalid")
    if name.lower() in repository.labels:
        raise invalid("Label", "name", "already_exists")
    made = call.state.label(repository, name, color, description)
    return Answer(shapes.label(made, repository, call.base), 201)
