"""The documents of a store that a question is asked of, and how their graphs are queried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, QuerySolutions

from extract.errors import UnknownName
from graph.trace import sparql
from graph.trace.edges import Aside
from graph.trace.names import name_key
from ontology import CONCEPT, DATA

Row = Mapping[str, str]
"""A solution: the values of its bound variables, IRIs and literals alike as text."""
Select = Callable[[str], Iterable[Row]]
"""Runs a SPARQL SELECT query and yields its solutions."""

PAST = "変更前の記載にのみある / only in what a change replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document: its named graph, its file's name, and its agency (IRI, name and office)."""

    graph: str
    name: str
    agency: str
    body: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Some documents of a store, by their graphs; ``base`` begins the identifiers of what they speak of."""

    select: Select
    documents: Mapping[str, Document]
    base: str = DATA

    def ask(self, query: str) -> Iterator[Row]:
        """Ask one of the queries of ``graph.trace.sparql`` about each document; ``g`` is its graph."""
        for graph in self.documents:
            for row in self.select(sparql.PREFIXES + query % f"<{graph}>"):
                yield {**row, "g": graph}

    def only(self, graphs: Iterable[str]) -> Library:
        """Return the library of these graphs alone."""
        return replace(self, documents={graph: self.documents[graph] for graph in graphs})

    def past(self, name: str) -> tuple[Aside, ...]:
        """Return the changes that name ``name`` in what they replaced."""
        rows = self._of_these(sparql.PAST % _literals(name))
        found = [aside_of(row, self.documents[row["g"]].name, (name,), PAST) for row in rows]
        return tuple(sorted(found, key=lambda aside: (aside.document, aside.line)))

    def naming(self, names: Iterable[str]) -> list[str]:
        """Return the graphs that hold one of ``names`` exactly, or else one that is equal but for its printing."""
        wanted = {name_key(name) for name in names}
        exact = self._graphs(sparql.NAMING % _literals(*names))
        if exact or not wanted:
            return exact
        labels = [row["label"] for row in self.select(sparql.PREFIXES + sparql.LABELS)]
        alike = [label for label in labels if name_key(label) in wanted]
        return self._graphs(sparql.NAMING % _literals(*alike)) if alike else []

    def mentioning(self, keys: Iterable[str]) -> list[str]:
        """Return the graphs in which one of ``keys`` is an end."""
        nodes = " ".join(f"<{key}>" for key in keys)
        return self._graphs(sparql.MENTIONING % nodes) if nodes else []

    def _graphs(self, query: str) -> list[str]:
        return sorted({row["g"] for row in self._of_these(query)})

    def _of_these(self, query: str) -> Iterator[Row]:
        return (row for row in self.select(sparql.PREFIXES + query) if row["g"] in self.documents)


def _literals(*names: str) -> str:
    return " ".join(str(Literal(name)) for name in names)


def rows_of(solutions: QuerySolutions) -> Iterator[Row]:
    """Yield the solutions of an Oxigraph query as plain text."""
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term.value for name in names if isinstance(term := solution[name], NamedNode | Literal)}


def open_library(
    select: Select, *, document: str | None = None, agency: str | None = None, base: str = DATA
) -> Library:
    """Return the documents of the store, or those of that file name or agency; UnknownName if there are none."""
    known = sorted(_documents(select), key=lambda one: (one.name, one.graph))
    kept = known
    if document is not None:
        kept = [one for one in kept if one.name == document]
        _expect(kept, document, (one.name for one in known), "--document")
    if agency is not None:
        kept = [one for one in kept if name_key(agency) in (name_key(one.body), name_key(one.office))]
        _expect(kept, agency, (one.body for one in known), "--agency")
    return Library(select=select, documents={one.graph: one for one in kept}, base=base)


def _documents(select: Select) -> Iterator[Document]:
    for row in select(sparql.PREFIXES + sparql.DOCUMENTS):
        agency, body = row.get("agency") or row["g"], row.get("label", "")
        yield Document(graph=row["g"], name=row["name"], agency=agency, body=body, office=row.get("office", ""))


def _expect(kept: Sequence[Document], name: str, known: Iterable[str], where: str) -> None:
    if not kept:
        near = get_close_matches(name, sorted(set(known)), n=3, cutoff=0.4)
        todo = f"did you mean {', '.join(near)}?" if near else "mynaflow ask evaluations lists them"
        raise UnknownName(f"no document for {name!r}", where=where, todo=todo)


def aside_of(row: Row, document: str, names: tuple[str, ...], why: str) -> Aside:
    """Return the place that a row with line and quote tells."""
    return Aside(names=names, why=why, document=document, line=int(row["line"]), quote=row["quote"])


def code_of(concept: str) -> str:
    """Return the value that a concept stands for.

    >>> code_of("https://w3id.org/mynaflow/concept/flow-re-entrustment")
    're-entrustment'
    """
    return concept.removeprefix(CONCEPT).partition("-")[2]
