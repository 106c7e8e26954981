"""The page at /slack: channels, messages and threads for a reader without a Slack account. It needs no scripts.

With ?as=U… the reader acts as that person: they see what only that person sees, and may press, type and fill in.
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from deployments.sandbox.slack.inputs import CannotError
from deployments.sandbox.slack.page import acts
from deployments.sandbox.slack.page.files import described, download
from deployments.sandbox.slack.page.html import element
from deployments.sandbox.slack.page.inline import clock
from deployments.sandbox.slack.page.names import Names, Person
from deployments.sandbox.slack.page.reader import Reader
from deployments.sandbox.slack.page.render import render_message, templates
from deployments.sandbox.slack.places import desk
from deployments.sandbox.slack.records import Conversation, as_micros
from deployments.sandbox.slack.seed import User
from deployments.sandbox.slack.state import SlackState

OFFICE_ZONE: Final = ZoneInfo("America/Los_Angeles")
PAGE_SIZE: Final = 100  # messages; older ones are one link away
_LOCK: Final = element(
    "svg",
    element("title", "private"),
    element("path", d="M3 7h10v8H3zM5 7V5a3 3 0 0 1 6 0v2h-1.5V5a1.5 1.5 0 0 0-3 0v2z"),
    viewBox="0 0 16 16",
    class_="lock",
    role="img",
)
_SAFE: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def routes(state: SlackState) -> list[BaseRoute]:
    """The page's routes over that Slack; times are shown in the office time zone."""
    page = _Page(state)
    return [
        Route("/slack", page.start),
        Route("/slack/slack.css", page.style),
        Route("/slack/files/{file_id}", page.file),
        *acts.routes(state),
        Route("/slack/{channel_id}", page.channel),
        Route("/slack/{channel_id}/{thread_ts}", page.channel),
    ]


class _Page:
    def __init__(self, state: SlackState) -> None:
        self._state = state
        self._css = files("deployments.sandbox.slack.page").joinpath("slack.css").read_bytes()

    async def start(self, request: Request) -> Response:
        """To the first channel with messages."""
        reader = self._reader(request)
        channels = [c for c in self._state.channels() if reader.sees(c)]
        first = next((c for c in channels if c.messages), channels[0] if channels else None)
        if first is None:
            return self._missing("This Slack has no channels.")
        asked = request.url.query
        return _safe(RedirectResponse(f"/slack/{first.id}" + (f"?{asked}" if asked else "")))

    async def style(self, _: Request) -> Response:
        return _safe(Response(self._css, media_type="text/css"))

    async def file(self, request: Request) -> Response:
        stored = self._state.file(request.path_params["file_id"])
        return self._missing("There is no such file.") if stored is None else _safe(download(stored))

    async def channel(self, request: Request) -> Response:
        """A channel, the newest page of it or the one before `?before=ts`; with a thread open beside it if asked."""
        channel_id, thread_ts = request.path_params["channel_id"], request.path_params.get("thread_ts")
        before = request.query_params.get("before")
        reader = self._reader(request)
        current = next((c for c in self._state.channels() if c.id == channel_id and reader.sees(c)), None)
        if current is None:
            return self._missing("There is no such channel.")
        if thread_ts is not None and thread_ts not in current.messages:
            return self._missing("There is no such message in this channel.")
        try:
            messages, older = self._window(reader, channel_id, before)
        except ValueError:
            return self._missing("There is no such moment in this channel.")
        names = self._names()
        return self._html(
            "channel.html",
            **reader.context(names, {**request.query_params, "channel": channel_id}),
            names=names,
            reader=reader,
            current=self._listed(current, names),
            members=len(current.members),
            topic=current.topic,
            days=self._days(messages, names, reader, channel_id),
            older=older,
            before=before,
            thread=None if thread_ts is None else self._thread(current, thread_ts, names, reader),
        )

    def _reader(self, request: Request) -> Reader:
        """Who acts here; nobody for an id that is nobody's."""
        asked = request.query_params.get("as")
        try:
            at = desk(self._state, str(request.base_url), asked) if asked else None
        except CannotError:
            at = None
        return Reader(self._state, at)

    def _window(self, reader: Reader, channel_id: str, before: str | None) -> tuple[list[dict[str, Any]], str | None]:
        """At most PAGE_SIZE messages before that ts, oldest first, and the ts to ask for what is older."""
        messages = reader.with_whispers(channel_id, self._state.messages(channel_id))
        if before is not None:
            messages = [m for m in messages if as_micros(m["ts"]) < as_micros(before)]
        window = messages[-PAGE_SIZE:]
        return window, (window[0]["ts"] if len(messages) > PAGE_SIZE else None)

    def _days(
        self, messages: Iterable[Mapping[str, Any]], names: Names, reader: Reader, channel_id: str
    ) -> list[tuple[str, list[dict[str, Any]]]]:
        def day(message: Mapping[str, Any]) -> str:
            return f"{names.local(message['ts']):%A, %-d %B %Y}"

        return [
            (label, [self._shown(m, names, reader, channel_id) for m in group])
            for label, group in groupby(messages, day)
        ]

    def _shown(self, message: Mapping[str, Any], names: Names, reader: Reader, channel_id: str) -> dict[str, Any]:
        count = message.get("reply_count")
        return {
            "html": self._rendered(message, reader.live(message, names, channel_id, "")),
            "thread": f"/slack/{channel_id}/{message['ts']}{_query(reader)}" if count else None,
            "replies": _counted(count, "reply", "replies") if count else "",
            "last_reply": _moment(names, message["latest_reply"]) if count else "",
        }

    def _thread(self, channel: Conversation, asked: str, names: Names, reader: Reader) -> dict[str, Any]:
        """The thread that a message begins or is part of."""
        ts = channel.messages[asked].get("thread_ts", asked)
        root = next((m for m in self._state.messages(channel.id) if m["ts"] == ts), channel.messages[asked])
        replies = self._state.replies(channel.id, ts)
        shown = reader.with_whispers(channel.id, replies, ts)
        return {
            "ts": ts,
            "root": self._rendered(root, reader.live(root, names, channel.id, ts)),
            "replies": [
                self._rendered({**reply, "root": None}, reader.live(reply, names, channel.id, ts)) for reply in shown
            ],
            "count": _counted(len(replies), "reply", "replies"),
        }

    def _rendered(self, message: Mapping[str, Any], names: Names) -> Markup:
        kept = [described(file_id, self._state.file(file_id)) for file_id in message.get("files") or ()]
        return render_message({**message, "files": kept}, names)

    def _names(self) -> Names:
        people: dict[str, Person] = {}
        for user in self._state.users.values():
            person = Person(user.id, user.real_name or user.name, user.is_bot, self._badge(user))
            people[user.id] = person
            if user.bot_id:
                people[user.bot_id] = person
        channels = {c.id: c.name for c in self._state.channels() if c.is_channel}
        return Names(people, channels, OFFICE_ZONE, self._state.now())

    def _badge(self, user: User) -> str:
        """The team of someone who is not from ours; guests of our own workspace are guests."""
        if user.team_id != self._state.home.id:
            team = self._state.team(user.team_id)
            return team.name if team else user.team_id
        return "Guest" if user.is_restricted or user.is_ultra_restricted else ""

    def _listed(self, channel: Conversation, names: Names) -> dict[str, Any]:
        """A channel as the sidebar shows it."""
        teams = [self._state.team(team_id) for team_id in channel.connected_team_ids if team_id != self._state.home.id]
        people = [names.people[one].name for one in channel.members if one in names.people]
        return {
            "id": channel.id,
            "sign": (_LOCK if channel.is_private else "#") if channel.is_channel else "@",
            "name": channel.name if channel.is_channel else ", ".join(people),
            "shared_with": ", ".join(team.name for team in teams if team),
        }

    def _html(self, template: str, status: int = 200, **context: Any) -> Response:
        names = context.get("names") or self._names()
        reader = context.pop("reader", None) or Reader(self._state, None)
        channels = [self._listed(c, names) for c in self._state.channels() if reader.sees(c)]
        context = {**reader.context(names, {}), "thread": None, "current": None, **context}
        page = templates().get_template(template)
        shown = page.render(home=self._state.home.name, channels=channels, **context)
        return _safe(HTMLResponse(shown, status_code=status))

    def _missing(self, reason: str) -> Response:
        return self._html("missing.html", status=404, reason=reason, current=None)


def _safe(response: Response) -> Response:
    response.headers.update(_SAFE)
    return response


def _query(reader: Reader) -> str:
    return f"?{reader.query}" if reader.query else ""


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _moment(names: Names, ts: str) -> str:
    moment = names.local(ts)
    return f"{moment:%-d %b} at {clock(moment)}"
