"""The answer to a CONSTRUCT as a drawing: what has an identifier is a box, a triple between two is an arrow."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology import NAMESPACES, ONTOLOGY
from viz.explorer.atlas import Atlas, Thing
from viz.explorer.drawing import Canvas, CanvasArrow, DrawnBox
from viz.explorer.language import Here
from viz.explorer.vocabulary import term_label
from viz.labels import label_of
from viz.layering import place
from viz.palette import paint_of
from viz.plain import printable

MOST = 150
"""Boxes of the picture; those of which most is said."""
_PLAIN = ("#f1f3f5", "#868e96")
_LABEL = NAMESPACES["rdfs"] + "label"


def draw_triples(atlas: Atlas, body: bytes, here: Here) -> Canvas:
    """Return the picture of triples, which ``body`` holds as N-Triples; what only has text is no box."""
    links: dict[tuple[str, str], list[str]] = {}
    labels: dict[str, str] = {}
    for triple in parse(body, format=RdfFormat.N_TRIPLES):
        source, target = _key(triple.subject), _key(triple.object)
        if isinstance(triple.object, Literal) and triple.predicate.value == _LABEL:
            labels[source] = triple.object.value
        elif source and target and source != target:
            links.setdefault((source, target), []).append(triple.predicate.value)
    kept = _busiest(links)
    shown = {ends: said for ends, said in links.items() if kept.keys() >= set(ends)}
    places = place(list(kept), list(shown), dict.fromkeys(kept, 0))
    things = atlas.things(kept)
    return Canvas(
        boxes=[_box(key, labels.get(key), things.get(key), places[key], here) for key in kept],
        arrows=[_arrow(number, ends, said, here) for number, (ends, said) in enumerate(shown.items(), start=1)],
        left_out=len({end for ends in links for end in ends}) - len(kept),
    )


def _key(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term) if isinstance(term, BlankNode) else ""


def _busiest(links: Iterable[tuple[str, str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for end in (end for ends in links for end in ends):
        counts[end] = counts.get(end, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1])[:MOST])


def _box(key: str, label: str | None, thing: Thing | None, at: tuple[int, int], here: Here) -> DrawnBox:
    paint = paint_of(thing.node) if thing else None
    name = label or (thing.name if thing else _last_part(key))
    return DrawnBox(
        id=key,
        label=label_of(name),
        name=printable(name),
        kind=here.say(paint.ja, paint.en) if paint else "",
        owner=thing.owner_name if thing and not thing.is_agency else "",
        fill=paint.fill if paint else _PLAIN[0],
        border=paint.border if paint else _PLAIN[1],
        round=bool(paint and paint.round),
        x=at[0],
        y=at[1],
        url=None if key.startswith("_:") else here.thing(key),
    )


def _last_part(iri: str) -> str:
    """Return the end of an identifier as people write it.

    >>> _last_part("https://example.org/system/%E5%AE%9B%E5%90%8D")
    '宛名'
    """
    return unquote(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]) or iri


def _arrow(number: int, ends: tuple[str, str], said: list[str], here: Here) -> CanvasArrow:
    words = "、".join(here.say(*term_label(one.removeprefix(ONTOLOGY))) for one in dict.fromkeys(said))
    return CanvasArrow(number=number, source=ends[0], target=ends[1], colour="#52606d", tip=words)
