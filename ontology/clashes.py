"""What explains a contradiction: things said of one node that exclude each other.

Two rules of the ontology are applied, each over all that is above a class: a thing of two classes that
share no members, and a property that may have one value and has two. Knows no documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import combinations

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology import NAMESPACES, turtle

_RDF, _RDFS, _OWL = (NAMESPACES[prefix] for prefix in ("rdf", "rdfs", "owl"))
_TYPE = NamedNode(_RDF + "type")


class Cause(StrEnum):
    """Why statements cannot be true together."""

    DISJOINT = "disjoint"
    FUNCTIONAL = "functional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two things said of ``node`` that exclude each other, and the triples that say them."""

    cause: Cause
    node: str
    said: tuple[str, str]
    triples: tuple[Triple, ...]


@cache
def schema_triples(*names: str) -> tuple[Triple, ...]:
    """Return what the files ``names`` say, by default the ontology and its concepts."""
    files = names or ("mynaflow", "concepts")
    return tuple(quad.triple for name in files for quad in parse(turtle(name), format=RdfFormat.TURTLE))


@dataclass(frozen=True, slots=True)
class _Schema:
    """The axioms that the explanation uses, each class with all that it is below."""

    above: Mapping[str, frozenset[str]]
    domains: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, tuple[str, ...]]
    disjoint: tuple[frozenset[str], ...]
    different: tuple[frozenset[str], ...]
    functional: frozenset[str]


@dataclass
class _Known:
    """What is known of one node: its classes and the values of its functional properties, with their triples."""

    classes: dict[str, Triple] = field(default_factory=dict)
    values: dict[str, dict[NamedNode | BlankNode | Literal | Triple, Triple]] = field(default_factory=dict)


def explain(triples: Iterable[Triple], schema: Iterable[Triple] | None = None) -> list[Clash]:
    """Return what excludes each other among ``triples``, under the axioms of ``schema``.

    Finds things of two disjoint classes (asserted, or by the domain or range of a property) and functional
    properties with two values that differ; an empty list does not prove that there is no contradiction.
    """
    axioms = _read_schema(schema_triples() if schema is None else schema)
    known: dict[str, _Known] = defaultdict(_Known)
    for triple in triples:
        _note(triple, axioms, known)
    return [clash for node, what in known.items() for clash in _clashes(node, what, axioms)]


def _note(triple: Triple, axioms: _Schema, known: dict[str, _Known]) -> None:
    subject, name, value = triple.subject, triple.predicate.value, triple.object
    if triple.predicate == _TYPE and isinstance(value, NamedNode):
        _add_class(known[str(subject)], value.value, triple, axioms)
        return
    for cls in axioms.domains.get(name, ()):
        _add_class(known[str(subject)], cls, triple, axioms)
    if isinstance(value, NamedNode):
        for cls in axioms.ranges.get(name, ()):
            _add_class(known[str(value)], cls, triple, axioms)
    if name in axioms.functional:
        known[str(subject)].values.setdefault(name, {}).setdefault(value, triple)


def _add_class(what: _Known, cls: str, triple: Triple, axioms: _Schema) -> None:
    for one in axioms.above.get(cls, frozenset({cls})):
        what.classes.setdefault(one, triple)


def _clashes(node: str, what: _Known, axioms: _Schema) -> Iterator[Clash]:
    for group in axioms.disjoint:
        for one, other in combinations(sorted(group & what.classes.keys()), 2):
            said = (what.classes[one], what.classes[other])
            yield Clash(cause=Cause.DISJOINT, node=node, said=(one, other), triples=tuple(dict.fromkeys(said)))
    for name, values in what.values.items():
        for one_value, other_value in combinations(values, 2):
            if _differ(one_value, other_value, axioms):
                said = (values[one_value], values[other_value])
                yield Clash(cause=Cause.FUNCTIONAL, node=node, said=(name, name), triples=said)


def _differ(one: object, other: object, axioms: _Schema) -> bool:
    if isinstance(one, Literal) and isinstance(other, Literal):
        return one != other
    return any({str(one), str(other)} <= group for group in axioms.different)


def _read_schema(triples: Iterable[Triple]) -> _Schema:
    by_predicate: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in triples:
        by_predicate[triple.predicate.value].append((_name(triple.subject), _name(triple.object)))
    lists = _lists(by_predicate[_RDF + "first"], by_predicate[_RDF + "rest"])
    return _Schema(
        above=_closure(by_predicate[_RDFS + "subClassOf"]),
        domains=_grouped(by_predicate[_RDFS + "domain"]),
        ranges=_grouped(by_predicate[_RDFS + "range"]),
        disjoint=tuple(
            [lists[head] for _, head in by_predicate[_OWL + "members"]]
            + [frozenset(pair) for pair in by_predicate[_OWL + "disjointWith"]]
        ),
        different=tuple(
            frozenset(f"<{one}>" for one in lists[head]) for _, head in by_predicate[_OWL + "distinctMembers"]
        ),
        functional=frozenset(
            subject for subject, cls in by_predicate[_TYPE.value] if cls == _OWL + "FunctionalProperty"
        ),
    )


def _name(node: object) -> str:
    return node.value if isinstance(node, NamedNode | BlankNode | Literal) else str(node)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one, other in pairs:
        found[one] = (*found.get(one, ()), other)
    return found


def _closure(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return for each class itself and all classes above it."""
    up = _grouped(pairs)
    found = {}
    for cls in {*up, *(above for many in up.values() for above in many)}:
        seen, ahead = {cls}, [cls]
        while ahead:
            for above in up.get(ahead.pop(), ()):
                if above not in seen:
                    seen.add(above)
                    ahead.append(above)
        found[cls] = frozenset(seen)
    return found


def _lists(first: Iterable[tuple[str, str]], rest: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return the members of each list by its head."""
    value, following = dict(first), dict(rest)
    found = {}
    for head in value:
        members, at = set(), head
        while at in value:
            members.add(value[at])
            at = following[at]
        found[head] = frozenset(members)
    return found
