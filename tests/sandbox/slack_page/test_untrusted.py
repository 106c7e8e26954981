"""Text from outside is shown as it is, wherever it stands: it never becomes markup, a link or a mention."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import requests
from starlette.applications import Starlette

from deployments.sandbox.server import serve
from deployments.sandbox.slack.page.names import Names, Person
from deployments.sandbox.slack.page.render import render_message
from deployments.sandbox.slack.page.routes import routes
from deployments.sandbox.slack.seed import Attachment, Channel, Message, SlackSeed, Team, User
from deployments.sandbox.slack.state import SlackState

from .company import NOW, mrkdwn, ordered, plain, rich, section, text
from .reading import Reading, dangers

CORPUS = [
    "<script>alert(1)</script>",
    "</title></svg></style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    "<!channel> <!here> <@U1> <#C1|x>",
    "&lt;@U1&gt; &lt;!channel&gt;",
    "<javascript:alert(1)|click>",
    "]]> --> <!-- <![CDATA[",
    "{{7*7}} {% raw %} ${7*7} #{7}",
    "\u202egpj.exe \u2066abc",
    "🙂" * 255,
    "Zalgo t\u0336e\u0336x\u0336t &amp; &#60;b&#62; &nbsp;",
]

Place = Callable[[str], Mapping[str, Any]]


def said(**content: Any) -> Mapping[str, Any]:
    """A message with that content."""
    return {"ts": "1795447680.000100", "user": "U1", "text": "", **content}


def block(kind: str, **content: Any) -> Mapping[str, Any]:
    """A message of that one block."""
    return said(blocks=[{"type": kind, **content}])


def chart(words: str, kind: str) -> Mapping[str, Any]:
    """A chart with the words as its title, series, category and axis labels."""
    points = [{"label": words, "value": 5}]
    axes = {"categories": [words], "x_label": words, "y_label": words}
    described = {"type": kind, "segments": points, "series": [{"name": words, "data": points}], "axis_config": axes}
    return block("data_visualization", title=words, chart=described)


def escaped(words: str) -> str:
    """As a sender must write text that is data, in mrkdwn and in plain_text."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cells(words: str, kind: str) -> list[list[dict[str, Any]]]:
    """Two rows of one column, the first with the words as raw text."""
    cell = rich(section(text(words))) if kind == "rich_text" else {"type": kind, "text": words, "value": 1}
    return [[{"type": "raw_text", "text": words}], [cell]]


def option(words: str) -> dict[str, Any]:
    """One entry of a menu, with the words as its address too."""
    return {"text": plain(escaped(words)), "url": words}


PLACES: dict[str, Place] = {
    "text": lambda t: said(text=escaped(t)),
    "quoted text": lambda t: said(text="> " + escaped(t)),
    "code": lambda t: said(text=f"```{escaped(t)}```"),
    "header": lambda t: block("header", text=plain(escaped(t))),
    "section mrkdwn": lambda t: block("section", text=mrkdwn(escaped(t))),
    "section plain": lambda t: block("section", text=plain(escaped(t))),
    "field": lambda t: block("section", fields=[mrkdwn(escaped(t)), plain(escaped(t))]),
    "context": lambda t: block("context", elements=[mrkdwn(escaped(t))]),
    "button": lambda t: block("actions", elements=[{"type": "button", "text": plain(escaped(t)), "url": t}]),
    "menu": lambda t: block("actions", elements=[{"type": "overflow", "options": [option(t)]}]),
    "element of a kind": lambda t: block("actions", elements=[{"type": t}]),
    "rich text": lambda t: said(blocks=[rich(section(text(t, bold=True)))]),
    "rich list": lambda t: said(blocks=[rich(ordered(section(text(t))))]),
    "rich quote": lambda t: said(blocks=[rich({"type": "rich_text_quote", "elements": [text(t)]})]),
    "rich link": lambda t: said(blocks=[rich(section({"type": "link", "url": t, "text": t}))]),
    "rich user": lambda t: said(blocks=[rich(section({"type": "user", "user_id": t}))]),
    "rich emoji": lambda t: said(blocks=[rich(section({"type": "emoji", "name": t, "unicode": t}))]),
    "rich date": lambda t: said(blocks=[rich(section({"type": "date", "timestamp": 5, "format": t, "url": t}))]),
    "table raw": lambda t: block("table", rows=cells(t, "raw_text"), column_settings=[{"align": t}]),
    "table rich": lambda t: block("table", rows=cells(t, "rich_text")),
    "table number": lambda t: block("table", rows=cells(t, "raw_number")),
    "data table": lambda t: block("data_table", caption=t, rows=cells(t, "raw_text")),
    "pie": lambda t: chart(t, "pie"),
    "bar": lambda t: chart(t, "bar"),
    "line": lambda t: chart(t, "line"),
    "area": lambda t: chart(t, "area"),
    "image": lambda t: block("image", image_url=t, alt_text=t, title=plain(escaped(t))),
    "file block": lambda t: block("file", external_id=t, source=t),
    "unknown block": block,
    "file": lambda t: said(files=[{"id": t, "name": t, "mimetype": t, "size": 1}]),
    "attachment": lambda t: said(attachments=[{"title": t, "title_link": t, "text": escaped(t), "footer": escaped(t)}]),
    "reaction": lambda t: said(text="x", reactions=[{"name": t, "users": [t]}]),
    "thread root": lambda t: said(text="x", root={"text": escaped(t)[:100]}),
}  # fmt: skip


def settled(words: str) -> str:
    """Text as it is compared: single spaces."""
    return " ".join(words.split())


@pytest.mark.parametrize("place", PLACES)
def test_text_is_shown_literally(place: str, names: Names) -> None:
    for words in CORPUS:
        reading = Reading(render_message(PLACES[place](words), names))
        assert dangers(reading) == []
        assert "mention" not in reading.classes or place == "rich user"
        expected = settled(words)[:20] if place == "thread root" else settled(words)
        assert expected in reading.text


@pytest.mark.parametrize("place", ["markdown", "raw mrkdwn", "raw attachment"])
def test_text_with_a_syntax_of_its_own_is_harmless(place: str, names: Names) -> None:
    shapes: dict[str, Place] = {
        "markdown": lambda t: block("markdown", text=f"# {t}\n- {t}\n[{t}]({t}) **{t}**"),
        "raw mrkdwn": lambda t: said(text=f"{t} *{t}* <{t}|{t}>"),
        "raw attachment": lambda t: said(attachments=[{"pretext": t, "fields": [{"title": t, "value": t}]}]),
    }
    for words in CORPUS:
        html = render_message(shapes[place](words), names)
        assert dangers(Reading(html)) == []
        assert "49" not in html


def test_direction_marks_cannot_reorder_what_follows(names: Names) -> None:
    deal = rich(section(text("\u202eAcme"), text(" · $120k")))
    assert "<bdi>\u202eAcme</bdi> · $120k" in render_message(said(blocks=[deal]), names)


def test_a_name_in_the_message_is_only_a_name(names: Names) -> None:
    for words in CORPUS:
        message = {"ts": "1", "text": "x", "bot_id": "B9", "bot_profile": {"name": words}}
        reading = Reading(render_message(message, names))
        assert dangers(reading) == []
        assert settled(words) in reading.text


def hostile_company() -> SlackState:
    """A team, a person, a bot, a channel, a topic and a file named after each text of the corpus."""
    teams, users, channels, messages = [Team("T0", "Ours", "ours")], [], [], []
    for n, words in enumerate(CORPUS):
        teams.append(Team(f"T{n + 1}", words, f"t{n}"))
        person = User(f"U{n}", f"T{n + 1}", words, words)
        bot = User(f"UB{n}", "T0", words, words, is_bot=True, bot_id=f"B{n}")
        users += [person, bot]
        channels.append(Channel(f"C{n}", words, (person.id,), topic=words, connected_team_ids=("T0", f"T{n + 1}")))
        file = Attachment(f"F{n}", words, "text/csv", b"a")
        messages += [
            Message(f"C{n}", person.id, f"{n}.000001", f"<@UB{n}> <#C{n}>", files=(file,)),
            Message(f"C{n}", bot.id, f"{n}.000002", "x", thread_ts=f"{n}.000001"),
        ]
    return SlackState(SlackSeed(tuple(teams), tuple(users), tuple(channels), tuple(messages)), lambda: NOW)


def test_every_name_around_the_messages_is_only_a_name() -> None:
    with serve(Starlette(routes=routes(hostile_company()))) as address, requests.Session() as session:
        for n, words in enumerate(CORPUS):
            reading = Reading(session.get(f"{address}/slack/C{n}/{n}.000001", timeout=10).text)
            assert dangers(reading) == []
            assert reading.text.count(settled(words)) >= 12
            download = session.get(f"{address}/slack/files/F{n}", timeout=10)
            assert download.headers["content-type"] == "text/csv; charset=utf-8"


def test_a_person_with_a_hostile_id_is_harmless(names: Names) -> None:
    hostile = Person('"><script>', '<img src=x onerror="1">')
    everyone = Names({"U1": hostile}, {}, names.zone, names.now)
    assert dangers(Reading(render_message(said(text="<@U1>"), everyone))) == []
