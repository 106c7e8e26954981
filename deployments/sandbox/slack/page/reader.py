"""Who looks at the page: nobody in particular, or one of the people, who sees what only they see and may press."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from deployments.sandbox.slack.inputs import CannotError
from deployments.sandbox.slack.page.modal import Choices, rendered
from deployments.sandbox.slack.page.names import Acting, Names
from deployments.sandbox.slack.places import Desk, element_in, sees, spot
from deployments.sandbox.slack.records import Conversation, JsonObject, as_micros
from deployments.sandbox.slack.shown import FAILED
from deployments.sandbox.slack.state import SlackState

PRESS = "/slack/act/press"


class Reader:
    """`at` is the desk of the one who acts; without, the page is only looked at."""

    def __init__(self, state: SlackState, at: Desk | None) -> None:
        self._state = state
        self.at = at

    @property
    def query(self) -> str:
        """What the addresses of the page carry on: "as=U…"."""
        return urlencode({"as": self.at.user.id}) if self.at else ""

    def sees(self, conversation: Conversation) -> bool:
        """Whether this page shows it."""
        return self.at is None or sees(self._state, self.at.user, conversation)

    def with_whispers(self, channel: str, messages: list[JsonObject], thread: str = "") -> list[JsonObject]:
        """The messages, with those among them that only this reader sees, there or in that thread."""
        if self.at is None:
            return messages
        mine = self._state.eyes.whispered(self.at.user.id, channel)
        there = [{**one, "is_ephemeral": True} for one in mine if one.get("thread_ts", "") == thread]
        return sorted([*messages, *there], key=lambda one: as_micros(one["ts"]))

    def live(self, message: Mapping[str, Any], names: Names, channel: str, thread: str) -> Names:
        """Names with which the buttons of that message may be pressed, in the channel or in that thread beside it."""
        if self.at is None:
            return names
        ts = message["ts"]
        form = f"press{'-in-thread' if thread else ''}-{ts.replace('.', '-')}"
        where = (("as", self.at.user.id), ("channel", channel), ("thread", thread), ("ts", ts))
        return replace(names, acting=Acting(form, PRESS, where))

    def context(self, names: Names, asked: Mapping[str, str]) -> dict[str, Any]:
        """What the templates want to know: `me`, the modal in front of me, what was asked, what went wrong last."""
        if self.at is None:
            return {"me": None, "query": "", "modal": None, "asked": None, "failed": "", "people": self._people(asked)}
        view = self._state.views.top(self.at.user.id)
        modal = None
        if view is not None:
            modal = {
                "title": view.content["title"]["text"],
                "submit": (view.content.get("submit") or {}).get("text", ""),
                "close": (view.content.get("close") or {"text": "Cancel"})["text"],
                "body": rendered(view, names, self._offered),
                "app": self._state.users[view.app.bot].real_name,
                "below": len(self._state.views.piles[self.at.user.id]) - 1,
            }
        question = self._question(asked)
        shown = self._state.eyes.shown[self.at.user.id]
        last = shown[-1].text if shown and shown[-1].kind == FAILED else ""
        failed = "" if question else asked.get("cannot") or last
        me = {"id": self.at.user.id, "name": self.at.user.real_name}
        return {
            "me": me,
            "query": self.query,
            "modal": modal,
            "asked": question,
            "failed": failed,
            "people": self._people(asked),
        }

    def _people(self, asked: Mapping[str, str]) -> list[tuple[str, str]]:
        """Who may be chosen to act as, once somebody asks for it."""
        if "as" not in asked:
            return []
        people = [u for u in self._state.users.values() if not u.is_bot and not u.deleted and u.id != "USLACKBOT"]
        return [(u.id, u.real_name) for u in sorted(people, key=lambda u: u.real_name)]

    def _question(self, asked: Mapping[str, str]) -> dict[str, str] | None:
        """The confirmation that a button wants which was pressed just now."""
        if self.at is None or not asked.get("what"):
            return None
        try:
            element = self._pressed(self.at, asked)
        except CannotError:
            return None
        wanted = element.get("confirm")
        if not wanted:
            return None
        words = {part: wanted[part]["text"] for part in ("title", "text", "confirm", "deny")}
        return {**words, "ts": asked.get("ts", ""), "what": asked["what"], "style": wanted.get("style", "primary")}

    def _pressed(self, at: Desk, asked: Mapping[str, str]) -> JsonObject:
        if asked.get("ts"):
            return spot(at, asked.get("channel", ""), asked["ts"], asked["what"]).element
        view = self._state.views.top(at.user.id)
        return element_in(view.content["blocks"] if view else [], asked["what"])[1]

    def _offered(self, kind: str) -> Choices:
        """The people of our workspace, or the conversations that this reader sees."""
        if kind == "users":
            ours = [u for u in self._state.users.values() if u.team_id == self._state.home.id and not u.deleted]
            return sorted(((u.id, u.real_name) for u in ours), key=lambda pair: pair[1])
        seen = [c for c in self._state.channels() if self.sees(c) and c.is_channel]
        return [(c.id, f"#{c.name}") for c in seen if kind == "conversations" or not c.is_private]
