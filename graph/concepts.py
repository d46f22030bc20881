"""The fixed answers of the form, found by what the form prints or by the value that a fact carries."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from extract.normalize import folded
from ontology import CONCEPT, NAMESPACES, ONTOLOGY, turtle

_SKOS = NAMESPACES["skos"]
_LABELS = frozenset({_SKOS + "prefLabel", _SKOS + "altLabel"})


@cache
def _tables() -> tuple[dict[tuple[str, str], NamedNode], dict[tuple[str, str], NamedNode], dict[str, str]]:
    """Read concepts.ttl into: scheme and notation, scheme and Japanese label, and the class each denotes."""
    codes, labels, classes = {}, {}, {}
    for triple in parse(turtle("concepts"), format=RdfFormat.TURTLE):
        concept, said = triple.subject, triple.object
        if not isinstance(concept, NamedNode):
            continue
        scheme = concept.value.removeprefix(CONCEPT).split("-")[0]
        if triple.predicate.value == _SKOS + "notation":
            codes[scheme, said.value] = concept
        elif triple.predicate.value in _LABELS and isinstance(said, Literal) and said.language == "ja":
            labels[scheme, folded(said.value)] = concept
        elif triple.predicate.value == ONTOLOGY + "denotesClass":
            classes[concept.value] = said.value.removeprefix(ONTOLOGY)
    return codes, labels, classes


def find_code(scheme: str, code: str) -> NamedNode | None:
    """Return the concept of ``scheme`` whose notation is ``code``.

    >>> find_code("mark", "yes").value
    'https://w3id.org/mynaflow/concept/mark-yes'
    """
    return _tables()[0].get((scheme, code))


def find_label(scheme: str, label: str) -> NamedNode | None:
    """Return the concept of ``scheme`` that the form prints as ``label``; width and spaces do not matter.

    >>> find_label("users", "１０人以上 50人未満").value
    'https://w3id.org/mynaflow/concept/users-10-50'
    """
    key = folded(label)
    labels = _tables()[1]
    return labels.get((scheme, key)) or labels.get((scheme, key.split("(")[0]))


def class_of(concept: NamedNode) -> str | None:
    """Return the local name of the class that the concept denotes."""
    return _tables()[2].get(concept.value)
