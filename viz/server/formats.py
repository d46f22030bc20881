"""The formats of answers, and which of them a client would rather have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

Offer = tuple[str, str]
"""A media type, and the short name of the format that it stands for."""

SELECT: Sequence[Offer] = (
    ("application/sparql-results+json", "json"),
    ("application/json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
)
"""What a table of solutions can be, the service's own choice first."""
ASK: Sequence[Offer] = SELECT[:5]
"""What a yes or no can be."""
GRAPH: Sequence[Offer] = (
    ("text/turtle", "ttl"),
    ("application/n-triples", "nt"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdf"),
    ("application/json", "jsonld"),
    ("application/xml", "rdf"),
)
"""What a set of triples can be."""
HTML: Offer = ("text/html", "html")
"""A page for people."""

_SHORT: Mapping[str, str] = MappingProxyType(
    {
        "json": "application/sparql-results+json, application/ld+json;q=0.9",
        "xml": "application/sparql-results+xml, application/rdf+xml;q=0.9",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
        "ttl": "text/turtle",
        "turtle": "text/turtle",
        "nt": "application/n-triples",
        "jsonld": "application/ld+json",
        "rdf": "application/rdf+xml",
        "html": "text/html",
    }
)


class Formats(msgspec.Struct, frozen=True, kw_only=True):
    """The chosen format for each kind of answer, as the kind is known only once the query is read."""

    select: Offer | None
    ask: Offer | None
    graph: Offer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    kind: str
    subkind: str
    quality: float

    def fits(self, media: str) -> int:
        """Return how exactly the wish names the media type: 3 by name, 1 as anything, 0 not."""
        kind, _, subkind = media.partition("/")
        if (self.kind, self.subkind) == (kind, subkind):
            return 3
        if self.subkind != "*":
            return 0
        return 2 if self.kind == kind else int(self.kind == "*")


def choose(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that ``accept`` (a header, or a format's short name) likes best; None if it likes none.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", SELECT)
    ('application/sparql-results+xml', 'xml')
    >>> choose("*/*", SELECT), choose("ttl", GRAPH), choose("image/png", SELECT)
    (('application/sparql-results+json', 'json'), ('text/turtle', 'ttl'), None)
    >>> choose("*/*, application/*;q=0", SELECT)
    ('text/xml', 'xml')
    """
    wishes = list(_wishes(_SHORT.get(accept.strip().lower(), accept))) or [_Wish(kind="*", subkind="*", quality=1)]
    liked = [(_quality(wishes, media), (media, name)) for media, name in offers]
    best = max((quality for quality, _ in liked), default=0.0)
    return next((offer for quality, offer in liked if quality == best), None) if best > 0 else None


def choose_formats(accept: str) -> Formats:
    """Return what ``accept`` likes best for each kind of answer."""
    return Formats(select=choose(accept, SELECT), ask=choose(accept, ASK), graph=choose(accept, GRAPH))


def _quality(wishes: Sequence[_Wish], media: str) -> float:
    """Return what the most exact wish for ``media`` says of it."""
    exactness, quality = max((wish.fits(media), wish.quality) for wish in wishes)
    return quality if exactness else 0.0


def _wishes(accept: str) -> Iterator[_Wish]:
    """Yield the ranges of an Accept header; what is none is passed over."""
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, subkind = media.lower().partition("/")
        if slash and kind and subkind:
            yield _Wish(kind=kind, subkind=subkind, quality=_q(parameters))


def _q(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
