"""The pretend company, ready to be put into the sandbox."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import chain

from deployments.sandbox.company.calendars import calendars
from deployments.sandbox.company.crowd import SIZES, crowd
from deployments.sandbox.company.extras import extras
from deployments.sandbox.company.github import GITHUB, PRIVATE, PUBLIC
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Company, Table
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.people import INTEGRATIONS, TEAM
from deployments.sandbox.company.slack_customers import CUSTOMER_CHANNELS, SHIFTS, SUPPORT, colleague_id
from deployments.sandbox.company.slack_talk import CRO_CHANNEL, talk
from deployments.sandbox.company.story_activity import CAPTURE
from deployments.sandbox.company.structure import APP, structure_of
from deployments.sandbox.company.structure_values import completed, told_deals
from deployments.sandbox.company.tell import DIRECTORY, STORY, USER_IDS, tell
from deployments.sandbox.company.tell_activity import tell_activity
from deployments.sandbox.company.zendesk import ZENDESK
from deployments.sandbox.salesforce.custom import SALES, with_currencies

SETTINGS = {
    "RITUALS_TOUCHES__IGNORED_USERS": json.dumps([USER_IDS[INTEGRATIONS]]),
    "RITUALS_SLACK_CUSTOMER_CHANNELS": json.dumps(
        {channel: DIRECTORY.accounts[name] for channel, name in CUSTOMER_CHANNELS.items()}
    ),
    "RITUALS_DECIDERS": json.dumps([c.name for c in TEAM if c.role == "CRO"]),
    "RITUALS_SLACK_OWNERS": json.dumps(
        {USER_IDS[c.key]: colleague_id(c.key) for c in TEAM if c.role == "Account Executive" and c.active}
    ),
    # Nadia's mailbox broke six weeks ago; the default of 90 days would notice in six more.
    "RITUALS_PIPELINE__COLLAPSE_WINDOW_DAYS": "30",
    "RITUALS_ACTIVITY_CHANNEL": CRO_CHANNEL,
    "RITUALS_VALIDATION__PRIVATE_REPOSITORY": PRIVATE,
    "RITUALS_REPS__ROLES": json.dumps(["Account Executive", "SDR"]),
    "RITUALS_ACTIVITY__CAPTURE_ADDRESSES": json.dumps([CAPTURE]),
    "RITUALS_VALIDATION__APP": APP,
    "RITUALS_SALESFORCE_SUBSCRIPTION_END_FIELD": "Subscription_End_Date__c",
    "RITUALS_FEEDBACK__PUBLIC_REPOSITORY": PUBLIC,
    "RITUALS_FEEDBACK__SHIFTS": json.dumps(SHIFTS),
    "RITUALS_FEEDBACK__FILERS": json.dumps([SUPPORT[0].real_name]),
}
CURRENCIES = {"USD": 1.0, "EUR": 0.92}  # units of it for one of the corporate currency, the first


def build(seed: int, size: str, as_of: date, *, multi_currency: bool = False) -> Company:
    """The default company on that day in the office.

    `small` is the story alone, about 60 open deals; `office` (2,000 open) and `enterprise` (100,000 open) add
    others, drawn from `seed`, whose rows come as generators. ValueError for any other size. With `multi_currency`
    the org has two currencies and one deal in euros.
    """
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; choose one of {', '.join(SIZES)}")
    office = OfficeTime(as_of)
    told = tell(office)
    told = completed(told, told_deals(told["Opportunity"]), office)
    told = _join(told, tell_activity(office), {"Event": calendars(office)}) | extras(office)
    tables = _join(told, crowd(seed, SIZES[size], office)) if SIZES[size] else told
    if not multi_currency:
        return Company(SALES, tables, talk(office), SETTINGS, structure_of(office), github=GITHUB, zendesk=ZENDESK)
    catalogue = with_currencies(SALES, tuple(CURRENCIES))
    priced = _with_currencies(tables, office)
    return Company(catalogue, priced, talk(office), SETTINGS, structure_of(office), github=GITHUB, zendesk=ZENDESK)


def _join(first: Mapping[str, Table], *others: Mapping[str, Table]) -> dict[str, Table]:
    """The rows of all, object by object. The columns of each object are the same in all of them."""
    joined = dict(first)
    for name, more in chain.from_iterable(other.items() for other in others):
        if first[name].columns != more.columns:
            raise ValueError(f"the columns of {name} differ")
        joined[name] = Table(more.columns, chain(joined[name].rows, more.rows))
    return joined


def _with_currencies(tables: Mapping[str, Table], office: OfficeTime) -> dict[str, Table]:
    """The same with CurrencyType, and a currency on each deal: the story's own, else the corporate one."""
    euros = {record_id("006", i): deal.currency for i, deal in enumerate(STORY, 1)}
    deals = tables["Opportunity"]
    priced = Table((*deals.columns, "CurrencyIsoCode"), ((*row, euros.get(str(row[0]), "USD")) for row in deals.rows))
    made = office.moment(900)
    kinds = Table(
        ("Id", "IsoCode", "ConversionRate", "DecimalPlaces", "IsActive", "IsCorporate", "CreatedDate"),
        tuple(
            (record_id("01L", i), code, rate, 2, 1, int(i == 1), made)
            for i, (code, rate) in enumerate(CURRENCIES.items(), 1)
        ),
    )
    return {"CurrencyType": kinds, **tables, "Opportunity": priced}
