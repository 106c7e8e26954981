"""The story as Salesforce rows: accounts, people, deals and their histories, activities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deployments.sandbox.company import activities, rows
from deployments.sandbox.company.activities import Activity
from deployments.sandbox.company.customers import CUSTOMERS
from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.office_time import MEETING, OfficeTime
from deployments.sandbox.company.org import PROBABILITY, base_tables
from deployments.sandbox.company.people import INTEGRATIONS, TEAM, Customer, Person
from deployments.sandbox.company.phrases import phrase
from deployments.sandbox.company.story import Deal, Quarter, Said
from deployments.sandbox.company.story_alive import NEEDS_A_HAND, OVER, TO_WARN, WELL
from deployments.sandbox.company.story_silent import HELD_BACK, TO_CLOSE, UNTRUSTED
from deployments.sandbox.company.tell_changes import changes, field_histories, histories
from deployments.sandbox.salesforce.values import as_moment

STORY: tuple[Deal, ...] = (*TO_CLOSE, *HELD_BACK, *UNTRUSTED, *TO_WARN, *WELL, *NEEDS_A_HAND, *OVER)
FOUNDED = 900  # days ago; the oldest thing in Salesforce
COLLEAGUES = {c.key: c for c in TEAM}
USER_IDS = {c.key: record_id("005", i) for i, c in enumerate(TEAM, 1)}


@dataclass(frozen=True)
class Known:
    """A person at a customer's with the ids they have in Salesforce."""

    id: str
    account_id: str
    person: Person
    customer: Customer


@dataclass(frozen=True)
class Directory:
    """Accounts and people by name."""

    accounts: dict[str, str] = field(default_factory=dict)
    people: dict[tuple[str, str], Known] = field(default_factory=dict)

    @classmethod
    def of(cls, customers: Sequence[Customer]) -> "Directory":
        """Ids in the order of the table."""
        found = cls({c.name: record_id("001", i) for i, c in enumerate(customers, 1)})
        everyone = ((c, p) for c in customers for p in c.people)
        for i, (c, p) in enumerate(everyone, 1):
            found.people[c.name, p.name] = Known(record_id("003", i), found.accounts[c.name], p, c)
        return found

    def person_of(self, deal: Deal) -> Known | None:
        """The contact role's person: the one named, else the account's usual one."""
        if deal.account is None:
            return None
        name, _, account = (deal.person or "").partition(" @ ")
        account = account or deal.account
        usual = next(c for c in CUSTOMERS if c.name == account).people[0].name
        return self.people[account, name or usual]


DIRECTORY = Directory.of(CUSTOMERS)


def opportunity_id(deal: Deal) -> str:
    """The id that a deal of the story has in Salesforce."""
    return record_id("006", STORY.index(deal) + 1)


def tell(office: OfficeTime) -> dict[str, Table]:
    """All Salesforce rows of the story, by object, parents first. Every table may be read again and again."""
    story = tuple((record_id("006", i), deal) for i, deal in enumerate(STORY, 1))
    told = {
        **base_tables(TEAM, office.moment(FOUNDED)),
        "Account": rows.table("Account", tuple(_accounts(office))),
        "Contact": rows.table("Contact", tuple(_contacts(office))),
        "Opportunity": rows.table("Opportunity", tuple(_opportunity(office, id_, deal) for id_, deal in story)),
        "OpportunityContactRole": rows.table("OpportunityContactRole", tuple(_roles(office, story))),
        "OpportunityHistory": rows.table("OpportunityHistory", tuple(histories(office, story, USER_IDS))),
        "OpportunityFieldHistory": rows.table(
            "OpportunityFieldHistory", tuple(field_histories(office, story, USER_IDS))
        ),
        **activities.tables(lambda: _activities(office, story)),
    }
    return {name: Table(table.columns, tuple(table.rows)) for name, table in told.items()}


def _owner_of(account: str) -> str:
    usual = next(c.owner for c in CUSTOMERS if c.name == account)
    return next((deal.owner for deal in STORY if deal.account == account), usual)


def _accounts(office: OfficeTime) -> Iterator[rows.AccountRow]:
    made = office.moment(FOUNDED - 100)
    for c in CUSTOMERS:
        owner = USER_IDS[_owner_of(c.name)]
        yield rows.AccountRow(
            DIRECTORY.accounts[c.name], c.name, c.kind, c.industry, c.city, c.employees, f"https://{c.domain}", None,
            owner, made, owner, made, owner, made,
        )  # fmt: skip


def _contacts(office: OfficeTime) -> Iterator[rows.ContactRow]:
    made = office.moment(FOUNDED - 150)
    for number, known in enumerate(DIRECTORY.people.values()):
        owner = USER_IDS[_owner_of(known.customer.name)]
        first, _, last = known.person.name.partition(" ")
        yield rows.ContactRow(
            known.id, known.account_id, first, last, known.person.email(known.customer.domain),
            known.person.title, owner, made, owner, made, owner, made,
            HasOptedOutOfEmail=int(known.person.wish == "no mail"), DoNotCall=int(known.person.wish == "no calls"),
            Phone=f"+1 202 555 {100 + number:04d}",  # 555 0100 to 0199 are nobody's
        )  # fmt: skip


def close_date(office: OfficeTime, deal: Deal) -> str | None:
    """The close date as a day."""
    if isinstance(deal.close, Quarter):
        return office.in_quarter(deal.close.ahead, deal.close.day)
    return None if deal.close is None else office.day(-deal.close)


def _opportunity(office: OfficeTime, id_: str, deal: Deal) -> rows.OpportunityRow:
    made, owner = office.moment(deal.created, "09:00"), USER_IDS[deal.owner]
    history = changes(office, deal)
    changed = history[-1].at if history else made
    staged = [change.at for change in history if change.field == "StageName"]
    due = None if deal.next_due is None or deal.lost else office.day(-deal.next_due)
    return rows.OpportunityRow(
        Id=id_,
        AccountId=DIRECTORY.accounts[deal.account] if deal.account else None,
        Name=deal.name,
        StageName=deal.stage,
        Amount=deal.amount,
        Probability=PROBABILITY.get(deal.stage),
        CloseDate=close_date(office, deal),
        Type=deal.kind,
        NextStep=deal.next_step if deal.expect else None,
        OwnerId=owner,
        NextStepDueDate__c=due if deal.expect else None,
        Open_Quote__c=deal.quote,
        Loss_Reason__c=deal.lost,
        LastStageChangeDate=staged[-1] if staged else None,
        PushCount=deal.pushes,
        CreatedDate=made,
        CreatedById=owner,
        LastModifiedDate=changed,
        LastModifiedById=owner,
        SystemModstamp=changed,
    )


def _roles(office: OfficeTime, story: Sequence[tuple[str, Deal]]) -> Iterator[rows.ContactRoleRow]:
    for i, (id_, deal) in enumerate(story, 1):
        known, made, owner = DIRECTORY.person_of(deal), office.moment(deal.created, "09:05"), USER_IDS[deal.owner]
        if known:
            yield rows.ContactRoleRow(
                record_id("00K", i), id_, known.id, "Decision Maker", 1, made, owner, made, owner, made
            )


def _activities(office: OfficeTime, story: Sequence[tuple[str, Deal]]) -> Iterator[Activity]:
    said = ((id_, deal, touch) for id_, deal in story for touch in deal.touches)
    for number, (id_, deal, touch) in enumerate(said, 1):
        yield _activity(office, number, id_, deal, touch)


def _speaker(deal: Deal, touch: Said) -> str:
    if touch.kind == "integration":
        return INTEGRATIONS
    before = deal.handover.before if deal.handover and touch.days > deal.handover.days else deal.owner
    return touch.by or before


def _activity(office: OfficeTime, number: int, id_: str, deal: Deal, touch: Said) -> Activity:
    known, key = DIRECTORY.person_of(deal), _speaker(deal, touch)
    account = DIRECTORY.accounts[deal.account] if deal.account else None
    what = {"deal": id_, "person": None, "account": account}[touch.on]
    who = None if touch.on == "account" or touch.kind in {"internal call", "integration", "to-do"} else known
    start = office.at(touch.days, touch.at)
    us, them = COLLEAGUES[key].first, known.person.first if known else "all"
    subject, body = phrase(touch.kind, number, us, them, deal.account or deal.name)
    return Activity(
        number=number, kind=touch.kind, day=office.day(touch.days), at=as_moment(start), owner=USER_IDS[key], what=what,
        who=who.id if who else None,
        account=known.account_id if touch.on == "person" and known else account,
        subject=touch.subject or subject,
        due=office.day(touch.days if touch.due is None else touch.due),
        logged=as_moment(start if touch.days >= 0 else office.at(2, "09:30")),
        ends=as_moment(start + MEETING),
        body=body or None, ours=COLLEAGUES[key].email,
        theirs=known.person.email(known.customer.domain) if known else "",
    )  # fmt: skip
