"""What a running service may do, and how much of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1 << 20


def _processes() -> int:
    """Return how many queries run at once: enough that a few long ones leave room for a short one."""
    return max(4, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The limits of the service; each holds for one request unless it says otherwise."""

    store: Path
    """The store that is served."""
    seconds: float = 30.0
    """How long a query may run."""
    memory: int = 1024 * MEGABYTE
    """How many bytes the process of a query may hold."""
    processes: int = _processes()
    """How many queries run at once."""
    waiting: int = 64
    """How many queries may wait for a process; the next one is sent away."""
    patience: float = 10.0
    """How many seconds a query waits for a process before it is sent away."""
    rows: int = 100_000
    """How many rows or triples an answer has at most."""
    answer_bytes: int = 64 * MEGABYTE
    """How long an answer is at most."""
    query_bytes: int = MEGABYTE
    """How long a request is at most."""
    receive_seconds: float = 15.0
    """How long a client may take to send its request."""
    merged: int = 1_000_000
    """Up to how many quads the default graph is the true merge of all graphs, each statement once."""
    look_seconds: float = 1.0
    """How often the store is looked at for new data."""
    cors: tuple[str, ...] = ()
    """The origins whose pages may ask; ``*`` for all."""
