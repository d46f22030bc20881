"""The graph: its board beside the filters and the table, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from viz.explorer.drawing import Drawing
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.neighbours import GROUPINGS, Look
from viz.explorer.pages.board import arrows_table, board
from viz.explorer.pages.filters import Offers, filters
from viz.explorer.parts import shortened
from viz.explorer.scope import Scope


def graph_page(
    here: Here,
    look: Look,
    drawing: Drawing,
    offers: Offers,
    notes: Sequence[str],
) -> list[Child]:
    """Return the page of a graph."""
    return [
        tag("div", _title(here, drawing), [tag("p", note, class_="notice") for note in notes], id="notes"),
        tag(
            "div",
            board(here, drawing),
            tag("section", filters(here, look, offers), arrows_table(here, drawing), id="side"),
            class_="graph",
        ),
    ]


def _title(here: Here, drawing: Drawing) -> Markup:
    starts = [box for box in drawing.boxes if box.start]
    about = here.say(
        f"端 {len(drawing.boxes):,}、矢印 {len(drawing.arrows):,}",
        f"{len(drawing.boxes):,} ends, {len(drawing.arrows):,} arrows",
    )
    count = tag("small", about, role="status")
    if not starts:
        return tag("h1", here.say("記載の多い端", "The ends of which most is said"), " ", count)
    names = [[name(shortened(box.name)), "、" if at < len(starts) - 1 else None] for at, box in enumerate(starts)]
    return tag("h1", names, here.say(" のまわり", " and around"), " ", count)


def look_of(here: Here, starts: Sequence[str], scope: Scope, most: int) -> Look:
    """Return what the fields of an address ask to look at."""
    fields = here.fields
    group = fields.one("group")
    return Look(
        starts=tuple(starts),
        opened=tuple(here.full(one) for one in fields.all("open")),
        ungrouped=tuple(fields.all("ungroup")),
        group=group if group in GROUPINGS else "",
        most=most,
        scope=scope,
    )
