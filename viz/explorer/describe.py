"""What the store knows of an identifier that is no end, law or document: a statement, or anything else.

Runs in a worker process of the service, on the store itself; what it returns is plain data.
"""

from __future__ import annotations

from itertools import islice

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.mapping import term
from graph.store import GraphStore
from ontology import NAMESPACES

_MOST = 200
_ORDER, _EVIDENCE = term("order"), term("evidence")
_LABELS = tuple(NamedNode(NAMESPACES[prefix] + name) for prefix, name in (("rdfs", "label"), ("skos", "prefLabel")))


class Value(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A property and what stands on its other side: a text, or an identifier (``iri``) with its label."""

    name: str
    text: str
    iri: str = ""


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """A statement's place (graph and order), or else what is said of the identifier, and what refers to it."""

    graph: str = ""
    order: int = 0
    said: list[Value] = []
    incoming: list[Value] = []


def describe(store: GraphStore, iri: str) -> Described | None:
    """Return what the store says of ``iri``; None if nothing does, or if it is no identifier."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    for subject in (node, *_statements_on(store, node)):
        for quad in store.engine.quads_for_pattern(subject, _ORDER, None, None):
            if isinstance(quad.graph_name, NamedNode) and isinstance(quad.object, Literal):
                return Described(graph=quad.graph_name.value, order=int(quad.object.value))
    said = islice(store.engine.quads_for_pattern(node, None, None, None), _MOST)
    incoming = islice(store.engine.quads_for_pattern(None, None, node, None), _MOST)
    described = Described(
        said=sorted({_value(store, quad.predicate, quad.object) for quad in said}),
        incoming=sorted({_value(store, quad.predicate, quad.subject) for quad in incoming}),
    )
    return described if described.said or described.incoming else None


def _statements_on(store: GraphStore, node: NamedNode) -> list[NamedNode]:
    """Return a statement that stands on ``node``, if it is evidence."""
    quads = store.engine.quads_for_pattern(None, _EVIDENCE, node, None)
    return [quad.subject for quad in islice(quads, 1) if isinstance(quad.subject, NamedNode)]


def _value(store: GraphStore, name: NamedNode, other: NamedNode | BlankNode | Literal | Triple) -> Value:
    if not isinstance(other, NamedNode):
        return Value(name=name.value, text=other.value if isinstance(other, Literal) else str(other))
    return Value(name=name.value, text=_label(store, other) or other.value, iri=other.value)


def _label(store: GraphStore, node: NamedNode) -> str:
    found = (quad.object for label in _LABELS for quad in store.engine.quads_for_pattern(node, label, None, None))
    return next((one.value for one in found if isinstance(one, Literal) and one.language != "en"), "")
