"""What the doctor says of Slack, GitHub and Zendesk: scopes, channels, repositories, tickets."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deployments.doctor_others import github_lines, zendesk_lines
from deployments.doctor_slack import APP_SCOPES, SCOPES, slack_lines
from tasks.clients import Refused
from tests.company import Sandbox, settings_from
from tests.deployments.examined import LACKS, telling, told, without

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    with telling() as company:
        yield company


def channels(company: Sandbox, *which: str) -> dict[str, str]:
    """The settings with those customer channels."""
    return without(company, RITUALS_SLACK_CUSTOMER_CHANNELS=json.dumps(dict.fromkeys(which, "001000000000001")))


def test_the_scopes_are_those_of_the_readme() -> None:
    table = README.partition("\n### Slack scopes\n")[2].partition("\n### ")[0]

    assert set(re.findall(r"^\| `([a-z:.]+)` \|", table, re.MULTILINE)) == SCOPES | APP_SCOPES


@pytest.mark.parametrize(
    ("scopes", "verdict", "says"),
    [
        pytest.param(",".join(sorted(SCOPES)), "ok", "the 9 that are needed, and no other", id="as they should be"),
        pytest.param(
            ",".join(sorted(SCOPES - {"files:write", "users:read"})),
            "wrong",
            "files:write, users:read missing: add them and install the app again.",
            id="two are missing",
        ),
        pytest.param(
            ", ".join(sorted(SCOPES | {"admin"})), "warn", "admin not needed here: take them from the app.", id="warn"
        ),
        pytest.param("", "warn", "Slack did not tell those of the token", id="not told"),
    ],
)
def test_the_scopes_of_the_token_are_held_against_the_readme(scopes: str, verdict: str, says: str) -> None:
    with telling(scopes=scopes) as company:
        lines = [line for line in slack_lines(settings_from(channels(company))) if line.said.startswith("scopes: ")]

    assert [(line.verdict, says in line.said) for line in lines] == [(verdict, True)]


APP = {"RITUALS_SLACK_DECIDERS": '{"U0MARISOL": "Marisol Vega"}'}


def test_whoever_decides_in_slack_needs_the_scope_of_commands() -> None:
    with telling(scopes=",".join(sorted(SCOPES))) as company:
        said = told(slack_lines(settings_from({**channels(company), **APP})), "wrong")

    assert said == ["scopes: commands missing: add them and install the app again."]


@pytest.mark.parametrize(
    ("changes", "verdict", "says"),
    [
        pytest.param(
            {"RITUALS_SLACK_DECIDERS": "{}"}, "off", "deciding in Slack; RITUALS_SLACK_DECIDERS", id="not used"
        ),
        pytest.param({"RITUALS_SLACK_APP_TOKEN": ""}, "off", "the Slack app on this machine;", id="runs elsewhere"),
        pytest.param({}, "ok", "the Slack app may connect; 1 person may use it", id="as it should be"),
        pytest.param(
            {"RITUALS_SLACK_APP_TOKEN": "xapp-other"},
            "wrong",
            "the Slack app: Slack refused (invalid_auth)",
            id="refused",
        ),
    ],
)
def test_whether_the_slack_app_may_connect_is_told(
    company: Sandbox, changes: dict[str, str], verdict: str, says: str
) -> None:
    said = told(slack_lines(settings_from({**channels(company), **APP, **changes})), verdict)

    assert [line for line in said if says in line]


def test_channels_are_named_where_the_bot_is_not_in_them(company: Sandbox) -> None:
    """Our story has a customer channel to which nobody invited it."""
    said = told(slack_lines(company.settings), *LACKS)

    assert said == ["customers: the bot is not in #customer-sandpiper (C0SANDPIPER): invite it."]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param(
            {"RITUALS_SLACK_CHANNEL": "C0NOWHERE"}, "reports: Slack refused (channel_not_found)", id="no such"
        ),
        pytest.param({"RITUALS_ACTIVITY_CHANNEL": "D0NOWHERE"}, "activity review: Slack refused", id="the CRO's"),
    ],
)
def test_a_channel_that_is_not_there_is_named(company: Sandbox, settings: dict[str, str], says: str) -> None:
    [said] = told(slack_lines(settings_from({**channels(company), **settings})), "wrong")

    assert said.startswith(says)


def test_a_public_channel_for_a_review_of_people_is_refused(company: Sandbox) -> None:
    public = company.environment["RITUALS_SLACK_CHANNEL"]

    with pytest.raises(Refused, match="is public: a review of people does not go there"):
        list(slack_lines(settings_from({**channels(company), "RITUALS_ACTIVITY_CHANNEL": public})))


@pytest.mark.parametrize(
    ("changes", "verdict", "says"),
    [
        pytest.param({}, "ok", "acme/confidential is private, and its issues can be read", id="as it should be"),
        pytest.param(
            {"RITUALS_VALIDATION__PRIVATE_REPOSITORY": "acme/product"},
            "wrong",
            "acme/product is not private: name a private repository in RITUALS_VALIDATION__PRIVATE_REPOSITORY.",
            id="the private one is public",
        ),
        pytest.param(
            {"RITUALS_FEEDBACK__PUBLIC_REPOSITORY": "acme/confidential"},
            "wrong",
            "acme/confidential is not public: name a public repository in RITUALS_FEEDBACK__PUBLIC_REPOSITORY.",
            id="the public one is private",
        ),
        pytest.param(
            {"RITUALS_VALIDATION__PRIVATE_REPOSITORY": "acme/nowhere"},
            "wrong",
            "GitHub shows no acme/nowhere with issues to this token.",
            id="hidden from the token",
        ),
        pytest.param({"RITUALS_GITHUB_TOKEN": "ghp_x"}, "wrong", "GitHub refused the token.", id="a wrong token"),
        pytest.param({"RITUALS_FEEDBACK__PUBLIC_REPOSITORY": ""}, "off", "the public repository", id="no public one"),
    ],
)
def test_both_repositories_are_as_they_must_be(
    company: Sandbox, changes: dict[str, str], verdict: str, says: str
) -> None:
    lines = list(github_lines(settings_from(without(company, **changes))))

    assert any(says in line.said for line in lines if line.verdict == verdict)


def test_a_classic_token_is_more_than_is_needed() -> None:
    with telling(classic="repo, workflow") as company:
        said = told(github_lines(company.settings), "warn")

    assert said
    assert "use a fine-grained one" in said[0]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [pytest.param({}, "ok", id="logged in"), pytest.param({"RITUALS_ZENDESK_URL": ""}, "off", id="not configured")],
)
def test_zendesk_lists_tickets(company: Sandbox, changes: dict[str, str], verdict: str) -> None:
    names = ("RITUALS_ZENDESK_URL",) if verdict == "off" else ()
    [line] = zendesk_lines(settings_from(without(company, *names)))

    assert line.verdict == verdict


def test_zendesk_with_a_wrong_token_is_refused(company: Sandbox) -> None:
    with pytest.raises(Refused, match="Zendesk refused the login"):
        list(zendesk_lines(settings_from(without(company, RITUALS_ZENDESK_TOKEN="wrong"))))


def test_without_a_github_token_nothing_is_asked(company: Sandbox) -> None:
    lines = list(github_lines(settings_from(without(company, "RITUALS_GITHUB_TOKEN"))))

    assert [line.verdict for line in lines] == ["off"]
