"""Work for the pool's tests: what the text of a file tells the process that reads it to do."""

from __future__ import annotations

import os
import signal
import time

from extract.facts import Facts
from extract.source import Source
from graph.given import Given
from graph.prepare import Preparing, Result, Task
from tests.factories import make_evaluation, make_facts, make_source

_TOO_MUCH = 8 << 30


def read_source(given: Given) -> Source:
    """Read a file as it is."""
    return make_source(given.name, given.read_bytes().decode())


def read_facts(source: Source) -> Facts:
    """Do what the text says; anything else is a number of an assessment."""
    match source.text.split(",")[0]:
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "abort":
            os.abort()
        case "exit":
            os._exit(3)
        case "hang":
            while True:
                pass
        case "sleep":
            time.sleep(0.3)
        case "eat":
            bytearray(_TOO_MUCH)
        case "raise":
            raise RuntimeError("a reader that breaks")
    return make_facts(evaluation=make_evaluation(number=source.text))


def misbehave(task: Task) -> Result:
    """Prepare a document with these readers."""
    return Preparing(read_source, read_facts)(task)
