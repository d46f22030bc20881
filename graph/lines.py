"""A document as lines of N-Triples: how it goes from whoever read it to the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.mapped import Mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A document as N-Triples, with the name of its graph and the key under which a newer text would replace it."""

    graph: str
    key: str
    lines: bytes

    @classmethod
    def of(cls, document: Mapped) -> Self:
        """Write a mapped document."""
        return cls(graph=document.graph.value, key=document.key, lines=written(document.triples, RdfFormat.N_TRIPLES))

    def quads(self) -> bytes:
        """Return the same as N-Quads: in no literal is a line feed left as it is."""
        return self.lines.replace(b" .\n", f" {NamedNode(self.graph)} .\n".encode())

    def moved(self, graph: str) -> Self:
        r"""Return the document with every node under its graph put under ``graph``; what literals say stays.

        >>> Lines(graph="g", key="g", lines=b'<g/1> <p> "<g/1>" .\n<x> <p> <g> .\n').moved("h").lines.decode()
        '<h/1> <p> "<g/1>" .\n<x> <p> <h> .\n'
        """
        begins = tuple(f"<{self.graph}{end}".encode() for end in "/>")
        size, instead = len(begins[0]) - 1, f"<{graph}".encode()

        def move(node: bytes) -> bytes:
            return instead + node[size:] if node.startswith(begins) else node

        rows = (line.split(b" ", 2) for line in self.lines.splitlines(keepends=True))
        moved = (b" ".join((move(subject), predicate, move(rest))) for subject, predicate, rest in rows)
        return replace(self, graph=graph, lines=b"".join(moved))


def written(statements: Iterable[Triple] | Iterable[Quad], form: RdfFormat) -> bytes:
    """Return statements in a format; the engine writes the terms, so that no text can end its literal."""
    lines = serialize(statements, format=form)
    assert lines is not None  # noqa: S101 -- without an output the engine returns the bytes; its type says maybe
    return lines
