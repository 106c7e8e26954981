"""The objects hold to what real orgs say of themselves (tests/payloads/salesforce)."""

import json
from pathlib import Path
from typing import Any

import pytest

from deployments.sandbox.salesforce import custom, describe
from deployments.sandbox.salesforce.custom import SALES, with_currencies, with_custom
from deployments.sandbox.salesforce.fields import day, text
from deployments.sandbox.salesforce.objects import STANDARD

from .company import Salesforce

PAYLOADS = Path(__file__).resolve().parents[2] / "payloads" / "salesforce"
RECORDED: dict[str, Any] = json.loads((PAYLOADS / "describes.json").read_text())

NOT_RECORDED = {
    ("Opportunity", "PushCount"),  # came with Summer '21, after the recording
    # Standard fields that the recorded org hid from whoever recorded it.
    *((person, wish) for person in ("Contact", "Lead") for wish in ("HasOptedOutOfEmail", "DoNotCall")),
}
OURS = {  # where the sandbox differs from the recorded org, and why
    ("Event", "ActivityDate", "aggregatable"): "the catalogue has no such flag: MAX(ActivityDate) works here",
}
COMPARED = ("type", "label", "length", "nillable", "createable", "updateable", "filterable", "sortable", "groupable",
            "relationshipName", "soapType", "nameField", "defaultedOnCreate", "aggregatable")  # fmt: skip

FIELDS = [
    (o.name, f.name)
    for o in STANDARD.objects
    if o.name in RECORDED
    for f in o.fields
    if (o.name, f.name) not in NOT_RECORDED
]


@pytest.mark.parametrize(("sobject", "name"), FIELDS)
def test_every_field_is_a_real_one_with_its_flags(sobject: str, name: str) -> None:
    known = STANDARD.get(sobject)
    assert known is not None
    ours = describe.field(known, known.by_name[name.lower()], [])
    real = RECORDED[sobject]["fields"][name]
    differences = {k: (ours[k], real[k]) for k in COMPARED if ours[k] != real[k] and (sobject, name, k) not in OURS}
    assert differences == {}
    assert set(ours["referenceTo"]) <= set(real["referenceTo"])


@pytest.mark.parametrize("sobject", sorted(RECORDED))
def test_describe_has_the_recorded_shape(salesforce: Salesforce, sobject: str) -> None:
    body = salesforce.call("GET", f"sobjects/{sobject}/describe").json()
    real = RECORDED[sobject]
    optional = {"sobjectDescribeOption", "associateEntityType", "associateParentEntity"}  # newer than some recordings
    assert set(body) - optional == set(real["keys"]) - optional
    assert set(body["fields"][0]) == set(real["field_keys"])
    assert all(set(child) == set(real["child_keys"]) for child in body["childRelationships"])
    assert {k: body[k] for k in ("keyPrefix", "label", "labelPlural")} == {
        k: real[k] for k in ("keyPrefix", "label", "labelPlural")
    }


@pytest.mark.parametrize("sobject", ["Account", "Contact", "Lead", "Opportunity"])
def test_child_relationships_are_the_real_ones(salesforce: Salesforce, sobject: str) -> None:
    body = salesforce.call("GET", f"sobjects/{sobject}/describe").json()
    portal = ("Users", "User")  # customers who log in: the sandbox has none
    real = {tuple(child) for child in RECORDED[sobject]["children"] if tuple(child[:2]) != portal}
    ours = {(c["relationshipName"], c["childSObject"], c["field"], c["cascadeDelete"])
            for c in body["childRelationships"]}  # fmt: skip
    assert ours == real


def test_global_describe_has_the_recorded_shape(salesforce: Salesforce) -> None:
    real = json.loads((PAYLOADS / "global_describe_account.json").read_text())
    body = salesforce.call("GET", "sobjects").json()
    account = next(o for o in body["sobjects"] if o["name"] == "Account")
    assert set(body) == set(real)
    assert set(account) == set(real["sobjects"][0])
    assert set(account["urls"]) == set(real["sobjects"][0]["urls"])


def test_stages_and_statuses_are_the_values_of_their_fields(salesforce: Salesforce) -> None:
    fields = {f["name"]: f for f in salesforce.call("GET", "sobjects/Opportunity/describe").json()["fields"]}
    values = [(v["value"], v["active"]) for v in fields["StageName"]["picklistValues"]]
    assert values == [("Discovery", True), ("Proposal", True), ("Closed Won", True), ("Closed Lost", True)]
    assert fields["NextStepDueDate__c"]["custom"] is True


def test_every_reference_points_at_an_object_of_the_catalogue() -> None:
    known = {o.name for o in SALES.objects} | {"Group", "Case"}  # queues own leads, mail has cases: neither is here
    dangling = {t for o in SALES.objects for f in o.fields for t in f.reference_to} - known
    assert dangling == set()


def test_custom_fields_are_added_by_configuration() -> None:
    more = with_custom(STANDARD, {"account": [text("Codename__c", "Codename", 80)]})
    account, before = more.get("Account"), STANDARD.get("Account")
    assert account is not None
    assert before is not None
    assert account.by_name["codename__c"].custom
    assert "codename__c" not in before.by_name


@pytest.mark.parametrize(
    ("sobject", "name", "message"),
    [("Invoice", "Due__c", "unknown object Invoice"), ("Opportunity", "closedate", "already has closedate")],
)
def test_a_custom_field_that_cannot_be_is_refused(sobject: str, name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        with_custom(STANDARD, {sobject: [day(name, "Due")]})


def test_currencies_exist_only_where_there_are_several() -> None:
    several = with_currencies(custom.SALES, ("USD", "EUR"))
    opportunity = several.get("Opportunity")
    assert SALES.get("CurrencyType") is None
    assert several.get("CurrencyType") is not None
    assert opportunity is not None
    assert opportunity.by_name["currencyisocode"].picklist == ("USD", "EUR")
