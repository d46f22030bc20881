"""Checks what a store holds: each document's graph by the shapes, and several together by the reasoner.

A fault names the statement that is at fault: its document, form item, line and quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graph.mapped import term
from graph.stored import ReadableStore, StoredDocument
from ontology import NAMESPACES, turtle
from ontology.clashes import Cause, Clash, explain, schema_triples
from ontology.reasoning import Reasoned, Verdict, reason

if TYPE_CHECKING:
    from rdflib import Graph

SAMPLE_TRIPLES = 200_000
"""How much the reasoner gets at most; 890,000 triples took it a minute and 1.7 GB."""

_SHACL = "http://www.w3.org/ns/shacl#"
_EXACT = NamedNode(NAMESPACES["oa"] + "exact")
_SELECTOR = NamedNode(NAMESPACES["oa"] + "hasSelector")


class Severity(StrEnum):
    """How bad a fault is, worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with which statement; ``by`` is shapes or reasoner."""

    severity: Severity
    by: str
    ja: str
    en: str
    document: str
    node: str
    form_item: str | None = None
    line: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the reasoner was given, its answer, and what explains a no."""

    documents: int
    reasoned: Reasoned
    faults: tuple[Fault, ...] = ()


class _Places:
    """Where the statements of one graph stand, found by any node that they are about."""

    def __init__(self, document: StoredDocument, triples: Sequence[Triple]) -> None:
        self._document = document.name
        self._main: dict[str, str] = {}
        self._said: dict[str, dict[str, str]] = {}
        order: dict[str, int] = {}
        for triple in triples:
            subject, value = _text(triple.subject), _text(triple.object)
            if triple.predicate == term("mainEvidence"):
                self._main[subject] = value
            elif triple.predicate == term("order"):
                order[subject] = int(value) if value.isdigit() else 0
            elif triple.predicate in (term("line"), term("item"), _EXACT):
                self._said.setdefault(subject, {})[triple.predicate.value] = value
        self._selectors = {
            _text(one.subject): _text(one.object)
            for one in triples
            if one.predicate == _SELECTOR and _EXACT.value in self._said.get(_text(one.object), {})
        }
        self._users: dict[str, str] = {}
        for triple in sorted(triples, key=lambda one: order.get(_text(one.subject), 0)):
            if (subject := _text(triple.subject)) in order:
                self._users.setdefault(_text(triple.object), subject)

    def place(self, fault: Fault) -> Fault:
        """Return ``fault`` with the place of the statement that is its node, or that first speaks of it."""
        statement = fault.node if fault.node in self._main else self._users.get(fault.node, fault.node)
        evidence = self._main.get(statement, fault.node)
        said = self._said.get(evidence, {})
        line = said.get(term("line").value, "")
        return replace(
            fault,
            document=self._document,
            form_item=said.get(term("item").value),
            line=int(line) if line.isdigit() else None,
            quote=self._said.get(self._selectors.get(evidence, ""), {}).get(_EXACT.value),
        )


def check_document(store: ReadableStore, document: StoredDocument) -> list[Fault]:
    """Return what the shapes find in one document's graph, and what in it excludes each other."""
    triples = _triples(store, [document])
    places = _Places(document, triples)
    faults = [*_by_shapes(triples), *map(_fault_of, explain(triples))]
    return sorted((places.place(fault) for fault in faults), key=_rank)


def check_together(store: ReadableStore, documents: Sequence[StoredDocument]) -> Sample:
    """Ask the reasoner whether the ontology and as many of ``documents`` as it can take agree."""
    taken: list[StoredDocument] = []
    triples: list[Triple] = []
    for document in documents:
        more = list(islice((quad.triple for quad in store.quads(NamedNode(document.graph))), SAMPLE_TRIPLES + 1))
        if taken and len(triples) + len(more) > SAMPLE_TRIPLES:
            break
        taken.append(document)
        triples.extend(more)
    reasoned = reason([*schema_triples(), *triples])
    faults: tuple[Fault, ...] = ()
    if reasoned.verdict is Verdict.INCONSISTENT:
        faults = tuple(_placed(store, taken, map(_fault_of, explain(triples))))
    return Sample(documents=len(taken), reasoned=reasoned, faults=faults)


def _placed(store: ReadableStore, documents: Sequence[StoredDocument], faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield each fault once for every document that speaks of its node."""
    known = [(triples := _triples(store, [one]), _Places(one, triples)) for one in documents]
    for fault in faults:
        for triples, places in known:
            if any(fault.node in (_text(one.subject), _text(one.object)) for one in triples):
                yield places.place(fault)


def _triples(store: ReadableStore, documents: Iterable[StoredDocument]) -> list[Triple]:
    return [quad.triple for document in documents for quad in store.quads(NamedNode(document.graph))]


def _text(node: object) -> str:
    return node.value if isinstance(node, NamedNode | BlankNode | Literal) else str(node)


def _rank(fault: Fault) -> tuple[int, int, str, str]:
    return (list(Severity).index(fault.severity), fault.line or 0, fault.node, fault.en)


def _fault_of(clash: Clash) -> Fault:
    names = [name.removeprefix(NAMESPACES["myna"]) for name in clash.said]
    if clash.cause is Cause.DISJOINT:
        ja = f"{names[0]} であり {names[1]} でもあることはできない"
        en = f"cannot be both {names[0]} and {names[1]}"
    else:
        values = [_text(triple.object).rsplit("/", 1)[-1] for triple in clash.triples]
        ja = f"{names[0]} は一つだけなのに {'、'.join(values)} がある"
        en = f"{names[0]} has one value and here {' and '.join(values)}"
    return Fault(severity=Severity.VIOLATION, by="reasoner", ja=ja, en=en, document="", node=clash.node.strip("<>"))


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    return Graph().parse(data=turtle("shapes"), format="turtle")


@cache
def _subclasses() -> tuple[Triple, ...]:
    """Return which classes are below which: a shape for organisations holds for agencies too."""
    return tuple(one for one in schema_triples() if one.predicate.value == NAMESPACES["rdfs"] + "subClassOf")


def _by_shapes(triples: Sequence[Triple]) -> Iterator[Fault]:
    """Validate with SHACL; a result about a whole graph is told of the statement that it found there."""
    import rdflib
    from pyshacl import validate

    lines = serialize([*triples, *_subclasses()], format=RdfFormat.N_TRIPLES) or b""
    _, report, _ = validate(rdflib.Graph().parse(data=lines, format="nt11"), shacl_graph=_shapes(), inference="none")
    shacl = rdflib.Namespace(_SHACL)
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        compares = report.value(result, shacl.sourceConstraintComponent) == shacl.SPARQLConstraintComponent
        # A query's result repeats its messages without their languages; the query itself still has them.
        spoken = report.value(result, shacl.sourceConstraint) if compares else result
        messages = report.objects(spoken, shacl.message if compares else shacl.resultMessage)
        said = {getattr(one, "language", None): str(one) for one in messages}
        yield Fault(
            severity=Severity(str(report.value(result, shacl.resultSeverity)).removeprefix(_SHACL).lower()),
            by="shapes",
            ja=said.get("ja", ""),
            en=said.get("en", ""),
            document="",
            node=str(report.value(result, shacl.value if compares else shacl.focusNode)),
        )
