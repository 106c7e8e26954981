"""The pretend company's Slack app: what it may do, and how the rituals reach it."""

from deployments.doctor_slack import APP_SCOPES, SCOPES
from deployments.sandbox.company.slack_talk import APP
from tests.company import Sandbox


def test_it_may_do_what_the_doctor_wants_and_no_more() -> None:
    assert set(APP.scopes) == SCOPES | APP_SCOPES


def test_its_token_is_among_the_settings(shared_sandbox: Sandbox) -> None:
    token = shared_sandbox.settings.slack_app_token
    assert token is not None
    assert token.get_secret_value() == APP.token


def test_people_find_the_rituals_under_one_command() -> None:
    assert APP.commands == ("/rituals",)
