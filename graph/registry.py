"""Reference data: names that mean one and the same system or body in every document, and names that do not.

The tables are CSV files beside this module, each row with its source and date. Names are compared after
``name_key``; nothing is looked up by likeness.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.trace.names import name_key

_FOLDER = Path(__file__).parent / "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """A system or body that is one for all documents; ``ontology_class`` is a local name of the ontology."""

    name: str
    is_system: bool
    ontology_class: str
    source: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A system that every agency has of its own, under one of the form's labels."""

    name: str
    ontology_class: str


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _names(row: Mapping[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["variants"].split("|"))]


@cache
def _nationals() -> dict[str, National]:
    return {
        name_key(name): National(
            name=row["name"],
            is_system=row["kind"] == "system",
            ontology_class=row["class"],
            source=row["source"],
            date=row["date"],
        )
        for row in _rows("national")
        for name in _names(row)
    }


@cache
def _locals() -> dict[str, Local]:
    return {
        name_key(name): Local(name=row["name"], ontology_class=row["class"])
        for row in _rows("local")
        for name in _names(row)
    }


@cache
def _homonyms() -> frozenset[str]:
    return frozenset(name_key(row["name"]) for row in _rows("homonyms"))


def find_national(key: str) -> National | None:
    """Return the national system or body whose name or listed variant has this ``name_key``.

    >>> find_national("住基ネット").name
    '住民基本台帳ネットワークシステム'
    >>> find_national("中間サーバ") is None
    True
    """
    return _nationals().get(key)


def find_local(key: str) -> Local | None:
    """Return the form's system whose label has this ``name_key``.

    >>> find_local(name_key("宛名システム等")).name
    '宛名システム'
    """
    return _locals().get(key)


def is_homonym(key: str) -> bool:
    """Tell whether several municipalities bear this name, so that it does not say which one is meant.

    >>> is_homonym("伊達市"), is_homonym("越谷市")
    (True, False)
    """
    return key in _homonyms()
