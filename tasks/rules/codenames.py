"""Codenames of customers: named minor planets, under which customers are spoken of in public (handbook L30).

The names are from `data/science/minor_planets.json` of dariusk/corpora at 9b228a2 (CC0 1.0), the first thousand
numbered minor planets. Left out by us: what is no single word of 4 to 12 plain letters, given names in common use,
names of companies, products and places of today, and what offends in some language.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from tasks.rules.feedback_policy import FeedbackPolicy

_SHORTEST = 4  # shorter words than the shortest codename are part of nearly any name
_WORD = re.compile(r"[^\W_]+")
_LISTED = """
Abnoba Abundantia Achilles Adelgunde Adelinda Adeona Admete Adolfine Adorea Adrastea Aegina Aegle Aemilia Aeolia Aeria
Aeternitas Aethra Agamemnon Aglaja Agnia Agrippina Aguntina Ahrensa Aidamina Alagasta Alauda Alekto Alemannia Aletheia
Algunde Alkeste Alkmene Alleghenia Alsatia Alstede Althaea Amalasuntha Amalthea Amherstia Amicitia Amneris Ampella
Amphitrite Anacostia Anahita Andromache Antigone Antikleia Antiope Apollonia Arachne Aralia Arduina Arete Arethusa
Ariadne Armida Arsinoe Aschera Aslog Aspasia Asplinda Asporina Asteria Asterope Astraea Atala Atalante Athalia
Athamantis Athene Athor Atossa Atropos Auravictrix Ausonia Backlunda Bandusia Baptistina Barnardiana Bathilde Baucis
Baumeia Begonia Belisana Bellona Benkoela Berbericia Berenike Berolina Bethgea Bilkis Bodea Bohlinia Bononia Botolphia
Bouzareah Brambilla Brangane Bredichina Brendelia Briseis Brixia Bruchsalia Brunhild Brunsia Budrosa Burdigala
Burnhamia Byblis Caia Camelia Cantabia Caprera Carlova Celuta Centesima Ceraskia Chaldaea Charis Charybdis Cheruskia
Chimaera Chloris Chlosinde Chryseis Chrysothemis Cloelia Clorinde Coelestina Comacina Constantia Coppelia Corduba
Crescentia Cyane Cybele Cyrene Danae Dejanira Dejopeja Dembowska Desdemona Desiderata Devosa Dido Dione Diotima Dodona
Drakonia Ducrosa Dulcinea Dynamene Edburga Egeria Eichsfeldia Ekard Eleutheria Elpis Emita Endymion Epyaxa Erato Erda
Erida Erigone Eriphyla Erynia Etheridgea Eucharis Eugenisis Eukrate Eunike Eunomia Euphrosyne Euryanthe Eurydike
Eurykleia Eurynome Euterpe Felicitas Feronia Fiducia Franzia Fraternitas Fredegundis Freia Frigga Fringilla Frostia
Galatea Galene Garumna Gaspra Gedania Geometria Gersuind Gismonda Glasenappia Glauke Goberta Gorgo Gratia Gretia
Griseldis Gryphia Gudula Gunila Gunlod Gyldenia Gyptis Haidea Halawe Hammonia Happelia Harmonia Havnia Hecuba Hekate
Hektor Helionape Helwerthia Herculina Hercynia Herluga Hermentaria Hermia Herodias Hersilia Hestia Hilaritas Hildburg
Hildrun Hippodamia Hohensteina Holda Holmia Hormuthia Huberta Huenna Hygiea Hypsipyle Ianthe Iclea Iduberga Iduna
Ilmatar Ilsewa Imhilde Ingwelde Interamnia Iolanda Iphigenia Irmintraud Isara Isberga Ismene Isolda Itha Jessonda
Jokaste Jubilatrix Juewa Justitia Juvisia Kalliope Kallisto Kalypso Kapteynia Kartvelia Kassandra Kastalia Kilia Klio
Klotho Klotilde Klymene Klytia Kolga Kordula Koronis Kovacia Kressida Kressmannia Kreusa Kriemhild Kundry Kunigunde
Kypria Kythera Lacadiera Lachesis Lacrimosa Laetitia Lalage Lamberta Lameia Lampetia Lanzia Laodica Latona Leonisis
Leukothea Liberatrix Libussa Lilaea Lindemannia Lioba Lipperta Liriope Lomia Loreley Lucina Lundia Luscinia Lutetia
Lysistrata Mabella Malzovia Mancunia Manto Marbachia Marghanna Maritima Marlu Marmulla Massalia Massinga Mathesis
Matterania Mattiaca Mauritia Mechthild Medea Megaira Melete Meliboea Mellena Melpomene Melusina Menippe Merxia
Metcalfia Metis Mocia Modestia Moguntia Monachia Monterosa Moultona Myrrha Naema Nansenia Nassovia Nauheima Nausikaa
Nemausa Nenetta Nephele Nephthys Nerthus Newcombia Ninina Niobe Nipponia Nolli Notburga Nuwa Nysa Ocllo Oenone Oppavia
Oriola Ornamenta Ortrud Ostara Ottegebe Otthild Painleva Palatia Pales Palisana Pamina Panopaea Papagena Pariana
Parthenope Parysatis Patientia Patroclus Peitho Penthesilea Peraga Persephone Petunia Phaedra Phaeo Phaetusa
Philagoria Philomela Philosophia Phocaea Phthia Piazzia Pickeringia Pierretta Polana Polyhymnia Polyxena Polyxo
Pompeja Praxedis Preziosa Priamus Probitas Prokne Proserpina Protogeneia Prudentia Prymno Pulcova Pyrrha Pythia
Ratisbona Recha Reginhild Repsolda Rezia Rhodope Rogeria Rotraut Sapientia Scheherezade Schlutia Scylla Seeligeria
Selinur Semele Semiramis Seppina Sibylla Sigelinde Sigune Simeisa Sirona Sisigambis Siwa Sophrosyne Stateira
Stereoskopia Sternberga Struveana Subamara Suevia Sulamitis Tabora Tanete Tanina Tauntonia Taurinensis Tauris Tekmessa
Tercidina Tergeste Thalia Thekla Theobalda Thetis Thisbe Thusnelda Thyra Timandra Tinette Tirza Tisiphone Tjilaki
Tolosa Tomyris Triberga Turandot Tyche Ulula Undina Urania Urda Urhixidur Vanadis Velleda Venusia Vibilia Vindobona
Vinifera Vundtia Walkure Walpurga Werdandi Weringia Whittemora Wisibada Wolfiana Wratislavia Xanthe Xanthippe Yrsa
Zachia Zahringia Zelia Zelima Zelinda Zenobia Zerbinetta Zerlina Zeuxo Zubaida Zwetana
"""
CODENAMES: tuple[str, ...] = tuple(_LISTED.split())


class NoCodenameLeft(Exception):
    """Every name of the list is taken; the message says what to do."""


def label(name: str, policy: FeedbackPolicy) -> str:
    """The label of a codename, "customer-ceraskia"; "" for none."""
    word = name.strip().casefold()
    return f"{policy.codename_prefix}{word}" if word else ""


def pick(
    used: Iterable[str], accounts: Iterable[str], draw: Callable[[Sequence[str]], str], people: Iterable[str] = ()
) -> str:
    """A codename that nobody has. Raises NoCodenameLeft.

    used      codenames that were given, and the labels of the repositories: "Ceraskia", "prospect-ceraskia"
    accounts  names of customers and prospects: none of them holds the codename or is in it
    people    their people: none is called so
    draw      one of several, at random: who knows the list must not guess the order
    """
    taken = {word for text in used for word in _words(text)}
    taken |= {word for name in people for word in _words(name)}
    names = ["".join(_words(name)) for name in accounts]
    inside = {name for name in names if len(name) >= _SHORTEST}
    held = "\n".join(names)
    free = [one for one in CODENAMES if one.casefold() not in taken and not _resembles(one.casefold(), held, inside)]
    if not free:
        raise NoCodenameLeft(
            f"All {len(CODENAMES)} codenames are taken or resemble an account: add named minor planets to "
            "tasks/rules/codenames.py, or delete labels of customers who left"
        )
    return draw(free)


def _resembles(codename: str, held: str, inside: set[str]) -> bool:
    """Whether the codename is in one of the names (`held`, one a line) or one of those `inside` it."""
    starts = range(len(codename) - _SHORTEST + 1)
    parts = {codename[start:end] for start in starts for end in range(start + _SHORTEST, len(codename) + 1)}
    return codename in held or not parts.isdisjoint(inside)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
