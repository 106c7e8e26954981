"""What the pipeline review asks of Salesforce, as SOQL. Pure: settings and moments in, `Read`s out.

Values enter only through `format_soql`; field names come from the columns below and from validated settings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pandas as pd
from simple_salesforce.format import format_soql

from tasks.rules.policy import PipelinePolicy, TouchPolicy
from tasks.salesforce_columns import (
    EMAIL,
    EVENT,
    HISTORY,
    LAST_EMAIL,
    LAST_TASK,
    ROLE,
    STAGE,
    TASK,
    opportunity_columns,
)
from tasks.salesforce_frames import Columns, paths
from tasks.settings import Settings

PAGE = 2000  # rows of a page, and groups of an aggregate: Salesforce pages the one and cuts the other
CLOSE_DATE_DAYS = 31
MEETING_DAYS = 45
IDS_PER_QUERY = 450  # 500 ids make a request line of 13,665 bytes; 16,384 is the end
OPEN = "SELECT Id FROM Opportunity WHERE IsClosed = false"
_OPEN_MARK = "<open>"


@dataclass(frozen=True)
class Read:
    """One query.

    `keyset` is the grouped field of an aggregate, which Salesforce does not page; `archived` asks for activities older
    than a year too; `plainer` is what to ask an org that refuses the query for its sub-selects.
    """

    name: str
    soql: str
    columns: Columns
    keyset: str = ""
    archived: bool = False
    plainer: str = ""

    @property
    def text(self) -> str:
        """The SOQL with the open opportunities as a semi-join."""
        return self.soql.replace(_OPEN_MARK, OPEN)

    def by_ids(self, ids: Sequence[str]) -> list["Read"]:
        """The same read with the open opportunities listed, for an org that refuses the semi-join."""
        listed = [_listed(chunk) for chunk in chunks(ids, IDS_PER_QUERY)]
        return [replace(self, soql=self.soql.replace(f"({_OPEN_MARK})", some)) for some in listed]

    @property
    def semi_joined(self) -> bool:
        return _OPEN_MARK in self.soql

    def after(self, key: str) -> str:
        """The SOQL of the next 2,000 groups of an aggregate, after `key`."""
        condition = format_soql(f" AND {self.keyset} > {{}} GROUP BY ", key)
        return self.text.replace(" GROUP BY ", condition)


def _listed(ids: Iterable[str]) -> str:
    return str(format_soql("{}", list(ids)))


def done_tasks(until: datetime) -> str:
    """The condition for tasks closed by `until` (in the office's zone), whoever or whatever did them."""
    return format_soql(
        "IsClosed = true AND IsDeleted = false AND "
        "(CompletedDateTime <= {} OR (CompletedDateTime = null AND ActivityDate <= {}))",
        until,
        until.date(),
    )


def human_tasks(policy: TouchPolicy) -> list[str]:
    """The conditions under which `touches.is_touch` counts a task."""
    kind = format_soql(
        "(TaskSubtype IN {} OR ((TaskSubtype = 'Task' OR TaskSubtype = null) AND Type IN {}))",
        sorted(policy.counted_subtypes),
        sorted(policy.counted_types),
    )
    ours = _unless_ignored(policy, "OwnerId", "CallType = 'Inbound'")
    return [kind, *_none_of("CallType", policy.internal_calls), *_human_subject(policy), *ours]


def sent_mail(until: datetime) -> str:
    """The condition for mail sent or received by `until`; status 5 is a draft."""
    return format_soql("Status != '5' AND IsDeleted = false AND MessageDate <= {}", until)


def human_mail(policy: TouchPolicy) -> list[str]:
    """The conditions under which `touches.is_touch` counts a mail to one person."""
    return [*_human_subject(policy), *_unless_ignored(policy, "CreatedById", "Incoming = true")]


def _not_to_many(policy: TouchPolicy) -> list[str]:
    """Mail to many is known only by the task beside it."""
    many = sorted(policy.automated_subtypes)
    return [f"ActivityId NOT IN (SELECT Id FROM Task WHERE TaskSubtype IN {_listed(many)})"] if many else []


def _unless_ignored(policy: TouchPolicy, field: str, unless: str) -> list[str]:
    return [f"({condition} OR {unless})" for condition in _none_of(field, policy.ignored_users)]


def _none_of(field: str, values: Iterable[str]) -> list[str]:
    listed = sorted(values)
    return [f"{field} NOT IN {_listed(listed)}"] if listed else []


def _human_subject(policy: TouchPolicy) -> list[str]:
    # Salesforce puts "Email: " before the subject in the task it keeps beside a mail.
    starts = [start for subject in policy.automated_subjects for start in (subject, f"Email: {subject}")]
    return [format_soql("(NOT Subject LIKE '{:like}%')", start) for start in starts]


def overview(settings: Settings, until: datetime) -> list[Read]:
    """The first call: the open deals, their people, the newest task and mail on each deal's own record, the stages."""
    columns, touches = opportunity_columns(settings), settings.touches
    last_task = (
        "SELECT WhatId, MAX(CompletedDateTime) lastDone, COUNT(Id) n FROM Task WHERE "
        + " AND ".join([done_tasks(until), *human_tasks(touches)])
        + f" AND WhatId IN ({_OPEN_MARK}) GROUP BY WhatId ORDER BY WhatId LIMIT {PAGE}"
    )
    mail = "SELECT RelatedToId, MAX(MessageDate) lastMsg, COUNT(Id) n FROM EmailMessage WHERE " + " AND ".join(
        [sent_mail(until), *human_mail(touches)]
    )
    mail_to_one = " AND ".join([mail, *_not_to_many(touches)])
    last_mail = f" AND RelatedToId IN ({_OPEN_MARK}) GROUP BY RelatedToId ORDER BY RelatedToId LIMIT {PAGE}"
    return [
        Read("opportunities", select(columns, "Opportunity") + " WHERE IsClosed = false ORDER BY Id", columns),
        Read("last tasks", last_task, LAST_TASK, keyset="WhatId", archived=True),
        Read("last mail", mail_to_one + last_mail, LAST_EMAIL, keyset="RelatedToId", plainer=mail + last_mail),
        people("Opportunity.IsClosed = false"),
        Read("stages", select(STAGE, "OpportunityStage"), STAGE),
    ]


def people(where: str) -> Read:
    """The contact roles that meet a condition."""
    return Read("roles", select(ROLE, "OpportunityContactRole") + f" WHERE {where}", ROLE)


def changes(policy: PipelinePolicy, until: datetime, where: str = "Opportunity.IsClosed = false") -> Read:
    """Who owned the deals before that meet a condition, and how their close dates and next steps moved lately."""
    close_dates = until - timedelta(days=max(policy.slipped_within_days, CLOSE_DATE_DAYS))
    return Read(
        "history",
        select(HISTORY, "OpportunityFieldHistory")
        + f" WHERE {where} AND "
        + format_soql(
            "(Field = 'Owner' OR (Field = 'CloseDate' AND CreatedDate >= {}) "
            "OR (Field = 'NextStep' AND CreatedDate >= {}))",
            close_dates,
            next_steps_since(policy, until),
        ),
        HISTORY,
    )


def next_steps_since(policy: PipelinePolicy, until: datetime) -> datetime:
    """The moment from which changes of the next step are read: of what is older, its age alone is told."""
    day = until.date() - timedelta(days=policy.next_step_stale_days)
    return datetime.combine(day, time(), until.tzinfo)


def tasks_of(until: datetime, deals: pd.DataFrame, roles: pd.DataFrame) -> list[Read]:
    """The tasks that may concern `deals` (see `_anywhere`)."""
    if deals.empty:
        return []
    soql = select(TASK, "Task") + f" WHERE {done_tasks(until)} AND ({_anywhere(deals, roles)})"
    return [Read("tasks", soql, TASK, archived=True)]


def meetings(until: datetime) -> str:
    """The condition for the meetings of every deal lately and to come, for the same query as those of the silent."""
    return format_soql("(EndDateTime >= {} AND WhatId != null)", until - timedelta(days=MEETING_DAYS))


def events_of(deals: pd.DataFrame, roles: pd.DataFrame, *or_those: str) -> list[Read]:
    """The meetings that may concern `deals` (see `_anywhere`), or meet another condition."""
    where = " OR ".join([*or_those, *([_anywhere(deals, roles)] if len(deals) else [])])
    soql = select(EVENT, "Event") + f" WHERE IsChild = false AND IsDeleted = false AND ({where})"
    return [Read("events", soql, EVENT, archived=True)] if where else []


def mail_of(until: datetime, deals: pd.DataFrame) -> list[Read]:
    """The mail that is filed on `deals` or their accounts; EmailMessage knows no other place."""
    related = [*_known(deals["id"]), *_known(deals["account_id"])]
    soql = select(EMAIL, "EmailMessage") + f" WHERE {sent_mail(until)} AND RelatedToId IN {_listed(related)}"
    return [Read("mail", soql, EMAIL)] if related else []


def _anywhere(deals: pd.DataFrame, roles: pd.DataFrame) -> str:
    """The condition for activities on `deals`, on their accounts, and on the people of their contact roles.

    deals: id, account_id; roles: opportunity_id, contact_id, contact_account_id. An activity's AccountId is that of its
    deal or person, so the accounts find all but what hangs on a deal without one or on a person of another account.
    """
    accounts = _known(deals["account_id"])
    orphans = _known(deals.loc[deals["account_id"].isna(), "id"])
    people = roles[roles["opportunity_id"].isin(deals["id"]) & ~roles["contact_account_id"].isin(accounts)]
    lists = {"AccountId": accounts, "WhatId": orphans, "WhoId": _known(people["contact_id"])}
    return " OR ".join(f"{field} IN {_listed(ids)}" for field, ids in lists.items() if ids)


def wholesale(settings: Settings, until: datetime) -> list[Read]:
    """The same for an org of 100,000 deals, for the Bulk API, which does not group. Without texts: what they would tell
    (an automatic reply) is left to the conditions."""
    opportunities = overview(settings, until)[0]
    in_any_order = opportunities.soql.replace(" ORDER BY Id", "")  # an order stops its chunking
    return [replace(opportunities, soql=in_any_order), *around(settings, until)]


def around(settings: Settings, until: datetime, owners: Sequence[str] | None = None) -> list[Read]:
    """What surrounds the open deals, those of `owners` alone where they are given, without texts."""
    deals = open_deals(owners)
    accounts = "SELECT AccountId FROM Opportunity WHERE " + deals
    task, event, mail = (_narrow(columns) for columns in (TASK, EVENT, EMAIL))
    human = "".join(f" AND {condition}" for condition in _human_subject(settings.touches))
    tasks = select(task, "Task") + f" WHERE {done_tasks(until)}{human} AND "
    events = select(event, "Event") + f" WHERE IsChild = false AND IsDeleted = false{human} AND "
    mails = select(mail, "EmailMessage") + f" WHERE {sent_mail(until)}{human} AND "
    places = [f"AccountId IN ({accounts})", *([] if owners is None else [_their_people_elsewhere(owners)])]
    return [
        *(Read("tasks", tasks + place, task, archived=True) for place in places),
        *(Read("events", events + place, event, archived=True) for place in places),
        *(
            Read("mail", mails + f"RelatedToId IN ({related})", mail)
            for related in ("SELECT Id FROM Opportunity WHERE " + deals, accounts)
        ),
        people(open_deals(owners, "Opportunity.")),
        changes(settings.pipeline, until, open_deals(owners, "Opportunity.")),
    ]


def _their_people_elsewhere(owners: Sequence[str]) -> str:
    """The condition for what passed with people of these owners' deals on accounts of others."""
    related = "SELECT ContactId FROM OpportunityContactRole WHERE " + open_deals(owners, "Opportunity.")
    accounts = "SELECT AccountId FROM Opportunity WHERE " + open_deals(owners) + " AND AccountId != null"
    return f"WhoId IN ({related}) AND AccountId NOT IN ({accounts})"


def open_deals(owners: Sequence[str] | None, of: str = "") -> str:
    """The condition for open deals, of `owners` where they are given; `of` leads to the deal ("Opportunity.")."""
    condition = of + "IsClosed = false"
    if owners is None:
        return condition
    return condition + " AND " + of + (format_soql("OwnerId IN {}", list(owners)) if owners else "OwnerId = null")


def _narrow(columns: Columns) -> Columns:
    return {name: column for name, column in columns.items() if name not in {"subject", "who"}}


def _known(ids: pd.Series) -> list[str]:
    return sorted(set(ids.dropna()))


def chunks(values: Sequence[str], size: int) -> Iterator[list[str]]:
    """The values in lists of at most that size, as a query takes no longer ones."""
    return (list(values[first : first + size]) for first in range(0, len(values), size))


def select(columns: Columns, sobject: str) -> str:
    """The beginning of a query: these columns of that object."""
    return "SELECT " + ", ".join(paths(columns)) + f" FROM {sobject}"
