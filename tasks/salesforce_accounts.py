"""Which account of Salesforce a person means."""

from tasks.clients import SalesforceDoor
from tasks.rules.request_filing import Account, meant
from tasks.salesforce_account_queries import named
from tasks.salesforce_pages import drain, start


def accounts_named(door: SalesforceDoor, given: str) -> tuple[Account, ...]:
    """The accounts of that id (15 or 18 characters) or of that full name, without case; one call, none for nothing
    given. Raises Unavailable, Refused or LimitReached with the remedy."""
    if not given.strip():
        return ()
    rows = drain(door, start(door, [named(given)]), lambda _name, _rows: None)["accounts"]
    return meant(given, (Account(str(row.id), str(row.name)) for row in rows.itertuples()))
