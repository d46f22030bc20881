"""Which of the printed options a cell selects.

The form prints ``[X] <選択肢> 1) … 2) …``. An option behind a number is only offered; the same words
without one are the value, wherever the scan has put the brackets, and so is the only numbered one of a cell
where the document does not print the list. A value that the page order tore out of its cell is found by
counting: the k-th loose value belongs to the k-th cell that lacks one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from extract.cells import Block
from extract.form import OPTIONS
from extract.outline import Outline
from extract.stream import Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The selected option and the folded range where it stands."""

    value: str
    start: int
    end: int


_OFFERED = re.compile(r"\d{1,2}[)）.]$")
_ENCLOSED = re.compile(r"[\[【]\d[)）.]$")
_OFFERS = re.compile(r"\d{1,2}[)）]")
_OPENS, _CLOSES = frozenset("[【"), frozenset("]】")
_EDGES = "[]【】<\ue000\ue001\ue002☑☐□■○◯"


def read_choice(outline: Outline, key: str, block: Block | None) -> Choice | None:
    """Return the one selected option of a cell; None where none, or more than one, is selected."""
    if block is None:
        return None
    found = _in_cell(outline, key, block)
    if found or outline.has_tables:
        return found
    return next(filter(None, (_kth(outline, key, block, *reach) for reach in _reaches(outline, block))), None)


def find_value(outline: Outline, key: str) -> Choice | None:
    """Return the one value of the options of ``key`` that stands loose anywhere before the change table."""
    loose = [choice for start, end in outline.pages for choice in _selected(outline, key, start, end, loose=True)]
    return loose[0] if len({choice.value for choice in loose}) == 1 else None


def _in_cell(outline: Outline, key: str, block: Block) -> Choice | None:
    start, end = block.label_end, outline.next_start(block)
    found = list(_selected(outline, key, start, end, loose=False))
    if not found:
        return _only_printed(outline, key, start, end)
    return found[0] if len({choice.value for choice in found}) == 1 else None


def _only_printed(outline: Outline, key: str, start: int, end: int) -> Choice | None:
    """Return the only numbered option in a cell, if the document selects so and this is no rest of a printed list."""
    first = _alone(outline, key, start, end)
    if first is None or not _selects_by_number(outline):
        return None
    in_table = outline.has_tables or outline.stream.breaks[first.start("number")] == Break.CELL
    if (first["number"] == "1" or not in_table) and _prints_list(key, outline.stream.text):
        return None
    return Choice(value=first["value"], start=first.start("value"), end=first.end("value"))


def _alone(outline: Outline, key: str, start: int, end: int) -> re.Match[str] | None:
    """Match a numbered option directly behind its label, with no other one before the label or behind."""
    text = outline.stream.text
    first = _numbered(key).match(text, start, end)
    if first is None or int(first["number"]) not in _numbers_of(key, first["value"]):
        return None
    others = _numbered_anywhere(key)
    beside = others.search(text, max(0, start - _NEAR), start) or others.search(text, first.end(), end)
    return None if beside else first


def _selects_by_number(outline: Outline) -> bool:
    """Tell whether cells hold their option with its number: a list begins with 1), so one with 2) or more is none."""
    if _heads_lists(outline.stream.text):
        return False
    cells = islice((block for block in outline.blocks if block.key in OPTIONS), _MANY)
    found = (_alone(outline, block.key, block.label_end, outline.next_start(block)) for block in cells)
    return any(first is not None and first["number"] != "1" for first in found)


_NEAR = 60
_MANY = 60  # cells enough to see how a document selects


@lru_cache(maxsize=2)
def _heads_lists(text: str) -> bool:
    """Tell whether lists are printed as a rule, each behind <選択肢>."""
    return text.count(_OPTION_LIST) > 1


@lru_cache(maxsize=64)
def _prints_list(key: str, text: str) -> bool:
    """Tell whether two numbered options stand side by side anywhere."""
    return bool(_list_of(key).search(text))


def _reaches(outline: Outline, block: Block) -> Iterator[tuple[int, int]]:
    """Yield where to look for a value torn from its cell: its page, then its section Ⅱ, then the whole form."""
    if len(outline.pages) > 1:
        yield from outline.pages_of(block.start, block.label_end)[:1]
    yield from ((section.start, section.end) for section in outline.files if section.start <= block.start < section.end)
    if not any(section.start <= block.start < section.end for section in outline.files):
        yield outline.pages[0][0], outline.pages[-1][1]


def _kth(outline: Outline, key: str, block: Block, start: int, end: int) -> Choice | None:
    """Pair the loose values of the range with the cells that have none, if there are as many."""
    cells = [other for other in outline.blocks if OPTIONS.get(other.key) == OPTIONS[key] and start <= other.start < end]
    full = {other.start: _in_cell(outline, other.key, other) for other in cells}
    taken = {choice.start for choice in full.values() if choice}
    loose = [choice for choice in _selected(outline, key, start, end, loose=True) if choice.start not in taken]
    empty = [other for other in cells if full[other.start] is None]
    if len(loose) != len(empty):
        return None
    return next((choice for other, choice in zip(empty, loose, strict=True) if other is block), None)


_OPTION_LIST = "選択肢"


@cache
def _numbered(key: str) -> re.Pattern[str]:
    return re.compile(rf"[※*:：]*[\[【]?(?P<number>\d)[)）.](?P<value>{_pattern(key).pattern})[\]】]?")


@cache
def _numbered_anywhere(key: str) -> re.Pattern[str]:
    return re.compile(rf"\d[)）.](?:{_pattern(key).pattern})")


@cache
def _list_of(key: str) -> re.Pattern[str]:
    """Match two numbered options side by side: the printed list."""
    return re.compile(rf"\d[)）.](?:{_pattern(key).pattern})[\]】]?\d[)）.](?:{_pattern(key).pattern})")


@cache
def _numbers_of(key: str, value: str) -> frozenset[int]:
    """Return the numbers that the form's versions give an option."""
    at = OPTIONS[key].index(value)
    longer = sum(other != one and one.startswith(other) for one in OPTIONS[key][: at + 1] for other in OPTIONS[key])
    return frozenset({at + 1, at + 1 - longer})


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(OPTIONS[key], key=len, reverse=True))))


def _selected(outline: Outline, key: str, start: int, end: int, *, loose: bool) -> Iterator[Choice]:
    """Yield the options in the range that are not merely offered; ``loose`` ones must stand by themselves."""
    text = outline.stream.text
    for match in _pattern(key).finditer(text, start, end):
        if _inside_number(text, match):
            continue
        if _is_offered(text, start, match.start()):
            if _is_enclosed(outline, start, match, end):
                yield Choice(value=match.group(), start=match.start(), end=match.end())
        elif _is_set_apart(outline, match, start, end, loose=loose):
            yield Choice(value=match.group(), start=match.start(), end=match.end())


def _is_offered(text: str, start: int, at: int) -> bool:
    return bool(_OFFERED.search(text, max(start, at - 3), at))


def _is_enclosed(outline: Outline, start: int, match: re.Match[str], end: int) -> bool:
    """Tell whether brackets on one line hold this option with its number and no other: [5) 30万人以上]."""
    text, breaks = outline.stream.text, outline.stream.breaks
    if not _ENCLOSED.search(text, max(start, match.start() - 3), match.start()):
        return False
    one_line = all(strength < Break.LINE for strength in breaks[match.start() - 2 : match.end() + 1])
    return one_line and match.end() < end and text[match.end()] in _CLOSES


def _inside_number(text: str, match: re.Match[str]) -> bool:
    """Tell whether the words are the tail of a longer number (2年 in 12年)."""
    before = text[match.start() - 1] if match.start() else ""
    return match.group()[0].isdigit() and (before.isdigit() or before in ",万以上")


def _is_set_apart(outline: Outline, match: re.Match[str], start: int, end: int, *, loose: bool) -> bool:
    """Tell whether brackets, a box, or the edges of its line set the words apart from prose."""
    text, breaks = outline.stream.text, outline.stream.breaks
    before = text[match.start() - 1] if match.start() > start else ""
    after = text[match.end()] if match.end() < end else ""
    edge = Break.PARAGRAPH if loose else Break.CELL
    opens = match.start() == start or breaks[match.start()] >= edge
    closes = match.end() >= end or breaks[match.end()] >= (edge if loose else Break.SPACE)
    closes = closes or bool(_OFFERS.match(text, match.end(), end))
    if loose:
        return before in _OPENS or after in _CLOSES or (opens and closes)
    return (bool(before) and before in _EDGES) or (bool(after) and after in _EDGES) or (opens and closes)
