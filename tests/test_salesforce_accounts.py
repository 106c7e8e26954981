"""Which account a person means, asked of Salesforce in one call."""

import pytest

from tasks.clients import SalesforceDoor, Unavailable
from tasks.salesforce_account_queries import named
from tasks.salesforce_accounts import accounts_named
from tests.company import Sandbox


@pytest.fixture
def door(shared_sandbox: Sandbox) -> SalesforceDoor:
    return SalesforceDoor(shared_sandbox.settings)


@pytest.mark.parametrize("given", ["Umbrella", "  umbrella ", "UMBRELLA"])
def test_an_account_is_found_by_its_full_name_whatever_its_case(door: SalesforceDoor, given: str) -> None:
    calls = door.calls

    [found] = accounts_named(door, given)

    assert (found.name, len(found.id), door.calls - calls) == ("Umbrella", 18, 1)


@pytest.mark.parametrize("length", [15, 18])
def test_an_account_is_found_by_its_id(door: SalesforceDoor, length: int) -> None:
    [known] = accounts_named(door, "Umbrella")

    assert accounts_named(door, known.id[:length]) == (known,)


@pytest.mark.parametrize(
    "given", ["Umbrell", "Umbrella%", "' OR Name != '", "O'Hara\\", "001000000000000AAA", "\u202e"]
)
def test_nothing_else_is_found(door: SalesforceDoor, given: str) -> None:
    assert accounts_named(door, given) == ()


def test_nothing_is_asked_for_nothing(door: SalesforceDoor) -> None:
    calls = door.calls

    assert (accounts_named(door, "  "), door.calls - calls) == ((), 0)


@pytest.mark.parametrize(
    ("given", "soql"),
    [
        ("O'Hara & Söhne", "SELECT Id, Name FROM Account WHERE Name = 'O\\'Hara & Söhne'"),
        ("001Hs000000000lIAA", "SELECT Id, Name FROM Account WHERE Id = '001Hs000000000lIAA'"),
        ("Internationales", "SELECT Id, Name FROM Account WHERE Name = 'Internationales'"),
    ],
)
def test_a_name_stays_a_value(given: str, soql: str) -> None:
    assert named(given).text == soql


def test_an_answer_that_is_none_is_no_stranger(sandbox: Sandbox) -> None:
    door = SalesforceDoor(sandbox.settings)
    sandbox.fault("html", match={"path": "/services/data/.*"})

    with pytest.raises(Unavailable):
        accounts_named(door, "Umbrella")
