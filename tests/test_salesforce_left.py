"""What became of opportunities that were open, read over real HTTP: in how many calls, deleted ones too."""

from typing import Any

import pytest

from deployments.sandbox.company.build import build
from tasks.clients import Refused, SalesforceDoor
from tasks.salesforce import read_left
from tasks.salesforce_left import left_of, nothing_left
from tests.company import MONDAY, Sandbox, running, settings_from

NOBODY = "006ZzNOBODY0001"


def _open(door: SalesforceDoor, count: int, more: str = "") -> list[str]:
    found = door.json(f"query?q=SELECT+Id+FROM+Opportunity+WHERE+IsClosed=false{more}+LIMIT+{count}")
    return [record["Id"] for record in found["records"]]


def _write(door: SalesforceDoor, record: str, **values: Any) -> None:
    door.json(f"sobjects/Opportunity/{record}", "PATCH", values)


def _strangers(count: int) -> list[str]:
    return [f"006Zz{number:010d}" for number in range(count)]


def test_each_record_says_what_became_of_it(sandbox: Sandbox) -> None:
    door = SalesforceDoor(sandbox.settings)
    won, lost, gone, still_open = _open(door, 4)
    _write(door, won, StageName="Closed Won", Amount=70_000)
    _write(door, lost, StageName="Closed Lost", Amount=None)
    door.json(f"sobjects/Opportunity/{gone}", "DELETE")

    found = left_of(door, sandbox.settings, [won, lost, gone, still_open, NOBODY]).set_index("id")

    said = found[["stage", "is_closed", "is_won", "is_deleted"]].to_dict("index")
    assert said[won] == {"stage": "Closed Won", "is_closed": True, "is_won": True, "is_deleted": False}
    assert said[lost] == {"stage": "Closed Lost", "is_closed": True, "is_won": False, "is_deleted": False}
    assert (said[gone]["is_deleted"], said[still_open]["is_closed"]) == (True, False)
    assert set(said) == {won, lost, gone, still_open}
    assert found.loc[won, "value"] == 70_000.0
    assert found["value"].isna().tolist() == [record == lost for record in found.index]


@pytest.mark.parametrize(("count", "calls"), [(0, 0), (1, 1), (450, 1), (5 * 450, 1), (5 * 450 + 1, 2)])
def test_five_queries_of_450_ids_are_one_call(shared_sandbox: Sandbox, count: int, calls: int) -> None:
    door = SalesforceDoor(shared_sandbox.settings)

    found = left_of(door, shared_sandbox.settings, _strangers(count))

    assert door.calls == calls
    assert found.empty


def test_for_no_ids_nobody_even_logs_in(installed: Sandbox) -> None:
    installed.forget_calls()

    found = read_left.fn([])

    assert installed.calls()["total"] == 0
    assert list(found.columns) == list(nothing_left(installed.settings).columns)
    assert found.dtypes.astype(str).to_dict() == {
        "id": "str", "stage": "str", "is_closed": "boolean", "is_won": "boolean", "is_deleted": "boolean",
        "amount": "float64", "currency": "str", "value": "float64",
    }  # fmt: skip


def test_the_task_reads_what_left(installed: Sandbox) -> None:
    door = SalesforceDoor(installed.settings)
    [record] = _open(door, 1)
    _write(door, record, StageName="Closed Lost")

    assert read_left.fn([record])["is_closed"].tolist() == [True]


def test_an_org_that_takes_only_short_queries_is_asked_in_pieces(sandbox: Sandbox) -> None:
    door = SalesforceDoor(sandbox.settings)
    known = _open(door, 60)
    sandbox.org(longest_query=4000)

    found = left_of(door, sandbox.settings, [*known, *_strangers(400)])

    assert sorted(found["id"]) == sorted(known)
    assert door.calls > 2


def test_a_field_that_may_not_be_read_is_named(sandbox: Sandbox) -> None:
    config = settings_from({**sandbox.environment, "RITUALS_SALESFORCE_CURRENCY_FIELD": "Devise__c"})

    with pytest.raises(Refused, match=r"Devise__c.*\[left\].*RITUALS_SALESFORCE"):
        left_of(SalesforceDoor(config), config, [NOBODY])


def test_a_currency_without_a_rate_has_no_value() -> None:
    with running(build(1, "small", MONDAY, multi_currency=True)) as many:
        door = SalesforceDoor(many.settings)
        [euros] = _open(door, 1, "+AND+CurrencyIsoCode='EUR'")
        rated = settings_from({**many.environment, "RITUALS_PIPELINE__CURRENCY_RATES": '{"EUR": 2}'})
        without, with_rate = (left_of(door, config, [euros]).iloc[0] for config in (many.settings, rated))

    assert without["currency"] == "EUR"
    assert without.isna()["value"]
    assert with_rate["value"] == 2 * with_rate["amount"] > 0
