"""What Slack shows when a ritual did not post by its hour, for a picture: the words of Prefect's automation, filled in
by Prefect's own templates, and those of `deployments.watch`. The real ones come an hour late and from two places."""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from deployments.automations import automations
from tasks.reports.alarms import missing_line
from tasks.settings import settings

RITUAL = ("pipeline-review", "weekly")
_MISSING = "a report is missing"
_RUN, _DEPLOYMENT = "7dc82fcc-45ef-4c14-b9b1-d4ebb5b974a8", "0c22b1d4-6f0e-4b0c-9a53-2f1d7a8e9b10"


def say_missing(ui: str) -> None:
    """Post both into the report's channel, as our app does: a webhook posts as the app that it belongs to. `ui` is
    where Prefect's UI would be."""
    config = settings()
    zone = ZoneInfo(config.pipeline.time_zone)
    now = datetime.now(zone)
    due = (now - timedelta(days=now.weekday())).replace(hour=7, minute=0)
    said = missing_line("/".join(RITUAL), due, f"{ui}/v2/deployments/deployment/{_DEPLOYMENT}")
    slack = WebClient(config.slack_token.get_secret_value(), base_url=config.slack_url)
    for text in (by_prefect(ui), said):
        slack.chat_postMessage(channel=config.slack_channel, text=text, unfurl_links=False)


def by_prefect(ui: str) -> str:
    """What the automation says of that ritual."""
    from prefect.server.utilities.user_templates import render_user_template_sync  # noqa: PLC0415 - takes seconds

    [automation] = [one for one in automations(ui, uuid4()) if one.name.endswith(_MISSING)]
    [action] = automation.model_dump()["actions"]
    flow, deployment = RITUAL
    filled = {
        "flow": SimpleNamespace(name=flow),
        "deployment": SimpleNamespace(name=deployment, id=_DEPLOYMENT),
        "flow_run": SimpleNamespace(id=_RUN),
    }
    return str(json.loads(render_user_template_sync(action["payload"], filled))["text"])
