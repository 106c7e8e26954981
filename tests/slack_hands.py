"""A person's hands in the pretend Slack: for tests of what an app does when somebody uses it.

A command, a press and a modal that is sent off end when the app has acknowledged, or has not in its three seconds. What
it does after that is waited for by a condition: `opened`, `told`, `until`.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import requests

T = TypeVar("T")
SECONDS, BETWEEN = 20.0, 0.02


class CannotError(AssertionError):
    """A person could not have done that in Slack; the sentence says why."""


@dataclass(frozen=True)
class Seen:
    """One thing the person was shown: see `deployments/sandbox/slack/shown.py`."""

    kind: str
    text: str
    error: str
    channel: str
    ts: str
    blocks: tuple[Mapping[str, Any], ...]
    errors: Mapping[str, str]


class Hands:
    """The hands of one person at the sandbox of that address."""

    def __init__(self, sandbox_url: str, user: str) -> None:
        self.user = user
        self._url = f"{sandbox_url.rstrip('/')}/__sandbox__/slack/hands"

    def type(self, channel: str, line: str) -> list[Seen]:
        """Give a command: `/rituals run pipeline-review`. What was shown until it was acknowledged."""
        return self._act("type", channel=channel, text=line)

    def press(self, channel: str, ts: str, what: str, *, confirmed: bool = False) -> list[Seen]:
        """Press the button of that action id or label in a message, one that only this person sees among them."""
        return self._act("press", channel=channel, ts=ts, what=what, confirmed=confirmed)

    def press_in_modal(self, what: str, *, confirmed: bool = False) -> list[Seen]:
        """Press a button inside the modal that is open."""
        return self._act("press", what=what, confirmed=confirmed)

    def choose(self, channel: str, ts: str, what: str, value: Any, *, confirmed: bool = False) -> list[Seen]:
        """Choose from the menu of that action id or placeholder in a message, by the value or text of the option."""
        return self._act("choose", channel=channel, ts=ts, what=what, value=value, confirmed=confirmed)

    def fill(self, entries: Mapping[str, Any]) -> list[Seen]:
        """Put that into fields of the modal, named by label, block id or action id; None empties a field."""
        return self._act("fill", entries=dict(entries))

    def submit(self) -> list[Seen]:
        """Send the modal off. What is wrong in its fields is among what was shown."""
        return self._act("submit")

    def close(self, *, all_of_them: bool = False) -> list[Seen]:
        """Close the modal, or all that lie on each other."""
        return self._act("close", all=all_of_them)

    def modal(self) -> dict[str, Any] | None:
        """The modal in front of the person at this moment."""
        found: dict[str, Any] | None = self._look()["modal"]
        return found

    def seen(self) -> list[Seen]:
        """All the person was shown, from the beginning."""
        return list(map(_seen, self._look()["seen"]))

    def opened(self, title: str = "", seconds: float = SECONDS) -> dict[str, Any]:
        """The modal in front of the person, once there is one (of that title)."""

        def there() -> dict[str, Any] | None:
            modal = self.modal()
            return modal if modal is not None and title in {"", modal["title"]["text"]} else None

        return self.until(there, f"a modal {title!r} for {self.user}", seconds)

    def told(self, words: str, seconds: float = SECONDS) -> Seen:
        """The first thing the person was shown with these words in it, once there is one."""
        return self.until(
            lambda: next((one for one in self.seen() if words in one.text), None), f"{words!r} for {self.user}", seconds
        )

    def until(self, condition: Callable[[], T | None], what: str = "it", seconds: float = SECONDS) -> T:
        """What the condition answers once it is true; AssertionError with what was seen when it does not become so."""
        try:
            return waited(condition, what, seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; {self.user} was shown {self.seen()}") from None

    def _act(self, act: str, **wanted: Any) -> list[Seen]:
        answer = requests.post(f"{self._url}/{act}", json={"user": self.user, **wanted}, timeout=60)
        told = answer.json()
        if not answer.ok:
            raise CannotError(told["error"])
        return list(map(_seen, told["seen"]))

    def _look(self) -> dict[str, Any]:
        return dict(requests.get(self._url, params={"user": self.user}, timeout=10).json())


class AppEnd:
    """What the pretend Slack knows of the app's web sockets, and how a test ends them."""

    def __init__(self, sandbox_url: str) -> None:
        self._url = f"{sandbox_url.rstrip('/')}/__sandbox__/slack/app"

    def told(self) -> dict[str, Any]:
        """`links` that are open, how many were ever `opened`, `patience` in seconds, the envelopes that were `sent`
        and how each was `acknowledged`, and the app's `problems`: answers that Slack does not take."""
        return dict(requests.get(self._url, timeout=10).json())

    def change(self, **wanted: Any) -> None:
        """patience=0: no acknowledgement is in time. disconnect="refresh_requested" or cut=True: sockets end."""
        requests.post(self._url, json=wanted, timeout=10).raise_for_status()

    def connected(self, links: int = 1, seconds: float = SECONDS) -> None:
        """Wait until the app has that many web sockets open."""
        waited(lambda: self.told()["links"] == links, f"{links} web sockets of the app", seconds)


def waited(condition: Callable[[], T | None], what: str, seconds: float = SECONDS) -> T:
    """What the condition answers once that is true; AssertionError when it does not become so."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s for {what}")
        time.sleep(BETWEEN)


def _seen(told: Mapping[str, Any]) -> Seen:
    return Seen(**{**told, "blocks": tuple(told["blocks"])})
