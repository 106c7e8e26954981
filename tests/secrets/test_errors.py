"""What the doors raise ends up in reports, the ledger and issues: its sentence holds no secret, whoever said it."""

import pickle

import pytest

from tasks import clients
from tasks.clients import LimitReached, NotExecuted, Refused, Unavailable
from tasks.secrets_filter import SECRET, learn
from tasks.zendesk_door import NotThere, TicketClosed

CANARY = "0f3a9c-canary-of-the-doors"


@pytest.mark.parametrize("kind", [Unavailable, NotExecuted, Refused, LimitReached, TicketClosed, NotThere])
def test_the_sentence_of_an_error_holds_no_secret(kind: type[Exception]) -> None:
    learn(CANARY)

    error = kind(f"Zendesk refused (denied: {CANARY}).")

    assert str(error) == f"Zendesk refused (denied: {SECRET})."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own


def test_what_salesforce_repeats_of_us_is_not_repeated() -> None:
    learn(CANARY)

    assert CANARY not in str(clients.meaning_of(400, "INVALID_FIELD", f"No such column {CANARY}"))
