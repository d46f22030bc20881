"""A visible part of the network as a drawing: boxes with places and colours, arrows with strokes and statements.

The drawing is plain data; the browser paints it, and ``export`` writes it as SVG and GraphML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from extract.facts import Certainty
from viz.explorer.atlas import Atlas, DocumentEntry, Provision, Statement
from viz.explorer.language import Here
from viz.explorer.neighbours import BY_AGENCY, Arrow, Box, Part
from viz.explorer.scope import sureness_of
from viz.labels import label_of
from viz.layering import place
from viz.palette import CARRIES, CERTAINTY, CONNECTION, Paint, paint_of
from viz.plain import printable

TOLD = 4
"""Statements that an arrow brings along; a page has all of them."""
_CROWDED = 400  # arrows above which each brings one statement only
_TIP = 160  # characters of a quote that are shown where an arrow is pointed at
CONTRADICTED = (1, 3, 7, 3)
"""The dashes of a statement that its document denies elsewhere."""


class DrawnStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as a page shows it: codes for what is fixed, text for what the document prints."""

    kind: str
    carries: str
    certainty: str
    derived: bool
    source: str
    target: str
    via: str | None
    medium: str | None
    data: str | None
    frequency: str | None
    quote: str
    item: str
    line: int
    document: str
    agency: str
    url: str
    bases: list[DrawnBasis]


class DrawnBasis(msgspec.Struct, frozen=True, kw_only=True):
    """A provision by its name, with the page about it where it is known, and its law's number at e-Gov."""

    name: str
    url: str | None = None
    egov: str | None = None


class DrawnBox(msgspec.Struct, frozen=True, kw_only=True):
    """A box: what it is called and is, how it is painted, where it stands, and how many ends next to it are hidden."""

    id: str
    label: str
    name: str
    kind: str
    owner: str
    fill: str
    border: str
    round: bool
    x: int
    y: int
    url: str | None
    hidden: int = 0
    members: int = 0
    start: bool = False
    open: bool = False


class DrawnArrow(msgspec.Struct, frozen=True, kw_only=True):
    """An arrow: from box to box, its stroke, its first statements of ``count``, and where all of them are told."""

    number: int
    source: str
    target: str
    colour: str
    dashes: list[int]
    width: float
    connection: bool
    count: int
    url: str | None
    statements: list[DrawnStatement]


class CanvasArrow(msgspec.Struct, frozen=True, kw_only=True):
    """An arrow as the script paints it; ``tip`` is shown where it is pointed at."""

    number: int
    source: str
    target: str
    colour: str
    tip: str
    dashes: list[int] = []
    width: float = 1.8
    connection: bool = False


class Canvas(msgspec.Struct, frozen=True, kw_only=True):
    """All that the script needs to paint a picture."""

    boxes: list[DrawnBox]
    arrows: list[CanvasArrow]
    left_out: int = 0


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is drawn, how many boxes found no room, and whether statements were cut off."""

    boxes: list[DrawnBox]
    arrows: list[DrawnArrow]
    left_out: int = 0
    cut: bool = False


def canvas_of(drawing: Drawing) -> Canvas:
    """Return what the script paints of ``drawing``."""
    return Canvas(
        boxes=drawing.boxes,
        arrows=[
            CanvasArrow(
                number=arrow.number,
                source=arrow.source,
                target=arrow.target,
                colour=arrow.colour,
                tip=_tip(arrow.statements[0].quote),
                dashes=arrow.dashes,
                width=arrow.width,
                connection=arrow.connection,
            )
            for arrow in drawing.arrows
        ],
        left_out=drawing.left_out,
    )


def _tip(quote: str) -> str:
    shown = printable(quote)
    return shown if len(shown) <= _TIP else f"{shown[: _TIP - 1]}…"


def draw(atlas: Atlas, part: Part, here: Here, group: str = "") -> Drawing:
    """Return the drawing of ``part``."""
    links = [(arrow.source, arrow.target) for arrow in part.arrows]
    places = place([box.id for box in part.boxes], links, {box.id: box.level for box in part.boxes})
    known = {box.id: box for box in part.boxes}
    arrows = sorted(part.arrows, key=lambda arrow: _order(arrow, known))
    told = 1 if len(arrows) > _CROWDED else TOLD
    teller = teller_of(atlas, (one for arrow in arrows for one in arrow.statements[:told]), here)
    owned = len({box.thing.owner for box in part.boxes if not box.thing.is_agency} - {""}) > 1
    boxes = [_box(box, places[box.id], here, group) for box in part.boxes]
    return Drawing(
        boxes=[_with_owner(box) for box in boxes] if owned else boxes,
        arrows=[_arrow(number, arrow, known, told, teller) for number, arrow in enumerate(arrows, start=1)],
        left_out=part.left_out,
        cut=part.cut,
    )


def _order(arrow: Arrow, boxes: Mapping[str, Box]) -> tuple[object, ...]:
    source, target = boxes[arrow.source], boxes[arrow.target]
    return (arrow.is_connection, source.level, source.name, target.name, arrow.source, arrow.target)


class Teller:
    """Writes statements down, with the addresses of what they name."""

    def __init__(self, documents: Mapping[int, DocumentEntry], provisions: Mapping[str, Provision], here: Here) -> None:
        self._documents = documents
        self._provisions = provisions
        self.here = here

    def tell(self, statement: Statement) -> DrawnStatement:
        """Return the statement as a page shows it."""
        document = self._documents[statement.place.doc]
        at = [("id", self.here.short(document.graph)), ("at", str(statement.place.start))]
        return DrawnStatement(
            kind=str(statement.kind),
            carries=str(statement.carries),
            certainty=str(sureness_of(statement)),
            derived=statement.derived,
            source=statement.source_text,
            target=statement.target_text,
            via=statement.via,
            medium=statement.medium,
            data=statement.data,
            frequency=statement.frequency,
            quote=statement.place.quote,
            item=statement.place.item,
            line=statement.place.line,
            document=document.name,
            agency=document.body,
            url=self.here.link("/document", at, anchor="here"),
            bases=[self._basis(name) for name in statement.bases],
        )

    def _basis(self, name: str) -> DrawnBasis:
        provision = self._provisions.get(name)
        if provision is None:
            return DrawnBasis(name=name)
        return DrawnBasis(name=name, url=self.here.thing(provision.key), egov=provision.egov or None)


def teller_of(atlas: Atlas, statements: Iterable[Statement], here: Here) -> Teller:
    """Return a teller that knows the documents and provisions of ``statements``."""
    said = list(statements)
    documents = atlas.documents_by_number(one.place.doc for one in said)
    return Teller(documents, atlas.provisions_named(name for one in said for name in one.bases), here)


def _box(box: Box, at: tuple[int, int], here: Here, group: str) -> DrawnBox:
    paint = paint_of(box.thing.node)
    name = _name_of(box, paint, here, group)
    return DrawnBox(
        id=here.short(box.id),
        label=label_of(name),
        name=printable(name),
        kind=here.say(paint.ja, paint.en),
        owner="" if box.thing.is_agency else box.thing.owner_name,
        fill=paint.fill,
        border=paint.border,
        round=paint.round,
        x=at[0],
        y=at[1],
        hidden=box.hidden,
        members=len(box.members),
        start=box.is_start,
        open=box.is_open,
        url=None if box.is_group else here.thing(box.id),
    )


def _with_owner(box: DrawnBox) -> DrawnBox:
    """Let the label name the agency too, as ends of several may bear the same name."""
    owner = label_of(box.owner).split("\n")
    return (
        replace(box, label=f"{box.label}\n〔{owner[0]}{'…' if owner[1:] else ''}〕")
        if box.owner and not box.members
        else box
    )


def _name_of(box: Box, paint: Paint, here: Here, group: str) -> str:
    if not box.is_group:
        return box.name
    count = len(box.members)
    name = box.thing.owner_name if group == BY_AGENCY else here.say(paint.ja, paint.en)
    return here.say(f"{name}（{count}）", f"{name} ({count})")


def _arrow(number: int, arrow: Arrow, boxes: Mapping[str, Box], told: int, teller: Teller) -> DrawnArrow:
    here = teller.here
    colour, dashes, width = stroke_of(arrow.statements)
    single = not boxes[arrow.source].is_group and not boxes[arrow.target].is_group
    ends = [("source", here.short(arrow.source)), ("target", here.short(arrow.target))]
    return DrawnArrow(
        number=number,
        source=here.short(arrow.source),
        target=here.short(arrow.target),
        colour=colour,
        dashes=list(dashes),
        width=width,
        connection=arrow.is_connection,
        count=len(arrow.statements),
        url=here.link("/between", ends) if single and len(arrow.statements) > 1 else None,
        statements=[teller.tell(one) for one in arrow.statements[:told]],
    )


def stroke_of(statements: Sequence[Statement]) -> tuple[str, tuple[int, ...], float]:
    """Return colour, dashes and width: the colour says what is carried, the dashes how sure the plainest statement is."""
    first = statements[0]
    if first.kind == "connection":
        return CONNECTION.colour, CONNECTION.dashes, 1.2
    dashes = CONTRADICTED if first.contested else CERTAINTY[Certainty(first.certainty)].dashes
    return CARRIES[first.carries].colour, dashes, 1.8
