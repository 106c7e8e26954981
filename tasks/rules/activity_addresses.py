"""Whose address it is that a mail came from or went to. Addresses are compared without case.

A mail's receivers are one text, "a@x.com; b@y.com". A million mails hold far fewer different texts: each is taken apart
once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

_SEPARATORS = "[;,]"  # Salesforce writes "; ", what integrations write is a comma


def looked_up(keys: pd.Series, table: pd.Series) -> pd.Series:
    """The value of `table` (a Series of text by unique labels) for each key; missing where the table has none."""
    known = table[table.index.notna()]
    values = known.array.take(known.index.get_indexer(pd.Index(keys)), allow_fill=True)
    return pd.Series(values, index=keys.index, dtype="str")


def by_id(rows: pd.DataFrame, column: str) -> pd.Series:
    """One column of a frame by its `id`, as a table for `looked_up`; of a record that is there twice the first."""
    return rows.drop_duplicates("id").set_index("id")[column].astype("str")


def ids_by_address(rows: pd.DataFrame) -> pd.Series:
    """The `id` of each row by its `email`. An address of two goes to the first in the order of the rows."""
    addresses = folded(rows["email"])
    known = pd.Series(rows["id"].array, index=pd.Index(addresses.array), dtype="str")
    known = known[known.index.notna() & (known.index != "")]
    return known[~known.index.duplicated()]


def folded(addresses: pd.Series) -> pd.Series:
    """Each address alone and in small letters: "J. Doe <J@X.com>" is "j@x.com"."""
    plain = addresses.astype("str").str.strip().str.lower()
    named = plain.str.contains("<", regex=False).fillna(value=False).astype(bool)
    if named.any():
        within = plain[named].str.extract("<([^<>]*)>", expand=False).str.strip()
        plain = plain.mask(named, within.astype("str"))
    return plain


def domains(addresses: pd.Series) -> pd.Series:
    """What follows the "@" of folded addresses; missing where there is none."""
    return addresses.str.extract("@([^@]+)$", expand=False).astype("str")


def senders(texts: pd.Series) -> pd.Series:
    """The folded address of each sender."""
    codes, different = pd.factorize(texts)
    plain = folded(pd.Series(different, dtype="str"))
    return pd.Series(plain.array.take(codes, allow_fill=True), index=texts.index, dtype="str")


@dataclass(frozen=True)
class Receivers:
    """`text`: the number of each mail's text, -1 for none. `listed`: text and address, a row an address, in order."""

    text: pd.Series
    listed: pd.DataFrame

    def first(self, ids: pd.Series) -> pd.Series:
        """The id of the first receiver of each mail that is known; `ids` as of `ids_by_address`."""
        known = self._known(ids).drop_duplicates("text").set_index("text")["id"]
        return looked_up(self.text, known)

    def others(self, ids: pd.Series, person: pd.Series) -> pd.Series:
        """Of each mail to several, the ids of the known receivers beside `person`, "a; b"; missing where none is."""
        known = self._known(ids).drop_duplicates(["text", "id"])
        several = known[known["text"].duplicated(keep=False)]
        rows = self.text[self.text.isin(several["text"])].rename("text").rename_axis("row").reset_index()
        pairs = rows.merge(several, on="text").assign(person=lambda found: person.loc[found["row"]].array)
        beside = pairs.loc[pairs["id"].ne(pairs["person"]), ["row", "id"]]
        beside["place"] = beside.groupby("row").cumcount()
        found = pd.Series(None, index=self.text.index, dtype="str")
        for place, part in beside.groupby("place"):  # as many as the longest list has names
            ids_there = part["id"].set_axis(part["row"])
            found.loc[part["row"]] = ids_there if place == 0 else found.loc[part["row"]] + "; " + ids_there
        return found

    def all_at(self, ours: Iterable[str]) -> pd.Series:
        """Whether each mail has receivers and all of them have an address at one of these domains (a mask)."""
        at = domains(self.listed["address"])
        inside = at.isin(list(ours))[at.notna()].groupby(self.listed["text"]).all()
        return self.text.isin(inside.index[inside.to_numpy(dtype=bool)])

    def any_in(self, signs: frozenset[str]) -> pd.Series:
        """Whether one of each mail's receivers is among `signs`: addresses, or domains with or without "@" (a mask)."""
        wanted = {sign.strip().casefold().removeprefix("@") for sign in signs}
        address = self.listed["address"]
        found = self.listed.loc[address.isin(wanted) | domains(address).isin(wanted), "text"]
        return self.text.isin(found)

    def _known(self, ids: pd.Series) -> pd.DataFrame:
        return self.listed.assign(id=looked_up(self.listed["address"], ids)).dropna(subset="id")


def receivers(texts: pd.Series) -> Receivers:
    """The addresses within each text."""
    codes, different = pd.factorize(texts)
    parts = pd.Series(different, dtype="str").str.split(_SEPARATORS, regex=True).explode()
    listed = parts.astype("str").rename("address").rename_axis("text").reset_index()
    listed["address"] = folded(listed["address"])
    return Receivers(pd.Series(codes, index=texts.index), listed)
