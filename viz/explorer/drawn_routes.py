"""The addresses of the graph and of traces, as pages and as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from viz.explorer.atlas import Atlas
from viz.explorer.drawing import Drawing, draw
from viz.explorer.export import COLUMNS, csv_of, graphml_of, rows_of_statements, svg_of
from viz.explorer.keeper import keeper_of
from viz.explorer.language import Here
from viz.explorer.markup import Child, tag
from viz.explorer.neighbours import MOST, MOST_EVER, Look, Part, look_at
from viz.explorer.pages.board import FIRST_ROWS, arrow_rows
from viz.explorer.pages.filters import Offers
from viz.explorer.pages.graphs import graph_page, look_of
from viz.explorer.pages.traces import trace_page
from viz.explorer.scope import Scope, scope_of
from viz.explorer.told import Asked, ToldTrace
from viz.explorer.views import agencies_of, names_of
from viz.explorer.web import file_response, here_of, html, html_response, json_response, page_or_problem
from viz.server.refusals import refuse

_STARTS = 50
_HOPS = 12
_PATHS = 50
_TRACE_COLUMNS = ("path", "hop", "source_node", "target_node", *COLUMNS)


def _look(here: Here) -> Look:
    most = here.fields.number("most", MOST, 1, MOST_EVER)
    starts = [here.full(one) for one in here.fields.all("node")][:_STARTS]
    return look_of(here, starts, _scope(here), most)


def _scope(here: Here) -> Scope:
    scope = scope_of(here.fields)
    return replace(scope, agency=tuple(map(here.full, scope.agency)))


async def graph(request: Request) -> Response:
    """Answer with the graph as a page."""
    here = here_of(request)
    look = _look(here)

    def gather(atlas: Atlas) -> tuple[Part, Drawing, dict[str, str]]:
        part = look_at(atlas, look)
        return part, draw(atlas, part, here, look.group), names_of(atlas, part.facets["agency"])

    part, drawing, agencies = await keeper_of(request).read(gather)
    if look.starts and not drawing.boxes:
        raise refuse(
            "unknown", f"no document speaks of {'、'.join(map(here.short, look.starts))}", todo="search for its name"
        )
    offers = Offers(facets=part.facets, agencies=agencies)
    children = graph_page(here, look, drawing, offers, _notes(here, look, part))
    return await html(request, here, here.say("図", "Graph"), children, scripts=("graph",))


def _notes(here: Here, look: Look, part: Part) -> list[str]:
    notes = []
    if part.left_out:
        notes.append(
            here.say(
                f"ほかに {part.left_out:,} の端があります（上限 {look.most:,}）。絞り込むか、まとめるか、上限を増やしてください。",
                f"{part.left_out:,} more ends are left out (at most {look.most:,}); filter, group, or raise the number.",
            )
        )
    if part.cut:
        notes.append(
            here.say(
                "記載が多いため、一部の矢印だけを示しています。",
                "There are too many statements; some arrows are left out.",
            )
        )
    if part.missing:
        names = "、".join(map(here.short, part.missing))
        notes.append(here.say(f"見つからない端: {names}", f"Unknown ends: {names}"))
    return notes


async def graph_file(request: Request) -> Response:
    """Answer with the graph as CSV, JSON, SVG or GraphML."""
    here = here_of(request)
    look, form = _look(here), request.path_params["form"]
    write = _WRITERS.get(form)
    if write is None:
        raise refuse("unknown", f"no graph is written as {form}", todo=", ".join(_WRITERS))
    return await keeper_of(request).read(lambda atlas: write(atlas, here, look))


def _csv(atlas: Atlas, here: Here, look: Look) -> Response:
    statements = [one for arrow in look_at(atlas, look).arrows for one in arrow.statements]
    things = atlas.things(end for one in statements for end in (one.source, one.target))
    documents = atlas.documents_by_number(one.place.doc for one in statements)
    body = csv_of(COLUMNS, rows_of_statements(statements, things, documents), bom=here.fields.flag("bom"))
    return file_response(body, "text/csv; charset=utf-8", "mynaflow.csv")


def _json(atlas: Atlas, here: Here, look: Look) -> Response:
    return json_response(draw(atlas, look_at(atlas, look), here, look.group))


def _svg(atlas: Atlas, here: Here, look: Look) -> Response:
    drawing = draw(atlas, look_at(atlas, look), here, look.group)
    title = "、".join(box.name for box in drawing.boxes if box.start) or "mynaflow"
    return Response(svg_of(drawing, title), media_type="image/svg+xml")


def _graphml(atlas: Atlas, here: Here, look: Look) -> Response:
    drawing = draw(atlas, look_at(atlas, look), here, look.group)
    return file_response(graphml_of(drawing), "application/graphml+xml", "mynaflow.graphml")


def _rows_left(atlas: Atlas, here: Here, look: Look) -> Response:
    """Answer with the rows of the table that the page leaves out, as a table of their own."""
    drawing = draw(atlas, look_at(atlas, look), here, look.group)
    return html_response(tag("table", arrow_rows(here, drawing, FIRST_ROWS)).html)


_WRITERS: dict[str, Callable[[Atlas, Here, Look], Response]] = {
    "csv": _csv,
    "rows": _rows_left,
    "json": _json,
    "svg": _svg,
    "graphml": _graphml,
}


# Traces.


def _asked(here: Here) -> Asked:
    fields, scope = here.fields, _scope(here)
    source, target = fields.one("from").strip(), fields.one("to").strip()
    return Asked(
        source=source,
        source_key=here.full(fields.one("from_id")) if source else "",
        target=target,
        target_key=here.full(fields.one("to_id")) if target else "",
        hops=fields.number("hops", 6, 1, _HOPS),
        paths=fields.number("paths", 20 if source and target else 1, 1, _PATHS),
        only_number=fields.flag("number"),
        with_unclear=fields.flag("unclear"),
        connections=fields.flag("connections"),
        through_hubs=fields.flag("hubs"),
        kind=scope.kind,
        medium=scope.medium,
        agency=scope.agency,
    )


async def trace(request: Request) -> Response:
    """Answer with a trace as a page."""
    here = here_of(request)
    asked = _asked(here)
    told = await _told(request, here, asked) if asked.source or asked.target else None
    agencies = await keeper_of(request).read(agencies_of)
    children: list[Child] = trace_page(here, asked, told, agencies)
    return await html(
        request, here, here.say("経路", "Trace"), children, scripts=("trace",) if told and told.drawing else ()
    )


async def _told(request: Request, here: Here, asked: Asked) -> ToldTrace:
    keeper = keeper_of(request)
    await keeper.read(lambda _: None)
    arguments = {"index": str(keeper.file), "asked": msgspec.to_builtins(asked), "tongue": str(here.tongue)}
    said = await request.app.state.pool.call("viz.explorer.told:trace_told", arguments)
    return msgspec.convert(said, ToldTrace)


async def trace_file(request: Request) -> Response:
    """Answer with a trace as CSV or JSON, or its picture as SVG or GraphML."""
    here, form = here_of(request), request.path_params["form"]
    asked = _asked(here)
    if form not in ("csv", "json", "svg", "graphml") or not (asked.source or asked.target):
        raise refuse("unknown", f"no trace is written as {form}", todo="csv, json, svg or graphml, with from or to")
    told = await _told(request, here, asked)
    if form == "json":
        return json_response(told)
    if form == "csv":
        return file_response(
            csv_of(_TRACE_COLUMNS, _rows(told), bom=here.fields.flag("bom")), "text/csv; charset=utf-8", "trace.csv"
        )
    drawing = told.drawing or Drawing(boxes=[], arrows=[])
    if form == "svg":
        return Response(svg_of(drawing, asked.source or asked.target), media_type="image/svg+xml")
    return file_response(graphml_of(drawing), "application/graphml+xml", "trace.graphml")


def _rows(told: ToldTrace) -> list[tuple[str | int | None, ...]]:
    return [
        (
            number,
            at,
            hop.source.name,
            hop.target.name,
            one.source,
            one.target,
            one.kind,
            one.carries,
            one.certainty,
            one.data,
            one.via,
            one.medium,
            one.frequency,
            "|".join(basis.name for basis in one.bases),
            one.agency,
            one.document,
            one.item,
            one.line,
            one.quote,
        )
        for number, path in enumerate(told.paths, start=1)
        for at, hop in enumerate(path, start=1)
        for one in (hop.statement,)
    ]


_PAGES = (
    ("/graph", graph),
    ("/graph.{form}", graph_file),
    ("/trace", trace),
    ("/trace.{form}", trace_file),
)
ROUTES: list[BaseRoute] = [Route(path, page_or_problem(endpoint), name=endpoint.__name__) for path, endpoint in _PAGES]
"""What is answered with drawings."""
