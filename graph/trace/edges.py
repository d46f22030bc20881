"""What a trace walks over: what documents say of movements, and the network that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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

    ``derived`` marks what two items of the form say together: which department is in charge (Ⅱ-2⑥), and what
    its agency gets or hands on.
    """

    source: str
    target: str
    kind: Kind
    carries: Carries = Carries.UNCLEAR
    certainty: Certainty = Certainty.STATED
    via: str | None = None
    medium: str | None = None
    data: str | None = None
    item: str = ""
    line: int = 0
    quote: str = ""
    legal_bases: tuple[str, ...] = ()
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A place where a document speaks of ``names`` only to say that they are past, or that nothing moves there."""

    names: tuple[str, ...]
    why: str
    document: str
    line: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One end of movements under all the names that documents give it.

    ``key`` is its IRI; ``owner`` that of the agency to which it belongs or which it is (``is_agency``), empty
    for one that all share (a national system, a company). ``hub`` marks a national network, which
    joins everybody and therefore says nothing about whom it joins.
    """

    key: str
    name: str
    kind: EndKind = EndKind.UNKNOWN
    owner: str = ""
    owner_name: str = ""
    is_agency: bool = False
    hub: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A movement between two nodes (by key); ``contested`` if the same document denies it elsewhere.

    ``graph`` is the document that says so, ``document`` its file's name, ``agency`` the IRI of the agency
    that published it.
    """

    source: str
    target: str
    says: Movement
    graph: str
    document: str
    agency: str
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All ends and statements among which a trace is asked; ``documents`` counts also those without any."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    documents: int = 0
    denied: tuple[Aside, ...] = ()
