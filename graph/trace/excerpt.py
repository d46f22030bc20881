"""The part of a network that a picture shows: some ends, the statements between them, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.trace.edges import Edge, Kind, Network, Node
from graph.trace.ground import lay
from graph.trace.question import Answer, Arc, Direction, Limit, LimitKind, Question
from graph.trace.search import trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Ends with their distance from those asked for (negative upstream, 0 without any), and the arcs.

    ``left_out`` counts the ends for which there was no room; ``limits`` say what the search did not follow.
    """

    nodes: tuple[Node, ...]
    levels: Mapping[str, int]
    arcs: tuple[Arc, ...]
    starts: frozenset[str] = frozenset()
    left_out: int = 0
    limits: tuple[Limit, ...] = ()


def excerpt_whole(network: Network, question: Question) -> Excerpt:
    """Return all ends that a statement joins, those with most statements first, up to ``question.most``."""
    network = _once(network, frozenset())
    arcs = _arcs(network, question)
    weight = Counter[str]()
    for arc in arcs:
        weight.update({arc.source: len(arc.statements), arc.target: len(arc.statements)})
    ranked = sorted(weight, key=lambda key: (-weight[key], network.nodes[key].name, key))
    return _cut(network, dict.fromkeys(ranked, 0), arcs, question.most)


def excerpt_around(network: Network, question: Question, directions: Iterable[Direction]) -> Excerpt:
    """Return what ``question.sources`` reach and what reaches them, the nearest first."""
    starts = question.sources
    network = _once(network, starts)
    far: dict[int, dict[str, int]] = {}
    limits: list[Limit] = []
    for direction in directions:
        answer = trace(network, replace(question, direction=direction, targets=starts, paths=1))
        limits.extend(answer.limits)
        far[-1 if direction is Direction.UPSTREAM else 1] = {one.node.key: one.hops for one in answer.reached}
    levels = dict.fromkeys(sorted(starts), 0) | _sides(far.get(-1, {}), far.get(1, {}))
    nearest = dict(sorted(levels.items(), key=lambda item: (abs(item[1]), network.nodes[item[0]].name, item[0])))
    found = _cut(network, nearest, _arcs(network, question), question.most)
    return replace(found, starts=starts, limits=_merged(limits))


def excerpt_between(network: Network, question: Question, answer: Answer) -> Excerpt:
    """Return the ends and statements of the paths of ``answer``."""
    levels: dict[str, int] = dict.fromkeys(sorted(question.sources), 0)
    levels |= {one.node.key: one.hops for one in answer.reached}
    arcs = {(arc.source, arc.target, arc.graph): arc for path in answer.paths for arc in path}
    found = _cut(network, levels, tuple(arcs[place] for place in sorted(arcs)), question.most)
    return replace(found, starts=question.sources | question.targets, limits=answer.limits)


def _sides(up: Mapping[str, int], down: Mapping[str, int]) -> dict[str, int]:
    """Put each end on the side where it is nearer; those as near on both on the side that is emptier.

    >>> _sides({"a": 1, "b": 1, "c": 2}, {"b": 1, "c": 1})
    {'a': -1, 'c': 1, 'b': 1}
    """
    levels = {key: -hops for key, hops in up.items() if hops < down.get(key, hops + 1)}
    levels |= {key: hops for key, hops in down.items() if hops < up.get(key, hops + 1)}
    for key in sorted(up.keys() - levels.keys()):
        left = sum(level < 0 for level in levels.values())
        levels[key] = up[key] if left * 2 >= len(levels) else -up[key]
    return levels


def _merged(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """Return one limit of each kind."""
    kinds: dict[LimitKind, Limit] = {}
    for limit in limits:
        known = kinds.get(limit.kind, Limit(kind=limit.kind, left_out=0))
        at = {node.key: node for node in (*known.at, *limit.at)}
        kinds[limit.kind] = Limit(kind=limit.kind, left_out=known.left_out + limit.left_out, at=tuple(at.values()))
    return tuple(kinds.values())


def _arcs(network: Network, question: Question) -> tuple[Arc, ...]:
    clear = lay(network, replace(question, direction=Direction.DOWNSTREAM)).clear
    return tuple(arc for near in sorted(clear) for arc in clear[near])


def _once(network: Network, starts: frozenset[str]) -> Network:
    """Return ``network`` with one arrow for each movement of which the prose leaves out who acts.

    It is that of the department in charge, unless a picture of its agency is asked for.
    """
    parts = [edge for edge in network.edges if edge.says.derived and edge.says.kind is Kind.NARRATIVE]
    if any(network.nodes[key].is_agency for key in starts):
        doubles = set(parts)
    else:
        taken = {_words(edge, end) for edge in parts for end in (edge.source, edge.target)}
        doubles = {edge for edge in network.edges if not edge.says.derived and _other_end(edge) in taken}
    return replace(network, edges=tuple(edge for edge in network.edges if edge not in doubles))


def _words(edge: Edge, end: str) -> tuple[str, str, int, str]:
    return (end, edge.graph, edge.says.line, edge.says.quote)


def _other_end(edge: Edge) -> tuple[str, str, int, str] | None:
    """Return the words of a movement that its agency sends or gets, under its other end."""
    if edge.says.kind is not Kind.NARRATIVE or edge.agency not in (edge.source, edge.target):
        return None
    return _words(edge, edge.target if edge.source == edge.agency else edge.source)


def _cut(network: Network, levels: Mapping[str, int], arcs: tuple[Arc, ...], most: int) -> Excerpt:
    kept = dict(list(levels.items())[:most])
    return Excerpt(
        nodes=tuple(network.nodes[key] for key in kept),
        levels=kept,
        arcs=tuple(arc for arc in arcs if arc.source in kept and arc.target in kept),
        left_out=len(levels) - len(kept),
    )
