"""Feedback sweeps for tests: every item states only what matters, the rest is an ordinary one.

The night is that of Fri 20 Nov 2026, 16:00, to Mon 23 Nov, 06:00, on the office's clock (Los Angeles, UTC-8).
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasks.rules.feedback import (
    Candidate,
    Channel,
    Conversation,
    Customer,
    Deadlines,
    IssueDraft,
    Item,
    Judged,
    Kind,
    Message,
    Need,
    OpenRequest,
    Priority,
    SharedFile,
    Sweep,
)

OFFICE = ZoneInfo("America/Los_Angeles")
HOME, SLACK = "https://acme.slack.example/archives", "https://customers.slack.example/files"
GITHUB, ZENDESK = "https://github.com/example/product/issues", "https://example.zendesk.com/agent/tickets"
_DEFAULT: Any = object()


def at(day: int, clock: str, month: int = 11, year: int = 2026) -> datetime:
    """A moment on the office's clock: at(22, "22:41") is Sun 22 Nov 2026, 22:41."""
    hour, minute = map(int, clock.split(":"))
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE)


SINCE, UNTIL = at(20, "16:00"), at(23, "06:00")
THURSDAY, SUNDAY = at(19, "14:10"), at(22, "10:00")


def account_id(number: int) -> str:
    return f"001Hs{number:010d}AAA"


def channel_id(name: str) -> str:
    """The id of a customer's channel: "C0ACME"."""
    return "C0" + "".join(letter for letter in name.upper() if letter.isalnum())[:8]


def make_customer(name: str = "Acme", **said: Any) -> Customer:
    """Pays $120k a year, renews on 12 Dec."""
    usual: dict[str, Any] = {
        "account_id": account_id(sum(map(ord, name))), "owner": "Tom Okafor", "value": 120_000.0,
        "renewal": date(2026, 12, 12),
    }  # fmt: skip
    return Customer(name=name, **{**usual, **said})


def make_message(text: str = "Hello", when: datetime = UNTIL, channel: str = "C0ACME", **said: Any) -> Message:
    """A customer's message; `files` may be names."""
    ts = f"{when.timestamp():.6f}"
    files = tuple(
        one if isinstance(one, SharedFile) else SharedFile(one, f"{SLACK}/1") for one in said.pop("files", ())
    )
    usual: dict[str, Any] = {
        "author": "U0JO", "name": "Jo Smith", "is_ours": False, "link": f"{HOME}/{channel}/p{ts.replace('.', '')}",
    }  # fmt: skip
    return Message(ts=ts, at=when, text=text, files=files, **{**usual, **said})


def make_reply(text: str, when: datetime, channel: str = "C0ACME", **said: Any) -> Message:
    """A message of ours."""
    return make_message(text, when, channel, **{"author": "U0TOM", "name": "Tom Okafor", "is_ours": True, **said})


def make_conversation(*messages: Message, channel: str = "C0ACME", after: str = "", root: str = "") -> Conversation:
    """A thread that begins with its first message."""
    return Conversation(channel, root or messages[0].ts, messages, after)


def make_judged(need: Need = Need.ANSWER, **said: Any) -> Judged:
    """A question of P3 without a sign."""
    usual: dict[str, Any] = {
        "reason": "nothing says that it needs no answer", "kind": Kind.QUESTION, "kind_sign": "",
        "priority": Priority.P3, "priority_sign": "",
    }  # fmt: skip
    return Judged(need=need, **{**usual, **said})


def make_deadlines(due: datetime = _DEFAULT, goal: datetime = _DEFAULT, **said: Any) -> Deadlines:
    """Due on Tue 24 Nov, 06:00, with the goal within the hour after the opening of Mon 23 Nov."""
    return Deadlines(at(24, "06:00") if due is _DEFAULT else due, at(23, "07:00") if goal is _DEFAULT else goal, **said)


def make_item(text: str = "How do I add a host?", when: datetime = SUNDAY, **said: Any) -> Item:
    """An item of one message of Acme. `said` may name fields of the item, of its judgement and of its deadlines;
    `customer` may be a name, `messages` follow the first, and `files` are below it."""
    judged = {name: said.pop(name) for name in Judged.__dataclass_fields__ if name in said}
    clocks = {name: said.pop(name) for name in Deadlines.__dataclass_fields__ if name in said}
    customer = said.pop("customer", "Acme")
    customer = make_customer(customer) if isinstance(customer, str) else customer
    channel = said.pop("channel", channel_id(customer.name))
    first = make_message(text, when, channel, files=said.pop("files", ()), **said.pop("message", {}))
    talk = make_conversation(first, *said.pop("messages", ()), channel=channel, after=said.pop("after", ""))
    if judged.get("priority", Priority.P3) is Priority.P3 and "due" not in clocks:
        clocks.setdefault("red", at(25, "06:00"))
    usual: dict[str, Any] = {
        "conversation": talk, "customer": customer, "judged": make_judged(**judged), "asked_at": when,
        "deadlines": make_deadlines(**clocks),
    }  # fmt: skip
    return Item(**{**usual, **said})


def make_channels(*names: str, trouble: str = "") -> tuple[Channel, ...]:
    """A channel a customer: "customer-acme"."""
    return tuple(
        Channel(
            channel_id(name),
            f"customer-{name.lower().replace(' ', '-')}",
            account_id(sum(map(ord, name))),
            trouble=trouble,
        )
        for name in names
    )


def make_request(number: int = 812, title: str = "Pricing for 400 hosts", opened: datetime = THURSDAY) -> OpenRequest:
    return OpenRequest(number, title, f"https://github.com/example/confidential/issues/{number}", opened)


def make_candidate(number: int = 12345, title: str = "Export hosts as CSV", score: float = 0.42) -> Candidate:
    return Candidate(number, title, f"{GITHUB}/{number}", score)


def make_draft(title: str = "Export the list of hosts as CSV", body: str = "", **said: Any) -> IssueDraft:
    """One that may be filed, of the customer "Orpheus"."""
    words = body or "A customer (Orpheus) asks for an export of the list of hosts."
    return IssueDraft(title, words, **{"labels": ("customer request", "customer-orpheus"), **said})


def make_sweep(items: Iterable[Item] = (), **said: Any) -> Sweep:
    """The night, with the channels of these customers read."""
    items = tuple(items)
    names = {item.conversation.channel: item.customer.name for item in items} or {"C0ACME": "Acme"}
    usual: dict[str, Any] = {
        "since": SINCE, "until": UNTIL,
        "channels": tuple(Channel(key, f"customer-{name.lower()}", "") for key, name in names.items()),
    }  # fmt: skip
    return Sweep(items=items, **{**usual, **said})
