"""What the document announces, declares or refers to and this text does not hold. Reported, never invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.blocks import part_of, text_of
from extract.choices import read_choice
from extract.facts import (
    CategoryMark,
    Change,
    Connection,
    Declared,
    Entrustment,
    Evaluation,
    Evidence,
    Fact,
    Form,
    Gap,
    Mark,
    MarkRead,
    MediumMark,
    SourceMark,
)
from extract.form import BY_KEY, OPTIONS, Kind, Part
from extract.names import is_placeholder
from extract.normalize import folded
from extract.records import Record
from extract.rules.context import Context
from extract.rules.files import NamedSection

_REFERENCE = re.compile(
    r"(?P<what>別[添紙]|別表(?!第|の|[一二三四五六七八九]))(?P<number>\d{0,2})(?P<title>「[^」]{1,40}」)?(?:を?参照|のとおり|に記載|に掲げる|による)"
)
_ATTACHED = re.compile(r"^(?:添付(?:資料)?|別紙|別添|別途|次頁|次ページ)[^。]{0,20}(?:のとおり|参照)[。]?$")
_SHORT_ANNEX = 60

_RISK_SECTIONS = ("III-2", "III-3", "III-4", "III-5", "III-6", "III-7")
_EXPECTED: dict[Form, tuple[str, ...]] = {
    Form.FULL: (
        "business.name",
        "business.content",
        "business.subjects",
        "system.name",
        "I-3",
        "number.basis",
        "network.use",
        "department.name",
        "annex.business",
        "annex.records",
        *_RISK_SECTIONS,
        "risk.incident",
        "changes",
    ),
    Form.FOCUSED: (
        "business.name",
        "business.content",
        "business.subjects",
        "system.name",
        "I-3",
        "number.basis",
        "network.use",
        "department.name",
        "annex.records",
        *_RISK_SECTIONS,
        "risk.incident",
        "changes",
    ),
    Form.BASIC: (
        "business.name",
        "business.content",
        "system.name",
        "I-3",
        "number.basis",
        "network.use",
        "department.name",
    ),
}
_PER_FILE: dict[Form, tuple[str, ...]] = {
    Form.FULL: (
        "file.kind",
        "get.sources",
        "get.media",
        "entrust.declared",
        "handover.declared",
        "keep.site",
        "keep.deletion",
    ),
    Form.FOCUSED: ("file.kind", "get.sources", "get.media", "entrust.declared", "handover.declared", "keep.site"),
}


def find_gaps(  # noqa: PLR0913  everything that was read, kind by kind
    context: Context,
    *,
    evaluation: Evaluation,
    sections: Sequence[NamedSection],
    connections: Iterable[Connection],
    declared: Iterable[Declared],
    entrustments: Iterable[Entrustment],
    changes: Iterable[Change],
    marks: Iterable[tuple[str, MarkRead, Evidence]],
) -> list[Gap]:
    """Return everything that is missing, in the order: cover, items, sections, annexes, counts, values, marks."""
    return [
        *_cover(context, evaluation),
        *_missing_items(context),
        *_missing_sections(context, sections),
        *_missing_numbers(context, "システム", context.outline.systems),
        *_annexes(context),
        *_counts(declared),
        *_values(context),
        *_placeholders(entrustments),
        *_dates(evaluation, changes),
        *_marks(marks, connections),
        *_cut(context),
    ]


def _gap(kind: str, what: str, evidence: Evidence) -> Gap:
    return Gap(kind=kind, what=what, evidence=(evidence,))


def _document_start(context: Context) -> Evidence:
    return context.evidence_at("文書", 0, min(len(context.stream), 40))


def _cover(context: Context, evaluation: Evaluation) -> Iterator[Gap]:
    names = {"number": "評価書番号", "title": "評価書名", "office": "評価実施機関名", "published": "公表日"}
    for field, label in names.items():
        if not getattr(evaluation, field):
            yield _gap("value", f"表紙に{label}の記載がない", _document_start(context))
    if evaluation.form is None:
        yield _gap("value", "様式（全項目・重点項目・基礎項目）が分からない", _document_start(context))


def _missing_items(context: Context) -> Iterator[Gap]:
    found = {block.key for block in context.outline.blocks}
    for key in _EXPECTED.get(context.form or Form.FULL, ()):
        if key not in found:
            item = BY_KEY[key]
            yield _gap(
                "item", f"{item.id_in(context.form)}「{item.labels[0]}」が見つからない", _document_start(context)
            )


def _missing_sections(context: Context, sections: Sequence[NamedSection]) -> Iterator[Gap]:
    expected = _PER_FILE.get(context.form, ()) if context.form else ()
    for named in sections:
        at = context.evidence_at("II", named.section.start, named.section.start + 20)
        for key in expected:
            if key not in named.section.items:
                item = BY_KEY[key]
                yield _gap("section", f"{named.name}：{item.id_in(context.form)}「{item.labels[0]}」が見つからない", at)
    if expected and not sections:
        yield _gap("section", "Ⅱ 特定個人情報ファイルの概要が見つからない", _document_start(context))


def _missing_numbers(context: Context, name: str, records: Sequence[Record]) -> Iterator[Gap]:
    real = [record for record in records if not record.is_blank(context.stream)]
    numbers = sorted({record.number for record in real})
    missing = sorted(set(range(1, numbers[-1] + 1)) - set(numbers)) if numbers else []
    if missing:
        listed = "、".join(map(str, missing))
        block = next(record.first for record in real if record.number > missing[0])
        yield _gap("count", f"{name}{listed}の記載がない（番号が飛んでいる）", context.evidence(block, block.number))


def _annexes(context: Context) -> Iterator[Gap]:
    for key, name in (("annex.business", "別添（事務の内容）"), ("annex.records", "別添（記録項目）")):
        block = context.outline.first(key)
        if block is not None:
            text = text_of(context.stream, block) or ""
            if not text or _ATTACHED.match(folded(text)):
                yield _gap("annex", f"{name}は見出しのみで、内容がこの文書にない", context.evidence(block))
    yield from _references(context)


def _references(context: Context) -> Iterator[Gap]:
    """別紙, 別表 and 別添 that a cell refers to and that stand nowhere as a heading with text below."""
    text = context.stream.text
    seen: set[str] = set()
    for match in _REFERENCE.finditer(text):
        name = match["what"] + match["number"]
        if name in seen or _has_heading(context, name, match["title"]):
            continue
        seen.add(name)
        line = context.stream.line_of(match.start())
        what = f"{line}行が参照する{name}{match['title'] or ''}がこの文書にない"
        yield _gap("annex", what, context.evidence_at("参照", match.start(), match.end()))


def _has_heading(context: Context, name: str, title: str | None) -> bool:
    stream = context.stream
    words = rf"\(?{re.escape(name)}(?!\d)\)?"
    for match in re.finditer(words, stream.text):
        opens = match.start() in stream.line_starts
        rest = stream.text[match.end() : match.end() + 60]
        if opens and not re.match(r"を?参照|のとおり|に記載", rest) and not _ATTACHED.match(rest.split("。")[0]):
            body = stream.line_end(match.end())
            if body < len(stream) and not re.match(r"添付資料|別紙|\(?別添\d", stream.text[body : body + 12]):
                return True
    return bool(title) and stream.text.count(title.strip("「」")) > 1 if title else False


def _counts(declared: Iterable[Declared]) -> Iterator[Gap]:
    words = {"entrustment": "委託", "provision": "提供", "transfer": "移転"}
    for one in declared:
        state = one.mark.state if one.mark else Mark.UNCLEAR
        word = words[one.what.value]
        if one.count is not None and one.count != one.found:
            what = f"{one.file}：{word}は{one.count}件とあるが、この文書の記載は{one.found}件"
            yield Gap(kind="count", what=what, evidence=one.evidence)
        elif one.count is None and state is Mark.YES:
            what = f"{one.file}：{word}の件数の記載がない（この文書の記載は{one.found}件）"
            yield Gap(kind="count", what=what, evidence=one.evidence)


def _values(context: Context) -> Iterator[Gap]:
    """Cells that offer options and select none."""
    blank = [
        block
        for records in _all_records(context)
        for record in records
        if record.is_blank(context.stream)
        for block in record.items.values()
    ]
    for block in context.outline.blocks:
        offers = block.key in OPTIONS and block.kind is Kind.CHOICE and block not in blank
        if offers and read_choice(context.outline, block.key, block) is None:
            what = f"{context.item_id(block)}「{BY_KEY[block.key].labels[0]}」の選択が読み取れない"
            yield _gap("value", what, context.evidence_at(context.item_id(block), block.start, block.label_end))


def _all_records(context: Context) -> Iterator[list[Record]]:
    yield context.outline.systems
    for section in context.outline.files:
        yield section.entrustments
        yield section.provisions
        yield section.transfers


def _placeholders(entrustments: Iterable[Entrustment]) -> Iterator[Gap]:
    for record in entrustments:
        name = record.entrustee
        if name is None or is_placeholder(name):
            said = f"「{name}」とあり、" if name else ""
            what = f"{record.file}：委託事項{record.number}の委託先名は{said}この文書からは分からない"
            yield Gap(kind="value", what=what, evidence=record.evidence[:1])


def _dates(evaluation: Evaluation, changes: Iterable[Change]) -> Iterator[Gap]:
    late = [change for change in changes if change.date and evaluation.published and change.date > evaluation.published]
    if late:
        days = "、".join(dict.fromkeys(str(change.date) for change in late))
        what = f"変更箇所の変更日（{days}）が公表日{evaluation.published}より後になっている"
        yield Gap(kind="contradiction", what=what, evidence=tuple(change.evidence[0] for change in late))


def _marks(marks: Iterable[tuple[str, MarkRead, Evidence]], connections: Iterable[Connection]) -> Iterator[Gap]:
    """Report lists of boxes with lost marks, one gap a list, and marks against which a sentence speaks."""
    lists: dict[str, list[Evidence]] = {}
    rows = [*marks, *((f"{one.system}：他のシステムとの接続", one.mark, one.evidence[0]) for one in connections)]
    for name, mark, evidence in rows:
        if mark.state is Mark.UNCLEAR:
            lists.setdefault(name, []).append(evidence)
        for against in mark.against:
            what = f"{name}：枠の印と{against.line}行の記載が食い違う"
            yield _gap("contradiction", what, against)
    for name, evidence_list in lists.items():
        yield _gap("mark", f"{name}：{len(evidence_list)}個の枠の印が読み取れない", evidence_list[0])


def _cut(context: Context) -> Iterator[Gap]:
    """Report a text that ends before the closing parts of the form."""
    last = context.outline.blocks[-1] if context.outline.blocks else None
    if last is not None and context.form is not Form.BASIC and part_of(last).value < Part.RISKS.value:
        what = f"{context.evidence(last).item}より後の部分がこの文書にない（途中で切れている）"
        yield _gap("cut", what, context.evidence_at(context.item_id(last), last.start, last.label_end))


def marks_of(facts: Iterable[Fact]) -> Iterator[tuple[str, MarkRead, Evidence]]:
    """Return every box of the check lists of the files, named for the list it stands in."""
    for fact in facts:
        if isinstance(fact, CategoryMark):
            yield f"{fact.file}：主な記録項目", fact.mark, fact.evidence[0]
        elif isinstance(fact, SourceMark):
            yield f"{fact.file}：入手元", fact.mark, fact.evidence[0]
        elif isinstance(fact, MediumMark):
            number = "" if fact.number is None else str(fact.number)
            words = {
                "acquisition": "入手方法",
                "entrustment": "委託事項{n} 提供方法",
                "provision": "提供先{n} 提供方法",
                "transfer": "移転先{n} 移転方法",
            }
            yield f"{fact.file}：{words[fact.of.value].format(n=number)}", fact.mark, fact.evidence[0]
