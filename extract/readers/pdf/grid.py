"""The cells that rules part from each other: merged cells fall out by themselves.

Rules that touch make one grid. Its elementary squares are joined wherever no rule runs between them; what
is joined is a cell. A side without a rule is open: the page cuts the cell there, or the form draws no
border, and then the rules that end at its labels are carried on through it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.readers.pdf.glyphs import Box, Glyph
from extract.readers.pdf.rules import Rule

_TOUCH = 3.0  # rules nearer than this touch
_SNAP = 2.5
_SMALLEST = 3.0
_COVERED = 0.6  # share of a side that a rule must run along
_MOST_SQUARES = 40_000
_MOST_RULES = 3_000
_TALL = 60.0
_MARGIN = 1.0


class Region(NamedTuple):
    """One cell: its box, the squares it spans, and whether it is open above, below, to a side, and a plain rectangle."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    rows: int
    column: int
    open_top: bool = False
    open_bottom: bool = False
    open_side: bool = False
    is_plain: bool = True

    @property
    def is_cell(self) -> bool:
        """Whether text can stand in it: what lies between the strokes of a double line is no cell."""
        return self.right - self.left > _SMALLEST and self.bottom - self.top > _SMALLEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells that hang together; ``owners`` gives for each square of ``xs`` and ``ys`` the index of its region."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owners: tuple[tuple[int, ...], ...]
    regions: tuple[Region, ...]

    @property
    def box(self) -> Box:
        """Left, top, right, bottom of the whole."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def region_at(self, x: float, y: float) -> int | None:
        """Return the index of the cell in which a point lies; None outside of the grid."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        return self.owners[bisect_right(self.ys, y, 1, len(self.ys) - 1) - 1][
            bisect_right(self.xs, x, 1, len(self.xs) - 1) - 1
        ]


def find_grids(level: Sequence[Rule], upright: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Grid]:
    """Return the grids of a page from top to bottom.

    >>> frame = [Rule(0.0, 0.0, 90.0), Rule(40.0, 0.0, 90.0)], [Rule(x, 0.0, 40.0) for x in (0.0, 30.0, 90.0)]
    >>> [(cell.left, cell.right) for grid in find_grids(*frame, []) for cell in grid.regions]
    [(0.0, 30.0), (30.0, 90.0)]
    """
    if len(level) + len(upright) > _MOST_RULES:
        return []
    groups = [group for group in _groups(level, upright) if len(group[1]) > 1]
    boxes = [_box_of(*group) for group in groups]
    grids = []
    for at, group in enumerate(groups):
        others = boxes[:at] + boxes[at + 1 :]
        box = _widened(boxes[at], others, glyphs)
        grid = _grid(*group, box)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


# -- which rules hang together -------------------------------------------------------------------

Group = tuple[list[Rule], list[Rule]]


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[Group]:
    """Return the rules that touch, directly or over others."""
    ordered = sorted(upright)
    places = [rule.at for rule in ordered]
    forest = _Forest(len(level) + len(ordered))
    for at, rule in enumerate(level):
        for other in range(bisect_left(places, rule.start - _TOUCH), bisect_right(places, rule.end + _TOUCH)):
            if ordered[other].start - _TOUCH <= rule.at <= ordered[other].end + _TOUCH:
                forest.join(at, len(level) + other)
    for first, second in _alike(ordered):
        forest.join(len(level) + first, len(level) + second)
    groups: dict[int, Group] = {}
    for at, rule in enumerate((*level, *ordered)):
        group = groups.setdefault(forest.root(at), ([], []))
        group[at >= len(level)].append(rule)
    return list(groups.values())


def _alike(upright: Sequence[Rule]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of long upright rules that begin and end together: sides of a cell cut at both ends."""
    tall = [(rule, at) for at, rule in enumerate(upright) if rule.end - rule.start >= _TALL]
    by_start = sorted(tall, key=lambda pair: pair[0].start)
    for (rule, at), (other, also) in pairwise(by_start):
        if abs(rule.start - other.start) <= _TOUCH and abs(rule.end - other.end) <= _TOUCH:
            yield at, also


class _Forest:
    """Disjoint sets of numbers."""

    def __init__(self, size: int) -> None:
        self.parents = list(range(size))

    def root(self, at: int) -> int:
        parents = self.parents
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    def join(self, first: int, second: int) -> None:
        self.parents[self.root(first)] = self.root(second)


def _box_of(level: Sequence[Rule], upright: Sequence[Rule]) -> Box:
    left = min([rule.start for rule in level] + [rule.at for rule in upright])
    right = max([rule.end for rule in level] + [rule.at for rule in upright])
    top = min([rule.at for rule in level] + [rule.start for rule in upright])
    bottom = max([rule.at for rule in level] + [rule.end for rule in upright])
    return left, top, right, bottom


def _widened(box: Box, others: Sequence[Box], glyphs: Sequence[Glyph]) -> Box:
    """Return the box with the text beside it, where no other grid stands: values of labels framed alone."""
    left, top, right, bottom = box
    beside = [
        glyph
        for glyph in glyphs
        if (glyph.left > right or glyph.right < left)
        and top < glyph.middle < bottom
        and not any(_holds(other, glyph) for other in others)
    ]
    if not beside:
        return box
    near = [other for other in others if other[1] < bottom and other[3] > top]
    rightmost = min([other[0] for other in near if other[0] >= right], default=float("inf"))
    leftmost = max([other[2] for other in near if other[2] <= left], default=float("-inf"))
    wide_right = max([glyph.right for glyph in beside if glyph.right < rightmost] + [right - _MARGIN]) + _MARGIN
    wide_left = min([glyph.left for glyph in beside if glyph.left > leftmost] + [left + _MARGIN]) - _MARGIN
    return wide_left, top, wide_right, bottom


def _holds(box: Box, glyph: Glyph) -> bool:
    return box[0] <= glyph.centre <= box[2] and box[1] <= glyph.middle <= box[3]


# -- squares and walls ---------------------------------------------------------------------------

Walls = list[list[bool]]


def _grid(level: Sequence[Rule], upright: Sequence[Rule], box: Box) -> Grid | None:
    xs = _edges([rule.at for rule in upright], box[0], box[2])
    ys = _edges([rule.at for rule in level], box[1], box[3])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_SQUARES:  # noqa: PLR2004  two make a side
        return None
    below = _walls(level, ys, xs)
    beside = _walls(upright, xs, ys)
    _carry_on(below, beside)
    forest = _Forest((len(xs) - 1) * (len(ys) - 1))
    columns = len(xs) - 1
    for row in range(len(ys) - 1):
        for column in range(columns):
            at = row * columns + column
            if column and not beside[column][row]:
                forest.join(at - 1, at)
            if row and not below[row][column]:
                forest.join(at - columns, at)
    return _with_regions(xs, ys, below, beside, forest)


def _edges(places: Iterable[float], first: float, last: float) -> list[float]:
    """Return the places where squares end, near ones as one, with both sides of the box."""
    edges: list[float] = []
    for at in sorted([*places, first, last]):
        if not edges or at - edges[-1] > _SNAP:
            edges.append(at)
    return edges


def _walls(rules: Iterable[Rule], places: Sequence[float], sides: Sequence[float]) -> Walls:
    """Return for each place which of the sides a rule runs along."""
    covered = [[0.0] * (len(sides) - 1) for _ in places]
    for rule in rules:
        row = covered[_nearest(places, rule.at)]
        first = max(0, bisect_right(sides, rule.start) - 1)
        for at in range(first, min(len(row), bisect_left(sides, rule.end))):
            row[at] += min(rule.end, sides[at + 1]) - max(rule.start, sides[at])
    widths = [end - start for start, end in pairwise(sides)]
    return [[part >= width * _COVERED for part, width in zip(row, widths, strict=True)] for row in covered]


def _nearest(places: Sequence[float], at: float) -> int:
    after = bisect_left(places, at)
    if after == len(places) or (after and at - places[after - 1] <= places[after] - at):
        return after - 1
    return after


def _carry_on(below: Walls, beside: Walls) -> None:
    """Carry a rule that ends at a label on to the right, where the cells have no border on that side."""
    last = len(beside) - 1
    for row in range(1, len(below) - 1):
        ends = [column for column, wall in enumerate(below[row]) if wall]
        if not ends or ends[-1] == last - 1:
            continue
        beyond = range(ends[-1] + 2, last + 1)
        if not any(beside[column][near] for column in beyond for near in (row - 1, row)):
            below[row][ends[-1] + 1 :] = [True] * (last - 1 - ends[-1])


def _with_regions(xs: list[float], ys: list[float], below: Walls, beside: Walls, forest: _Forest) -> Grid:
    columns = len(xs) - 1
    numbers: dict[int, int] = {}
    squares: list[list[tuple[int, int]]] = []
    owners: list[tuple[int, ...]] = []
    for row in range(len(ys) - 1):
        line = []
        for column in range(columns):
            number = numbers.setdefault(forest.root(row * columns + column), len(numbers))
            if number == len(squares):
                squares.append([])
            squares[number].append((row, column))
            line.append(number)
        owners.append(tuple(line))
    sides = (
        {row for row, wall in enumerate(beside[0]) if not wall},
        {row for row, wall in enumerate(beside[-1]) if not wall},
    )
    regions = tuple(_region(mine, xs, ys, below, sides) for mine in squares)
    return Grid(xs=tuple(xs), ys=tuple(ys), owners=tuple(owners), regions=regions)


def _region(
    squares: Sequence[tuple[int, int]],
    xs: Sequence[float],
    ys: Sequence[float],
    below: Walls,
    sides: tuple[set[int], set[int]],
) -> Region:
    first, last = squares[0][0], squares[-1][0]
    left = min(column for _, column in squares)
    right = max(column for _, column in squares)
    bottom = len(ys) - 2
    return Region(
        left=xs[left],
        top=ys[first],
        right=xs[right + 1],
        bottom=ys[last + 1],
        row=first,
        rows=last - first + 1,
        column=left,
        open_top=first == 0 and not all(below[0][column] for row, column in squares if row == 0),
        open_bottom=last == bottom and not all(below[-1][column] for row, column in squares if row == bottom),
        is_plain=len(squares) == (last - first + 1) * (right - left + 1),
        open_side=any(row in sides[0] for row, column in squares if column == 0)
        or any(row in sides[1] for row, column in squares if column == len(xs) - 2),
    )
