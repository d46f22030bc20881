"""Ⅱ-1 to Ⅱ-3: each file, its recorded categories, where its data come from and by which medium, its use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.cells import BLANKS, Block
from extract.checks import Ticked, labels_of, read_list
from extract.choices import read_choice
from extract.facts import (
    Basis,
    CategoryMark,
    Change,
    Evidence,
    File,
    FlowKind,
    Mark,
    MarkRead,
    MediumMark,
    SourceMark,
    Use,
)
from extract.names import bare_name, split_names
from extract.normalize import clean, folded
from extract.outline import FileSection
from extract.rules.context import Context
from extract.rules.settling import (
    settle_by_annex,
    settle_by_changes,
    settle_by_parenthesis,
    settle_by_statements,
    settle_by_validity,
    statements_of,
)


@dataclass(frozen=True)
class NamedSection:
    """A section Ⅱ with the name of its file."""

    name: str
    section: FileSection


def name_sections(context: Context) -> list[NamedSection]:
    """Return the sections Ⅱ with their files' names; a lost name is taken from Ⅰ-3 if only one is free."""
    listed = _listed_names(context)
    named = []
    for at, section in enumerate(context.outline.files):
        block = section.items.get("II-1")
        name = bare_name(context.text(block) or "")
        if not name:
            name = listed[at] if len(listed) == len(context.outline.files) else f"（名称の記載なし {at + 1}）"
        named.append(NamedSection(name, section))
    return named


def _listed_names(context: Context) -> list[str]:
    block = context.outline.basics.get("I-3")
    if block is None:
        return []
    names = [bare_name(name) for name in split_names(context.raw(block))]
    return [name for name in dict.fromkeys(names) if name and name not in BLANKS]


def read_files(context: Context, sections: Sequence[NamedSection]) -> list[File]:
    """Return one record for each section Ⅱ, and one for each name of Ⅰ-3 that has no section."""
    files = [_read_file(context, named) for named in sections]
    known = {folded(file.name) for file in files}
    block = context.outline.basics.get("I-3")
    if block is not None:
        evidence = (context.evidence(block),)
        files.extend(File(name=name, evidence=evidence) for name in _listed_names(context) if folded(name) not in known)
    return files


def _read_file(context: Context, named: NamedSection) -> File:
    items = named.section.items
    text = {
        key: context.text(items.get(key))
        for key in ("file.scope", "file.since", "file.department", "use.since", "use.purpose")
    }
    if not text["file.department"]:
        text["file.since"], text["file.department"] = _part_date(text["file.since"])
    choice = {
        key: read_choice(context.outline, key, items.get(key))
        for key in ("file.kind", "file.subjects", "file.items", "keep.retention")
    }
    evidence = [context.evidence(items["II-1"])] if "II-1" in items else []
    evidence += [context.evidence(items[key]) for key, words in text.items() if words and key in items]
    evidence += [
        context.evidence_at(context.item_id(items[key]), found.start, found.end)
        for key, found in choice.items()
        if found
    ]
    value = {key: found.value if found else None for key, found in choice.items()}
    return File(
        name=named.name,
        kind=value["file.kind"],
        subjects=value["file.subjects"],
        scope=text["file.scope"],
        items=value["file.items"],
        since=text["file.since"],
        department=text["file.department"],
        retention=value["keep.retention"],
        use_since=text["use.since"],
        purpose=text["use.purpose"],
        evidence=tuple(evidence) or (_section_evidence(context, named.section),),
    )


_SINCE = re.compile(
    r"^(?P<since>[^年]{0,6}\d{1,4}年\d{1,2}月(?:\d{1,2}日)?(?:\s*予定)?)\s*(?P<rest>\S{2,40}(?:部|課|室|局|係|所|センター))$"
)


def _part_date(since: str | None) -> tuple[str | None, str | None]:
    """Part ⑤保有開始日 from the department that a lost label has let run into its cell."""
    match = _SINCE.match(since or "")
    return (match["since"], match["rest"]) if match else (since, None)


def _section_evidence(context: Context, section: FileSection) -> Evidence:
    return context.evidence_at("II", section.start, min(section.end, section.start + 30))


# -- check lists ---------------------------------------------------------------------------------


def read_categories(
    context: Context, sections: Sequence[NamedSection], changes: Sequence[Change]
) -> list[CategoryMark]:
    """主な記録項目: the nineteen boxes of each file."""
    marks: list[CategoryMark] = []
    labels = labels_of("file.categories")
    annex = context.outline.first("annex.records")
    for named in sections:
        block = named.section.items.get("file.categories")
        ticked = read_list(context.outline, block)
        ticked = settle_by_changes("file.categories", ticked, changes, _rows("主な記録項目", named, sections))
        ticked = settle_by_parenthesis(ticked)
        ticked = settle_by_validity(context, named.section.items.get("file.validity"), ticked, labels)
        if len(sections) == 1:
            ticked = settle_by_annex(context, annex, ticked)
        marks.extend(
            CategoryMark(file=named.name, category=label, mark=read, evidence=(evidence,))
            for label, read, evidence in _each_box(context, block, ticked)
        )
    return marks


def _rows(label: str, named: NamedSection, sections: Sequence[NamedSection]) -> tuple[str, ...]:
    """Return what a change row must name: the item, and the file where there are several."""
    return (label,) if len(sections) == 1 else (label, folded(named.name))


def _each_box(
    context: Context, block: Block | None, ticked: dict[str, Ticked], number: int | None = None
) -> list[tuple[str, MarkRead, Evidence]]:
    """Return every box that the form has; one that was not found is unclear, not absent."""
    if block is None:
        return []
    item = context.item_id(block, number)
    rows = []
    for label in labels_of(block.key):
        box = ticked.get(label)
        if box is None:
            read = MarkRead(state=Mark.UNCLEAR, basis=Basis.LOST, why="枠がこの欄に見つからない")
            rows.append((label, read, context.evidence_at(item, block.start, block.label_end)))
        else:
            rows.append((label, box.mark, context.evidence_at(item, box.start, box.end)))
    return rows


def read_sources(context: Context, sections: Sequence[NamedSection], changes: Sequence[Change]) -> list[SourceMark]:
    """①入手元: the six boxes of each file with the names in their parentheses."""
    marks: list[SourceMark] = []
    for named in sections:
        block = named.section.items.get("get.sources")
        ticked = settle_by_parenthesis(read_list(context.outline, block))
        ticked = settle_by_changes("get.sources", ticked, changes, _rows("入手元", named, sections))
        ticked = settle_by_statements(context, "get.sources", ticked, list(statements_of(context, named.section)))
        marks.extend(
            SourceMark(
                file=named.name,
                kind=label,
                names=tuple(name for name in split_names(ticked[label].raw) if name not in BLANKS)
                if label in ticked
                else (),
                mark=read,
                evidence=(evidence,),
            )
            for label, read, evidence in _each_box(context, block, ticked)
        )
    return marks


def read_get_media(context: Context, sections: Sequence[NamedSection], changes: Sequence[Change]) -> list[MediumMark]:
    """②入手方法: the eight boxes of each file."""
    marks: list[MediumMark] = []
    for named in sections:
        block = named.section.items.get("get.media")
        ticked = settle_by_parenthesis(read_list(context.outline, block))
        ticked = settle_by_changes("get.media", ticked, changes, _rows("入手方法", named, sections))
        ticked = settle_by_statements(context, "get.media", ticked, list(statements_of(context, named.section)))
        marks.extend(media_marks(context, named.name, FlowKind.ACQUISITION, None, block, ticked))
    return marks


def media_marks(  # noqa: PLR0913, PLR0917  the columns of the record
    context: Context, file: str, of: FlowKind, number: int | None, block: Block | None, ticked: dict[str, Ticked]
) -> list[MediumMark]:
    """Return one record for each box of a list of media."""
    return [
        MediumMark(
            file=file,
            of=of,
            number=number,
            medium=label,
            detail=clean(ticked[label].raw) if label in ticked else "",
            mark=read,
            evidence=(evidence,),
        )
        for label, read, evidence in _each_box(context, block, ticked, number)
    ]


def read_uses(context: Context, sections: Sequence[NamedSection]) -> list[Use]:
    """⑦使用の主体 and ⑧使用方法."""
    uses = []
    for named in sections:
        items = named.section.items
        blocks = [items[key] for key in ("use.departments", "use.users", "use.method", "use.matching") if key in items]
        if not blocks:
            continue
        users = read_choice(context.outline, "use.users", items.get("use.users"))
        uses.append(
            Use(
                file=named.name,
                departments=tuple(split_names(context.text(items.get("use.departments")) or "")),
                users=users.value if users else None,
                method=context.text(items.get("use.method")),
                matching=context.text(items.get("use.matching")),
                evidence=tuple(context.evidence(block) for block in blocks),
            )
        )
    return uses
