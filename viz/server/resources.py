"""What identifiers stand for: RDF at the path of each (``viz.server.spaces``), and for people the explorer's page."""

from __future__ import annotations

from urllib.parse import urlencode

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from viz.server.formats import GRAPH, HTML
from viz.server.pool import QueryPool
from viz.server.refusals import refuse
from viz.server.requests import choose_for
from viz.server.responses import answer_response
from viz.server.spaces import CONCEPTS, ID, Spaces

THING = "thing"
"""The name of the route with the page about an identifier, which it takes as ``id``."""

_MOST_INCOMING = 500
_RDF = """
CONSTRUCT {{ {node} ?property ?value . ?other ?incoming {node} }}
WHERE {{
  {{ {node} ?property ?value }} UNION
  {{ SELECT DISTINCT ?other ?incoming WHERE {{ ?other ?incoming {node} }} ORDER BY ?other ?incoming LIMIT {most} }}
}}
"""


async def resource(request: Request) -> Response:
    """Answer for what the path of the request stands for."""
    pool: QueryPool = request.app.state.pool
    spaces = Spaces(base=pool.shelf.current.facts.base)
    node = _node(spaces.iri_of(request.scope["raw_path"].partition(b"?")[0]))
    offer = choose_for(request, (*GRAPH, HTML))
    if offer == HTML:
        path = request.app.url_path_for(THING)
        return RedirectResponse(f"{path}?{urlencode({'id': node.value})}", status_code=303)
    result = await pool.run(_RDF.format(node=node, most=_MOST_INCOMING), accept=offer[0])
    if not result.rows:
        raise refuse("unknown", f"nothing is stated about {node}", todo="the store may hold other documents now")
    return answer_response(result)


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise refuse("unknown", f"{iri} is no identifier") from error


ROUTES = [Route(path + "{rest:path}", resource) for path in (ID, CONCEPTS)]
