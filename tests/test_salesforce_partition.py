"""Reading the pipeline in partitions of owners over real HTTP comes to the same as one reading in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from unittest.mock import patch

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from deployments.sandbox.company.build import build
from deployments.sandbox.company.crowd import SIZES
from deployments.sandbox.company.model import Company, Table
from tasks.clients import SalesforceDoor, slack_reader
from tasks.rules.findings import Review
from tasks.rules.partitions import Partition, by_owner
from tasks.rules.pipeline import review
from tasks.rules.scope import longest_silence, shortest_silence
from tasks.salesforce_partition import Part, PartitionReader, gathered
from tasks.salesforce_pipeline import PipelineReader, Reading
from tasks.settings import Settings
from tasks.slack_talk import CustomerChannels
from tests.company import MONDAY, REVIEW_AT, Sandbox, running, settings_from

DEALS, OWNERS = 260, 9
Row = tuple[object, ...]


@pytest.fixture(scope="module")
def crossed() -> Iterator[Sandbox]:
    """A company in which owners share accounts, and deals of several owners and accounts share people."""
    with patch.dict(SIZES, {"asked for": DEALS}):
        company = build(1, "asked for", MONDAY)
    with running(_crossed(company)) as sandbox:
        sandbox.org(bulk_polls=0)
        yield sandbox


def _crossed(company: Company) -> Company:
    tables = {name: Table(table.columns, list(table.rows)) for name, table in company.tables.items()}
    deals, roles, tasks = tables["Opportunity"], tables["OpportunityContactRole"], tables["Task"]
    owner = deals.columns.index("OwnerId")
    owners = sorted({str(row[owner]) for row in deals.rows})[:OWNERS]
    handed = [(*row[:owner], owners[n * 7 % OWNERS], *row[owner + 1 :]) for n, row in enumerate(deals.rows)]
    some = [row for n, row in enumerate(roles.rows) if n % 7]  # a deal may have no person at all
    more = list(_also_on_the_next(roles))
    return replace(
        company,
        tables={
            **tables,
            "Opportunity": Table(deals.columns, handed),
            "OpportunityContactRole": Table(roles.columns, [*some, *more]),
            "Task": Table(tasks.columns, list(_filed_elsewhere(tasks, deals))),
        },
    )


def _filed_elsewhere(tasks: Table, deals: Table) -> Iterator[Row]:
    """Every fifth call is filed on an open deal of others: its person's own deals know of it by the person alone."""
    what, subtype, account, n = *(tasks.columns.index(c) for c in ("WhatId", "TaskSubtype", "AccountId")), 0
    stage, theirs = deals.columns.index("StageName"), deals.columns.index("AccountId")
    others = [(row[0], row[theirs]) for row in deals.rows if not str(row[stage]).startswith("Closed")]
    for row in tasks.rows:
        n += row[subtype] == "Call"
        if row[subtype] == "Call" and n % 5 == 0:
            deal, its_account = others[n * 31 % len(others)]
            changed = {what: deal, account: its_account}
            yield tuple(changed.get(place, value) for place, value in enumerate(row))
        else:
            yield row


def _also_on_the_next(roles: Table) -> Iterator[Row]:
    """Every third person has a role on the next person's deal too."""
    rows, contact = list(roles.rows), roles.columns.index("ContactId")
    for n, (row, following) in enumerate(pairwise(rows)):
        if n % 3 == 0 and row[contact] != following[contact]:
            yield (f"00K9{n:011d}AAA", following[1], row[contact], *following[3:])


@dataclass(frozen=True)
class Org:
    """One company, and how it is read."""

    config: Settings

    def reader(self) -> PartitionReader:
        silence = shortest_silence(self.config.pipeline)
        return PartitionReader(SalesforceDoor(self.config), self.config, REVIEW_AT, silence, sleep=lambda _: None)

    def whole(self) -> Reading:
        silence = shortest_silence(self.config.pipeline)
        return PipelineReader(SalesforceDoor(self.config), self.config, REVIEW_AT, silence, sleep=lambda _: None).read()

    def parted(self, most_deals: int) -> tuple[Partition, ...]:
        deals = self.reader().deals(0)
        assert deals is not None
        return by_owner(deals.opportunities, most_deals)

    def together(self, parts: Sequence[Part]) -> Reading:
        deals = self.reader().deals(0)
        assert deals is not None
        return gathered(deals, parts, self.config.pipeline, REVIEW_AT)

    def judged(self, reading: Reading) -> Review:
        channels = self.config.slack_customer_channels
        theirs = {channel: account for channel, account in channels.items() if account in reading.silent_accounts}
        since = REVIEW_AT - timedelta(days=longest_silence(self.config.pipeline))
        talk = CustomerChannels(slack_reader(self.config), theirs).read(since, REVIEW_AT)
        return review(reading.book(talk, self.config, REVIEW_AT), MONDAY, self.config.pipeline)


def org(sandbox: Sandbox, **settings: str) -> Org:
    return Org(settings_from({**sandbox.environment, "RITUALS_SALESFORCE_BULK_ABOVE": "0", **settings}))


def assert_same(parts: Review, whole: Review) -> None:
    """The findings are the same. Who wrote what is read for the largest deals; partitions may tell it of more."""
    texts = ["who", "subject"]
    assert_frame_equal(parts.deals, whole.deals)
    assert_frame_equal(parts.evidence.drop(columns=texts), whole.evidence.drop(columns=texts))
    told = whole.evidence[texts].ne("")
    assert_frame_equal(parts.evidence[texts].where(told, ""), whole.evidence[texts])
    assert replace(parts, deals=whole.deals, evidence=whole.evidence) == whole


@pytest.mark.parametrize("most_deals", [1, 70, 1_000], ids=["an owner each", "some owners each", "one partition"])
def test_a_company_whose_owners_share_accounts_and_people_is_judged_as_in_one_reading(
    crossed: Sandbox, most_deals: int
) -> None:
    company = org(crossed)
    partitions = company.parted(most_deals)

    parts = company.together([company.reader().part(partition) for partition in partitions])

    assert_same(company.judged(parts), company.judged(company.whole()))


def test_the_company_of_the_story_is_judged_as_in_one_reading(shared_sandbox: Sandbox) -> None:
    company = org(shared_sandbox)

    parts = company.together([company.reader().part(partition) for partition in company.parted(25)])

    assert_same(company.judged(parts), company.judged(company.whole()))


def test_deals_that_change_hands_while_they_are_read_are_read_by_their_ids(crossed: Sandbox) -> None:
    company = org(crossed)
    partitions = company.parted(100)
    late = [replace(partition, owners=partition.owners[1:]) for partition in partitions]  # the first has none any more

    parts = company.together([company.reader().part(partition) for partition in late])

    assert_same(company.judged(parts), company.judged(company.whole()))


def test_deals_that_come_into_other_hands_meanwhile_are_told_of_once(crossed: Sandbox) -> None:
    company = org(crossed)
    partitions = company.parted(100)
    everybody = tuple(owner for partition in partitions for owner in partition.owners)

    parts = company.together([company.reader().part(replace(some, owners=everybody)) for some in partitions])

    whole = company.whole()
    assert len(parts.history) == len(whole.history)
    assert_same(company.judged(parts), company.judged(whole))


def test_a_partition_whose_owner_is_not_known_is_read_by_ids(crossed: Sandbox) -> None:
    company = org(crossed)
    [everything] = company.parted(1_000)
    ownerless = replace(everything, owners=(), deals=everything.deals.head(5), neighbours=everything.deals.iloc[5:])

    part = company.reader().part(ownerless)

    judged = company.judged(company.whole()).deals.set_index("id")
    assert set(part.touches["opportunity_id"]) <= set(ownerless.deals["id"])
    assert part.touches["at"].max() <= pd.Timestamp(REVIEW_AT)
    newest = part.touches[part.touches["counts"]].groupby("opportunity_id")["at"].max()
    for record, at in newest.items():
        assert at.tz_convert("America/Los_Angeles").date() == judged.loc[record, "last_touch"].date()


def test_a_partition_without_rows_tells_nothing(crossed: Sandbox) -> None:
    company = org(crossed)
    [everything] = company.parted(1_000)
    nobody = "005000000000000AAA"
    empty = replace(everything, owners=(nobody,), deals=everything.deals.head(0), neighbours=everything.deals.head(0))

    part = company.reader().part(empty)

    assert [len(rows) for rows in (part.touches, part.booked, part.history, part.silent_accounts)] == [0, 0, 0, 0]
    whole = [company.reader().part(everything), part]
    assert_same(company.judged(company.together(whole)), company.judged(company.whole()))


def test_a_company_without_open_deals_is_put_together_from_no_partition(crossed: Sandbox) -> None:
    company = org(crossed)
    deals = company.reader().deals(0)
    assert deals is not None
    none = replace(deals, opportunities=deals.opportunities.head(0), expected=0)

    reading = gathered(none, [], company.config.pipeline, REVIEW_AT)

    assert company.judged(reading).deals.empty


@pytest.mark.parametrize(("above", "parted"), [(DEALS - 1, True), (DEALS, False)])
def test_a_company_is_parted_only_above_so_many_open_deals(crossed: Sandbox, above: int, *, parted: bool) -> None:
    reader = org(crossed).reader()

    assert (reader.deals(above) is not None) is parted
    assert parted or reader.door.calls == 1


def test_what_comes_back_of_a_partition_is_far_less_than_was_read(crossed: Sandbox) -> None:
    company = org(crossed)
    read = company.whole().activities

    told = [company.reader().part(partition) for partition in company.parted(70)]

    assert sum(len(part.touches) for part in told) < len(read) / 2


def test_in_bulk_a_newsletter_keeps_no_silent_deal_from_a_look_into_slack(shared_sandbox: Sandbox) -> None:
    company = org(shared_sandbox)
    reading = company.whole()

    silent = company.judged(reading).deals.query("verdict != 'healthy'")["id"]
    accounts = reading.opportunities.set_index("id").loc[silent, "account_id"].dropna()
    assert set(accounts) <= set(reading.silent_accounts)
