"""All names that a public draft is held against, over real HTTP: in pages, in bulk, and never a part of them."""

import re

import pytest

from deployments.sandbox.company.tell import DIRECTORY
from tasks.clients import Refused, SalesforceDoor
from tasks.salesforce_customers import CustomerReader, KnownNames, read_customers, read_known
from tests.company import MONDAY, Sandbox, settings_from
from tests.paged_org import Refusal, Rows
from tests.test_salesforce_customers import ID, asking, of


def known(at: Sandbox, *account_ids: str, **more: str) -> KnownNames:
    config = settings_from({**at.environment, **more})
    return CustomerReader(SalesforceDoor(config), config, sleep=lambda _: None).known(account_ids)


def test_the_names_of_all_accounts_and_of_the_people_of_customers(shared_sandbox: Sandbox) -> None:
    found = known(shared_sandbox)
    bram = DIRECTORY.people["Meadowlark Bank", "Bram Kessler"].person

    assert found.accounts == tuple(sorted(DIRECTORY.accounts))
    assert {"https://meadowlarkbank.example", "https://hooli.example"} <= set(found.websites)
    assert bram.name in found.people
    assert bram.email("meadowlarkbank.example") in found.emails
    assert 20 < len(found.phones) == len(found.emails)
    assert all(re.fullmatch(r"\+1 202 555 01\d\d", phone) for phone in found.phones)


@pytest.mark.parametrize(
    ("person", "of_account", "is_known"),
    [
        pytest.param("Flo Grady", "Vantage Clinics", True, id="of an account that was won, whatever its type"),
        pytest.param("Rhoda Finch", "Foxglove Hotels", True, id="of a customer by its type"),
        pytest.param("Carla Jennings", "Hooli", False, id="of a prospect"),
    ],
)
def test_whose_people_are_known(shared_sandbox: Sandbox, person: str, of_account: str, *, is_known: bool) -> None:
    assert (person in known(shared_sandbox).people) is is_known
    assert person in known(shared_sandbox, of(of_account)[:15]).people


def test_names_without_end_are_all_read() -> None:
    accounts = [{"Name": f"Account {n}", "Website": None if n % 2 else f"{n}.example"} for n in range(4_500)]
    people = [{"Name": "Ada", "Email": " ", "Phone": "1", "MobilePhone": "2"}] * 2_001

    found, asked, calls = asking(
        lambda soql: accounts if "FROM Account" in soql else people, lambda reader: reader.known([ID])
    )

    assert (len(found.accounts), len(found.websites)) == (4_500, 2_250)
    assert (found.people, found.emails, found.phones) == (("Ada",), (), ("1", "2"))
    assert (len(asked), calls) == (4, 3)


def test_above_the_limit_names_are_read_in_bulk_and_are_the_same(shared_sandbox: Sandbox) -> None:
    paged = known(shared_sandbox, of("Hooli"))
    shared_sandbox.forget_calls()
    jobs = known(shared_sandbox, of("Hooli"), RITUALS_SALESFORCE_BULK_ABOVE="10")

    assert jobs == paged
    assert any("jobs/query" in path for path in shared_sandbox.calls()["by_path"])


def test_an_org_without_semi_joins_tells_the_people_of_all_accounts() -> None:
    def answers(soql: str) -> Rows | Refusal:
        if "(SELECT" in soql:
            return Refusal("MALFORMED_QUERY", "Semi join sub-selects are not allowed here.")
        return [{"Name": "Ada", "Email": None, "Phone": None, "MobilePhone": None, "Website": None}]

    found, asked, _ = asking(answers, lambda reader: reader.known([]))

    assert found.people == ("Ada",)
    assert any(soql.endswith("FROM Contact WHERE AccountId != null") for soql in asked)


def test_a_field_that_may_not_be_read_refuses_all_names() -> None:
    hidden = "\nSELECT Name\n  ^\nERROR at Row:1:Column:8\nNo such column 'MobilePhone' on entity 'Contact'."

    with pytest.raises(Refused, match=r"MobilePhone.*Give the integration user read access to the field"):
        asking(
            lambda soql: Refusal("INVALID_FIELD", hidden) if "FROM Contact" in soql else [],
            lambda reader: reader.known([]),
        )


def test_the_columns_that_are_asked_for_are_those_of_the_readme() -> None:
    everything: list[str] = []
    for ask in (lambda reader: reader.customers([ID], MONDAY), lambda reader: reader.known([ID])):
        everything += asking(lambda _: [], ask)[1]

    assert {soql.partition(" WHERE ")[0] for soql in everything} == {
        "SELECT Id, Name, Owner.Name FROM Account",
        "SELECT AccountId, Amount, CloseDate, IsWon FROM Opportunity",
        "SELECT Name, Website FROM Account",
        "SELECT Name, Email, Phone, MobilePhone FROM Contact",
    }


def test_a_run_reads_as_its_settings_say(installed: Sandbox) -> None:
    reading = read_customers.fn([of("Orchid Telecom")], MONDAY)

    assert [(one.name, one.value) for one in reading.customers] == [("Orchid Telecom", 95_000.0)]
    assert "Rhoda Finch" in read_known.fn([]).people


def test_a_run_without_customers_asks_nothing(installed: Sandbox) -> None:
    installed.forget_calls()

    assert read_customers.fn([]).customers == ()
    assert installed.calls()["by_path"] == {}
