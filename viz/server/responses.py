"""Answers and refusals as HTTP responses."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from email.utils import format_datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from viz.server.formats import choose
from viz.server.pool import Result
from viz.server.refusals import RETRY_AFTER, Refusal, Refused

_PROBLEM = (("text/plain", "text"), ("application/problem+json", "json"), ("application/json", "json"))
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


def refusal_response(request: Request, refusal: Refusal) -> Response:
    """Return the response that says why there is no answer: as text, or as JSON to whom asks for JSON."""
    accept = request.headers.get("accept", "*/*")
    chosen = choose(accept, _PROBLEM)
    if (chosen and chosen[1] == "json") or _JSON_RESULTS in accept:
        body, media = msgspec.json.encode(_problem(refusal)), "application/problem+json"
    else:
        body, media = refusal.text().encode(), "text/plain"
    headers = {"Vary": "Accept", "Cache-Control": "no-store"}
    if refusal.kind in RETRY_AFTER:
        headers["Retry-After"] = str(RETRY_AFTER[refusal.kind])
    return Response(body, status_code=refusal.status, headers=headers, media_type=media)


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
