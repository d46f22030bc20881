"""Requests to a server: sent again when it is busy or cannot be reached, and told in our words when it refuses.

Every request may be sent twice without harm: queries read, and what is written replaces a graph or names its triples.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from time import sleep
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from extract.errors import StoreError
from graph.remote.address import PASSWORD, TOKEN, USER, Address

TRIES = 5
"""How often a request is sent before the server is given up."""
SECONDS = 600.0
"""How long the server may take for an answer."""

_AGAIN = frozenset({408, 425, 429, 502, 503, 504})
_LONGEST_WAIT = 30.0
_LONGEST_WORDS = 300
_MOST_SAID = 10_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered."""

    body: bytes
    headers: Message


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: an update that is redirected would be turned into a query for nothing, and look like done."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


_opener = build_opener(_Stay)


def exchange(request: Request, address: Address) -> HTTPResponse:
    """Send one request with the credentials; raises HTTPError, URLError and the like."""
    for name, value in address.headers.items():
        request.add_unredirected_header(name, value)
    answer: HTTPResponse = _opener.open(request, timeout=SECONDS)
    return answer


def send(address: Address, url: str, *, method: str, headers: Mapping[str, str], body: bytes | None = None) -> Reply:
    """Send a request and return the answer; raises StoreError."""

    def once() -> Reply:
        request = Request(url, data=body, method=method, headers=dict(headers))  # noqa: S310 -- http or https, as parsed
        with exchange(request, address) as answer:
            return Reply(body=answer.read(), headers=answer.headers)

    return patiently(once, address, url)


def patiently(once: Callable[[], T], address: Address, url: str) -> T:
    """Do ``once``, again after a while where that may help; raises StoreError with what the server says."""
    wait = 0.5
    for left in reversed(range(TRIES)):
        try:
            return once()
        except HTTPError as error:
            if error.code not in _AGAIN or not left:
                raise _refusal(error, url) from error
            wait = _asked_for(error.headers, wait)
        except (URLError, HTTPException, ConnectionError, TimeoutError, socket.gaierror) as error:
            if not left or _is_hopeless(error):
                raise _unreachable(error, address) from error
        sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311 -- so that several programs do not come at once
        wait = min(wait * 2, _LONGEST_WAIT)
    raise AssertionError  # the last try returns or raises


def _refusal(error: HTTPError, url: str) -> StoreError:
    """Return the error for an answer that is none."""
    if error.code in (401, 403):
        what, todo = f"the server refuses these credentials ({error.code})", f"set {USER} and {PASSWORD}, or {TOKEN}"
        return StoreError(what, where=url, todo=f"{todo}, in the environment")
    if error.code in (301, 302, 303, 307, 308):
        there = _shown(error.headers.get("Location", "elsewhere"))
        return StoreError(f"the server sends to {there}", where=url, todo="give the address to which it sends")
    said = _shown(_said(error)) or "nothing"
    return StoreError(f"the server answers {error.code}: {said}", where=url, todo="see the server's log")


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return "".join(one if one.isprintable() else "\ufffd" for one in words)[:_LONGEST_WORDS]


def _unreachable(error: Exception, address: Address) -> StoreError:
    reason = getattr(error, "reason", error)
    return StoreError(f"the server cannot be reached: {reason}", where=str(address), todo="check address and server")


def _is_hopeless(error: Exception) -> bool:
    """Tell whether waiting cannot help: the certificate is wrong, or there is no such host."""
    reason = getattr(error, "reason", error)
    return type(reason).__module__ == "ssl" or isinstance(reason, socket.gaierror)


def _said(error: HTTPError) -> str:
    try:
        return error.read(_MOST_SAID).decode("utf-8", "replace")
    except (OSError, HTTPException):
        return ""


def _asked_for(headers: Message, wait: float) -> float:
    """Return how long the server asks to wait, within reason."""
    asked = headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else wait
