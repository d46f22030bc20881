"""Measures how building and asking grow with the number of documents: ``python -m tests.bench.scale`` (``make bench-scale``).

Builds generated countries of 50, 500 and 5,000 assessments, asks every question of each and traces, and lets rdflib
answer the same questions as long as it can.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time, sleep

from pyoxigraph import RdfFormat, serialize

from graph.pool import default_jobs
from graph.store import GraphStore, open_store
from queries.catalog import ask, find_question, question_names
from tests.bench.timing import best_process
from tests.bench.with_rdflib import LOAD
from tests.forms.country import write_assessment

SIZES = (50, 500, 5000)
MOST_SECONDS = 20.0
"""How long rdflib may take for one question before it is said that it cannot answer."""
MOST_QUADS_FOR_RDFLIB = 1_500_000
"""A million quads take it more than a gigabyte."""
_TIMES = 3
_LONG = 3.0  # seconds after which a question is not asked again
_TRACED = "情報提供ネットワークシステム"


@dataclass(slots=True)
class Measured:
    """The figures of one size: seconds and megabytes, and milliseconds of processors by question."""

    documents: int
    quads: int = 0
    corpus: float = 0.0
    build: float = 0.0
    memory: float = 0.0
    store: float = 0.0
    unchanged: float = 0.0
    one_changed: float = 0.0
    trace: float = 0.0
    asked: dict[str, float] = field(default_factory=dict)
    rdflib: dict[str, float | None] = field(default_factory=dict)


def measure(documents: int, folder: Path, jobs: int) -> Measured:
    """Build a country of that many documents in ``folder`` and ask it everything."""
    found = Measured(documents=documents)
    corpus, store = folder / f"corpus{documents}", folder / f"store{documents}"
    start = perf_counter()
    paths = [write_assessment(corpus, seed, documents) for seed in range(documents)]
    found.corpus = perf_counter() - start
    found.build, found.memory = _build(corpus, store, jobs)
    found.unchanged, _ = _build(corpus, store, jobs)
    text = next(path for path in paths if path.suffix == ".txt")
    text.write_bytes(text.read_bytes() + b"\n")
    found.one_changed, _ = _build(corpus, store, jobs)
    found.store = sum(path.stat().st_size for path in (store / "oxigraph").rglob("*")) / 1e6
    _ask_everything(store, found)
    words = ("-m", "viz.cli", "trace", "--to", _TRACED, "--store", str(store), "--format", "json")
    found.trace = best_process(1, *words).cpu
    return found


def _build(corpus: Path, store: Path, jobs: int) -> tuple[float, float]:
    """Run a build; return its seconds, and the most megabytes that all its processes took together."""
    words = [sys.executable, "-m", "viz.cli", "build", str(corpus), "--store", str(store), "--jobs", str(jobs)]
    start, most = perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        build = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)
        while build.poll() is None:
            most = max(most, _memory_of_session(build.pid))
            sleep(0.2)
        seconds = perf_counter() - start
        if build.returncode:
            said.seek(0)
            sys.stderr.write(said.read().decode()[-2000:])
    return seconds, most


def _memory_of_session(leader: int) -> float:
    """Return the megabytes that the processes of a session take, what they share counted once."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[3]) == leader:
                lines = (stat.parent / "smaps_rollup").read_text(encoding="utf-8").splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1000


def _ask_everything(path: Path, found: Measured) -> None:
    store = open_store(path)
    found.quads = len(store.engine)
    for name in question_names():
        times: list[float] = []
        while len(times) < _TIMES and sum(times) < _LONG:
            start = process_time()
            ask(store, find_question(name))
            times.append(process_time() - start)
        found.asked[name] = min(times) * 1000
    if found.quads <= MOST_QUADS_FOR_RDFLIB:
        found.rdflib = _ask_rdflib(store, path.parent / "quads.nq")


def _ask_rdflib(store: GraphStore, lines: Path) -> dict[str, float | None]:
    """Return the milliseconds that rdflib takes for each question; None where it does not answer in time."""
    with lines.open("wb") as out:
        graphs = store.graphs(vocabulary=True)
        serialize((quad for graph in graphs for quad in store.quads(graph)), out, format=RdfFormat.N_QUADS)
    words = [sys.executable, "-m", "tests.bench.with_rdflib", str(lines), str(MOST_SECONDS)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    lines.unlink()
    spent: dict[str, float | None] = json.loads(done.stdout)
    return spent


# -- telling -------------------------------------------------------------------------------------


def tell(found: Sequence[Measured]) -> Iterator[str]:
    """Yield the lines of two tables: building, and each question; a ratio is to the size before, or to rdflib."""
    yield f"{'':28}" + "".join(f"{one.documents:>10,}" for one in found)
    rows: dict[str, Callable[[Measured], str]] = {
        "quads": lambda one: f"{one.quads:,}",
        "build, s": lambda one: f"{one.build:.1f}",
        "  documents in a second": lambda one: f"{one.documents / one.build:.1f}",
        "  memory, MB": lambda one: f"{one.memory:,.0f}",
        "store, MB": lambda one: f"{one.store:,.0f}",
        "build again, unchanged, s": lambda one: f"{one.unchanged:.1f}",
        "build again, one changed, s": lambda one: f"{one.one_changed:.1f}",
        "trace, whole process, s of CPU": lambda one: f"{one.trace:.1f}",
        "rdflib loads the quads, s": lambda one: f"{one.rdflib[LOAD] / 1000:.1f}" if one.rdflib else "-",
    }
    for name, cell in rows.items():
        yield f"{name:28}" + "".join(f"{cell(one):>10}" for one in found)
    yield ""
    yield f"{'question, ms of CPU':28}" + "".join(f"{one.documents:>10,}{'growth':>8}{'rdflib':>9}" for one in found)
    for name in found[0].asked:
        yield f"{name:28}" + "".join(
            _question(name, one, before) for one, before in zip(found, [None, *found], strict=False)
        )


def _question(name: str, one: Measured, before: Measured | None) -> str:
    spent = one.asked[name]
    growth = f"{spent / before.asked[name]:.1f}×" if before else ""
    theirs = one.rdflib.get(name, 0.0) if one.rdflib else 0.0
    against = "no answer" if theirs is None else f"{theirs / spent:.0f}×" if theirs else "-"
    return f"{spent:10.1f}{growth:>8}{against:>9}"


def main(argv: list[str] | None = None) -> int:
    """Measure and print; return the exit code, which never depends on a figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of documents")
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument("--out", type=Path, help="folder to keep the corpora and stores in; otherwise they go")
    args = parser.parse_args(argv)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib"))
    _say(f"{os.cpu_count()} cores (load {os.getloadavg()[0]:.1f}), Python {platform.python_version()}, {libraries}")
    with tempfile.TemporaryDirectory() as spare:
        folder = args.out or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        found = []
        for size in args.sizes:
            found.append(measure(size, folder, args.jobs))
            _say(f"{size} documents measured")
    for line in tell(found):
        _say(line)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
