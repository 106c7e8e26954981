"""Zendesk through the door: what goes wrong is said with its remedy, nothing is sent twice, no token is ever said."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from deployments.sandbox.server import serve
from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.zendesk import NewTicket, Zendesk
from tasks.zendesk_door import READ_AGAIN, NotThere, TicketClosed, door, host
from tests.support_alone import AGENT, OAUTH, TOKEN, Support

NEW = NewTicket("slack:T0HOME:C0ACME:1795485600.000000", "All agents went offline", "They did.", ("slack",))


@contextmanager
def opened(support: Support, slept: list[float] | None = None, **other: str) -> Iterator[Zendesk]:
    """The door of the settings; what it would have slept is put down instead."""
    made = door(support.config(**other))
    made.sleep = (slept if slept is not None else list[float]()).append
    with made.client:
        yield Zendesk(made)


ERRORS = [
    ("unauthorized", Refused, "Zendesk refused the login (Couldn't authenticate you). Check RITUALS_ZENDESK_EMAIL"),
    ("rate_limited", NotExecuted, "rate limit"),
    ("server_error", Unavailable, "Zendesk cannot answer now (InternalServerError; Something went wrong)"),
    ("unavailable", Unavailable, "none of its own (HTTP 503)"),
    ("html", Unavailable, "none of its own (HTTP 200)"),
    ("drop_before", Unavailable, "Zendesk did not answer in full (RemoteProtocolError)"),
    ("drop_after", Unavailable, "Zendesk did not answer in full (RemoteProtocolError)"),
    ("cut_body", Unavailable, "Zendesk did not answer in full (RemoteProtocolError)"),
]


@pytest.mark.parametrize(("kind", "error", "said"), ERRORS, ids=[row[0] for row in ERRORS])
@pytest.mark.parametrize("write", [False, True], ids=["reading", "writing"])
def test_what_goes_wrong_is_one_sentence_with_a_remedy(support: Support, kind, error, said, write) -> None:
    support.fault(kind, times=None, **({"retry_after": 900} if kind == "rate_limited" else {}))
    with opened(support) as zendesk, pytest.raises(error) as raised:
        zendesk.create(NEW, "a key") if write else zendesk.find(NEW.external_id)

    assert said in str(raised.value)
    assert isinstance(raised.value, NotExecuted) == (error is NotExecuted)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "cut_body", "server_error", "unavailable", "html"])
def test_a_write_whose_answer_is_lost_is_not_sent_again(support: Support, kind: str) -> None:
    support.fault(kind)
    with opened(support) as zendesk, pytest.raises(Unavailable):
        zendesk.create(NEW, "a key")

    assert support.calls() == ["POST zendesk/api/v2/tickets.json"]


def test_a_reading_is_repeated_until_it_is_answered_and_no_longer(support: Support) -> None:
    slept: list[float] = []
    support.fault("unavailable", times=len(READ_AGAIN))
    with opened(support, slept) as zendesk:
        assert zendesk.find(NEW.external_id) == ()
        assert slept == list(READ_AGAIN)
        support.fault("unavailable", times=None)
        with pytest.raises(Unavailable):
            zendesk.find(NEW.external_id)

    assert zendesk.door.calls == 2 * (len(READ_AGAIN) + 1)


@pytest.mark.parametrize("write", [False, True], ids=["reading", "writing"])
def test_it_waits_as_long_as_zendesk_asks_and_goes_on(support: Support, write: bool) -> None:
    slept: list[float] = []
    support.fault("rate_limited", retry_after=37, times=2)
    with opened(support, slept) as zendesk:
        zendesk.create(NEW, "a key") if write else zendesk.find(NEW.external_id)

    assert (slept, zendesk.door.calls) == ([37, 37], 3)


def test_a_date_to_wait_for_is_understood(support: Support) -> None:
    slept: list[float] = []
    support.fault("rate_limited", retry_after=format_datetime(datetime.now(UTC) + timedelta(seconds=45), usegmt=True))
    with opened(support, slept) as zendesk:
        zendesk.find(NEW.external_id)

    assert 40 < slept[0] <= 45


@pytest.mark.parametrize(("asked", "waited"), [(121, []), (50, [50, 50])])
def test_it_waits_two_minutes_in_all_and_then_says_that_nothing_was_done(support: Support, asked, waited) -> None:
    slept: list[float] = []
    support.fault("rate_limited", retry_after=asked, times=None)
    with opened(support, slept) as zendesk, pytest.raises(NotExecuted, match="what was asked was not done"):
        zendesk.create(NEW, "a key")

    assert slept == waited


def test_nobody_there_means_that_nothing_was_done(support: Support) -> None:
    with opened(support, ZENDESK_URL="http://127.0.0.1:9") as zendesk, pytest.raises(NotExecuted, match="be reached"):
        zendesk.create(NEW, "a key")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"ZENDESK_URL": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"ZENDESK_TOKEN": "wrong"}, "Zendesk refused the login"),
        ({"ZENDESK_EMAIL": "sam@ourco.example"}, "Zendesk refused the login"),
        ({"ZENDESK_OAUTH_TOKEN": "wrong"}, "Zendesk refused the login"),
    ],
)
def test_settings_that_lead_nowhere_are_named(support: Support, other: dict[str, str], said: str) -> None:
    with pytest.raises((Refused, NotExecuted), match=said), opened(support, **other) as zendesk:
        zendesk.find(NEW.external_id)


def test_an_address_below_which_there_is_no_zendesk_is_named(support: Support) -> None:
    with (
        opened(support, ZENDESK_URL=f"{support.address}/zendesk/elsewhere") as zendesk,
        pytest.raises(Refused, match=r"no Zendesk at that address .* Check RITUALS_ZENDESK_URL"),
    ):
        zendesk.find(NEW.external_id)


def test_an_oauth_token_is_taken_before_the_other(support: Support) -> None:
    with opened(support, ZENDESK_OAUTH_TOKEN=OAUTH, ZENDESK_TOKEN="wrong") as zendesk:
        assert zendesk.create(NEW, "a key").status == "new"
    assert support.ticket().by.email == AGENT


STATUSES: list[tuple[int, object, type[Exception], str]] = [
    (403, {"error": {"title": "Forbidden", "message": "You do not have access"}}, Refused, "Let the agent of"),
    (302, "", Refused, "Check RITUALS_ZENDESK_URL"),
    (404, {"error": "RecordNotFound", "description": "Not found"}, NotThere, "no such ticket"),
    (409, {"error": "Conflict"}, Unavailable, "cannot answer now"),
    (400, {"error": "IdempotentRequestError"}, Unavailable, "same key with other contents"),
    (422, {"error": "RecordInvalid", "details": {"status": [{"description": "Status: closed prevents ticket update"}]}},
     TicketClosed, "closed prevents"),
    (422, {"error": "RecordInvalid", "details": {"base": [{"description": "Too many\ncomments"}]}}, Refused,
     "Zendesk refused (RecordInvalid; Too many comments)."),
    (200, [], Unavailable, "none of its own"),
    (200, {"ticket": {"id": "35436"}}, Unavailable, "no id in it"),
    (200, {"ticket": [1]}, Unavailable, "no ticket in it"),
    (429, "slow down", NotExecuted, "rate limit"),
]  # fmt: skip


@pytest.fixture(scope="module")
def answering() -> Iterator[tuple[str, list[Response]]]:
    """A server that gives what is in the list: answers that the pretend Zendesk has no occasion for."""
    given: list[Response] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await given[-1](scope, receive, send)

    with serve(app) as address:
        yield address, given


@pytest.mark.parametrize(("status", "body", "error", "said"), STATUSES)
def test_every_answer_has_its_meaning(
    support: Support, answering, status: int, body: object, error: type[Exception], said: str
) -> None:
    address, given = answering
    given.append(PlainTextResponse(body, status) if isinstance(body, str) else JSONResponse(body, status))

    with opened(support, ZENDESK_URL=address) as zendesk, pytest.raises(error, match=re.escape(said)) as raised:
        zendesk.create(NEW, "a key")

    assert type(raised.value) is error or isinstance(raised.value, NotExecuted)


def test_which_zendesk_it_is(support: Support) -> None:
    assert host(support.config(ZENDESK_URL="https://acme.zendesk.com/")) == "acme.zendesk.com"


def test_no_token_is_ever_said(anew: Callable[..., Support], caplog: pytest.LogCaptureFixture) -> None:
    support, said = anew(), list[str]()
    with caplog.at_level(logging.DEBUG):
        for kind in ("", *(row[0] for row in ERRORS)):
            for login in ({"ZENDESK_TOKEN": TOKEN}, {"ZENDESK_OAUTH_TOKEN": OAUTH}):
                if kind:
                    support.fault(kind, **({"retry_after": 900} if kind == "rate_limited" else {}))
                with opened(support, **login) as zendesk:
                    said += [repr(zendesk), str(zendesk.door.client), str(vars(zendesk.door))]
                    try:
                        said += [repr(zendesk.create(NEW, kind))]
                    except (Refused, Unavailable) as error:
                        said += [repr(error), repr(error.__cause__)]

    assert "tickets.json" in caplog.text
    assert not [word for word in (TOKEN, OAUTH) if word in caplog.text + "".join(said)]
