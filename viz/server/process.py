"""One worker process as the service sees it: a job goes in, a reply comes out, and it can be ended at any time."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from viz.server.refusals import Refused, refuse
from viz.server.wire import LENGTHS, Job, Reply, pack, parse_reply

_PROGRAM_FOLDER = str(Path(__file__).parents[2])
_CHUNK = 1 << 20
_LAST_WORDS = 4000
_LONG_SECONDS = 1.0  # a job that takes longer gives way to others
_GIVING_WAY = 10
_DYING_SECONDS = 2.0  # a process closes its pipes a little before it is gone and its last signal is known


class WorkerProcess:
    """A running worker. Make one with ``start_worker``."""

    def __init__(self, process: asyncio.subprocess.Process, words: BinaryIO) -> None:
        self._process = process
        self._words = words
        self.usable = True
        """Whether another job may be given; a process that was stopped, or gave way, takes no more."""

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    async def work(self, job: Job) -> tuple[Reply, bytes]:
        """Give the job and wait for the reply; raises Refused where the process ends instead.

        Whoever stops waiting stops the process.
        """
        self.usable = False
        giving_way = asyncio.get_running_loop().call_later(_LONG_SECONDS, self._give_way)
        try:
            reply = await self._exchange(job)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._explained() from error
        except BaseException:
            self.stop()
            raise
        finally:
            giving_way.cancel()
        self.usable = not giving_way.when() <= asyncio.get_running_loop().time()
        return reply

    async def _exchange(self, job: Job) -> tuple[Reply, bytes]:
        writer, reader = self._process.stdin, self._process.stdout
        assert writer is not None  # noqa: S101 -- made with pipes
        assert reader is not None  # noqa: S101 -- ditto
        head, _ = pack(job)
        writer.write(head)
        await writer.drain()
        length, follows = LENGTHS.unpack(await reader.readexactly(LENGTHS.size))
        reply = parse_reply(await reader.readexactly(length))
        return reply, await reader.readexactly(follows)

    def _give_way(self) -> None:
        """Let shorter jobs go first from now on; a process without rights cannot take that back."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, _GIVING_WAY)
        except OSError:
            return

    def stop(self) -> None:
        """End the process at once, whatever it does."""
        self.usable = False
        if self._process.returncode is None:
            self._process.kill()

    async def ended(self) -> None:
        """Wait until the process is gone."""
        await self._process.wait()
        self._words.close()

    async def _explained(self) -> Refused:
        """Say why the process ended by itself, from its last words."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), _DYING_SECONDS)
        self.stop()
        code = await self._process.wait()
        self._words.seek(max(0, self._words.seek(0, os.SEEK_END) - _LAST_WORDS))
        words = self._words.read().decode("utf-8", "replace")
        if "memory allocation" in words or "bad_alloc" in words or "MemoryError" in words:
            return refuse("memory", "the query needs more memory than it may have", todo="ask for less at once")
        if "overflowed its stack" in words or code == -signal.SIGSEGV:
            return refuse("syntax", "the query is nested too deep", todo="ask in parts")
        return refuse("broken", "the process of the query was ended", todo="ask again")


async def start_worker(memory: int) -> WorkerProcess:
    """Start a worker that may hold ``memory`` bytes; 0 for as much as there is."""
    words = tempfile.TemporaryFile()  # noqa: SIM115 -- lives as long as the process; ``ended`` closes it
    environment = os.environ | {"PYTHONPATH": _PROGRAM_FOLDER}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "viz.server.worker",
        str(memory),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=words,
        env=environment,
        limit=_CHUNK,
        start_new_session=True,  # Ctrl+C is for the service, which ends its workers
    )
    return WorkerProcess(process, words)
