"""Which ends a name asks for: as a document writes it, by alias, or with or without its holder before it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from extract.errors import UnknownName
from graph.trace.edges import Aside, Network
from graph.trace.names import name_key
from graph.trace.shared import find_shared

_SHORTEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The keys that a name asks for, and what the reader of the answer must know about it.

    ``asides`` are the places where the name stands only as something past or denied; ``read_as`` is the
    one similar name that was taken for it.
    """

    name: str
    keys: frozenset[str] = frozenset()
    read_as: str | None = None
    asides: tuple[Aside, ...] = ()


def find_nodes(network: Network, name: str) -> Found:
    """Return what ``name`` means in ``network``; raise UnknownName if no document knows it.

    A name equal to a known one comes first. One that stands only in the past or in a denial is known and
    leads nowhere. After that the only name of which it is the end, or which is its end, is taken for it
    (窓口端末 for 市区町村の窓口端末), and the answer says so.
    """
    wanted = name_key(name)
    shared = find_shared(name)
    same = {key for known, key in _names(network) if name_key(known) == wanted}
    if shared and f"shared {shared.key}" in network.nodes:
        same.add(f"shared {shared.key}")
    if same:
        return Found(name=name, keys=frozenset(same))
    asides = tuple(aside for aside in network.asides if _mentions(aside, wanted))
    if asides:
        return Found(name=name, asides=asides)
    near = {key: known for known, key in sorted(_names(network)) if _qualifies(name_key(known), wanted)}
    if len(near) == 1:
        key, known = near.popitem()
        return Found(name=name, keys=frozenset((key,)), read_as=known)
    raise UnknownName(f"no document names {name!r}", where="--from / --to", todo=_suggestion(network, name, near))


def _names(network: Network) -> Iterator[tuple[str, str]]:
    return ((known, key) for key, node in network.nodes.items() for known in (node.name, *node.also))


def _mentions(aside: Aside, wanted: str) -> bool:
    if aside.target is None:
        return len(wanted) >= _SHORTEST and wanted in name_key(aside.name)
    return wanted in (name_key(aside.name), name_key(aside.target))


def _qualifies(known: str, wanted: str) -> bool:
    """Tell whether one of two names is the end of the other and long enough to say something."""
    short, long = sorted((known, wanted), key=len)
    return len(short) >= _SHORTEST and long.endswith(short)


def _suggestion(network: Network, name: str, near: dict[str, str]) -> str:
    known = sorted(set(near.values())) or difflib.get_close_matches(
        name, sorted({known for known, _ in _names(network)}), n=5, cutoff=0.5
    )
    if known:
        return f"did you mean {', '.join(known[:5])}?"
    return "mynaflow ask flows lists the ends of all movements"
