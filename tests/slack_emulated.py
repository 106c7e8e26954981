"""Somebody else's pretend Slack, as a second referee: local-slack (github.com/parvalabs/local-slack, MIT).

Of those that were found it alone has Socket Mode together with commands, buttons and modals. It is lenient where ours
is strict: it checks neither blocks nor limits, its triggers live half an hour and may be used again, and every web
socket of an app hears of everything. What both accept is the protocol.

LOCAL_SLACK names the command that runs it: its program, or `bun …/server/src/cli.ts` in a copy of its repository. Else
it comes from npm, in the version below, into a folder of its own under the user's cache. Its tokens open nothing, but
it listens on all interfaces while a test runs.
"""

import json
import os
import queue
import shlex
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from websockets.sync.client import connect

VERSION = "0.1.6"
BOT_TOKEN, APP_TOKEN = "xoxb-other", "xapp-other"
BOT, PERSON, CHANNEL = "U0BOT", "U01ALICE", "C01GEN"
STARTING_SECONDS, INSTALLING_SECONDS, SECONDS = 30, 180, 10
CONFIG = {
    "workspace": {"name": "Elsewhere", "domain": "elsewhere", "teamId": "T01ELSE"},
    "app": {
        "appId": "A01APP",
        "botUserId": BOT,
        "botName": "rituals",
        "botToken": BOT_TOKEN,
        "appToken": APP_TOKEN,
        "signingSecret": "unused",
        "mode": "socket",
    },
    "users": [{"id": PERSON, "name": "alice", "real_name": "Alice Anderson", "email": "alice@elsewhere.example"}],
    "channels": [{"id": CHANNEL, "name": "general", "members": [PERSON, BOT]}],
}
Json = dict[str, Any]


class NoEmulatorError(Exception):
    """It cannot be run here; the sentence says why."""


@dataclass(frozen=True)
class Emulated:
    """The emulator while it runs, and the hands of the one person in it."""

    address: str

    @property
    def web_api(self) -> str:
        """The base URL for a WebClient."""
        return f"{self.address}/api/"

    def type(self, line: str) -> None:
        """Give a command in the channel; ends when the app has acknowledged."""
        command, _, text = line.partition(" ")
        self._control("command", channel=CHANNEL, user=PERSON, command=command, text=text)

    def press(self, ts: str, action_id: str) -> None:
        """Press a button of a message in the channel; ends when the app has acknowledged."""
        [message] = [message for message in self.messages() if message["ts"] == ts]
        rows = [(block, one) for block in message["blocks"] for one in block.get("elements") or ()]
        [(row, button)] = [(block, one) for block, one in rows if one.get("action_id") == action_id]
        action = {**button, "block_id": row.get("block_id")}
        self._control("interact", channel=CHANNEL, user=PERSON, messageTs=ts, action=action)

    def modal(self) -> Json | None:
        """The modal in front of the person."""
        with connect(f"{self.address.replace('http', 'ws', 1)}/ui") as page:
            pile = json.loads(page.recv(timeout=SECONDS))["state"]["modalStack"]
        return dict(pile[-1]) if pile else None

    def submit(self, values: Json) -> dict[str, str]:
        """Send the modal off with these values, by block and action id; the errors under its fields."""
        with connect(f"{self.address.replace('http', 'ws', 1)}/ui") as page:
            page.recv(timeout=SECONDS)
            page.send(json.dumps({"t": "view_submit", "user": PERSON, "values": values}))
            while True:
                told = json.loads(page.recv(timeout=SECONDS))
                if told["t"] in {"view", "view_errors"}:
                    return dict(told.get("errors") or {})

    def messages(self) -> list[Json]:
        """What stands in the channel, oldest first."""
        answer = requests.get(f"{self.address}/_control/messages/{CHANNEL}", timeout=SECONDS)
        return list(answer.json()["messages"])

    def _control(self, act: str, **wanted: Any) -> None:
        requests.post(f"{self.address}/_control/{act}", json=wanted, timeout=SECONDS).raise_for_status()


@contextmanager
def emulated() -> Iterator[Emulated]:
    """It, running with one app, one person and one channel. Raises NoEmulatorError where it cannot be had."""
    command = _command()
    with tempfile.TemporaryDirectory(prefix="local-slack-") as folder:
        config = Path(folder) / "config.json"
        config.write_text(json.dumps(CONFIG), encoding="utf-8")
        started = [*command, "--config", str(config), "--port", "0", "--base-host", "127.0.0.1"]
        # The command is ours or the tester's own.
        with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:  # noqa: S603
            try:
                yield Emulated(_address(running))
            finally:
                running.kill()


@contextmanager
def emulated_or_skipped() -> Iterator[Emulated]:
    """It, or a visible skip where it cannot be had; where the tester has named it, that is a failure."""
    try:
        with emulated() as there:
            yield there
    except NoEmulatorError as missing:
        if os.environ.get("LOCAL_SLACK"):
            raise
        pytest.skip(str(missing))


def _command() -> list[str]:
    told = os.environ.get("LOCAL_SLACK")
    if told:
        return shlex.split(told)
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise NoEmulatorError("No npm and node here, and LOCAL_SLACK is not set: no emulator of Slack")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / f"revenue-rituals/local-slack-{VERSION}"
    program = cache / "node_modules/local-slack/bin.js"
    if not program.exists():
        cache.mkdir(parents=True, exist_ok=True)
        asked = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(cache), f"local-slack@{VERSION}"]
        try:
            subprocess.run(asked, check=True, capture_output=True, text=True, timeout=INSTALLING_SECONDS)  # noqa: S603
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[:1]
            raise NoEmulatorError(f"npm does not give local-slack {VERSION}: {' '.join(said)}") from None
    return [node, str(program)]


def _address(running: subprocess.Popen[str]) -> str:
    """Where it says that it is."""
    said: queue.Queue[str] = queue.Queue()
    out = running.stdout
    assert out is not None

    def listen() -> None:
        for line in out:
            said.put(line)

    threading.Thread(target=listen, daemon=True).start()
    lines: list[str] = []
    try:
        while True:
            lines.append(said.get(timeout=STARTING_SECONDS))
            if "Web UI:" in lines[-1]:
                return lines[-1].partition("Web UI:")[2].strip()
    except queue.Empty:
        raise NoEmulatorError(f"local-slack did not start: {' '.join(lines)[:500]}") from None
