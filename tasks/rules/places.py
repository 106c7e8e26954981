"""On whose clock a person lives: from the zone that Salesforce records, else from country and state."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from tasks.rules.place_zones import COUNTRIES, PROVINCES, STATES

Zones = tuple[str, ...]

_UNITED_STATES = frozenset({"us", "usa", "united states", "united states of america", "america"})
_CANADA = frozenset({"ca", "can", "canada"})
_PLACE = ["zone", "country", "state"]


def zones_of(people: pd.DataFrame) -> pd.Series:
    """The clocks by which each person may live: a tuple of IANA names, empty where nothing tells.

    `people` has zone, country and state (text, missing where unknown). A zone that exists is believed; else the place
    decides. Where a state or country has two clocks both are given: a time is outside someone's working day only if it
    is on all of them. A country with many clocks and no state tells nothing, nor does a city: names come twice.
    """
    places = people[_PLACE].astype("str").fillna("")
    # People come by the hundred thousand, places by the hundred.
    found = {place: _zones(*place) for place in places.drop_duplicates().itertuples(index=False, name=None)}
    listed = [found[place] for place in places.itertuples(index=False, name=None)]
    return pd.Series(listed, index=people.index, dtype=object)


def is_zone(name: str) -> bool:
    """Whether there is such a time zone. Takes any text."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "America" is a folder of them
        return False
    return True


def _zones(zone: str, country: str, state: str) -> Zones:
    zone = zone.strip()
    if zone and is_zone(zone):
        return (zone,)
    nation, part = _plain(country), _plain(state)
    if nation in _UNITED_STATES:
        return _states().get(part, ())
    if nation in _CANADA:
        return _provinces().get(part, ())
    # No code of a state is that of a province, so a state alone is enough; an unknown country is not.
    return _countries().get(nation, ()) if nation else _states().get(part, _provinces().get(part, ()))


def _plain(text: str) -> str:
    return " ".join(text.replace(".", "").casefold().split())


@cache
def _countries() -> Mapping[str, Zones]:
    return _table(COUNTRIES)


@cache
def _states() -> Mapping[str, Zones]:
    return _table(STATES)


@cache
def _provinces() -> Mapping[str, Zones]:
    return _table(PROVINCES)


def _table(text: str) -> dict[str, Zones]:
    lines = [line.split(": ", 1) for line in text.strip().splitlines()]
    return {_plain(name): tuple(zones.split("|")) for zones, names in lines for name in names.split(",")}
