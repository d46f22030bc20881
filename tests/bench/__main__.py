"""Prints the figures of reading, loading, asking and serving: ``python -m tests.bench [--size BYTES] [--times N]``."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.asking import measure_asking, measure_imports
from tests.bench.document import make_document
from tests.bench.exploring import measure_exploring
from tests.bench.loading import measure_loading
from tests.bench.pages import measure_pages
from tests.bench.reading import measure_reading
from tests.bench.service import measure_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.timing import Figure


def main(argv: list[str] | None = None) -> int:
    """Measure and print; return the exit code, which never depends on a figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", type=int, default=200_000, help="bytes of the document (200000)")
    parser.add_argument("--times", type=int, default=5, help="runs of each; the best counts (5)")
    args = parser.parse_args(argv)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib"))
    _say(f"{os.cpu_count()} cores (load {os.getloadavg()[0]:.1f}), Python {platform.python_version()}, {libraries}")
    _say(f"on the clock and of processors; best of {args.times} runs")
    with tempfile.TemporaryDirectory() as folder:
        for line in _lines(Path(folder), args.size, args.times):
            _say(line)
    return 0


def _lines(folder: Path, size: int, times: int) -> Iterator[str]:
    path = folder / "long.txt"
    path.write_text(make_document(size), encoding="utf-8", newline="\n")
    reading, about, figures = measure_reading(path, times)
    yield f"one document: {path.stat().st_size / 1000:.0f} kB, {about}"
    yield from _told(figures)
    store, figures = measure_loading(reading, folder, times)
    yield from _told(figures)
    yield from _told(measure_asking(store, times))
    yield from _told(measure_imports(times))
    yield ""
    yield from measure_pages(folder, times)
    yield ""
    yield from measure_service(folder, times)
    yield ""
    yield from measure_exploring(folder, times)


def _told(figures: list[Figure]) -> Iterator[str]:
    yield ""
    yield from map(str, figures)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
