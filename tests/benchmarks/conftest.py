"""The company of 100,000 open deals, in a process of its own: its work is not measured."""

import subprocess
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def enterprise() -> Iterator[dict[str, str]]:
    """The settings that lead to it. Building it takes half a minute and more than a gigabyte."""
    command = [sys.executable, "-m", "deployments.sandbox", "--size", "enterprise", "--print-env"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        told: dict[str, str] = {}
        for line in process.stdout:
            name, _, value = line.strip().partition("=")
            told[name] = value
            if name == "RITUALS_PIPELINE__COLLAPSE_WINDOW_DAYS":  # the last one
                break
        yield told
        process.terminate()
