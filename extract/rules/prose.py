"""The prose handed to the narrative reader: which texts, who acts in each, and the document's own names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.blocks import part_of
from extract.cells import Block, Piece
from extract.facts import Alias, EndKind, Form, System
from extract.flows.passages import Names, Passage
from extract.flows.placeholders import names_nobody
from extract.form import Kind, Part
from extract.records import Record
from extract.rules.context import Context
from extract.rules.files import NamedSection
from extract.rules.movements import Stated

_TASKS = "entrust.content"
_FUNCTION = "system.function"
_PROSE = frozenset(
    {
        "business.content",
        _FUNCTION,
        "reason.need",
        "reason.merit",
        "network.basis",
        "annex.business",
        "annex.notes",
        "get.times",
        "get.validity",
        "get.notice",
        "use.purpose",
        "use.method",
        "use.matching",
        _TASKS,
        "keep.site",
        "keep.deletion",
        "II-7",
        "IV-3",
    }
)


def passages_of(
    context: Context, sections: Sequence[NamedSection], systems: Sequence[System], stated: Stated
) -> list[Passage]:
    """Return the prose of the document with, for each text, who acts in it where a sentence names nobody."""
    speakers = _system_speakers(context.outline.systems, systems)
    passages: list[Passage] = []
    for block in context.outline.blocks:
        if block.kind is not Kind.TEXT or not _is_prose(block):
            continue
        system = speakers.get(block.start)
        file = _file_of(sections, block)
        department = _acting_department(context, stated, block, file)
        kind = EndKind.SYSTEM if system else EndKind.DEPARTMENT if department else EndKind.UNKNOWN
        entrustee = _entrustee_of(context, stated, block, file)
        passages.extend(
            Passage(
                item=context.item_id(block, context.outline.record_numbers.get(block.start)),
                span=context.stream.span(*piece),
                speaker=entrustee or system or department,
                speaker_kind=EndKind.BODY if entrustee else kind,
                file=file if part_of(block) is Part.FILE else None,
                entrusted=block.key == _TASKS,
                unnamed=block.key == _FUNCTION and system is None,
            )
            for piece in _joined(block.pieces)
        )
    return passages


def _file_of(sections: Sequence[NamedSection], block: Block) -> str | None:
    return next((one.name for one in sections if one.section.start <= block.start < one.section.end), None)


def _acting_department(context: Context, stated: Stated, block: Block, file: str | None) -> str | None:
    """様式3 describes the work of the department in charge; 様式4 that of the agency with all its parts."""
    if context.form is not Form.FOCUSED or part_of(block) not in (Part.FILE, Part.RISKS):
        return None
    files = [file] if file else [one.name for one in stated.files[:1]]
    return next((department for name in files if (department := stated.department_of(name))), None)


def _entrustee_of(context: Context, stated: Stated, block: Block, file: str | None) -> str | None:
    """Return who does what ①委託内容 describes, where it is one alone."""
    if block.key != _TASKS:
        return None
    number = context.outline.record_numbers.get(block.start)
    named = [name for one in stated.entrustments if (one.file, one.number) == (file, number) for name in one.entrustees]
    return named[0] if len(named) == 1 else None


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join pieces that follow each other in the text: a sentence may run on over a blank line."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1][1] == piece[0]:
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def _is_prose(block: Block) -> bool:
    return block.key in _PROSE or (block.key.startswith("risk.") and block.kind is Kind.TEXT)


def _system_speakers(records: Iterable[Record], systems: Iterable[System]) -> dict[int, str]:
    names = {system.number: system.name for system in systems if not names_nobody(system.name)}
    return {
        record.items[_FUNCTION].start: names[record.number]
        for record in records
        if _FUNCTION in record.items and record.number in names
    }


def names_of(stated: Stated, systems: Sequence[System], aliases: Sequence[Alias]) -> Names:
    """Return the document's own gazetteer."""
    bodies = [name for mark in stated.sources for name in mark.names]
    bodies += [name for record in stated.handovers for name in record.recipients]
    bodies += [name for record in stated.entrustments for name in (*record.entrustees, *record.sub_entrustees)]
    departments = [one.department for one in stated.files if one.department and not names_nobody(one.department)]
    return Names(
        agency=stated.evaluation.agency,
        office=stated.evaluation.office,
        departments=tuple(dict.fromkeys(departments)),
        systems=tuple((system.name, *system.aliases) for system in systems if not names_nobody(system.name)),
        aliases={alias.short: alias.full for alias in aliases},
        bodies=tuple(dict.fromkeys(name for name in bodies if not names_nobody(name))),
    )
