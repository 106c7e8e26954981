"""The pretend company's Zendesk: where support keeps its tickets, with an integration that writes them."""

from deployments.sandbox.company.people import DOMAIN
from deployments.sandbox.zendesk.seed import Agent, SeedTicket, ZendeskSeed

TOKEN = "zendesk-sandbox"  # noqa: S105  (the pretend company's own; it opens nothing else)
INTEGRATION = f"rituals@{DOMAIN}"

ZENDESK = ZendeskSeed(
    (Agent(INTEGRATION, "Revenue rituals"), Agent(f"sam@{DOMAIN}", "Sam Whitlock")),
    ((INTEGRATION, TOKEN),),
    tickets=(
        SeedTicket(
            "Agents of one office stay offline",
            "By mail: since Tuesday the machines of our Lyon office show as offline.",
            f"sam@{DOMAIN}",
            status="solved",
            days_ago=12,
        ),
    ),
)
