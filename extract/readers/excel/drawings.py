"""What lies on a sheet: the words of its text boxes, and how many pictures and controls there are that hold none."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.readers.excel.layout import Cell, clean_cell
from extract.readers.excel.package import Attributes, Package

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What lies on a sheet: a text box is a cell at its upper left corner."""

    boxes: tuple[Cell, ...] = ()
    pictures: int = 0
    controls: int = 0


def read_drawn(package: Package, part: str) -> Drawn:
    """Return what lies on the sheet that ``part`` holds, its text boxes from top to bottom."""
    relations = package.relations(part).values()
    scans = [_scan(package, one.target) for one in relations if one.kind == "drawing" and one.target in package.parts]
    boxes = [box for scan in scans for box in scan.boxes]
    return Drawn(
        boxes=tuple(sorted(boxes, key=lambda box: (box.row, box.column))),
        pictures=sum(scan.pictures for scan in scans),
        controls=sum(one.kind == "ctrlProp" for one in relations),
    )


@dataclass(slots=True)
class _Scan:
    """What is gathered while the XML of a drawing goes by."""

    boxes: list[Cell] = field(default_factory=list)
    pictures: int = 0
    _within: list[str] = field(default_factory=list)
    _at: dict[str, int] = field(default_factory=dict)
    _words: list[str] = field(default_factory=list)

    @property
    def _repeats(self) -> bool:
        """Whether this is what older programs are to show in place of what came just before."""
        return "Fallback" in self._within

    def start(self, name: str, _: Attributes) -> None:
        self._within.append(name)
        if name in _ANCHORS:
            self._at = {}
        elif name == "pic" and not self._repeats:
            self.pictures += 1
        elif name == "txBody":
            self._words = []

    def text(self, words: str) -> None:
        if self._within[-2:] in (["from", "row"], ["from", "col"]) and words.strip().isdecimal():
            self._at[self._within[-1]] = min(int(words[:7]), 10_000_000)
        elif self._within[-1:] == ["t"]:
            self._words.append(words)

    def end(self, name: str) -> None:
        self._within.pop()
        if name in ("p", "br"):
            self._words.append("\n")
        elif name == "txBody" and not self._repeats and (text := clean_cell("".join(self._words))):
            self.boxes.append(Cell(row=self._at.get("row", 0), column=self._at.get("col", 0), text=text))


def _scan(package: Package, part: str) -> _Scan:
    scan = _Scan()
    package.parse(package.parts[part], scan.start, scan.end, scan.text)
    return scan
