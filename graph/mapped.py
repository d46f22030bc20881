"""A document as triples, and how its terms and texts are written: what is left of the mapping once it is done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from ontology import ONTOLOGY


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """One document as triples: its named graph, and the key under which a newer text would replace it."""

    graph: NamedNode
    key: str
    name: str
    sha256: str
    version: str
    triples: tuple[Triple, ...]


@cache
def term(name: str) -> NamedNode:
    """Return the term of the ontology with this local name.

    >>> term("DataFlow").value
    'https://w3id.org/mynaflow/ontology#DataFlow'
    """
    return NamedNode(ONTOLOGY + name)


def literal(value: str) -> Literal:
    r"""Return ``value`` as plain text; a character that is none (half a surrogate pair) becomes ``�``.

    >>> literal("架空\ud800市").value
    '架空�市'
    """
    return Literal(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
