"""The receipt of a reading: what was found, what is missing, and how sure the rest is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields

from extract.blocks import part_of
from extract.facts import Basis, CategoryMark, Connection, Evidence, Facts, Mark, MarkRead, MediumMark, SourceMark
from extract.form import BY_KEY, Kind
from extract.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCount:
    """A count that the form declares, and how many records this text holds."""

    file: str
    what: str
    declared: int | None
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How much of one document was read.

    ``items`` counts the form items found by id; ``facts`` the statements by kind; ``marks`` the boxes by
    state and ``marks_by_basis`` by what their state rests on; ``unread`` quotes the sentences that speak of
    a movement and gave none.
    """

    document: str
    form: str | None
    characters: int
    lines: int
    encoding: str
    items: dict[str, int]
    labels_lost: tuple[str, ...]
    facts: dict[str, int]
    marks: dict[str, int]
    marks_by_basis: dict[str, int]
    declared: tuple[DeclaredCount, ...]
    sentences_read: int
    sentences_unread: int
    unread: tuple[Evidence, ...]
    gaps: tuple[str, ...]


def make_receipt(outline: Outline, facts: Facts, *, read: int, unread: tuple[Evidence, ...]) -> Receipt:
    """Count what a reading found."""
    source = outline.stream.source
    marks = [mark for mark in map(_mark_of, facts.each()) if mark is not None]
    return Receipt(
        document=source.name,
        form=facts.evaluation.form,
        characters=len(source.text),
        lines=len(source.line_starts),
        encoding=source.encoding,
        items=_items(outline, facts),
        labels_lost=tuple(BY_KEY[block.key].labels[0] for block in outline.blocks if block.label_lost),
        facts={field.name: len(getattr(facts, field.name)) for field in fields(facts)[1:]},
        marks={state.value: sum(mark.state is state for mark in marks) for state in Mark},
        marks_by_basis={basis.value: count for basis in Basis if (count := sum(mark.basis is basis for mark in marks))},
        declared=tuple(
            DeclaredCount(file=one.file, what=one.what.value, declared=one.count, found=one.found)
            for one in facts.declared
        ),
        sentences_read=read,
        sentences_unread=len(unread),
        unread=unread,
        gaps=tuple(gap.what for gap in facts.gaps),
    )


def _mark_of(fact: object) -> MarkRead | None:
    return fact.mark if isinstance(fact, Connection | CategoryMark | SourceMark | MediumMark) else None


def _items(outline: Outline, facts: Facts) -> dict[str, int]:
    """Count the items found by their id without record numbers, in the order of the form."""
    form = facts.evaluation.form
    found = Counter(
        BY_KEY[block.key].id_in(form)
        for block in outline.blocks
        if not block.is_record and block.kind not in (Kind.HEADING, Kind.GROUP)
    )
    order = {block.key: part_of(block).value for block in outline.blocks}
    ids = dict.fromkeys(BY_KEY[key].id_in(form) for key in sorted(order, key=lambda key: order[key]) if key in BY_KEY)
    return {name: found[name] for name in ids if found[name]}
