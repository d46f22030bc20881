"""An answer of a trace as text for a terminal: the ends as a tree, or the paths one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph.trace.question import Arc, Direction, Path
from graph.trace.tell import Told, sentences
from viz.palette import CARRIES, CERTAINTY, KINDS
from viz.plain import place_of, printable

_QUOTE = 90  # characters of a quote that a line shows
_WORDS = {
    Direction.DOWNSTREAM: "下流 / downstream",
    Direction.UPSTREAM: "上流 / upstream",
    Direction.BETWEEN: "経路 / between",
}


def text_of(told: Told) -> Iterator[str]:
    """Yield the lines of the answer."""
    answer, question = told.answer, told.question
    names = " → ".join(one.read_as or one.name for one in told.found)
    yield printable(f"{_WORDS[question.direction]}: {names}")
    for note in told.notes():
        yield from (f"  ※ {printable(words)}" for words in note)
    yield ""
    if question.direction is Direction.BETWEEN or question.paths > 1:
        yield from _paths(told)
    else:
        yield from _tree(told)
    yield ""
    searched = answer.searched
    yield f"到達 / reached: {len(answer.reached)}   経路 / paths: {len(answer.paths)}"
    yield f"完全 / complete: {'はい / yes' if answer.complete else 'いいえ / no'}"
    for limit in answer.limits:
        yield from (f"  - {printable(words)}" for words in sentences(limit, question))
    yield f"調べた範囲 / searched: 文書 {searched.documents}, 記載 {searched.statements}, うち対象 {searched.followed}"


def _paths(told: Told) -> Iterator[str]:
    nodes = told.network.nodes
    for number, path in enumerate(told.answer.paths, start=1):
        names = [nodes[path[0].source].name, *(nodes[arc.target].name for arc in path)]
        yield printable(f"{number}. " + " → ".join(names))
        for arc, beyond in zip(path, told.beyond(path), strict=True):
            over = f"（{beyond} の先 / beyond）" if beyond else ""
            yield printable(f"   {arc.first.says.source} → {arc.first.says.target}{over}")
            yield from (f"     {line}" for line in _statement(arc))


def _tree(told: Told) -> Iterator[str]:
    """Yield every end below the one through which it was reached."""
    upstream = told.question.direction is Direction.UPSTREAM
    below: dict[tuple[str, Path], list[Path]] = defaultdict(list)
    for path in told.answer.paths:
        way = path[::-1] if upstream else path
        start = way[0].target if upstream else way[0].source
        below[start, way[:-1]].append(way)

    def branch(way: Path, indent: str, start: str) -> Iterator[str]:
        for longer in below.get((start, way), ()):
            arc = longer[-1]
            node = told.network.nodes[arc.source if upstream else arc.target]
            beyond = told.beyond(longer)[-1]
            over = f"  （{beyond} の先 / beyond）" if beyond else ""
            yield printable(f"{indent}{'←' if upstream else '→'} {node.name}{over}")
            yield from (f"{indent}   {line}" for line in _statement(arc))
            yield from branch(longer, indent + "   ", start)

    starts = told.question.targets if upstream else told.question.sources
    for key in sorted(starts):
        node = told.network.nodes[key]
        yield printable(f"● {node.name}" + (f"（{node.owner_name}）" if node.owner_name and len(starts) > 1 else ""))
        yield from branch((), "  ", key)


def _statement(arc: Arc) -> Iterator[str]:
    edge, says = arc.first, arc.first.says
    words = [KINDS[says.kind][0], CARRIES[says.carries].ja, CERTAINTY[says.certainty].ja]
    words += ["同じ文書で否定"] if edge.contested else []
    words += [f"経由 {way}" for way in (says.via, says.medium) if way]
    quote = says.quote if len(says.quote) <= _QUOTE else says.quote[:_QUOTE] + "…"
    yield printable(f"［{'・'.join(words)}］{'、'.join(says.legal_bases)}".replace("\n", " "))
    more = f"  ほか {len(arc.statements) - 1} 件" if len(arc.statements) > 1 else ""
    yield printable(f"「{quote}」 {place_of(edge)}{more}".replace("\n", " "))
