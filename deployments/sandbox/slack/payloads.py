"""What an app is told of a person: the payloads of a command, a press, a modal that is submitted or closed."""

from deployments.sandbox.slack.messages import APP_ID, as_read
from deployments.sandbox.slack.places import Desk, Spot
from deployments.sandbox.slack.records import Conversation, JsonObject
from deployments.sandbox.slack.seed import App, User
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.slack.triggers import ResponseUrl
from deployments.sandbox.slack.view_state import View, printed

# Deprecated: what HTTP apps once told real requests from others by. Nothing here checks it.
VERIFICATION = "sandbox-verification"


def command(at: Desk, app: App, conversation: Conversation, line: str) -> JsonObject:
    """Of a slash command: the line as it was typed, "/rituals run all"."""
    name, _, text = line.partition(" ")
    state = at.state
    where = ResponseUrl(at.user.id, conversation.id, "", "", app.bot, state.now())
    return {
        "token": VERIFICATION,
        "team_id": state.home.id,
        "team_domain": state.home.domain,
        "channel_id": conversation.id,
        "channel_name": _name(conversation),
        "user_id": at.user.id,
        "user_name": at.user.name,
        "command": name,
        "text": text.strip(),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": state.triggers.response_url(at.base, "commands", where),
        "trigger_id": state.triggers.trigger(at.user.id, conversation.id),
    }


def pressed_in_message(at: Desk, spot: Spot, action: JsonObject, values: JsonObject) -> JsonObject:
    """Of something that was pressed or chosen in a message, which comes along unless only one person sees it.

    `values` is what has been chosen in it, by block and action id.
    """
    state, conversation, message = at.state, spot.conversation, spot.message
    ephemeral = message["ts"] not in conversation.messages
    thread = message.get("thread_ts", "")
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": conversation.id,
        "is_ephemeral": ephemeral,
        **({"thread_ts": thread} if thread else {}),
    }
    where = ResponseUrl(at.user.id, conversation.id, message["ts"], thread, message["user"], state.now())
    shown = {} if ephemeral else {"message": as_read(message, conversation, state.files, at.base, payloads=True)}
    return {
        **_actor(at.user, "block_actions"),
        "team": _team(state, state.home.id),
        "container": container,
        "trigger_id": state.triggers.trigger(at.user.id, conversation.id),
        "channel": {"id": conversation.id, "name": _name(conversation)},
        **shown,
        "state": {"values": values},
        "response_url": state.triggers.response_url(at.base, "actions", where),
        "actions": [action],
    }


def pressed_in_view(state: SlackState, view: View, action: JsonObject) -> JsonObject:
    """Of something that was pressed or chosen in a modal."""
    return {
        **_of_view(state, view, "block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "actions": [action],
    }


def submitted(state: SlackState, view: View) -> JsonObject:
    """Of a modal that was submitted."""
    return {**_of_view(state, view, "view_submission"), "response_urls": []}


def closed(state: SlackState, view: View, *, all_of_them: bool) -> JsonObject:
    """Of a modal that was closed, by itself or with all that were open."""
    told = _of_view(state, view, "view_closed")
    del told["trigger_id"]
    return {**told, "is_cleared": all_of_them}


def action(state: SlackState, block: JsonObject, element: JsonObject, chosen: JsonObject) -> JsonObject:
    """Of one element: what it is, and what was chosen."""
    told = {"text", "value", "style", "placeholder", "confirm", "url"}
    kept = {name: value for name, value in element.items() if name in told or name.startswith("initial_")}
    ids = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    return {**ids, **kept, **chosen, "action_ts": state.next_ts()}


def _of_view(state: SlackState, view: View, kind: str) -> JsonObject:
    bot = state.users[view.app.bot].bot_id
    return {
        **_actor(view.user, kind),
        "team": _team(state, view.user.team_id),
        "trigger_id": state.triggers.trigger(view.user.id, root=view.root),
        "view": printed(view, state.home.id, bot),
    }


def _actor(user: User, kind: str) -> JsonObject:
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _team(state: SlackState, team_id: str) -> JsonObject:
    return {"id": team_id, "domain": state.teams[team_id].domain}


def _name(conversation: Conversation) -> str:
    """Slack names only public channels to an app that is called."""
    if conversation.is_im:
        return "directmessage"
    return "privategroup" if conversation.is_private else conversation.name
