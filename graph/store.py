"""The store on disk: one named graph for each document, replaced whole or not at all.

A store is a folder with a marker file and Oxigraph's own folder inside. A folder that holds anything else
is never written to. What is known of a loaded file beyond its content (where it was read from, under which
key) stands in a graph of its own, which exports leave out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store

from extract.errors import StoreError
from graph.lines import Lines, written
from graph.mapped import Mapped
from graph.stored import (
    LOADED,
    VOCABULARY,
    StoredDocument,
    documents_of,
    forgetting,
    insertion,
    loads_graph,
    note,
    removal,
    vocabulary_triples,
)
from ontology import DATA

MARKER = "mynaflow-store.json"
"""The file by which a folder is known to be a store."""
FORMAT = 1
"""The layout of a store; a store with a higher number comes from a later program."""
_ENGINE = "oxigraph"
_DRAFT = f"{MARKER}.new"
_MANY = 4_000_000
_LONG_LOG = 8_000_000  # bytes of N-Triples; the engine's own log takes about five times as many
_PATIENCE = 3.0
_PAUSE = 0.05
_GONE = "No such file or directory"
_LEFT_BEHIND = re.compile(r"(?:bulk-)?[0-9]{20,}(?:\.sst)?")  # by a bulk load that was killed


class GraphStore:
    """An open store. Make one with ``open_store`` or ``create_store``."""

    def __init__(self, engine: Store, *, base: str) -> None:
        self._engine = engine
        self._logged = 0
        self.base = base

    @property
    def engine(self) -> Store:
        """The engine itself, for queries that no question covers."""
        return self._engine

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return what is loaded, in the order of the files' names."""
        return documents_of(self.select(LOADED))

    def select(self, query: str) -> QuerySolutions:
        """Return the solutions of a SELECT query; graphs are reached with GRAPH."""
        solutions = self._engine.query(query)
        if not isinstance(solutions, QuerySolutions):
            msg = "not a SELECT query"
            raise TypeError(msg)
        return solutions

    def replace(self, document: Mapped, *, path: str = "", drop: Collection[str] = ()) -> None:
        """Put ``document`` in place of its graph and of the graphs ``drop``, in one transaction."""
        self.put(Lines.of(document), path=path, drop=drop)

    def put(self, document: Lines, *, path: str = "", drop: Collection[str] = ()) -> None:
        """Put ``document`` in place of its graph and of the graphs ``drop``, in one transaction."""
        graph, others = NamedNode(document.graph), [name for name in dict.fromkeys(drop) if name != document.graph]
        past, stays = self._lines(graph), set(document.lines.splitlines(keepends=True))
        if not past and not drop:
            self.add([(document, path)])
            return
        gone = b"".join(line for line in past if line not in stays)
        stays.difference_update(past)
        new = b"".join(line for line in document.lines.splitlines(keepends=True) if line in stays)
        steps = [
            *(removal(NamedNode(name), self.base) for name in others),
            f"DELETE DATA {{ GRAPH {graph} {{\n{gone.decode()}}} }}",
            f"INSERT DATA {{ GRAPH {graph} {{\n{new.decode()}}} }}",
            forgetting(graph, self.base),
            insertion(loads_graph(self.base), [quad.triple for quad in note(document, path, self.base)]),
        ]
        size = len(gone) + len(new) + sum(map(self._size, others))
        self._engine.update(";\n".join(steps))
        self._count_logged(size)

    def add(self, documents: Sequence[tuple[Lines, str]]) -> None:
        """Put documents, each with the path that it was loaded from, into graphs that are not there yet: all or none."""
        notes = [one for document, path in documents for one in note(document, path, self.base)]
        quads = b"".join([*(document.quads() for document, _ in documents), written(notes, RdfFormat.N_QUADS)])
        # Beyond some size it is faster to write the engine's files than to go through its log; either way at once.
        if len(quads) > _MANY:
            self._engine.bulk_load(quads, format=RdfFormat.N_QUADS, lenient=True)
        else:
            self._engine.load(quads, format=RdfFormat.N_QUADS, lenient=True)
            self._count_logged(len(quads))

    def _count_logged(self, size: int) -> None:
        """Have the engine write its files once its log is long: whoever opens the store reads all of the log first."""
        self._logged += size
        if self._logged > _LONG_LOG:
            self.flush()

    def _size(self, graph: str) -> int:
        return sum(map(len, self._lines(NamedNode(graph))))

    def _lines(self, graph: NamedNode) -> list[bytes]:
        if not self._engine.contains_named_graph(graph):
            return []
        found = self._engine.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""
        return found.splitlines(keepends=True)

    def remove(self, graph: str) -> None:
        """Take a document out of the store."""
        size = self._size(graph)
        self._engine.update(removal(NamedNode(graph), self.base))
        self._count_logged(size)

    def load_vocabulary(self) -> None:
        """Put the ontology and its concepts into the store, so that queries can name them."""
        for name, graph in VOCABULARY.items():
            triples = vocabulary_triples(name)
            if set(self._lines(graph)) != set(written(triples, RdfFormat.N_TRIPLES).splitlines(keepends=True)):
                self._engine.update(f"DROP SILENT GRAPH {graph};\n{insertion(graph, triples)}")

    def graphs(self, *, vocabulary: bool = False) -> list[NamedNode]:
        """Return the names of the documents' graphs in order, and on request those of the vocabulary."""
        left_out = {loads_graph(self.base)} | (set() if vocabulary else set(VOCABULARY.values()))
        names = [name for name in self._engine.named_graphs() if isinstance(name, NamedNode)]
        return sorted((name for name in names if name not in left_out), key=lambda name: name.value)

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """Return what a named graph holds, in no order."""
        return self._engine.quads_for_pattern(None, None, None, graph)

    def flush(self) -> None:
        """See that everything written is on disk."""
        self._logged = 0
        self._engine.flush()


def create_store(path: Path, *, base: str | None = None) -> GraphStore:
    """Open the store at ``path`` for writing; make it if there is nothing there.

    Raises StoreError where ``path`` is a file, another program's folder, in use, or cannot be written.
    """
    kept = _read_marker(path) if path.exists() else None
    if kept and base and kept != base:
        raise StoreError(
            f"the store's identifiers begin with {kept}, not with {base}",
            where=str(path),
            todo="leave --base out, or build into a new folder",
        )
    chosen = kept or _valid_base(base or DATA)
    try:
        if not kept:
            _write_marker(path, chosen)
        store = GraphStore(Store(str(path / _ENGINE)), base=chosen)
    except (OSError, RuntimeError) as error:
        raise _cannot_open(error, path) from error
    for left in (path / _ENGINE).iterdir():
        if _LEFT_BEHIND.fullmatch(left.name):
            left.unlink()
    store.load_vocabulary()
    return store


def open_store(path: Path) -> GraphStore:
    """Open the store at ``path`` for reading; raises StoreError where there is none."""
    base = _read_marker(path) if path.exists() else None
    if not base or not (path / _ENGINE).is_dir():
        raise StoreError(
            "there is no store here, or nothing was ever loaded",
            where=str(path),
            todo=f"mynaflow build FOLDER --store {path}",
        )
    try:
        return GraphStore(_read_only(path / _ENGINE), base=base)
    except (OSError, RuntimeError) as error:
        raise _cannot_open(error, path) from error


def _read_only(folder: Path) -> Store:
    """Open the engine for reading; while a build writes, a file may be gone before it could be opened."""
    deadline = monotonic() + _PATIENCE
    while True:
        try:
            return Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            if _GONE not in str(error) or monotonic() > deadline:
                raise
        sleep(_PAUSE)


def memory_store(base: str = DATA) -> GraphStore:
    """Return an empty store in memory, with the vocabulary."""
    store = GraphStore(Store(), base=base)
    store.load_vocabulary()
    return store


def _read_marker(path: Path) -> str | None:
    """Return the base that the marker names; None for an empty folder."""
    try:
        if not path.is_dir():
            raise StoreError("this is a file, a store is a folder", where=str(path), todo="name another folder")
        if not {entry.name for entry in path.iterdir()} - {_DRAFT}:
            return None
        marker = json.loads((path / MARKER).read_text(encoding="utf-8"))
        form, base = int(marker["format"]), str(marker["base"])
    except FileNotFoundError as error:
        raise StoreError(
            "this folder holds something else, not a store of mynaflow",
            where=str(path),
            todo="name a new or an empty folder; nothing was changed here",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"the store's marker {MARKER} cannot be understood",
            where=str(path),
            todo="build into a new folder; nothing was changed here",
        ) from error
    except OSError as error:
        raise _cannot_open(error, path) from error
    if form > FORMAT:
        raise StoreError(
            f"the store has layout {form}, this program knows up to {FORMAT}",
            where=str(path),
            todo="use the program that wrote it, or build into a new folder",
        )
    return base


def _write_marker(path: Path, base: str) -> None:
    path.mkdir(parents=True, exist_ok=True)
    draft = path / _DRAFT
    draft.write_text(json.dumps({"format": FORMAT, "base": base}) + "\n", encoding="utf-8")
    draft.replace(path / MARKER)


def _valid_base(base: str) -> str:
    try:
        NamedNode(base)
    except ValueError as error:
        raise StoreError(
            f"no identifier can begin with {base!r}: {error}", todo="give a base like https://example.org/id/"
        ) from error
    if not base.endswith(("/", "#")):
        raise StoreError(f"the base {base} ends in neither / nor #", todo=f"--base {base}/")
    return base


def _cannot_open(error: OSError | RuntimeError, path: Path) -> StoreError:
    what = str(error).split("\n", 1)[0]
    if "lock" in what.lower():
        return StoreError(
            "another program is writing to this store", where=str(path), todo="wait until it ends, then try again"
        )
    if _GONE in what:
        return StoreError(
            "the store cannot be opened: files of it are missing, or a build replaces them faster than they can be read",
            where=str(path),
            todo="try again when no build runs; if it stays, build into a new folder",
        )
    return StoreError(f"the store cannot be opened: {what}", where=str(path), todo="check the path and its rights")
