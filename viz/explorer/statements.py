"""The statements of a document, or those that mention a thing, with all they say and where they stand.

Runs in a worker process of the service, on the store itself; what it returns is plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.mapping import term
from graph.store import GraphStore
from ontology import CONCEPT, NAMESPACES, ONTOLOGY

_TYPE = NAMESPACES["rdf"] + "type"
_LABEL = NamedNode(NAMESPACES["rdfs"] + "label")
_SELECTOR, _EXACT, _START, _END = (
    NamedNode(NAMESPACES["oa"] + name) for name in ("hasSelector", "exact", "start", "end")
)
_ORDER, _EVIDENCE, _MAIN, _AGAINST = map(term, ("order", "evidence", "mainEvidence", "contradictedBy"))
_LINKS = frozenset({_ORDER.value, _EVIDENCE.value, _MAIN.value, _AGAINST.value})
_UNSAID = frozenset({"describes", "ofRecord"})
BROAD = frozenset({"DataFlow", "HandoverRecord", "Evaluation", "SystemFlow"})
"""Classes of statements that have others below them, which say more."""
_ROLES = (
    "describes",
    "entrustee",
    "subEntrustee",
    "recipient",
    "namedSource",
    "site",
    "department",
    "usedBy",
    "file",
    "connects",
    "provision",
)
"""The properties by which a statement speaks of a thing, but for the ends of movements."""
_MOVEMENT = "DataFlow"


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the document on which a statement stands, or (``against``) that contradict it."""

    item: str
    line: int
    start: int
    end: int
    quote: str
    original: str = ""
    against: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement: its class (a local name), what it says by property, and the words it stands on, the main first.

    A value that is a concept is its IRI; every other is text.
    """

    graph: str
    order: int
    kind: str
    values: list[tuple[str, str]]
    spots: list[Spot]

    def value(self, name: str) -> str:
        """Return what is said under a property, the first if there are several; empty if nothing is."""
        return next((value for key, value in self.values if key == name), "")


def statements_of(store: GraphStore, graph: str) -> list[Said]:
    """Return the statements of a document in the order in which they were read."""
    node = NamedNode(graph)
    subjects = (quad.subject for quad in store.engine.quads_for_pattern(None, _ORDER, None, node))
    found = (_said(store.engine, node, subject) for subject in subjects if isinstance(subject, NamedNode))
    return sorted(found, key=lambda one: one.order)


def mentions_of(store: GraphStore, key: str, most: int) -> list[Said]:
    """Return the statements that speak of ``key``, but for movements; at most so many."""
    found = islice(_mentions(store.engine, NamedNode(key)), most)
    return sorted(found, key=lambda one: (one.graph, one.order))


def _mentions(engine: Store, node: NamedNode) -> Iterator[Said]:
    seen: set[tuple[NamedNode, NamedNode]] = set()
    for role in map(term, _ROLES):
        for quad in engine.quads_for_pattern(None, role, node, None):
            graph, subject = quad.graph_name, quad.subject
            if not isinstance(graph, NamedNode) or not isinstance(subject, NamedNode) or (graph, subject) in seen:
                continue
            seen.add((graph, subject))
            if Quad(subject, NamedNode(_TYPE), term(_MOVEMENT), graph) not in engine:
                yield _said(engine, graph, subject)


def _said(engine: Store, graph: NamedNode, node: NamedNode) -> Said:
    classes: set[str] = set()
    values: set[tuple[str, str]] = set()
    main, spots, order = "", [], 0
    for quad in engine.quads_for_pattern(node, None, None, graph):
        name, value = quad.predicate.value, quad.object
        if name == _TYPE:
            classes.add(_value(value).removeprefix(ONTOLOGY))
        elif name == _ORDER.value:
            order = int(_value(value))
        elif name == _MAIN.value:
            main = _value(value)
        elif name in _LINKS and isinstance(value, NamedNode):
            spots.append((value.value, _spot(engine, graph, value, against=name == _AGAINST.value)))
        elif (local := name.removeprefix(ONTOLOGY)) not in _UNSAID:
            values.add((local, _shown(engine, graph, value)))
    spots.sort(key=lambda one: (one[1].against, one[0] != main, one[1].start))
    return Said(
        graph=graph.value,
        order=order,
        kind=min(classes - BROAD or classes, default="Statement"),
        values=_once(values),
        spots=[spot for _, spot in spots],
    )


def _spot(engine: Store, graph: NamedNode, node: NamedNode, *, against: bool) -> Spot:
    said = {quad.predicate.value.removeprefix(ONTOLOGY): _value(quad.object) for quad in _about(engine, graph, node)}
    for quad in engine.quads_for_pattern(node, _SELECTOR, None, graph):
        said |= {one.predicate.value: _value(one.object) for one in _about(engine, graph, quad.object)}
    return Spot(
        item=said.get("item", ""),
        line=int(said.get("line", 0)),
        start=int(said.get(_START.value, 0)),
        end=int(said.get(_END.value, 0)),
        quote=said.get(_EXACT.value, ""),
        original=said.get("page") or said.get("cell", ""),
        against=against,
    )


def _about(engine: Store, graph: NamedNode, node: object) -> Iterable[Quad]:
    return engine.quads_for_pattern(node, None, None, graph) if isinstance(node, NamedNode) else ()


def _shown(engine: Store, graph: NamedNode, value: object) -> str:
    """Return a text as it is, a concept by its IRI, and a thing by its label."""
    if isinstance(value, NamedNode) and not value.value.startswith(CONCEPT):
        return next((_value(quad.object) for quad in engine.quads_for_pattern(value, _LABEL, None, graph)), value.value)
    return _value(value)


def _value(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


def _once(values: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out the thing or concept that a text stands for, where both are said."""
    names = {name for name, _ in values}
    return sorted((name, value) for name, value in values if f"{name}Text" not in names and value)
