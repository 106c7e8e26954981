"""On whose clock a person lives, as far as their record tells."""

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from tasks.rules.place_zones import COUNTRIES, PROVINCES, STATES
from tasks.rules.places import is_zone, zones_of

BERLIN, NEW_YORK, CHICAGO = "Europe/Berlin", "America/New_York", "America/Chicago"
LOS_ANGELES, DENVER, TORONTO = "America/Los_Angeles", "America/Denver", "America/Toronto"


def people(*rows: tuple[str | None, str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["country", "state", "zone"]).astype("str")


@pytest.mark.parametrize(
    ("country", "state", "zone", "clocks"),
    [
        ("Germany", None, None, (BERLIN,)),
        ("DE", None, None, (BERLIN,)),
        (" germany ", "Bayern", None, (BERLIN,)),
        ("United Kingdom", None, None, ("Europe/London",)),
        ("Côte d'Ivoire", None, None, ("Africa/Abidjan",)),
        ("Spain", None, None, ("Europe/Madrid", "Atlantic/Canary")),  # two clocks: both
        ("United States", "California", None, (LOS_ANGELES,)),
        ("U.S.A.", "CA", None, (LOS_ANGELES,)),
        ("us", "new  york", None, (NEW_YORK,)),
        ("US", "TX", None, (CHICAGO, DENVER)),  # El Paso is an hour behind
        ("US", "FL", None, (NEW_YORK, CHICAGO)),
        ("US", None, None, ()),  # anywhere between Maine and Hawaii
        ("US", "Bayern", None, ()),
        ("US", "ON", None, ()),  # of another country
        ("Canada", "ON", None, (TORONTO, "America/Winnipeg")),
        ("CA", "British Columbia", None, ("America/Vancouver", "America/Edmonton")),
        ("Canada", None, None, ()),
        (None, "CA", None, (LOS_ANGELES,)),  # who leaves out the country is at home
        (None, "Alberta", None, ("America/Edmonton",)),
        (None, "Georgia", None, (NEW_YORK,)),
        ("Georgia", None, None, ("Asia/Tbilisi",)),
        ("Brazil", None, None, ()),  # four clocks
        ("Atlantis", None, None, ()),
        ("Atlantis", "CA", None, ()),
        (None, None, None, ()),
        ("", "", "", ()),
        ("Germany", None, "Asia/Tokyo", ("Asia/Tokyo",)),  # the record knows better than the address
        ("Germany", None, " Asia/Tokyo ", ("Asia/Tokyo",)),
        ("Germany", None, "Middle-earth/Shire", (BERLIN,)),
        ("Germany", None, "America", (BERLIN,)),  # a folder of zones
        ("Germany", None, "../../etc/passwd", (BERLIN,)),
        ("Germany", None, "x" * 5_000, (BERLIN,)),
    ],
)
def test_clock(country: str | None, state: str | None, zone: str | None, clocks: tuple[str, ...]) -> None:
    assert zones_of(people((country, state, zone))).tolist() == [clocks]


def test_each_person_has_their_own_and_rows_keep_their_labels() -> None:
    rows = people(("DE", None, None), (None, None, None), ("DE", None, None)).set_axis([7, 3, 5])
    assert zones_of(rows).to_dict() == {7: (BERLIN,), 3: (), 5: (BERLIN,)}


def test_nobody() -> None:
    assert zones_of(people()).empty


def test_every_clock_in_the_lists_exists() -> None:
    lines = [line for table in (COUNTRIES, STATES, PROVINCES) for line in table.strip().splitlines()]
    zones = {zone for line in lines for zone in line.split(": ")[0].split("|")}
    assert {zone for zone in zones if not is_zone(zone)} == set()
    assert ZoneInfo(BERLIN)


@pytest.mark.parametrize("table", [COUNTRIES, STATES, PROVINCES], ids=["countries", "states", "provinces"])
def test_no_name_stands_for_two_places(table: str) -> None:
    names = [name.strip().lower() for line in table.strip().splitlines() for name in line.split(": ")[1].split(",")]
    assert sorted(names) == sorted(set(names))


def test_all_states_and_provinces_are_there() -> None:
    assert len(STATES.strip().splitlines()) == 50 + 2  # with Washington DC and Puerto Rico
    assert len(PROVINCES.strip().splitlines()) == 10 + 3
