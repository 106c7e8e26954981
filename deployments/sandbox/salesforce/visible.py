"""The store as a user sees it who may not see all of Setup."""

import sqlite3
from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from deployments.sandbox.salesforce.schema import Catalogue
from deployments.sandbox.salesforce.store import Store


class Visible:
    """What SOQL needs of a store, without the objects of these names: they count as unknown."""

    def __init__(self, store: Store, hidden: Collection[str]) -> None:
        self._store = store
        objects = store.catalogue.objects
        known = Catalogue(tuple(o for o in objects if o.name not in hidden)) if hidden else store.catalogue
        self.catalogue = known

    @property
    def connection(self) -> sqlite3.Connection:
        return self._store.connection

    @property
    def lock(self) -> AbstractContextManager[Any]:
        return self._store.lock

    def now(self) -> datetime:
        """The store's clock."""
        return self._store.now()
