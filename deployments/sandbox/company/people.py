"""Who works at the pretend company, and what we know of a customer. All of them are invented."""

from dataclasses import dataclass

DOMAIN = "ourco.example"
INTEGRATIONS = "integrations"


@dataclass(frozen=True)
class Colleague:
    """One of us: a Salesforce user. `role` and `profile` name the UserRole and the Profile."""

    key: str
    first: str
    last: str
    title: str
    role: str
    profile: str = "Standard User"
    active: bool = True

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
    """Someone at a customer's."""

    name: str
    title: str

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

    @property
    def domain(self) -> str:
        """Where their mail comes from."""
        return f"{self.name.lower().replace(' ', '').replace('&', '')}.example"


ROLES = {"CRO": None, "Account Executive": "CRO", "SDR": "CRO", "Sales Manager": "CRO", "Integrations": None}
PROFILES = ("Standard User", "System Administrator", "Integration User")

TEAM = (
    Colleague("marisol", "Marisol", "Vega", "Chief Revenue Officer", "CRO"),
    Colleague("tom", "Tom", "Okafor", "Account Executive", "Account Executive"),
    Colleague("priya", "Priya", "Nair", "Account Executive", "Account Executive"),
    Colleague("lena", "Lena", "Fischer", "Account Executive", "Account Executive"),
    Colleague("marcus", "Marcus", "Webb", "Account Executive", "Account Executive"),
    Colleague("jo", "Jo", "Takahashi", "Account Executive", "Account Executive"),
    Colleague("daniel", "Daniel", "Ruiz", "Account Executive", "Account Executive"),
    Colleague("nadia", "Nadia", "Sorel", "Account Executive", "Account Executive"),
    Colleague("sam", "Sam", "Whitlock", "Sales Development Representative", "SDR"),
    Colleague("ines", "Ines", "Moreau", "Sales Development Representative", "SDR"),
    Colleague(INTEGRATIONS, "Integrations", "admin", "Integration user", "Integrations", "Integration User"),
    Colleague("greg", "Greg", "Halloran", "Account Executive", "Account Executive", active=False),
)
