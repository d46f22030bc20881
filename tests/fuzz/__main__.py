"""Reads damaged files in processes of their own: none may crash, hang, or write; ``--count 5000`` takes minutes."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import TimeoutError as HangsError
from dataclasses import dataclass, field
from pathlib import Path

from pebble import ProcessPool

from tests.fuzz.mutations import make_samples
from tests.fuzz.reading import read_damaged

SECONDS = 60.0
"""What one file may take before it counts as hanging."""
_TOLD = 200


@dataclass(slots=True)
class Tally:
    """How many files came to which end, what went wrong, and the slowest."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)

    def add(self, number: int, outcome: str, seconds: float) -> None:
        """Count a file."""
        self.outcomes[outcome] += 1
        self.slowest = max(self.slowest, (seconds, number))


def main(argv: list[str] | None = None) -> int:
    """Read, print what became of the files, and return 1 if any of them did harm."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5_000, help="files (5000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first one: the same number, the same file")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1), help="processes")
    args = parser.parse_args(argv)
    start = time.monotonic()
    tally = read_all(range(args.first, args.first + args.count), args.jobs)
    for outcome, count in sorted(tally.outcomes.items()):
        sys.stdout.write(f"{count:7,} {outcome}\n")
    sys.stdout.write(f"{args.count:7,} files in {time.monotonic() - start:.0f} s; slowest {tally.slowest[0]:.1f} s")
    sys.stdout.write(f" (number {tally.slowest[1]}); {len(tally.faults)} did harm\n")
    for fault in tally.faults:
        sys.stdout.write(f"  {fault}\n")
    return 1 if tally.faults else 0


def read_all(numbers: range, jobs: int = 1) -> Tally:
    """Read the files of some numbers."""
    tally = Tally()
    make_samples()
    with tempfile.TemporaryDirectory() as folder, ProcessPool(max_workers=jobs, max_tasks=500) as pool:
        futures = [(number, pool.schedule(_timed, args=(number, folder), timeout=SECONDS)) for number in numbers]
        for number, future in futures:
            try:
                tally.add(number, *future.result())
            except HangsError:
                tally.faults.append(f"{number}: takes more than {SECONDS:.0f} s")
            except Exception as error:  # noqa: BLE001  whatever it is, it is a finding, and the others are read all the same
                tally.faults.append(f"{number}: {type(error).__name__}: {str(error)[:_TOLD]}")
    return tally


def _timed(number: int, folder: str) -> tuple[str, float]:
    start = time.process_time()
    outcome = read_damaged(number, Path(folder))
    return outcome, time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
