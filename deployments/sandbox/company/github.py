"""The pretend company's GitHub: a private repository for what is not public, and the public one of the product."""

from deployments.sandbox.github.seed import (
    Account,
    GithubSeed,
    SeedIssue,
    SeedLabel,
    SeedRepository,
    SeedToken,
)

TOKEN = "github_pat_sandbox"  # noqa: S105  (the pretend company's own; it opens nothing else)
BOT = "ourco-rituals"
PRIVATE, PUBLIC = "acme/confidential", "acme/product"

_ACCOUNTS = (
    Account("acme", "Organization"),
    Account(BOT, "Bot"),
    Account("marisol-vega"),
    Account("tom-okafor"),
)
_DISCOUNTS = SeedIssue(
    "Write down who may sign a discount",
    "Above 15 % it is the CRO; that is nowhere.\n\nSee #2, @tom-okafor.",
    "marisol-vega",
    ("#g-sales",),
    days_ago=40,
)
_STATES = SeedIssue(
    "Salesforce: state and country picklists",
    "Decided: we switch them on.",
    "tom-okafor",
    ("#g-sales",),
    days_ago=90,
    is_closed=True,
)
_HIRING = SeedIssue("Second SDR for the East", "", "marisol-vega", ("hiring",), days_ago=12)
_BUG = SeedIssue("Hosts stay offline after a restart", "Since 4.61.", "tom-okafor", ("bug", ":reproduce"), days_ago=6)

GITHUB = GithubSeed(
    _ACCOUNTS,
    (
        SeedRepository(
            "acme",
            "confidential",
            is_private=True,
            description="What is not for everybody",
            labels=(SeedLabel("#g-sales", "0e8a16", "The sales team"), SeedLabel("hiring", "c5def5")),
            issues=(_DISCOUNTS, _STATES, _HIRING),
        ),
        SeedRepository(
            "acme",
            "product",
            is_private=False,
            description="The product",
            labels=(SeedLabel("bug", "d73a4a", "Something is wrong"), SeedLabel(":reproduce", "fbca04")),
            issues=(_BUG,),
        ),
    ),
    (SeedToken(TOKEN, BOT, (PRIVATE, PUBLIC)),),
)
