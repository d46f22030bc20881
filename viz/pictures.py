"""Stand-alone pictures of flows: one HTML file that opens offline, with the same statements in a table beside it.

The network is drawn by pyvis (vis-network); of what it writes only the scripts are taken. The page around
them allows no script but these and no request at all, and text of documents reaches it escaped or as data.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from pyvis.network import Network as Drawing

from extract.facts import Certainty
from graph.trace.edges import Edge, Kind, Node
from graph.trace.excerpt import Excerpt
from graph.trace.ground import plainness
from viz.labels import label_of
from viz.layering import place
from viz.palette import CARRIES, CERTAINTY, CONNECTION, KINDS, paint_of
from viz.plain import place_of, printable

FONT = "Noto Sans JP, Noto Sans CJK JP, Hiragino Sans, Yu Gothic UI, Meiryo, sans-serif"
_TOLD = 4  # statements in a tooltip
_NUMBERED = 150  # arrows up to which each bears the number of its row
_SCRIPT = re.compile(r"<script(?: type=\"text/javascript\")?>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"font": {"size": 16, "face": FONT, "color": "#1f2933"}, "margin": 8, "borderWidth": 1.5},
    "edges": {
        "arrows": {"to": {"scaleFactor": 0.7}},
        "font": {"size": 12, "face": FONT, "color": "#52606d", "background": "#ffffff", "strokeWidth": 0},
        "selectionWidth": 2,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One arrow of a picture and row of its table: all statements from one end to another."""

    number: int
    source: Node
    target: Node
    statements: tuple[Edge, ...]

    @property
    def id(self) -> str:
        """The arrow's name in the page."""
        return f"e{self.number}"

    @property
    def is_connection(self) -> bool:
        """Whether the arrow shows a ticked box of the grid, which is no movement."""
        return self.statements[0].says.kind is Kind.CONNECTION


def arrows_of(excerpt: Excerpt) -> tuple[Arrow, ...]:
    """Return the arrows in the order of the rows: from the first layer on, plain statements first.

    A connection, which has no direction, stands once.
    """
    nodes = {node.key: node for node in excerpt.nodes}
    groups: dict[tuple[str, str, bool], dict[Edge, None]] = defaultdict(dict)
    for edge in (edge for arc in excerpt.arcs for edge in arc.statements):
        ends = (edge.source, edge.target, edge.says.kind is Kind.CONNECTION)
        if ends[2] and (edge.target, edge.source, True) in groups:
            continue
        groups[ends][edge] = None
    found = [(*ends, tuple(sorted(statements, key=plainness))) for ends, statements in groups.items()]
    found.sort(key=lambda one: (excerpt.levels[one[0]], nodes[one[0]].name, plainness(one[3][0]), one[:3]))
    return tuple(
        Arrow(number=number, source=nodes[source], target=nodes[target], statements=statements)
        for number, (source, target, _, statements) in enumerate(found, start=1)
    )


def tip_of_node(node: Node) -> str:
    """Return what is shown of an end when it is pointed at, as plain text."""
    paint = paint_of(node)
    lines = [node.name, f"{paint.ja} / {paint.en}"]
    if node.owner_name and not node.is_agency:
        lines.append(f"機関 / agency: {node.owner_name}")
    if node.also:
        lines.append("別名 / also: " + "、".join(node.also[:8]))
    return printable("\n".join(lines))


def tip_of_arrow(arrow: Arrow) -> str:
    """Return what is shown of an arrow when it is pointed at, as plain text with quotes and places."""
    lines = [f"{arrow.number}  {arrow.source.name} → {arrow.target.name}"]
    for edge in arrow.statements[:_TOLD]:
        says = edge.says
        marks = [KINDS[says.kind][0]]
        if not arrow.is_connection:
            marks.append(CARRIES[says.carries].ja)
        marks.append(CERTAINTY[says.certainty].ja)
        lines += [f"［{'・'.join(marks)}］", f"「{says.quote}」", place_of(edge)]
    rest = len(arrow.statements) - _TOLD
    return "\n".join(map(printable, lines)) + (f"\nほか {rest} 件 / {rest} more" if rest > 0 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a page needs of pyvis: the library with its style, and the script that draws into ``#mynetwork``."""

    library: str
    style: str
    script: str


def draw(excerpt: Excerpt, arrows: tuple[Arrow, ...]) -> Drawn:
    """Draw the picture with pyvis; nothing of it is fetched, for everything is in line."""
    drawing = Drawing(directed=True, cdn_resources="in_line")
    drawing.set_options(json.dumps(_OPTIONS))
    links = [(arrow.source.key, arrow.target.key) for arrow in arrows]
    places = place([node.key for node in excerpt.nodes], links, excerpt.levels)
    numbers = {node.key: number for number, node in enumerate(excerpt.nodes)}
    for node in excerpt.nodes:
        _draw_node(drawing, node, numbers[node.key], places[node.key], asked=node.key in excerpt.starts)
    pairs = Counter(frozenset(link) for link in links)
    for arrow in arrows:
        source, target = arrow.source.key, arrow.target.key
        straight = pairs[frozenset((source, target))] == 1 and places[source][0] < places[target][0]
        style = _stroke(arrow) | {"smooth": _FORWARD if straight else _ASIDE}
        if len(arrows) <= _NUMBERED:
            style["label"] = str(arrow.number)
        drawing.add_edge(numbers[source], numbers[target], id=arrow.id, tip=tip_of_arrow(arrow), **style)
    html = drawing.generate_html()
    *_, library, script = _SCRIPT.findall(html)
    return Drawn(library=library, style=_STYLE.findall(html)[0], script=script)


_FORWARD = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45}
_ASIDE = {"enabled": True, "type": "curvedCW", "roundness": 0.22}


def _draw_node(drawing: Drawing, node: Node, number: int, at: tuple[int, int], *, asked: bool) -> None:
    paint = paint_of(node)
    drawing.add_node(
        number,
        label=label_of(node.name),
        shape="ellipse" if paint.round else "box",
        color={"background": paint.fill, "border": paint.border},
        borderWidth=4 if asked else 1.5,
        x=at[0],
        y=at[1],
        asked=asked,
        tip=tip_of_node(node),
    )


def _stroke(arrow: Arrow) -> dict[str, object]:
    """Return colour, width, dashes and head: the colour says what is carried, the dashes how sure it is."""
    first = arrow.statements[0]
    if arrow.is_connection:
        return {"color": CONNECTION.colour, "dashes": list(CONNECTION.dashes), "width": 1.2, "arrows": ""}
    certainty = Certainty.UNCLEAR if first.contested else first.says.certainty
    dashes = list(CERTAINTY[certainty].dashes)
    return {"color": CARRIES[first.says.carries].colour, "dashes": dashes or False, "width": 1.8}
