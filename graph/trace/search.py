"""Upstream, downstream and between: breadth first to every end, best first along the k shortest paths."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from graph.trace.edges import Network
from graph.trace.ground import Ground, Stand, lay
from graph.trace.question import Answer, Direction, Limit, LimitKind, Path, Question, Reached


def trace(network: Network, question: Question) -> Answer:
    """Answer ``question`` over ``network``; the paths run from source to target in every direction.

    Downstream and upstream each end is reached in as few movements as there can be, and shown by the
    shortest path (or up to ``question.paths``); between, the paths pass no end twice.
    """
    ground = lay(network, question)
    if question.direction is Direction.BETWEEN:
        return _between(ground, question)
    return _outward(ground, question)


@dataclass(frozen=True, slots=True)
class _Spread:
    """A breadth-first search: the first way to each stand, and the first stand at each end."""

    ways: Mapping[Stand, Path]
    first: Mapping[str, Stand]
    dropped: int


def _spread(ground: Ground, question: Question, goals: Collection[str] = ()) -> _Spread:
    ways: dict[Stand, Path] = {Stand(key): () for key in ground.starts}
    first: dict[str, Stand] = {}
    dropped: set[str] = set()
    queue = deque(ways)
    while queue:
        stand = queue.popleft()
        if len(ways[stand]) >= question.hops or stand.key in goals:
            continue
        for arc in ground.onward(stand):
            ahead = ground.step(arc)
            if ahead in ways or ahead.key in ground.starts:
                continue
            if ahead.key not in first and len(first) >= question.most:
                dropped.add(ahead.key)
                continue
            ways[ahead] = (*ways[stand], arc)
            first.setdefault(ahead.key, ahead)
            queue.append(ahead)
    return _Spread(ways, first, len(dropped))


def _outward(ground: Ground, question: Question) -> Answer:
    spread = _spread(ground, question)
    limits = _limits_of(ground, spread, question)
    reached = sorted(
        (Reached(node=ground.nodes[key], hops=len(spread.ways[stand])) for key, stand in spread.first.items()),
        key=lambda one: (one.hops, one.node.name, one.node.key),
    )
    paths = [spread.ways[spread.first[one.node.key]] for one in reached]
    if question.paths > 1:
        all_walks = [_walks(ground, question, frozenset((one.node.key,))) for one in reached]
        paths = [path for walks in all_walks for path in walks.found]
        limits += [walks.worn_out for walks in all_walks if walks.worn_out][:1]
    if ground.backward:
        paths = [path[::-1] for path in paths]
    return Answer(reached=tuple(reached), paths=tuple(paths), limits=tuple(limits), searched=ground.searched)


def _between(ground: Ground, question: Question) -> Answer:
    goals = question.targets - question.sources
    if not goals:
        return Answer(reached=(), paths=(), limits=(), searched=ground.searched)
    spread = _spread(ground, question, goals)
    limits = _limits_of(ground, spread, question, goals)
    walks = _walks(ground, question, goals)
    if walks.too_long:
        limits = [limit for limit in limits if limit.kind is not LimitKind.HOPS]
    limits += [limit for limit in (walks.too_long, walks.too_many, walks.worn_out) if limit]
    places: dict[str, int] = {}
    for path in walks.found:
        for at, arc in enumerate(path, start=1):
            places[arc.target] = min(at, places.get(arc.target, at))
    reached = sorted(
        (Reached(node=ground.nodes[key], hops=hops) for key, hops in places.items()),
        key=lambda one: (one.hops, one.node.name, one.node.key),
    )
    return Answer(reached=tuple(reached), paths=walks.found, limits=tuple(limits), searched=ground.searched)


def _leads_to(ground: Ground, goals: Collection[str]) -> Callable[[str], bool]:
    """Tell of an end whether any arcs at all, clear or unclear, lead from it to a goal."""
    before: dict[str, set[str]] = defaultdict(set)
    for arcs in (*ground.clear.values(), *ground.unclear.values()):
        for arc in arcs:
            before[arc.target].add(arc.source)
    return _distances(before, goals, lambda _: False).__contains__


def _limits_of(ground: Ground, spread: _Spread, question: Question, goals: Collection[str] = ()) -> list[Limit]:
    """Count the ends beyond each limit: those not reached otherwise, or (between) those from which a goal can be."""
    leads_on = _leads_to(ground, goals)
    beyond: dict[LimitKind, set[str]] = defaultdict(set)
    stops: dict[LimitKind, set[str]] = defaultdict(set)
    for stand, way in spread.ways.items():
        if stand.key in goals:
            continue
        too_far = len(way) >= question.hops
        for arc, barrier in ground.leaving(stand):
            ahead = ground.step(arc)
            kind = barrier or (LimitKind.HOPS if too_far else None)
            matters = leads_on(ahead.key) if goals else ahead not in spread.ways
            if kind and matters and ahead.key not in ground.starts:
                beyond[kind].add(ahead.key)
                stops[kind].add(stand.key)
    limits = [_limit(ground, kind, len(beyond[kind]), stops[kind]) for kind in LimitKind if kind in beyond]
    return limits + ([Limit(kind=LimitKind.REACHED, left_out=spread.dropped)] if spread.dropped else [])


def _limit(ground: Ground, kind: LimitKind, left_out: int, stops: Iterable[str]) -> Limit:
    at = sorted((ground.nodes[key] for key in stops), key=lambda node: (node.name, node.key))
    return Limit(kind=kind, left_out=left_out, at=tuple(at))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walks:
    """The shortest paths, and by which bounds there may be more."""

    found: tuple[Path, ...]
    too_long: Limit | None = None
    too_many: Limit | None = None
    worn_out: Limit | None = None


def _walks(ground: Ground, question: Question, goals: frozenset[str]) -> _Walks:
    """Find the ``question.paths`` shortest paths from a start to a goal that pass no end twice.

    Best first: a path waits under its length and the least that it still has to go, so that the shortest
    come out first and what is too long is never begun.
    """
    left = _distances(ground.before, goals, ground.stops)
    order = count()
    waiting: list[tuple[int, int, Stand, Path]] = [
        (left[key], next(order), Stand(key), ()) for key in ground.starts if key in left
    ]
    found: list[Path] = []
    too_long = steps = 0
    while waiting and len(found) <= question.paths and steps < question.work:
        length, _, stand, path = heapq.heappop(waiting)
        steps += 1
        if length > question.hops:
            too_long = 1 + len(waiting)
            break
        if stand.key in goals:
            found.append(path)
            continue
        passed = {ground.step(arc).key for arc in path} | set(ground.starts)
        for arc in ground.onward(stand):
            ahead = ground.step(arc)
            if ahead.key in left and ahead.key not in passed:
                estimate = len(path) + 1 + left[ahead.key]
                heapq.heappush(waiting, (estimate, next(order), ahead, (*path, arc)))
    more = len(found) > question.paths
    return _Walks(
        found=tuple(found[: question.paths]),
        too_long=Limit(kind=LimitKind.HOPS, left_out=too_long) if too_long else None,
        too_many=Limit(kind=LimitKind.PATHS, left_out=1) if more else None,
        worn_out=Limit(kind=LimitKind.WORK, left_out=len(waiting)) if waiting and steps >= question.work else None,
    )


def _distances(
    before: Mapping[str, Iterable[str]], goals: Collection[str], stops: Callable[[str], bool]
) -> dict[str, int]:
    """Return for each end the fewest arcs to a goal, none of them leaving an end that stops a path."""
    far = dict.fromkeys(sorted(goals), 0)
    queue = deque(far)
    while queue:
        key = queue.popleft()
        if far[key] and stops(key):
            continue
        for near in before.get(key, ()):
            if near not in far:
                far[near] = far[key] + 1
                queue.append(near)
    return far
