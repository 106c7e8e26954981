"""One deployed run from start to end, and what it posted."""

import sys
import time
from pathlib import Path

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_UI_URL
from slack_sdk import WebClient

from deployments.processes import DidNotStartError, tail
from tasks.reports.post import lines

RUN_SECONDS = 900


def run_to_the_end(deployment: str, log: Path) -> str:
    """Start a deployment's run, tell what it does, and return its address in the UI once it has completed.

    Raises DidNotStartError with the end of `log` when the run ends otherwise, or not in time.
    """
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(deployment)
        run = client.create_flow_run_from_deployment(found.id)
        link = f"{PREFECT_UI_URL.value()}/v2/runs/flow-run/{run.id}"
        said, until = "", time.monotonic() + RUN_SECONDS
        while not (run.state and run.state.is_final()):
            if time.monotonic() > until:
                raise DidNotStartError(f"{deployment} was not done after {RUN_SECONDS} s:\n{tail(log)}")
            time.sleep(0.5)
            run = client.read_flow_run(run.id)
            said = _tell(_progress(client, run), said)
    if not (run.state and run.state.is_completed()):
        raise DidNotStartError(f"{deployment} ended as {run.state}:\n{tail(log, 40)}")
    return link


def posted_report(settings: dict[str, str]) -> str:
    """The newest report in the channel of the settings, with its thread, as text."""
    client = WebClient(settings["RITUALS_SLACK_TOKEN"], base_url=settings["RITUALS_SLACK_URL"])
    channel = settings["RITUALS_SLACK_CHANNEL"]
    parent = next(m for m in client.conversations_history(channel=channel)["messages"] if m.get("metadata"))
    thread = client.conversations_replies(channel=channel, ts=parent["ts"])["messages"][1:]
    posts = ["\n".join(lines(message.get("blocks") or [])) or message["text"] for message in (parent, *thread)]
    files = [f"[file] {file['name']}" for message in thread for file in message.get("files") or []]
    return "\n\n".join([*(post for post in posts if post), *files])


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
