"""Measures the SPARQL service beside rdflib-endpoint, on the same statements and the same requests."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Event
from time import perf_counter, sleep
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from pyoxigraph import RdfFormat, serialize

from graph.store import open_store
from queries.catalog import find_question
from tests.bench.drawn import make_store
from tests.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

_DOCUMENTS = 20
_CLIENTS = 4
_TARGET = 200  # light queries a second
_LIGHT = "SELECT ?agency WHERE { ?agency a <https://w3id.org/mynaflow/ontology#Agency> } LIMIT 5"
_START_SECONDS = 120.0


def measure_service(folder: Path, times: int) -> Iterator[str]:
    """Yield the figures of both, or why the other is left out."""
    store = folder / "served"
    make_store(store, _DOCUMENTS, 30, 40)
    with serving(store) as server:
        _until(lambda: server.client.get("/status").json()["ready"])
        own = _figures(f"{server.url}/sparql", times)
    missed = ", MISSED" if own.light < _TARGET else ""
    yield f"light queries of {_CLIENTS} clients: {own.light:.0f} a second{missed} (target {_TARGET})"
    yield f"  while another asks for all flows: {own.beside:.0f} a second"
    yield f"all flows of {_DOCUMENTS} assessments: {own.whole * 1000:.0f} ms"
    other = shutil.which("rdflib-endpoint")
    if other is None:
        yield "rdflib-endpoint: not measured, for it is not installed (pip install 'rdflib-endpoint[cli]')"
        return
    with _rdflib_endpoint(other, store, folder) as url:
        theirs = _figures(url, 1)
    yield f"  rdflib-endpoint, light: {theirs.light:.0f} a second, {own.light / theirs.light:.1f} times as many here"
    yield f"  rdflib-endpoint, beside: {theirs.beside:.0f} a second, {own.beside / theirs.beside:.1f} times as many here"
    yield f"  rdflib-endpoint, flows: {theirs.whole * 1000:.0f} ms, {theirs.whole / own.whole:.1f} times as long"


@contextmanager
def _rdflib_endpoint(program: str, store: Path, folder: Path) -> Iterator[str]:
    """Serve the statements of ``store`` by rdflib-endpoint until the block ends; yield its address."""
    opened, file = open_store(store), folder / "served.nq"
    quads = serialize((quad for graph in opened.graphs() for quad in opened.quads(graph)), format=RdfFormat.N_QUADS)
    file.write_bytes(quads or b"")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _until(lambda: _answers(port))
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    with closing(socket.socket()) as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _until(fact: Callable[[], bool]) -> None:
    end = perf_counter() + _START_SECONDS
    while not fact():
        if perf_counter() > end:
            msg = f"no service after {_START_SECONDS:.0f} s"
            raise TimeoutError(msg)
        sleep(0.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """Light queries a second, the same beside a client that keeps asking a large one, and the seconds of that one."""

    light: float
    beside: float
    whole: float


def _figures(url: str, times: int) -> _Figures:
    flows, enough = _plain(find_question("flows").query), Event()
    _ask(url, _LIGHT, 5)
    light = _rate(url, 100)
    whole = min(_ask(url, flows, 1) for _ in range(times))

    def keep_asking() -> None:
        while not enough.is_set():
            _ask(url, flows, 1)

    with ThreadPoolExecutor(1) as other:
        asking = other.submit(keep_asking)
        sleep(0.1)
        beside = _rate(url, 25)
        enough.set()
        asking.result()
    return _Figures(light=light, beside=beside, whole=whole)


def _rate(url: str, each: int) -> float:
    start = perf_counter()
    with ThreadPoolExecutor(_CLIENTS) as clients:
        list(clients.map(lambda _: _ask(url, _LIGHT, each), range(_CLIENTS)))
    return _CLIENTS * each / (perf_counter() - start)


def _plain(query: str) -> str:
    """Return the query without its comments, in which no service need find its way."""
    return re.sub(r"^\s*#.*\n", "", query, flags=re.MULTILINE)


def _ask(url: str, query: str, times: int) -> float:
    """Ask over one connection; return the seconds that it took."""
    parts = urlsplit(url)
    path = f"{parts.path}?{urlencode({'query': query})}"
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=300)) as connection:
        start = perf_counter()
        for _ in range(times):
            connection.request("GET", path, headers={"Accept": "application/sparql-results+json"})
            response = connection.getresponse()
            body = response.read()
            assert response.status == 200, body[:500]
            assert b'"bindings"' in body
        return perf_counter() - start
