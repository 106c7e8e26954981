"""Methods about channels and what is said in them."""

from deployments.sandbox.slack.call import Call, Method
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.messages import as_read
from deployments.sandbox.slack.objects import channel_object
from deployments.sandbox.slack.paging import bounded, decode, encode, page
from deployments.sandbox.slack.records import Conversation, JsonObject, as_micros

HISTORY_LIMIT = 999
MOST_ROWS = 1000
MOST_PEOPLE = 8


def listing(call: Call) -> JsonObject:
    """conversations.list: what the caller may see, of the kinds asked for (public channels unless told)."""
    wanted = _kinds(call)
    found = [
        c
        for c in call.state.conversations.values()
        if kind(c) in wanted and call.may_see(c) and not (c.is_archived and call.flag("exclude_archived"))
    ]
    shown, following = _channels(call, found)
    for channel in shown:
        if not channel["is_im"]:
            channel["num_members"] = len(call.state.conversations[channel["id"]].members)
    return {"channels": shown, "response_metadata": following}


def of_user(call: Call) -> JsonObject:
    """users.conversations: those of which the caller, or `user`, is a member."""
    member, wanted = call.text("user", call.caller.id), _kinds(call)
    if member not in call.state.users:
        raise SlackError("user_not_found")
    found = [
        c for c in call.state.conversations.values() if member in c.members and kind(c) in wanted and call.may_see(c)
    ]
    shown, following = _channels(call, found)
    for channel in shown:
        channel.pop("is_member", None)  # the one listing that does not tell it
    return {"channels": shown, "response_metadata": following}


def info(call: Call) -> JsonObject:
    """One conversation."""
    conversation = call.conversation()
    shown = channel_object(call.state, conversation, call.caller)
    if call.flag("include_num_members"):
        shown["num_members"] = len(conversation.members)
    return {"channel": shown}


def members(call: Call) -> JsonObject:
    """The ids of a conversation's people."""
    conversation = call.conversation()
    rows, cursor = page(call, "user", conversation.members, str, bounded(call, 100, MOST_ROWS))
    return {"members": list(rows), "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> JsonObject:
    """What stands in the channel itself, newest first; thread replies only when broadcast."""
    conversation = _readable(call)
    limit = max(1, min(call.number("limit", 100), HISTORY_LIMIT))
    found = _within(call, conversation.main())
    if call.text("cursor"):
        newest = _place(decode("next_ts", call.text("cursor")))
        found = [m for m in found if as_micros(m["ts"]) <= newest]
    found.reverse()
    answer: JsonObject = {
        "messages": _shown(call, conversation, found[:limit]),
        "has_more": len(found) > limit,
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    answer |= {bound: call.text(bound) for bound in ("oldest", "latest") if call.text(bound)}
    if len(found) > limit:
        following = encode("next_ts", str(as_micros(found[limit]["ts"])))
        answer["response_metadata"] = {"next_cursor": following}
    return answer


def replies(call: Call) -> JsonObject:
    """A thread, oldest first: every page begins with the root. For the ts of a reply, that reply alone."""
    conversation = _readable(call)
    root = conversation.messages.get(call.required("ts"))
    if root is None:
        raise SlackError("thread_not_found")
    limit = max(1, min(call.number("limit", MOST_ROWS), MOST_ROWS))
    found = _within(call, conversation.replies(root["ts"]))
    rows, cursor = page(call, "next_ts", found, lambda m: str(as_micros(m["ts"])), limit)
    answer: JsonObject = {"messages": _shown(call, conversation, [root, *rows]), "has_more": bool(cursor)}
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


def join(call: Call) -> JsonObject:
    """Become a member of a public channel; joining twice is a warning."""
    conversation = call.conversation()
    if not conversation.is_channel or conversation.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.is_archived:
        raise SlackError("is_archived")
    already = call.caller.id in conversation.members
    if not already:
        conversation.members.append(call.caller.id)
    answer: JsonObject = {"channel": channel_object(call.state, conversation, call.caller)}
    if already:
        answer |= {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return answer


def opening(call: Call) -> JsonObject:
    """conversations.open: a direct message with one person or several, or the one named by `channel`."""
    if call.text("channel"):
        conversation, already = call.conversation(), True
        if conversation.is_channel:
            raise SlackError("method_not_supported_for_channel_type")
    else:
        people = _people(call)
        if call.flag("prevent_creation") and call.state.direct(call.caller, people) is None:
            raise SlackError("channel_not_found")
        conversation, already = call.state.open_direct(call.caller, people)
    whole = call.flag("return_im")
    shown = channel_object(call.state, conversation, call.caller) if whole else {"id": conversation.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if already else {})}


def kind(conversation: Conversation) -> str:
    """The type by which conversations.list selects."""
    if conversation.is_im:
        return "im"
    if conversation.is_mpim:
        return "mpim"
    return "private_channel" if conversation.is_private else "public_channel"


def _place(place: str) -> int:
    """The place in a history cursor."""
    if not place.isdecimal():
        raise SlackError("invalid_cursor")
    return int(place)


def _people(call: Call) -> tuple[str, ...]:
    people = tuple(p.strip() for p in call.text("users").split(",") if p.strip())
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    for person in people:
        found = call.state.user(person)
        if found is None:
            raise SlackError("user_not_found")
        if found.deleted:
            raise SlackError("user_disabled")
    return people


def _kinds(call: Call) -> set[str]:
    wanted = {t.strip() for t in call.text("types", "public_channel").split(",")}
    if not wanted <= {"public_channel", "private_channel", "im", "mpim"}:
        raise SlackError("invalid_types")
    return wanted


def _channels(call: Call, found: list[Conversation]) -> tuple[list[JsonObject], JsonObject]:
    """The page of these conversations that is asked for, and where the next begins."""
    rows, cursor = page(call, "team", found, lambda c: c.id, bounded(call, 100, MOST_ROWS))
    return [channel_object(call.state, c, call.caller) for c in rows], {"next_cursor": cursor}


def _readable(call: Call) -> Conversation:
    """Bots read only where they are members; a person's token also reads open channels."""
    return call.joined() if call.caller.is_bot else call.conversation()


def _within(call: Call, found: list[JsonObject]) -> list[JsonObject]:
    oldest = call.timestamp("oldest", "invalid_ts_oldest") or 0
    latest = call.timestamp("latest", "invalid_ts_latest")
    widened = 1 if call.flag("inclusive") else 0
    lower = oldest - widened
    upper = None if latest is None else latest + widened
    return [m for m in found if lower < as_micros(m["ts"]) and (upper is None or as_micros(m["ts"]) < upper)]


def _shown(call: Call, conversation: Conversation, found: list[JsonObject]) -> list[JsonObject]:
    payloads = call.flag("include_all_metadata")
    return [as_read(m, conversation, call.state.files, call.base, payloads) for m in found]


_SPAN = ("channel", "cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest")
_LISTING = ("cursor", "exclude_archived", "limit", "team_id", "types")

METHODS = {
    "conversations.list": Method(listing, _LISTING),
    "users.conversations": Method(of_user, (*_LISTING, "user")),
    "conversations.info": Method(info, ("channel", "include_locale", "include_num_members")),
    "conversations.members": Method(members, ("channel", "cursor", "limit")),
    "conversations.history": Method(history, _SPAN, reads_json=True),
    "conversations.replies": Method(replies, (*_SPAN, "ts")),
    "conversations.join": Method(join, ("channel",), reads_json=True),
    "conversations.open": Method(opening, ("channel", "users", "return_im", "prevent_creation"), reads_json=True),
}
