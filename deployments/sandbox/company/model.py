"""A company as data: its Salesforce rows and its Slack, ready to be put into the sandbox."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deployments.sandbox.salesforce.schema import Catalogue
from deployments.sandbox.slack.seed import SlackSeed


@dataclass(frozen=True)
class Table:
    """Rows of one sObject; `rows` may be a generator and is read once. Values as `schema.py` says they are stored."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[object, ...]]


@dataclass(frozen=True)
class Company:
    """All a sandbox starts from; `tables` by sObject name, in an order in which parents come first.

    `settings` are what its RevOps would have put into the `.env`, beside the addresses: name and value.
    """

    catalogue: Catalogue
    tables: Mapping[str, Table]
    slack: SlackSeed
    settings: Mapping[str, str] = field(default_factory=dict)
