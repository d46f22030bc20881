"""The endpoint of the SPARQL 1.1 Protocol at ``/sparql``, and what it says of itself where no query is asked."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queries.catalog import find_question, question_names
from viz.server.description import describe_service
from viz.server.formats import ASK, GRAPH, HTML, SELECT, choose
from viz.server.pages import heading, page, paragraph
from viz.server.pool import QueryPool
from viz.server.refusals import Refused, refuse
from viz.server.requests import POSTED, Asked, choose_for, read_request
from viz.server.responses import answer_response, graph_response, unless_gone
from viz.server.settings import Settings
from viz.server.shelf import View
from viz.server.void import describe_data

PATH = "/sparql"
"""Where the endpoint is."""
VOID_PATH = "/.well-known/void"
"""Where the description of the data is."""

_METHODS = ("GET", "HEAD", "OPTIONS", "POST")
_FIRST_QUERY = """PREFIX myna: <https://w3id.org/mynaflow/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?agency ?name WHERE {
  ?agency a myna:Agency ; rdfs:label ?name .
}
LIMIT 20"""


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service where none is asked."""
    if request.method == "OPTIONS":
        return _options()
    settings: Settings = request.app.state.settings
    asked = await read_request(request, settings)
    pool: QueryPool = request.app.state.pool
    if asked.query is None:
        return _describe(request, asked, settings, _view(pool))
    return await unless_gone(request, _answer(pool, asked))


async def _answer(pool: QueryPool, asked: Asked) -> Response:
    result = await pool.run(
        asked.query or "",
        accept=asked.accept,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    return answer_response(result)


def _view(pool: QueryPool) -> View | None:
    try:
        return pool.shelf.current
    except Refused:
        return None


def _describe(request: Request, asked: Asked, settings: Settings, view: View | None) -> Response:
    offer = choose(asked.accept, (*GRAPH, HTML))
    if offer is None:
        kind = "request" if choose(asked.accept, (*SELECT, *ASK)) else "format"
        raise refuse(kind, "no query was given", todo="ask ?query=…, or take the description as text/turtle")
    if offer == HTML:
        return _form()
    return graph_response(describe_service(_endpoint(request), settings, view), offer)


def _endpoint(request: Request) -> str:
    return str(request.url.replace(path=PATH, query=""))


def _form() -> Response:
    """Return a page where a query can be written, with the questions as examples."""
    choices = "".join(f"<option>{name}</option>" for name in ("json", "csv", "tsv", "xml", "ttl", "nt", "jsonld"))
    form = (
        f'<form action="{PATH}"><label for=query>SPARQL</label>'
        f"<textarea id=query name=query rows=12 spellcheck=false>{escape(_FIRST_QUERY)}</textarea>"
        f"<p><label>形式 / format <select name=accept>{choices}</select></label> <button>問い合わせる / ask</button></p>"
        "</form>"
    )
    questions = (find_question(name) for name in question_names())
    examples = (
        f"<details><summary>{escape(one.name)} — {escape(one.ja)} / {escape(one.en)}</summary>"
        f"<p>{escape(one.about_ja)}</p><pre>{escape(one.bound({}))}</pre></details>"
        for one in questions
    )
    about = paragraph("読み取り専用のSPARQL 1.1エンドポイント / a SPARQL 1.1 endpoint, read only", quiet=True)
    return page("SPARQL", about, form, heading("例 / examples"), *examples)


def _options() -> Response:
    headers = {"Allow": ", ".join(_METHODS), "Accept-Post": ", ".join(POSTED)}
    return Response(status_code=204, headers=headers)


async def void(request: Request) -> Response:
    """Describe the data."""
    offer = choose_for(request, GRAPH)
    census = await request.app.state.census.take(request.app.state.pool)
    address = str(request.url.replace(query=""))
    return graph_response(describe_data(address, _endpoint(request), census), offer)


ROUTES = [
    Route(PATH, sparql, methods=_METHODS),
    Route(f"{PATH}/", sparql, methods=_METHODS),
    Route(VOID_PATH, void),
]
