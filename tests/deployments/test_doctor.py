"""The doctor finds each door that does not open, and each that opens too wide, and says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from deployments import doctor
from deployments.doctor_others import ledger_lines
from deployments.doctor_salesforce import salesforce_lines
from tasks.clients import Refused
from tasks.ledger import LedgerMissing
from tests.company import Sandbox, settings_from
from tests.conftest import Install
from tests.deployments.examined import LACKS, telling, told, without


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    with telling() as company:
        yield company


@pytest.fixture
def own() -> Iterator[Sandbox]:
    """One whose org is changed."""
    with telling() as company:
        yield company


def test_salesforce_as_it_should_be_is_all_right(company: Sandbox) -> None:
    lines = list(salesforce_lines(company.settings))

    assert told(iter(lines), *LACKS) == []
    said = "\n".join(line.said for line in lines)
    for what in ("pipeline review: reads", "activity review: reads", "feedback sweep: reads", "may edit StageName and"):
        assert what in said


def test_every_field_that_cannot_be_read_is_named(company: Sandbox) -> None:
    misspelt = {
        "RITUALS_SALESFORCE_NEXT_STEP_DUE_FIELD": "Next_Due__c",
        "RITUALS_SALESFORCE_OPEN_QUOTE_FIELD": "Quote__c",
    }

    said = told(salesforce_lines(settings_from(without(company, **misspelt))), "wrong")

    assert said == [
        f"pipeline review: Opportunity.{name} cannot be read: give the integration user read access to it, or correct "
        "its setting."
        for name in misspelt.values()
    ]


def test_an_object_that_cannot_be_read_is_named_for_each_ritual_that_needs_it(own: Sandbox) -> None:
    own.org(hidden_objects=["EmailMessage"])

    said = told(salesforce_lines(own.settings), "wrong")

    assert said == [
        f"{ritual}: EmailMessage cannot be read: give the integration user read access to the object."
        for ritual in ("pipeline review", "activity review")
    ]


def test_an_org_that_refuses_sub_selects_is_asked_as_the_rituals_ask_it(own: Sandbox) -> None:
    own.org(refused_sub_selects=["Contact", "EmailMessage", "Event", "Task"])

    assert told(salesforce_lines(own.settings), "wrong") == []


def test_without_view_setup_the_check_would_say_so_and_so_does_the_doctor(own: Sandbox) -> None:
    own.org(hidden_objects=["SetupAuditTrail"])

    [said] = told(salesforce_lines(own.settings), *LACKS)

    assert "View Setup and Configuration" in said


def test_a_profile_that_is_not_there_is_named(company: Sandbox) -> None:
    config = settings_from(without(company, RITUALS_VALIDATION__PROFILE="Standard Usr"))

    assert told(salesforce_lines(config), "wrong") == [
        "Salesforce check: there is no profile “Standard Usr”: set RITUALS_VALIDATION__PROFILE."
    ]


def test_edit_where_nobody_may_decide_is_more_than_is_needed(company: Sandbox) -> None:
    config = settings_from(without(company, RITUALS_DECIDERS="[]"))

    [said] = told(salesforce_lines(config), *LACKS)

    assert said.startswith("deciding: nobody may decide, yet the user may edit opportunities")


def test_a_loss_reason_that_may_not_be_edited_is_named(company: Sandbox) -> None:
    config = settings_from(without(company, RITUALS_SALESFORCE_LOSS_REASON_FIELD="PushCount"))

    assert told(salesforce_lines(config), "wrong") == [
        "deciding: PushCount may not be edited: give the integration user edit access to it."
    ]


@pytest.mark.parametrize(
    ("permissions", "says"),
    [
        pytest.param({"PermissionsModifyAllData": True}, "may Modify All Data, which nothing here needs", id="it may"),
        pytest.param(None, "the org does not tell whether the user may Modify All Data", id="the org does not tell"),
    ],
)
def test_modify_all_data_is_warned_of(permissions: dict[str, bool] | None, says: str) -> None:
    with telling(permissions=permissions) as company:
        [said] = told(salesforce_lines(company.settings), *LACKS)

    assert says in said


def test_a_login_that_is_refused_ends_that_door_with_the_remedy(company: Sandbox) -> None:
    config = settings_from(without(company, RITUALS_SALESFORCE_CLIENT_SECRET="wrong"))

    with pytest.raises(Refused, match="Check RITUALS_SALESFORCE_CLIENT_ID"):
        list(salesforce_lines(config))


def with_ledger(company: Sandbox, url: str) -> dict[str, str]:
    return without(company, RITUALS_LEDGER_URL=url)


def test_the_ledger_can_be_written_and_is_not(company: Sandbox, ledger_url: str) -> None:
    lines = list(ledger_lines(settings_from(with_ledger(company, ledger_url))))

    assert [line.verdict for line in lines] in (["ok"], ["ok", "warn"])


def test_a_ledger_without_tables_is_named(company: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing, match=r"deployments\.migrate"):
        list(ledger_lines(settings_from(with_ledger(company, f"sqlite:///{tmp_path / 'none.db'}"))))


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_ledger_that_others_can_read_is_wrong(company: Sandbox, ledger_url: str) -> None:
    Path(ledger_url.removeprefix("sqlite:///")).chmod(0o644)

    [said] = told(ledger_lines(settings_from(with_ledger(company, ledger_url))), "wrong")

    assert said.endswith("which holds Salesforce data: chmod 600 it.")


CANARY = "canary-4f7a"
SECRETS = (
    "RITUALS_SALESFORCE_CLIENT_SECRET", "RITUALS_SLACK_TOKEN", "RITUALS_GITHUB_TOKEN", "RITUALS_ZENDESK_TOKEN",
)  # fmt: skip


def test_one_door_that_is_shut_keeps_no_other_from_being_tried_and_no_secret_is_shown(
    company: Sandbox, install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install({**company.environment, **dict.fromkeys(SECRETS, CANARY)})

    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        assert doctor.examine() == 1

    said = capsys.readouterr().out
    doors = [line.split()[1] for line in said.splitlines() if line.startswith("wrong")]
    assert doors == ["Salesforce", "Slack", "GitHub", "GitHub", "Zendesk", "Prefect"]
    assert CANARY not in said


def test_settings_that_are_wrong_are_the_first_thing_said(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    install({"RITUALS_SLACK_TOKEN": CANARY})

    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        assert doctor.examine() == 1

    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("wrong settings    Settings: RITUALS_SALESFORCE_URL is missing")
