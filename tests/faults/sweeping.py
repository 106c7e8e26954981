"""Some days with two customers, of which sweeps are to tell: Fri 27 Nov, the day after Thanksgiving, a weekend, Mon 30
Nov and Tue 1 Dec 2026, on the office's clock (Los Angeles, UTC-8)."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Company
from deployments.sandbox.github.seed import Account, GithubSeed, SeedIssue, SeedLabel, SeedRepository, SeedToken
from deployments.sandbox.slack.state import SlackState
from tasks.rules.feedback import Conversation, Message
from tasks.rules.feedback_judging import judge
from tasks.rules.feedback_policy import FeedbackPolicy
from tests.company import OFFICE
from tests.faults.supporting import ACME, DANA, GLOBEX, RUTH, US

OWEN, BEN = "U0OWEN", "U0BEN"
FRIDAY: Final = datetime(2026, 11, 27, 6, 0, tzinfo=OFFICE)
MONDAY: Final = datetime(2026, 11, 30, 6, 0, tzinfo=OFFICE)
AGAIN: Final = datetime(2026, 11, 30, 7, 0, tzinfo=OFFICE)
TUESDAY: Final = datetime(2026, 12, 1, 6, 0, tzinfo=OFFICE)
KEYS: Final = {day: f"feedback-sweep:2026-{day}:all" for day in ("11-27", "11-30", "12-01")}

PRIVATE, PUBLIC, TOKEN = "acme/confidential", "acme/product", "github_pat_faults"
SETTINGS: Final = {
    "RITUALS_SLACK_CUSTOMER_CHANNELS": json.dumps({ACME: record_id("001", 1), GLOBEX: record_id("001", 2)}),
    "RITUALS_VALIDATION__PRIVATE_REPOSITORY": PRIVATE,
    "RITUALS_FEEDBACK__PUBLIC_REPOSITORY": PUBLIC,
}
_GITHUB: Final = GithubSeed(
    (Account("acme", "Organization"), Account("rituals", "Bot"), Account("sam")),
    (
        SeedRepository(
            "acme", "confidential", is_private=True, labels=(SeedLabel("#g-sales"),),
            issues=(SeedIssue("Who may sign a discount?", "", "sam", ("#g-sales",), days_ago=9),),
        ),
        SeedRepository(
            "acme", "product", is_private=False, labels=(SeedLabel("bug"),),
            issues=(SeedIssue("Agents stay offline", "After sleep.", "sam", ("bug",), days_ago=3),),
        ),
    ),
    (SeedToken(TOKEN, "rituals", (PRIVATE, PUBLIC)),),
)  # fmt: skip

# What is told of: words of the customer by which a reader finds it.
MOVE, AUDIT, OUTAGE = "How do I move hosts to another team?", "Where is the audit log?", "All our agents are offline"
LICENCES, THANKS, CHANGES = "How many licences do we have?", "Thanks, that did it!", "Is there a changelog?"
EXPORT = "Could you add an export of hosts as CSV?"


@dataclass(frozen=True)
class Said:
    """One message: of `who`, at a moment as "Thu 2026-11-26 17:00"; perhaps below the one with the words `below`."""

    channel: str
    who: str
    at: str
    words: str
    below: str = ""

    @property
    def ts(self) -> str:
        """Slack's name of it."""
        when = datetime.fromisoformat(self.at[4:]).replace(tzinfo=OFFICE)
        assert f"{when:%a}" == self.at[:3]
        return f"{int(when.timestamp())}.000000"


BEFORE_FRIDAY: Final = (
    Said(ACME, DANA, "Thu 2026-11-26 17:00", MOVE),  # nobody ever answers this
    Said(GLOBEX, RUTH, "Thu 2026-11-26 17:10", AUDIT),
)
WEEKEND: Final = (
    Said(ACME, DANA, "Sat 2026-11-28 10:00", OUTAGE),
    Said(GLOBEX, RUTH, "Sat 2026-11-28 11:00", "We still look for it", AUDIT),
    Said(GLOBEX, BEN, "Sun 2026-11-29 11:00", LICENCES),
    Said(GLOBEX, BEN, "Sun 2026-11-29 11:02", "The new ones, I mean"),
    Said(ACME, OWEN, "Sun 2026-11-29 12:00", THANKS),
)
ON_MONDAY: Final = (Said(GLOBEX, RUTH, "Mon 2026-11-30 06:30", CHANGES),)
BEFORE_TUESDAY: Final = (
    Said(GLOBEX, US, "Mon 2026-11-30 09:00", "500, and 20 are free.", LICENCES),
    Said(ACME, OWEN, "Tue 2026-12-01 02:00", EXPORT),
)
_ALL: Final = {one.words: one for one in (*BEFORE_FRIDAY, *WEEKEND, *ON_MONDAY, *BEFORE_TUESDAY)}
WAITING: Final = tuple((_ALL[words].channel, _ALL[words].ts) for words in (MOVE, AUDIT, OUTAGE, CHANGES, EXPORT))


def with_github(company: Company) -> Company:
    """The company, with a GitHub."""
    return replace(company, github=_GITHUB)


def say(slack: SlackState, said: tuple[Said, ...]) -> None:
    """It is written. The clock must stand later."""
    for one in said:
        content = {"type": "message", "ts": one.ts, "user": one.who, "team": slack.users[one.who].team_id}
        if one.below:
            first = _ALL[one.below]
            content |= {"thread_ts": first.ts, "parent_user_id": first.who}
        slack.conversations[one.channel].add({**content, "text": one.words})


def compile_signs() -> None:
    """Judge all of it once: that compiles the signs, which takes longer than all the rest of a sweep."""
    for one in _ALL.values():
        said = Message(one.ts, FRIDAY, one.who, one.who, is_ours=one.who == US, text=one.words)
        judge(Conversation(one.channel, one.ts, (said,)), FeedbackPolicy())
