"""The settings with which a ritual reaches the sandbox, as the lines of an `.env`."""

from deployments.sandbox.company.model import Company
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.slack.seed import SlackSeed
from deployments.sandbox.slack.state import UnusableSeed

REPORTS = "revenue-rituals"
CUSTOM_FIELDS = {
    "RITUALS_SALESFORCE_NEXT_STEP_DUE_FIELD": "NextStepDueDate__c",
    "RITUALS_SALESFORCE_OPEN_QUOTE_FIELD": "Open_Quote__c",
    "RITUALS_SALESFORCE_CURRENCY_FIELD": "CurrencyIsoCode",
    "RITUALS_SALESFORCE_LOSS_REASON_FIELD": "Loss_Reason__c",
}


def lines(address: str, company: Company, org: Org) -> list[str]:
    """`KEY=value` for the sandbox at that address (http://127.0.0.1:PORT)."""
    values = {
        "RITUALS_SALESFORCE_URL": address,
        "RITUALS_SALESFORCE_CLIENT_ID": org.clients[0].id,
        "RITUALS_SALESFORCE_CLIENT_SECRET": org.clients[0].secret,
        **_custom_fields(company),
        "RITUALS_SLACK_URL": f"{address}/api/",
        "RITUALS_SLACK_TOKEN": company.slack.tokens[0][0],
        "RITUALS_SLACK_CHANNEL": report_channel(company.slack),
        **_slack_app(company.slack),
        **_github(address, company),
        **_zendesk(address, company),
        **company.settings,
    }
    return [f"{name}={value}" for name, value in values.items()]


def report_channel(seed: SlackSeed) -> str:
    """The id of the channel for reports: the one of that name, else the first in which our bot (the first token) is.

    Raises UnusableSeed when there is none.
    """
    joined = [channel for _, bot in seed.tokens[:1] for channel in seed.channels if bot in channel.members]
    if not joined:
        raise UnusableSeed("the company's Slack has no channel with our bot in it, so no report can be posted")
    return next((channel for channel in joined if channel.name == REPORTS), joined[0]).id


def _slack_app(seed: SlackSeed) -> dict[str, str]:
    """Nothing for a company whose Slack has no app in Socket Mode."""
    return {"RITUALS_SLACK_APP_TOKEN": seed.apps[0].token} if seed.apps else {}


def _github(address: str, company: Company) -> dict[str, str]:
    """Nothing for a company without a GitHub, which files no issues."""
    tokens = company.github.tokens
    return {"RITUALS_GITHUB_URL": f"{address}/github", "RITUALS_GITHUB_TOKEN": tokens[0].value} if tokens else {}


def _zendesk(address: str, company: Company) -> dict[str, str]:
    """Nothing for a company without a Zendesk, which makes no tickets."""
    if not company.zendesk.api_tokens:
        return {}
    email, token = company.zendesk.api_tokens[0]
    url = f"{address}/zendesk"
    return {"RITUALS_ZENDESK_URL": url, "RITUALS_ZENDESK_EMAIL": email, "RITUALS_ZENDESK_TOKEN": token}


def _custom_fields(company: Company) -> dict[str, str]:
    opportunity = company.catalogue.get("Opportunity")
    known = opportunity.by_name if opportunity else {}
    return {name: field for name, field in CUSTOM_FIELDS.items() if field.lower() in known}
