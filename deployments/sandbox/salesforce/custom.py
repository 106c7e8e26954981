"""What an organisation adds to the standard objects: custom fields, several currencies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deployments.sandbox.salesforce.checked_fields import CHECKED_FIELDS
from deployments.sandbox.salesforce.fields import day, picklist, required
from deployments.sandbox.salesforce.objects import STANDARD
from deployments.sandbox.salesforce.schema import Catalogue, Field
from deployments.sandbox.salesforce.standard.people import CURRENCY_TYPE

SALES_FIELDS: Mapping[str, Sequence[Field]] = {
    **CHECKED_FIELDS,
    "Opportunity": (
        day("NextStepDueDate__c", "Next step's due date"),
        picklist("Open_Quote__c", "Open quote", "Draft", "Sent", "In review", restricted=True),
        picklist(
            "Loss_Reason__c", "Loss reason", "No response", "Price", "Competitor", "No budget", "Timing",
            "Other", restricted=True,
        ),
        *CHECKED_FIELDS["Opportunity"],
    ),
}  # fmt: skip
_PRICED = ("Account", "Contact", "Lead", "Opportunity", "OpportunityHistory", "User")


def with_custom(catalogue: Catalogue, fields: Mapping[str, Sequence[Field]]) -> Catalogue:
    """The catalogue with these fields added, by object name. ValueError for an unknown object or a name in use."""
    additions: dict[str, Sequence[Field]] = {}
    for name, added in fields.items():
        known = catalogue.get(name)
        if known is None:
            raise ValueError(f"custom fields for the unknown object {name}")
        taken = [f.name for f in added if f.name.lower() in known.by_name]
        if taken:
            raise ValueError(f"{name} already has {', '.join(taken)}")
        additions[known.name] = added
    return Catalogue(tuple(replace(o, fields=(*o.fields, *additions.get(o.name, ()))) for o in catalogue.objects))


def with_currencies(catalogue: Catalogue, codes: Sequence[str]) -> Catalogue:
    """The catalogue of a multi-currency org: CurrencyType, and CurrencyIsoCode on whatever carries money."""
    code = picklist("CurrencyIsoCode", "Currency ISO Code", *codes, length=3, restricted=True)
    known = {o.name for o in catalogue.objects}
    priced = with_custom(catalogue, {name: required(code) for name in _PRICED if name in known})
    return Catalogue((*priced.objects, CURRENCY_TYPE))


SALES = with_custom(STANDARD, SALES_FIELDS)
