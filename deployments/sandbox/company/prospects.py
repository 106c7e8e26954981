"""The leads of the default company. All of them are invented.

Those of the table have a story of their own (see `story_activity.py`); the others are the many who are written to as
one should, or who write to us.
"""

from dataclasses import dataclass

from deployments.sandbox.company.names import COMPANIES, account_name, person_name

_TABLE = """
Jordan Doe    | Copperline Works   | IT director      | Denver, CO, United States     | sam
Imani Brooks  | Larch & Loam       | IT manager       | Chicago, IL, United States    | sam
Petra Hallam  | Tern Robotics      | CTO              | Boston, MA, United States     | sam
Lucia Marin   | Saffron Labs       | Security lead    | Austin, TX, United States     | sam
Farid Nasser  | Prism Freight      | Systems lead     | Phoenix, AZ, United States    | sam
Opal Reyes    | Kite Insurance     | Head of IT       | Dallas, TX, United States     | marcus
Hari Patel    | Mossgrove Health   | IT manager       | Omaha, NE, United States      | marcus
Greer Lindt   | Anvil Foods        | IT lead          | Memphis, TN, United States    | marcus
Dov Sela      | Quayside Media     | VP IT            | Tampa, FL, United States      | marcus
Bo Larsson    | Fennel Software    | CTO              | Portland, OR, United States   | daniel
Cara Voss     | Harrow Steel       | Architect        | Detroit, MI, United States    | daniel
Ansel Roy     | Bramble Energy     | IT director      | Reno, NV, United States       | daniel   | no calls
Selma Ortiz   | Tidepool Games     | Producer         | San Diego, CA, United States  | tom
Tobias Reed   | Marlow Transit     | Systems lead     | Sacramento, CA, United States | tom
Jonas Weber   | Havelwerk          | IT-Leiter        | Berlin, , Germany             | priya
Vera Stahl    | Cedarline Clinics  | CIO              | Salem, OR, United States      | priya
Tamsin Grove  | Juniper & Oak      | Operations lead  | Spokane, WA, United States    | priya
Marta Silva   | Pewter Bank        | Help desk lead   | Fresno, CA, United States     | ines
Ken Oduya     | Sorrel Logistics   | IT manager       | Tucson, AZ, United States     | ines
"""
# Whose many others are, so many each: who sells more has more.
_MANY = (("sam", 10), ("tom", 6), ("priya", 6), ("lena", 6), ("jo", 6), ("daniel", 4), ("marcus", 3))
_PLACES = ("Seattle, WA", "Portland, OR", "Oakland, CA", "Denver, CO", "Chicago, IL", "Boston, MA", "Atlanta, GA")
_APART = COMPANIES - 1_000  # the names below are those of the crowd


@dataclass(frozen=True)
class Prospect:
    """A lead; `owner` is a colleague's key, `wish` what they asked of us: "no mail", "no calls", or nothing."""

    name: str
    company: str
    title: str
    city: str
    state: str
    country: str
    owner: str
    wish: str = ""

    @property
    def first(self) -> str:
        """The first name."""
        return self.name.split()[0]

    @property
    def email(self) -> str:
        """The address at work."""
        domain = "".join(letter for letter in self.company.lower() if letter.isalnum())
        return f"{self.name.lower().replace(' ', '.')}@{domain}.example"


def _read(line: str) -> Prospect:
    name, company, title, place, *rest = (part.strip() for part in line.split("|"))
    city, state, country = (part.strip() for part in place.split(","))
    return Prospect(name, company, title, city, state, country, *rest)


def _many() -> tuple[Prospect, ...]:
    owners = [owner for owner, many in _MANY for _ in range(many)]
    return tuple(_one_of_many(number, owner) for number, owner in enumerate(owners))


def _one_of_many(number: int, owner: str) -> Prospect:
    name, (city, state) = " ".join(person_name(number)), _PLACES[number % len(_PLACES)].split(", ")
    return Prospect(name, account_name(_APART + number), "IT manager", city, state, "United States", owner)


TOLD = tuple(_read(line) for line in _TABLE.strip().splitlines())
MANY = _many()
PROSPECTS = (*TOLD, *MANY)
