"""Measures loading into a store on disk, beside rdflib with the same triples."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, serialize
from rdflib import Dataset

from graph.load import program_version
from graph.mapping import Mapped, map_document
from graph.store import create_store
from tests.bench.timing import Figure, best_of, ratio

if TYPE_CHECKING:
    from pathlib import Path

    from extract.pipeline import Reading

_TARGET = 0.5


def measure_loading(reading: Reading, folder: Path, times: int) -> tuple[Path, list[Figure]]:
    """Load ``reading`` into new stores; return the last one and the figures."""
    number = count()

    def make() -> Mapped:
        return map_document(reading.facts, reading.source, version=program_version())

    def load() -> Path:
        path = folder / f"store{next(number)}"
        store = create_store(path)
        store.replace(make())
        store.flush()
        return path

    whole, path = best_of(times, load)
    mapping, mapped = best_of(times, make)
    with_rdflib, _ = best_of(max(1, times // 2), lambda: read_with_rdflib(quads_of(mapped)))
    return path, [
        Figure(name="load one document into a new store", spent=whole, target=_TARGET),
        Figure(name="  map facts to triples", spent=mapping, note=f"{len(mapped.triples):,} triples"),
        Figure(name="  rdflib, the same triples in memory", spent=with_rdflib, note=ratio(with_rdflib, whole)),
    ]


def quads_of(mapped: Mapped) -> bytes:
    """Return the document's graph as N-Quads."""
    quads = (Quad(one.subject, one.predicate, one.object, mapped.graph) for one in mapped.triples)
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def read_with_rdflib(quads: bytes) -> Dataset:
    """Parse N-Quads into rdflib's own store in memory."""
    dataset = Dataset()
    dataset.parse(data=quads, format="nquads")
    return dataset
