"""How a conversation is worded in the feedback sweep: money, renewal, the quoted words, what it may be like."""

from datetime import date, datetime
from typing import Any

import pytest

from tasks.reports.blocks import Element
from tasks.reports.feedback_rows import (
    candidate_row,
    excerpt,
    files_said,
    item_row,
    missing_said,
    near,
    quote,
    quoted,
    worth,
)
from tasks.reports.feedback_times import Watch
from tasks.rules.feedback import Details, Kind, Need, Priority
from tests.sweeps import (
    OFFICE,
    UNTIL,
    ZENDESK,
    account_id,
    at,
    make_candidate,
    make_customer,
    make_item,
    make_message,
    make_reply,
)

from .feedback_posts import make_context
from .review_builder import BASE

MONDAY = Watch(UNTIL, OFFICE)
LONG = "Hello all, we have had quite some trouble with the new release since it came out and now "


def row_of(**said: Any) -> str:
    return "".join(element["text"] for element in item_row(make_item(**said), make_context(), MONDAY, "1. "))


def links_of(row: list[Element]) -> dict[str, str]:
    return {element["text"]: element["url"] for element in row if element["type"] == "link"}


@pytest.mark.parametrize(
    ("value", "renewal", "currency", "said"),
    [
        (120_000.0, date(2026, 12, 12), "USD", "$120k · renews 12 Dec (in 19 d)"),
        (45_400.0, date(2027, 1, 29), "EUR", "€45.4k · renews 29 Jan 2027 (in 67 d)"),
        (120_000.0, date(2026, 11, 23), "USD", "$120k · renews 23 Nov (today)"),
        (120_000.0, date(2026, 11, 12), "USD", "$120k · renewal was due 12 Nov (11 d)"),
        (4_120_000.0, None, "CHF", "CHF 4.1M"),
        (None, date(2026, 12, 12), "USD", "renews 12 Dec (in 19 d)"),
        (0.0, None, "USD", "$0"),
        (float("nan"), None, "USD", ""),
        (None, None, "USD", ""),
    ],
)
def test_what_a_customer_pays_and_when_they_renew(
    value: float | None, renewal: date | None, currency: str, said: str
) -> None:
    customer = make_customer(value=value, renewal=renewal)
    assert worth(customer, make_context(currency=currency), MONDAY, relative=True) == said


AMBER = "P3? amber Tue 06:00 (in 24 h), red Wed 06:00"
ROWS: list[tuple[list[str], dict[str, Any]]] = [
    (["1. Acme ($120k", "renews 12 Dec) question: “How do I add a host?”", "Sun 10:00", AMBER], {}),
    (["1. Acme ($120k", "renews 12 Dec) request: “Export hosts”", "waits since Thu 14:10", AMBER, "like #12345"],
     {"text": "Export hosts", "when": at(19, "14:10"), "from_before": True, "kind": Kind.REQUEST,
      "candidates": (make_candidate(), make_candidate(9))}),
    (["1. Hooli bug: “It fails”", "Sun 10:00", "P1? due Mon 10:00 (in 4 h)",
      "missing: operating system, web browser +1", "ticket"],
     {"text": "It fails", "customer": make_customer("Hooli", value=None, renewal=None), "kind": Kind.BUG,
      "priority": Priority.P1, "due": at(23, "10:00"), "ticket_url": f"{ZENDESK}/4711",
      "details": Details({}, ("Operating system", "Web browser", "Expected behavior"))}),
    (["!! MAY BE P0 Acme ($120k", "renews 12 Dec) outage: “502”", "Sun 22:41",
      "P0? 4 h ended Mon 02:41 (overdue by 3 h)", "no reply from us"],
     {"text": "502", "when": at(22, "22:41"), "kind": Kind.OUTAGE, "priority": Priority.P0, "due": at(23, "02:41"),
      "details": Details({}, ("Operating system",))}),
    (["1. (no name) 001Hs0000000009AAA question: (file trace.har)", "Sun 10:00", AMBER],
     {"text": "", "files": ("trace.har",),
      "customer": make_customer("", value=None, renewal=None, account_id=account_id(9))}),
]  # fmt: skip


@pytest.mark.parametrize(("said", "item"), ROWS, ids=["question", "request", "bug", "emergency", "file alone"])
def test_a_row_says_who_what_and_until_when(said: list[str], item: dict[str, Any]) -> None:
    assert row_of(**item).split(" · ") == said


def test_names_lead_to_the_account_the_message_the_ticket_and_the_issue() -> None:
    item = make_item("502", kind=Kind.BUG, candidates=(make_candidate(),), ticket_url=f"{ZENDESK}/4711")
    assert links_of(item_row(item, make_context(), MONDAY, "1. ")) == {
        "Acme": f"{BASE}/lightning/r/Account/{item.customer.account_id}/view",
        "“502”": item.conversation.messages[0].link,
        "ticket": f"{ZENDESK}/4711",
        "#12345": item.candidates[0].url,
    }


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.PRAISE])
def test_a_question_is_not_said_to_be_like_an_issue(kind: Kind) -> None:
    assert "like" not in row_of(kind=kind, candidates=(make_candidate(),))


@pytest.mark.parametrize("due", [at(23, "02:41"), at(23, "10:00")], ids=["overdue", "not yet"])
def test_what_is_overdue_is_bold(due: datetime) -> None:
    item = make_item(priority=Priority.P1, due=due)
    [ends] = [one for one in item_row(item, make_context(), MONDAY, "1. ") if one["text"].startswith("P1? ")]
    assert (ends.get("style") == {"bold": True}) is (due < UNTIL)


def test_when_we_said_something_last_stands_beside_an_emergency() -> None:
    ours = [make_reply("We look at it", at(22, when)) for when in ("22:45", "22:50")]
    said = {
        "priority": Priority.P0,
        "due": at(23, "02:41"),
        "messages": (*ours, make_message("Well?", at(23, "01:00"))),
    }
    assert row_of(**said).endswith(" · our last reply Sun 22:50")


HELLO, DOWN, WELL = (make_message(text, at(22, f"1{n}:00")) for n, text in enumerate(["Hello", "It is DOWN", "Well?"]))
OLD = make_message("Old", at(21, "09:00"))
OURS = make_reply("It is down, yes", at(22, "09:59"))


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ({"priority_sign": "is down"}, DOWN),
        ({"priority_sign": "gone", "kind_sign": "is down"}, DOWN),
        ({"kind_sign": "well"}, WELL),
        ({"priority_sign": "is down", "kind_sign": "hello"}, DOWN),
        ({"priority_sign": "is down", "asked_at": at(21, "09:00")}, DOWN),
        ({}, HELLO),
        ({"asked_at": at(22, "12:00")}, WELL),
        ({"asked_at": at(23, "05:00"), "need": Need.ANSWERED}, OLD),
    ],
    ids=["priority", "only its sign", "kind", "both", "not ours", "first", "not the answered one", "nothing waits"],
)
def test_the_message_with_the_sign_is_quoted(said: dict[str, Any], chosen: Any) -> None:
    item = make_item(OLD.text, OLD.at, messages=(OURS, HELLO, DOWN, WELL), **{"asked_at": at(22, "10:00"), **said})
    assert quoted(item) == chosen


def test_what_we_wrote_is_quoted_only_where_they_wrote_nothing() -> None:
    item = make_item("Shall we talk?", at(21, "09:00"), message={"is_ours": True})
    assert quoted(item).text == "Shall we talk?"


@pytest.mark.parametrize(
    ("text", "sign", "said"),
    [
        ("502 for all users", "502", "502 for all users"),
        (LONG + "the console is down", "is down", "… new release since it came out and now the console is down"),
        (LONG + "the console is down" + " for us" * 9, "IS DOWN",
         "… now the console is down for us for us for us for us for u…"),
        (LONG, "quite some", "Hello all, we have had quite some trouble with the new rele…"),
        (LONG, "not there", "Hello all, we have had quite some trouble with the new rele…"),
        (LONG, "", "Hello all, we have had quite some trouble with the new rele…"),
        ("x" * 99 + "is down" + "y" * 99, "is down", "… is down" + "y" * 50 + "…"),
        ("  two\nlines\t", "", "two lines"),
    ],
)  # fmt: skip
def test_an_excerpt_holds_the_sign(text: str, sign: str, said: str) -> None:
    assert excerpt(text, ("", sign), 60) == said
    assert len(said) <= 60


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), ""),
        (("trace.har",), "file trace.har"),
        (("a.png", "b.png"), "files a.png, b.png"),
        (("a.png", "", "c.png", "d.png"), "files a.png, (no name) and 2 more"),
    ],
)
def test_files_are_named_and_counted(names: tuple[str, ...], said: str) -> None:
    message = make_message("", files=names)
    assert files_said(message, 60) == said
    assert quote(message, make_item(), 60) == (f"({said})" if said else "(no words)")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ((), ""),
        (("Web browser",), "missing: web browser"),
        (("OS", "Osquery or fleetd?"), "missing: OS, osquery or fleetd?"),
        (("A", "B", "C", "D"), "missing: a, b +2"),
    ],
)
def test_what_is_missing_is_named_and_counted(missing: tuple[str, ...], said: str) -> None:
    assert missing_said(make_item(details=Details({}, missing))) == said


def test_a_candidate_says_how_alike_it_is() -> None:
    said = "".join(element["text"] for element in candidate_row(make_candidate(score=0.4249)))
    assert said == "#12345 Export hosts as CSV (like 0.42)"


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://x", "https://x.example/" + "x" * 400])
def test_an_address_that_is_none_is_no_link(url: str) -> None:
    assert near("ticket", url) == {"type": "text", "text": "ticket"}
