"""Answers and refusals as HTTP responses."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from email.utils import format_datetime
from http import HTTPStatus

import msgspec
from pyoxigraph import Triple
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from viz.server.describing import SPACES
from viz.server.formats import HTML, Offer, choose
from viz.server.graphs import write_triples
from viz.server.pages import page, preformatted
from viz.server.pool import Result
from viz.server.refusals import RETRY_AFTER, Refusal, Refused

_PROBLEM = (("text/plain", "text"), ("application/problem+json", "json"), ("application/json", "json"), HTML)
_JSON_RESULTS = "application/sparql-results+json"
CUT = "Mynaflow-Cut"
"""The header that says after how many rows an answer was cut."""


def answer_response(result: Result) -> Response:
    """Return the response with an answer, and with what is known of it."""
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        "Last-Modified": format_datetime(result.taken, usegmt=True),
        "Server-Timing": f"query;dur={result.seconds * 1000:.1f}",
    }
    if result.cut:
        headers[CUT] = f"rows={result.rows}"
    return Response(result.body, headers=headers, media_type=result.media)


def graph_response(triples: Iterable[Triple], offer: Offer) -> Response:
    """Return the response with triples that the service itself states, all of them."""
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(write_triples(triples, offer[1], SPACES), headers=headers, media_type=offer[0])


def refusal_response(request: Request, refusal: Refusal) -> Response:
    """Return the response that says why there is no answer: as text, or as JSON or a page to whom asks for it."""
    accept = request.headers.get("accept", "*/*")
    kind = "json" if _JSON_RESULTS in accept else (choose(accept, _PROBLEM) or _PROBLEM[0])[1]
    if kind == "json":
        body, media = msgspec.json.encode(_problem(refusal)), "application/problem+json"
        response = Response(body, status_code=refusal.status, media_type=media)
    elif kind == "html":
        again = "<p><a href='/'>mynaflow</a></p>"
        response = page(refusal.what, preformatted(refusal.text()), again, status=refusal.status)
    else:
        response = Response(refusal.text(), status_code=refusal.status, media_type="text/plain")
    response.headers.update({"Vary": "Accept", "Cache-Control": "no-store"})
    if refusal.kind in RETRY_AFTER:
        response.headers["Retry-After"] = str(RETRY_AFTER[refusal.kind])
    return response


def _problem(refusal: Refusal) -> dict[str, object]:
    """Return the refusal as problem details (RFC 9457)."""
    known: dict[str, object] = msgspec.to_builtins(refusal)
    return {"status": refusal.status, "title": refusal.what, "detail": refusal.text()} | known


async def unless_gone(request: Request, work: Coroutine[None, None, Response]) -> Response:
    """Return the response of ``work``, which is stopped where the client goes away before."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_leaving(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
            return Response(status_code=499)
        return working.result()
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()


async def _leaving(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def refused(request: Request, error: Exception) -> Response:
    """Turn a Refused that reaches the application into its response."""
    assert isinstance(error, Refused)  # noqa: S101 -- registered for this class
    return refusal_response(request, error.refusal)


async def without_route(request: Request, error: Exception) -> Response:
    """Say that there is no such path, or no such method at it."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for this class
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response = refusal_response(request, Refusal(kind="method", what=f"{request.method} is not for this path"))
        response.headers.update(error.headers or {})
        return response
    return refusal_response(request, Refusal(kind="unknown", what=f"there is nothing at {request.url.path}"))
