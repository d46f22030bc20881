"""What the terms of the ontology and its concepts are called, in Japanese and in English."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology import CONCEPT, NAMESPACES, ONTOLOGY, turtle

_LABELS = frozenset({NAMESPACES["rdfs"] + "label", NAMESPACES["skos"] + "prefLabel"})
_CODE = NAMESPACES["skos"] + "notation"
_FILES = ("mynaflow", "concepts")


@cache
def _labels() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in _FILES:
        for triple in parse(turtle(name), format=RdfFormat.TURTLE):
            subject, said = triple.subject, triple.object
            if isinstance(subject, NamedNode) and isinstance(said, Literal) and triple.predicate.value in _LABELS:
                found.setdefault(subject.value, {})[said.language or ""] = said.value
    return found


def term_label(name: str) -> tuple[str, str]:
    """Return what a term of the ontology is called, by its local name; the name itself where it has no label.

    >>> term_label("EntrustmentRecord"), term_label("noSuchTerm")
    (('委託事項', 'Entrustment record'), ('noSuchTerm', 'noSuchTerm'))
    """
    return _label(ONTOLOGY + name, name)


def concept_label(iri: str) -> tuple[str, str]:
    """Return what a concept is called, by its IRI.

    >>> concept_label("https://w3id.org/mynaflow/concept/mark-unclear")
    ('不明', 'Unclear')
    """
    return _label(iri, iri.removeprefix(CONCEPT))


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for triple in parse(turtle("concepts"), format=RdfFormat.TURTLE):
        subject, said = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(said, Literal) and triple.predicate.value == _CODE:
            found.setdefault(said.value, subject.value)
    return found


def code_label(code: str) -> tuple[str, str]:
    """Return what a code of an answer is called; anything else as it is.

    >>> code_label("re-entrustment"), code_label("架空市")
    (('再委託', 'Re-entrustment'), ('架空市', '架空市'))
    """
    iri = _codes().get(code)
    return concept_label(iri) if iri else (code, code)


def _label(iri: str, otherwise: str) -> tuple[str, str]:
    said = _labels().get(iri, {})
    return said.get("ja", otherwise), said.get("en", said.get("ja", otherwise))
