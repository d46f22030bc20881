"""Answers of a trace as plain data: its paths as statements, what it came to, what it may lack, and a drawing.

``trace_told`` runs in a worker process of the service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from extract.errors import UnknownName
from graph.store import GraphStore
from graph.trace.library import Row, open_library, rows_of
from graph.trace.question import Arc, Direction, Question
from graph.trace.question import Path as Way
from graph.trace.tell import Told, sentences
from viz.explorer.atlas import Atlas, Statement, open_atlas
from viz.explorer.drawing import Drawing, DrawnStatement, Teller, draw, teller_of
from viz.explorer.language import Here, Tongue
from viz.explorer.neighbours import Arrow, Box, Part
from viz.explorer.scope import Fields, Scope
from viz.explorer.tracing import End, Traced, Wish, answer_wish

DRAWN = 150
"""Ends that a picture of a trace has at most."""
LISTED = 200
"""Paths that are written down at most."""
_SECONDS = 25.0

_SWITCHES = re.compile(r"(?:（[^（）]*--[^（）]*）|\s*\([^()]*--[^()]*\)|; [^;]*--[^;]*)$")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a trace is asked, as an address has it; keys of ends are whole identifiers."""

    source: str = ""
    source_key: str = ""
    target: str = ""
    target_key: str = ""
    hops: int = 6
    paths: int = 1
    only_number: bool = False
    with_unclear: bool = False
    connections: bool = False
    through_hubs: bool = False
    kind: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()

    @property
    def direction(self) -> Direction:
        """Which way the search goes: that follows from the ends that are given."""
        if self.source and self.target:
            return Direction.BETWEEN
        return Direction.UPSTREAM if self.target else Direction.DOWNSTREAM

    def wish(self) -> Wish:
        """Return the trace that is asked for."""
        question = Question(
            direction=self.direction,
            hops=self.hops,
            paths=self.paths,
            only_number=self.only_number,
            with_unclear=self.with_unclear,
            connections=self.connections,
            through_hubs=self.through_hubs,
        )
        return Wish(
            question=question,
            source=End(name=self.source, key=self.source_key) if self.source else None,
            target=End(name=self.target, key=self.target_key) if self.target else None,
            scope=Scope(kind=self.kind, medium=self.medium, agency=self.agency),
        )


class ToldEnd(msgspec.Struct, frozen=True, kw_only=True):
    """An end that was reached, or one that a path passes."""

    name: str
    kind: str
    owner: str
    url: str
    hops: int = 0


class ToldHop(msgspec.Struct, frozen=True, kw_only=True):
    """A hop: its plainest statement, how many more the document has, and the shared end crossed just before."""

    source: ToldEnd
    target: ToldEnd
    statement: DrawnStatement
    more: int
    more_url: str
    beyond: str | None


class ToldTrace(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer; ``unknown`` says instead which name no document knows."""

    complete: bool = True
    limits: list[str] = []
    notes: list[str] = []
    unknown: str = ""
    suggestion: str = ""
    reached: list[ToldEnd] = []
    paths: list[list[ToldHop]] = []
    paths_total: int = 0
    documents: int = 0
    statements: int = 0
    followed: int = 0
    drawing: Drawing | None = None


def trace_told(store: GraphStore, index: str, asked: dict[str, object], tongue: str) -> ToldTrace:
    """Answer what is asked from the index in the file ``index``."""
    here = Here(path="/trace", fields=Fields(), tongue=Tongue(tongue), base=store.base)
    wish = msgspec.convert(asked, Asked).wish()

    def select(query: str) -> Iterator[Row]:
        return rows_of(store.select(query))

    with open_atlas(Path(index), seconds=_SECONDS) as atlas:
        try:
            traced = answer_wish(atlas, wish, lambda name: open_library(select, base=store.base).past(name))
        except UnknownName as error:
            return ToldTrace(complete=False, unknown=error.what, suggestion=error.todo)
        return _tell(atlas, traced, here)


def _tell(atlas: Atlas, traced: Traced, here: Here) -> ToldTrace:
    told, answer = traced.told, traced.told.answer
    paths = answer.paths[:LISTED]
    teller = teller_of(atlas, (traced.statement(arc.first) for path in paths for arc in path), here)
    return ToldTrace(
        complete=answer.complete,
        limits=[here.say(*without_switches(sentences(limit, told.question))) for limit in answer.limits],
        notes=[here.say(*without_switches(words)) for words in told.notes()],
        reached=[_end(told, one.node.key, here, one.hops) for one in answer.reached],
        paths=[_path(traced, path, teller) for path in paths],
        paths_total=len(answer.paths),
        documents=answer.searched.documents,
        statements=answer.searched.statements,
        followed=answer.searched.followed,
        drawing=draw(atlas, _part(atlas, traced), here) if answer.paths else None,
    )


def _end(told: Told, key: str, here: Here, hops: int = 0) -> ToldEnd:
    node = told.network.nodes[key]
    owner = "" if node.is_agency else node.owner_name
    return ToldEnd(name=node.name, kind=str(node.kind), owner=owner, url=here.thing(key), hops=hops)


def _path(traced: Traced, path: Way, teller: Teller) -> list[ToldHop]:
    told, here = traced.told, teller.here
    return [
        ToldHop(
            source=_end(told, arc.source, here),
            target=_end(told, arc.target, here),
            statement=teller.tell(traced.statement(arc.first)),
            more=len(arc.statements) - 1,
            more_url=_all_of(arc, here),
            beyond=beyond,
        )
        for arc, beyond in zip(path, told.beyond(path), strict=True)
    ]


def _all_of(arc: Arc, here: Here) -> str:
    pairs = [("source", here.short(arc.source)), ("target", here.short(arc.target)), ("connections", "1")]
    return here.link("/between", pairs)


def _part(atlas: Atlas, traced: Traced) -> Part:
    """Return the paths as boxes and arrows, the nearest ends first, up to a number."""
    answer, question = traced.told.answer, traced.told.question
    backward = question.direction is Direction.UPSTREAM
    starts = sorted(question.targets if backward else question.sources)
    levels = dict.fromkeys(starts, 0) | {one.node.key: -one.hops if backward else one.hops for one in answer.reached}
    things = atlas.things(levels)
    drawn = {arc.source for path in answer.paths for arc in path} | {
        arc.target for path in answer.paths for arc in path
    }
    known = [key for key in levels if key in things and key in drawn]
    kept = known[:DRAWN]
    boxes = [
        Box(id=key, name=things[key].name, thing=things[key], level=levels[key], is_start=key in starts) for key in kept
    ]
    return Part(boxes=tuple(boxes), arrows=_arrows(traced, set(kept)), left_out=len(known) - len(kept))


def _arrows(traced: Traced, kept: set[str]) -> tuple[Arrow, ...]:
    found: dict[tuple[str, str], dict[Statement, None]] = {}
    for path in traced.told.answer.paths:
        for arc in path:
            if arc.source in kept and arc.target in kept:
                said = found.setdefault((arc.source, arc.target), {})
                said |= dict.fromkeys(traced.statement(edge) for edge in arc.statements)
    return tuple(
        Arrow(source=source, target=target, statements=tuple(sorted(said, key=lambda one: one.plainness)))
        for (source, target), said in found.items()
    )


def without_switches(words: tuple[str, str]) -> tuple[str, str]:
    """Return what the command says without the switches by which one would ask for more; a page has a form for that.

    >>> without_switches(("経路を20本で打ち切った（--paths）", "stopped after 20 paths (--paths)"))
    ('経路を20本で打ち切った', 'stopped after 20 paths')
    """
    ja, en = (_SWITCHES.sub("", one) for one in words)
    return ja, en
