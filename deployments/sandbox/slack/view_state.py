"""The modals that are open before each person: at most three on a pile, with what stands in their fields."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.inputs import KEYS, beginning
from deployments.sandbox.slack.messages import APP_ID
from deployments.sandbox.slack.records import JsonObject
from deployments.sandbox.slack.seed import App, User
from deployments.sandbox.slack.view_blocks import elements_of

HIGHEST = 3
Values = dict[str, dict[str, JsonObject]]


@dataclass
class View:
    """A modal: what the app sent, for whom it is open, and what stands in its fields, by block and action id.

    `errors` are shown under its fields; `busy` while the app has not answered what was submitted.
    """

    id: str
    app: App
    user: User
    content: JsonObject
    hash: str
    root: str
    previous: str | None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    busy: bool = False

    def elements(self) -> Iterator[tuple[JsonObject, JsonObject]]:
        """Each block with each of its elements."""
        return ((block, one) for block in self.content["blocks"] for one in elements_of(block))


class Views:
    """All open modals; what has been closed is forgotten."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._serial = itertools.count(1)
        self.piles: dict[str, list[View]] = {}

    def top(self, user: str) -> View | None:
        """What that person has in front of them."""
        pile = self.piles.get(user)
        return pile[-1] if pile else None

    def open(self, app: App, user: User, content: JsonObject) -> View:
        """A first modal; what was open before gives way."""
        self.unique(content)
        view = self._made(app, user, content, None)
        self.piles[user.id] = [view]
        return view

    def push(self, below: View, content: JsonObject) -> View:
        """A modal on top of another. Raises SlackError above three."""
        pile = self.piles[below.user.id]
        if len(pile) >= HIGHEST:
            raise SlackError("push_limit_reached")
        self.unique(content)
        view = self._made(below.app, below.user, content, below)
        pile.append(view)
        return view

    def change(self, view: View, content: JsonObject) -> View:
        """Show something else in its place. A field that is still there keeps what stands in it."""
        self.unique(content, view)
        before = view.values
        view.content, view.hash, view.errors = content, self._hash(), {}
        view.values = _beginning(view)
        for block, actions in view.values.items():
            for action, state in actions.items():
                kept = before.get(block, {}).get(action)
                if kept is not None and kept["type"] == state["type"]:
                    actions[action] = kept
        return view

    def close(self, view: View) -> None:
        """Take this one off its pile, and what lies on top of it."""
        pile = self.piles.get(view.user.id, [])
        if view in pile:
            del pile[pile.index(view) :]

    def clear(self, user: str) -> None:
        """Close all of them."""
        self.piles.pop(user, None)

    def find(self, *, view_id: str = "", external_id: str = "") -> View | None:
        """The open one of that id."""
        everything = (view for pile in self.piles.values() for view in pile)
        return next(
            (v for v in everything if v.id == view_id or (external_id and v.content.get("external_id") == external_id)),
            None,
        )

    def unique(self, content: JsonObject, but: View | None = None) -> None:
        """Raises SlackError when another open view has that external id."""
        there = self.find(external_id=content.get("external_id", ""))
        if there is not None and there is not but:
            raise SlackError("duplicate_external_id")

    def _made(self, app: App, user: User, content: JsonObject, below: View | None) -> View:
        view_id = f"V9{next(self._serial):09d}"
        root, previous = (below.root, below.id) if below else (view_id, None)
        view = View(view_id, app, user, content, self._hash(), root, previous)
        view.values = _beginning(view)
        return view

    def _hash(self) -> str:
        return f"{int(self._now())}.{uuid4().hex[:8]}"


def _beginning(view: View) -> Values:
    values: Values = {}
    for block, element in view.elements():
        if element["type"] in KEYS:
            values.setdefault(block["block_id"], {})[element["action_id"]] = beginning(element)
    return values


def printed(view: View, home: str, bot: str, *, filled: bool = True) -> JsonObject:
    """The view as Slack tells it; `home` is the team of the app, `bot` its bot id."""
    content = view.content
    return {
        "id": view.id,
        "team_id": view.user.team_id,
        "type": "modal",
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.values if filled else {}},
        "hash": view.hash,
        "title": content["title"],
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": APP_ID,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": home,
        "bot_id": bot,
    }
