"""The other side of an effect, for tests: what it was asked to make, and what it finds when it is asked."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import update

from tasks.ledger import Ledger
from tasks.ledger_tables import EffectRow

KEY = "pipeline-review:2026-11-23-1a2b3c:close:006A00000000001AAA"
CLOSE = {"StageName": "Closed Lost", "Loss_Reason__c": "No response"}


@dataclass
class Remote:
    """Counts. `wrong` is raised by `do`, after it was executed or, with `executed` false, before."""

    made: list[str] = field(default_factory=list)
    looks: int = 0
    wrong: BaseException | None = None
    executed: bool = True

    def do(self) -> str:
        """Make one more."""
        if self.wrong is None or self.executed:
            self.made.append(f"ts-{len(self.made) + 1}")
        if self.wrong is not None:
            raise self.wrong
        return self.made[-1]

    def find(self) -> str | None:
        """The first that was made."""
        self.looks += 1
        return self.made[0] if self.made else None

    def once(self, ledger: Ledger, key: str = KEY) -> tuple[str, bool]:
        """Have it made through the ledger: its id, and whether this call made it."""
        done = ledger.once(key, CLOSE, self.do, self.find)
        return done.remote_id, done.fresh


def run_out(ledger: Ledger, key: str = KEY) -> None:
    """The lease of whoever holds it is over, as if the time had passed."""
    past = ledger.now() - timedelta(seconds=1)
    with ledger.session() as session:
        session.execute(update(EffectRow).where(EffectRow.key == key).values(lease_until=past))


def history(ledger: Ledger, key: str = KEY) -> list[str]:
    """What happened to it, in order."""
    return [event.what for event in ledger.events(key)]
