"""The automations of automations.yaml: what Prefect watches by itself. Read, compared with what there is, and kept."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any
from uuid import UUID

import yaml
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.automations import Automation, AutomationCore
from prefect.exceptions import ObjectNotFound
from pydantic import Field, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tasks.settings import Address, SettingsError

FILE = Path(__file__).with_name("automations.yaml")
PREFIX = "Revenue rituals: "  # of the names of all of ours
BLOCK = "revenue-rituals-alarms"
_BLOCK_TYPE = "webhook"
_IN_SLACK = "call-webhook"  # the action that needs the block
_UNSET = UUID(int=0)


class AlarmSettings(BaseSettings):
    """What only the set-up command needs; runs and workers do without."""

    model_config = SettingsConfigDict(env_prefix="RITUALS_", env_file=".env", extra="ignore", frozen=True)

    alarm_webhook: SecretStr = Field(
        default=SecretStr(""),
        description="Incoming webhook of the Slack app, https://hooks.slack.com/services/…, which Prefect itself calls",
    )


def alarm_webhook() -> str:
    """Where Prefect tells Slack by itself, a secret; "" for nowhere. From the environment, or from `.env` as all
    settings. Raises SettingsError for what is no safe address."""
    read = AlarmSettings(_env_file=os.environ.get("RITUALS_ENV_FILE", Path(".env")))
    url = read.alarm_webhook.get_secret_value()
    try:
        return TypeAdapter(Address).validate_python(url) if url else ""
    except ValidationError:
        raise SettingsError(
            "RITUALS_ALARM_WEBHOOK is wrong: the address of an incoming webhook, which begins with https://."
        ) from None


@dataclass(frozen=True)
class Kept:
    """One automation as it stands in Prefect beside the file.

    wanted    as the file has it; None where the file has it no longer
    found     those of its name, of which there should be one
    """

    name: str
    wanted: AutomationCore | None
    found: tuple[Automation, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether Prefect has it once and as the file does. Whether it is paused is left to people."""
        return self.wanted is not None and len(self.found) == 1 and _plain(self.found[0]) == _plain(self.wanted)


def automations(ui: str, alarms: UUID | None, file: Path = FILE) -> tuple[AutomationCore, ...]:
    """Those of the file. `ui` is Prefect's address for people, `alarms` the block with the webhook; without one, those
    that tell Slack are left out. Raises pydantic's ValidationError for what Prefect would not take."""
    text = Template(file.read_text(encoding="utf-8")).substitute(ui=ui.rstrip("/"), alarms=alarms or _UNSET)
    read = [AutomationCore.model_validate(one) for one in yaml.safe_load(text)["automations"]]
    return tuple(one for one in read if alarms or not tells_slack(one))


def tells_slack(automation: AutomationCore) -> bool:
    """Whether it needs the webhook."""
    return any(action.type == _IN_SLACK for action in automation.actions)


def compared(client: SyncPrefectClient, wanted: tuple[AutomationCore, ...]) -> Iterator[Kept]:
    """Each of `wanted`, and each of ours that is not among them any more."""
    ours = [one for one in client.read_automations() if one.name.startswith(PREFIX)]
    for one in wanted:
        yield Kept(one.name, one, tuple(found for found in ours if found.name == one.name))
    for name in sorted({one.name for one in ours} - {one.name for one in wanted}):
        yield Kept(name, None, tuple(found for found in ours if found.name == name))


def keep(client: SyncPrefectClient, kept: Kept) -> None:
    """Make Prefect have it once, as the file does: what is armed stays armed where nothing differs. One that was paused
    stays paused."""
    if kept.is_right:
        return
    if kept.wanted is None or not kept.found:
        drop(client, kept)
        if kept.wanted is not None:
            client.create_automation(kept.wanted)
        return
    first, *more = kept.found
    for other in more:
        client.delete_automation(other.id)
    if _plain(first) != _plain(kept.wanted):
        client.update_automation(first.id, kept.wanted.model_copy(update={"enabled": first.enabled}))


def drop(client: SyncPrefectClient, kept: Kept) -> None:
    """Remove every automation of that name."""
    for one in kept.found:
        client.delete_automation(one.id)


def alarm_block(client: SyncPrefectClient) -> tuple[UUID | None, str]:
    """The block's id and the address in it; None and "" where there is none. The address is a secret."""
    try:
        found = client.read_block_document_by_name(BLOCK, _BLOCK_TYPE, include_secrets=True)
    except ObjectNotFound:
        return None, ""
    return found.id, str(found.data.get("url", ""))


def keep_alarm_block(url: str) -> UUID:
    """Put the webhook into Prefect; the block's id."""
    return UUID(str(Webhook(method="POST", url=SecretStr(url)).save(BLOCK, overwrite=True)))


def _plain(automation: AutomationCore) -> Any:
    """What makes it what it is: neither its id, nor whether it is paused. Sets come in any order."""
    told = automation.model_dump(mode="json", include={"name", "description", "trigger", "actions"})
    return _in_order(told)


def _in_order(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _in_order(value) for key, value in part.items()}
    if isinstance(part, list):
        inner = [_in_order(one) for one in part]
        return sorted(inner) if all(isinstance(one, str) for one in inner) else inner
    return part
