"""The open deals in partitions by owner, for a company whose activities do not fit one process. Pure.

What is said of a deal does not depend on its partition: see `pipeline_telling`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from tasks.rules.among import is_among

OWNERS = 450  # at most in a partition: their ids stand in its queries
_NAMED = 3


@dataclass(frozen=True)
class Partition:
    """All open deals of some owners; `number` of `of`, from 1.

    owners      their ids; none where the deals have no owner that is known
    names       of the owners, for a person
    deals       id, account_id, amount
    neighbours  id, account_id of the other owners' open deals on the same accounts
    """

    number: int
    of: int
    owners: tuple[str, ...]
    names: tuple[str, ...]
    deals: pd.DataFrame
    neighbours: pd.DataFrame

    @property
    def whose(self) -> str:
        """ "Tom Okafor, Ann Lee, Bo Lind and 14 more", for a sentence."""
        more = len(self.names) - _NAMED
        return ", ".join(self.names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def by_owner(opportunities: pd.DataFrame, most_deals: int) -> tuple[Partition, ...]:
    """The deals of `opportunities` (id, account_id, amount, owner_id, owner), each in one partition: owner by owner in
    the order of their ids, up to `most_deals`. An owner is never parted, so that one with more has a partition alone.
    """
    deals = opportunities.assign(owner_id=opportunities["owner_id"].fillna(""))
    groups = list(_grouped(deals["owner_id"].value_counts().sort_index(), most_deals))
    place = deals["owner_id"].map({owner: number for number, group in enumerate(groups) for owner in group})
    names = deals["owner"].fillna(deals["owner_id"]).replace("", "nobody").groupby(deals["owner_id"]).min()
    return tuple(
        Partition(
            number=number + 1,
            of=len(groups),
            owners=tuple(owner for owner in group if owner),
            names=tuple(names[owner] for owner in group),
            deals=deals.loc[place.eq(number), ["id", "account_id", "amount"]].reset_index(drop=True),
            neighbours=_neighbours(deals, place.eq(number)),
        )
        for number, group in enumerate(groups)
    )


def _grouped(counts: pd.Series, most_deals: int) -> Iterator[list[str]]:
    """The owners of each partition. `counts`: how many deals by owner."""
    group: list[str] = []
    held = 0
    for owner, count in counts.items():
        if group and (held + count > most_deals or len(group) == OWNERS):
            yield group
            group, held = [], 0
        group.append(str(owner))
        held += int(count)
    if group:
        yield group


def _neighbours(deals: pd.DataFrame, mine: pd.Series) -> pd.DataFrame:
    beside = ~mine & is_among(deals["account_id"], deals.loc[mine, "account_id"])
    return deals.loc[beside, ["id", "account_id"]].reset_index(drop=True)
