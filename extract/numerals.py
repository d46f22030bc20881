"""The numerals of legal citations: 30, 三十, 一六五, ⑧, with branches (165の2), in lists and ranges.

Knows digits and nothing of laws. Text is expected folded (``extract.normalize.fold``).
"""

from __future__ import annotations

import re
from itertools import pairwise

SPLIT = "\ue010"
"""Stands between two numerals that the source parts by a space."""
BREAK = "\ue011"
"""Stands between two numerals that the source parts by a line's or a cell's end or a tag."""
MARKS = SPLIT + BREAK

KANJI = "一二三四五六七八九十百千〇"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"
_FILLED = "❶❷❸❹❺❻❼❽❾❿"
_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_RING = {char: value for ring in (CIRCLED, _FILLED) for value, char in enumerate(ring, 1)}
_KANJI_PLACES = re.compile(
    r"(?:(?P<m>[二三四五六七八九])?(?P<M>千))?(?:(?P<c>[二三四五六七八九])?(?P<C>百))?"
    r"(?:(?P<x>[一二三四五六七八九])?(?P<X>十))?(?P<i>[一二三四五六七八九])?"
)
_PLACES = (("m", "M", 1000), ("c", "C", 100), ("x", "X", 10))

NUMERAL = rf"(?:[0-9](?:[{MARKS}]?[0-9]){{0,5}}|[{KANJI}](?:[{MARKS}]?[{KANJI}]){{0,7}}|[{CIRCLED}{_FILLED}])"  # 165, 百六十五, ⑧
"""A regular expression for one numeral; digits torn apart by layout count as one."""

_LONGEST_RANGE = 200
_LONGEST_NUMERAL = 6


def unmarked(text: str) -> str:
    """Return ``text`` without the marks of layout between numerals.

    >>> unmarked(f"1{SPLIT}5{BREAK}2")
    '152'
    """
    return text.replace(SPLIT, "").replace(BREAK, "")


def parse_numeral(text: str) -> int | None:
    """Return the value of one numeral, or None if it is none.

    >>> [parse_numeral(word) for word in ("30", "三十", "百六十五", "一六五", "⑧", "十十", "")]
    [30, 30, 165, 165, 8, None, None]
    """
    text = unmarked(text)
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= _LONGEST_NUMERAL else None
    if text in _RING:
        return _RING[text]
    if 0 < len(text) <= _LONGEST_NUMERAL and all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    return _parse_places(text)


def _parse_places(text: str) -> int | None:
    match = _KANJI_PLACES.fullmatch(text)
    if not text or not match:
        return None
    value = _DIGIT[match["i"]] if match["i"] else 0
    for factor, place, worth in _PLACES:
        if match[place]:
            value += worth * (_DIGIT[match[factor]] if match[factor] else 1)
    return value


def parse_number(text: str) -> str | None:
    """Return the canonical form of a number with its branches, or None.

    >>> parse_number("三十の九"), parse_number("165の2"), parse_number("の2")
    ('30の9', '165の2', None)
    """
    values = [parse_numeral(part) for part in text.split("の")]
    return None if None in values else "の".join(map(str, values))


def expand_range(first: str, last: str) -> tuple[str, ...]:
    """Return every number from ``first`` to ``last``, both canonical; only the ends where the middle is unknown.

    Branches between two articles are not known from the numbers, so they are left out.

    >>> expand_range("50", "55"), expand_range("30の9", "30の12"), expand_range("19", "21の2")
    (('50', '51', '52', '53', '54', '55'), ('30の9', '30の10', '30の11', '30の12'), ('19', '20', '21', '21の2'))
    >>> expand_range("9", "3")
    ('9', '3')
    """
    stem, _, low = first.rpartition("の")
    other, _, high = last.rpartition("の")
    if stem and stem == other and 0 < int(high) - int(low) <= _LONGEST_RANGE:
        return tuple(f"{stem}の{value}" for value in range(int(low), int(high) + 1))
    head, tail, end = first.partition("の")[0], last.partition("の")[0], other
    if not 0 < int(tail) - int(head) <= _LONGEST_RANGE:
        return (first, last) if first != last else (first,)
    middle = tuple(str(value) for value in range(int(head) + 1, int(tail)))
    return (first, *middle, tail, last) if end else (first, *middle, last)


def split_numeral(text: str, last: int = 0) -> list[str]:
    """Return the numerals of a run that layout has torn: a list without commas, or one number.

    Where no other sign speaks, pieces that rise and are not all single digits are a list. ``last`` is the number
    before it in a list: what only the whole goes beyond is one number.

    >>> split_numeral(f"1{SPLIT}2{SPLIT}15"), split_numeral(f"1{SPLIT}15"), split_numeral(f"11{SPLIT}5")
    (['1', '2', '15'], ['1', '15'], ['115'])
    >>> split_numeral(f"2{SPLIT}7"), split_numeral(f"二{BREAK}十六"), split_numeral(f"二{BREAK}十六", 23)
    (['27'], ['二', '十六'], ['二十六'])
    """
    pieces = re.split(f"[{MARKS}]", text)
    values = [parse_numeral(piece) or 0 for piece in pieces]
    rising = all(low < high for low, high in pairwise(values))
    ringed = any(piece in _RING for piece in pieces)
    single = not ringed and all(len(piece) == 1 for piece in pieces) and len(pieces) <= len("123")
    whole = "".join(pieces)
    torn = values[0] <= last < (parse_numeral(whole) or 0)
    return [whole] if single or torn or not rising else pieces
