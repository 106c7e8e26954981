"""What an app-level token may do: open a web socket, and nothing else."""

from starlette.requests import Request

from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.seed import App
from deployments.sandbox.slack.state import SlackState

OPEN = "apps.connections.open"
SCOPE = "connections:write"


def opened(state: SlackState, request: Request, token: str) -> JsonObject:
    """The address of a web socket, which may be opened once. Raises SlackError for another method or token."""
    app = state.app(token=token)
    if app is None and token not in state.tokens:
        raise SlackError("invalid_auth")
    if app is None or request.path_params["method"] != OPEN:
        raise SlackError("not_allowed_token_type")
    if request.method != "POST":
        raise SlackError("insecure_request")
    state.rates.take(OPEN, app.token)
    return {"url": state.sockets.open(app, str(request.base_url))}


def scopes(app: App | None) -> dict[str, str]:
    """The header by which Slack tells what a bot token may do."""
    return {"X-OAuth-Scopes": ",".join(app.scopes)} if app is not None and app.scopes else {}
