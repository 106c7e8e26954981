"""The pretend company of today with a canary for each secret. Around it is a listener who hears what is sent there, and
on order answers with what was shown to it: tokens, logins and all."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import unquote_plus

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.sandbox import environment
from deployments.sandbox.app import build as build_app
from deployments.sandbox.calls import system_of
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.build import build as build_company
from deployments.sandbox.company.model import Company as Story
from deployments.sandbox.company.slack_talk import so_far
from deployments.sandbox.salesforce.org import Client, Org
from deployments.sandbox.server import serve
from tests.company import OFFICE

ORDERS = "/__listener__"
NOT_OURS = "C0SANDPIPER"  # the bot was never invited, of which each run complains


def canary(what: str, begins: str = "") -> str:
    """A text that occurs nowhere else."""
    return begins + hashlib.sha256(what.encode()).hexdigest()[:36]


CLIENT_SECRET = canary("Salesforce secret")
SLACK_TOKEN = canary("Slack token", "xoxb-")
GITHUB_TOKEN = canary("GitHub token", "github_pat_")
ZENDESK_TOKEN, ZENDESK_OAUTH = canary("Zendesk token"), canary("Zendesk OAuth token")
ALL = {
    "Salesforce secret": CLIENT_SECRET,
    "Slack token": SLACK_TOKEN,
    "GitHub token": GITHUB_TOKEN,
    "Zendesk token": ZENDESK_TOKEN,
    "Zendesk OAuth token": ZENDESK_OAUTH,
}
# Those of a run that tells them; nobody takes them.
TOLD = {
    name: canary(f"{name}, told")
    for name in ("salesforce_client_secret", "slack_token", "github_token", "zendesk_token", "zendesk_oauth_token")
}
TOLD_PASSWORD = canary("ledger password, told")
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE_KEY = _KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
_PUBLIC = _KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def needles(secret: str) -> set[str]:
    """What would be found of a secret that was told, also in base64 behind a name, or cut off: its first dozen
    characters, and its last."""
    found = {secret[:12], secret[-12:]}
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + secret.encode()).decode()
        found |= {encoded[4:20], encoded[-20:-4]}
    return found


def key_needles() -> set[str]:
    """A line of the key is enough, however its ends are written; and the middle of a line, however its signs are."""
    [line] = PRIVATE_KEY.splitlines()[5:6]
    return {line, max(re.split("[+/=]", line), key=len)}


@dataclass
class Listener:
    """ASGI. `heard` is what was sent, without the headers, and without the logins, which hold secrets. An order makes a
    system answer what it was shown: {"system": "slack", "path": "/api/chat.*", "status": 401, "html": false}."""

    app: ASGIApp
    heard: list[str] = field(default_factory=list)
    order: dict[str, str | int] = field(default_factory=dict)
    echoes: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        body = await _body(receive)
        if scope["path"] == ORDERS:
            self.order = json.loads(body or b"{}")
            return await Response(status_code=204)(scope, receive, send)
        if not scope["path"].startswith("/services/oauth2"):
            sent = unquote_plus(body.decode(errors="replace"))
            self.heard.append(f"{scope['path']}?{unquote_plus(scope['query_string'].decode())} {sent}")
        answer = self._echo(scope, body) if self._is_ordered(scope["path"]) else None
        if answer:
            self.echoes += 1
            return await answer(scope, receive, send)
        return await self.app(scope, _again(body), send)

    def _is_ordered(self, path: str) -> bool:
        wanted = self.order.get("system") == system_of(path) and not path.startswith("/__sandbox__")
        return wanted and bool(re.fullmatch(str(self.order.get("path", ".*")), path))

    def _echo(self, scope: Scope, body: bytes) -> Response:
        said = f"denied: {_shown(scope)} {body.decode(errors='replace')}"
        status = int(self.order["status"])
        if self.order.get("html"):
            return HTMLResponse(f"<html><body><h1>{status}</h1><pre>{said}</pre></body></html>", status)
        system = str(self.order["system"])
        if system == "slack":
            return JSONResponse({"ok": False, "error": said}, 200)
        if system == "salesforce" and not scope["path"].startswith("/services/oauth2"):
            return JSONResponse([{"errorCode": "INVALID_SESSION_ID", "message": said}], status)
        if system == "salesforce":
            return JSONResponse({"error": "invalid_client", "error_description": said}, status)
        if system == "github":
            return JSONResponse({"message": said, "documentation_url": "https://docs.github.com/rest"}, status)
        return JSONResponse({"error": "Denied", "description": said}, status)


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _shown(scope: Scope) -> str:
    """The Authorization header, and what it says to those who can read base64."""
    header = dict(scope["headers"]).get(b"authorization", b"").decode()
    kind, _, told = header.partition(" ")
    return f"{header} {base64.b64decode(told).decode()}" if kind.lower() == "basic" else header


@dataclass(frozen=True)
class Company:
    """A running sandbox: its address, the settings that lead there, who listens, and the org with its sessions."""

    address: str
    environment: dict[str, str]
    listener: Listener
    org: Org


@contextmanager
def company_with_canaries() -> Iterator[Company]:
    """The small company of today."""
    now = datetime.now(OFFICE).replace(microsecond=0)
    company = _with_canaries(build_company(1, "small", now.date()), now)
    clock = Clock(lambda: now)
    org = Org(clock, clients=(Client("sandbox", CLIENT_SECRET, public_key=_PUBLIC.decode()),))
    listener = Listener(build_app(company, clock, org))
    with serve(listener) as address:
        told = dict(line.split("=", 1) for line in environment.lines(address, company, org))
        channels = json.loads(told["RITUALS_SLACK_CUSTOMER_CHANNELS"])
        channels.pop(NOT_OURS)
        told["RITUALS_SLACK_CUSTOMER_CHANNELS"] = json.dumps(channels)
        yield Company(address, told, listener, org)


def _with_canaries(company: Story, now: datetime) -> Story:
    (_, bot), *others = company.slack.tokens
    slack = replace(company.slack, tokens=((SLACK_TOKEN, bot), *others))
    pat = replace(company.github.tokens[0], value=GITHUB_TOKEN)
    (email, _), *_ = company.zendesk.api_tokens
    zendesk = replace(company.zendesk, api_tokens=((email, ZENDESK_TOKEN),), oauth_tokens=((email, ZENDESK_OAUTH),))
    github = replace(company.github, tokens=(pat, *company.github.tokens[1:]))
    return replace(company, slack=so_far(slack, now), github=github, zendesk=zendesk)
