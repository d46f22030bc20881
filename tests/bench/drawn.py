"""Stores for the figures of the service: many small assessments, or a network as wide as one picture gets."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from extract.facts import Carries, Certainty, EndKind
from graph.mapping import map_document
from graph.store import create_store
from tests.factories import make_evaluation, make_facts, make_flow, make_source

if TYPE_CHECKING:
    from pathlib import Path

    from extract.facts import Flow

HUB = "情報提供ネットワークシステム"
_NAMES = ("国民健康保険標準システム", "宛名管理システム", "総務部税務課住民税係", "情報連携基盤")


def make_store(path: Path, documents: int, ends: int, flows: int) -> None:
    """Make a store of assessments by as many agencies, each with so many ends and movements between them."""
    store, chance = create_store(path), random.Random(7)  # noqa: S311 -- nothing is secret
    for number in range(documents):
        city = f"見本{number:03}市"
        facts = make_facts(
            evaluation=make_evaluation(agency=city, office=f"{city}長", number=str(number + 1)),
            flows=tuple(_flows(chance, ends, flows)),
        )
        mapped = map_document(facts, make_source(f"{city}.txt", city), version="1", base=store.base)
        store.replace(mapped, path=f"/{city}.txt")
    store.flush()


def _flows(chance: random.Random, ends: int, count: int) -> list[Flow]:
    """Draw movements: most between ends that stand near one another, some with a few that everybody uses."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < count - 1:
        source = chance.randrange(ends)
        target = chance.randrange(5) if chance.random() < 0.4 else (source + chance.randrange(1, 9)) % ends
        if source != target:
            pairs.add((source, target))
    named = [(f"{_NAMES[a % 4]}{a}", f"{_NAMES[b % 4]}{b}") for a, b in sorted(pairs)]
    return [
        make_flow(
            source,
            target,
            line=60 + at,
            source_kind=EndKind.SYSTEM,
            target_kind=EndKind.SYSTEM,
            carries=chance.choice(list(Carries)),
            certainty=chance.choice(list(Certainty)),
        )
        for at, (source, target) in enumerate([*named, (named[0][0], HUB)])
    ]
