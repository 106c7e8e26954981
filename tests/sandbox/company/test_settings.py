"""What the pretend company's RevOps have set: true of its people, in Salesforce and in Slack."""

from deployments.sandbox.company.build import build
from deployments.sandbox.company.people import TEAM
from deployments.sandbox.company.tell import USER_IDS
from tests.company import MONDAY, Sandbox

SELLERS = {USER_IDS[c.key]: c for c in TEAM if c.role == "Account Executive" and c.active}


def test_the_head_of_revenue_decides(shared_sandbox: Sandbox) -> None:
    assert shared_sandbox.settings.deciders == {"Marisol Vega"}


def test_every_active_seller_can_be_mentioned_as_themselves(shared_sandbox: Sandbox) -> None:
    members = {user.id: user for user in build(1, "small", MONDAY).slack.users}
    owners = shared_sandbox.settings.slack_owners

    assert {user: members[member].real_name for user, member in owners.items()} == {
        user: seller.name for user, seller in SELLERS.items()
    }
    assert not any(members[member].deleted for member in owners.values())


def test_the_loss_reason_is_a_field_of_the_org(shared_sandbox: Sandbox) -> None:
    assert shared_sandbox.settings.salesforce_loss_reason_field == "Loss_Reason__c"
