"""Where the identifiers of the graph are found on this server, and which identifier a path stands for.

Identifiers are IRIs: letters and digits of every script stand in them as they are, and everything else of a name
is percent-encoded (``graph.iri``). A path has only ASCII, whatever the client wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from ontology import CONCEPT, ONTOLOGY
from viz.server.refusals import refuse

ID = "/id/"
"""Where what documents speak of is found."""
CONCEPTS = "/concept/"
"""Where concepts are found."""
TERMS = "/ontology#"
"""Where classes and properties are found."""

_PIECE = re.compile(rb"(?:%[0-9A-Fa-f]{2}|[^A-Za-z0-9/~_-])+")  # a plain ~ or _ says what an encoded one does not
_IN_A_PATH = "/%-._~!$&'()*+,;=:@#"
_PLAIN = "-()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spaces:
    """The spaces of identifiers of a store whose own begin with ``base``."""

    base: str

    @property
    def _pairs(self) -> Sequence[tuple[str, str]]:
        return ((self.base, ID), (CONCEPT, CONCEPTS), (ONTOLOGY, TERMS))

    def path_of(self, iri: str) -> str | None:
        """Return the path on this server at which ``iri`` is found; None for what is elsewhere.

        >>> Spaces(base="https://example.org/id/").path_of("https://example.org/id/organization/架空%2F市")
        '/id/organization/%E6%9E%B6%E7%A9%BA%2F%E5%B8%82'
        """
        for space, path in self._pairs:
            if iri.startswith(space):
                return path + quote(iri[len(space) :], safe=_IN_A_PATH)
        return None

    def iri_of(self, raw_path: bytes) -> str:
        """Return the identifier that a path in one of the spaces stands for; raises Refused for one that is no text.

        >>> Spaces(base="https://example.org/id/").iri_of(b"/id/organization/%e6%9e%b6%E7%A9%BA%2f%E5%B8%82")
        'https://example.org/id/organization/架空%2F市'
        """
        space, path = next(pair for pair in self._pairs if raw_path.startswith(pair[1].encode()))
        try:
            rest = _PIECE.sub(lambda match: _as_in_an_iri(match[0]).encode(), raw_path[len(path) :]).decode()
        except UnicodeDecodeError as error:
            raise refuse("unknown", "the address is not written in UTF-8") from error
        return space + rest


def _as_in_an_iri(piece: bytes) -> str:
    """Return characters as ``graph.iri`` writes them: letters and digits plain, all others encoded."""
    text = unquote_to_bytes(piece).decode()
    return "".join(char if char.isalnum() or char in _PLAIN else _encoded(char) for char in text)


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())
