"""``mynaflow read``: the facts of documents with their evidence, and a receipt for each document."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from extract.errors import UserError
from extract.facts import Fact, Facts
from extract.pipeline import Reading, read_document
from extract.readers.ocr import require_library
from extract.receipt import Receipt
from extract.source import Source
from graph.given import Given
from viz.inputs import OCR_HELP, find_documents, read_given
from viz.tables import visible

_NAMES = {
    "departments": "担当部署 / departments",
    "other_agencies": "他の評価実施機関 / other agencies",
    "aliases": "定義（以下…という） / definitions",
    "systems": "システム / systems",
    "connections": "他のシステムとの接続 / connections",
    "files": "特定個人情報ファイル / files",
    "categories": "主な記録項目 / recorded categories",
    "sources": "入手元 / sources",
    "media": "方法 / media",
    "uses": "使用 / use",
    "entrustments": "委託 / entrustments",
    "handovers": "提供・移転 / provisions and transfers",
    "storages": "保管場所 / storage",
    "legal_bases": "法令上の根拠 / legal bases",
    "flows": "情報の流れ / flows",
    "denied_flows": "否定された流れ / denied flows",
    "changes": "変更箇所 / changes",
    "incidents": "重大事故 / incidents",
    "declared": "件数 / declared counts",
    "gaps": "欠落 / gaps",
}


@dataclass(frozen=True, kw_only=True)
class ReadDocument:
    """One document in the output of ``mynaflow read --json``."""

    document: str
    sha256: str
    facts: Facts
    receipt: Receipt
    remarks: tuple[str, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="ファイルかフォルダ / files or folders")
    parser.add_argument("--ocr", action="store_true", help=OCR_HELP)
    parser.add_argument("--json", action="store_true", help="JSONで出力する / print JSON")
    parser.add_argument("--schema", action="store_true", help="JSON Schemaを出力する / print the JSON Schema")


def run(args: argparse.Namespace) -> int:
    """Print the facts of every file; 1 if any of them could not be read."""
    if args.schema:
        sys.stdout.write(schema())
        return 0
    if not args.paths:
        raise UserError("no file given", todo="mynaflow read FILE…")
    if args.ocr:
        require_library()
    failures: list[UserError] = []
    readings = _readings(find_documents(args.paths), failures, ocr=args.ocr)
    if args.json:
        _write_json([_document(reading) for reading in readings])
    else:
        for reading in readings:
            print("\n".join((*_head(reading), *_fact_lines(reading.facts))))
    return _tell(failures)


def print_receipts(paths: Iterable[Path], *, as_json: bool) -> int:
    """Print the receipts alone, with the sentences that were not understood; 1 if any file could not be read."""
    failures: list[UserError] = []
    readings = _readings(find_documents(paths), failures)
    if as_json:
        _write_json([reading.receipt for reading in readings])
    else:
        for reading in readings:
            print("\n".join((*_head(reading), *_unread_lines(reading.receipt))))
    return _tell(failures)


def _tell(failures: Iterable[UserError]) -> int:
    code = 0
    for failure in failures:
        print(f"mynaflow: {failure}", file=sys.stderr)
        code = 1
    return code


def schema() -> str:
    """Return the JSON Schema of the output of ``--json``."""
    import msgspec

    text = msgspec.json.encode(msgspec.json.schema(list[ReadDocument]), order="sorted")
    return msgspec.json.format(text, indent=1).decode() + "\n"


def _readings(documents: Iterable[Given], failures: list[UserError], *, ocr: bool = False) -> Iterator[Reading]:
    for given in documents:
        try:
            yield read_document(read_given(given, ocr=ocr))
        except UserError as error:
            failures.append(error)


def _document(reading: Reading) -> ReadDocument:
    source = reading.source
    return ReadDocument(
        document=source.name,
        sha256=source.sha256,
        facts=reading.facts,
        receipt=reading.receipt,
        remarks=_remarks(source),
    )


def _remarks(source: Source) -> tuple[str, ...]:
    """Return what the reader of the file says that it could not read."""
    return tuple(getattr(source, "remarks", ()))


def _write_json(documents: Sequence[ReadDocument | Receipt]) -> None:
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(documents), indent=1).decode() + "\n")


# -- for people ----------------------------------------------------------------------------------


def _head(reading: Reading) -> Iterator[str]:
    evaluation = reading.facts.evaluation
    form, published = evaluation.form or "様式不明", evaluation.published or "記載なし"
    yield f"■ {visible(reading.source.name)}"
    yield f"  {visible(evaluation.title)}（{form}） {visible(evaluation.agency)} 公表日 {published}"
    yield from (f"  原本: {visible(remark)}" for remark in _remarks(reading.source))
    yield from _receipt_lines(reading.receipt)


def _fact_lines(facts: Facts) -> Iterator[str]:
    for field in fields(facts)[1:]:
        kind: tuple[Fact, ...] = getattr(facts, field.name)
        if kind:
            yield f"  ● {_NAMES[field.name]} ({len(kind)})"
            yield from (f"    {_fact_line(fact)}" for fact in kind)


def _unread_lines(receipt: Receipt) -> Iterator[str]:
    counts = "、".join(f"{item} {count}" for item, count in receipt.items.items())
    yield f"  項目ごと / items: {counts}"
    bases = "、".join(f"{basis} {count}" for basis, count in receipt.marks_by_basis.items())
    yield f"  印の根拠 / marks by basis: {bases}"
    if receipt.labels_lost:
        yield f"  見出しが失われた項目 / labels lost: {'、'.join(receipt.labels_lost)}"
    for one in receipt.unread:
        yield f"  読めない文 / not read: {one.item} {one.line}行「{visible(one.quote, 80)}」"


def _receipt_lines(receipt: Receipt) -> Iterator[str]:
    marks = receipt.marks
    size = f"{receipt.characters:,}字 {receipt.lines:,}行 ({receipt.encoding})"
    yield f"  読取: {size}、様式の項目 {sum(receipt.items.values())} / items"
    yield f"  枠の印: あり {marks['yes']}・なし {marks['no']}・不明 {marks['unclear']} / marks yes, no, unclear"
    yield f"  流れの文: 読めた {receipt.sentences_read}・読めない {receipt.sentences_unread} / sentences read, unread"
    for one in receipt.declared:
        declared = "記載なし" if one.declared is None else str(one.declared)
        yield f"  件数: {visible(one.file)} {one.what} 記載 {declared}・この文書 {one.found} / declared, found"
    for gap in receipt.gaps:
        yield f"  欠落: {visible(gap)}"


def _fact_line(fact: Fact) -> str:
    words = []
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name == "evidence" or value is None or value == ():
            continue
        if field.name == "mark":
            value = f"{value.state}（{value.why}）"
        elif isinstance(value, tuple):
            value = "、".join(map(str, value))
        words.append(f"{field.name}={visible(value if isinstance(value, str | int | bool) else str(value), 60)}")
    evidence = fact.evidence[0]
    return f"{' '.join(words)}  ⟵ {evidence.item} {evidence.line}行「{visible(evidence.quote, 60)}」"
