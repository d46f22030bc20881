"""What every store of documents has in common, on disk or behind a server: how documents and vocabulary stand in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, RdfFormat, Triple, parse

from graph.lines import Lines, written
from graph.mapped import literal, term
from ontology import CONCEPT, ONTOLOGY, turtle

VOCABULARY = {"mynaflow": NamedNode(ONTOLOGY.rstrip("#")), "concepts": NamedNode(CONCEPT)}
"""The named graphs of the vocabulary by the name of the file that they hold."""
LOADED = """
PREFIX myna: <https://w3id.org/mynaflow/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?graph ?name ?sha256 ?version ?key ?path WHERE {
  GRAPH ?graph {
    ?graph a myna:DocumentGraph ; myna:sourceName ?name ; prov:wasDerivedFrom ?source ; prov:wasAttributedTo ?program .
    ?source myna:sha256 ?sha256 .
    ?program myna:version ?version .
  }
  GRAPH ?loads { ?graph myna:documentKey ?key ; myna:loadedFrom ?path }
}
ORDER BY ?name ?graph
"""
"""Every document that was loaded, in the order of the files' names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document in the store: its graph, its file's name and hash, and what told it from others."""

    graph: str
    name: str
    sha256: str
    version: str
    key: str
    path: str


class ReadableStore(Protocol):
    """A store that can be asked, wherever it is; its identifiers begin with ``base``."""

    base: str

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return what is loaded, in the order of the files' names."""

    def select(self, query: str) -> QuerySolutions:
        """Return the solutions of a SELECT query; graphs are reached with GRAPH."""

    def graphs(self, *, vocabulary: bool = False) -> list[NamedNode]:
        """Return the names of the documents' graphs in order, and on request those of the vocabulary."""

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """Return what a named graph holds, in no order."""


class WritableStore(ReadableStore, Protocol):
    """A store that documents can be put into."""

    def add(self, documents: Sequence[tuple[Lines, str]]) -> None:
        """Put documents, each with the path that it was loaded from, into graphs that are not there yet."""

    def put(self, document: Lines, *, path: str = "", drop: Collection[str] = ()) -> None:
        """Put a document in place of its graph and of the graphs ``drop``."""

    def remove(self, graph: str) -> None:
        """Take a document out."""

    def flush(self) -> None:
        """See that everything written is safe."""


def documents_of(solutions: QuerySolutions) -> tuple[StoredDocument, ...]:
    """Return the documents that the query ``LOADED`` finds."""
    rows = ({name: row[name].value for name in StoredDocument.__slots__} for row in solutions)
    return tuple(StoredDocument(**row) for row in rows)


def loads_graph(base: str) -> NamedNode:
    """Return the graph of what is known of loaded documents beyond their content, which exports leave out."""
    return NamedNode(f"{base}loads")


def note(document: Lines, path: str, base: str) -> tuple[Quad, Quad]:
    """Return what is known of a loaded document beyond its content: its key, and where it was loaded from."""
    graph, loads = NamedNode(document.graph), loads_graph(base)
    return (
        Quad(graph, term("documentKey"), literal(document.key), loads),
        Quad(graph, term("loadedFrom"), literal(path), loads),
    )


def insertion(graph: NamedNode, triples: Iterable[Triple]) -> str:
    """Return the update that puts triples into a graph."""
    return f"INSERT DATA {{ GRAPH {graph} {{\n{written(triples, RdfFormat.N_TRIPLES).decode()}}} }}"


def forgetting(graph: NamedNode, base: str) -> str:
    """Return the update that takes back what is known of a loaded document."""
    return f"DELETE WHERE {{ GRAPH {loads_graph(base)} {{ {graph} ?property ?value }} }}"


def removal(graph: NamedNode, base: str) -> str:
    """Return the update that takes a document out."""
    return f"DROP SILENT GRAPH {graph};\n{forgetting(graph, base)}"


def vocabulary_triples(name: str) -> list[Triple]:
    """Return what a graph of the vocabulary holds."""
    return list(_named(parse(turtle(name), format=RdfFormat.TURTLE), VOCABULARY[name]))


def _named(quads: Iterable[Quad], graph: NamedNode) -> Iterator[Triple]:
    """Yield the triples with a name for each blank node, in the order of the file, so that they stay the same."""
    names: dict[BlankNode, NamedNode] = {}

    def name(node: BlankNode) -> NamedNode:
        return names.setdefault(node, NamedNode(f"{graph.value.rstrip('/')}/.well-known/genid/{len(names) + 1}"))

    for subject, predicate, value, _ in quads:
        yield Triple(
            name(subject) if isinstance(subject, BlankNode) else subject,
            predicate,
            name(value) if isinstance(value, BlankNode) else value,
        )
