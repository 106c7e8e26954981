"""The pretend company's Slack: our channels and the ones shared with customers, with people who talk."""

from dataclasses import dataclass, replace
from datetime import datetime

from deployments.sandbox.company import night
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.people import DOMAIN, INTEGRATIONS, TEAM
from deployments.sandbox.company.slack_customers import BOT, CUSTOMERS, GUESTS, HOME, SUPPORT, THEIR_BOT, colleague_id
from deployments.sandbox.company.slack_customers import CHANNELS as SHARED
from deployments.sandbox.company.slack_customers import TEAMS as THEIRS
from deployments.sandbox.slack.seed import App, Attachment, Channel, Message, SlackSeed, Team, User

TOKEN = "xoxb-sandbox"  # noqa: S105  (the pretend company's own; it opens nothing else)
APP_TOKEN = "xapp-sandbox"  # noqa: S105
REPORTS = "C0RITUALS"
SALES = "C0GSALES"
CRO_CHANNEL, CRO_DIRECT = "C0CRO", "D0CRO"
DEAL_DESK = "C0DEALDESK"  # private, but a guest reads it

TEAMS = (Team(HOME, "Our company", "ourco"), *THEIRS)
RITUALS_BOT = User(BOT, HOME, "revenue-rituals", "Revenue rituals", is_bot=True, bot_id="B0RITUALS")
APP = App(
    BOT,
    APP_TOKEN,
    commands=("/rituals",),
    scopes=(
        "channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:history", "groups:read",
        "im:history", "im:read", "users:read",
    ),
)  # fmt: skip
BUILD_BOT = User("U0DEPLOYS", HOME, "deploys", "Deploys", is_bot=True, bot_id="B0DEPLOYS")
SLACKBOT = User("USLACKBOT", HOME, "slackbot", "Slackbot")  # the author of what is left of a deleted message
ADVISOR = User("U0CASEY", HOME, "casey", "Casey Holt", "casey@holtadvisors.example", is_restricted=True)
OURS = tuple(
    User(colleague_id(c.key), HOME, c.key, c.name, c.email, deleted=not c.active, tz=c.zone)
    for c in TEAM
    if c.key != INTEGRATIONS
)
_REPS = tuple(u.id for u in OURS if not u.deleted)
_SUPPORT = tuple(u.id for u in SUPPORT)
CHANNELS = (
    Channel(REPORTS, "revenue-rituals", (*_REPS, *_SUPPORT, BOT), "Reports of the weekly and monthly rituals"),
    Channel(SALES, "g-sales", (*_REPS, BOT, "U0DEPLOYS"), "Everything about selling"),
    Channel(CRO_CHANNEL, "cro-private", ("U0MARISOL", BOT), "For the CRO alone", is_private=True),
    Channel(CRO_DIRECT, "", ("U0MARISOL", BOT), is_im=True),
    Channel(DEAL_DESK, "deal-desk", ("U0MARISOL", "U0TOM", "U0CASEY", BOT), "Terms", is_private=True),
    *SHARED,
)


@dataclass(frozen=True)
class Line:
    """One message of the talk: so many days ago, at that time in the office. `answers` is the index of the parent."""

    channel: str
    user: str
    days: int
    at: str
    text: str
    answers: int | None = None
    broadcast: bool = False
    edited: bool = False
    file: Attachment | None = None


SCREENSHOT = Attachment("F0SCREEN", "agent-error.log", "text/plain", b"enroll: 502 Bad Gateway\nretrying in 30 s\n")
TALK = (
    Line(SALES, "U0MARISOL", 20, "08:02", "Please bring your next steps up to date before Monday's review."),
    Line(SALES, "U0TOM", 20, "08:31", "Done for mine. Acme has gone quiet, I will try Dana once more.", answers=0),
    Line(SALES, "U0DEPLOYS", 4, "11:00", "Website: version 412 is live."),
    Line(SALES, "U0PRIYA", 2, "15:12", "Initech agreed to a meeting next month, invitation is out."),
    Line(SALES, "U0NADIA", 6, "09:40", "Is it only me, or do my mails no longer show up in Salesforce?"),
    Line(SALES, "U0SAM", 6, "09:48", "Looks like your mailbox lost its connection. I asked for a new one.", answers=4),
    Line("C0ACME", "U0DANA", 88, "09:10", "Morning! Does the trial cover Linux servers too?"),
    Line("C0ACME", "U0TOM", 88, "09:22", "It does: the same installer, all three systems.", answers=6),
    Line("C0ACME", "U0DANA", 88, "09:25", "Great, then we go on.", answers=6, broadcast=True),
    Line("C0ACME", "U0SAM", 70, "14:05", "Hi all, how did the trial go?", edited=True),
    Line("C0GLOBEX", "U0TOM", 52, "10:20", "Ruth, the order form for the expansion is in your inbox."),
    Line("C0GLOBEX", "U0HARPER", 30, "13:00", "I can help with the rollout from the first week of the month."),
    Line("C0GLOBEX", "U0RUTH", 3, "08:44", "Back from leave. Finance asks for the expansion in two parts, can we?"),
    Line("C0GLOBEX", "U0BEN", 3, "08:50", "For us the first part would be 1,200 machines.", answers=12),
    Line("C0UMBRELLA", "U0HUGO", 9, "06:40", "", file=SCREENSHOT),
    Line("C0UMBRELLA", "U0DANIEL", 9, "07:15", "Thanks, the file helps. We are on it.", answers=14),
    Line("C0UMBRELLA", "U0HUGO", 8, "07:02", "Works again since last night, thank you."),
)  # fmt: skip


def _stamp(office: OfficeTime, line: Line, number: int) -> str:
    return f"{int(office.at(line.days, line.at).timestamp())}.{number + 1:06d}"


def _message(office: OfficeTime, number: int, line: Line) -> Message:
    ts = _stamp(office, line, number)
    parent = None if line.answers is None else _stamp(office, TALK[line.answers], line.answers)
    seconds, _, micros = ts.partition(".")
    return Message(
        line.channel,
        line.user,
        ts,
        line.text,
        thread_ts=parent,
        broadcast=line.broadcast,
        edited_ts=f"{int(seconds) + 60}.{micros}" if line.edited else None,
        files=(line.file,) if line.file else (),
    )


def talk(office: OfficeTime) -> SlackSeed:
    """The Slack of the default company."""
    messages = (*(_message(office, number, line) for number, line in enumerate(TALK)), *night.messages(office))
    users = (*OURS, *SUPPORT, RITUALS_BOT, BUILD_BOT, SLACKBOT, *GUESTS, ADVISOR, *CUSTOMERS, THEIR_BOT)
    return SlackSeed(TEAMS, users, CHANNELS, messages, ((TOKEN, BOT),), (APP,))


def so_far(seed: SlackSeed, now: datetime) -> SlackSeed:
    """The same at that moment: what is later has not been written yet."""
    return replace(seed, messages=tuple(one for one in seed.messages if float(one.ts) <= now.timestamp()))


def quiet() -> SlackSeed:
    """A Slack in which only the bot is at home: for a company that brings its own deals."""
    channels = tuple(Channel(c.id, c.name, (BOT, "U0MARISOL"), c.topic) for c in CHANNELS[:2])
    marisol = User("U0MARISOL", HOME, "marisol", "Marisol Vega", f"marisol@{DOMAIN}")
    return SlackSeed(TEAMS[:1], (marisol, RITUALS_BOT), channels, (), ((TOKEN, BOT),), (APP,))
