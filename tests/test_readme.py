"""What the README and .env.example say is so: commands, links, settings, rituals, permissions and scopes."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import yaml
from pydantic import SecretStr

from deployments.manifest import entries, flow_at
from deployments.slack_app import COMMAND
from tasks import salesforce_checked_queries, salesforce_structure_asking, salesforce_structure_queries
from tasks.rules.activity_findings import Window
from tasks.rules.expected import OBJECTS as OBJECTS_CHECKED
from tasks.salesforce_activity_queries import Missing, first_look, the_rest, touched
from tasks.salesforce_left import left_reads
from tasks.salesforce_queries import Read, changes, events_of, mail_of, meetings, overview, tasks_of, wholesale
from tasks.settings import Settings
from tests.company import settings_from

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
REQUIRED = {
    "RITUALS_SALESFORCE_URL": "https://acme.my.salesforce.com",
    "RITUALS_SALESFORCE_CLIENT_ID": "id",
    "RITUALS_SALESFORCE_CLIENT_SECRET": "secret",
    "RITUALS_SLACK_TOKEN": "token",
    "RITUALS_SLACK_CHANNEL": "C1",
}
SCOPES = {  # Slack's method reference
    "auth_test": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "apps_connections_open": set(),  # with an app-level token
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read", "im:read"},
    "conversations_members": {"channels:read", "groups:read", "im:read"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "files_upload_v2": {"files:write"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_update": set(),
}
COMMANDS = "commands"  # to be told of a slash command


def section(title: str) -> str:
    """The README below a heading, up to the next heading of any level."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section {title!r}"
    return found[1]


def rows(title: str) -> list[list[str]]:
    """The cells of the table in a section, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def coded(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)", README))))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m (deployments[\w.]*)", README))))
def test_every_module_that_is_run_exists(module: str) -> None:
    assert find_spec(module)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"(?:\]\(|src=\")(?!https?:|#)([^)\"#]+)", README))))
def test_every_relative_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("anchor", sorted(set(re.findall(r"\]\(#([^)]+)\)", README))))
def test_every_link_within_leads_to_a_heading(anchor: str) -> None:
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("picture", sorted((ROOT / "docs").iterdir()), ids=lambda path: path.name)
def test_every_picture_is_shown_and_small(picture: Path) -> None:
    assert f"docs/{picture.name}" in README
    assert picture.stat().st_size < 300_000


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["entrypoint"])
def test_every_deployed_flow_is_in_the_table_of_rituals_with_its_line(entry: dict[str, Any]) -> None:
    name = f"{flow_at(entry['entrypoint']).name}/{entry['name']}"
    (row,) = [row for row in rows("Rituals") if f"`{name}`" in row]
    assert re.search(r"L\d+", row[-1])
    assert row[-1] in entry["description"]


def test_no_ritual_is_promised() -> None:
    assert len(rows("Rituals")) == len(entries())


def settings_and_defaults() -> dict[str, str]:
    """Every setting with its default as it is written in an .env; "required", or empty for none."""
    found: dict[str, str] = {}
    for name, info in Settings.model_fields.items():
        value = info.get_default(call_default_factory=True)
        if is_dataclass(value):
            found |= {f"RITUALS_{name}__{f.name}".upper(): written(getattr(value, f.name)) for f in fields(value)}
        else:
            found[f"RITUALS_{name}".upper()] = "required" if info.is_required() else written(value)
    return found


def written(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, frozenset):
        return json.dumps(sorted(value))
    return json.dumps(value) if isinstance(value, (dict, tuple)) else "" if value is None else str(value)


def test_the_table_of_settings_is_complete_and_gives_the_defaults() -> None:
    told = {coded(name)[0]: (coded(default) or [default])[0] for name, _, default in rows("Settings")}

    assert told == {name.removeprefix("RITUALS_"): default for name, default in settings_and_defaults().items()}


def test_every_setting_is_in_the_example_and_the_reverse() -> None:
    named = re.findall(r"^(?:# )?(RITUALS_\w+)=", EXAMPLE, re.MULTILINE)

    assert sorted(named) == sorted(settings_and_defaults())


def test_what_the_example_proposes_is_the_default() -> None:
    offered = dict(re.findall(r"^# (RITUALS_\w+)=(.+)$", EXAMPLE, re.MULTILINE))

    assert settings_from({**REQUIRED, **offered}) == settings_from(REQUIRED)


OBJECTS = {
    "Account": "Account", "Owner": "User", "Manager": "User", "UserRole": "UserRole", "Contact": "Contact",
    "Who": "Contact", "Profile": "Profile",
}  # fmt: skip


def asked_of(soql: str, where: str = "") -> Iterator[str]:
    """`Object.Field` for each field that a query selects or compares; a sub-select asks of its own object."""
    text = re.sub(r"'[^']*'|\d{4}-\d\d-\d\d(T[\d:.+-]+Z?)?", "", soql)
    text = re.sub(r"\([\s,]*\)", "", text)
    while found := re.search(r"\(\s*(SELECT [^()]*)\)", text):
        yield from asked_of(found[1])
        text = text.replace(found[0], "")
    name = re.search(r" FROM (\w+)", text)
    sobject = name[1] if name else where
    plain = re.sub(r" FROM \w+|\b(MAX|COUNT)\((\w+)\) \w+", r" \2", text)
    for path in re.findall(r"[A-Z]\w+(?:\.\w+)*", re.sub(r"\b[A-Z]+\b", "", plain)):
        *through, field = path.split(".")
        yield f"{OBJECTS.get(through[-1], through[-1]) if through else sobject}.{field}"


def pipeline_reads() -> list[Read]:
    settings = settings_from(
        {**REQUIRED, "RITUALS_TOUCHES__IGNORED_USERS": '["005000000000001"]', "RITUALS_SLACK_CUSTOMER_CHANNELS": "{}"}
    )
    until = datetime(2026, 11, 23, 7, 28, tzinfo=ZoneInfo("America/Los_Angeles"))
    deals = pd.DataFrame({"id": ["006000000000001", "006000000000002"], "account_id": ["001000000000001", None]})
    roles = pd.DataFrame(
        {
            "opportunity_id": ["006000000000001"],
            "contact_id": ["003000000000001"],
            "contact_account_id": ["001000000000009"],
        }
    )
    detailed = [*tasks_of(until, deals, roles), *events_of(deals, roles, meetings(until)), *mail_of(until, deals)]
    detailed += [changes(settings.pipeline, until), *left_reads(settings, ["006000000000001"])]
    return [*overview(settings, until), *detailed, *wholesale(settings, until)]


def activity_reads() -> list[Read]:
    everything = {
        "RITUALS_REPS__ROLES": '["SDR"]', "RITUALS_REPS__PROFILES": '["Standard User"]',
        "RITUALS_REPS__USERS": '["005000000000001"]', "RITUALS_COACHING__MANAGER": "005000000000002",
        "RITUALS_ACTIVITY__CAPTURE_ADDRESSES": '["in.example"]',
    }  # fmt: skip
    settings = settings_from({**REQUIRED, **everything})
    until = datetime(2026, 11, 23, 7, 28, tzinfo=ZoneInfo("America/Los_Angeles"))
    window = Window(until, 30, "America/Los_Angeles")
    missing = Missing(("003000000000001",), ("00Q000000000001",), ("001000000000001",), ("doe@acme.example",))
    return [*first_look(settings, window), *touched(settings, window), *the_rest(settings, missing, 450)]


@pytest.mark.parametrize(
    ("title", "reads"),
    [
        ("Salesforce permissions", pipeline_reads),
        ("Salesforce permissions to review activity", activity_reads),
    ],
)
def test_the_permission_list_is_what_is_read_and_no_more(title: str, reads: Callable[[], list[Read]]) -> None:
    asked = {name for read in reads() for name in asked_of(read.text)}
    told = {f"{coded(sobject)[0]}.{field}" for sobject, listed, _ in rows(title) for field in coded(listed)}

    assert told == asked


def test_the_permissions_to_check_salesforce_name_every_object_that_is_asked() -> None:
    sources = [salesforce_checked_queries, salesforce_structure_queries, salesforce_structure_asking]
    texts = [Path(str(source.__file__)).read_text(encoding="utf-8") for source in sources]
    asked = {name for text in texts for name in re.findall(r"\bFROM ([A-Z]\w+)", text)}
    asked |= {ask.sobject for ask in (*salesforce_checked_queries.sums(), *salesforce_checked_queries.notes())}
    asked |= {ask.sobject for ask in salesforce_checked_queries.links_of(["069000000000001"])}

    told = {name for row in rows("Salesforce permissions to check Salesforce") for name in coded(row[1])}

    assert told == {*asked, "Layout", *OBJECTS_CHECKED}


def test_the_slack_scopes_are_those_of_the_methods_called() -> None:
    files = [*(ROOT / "tasks").glob("slack*.py"), *(ROOT / "deployments").glob("*slack*.py")]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in files)
    families = "admin|apps|auth|chat|conversations|files|reactions|users|views"
    called = set(re.findall(rf"\b((?:{families})_(?!select)\w+)\b", sources))

    assert called == set(SCOPES)
    assert {coded(row[0])[0] for row in rows("Slack scopes")} == {COMMANDS}.union(*SCOPES.values())


def test_the_slack_app_of_the_manifest_may_do_that_and_listens_without_an_address() -> None:
    manifest = yaml.safe_load((ROOT / "deployments" / "slack_manifest.yaml").read_text(encoding="utf-8"))

    assert {coded(row[0])[0] for row in rows("Slack scopes")} == set(manifest["oauth_config"]["scopes"]["bot"])
    assert [one["command"] for one in manifest["features"]["slash_commands"]] == [COMMAND]
    assert manifest["settings"]["socket_mode_enabled"]
    assert manifest["settings"]["interactivity"] == {"is_enabled": True}
