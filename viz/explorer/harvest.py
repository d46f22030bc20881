"""What the index keeps of one document, gathered from its graph: ends, movements, quotes, provisions, its cover."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.store import GraphStore
from graph.trace.edges import Edge, Network
from graph.trace.library import Document, Library, Row, code_of, rows_of
from graph.trace.load import load_network
from graph.trace.sparql import PREFIXES
from ontology import ONTOLOGY
from viz.explorer.statements import BROAD

_PROV = "PREFIX prov: <http://www.w3.org/ns/prov#>\n"
_STORED = """SELECT ?g ?name ?sha256 ?version WHERE { GRAPH ?g {
  ?g a :DocumentGraph ; :sourceName ?name ; prov:wasDerivedFrom/:sha256 ?sha256 ; prov:wasAttributedTo/:version ?version } }"""
_COVER = """SELECT * WHERE { GRAPH %s {
  ?g :evaluation ?evaluation .
  OPTIONAL { ?evaluation :agency ?agency . ?agency rdfs:label ?body }
  OPTIONAL { ?evaluation :office ?office } OPTIONAL { ?evaluation :title ?title }
  OPTIONAL { ?evaluation :business/rdfs:label ?business } OPTIONAL { ?evaluation :evaluationNumber ?number }
  OPTIONAL { ?evaluation :form ?form } OPTIONAL { ?evaluation :published ?published } } } LIMIT 1"""
_COUNTS = """SELECT (COUNT(?s) AS ?facts) (COUNT(?unclear) AS ?marks) (COUNT(?gap) AS ?gaps) (COUNT(?flow) AS ?flows)
WHERE { GRAPH %s { ?s :order ?order .
  OPTIONAL { ?s :state concept:mark-unclear BIND(1 AS ?unclear) }
  OPTIONAL { ?s a :Gap BIND(1 AS ?gap) } OPTIONAL { ?s a :DataFlow BIND(1 AS ?flow) } } }"""
_PASSAGES = """SELECT ?class ?item ?line ?quote ?start ?end WHERE { GRAPH %s {
  ?s :order ?order ; a ?class ; :evidence ?evidence . ?evidence :item ?item ; :line ?line ;
    oa:hasSelector ?words, ?position . ?words oa:exact ?quote . ?position oa:start ?start ; oa:end ?end } }"""
_FREQUENCIES = """SELECT ?source ?target ?frequency ?line ?quote WHERE { GRAPH %s {
  ?flow a :DataFlow ; :source ?source ; :target ?target ; :frequency ?frequency ; :mainEvidence ?evidence .
  ?evidence :line ?line ; oa:hasSelector/oa:exact ?quote } }"""
_CITATIONS = """SELECT ?provision ?usage ?item ?line ?quote ?start WHERE { GRAPH %s {
  ?s a :LegalBasisCitation ; :provision ?provision ; :usage ?usage ; :mainEvidence ?evidence .
  ?evidence :item ?item ; :line ?line ; oa:hasSelector ?words, ?position . ?words oa:exact ?quote .
  ?position oa:start ?start } } ORDER BY ?start"""
_PROVISIONS = """SELECT DISTINCT ?provision ?name ?law ?title ?number ?egov WHERE { GRAPH %s {
  ?provision a :LegalProvision ; rdfs:label ?name ; :law ?law . ?law rdfs:label ?title .
  OPTIONAL { ?law :lawNumber ?number } OPTIONAL { ?law :egovId ?egov } } }"""
_CONCEPTS = "PREFIX concept: <https://w3id.org/mynaflow/concept/>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document of the store: its graph, its file's name and hash, and the program's version that read it."""

    graph: str
    name: str
    sha256: str
    version: str

    @property
    def state(self) -> str:
        """What changes when the document is read anew."""
        return f"{self.sha256} {self.version} {self.name}"


Passage = tuple[int, int, int, str, str, str]
"""A quoted place: where it starts and ends, its line, its item, its words, and the kinds of what stands on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """The rows of the index that come of one document, as ``schema`` has them but for the document's number."""

    cover: Mapping[str, str]
    counts: Mapping[str, int]
    nodes: tuple[tuple[object, ...], ...]
    aliases: tuple[tuple[object, ...], ...]
    edges: tuple[tuple[object, ...], ...]
    denied: tuple[tuple[object, ...], ...]
    passages: tuple[Passage, ...]
    citations: tuple[tuple[object, ...], ...]
    provisions: tuple[tuple[object, ...], ...]
    laws: tuple[tuple[object, ...], ...]


Ask = Callable[[str], Iterator[Row]]


def stored_documents(store: GraphStore) -> list[Stored]:
    """Return the documents of the store in the order of the files' names."""
    found = (
        Stored(graph=row["g"], name=row["name"], sha256=row["sha256"], version=row["version"])
        for row in rows_of(store.select(_PROV + PREFIXES + _STORED))
    )
    return sorted(found, key=lambda one: (one.name, one.graph))


def harvest(store: GraphStore, document: Stored) -> Harvest:
    """Gather what the index keeps of ``document``."""

    def ask(query: str) -> Iterator[Row]:
        return rows_of(store.select(_CONCEPTS + PREFIXES + query % f"<{document.graph}>"))

    cover = next(ask(_COVER), {})
    network = _network(store, document, cover)
    passages = tuple(_passages(ask(_PASSAGES)))
    return Harvest(
        cover=cover,
        counts={name: int(value) for name, value in next(ask(_COUNTS)).items()},
        nodes=tuple(_nodes(network)),
        aliases=tuple((node.key, name) for node in network.nodes.values() for name in (node.name, *node.also)),
        edges=tuple(_edges(network.edges, passages, ask)),
        denied=tuple((*aside.names, aside.line, aside.quote) for aside in network.denied),
        passages=passages,
        citations=tuple(_citations(ask(_CITATIONS))),
        provisions=tuple((row["provision"], row["law"], row["name"]) for row in ask(_PROVISIONS)),
        laws=tuple(
            {
                row["law"]: (row["law"], row["title"], row.get("number", ""), row.get("egov", ""))
                for row in ask(_PROVISIONS)
            }.values()
        ),
    )


def _network(store: GraphStore, document: Stored, cover: Row) -> Network:
    """Return the ends and movements of the document alone, as a trace sees them."""
    known = Document(
        graph=document.graph,
        name=document.name,
        agency=cover.get("agency") or document.graph,
        body=cover.get("body", ""),
        office=cover.get("office", ""),
    )

    def select(query: str) -> Iterator[Row]:
        return rows_of(store.select(query))

    return load_network(Library(select=select, documents={document.graph: known}, base=store.base))


def _nodes(network: Network) -> Iterator[tuple[object, ...]]:
    for node in network.nodes.values():
        yield node.key, node.name, str(node.kind), node.owner, node.is_agency, node.hub


def _edges(edges: Iterable[Edge], passages: Iterable[Passage], ask: Ask) -> Iterator[tuple[object, ...]]:
    """Yield the movements, each with the offset of its quote and, where it is printed, its frequency."""
    starts = {(item, line, quote): start for start, _, line, item, quote, _ in passages}
    often = {
        (int(row["line"]), row["quote"], row["source"], row["target"]): row["frequency"] for row in ask(_FREQUENCIES)
    }
    for edge in edges:
        says = edge.says
        yield (
            edge.source,
            edge.target,
            str(says.kind),
            str(says.carries),
            str(says.certainty),
            edge.contested,
            says.derived,
            says.source,
            says.target,
            says.via,
            says.medium,
            says.data,
            often.get((says.line, says.quote, edge.source, edge.target)),
            says.item,
            says.line,
            starts.get((says.item, says.line, says.quote), -1),
            says.quote,
            json.dumps(says.legal_bases, ensure_ascii=False),
        )


def _passages(rows: Iterable[Row]) -> Iterator[Passage]:
    """Yield each quoted place once, with the kinds of the statements that stand on it."""
    kinds: dict[tuple[int, int, int, str, str], set[str]] = {}
    for row in rows:
        place = (int(row["start"]), int(row["end"]), int(row["line"]), row["item"], row["quote"])
        kinds.setdefault(place, set()).add(row["class"].removeprefix(ONTOLOGY))
    for place in sorted(kinds):
        yield *place, " ".join(sorted(kinds[place] - BROAD or kinds[place]))


def _citations(rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        usage = code_of(row["usage"])
        yield row["provision"], usage, int(row["line"]), int(row["start"]), row["item"], row["quote"]
