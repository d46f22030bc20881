"""The part of a network that a picture shows: some ends, the statements between them, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.trace.edges import Network, Node
from graph.trace.ground import lay
from graph.trace.question import Answer, Arc, Direction, Limit, Question
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
    arcs = _arcs(network, question)
    weight = Counter[str]()
    for arc in arcs:
        weight.update({arc.source: len(arc.statements), arc.target: len(arc.statements)})
    ranked = sorted(weight, key=lambda key: (-weight[key], network.nodes[key].name, key))
    return _cut(network, dict.fromkeys(ranked, 0), arcs, question.most)


def excerpt_around(network: Network, question: Question, directions: Iterable[Direction]) -> Excerpt:
    """Return what ``question.sources`` reach and what reaches them, the nearest first."""
    starts = question.sources
    levels: dict[str, int] = dict.fromkeys(sorted(starts), 0)
    limits: list[Limit] = []
    for direction in directions:
        sign = -1 if direction is Direction.UPSTREAM else 1
        answer = trace(network, replace(question, direction=direction, targets=starts, paths=1))
        limits.extend(answer.limits)
        for one in answer.reached:
            known = levels.get(one.node.key)
            if known is None or abs(known) > one.hops:
                levels[one.node.key] = sign * one.hops
    nearest = dict(sorted(levels.items(), key=lambda item: (abs(item[1]), network.nodes[item[0]].name, item[0])))
    found = _cut(network, nearest, _arcs(network, question), question.most)
    return replace(found, starts=starts, limits=tuple(limits))


def excerpt_between(network: Network, question: Question, answer: Answer) -> Excerpt:
    """Return the ends and statements of the paths of ``answer``."""
    levels: dict[str, int] = dict.fromkeys(sorted(question.sources), 0)
    levels |= {one.node.key: one.hops for one in answer.reached}
    arcs = {(arc.source, arc.target, arc.graph): arc for path in answer.paths for arc in path}
    found = _cut(network, levels, tuple(arcs[place] for place in sorted(arcs)), question.most)
    return replace(found, starts=question.sources | question.targets, limits=answer.limits)


def _arcs(network: Network, question: Question) -> tuple[Arc, ...]:
    clear = lay(network, replace(question, direction=Direction.DOWNSTREAM)).clear
    return tuple(arc for near in sorted(clear) for arc in clear[near])


def _cut(network: Network, levels: Mapping[str, int], arcs: tuple[Arc, ...], most: int) -> Excerpt:
    kept = dict(list(levels.items())[:most])
    return Excerpt(
        nodes=tuple(network.nodes[key] for key in kept),
        levels=kept,
        arcs=tuple(arc for arc in arcs if arc.source in kept and arc.target in kept),
        left_out=len(levels) - len(kept),
    )
