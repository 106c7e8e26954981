"""What Salesforce says of customers, over real HTTP: value, renewal, owner, and the names that stay private."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from deployments.sandbox.company.build import CURRENCIES, build
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.tell import DIRECTORY
from tasks.clients import LimitReached, Refused, SalesforceDoor, Unavailable
from tasks.rules.feedback import Customer
from tasks.rules.policy import PipelinePolicy
from tasks.salesforce_customer_queries import ACCOUNT
from tasks.salesforce_customers import CustomerReader, CustomerReading, customers_of
from tasks.salesforce_frames import Column, from_records
from tests.company import MONDAY, Sandbox, running, settings_from
from tests.paged_org import Answers, Refusal, Rows, paged_org
from tests.writing_desk import AT_ONCE

ENDS = "Subscription_End_Date__c"
ID = "001Hs0000000001IAA"


def read(at: Sandbox, *account_ids: str, ends: str = ENDS, **more: str) -> CustomerReading:
    config = settings_from({**at.environment, **more})
    return CustomerReader(SalesforceDoor(config), config, ends).customers(account_ids, MONDAY)


def asking(answers: Answers, ask: Callable[[CustomerReader], Any], **more: str) -> tuple[Any, list[str], int]:
    """What is read of an org that answers so, what it was asked, and in how many calls."""
    with paged_org(answers) as (org, environment):
        config = settings_from({**environment, **more})
        door = SalesforceDoor(config)
        return ask(CustomerReader(door, config)), org.asked, door.calls


def of(name: str) -> str:
    return DIRECTORY.accounts[name]


@pytest.mark.parametrize(
    ("name", "owner", "value", "renewal"),
    [
        pytest.param("Meadowlark Bank", "Priya Nair", 300_000.0, date(2027, 5, 14), id="two subscriptions run"),
        pytest.param("Ibis Pharma", "Lena Fischer", 72_000.0, date(2027, 8, 22), id="one runs"),
        pytest.param("Orchid Telecom", "Jo Takahashi", 95_000.0, date(2026, 12, 29), id="one runs, renewal open"),
        # The end of its subscription is before its start, a mistake that the check of Salesforce finds.
        pytest.param("Nimbus Cloud", "Tom Okafor", 118_000.0, date(2026, 12, 23), id="none runs, renewal open"),
        pytest.param("Kittiwake Logistics", "Marcus Webb", None, date(2026, 11, 5), id="ended, and not renewed"),
        pytest.param("Foxglove Hotels", "Lena Fischer", None, None, id="nothing was ever sold"),
        pytest.param("Quince Foods", "Tom Okafor", None, None, id="only lost and other open deals"),
    ],
)
def test_a_customer_of_the_company(
    shared_sandbox: Sandbox, name: str, owner: str, value: float | None, renewal: date | None
) -> None:
    assert read(shared_sandbox, of(name)).customers == (Customer(of(name), name, owner, value, renewal),)


def test_forty_three_customers_are_read_in_one_call(shared_sandbox: Sandbox) -> None:
    many = list(DIRECTORY.accounts.values())[:43]
    reading = read(shared_sandbox, *many)

    assert [one.account_id for one in reading.customers] == many
    assert (reading.calls, reading.in_bulk, reading.allowed, reading.notes) == (1, False, 115_000, ())


def test_nothing_asked_nothing_called(shared_sandbox: Sandbox) -> None:
    reading = read(shared_sandbox)

    assert (reading.customers, reading.calls) == ((), 0)


@pytest.mark.parametrize(
    "gone", ["001Hs00000009zzIAA", "001Hs00000009zz", "Acme", "", "006Hs0000000001IAA", "x' OR Name != '"]
)
def test_an_account_that_is_not_there_is_told_and_the_others_are_read(shared_sandbox: Sandbox, gone: str) -> None:
    reading = read(shared_sandbox, of("Ibis Pharma"), gone)

    assert [one.name for one in reading.customers] == ["Ibis Pharma"]
    [note] = reading.notes
    assert note.startswith(f"Salesforce shows no account {gone}: it is gone, or hidden from the integration user.")
    assert note.endswith("Give it View All on Account, or correct RITUALS_SLACK_CUSTOMER_CHANNELS.")


def test_short_ids_are_understood_and_kept_as_they_were_given(shared_sandbox: Sandbox) -> None:
    short = of("Ibis Pharma")[:15]
    [one] = read(shared_sandbox, short).customers

    assert (one.account_id, one.name, one.value) == (short, "Ibis Pharma", 72_000.0)


def test_a_customer_is_told_once_in_the_order_that_was_asked_for(shared_sandbox: Sandbox) -> None:
    asked = (of("Orchid Telecom"), of("Acme"), of("Orchid Telecom"))

    assert [one.name for one in read(shared_sandbox, *asked).customers] == ["Orchid Telecom", "Acme"]


def test_without_a_field_for_the_end_a_subscription_runs_for_a_year(shared_sandbox: Sandbox) -> None:
    found = {one.name: one for one in read(shared_sandbox, of("Ibis Pharma"), of("Nimbus Cloud"), ends="").customers}

    assert (found["Ibis Pharma"].value, found["Ibis Pharma"].renewal) == (72_000.0, None)
    assert (found["Nimbus Cloud"].value, found["Nimbus Cloud"].renewal) == (118_000.0, date(2026, 12, 23))


def test_an_org_that_calls_its_renewals_otherwise(shared_sandbox: Sandbox) -> None:
    [one] = read(shared_sandbox, of("Orchid Telecom"), RITUALS_PIPELINE__RENEWAL_TYPES='["Extension"]').customers
    [other] = read(shared_sandbox, of("Orchid Telecom"), RITUALS_PIPELINE__RENEWAL_TYPES="[]").customers

    assert one == other
    assert one.renewal == date(2027, 1, 4)  # the end of the subscription


# One row a won deal or an open renewal: is it won, its amount, currency, close date, end.
YEAR_AGO = "2025-11-23"
CASES: dict[str, tuple[list[tuple[bool, float | None, str | None, str | None, str | None]], float | None, str | None]]
CASES = {
    "ends today: runs": ([(True, 10.0, None, "2025-06-01", "2026-11-23")], 10.0, "2026-11-23"),
    "ended yesterday": ([(True, 10.0, None, "2025-12-01", "2026-11-22")], None, "2026-11-22"),
    "no end, closed a year ago": ([(True, 10.0, None, YEAR_AGO, None)], None, None),
    "no end, closed a day less": ([(True, 10.0, None, "2025-11-24", None)], 10.0, None),
    "the first end of two that run": (
        [(True, 10.0, None, "2026-01-01", "2027-02-01"), (True, 5.0, None, "2026-02-01", "2027-01-01")],
        15.0, "2027-01-01",
    ),
    "the last end of two that ended": (
        [(True, 10.0, None, "2024-01-01", "2025-02-01"), (True, 5.0, None, "2023-02-01", "2024-01-01")],
        None, "2025-02-01",
    ),
    "one ended, one runs": (
        [(True, 10.0, None, "2024-01-01", "2025-02-01"), (True, 5.0, None, "2026-02-01", "2027-02-01")],
        5.0, "2027-02-01",
    ),
    "late: what was won last": (
        [(True, 10.0, None, "2024-01-01", "2025-02-01"), (True, 5.0, None, "2025-02-01", "2026-02-01"),
         (False, 7.0, None, "2026-10-01", None)],
        5.0, "2026-10-01",
    ),
    "a renewal alone is no value": ([(False, 7.0, None, "2026-12-01", None)], None, "2026-12-01"),
    "the next of two renewals": (
        [(False, 7.0, None, "2027-12-01", None), (False, 7.0, None, "2026-12-01", None)], None, "2026-12-01",
    ),
    "a renewal without a date": (
        [(True, 10.0, None, "2026-01-01", "2027-01-08"), (False, 7.0, None, None, None)], 10.0, "2027-01-08",
    ),
    "won without an amount": ([(True, None, None, "2026-01-01", None)], None, None),
    "one amount missing": (
        [(True, None, None, "2026-01-01", None), (True, 8.0, None, "2026-02-01", None)], 8.0, None,
    ),
    "won for nothing": ([(True, 0.0, None, "2026-01-01", None)], 0.0, None),
    "two currencies": (
        [(True, 10.0, "USD", "2026-01-01", None), (True, 10.0, "EUR", "2026-02-01", None)], 20.8, None,
    ),
    "a currency without a rate": (
        [(True, 10.0, "USD", "2026-01-01", None), (True, 10.0, "CHF", "2026-02-01", None)], None, None,
    ),
    "no rate for what has ended": (
        [(True, 10.0, "CHF", "2024-01-01", "2025-01-01"), (True, 10.0, "USD", "2026-02-01", None)], 10.0, None,
    ),
}  # fmt: skip
DEALS = {
    "account_id": Column("a"), "amount": Column("b", "number"), "currency": Column("c"),
    "close_date": Column("d", "day"), "is_won": Column("e", "flag"), "ends": Column("f", "day"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_value_and_renewal(case: str) -> None:
    rows, value, renewal = CASES[case]
    deals = from_records(
        [{"a": ID, "b": amount, "c": code, "d": close, "e": won, "f": end} for won, amount, code, close, end in rows],
        DEALS,
    )
    accounts = from_records([{"Id": ID, "Name": "Acme", "Owner": {"Name": "Tom Okafor"}}], ACCOUNT)
    policy = PipelinePolicy(currency_rates={"EUR": 1.08})

    [found] = customers_of([ID], accounts, deals, policy, MONDAY)

    assert found.value == (None if value is None else pytest.approx(value))
    assert found.renewal == (date.fromisoformat(renewal) if renewal else None)


def test_amounts_of_two_currencies_come_in_the_corporate_one() -> None:
    company = build(1, "small", MONDAY, multi_currency=True)
    deals = company.tables["Opportunity"]
    at, name = deals.columns.index("CurrencyIsoCode"), deals.columns.index("Name")
    rows = tuple((*row[:at], "EUR", *row[at + 1 :]) if row[name] == "Ibis Pharma 2026" else row for row in deals.rows)
    tables = {**company.tables, "Opportunity": Table(deals.columns, rows)}
    several = {
        "RITUALS_SALESFORCE_CURRENCY_FIELD": "CurrencyIsoCode",
        "RITUALS_PIPELINE__CURRENCY_RATES": f'{{"EUR": {1 / CURRENCIES["EUR"]}}}',
    }
    with running(replace(company, tables=tables)) as sandbox:
        found = read(sandbox, of("Ibis Pharma"), of("Orchid Telecom"), **several).customers

    assert [one.value for one in found] == [pytest.approx(72_000 / 0.92), 95_000.0]


def test_names_come_as_they_are_written() -> None:
    name = "O\u2019Brien & \u201cS\u00f6hne\u201d's <b>\u202e \u682a\u5f0f\u4f1a\u793e"

    def answers(soql: str) -> Rows:
        return [{"Id": ID, "Name": name, "Owner": None}] if "FROM Account" in soql else []

    reading, _, _ = asking(answers, lambda reader: reader.customers([ID], MONDAY))

    assert reading.customers == (Customer(ID, name),)


def test_a_renewal_type_with_a_quote_stays_a_value() -> None:
    _, asked, _ = asking(
        lambda _: [],
        lambda reader: reader.customers([ID], MONDAY),
        RITUALS_PIPELINE__RENEWAL_TYPES="""["it's') OR (Name != '"]""",
    )

    assert asked[1].endswith(
        f"AccountId IN ('{ID}') AND (IsWon = true OR (IsClosed = false AND Type IN ('it\\'s\\') OR (Name != \\'')))"
    )


def test_lists_of_ids_become_shorter_where_they_are_too_long() -> None:
    ids = [f"001{n:012d}" for n in range(5)]

    def answers(soql: str) -> Rows | Refusal:
        listed = re.findall(r"'(001\d+)'", soql)
        if len(listed) > 2:
            return Refusal("", "", 414)
        return [{"Id": f"{id_}AAA", "Name": id_[-1], "Owner": None} for id_ in listed] if "FROM Account" in soql else []

    reading, asked, _ = asking(answers, lambda reader: reader.customers(ids, MONDAY))

    assert [one.name for one in reading.customers] == ["0", "1", "2", "3", "4"]
    assert [len(re.findall(r"'(001\d+)'", soql)) for soql in asked if "FROM Account" in soql] == [
        *[5] * 7,
        3,
        2,
        *[1] * 5,
    ]


@pytest.mark.parametrize(
    ("kind", "raised"), [("server_error", Unavailable), ("limit_reached", LimitReached), ("unauthorized", Refused)]
)
def test_a_salesforce_that_cannot_answer_is_no_customer_without_value(
    sandbox: Sandbox, kind: str, raised: type[Exception]
) -> None:
    config = sandbox.settings
    reader = CustomerReader(SalesforceDoor(config, AT_ONCE), config)
    sandbox.fault(kind, match={"path": "/services/data/.*"}, times=20)

    with pytest.raises(raised):
        reader.customers([of("Acme")], MONDAY)
