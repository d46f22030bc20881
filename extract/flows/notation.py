"""Movements drawn with arrows instead of verbs: 「甲→乙：申請書」「甲⇔乙」「甲→（網）→乙」.

Knows the signs; only ends that are names on both sides count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.flows.ends import Gazetteer, Mention

_SIGN = re.compile(r"[-―─]*[→⇒⟶➡]|[←⇐⟵⬅][-―─]*|[⇔⇄↔⟷⇆]")
_BACK, _BOTH = frozenset("←⇐⟵⬅"), frozenset("⇔⇄↔⟷⇆")
_HEAD = re.compile(r"[^:。]{3,160}(?=:)")
_ASIDE = re.compile(r"\((?P<inside>[^()]*)\)")
_MARK = re.compile(r"^(?:[①-⑳]|\(?[0-9]{1,2}[).:]|[・○●])*")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One arrow: from whom to whom, what stands behind the colon, and what is written in the middle of the arrow."""

    source: Mention
    target: Mention
    data: str | None
    via: str | None


def find_drawn(whole: str, gazetteer: Gazetteer) -> list[Drawn]:
    """Return the arrows that ``whole`` draws; none where any of the ends is no name, or no colon tells what moves.

    >>> from extract.flows.passages import Names
    >>> drawn = find_drawn("納税者→税務課:申告書", Gazetteer(Names()))
    >>> [(one.source.name, one.target.name, one.data) for one in drawn]
    [('納税者', '税務課', '申告書')]
    """
    head = _HEAD.match(whole)
    signs = list(_SIGN.finditer(whole, 0, head.end())) if head else []
    if head is None or not signs:
        return []
    data = _ASIDE.sub("", whole[head.end() + 1 :]).strip() or None
    edges = [0, *(at for sign in signs for at in sign.span()), head.end()]
    stops = [(whole[a:b], gazetteer) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return list(_between(stops, [sign.group() for sign in signs], data))


def _between(stops: list[tuple[str, Gazetteer]], signs: list[str], data: str | None) -> Iterator[Drawn]:
    """Yield the arrows between neighbours; what stands in brackets between two signs is only passed."""
    ends: list[tuple[Mention, str | None]] = []
    directions: list[str] = []
    via: str | None = None
    for at, (text, gazetteer) in enumerate(stops):
        passed = _ASIDE.fullmatch(text.strip())
        if passed and 0 < at < len(stops) - 1:
            via = passed["inside"]
            continue
        end = _end(text, gazetteer)
        if end is None:
            return
        if ends:
            directions.append(signs[at - 1])
        ends.append((end, via))
        via = None
    for ((one, _), (other, middle)), sign in zip(pairwise(ends), directions, strict=True):
        back, both = _BACK.intersection(sign), _BOTH.intersection(sign)
        if not back:
            yield Drawn(one, other, data, middle)
        if back or both:
            yield Drawn(other, one, data, middle)


def _end(text: str, gazetteer: Gazetteer) -> Mention | None:
    """Return the name that fills ``text``."""
    name = _MARK.sub("", _ASIDE.sub("", text)).strip()
    return next((m for m in gazetteer.find_mentions(name) if (m.start, m.end) == (0, len(name))), None)
