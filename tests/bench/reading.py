"""Measures reading: the whole, and the share of each stage."""

from __future__ import annotations

from cProfile import Profile
from types import CodeType
from typing import TYPE_CHECKING

from extract.pipeline import Reading, read_document
from tests.bench.timing import Figure, Spent, best_of
from viz.inputs import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from extract.source import Source

_TARGET = 1.0
_LEAST_SHARE = 0.02


def measure_reading(path: Path, times: int) -> tuple[Reading, str, list[Figure]]:
    """Read ``path``; return the reading, words about its size, and the figures."""
    spent, reading = best_of(times, lambda: read_document(read_file(path)))
    source = reading.source
    about = f"{len(source.text):,} characters, {len(source.line_starts):,} lines, {len(reading.facts.each()):,} facts"
    whole = Figure(name="read one document", spent=spent, target=_TARGET)
    return reading, about, [whole, *_stages(source, spent)]


def _stages(source: Source, whole: Spent) -> list[Figure]:
    """Return what each function that ``read_document`` calls takes: its share in a profile, of the ``whole``."""
    profile = Profile()
    profile.runcall(read_document, source)
    entry = next(one for one in profile.getstats() if one.code is read_document.__code__)
    stages = sorted(entry.calls or [], key=lambda one: -one.totaltime)
    shares = [(one.code, one.totaltime / entry.totaltime) for one in stages]
    return [
        Figure(name=f"  {code.co_name}", spent=whole * share, note=f"{share:.0%}")
        for code, share in shares
        if share >= _LEAST_SHARE and isinstance(code, CodeType)
    ]
