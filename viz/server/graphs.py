"""Writes triples: Turtle, N-Triples, JSON-LD, RDF/XML, in a fixed order and up to a limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from ontology import namespaces
from viz.server.limits import NOT_XML, Written, cut_note
from viz.server.refusals import refuse

_FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")


def write_some(triples: Iterable[Triple], form: str, *, rows: int, size: int) -> Written:
    """Write each of ``triples`` once as ``form`` (ttl, nt, jsonld, rdf), at most ``rows`` of them.

    Where they take more than ``size`` bytes, half as many are written, until it fits.
    """
    found = list(islice(_each_once(triples), rows + 1))
    kept = found[:rows]
    body = write_triples(kept, form, namespaces())
    while len(body) > size and kept:
        kept = kept[: len(kept) // 2]
        body = write_triples(kept, form, namespaces())
    cut = len(kept) < len(found)
    return Written(body=_with_note(body, form, len(kept)) if cut else body, rows=len(kept), cut=cut)


def _each_once(triples: Iterable[Triple]) -> Iterator[Triple]:
    seen: set[Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def write_triples(triples: Iterable[Triple], form: str, prefixes: dict[str, str]) -> bytes:
    """Write all of ``triples`` as ``form``, in the order of their texts."""
    ordered = sorted(triples, key=str)
    if form == "rdf":
        ordered = [_for_xml(triple) for triple in ordered]
    body = serialize(ordered, format=_FORMATS[form], prefixes=None if form == "nt" else prefixes)
    assert body is not None  # noqa: S101 -- without an output the engine returns the bytes; its type says maybe
    return body


def _for_xml(triple: Triple) -> Triple:
    """Return the triple without characters that XML cannot hold; raises Refused for a property without XML name."""
    if not _XML_NAME.search(triple.predicate.value):
        raise refuse("format", f"RDF/XML has no way to write the property {triple.predicate}", todo="ask for Turtle")
    if isinstance(triple.object, Literal) and NOT_XML.search(triple.object.value):
        text = NOT_XML.sub("\ufffd", triple.object.value)
        kind = triple.object.datatype if triple.object.language is None else None
        return Triple(triple.subject, triple.predicate, Literal(text, language=triple.object.language, datatype=kind))
    return triple


def _with_note(body: bytes, form: str, rows: int) -> bytes:
    """Add the note that there is more: a comment, or in JSON-LD a node of which nothing is stated."""
    note = cut_note(rows)
    if form == "jsonld":
        start = body.rstrip().removesuffix(b"]")
        return start + f'{"," if rows else ""}{{"cut":"{note}"}}]'.encode()
    return body + (f"<!-- {note} -->\n" if form == "rdf" else f"# {note}\n").encode()
