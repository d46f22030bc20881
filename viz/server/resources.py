"""What identifiers stand for: a page, or RDF, at the path of each (``viz.server.spaces``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import urlencode

import msgspec
from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import NoMatchFound, Route

from ontology import NAMESPACES
from viz.server.formats import GRAPH, HTML
from viz.server.pages import Link, heading, page, paragraph, table
from viz.server.pool import QueryPool
from viz.server.refusals import Refused, refuse
from viz.server.requests import choose_for
from viz.server.responses import answer_response
from viz.server.spaces import CONCEPTS, ID, Spaces

THING = "thing"
"""The name of the route with the richer page, which takes the identifier as ``id``."""

_MOST_INCOMING = 500
_RDF = """
CONSTRUCT {{ {node} ?property ?value . ?other ?incoming {node} }}
WHERE {{
  {{ {node} ?property ?value }} UNION
  {{ SELECT DISTINCT ?other ?incoming WHERE {{ ?other ?incoming {node} }} ORDER BY ?other ?incoming LIMIT {most} }}
}}
"""
_STATEMENTS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?way ?property ?other ?label WHERE {{
  {{ {node} ?property ?other BIND("out" AS ?way) }} UNION
  {{
    {{ SELECT DISTINCT ?other ?property WHERE {{ ?other ?property {node} }} ORDER BY ?property ?other LIMIT {most} }}
    BIND("in" AS ?way)
  }}
  OPTIONAL {{
    ?other rdfs:label|skos:prefLabel ?label FILTER(LANG(?label) != "en")
  }}
}}
ORDER BY DESC(?way) ?property ?label ?other
"""
_NAMES = ("http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel")

Row = Mapping[str, Mapping[str, str]]


async def resource(request: Request) -> Response:
    """Answer for what the path of the request stands for."""
    pool: QueryPool = request.app.state.pool
    spaces = Spaces(base=pool.shelf.current.facts.base)
    node = _node(spaces.iri_of(request.scope["raw_path"].partition(b"?")[0]))
    offer = choose_for(request, (*GRAPH, HTML))
    if offer == HTML:
        return _richer_page(request, node) or await _page(pool, spaces, node)
    result = await pool.run(_RDF.format(node=node, most=_MOST_INCOMING), accept=offer[0])
    if not result.rows:
        raise _unknown(node)
    return answer_response(result)


def _richer_page(request: Request, node: NamedNode) -> Response | None:
    """Lead to the page that another part of the application has for things, a route called THING; None without it."""
    try:
        path = request.app.url_path_for(THING)
    except NoMatchFound:
        return None
    return RedirectResponse(f"{path}?{urlencode({'id': node.value})}", status_code=303)


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise refuse("unknown", f"{iri} is no identifier") from error


def _unknown(node: NamedNode) -> Refused:
    return refuse("unknown", f"nothing is stated about {node}", todo="the store may hold other documents now")


async def _page(pool: QueryPool, spaces: Spaces, node: NamedNode) -> Response:
    result = await pool.run(_STATEMENTS.format(node=node, most=_MOST_INCOMING), accept="json")
    rows: list[Row] = msgspec.json.decode(result.body)["results"]["bindings"]
    if not rows:
        raise _unknown(node)
    names = (row["other"]["value"] for row in rows if row["property"]["value"] in _NAMES and _way(row) == "out")
    return page(next(names, node.value), paragraph(node.value, quiet=True), *_parts(spaces, rows))


def _parts(spaces: Spaces, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the tables of what is stated about a thing, and of what refers to it."""
    for way, title in (("out", "記載 / statements"), ("in", "ここを指すもの / what refers to it")):
        chosen = [row for row in rows if _way(row) == way]
        if chosen:
            yield heading(title)
            yield table(
                (_property(spaces, iri), [_value(spaces, row) for row in group])
                for iri, group in groupby(chosen, key=lambda row: row["property"]["value"])
            )
            if way == "in" and len(chosen) >= _MOST_INCOMING:
                yield paragraph(f"{_MOST_INCOMING}件まで / the first {_MOST_INCOMING}", quiet=True)
    yield "<p class=quiet><a href='?accept=ttl'>Turtle</a> · <a href='?accept=jsonld'>JSON-LD</a></p>"


def _way(row: Row) -> str:
    return row["way"]["value"]


def _property(spaces: Spaces, iri: str) -> Link:
    return Link(text=short(iri), path=spaces.path_of(iri))


def _value(spaces: Spaces, row: Row) -> Link:
    """Return the other end of a statement; only what is found on this server is a link."""
    other = row["other"]
    if other["type"] != "uri":
        return Link(text=other["value"])
    label = row.get("label", {}).get("value")
    return Link(text=label or short(other["value"]), path=spaces.path_of(other["value"]))


def short(iri: str) -> str:
    """Return ``iri`` with a prefix where one is known.

    >>> short("https://w3id.org/mynaflow/ontology#file"), short("https://example.org/")
    ('myna:file', 'https://example.org/')
    """
    fits = ((prefix, space) for prefix, space in NAMESPACES.items() if iri.startswith(space) and iri != space)
    prefix, space = max(fits, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{prefix}:{iri[len(space) :]}" if space else iri


ROUTES = [Route(path + "{rest:path}", resource) for path in (ID, CONCEPTS)]
