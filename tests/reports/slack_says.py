"""What Slack would refuse of a post that may mention people: by our own limits and by the pretend Slack's."""

from copy import deepcopy
from typing import Any

from deployments.sandbox.slack.blocks import checked
from deployments.sandbox.slack.errors import SlackError
from tasks.reports.limits import problems
from tasks.reports.post import Post


def refused(post: Post) -> list[str]:
    """A sentence for each problem; empty for a post that can be sent."""
    try:
        checked(deepcopy(post.blocks))
    except SlackError as error:
        return [str(error), *problems(_spelled(post.blocks))]
    return problems(_spelled(post.blocks))


def _spelled(node: Any) -> Any:
    """The blocks with each mention as a text as heavy as it."""
    if isinstance(node, list):
        return [_spelled(child) for child in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "user":
        return {"type": "text", "text": f"user_{node['user_id']}"}
    return {name: _spelled(child) for name, child in node.items()}
