import pytest
import requests
from starlette.applications import Starlette

from deployments.sandbox.server import serve
from deployments.sandbox.slack.page.routes import PAGE_SIZE, routes
from deployments.sandbox.slack.seed import Channel, SlackSeed, Team
from deployments.sandbox.slack.state import SlackState

from .company import ACME, CSV, EMPTY, LONG, NOW, PIPELINE, REPORT_TS
from .conftest import Get
from .reading import Reading

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'"


def read(get: Get, path: str) -> Reading:
    answer = get(path)
    assert answer.status_code == 200
    return Reading(answer.text)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/slack", 200, "text/html; charset=utf-8"),
        ("/slack/slack.css", 200, "text/css; charset=utf-8"),
        (f"/slack/{PIPELINE}", 200, "text/html; charset=utf-8"),
        (f"/slack/{PIPELINE}/{REPORT_TS}", 200, "text/html; charset=utf-8"),
        (f"/slack/files/{CSV.id}", 200, "text/csv; charset=utf-8"),
        ("/slack/C0NOWHERE", 404, "text/html; charset=utf-8"),
        (f"/slack/{PIPELINE}/1.000000", 404, "text/html; charset=utf-8"),
        (f"/slack/{PIPELINE}?before=yesterday", 404, "text/html; charset=utf-8"),
        ("/slack/files/F0NOTHING", 404, "text/html; charset=utf-8"),
    ],
)
def test_every_answer_forbids_scripts_and_guessing(get: Get, path: str, status: int, kind: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_start_goes_to_the_first_channel_with_messages(get: Get) -> None:
    answer = get("/slack", allow_redirects=False)
    assert answer.headers["location"] == f"/slack/{ACME}"


def test_channel_tells_who_wrote_when_and_from_where(get: Get) -> None:
    text = read(get, f"/slack/{ACME}").text
    assert "Jane Doe Acme Corp 10:40 AM Hi @Tom Oduya, we see 502 for all users 👀" in text
    assert "Tom Oduya 10:45 AM (edited) Looking. 502 for all see status" in text.replace(
        "Looking.502", "Looking. 502"
    ).replace("allsee", "all see")
    assert "Kim Guest Guest" in text
    assert "agent.log text/plain · 3 B · download" in text
    assert "Friday, 20 November 2026" in text
    assert "shared with Acme Corp" in text


def test_an_empty_channel_says_so(get: Get) -> None:
    assert "No messages yet." in read(get, f"/slack/{EMPTY}").text


def test_report_has_its_thread_reaction_and_broadcast(get: Get) -> None:
    reading = read(get, f"/slack/{PIPELINE}")
    assert "Revenue rituals APP 7:28 AM" in reading.text
    assert "2 replies Last reply 23 Nov at 7:28 AM" in reading.text
    assert f"/slack/{PIPELINE}/{REPORT_TS}" in reading.addresses
    assert "👀 1" in reading.text
    assert "replied to a thread: Pipeline review · Mon 23 Nov closed 3, kept 1" in reading.text


@pytest.mark.parametrize("asked", [REPORT_TS, "1795447681.000100"], ids=["root", "reply"])
def test_thread_opens_beside_its_channel(get: Get, asked: str) -> None:
    text = read(get, f"/slack/{PIPELINE}/{asked}").text
    _, _, thread = text.partition("Thread ✕ ")
    assert thread.startswith("RR Revenue rituals APP 7:28 AM Pipeline review · Mon 23 Nov · 4 to decide")
    assert "2 replies RR Revenue rituals APP 7:28 AM All open deals" in thread
    assert thread.endswith("Alex Meyer 7:28 AM closed 3, kept 1")


def test_download_keeps_bytes_and_name(get: Get) -> None:
    answer = get(f"/slack/files/{CSV.id}")
    assert answer.content == CSV.content
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''pipeline-review-2026-11-23.csv"


@pytest.mark.parametrize(
    ("stored", "served"),
    [
        ("text/html", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("image/png", "image/png"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_no_file_is_served_as_a_page(get: Get, slack: SlackState, stored: str, served: str) -> None:
    file = slack.new_file("x", stored, slack.users["U0JANE"])
    file.ready = True
    answer = get(f"/slack/files/{file.id}")
    assert answer.headers["content-type"] == served
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_long_channels_are_read_page_by_page(get: Get, slack: SlackState) -> None:
    count, channel = 2 * PAGE_SIZE + 1, slack.conversations[LONG]
    for n in range(count):
        slack.post(channel, slack.users["U0JANE"], {"text": f"number {n};"})
    path, seen = f"/slack/{LONG}", []
    while path:
        reading = read(get, path)
        seen.append([n for n in range(count) if f"number {n};" in reading.text])
        path = next((a for a in reading.addresses if "?before=" in a), "")
    assert seen == [list(range(101, 201)), list(range(1, 101)), [0]]


def test_what_is_posted_later_is_shown(get: Get, slack: SlackState) -> None:
    text = "nothing needs you"
    assert text not in read(get, f"/slack/{PIPELINE}").text
    slack.post(slack.conversations[PIPELINE], slack.users["U0BOT"], {"text": text})
    assert text in read(get, f"/slack/{PIPELINE}").text


@pytest.mark.parametrize("channels", [(), (Channel("C1", "only", ()),)], ids=["no channels", "no messages"])
def test_a_slack_without_messages_still_answers(channels: tuple[Channel, ...]) -> None:
    slack = SlackState(SlackSeed((Team("T1", "Ours", "ours"),), (), channels), lambda: NOW)
    with serve(Starlette(routes=routes(slack))) as address:
        answer = requests.get(f"{address}/slack", timeout=10)
    assert answer.status_code == (200 if channels else 404)
    assert ("No messages yet." if channels else "This Slack has no channels.") in answer.text
