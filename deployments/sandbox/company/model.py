"""A company as data: its Salesforce rows, its Slack, GitHub and Zendesk, ready to be put into the sandbox."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deployments.sandbox.github.seed import GithubSeed
from deployments.sandbox.salesforce.schema import Catalogue
from deployments.sandbox.salesforce.structure import Structure
from deployments.sandbox.slack.seed import SlackSeed
from deployments.sandbox.zendesk.seed import ZendeskSeed


@dataclass(frozen=True)
class Table:
    """Rows of one sObject; `rows` may be a generator and is read once. Values as `schema.py` says they are stored."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[object, ...]]


@dataclass(frozen=True)
class Company:
    """All a sandbox starts from; `tables` by sObject name, in an order in which parents come first.

    `settings` are what its RevOps would have put into the `.env`, beside the addresses: name and value.
    `structure` is how it all looks to its users. Neither it nor `github` nor `zendesk` is in the files that `dump`
    writes, so they are no part of what makes two companies equal.
    `remarks` name the files of the structure that could not be read, and why.
    """

    catalogue: Catalogue
    tables: Mapping[str, Table]
    slack: SlackSeed
    settings: Mapping[str, str] = field(default_factory=dict)
    structure: Structure = field(default_factory=Structure, compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)
    github: GithubSeed = field(default_factory=GithubSeed, compare=False)
    zendesk: ZendeskSeed = field(default_factory=ZendeskSeed, compare=False)
