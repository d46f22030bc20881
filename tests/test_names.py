"""Names of bodies, companies and systems: lists, definitions, offices, references."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import pytest

from extract.names import bare_name, body_of, find_definitions, is_placeholder, split_names, system_kind
from tests.casebook import Case, each_case, read_cases


def _listed(raw: str) -> list[str]:
    return split_names(raw) or ["なし"]


def _defined(raw: str) -> list[str]:
    return [f"{short} = {full}" for short, full, *_ in find_definitions(raw)] or ["なし"]


def _named(raw: str) -> list[str]:
    return ["なし" if is_placeholder(raw) else raw]


def _by_line(read: Callable[[str], str]) -> Callable[[str], list[str]]:
    return lambda raw: [read(line) for line in raw.split("\n")]


READERS = MappingProxyType(
    {
        "列挙": _listed,
        "定義": _defined,
        "名": _by_line(bare_name),
        "機関": _by_line(body_of),
        "参照": _named,
        "システム": _by_line(system_kind),
    }
)
"""For each section of the cases, what reads their input."""


@each_case("names.md")
def test_case(case: Case) -> None:
    """Each text gives exactly the names that its case lists."""
    assert READERS[case.section](case.given) == list(case.wanted)


def test_every_section_is_known() -> None:
    """No section of the cases is left out by a misspelt heading."""
    assert {case.section for case in read_cases("names.md")} == READERS.keys()


def test_a_definition_knows_where_it_stands() -> None:
    """The bracket of the definition is quoted from its opening to its close."""
    raw = "甲乙機構（以下「機構」という。）に渡す。"
    ((_, _, start, end),) = find_definitions(raw)
    assert raw[start:end] == "（以下「機構」という"


@pytest.mark.parametrize("raw", ["（以下「" * 3000, "「" * 20_000])
def test_open_brackets_define_nothing(raw: str) -> None:
    """What never closes is no definition, and costs no more than its length."""
    assert find_definitions(raw) == []
