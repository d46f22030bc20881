"""表紙 and the general items of Ⅰ: which assessment, of which body, which business; who is in charge."""

from __future__ import annotations

import itertools
import re

from extract.cells import BLANKS, Block
from extract.choices import read_choice
from extract.dates import find_date
from extract.dumps import paragraphs
from extract.facts import Alias, Department, Evaluation, Evidence, Form, OtherAgency
from extract.names import body_of, find_definitions, split_names
from extract.normalize import clean, folded
from extract.outline import Outline
from extract.rules.context import Context
from extract.stream import Break, Stream

_FORM_NAME = re.compile(r"(?P<form>全項目|重点項目|基礎項目)評価書")
_VERSION = re.compile(r"(?:平成|令和)(?:元|\d{1,2})年\d{1,2}月様式[234]")
_DECLARER = re.compile(r"^(?P<name>[^、。]{2,40}?)(?:は|では|においては|に?おいて)[、，]")
_NUMBER = re.compile(r"第?(?P<number>\d{1,4}(?:[-‐]\d{1,3})?)(?:号|(?!\d|年|月))")
_COVER_LENGTH = 1500


def tell_form(outline: Outline) -> Form | None:
    """Return which of the forms this is: by its title, else by the sections that only one form has."""
    text = outline.stream.text
    limit = _cover_end(outline)
    found = [match["form"] for match in _FORM_NAME.finditer(text, 0, max(limit, 200))]
    if found:
        return Form(max(dict.fromkeys(found), key=found.count))
    version = _VERSION.search(text)
    if version:
        return {"4": Form.FULL, "3": Form.FOCUSED, "2": Form.BASIC}[version.group()[-1]]
    keys = {block.key for block in outline.blocks}
    if keys & {"get.times", "entrust.media", "keep.deletion", "reason.need"}:
        return Form.FULL
    if keys & {"threshold.subjects", "threshold.users"}:
        return Form.BASIC
    return Form.FOCUSED if "get.sources" in keys else None


def _cover_end(outline: Outline) -> int:
    parts = [block.start for block in outline.blocks if block.key in ("I", "I-1", "business.name", "I-3", "II")]
    return min(parts, default=min(len(outline.stream), _COVER_LENGTH))


def read_evaluation(context: Context) -> Evaluation:
    """Read the cover and the name of the business."""
    outline = context.outline
    cells = _with_shapes(outline, _cover_cells(outline))
    office, office_evidence = _office(context, cells)
    title = _first_line(cells.get("cover.title"), context) or None
    number = _number(cells.get("cover.number"), context)
    published, published_evidence = _published(context)
    business, business_evidence = _business(context, title)
    evidence = [
        *(context.evidence_at(f"表紙.{name}", *piece) for name, piece in _located(cells)),
        *office_evidence,
        *published_evidence,
        *business_evidence,
    ]
    subjects = read_choice(outline, "business.subjects", outline.basics.get("business.subjects")) or read_choice(
        outline, "threshold.subjects", outline.first("threshold.subjects")
    )
    return Evaluation(
        number=number,
        title=title,
        form=context.form,
        agency=body_of(office) if office else None,
        office=office,
        business=business,
        published=published,
        form_version=_version(context),
        subjects=subjects.value if subjects else None,
        remarks=context.text(outline.basics.get("cover.remarks")),
        evidence=tuple(evidence) or (context.evidence_at("表紙", 0, min(len(context.stream), 40)),),
    )


def _business(context: Context, title: str | None) -> tuple[str | None, list[Evidence]]:
    """Return ①事務の名称; in a scrambled text also where it stands torn from its label, as the title gives it."""
    block = context.outline.basics.get("business.name")
    name = context.text(block)
    if name and block is not None:
        return name, [context.evidence(block)]
    named = re.sub(r"[\s(（]*(?:全項目|重点項目|基礎項目)評価書[)）]?$", "", title or "")
    if context.outline.has_tables or block is None or not named or named == title:
        return None, []
    stream, words = context.stream, folded(named)
    for start, end in paragraphs(stream, _cover_end(context.outline), len(stream)):
        if stream.text[start:end] == words:
            return named, [context.evidence_at(context.item_id(block), start, end)]
    return None, []


def _cover_cells(outline: Outline) -> dict[str, tuple[int, int]]:
    """Return the folded range of each value of the cover; a header row gives its values to the next row."""
    cells = {key: block.pieces[0] for key, block in outline.basics.items() if key.startswith("cover.") and block.pieces}
    header = [outline.basics[key] for key in ("cover.number", "cover.title") if key in outline.basics]
    if len(header) == 2 and _is_header_row(outline.stream, header):  # noqa: PLR2004  the two cells of the row
        header.sort(key=lambda block: block.start)
        last = header[-1]
        if last.pieces:
            values = _with_number_apart(outline.stream, _cells_in(outline.stream, *last.pieces[0]))
            if header[0].key == "cover.number" and not _NUMBER.match(outline.stream.text, values[0][0]):
                header.remove(header[0])  # its cell is empty, so that the row begins with the title
            first, *rest = values
            cells[header[0].key] = first if len(header) > 1 else last.pieces[0]
            if rest and len(header) > 1:
                cells[last.key] = (rest[0][0], rest[-1][1])
    elif "cover.title" in cells and "cover.number" not in cells:
        values = _with_number_apart(outline.stream, _cells_in(outline.stream, *cells["cover.title"]))
        if len(values) > 1 and outline.stream.text[slice(*values[0])].isdigit():
            cells["cover.number"], cells["cover.title"] = values[0], (values[1][0], values[-1][1])
    return cells


def _with_number_apart(stream: Stream, values: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Part the number from the title that white space alone parts it from: 23 架空市民税に関する事務 …."""
    (start, end), *rest = values
    number = re.match(r"\d{1,4}(?=\D)", stream.text[start:end])
    at = start + number.end() if number else start
    return [(start, at), (at, end), *rest] if at > start and stream.breaks[at] else values


_SHAPES: dict[str, re.Pattern[str]] = {
    "cover.number": re.compile(r"第?\d{1,4}(?:[-‐]\d{1,3})?号?"),
    "cover.title": re.compile(r"(?!特定個人情報保護評価書).{4,80}(?:評価書|[事業]務)"),
    "cover.office": re.compile(
        r"[^\d、。・()「」]{1,30}?(?:知事|[都道府県市区町村庁省]長?|大臣|委員会|連合長?|組合|機構|協会|基金|法人|会|会社|理事長|管理者)"
    ),
}
"""What the value of each cell of the cover looks like (folded)."""
_NO_VALUE = re.compile(r"評価書(?:番号|名)?$|^[IVX]+[^A-Z]|^項目一覧|^\(?別添|宣言$|公表日|特記事項|^(?:平成|令和)")


def _with_shapes(outline: Outline, cells: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Put right the values of a scrambled cover: each is the only text of the cover that looks like it.

    A value that looks right beside its label stays; one that does not, and has no other, is dropped.
    """
    if outline.has_tables:
        return cells
    text = outline.stream.text
    pieces = paragraphs(outline.stream, 0, _cover_end(outline))
    for key, shape in _SHAPES.items():
        here = cells.get(key)
        if here is not None and _looks_like(key, shape, text[slice(*here)]):
            continue
        fitting = [piece for piece in pieces if _looks_like(key, shape, text[slice(*piece)])]
        if len(fitting) == 1:
            cells[key] = fitting[0]
        elif here is not None and (key == "cover.number" or _is_others(key, text[slice(*here)])):
            del cells[key]
    return cells


def _is_others(key: str, text: str) -> bool:
    """Tell whether the text is a label, or looks like the value of another cell of the cover."""
    return bool(_NO_VALUE.search(text)) or any(shape.fullmatch(text) for of, shape in _SHAPES.items() if of != key)


def _looks_like(key: str, shape: re.Pattern[str], text: str) -> bool:
    return bool(shape.fullmatch(text)) and (key == "cover.title" or not _NO_VALUE.search(text))


def _is_header_row(stream: Stream, header: list[Block]) -> bool:
    """Tell whether the two labels stand side by side with their values below them."""
    first, second = sorted(header, key=lambda block: block.start)
    beside = first.label_end == second.start and stream.breaks[second.start] in (Break.CELL, Break.SPACE)
    return beside and second.label_end < len(stream) and stream.breaks[second.label_end] >= Break.LINE


def _cells_in(stream: Stream, start: int, end: int) -> list[tuple[int, int]]:
    edges = [start, *(at for at in range(start + 1, end) if Break.CELL <= stream.breaks[at] <= Break.PARAGRAPH), end]
    cells = list(itertools.pairwise(edges))
    if len(cells) == 1:  # the number and the title parted by a space only
        gap = next((at for at in range(start + 1, end) if stream.breaks[at]), end)
        cells = [(start, gap), (gap, end)] if stream.text[start:gap].isdigit() else cells
    return cells


def _located(cells: dict[str, tuple[int, int]]) -> list[tuple[str, tuple[int, int]]]:
    names = {"cover.number": "評価書番号", "cover.title": "評価書名"}
    return [(name, cells[key]) for key, name in names.items() if key in cells]


def _first_line(piece: tuple[int, int] | None, context: Context) -> str:
    """Return the clean text of a cell, lines joined, up to a bracketed note of the form's version."""
    if piece is None:
        return ""
    text = clean(context.stream.raw(*piece))
    return re.split(r"[\[［]\s*(?:平成|令和)", text)[0].strip()


def _number(piece: tuple[int, int] | None, context: Context) -> str | None:
    text = _first_line(piece, context)
    match = _NUMBER.match(folded(text))
    return match["number"] if match else (text or None)


def _office(context: Context, cells: dict[str, tuple[int, int]]) -> tuple[str | None, list[Evidence]]:
    """Return 評価実施機関名, or the body that makes the declaration where the name is missing."""
    piece = cells.get("cover.office")
    if piece is not None:
        end = next(
            (at for at in range(piece[0] + 1, piece[1]) if context.stream.breaks[at] >= Break.PARAGRAPH), piece[1]
        )
        text = clean(context.stream.raw(piece[0], end))
        if text and text not in BLANKS:
            return text, [context.evidence_at("表紙.評価実施機関名", piece[0], end)]
    declaration = cells.get("cover.declaration")
    pieces = [declaration] if declaration else []
    pieces += [piece for block in context.outline.blocks if block.key.startswith("cover.") for piece in block.pieces]
    for start, end in pieces:
        text = clean(context.stream.raw(start, end))
        match = _DECLARER.match(text)
        if match and "宣言" in text:
            return match["name"], [context.evidence_at("表紙.宣言", start, start + len(folded(match["name"])))]
    return None, []


def _published(context: Context) -> tuple[str | None, list[Evidence]]:
    """Return 公表日: the date behind its label, else the only date of the cover."""
    block = context.outline.basics.get("cover.published")
    text = context.stream.text
    if block is not None:
        limit = min(block.end, block.label_end + 60)
        found = find_date(text[block.label_end : limit])
        if found:
            start, end = block.label_end + found[1], block.label_end + found[2]
            return found[0].isoformat(), [context.evidence_at("表紙.公表日", start, end)]
    end = _cover_end(context.outline)
    first = find_date(text[:end])
    if block is None or first is None or find_date(text[first[2] : end]):
        return None, []
    return first[0].isoformat(), [context.evidence_at("表紙.公表日", first[1], first[2])]


def _version(context: Context) -> str | None:
    match = _VERSION.search(context.stream.text)
    if match is None:
        return None
    return clean(context.stream.raw(match.start(), match.end()))


def read_departments(context: Context) -> list[Department]:
    """評価実施機関における担当部署: ①部署 and ②所属長."""
    blocks = context.outline.basics
    name = context.text(blocks.get("department.name"))
    if name is None:
        return []
    head = blocks.get("department.head")
    evidence = [context.evidence(blocks["department.name"]), *([context.evidence(head)] if head else [])]
    return [Department(name=name, head=context.text(head), evidence=tuple(evidence))]


def read_other_agencies(context: Context) -> list[OtherAgency]:
    """他の評価実施機関: one record for each body named."""
    block = context.outline.basics.get("I-8")
    if context.text(block) is None or block is None:
        return []
    evidence = (context.evidence(block),)
    return [OtherAgency(name=name, evidence=evidence) for name in split_names(context.raw(block)) if name not in BLANKS]


def read_aliases(context: Context) -> list[Alias]:
    """Read every 「…（以下「…」という。）」 of the document up to the change table."""
    stream = context.stream
    changes = context.outline.first("changes")
    stop = stream.folded.offsets[changes.start] if changes else len(stream.source.text)
    aliases = []
    for short, full, start, end in find_definitions(stream.source.text[:stop]):
        begin = max(0, start - len(full))
        first, last = stream.folded.at(begin), stream.folded.at(end)
        aliases.append(Alias(short=short, full=full, evidence=(context.evidence_at("定義", first, last),)))
    return aliases
