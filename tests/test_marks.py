"""Tick boxes: what each notation says, what only its siblings can say, and what nothing can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from extract.facts import Facts, FlowKind, Mark, MarkRead
from tests.casebook import Case, each_case, read_cases
from tests.documents import PARTS, facts_of, plain, tabbed


@dataclass(frozen=True, kw_only=True)
class Lists:
    """Where the input of a section's cases stands, and which boxes of the document the cases speak of."""

    part: str
    label: str = ""
    names: tuple[str, ...]

    @property
    def prefix(self) -> str:
        """What the cases leave out of the names of their boxes."""
        return self.names[0] if self.label else ""


_LINES = MappingProxyType(
    {
        "入手方法": Lists(part="get", label="②入手方法", names=("入手方法 ",)),
        "入手元": Lists(part="get", label="①入手元", names=("入手元 ",)),
        "接続": Lists(part="systems", label="③他のシステムとの接続", names=("システム1 ",)),
        "記録項目": Lists(part="file", label="主な記録項目", names=("記録項目 ",)),
    }
)
_PAGES = MappingProxyType(
    {
        "崩れた頁：接続": Lists(part="systems", names=("システム",)),
        "崩れた頁：入手": Lists(part="get", names=("入手元", "入手方法")),
    }
)


def marks_of(facts: Facts) -> Iterator[tuple[str, MarkRead]]:
    """Return every box of the document, named for its list and label."""
    numbers = {system.name: system.number for system in facts.systems}
    for box in facts.connections:
        yield f"システム{numbers[box.system]} {box.target}", box.mark
    for category in facts.categories:
        yield f"記録項目 {category.category}", category.mark
    for source in facts.sources:
        yield f"入手元 {source.kind}", source.mark
    for medium in facts.media:
        if medium.of is FlowKind.ACQUISITION:
            yield f"入手方法 {medium.medium}", medium.mark


def in_cell(case: Case) -> str:
    """Return an assessment in whose list of the case's section the input stands."""
    where = _LINES[case.section]
    lines = PARTS[where.part].split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith(where.label))
    lines[at] = f"{where.label}\t{case.given}"
    return tabbed(**{where.part: "\n".join(lines)})


def on_page(case: Case) -> str:
    """Return an assessment in which the input is a page of its own."""
    return plain(**{_PAGES[case.section].part: f"\x0c{case.given}\n\x0c"})


@each_case("marks.md")
def test_case(case: Case) -> None:
    """Each box has the state that its case names, on the ground that it names; no other box is ticked."""
    lists = _PAGES.get(case.section) or _LINES[case.section]
    text = on_page(case) if case.section in _PAGES else in_cell(case)
    found = {name: mark for name, mark in marks_of(facts_of(text)) if name.startswith(lists.names)}
    wanted = dict(_wanted(case, lists.prefix))
    told = {name: _told(found.get(name), len(right)) for name, right in wanted.items()}
    assert told == wanted
    assert {name for name, mark in found.items() if mark.state is Mark.YES} <= wanted.keys()


def _wanted(case: Case, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in case.wanted:
        label, *right = (word.strip() for word in line.split("|"))
        yield f"{prefix}{label}", tuple(right)


def _told(mark: MarkRead | None, columns: int) -> tuple[str, ...]:
    return () if mark is None else (mark.state.value, mark.basis.value)[:columns]


def test_every_section_is_known() -> None:
    """No section of the cases is left out by a misspelt heading."""
    assert {case.section for case in read_cases("marks.md")} == {*_LINES, *_PAGES}
