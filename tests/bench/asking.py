"""Measures asking: whole processes, the query alone beside rdflib, and what the imports cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from graph.store import open_store
from queries.catalog import ask, find_question
from tests.bench.loading import read_with_rdflib
from tests.bench.timing import Figure, best_of, best_process, ratio

if TYPE_CHECKING:
    from pathlib import Path

_TARGET = 0.5
_SMALLEST = "evaluations"
_MODULES = ("viz.cli", "viz.commands.ask", "viz.commands.trace", "extract.pipeline", "pyoxigraph", "networkx", "rdflib")


def measure_asking(store: Path, times: int) -> list[Figure]:
    """Ask questions of ``store`` as a user does, and the smallest one of rdflib too."""
    whole = best_process(times, *_command(_SMALLEST, store))
    larger = best_process(times, *_command("flows", store))
    traced = best_process(
        times, "-m", "viz.cli", "trace", "--to", "情報提供ネットワークシステム", "--store", str(store)
    )
    opened, question = open_store(store), find_question(_SMALLEST)
    alone, _ = best_of(times, lambda: ask(opened, question))
    quads = serialize((quad for graph in opened.graphs() for quad in opened.quads(graph)), format=RdfFormat.N_QUADS)
    dataset = read_with_rdflib(quads or b"")
    with_rdflib, _ = best_of(times, lambda: list(dataset.query(question.query)))
    return [
        Figure(name=f"ask {_SMALLEST}, whole process", spent=whole, target=_TARGET),
        Figure(name="ask flows, whole process", spent=larger),
        Figure(name="trace, whole process", spent=traced),
        Figure(name=f"ask {_SMALLEST}, query alone", spent=alone),
        Figure(name="  rdflib, the same query", spent=with_rdflib, note=ratio(with_rdflib, alone)),
    ]


def _command(question: str, store: Path) -> tuple[str, ...]:
    return ("-m", "viz.cli", "ask", question, "--format", "json", "--store", str(store))


def measure_imports(times: int) -> list[Figure]:
    """Start Python bare, and with each module that a command needs."""
    bare = best_process(times, "-c", "pass")
    with_module = {name: best_process(times, "-c", f"import {name}") for name in _MODULES}
    return [
        Figure(name="start Python", spent=bare),
        *(Figure(name=f"  import {name}", spent=took - bare) for name, took in with_module.items()),
    ]
