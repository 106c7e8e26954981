"""What may be told in public of a run that failed, and which failures are the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

# How the sentences of our doors, our settings and our ledger begin. They carry a remedy, and neither a secret nor
# anything of a record; what else an exception says may hold both.
_OURS = ("Salesforce", "Slack ", "GitHub ", "Zendesk ", "The ledger ", "Settings: ", "RITUALS_", "Prefect ")
# What Prefect puts before them: "Flow run encountered an exception: Refused: …".
_BEFORE = re.compile(r"^(?:[^:]*encountered an exception: )?(?:(?P<kind>[A-Za-z_][\w.]*): )?(?P<said>.*)$", re.DOTALL)
_GUESTS = re.compile(r"(has guests in it) \([^)]*\)")  # people of other companies, by name
_CHANGING = re.compile(r"[\d,.:]*\d[\d,.:]*")


@dataclass(frozen=True)
class Trouble:
    """Why a run ended badly, as far as everybody in the channel may know it.

    kind       of the exception, "Refused"; "" where there was none
    sentence   what went wrong and what to do; "" where only the run's own logs may tell
    """

    kind: str
    sentence: str

    @property
    def cause(self) -> str:
        """The same for the same trouble: numbers, such as the calls of a day, change from run to run and tell nothing
        new. Opaque, and without a colon."""
        return sha256(f"{self.kind} {_CHANGING.sub('0', self.sentence)}".encode()).hexdigest()[:12]


def trouble_of(message: str) -> Trouble:
    """What a final state's message tells. Several lines, addresses and all that is not ours are left to the logs."""
    found = _BEFORE.match(message.strip())
    kind, said = (found["kind"] or "", found["said"]) if found else ("", message)
    # A sentence of our own may itself begin with a word and a colon.
    whole = said if said.startswith(_OURS) else f"{kind}: {said}" if f"{kind}: ".startswith(_OURS) else ""
    return Trouble(kind, _GUESTS.sub(r"\1", " ".join(whole.split())))


def is_dry(parameters: Mapping[str, Any]) -> bool:
    """Whether a run of these parameters posts nothing; that is so where they do not say otherwise."""
    form = parameters.get("form")
    return bool(form.get("dry_run", True)) if isinstance(form, Mapping) else True
