"""Which of the printed options a cell selects.

The form prints ``[X] <選択肢> 1) … 2) …``. An option behind a number is only offered; the same words
without one are the value, wherever the scan has put the brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.blocks import Block
from extract.form import OPTIONS
from extract.outline import Outline
from extract.stream import Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The selected option and the folded range where it stands."""

    value: str
    start: int
    end: int


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(OPTIONS[key], key=len, reverse=True))))


_OFFERED = re.compile(r"\d{1,2}[)）.]$")
_EDGES = "[]<\ue000\ue001\ue002☑☐□■○◯"


def read_choice(outline: Outline, key: str, block: Block | None) -> Choice | None:
    """Return the one selected option of a cell; None where none, or more than one, is selected.

    A value that the page order tore out of its cell is looked for on the same page, between brackets.
    """
    if block is None:
        return None
    following = _end_of_cell(outline, block)
    found = _selected(outline, key, block.label_end, following, strict=False)
    if not found and not outline.has_tables:
        found = _on_page(outline, key, block)
    values = {choice.value for choice in found}
    return found[0] if len(values) == 1 else None


def _end_of_cell(outline: Outline, block: Block) -> int:
    """Return where the next label stands."""
    return next(
        (other.start for other in outline.blocks if other.start >= block.label_end and other is not block),
        len(outline.stream),
    )


def _on_page(outline: Outline, key: str, block: Block) -> list[Choice]:
    """Return bracketed values on the page that stand in no other cell with the same options."""
    rivals = [
        (other.label_end, _end_of_cell(outline, other))
        for other in outline.blocks
        if other is not block and OPTIONS.get(other.key) == OPTIONS[key]
    ]
    found: list[Choice] = []
    for start, end in outline.pages_of(block.start, block.label_end):
        found.extend(
            choice
            for choice in _selected(outline, key, start, end, strict=True)
            if not any(low <= choice.start < high for low, high in rivals)
        )
    return found


def _selected(outline: Outline, key: str, start: int, end: int, *, strict: bool) -> list[Choice]:
    text = outline.stream.text
    found = []
    at = start
    while (match := _pattern(key).search(text, at, end)) is not None:
        at = match.end()
        if _is_offered(text, start, match.start()) or _inside_number(text, match):
            continue
        if _is_marked(outline, match, start, end, strict=strict):
            found.append(Choice(value=match.group(), start=match.start(), end=match.end()))
    return found


def _is_offered(text: str, start: int, at: int) -> bool:
    return bool(_OFFERED.search(text, max(start, at - 3), at))


def _inside_number(text: str, match: re.Match[str]) -> bool:
    """Tell whether the words are the tail of a longer number (2年 in 12年)."""
    return (
        match.start() > 0
        and match.group()[0].isdigit()
        and (text[match.start() - 1].isdigit() or text[match.start() - 1] in ",万")
    )


def _is_marked(outline: Outline, match: re.Match[str], start: int, end: int, *, strict: bool) -> bool:
    """Tell whether brackets, a box, or the cell's edges set the words apart from prose."""
    text, breaks = outline.stream.text, outline.stream.breaks
    opened = match.start() > start and text[match.start() - 1] in _EDGES
    closed = match.end() < end and text[match.end()] in _EDGES
    if strict:
        return (match.start() > start and text[match.start() - 1] == "[") or text[match.end() : match.end() + 1] == "]"
    alone = match.start() == start or breaks[match.start()] >= Break.CELL
    ends = match.end() == end or breaks[match.end()] >= Break.SPACE
    return opened or closed or (alone and ends)
