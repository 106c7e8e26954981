"""Reading the pipeline over real HTTP: how many calls it takes, and that no way of reading changes a verdict."""

from datetime import date, datetime, time, timedelta

import pandas as pd
import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.tell import STORY, opportunity_id
from tasks.clients import SalesforceDoor, slack_reader
from tasks.rules.findings import Review
from tasks.rules.pipeline import review
from tasks.rules.scope import shortest_silence
from tasks.rules.touches import is_touch
from tasks.salesforce_columns import EMAIL, TASK
from tasks.salesforce_frames import Column, conform
from tasks.salesforce_pages import drain, start
from tasks.salesforce_pipeline import PipelineReader, Reading
from tasks.salesforce_queries import Read, done_tasks, human_tasks
from tasks.settings import Settings
from tasks.slack_talk import CustomerChannels
from tests.company import MONDAY, OFFICE, REVIEW_AT, Sandbox, running, settings_from

VERDICTS = {"propose": "propose to close", "held": "held back", "warn": "warn the owner", "healthy": "healthy"}


def read(config: Settings, until: datetime = REVIEW_AT) -> Reading:
    """One reading, without waiting between the polls of a bulk job."""
    silence = shortest_silence(config.pipeline)
    return PipelineReader(SalesforceDoor(config), config, until, silence, sleep=lambda _: None).read()


def judged(config: Settings, until: datetime = REVIEW_AT) -> Review:
    talk = CustomerChannels(slack_reader(config), config.slack_customer_channels).read(
        until - timedelta(days=45), until
    )
    return review(read(config, until).book(talk, config, until), until.date(), config.pipeline)


def verdicts(findings: Review) -> dict[str, str]:
    return dict(zip(findings.deals["id"], findings.deals["verdict"].astype(str), strict=True))


def changed(sandbox: Sandbox, **settings: str) -> Settings:
    return settings_from({**sandbox.environment, **settings})


@pytest.fixture(scope="module")
def office():
    """2,000 open opportunities."""
    with running(build(1, "office", MONDAY)) as sandbox:
        yield sandbox


@pytest.mark.parametrize("as_of", [date(2026, 11, 23), date(2027, 1, 4), date(2026, 3, 9)], ids=str)
def test_a_run_says_of_each_deal_what_the_story_says(as_of):
    at = datetime.combine(as_of, time(7, 28), OFFICE)
    with running(build(1, "small", as_of), at) as sandbox:
        said = verdicts(judged(sandbox.settings, at))

    expected = {opportunity_id(deal): VERDICTS[deal.expect] for deal in STORY if deal.expect}
    names = {opportunity_id(deal): deal.name for deal in STORY}
    assert {names[i]: (said.get(i), v) for i, v in expected.items() if said.get(i) != v} == {}
    assert said.keys() == expected.keys()


def test_two_calls_for_sixty_deals_and_for_two_thousand(shared_sandbox, office):
    assert read(shared_sandbox.settings).calls == 2
    assert read(office.settings).calls == 2


def test_every_open_deal_is_read_and_counted(office):
    reading = read(office.settings)

    assert len(reading.opportunities) == reading.expected == reading.opportunities["id"].nunique() == 2000
    assert (reading.used, reading.allowed, reading.in_bulk) == (reading.used, 115_000, False)


def test_rows_are_typed_at_the_border(shared_sandbox):
    reading = read(shared_sandbox.settings)

    deals = reading.opportunities.dtypes.astype(str)
    assert deals["amount"] == "float64"
    assert deals["close_date"] == "datetime64[us]"
    assert deals["created"] == "datetime64[us, UTC]"
    assert deals["owner_active"] == "boolean"
    assert deals["name"] == "str"
    activities = reading.activities.dtypes.astype(str)
    assert activities["at"] == activities["ends"] == "datetime64[us, UTC]"


def test_bulk_jobs_find_the_same_verdicts(shared_sandbox, office):
    for sandbox in (shared_sandbox, office):
        in_bulk = changed(sandbox, RITUALS_SALESFORCE_BULK_ABOVE="0")
        assert read(in_bulk).in_bulk
        assert verdicts(judged(in_bulk)) == verdicts(judged(sandbox.settings))


def test_bulk_jobs_are_polled_with_patience(sandbox):
    sandbox.org(bulk_polls=12)
    config = changed(sandbox, RITUALS_SALESFORCE_BULK_ABOVE="0")
    pauses: list[float] = []

    PipelineReader(SalesforceDoor(config), config, REVIEW_AT, 30, sleep=pauses.append).read()

    assert pauses[:4] == [1.0, 1.5, 2.25, 3.375]
    assert max(pauses) == 30.0


def test_an_org_that_refuses_sub_selects_is_asked_by_ids(sandbox):
    usual = verdicts(judged(sandbox.settings))
    sandbox.org(refused_sub_selects=["EmailMessage", "Task"])

    assert read(sandbox.settings).calls > 2
    assert verdicts(judged(sandbox.settings)) == usual


def test_an_org_that_takes_only_short_queries_is_asked_in_pieces(office):
    usual = verdicts(judged(office.settings))
    office.org(longest_query=4000)
    try:
        assert read(office.settings).calls > 4
        assert verdicts(judged(office.settings)) == usual
    finally:
        office.org(longest_query=None)


def test_a_deal_that_is_touched_in_any_way_is_never_proposed_for_what_was_not_read(office):
    """The quick look picks the deals to read in detail. Reading all of them in detail must not change one verdict."""
    config = office.settings
    everything = PipelineReader(SalesforceDoor(config), config, REVIEW_AT, 0).read()
    talk = CustomerChannels(slack_reader(config), {}).read(REVIEW_AT, REVIEW_AT)

    of_all = review(everything.book(talk, config, REVIEW_AT), MONDAY, config.pipeline)
    of_few = review(read(config).book(talk, config, REVIEW_AT), MONDAY, config.pipeline)

    assert everything.calls > 2
    assert verdicts(of_all) == verdicts(of_few)
    # Of a healthy deal only its own record is read: a newer touch on its account may stay unseen, and changes nothing.
    silent = [findings.deals[findings.deals["verdict"] != "healthy"].set_index("id") for findings in (of_all, of_few)]
    assert silent[0]["days"].sort_index().equals(silent[1]["days"].sort_index())


@pytest.mark.parametrize("size", ["small", "office"])
def test_salesforce_counts_the_tasks_that_the_rule_counts(shared_sandbox, office, size):
    """One rule in two languages: `touches.is_touch` in pandas, and as SOQL where Salesforce groups for us."""
    config = (office if size == "office" else shared_sandbox).settings
    door, policy = SalesforceDoor(config), config.touches
    fields = ", ".join(column.path for column in TASK.values())
    closed = f"SELECT {fields} FROM Task WHERE {done_tasks(REVIEW_AT)}"  # noqa: S608 - SOQL of our own
    every = Read("every", closed, TASK, archived=True)
    counted = Read("counted", " AND ".join([closed, *human_tasks(policy)]), TASK, archived=True)

    frames = drain(door, start(door, [every, counted]), lambda _name, _rows: None)

    columns = {"kind": Column("kind"), **TASK, **EMAIL}
    tasks = conform(frames["every"].assign(kind="task"), columns)
    assert set(tasks.loc[is_touch(tasks, policy), "id"]) == set(frames["counted"]["id"])
    assert 0 < len(frames["counted"]) < len(tasks)


def test_a_field_this_org_does_not_have_is_missing_and_not_asked_for(shared_sandbox):
    without = changed(shared_sandbox, RITUALS_SALESFORCE_OPEN_QUOTE_FIELD="", RITUALS_SALESFORCE_NEXT_STEP_DUE_FIELD="")

    deals = read(without).opportunities

    assert deals["quote"].isna().all()
    assert pd.isna(deals["next_step_due"]).all()


def test_currencies_are_summed_only_in_the_corporate_one():
    with running(build(1, "small", MONDAY, multi_currency=True)) as sandbox:
        findings = judged(sandbox.settings)
        converted = judged(changed(sandbox, RITUALS_PIPELINE__CURRENCY_RATES='{"EUR": 1.08}'))

    assert findings.unconverted == {"EUR": 1}
    assert converted.unconverted == {}
    assert converted.deals["value"].sum() > findings.deals["value"].sum()
