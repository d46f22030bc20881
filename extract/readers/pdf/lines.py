"""The lines of text in one cell, in the order in which a person reads them.

Characters at one height are a line. What the form centres between two brackets may take several lines, and
stands above and below theirs: it goes back between them. The options of a choice go behind its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from operator import itemgetter
from typing import NamedTuple

from extract.readers.pdf.glyphs import Box, Glyph, is_wide

_SAME_LINE = 0.55  # in widths of a character, as all measures here
_SAMPLES = 100
_FEWEST_UPON = 4
_OVERPRINTED = 0.2
_DOUBLED = 0.3
_ROOM = 1.7
_PITCH = 1.9
_HALF_PITCH = 1.1
_APART = 0.6
_DEFAULT_SIZE = 10.0
_OPENING = {"[": "]", "［": "］", "〔": "〕", "(": ")", "（": "）"}
_CLOSING = frozenset(_OPENING.values())
_BRACKETS = frozenset(_OPENING) | _CLOSING
_BOX_ENDS = frozenset("]］〕")
_SQUARE_BRACKETS = frozenset("[]［］〔〕")
_SQUARE = str.maketrans("［］〔〕", "[][]")
_OFFERS = re.compile("[<＜〈《]選択肢[>＞〉》]")
_OPTION = re.compile(r"[0-9０-９]{1,2}[)）]")
_ITEM = re.compile(
    r"[・○●◎◆◇■□▲△▼▽※*＊→⇒➢①-⑳㉑-㉟❶-❿【<＜〈《]|[(（]?(?:[0-9０-９]{1,2}|[ア-ンa-zA-Zａ-ｚⅠ-Ⅻⅰ-ⅻ一二三四五六七八九十])[)）．.、]"
)

_TOP, _LEFT = itemgetter(2), itemgetter(1)

Row = list[Glyph]


class Word(NamedTuple):
    """Characters without a gap, and whether one parts them from the word before."""

    text: str
    box: Box
    spaced: bool = False


class Line(NamedTuple):
    """One printed line; a ``full`` one reaches the right edge of its cell, so that the next one goes on with it."""

    words: tuple[Word, ...]
    full: bool = False
    page: int = 0

    @property
    def text(self) -> str:
        """The words as one string."""
        return "".join(f" {word.text}" if word.spaced else word.text for word in self.words)

    @property
    def starts_item(self) -> bool:
        """Whether the line begins with a bullet or a number, so that it is no rest of the line above."""
        return bool(_ITEM.match(self.text))


def size_of(glyphs: Sequence[Glyph], default: float = _DEFAULT_SIZE) -> float:
    """Return the width of a full character, by which all distances are judged."""
    widths = sorted([glyph[3] - glyph[1] for glyph in glyphs[:_SAMPLES] if is_wide(glyph[0])])
    return widths[len(widths) // 2] or default if widths else default


def read_lines(
    glyphs: Sequence[Glyph], right: float, *, default: float = _DEFAULT_SIZE, page: int = 0
) -> tuple[Line, ...]:
    """Return the lines of a cell whose right edge is at ``right``.

    >>> [line.text for line in read_lines([Glyph("名", 0, 0, 9, 9), Glyph("市", 0, 12, 9, 21)], 9.0)]
    ['名市']
    >>> [line.text for line in read_lines([Glyph("[", 0, 0, 5, 9), Glyph("]", 20, 0, 25, 9)], 90.0)]
    ['[ ]']
    """
    if not glyphs:
        return ()
    size = size_of(glyphs, default)
    rows = list(_rows(glyphs, size))
    if len(rows) > 1 and all(len(row) == 1 for row in rows):
        return (_stacked(glyphs, rows, page),)
    if len(rows) > 1:
        signs = {glyph[0] for glyph in glyphs}
        rows = rows if signs.isdisjoint(_BRACKETS) else _with_centred(rows, size)
        rows = _options_last(rows, size) if "択" in signs else rows
    return tuple(_line(row, size, right, page) for row in rows if row)


def _rows(glyphs: Sequence[Glyph], size: float) -> Iterator[Row]:
    """Yield the characters at one height, from left to right; lines so near that they overlap are kept apart."""
    ordered = sorted(glyphs, key=_TOP)
    level = ordered[0][2] == ordered[-1][2]
    for row in [sorted(ordered, key=_LEFT)] if level else _at_one_height(ordered, size * _SAME_LINE):
        if not _is_crowded(row):
            yield row
            continue
        single = _without_doubles(row, size)
        if _is_overprinted(single, size * _OVERPRINTED):
            yield from _at_one_height(sorted(single, key=_TOP), size * _OVERPRINTED)
        else:
            yield single


def _is_crowded(row: Row) -> bool:
    """Tell whether a character begins before the middle of the one before it."""
    return True in [b[1] + b[1] < a[1] + a[3] for a, b in pairwise(row)]


def _is_overprinted(row: Row, most: float) -> bool:
    """Tell whether two lines lie upon each other: many characters do, and not at one height."""
    upon = [b[1] + b[1] < a[1] + a[3] and abs(a[2] - b[2]) > most for a, b in pairwise(row)]
    return sum(upon) >= max(_FEWEST_UPON, len(row) / 5)


def _at_one_height(glyphs: Iterable[Glyph], most: float) -> Iterator[Row]:
    row: Row = []
    height = 0.0
    for _, level in groupby(glyphs, key=_TOP):
        group = list(level)
        middle = (group[0][2] + group[0][4]) / 2
        if row and middle - height > most:
            yield sorted(row, key=_LEFT)
            row = []
        row += group
        height += (middle - height) * len(group) / len(row)
    if row:
        yield sorted(row, key=_LEFT)


def _without_doubles(row: Row, size: float) -> Row:
    """Drop what is printed twice, one upon the other, to look bold."""
    near = size * _DOUBLED
    kept = row[:1]
    for glyph in row[1:]:
        for other in kept[-2:]:
            if glyph.text == other.text and glyph.left - other.left < near:
                break
        else:
            kept.append(glyph)
    return kept


def _stacked(drawn: Sequence[Glyph], rows: Sequence[Row], page: int) -> Line:
    """Return an upright label as one line; one turned on its side is read from below, as it was drawn."""
    column = [row[0] for row in rows]
    if drawn[0].middle > drawn[-1].middle:
        column.reverse()
    text = "".join(glyph.text for glyph in column)
    return Line((Word(text, _around(column)),), page=page)


# -- what stands between brackets ----------------------------------------------------------------


def _with_centred(rows: list[Row], size: float) -> list[Row]:
    """Put the lines that are centred between two brackets back between them."""
    taken: set[Glyph] = set()
    inserted: dict[Glyph, Row] = {}
    for at, row in enumerate(rows):
        for gap in _gaps(row):
            if gap.right - gap.left < size * _HALF_PITCH:
                continue
            above, below = (_neighbours(rows, at, step, gap, size) for step in (-1, 1))
            if not (above or below) or (gap.inside and not (above and below)):
                continue
            inside = [glyph for part in (*reversed(above), gap.inside, *below) for glyph in part]
            inserted[gap.after] = inside
            taken.update(inside)
    if not taken:
        return rows
    return [_rebuilt(row, taken, inserted) for row in rows]


def _rebuilt(row: Row, taken: set[Glyph], inserted: dict[Glyph, Row]) -> Row:
    rebuilt: Row = []
    for glyph in row:
        if glyph not in taken:
            rebuilt += [glyph, *inserted.get(glyph, ())]
    return rebuilt


@dataclass(frozen=True, slots=True)
class _Gap:
    """A stretch of a line in which the form centres text: between two brackets, or behind a box without label."""

    after: Glyph
    inside: Row
    left: float
    right: float
    foreign: frozenset[str]  # signs that belong to no text of this gap


def _gaps(row: Row) -> Iterator[_Gap]:
    brackets = [at for at, glyph in enumerate(row) if glyph.text in _BRACKETS]
    for first, second in zip_longest(brackets, brackets[1:]):
        glyph, follower = row[first], row[second] if second is not None else None
        if follower and _OPENING.get(glyph.text) == follower.text:
            foreign = _SQUARE_BRACKETS if glyph.text in _SQUARE_BRACKETS else _BRACKETS
            yield _Gap(glyph, row[first + 1 : second], glyph.right, follower.left, foreign)
        elif glyph.text in _BOX_ENDS and (first + 1 == len(row) if second is None else first + 1 == second):
            yield _Gap(glyph, [], glyph.right, follower.left if follower else float("inf"), _SQUARE_BRACKETS)


def _neighbours(rows: Sequence[Row], at: int, step: int, gap: _Gap, size: float) -> list[Row]:
    """Return the pieces of the lines above (``step`` -1) or below that stand in the gap only."""
    pieces: list[Row] = []
    height = rows[at][0].middle
    reach = _PITCH if gap.inside else _HALF_PITCH
    for other in range(at + step, len(rows) if step > 0 else -1, step):
        if abs(rows[other][0].middle - height) > size * reach:
            break
        crossing = any(glyph.right > gap.left and glyph.left < gap.right for glyph in rows[other])
        piece = _piece(rows[other], gap, size) if crossing else []
        if crossing and not piece:
            break
        if piece:
            pieces.append(piece)
            height, reach = piece[0].middle, _PITCH
    return pieces


def _piece(row: Row, gap: _Gap, size: float) -> Row:
    """Return what of a line stands in the gap, if nothing of it goes on outside or has brackets of its own."""
    slack = size * _DOUBLED
    first = next((at for at, glyph in enumerate(row) if glyph.left >= gap.left - slack), len(row))
    last = next((at for at in range(len(row), first, -1) if row[at - 1].right <= gap.right + slack), first)
    piece = row[first:last]
    if not piece or any(glyph.text in gap.foreign for glyph in piece):
        return []
    before, after = row[first - 1] if first else None, row[last] if last < len(row) else None
    if before and (piece[0].left - before.right < size * _APART or before.text in _OPENING):
        return []
    if after and (after.left - piece[-1].right < size * _APART or after.text in _CLOSING):
        return []
    return piece


# -- choices -------------------------------------------------------------------------------------


def _options_last(rows: list[Row], size: float) -> list[Row]:
    """Part the value in its brackets from the options printed to the right of it."""
    for at in range(len(rows) - 1, -1, -1):
        if _OFFERS.search(_plain(rows[at])):
            rows = _parted(rows, at, size)
    return rows


def _parted(rows: list[Row], at: int, size: float) -> list[Row]:
    offers = _left_of(rows[at], _OFFERS)
    end = at + 1
    edge = offers
    while end < len(rows) and (found := _left_of(rows[end], _OPTION)) is not None and found > offers - 4 * size:
        edge = min(edge, found)
        end += 1
    while end < len(rows) and rows[end] and rows[end][0].left >= edge:
        end += 1
    edge -= size * _SAME_LINE
    left = [[glyph for glyph in row if glyph.left < edge] for row in rows[at:end]]
    right = [[glyph for glyph in row if glyph.left >= edge] for row in rows[at:end]]
    if not any(glyph.text in _BRACKETS for row in left for glyph in row) or any(
        a and b and b[0].left - a[-1].right < 0 for a, b in zip(left, right, strict=True)
    ):
        return rows
    return [*rows[:at], *filter(None, left), *filter(None, right), *rows[end:]]


def _plain(row: Row) -> str:
    return "".join(glyph.text for glyph in row)


def _left_of(row: Row, pattern: re.Pattern[str]) -> float:
    """Return where the first match of the pattern in the line begins; far to the right if there is none."""
    found = pattern.search(_plain(row))
    return row[found.start()].left if found else float("inf")


# -- words ---------------------------------------------------------------------------------------


def _line(row: Row, size: float, right: float, page: int) -> Line:
    least = size * _SPACES[0]
    ends = [at for at, (a, b) in enumerate(pairwise(row), 1) if b[1] - a[3] > least or a[2] != b[2]]
    words: list[Word] = []
    start, spaced = 0, False
    for at in ends:
        gap = _gap(row[at - 1], row[at], size)
        if gap is not None:
            words.append(_word(row[start:at], spaced=spaced))
            start, spaced = at, gap
    words.append(_word(row[start:], spaced=spaced))
    return Line(tuple(words), row[-1].right + size * _ROOM > right, page)


def _gap(before: Glyph, glyph: Glyph, size: float) -> bool | None:
    """Return None within a word; else whether a space parts the words (it does not inside of brackets)."""
    if abs(before.middle - glyph.middle) > size * _SAME_LINE:
        return False
    if before.text in _OPENING:
        return None
    if glyph.text in _CLOSING:
        return None
    wide = is_wide(before.text) + is_wide(glyph.text)
    return True if glyph.left - before.right > size * _SPACES[wide] else None


_SPACES = (0.18, 0.5, 0.8)  # the least gap between two words where none, one, both of its neighbours are wide


def _word(run: Row, *, spaced: bool) -> Word:
    text = "".join([glyph[0] for glyph in run]).translate(_SQUARE).replace("[]", "[ ]")
    first, last = run[0], run[-1]
    return Word(text, (first[1], min(first[2], last[2]), last[3], max(first[4], last[4])), spaced)


def _around(run: Sequence[Glyph]) -> Box:
    _, lefts, tops, rights, bottoms = zip(*run, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
