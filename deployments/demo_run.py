"""One deployed run from start to end, and what the rituals posted."""

import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_UI_URL
from slack_sdk import WebClient

from deployments.processes import DidNotStartError, tail
from tasks.reports.post import lines
from tasks.reports.slack_buttons import read
from tasks.runs import run_page

RUN_SECONDS = 900
Form = Mapping[str, Any]


@dataclass(frozen=True)
class Posted:
    """A report in Slack: its notification, the whole of it as text, and where its buttons lead in Prefect, by label;
    `channel` and `ts` say where it stands."""

    first_line: str
    text: str
    buttons: Mapping[str, str]
    channel: str
    ts: str

    def button(self, label: str) -> str:
        """Where the button leads whose label begins so; "" where there is none."""
        return next((url for name, url in self.buttons.items() if name.startswith(label)), "")


def run_to_the_end(deployment: str, log: Path, form: Form | None = None) -> str:
    """Start a deployment's run with `form` on top of what is deployed, as the page to run it does, tell what it does,
    and return its address in the UI once it has completed.

    Raises DidNotStartError with the end of `log` when the run ends otherwise, or not in time.
    """
    with get_client(sync_client=True) as client:
        run = started(client, deployment, form or {})
        said, until = "", time.monotonic() + RUN_SECONDS
        while not (run.state and run.state.is_final()):
            if time.monotonic() > until:
                raise DidNotStartError(f"{deployment} was not done after {RUN_SECONDS} s:\n{tail(log)}")
            time.sleep(0.5)
            run = client.read_flow_run(run.id)
            said = _tell(_progress(client, run), said)
    if not (run.state and run.state.is_completed()):
        raise DidNotStartError(f"{deployment} ended as {run.state}:\n{tail(log, 40)}")
    return run_page(str(run.id))


def started(client: SyncPrefectClient, deployment: str, form: Form) -> FlowRun:
    """A run of a deployment with `form` on top of what is deployed."""
    found = client.read_deployment_by_name(deployment)
    deployed = found.parameters.get("form", {})
    return client.create_flow_run_from_deployment(found.id, parameters={"form": {**deployed, **form}})


def filled_in(button: str) -> tuple[str, Form]:
    """The deployment and the filled-in form that a button of a report leads to. Raises DidNotStartError for a button
    that leads nowhere."""
    found = re.search(r"/v2/deployments/deployment/([0-9a-f-]{36})/run$", urlsplit(button).path)
    if not found:
        raise DidNotStartError(f"The button of the report leads to no run form: {button or 'there is none'}")
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment(found[1])
        flow = client.read_flow(deployment.flow_id)
    return f"{flow.name}/{deployment.name}", json.loads(parse_qs(urlsplit(button).query)["parameters"][0])["form"]


def posted_reports(settings: Mapping[str, str], channel: str = "") -> list[Posted]:
    """The reports in that channel, or the one of the settings, with their threads, newest first; no alarms."""
    client = WebClient(settings["RITUALS_SLACK_TOKEN"], base_url=settings["RITUALS_SLACK_URL"])
    channel = channel or settings["RITUALS_SLACK_CHANNEL"]
    said = client.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    return [_posted(client, channel, message) for message in said if _is_report(message)]


def _is_report(message: Mapping[str, Any]) -> bool:
    key = message.get("metadata", {}).get("event_payload", {}).get("key", "alarm")
    return not key.startswith("alarm")


def _posted(client: WebClient, channel: str, parent: Mapping[str, Any]) -> Posted:
    thread = client.conversations_replies(channel=channel, ts=parent["ts"])["messages"][1:]
    names = _names(client, (parent, *thread))
    posts = ["\n".join(lines(m.get("blocks") or [], names)) or m["text"] for m in (parent, *thread)]
    files = [f"[file] {file['name']}" for message in thread for file in message.get("files") or []]
    actions = [element for block in parent["blocks"] for element in block.get("elements", [])]
    buttons = {one["text"]["text"]: _leads(one) for one in actions if one["type"] == "button"}
    said = "\n\n".join([*(post for post in posts if post), *files])
    return Posted(posts[0].splitlines()[0], said, buttons, channel, parent["ts"])


def _leads(button: Mapping[str, Any]) -> str:
    """Where a button leads; for one that is pressed in Slack, the same form in Prefect."""
    if "url" in button:
        return str(button["url"])
    pressed = read(button["value"])
    query = urlencode({"parameters": json.dumps({"form": dict(pressed.form)})})
    return f"{PREFECT_UI_URL.value()}/v2/deployments/deployment/{pressed.deployment}/run?{query}"


def _names(client: WebClient, messages: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the people who are mentioned, by their Slack id."""
    ids = set(re.findall(r'"user_id": "(\w+)"', json.dumps([message.get("blocks") for message in messages])))
    return {user: client.users_info(user=user)["user"]["real_name"] for user in sorted(ids)}


def _progress(client: SyncPrefectClient, run: FlowRun) -> str:
    state = str(run.state.name) if run.state else "Created"
    mine = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    reading = [a.description for a in client.read_artifacts(artifact_filter=mine) if a.type == "progress"]
    return " · ".join([state, *(text for text in reading if text)])


def _tell(now: str, before: str) -> str:
    if now != before:
        sys.stdout.write(f"  {now}\n")
        sys.stdout.flush()
    return now
