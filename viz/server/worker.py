"""A process that answers one query after another, so that each can be stopped by ending the process.

Run as ``python -m viz.server.worker MEMORY``; jobs come from standard input, replies go to standard output.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import msgspec

from extract.errors import UserError
from graph.store import GraphStore, open_store
from viz.server.confine import confine
from viz.server.engine import answer
from viz.server.refusals import Refusal, Refused
from viz.server.wire import Job, Query, Refusing, Reply, Task, Value, read_job, write_reply


class _Bench:
    """The store that was opened last, kept open for the next job."""

    def __init__(self) -> None:
        self._path: str | None = None
        self._store: GraphStore | None = None

    def _open(self, path: str) -> GraphStore:
        if self._store is None or path != self._path:
            self._store = None
            self._store = open_store(Path(path))
            self._path = path
        return self._store

    def work(self, job: Job) -> tuple[Reply, bytes]:
        """Do the job; return the reply with the bytes that follow it."""
        try:
            if isinstance(job, Query):
                return answer(self._open(job.store).engine, job)
            return Value(), self._call(job)
        except Refused as error:
            return Refusing(refusal=error.refusal), b""
        except UserError as error:
            return Refusing(refusal=Refusal(kind="store", what=error.what, todo=error.todo)), b""
        except MemoryError:
            return Refusing(refusal=Refusal(kind="memory", what="the query needs more memory than it may have")), b""
        except Exception as error:  # noqa: BLE001 -- whatever a query breaks, its client must learn of it
            return Refusing(refusal=Refusal(kind="broken", what=f"{type(error).__name__}: {error}")), b""

    def _call(self, job: Task) -> bytes:
        module, _, name = job.name.partition(":")
        function = getattr(import_module(module), name)
        given = (self._open(job.store),) if job.store is not None else ()
        return msgspec.json.encode(function(*given, **job.arguments))


def opened(store: GraphStore) -> str:
    """Return the base of the open store's identifiers: a task that does nothing but open it."""
    return store.base


def main() -> None:
    """Answer jobs until the service closes the stream; what the program prints goes to standard error."""
    confine(int(sys.argv[1]))
    with os.fdopen(os.dup(0), "rb") as jobs, os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)
        bench = _Bench()
        while job := read_job(jobs):
            write_reply(replies, *bench.work(job))


if __name__ == "__main__":
    main()
