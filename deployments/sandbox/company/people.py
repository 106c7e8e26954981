"""Who works at the pretend company, and what we know of a customer. All of them are invented."""

from dataclasses import dataclass, replace

DOMAIN = "ourco.example"
INTEGRATIONS = "integrations"


@dataclass(frozen=True)
class Colleague:
    """One of us: a Salesforce user. `role` and `profile` are named as in Salesforce, `manager` by their key."""

    key: str
    first: str
    last: str
    title: str
    role: str
    profile: str = "Standard User"
    active: bool = True
    manager: str = ""
    zone: str = "America/Los_Angeles"

    @property
    def name(self) -> str:
        """As Salesforce shows it."""
        return f"{self.first} {self.last}".strip()

    @property
    def email(self) -> str:
        """The work address."""
        return f"{self.key}@{DOMAIN}"


@dataclass(frozen=True)
class Person:
    """Someone at a customer's. `wish` is what they asked of us: "no mail", "no calls", or nothing."""

    name: str
    title: str
    wish: str = ""

    @property
    def first(self) -> str:
        """The first name."""
        return self.name.split()[0]

    def email(self, domain: str) -> str:
        """The address at the customer's domain."""
        return f"{self.name.lower().replace(' ', '.')}@{domain}"


@dataclass(frozen=True)
class Customer:
    """An account with the people we know there, the first of them the one we usually talk to."""

    name: str
    industry: str
    city: str
    employees: int
    people: tuple[Person, ...]
    kind: str = "Prospect"
    owner: str = "sam"  # of an account on which no deal of the story has one

    @property
    def domain(self) -> str:
        """Where their mail comes from."""
        return f"{self.name.lower().replace(' ', '').replace('&', '')}.example"


ROLES = {"CRO": None, "Account Executive": "CRO", "SDR": "CRO", "Sales Manager": "CRO", "Integrations": None}
PROFILES = ("Standard User", "System Administrator", "Integration User")


def _seller(
    key: str, first: str, last: str, manager: str = "marisol", *, active: bool = True, zone: str = ""
) -> Colleague:
    executive = Colleague(key, first, last, "Account Executive", "Account Executive", active=active, manager=manager)
    return replace(executive, zone=zone or executive.zone)


def _caller(key: str, first: str, last: str, zone: str) -> Colleague:
    return Colleague(key, first, last, "Sales Development Representative", "SDR", manager="marisol", zone=zone)


# Daniel's manager left the company, and nobody has set another.
TEAM = (
    Colleague("marisol", "Marisol", "Vega", "Chief Revenue Officer", "CRO"),
    _seller("tom", "Tom", "Okafor"),
    _seller("priya", "Priya", "Nair"),
    _seller("lena", "Lena", "Fischer"),
    _seller("marcus", "Marcus", "Webb", zone="America/Chicago"),
    _seller("jo", "Jo", "Takahashi"),
    _seller("daniel", "Daniel", "Ruiz", "greg"),
    _seller("nadia", "Nadia", "Sorel"),
    _caller("sam", "Sam", "Whitlock", "America/New_York"),
    _caller("ines", "Ines", "Moreau", "America/Los_Angeles"),
    Colleague(INTEGRATIONS, "Integrations", "admin", "Integration user", "Integrations", "Integration User"),
    _seller("greg", "Greg", "Halloran", active=False),
)
