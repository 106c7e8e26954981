"""The channels that the pretend company shares with customers through Slack Connect, and who writes in them."""

from dataclasses import dataclass

from deployments.sandbox.company.people import DOMAIN
from deployments.sandbox.company.tell import DIRECTORY
from deployments.sandbox.slack.seed import Channel, Team, User

BOT = "U0RITUALS"
HOME = "T0OURCO"
_NOT_INVITED, _NOT_LISTED = "not invited", "not listed"

# Channel, its name, the customer's workspace, the account, who of ours and which guests are in it, how it is followed.
_CHANNELS = """
C0ACME      | customer-acme             | T0ACME      | Acme                | TOM SAM               | read
C0GLOBEX    | customer-globex           | T0GLOBEX    | Globex              | TOM MARISOL HARPER    | read
C0UMBRELLA  | customer-umbrella         | T0UMBRELLA  | Umbrella            | DANIEL LENA           | read
C0NIMBUS    | customer-nimbus-cloud     | T0NIMBUS    | Nimbus Cloud        | TOM KIRA RAFAEL       | read
C0ORCHID    | customer-orchid-telecom   | T0ORCHID    | Orchid Telecom      | JO KIRA RAFAEL        | read
C0VANTAGE   | customer-vantage-clinics  | T0VANTAGE   | Vantage Clinics     | DANIEL KIRA RAFAEL    | read
C0FOXGLOVE  | ext-foxglove-hotels       | T0FOXGLOVE  | Foxglove Hotels     | LENA KIRA INGRID      | read
C0MEADOW    | customer-meadowlark-bank  | T0MEADOW    | Meadowlark Bank     | PRIYA KIRA RAFAEL     | read
C0IBIS      | customer-ibis-pharma      | T0IBIS      | Ibis Pharma         | LENA KIRA RAFAEL      | read
C0KITTIWAKE | support-kittiwake         | T0KITTIWAKE | Kittiwake Logistics | MARCUS KIRA RAFAEL    | read
C0SANDPIPER | customer-sandpiper        | T0SANDPIPER | Sandpiper Schools   | DANIEL KIRA           | not invited
C0WHIMBREL  | ext-whimbrel-media        | T0WHIMBREL  | Whimbrel Media      | INES RAFAEL           | not listed
"""
# Who of theirs is there, and by which clock they live.
_PEOPLE = """
Acme                | Dana Reyes     | America/Denver
Acme                | Owen Platt     | America/Denver
Globex              | Ruth Adeyemi   | America/Chicago
Globex              | Ben Castillo   | America/Chicago
Umbrella            | Hugo Lambert   | America/New_York
Nimbus Cloud        | Sia Duarte     | America/Denver
Nimbus Cloud        | Kurt Ames      | America/Denver
Orchid Telecom      | Uma Castell    | America/Chicago
Orchid Telecom      | Wes Dunn       | America/Chicago
Vantage Clinics     | Ed Rowan       | America/New_York
Vantage Clinics     | Flo Grady      | America/New_York
Foxglove Hotels     | Ned Alcott     | America/New_York
Foxglove Hotels     | Rhoda Finch    | America/New_York
Meadowlark Bank     | Odette Marsh   | America/Chicago
Meadowlark Bank     | Bram Kessler   | America/Chicago
Ibis Pharma         | Reto Amsler    | Europe/Zurich
Ibis Pharma         | Noemi Favre    | Europe/Zurich
Kittiwake Logistics | Joss Tremblay  | America/New_York
Kittiwake Logistics | Ann Corliss    | America/New_York
Sandpiper Schools   | Lois Tarrant   | America/Los_Angeles
Whimbrel Media      | Piers Dole     | America/Halifax
"""


@dataclass(frozen=True)
class Shared:
    """A channel that is shared with the workspace of a customer."""

    id: str
    name: str
    team: str
    account: str
    ours: tuple[str, ...]
    follows: str


def colleague_id(key: str) -> str:
    """The Slack id of one of us."""
    return f"U0{key.upper()}"


def _shared(line: str) -> Shared:
    id_, name, team, account, ours, follows = (part.strip() for part in line.split("|"))
    return Shared(id_, name, team, account, tuple(map(colleague_id, ours.split())), follows)


def _person(line: str) -> User:
    account, name, zone = (part.strip() for part in line.split("|"))
    known, team = DIRECTORY.people[account, name], _TEAM_OF[account]
    login = name.lower().replace(" ", ".")
    return User(colleague_id(known.person.first), team, login, name, known.person.email(known.customer.domain), tz=zone)


def _channel(shared: Shared) -> Channel:
    theirs = tuple(user.id for user in (*CUSTOMERS, THEIR_BOT) if user.team_id == shared.team)
    bot = () if shared.follows == _NOT_INVITED else (BOT,)
    topic = f"Support and questions, {shared.name}"
    return Channel(shared.id, shared.name, (*shared.ours, *theirs, *bot), topic, connected_team_ids=(HOME, shared.team))


def _colleague(key: str, name: str) -> User:
    return User(colleague_id(key), HOME, key, name, f"{key}@{DOMAIN}")


THEIR_BOT = User("U0NIMBUSBOT", "T0NIMBUS", "alerts", "Alerts", is_bot=True, bot_id="B0NIMBUS")
_SHARED = tuple(map(_shared, _CHANNELS.strip().splitlines()))
_TEAM_OF = {shared.account: shared.team for shared in _SHARED}
TEAMS = tuple(Team(one.team, one.account, one.account.lower().replace(" ", "-")) for one in _SHARED)
CUSTOMERS = tuple(map(_person, _PEOPLE.strip().splitlines()))
CHANNELS = tuple(map(_channel, _SHARED))
# Whose account each channel is that RevOps have listed: not Whimbrel's, which somebody opened last week.
CUSTOMER_CHANNELS = {one.id: one.account for one in _SHARED if one.follows != _NOT_LISTED}

# The support team needs no seat in Salesforce.
SUPPORT = (_colleague("kira", "Kira Sandoval"), _colleague("rafael", "Rafael Mota"))
SHIFTS = {"Mon": "Kira S.", "Tue": "Rafael M.", "Wed": "Kira S.", "Thu": "Rafael M.", "Fri": "Kira S."}
GUESTS = (
    User("U0HARPER", HOME, "harper", "Harper Lowe", "harper@brightlinepartners.example", is_ultra_restricted=True),
    User("U0INGRID", HOME, "ingrid", "Ingrid Falk", "ingrid.falk@foxglovehotels.example", is_restricted=True),
)
