"""The ground of one search: which statements may be followed, and where the search must stop.

A path follows statements of one document and passes into another only where the two speak of the same
thing: at a system or department of one agency, or at an agency to which or from which another hands over.
An agency does not join its own businesses, nor does a company or a national body join the agencies that
name it; a national network joins nothing, even within one document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from extract.facts import Carries, Certainty
from graph.trace.edges import Edge, Kind, Network, Node
from graph.trace.question import Arc, Direction, LimitKind, Question, Searched

_CERTAINTY = {Certainty.STATED: 0, Certainty.IMPLIED: 1, Certainty.UNCLEAR: 2}
_CARRIES = {Carries.NUMBER: 0, Carries.SYMBOL: 1, Carries.NONE: 2, Carries.UNCLEAR: 3}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a search stands: at an end, in the context of the document that led there."""

    key: str
    graph: str | None = None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """The arcs that a question may follow, those left aside as unclear, and the ends it starts from.

    ``clear`` and ``unclear`` are kept by the end that the search leaves, which is the target when it goes
    upstream; ``before`` holds for each end those from which a clear arc leads to it.
    """

    nodes: Mapping[str, Node]
    clear: Mapping[str, tuple[Arc, ...]]
    unclear: Mapping[str, tuple[Arc, ...]]
    before: Mapping[str, tuple[str, ...]]
    starts: tuple[str, ...]
    through_hubs: bool
    backward: bool
    searched: Searched

    def step(self, arc: Arc) -> Stand:
        """Return where ``arc`` leads in the direction of the search."""
        return Stand(arc.source if self.backward else arc.target, arc.graph, arc.agency)

    def stops(self, key: str) -> bool:
        """Tell whether a path that comes to ``key`` ends there because it is a national network."""
        return self.nodes[key].hub and not self.through_hubs

    def barrier(self, stand: Stand, arc: Arc) -> LimitKind | None:
        """Say what forbids to go on from ``stand`` by ``arc``; None if nothing does."""
        return None if self.through_hubs else barrier(self.nodes[stand.key], stand, arc)

    def onward(self, stand: Stand) -> Iterator[Arc]:
        """Yield the arcs by which the search may go on from ``stand``."""
        return (arc for arc in self.clear.get(stand.key, ()) if self.barrier(stand, arc) is None)

    def leaving(self, stand: Stand) -> Iterator[tuple[Arc, LimitKind | None]]:
        """Yield every arc from ``stand`` with what forbids to follow it."""
        for arc in self.clear.get(stand.key, ()):
            yield arc, self.barrier(stand, arc)
        for arc in self.unclear.get(stand.key, ()):
            yield arc, self.barrier(stand, arc) or LimitKind.UNCLEAR


def lay(network: Network, question: Question) -> Ground:
    """Sort the statements of ``network`` into those that ``question`` may follow and those it may not."""
    backward = question.direction is Direction.UPSTREAM
    followed: list[Edge] = []
    left: list[Edge] = []
    for edge in _both_ways(network.edges):
        if _is_admissible(edge, question):
            settled = question.with_unclear or not is_unclear(edge, only_number=question.only_number)
            (followed if settled else left).append(edge)
    clear = _arcs(followed, backward=backward)
    known = {(arc.source, arc.target, arc.graph) for arcs in clear.values() for arc in arcs}
    unsettled = (edge for edge in left if (edge.source, edge.target, edge.graph) not in known)
    return Ground(
        nodes=network.nodes,
        clear=clear,
        unclear=_arcs(unsettled, backward=backward),
        before=_before(clear, backward=backward),
        starts=tuple(sorted(question.targets if backward else question.sources)),
        through_hubs=question.through_hubs,
        backward=backward,
        searched=Searched(documents=network.documents, statements=len(network.edges), followed=len(followed)),
    )


def barrier(node: Node, stand: Stand, arc: Arc) -> LimitKind | None:
    """Say why nothing is known of a movement that comes to ``node`` in ``stand`` and goes on by ``arc``."""
    if stand.graph is None:
        return None
    if node.hub:
        return LimitKind.HUB
    if stand.graph == arc.graph:
        return None
    handed_over = stand.agency != arc.agency and node.owner in (stand.agency, arc.agency)
    same_matter = handed_over if node.is_agency else bool(node.owner)
    return None if same_matter else LimitKind.SHARED


def is_unclear(edge: Edge, *, only_number: bool) -> bool:
    """Tell whether ``edge`` is unsettled: in itself, or (``only_number``) in what it carries."""
    if edge.contested or edge.says.certainty is Certainty.UNCLEAR:
        return True
    return only_number and edge.says.carries is Carries.UNCLEAR


def plainness(edge: Edge) -> tuple[object, ...]:
    """Order statements: what is stated before what is implied, the number before the rest."""
    says = edge.says
    return (edge.contested, _CERTAINTY[says.certainty], _CARRIES[says.carries], says.derived, says.line, says.quote)


def _is_admissible(edge: Edge, question: Question) -> bool:
    if edge.source == edge.target or (edge.says.kind is Kind.CONNECTION and not question.connections):
        return False
    return not question.only_number or edge.says.carries in (Carries.NUMBER, Carries.UNCLEAR)


def _both_ways(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield every edge; a connection, which has no direction, once each way."""
    for edge in edges:
        yield edge
        if edge.says.kind is Kind.CONNECTION:
            says = replace(edge.says, source=edge.says.target, target=edge.says.source)
            yield replace(edge, source=edge.target, target=edge.source, says=says)


def _arcs(edges: Iterable[Edge], *, backward: bool) -> dict[str, tuple[Arc, ...]]:
    """Group statements by ends and document, and these arcs by the end that the search leaves."""
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.source, edge.target, edge.graph].append(edge)
    arcs: dict[str, list[Arc]] = defaultdict(list)
    for (source, target, graph), found in sorted(groups.items()):
        statements = tuple(sorted(found, key=plainness))
        arc = Arc(source=source, target=target, graph=graph, agency=found[0].agency, statements=statements)
        arcs[target if backward else source].append(arc)
    return {key: tuple(sorted(found, key=lambda arc: plainness(arc.first))) for key, found in arcs.items()}


def _before(arcs: Mapping[str, tuple[Arc, ...]], *, backward: bool) -> dict[str, tuple[str, ...]]:
    before: dict[str, set[str]] = defaultdict(set)
    for near, leaving in arcs.items():
        for arc in leaving:
            before[arc.source if backward else arc.target].add(near)
    return {key: tuple(sorted(keys)) for key, keys in before.items()}
