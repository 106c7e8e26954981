"""Where runs may run, each with a work pool: beside their worker, in containers of Docker, or as jobs of Kubernetes."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from tasks.settings import SettingsError

IN_IMAGE = "/srv/revenue-rituals"  # the image's directory of work, empty but for what is mounted there
_POOL = "revenue-rituals"


class Kind(StrEnum):
    """What a worker makes of a run, as Prefect names the types of its work pools."""

    PROCESS = "process"
    DOCKER = "docker"
    KUBERNETES = "kubernetes"

    @property
    def pool(self) -> str:
        """The name of the work pool."""
        return _POOL if self is Kind.PROCESS else f"{_POOL}-{self}"


class PlaceSettings(BaseSettings):
    """What only the set-up command needs; runs and workers do without."""

    model_config = SettingsConfigDict(env_prefix="RITUALS_", env_file=".env", extra="ignore", frozen=True)

    work_pool: str = Field(default=Kind.PROCESS, description="Where runs run: process, docker or kubernetes")
    image: str = Field(default="", description="What they are made from, with its tag, for docker and kubernetes")


@dataclass(frozen=True)
class Place:
    """A kind, and the image that its runs are made from: with its tag, "" for processes."""

    kind: Kind = Kind.PROCESS
    image: str = ""


def place(kind: str | None = None, image: str | None = None) -> Place:
    """As asked for, else as the environment or `.env` says, else processes. Raises SettingsError for a kind that is
    none, for containers without an image, and for an image whose tag may be another one tomorrow."""
    read = PlaceSettings(_env_file=os.environ.get("RITUALS_ENV_FILE", Path(".env")))
    named = kind or read.work_pool
    if named not in set(Kind):
        raise SettingsError(f"RITUALS_WORK_POOL (--pool) is {named}: it is one of {', '.join(Kind)}.")
    chosen = Kind(named)
    if chosen is Kind.PROCESS:
        if image:
            raise SettingsError("An image is for --pool docker or kubernetes; processes run what is installed here.")
        return Place()
    reference = image or read.image
    if not _is_fixed(reference):
        raise SettingsError(
            f"RITUALS_IMAGE (--image) is “{reference}”: name the image of this release with its tag or digest, such "
            "as registry.acme.example/revenue-rituals:0.1.0; `latest` would be another one tomorrow."
        )
    return Place(chosen, reference)


def _is_fixed(reference: str) -> bool:
    name, _, digest = reference.partition("@")
    tag = name.rpartition("/")[2].partition(":")[2]
    return not any(map(str.isspace, reference)) and bool(name) and bool(digest or tag not in {"", "latest"})
