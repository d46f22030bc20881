"""Which damage a text suffers: drawn from a seed, and asked by the renderer and by the gold alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.forms.marks import CLEAN, LOST, STYLES, MarkStyle

DAMAGES = ("html", "spaced", "slips", "lag", "unlabelled", "continued", "repeated", "scrambled", "lost", "mixed")
"""Kinds of damage that a recognised text can suffer; each is taken or left for a whole document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The damage of one document. ``missing`` names parts of the form that are not in the text."""

    seed: str = "0"
    damages: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()

    def rng(self, what: str) -> Random:
        """Return a source of chance that depends on the document and on ``what`` alone."""
        return Random(f"{self.seed}/{what}")  # noqa: S311 -- invented test data, not a secret

    def happens(self, damage: str, where: str, chance: float) -> bool:
        """Tell whether ``damage`` strikes at ``where``, given that the document suffers from it."""
        return damage in self.damages and self.rng(f"{damage}/{where}").random() < chance

    def style(self, key: str) -> MarkStyle:
        """Return the notation of the tick boxes of list ``key``."""
        if self.happens("lost", key, 0.15):
            return self.rng(f"lost style/{key}").choice(LOST)
        if "mixed" in self.damages:
            return self.rng(f"style/{key}").choice(STYLES)
        return self.rng("style").choice(STYLES[:6]) if self.damages else CLEAN


def draw_plan(seed: str, file_count: int) -> Plan:
    """Return the damage of a recognised text."""
    rng = Plan(seed=seed).rng("plan")
    damages = frozenset(rng.sample(DAMAGES, rng.randint(2, len(DAMAGES))))
    return replace(draw_missing(seed, file_count), damages=damages)


def draw_missing(seed: str, file_count: int) -> Plan:
    """Return a plan in which parts may be missing and nothing else is wrong."""
    rng = Plan(seed=seed).rng("missing")
    losable = ["Ⅰ-1", "Ⅰ-2", "監査", "変更箇所", *(f"Ⅱ-5/{at}" for at in range(file_count))]
    return Plan(seed=seed, missing=frozenset(rng.sample(losable, rng.choice((0, 0, 0, 1, 1, 2)))))
