"""Tickets are found by our id at once, made once for a key, and their comments read to the end."""

from contextlib import closing
from datetime import timedelta

import pytest

from deployments.sandbox.zendesk.seed import SeedTicket
from deployments.sandbox.zendesk.state import KEYS_LIVE
from tasks.clients import Unavailable
from tasks.zendesk import NewTicket, Zendesk, ticket_url
from tasks.zendesk_door import NotThere, TicketClosed, door
from tests.support_alone import AGENT, EVENING, Support

ID = "slack:T0HOME:C0ACME:1795485600.000000"
NEW = NewTicket(ID, "All agents went offline", "They did.", ("slack",))


@pytest.fixture
def zendesk(support: Support):
    made = door(support.config())
    with closing(made.client):
        yield Zendesk(made)


def test_a_ticket_is_found_the_moment_it_is_made_the_oldest_first(support: Support, zendesk: Zendesk) -> None:
    first = zendesk.create(NEW, "one")
    second = zendesk.create(NEW, "two")

    assert zendesk.find(ID) == (first, second)
    assert zendesk.find(f"{ID}1") == ()
    assert (first.status, first.description) == ("new", "They did.")
    assert support.tickets()[0].tags == ("slack",)


def test_the_same_key_is_the_same_ticket_and_never_another(support: Support, zendesk: Zendesk) -> None:
    assert zendesk.create(NEW, "one") == zendesk.create(NEW, "one")
    with pytest.raises(Unavailable, match="same key with other contents"):
        zendesk.create(NewTicket(ID, "Another", "Another."), "one")

    assert len(support.tickets()) == 1
    support.clock.set(EVENING + KEYS_LIVE)
    zendesk.create(NEW, "one")
    assert len(support.tickets()) == 2  # whoever makes a ticket has to look first


def test_comments_are_read_the_newest_first_over_all_pages(support: Support, zendesk: Zendesk) -> None:
    number = zendesk.create(NEW, "one").number
    for n in range(230):
        support.clock.set(EVENING + timedelta(minutes=n))
        support.zendesk.comment(support.ticket(), support.ticket().by, f"Comment {n}", is_public=n % 2 == 0)

    bodies = [comment.body for comment in zendesk.comments(number)]

    assert bodies == [*(f"Comment {n}" for n in reversed(range(230))), "They did."]
    assert zendesk.door.calls == 4


def test_a_comment_is_public_or_not_and_sets_the_status(support: Support, zendesk: Zendesk) -> None:
    number = zendesk.create(NEW, "one").number

    made = [zendesk.comment(number, "A", is_public=True), zendesk.comment(number, "B", is_public=False, status="open")]

    assert made == [comment.id for comment in support.comments()]
    assert [comment.is_public for comment in support.comments()] == [True, False]
    assert support.ticket().status == "open"


def test_a_closed_and_a_deleted_ticket_are_told_apart(support: Support, zendesk: Zendesk) -> None:
    number = zendesk.create(NEW, "one").number
    support.ticket().status = "closed"
    with pytest.raises(TicketClosed):
        zendesk.comment(number, "A", is_public=True)
    assert zendesk.show(number) == zendesk.find(ID)[0]

    support.ask(f"/tickets/{number}.json", "DELETE")
    assert zendesk.show(number) is None
    assert zendesk.find(ID) == ()
    with pytest.raises(NotThere):
        zendesk.comment(number, "A", is_public=True)


def test_of_many_tickets_with_one_id_none_is_overlooked(anew) -> None:
    many = [SeedTicket(str(n), "x", AGENT, ID if n % 2 else None) for n in range(250)]
    with closing((made := door(anew(*many).config())).client):
        assert len(Zendesk(made).find(ID)) == 125


def test_where_an_agent_sees_it(support: Support) -> None:
    assert ticket_url(support.config(ZENDESK_URL="https://acme.zendesk.com/"), 35436) == (
        "https://acme.zendesk.com/agent/tickets/35436"
    )
