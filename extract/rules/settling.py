"""What else in the document settles a mark that the scan has lost, or speaks against one that it kept.

A statement settles a mark only if it stands in the document; the reason is kept with the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.boxes import find_boxes
from extract.cells import Block
from extract.checks import Ticked, read_boxes, settle
from extract.facts import Basis, Change, Evidence, Mark, MarkRead
from extract.normalize import folded
from extract.outline import FileSection
from extract.rules.context import Context
from extract.source import source_of_text
from extract.stream import make_stream

_PERSON = "本人|住民|市民|町民|村民|区民|県民|申請者|届出人|届出者|請求者|受給者|被保険者|加入者|納税義務者|納税者|世帯主|保護者|代理人|対象者"
_HANDED = "申請|届出|届け出|提出|申告|請求|入手|取得|受領|受理|収集"
STATEMENTS: dict[tuple[str, str], re.Pattern[str]] = {
    ("get.sources", "本人又は本人の代理人"): re.compile(
        rf"(?:{_PERSON})(?:等|またはその代理人)?(?:から|より)の?[^。\n]{{0,20}}?(?:{_HANDED})"
    ),
    ("get.media", "紙"): re.compile(
        rf"紙(?:媒体|の[^。]{{0,8}}|及び[^。]{{0,8}})?(?:により|による|で|にて)[^。]{{0,8}}?(?:{_HANDED})"
    ),
    ("get.media", "専用線"): re.compile(
        rf"専用線(?:を用い|により|によって|で|経由)[^。]{{0,10}}?(?:{_HANDED})|(?:{_HANDED})は、?専用線"
    ),
    ("get.media", "庁内連携システム"): re.compile(
        rf"庁内連携(?:システム)?(?:により|による|を通じ|を用い|を介し|で)[^。]{{0,14}}?(?:{_HANDED})"
    ),
    ("get.media", "情報提供ネットワークシステム"): re.compile(
        rf"情報提供ネットワークシステム(?:により|による|を通じ|を用い|を使用し|を利用し|を介し|から)[^。]{{0,20}}?(?:{_HANDED}|照会)"
    ),
}
"""Sentences that say of a box of a list that it applies (folded text)."""

_DENIED = re.compile(r"(?:し|行わ|用い|入手し|取得し|保有し|記録し|でき)(?:てい)?ない|なし|を除く|を含まない")
_SUPPOSED = re.compile(r"仮に|万一|万が一|もし|誤って")
_ENDED = re.compile(r"(?:し|行っ|用い|使っ|入手し|取得し)てい(?:た(?!だ)|ました)|(?:廃止|終了|中止)し|(?:まで|以前)は")
"""What is only feared, and what has come to an end, says nothing of how things are."""
_OTHER_RECEIVER = re.compile(
    r"(?:市区町村|市町村|区市町村|都道府県|構成団体|医療機関|学校|事業者|事業主|保険者|他の?機関)[^。]{0,24}?(?:において|窓口で|が|は|で)、?$"
)
"""Words before a statement which say that another body receives the data."""


def statements_of(context: Context, section: FileSection) -> Iterator[Block]:
    """Return the blocks whose prose speaks of how a file's data come in: its section Ⅱ-3 and the measures."""
    keys = ("get.times", "get.validity", "get.notice", "use.purpose", "use.method", "use.matching")
    for key in keys:
        if key in section.items:
            yield section.items[key]
    for block in context.outline.blocks:
        if block.key.startswith("risk.") and block.pieces and not block.key.startswith("risk.choice"):
            yield block


def settle_by_statements(
    context: Context, key: str, ticked: dict[str, Ticked], blocks: Sequence[Block]
) -> dict[str, Ticked]:
    """Settle lost marks by a sentence that states them; note the sentence where it contradicts a printed mark."""
    for (of, label), pattern in STATEMENTS.items():
        box = ticked.get(label)
        if of != key or box is None or box.mark.state is Mark.YES:
            continue
        evidence = _first_statement(context, pattern, blocks)
        if evidence is None:
            continue
        if box.mark.state is Mark.UNCLEAR:
            why = f"{evidence.line}行の記載「{evidence.quote[:40]}」による"
            ticked[label] = settle(box, Mark.YES, Basis.STATEMENT, why)
        else:
            ticked[label] = _contradicted(box, evidence)
    return ticked


def _contradicted(box: Ticked, evidence: Evidence) -> Ticked:
    return replace(box, mark=replace(box.mark, against=(*box.mark.against, evidence)))


def _first_statement(context: Context, pattern: re.Pattern[str], blocks: Iterable[Block]) -> Evidence | None:
    text = context.stream.text
    for block in blocks:
        for start, end in block.pieces:
            for match in pattern.finditer(text, start, end):
                stop = text.find("。", match.end(), end)
                rest = text[match.start() : stop if stop >= 0 else min(end, match.end() + 40)]
                lead = text[max(start, text.rfind("。", start, match.start()) + 1) : match.start()]
                if not _speaks_otherwise(lead, rest):
                    return context.evidence_at(context.item_id(block), match.start(), match.end())
    return None


def _speaks_otherwise(lead: str, rest: str) -> bool:
    """Tell whether a sentence denies, fears or ends what it names, or says it of another receiver."""
    unreal = any(pattern.search(lead + rest) for pattern in (_SUPPOSED, _ENDED))
    return unreal or bool(_DENIED.search(rest) or _OTHER_RECEIVER.search(lead))


_SAYS_NO = re.compile(
    r"(?:特に|該当)?(?:なし|無し|無)|(?:該当|実施|使用|利用|入手|取得)(?:は|を)?(?:しない|していない|行わない|行っていない)"
)


def settle_by_parenthesis(ticked: dict[str, Ticked]) -> dict[str, Ticked]:
    """Names in a box's parenthesis say that the box applies."""
    for label, box in ticked.items():
        inside = folded(box.raw).rstrip("。")
        if box.mark.state is Mark.UNCLEAR and re.search(r"\w", inside) and not _SAYS_NO.fullmatch(inside):
            ticked[label] = settle(box, Mark.YES, Basis.PARENTHESIS, "括弧の中に名称が記載されている")
    return ticked


# -- その妥当性 and the annexed list of recorded items -------------------------------------------


def settle_by_validity(
    context: Context, block: Block | None, ticked: dict[str, Ticked], labels: Sequence[str]
) -> dict[str, Ticked]:
    """「その妥当性」 gives for each recorded category why it is recorded: a category that it names is ticked."""
    if block is None:
        return ticked
    short = {re.sub(r"\(.*", "", label): label for label in labels if label != "その他"}
    pattern = re.compile("|".join(map(re.escape, sorted(short, key=len, reverse=True))))
    for start, end in block.pieces:
        for match in pattern.finditer(context.stream.text, start, end):
            label = short[match.group()]
            box = ticked.get(label)
            rest = context.stream.text[match.end() : min(end, match.end() + 30)].split("。")[0]
            if box is None or box.mark.state is not Mark.UNCLEAR or _DENIED.search(rest):
                continue
            line = context.stream.line_of(match.start())
            ticked[label] = settle(
                box, Mark.YES, Basis.STATEMENT, f"{line}行の「その妥当性」に記録の理由が記載されている"
            )
    return ticked


_RECORDED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("個人番号", re.compile(r"(?:^|本人|世帯員)個人番号(?:$|\()")),
    ("個人番号対応符号", re.compile(r"個人番号対応符号|機関別符号|識別符号")),
    (
        "その他識別情報(内部番号)",
        re.compile(
            r"宛名(?:番号|コード)|受給者番号|世帯(?:番号|コード)|住民(?:番号|コード)|被保険者(?:番号|ID)|内部番号|識別コード"
        ),
    ),
    ("連絡先(電話番号等)", re.compile(r"電話番号|メールアドレス")),
    ("医療保険関係情報", re.compile(r"保険者番号|被保険者証|(?:医療)?保険(?:資格|記号|区分)")),
    (
        "健康・医療関係情報",
        re.compile(r"診療(?:年月|日数|科|報酬)|医療機関(?:名|コード)|レセプト|健診結果|接種(?:日|年月日|履歴)"),
    ),
)
_IDENTITY = (re.compile("氏名|名称カナ"), re.compile("生年月日"), re.compile("住所"), re.compile("性別"))
_ITEM_SPLIT = re.compile(r"[,、，\s]*(?:\d{1,3}[.．:)）]|[(（]\d{1,3}[)）]|[・◆■●○])|[,、，\n\t]")
_TWO = 2


def settle_by_annex(context: Context, block: Block | None, ticked: dict[str, Ticked]) -> dict[str, Ticked]:
    """別添の記録項目: the categories that the listed record items belong to beyond doubt."""
    if block is None:
        return ticked
    items = _record_items(context, block)
    for label, pattern in _RECORDED:
        _settle_recorded(ticked, label, next((item for item in items if pattern.search(item[0])), None))
    found = [next((item for item in items if pattern.search(item[0])), None) for pattern in _IDENTITY]
    if sum(item is not None for item in found) >= _TWO:
        label = next((name for name in ticked if "4情報" in name or "5情報" in name), "")
        _settle_recorded(ticked, label, next(item for item in found if item))
    return ticked


def _record_items(context: Context, block: Block) -> list[tuple[str, int]]:
    items = []
    for start, end in block.pieces:
        raw = context.stream.raw(start, end)
        base = context.stream.span(start, end).start
        at = 0
        for match in [*_ITEM_SPLIT.finditer(raw), None]:
            stop = match.start() if match else len(raw)
            word = folded(raw[at:stop])
            if word:
                items.append((word, context.stream.source.line_of(base + at)))
            at = match.end() if match else stop
    return items


def _settle_recorded(ticked: dict[str, Ticked], label: str, item: tuple[str, int] | None) -> None:
    box = ticked.get(label)
    if box is not None and item is not None and box.mark.state is Mark.UNCLEAR:
        why = f"別添の記録項目（{item[1]}行「{item[0][:20]}」）による"
        ticked[label] = settle(box, Mark.YES, Basis.ANNEX, why)


# -- the change table ----------------------------------------------------------------------------


def settle_by_changes(
    key: str, ticked: dict[str, Ticked], changes: Sequence[Change], named: Sequence[str]
) -> dict[str, Ticked]:
    """Take the marks of the 変更後 column, which prints the list as it now is; the last row counts.

    ``named`` are the words that a row's item must hold: the list's label, and the file's name where there
    are several files.
    """
    rows = [change for change in changes if change.after and all(word in folded(change.item or "") for word in named)]
    for change in rows:
        for label, read in _marks_in(key, change.after or "").items():
            box = ticked.get(label)
            if (
                box is None
                or read.state is Mark.UNCLEAR
                or box.mark.basis not in (Basis.LOST, Basis.PARENTHESIS, Basis.CHANGE)
            ):
                continue
            line = change.evidence[0].line
            ticked[label] = settle(box, read.state, Basis.CHANGE, f"変更箇所（{line}行）の変更後の記載による")
    return ticked


def _marks_in(key: str, text: str) -> dict[str, MarkRead]:
    stream = make_stream(source_of_text(text))
    boxes = find_boxes(stream, key, 0, len(stream), strict=True)
    return read_boxes(key, boxes)
