"""Triples about the service itself: small helpers of form only, and the vocabularies that they are written in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology import namespaces

Node = NamedNode | BlankNode
Object = NamedNode | BlankNode | Literal
Statement = tuple[str, Object | str]
"""A property in short form, and what it points at; a text that is no term becomes a plain literal."""

SPACES = namespaces() | {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "formats": "http://www.w3.org/ns/formats/",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
}
"""The prefixes of the vocabularies."""


def name(short: str) -> NamedNode:
    """Return the node of a name in short form.

    >>> str(name("sd:Service"))
    '<http://www.w3.org/ns/sparql-service-description#Service>'
    """
    prefix, _, rest = short.partition(":")
    return NamedNode(SPACES[prefix] + rest)


def about(subject: Node, *statements: Statement) -> Iterator[Triple]:
    """Yield what is stated about ``subject``."""
    for short, value in statements:
        predicate = name("rdf:type") if short == "a" else name(short)
        yield Triple(subject, predicate, Literal(value) if isinstance(value, str) else value)


def in_both(ja: str, en: str, short: str = "rdfs:label") -> Sequence[Statement]:
    """Return a text in Japanese and in English."""
    return ((short, Literal(ja, language="ja")), (short, Literal(en, language="en")))


def number(value: int) -> Literal:
    """Return a whole number."""
    return Literal(str(value), datatype=name("xsd:integer"))
