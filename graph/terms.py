"""How the value of a fact's field becomes RDF terms: text, number, date, concept, or the thing it names.

Each function here is named in a row of ``graph.rows``; none knows which property it serves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Protocol, cast

from pyoxigraph import Literal, NamedNode

from extract.facts import Citation, EndKind, Evidence
from graph.concepts import class_of, find_code, find_label
from graph.ends import End, Ends
from graph.mapped import literal
from ontology import NAMESPACES

Term = NamedNode | Literal
_XSD = NAMESPACES["xsd"]
_DATE = NamedNode(_XSD + "date")
_INTEGER = NamedNode(_XSD + "integer")


class Scope(Protocol):
    """What a document's mapping offers to its terms."""

    ends: Ends

    def node(self, end: End) -> NamedNode:
        """Return the node of ``end`` and see that it is described."""

    def provision(self, citation: Citation) -> NamedNode:
        """Return the node of the provision and see that it is described."""

    def evidence(self, evidence: Evidence) -> NamedNode:
        """Return the node of the evidence and see that it is described."""


Encode = Callable[[Scope, object], Iterable[Term]]


def text(_: Scope, value: object) -> Iterator[Term]:
    """Give a text as it stands."""
    yield literal(str(value))


def texts(_: Scope, value: object) -> Iterator[Term]:
    """Give each of several texts."""
    yield from map(literal, cast("tuple[str, ...]", value))


def integer(_: Scope, value: object) -> Iterator[Term]:
    """Give a whole number."""
    yield Literal(str(value), datatype=_INTEGER)


def flag(_: Scope, value: object) -> Iterator[Term]:
    """Give true or false."""
    yield Literal(bool(value))


def day(_: Scope, value: object) -> Iterator[Term]:
    """Give an ISO date as a date; anything else as the text that it is."""
    said = str(value)
    yield Literal(said, datatype=_DATE) if _is_day(said) else literal(said)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def code(scheme: str) -> Encode:
    """Return an encoder of values that are notations of ``scheme``; an unknown one gives nothing."""

    def encode(_: Scope, value: object) -> Iterator[Term]:
        if concept := find_code(scheme, str(value)):
            yield concept

    return encode


def label(scheme: str) -> Encode:
    """Return an encoder of texts that the form prints for ``scheme``; another text gives nothing."""

    def encode(_: Scope, value: object) -> Iterator[Term]:
        if concept := find_label(scheme, str(value)):
            yield concept

    return encode


def own(kind: EndKind) -> Encode:
    """Return an encoder of one name or several that the form says to be a ``kind``."""

    def encode(scope: Scope, value: object) -> Iterator[Term]:
        yield from (scope.node(scope.ends.own(name, kind)) for name in _names(value))

    return encode


def end(kind: EndKind) -> Encode:
    """Return an encoder of one name or several, a ``kind`` unless the document says otherwise."""

    def encode(scope: Scope, value: object) -> Iterator[Term]:
        yield from (scope.node(scope.ends.find(name, kind)) for name in _names(value))

    return encode


def _names(value: object) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else cast("tuple[str, ...]", value)
    return tuple(name for name in names if name.strip())


def agency(scope: Scope, _: object) -> Iterator[Term]:
    """Give the document's own agency."""
    yield scope.node(scope.ends.agency)


def business(scope: Scope, value: object) -> Iterator[Term]:
    """Give the business that has this name."""
    yield from (scope.node(scope.ends.business(name)) for name in _names(value))


def provisions(scope: Scope, value: object) -> Iterator[Term]:
    """Give the provision of a citation, or of each of several."""
    citations = (value,) if isinstance(value, Citation) else cast("tuple[Citation, ...]", value)
    yield from map(scope.provision, citations)


def evidences(scope: Scope, value: object) -> Iterator[Term]:
    """Give each of several pieces of evidence."""
    yield from map(scope.evidence, cast("tuple[Evidence, ...]", value))


def class_of_kind(kind: str) -> str | None:
    """Return the ontology's class for a kind of system, a notation of the scheme ``system``.

    >>> class_of_kind("tax"), class_of_kind("no such kind")
    ('TaxSystem', None)
    """
    concept = find_code("system", kind)
    return class_of(concept) if concept else None
