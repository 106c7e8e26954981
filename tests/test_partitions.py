"""What goes to Dask workers: ids and policies, no secrets; and nothing where Dask is not asked for."""

import pickle
import subprocess
import sys

import pandas as pd
import pytest
from prefect.context import get_settings_context, serialize_context
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_KEY, PREFECT_API_URL, temporary_settings

from tasks.partitions import Wanted, _without_secrets, read_deals, read_in_partitions, read_partition
from tasks.rules.partitions import by_owner
from tasks.settings import SettingsError
from tests.company import REVIEW_AT, Sandbox
from tests.conftest import Install
from tests.rules.builders import OPPORTUNITY, deal, frame

CANARY = "canary-1f0a"
DASK = {"dask", "distributed", "prefect_dask"}


def wanted(sandbox: Sandbox, org: str = "") -> Wanted:
    config = sandbox.settings
    return Wanted(org or config.salesforce_url, REVIEW_AT, 30, config.pipeline, config.touches)


def test_where_dask_is_not_asked_for_nothing_of_it_is_imported() -> None:
    look = f"import sys, flows.pipeline_review; sys.exit(len({DASK!r} & set(sys.modules)))"

    subprocess.run([sys.executable, "-c", look], check=True, timeout=120)  # noqa: S603


def test_where_dask_is_not_asked_for_salesforce_is_not_asked_for_it_either(installed: Sandbox) -> None:
    installed.forget_calls()

    assert read_in_partitions(REVIEW_AT, 30) is None
    assert installed.calls()["by_system"]["salesforce"] == 0


def test_no_secret_of_prefect_goes_to_a_worker_and_the_address_does() -> None:
    secrets = {PREFECT_API_AUTH_STRING: f"{CANARY}:auth", PREFECT_API_KEY: f"{CANARY}-key"}
    with temporary_settings({**secrets, PREFECT_API_URL: "http://prefect.example/api"}):
        assert CANARY in str(serialize_context())  # else this would prove nothing
        with _without_secrets():
            sent = serialize_context()

    assert CANARY not in str(sent)
    assert sent["settings_context"]["settings"] == {"api": sent["settings_context"]["settings"]["api"]}
    assert sent["settings_context"]["settings"]["api"]["url"] == "http://prefect.example/api"


def test_a_profile_with_a_secret_in_it_stays_here() -> None:
    now = get_settings_context()
    profile = now.profile.model_copy(update={"settings": {PREFECT_API_KEY: CANARY}})
    with type(now)(profile=profile, settings=now.settings), _without_secrets():
        assert CANARY not in str(serialize_context())


def test_what_a_partition_is_sent_with_has_no_secret_and_no_name(sandbox: Sandbox) -> None:
    config = sandbox.settings
    [partition] = by_owner(frame([deal("d", name="Acme 2026", account="Acme")], OPPORTUNITY), 10)

    sent = pickle.dumps((partition, wanted(sandbox)))

    secrets = (config.salesforce_client_secret, config.slack_token)
    assert all(secret and secret.get_secret_value().encode() not in sent for secret in secrets)
    assert b"Acme" not in sent


def test_a_worker_whose_settings_lead_to_another_org_reads_nothing(installed: Sandbox) -> None:
    [partition] = by_owner(frame([deal()], OPPORTUNITY), 10)
    installed.forget_calls()

    with pytest.raises(SettingsError, match="RITUALS_SALESFORCE_URL of a Dask worker is not that of the run"):
        read_partition.fn(partition, wanted(installed, "https://acme.my.salesforce.com"))
    assert installed.calls()["by_system"]["salesforce"] == 0


def test_a_worker_judges_what_counts_by_the_policy_of_the_run(installed: Sandbox, install: Install) -> None:
    installed.org(bulk_polls=0)
    deals = read_deals.fn(REVIEW_AT)
    assert deals is not None
    [partition, *_] = by_owner(deals.opportunities, 20)
    of_the_run = read_partition.fn(partition, wanted(installed))

    install({**installed.environment, "RITUALS_TOUCHES__AUTOMATED_SUBTYPES": '["Email", "Call", "LinkedIn"]',
             "RITUALS_TOUCHES__COUNTED_SUBTYPES": "[]"})  # fmt: skip
    of_a_worker = read_partition.fn(partition, wanted(installed))

    pd.testing.assert_frame_equal(of_a_worker.touches, of_the_run.touches)
