"""Our own scripts and styles, and those of the library that paints, out of its installed package."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from viz.explorer.shell import STATIC, VENDOR
from viz.server.refusals import refuse

_OWN = Path(__file__).parents[1] / "static" / "explorer"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_LIBRARY = frozenset({"vis-network.min.js", "vis-network.css"})
_OPENSEARCH = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>mynaflow</ShortName><Description>mynaflow</Description><InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{origin}search?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


async def own(request: Request) -> Response:
    """Answer with one of our files."""
    return _answer(request, _OWN / request.path_params["name"])


async def library(request: Request) -> Response:
    """Answer with one of the files of vis-network, which the package pyvis brings."""
    name = request.path_params["name"]
    if name not in _LIBRARY:
        raise refuse("unknown", f"there is no file {name}")
    return _answer(request, library_folder() / name)


@cache
def library_folder() -> Path:
    """Return the folder of the newest vis-network that pyvis has; raises Refused where it has none."""
    spec = find_spec("pyvis")
    found = (
        sorted(Path(spec.origin).parent.glob("lib/vis-*/vis-network.min.js"), key=_version)
        if spec and spec.origin
        else []
    )
    if not found:
        raise refuse("unknown", "vis-network is not installed", todo="pip install pyvis")
    return found[-1].parent


def _version(path: Path) -> list[int]:
    return [int(part) for part in re.findall("[0-9]+", path.parent.name)]


def _answer(request: Request, path: Path) -> Response:
    media = _TYPES.get(path.suffix)
    if media is None or not path.is_file():
        raise refuse("unknown", f"there is no file {path.name}")
    body, tag = _read(path, path.stat().st_mtime_ns)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media)


@cache
def _read(path: Path, _changed: int) -> tuple[bytes, str]:
    body = path.read_bytes()
    return body, f'"{sha256(body).hexdigest()[:32]}"'


async def opensearch(request: Request) -> Response:
    """Tell a browser how to search here from its address bar."""
    body = _OPENSEARCH.format(origin=request.base_url)
    return Response(body, media_type="application/opensearchdescription+xml")


ROUTES: list[BaseRoute] = [
    Route(f"{STATIC}/{{name}}", own),
    Route(f"{VENDOR}/{{name}}", library),
    Route("/opensearch.xml", opensearch),
]
"""What is answered with files."""
