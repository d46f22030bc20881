"""Writes what a store holds in other formats, the same store always as the same bytes.

Graph after graph in the order of their names, so that a large store never stands in memory whole; only
Turtle and GraphML, which know no named graphs, gather everything first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from extract.errors import UnknownName
from graph.stored import ReadableStore
from ontology import namespaces

FORMATS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
"""The formats of RDF by the ending that their files have."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EDGES = """
PREFIX concept: <https://w3id.org/mynaflow/concept/>
PREFIX myna: <https://w3id.org/mynaflow/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?source ?sourceLabel ?target ?targetLabel ?kind ?carries ?certainty ?data ?via ?medium ?document ?line ?quote
WHERE {
  GRAPH ?g {
    ?g myna:sourceName ?document .
    {
      ?s a myna:DataFlow ; myna:source ?source ; myna:target ?target ; myna:flowKind ?kindConcept ;
        myna:carries ?carriesConcept ; myna:certainty ?certaintyConcept .
      GRAPH concept: {
        ?kindConcept skos:notation ?kind .
        ?carriesConcept skos:notation ?carries .
        ?certaintyConcept skos:notation ?certainty .
      }
      OPTIONAL { ?s myna:data ?data }
      OPTIONAL { ?s myna:viaText ?via }
      OPTIONAL { ?s myna:mediumText ?medium }
    } UNION {
      ?s a myna:SystemConnection ; myna:connects ?source ; myna:connectsTo ?target ; myna:state concept:mark-yes .
      BIND("connection" AS ?kind)
    }
    ?source rdfs:label ?sourceLabel .
    ?target rdfs:label ?targetLabel .
    ?s myna:order ?order ; myna:mainEvidence ?evidence .
    ?evidence myna:line ?line ; oa:hasSelector/oa:exact ?quote .
  }
}
ORDER BY ?document ?g ?order
"""
_SAID_OF_AN_EDGE = ("kind", "carries", "certainty", "data", "via", "medium", "document", "line", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which graphs of a store are written."""

    store: ReadableStore
    graphs: tuple[NamedNode, ...]


def select_graphs(store: ReadableStore, *, document: str | None = None, vocabulary: bool = False) -> Selection:
    """Choose all documents, or those whose file has this name; raises UnknownName if there is none."""
    if document is None:
        return Selection(store=store, graphs=tuple(store.graphs(vocabulary=vocabulary)))
    found = tuple(NamedNode(one.graph) for one in store.documents() if one.name == document)
    if not found:
        raise UnknownName(f"no document {document!r} in the store", todo="mynaflow ask documents lists them")
    return Selection(store=store, graphs=found)


def find_quads(selection: Selection) -> Iterator[Quad]:
    """Yield the quads in a fixed order: by graph, and within it by the text of the quad."""
    for graph in selection.graphs:
        yield from sorted(selection.store.quads(graph), key=str)


def write_rdf(selection: Selection, form: str, out: IO[bytes]) -> None:
    """Write the quads in one of FORMATS; Turtle gets the union of the graphs."""
    rdf = FORMATS[form]
    if rdf == RdfFormat.TURTLE:
        triples = sorted({quad.triple for quad in find_quads(selection)}, key=str)
        serialize(triples, out, format=rdf, prefixes=namespaces())
    else:
        serialize(find_quads(selection), out, format=rdf, prefixes=None if form == "nq" else namespaces())


def find_cells(selection: Selection) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield graph, subject, predicate, object and the object's datatype of each quad, as plain text."""
    for quad in find_quads(selection):
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        datatype = quad.object.datatype.value if isinstance(quad.object, Literal) else ""
        yield graph, _value(quad.subject), quad.predicate.value, _value(quad.object), datatype


def write_graphml(selection: Selection, out: IO[bytes]) -> None:
    """Write the flows and the ticked connections as a directed multigraph with labelled nodes.

    A character that XML cannot hold is written as ``�``.
    """
    from networkx import MultiDiGraph, write_graphml

    network: MultiDiGraph[str] = MultiDiGraph()
    documents = {graph.value for graph in selection.graphs}
    names = {one.name for one in selection.store.documents() if one.graph in documents}
    for row in selection.store.select(_EDGES):
        said = {name: _xml(_value(row[name])) for name in _SAID_OF_AN_EDGE if row[name] is not None}
        if _value(row["document"]) in names:
            for end in ("source", "target"):
                network.add_node(_value(row[end]), label=_xml(_value(row[f"{end}Label"])))
            network.add_edge(_value(row["source"]), _value(row["target"]), **said)
    write_graphml(network, out)


def _value(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
