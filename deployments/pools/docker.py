"""The pool of containers: what a worker with access to Docker makes of a run.

Secrets are a file on the worker's machine that is mounted read-only, where both Prefect and the rituals look for
`.env`. So no secret is in Prefect, in the container's environment, or in what `docker inspect` shows.
"""

from typing import Any

from deployments.pools.places import IN_IMAGE

SECRETS_FILE = "/etc/revenue-rituals/env"  # on the worker's machine, readable by USER alone
USER = "10001:10001"  # of the image
# A worker hands on the settings of Prefect that it has itself. Not the secret ones, which None takes out, nor its home.
WITHHELD = (
    "PREFECT_API_AUTH_STRING",
    "PREFECT_API_KEY",
    "PREFECT_SERVER_API_AUTH_STRING",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_SERVER_DATABASE_PASSWORD",
)
ENVIRONMENT = {**dict.fromkeys(WITHHELD), "PREFECT_HOME": "/tmp/prefect"}  # noqa: S108 - inside the container
_LOCKED_DOWN = {
    "user": USER,
    "read_only": True,
    "tmpfs": {"/tmp": "size=1g,mode=1777"},  # noqa: S108 - inside the container
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "pids_limit": 512,
    "init": True,
}


def template() -> dict[str, Any]:
    """Prefect's own template for containers, with ours as defaults. Raises ImportError without the extra `docker`."""
    from prefect_docker.worker import DockerWorker  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    made: dict[str, Any] = DockerWorker.get_default_base_job_template()
    defaults = {
        "env": ENVIRONMENT,
        "volumes": [f"{SECRETS_FILE}:{IN_IMAGE}/.env:ro"],
        "mem_limit": "4g",
        # One every five minutes would fill the disk. That a run was lost is seen by its heartbeats.
        "auto_remove": True,
        "container_create_kwargs": _LOCKED_DOWN,
    }
    for name, default in defaults.items():
        made["variables"]["properties"][name]["default"] = default
    return made
