"""Compares what was read of a filled form with the truth from which the form was written.

Both sides become a ``Sheet``: for each kind of statement, rows of a key and a value. Nothing is matched
by likeness: a row is right if its key stands on the other side with a value that counts as right there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extract.facts import (
    Citation,
    Entrustment,
    Facts,
    Flow,
    FlowKind,
    Handover,
    Mark,
    MarkRead,
    Usage,
)
from tests.forms.places import squeeze

Key = tuple[str, ...]
Row = tuple[str, Key, str]
"""Kind of statement, key, and value."""

MARKS = ("connections", "categories", "sources", "media")
"""The kinds of statements whose values are states of tick boxes."""

_BLANKS = ("", "-", "なし")
_CITED = frozenset(
    {Usage.NUMBER_USE, Usage.LINKAGE, Usage.INQUIRY, Usage.SUPPLY, Usage.PROVISION, Usage.TRANSFER},
)


@dataclass(slots=True)
class Expected:
    """What may be said under one key: the values that are right; ``optional`` where silence is right too."""

    values: frozenset[str]
    optional: bool = False


@dataclass(slots=True)
class Tally:
    """How much of one kind was right; ``false_yes`` are boxes of the form read as ticked that are not."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    false_yes: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 1 where there was nothing to say and nothing said."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def __iadd__(self, other: Tally) -> Tally:
        self.right += other.right
        self.found += other.found
        self.wanted += other.wanted
        self.false_yes += other.false_yes
        self.misses += other.misses
        return self


def compare(expected: Mapping[str, Mapping[Key, Expected]], facts: Facts) -> dict[str, Tally]:
    """Return a tally for each kind of statement that the truth speaks of."""
    found: dict[str, dict[Key, str]] = {kind: {} for kind in expected}
    for kind, key, value in rows_of(facts):
        if kind in found:
            found[kind][key] = value
    return {kind: _tally(kind, expected[kind], found[kind]) for kind in expected}


def _tally(kind: str, expected: Mapping[Key, Expected], found: Mapping[Key, str]) -> Tally:
    tally = Tally(found=len(found))
    for key in {**expected, **found}:
        right, got = expected.get(key), found.get(key)
        if right is not None and got is None and right.optional:
            continue
        tally.wanted += right is not None
        if right is not None and got in right.values:
            tally.right += 1
            continue
        wanted = "nothing" if right is None else "/".join(sorted(right.values))
        tally.misses.append(f"{kind} {' > '.join(key)}: wanted {wanted[:60]}, got {(got or 'nothing')[:60]}")
        if kind in MARKS and right is not None and got == Mark.YES:
            tally.false_yes.append(tally.misses[-1])
    return tally


# -- facts as rows -------------------------------------------------------------------------------


def rows_of(facts: Facts) -> Iterator[Row]:
    """Return every statement of ``facts`` that the truth of a generated form can speak of."""
    yield from _cover_rows(facts)
    yield from _file_rows(facts)
    yield from _mark_rows(facts)
    for entrustment in facts.entrustments:
        yield from _entrustment_rows(entrustment)
    for handover in facts.handovers:
        yield from _handover_rows(handover)
    for basis in facts.legal_bases:
        if basis.usage in _CITED and any(_numbers_of(basis.citation)):
            yield "legal-bases", (basis.usage, canonical(basis.citation)), "cited"
    for change in facts.changes:
        key = (change.date or "", squeeze(change.item or ""))
        yield "changes", key, "printed"
        texts = {"before": change.before, "after": change.after, "timing": change.timing}
        yield from texts_of("change-texts", key, texts)
    for flow in facts.flows:
        yield from _flow_rows(flow)
    for denied in facts.denied_flows:
        yield "denied", (squeeze(denied.source), squeeze(denied.target)), "denied"


def texts_of(kind: str, key: Key, fields: Mapping[str, str | None]) -> Iterator[Row]:
    """Return a row for each of the fields that says something."""
    for name, value in fields.items():
        text = squeeze(value or "")
        if text not in _BLANKS:
            yield kind, (*key, name), text


def canonical(citation: Citation) -> str:
    """Return a citation as one text: law, article, paragraph, item, table, row, parted by slashes."""
    return "/".join((squeeze(citation.law), *_numbers_of(citation)))


def _numbers_of(citation: Citation) -> tuple[str, ...]:
    return (citation.article, citation.paragraph, citation.item, citation.table, citation.table_item)


def _cover_rows(facts: Facts) -> Iterator[Row]:
    cover = facts.evaluation
    fields = ("number", "title", "form", "agency", "office", "business", "published", "form_version", "subjects")
    yield from texts_of("evaluation", (), {name: getattr(cover, name) for name in fields})
    for department in facts.departments:
        yield from texts_of("evaluation", (), {"department": department.name, "head": department.head})
    for incident in facts.incidents:
        yield "incidents", (), incident.occurred
    for system in facts.systems:
        if system.number is not None:
            yield "systems", (str(system.number),), squeeze(system.name)


def _file_rows(facts: Facts) -> Iterator[Row]:
    fields = ("kind", "subjects", "scope", "items", "since", "department", "retention", "use_since", "purpose")
    for file in facts.files:
        name = squeeze(file.name)
        yield "files", (name,), "named"
        yield from texts_of("file-texts", (name,), {one: getattr(file, one) for one in fields})
    for use in facts.uses:
        yield from texts_of("file-texts", (squeeze(use.file),), {"users": use.users})
        yield from (("use-departments", (squeeze(use.file), squeeze(one)), "named") for one in use.departments)
    for storage in facts.storages:
        yield "sites", (squeeze(storage.file), squeeze(storage.site)), "named"
    for one in facts.declared:
        if one.count:
            yield "declared", (squeeze(one.file), one.what), str(one.count)


def _mark_rows(facts: Facts) -> Iterator[Row]:
    for connection in facts.connections:
        yield "connections", (squeeze(connection.system), squeeze(connection.target)), _state(connection.mark)
    for box in facts.categories:
        yield "categories", (squeeze(box.file), short_label(box.category)), _state(box.mark)
    for source in facts.sources:
        yield "sources", (squeeze(source.file), squeeze(source.kind)), _state(source.mark)
        for name in source.names:
            yield "source-names", (squeeze(source.file), squeeze(source.kind), squeeze(name)), "named"
    for medium in facts.media:
        number = "" if medium.number is None else str(medium.number)
        key = (squeeze(medium.file), medium.of, number, short_label(medium.medium))
        yield "media", key, _state(medium.mark)


def _state(mark: MarkRead) -> str:
    return mark.state.value


def short_label(label: str) -> str:
    """Return a box's label without its parenthesis; the forms' versions of 4情報 are one label.

    >>> short_label("基本4情報(氏名、性別、生年月日、住所)"), short_label("電子記録媒体(フラッシュメモリを除く。)")
    ('4情報', '電子記録媒体')
    """
    text = squeeze(label).partition("(")[0]
    return "4情報" if text in {"基本4情報", "5情報"} else text


def _entrustment_rows(one: Entrustment) -> Iterator[Row]:
    key = (squeeze(one.file), str(one.number))
    fields = ("subject", "content", "scope", "subjects", "headcount", "confirmation", "entrustee", "re_entrusted")
    texts = {name: getattr(one, name) for name in (*fields, "permission", "re_entrusted_matter")}
    yield from texts_of("entrustments", key, texts)
    yield from (("entrustees", (*key, squeeze(name)), "named") for name in one.entrustees)
    yield from (("sub-entrustees", (*key, squeeze(name)), "named") for name in one.sub_entrustees)


def _handover_rows(one: Handover) -> Iterator[Row]:
    key = (squeeze(one.file), one.kind, str(one.number))
    fields = ("recipient", "legal_basis", "purpose", "data", "subjects", "scope", "frequency")
    yield from texts_of("handovers", key, {name: getattr(one, name) for name in fields})


def _flow_rows(one: Flow) -> Iterator[Row]:
    ends = (squeeze(one.source), squeeze(one.target))
    if one.kind is FlowKind.NARRATIVE:
        yield "narrative", ends, "stated"
    else:
        yield "flows", (one.kind, *ends), "stated"
