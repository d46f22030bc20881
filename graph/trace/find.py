"""Which ends a name asks for: as a document writes it, by alias, or with or without its holder before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from extract.errors import UnknownName
from graph.registry import find_national
from graph.trace.edges import Aside, Network
from graph.trace.names import name_key

_SHORTEST = 3
_BRACKETS = re.compile(r"\([^()]*\)")


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


def find_nodes(network: Network, name: str, find_past: Callable[[str], tuple[Aside, ...]] = lambda _: ()) -> Found:
    """Return what ``name`` means in ``network``; raise UnknownName if no document knows it.

    A name equal to a known one comes first. One that stands only in a denial, or in what a change replaced
    (``find_past`` looks there), is known and leads nowhere. After that the only name of which it is the end,
    or which is its end, is taken for it (窓口端末 for 市区町村の窓口端末), and the answer says so.
    """
    wanted = name_key(name)
    national = find_national(wanted)
    same = {wanted, name_key(national.name)} if national else {wanted}
    keys = frozenset(key for known, key in _names(network) if name_key(known) in same)
    if keys and not _only_denied(network, keys):
        return Found(name=name, keys=keys)
    asides = tuple(aside for aside in network.denied if wanted in map(name_key, aside.names)) or find_past(name)
    if keys or asides:
        return Found(name=name, keys=keys, asides=asides)
    near = {key: known for known, key in sorted(_names(network)) if _qualifies(name_key(known), wanted)}
    if len(near) == 1:
        key, known = near.popitem()
        return Found(name=name, keys=frozenset((key,)), read_as=known)
    raise UnknownName(f"no document names {name!r}", where="--from, --to", todo=_suggestion(network, name, near))


def _names(network: Network) -> Iterator[tuple[str, str]]:
    return ((known, key) for key, node in network.nodes.items() for known in (node.name, *node.also))


def _only_denied(network: Network, keys: frozenset[str]) -> bool:
    """Tell whether no statement has one of ``keys`` at an end."""
    return not any(edge.source in keys or edge.target in keys for edge in network.edges)


def _qualifies(known: str, wanted: str) -> bool:
    """Tell whether one of two names is the end of the other, brackets apart, and long enough to say something.

    >>> _qualifies("窓口端末", "市区町村の窓口端末"), _qualifies("収納システム", "収納(消込)システム")
    (True, True)
    >>> _qualifies("課", "財務部市民税課")
    False
    """
    short, long = sorted((_BRACKETS.sub("", known), _BRACKETS.sub("", wanted)), key=len)
    return len(short) >= _SHORTEST and long.endswith(short)


def _suggestion(network: Network, name: str, near: dict[str, str]) -> str:
    known = sorted(set(near.values()))
    known = known or get_close_matches(name, sorted({known for known, _ in _names(network)}), n=5, cutoff=0.5)
    return f"did you mean {', '.join(known[:5])}?" if known else "mynaflow ask flows lists the ends of all movements"
