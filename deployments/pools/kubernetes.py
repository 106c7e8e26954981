"""The pool of jobs: what a worker in a Kubernetes cluster makes of a run.

Settings come from the ConfigMap and secrets from the Secret `revenue-rituals` in the job's namespace; their keys are
the settings' names. Prefect's login is one of them, as the worker hands none of Prefect's secrets on.
"""

from typing import Any

from deployments.pools.docker import ENVIRONMENT

SOURCE = "revenue-rituals"  # of the ConfigMap and the Secret
USER = 10001  # of the image
_HOURS = 3600
_SCRATCH = "scratch"


def template() -> dict[str, Any]:
    """Prefect's own template for jobs, with ours in it. Raises ImportError without the extra `kubernetes`."""
    from prefect_kubernetes.worker import KubernetesWorker  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    made: dict[str, Any] = KubernetesWorker.get_default_base_job_template()
    _to_job(made["job_configuration"]["job_manifest"]["spec"])
    variables = made["variables"]["properties"]
    variables["active_deadline_seconds"] = {
        "type": "integer",
        "minimum": 60,
        "title": "Active Deadline Seconds",
        "description": "After so long the job is ended, whatever it is doing.",
    }
    for name, default in _defaults().items():
        variables[name]["default"] = default
    return made


def _defaults() -> dict[str, Any]:
    # A pod that has to go (a drained node, the deadline) ends its run as crashed, which is told in Slack. Prefect would
    # start it anew, and one that is stuck would be for ever.
    asked_to_go = {"PREFECT_FLOW_RUN_EXECUTE_SIGTERM_BEHAVIOR": "crash"}
    return {
        "env": {**ENVIRONMENT, **asked_to_go},
        "backoff_limit": 0,  # only our schedules and people start a ritual
        "active_deadline_seconds": 4 * _HOURS,
        "finished_job_ttl": 24 * _HOURS,
        "pod_watch_timeout_seconds": 300,  # a new node, and the image pulled
        "cpu_request": "500m",
        "cpu_limit": "2",
        "memory_request": "1Gi",
        "memory_limit": "4Gi",
    }


def _to_job(spec: dict[str, Any]) -> None:
    spec["activeDeadlineSeconds"] = "{{ active_deadline_seconds }}"
    pod = spec["template"]["spec"]
    pod["automountServiceAccountToken"] = False
    pod["securityContext"] = {
        "runAsNonRoot": True,
        "runAsUser": USER,
        "runAsGroup": USER,
        "fsGroup": USER,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    pod["volumes"] = [{"name": _SCRATCH, "emptyDir": {"sizeLimit": "1Gi"}}]
    [container] = pod["containers"]
    container["envFrom"] = [{"configMapRef": {"name": SOURCE}}, {"secretRef": {"name": SOURCE}}]
    container["securityContext"] = {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    container["volumeMounts"] = [{"name": _SCRATCH, "mountPath": "/tmp"}]  # noqa: S108 - inside the container
