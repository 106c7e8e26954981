"""The pretend company's GitHub: a private repository for what is not public, and the public one of the product.

Two customers are known there by the name of a minor planet; whose name it is stands in the private one alone.
"""

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
REQUEST, FIX, PRODUCT, REPRODUCE = "customer request", "bug", ":product", ":reproduce"
CODENAMES = {"customer-eurydike": "Nimbus Cloud", "customer-ianthe": "Meadowlark Bank"}  # label -> whose it is
_EURYDIKE, _IANTHE = CODENAMES
_CODENAME_COLOR = "bfd4f2"

_MARISOL, _TOM, _KIRA = "marisol-vega", "tom-okafor", "kira-sandoval"
_ACCOUNTS = (
    Account("acme", "Organization"),
    Account(BOT, "Bot"),
    *(Account(login) for login in (_MARISOL, _TOM, _KIRA, "passer-by")),
)

_CONFIDENTIAL = (
    SeedIssue(
        "Write down who may sign a discount",
        "Above 15 % it is the CRO; that is nowhere.\n\nSee #2, @tom-okafor.",
        _MARISOL,
        ("#g-sales",),
        days_ago=40,
    ),
    SeedIssue("Salesforce: state and country picklists", "Decided: we switch them on.", _TOM, ("#g-sales",),
              days_ago=90, is_closed=True),
    SeedIssue("Second SDR for the East", "", _MARISOL, ("hiring",), days_ago=12),
    SeedIssue("Request: order form in two parts", "Globex wants to pay per quarter. Who can make one?", _TOM,
              ("#g-sales",), days_ago=6),
    SeedIssue("Request: security questionnaire", "Due in two weeks; 140 questions.", _KIRA, ("#g-sales",), days_ago=5,
              is_closed=True),
    SeedIssue("Request: a quote for 400 more tablets", "From Kittiwake, by Friday if we can.", _KIRA, ("#g-sales",)),
)  # fmt: skip
_PUBLIC = (
    SeedIssue("Hosts stay offline after a restart", "Since 4.61.", _TOM, (FIX, REPRODUCE), days_ago=6),
    SeedIssue("Run scheduled queries only between certain hours", "A query that runs in working time makes laptops "
              "slow. It should be possible to say that it runs at night.", _KIRA, (REQUEST, PRODUCT), days_ago=120),
    SeedIssue("Windows agents stay offline after sleep", "They come back when the service is restarted.", _KIRA,
              (FIX, REPRODUCE), days_ago=33),
    SeedIssue("Policy keeps its old result after an edit", "Until the host checks in twice.", _TOM, (FIX,),
              days_ago=21),
    SeedIssue("Software inventory is empty on Linux", "On hosts with more than 2,000 packages.", "passer-by",
              (FIX, REPRODUCE), days_ago=14),
    SeedIssue("Export hosts with the owner's e-mail address", "As CSV, from the list of hosts.", _KIRA,
              (REQUEST, _EURYDIKE), days_ago=75),
    SeedIssue("Disk encryption: status unknown for Windows", "BitLocker is on; the page says unknown.", _TOM, (FIX,),
              days_ago=48),
    SeedIssue("Live queries time out with more than 5,000 hosts", "The first answers come after a minute.", _KIRA,
              (FIX, _IANTHE), days_ago=9),
    SeedIssue("Several identity providers for single sign-on", "After a merger there are two.", _KIRA,
              (REQUEST, _EURYDIKE), days_ago=160),
    SeedIssue("Restrict logins to certain e-mail domains", "Invitations go to private addresses by mistake.", _KIRA,
              (REQUEST, PRODUCT), days_ago=88),
    SeedIssue("Webhook when a policy begins to fail", "Once per host and policy.", _TOM, (REQUEST,), days_ago=64),
    SeedIssue("Label hosts by subnet", "For offices with their own network.", _KIRA, (REQUEST, PRODUCT, _IANTHE),
              days_ago=52),
    SeedIssue("A second person approves scripts", "Before they run on many hosts.", _KIRA, (REQUEST,), days_ago=28),
    SeedIssue("Translate what the agent shows to end users", "German and French first.", "passer-by", (REQUEST,),
              days_ago=17),
    SeedIssue("Login page stays blank in Firefox", "Fixed in 4.60.", _TOM, (FIX,), days_ago=140, is_closed=True),
    SeedIssue("Packages for Debian on ARM", "Done in 4.58.", _KIRA, (REQUEST,), days_ago=200, is_closed=True),
    SeedIssue("Upgrade the build image", "", _TOM, days_ago=3),
)  # fmt: skip

GITHUB = GithubSeed(
    _ACCOUNTS,
    (
        SeedRepository(
            "acme",
            "confidential",
            is_private=True,
            description="What is not for everybody",
            labels=(
                SeedLabel("#g-sales", "0e8a16", "The sales team"),
                SeedLabel("hiring", "c5def5"),
                *(SeedLabel(label, _CODENAME_COLOR, whose) for label, whose in CODENAMES.items()),
            ),
            issues=_CONFIDENTIAL,
        ),
        SeedRepository(
            "acme",
            "product",
            is_private=False,
            description="The product",
            labels=(
                SeedLabel(FIX, "d73a4a", "Something is wrong"),
                SeedLabel(REPRODUCE, "fbca04"),
                SeedLabel(REQUEST, "c2e0c6", "A customer asked for it"),
                SeedLabel(PRODUCT, "5319e7", "To be prioritized"),
                *(SeedLabel(label, _CODENAME_COLOR) for label in CODENAMES),
            ),
            issues=_PUBLIC,
        ),
    ),
    (SeedToken(TOKEN, BOT, (PRIVATE, PUBLIC)),),
)
