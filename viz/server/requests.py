"""What a request of the SPARQL 1.1 Protocol asks: the query, its dataset, and the formats it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from viz.server.formats import Offer, choose
from viz.server.refusals import refuse
from viz.server.settings import Settings

FORM = "application/x-www-form-urlencoded"
"""The type of a form that is posted."""
QUERY = "application/sparql-query"
"""The type of a query that is posted as it is."""
UPDATE = "application/sparql-update"
"""The type of an update, which is refused."""
POSTED = (FORM, QUERY)
"""What can be posted."""

_LONGEST_ADDRESS = 32_768
_MOST_FIELDS = 20_000
_UTF8 = ("", "utf-8", "utf8")

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that was read: no query means that the service itself is asked about."""

    query: str | None
    accept: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


async def read_request(request: Request, settings: Settings) -> Asked:
    """Read a request; raises Refused where it is none of the protocol's."""
    if len(request.scope["query_string"]) > _LONGEST_ADDRESS:
        raise refuse("long", f"the address is longer than {_LONGEST_ADDRESS} bytes", todo="post the query")
    fields = list(_fields(request.scope["query_string"]))
    if request.method == "POST":
        kind = _kind(request)
        body = await _body(request, settings)
        if kind == QUERY:
            fields = [*(one for one in fields if one[0] != "query"), ("query", _text(body))]
        else:
            fields += _fields(body)
    _refuse_update(fields)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise refuse("request", "more than one query was given", todo="ask one at a time")
    if not queries and request.method == "POST":
        raise refuse("request", "no query was given", todo=f"post it as {QUERY}, or as the field query of a form")
    return Asked(
        query=queries[0] if queries else None,
        accept=_last(fields, "accept") or request.headers.get("accept", "*/*"),
        default_graphs=_graphs(fields, "default-graph-uri"),
        named_graphs=_graphs(fields, "named-graph-uri"),
    )


def choose_for(request: Request, offers: Sequence[Offer]) -> Offer:
    """Return the offer that the request likes best; raises Refused if it likes none."""
    offer = choose(request.query_params.get("accept") or request.headers.get("accept", "*/*"), offers)
    if offer is None:
        raise refuse("format", "there is none of the formats that were asked for", todo=", ".join(dict(offers)))
    return offer


def _kind(request: Request) -> str:
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")), "")
    if charset not in _UTF8:
        raise refuse("media", f"the request is written in {charset}", todo="write it in UTF-8")
    if kind == UPDATE:
        raise refuse("update", "the service only reads")
    if kind not in POSTED:
        raise refuse("media", f"a query cannot be posted as {kind or 'nothing'}", todo=f"as {' or '.join(POSTED)}")
    return kind


async def _body(request: Request, settings: Settings) -> bytes:
    """Receive the body, unless it is too long or takes too long."""
    pieces = bytearray()
    try:
        async with asyncio.timeout(settings.receive_seconds):
            async for piece in request.stream():
                pieces += piece
                if len(pieces) > settings.query_bytes:
                    raise refuse("large", f"the request is longer than {settings.query_bytes} bytes")
    except TimeoutError as error:
        raise refuse("slow", "the request took too long to arrive") from error
    except ClientDisconnect as error:
        raise refuse("slow", "the client went away") from error
    return bytes(pieces)


def _fields(raw: bytes) -> Fields:
    try:
        text = raw.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise refuse("request", "the request is not written in UTF-8") from error
    except ValueError as error:
        raise refuse("request", f"the request has more than {_MOST_FIELDS} fields") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refuse("request", "the query is not written in UTF-8") from error


def _refuse_update(fields: Fields) -> None:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise refuse("update", "the service only reads")


def _last(fields: Fields, wanted: str) -> str:
    return next((value for name, value in reversed(fields) if name == wanted), "")


def _graphs(fields: Fields, wanted: str) -> tuple[str, ...] | None:
    """Return the graphs that are named; None where none of either kind is named."""
    kinds = ("default-graph-uri", "named-graph-uri")
    if not any(name in kinds for name, _ in fields):
        return None
    return tuple(dict.fromkeys(value for name, value in fields if name == wanted))
