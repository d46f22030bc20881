"""Ⅱ-5: provisions and transfers, the media of all handling, and the counts that the form declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.cells import BLANKS, Block
from extract.checks import Ticked, read_list, settle
from extract.choices import read_choice
from extract.facts import (
    Basis,
    Declared,
    FlowKind,
    Handover,
    Mark,
    MarkRead,
    MediumMark,
)
from extract.names import is_placeholder, split_joined, split_names
from extract.normalize import clean, folded
from extract.outline import FileSection
from extract.records import Record
from extract.rules.context import Context
from extract.rules.files import NamedSection, media_marks
from extract.rules.settling import settle_by_parenthesis

_KINDS = {"provide": FlowKind.PROVISION, "transfer": FlowKind.TRANSFER}
_RECIPIENT_HEAD = re.compile(
    r"^\s*(?P<name>[^\s「」『』（）()。、]{2,20}?(?:市区町村|市町村|[市区町村県府都省庁局部課]|機構|基金|組合|連合会?|委員会))\s+(?=\S)"
)


def read_handovers(context: Context, sections: Sequence[NamedSection]) -> list[Handover]:
    """提供先n and 移転先n of each file."""
    handovers: list[Handover] = []
    for named in sections:
        for group, records in _handover_records(named.section):
            handovers.extend(
                _read_handover(context, named.name, group, record)
                for record in records
                if not record.is_blank(context.stream)
            )
    return handovers


def _handover_records(section: FileSection) -> Iterator[tuple[str, list[Record]]]:
    yield "provide", section.provisions
    yield "transfer", section.transfers


def _read_handover(context: Context, file: str, group: str, record: Record) -> Handover:
    items, number = record.items, record.number
    basis = context.text(items.get(f"{group}.basis"))
    recipient = context.text(record.heading)
    names = split_names(context.raw(record.heading)) if recipient else []
    names = [one for name in names for one in split_joined(name)]
    if recipient is None:
        recipient, basis = _recipient_in_basis(context.raw(items.get(f"{group}.basis")), basis)
        names = [recipient] if recipient else []
    subjects = read_choice(context.outline, f"{group}.subjects", items.get(f"{group}.subjects"))
    found = [context.evidence(record.heading, number)] if record.heading else []
    found += [
        context.evidence(items[f"{group}.{name}"], number)
        for name in ("basis", "purpose", "data", "times")
        if f"{group}.{name}" in items and items[f"{group}.{name}"].pieces
    ]
    return Handover(
        file=file,
        kind=_KINDS[group],
        number=number,
        recipient=recipient,
        recipients=tuple(name for name in names if name not in BLANKS and not is_placeholder(name))
        or _whole(recipient),
        legal_basis=basis,
        purpose=context.text(items.get(f"{group}.purpose")),
        data=context.text(items.get(f"{group}.data")),
        subjects=subjects.value if subjects else None,
        scope=context.text(items.get(f"{group}.persons")),
        frequency=context.text(items.get(f"{group}.times")),
        evidence=tuple(found) or (context.evidence(record.first, number),),
    )


def _whole(recipient: str | None) -> tuple[str, ...]:
    return (recipient,) if recipient and not is_placeholder(recipient) else ()


def _recipient_in_basis(raw: str, basis: str | None) -> tuple[str | None, str | None]:
    """Take the recipient's name from the head of ①法令上の根拠, where the lost heading's text has run in."""
    match = _RECIPIENT_HEAD.match(re.sub(r"<[a-z/][^<>]*>", " ", raw))
    if match is None:
        return None, basis
    return clean(match["name"]), (basis or "")[len(clean(match["name"])) :] or None


# -- media ---------------------------------------------------------------------------------------


def read_handling_media(context: Context, sections: Sequence[NamedSection]) -> list[MediumMark]:
    """④提供方法 of the entrustments, ⑥提供方法 and ⑥移転方法 of the handovers."""
    marks: list[MediumMark] = []
    for named in sections:
        groups = (("entrust", FlowKind.ENTRUSTMENT, named.section.entrustments), *_handover_groups(named.section))
        for group, kind, records in groups:
            for record in records:
                block = record.items.get(f"{group}.media")
                if block is not None and not record.is_blank(context.stream):
                    ticked = settle_by_parenthesis(read_list(context.outline, block))
                    marks.extend(media_marks(context, named.name, kind, record.number, block, ticked))
    return marks


def _handover_groups(section: FileSection) -> Iterator[tuple[str, FlowKind, list[Record]]]:
    for group, records in _handover_records(section):
        yield group, _KINDS[group], records


# -- declared counts -----------------------------------------------------------------------------

_OTHER_COUNTS = ("提供を行っている", "移転を行っている")
_COUNT = re.compile(r"\((\d{1,3})\)件")


def read_declared(context: Context, sections: Sequence[NamedSection]) -> list[Declared]:
    """委託 n 件, 提供 n 件, 移転 n 件 as declared, beside the number of records found."""
    declared: list[Declared] = []
    for named in sections:
        found = {
            FlowKind.ENTRUSTMENT: named.section.entrustments,
            FlowKind.PROVISION: named.section.provisions,
            FlowKind.TRANSFER: named.section.transfers,
        }
        counts = {
            kind: sum(not record.is_blank(context.stream) for record in records) for kind, records in found.items()
        }
        declared.extend(_declared_entrustments(context, named, counts[FlowKind.ENTRUSTMENT]))
        declared.extend(_declared_handovers(context, named, counts))
    return declared


def _declared_entrustments(context: Context, named: NamedSection, found: int) -> Iterator[Declared]:
    block = named.section.items.get("entrust.declared")
    if block is None:
        return
    choice = read_choice(context.outline, "entrust.declared", block)
    count = _count_after(context, block)
    state = {"委託する": Mark.YES, "委託しない": Mark.NO}.get(choice.value if choice else "", Mark.UNCLEAR)
    mark = MarkRead(state=state, basis=Basis.GLYPH if choice else Basis.LOST, why="委託の有無の選択")
    evidence = (context.evidence(block),)
    yield Declared(file=named.name, what=FlowKind.ENTRUSTMENT, count=count, found=found, mark=mark, evidence=evidence)


def _count_after(context: Context, block: Block) -> int | None:
    """Return the count in （n）件 behind the label, or the only one on its page."""
    text = context.stream.text
    match = _COUNT.search(text, block.label_end, context.outline.next_start(block))
    if match is None and not context.outline.has_tables:
        page = context.outline.pages_of(block.start, block.label_end)[0]
        matches = [one for one in _COUNT.finditer(text, *page) if not text[: one.start()].endswith(_OTHER_COUNTS)]
        match = matches[0] if len(matches) == 1 else None
    return int(match.group(1)) if match else None


def _declared_handovers(context: Context, named: NamedSection, counts: dict[FlowKind, int]) -> Iterator[Declared]:
    block = named.section.items.get("handover.declared")
    if block is None:
        return
    ticked = read_list(context.outline, block)
    none = ticked.get("行っていない")
    labels = {FlowKind.PROVISION: "提供を行っている", FlowKind.TRANSFER: "移転を行っている"}
    for kind, label in labels.items():
        box = ticked.get(label)
        if box is None:
            continue
        number = re.search(r"\d+", folded(box.raw))
        box = _settled_by_none(box, none)
        evidence = (context.evidence_at(context.item_id(block), box.start, box.end),)
        count = int(number.group()) if number else None
        yield Declared(file=named.name, what=kind, count=count, found=counts[kind], mark=box.mark, evidence=evidence)


def _settled_by_none(box: Ticked, none: Ticked | None) -> Ticked:
    """「行っていない」 that is ticked says no for both boxes before it; a count says yes."""
    if box.mark.state is not Mark.UNCLEAR:
        return box
    if re.search(r"[1-9]", folded(box.raw)):
        return settle(box, Mark.YES, Basis.PARENTHESIS, "件数が記載されている")
    if none is not None and none.mark.state is Mark.YES:
        return settle(box, Mark.NO, Basis.CONTRAST, "「行っていない」が選択されている")
    return box
