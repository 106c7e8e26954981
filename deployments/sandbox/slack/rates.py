"""How many calls of a method Slack answers in a minute: for each method and each app by itself."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from math import ceil

from deployments.sandbox.slack.errors import RateLimitedError

MINUTE = timedelta(minutes=1)
_TIER_2, _TIER_3, _TIER_4 = 20, 50, 100
# Methods with limits of their own are not among them: auth.test, chat.getPermalink, chat.postMessage.
TIERS: Mapping[str, int] = {
    **dict.fromkeys(("conversations.list", "reactions.remove", "users.list"), _TIER_2),
    **dict.fromkeys(
        (
            "apps.connections.open",
            "bots.info",
            "chat.delete",
            "chat.update",
            "conversations.history",
            "conversations.info",
            "conversations.join",
            "conversations.open",
            "conversations.replies",
            "reactions.add",
            "reactions.get",
            "team.info",
            "users.conversations",
            "users.lookupByEmail",
        ),
        _TIER_3,
    ),
    **dict.fromkeys(
        (
            "chat.postEphemeral",
            "conversations.members",
            "files.completeUploadExternal",
            "files.getUploadURLExternal",
            "files.info",
            "users.info",
            "views.open",
            "views.push",
            "views.update",
        ),
        _TIER_4,
    ),
}


class Rates:
    """Counts the calls of the last minute by the sandbox's clock. `limits` are calls a minute by method; a method that
    is not there has none."""

    def __init__(self, now: Callable[[], datetime], limits: Mapping[str, int]) -> None:
        self._now, self._limits = now, limits
        self._answered: dict[tuple[str, str], deque[datetime]] = {}

    def take(self, method: str, caller: str) -> None:
        """Count this call. Raises RateLimitedError, with the whole seconds until the next may be answered."""
        limit = self._limits.get(method)
        if limit is None:
            return
        now, answered = self._now(), self._answered.setdefault((method, caller), deque())
        while answered and answered[0] <= now - MINUTE:
            answered.popleft()
        if len(answered) >= limit:
            raise RateLimitedError(max(1, ceil((answered[0] + MINUTE - now).total_seconds())))
        answered.append(now)
