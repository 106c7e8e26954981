"""python -m deployments.serve: serve what prefect.yaml deploys from this one process, for the demo and development.

It is the deployment of development, so it brings the ledger's tables up to date first; a run never does. With
`--paused` no schedule starts a run: a demo shows those that it starts itself, whatever the hour.
"""

import argparse
import sys

from prefect import serve

from deployments.manifest import deployments
from deployments.migrate import main as migrate


def main() -> int:
    """Serve until interrupted. Schedules stay on when this process ends (Prefect would pause them). 1 with the reason
    when the ledger cannot be brought up to date."""
    parser = argparse.ArgumentParser(prog="python -m deployments.serve", description=__doc__)
    parser.add_argument("--paused", action="store_true", help="start no run by a schedule")
    asked = parser.parse_args()
    if failed := migrate([]):
        return failed
    serve(*deployments(paused=asked.paused), pause_on_shutdown=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
