"""Systems that are only named in the text: ends of movements that the form lists nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from extract.facts import EndKind, Flow, System
from extract.names import system_kind
from extract.normalize import folded


def named_systems(systems: Iterable[System], flows: Iterable[Flow]) -> list[System]:
    """Return one record without number for each system that a movement names and the form does not list."""
    known = {folded(name) for system in systems for name in (system.name, *system.aliases)}
    found: dict[str, System] = {}
    for flow in flows:
        ends = ((flow.source, flow.source_kind), (flow.target, flow.target_kind))
        for name, kind in ends:
            key = folded(name)
            if kind is EndKind.SYSTEM and key not in known and key not in found:
                found[key] = System(
                    number=None, name=name, aliases=(), kind=system_kind(name), evidence=flow.evidence[:1]
                )
    return list(found.values())
