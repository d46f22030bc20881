"""The scores that were reached: they may rise, never fall. Kept in ``gold_floors.json``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).parent / "gold_floors.json"


def below_floor(section: str, reached: Mapping[str, float], *, update: bool) -> list[str]:
    """Return each score of ``section`` that fell, or has no floor yet; with ``update`` raise the floors first."""
    floors: dict[str, dict[str, float]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    known = floors.get(section, {})
    if update:
        known = {name: max(known.get(name, 0.0), round_down(score)) for name, score in sorted(reached.items())}
        text = json.dumps(floors | {section: known}, ensure_ascii=False, indent=1, sort_keys=True)
        FILE.write_text(text + "\n", encoding="utf-8")
    missing = [f"{name}: no floor (pytest --update-golden sets it)" for name in reached if name not in known]
    lost = [f"{name}: no score, the floor is {floor}" for name, floor in known.items() if name not in reached]
    fallen = [
        f"{name}: {score:.3f}, the floor is {known[name]}"
        for name, score in reached.items()
        if score < known.get(name, 0.0)
    ]
    return missing + lost + fallen


def round_down(score: float) -> float:
    """Return a score to two digits, never more than it is.

    >>> round_down(0.8599), round_down(1.0), round_down(0.29)
    (0.85, 1.0, 0.29)
    """
    return math.floor(score * 100 + 1e-9) / 100
