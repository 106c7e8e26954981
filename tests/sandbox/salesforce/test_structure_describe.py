"""What describe says of formulas, addresses and fields that the caller may not read; and the switch of View Setup."""

import pytest
import requests
from starlette.applications import Starlette

from deployments.sandbox import org_controls
from deployments.sandbox.salesforce import describe
from deployments.sandbox.salesforce.custom import SALES
from deployments.sandbox.salesforce.describe_fields import compound
from deployments.sandbox.salesforce.objects import STANDARD
from deployments.sandbox.salesforce.org import Org

from .company import MONDAY, Stage
from .structured import payload, read, running


def test_describe_tells_formulas_and_leaves_out_hidden_fields(stage: Stage) -> None:
    with running(stage) as salesforce:
        fields = {f["name"]: f for f in read(salesforce, "sobjects/Account/describe")["fields"]}
        contact = {f["name"] for f in read(salesforce, "sobjects/Contact/describe")["fields"]}
    link = fields["Notes_Link__c"]
    assert (link["calculated"], link["htmlFormatted"], link["createable"]) == (True, True, False)
    assert link["calculatedFormula"].startswith("HYPERLINK(")
    assert "Secret_Key__c" not in fields
    assert fields["BillingCity"]["compoundFieldName"] == "BillingAddress"
    assert fields["BillingAddress"]["label"] == "Billing Address"
    assert contact.isdisjoint({"MailingAddress", "MailingCity"})


@pytest.mark.parametrize("sobject", ["Account", "Contact", "Event", "Lead", "Opportunity"])
def test_permissions_can_be_given_for_the_fields_that_real_orgs_say(sobject: str) -> None:
    known = SALES.get(sobject)
    assert known is not None
    real = payload("describes")[sobject]["fields"]
    ours = {f.name: describe.field(known, f, [])["permissionable"] for f in known.fields if f.name in real}
    assert ours == {name: real[name]["permissionable"] for name in ours}


def test_an_address_is_described_with_the_keys_of_any_field() -> None:
    account = STANDARD.get("Account")
    assert account is not None
    assert set(compound(account, "BillingAddress")) == set(payload("describes")["Account"]["field_keys"])


def test_objects_can_be_hidden_while_it_runs(stage: Stage) -> None:
    org = Org(lambda: MONDAY)
    stage.app = Starlette(routes=[org_controls.route(org)])
    order = {"hidden_objects": ["FlexiPage", "FieldPermissions"]}
    told = requests.post(f"{stage.url}/__sandbox__/org", json=order, timeout=10)
    assert told.json()["hidden_objects"] == ["FieldPermissions", "FlexiPage"]
    assert org.hidden_objects == {"FieldPermissions", "FlexiPage"}
