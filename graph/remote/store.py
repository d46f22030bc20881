"""A store behind a server: the same documents and questions, over SPARQL 1.1 Query, Update and Graph Store Protocol.

One document is one graph, which is replaced whole. What is known of a loaded document is written after its graph:
a build that is killed in between reads the document once more, and puts the same graph in its place. The server may
hold other graphs; they are never touched. Nothing keeps two builds from writing to one server at a time: let one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import quote

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from extract.errors import StoreError
from graph.lines import Lines, written
from graph.mapped import literal
from graph.remote.address import LAYOUT, LAYOUTS, Address, Layout
from graph.remote.speech import Speech
from graph.remote.wire import send
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

SELF = NamedNode("https://w3id.org/mynaflow/store")
"""The graph, and the node in it, that tell what the identifiers of a store begin with."""

_SPACE = NamedNode("http://rdfs.org/ns/void#uriSpace")
_BASE = f"SELECT ?base WHERE {{ GRAPH {SELF} {{ {SELF} {_SPACE} ?base }} }}"
_PROBE = "SELECT (1 AS ?one) WHERE {}"
_TRIPLES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_ACCEPTED = "application/n-triples, text/plain;q=0.8, text/turtle;q=0.7, application/rdf+xml;q=0.5"
_CUT = "X-SPARQL-MaxRows"


class RemoteStore:
    """An open store behind a server. Make one with ``open_remote`` or ``create_remote``."""

    def __init__(self, address: Address, layout: Layout, *, base: str) -> None:
        self._address = address
        self._layout = layout
        self._speech = Speech(address, layout)
        self.base = base

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return what is loaded, in the order of the files' names."""
        return documents_of(self.select(LOADED))

    def select(self, query: str) -> QuerySolutions:
        """Return the solutions of a SELECT query; raises StoreError where the server does not answer, or not all."""
        reply = self._speech.ask(query)
        if _CUT in reply.headers:
            raise StoreError(
                f"the server gave no more than {reply.headers[_CUT]} rows of the answer",
                where=str(self._address),
                todo="raise its limit (Virtuoso: ResultSetMaxRows), or narrow the question",
            )
        try:
            solutions = parse_query_results(reply.body, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"the answer cannot be understood: {error}", where=str(self._address)) from error
        if not isinstance(solutions, QuerySolutions):
            msg = "not a SELECT query"
            raise TypeError(msg)
        return solutions

    def graphs(self, *, vocabulary: bool = False) -> list[NamedNode]:
        """Return the names of the documents' graphs in order, and on request those of the vocabulary."""
        names = {one.graph for one in self.documents()}
        names |= {graph.value for graph in VOCABULARY.values()} if vocabulary else set()
        return [NamedNode(name) for name in sorted(names)]

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """Return what a named graph holds, in no order."""
        if self._layout.graphs is None:
            reply = self._speech.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}", _ACCEPTED)
        else:
            reply = send(self._address, self._place(graph), method="GET", headers={"Accept": _ACCEPTED})
        kind = _TRIPLES.get(reply.headers.get_content_type(), RdfFormat.N_TRIPLES)
        return (Quad(one.subject, one.predicate, one.object, graph) for one in parse(reply.body, kind))

    def add(self, documents: Sequence[tuple[Lines, str]]) -> None:
        """Put documents, each with the path that it was loaded from, into graphs that are not there yet."""
        for document, _ in documents:
            self._write(NamedNode(document.graph), document.lines)
        notes = [one for document, path in documents for one in note(document, path, self.base)]
        old = [forgetting(NamedNode(document.graph), self.base) for document, _ in documents]
        self._speech.update(";\n".join([*old, insertion(loads_graph(self.base), [one.triple for one in notes])]))

    def put(self, document: Lines, *, path: str = "", drop: Collection[str] = ()) -> None:
        """Put ``document`` in place of its graph and of the graphs ``drop``: in one update if the server takes it."""
        graph = NamedNode(document.graph)
        others = [removal(NamedNode(name), self.base) for name in dict.fromkeys(drop) if name != document.graph]
        told = insertion(loads_graph(self.base), [one.triple for one in note(document, path, self.base)])
        steps = [*others, forgetting(graph, self.base), told]
        if self._layout.whole:
            steps = [_replacement(graph, document.lines), *steps]
        else:
            self._write(graph, document.lines)
        self._speech.update(";\n".join(steps))

    def remove(self, graph: str) -> None:
        """Take a document out of the store."""
        self._speech.update(removal(NamedNode(graph), self.base))

    def flush(self) -> None:
        """See that everything written is safe: the server said so of each request."""

    def load_vocabulary(self) -> None:
        """Put the ontology and its concepts into the store, so that queries can name them."""
        for name, graph in VOCABULARY.items():
            triples = vocabulary_triples(name)
            if not self._holds(graph, triples):
                self._write(graph, written(triples, RdfFormat.N_TRIPLES))

    def _holds(self, graph: NamedNode, triples: Collection[Triple]) -> bool:
        count = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        if [int(row["n"].value) for row in self.select(count)] != [len(set(triples))]:
            return False
        return {one.triple for one in self.quads(graph)} == set(triples)

    def _write(self, graph: NamedNode, lines: bytes) -> None:
        """Put N-Triples in place of a graph."""
        if self._layout.graphs is None:
            self._speech.update(_replacement(graph, lines))
        else:
            kind = {"Content-Type": "application/n-triples"}
            send(self._address, self._place(graph), method="PUT", headers=kind, body=lines)

    def _place(self, graph: NamedNode) -> str:
        return f"{self._address.url}{self._layout.graphs}?graph={quote(graph.value, safe='')}"


def _replacement(graph: NamedNode, lines: bytes) -> str:
    return f"DROP SILENT GRAPH {graph};\nINSERT DATA {{ GRAPH {graph} {{\n{lines.decode()}}} }}"


def open_remote(address: Address) -> RemoteStore:
    """Return the store behind a server for reading; raises StoreError where there is none."""
    layout = _layout_of(address)
    base = _base_of(address, layout)
    if base is None:
        raise StoreError(
            "there is no store here, or nothing was ever loaded",
            where=str(address),
            todo=f"mynaflow build FOLDER --store {address}",
        )
    return RemoteStore(address, layout, base=base)


def create_remote(address: Address, *, base: str | None = None) -> RemoteStore:
    """Return the store behind a server for writing; a new one's identifiers begin with ``base``."""
    layout = _layout_of(address)
    kept = _base_of(address, layout)
    if kept and base and kept != base:
        raise StoreError(
            f"the store's identifiers begin with {kept}, not with {base}",
            where=str(address),
            todo="leave --base out, or build into another server",
        )
    store = RemoteStore(address, layout, base=kept or base or DATA)
    if kept is None:
        Speech(address, layout).update(insertion(SELF, [Triple(SELF, _SPACE, literal(store.base))]))
    store.load_vocabulary()
    return store


def _base_of(address: Address, layout: Layout) -> str | None:
    rows = RemoteStore(address, layout, base=DATA).select(_BASE)
    return next((row["base"].value for row in rows), None)


def _layout_of(address: Address) -> Layout:
    """Return the layout that is given, or the first one whose query endpoint answers; its name tells those alike apart."""
    if address.layout:
        return LAYOUTS[address.layout]
    refused: StoreError | None = None
    for layout in LAYOUTS.values():
        try:
            server = Speech(address, layout).ask(_PROBE).headers.get("Server", "")
        except StoreError as error:
            if "cannot be reached" in error.what or "credentials" in error.what:
                raise
            refused = error
            continue
        alike = (other for one, other in LAYOUTS.items() if one in server.lower() and other.query == layout.query)
        return next(alike, layout)
    raise StoreError(
        f"no SPARQL endpoint answers here{f': {refused.what}' if refused else ''}",
        where=str(address),
        todo=f"check the address; {LAYOUT} names the kind of server: {', '.join(LAYOUTS)}",
    ) from refused
