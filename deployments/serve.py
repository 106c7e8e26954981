"""python -m deployments.serve: serve what prefect.yaml deploys from this one process, for the demo and development."""

from prefect import serve

from deployments.manifest import deployments


def main() -> None:
    """Serve until interrupted. Schedules stay on when this process ends (Prefect would pause them)."""
    serve(*deployments(), pause_on_shutdown=False)


if __name__ == "__main__":
    main()
