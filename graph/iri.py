"""Identifiers: readable, the same for the same names, and never the same for two different ones.

Knows how a name becomes part of an IRI; knows nothing of which names mean the same.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hashlib import sha256

LONGEST_NAME = 100
"""Characters of a name that an IRI shows; a longer one is cut and told apart by its hash."""
_SHOWN = 60
_PLAIN = "-()"
_EMPTY = "_"
_CUT = "~"


@lru_cache(maxsize=8192)
def segment(name: str) -> str:
    """Return ``name`` as one segment of an IRI path.

    Names that are equal after NFKC give the same segment, all others give different ones. Letters and
    digits of every script stay readable; everything else is percent-encoded, so that ``_`` (an empty
    name) and ``~`` (a long name, cut) cannot come from a name itself.

    >>> segment("福祉総合システム"), segment("A/B (2)"), segment("")
    ('福祉総合システム', 'A%2FB%20(2)', '_')
    >>> segment("ＡＢ①") == segment("AB1")
    True
    """
    normal = unicodedata.normalize("NFKC", name)
    if len(normal) > LONGEST_NAME:
        digest = sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return _encoded(normal[:_SHOWN]) + _CUT + digest
    return _encoded(normal) or _EMPTY


def _encoded(text: str) -> str:
    return "".join(char if char.isalnum() or char in _PLAIN else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def mint(base: str, *names: str) -> str:
    """Return the IRI of what ``names`` say, from the widest to the narrowest.

    >>> mint("https://example.org/", "organization", "架空市", "system", "税務システム")
    'https://example.org/organization/架空市/system/税務システム'
    """
    return base + "/".join(map(segment, names))


def document_iri(base: str, *, agency: str | None, number: str | None, published: str | None, sha: str) -> str:
    """Return the IRI of a document's named graph: agency, number and date, or the file's hash.

    >>> document_iri("id/", agency="架空市", number="7", published="2025-04-01", sha="ab12")
    'id/document/架空市/7/2025-04-01'
    >>> document_iri("id/", agency="架空市", number=None, published="2025-04-01", sha="ab12")
    'id/document/ab12'
    """
    if agency and number and published:
        return mint(base, "document", agency, number, published)
    return mint(base, "document", sha)
