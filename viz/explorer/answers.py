"""Answers to the named questions, and the two sides of a comparison.

Runs in a worker process of the service, on the store itself; what it returns is plain data.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from graph.store import GraphStore
from queries.catalog import Value, ask, find_question

COMPARED: Mapping[str, tuple[str, ...]] = {
    "systems": ("system",),
    "connections": ("target", "state"),
    "files": ("file", "subjects"),
    "acquisitions": ("source_kind", "source", "state"),
    "acquisition-methods": ("medium", "detail", "state"),
    "entrustments": ("subject", "entrustee", "re_entrusted", "sub_entrustee"),
    "provisions": ("recipient", "legal_basis"),
    "transfers": ("recipient", "legal_basis"),
    "storage": ("site", "retention"),
    "legal-bases": ("usage", "law", "article", "paragraph", "item", "table", "table_item"),
}
"""The questions whose answers are compared, and the columns that must be equal for two rows to be one."""
_NOT_SAID = frozenset({"no"})


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A row of one document: what it says, and in which line."""

    said: tuple[str, ...]
    line: int | None
    quote: str


def answer_question(store: GraphStore, name: str, values: Mapping[str, str], most: int) -> list[list[Value]]:
    """Return the rows of a question, at most ``most``; raises UnknownName for an unknown one."""
    answer = ask(store, find_question(name), values)
    return [list(row) for row in answer.rows[:most]]


def compare(store: GraphStore, first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, list[list[Side]]]:
    """Return for each question compared the rows of either document; each is given by parameters of questions."""
    return {name: [_side(store, name, one) for one in (first, second)] for name in COMPARED}


def _side(store: GraphStore, name: str, values: Mapping[str, str]) -> list[Side]:
    rows = ask(store, find_question(name), values).objects()
    sides = (
        Side(
            said=tuple(_plain(row.get(column)) for column in COMPARED[name]),
            line=line if isinstance(line := row.get("line"), int) else None,
            quote=str(row.get("quote") or ""),
        )
        for row in rows
        if row.get("state") not in _NOT_SAID
    )
    return list({side.said: side for side in reversed(list(sides)) if any(side.said)}.values())[::-1]


def _plain(value: Value) -> str:
    return "" if value is None else str(value)
