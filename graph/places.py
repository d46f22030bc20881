"""Where a store is: a folder of this machine, or a server."""

from __future__ import annotations

from pathlib import Path

from graph.remote.address import Address, is_address, parse_address
from graph.store import create_store, open_store
from graph.stored import ReadableStore, WritableStore

Place = Path | Address


def parse_place(text: str) -> Place:
    """Return the folder or the server that ``text`` names; raises StoreError for an address that is none.

    >>> parse_place("my-store"), str(parse_place("https://example.org/kg/"))
    (PosixPath('my-store'), 'https://example.org/kg')
    """
    return parse_address(text) if is_address(text) else Path(text)


def open_place(place: Place) -> ReadableStore:
    """Open the store at ``place`` for reading; raises StoreError where there is none."""
    if isinstance(place, Path):
        return open_store(place)
    from graph.remote.store import open_remote  # its library takes a tenth of a second to import

    return open_remote(place)


def create_place(place: Place, *, base: str | None = None) -> WritableStore:
    """Open the store at ``place`` for writing, make it if there is nothing there; raises StoreError."""
    if isinstance(place, Path):
        return create_store(place, base=base)
    from graph.remote.store import create_remote

    return create_remote(place, base=base)
