"""Reading Slack page by page, and its errors in words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError

from tasks.clients import Refused, Unavailable
from tasks.rules.slack_ts import ts_of

PAGE = 200
TRANSIENT = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
REMEDIES = {
    "not_in_channel": "Invite the bot to the channel.",
    "channel_not_found": "Check the channel's id, and invite the bot if it is private.",
    "invalid_auth": "Check RITUALS_SLACK_TOKEN.",
    "token_revoked": "Install the Slack app again and set RITUALS_SLACK_TOKEN.",
    "missing_scope": "Give the Slack app the scopes that the README lists.",
}
NO_WORD_OF_ITS_OWN = {200, *range(500, 600)}  # a page of somebody in between, such as a proxy
TOO_MANY = 429

Message = Mapping[str, Any]


def pages(method: Any, channel: str, since: datetime | None, **more: Any) -> Iterator[Message]:
    """Every message that `method` (history or replies) gives, across its pages, newest page first for history."""
    cursor = None
    oldest = {"oldest": ts_of(since)} if since else {}
    while True:
        page = method(channel=channel, limit=PAGE, cursor=cursor, include_all_metadata=True, **oldest, **more)
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def code(error: SlackApiError) -> str:
    """Slack's word for what went wrong; "" when its answer was none of Slack's."""
    word = str(error.response.get("error", "")) if isinstance(error.response.data, dict) else ""
    return word if word.replace("_", "").isalnum() else ""  # slack-sdk puts a page that is no JSON there


@contextmanager
def in_words(channel: str) -> Iterator[None]:
    """Turns what slack-sdk raises into Unavailable or Refused, with the remedy and without tokens."""
    try:
        yield
    except SlackApiError as error:
        word, status = code(error), error.response.status_code
        if word in TRANSIENT or (not word and status in NO_WORD_OF_ITS_OWN) or status == TOO_MANY:
            raise Unavailable(f"Slack cannot answer now ({word or f'HTTP {status}'})") from None
        raise Refused(f"Slack refused ({word or f'HTTP {status}'}) for {channel}. {REMEDIES.get(word, '')}") from None
    except (OSError, ValueError, HTTPException) as error:
        raise Unavailable(f"Slack did not answer in full ({type(error).__name__})") from None
