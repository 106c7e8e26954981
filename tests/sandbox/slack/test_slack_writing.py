"""Messages, reactions and files that a program writes, through the real slack_sdk."""

from datetime import timedelta
from typing import Any

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from .small_slack import ACME, BOT, CUSTOMER, EMPTY, NOW, REP, SALES, Slack, ts

METADATA = {"event_type": "ritual_report", "event_payload": {"key": "pipeline:2026-11-23"}}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Acme*"}}


def refusal(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_a_post_is_dated_by_the_sandboxs_clock_and_signed_by_the_bot(slack: Slack, bot: WebClient) -> None:
    first = bot.chat_postMessage(channel=SALES, text="a & <b>", blocks=[SECTION])
    second = bot.chat_postMessage(channel="#g-sales", text="again")
    start = f"{int(NOW.timestamp())}.00000"
    assert (first["ts"], second["ts"]) == (start + "0", start + "1")
    slack.clock.set(NOW + timedelta(days=1))
    assert bot.chat_postMessage(channel=SALES, text="tomorrow")["ts"] == f"{int(NOW.timestamp()) + 86_400}.000000"
    kept = bot.conversations_history(channel=SALES)["messages"][-1]
    assert (kept["user"], kept["bot_id"], kept["bot_profile"]["name"]) == (BOT, "B0BOT", "Revenue rituals")
    assert (kept["text"], kept["blocks"][0]["text"]) == ("a & <b>", SECTION["text"])


def test_replies_and_broadcasts(bot: WebClient) -> None:
    root = bot.chat_postMessage(channel=SALES, text="root")["ts"]
    reply = bot.chat_postMessage(channel=SALES, text="reply", thread_ts=root)
    bot.chat_postMessage(channel=SALES, text="loud", thread_ts=root, reply_broadcast=True)
    assert reply["message"]["parent_user_id"] == BOT
    shown = bot.conversations_history(channel=SALES)["messages"]
    assert [(m["text"], m.get("subtype"), m.get("reply_count")) for m in shown] == [
        ("loud", "thread_broadcast", None),
        ("root", None, 2),
    ]


def test_a_message_to_a_person_opens_a_direct_message(slack: Slack, bot: WebClient) -> None:
    posted = bot.chat_postMessage(channel=REP, text="hello")
    read = slack.client("xoxp-rep").conversations_history(channel=posted["channel"])["messages"]
    assert [m["text"] for m in read] == ["hello"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NONE", "text": "x"}, "channel_not_found"),
        ({"channel": EMPTY, "text": "x"}, "not_in_channel"),
        ({"channel": SALES, "text": ""}, "no_text"),
        ({"channel": SALES, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": SALES, "text": "x", "thread_ts": "soon"}, "invalid_thread_ts"),
        ({"channel": ACME, "text": "x", "thread_ts": ts(2)}, "cannot_reply_to_message"),
        ({"channel": SALES, "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": SALES, "text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"channel": SALES, "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"channel": SALES, "text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ({"channel": SALES, "text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"channel": SALES, "text": "x", "attachments": ["a"]}, "invalid_attachments"),
        ({"channel": SALES, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": SALES, "markdown_text": "y" * 12_001}, "msg_too_long"),
        ({"channel": SALES, "text": "x", "as_user": True}, "as_user_not_supported"),
    ],
)
def test_a_post_that_slack_would_refuse(bot: WebClient, arguments: dict[str, Any], error: str) -> None:
    before = bot.conversations_history(channel=SALES)["messages"]
    assert refusal(bot.api_call, api_method="chat.postMessage", json=arguments) == error
    assert bot.conversations_history(channel=SALES)["messages"] == before


def test_an_archived_channel_takes_nothing(slack: Slack, bot: WebClient) -> None:
    posted = bot.chat_postMessage(channel=SALES, text="x")["ts"]
    slack.state.conversations[SALES].is_archived = True
    assert refusal(bot.chat_postMessage, channel=SALES, text="x") == "is_archived"
    assert refusal(bot.chat_update, channel=SALES, ts=posted, text="y") == "is_inactive"
    assert refusal(bot.reactions_add, channel=SALES, timestamp=posted, name="eyes") == "is_archived"


def test_long_text_is_cut_when_posted_and_refused_when_updated(bot: WebClient) -> None:
    posted = bot.chat_postMessage(channel=SALES, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    assert refusal(bot.chat_update, channel=SALES, ts=posted["ts"], text="x" * 4_001) == "msg_too_long"


def test_metadata_is_found_again_only_when_asked_for(bot: WebClient) -> None:
    bot.chat_postMessage(channel=SALES, text="report", metadata=METADATA)
    plain = bot.conversations_history(channel=SALES)["messages"][0]
    whole = bot.conversations_history(channel=SALES, include_all_metadata=True)["messages"][0]
    assert (plain["metadata"], whole["metadata"]) == ({"event_type": "ritual_report"}, METADATA)


def test_an_update_keeps_what_is_not_sent(bot: WebClient) -> None:
    posted = bot.chat_postMessage(channel=SALES, text="old", blocks=[SECTION], metadata=METADATA)["ts"]
    updated = bot.chat_update(channel=SALES, ts=posted, text="new")["message"]
    assert (updated["text"], len(updated["blocks"]), updated["metadata"]) == ("new", 1, METADATA)
    assert updated["edited"]["user"] == BOT
    bare = bot.chat_update(channel=SALES, ts=posted, text="bare", blocks=[], metadata={})["message"]
    assert not {"blocks", "metadata"} & set(bare)
    assert [m["ts"] for m in bot.conversations_history(channel=SALES)["messages"]] == [posted]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": ACME, "ts": ts(0), "text": "x"}, "cant_update_message"),
        ({"channel": ACME, "ts": "1.000001", "text": "x"}, "message_not_found"),
        ({"channel": "C0NONE", "ts": ts(0), "text": "x"}, "channel_not_found"),
    ],
)
def test_only_ones_own_messages_can_be_changed(bot: WebClient, arguments: dict[str, str], error: str) -> None:
    assert refusal(bot.chat_update, **arguments) == error
    del arguments["text"]
    assert refusal(bot.chat_delete, **arguments) == error.replace("update", "delete")


def test_a_deleted_root_leaves_a_tombstone(bot: WebClient) -> None:
    root = bot.chat_postMessage(channel=SALES, text="root")["ts"]
    reply = bot.chat_postMessage(channel=SALES, text="reply", thread_ts=root)["ts"]
    bot.chat_delete(channel=SALES, ts=root)
    assert bot.conversations_history(channel=SALES)["messages"][0]["subtype"] == "tombstone"
    bot.chat_delete(channel=SALES, ts=reply)
    assert refusal(bot.chat_delete, channel=SALES, ts=reply) == "message_not_found"


def test_permalinks_lead_to_the_page(slack: Slack, bot: WebClient) -> None:
    cases = {ts(0): f"/slack/{ACME}", ts(1): f"/slack/{ACME}/{ts(1)}", ts(2): f"/slack/{ACME}/{ts(1)}"}
    for message, page in cases.items():
        link = bot.chat_getPermalink(channel=ACME, message_ts=message)["permalink"]
        assert f"/archives/{ACME}/p{message.replace('.', '')}" in link
        assert requests.get(link, allow_redirects=False, timeout=5).headers["location"] == page
    assert refusal(bot.chat_getPermalink, channel=ACME, message_ts="1.000001") == "message_not_found"


def test_an_ephemeral_message_is_not_kept(bot: WebClient) -> None:
    before = bot.conversations_history(channel=SALES)["messages"]
    assert bot.chat_postEphemeral(channel=SALES, user=REP, text="psst")["message_ts"]
    assert bot.conversations_history(channel=SALES)["messages"] == before
    assert refusal(bot.chat_postEphemeral, channel=SALES, user=CUSTOMER, text="psst") == "user_not_in_channel"


def test_reactions(slack: Slack, bot: WebClient) -> None:
    target = {"channel": ACME, "timestamp": ts(1)}
    bot.reactions_add(**target, name="eyes")
    slack.client("xoxp-rep").reactions_add(**target, name="eyes")
    shown = bot.reactions_get(**target)["message"]["reactions"]
    assert shown == [{"name": "eyes", "users": [BOT, REP], "count": 2}]
    assert refusal(bot.reactions_add, **target, name="eyes") == "already_reacted"
    bot.reactions_remove(**target, name="eyes")
    assert refusal(bot.reactions_remove, **target, name="eyes") == "no_reaction"
    slack.client("xoxp-rep").reactions_remove(**target, name="eyes")
    assert "reactions" not in bot.reactions_get(**target)["message"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": ACME, "timestamp": ts(1), "name": "Not One"}, "invalid_name"),
        ({"channel": ACME, "timestamp": "x", "name": "eyes"}, "bad_timestamp"),
        ({"channel": ACME, "timestamp": "1.000001", "name": "eyes"}, "message_not_found"),
        ({"channel": "C0NONE", "timestamp": ts(1), "name": "eyes"}, "channel_not_found"),
    ],
)
def test_a_reaction_that_slack_would_refuse(bot: WebClient, arguments: dict[str, str], error: str) -> None:
    assert refusal(bot.reactions_add, **arguments) == error


def test_files_upload_v2_of_the_real_client(slack: Slack, bot: WebClient) -> None:
    root = bot.chat_postMessage(channel=SALES, text="report")["ts"]
    content = "Name,Amount\nAcme 2026,120000\n"
    bot.files_upload_v2(
        channel=SALES,
        thread_ts=root,
        filename="deals.csv",
        title="All open deals",
        content=content,
        initial_comment="CSV",
    )
    shared = bot.conversations_replies(channel=SALES, ts=root)["messages"][1]
    file = shared["files"][0]
    assert (shared["subtype"], shared["text"], file["title"]) == ("file_share", "CSV", "All open deals")
    assert (file["size"], file["filetype"], file["channels"]) == (len(content), "csv", [SALES])
    assert bot.files_info(file=file["id"])["file"] == file
    stored = slack.state.file(file["id"])
    assert stored is not None
    assert stored.content.decode() == content


def test_a_file_may_be_posted_as_a_form(slack: Slack, bot: WebClient) -> None:
    ticket = bot.files_getUploadURLExternal(filename="a.png", length=3)
    answer = requests.post(ticket["upload_url"], files={"file": ("a.png", b"png")}, timeout=5)
    assert (answer.status_code, answer.text) == (200, "OK - 3")
    assert requests.post(ticket["upload_url"], data=b"again", timeout=5).status_code == 404


def test_uploads_that_slack_would_refuse(slack: Slack, bot: WebClient) -> None:
    assert refusal(bot.files_getUploadURLExternal, filename="a.txt", length=0) == "missing_argument"
    ticket = bot.files_getUploadURLExternal(filename="a.txt", length=3)
    complete = bot.files_completeUploadExternal
    assert refusal(complete, files=[{"id": ticket["file_id"]}]) == "file_not_found"  # no bytes yet
    requests.post(ticket["upload_url"], data=b"abc", timeout=5)
    files = [{"id": ticket["file_id"]}]
    assert refusal(complete, files=files, channel_id=EMPTY) == "not_in_channel"
    assert refusal(complete, files=files, channel_id="C0NONE") == "channel_not_found"
    assert refusal(complete, files=files, channel_id=SALES, thread_ts="1.000001") == "thread_not_found"
    assert refusal(slack.client("xoxp-rep").files_completeUploadExternal, files=files) == "access_denied"
    assert complete(files=files)["files"][0]["channels"] == []
    assert refusal(slack.client("xoxp-rep").files_info, file=ticket["file_id"]) == "file_not_found"
    assert bot.files_info(file=ticket["file_id"])["file"]["name"] == "a.txt"
