"""Which statements are asked about: the filters of a view, read from its address and applied in the search."""

# ruff: noqa: S608 -- queries are put together from constants of ours; values are always bound

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from extract.facts import Carries
from graph.trace.edges import Kind
from viz.explorer.atlas import Statement, placeholders


class Sureness(StrEnum):
    """How sure a statement is, as a picture shows it: a contradicted one is so whatever else it is."""

    STATED = "stated"
    IMPLIED = "implied"
    UNCLEAR = "unclear"
    CONTRADICTED = "contradicted"


def sureness_of(statement: Statement) -> Sureness:
    """Return how sure ``statement`` is."""
    return Sureness.CONTRADICTED if statement.contested else Sureness(str(statement.certainty))


FLOW_KINDS = tuple(str(kind) for kind in Kind if kind is not Kind.CONNECTION)
"""The kinds of movements; a connection is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The filters: an empty one lets everything through. ``agency`` holds IRIs of the bodies that published."""

    kind: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    connections: bool = False

    def condition(self) -> tuple[str, list[object]]:
        """Return the SQL condition on the rows of ``edge``, and its values."""
        parts = list(self._parts())
        return " AND ".join(part for part, _ in parts), [value for _, values in parts for value in values]

    def _parts(self) -> Iterator[tuple[str, tuple[object, ...]]]:
        kinds = (*(self.kind or FLOW_KINDS), *(["connection"] if self.connections else []))
        yield f"edge.kind IN ({placeholders(kinds)})", kinds
        if self.carries:
            # A connection carries nothing that could be filtered.
            yield f"(edge.carries IN ({placeholders(self.carries)}) OR edge.kind = 'connection')", self.carries
        if self.certainty:
            sure = f"CASE WHEN edge.contested THEN 'contradicted' ELSE edge.certainty END IN ({placeholders(self.certainty)})"
            yield sure, self.certainty
        if self.medium:
            yield f"edge.medium IN ({placeholders(self.medium)})", self.medium
        if self.agency:
            inside = f"SELECT doc FROM document WHERE document.agency IN ({placeholders(self.agency)})"
            yield f"edge.doc IN ({inside})", self.agency

    @property
    def is_open(self) -> bool:
        """Whether nothing is filtered out."""
        return not any((self.kind, self.carries, self.certainty, self.medium, self.agency))


ALLOWED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": FLOW_KINDS,
        "carries": tuple(map(str, Carries)),
        "certainty": tuple(map(str, Sureness)),
    }
)
"""The values that a filter can have, for those that have a fixed set."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an address or a form, each perhaps several times."""

    pairs: tuple[tuple[str, str], ...] = field(default=())

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that is not empty, once."""
        return tuple(dict.fromkeys(value for key, value in self.pairs if key == name and value))

    def one(self, name: str, default: str = "") -> str:
        """Return the last value of a field."""
        return next((value for key, value in reversed(self.pairs) if key == name), default)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a field as a number between ``least`` and ``most``; the default where it is none.

        >>> Fields((("hops", "99"),)).number("hops", 6, 1, 12), Fields((("hops", "x"),)).number("hops", 6, 1, 12)
        (12, 6)
        """
        text = self.one(name)
        return min(most, max(least, int(text))) if text.isascii() and text.isdigit() and len(text) < 10 else default  # noqa: PLR2004

    def flag(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return self.one(name) not in ("", "0")


def scope_of(asked: Fields) -> Scope:
    """Return the filters that an address asks for; values that do not exist are passed over."""

    def known(name: str) -> tuple[str, ...]:
        return _kept(asked.all(name), ALLOWED[name])

    return Scope(
        kind=known("kind"),
        carries=known("carries"),
        certainty=known("certainty"),
        medium=asked.all("medium"),
        agency=asked.all("agency"),
        connections=asked.flag("connections"),
    )


def _kept(values: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
    known = set(allowed)
    return tuple(value for value in values if value in known)
