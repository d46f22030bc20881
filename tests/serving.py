"""A running ``mynaflow serve`` and a store for it, for the tests of the service."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from graph.mapping import map_document
from graph.store import create_store
from tests.factories import make_evaluation, make_facts, make_source

ROOT = Path(__file__).parents[1]
AGENCY = "https://w3id.org/mynaflow/ontology#Agency"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
HEAVY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }"
"""A cross product that no machine ends."""


def fill(path: Path, documents: int = 3, *, base: str | None = None, first: int = 1) -> list[str]:
    """Put assessments of 架空市 into the store at ``path``; return the names of their graphs."""
    store = create_store(path, base=base)
    graphs = []
    for number in range(first, first + documents):
        facts = make_facts(evaluation=make_evaluation(number=str(number)))
        source = make_source(f"架空市_{number}.txt", f"架空市の評価書 {number}")
        mapped = map_document(facts, source, version="1", base=store.base)
        store.replace(mapped, path=f"/home/someone/{number}.txt")
        graphs.append(mapped.graph.value)
    store.flush()
    return graphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running service, and a client for it."""

    url: str
    client: httpx.Client
    process: subprocess.Popen[str]

    def ask(self, query: str, accept: str = "application/sparql-results+json", **data: object) -> httpx.Response:
        """Ask by a posted form."""
        return self.client.post("/sparql", data={"query": query, **data}, headers={"Accept": accept})

    def count(self) -> int:
        """Return how many statements the default graph has."""
        return int(self.ask(COUNT).json()["results"]["bindings"][0]["n"]["value"])

    def workers(self) -> list[int]:
        """Return the ids of the processes in which queries run."""
        folder = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in folder.read_text().split()]


@contextmanager
def serving(store: Path, *options: str) -> Iterator[Server]:
    """Run ``mynaflow serve`` on a free port until the block ends."""
    command = [sys.executable, "-P", "-m", "viz.cli", "serve", "--store", str(store), "--port", "0"]
    command += ["--look", "0.1", "--processes", "2", *options]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=store.parent
    )
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        match = re.match(r"(http://\S+:\d+)/", line)
        assert match, line + process.stderr.read()
        # One client for all: no proxy of the environment may stand between the tests and the service.
        with httpx.Client(base_url=match[1], trust_env=False, timeout=60) as client:
            yield Server(url=match[1], client=client, process=process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()
