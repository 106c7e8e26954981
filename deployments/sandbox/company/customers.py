"""The accounts of the default company, and the people we know there, the usual one first. All of them are invented.

The last ones have no open deal: they are there for what was written to their people, or what these wrote in Slack.
"""

from deployments.sandbox.company.people import Customer, Person

_TABLE = """
Acme                | Manufacturing  | Denver     |  4200 | Dana Reyes, Director of IT | Owen Platt, Security engineer
Alder Clinics       | Healthcare     | Spokane    |   940 | Ada Lowry, IT manager
Aurelia Hotels      | Hospitality    | Milan      |  2100 | Bianca Conti, CIO | Dario Neri, Buyer
Basalt Mining       | Mining         | Reno       |  3800 | Clint Barrow, VP IT
Birchwood Dental    | Healthcare     | Madison    |   260 | Dot Harmon, Office lead
Bluepeak Health     | Healthcare     | Portland   |  1500 | Naomi Fields, Head of security | Ivan Petrov, Systems lead
Brightline Partners | Consulting     | Oakland    |   210 | Cleo Winters, Partner
Cedar Point Retail  | Retail         | Columbus   |  4700 | Etta Boyd, Director of stores IT
Cobalt Insurance    | Insurance      | Hartford   |  5200 | Stella Brandt, VP Technology | Karl Ito, Architect
Copperfield Games   | Media          | Montreal   |   350 | Aria Benoit, Producer | Finn Doyle, IT lead
Delmar Foods        | Food           | Omaha      |  5600 | Gwen Archer, IT director | Hank Osei, Plant systems
Dovetail Software   | Technology     | Boulder    |   310 | Guy Rankin, CTO
Ember Foods         | Food           | Fresno     |  1300 | Hetty Crane, IT manager
Evergreen Schools   | Education      | Tacoma     |  1900 | Iris Novak, Superintendent | Jack Tran, Technician
Fjord Shipping      | Transportation | Oslo       |  2200 | Kari Nilsen, CIO | Lars Berg, Engineer
Flint Motors        | Manufacturing  | Detroit    |  6900 | Jess Calloway, VP IT
Gable Homes         | Construction   | Phoenix    |   880 | Kip Larsen, Operations lead
Globex              | Energy         | Houston    |  9100 | Ruth Adeyemi, VP Infrastructure | Ben Castillo, IT manager
Granite Mutual      | Insurance      | Concord    |  2700 | Maya Singh, VP IT | Noel Price, Architect
Harbor Credit Union | Banking        | San Diego  |  1100 | Wanda Pike, CISO | Joel Stern, Risk officer
Helix Genomics      | Biotechnology  | Cambridge  |   730 | Olga Weiss, Head of IT | Paul Reed, Buyer
Hooli               | Technology     | Palo Alto  | 12000 | Carla Jennings, Director of IT | Ravi Menon, Staff engineer
Initech             | Technology     | Austin     |   800 | Milo Grant, Head of IT | Petra Lindholm, CISO
Juniper Robotics    | Manufacturing  | Pittsburgh |   640 | Theo Vance, CTO | Mara Quill, IT lead
Kestrel Aviation    | Transportation | Wichita    |  1700 | Liv Corbett, IT director
Larkspur Media      | Media          | New York   |   900 | Fiona Tate, Director of IT | Abel Cruz, Help desk lead
Lattice Bio         | Biotechnology  | San Jose   |   410 | Max Ferrer, Head of IT
Lumen Optics        | Manufacturing  | Rochester  |   560 | Nell Shaw, IT lead
Lyra Studios        | Media          | Burbank    |   190 | Otis Bell, Studio manager
Marigold Airways    | Transportation | Tel Aviv   |  3400 | Pia Roth, CIO
Meridian Travel     | Hospitality    | Orlando    |   720 | Ray Quist, IT manager
Nimbus Cloud        | Technology     | Salt Lake  |  1050 | Sia Duarte, VP Engineering | Kurt Ames, Security lead
Northwind Freight   | Transportation | Seattle    |  2600 | Greta Solberg, IT director | Leo Marsh, Buyer
Onyx Legal          | Legal          | Washington |   330 | Tess Byrne, Operations partner
Orchid Telecom      | Telecom        | Dallas     |  7700 | Uma Castell, VP IT | Wes Dunn, Field systems
Ostrava Steel       | Manufacturing  | Ostrava    |  4900 | Vera Kral, IT director
Pelham Rail         | Transportation | Albany     |  3600 | Walt Emery, Head of systems
Pinecrest Hotels    | Hospitality    | Aspen      |   980 | Xena Ford, IT manager
Quarry Stone        | Construction   | Boise      |  1250 | Yves Merritt, IT manager
Quince Foods        | Food           | Fargo      |   610 | Zora Hill, IT lead
Redwood University  | Education      | Eugene     |  7400 | Elias Moss, CIO | Tara Boone, Endpoint manager
Rookery Games       | Media          | Raleigh    |   280 | Amos Kerr, CTO
Sable Logistics     | Transportation | Memphis    |  3300 | Nina Kovac, IT director | Drew Hale, Buyer
Saltmarsh Power     | Energy         | Savannah   |  2400 | Bess Orton, VP IT
Thistle Apparel     | Retail         | Nashville  |   850 | Cal Moody, IT director
Tidewater Energy    | Energy         | Norfolk    |  2900 | Oscar Lund, VP IT | Peg Sutter, Security analyst
Umbrella            | Healthcare     | Boston     |  3100 | Hugo Lambert, CISO | Alice Murdoch, IT manager
Ursa Observatories  | Research       | Tucson     |   370 | Deb Pratt, Systems lead
Vantage Clinics     | Healthcare     | Atlanta    |  2050 | Ed Rowan, CIO | Flo Grady, Nurse manager
Verity Labs         | Biotechnology  | San Diego  |   480 | Quinn Abbott, Head of IT | Rosa Delgado, Scientist
Willow Bank         | Banking        | Charlotte  |  6100 | Una Fraser, Director of platform | Vik Anand, Engineer
Wren Books          | Retail         | Providence |   240 | Gil Hooper, Office manager
Yarrow Farms        | Agriculture    | Davis      |   520 | Hana Ellis, Operations lead
Zephyr Airlines     | Transportation | Chicago    |  8800 | Yara Haddad, VP Operations | Zane Ortiz, IT manager
Alpenrose Dairy     | Food           | Tulsa      |   430 | Milly Stone, IT lead, no mail
Elmwood Press       | Media          | Duluth     |   260 | Faye Ormond, IT manager
Foxglove Hotels     | Hospitality    | Charleston |  1600 | Ned Alcott, CIO | Rhoda Finch, Help desk lead
Halcyon Freight     | Transportation | Mobile     |  2300 | Ira Stokes, IT director | Bea Quinn, Buyer | Cy Hale, Buyer
Ibis Pharma         | Biotechnology  | Basel      |  1900 | Reto Amsler, IT lead | Noemi Favre, Endpoint engineer
Kittiwake Logistics | Transportation | Erie       |   880 | Joss Tremblay, Systems lead | Ann Corliss, IT manager
Meadowlark Bank     | Banking        | Tulsa      |  5400 | Odette Marsh, Head of platform | Bram Kessler, Engineer
Sandpiper Schools   | Education      | Olympia    |  1200 | Lois Tarrant, IT manager
Whimbrel Media      | Media          | Halifax    |   310 | Piers Dole, Producer
"""
_CUSTOMER = {
    "Delmar Foods",
    "Globex",
    "Harbor Credit Union",
    "Umbrella",
    "Verity Labs",
    "Nimbus Cloud",
    "Orchid Telecom",
    "Foxglove Hotels",
    "Ibis Pharma",
    "Kittiwake Logistics",
    "Meadowlark Bank",
    "Sandpiper Schools",
}
_PARTNER = {"Brightline Partners"}
_OWNERS = {"Alpenrose Dairy": "daniel", "Foxglove Hotels": "lena", "Halcyon Freight": "jo", "Whimbrel Media": "ines"}


def _read(line: str) -> Customer:
    name, industry, city, employees, *people = (part.strip() for part in line.split("|"))
    known = tuple(Person(*person.split(", ")) for person in people)
    kind = "Customer - Direct" if name in _CUSTOMER else "Technology Partner" if name in _PARTNER else "Prospect"
    return Customer(name, industry, city, int(employees), known, kind, _OWNERS.get(name, "sam"))


CUSTOMERS = tuple(_read(line) for line in _TABLE.strip().splitlines())
