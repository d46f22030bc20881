"""How a tick box can be printed, and what its list then proves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.forms.truth import Box

_INPUT = '<input type="checkbox"/>'
_CHECKED = '<input checked="" type="checkbox"/>'


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkStyle:
    """One notation. ``proof`` tells what shows a state: ``glyph``, ``contrast`` of the list, or ``none``."""

    name: str
    yes: str
    no: str
    proof: str


CLEAN = MarkStyle(name="clean", yes="[○]", no="[ ]", proof="glyph")
STYLES = (
    CLEAN,
    MarkStyle(name="tight", yes="[○]", no="[]", proof="glyph"),
    MarkStyle(name="wide", yes="[ ○ ]", no="[ ]", proof="glyph"),
    MarkStyle(name="letter", yes="[O]", no="[]", proof="glyph"),
    MarkStyle(name="open", yes="[○", no="[ ]", proof="glyph"),
    MarkStyle(name="radio", yes='[<input checked="" type="radio"/>]', no="[]", proof="glyph"),
    MarkStyle(name="scan", yes='[<input type="radio"/>]', no="[]", proof="contrast"),
    MarkStyle(name="filled", yes=f"[{_INPUT}]", no="[]", proof="contrast"),
    MarkStyle(name="checked", yes=_CHECKED, no=_INPUT, proof="siblings"),
)
LOST = (
    MarkStyle(name="bare", yes=_INPUT, no=_INPUT, proof="none"),
    MarkStyle(name="alike", yes=f"[{_INPUT}]", no=f"[{_INPUT}]", proof="none"),
)


def states(boxes: tuple[Box, ...], style: MarkStyle) -> list[list[str]]:
    """Return, for each box of a list, the states that a careful reader may give it; the first is the best.

    >>> from tests.forms.truth import Box
    >>> pair = (Box(label="紙", ticked=True), Box(label="専用線", ticked=False))
    >>> states(pair, CLEAN), states(pair, LOST[0])
    ([['yes'], ['no']], [['unclear', 'yes'], ['unclear']])
    """
    ticked = [box.ticked for box in boxes]
    return [_states(box, style, some=any(ticked), every=all(ticked)) for box in boxes]


def _states(box: Box, style: MarkStyle, *, some: bool, every: bool) -> list[str]:
    right = "yes" if box.ticked else "no"
    if style.proof == "none":
        if not box.ticked:
            return ["unclear"]
        return ["yes"] if box.detail else ["unclear", "yes"]
    if style.proof == "contrast" and every:
        return ["unclear", "yes"]
    if style.proof == "siblings" and not box.ticked:
        return ["no", "unclear"] if some else ["unclear"]
    return [right]
