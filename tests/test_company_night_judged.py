"""What the rules make of the pretend company's night, read over HTTP: all and only what `company_night` expects."""

import pytest

from deployments.sandbox.company.github import GITHUB, PUBLIC
from deployments.sandbox.company.night import LINES, stamp
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.slack_customers import CUSTOMER_CHANNELS
from tasks.clients import SalesforceDoor
from tasks.likeness import alike
from tasks.rules.feedback import Item, KnownIssue, Need, Priority
from tasks.rules.privacy_gate import Known, known_of
from tasks.rules.request_draft import draft_of
from tasks.rules.sweeping import is_drafted, items_of, words_of
from tasks.salesforce_customers import CustomerReader
from tests import company_night
from tests.company import MONDAY, Sandbox
from tests.company_night import NIGHT, Expected
from tests.test_company_night import CLOCK, read

Night = dict[str, Item]
OFFICE_TIME = OfficeTime(MONDAY)
NAMES = {stamp(OFFICE_TIME, line.id): line.id for line in LINES}
# What we say in the channel, and not in the thread, is told as an answer to nobody: better one item too many.
SEEN_AS_OPEN = Expected(
    "audit log", Need.ANSWER, company_night.QUESTION, company_night.P3, (), "audit log", "Tue 06:00"
)
TOLD = tuple(SEEN_AS_OPEN if one.root == "audit log" else one for one in NIGHT)


@pytest.fixture(scope="module")
def night(shared_sandbox: Sandbox) -> Night:
    """The items by the id of the line that began them, in the order of a sweep."""
    config = shared_sandbox.settings
    return {
        NAMES[item.conversation.root]: item
        for item in items_of(read(config, MONDAY).conversations, {}, CLOCK, config.feedback)
    }


@pytest.fixture(scope="module")
def known(shared_sandbox: Sandbox) -> Known:
    config = shared_sandbox.settings
    names = CustomerReader(SalesforceDoor(config), config).known(list(config.slack_customer_channels.values()))
    return known_of(
        names.accounts, websites=names.websites, people=names.people, emails=names.emails, phones=names.phones
    )


def test_these_are_the_conversations_and_no_others(night: Night) -> None:
    told = {root: {NAMES[message.ts] for message in item.conversation.messages} for root, item in night.items()}

    assert told == {one.root: {one.root, *one.more} - {"deleted"} for one in TOLD}


@pytest.mark.parametrize("expected", TOLD, ids=lambda one: one.root)
def test_each_is_judged_as_a_person_would(night: Night, expected: Expected) -> None:
    judged = night[expected.root].judged

    assert judged.need is expected.need
    assert judged.kind is (expected.kind or judged.kind)
    assert judged.priority is (expected.priority or judged.priority)


@pytest.mark.parametrize("expected", [one for one in TOLD if one.asked], ids=lambda one: one.root)
def test_each_is_due_as_it_is_written_down(night: Night, expected: Expected) -> None:
    item = night[expected.root]

    assert item.asked_at == company_night.asked_at(expected, MONDAY)
    assert f"{item.deadlines.due.astimezone(company_night.OFFICE):%a %H:%M}" == expected.due
    assert item.deadlines.disputed == expected.is_disputed


def test_the_emergency_comes_first_and_what_only_looks_like_one_is_none(night: Night) -> None:
    assert next(iter(night)) == "502"
    assert [root for root, item in night.items() if item.judged.priority is Priority.P0] == ["502"]


@pytest.mark.parametrize("expected", [one for one in TOLD if one.withheld is not None], ids=lambda one: one.root)
def test_a_draft_that_names_its_customer_is_withheld_and_no_other(
    night: Night, known: Known, shared_sandbox: Sandbox, expected: Expected
) -> None:
    item = night[expected.root]
    draft = draft_of(
        item.conversation,
        item.judged,
        item.details,
        codename="Eurydike",
        policy=shared_sandbox.settings.feedback,
        known=known,
        customer=CUSTOMER_CHANNELS[expected.channel],
    )

    assert is_drafted(item)
    assert bool(draft.withheld) is expected.withheld


def test_a_draft_is_expected_of_whatever_one_is_made_of(night: Night) -> None:
    assert {root for root, item in night.items() if is_drafted(item)} == {
        one.root for one in TOLD if one.withheld is not None
    }


def test_the_issue_that_is_about_the_same_is_the_first_candidate(night: Night, shared_sandbox: Sandbox) -> None:
    public = next(one for one in GITHUB.repositories if one.full_name == PUBLIC)
    issues = [KnownIssue(n, one.title, "", one.body) for n, one in enumerate(public.issues) if not one.is_closed]
    found = alike({root: words_of(item) for root, item in night.items()}, issues, shared_sandbox.settings.feedback)

    first = {one.root: next((candidate.title for candidate in found[one.root]), "") for one in TOLD if one.like}
    assert first == {one.root: one.like for one in TOLD if one.like}


def test_details_that_were_given_are_not_asked_for(night: Night) -> None:
    given = {"Agent version", "Osquery or fleetd?", "Operating system", "Web browser", "Expected behavior"}

    assert night["policies"].details.found.keys() >= given | {"Actual behavior"}
    assert set(night["inventory"].details.missing) >= given - {"Operating system"}
    assert "operating system" not in night["inventory"].details.question


def test_who_fills_in_the_list_of_details_is_asked_nothing(night: Night) -> None:
    assert night["policies"].details.missing == ()
