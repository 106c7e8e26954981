"""The door to Slack: the login, the scopes of the token, and the channels."""

from collections.abc import Iterator

from slack_sdk import WebClient

from deployments.doctor_lines import Line, off, ok, warn, wrong
from tasks.clients import Refused, slack_reader
from tasks.settings import Settings
from tasks.slack_audience import refuse_unless_private
from tasks.slack_pages import in_words

DOOR = "Slack"
SCOPES = frozenset(
    {
        "channels:history", "channels:read", "chat:write", "files:write", "groups:history", "groups:read", "im:history",
        "im:read", "users:read",
    }
)  # fmt: skip
APP_SCOPES = frozenset({"commands"})  # of deployments.slack_app, where it is used


def slack_lines(settings: Settings) -> Iterator[Line]:
    """What the bot may do and where it is. Raises Refused or Unavailable where it cannot even log in."""
    client = slack_reader(settings)
    with in_words("auth.test"):
        answer = client.auth_test()
    yield ok(DOOR, f"logged in as {answer['user']} of {answer['team']}")
    told = {str(name).lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes")
    yield from _scopes(told, SCOPES | APP_SCOPES if settings.slack_deciders else SCOPES)
    yield from _app(settings)
    yield _channel(client, settings.slack_channel, "reports")
    yield from _activity(client, settings)
    if not settings.slack_customer_channels:
        yield off(DOOR, "customer channels; none is in RITUALS_SLACK_CUSTOMER_CHANNELS")
    there = [_channel(client, channel, "customers") for channel in settings.slack_customer_channels]
    yield from (line for line in there if line.verdict != "ok")
    if any(line.verdict == "ok" for line in there):
        yield ok(DOOR, f"customers: the bot is in {sum(line.verdict == 'ok' for line in there)} of their channels")


def _scopes(told: object, needed: frozenset[str]) -> Iterator[Line]:
    if not isinstance(told, str) or not told.strip():
        yield warn(DOOR, "scopes: Slack did not tell those of the token; look at the app's OAuth page.")
        return
    has = {scope.strip() for scope in told.split(",")}
    if lacking := sorted(needed - has):
        yield wrong(DOOR, f"scopes: {', '.join(lacking)} missing: add them and install the app again.")
    surplus = sorted(has - SCOPES - APP_SCOPES)
    if surplus:
        yield warn(DOOR, f"scopes: {', '.join(surplus)} not needed here: take them from the app.")
    if not lacking and not surplus:
        yield ok(DOOR, f"scopes: the {len(needed)} that are needed, and no other")


def _app(settings: Settings) -> Iterator[Line]:
    """Whether people can use the rituals from Slack, as far as this machine can tell."""
    if not settings.slack_deciders:
        yield off(DOOR, "deciding in Slack; RITUALS_SLACK_DECIDERS is empty, so buttons lead to Prefect")
        return
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    if not token:
        yield off(DOOR, "the Slack app on this machine; RITUALS_SLACK_APP_TOKEN is empty. Let it run on another")
        return
    try:
        with in_words("Socket Mode"):
            slack_reader(settings).apps_connections_open(app_token=token)
    except Refused as error:
        yield wrong(DOOR, f"the Slack app: {error} Look at RITUALS_SLACK_APP_TOKEN, and switch Socket Mode on.")
        return
    who = len(settings.slack_deciders)
    yield ok(DOOR, f"the Slack app may connect; {who} {'person' if who == 1 else 'people'} may use it")


def _channel(client: WebClient, channel: str, what: str) -> Line:
    try:
        with in_words(channel):
            info = client.conversations_info(channel=channel)["channel"]
    except Refused as error:
        return wrong(DOOR, f"{what}: {error}")
    name = f"#{info['name']}" if info.get("name") else channel
    if info.get("is_archived"):
        return wrong(DOOR, f"{what}: {name} ({channel}) is archived: name another, or unarchive it.")
    if not (info.get("is_member") or info.get("is_im")):
        return wrong(DOOR, f"{what}: the bot is not in {name} ({channel}): invite it.")
    return ok(DOOR, f"{what}: the bot is in {name}")


def _activity(client: WebClient, settings: Settings) -> Iterator[Line]:
    channel = settings.activity_channel
    if not channel:
        yield off(DOOR, "the activity review; RITUALS_ACTIVITY_CHANNEL is empty")
        return
    there = _channel(client, channel, "activity review")
    yield there
    if there.verdict == "ok":
        refuse_unless_private(client, channel)
        yield ok(DOOR, "activity review: its channel is private, without guests")
