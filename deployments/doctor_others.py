"""The doors to GitHub, Zendesk and the ledger."""

import stat
from collections.abc import Iterator
from pathlib import Path

from github import Github
from sqlalchemy import false, update

from deployments.doctor_lines import Line, off, ok, warn, wrong
from tasks.clients import Refused
from tasks.github import EVERYBODY, ONLY_US, Readers
from tasks.github_door import github, in_words
from tasks.ledger import ledger
from tasks.ledger_address import address, called, is_sqlite
from tasks.ledger_tables import EffectRow
from tasks.settings import Settings
from tasks.zendesk_door import door

GITHUB, ZENDESK, LEDGER = "GitHub", "Zendesk", "ledger"


def github_lines(settings: Settings) -> Iterator[Line]:
    """Whether both repositories are there, read by whom they should be, and open to the token."""
    if settings.github_token is None:
        yield off(GITHUB, "filing issues; RITUALS_GITHUB_TOKEN is missing")
        return
    client = github(settings)
    for name, readers in (
        (settings.validation.private_repository, ONLY_US),
        (settings.feedback.public_repository, EVERYBODY),
    ):
        if name:
            yield from _repository(client, name, readers)
        else:
            yield off(GITHUB, f"the {readers.kind} repository; {readers.setting} is empty")


def _repository(client: Github, name: str, readers: Readers) -> Iterator[Line]:
    try:
        with in_words(name, readers.setting):
            found = client.get_repo(name)
            found.complete()
            scopes = found.raw_headers.get("x-oauth-scopes")
            issues = found.has_issues
            found.get_issues(state="all").get_page(0)
    except Refused as error:
        yield wrong(GITHUB, error)
        return
    if found.private is readers.everybody:
        yield wrong(GITHUB, f"{name} is not {readers.kind}: name a {readers.kind} repository in {readers.setting}.")
    elif not issues:
        yield wrong(GITHUB, f"{name} has its issues switched off: switch them on in its settings.")
    else:
        yield ok(GITHUB, f"{name} is {readers.kind}, and its issues can be read")
    if scopes:  # only classic tokens have scopes
        yield warn(GITHUB, f"the token is a classic one ({scopes}) for all repositories: use a fine-grained one.")


def zendesk_lines(settings: Settings) -> Iterator[Line]:
    """Whether the agent may list tickets."""
    if settings.zendesk_url is None:
        yield off(ZENDESK, "tickets for closed hours; RITUALS_ZENDESK_URL is empty")
        return
    opened = door(settings)
    with opened.client:
        tickets = opened.get("tickets.json", **{"page[size]": "1"}).get("tickets")
    if isinstance(tickets, list):
        yield ok(ZENDESK, "logged in, and tickets can be listed")
    else:
        yield wrong(ZENDESK, "it answers without tickets: check RITUALS_ZENDESK_URL.")


def ledger_lines(settings: Settings) -> Iterator[Line]:
    """Whether the tables are there, of this release's revision, and may be written. Changes nothing."""
    where = address(settings.ledger_url.get_secret_value())
    with ledger(settings, "doctor") as memory, memory.session("doctor") as session:
        session.execute(update(EffectRow).where(false()).values(reason=""))
    yield ok(LEDGER, f"{called(where)} has its tables and can be written")
    if not is_sqlite(where):
        return
    yield warn(LEDGER, "a SQLite file serves one worker on one machine: use PostgreSQL for more.")
    if Path(str(where.database)).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield wrong(LEDGER, f"others may read {called(where)}, which holds Salesforce data: chmod 600 it.")
