"""A Prefect in which nothing is deployed, and that has none of our work pools."""

from contextlib import suppress

from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import ObjectNotFound

from deployments.pools.places import Kind


def empty(client: SyncPrefectClient) -> None:
    """Take out every deployment, and our work pools."""
    for one in client.read_deployments():
        client.delete_deployment(one.id)
    for kind in Kind:
        with suppress(ObjectNotFound):
            client.delete_work_pool(kind.pool)
