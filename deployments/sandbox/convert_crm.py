"""`python -m deployments.sandbox.convert_crm DIR --out DIR --as-of DATE --seed N`: public CRM tables as a company.

The directory that it writes is one for `python -m deployments.sandbox --load`. Exit status 2: the tables are refused.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from deployments.sandbox.company import crm
from deployments.sandbox.company.convert import convert
from deployments.sandbox.company.load import dump
from deployments.sandbox.company.problems import LoadError
from deployments.sandbox.salesforce.values import OFFICE


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert and say what was repaired, kept and left missing. The exit status."""
    parser = argparse.ArgumentParser(prog="python -m deployments.sandbox.convert_crm", description=__doc__)
    parser.add_argument("source", type=Path, metavar="DIR", help="with accounts.csv, sales_pipeline.csv and so on")
    parser.add_argument("--out", type=Path, required=True, help="the directory to write")
    today = datetime.now(OFFICE).date()
    parser.add_argument("--as-of", type=date.fromisoformat, default=today, help="the day on which the data ends")
    parser.add_argument("--seed", type=int, default=1, help="for the activities that are drawn")
    options = parser.parse_args(arguments)
    try:
        converted = convert(crm.read(options.source), options.seed, options.as_of)
    except LoadError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    counts = dump(converted.company, options.out)
    rows = ", ".join(f"{count} {name}" for name, count in counts.items())
    sys.stdout.write("\n".join((*converted.summary, f"written to {options.out}: {rows}")) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
