"""What the pretend Zendesk does with tickets, whom it lets in, and how it refuses.

Recorded of the real one by others: the names in tickets and comments, and the bodies of 404 and of 422 for a closed
ticket. Described in its documentation: external ids that need not be unique, `Location`, the idempotency header and
its two words, cursor pages, the limits. Assumed: that idempotency keys live two hours, and the words of the 400.
"""

from datetime import timedelta
from typing import Any

import pytest
import requests

from deployments.sandbox.zendesk.search import LAG
from deployments.sandbox.zendesk.seed import SeedTicket
from deployments.sandbox.zendesk.state import FIRST_TICKET, KEYS_LIVE
from tests.support_alone import AGENT, CLOSED_AT, OAUTH, TOKEN, Support

ID = "slack:T0HOME:C0ACME:1795485600.000000"
SENT = {"subject": "Offline", "comment": {"body": "All <b>agents</b> &\noffline"}, "external_id": ID, "tags": ["slack"]}
TICKET = {
    "url", "id", "external_id", "via", "created_at", "updated_at", "generated_timestamp", "type", "subject",
    "raw_subject", "description", "priority", "status", "recipient", "requester_id", "submitter_id", "assignee_id",
    "organization_id", "group_id", "collaborator_ids", "follower_ids", "email_cc_ids", "forum_topic_id", "problem_id",
    "has_incidents", "is_public", "due_at", "tags", "custom_fields", "satisfaction_rating", "sharing_agreement_ids",
    "custom_status_id", "fields", "followup_ids", "ticket_form_id", "brand_id", "allow_channelback",
    "allow_attachments", "from_messaging_channel",
}  # fmt: skip
COMMENT = {
    "id", "type", "author_id", "body", "html_body", "plain_body", "public", "attachments", "audit_id", "via",
    "created_at", "metadata",
}  # fmt: skip


def make(support: Support, key: str = "", **other: Any) -> requests.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return support.ask("/tickets.json", "POST", json={"ticket": {**SENT, **other}}, headers=headers)


def change(support: Support, **ticket: Any) -> requests.Response:
    return support.ask(f"/tickets/{FIRST_TICKET}.json", "PUT", json={"ticket": ticket})


def test_a_ticket_is_made_with_its_address_and_its_audit(support: Support) -> None:
    made = make(support)
    ticket, audit = made.json()["ticket"], made.json()["audit"]

    assert (made.status_code, made.headers["Location"]) == (201, ticket["url"])
    assert set(ticket) == TICKET
    assert (ticket["id"], ticket["status"], ticket["external_id"]) == (FIRST_TICKET, "new", ID)
    assert ticket["description"] == SENT["comment"]["body"]
    assert (ticket["created_at"], ticket["via"]["channel"]) == ("2026-11-24T00:00:00Z", "api")
    [event] = audit["events"]
    assert (audit["ticket_id"], event["type"], set(event)) == (FIRST_TICKET, "Comment", COMMENT)
    assert requests.get(ticket["url"], auth=(f"{AGENT}/token", TOKEN), timeout=5).json()["ticket"] == ticket


def test_external_ids_need_not_be_unique(support: Support) -> None:
    make(support)
    make(support, external_id=None)
    make(support)

    found = support.ask(f"/tickets.json?external_id={ID}").json()

    assert [ticket["id"] for ticket in found["tickets"]] == [FIRST_TICKET, FIRST_TICKET + 2]
    assert (found["count"], found["next_page"], found["previous_page"]) == (2, None, None)


def test_a_key_makes_one_ticket_as_long_as_it_lives(support: Support) -> None:
    answers = [make(support, "a key"), make(support, "a key")]

    assert [answer.headers["x-idempotency-lookup"] for answer in answers] == ["miss", "hit"]
    assert answers[0].json() == answers[1].json()
    other = make(support, "a key", subject="Another")
    assert (other.status_code, other.json()["error"]) == (400, "IdempotentRequestError")
    assert "x-idempotency-lookup" not in make(support).headers
    support.clock.set(CLOSED_AT + KEYS_LIVE)
    assert make(support, "a key").headers["x-idempotency-lookup"] == "miss"


def test_a_comment_is_text_and_its_html_is_escaped(support: Support) -> None:
    make(support)
    answer = change(support, comment={"body": "<script>x</script>", "public": False}, status="open")
    first, second = support.ask(f"/tickets/{FIRST_TICKET}/comments.json").json()["comments"]

    assert (answer.status_code, set(answer.json())) == (200, {"ticket", "audit"})
    assert answer.json()["audit"]["events"][0]["id"] == second["id"]
    assert answer.json()["ticket"]["status"] == "open"
    assert (first["public"], second["public"], second["body"]) == (True, False, "<script>x</script>")
    assert second["html_body"] == (
        '<div class="zd-comment" dir="auto"><p dir="auto">&lt;script&gt;x&lt;/script&gt;</p></div>'
    )
    assert '<p dir="auto">All &lt;b&gt;agents&lt;/b&gt; &amp;</p><p dir="auto">offline</p>' in first["html_body"]


def test_comments_come_in_pages_by_cursor_or_by_number(support: Support) -> None:
    make(support)
    for n in range(4):
        support.zendesk.comment(support.ticket(), support.ticket().by, str(n), is_public=True)
    url, found, pages = f"/tickets/{FIRST_TICKET}/comments.json?page[size]=2&sort=-created_at", list[str](), 0
    while url:
        page = support.ask(url).json()
        found += [comment["body"] for comment in page["comments"]]
        pages, url = pages + 1, (page["links"]["next"] or "").partition("/api/v2")[2]
        assert page["meta"]["has_more"] == bool(url)

    assert (found, pages) == (["3", "2", "1", "0", SENT["comment"]["body"]], 3)
    second = support.ask(f"/tickets/{FIRST_TICKET}/comments.json?per_page=2&page=2").json()
    assert [comment["body"] for comment in second["comments"]] == ["1", "2"]
    assert (second["count"], "page=3" in second["next_page"], "page=1" in second["previous_page"]) == (5, True, True)


REFUSALS = [
    ("GET", "/tickets/1.json", None, 404, {"error": "RecordNotFound", "description": "Not found"}),
    ("GET", "/users.json", None, 404, {"error": "InvalidEndpoint", "description": "Not found"}),
    ("POST", "/tickets.json", {"ticket": {"subject": "x"}}, 422, "Description: cannot be blank"),
    ("POST", "/tickets.json", {"ticket": {**SENT, "comment": {"body": " "}}}, 422, "Comment: cannot be blank"),
    ("POST", "/tickets.json", {"ticket": {**SENT, "subject": "x" * 256}}, 422, "Subject: is too long"),
    ("POST", "/tickets.json", {"ticket": {**SENT, "tags": ["two words"]}}, 422, "Tags: are invalid"),
    ("POST", "/tickets.json", {"ticket": {**SENT, "via_followup_source_id": FIRST_TICKET}}, 422, "not a closed ticket"),
    ("POST", "/tickets.json", {"ticket": {**SENT, "externalid": "x"}}, 400, "unknown to this pretend Zendesk"),
    ("POST", "/tickets.json", {"subject": "x"}, 400, "send"),
    ("PUT", f"/tickets/{FIRST_TICKET}.json", {"ticket": {"status": "done"}}, 422, "Status: is invalid"),
    ("GET", "/tickets.json?externalid=x", None, 400, "unknown to this pretend Zendesk"),
    ("GET", "/search.json", None, 400, "query is empty"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "said"), REFUSALS)
def test_what_is_wrong_is_refused(support: Support, method, path, body, status, said) -> None:
    make(support)

    answer = support.ask(path, method, json=body)

    assert answer.status_code == status
    assert answer.json() == said if isinstance(said, dict) else said in answer.text


def test_a_closed_ticket_takes_nothing_and_is_followed_up(support: Support) -> None:
    make(support)
    change(support, status="closed")

    refused = change(support, comment={"body": "More"})
    following = make(support, via_followup_source_id=FIRST_TICKET).json()["ticket"]

    assert refused.status_code == 422
    assert refused.json()["details"]["status"][0]["description"] == "Status: closed prevents ticket update"
    assert following["via"]["source"] == {"from": {"ticket_id": FIRST_TICKET}, "to": {}, "rel": "follow_up"}


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ((f"{AGENT}/token", TOKEN), 200),
        ((f"{AGENT}/token", "wrong"), 401),
        ((AGENT, TOKEN), 401),
        (("sam@ourco.example/token", TOKEN), 401),
        (OAUTH, 200),
        ("wrong", 401),
        (None, 401),
    ],
)
def test_only_who_has_a_token_gets_in(support: Support, login: Any, status: int) -> None:
    headers = {"Authorization": f"Bearer {login}"} if isinstance(login, str) else {}
    auth = login if isinstance(login, tuple) else None

    answer = requests.get(f"{support.address}/zendesk/api/v2/tickets.json", headers=headers, auth=auth, timeout=5)

    assert answer.status_code == status
    assert status == 200 or answer.json() == {"error": "Couldn't authenticate you"}


def test_the_calls_of_a_minute_are_counted(anew) -> None:
    support = anew(calls_a_minute=3)
    answers = [support.ask("/tickets.json") for _ in range(4)]

    assert [answer.headers["X-Rate-Limit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert (answers[3].status_code, answers[3].headers["Retry-After"]) == (429, "60")
    support.clock.set(CLOSED_AT + timedelta(minutes=1))
    assert support.ask("/tickets.json").status_code == 200


def test_a_ticket_takes_thirty_updates_in_ten_minutes(support: Support) -> None:
    make(support)
    statuses = [change(support, comment={"body": str(n)}).status_code for n in range(31)]

    assert statuses == [*[200] * 30, 429]
    support.clock.set(CLOSED_AT + timedelta(minutes=10))
    assert change(support, comment={"body": "More"}).status_code == 200


def test_search_finds_a_ticket_minutes_after_it_is_there(support: Support) -> None:
    make(support)
    query = f'/search.json?query=type:ticket external_id:"{ID}" status:new offline'

    assert support.ask(query).json()["count"] == 0
    support.clock.set(CLOSED_AT + LAG)
    [found] = support.ask(query).json()["results"]
    assert (found["id"], found["result_type"]) == (FIRST_TICKET, "ticket")
    assert support.ask(query.replace("status:new", "status:open")).json()["count"] == 0


def test_the_tickets_of_the_seed_are_there(anew) -> None:
    seed = SeedTicket("By mail", "Lyon is offline", AGENT, "mail:1", "solved", ("mail",), days_ago=3)

    [ticket] = anew(seed).ask("/tickets.json").json()["tickets"]

    assert (ticket["subject"], ticket["status"], ticket["tags"]) == ("By mail", "solved", ["mail"])
    assert ticket["created_at"] == "2026-11-21T00:00:00Z"
