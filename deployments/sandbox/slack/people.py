"""Methods about people, bots and the workspace."""

from deployments.sandbox.slack.call import Call, Method
from deployments.sandbox.slack.errors import SlackError, missing
from deployments.sandbox.slack.messages import APP_ID
from deployments.sandbox.slack.objects import bot_object, team_object, user_object
from deployments.sandbox.slack.paging import page
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.seed import User


def auth_test(call: Call) -> JsonObject:
    """Who the token acts as."""
    caller = call.caller
    answer: JsonObject = {
        "url": call.base,
        "team": call.state.teams[caller.team_id].name,
        "user": caller.name,
        "team_id": caller.team_id,
        "user_id": caller.id,
        "is_enterprise_install": False,
    }
    return {**answer, "bot_id": caller.bot_id, "app_id": APP_ID} if caller.bot_id else answer


def users_list(call: Call) -> JsonObject:
    """The people of the caller's own workspace. Those of other workspaces are only found with users.info."""
    own = [u for u in call.state.users.values() if u.team_id == call.caller.team_id]
    limit = call.number("limit", 0) or len(own)
    rows, cursor = page(call, "user", own, lambda u: u.id, limit)
    return {
        "members": [user_object(call.state, u, call.caller) for u in rows],
        "cache_ts": int(call.state.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def users_info(call: Call) -> JsonObject:
    """One person of any workspace."""
    user = call.state.user(call.required("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user_object(call.state, user, call.caller)}


def users_lookup_by_email(call: Call) -> JsonObject:
    """One person of the caller's workspace who is still active."""
    email = call.required("email").lower()
    for user in call.state.users.values():
        if user.email.lower() == email and user.team_id == call.caller.team_id and not user.deleted:
            return {"user": user_object(call.state, user, call.caller)}
    raise SlackError("users_not_found")


def team_info(call: Call) -> JsonObject:
    """The caller's workspace, or a connected one."""
    team = call.state.team(call.text("team", call.caller.team_id))
    if team is None:
        raise SlackError("team_not_found")
    return {"team": team_object(team, call.base)}


def bots_info(call: Call) -> JsonObject:
    """One bot by its bot id (B…), which is not its user id."""
    wanted = call.text("bot")
    if not wanted:
        raise missing("bot")
    bots: dict[str, User] = {u.bot_id: u for u in call.state.users.values() if u.bot_id}
    if wanted not in bots:
        raise SlackError("bot_not_found")
    return {"bot": bot_object(bots[wanted])}


METHODS = {
    "auth.test": Method(auth_test, (), reads_json=True),
    "users.list": Method(users_list, ("cursor", "limit", "include_locale", "team_id")),
    "users.info": Method(users_info, ("user", "include_locale")),
    "users.lookupByEmail": Method(users_lookup_by_email, ("email",)),
    "team.info": Method(team_info, ("team",), reads_json=True),
    "bots.info": Method(bots_info, ("bot", "team_id")),
}
