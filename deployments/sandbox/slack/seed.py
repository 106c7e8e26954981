"""What a pretend Slack starts with. Ids look like Slack's: T… teams, U… people, B… bots, C… channels, F… files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Team:
    """A workspace: ours, or a customer's reached through Slack Connect."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class User:
    """A person or a bot. Guests of our own workspace are restricted (multi) or ultra-restricted (single channel)."""

    id: str
    team_id: str
    name: str
    real_name: str
    email: str = ""
    is_bot: bool = False
    bot_id: str = ""
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    tz: str = "America/Los_Angeles"


@dataclass(frozen=True)
class Channel:
    """A channel; shared with a customer when `connected_team_ids` names another team.

    `pending_team_ids` are teams that were invited to share it and have not yet accepted; `is_org_shared` that other
    workspaces of our own organization share it. `is_im` makes it a direct message, which has no name. What stands in an
    archived one can still be read.
    """

    id: str
    name: str
    members: tuple[str, ...]
    topic: str = ""
    purpose: str = ""
    is_private: bool = False
    connected_team_ids: tuple[str, ...] = ()
    pending_team_ids: tuple[str, ...] = ()
    is_org_shared: bool = False
    is_im: bool = False
    is_archived: bool = False


@dataclass(frozen=True)
class Attachment:
    """A file posted with, or instead of, a message."""

    id: str
    name: str
    mimetype: str
    content: bytes = b""


@dataclass(frozen=True)
class Message:
    """A message. `ts` is Slack's `seconds.microseconds` text, unique in its channel."""

    channel: str
    user: str
    ts: str
    text: str
    thread_ts: str | None = None
    broadcast: bool = False
    edited_ts: str | None = None
    files: tuple[Attachment, ...] = ()
    subtype: str | None = None


@dataclass(frozen=True)
class App:
    """An app of our workspace in Socket Mode: the bot it acts as, the app-level token that opens its web sockets, the
    slash commands it has ("/rituals"), and the scopes of its bot token, of which Slack tells none when it is empty."""

    bot: str
    token: str
    commands: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SlackSeed:
    """Everything the pretend Slack knows at the start. `tokens` maps a bot token to the user it acts as."""

    teams: tuple[Team, ...]
    users: tuple[User, ...]
    channels: tuple[Channel, ...]
    messages: tuple[Message, ...] = ()
    tokens: tuple[tuple[str, str], ...] = ()
    apps: tuple[App, ...] = ()

    @property
    def home(self) -> Team:
        """Our own workspace: the first."""
        return self.teams[0]
