"""What the rituals that are installed ask of Salesforce, by the queries themselves, each for one row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from tasks.rules.activity_findings import Window
from tasks.salesforce_account_queries import named
from tasks.salesforce_activity_queries import Missing, first_look, the_rest, touched
from tasks.salesforce_customer_queries import customers, names
from tasks.salesforce_left import left_reads
from tasks.salesforce_queries import Read, changes, events_of, mail_of, meetings, overview, tasks_of
from tasks.settings import Settings

# Well-formed ids that no record has: what is asked for is what matters, not what is found.
_ACCOUNT, _DEAL, _CONTACT, _LEAD = (f"{prefix}000000000000" for prefix in ("001", "006", "003", "00Q"))
_LIMIT = re.compile(r" LIMIT \d+$")
_UNREADABLE = re.compile(r"No such column '([\w.]+)'")


@dataclass(frozen=True)
class Asked:
    """One query of a ritual: its SOQL for one row, and what to ask an org that refuses it for its sub-selects, ""
    where there is none."""

    ritual: str
    soql: str
    plainer: str = ""

    @property
    def sobject(self) -> str:
        """What it asks for."""
        found = re.search(r" FROM (\w+)", self.soql)
        return found[1] if found else ""

    def without(self, field: str) -> "Asked | None":
        """The query without this field in what it selects; None where it is not selected, or nothing else is."""
        before, _, after = self.soql.partition(" FROM ")
        kept = [name for name in before.removeprefix("SELECT ").split(", ") if name.rpartition(".")[2] != field]
        changed = " FROM ".join([f"SELECT {', '.join(kept)}", after])
        return Asked(self.ritual, changed, "") if kept and changed != self.soql else None


def asked(settings: Settings, now: datetime) -> Iterator[Asked]:
    """The queries of every ritual that is configured; `now` is aware, in the office's zone."""
    for ritual, reads in _reads(settings, now).items():
        seen = set[str]()
        for read in reads:
            one = Asked(ritual, _one_row(read.text), _plainer(read))
            if one.soql not in seen:
                yield one
            seen.add(one.soql)


def unreadable(message: str) -> str:
    """The field that a refusal names; "" where it names none."""
    found = _UNREADABLE.search(message)
    return found[1] if found else ""


def _reads(settings: Settings, now: datetime) -> dict[str, list[Read]]:
    reads = {"pipeline review": _pipeline(settings, now)}
    if settings.reps.roles or settings.reps.profiles or settings.reps.users:
        window = Window(now, settings.activity.window_days, settings.pipeline.time_zone)
        missing = Missing((_CONTACT,), (_LEAD,), (_ACCOUNT,), ("nobody@example.com",))
        reads["activity review"] = [
            *first_look(settings, window), *touched(settings, window), *the_rest(settings, missing, 1)
        ]  # fmt: skip
    if settings.slack_customer_channels:
        ends = settings.salesforce_subscription_end_field
        reads["feedback sweep"] = [*customers(settings, [_ACCOUNT], ends), *names(settings, [_ACCOUNT]), named("x")]
    return reads


def _pipeline(settings: Settings, now: datetime) -> list[Read]:
    deals = pd.DataFrame({"id": [_DEAL, _DEAL], "account_id": [_ACCOUNT, None]})
    roles = pd.DataFrame({"opportunity_id": [_DEAL], "contact_id": [_CONTACT], "contact_account_id": ["001"]})
    until = now - timedelta(days=1)
    return [
        *overview(settings, until),
        *tasks_of(until, deals, roles),
        *events_of(deals, roles, meetings(until)),
        *mail_of(until, deals),
        changes(settings.pipeline, until),
        *left_reads(settings, [_DEAL]),
    ]


def _plainer(read: Read) -> str:
    """As the rituals ask an org that refuses the sub-select."""
    instead = replace(read, soql=read.plainer or read.soql)
    if instead.semi_joined:
        [instead] = instead.by_ids([_DEAL])
    return _one_row(instead.text) if instead.text != read.text else ""


def _one_row(soql: str) -> str:
    return f"{_LIMIT.sub('', soql)} LIMIT 1"
