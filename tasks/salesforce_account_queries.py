"""How an account is looked up that a person named, as SOQL. Pure: what was given in, a `Read` out.

Values enter only through `format_soql`.
"""

import re

from simple_salesforce.format import format_soql

from tasks.salesforce_frames import Column
from tasks.salesforce_queries import Read

COLUMNS = {"id": Column("Id"), "name": Column("Name")}
_BY_ID, _BY_NAME = "SELECT Id, Name FROM Account WHERE Id = {}", "SELECT Id, Name FROM Account WHERE Name = {}"
_ACCOUNT_ID = re.compile(r"001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")


def named(given: str) -> Read:
    """The accounts of that id, or of that full name, which Salesforce compares without case."""
    name = " ".join(given.split())
    by = _BY_ID if _ACCOUNT_ID.fullmatch(name) else _BY_NAME
    return Read("accounts", format_soql(by, name), COLUMNS)
