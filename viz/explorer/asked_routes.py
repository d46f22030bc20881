"""The addresses at which something is asked: the questions, the comparison, and the console."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from extract.errors import UnknownName
from queries.catalog import Question, Value, find_question, question_names
from viz.explorer.answers import Side
from viz.explorer.atlas import Atlas, DocumentEntry
from viz.explorer.export import csv_of
from viz.explorer.keeper import keeper_of
from viz.explorer.language import Here
from viz.explorer.pages.compare import COLUMNS, choose_page, compare_page, comparison_rows
from viz.explorer.pages.console import DRAWN, FIRST, console_page
from viz.explorer.pages.questions import question_page, questions_page
from viz.explorer.triples import draw_triples
from viz.explorer.views import same_business
from viz.explorer.web import file_response, here_of, html, json_response, page_or_problem
from viz.server.pool import Result
from viz.server.refusals import refuse
from viz.server.requests import read_request

_ROWS = 500  # rows of an answer that a page shows
_ALL_ROWS = 100_000
_CHOICES = 2_000
_TRIPLES = 5_000  # triples of an answer that its picture is made of


def all_questions() -> list[Question]:
    """Return every question."""
    return [find_question(one) for one in question_names()]


async def questions(request: Request) -> Response:
    """List the questions."""
    here = here_of(request)
    return await html(request, here, here.say("問い", "Questions"), questions_page(here, all_questions()))


async def question(request: Request) -> Response:
    """Answer with a question and its answer, as a page, CSV or JSON."""
    here, form = here_of(request), request.path_params.get("form", "")
    asked = _question(request.path_params["name"])
    given = {one.name: value for one in asked.parameters if (value := here.fields.one(one.name).strip())}
    most = _ALL_ROWS if form else _ROWS + 1
    rows = await _ask(request, asked, given, most)
    columns = [column.name for column in asked.columns]
    if form == "csv":
        body = csv_of(columns, rows, bom=here.fields.flag("bom"))
        return file_response(body, "text/csv; charset=utf-8", f"{asked.name}.csv")
    if form == "json":
        return json_response([dict(zip(columns, row, strict=True)) for row in rows])
    children = question_page(here, asked, given, rows, _ROWS)
    return await html(request, here, here.say(asked.ja, asked.en), children)


def _question(wanted: str) -> Question:
    try:
        return find_question(wanted)
    except UnknownName as error:
        raise refuse("unknown", error.what, todo=error.todo) from error


async def _ask(request: Request, asked: Question, given: dict[str, str], most: int) -> list[list[Value]]:
    try:
        asked.bound(given)
    except UnknownName as error:
        raise refuse("request", error.what, todo=error.todo) from error
    arguments = {"name": asked.name, "values": given, "most": most}
    rows = await request.app.state.pool.call("viz.explorer.answers:answer_question", arguments)
    return msgspec.convert(rows, list[list[Value]])


async def compare(request: Request) -> Response:
    """Answer with two agencies side by side."""
    here, keeper = here_of(request), keeper_of(request)
    title = here.say("比べる", "Compare")
    documents, pair, others = await keeper.read(lambda atlas: _pair(atlas, here))
    if pair[0] is None or pair[1] is None:
        return await html(request, here, title, choose_page(here, documents, pair[0], others))
    chosen = (pair[0], pair[1])
    answers = await _compared(request, chosen, documents)
    return await html(request, here, title, compare_page(here, documents, chosen, answers))


async def compare_file(request: Request) -> Response:
    """Answer with two agencies side by side as CSV or JSON."""
    here, form = here_of(request), request.path_params["form"]
    documents, pair, _ = await keeper_of(request).read(lambda atlas: _pair(atlas, here))
    if pair[0] is None or pair[1] is None or form not in ("csv", "json"):
        raise refuse("unknown", f"there is nothing to compare as {form}", todo="name two documents, and csv or json")
    rows = comparison_rows(await _compared(request, (pair[0], pair[1]), documents))
    if form == "json":
        return json_response([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    body = csv_of(COLUMNS, rows, bom=here.fields.flag("bom"))
    return file_response(body, "text/csv; charset=utf-8", "compare.csv")


async def _compared(
    request: Request, chosen: tuple[DocumentEntry, DocumentEntry], documents: list[DocumentEntry]
) -> dict[str, list[list[Side]]]:
    arguments = {key: _only(one, documents) for key, one in zip(("first", "second"), chosen, strict=True)}
    said = await request.app.state.pool.call("viz.explorer.answers:compare", arguments)
    return msgspec.convert(said, dict[str, list[list[Side]]])


def _pair(
    atlas: Atlas, here: Here
) -> tuple[list[DocumentEntry], tuple[DocumentEntry | None, DocumentEntry | None], list[DocumentEntry]]:
    documents = atlas.documents(limit=_CHOICES)
    pair = [atlas.document_of(here.full(here.fields.one(field))) for field in ("a", "b")]
    if agency := here.fields.one("agency"):
        pair[0] = next(iter(atlas.documents("WHERE agency = ?", here.full(agency), limit=1)), None)
    return documents, (pair[0], pair[1]), same_business(atlas, pair[0]) if pair[0] else []


def _only(one: DocumentEntry, documents: list[DocumentEntry]) -> dict[str, str]:
    """Return the parameters that pick out one document, by its agency too where others have the file's name."""
    alone = sum(other.name == one.name for other in documents) <= 1
    return {"document": one.name} if alone else {"document": one.name, "agency": one.body}


async def console(request: Request) -> Response:
    """Answer with the console."""
    here = here_of(request)
    query = here.fields.one("query")
    if wanted := here.fields.one("question"):
        query = DRAWN if wanted == "construct" else _example(here, wanted)
    children = console_page(here, query or FIRST, all_questions())
    return await html(request, here, "SPARQL", children, scripts=("console",))


def _example(here: Here, wanted: str) -> str:
    asked = _question(wanted)
    given = {one.name: value for one in asked.parameters if (value := here.fields.one(one.name))}
    try:
        return asked.bound(given)
    except UnknownName as error:
        raise refuse("request", error.what, todo=error.todo) from error


async def drawing(request: Request) -> Response:
    """Answer with the picture of the triples that a posted query gives."""
    here, pool = here_of(request), request.app.state.pool
    posted = await read_request(request, request.app.state.settings)
    result: Result = await pool.run(posted.query or "", accept="nt", row_cap=_TRIPLES)
    return json_response(await keeper_of(request).read(lambda atlas: draw_triples(atlas, result.body, here)))


_PAGES = (
    ("/questions", questions),
    ("/questions/{name}.{form}", question),
    ("/questions/{name}", question),
    ("/compare.{form}", compare_file),
    ("/compare", compare),
    ("/console", console),
)
ROUTES: list[BaseRoute] = [
    *(Route(path, page_or_problem(endpoint), name=endpoint.__name__) for path, endpoint in _PAGES),
    Route("/console/drawing", drawing, methods=["POST"]),
]
"""What is answered to questions."""
