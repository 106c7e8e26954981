"""What is asked of Salesforce for one partition of the pipeline, beside `salesforce_queries.around`. Pure."""

from collections.abc import Sequence
from datetime import datetime

from simple_salesforce.format import format_soql

from tasks.salesforce_columns import EMAIL
from tasks.salesforce_frames import Column
from tasks.salesforce_queries import IDS_PER_QUERY, OPEN, Read, changes, chunks, open_deals, people, select, sent_mail
from tasks.settings import Settings

_ID = {"id": Column("Id")}
_OPEN_ACCOUNTS = OPEN.replace("SELECT Id", "SELECT AccountId")


def still_theirs(owners: Sequence[str]) -> Read:
    """The ids of the deals that these owners have open now."""
    return Read("opportunities", select(_ID, "Opportunity") + " WHERE " + open_deals(owners), _ID)


def of_deals(settings: Settings, until: datetime, ids: Sequence[str]) -> list[Read]:
    """The people and the changes of these deals, whoever owns them."""
    listed = [format_soql("OpportunityId IN {}", some) for some in chunks(ids, IDS_PER_QUERY)]
    return [read for some in listed for read in (people(some), changes(settings.pipeline, until, some))]


def mail_beside(until: datetime, tasks: Sequence[str]) -> list[Read]:
    """The mail that these tasks stand beside, filed on any open deal or its account."""
    mail = select(EMAIL, "EmailMessage") + f" WHERE {sent_mail(until)} AND "
    return [
        Read("mail", mail + format_soql("ActivityId IN {}", some) + f" AND RelatedToId IN ({related})", EMAIL)
        for some in chunks(tasks, IDS_PER_QUERY)
        for related in (OPEN, _OPEN_ACCOUNTS)
    ]
