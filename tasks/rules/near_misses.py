"""What may have been meant by a label that is not there. Pure."""

from collections.abc import Iterable
from difflib import get_close_matches

from tasks.rules.judging import quoted
from tasks.rules.labels import plain

_ALIKE = 0.8  # "License key" and "Licence Key" are 0.91 alike, billing and shipping addresses 0.77


def near(label: str, *places: Iterable[str], but: Iterable[str] = ()) -> str:
    """ "found “Licence Key”: renamed?" for the label most like it in the first of the places that has one; "" for none.

    It is never the same label, nor one of those in `but`, which are asked for themselves.
    """
    taken = {plain(label), *map(plain, but)}
    for place in places:
        candidates = {plain(other): other for other in sorted(place, reverse=True) if plain(other) not in taken}
        if close := get_close_matches(plain(label), sorted(candidates), n=1, cutoff=_ALIKE):
            return f"found {quoted(candidates[close[0]])}: renamed?"
    return ""
