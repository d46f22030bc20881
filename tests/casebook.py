"""Reads the cases of ``tests/cases``: title, input and expected lines, each closed by a line that holds a dot.

``⇥`` stands for a tab and ``␌`` for a page break, so that they can be seen; a line ``## …`` opens a section.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases"
_SIGNS = str.maketrans({"⇥": "\t", "␌": "\x0c"})
_DOT = "."
_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: ``given`` is the input, ``wanted`` the expected lines, ``section`` the heading above it."""

    file: str
    line: int
    section: str
    title: str
    given: str
    wanted: tuple[str, ...]


def read_cases(file: str) -> list[Case]:
    """Return the cases of a file in their order. Raises ValueError for a case that is not closed."""
    cases: list[Case] = []
    section = title = ""
    parts: list[list[str]] = []
    begun = 0
    for number, line in enumerate((FOLDER / file).read_text(encoding="utf-8").split("\n"), 1):
        if line == _DOT:
            begun = begun or number - 1
            parts.append([])
        elif parts:
            parts[-1].append(line)
        elif line.startswith("## "):
            section = line[3:]
        elif line:
            title = line
        if len(parts) == _PARTS:
            given, wanted, _ = parts
            text = "\n".join(given).translate(_SIGNS)
            cases.append(Case(file=file, line=begun, section=section, title=title, given=text, wanted=tuple(wanted)))
            parts, begun = [], 0
    if parts:
        raise ValueError(f"{file}: the case of line {begun} is not closed")
    return cases


def each_case(file: str) -> pytest.MarkDecorator:
    """Run a test with each case of a file; a failure names the line where the case stands."""
    params = [pytest.param(case, id=f"{case.file}:{case.line} {case.title}") for case in read_cases(file)]
    return pytest.mark.parametrize("case", params)
