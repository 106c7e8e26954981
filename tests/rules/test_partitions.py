"""How open deals are parted by their owners: each once, no owner in two partitions, and who lives next door."""

import pandas as pd
import pytest

from tasks.rules.partitions import OWNERS, Partition, by_owner

from .builders import OPPORTUNITY, Row, deal, frame


def parted(deals: list[Row], most_deals: int) -> tuple[Partition, ...]:
    return by_owner(frame(deals, OPPORTUNITY), most_deals)


def of(owner: str | None, count: int) -> list[Row]:
    return [deal(f"{owner} {n}", owner_id=owner, owner=owner and owner.title()) for n in range(count)]


@pytest.mark.parametrize(
    ("most_deals", "owners"),
    [
        pytest.param(1, [("ann",), ("bob",), ("cem",)], id="more than that: an owner is never parted"),
        pytest.param(4, [("ann", "bob"), ("cem",)], id="as many as fit"),
        pytest.param(5, [("ann", "bob"), ("cem",)], id="not one too many"),
        pytest.param(6, [("ann", "bob", "cem")], id="exactly all"),
        pytest.param(100, [("ann", "bob", "cem")], id="all with room"),
    ],
)
def test_owners_are_put_together_up_to_so_many_deals(most_deals: int, owners: list[tuple[str, ...]]) -> None:
    deals = {"cem": 2, "ann": 3, "bob": 1}

    parts = parted([row for owner, count in deals.items() for row in of(owner, count)], most_deals)

    assert [part.owners for part in parts] == owners
    assert [(part.number, part.of) for part in parts] == [(n + 1, len(owners)) for n in range(len(owners))]
    assert [len(part.deals) for part in parts] == [sum(deals[owner] for owner in own) for own in owners]


def test_a_partition_has_no_more_owners_than_its_queries_can_name() -> None:
    parts = parted([deal(f"d{n}", owner_id=f"o{n:04}") for n in range(OWNERS + 1)], 10_000)

    assert [len(part.owners) for part in parts] == [OWNERS, 1]


@pytest.mark.parametrize("nobody", [None, ""])
def test_deals_without_an_owner_are_parted_too_and_name_no_owner(nobody: str | None) -> None:
    parts = parted([*of(nobody, 1), *of("ann", 1)], 1)

    assert [part.owners for part in parts] == [(), ("ann",)]
    assert [part.deals["id"].tolist() for part in parts] == [[f"{nobody} 0"], ["ann 0"]]
    assert parts[0].whose == "nobody"


def test_no_open_deal_is_no_partition() -> None:
    assert parted([], 5) == ()


def test_neighbours_are_the_deals_of_others_on_the_same_accounts() -> None:
    acme, nowhere = {"account_id": "acme"}, {"account_id": None}
    parts = parted(
        [
            deal("a1", owner_id="ann", **acme),
            deal("a2", owner_id="ann", **acme),
            deal("b1", owner_id="bob", **acme),
            deal("b2", owner_id="bob", account_id="hooli"),
            deal("a3", owner_id="ann", **nowhere),
            deal("b3", owner_id="bob", **nowhere),
        ],
        1,
    )

    assert [part.neighbours["id"].tolist() for part in parts] == [["b1"], ["a1", "a2"]]
    assert all(list(part.neighbours.columns) == ["id", "account_id"] for part in parts)


def test_only_ids_and_amounts_go_to_where_a_partition_is_read() -> None:
    [part] = parted(of("ann", 2), 5)

    assert list(part.deals.columns) == ["id", "account_id", "amount"]
    assert isinstance(part.deals.index, pd.RangeIndex)


@pytest.mark.parametrize(
    ("owners", "whose"),
    [
        (["ann"], "Ann"),
        (["ann", "bob", "cem"], "Ann, Bob, Cem"),
        (["ann", "bob", "cem", "dan", "eve"], "Ann, Bob, Cem and 2 more"),
    ],
)
def test_whose_deals_they_are_is_said_in_a_few_words(owners: list[str], whose: str) -> None:
    [part] = parted([row for owner in owners for row in of(owner, 1)], 10)

    assert part.whose == whose


def test_an_owner_whose_name_is_hidden_is_named_by_id() -> None:
    [part] = parted([deal("d", owner_id="005X", owner=None)], 10)

    assert part.whose == "005X"
