"""Asks rdflib every question of a file of N-Quads: ``python -m tests.bench.with_rdflib FILE SECONDS``; prints JSON.

Each question is asked in a fork of the process that has loaded the file, which is stopped when its time is over.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from concurrent.futures import TimeoutError as TooLate
from pathlib import Path
from time import perf_counter, process_time

from pebble import ProcessExpired, ProcessPool
from rdflib import Dataset
from rdflib.plugins.sparql.sparql import SPARQLError

from queries.catalog import find_question, question_names

LOAD = "load"
_dataset = Dataset()


def time_question(name: str) -> float:
    """Return the milliseconds of processors that a question takes."""
    query = find_question(name).bound({})
    start = process_time()
    list(_dataset.query(query))
    return (process_time() - start) * 1000


def main() -> int:
    """Load, ask, and print the milliseconds of each; null where it fails or does not answer in time."""
    start = perf_counter()
    _dataset.parse(data=Path(sys.argv[1]).read_bytes(), format="nquads")
    spent: dict[str, float | None] = {LOAD: (perf_counter() - start) * 1000}
    with ProcessPool(max_workers=1, context=multiprocessing.get_context("fork")) as pool:
        for name in question_names():
            try:
                spent[name] = pool.schedule(time_question, args=[name], timeout=float(sys.argv[2])).result()
            except (TooLate, ProcessExpired, SPARQLError):
                spent[name] = None
    sys.stdout.write(json.dumps(spent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
