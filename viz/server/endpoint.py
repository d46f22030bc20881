"""The endpoint of the SPARQL 1.1 Protocol at ``/sparql``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from viz.server.pool import QueryPool
from viz.server.refusals import refuse
from viz.server.requests import POSTED, Asked, read_request
from viz.server.responses import answer_response, unless_gone
from viz.server.settings import Settings

PATH = "/sparql"
"""Where the endpoint is."""


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service where none is asked."""
    settings: Settings = request.app.state.settings
    asked = await read_request(request, settings)
    if asked.query is None:
        raise refuse("request", "no query was given", todo="ask ?query=…")
    return await unless_gone(request, _answer(request.app.state.pool, asked))


async def _answer(pool: QueryPool, asked: Asked) -> Response:
    result = await pool.run(
        asked.query or "",
        accept=asked.accept,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    return answer_response(result)


async def options(_: Request) -> Response:
    """Say which methods there are, and what can be posted."""
    headers = {"Allow": "GET, HEAD, OPTIONS, POST", "Accept-Post": ", ".join(POSTED)}
    return Response(status_code=204, headers=headers)


ROUTES = [
    Route(path, endpoint, methods=methods)
    for path in (PATH, f"{PATH}/")
    for endpoint, methods in ((sparql, ["GET", "POST"]), (options, ["OPTIONS"]))
]
