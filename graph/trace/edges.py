"""What a trace walks over: what documents say of movements, and the network that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from extract.facts import Carries, Certainty, EndKind


class Kind(StrEnum):
    """What a statement says: one of the six kinds of movement, or a ticked box of the grid."""

    ACQUISITION = "acquisition"
    PROVISION = "provision"
    TRANSFER = "transfer"
    ENTRUSTMENT = "entrustment"
    RE_ENTRUSTMENT = "re-entrustment"
    NARRATIVE = "narrative"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One statement that data move from ``source`` to ``target``, both as printed, with its place.

    ``derived`` marks a movement that two items of the form state together: a file's department, and
    those who get the file.
    """

    source: str
    target: str
    kind: Kind
    source_kind: EndKind = EndKind.UNKNOWN
    target_kind: EndKind = EndKind.UNKNOWN
    carries: Carries = Carries.UNCLEAR
    certainty: Certainty = Certainty.STATED
    via: str | None = None
    medium: str | None = None
    data: str | None = None
    file: str | None = None
    item: str = ""
    line: int = 0
    quote: str = ""
    legal_bases: tuple[str, ...] = ()
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A name that a document holds only as something past or denied, or the end of a denied movement.

    ``name`` may be a whole passage in which names stand; ``target`` is set where a movement is denied.
    """

    name: str
    target: str | None = None
    why: str
    line: int
    quote: str
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one document says of movements, by the names that it prints.

    ``systems`` are tuples of names of one system, the standard one first; ``aliases`` pairs of short and
    full name; ``departments`` pairs of a file and its department in charge; ``ends`` other names of ends.
    """

    document: str
    agency: str
    office: str | None = None
    systems: tuple[tuple[str, ...], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    departments: tuple[tuple[str, str], ...] = ()
    ends: tuple[str, ...] = ()
    movements: tuple[Movement, ...] = ()
    denied: tuple[Aside, ...] = ()
    past: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One end of movements under all the names that documents give it.

    ``owner`` is the agency to which it belongs or which it is (``is_agency``), written as in ``Edge.agency``;
    empty for one that all share (a national system, a company). ``hub`` marks a national network, which
    joins everybody and therefore says nothing about whom it joins.
    """

    key: str
    name: str
    kind: EndKind = EndKind.UNKNOWN
    owner: str = ""
    is_agency: bool = False
    hub: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A movement between two nodes (by key); ``contested`` if the same document denies it elsewhere."""

    source: str
    target: str
    says: Movement
    document: str
    agency: str
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All ends and statements among which a trace is asked; ``documents`` counts also those without any."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    documents: int = 0
    asides: tuple[Aside, ...] = field(default=())
