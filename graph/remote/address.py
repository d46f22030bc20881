"""Where a server is, how its endpoints are called, and with which credentials it is asked.

Credentials come from the environment alone: a command line can be read by every user of the machine, and shells
keep it.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from extract.errors import StoreError

TOKEN, USER, PASSWORD, LAYOUT = (f"MYNAFLOW_STORE_{name}" for name in ("TOKEN", "USER", "PASSWORD", "LAYOUT"))
"""The variables of the environment that say how to ask a server."""

_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What stands behind the address of a server for each protocol; ``graphs`` is None where it has no Graph Store.

    ``whole`` tells whether an update may be as large as a document; otherwise documents go through the Graph Store.
    """

    query: str
    update: str
    graphs: str | None
    whole: bool = True


LAYOUTS: Mapping[str, Layout] = {
    "oxigraph": Layout(query="/query", update="/update", graphs="/store"),
    "fuseki": Layout(query="/query", update="/update", graphs="/data"),
    "virtuoso": Layout(query="/sparql", update="/sparql", graphs="/sparql-graph-crud", whole=False),
    "graphdb": Layout(query="", update="/statements", graphs="/rdf-graphs/service"),
    "plain": Layout(query="", update="", graphs=None),
}
"""How known servers lay out their endpoints; ``plain`` is one address for queries and updates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The address of a server, the headers that prove who asks, and the layout if it is given."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    layout: str | None = None

    def __str__(self) -> str:
        return self.url


def is_address(text: str) -> bool:
    """Tell whether a store's name is that of a server.

    >>> is_address("https://example.org/kg"), is_address("mynaflow-store")
    (True, False)
    """
    return text.lower().startswith(_SCHEMES)


def parse_address(text: str, environment: Mapping[str, str] = os.environ) -> Address:
    """Return the server that ``text`` names, with the credentials of the environment; raises StoreError.

    >>> parse_address("http://localhost:7878/", {}).url
    'http://localhost:7878'
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise StoreError(f"this is no address: {error}", where=text, todo="--store https://host/path") from error
    if parts.username or parts.password:
        raise StoreError(
            "credentials do not belong on the command line",
            where=f"{parts.scheme}://…@{host}{parts.path}",
            todo=f"set {USER} and {PASSWORD}, or {TOKEN}, in the environment",
        )
    if not host or parts.query or parts.fragment:
        raise StoreError("this is no address of a server", where=text, todo="--store https://host/path")
    headers = _headers(environment)
    if headers and parts.scheme.lower() == "http" and not _is_here(host):
        raise StoreError(
            "over http anybody on the way could read the credentials",
            where=text,
            todo=f"use https, or take {USER} and {TOKEN} out of the environment",
        )
    return Address(url=text.rstrip("/"), headers=headers, layout=_layout(environment))


def _headers(environment: Mapping[str, str]) -> dict[str, str]:
    token, user = environment.get(TOKEN), environment.get(USER)
    if token and user:
        raise StoreError(f"both {TOKEN} and {USER} are set", todo="leave one of them")
    if token:
        return {"Authorization": f"Bearer {_visible(token, TOKEN)}"}
    if user:
        pair = f"{user}:{environment.get(PASSWORD, '')}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
    return {}


def _visible(token: str, name: str) -> str:
    if not token.isascii() or not token.isprintable() or " " in token:
        raise StoreError(f"{name} holds characters that no token has", todo="set it anew, without blanks and line ends")
    return token


def _layout(environment: Mapping[str, str]) -> str | None:
    name = environment.get(LAYOUT)
    if name and name not in LAYOUTS:
        raise StoreError(f"{LAYOUT} is {name!r}", todo=f"one of {', '.join(LAYOUTS)}")
    return name or None


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
