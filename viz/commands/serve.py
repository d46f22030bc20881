"""``mynaflow serve``: the SPARQL service and the explorer on this machine, read only."""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from extract.errors import UserError
from graph.remote.address import is_address
from viz.commands.ask import DEFAULT_STORE
from viz.server.settings import MEGABYTE, Settings

_CONNECTIONS = 512


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    usual = Settings(store=DEFAULT_STORE)
    parser.add_argument("--store", default=str(DEFAULT_STORE), help="ストアのフォルダ / the store's folder")
    parser.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス / the address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="ポート。0なら空いたもの / the port; 0 for a free one")
    parser.add_argument("--read-only", action="store_true", help="常にそうである / always so: the service only reads")
    parser.add_argument(
        "--cors",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="問い合わせを許す他所のページ / pages that may ask",
    )
    for name, kind, value, text in (
        ("seconds", float, usual.seconds, "一つの問い合わせの時間 / how long a query may run"),
        ("memory", int, usual.memory // MEGABYTE, "一つの問い合わせのメモリ（MB） / memory of a query in MB"),
        ("rows", int, usual.rows, "答えの行数の上限 / rows of an answer at most"),
        ("processes", int, usual.processes, "同時に走る問い合わせの数 / queries that run at once"),
        ("waiting", int, usual.waiting, "待てる問い合わせの数 / queries that may wait"),
        ("look", float, usual.look_seconds, "ストアを見直す間隔（秒） / seconds between looks for new data"),
    ):
        parser.add_argument(f"--{name}", type=_positive(kind), default=value, metavar="N", help=f"{text} ({value:g})")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    if is_address(args.store):
        raise UserError(
            "a store behind a server cannot be served from here",
            where=args.store,
            todo="ask that server itself, or build a store in a folder and serve it",
        )
    listener = _listen(args.host, args.port)
    settings = Settings(
        store=Path(args.store),
        seconds=args.seconds,
        memory=args.memory * MEGABYTE,
        rows=args.rows,
        processes=args.processes,
        waiting=args.waiting,
        look_seconds=args.look,
        cors=tuple(args.cors),
    )
    _serve(listener, settings)
    return 0


def _serve(listener: socket.socket, settings: Settings) -> None:
    import uvicorn

    from viz.server.app import create_app

    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"http://{shown}:{port}/  SPARQL: http://{shown}:{port}/sparql  (Ctrl+C)", file=sys.stderr, flush=True)
    config = uvicorn.Config(
        create_app(settings),
        http="h11",
        loop="asyncio",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises UserError where the address is taken, none of ours, or no address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_CONNECTIONS)
    except OSError as error:
        raise UserError(
            f"cannot listen: {error.strerror}", where=f"{host}:{port}", todo="name another --port, or 0 for a free one"
        ) from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or else answers wait for the client's delayed ACK
    return listener


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:  # noqa: PLR2004 -- ports have 16 bits
        raise ValueError(text)
    return number


def _positive(kind: type[int] | type[float]) -> Callable[[str], float]:
    """Return a reader of numbers above 0."""

    def number(text: str) -> float:
        value = kind(text)
        if not value > 0:
            raise ValueError(text)
        return value

    return number
