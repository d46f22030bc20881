"""What may be asked of a trace, and what an answer says: its ends, its paths, and what it may lack."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.trace.edges import Edge, Node


class Direction(StrEnum):
    """Which way the search goes."""

    DOWNSTREAM = "downstream"
    UPSTREAM = "upstream"
    BETWEEN = "between"


class LimitKind(StrEnum):
    """Why an answer may lack something."""

    HOPS = "hops"  # the longest path asked for
    PATHS = "paths"  # the number of paths asked for between two ends
    REACHED = "reached"  # the number of ends that one answer lists
    WORK = "work"  # the steps that one answer may cost
    DOCUMENTS = "documents"  # the documents that one answer reads
    HUB = "hub"  # a national network that is not crossed
    SHARED = "shared"  # a company or body that several agencies name
    UNCLEAR = "unclear"  # statements that are not settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: from and to which keys, how far, and what may be followed.

    ``hops`` bounds a path's movements, ``paths`` the paths shown for each end (between: in all), ``most``
    the ends listed, ``work`` the steps spent on finding paths.
    """

    direction: Direction
    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    hops: int = 6
    paths: int = 1
    only_number: bool = False
    with_unclear: bool = False
    connections: bool = False
    through_hubs: bool = False
    most: int = 2_000
    work: int = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """The statements of one document from one end to another; the plainest stands first."""

    source: str
    target: str
    graph: str
    agency: str
    statements: tuple[Edge, ...]

    @property
    def first(self) -> Edge:
        """The statement by which the arc is shown."""
        return self.statements[0]


Path = tuple[Arc, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An end that the search came to, and by how many movements."""

    node: Node
    hops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What was left out: at least how many ends or paths, and at which ends the search stopped."""

    kind: LimitKind
    left_out: int
    at: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Among how much the answer was sought: documents, statements in them, and those that might be followed."""

    documents: int
    statements: int
    followed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Ends in order of distance, paths in order of length, and what may lack."""

    reached: tuple[Reached, ...]
    paths: tuple[Path, ...]
    limits: tuple[Limit, ...]
    searched: Searched

    @property
    def complete(self) -> bool:
        """Whether nothing that could belong to the answer was left out."""
        return not self.limits
