"""Between requests and pages: where the reader is, answers as HTML, and problems as pages."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from viz.explorer.keeper import Keeper, keeper_of
from viz.explorer.language import Here, Tongue
from viz.explorer.markup import Child
from viz.explorer.pages.problem import problem_page, title_of
from viz.explorer.scope import Fields
from viz.explorer.shell import Notice, page
from viz.server.refusals import RETRY_AFTER, Refusal, Refused, refuse

Endpoint = Callable[[Request], Awaitable[Response]]

_MOST_FIELDS = 1_000
_LOG = logging.getLogger(__name__)


def here_of(request: Request) -> Here:
    """Return where the reader is; raises Refused for an address that is not UTF-8 or has too many fields."""
    raw = request.scope["query_string"]
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise refuse(
            "request", "the address cannot be understood", todo="write it in UTF-8, with fewer fields"
        ) from error
    fields = Fields(tuple(pairs))
    tongue = Tongue.EN if fields.one("lang") == Tongue.EN else Tongue.JA
    return Here(path=request.url.path, fields=fields, tongue=tongue, base=_base(request))


def _base(request: Request) -> str:
    try:
        base: str = request.app.state.pool.shelf.current.facts.base
    except Refused:
        return ""
    return base


async def notice_of(request: Request, keeper: Keeper) -> Notice:
    """Return what the reader must know of the state of the data."""
    return Notice(progress=await keeper.progress(), building=request.app.state.pool.shelf.building)


async def html(
    request: Request,
    here: Here,
    title: str,
    children: list[Child],
    *,
    scripts: tuple[str, ...] = (),
) -> Response:
    """Return a page as the response."""
    notice = await notice_of(request, keeper_of(request))
    return html_response(page(here, title, *children, scripts=scripts, notice=notice))


def html_response(text: str, status: int = 200) -> Response:
    """Return HTML that a browser asks for anew each time, for the data may change."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    return Response(
        text.encode("utf-8", "replace"), status_code=status, headers=headers, media_type="text/html; charset=utf-8"
    )


def file_response(body: bytes, media: str, name: str) -> Response:
    """Return a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(body, headers=headers, media_type=media)


def json_response(value: object) -> Response:
    """Return plain data as JSON."""
    return Response(msgspec.json.encode(value), headers={"Cache-Control": "no-cache"}, media_type="application/json")


def page_or_problem(endpoint: Endpoint) -> Endpoint:
    """Let a refusal become a page that says why, in the reader's language."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as error:
            return problem(request, error.refusal)
        except sqlite3.Error as error:
            _LOG.warning("the index: %s", error)
            kind = "time" if "interrupted" in str(error) else "building"
            return problem(request, Refusal(kind=kind, what=f"the index: {error}", todo="try again in a moment"))

    return answer


def problem(request: Request, refusal: Refusal) -> Response:
    """Return the page of a refusal."""
    fields = Fields(tuple((key, value) for key, value in request.query_params.multi_items()))
    tongue = Tongue.EN if fields.one("lang") == Tongue.EN else Tongue.JA
    here = Here(path=request.url.path, fields=fields, tongue=tongue)
    text = page(here, title_of(here, refusal.kind), *problem_page(here, refusal.kind, refusal.what, refusal.todo))
    response = html_response(text, refusal.status)
    if refusal.kind in RETRY_AFTER:
        response.headers["Retry-After"] = str(RETRY_AFTER[refusal.kind])
    return response
