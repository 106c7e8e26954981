"""The privacy gate of an org of 20,000 accounts and 100,000 people, for `measure.alone`."""

import time
from pathlib import Path

import yaml

from deployments.sandbox.company.names import account_name, person_name
from tasks.rules.privacy_gate import known_of, why_withheld
from tests.benchmarks.measure import report

ACCOUNTS, PEOPLE, LONG = 20_000, 100_000, 20_000


def gate() -> dict[str, float]:
    """Made ready once, then asked for 100 issues, and for one of 20,000 characters."""
    accounts = [account_name(index) for index in range(ACCOUNTS)]
    domains = [f"{name.lower().replace(' ', '')}.example" for name in accounts]
    # Last names of their own: those of the pretend company are few.
    names = [(person_name(index)[0], account_name(PEOPLE + index).split()[0]) for index in range(PEOPLE)]
    mails = [f"{first}.{last}@{domains[index % ACCOUNTS]}" for index, (first, last) in enumerate(names)]
    phones = [f"+1 555 {index:07d}" for index in range(PEOPLE)]
    texts = yaml.safe_load((Path(__file__).parents[1] / "payloads/leaks/innocent.yml").read_text(encoding="utf-8"))
    started = time.process_time()
    known = known_of(accounts, websites=domains, people=[" ".join(name) for name in names], emails=mails, phones=phones)
    made = time.process_time()
    withheld = sum(bool(why_withheld({"text": text}, known)) for text in texts)
    asked = time.process_time()
    why_withheld({"text": "\n".join(texts * 3)[:LONG]}, known)
    return {
        "making": made - started,
        "each": (asked - made) / len(texts),
        "long": time.process_time() - asked,
        "withheld": withheld,
        "looked_for": len(known.loose) + len(known.careful),
    }


if __name__ == "__main__":
    report(gate)
