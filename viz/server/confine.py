"""What a worker process may not do: outlive the service, hold too much memory, reach a network.

The network is taken away where the system allows it (Linux with user namespaces). It is a second wall: the
first is that no query with a SERVICE clause gets this far.
"""

from __future__ import annotations

import ctypes
import resource
import signal

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of unshare(2)
_NEW_USER = 0x10000000  # CLONE_NEWUSER, by which a user without rights may make the former


def confine(memory: int) -> None:
    """Confine this process, which must have one thread only; 0 bytes of memory for as much as there is."""
    library = ctypes.CDLL(None)
    library.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if library.unshare(_NEW_NETWORK) != 0:
        library.unshare(_NEW_NETWORK | _NEW_USER)
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
