"""What the CRO does in the pretend Slack: the hands of a person, for whom the Slack app answers."""

import json
import re
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

import httpx

from deployments.processes import DidNotStartError, tail

CRO, DECIDER = "U0MARISOL", "Marisol Vega"
SECONDS, BETWEEN = 60, 0.2
T = TypeVar("T")


def decides_in_slack() -> dict[str, str]:
    """The setting by which she may."""
    return {"RITUALS_SLACK_DECIDERS": json.dumps({CRO: DECIDER})}


class Hands:
    """Of the CRO, in the Slack of the sandbox at that address; `log` is that of the Slack app. Each method raises
    DidNotStartError where she could not do it."""

    def __init__(self, sandbox: str, log: Path) -> None:
        self._url, self._log = f"{sandbox}/__sandbox__/slack/hands", log

    def press(self, channel: str, ts: str, label: str) -> None:
        """Press the button of a message whose label begins so."""
        self._do("press", channel=channel, ts=ts, what=label)

    def type(self, channel: str, line: str) -> None:
        """Give a command."""
        self._do("type", channel=channel, text=line)

    def sees(self, title: str) -> None:
        """Wait for the modal of that title."""
        self._until(lambda: self._modal().get("title", {}).get("text") == title, f"the form {title!r}")

    def sends(self, entries: Mapping[str, Any] | None = None) -> None:
        """Fill in the modal, by label, and send it."""
        if entries:
            self._do("fill", entries=dict(entries))
        self._do("submit")

    def chooses(self, field: str, names: Collection[str]) -> None:
        """Choose in the menu of that label what has one of the names in it, and nothing else."""
        [menu] = [block["element"] for block in self._modal()["blocks"] if block.get("label", {}).get("text") == field]
        found = [one["value"] for one in menu["options"] if any(name in one["text"]["text"] for name in names)]
        self._do("fill", entries={field: found})

    def reads(self, words: str) -> str:
        """Wait until the modal says that; where its first link leads, "" without one."""
        self._until(lambda: words in self._said(), repr(words))
        link = re.search(r"<(https?://[^|>]+)\|", self._said())
        return link[1] if link else ""

    def closes(self) -> None:
        """Close what lies in front of her."""
        self._do("close", all=True)

    def _do(self, act: str, **told: Any) -> None:
        answer = httpx.post(f"{self._url}/{act}", json={"user": CRO, **told}, timeout=SECONDS)
        if not answer.is_success:
            raise DidNotStartError(f"{DECIDER} could not {act} in Slack: {answer.json()['error']}\n{tail(self._log)}")

    def _modal(self) -> dict[str, Any]:
        return dict(httpx.get(self._url, params={"user": CRO}, timeout=SECONDS).json()["modal"] or {})

    def _said(self) -> str:
        return json.dumps(self._modal().get("blocks", []), ensure_ascii=False)

    def _until(self, there: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + SECONDS
        while not there():
            if time.monotonic() > until:
                raise DidNotStartError(f"{DECIDER} waited in vain for {what} in Slack:\n{tail(self._log)}")
            time.sleep(BETWEEN)
