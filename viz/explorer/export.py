"""Drawings and tables as files: SVG, GraphML, CSV. JSON is the drawing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from unicodedata import east_asian_width

from viz.explorer.atlas import DocumentEntry, Statement, Thing
from viz.explorer.drawing import Drawing, DrawnArrow, DrawnBox
from viz.explorer.markup import Markup, tag
from viz.explorer.scope import sureness_of
from viz.server.limits import NOT_XML
from viz.tables import Rows, print_csv

BOM = "\ufeff"
"""What tells Excel that a file is UTF-8."""
COLUMNS = (
    "source",
    "target",
    "kind",
    "carries",
    "certainty",
    "data",
    "via",
    "medium",
    "frequency",
    "legal_bases",
    "agency",
    "document",
    "form_item",
    "line",
    "quote",
)
"""The columns of a table of statements."""
_FONT = "Noto Sans JP, Noto Sans CJK JP, Hiragino Sans, Yu Gothic UI, Meiryo, sans-serif"
_SIZE = 16
_LEADING = 19
_PAD = 10
_MARGIN = 30
_HEAD = 11  # length of an arrow's head
_APART = 12
_ONE_COLUMN = 120  # nearer boxes stand in one column


def csv_of(columns: Iterable[str], rows: Rows, *, bom: bool) -> bytes:
    """Return a table as CSV in UTF-8, with the mark that Excel wants if ``bom``."""
    out = StringIO(newline="")
    print_csv(list(columns), rows, out)
    return ((BOM if bom else "") + out.getvalue()).encode("utf-8", "replace")


def rows_of_statements(
    statements: Iterable[Statement], things: Mapping[str, Thing], documents: Mapping[int, DocumentEntry]
) -> Iterator[tuple[str | int | None, ...]]:
    """Yield statements as rows of COLUMNS; the ends under the names that most documents give them."""
    for one in statements:
        document = documents[one.place.doc]
        yield (
            things[one.source].name,
            things[one.target].name,
            str(one.kind),
            str(one.carries),
            str(sureness_of(one)),
            one.data,
            one.via,
            one.medium,
            one.frequency,
            "|".join(one.bases),
            document.body,
            document.name,
            one.place.item,
            one.place.line,
            one.place.quote,
        )


def graphml_of(drawing: Drawing) -> bytes:
    """Return a drawing as GraphML: a directed multigraph of named boxes; each arrow with its first statement."""
    from networkx import MultiDiGraph, write_graphml

    network: MultiDiGraph[str] = MultiDiGraph()
    for box in drawing.boxes:
        said = {"label": box.name, "kind": box.kind, "owner": box.owner}
        network.add_node(_xml(box.id), **_clean(said), x=box.x, y=box.y, hidden=box.hidden)
    for arrow in drawing.arrows:
        first = arrow.statements[0]
        said = {
            "kind": first.kind,
            "carries": first.carries,
            "certainty": first.certainty,
            "medium": first.medium or "",
            "data": first.data or "",
            "document": first.document,
            "quote": first.quote,
        }
        ends = (_xml(arrow.source), _xml(arrow.target))
        network.add_edge(*ends, **_clean(said), line=first.line, statements=arrow.count)
    out = BytesIO()
    write_graphml(network, out)
    return out.getvalue()


def _clean(said: Mapping[str, str]) -> dict[str, str]:
    return {name: _xml(value) for name, value in said.items()}


def _xml(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def svg_of(drawing: Drawing, title: str) -> bytes:
    """Return a drawing as a picture of its own."""
    sizes = {box.id: _size(box) for box in drawing.boxes}
    boxes = {box.id: box for box in drawing.boxes}
    shifts = _shifts(drawing.arrows)
    left = min((box.x - sizes[box.id][0] / 2 for box in drawing.boxes), default=0) - _MARGIN
    top = min((box.y - sizes[box.id][1] / 2 for box in drawing.boxes), default=0) - _MARGIN
    right = max((box.x + sizes[box.id][0] / 2 for box in drawing.boxes), default=0) + _MARGIN
    bottom = max((box.y + sizes[box.id][1] / 2 for box in drawing.boxes), default=0) + _MARGIN
    picture = tag(
        "svg",
        tag("title", _xml(title)),
        tag("rect", x=f"{left:g}", y=f"{top:g}", width=f"{right - left:g}", height=f"{bottom - top:g}", fill="#ffffff"),
        [_svg_arrow(arrow, boxes, sizes, shifts[arrow.number]) for arrow in drawing.arrows],
        [_svg_box(box, sizes[box.id]) for box in drawing.boxes],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left:g} {top:g} {right - left:g} {bottom - top:g}",
        font_family=_FONT,
        font_size=_SIZE,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{picture.html}\n'.encode()


def _size(box: DrawnBox) -> tuple[float, float]:
    lines = box.label.split("\n")
    widest = max(sum(2 if east_asian_width(char) in "WFA" else 1 for char in line) for line in lines)
    return widest * _SIZE / 2 + 2 * _PAD, len(lines) * _LEADING + 2 * _PAD


def _svg_box(box: DrawnBox, size: tuple[float, float]) -> Markup:
    width, height = size
    lines = box.label.split("\n")
    first = box.y - (len(lines) - 1) * _LEADING / 2 + _SIZE * 0.36
    words = [tag("tspan", _xml(line), x=box.x, y=f"{first + at * _LEADING:g}") for at, line in enumerate(lines)]
    return tag(
        "g",
        tag("title", _xml(f"{box.name}（{box.kind}）")),
        tag(
            "rect",
            x=f"{box.x - width / 2:g}",
            y=f"{box.y - height / 2:g}",
            width=f"{width:g}",
            height=f"{height:g}",
            rx=f"{height / 2 if box.round else 5:g}",
            fill=box.fill,
            stroke=box.border,
            stroke_width="4" if box.start else "1.5",
        ),
        tag("text", words, text_anchor="middle", fill="#1f2933"),
    )


def _svg_arrow(
    arrow: DrawnArrow, boxes: Mapping[str, DrawnBox], sizes: Mapping[str, tuple[float, float]], shift: float
) -> Markup:
    """Draw an arrow from the side of one box to the side of the other; within a column, around on the right."""
    source, target = boxes[arrow.source], boxes[arrow.target]
    half1, half2 = sizes[source.id][0] / 2, sizes[target.id][0] / 2
    way = 1 if source.x <= target.x else -1
    end = -way if abs(source.x - target.x) > _ONE_COLUMN else way  # on which side of the target it arrives
    x1, y1 = source.x + way * half1, source.y + shift
    x2, y2 = target.x + end * half2, target.y + shift
    stop = x2 if arrow.connection else x2 + end * _HEAD
    bend = max(40.0, abs(stop - x1) * 0.45)
    curve = f"M{x1:g},{y1:g} C{x1 + way * bend:g},{y1:g} {stop + end * bend:g},{y2:g} {stop:g},{y2:g}"
    head = f"M{x2:g},{y2:g} l{end * _HEAD},{_HEAD / 2.4:g} v{-_HEAD / 1.2:g} z"
    return tag(
        "g",
        tag("title", _xml(arrow.statements[0].quote)),
        tag(
            "path",
            d=curve,
            fill="none",
            stroke=arrow.colour,
            stroke_width=f"{arrow.width:g}",
            stroke_dasharray=" ".join(map(str, arrow.dashes)) or None,
        ),
        None if arrow.connection else tag("path", d=head, fill=arrow.colour),
    )


def _shifts(arrows: Iterable[DrawnArrow]) -> dict[int, float]:
    """Keep arrows between the same two boxes apart: how far each stands off the middle."""
    pairs: dict[frozenset[str], list[int]] = {}
    for arrow in arrows:
        pairs.setdefault(frozenset((arrow.source, arrow.target)), []).append(arrow.number)
    return {
        number: (at - (len(numbers) - 1) / 2) * _APART
        for numbers in pairs.values()
        for at, number in enumerate(numbers)
    }
