"""Rows of the queries as statements, and the part of a department in what is said of its agency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.facts import Carries, Certainty, Citation
from graph.trace.cite import cite
from graph.trace.edges import Edge, Kind, Movement
from graph.trace.library import Row, code_of
from graph.trace.names import name_key

Holder = tuple[str, str]
"""A department in charge: its key, and its name as printed."""

_HANDED_ON = frozenset({Kind.ENTRUSTMENT, Kind.PROVISION, Kind.TRANSFER})


def provision_of(row: Row) -> str:
    """Return the provision that a row names in parts."""
    return cite(
        Citation(
            law=row["law"],
            article=row.get("article", ""),
            paragraph=row.get("paragraph", ""),
            item=row.get("lawItem", ""),
            subitem=row.get("subitem", ""),
            table=row.get("table", ""),
            table_item=row.get("row", ""),
        )
    )


def movement_of(row: Row, legal_bases: tuple[str, ...]) -> Movement:
    """Return the movement of a row of ``sparql.FLOWS``."""
    return Movement(
        source=row["sourceText"],
        target=row["targetText"],
        kind=Kind(code_of(row["kind"])),
        carries=Carries(code_of(row["carries"])),
        certainty=Certainty(code_of(row["certainty"])),
        via=row.get("via"),
        medium=row.get("medium"),
        data=row.get("data"),
        item=row["item"],
        line=int(row["line"]),
        quote=row["quote"],
        legal_bases=legal_bases,
    )


def connection_of(row: Row) -> Movement:
    """Return the box of the grid that a row of ``sparql.CONNECTIONS`` tells, as a statement."""
    return Movement(
        source=row["sourceText"],
        target=row["targetText"],
        kind=Kind.CONNECTION,
        certainty=Certainty.STATED if code_of(row["state"]) == "yes" else Certainty.UNCLEAR,
        item=row["item"],
        line=int(row["line"]),
        quote=row["quote"],
    )


def through_of(row: Row, kind: Kind, source: str, target: str) -> Movement:
    """Return what a ticked medium of a row of ``sparql.MEDIA`` says of the system that it is."""
    return Movement(
        source=source,
        target=target,
        kind=kind,
        certainty=Certainty.IMPLIED,
        medium=row["medium"],
        item=row["item"],
        line=int(row["line"]),
        quote=row["quote"],
        derived=True,
    )


def parts_of(holder: Holder, edge: Edge) -> Iterator[Edge]:
    """Yield the department's part in what is said of the agency, implied because no item says both.

    Ⅱ-2⑥ says which department holds a file, and Ⅱ-4 or Ⅱ-5 who gets it; and where the prose leaves out who
    acts, it is the department in charge. Where the prose names the agency, it is the agency.
    """
    key, printed = holder
    says = edge.says
    certainty = Certainty.IMPLIED if says.certainty is Certainty.STATED else says.certainty
    part = replace(says, certainty=certainty, derived=True)
    unsaid = says.kind is Kind.NARRATIVE and says.certainty is not Certainty.STATED
    names_source, names_target = (name_key(name) in name_key(says.quote) for name in (says.source, says.target))
    if edge.source == edge.agency and (says.kind in _HANDED_ON or (unsaid and not names_source)):
        yield replace(edge, source=key, says=replace(part, source=printed))
    if edge.target == edge.agency and unsaid and not names_target:
        yield replace(edge, target=key, says=replace(part, target=printed))
