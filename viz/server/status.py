"""How the service is: what it serves, since when, and whether a build is at work; and its style sheet."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from graph.load import program_version
from viz.server.endpoint import PATH
from viz.server.pages import STYLE_PATH, style
from viz.server.refusals import Refused
from viz.server.shelf import Shelf


async def status(request: Request) -> Response:
    """Say how the service is; 503 where it has no data to serve."""
    shelf: Shelf = request.app.state.pool.shelf
    said = {"version": program_version(), "building": shelf.building}
    try:
        view = shelf.current
    except Refused as error:
        refusal = error.refusal
        return JSONResponse(said | {"ready": False, "what": refusal.what, "todo": refusal.todo}, refusal.status)
    facts = view.facts
    return JSONResponse(
        said
        | {
            "ready": True,
            "documents": facts.documents,
            "quads": facts.quads,
            "base": facts.base,
            "merged": facts.merged,
            "taken": view.taken.isoformat(),
        }
    )


async def stylesheet(_: Request) -> Response:
    """Return how the plain pages look."""
    return Response(style(), media_type="text/css")


async def start(_: Request) -> Response:
    """Lead to the endpoint's page."""
    return RedirectResponse(PATH)


ROUTES = [Route("/status", status), Route(STYLE_PATH, stylesheet), Route("/", start)]
