"""Asks the small org of org.py."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from deployments.sandbox.salesforce.soql.errors import SoqlError
from deployments.sandbox.salesforce.soql.run import query
from deployments.sandbox.salesforce.store import Store

from .org import CATALOGUE, NOW, ROWS

Ask = Callable[..., list[dict[str, Any]]]
Refusal = Callable[[str], SoqlError]


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    built = Store(CATALOGUE, lambda: NOW)
    for sobject, (columns, rows) in ROWS.items():
        built.insert_many(sobject, columns.split(), rows)
    yield built
    built.close()


@pytest.fixture(scope="session")
def ask(store: Store) -> Ask:
    """The records of a query, without their attributes."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k != "attributes"}
        return [bare(v) for v in value] if isinstance(value, list) else value

    def records(soql: str, **options: Any) -> list[dict[str, Any]]:
        return [bare(r) for r in query(store, soql, **options).records]

    return records


@pytest.fixture(scope="session")
def refusal(store: Store) -> Refusal:
    """The error that a query is refused with."""

    def error(soql: str) -> SoqlError:
        with pytest.raises(SoqlError) as caught:
            query(store, soql)
        return caught.value

    return error
