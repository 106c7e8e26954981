"""Who can read a Slack channel, asked of Slack itself, before anything about people is posted there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.slack.seed import Channel
from tasks.clients import Refused, slack_reader
from tasks.rules.audience import Audience
from tasks.slack import publisher
from tasks.slack_audience import audience_of, refuse_unless_private
from tests.company import MONDAY, Sandbox, running
from tests.conftest import Install

BOT, CRO, GUEST, CUSTOMER = "U0RITUALS", "U0MARISOL", "U0HARPER", "U0JUNE"
CROWD = tuple(f"U0CROWD{number:02}" for number in range(50))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The small company with more private channels."""
    company = build(1, "small", MONDAY)
    us = next(user for user in company.slack.users if user.id == CRO)
    crowd = tuple(replace(us, id=id_, name=id_.lower(), real_name=id_) for id_ in CROWD)
    more = (
        Channel("C0GUEST", "with-a-guest", (CRO, BOT, GUEST), is_private=True),
        Channel("C0CROWD", "all-hands", (CRO, BOT, *CROWD), is_private=True),
    )
    slack = replace(company.slack, users=(*company.slack.users, *crowd), channels=(*company.slack.channels, *more))
    with running(replace(company, slack=slack)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("channel", "audience"),
    [
        pytest.param("C0CRO", Audience("#cro-private", private=True), id="the CRO's private channel"),
        pytest.param("D0CRO", Audience("D0CRO", private=True), id="a direct message"),
        pytest.param("C0GSALES", Audience("#g-sales", private=False), id="a public channel"),
        pytest.param("C0GUEST", Audience("#with-a-guest", private=True, guests=("Harper Lowe",)), id="with a guest"),
    ],
)
def test_slack_says_who_reads_it(sandbox: Sandbox, channel: str, audience: Audience) -> None:
    assert audience_of(slack_reader(sandbox.settings), channel) == audience


def test_a_channel_shared_with_a_customer_is_not_ours_alone(sandbox: Sandbox) -> None:
    assert audience_of(slack_reader(sandbox.settings), "C0ACME").shared


@pytest.mark.parametrize("channel", ["C0CRO", "D0CRO"])
def test_nothing_speaks_against_a_place_that_is_private(sandbox: Sandbox, channel: str) -> None:
    refuse_unless_private(slack_reader(sandbox.settings), channel)


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        pytest.param("", "RITUALS_ACTIVITY_CHANNEL is empty: name the CRO's", id="none is set"),
        pytest.param("C0GSALES", "#g-sales is public: a review of people does not go there", id="public"),
        pytest.param("C0ACME", "is (public|shared with another workspace)", id="a customer's"),
        pytest.param("C0GUEST", r"has guests in it \(Harper Lowe\)", id="a guest in it"),
        pytest.param("C0CROWD", "More than 50 people read Slack channel C0CROWD", id="a private crowd"),
        pytest.param("C0NOWHERE", "channel_not_found", id="not there"),
    ],
)
def test_any_other_is_refused_with_the_remedy(sandbox: Sandbox, channel: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        refuse_unless_private(slack_reader(sandbox.settings), channel)

    assert "RITUALS_ACTIVITY_CHANNEL" in str(refused.value) or "Check the channel's id" in str(refused.value)


def test_it_is_asked_again_right_before_anything_is_posted(sandbox: Sandbox, install: Install) -> None:
    install(sandbox.environment)

    with pytest.raises(Refused, match="#g-sales is public"), publisher("C0GSALES", private=True):
        pass
    with publisher("C0CRO", private=True), publisher("C0GSALES"):
        pass
