"""What the feedback sweep asks of Salesforce, as SOQL. Pure: settings and ids in, `Read`s out.

Values enter only through `format_soql`; field names come from the columns and from validated settings. Accounts with
a won opportunity, or of a type that means a customer (RITUALS_ACTIVITY__CUSTOMER_TYPES), are customers here.
"""

from collections.abc import Sequence

from simple_salesforce.format import format_soql

from tasks.salesforce_frames import Column, Columns
from tasks.salesforce_queries import IDS_PER_QUERY, Read, chunks, select
from tasks.settings import Settings

ACCOUNT = {"id": Column("Id"), "name": Column("Name"), "owner": Column("Owner.Name")}
NAMED = {"name": Column("Name"), "website": Column("Website")}
PERSON = {
    "name": Column("Name"),
    "email": Column("Email"),
    "phone": Column("Phone"),
    "mobile": Column("MobilePhone"),
}
_WON = "AccountId IN (SELECT AccountId FROM Opportunity WHERE IsWon = true)"


def deal_columns(settings: Settings, ends_field: str) -> Columns:
    """Columns of an opportunity that is won, or a renewal to come. `ends` is the day on which its subscription ends;
    missing where the org has no field for it."""
    return {
        "account_id": Column("AccountId"),
        "amount": Column("Amount", "number"),
        "currency": Column(settings.salesforce_currency_field),
        "close_date": Column("CloseDate", "day"),
        "is_won": Column("IsWon", "flag"),
        "ends": Column(ends_field, "day"),
    }


def customers(settings: Settings, ids: Sequence[str], ends_field: str, size: int = IDS_PER_QUERY) -> list[Read]:
    """The accounts of these ids, so many a query, with their won opportunities and open renewals."""
    columns = deal_columns(settings, ends_field)
    wanted = "IsWon = true"
    if renewals := sorted(settings.pipeline.renewal_types):
        wanted = format_soql("(IsWon = true OR (IsClosed = false AND Type IN {}))", renewals)
    reads = []
    for chunk in chunks(ids, size):
        of_them = format_soql("AccountId IN {}", chunk)
        where = " AND ".join([of_them, wanted])
        reads += [
            Read("accounts", select(ACCOUNT, "Account") + " WHERE " + format_soql("Id IN {}", chunk), ACCOUNT),
            Read("deals", select(columns, "Opportunity") + f" WHERE {where}", columns),
        ]
    return reads


def names(settings: Settings, ids: Sequence[str], size: int = IDS_PER_QUERY) -> list[Read]:
    """All accounts by name and website, and the people of all customers and of these accounts, so many a query.

    Salesforce allows no semi-join beside an OR: hence one query for each way to be a customer. An org that refuses the
    semi-join is asked for the people of all accounts: one name too many only withholds a draft.
    """
    people = select(PERSON, "Contact") + " WHERE "
    types = sorted(settings.activity.customer_types)
    return [
        Read("accounts", select(NAMED, "Account"), NAMED),
        Read("people", people + _WON, PERSON, plainer=people + "AccountId != null"),
        *([Read("people", people + format_soql("Account.Type IN {}", types), PERSON)] if types else []),
        *(Read("people", people + format_soql("AccountId IN {}", chunk), PERSON) for chunk in chunks(ids, size)),
    ]
