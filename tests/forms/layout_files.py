"""Lays out section Ⅱ of 様式4 and 様式3: one file with its acquisition, entrustments, provisions and storage."""

from __future__ import annotations

from tests.forms import labels
from tests.forms.pieces import Boxes, Choice, Heading, Note, PageEnd, Part, Piece, Row, in_rows
from tests.forms.truth import Box, EntrustmentTruth, FileTruth, HandoverTruth, LegalText


def file_parts(file: FileTruth, at: int, form: str) -> list[Part]:
    """Return the parts of file number ``at``."""
    full = form == "全項目"
    return [
        Part(name=f"Ⅱ-2/{at}", pieces=_basics(file, at, full=full)),
        Part(name=f"Ⅱ-3/{at}", pieces=_acquisition(file, at) if full else _acquisition_short(file, at)),
        Part(name=f"Ⅱ-4/{at}", pieces=_entrustments(file, at, full=full)),
        Part(name=f"Ⅱ-5/{at}", pieces=_handovers(file, at)),
        Part(name=f"Ⅱ-6/{at}", pieces=_storage(file, full=full)),
    ]


def _basics(file: FileTruth, at: int, *, full: bool) -> tuple[Piece, ...]:
    left = list(file.categories)
    rows: list[tuple[Box | str, ...]] = []
    for caption, lines in labels.CATEGORIES:
        rows.append((caption,))
        rows += [tuple(left.pop(0) for _ in line) for line in lines]
    annex = 2 if full else 1
    return (
        Heading(text="Ⅱ 特定個人情報ファイルの概要", rank=0),
        Heading(text="1. 特定個人情報ファイル名", rank=1),
        Note(text=file.name),
        Heading(text="2. 基本情報", rank=1),
        Choice(label="①ファイルの種類 ※", value=file.kind, options=labels.FILE_KINDS),
        Choice(label="②対象となる本人の数", value=file.subjects, options=labels.SUBJECT_BUCKETS),
        Row(label="③対象となる本人の範囲 ※", value=file.scope),
        Row(label="その必要性", value=file.need),
        Choice(label="④記録される項目", value=file.items, options=labels.ITEM_BUCKETS),
        Boxes(label="主な記録項目 ※", key=f"categories/{at}", rows=tuple(rows)),
        Row(label="その妥当性", value=file.validity),
        Row(label="全ての記録項目", value=f"別添{annex}を参照。"),
        Row(label="⑤保有開始日", value=file.since),
        Row(label="⑥事務担当部署", value=file.department),
        PageEnd(),
    )


def _sources(file: FileTruth, at: int) -> list[Piece]:
    return [
        Heading(text="3. 特定個人情報の入手・使用", rank=1),
        Boxes(label="①入手元 ※", key=f"sources/{at}", rows=tuple((box,) for box in file.sources)),
        Boxes(label="②入手方法", key=f"media/{at}", rows=in_rows(file.media, labels.MEDIA_IN)),
    ]


def _users(file: FileTruth, mark: str) -> list[Piece]:
    group = f"{mark}使用の主体"
    return [
        Row(label="使用部署 ※", value="、".join(file.departments), group=group),
        Choice(label="使用者数", value=file.users, options=labels.STAFF_BUCKETS, group=group),
    ]


def _acquisition(file: FileTruth, at: int) -> tuple[Piece, ...]:
    return (
        *_sources(file, at),
        Row(label="③入手の時期・頻度", value=file.timing.text),
        PageEnd(),
        Row(label="④入手に係る妥当性", value=file.fairness),
        Row(label="⑤本人への明示", value=file.notice),
        Row(label="⑥使用目的 ※", value=file.purpose),
        Row(label="変更の妥当性", value="-"),
        *_users(file, "⑦"),
        Row(label="⑧使用方法 ※", value=file.method.text),
        Row(label="情報の突合 ※", value=file.matching),
        Row(label="情報の統計分析 ※", value=file.statistics),
        Row(label="権利利益に影響を与え得る決定 ※", value=file.decision),
        Row(label="⑨使用開始日", value=file.use_since),
        PageEnd(),
    )


def _acquisition_short(file: FileTruth, at: int) -> tuple[Piece, ...]:
    return (
        *_sources(file, at),
        Row(label="③使用目的 ※", value=file.purpose),
        *_users(file, "④"),
        Row(label="⑤使用方法", value=file.method.text),
        Row(label="情報の突合", value=file.matching),
        Row(label="⑥使用開始日", value=file.use_since),
        PageEnd(),
    )


def _entrustments(file: FileTruth, at: int, *, full: bool) -> tuple[Piece, ...]:
    some = bool(file.entrustments)
    pieces: list[Piece] = [
        Heading(text="4. 特定個人情報ファイルの取扱いの委託", rank=1),
        Choice(
            label="委託の有無 ※",
            value=labels.ENTRUSTED[0] if some else labels.ENTRUSTED[1],
            options=labels.ENTRUSTED,
            count=str(len(file.entrustments)) if some else "",
        ),
    ]
    for matter in file.entrustments:
        if matter.number == 2:  # the form prints 委託事項2~5 above the second matter
            pieces.append(Heading(text=labels.BLANK_MATTERS[0], rank=2))
        pieces += _matter(matter, f"entrusted/{at}/{matter.number}") if full else _matter_short(matter)
        pieces.append(PageEnd())
    first_blank = 0 if len(file.entrustments) < 2 else 1
    pieces += [Heading(text=text, rank=2) for text in labels.BLANK_MATTERS[first_blank:]]
    return tuple(pieces)


def _matter(matter: EntrustmentTruth, key: str) -> list[Piece]:
    return [
        Row(label=f"委託事項{matter.number}", value=matter.subject),
        Row(label="①委託内容", value=matter.content),
        Choice(label="②取扱いを委託する特定個人情報ファイルの範囲", value=matter.scope, options=labels.SCOPES),
        Choice(label="対象となる本人の数", value=matter.subjects, options=labels.SUBJECT_BUCKETS),
        Row(label="対象となる本人の範囲 ※", value=matter.subject_scope),
        Row(label="その妥当性", value=matter.validity),
        Choice(label="③委託先における取扱者数", value=matter.headcount, options=labels.STAFF_BUCKETS),
        Boxes(
            label="④委託先への特定個人情報ファイルの提供方法",
            key=key,
            rows=in_rows(matter.media, labels.MEDIA_ENTRUSTED),
        ),
        Row(label="⑤委託先名の確認方法", value=matter.confirmation),
        Row(label="⑥委託先名", value=matter.entrustee),
        *_again(matter, "⑦⑧⑨"),
    ]


def _matter_short(matter: EntrustmentTruth) -> list[Piece]:
    return [
        Row(label=f"委託事項{matter.number}", value=matter.subject),
        Row(label="①委託内容", value=matter.content),
        Choice(label="②委託先における取扱者数", value=matter.headcount, options=labels.STAFF_BUCKETS),
        Row(label="③委託先名", value=matter.entrustee),
        *_again(matter, "④⑤⑥"),
    ]


def _again(matter: EntrustmentTruth, marks: str) -> list[Piece]:
    value = labels.RE_ENTRUSTED[0] if matter.re_entrusted else labels.RE_ENTRUSTED[1]
    return [
        Choice(label=f"{marks[0]}再委託の有無 ※", value=value, options=labels.RE_ENTRUSTED, group="再委託"),
        Row(label=f"{marks[1]}再委託の許諾方法", value=matter.permission, group="再委託"),
        Row(label=f"{marks[2]}再委託事項", value=matter.matter, group="再委託"),
    ]


def _handovers(file: FileTruth, at: int) -> tuple[Piece, ...]:
    provides, transfers = len(file.provisions), len(file.transfers)
    neither = not provides and not transfers
    boxes = (
        Box(label=labels.PROVIDES, ticked=bool(provides), detail=str(provides or ""), unit="件"),
        Box(label=labels.TRANSFERS, ticked=bool(transfers), detail=str(transfers or ""), unit="件"),
        Box(label=labels.NEITHER, ticked=neither),
    )
    pieces: list[Piece] = [
        Heading(text="5. 特定個人情報の提供・移転(委託に伴うものを除く。)", rank=1),
        Boxes(label="提供・移転の有無", key=f"handover/{at}", rows=(boxes[:2], boxes[2:])),
    ]
    for word, handovers, blanks in (
        ("提供", file.provisions, labels.BLANK_PROVISIONS),
        ("移転", file.transfers, labels.BLANK_TRANSFERS),
    ):
        for handover in handovers or (_blank(word),):
            if handover.number == 2:  # the form prints 提供先2~5 above the second recipient
                pieces.append(Heading(text=blanks[0], rank=2))
            pieces += _handover(handover, word, f"{word}/{at}/{handover.number}")
            pieces.append(PageEnd())
        pieces += [Heading(text=text, rank=2) for text in blanks[0 if len(handovers) < 2 else 1 :]]
    return tuple(pieces)


def _blank(word: str) -> HandoverTruth:
    rows = labels.MEDIA_PROVIDED if word == "提供" else labels.MEDIA_TRANSFERRED
    media = tuple(
        Box(label=label, ticked=False, detail="" if label == "その他" else None) for row in rows for label in row
    )
    return HandoverTruth(
        number=1,
        recipient="",
        basis=LegalText(text=""),
        purpose="",
        data="",
        subjects="",
        scope="",
        media=media,
        frequency="",
    )


def _handover(handover: HandoverTruth, word: str, key: str) -> list[Piece]:
    rows = labels.MEDIA_PROVIDED if word == "提供" else labels.MEDIA_TRANSFERRED
    return [
        Row(label=f"{word}先{handover.number}", value=handover.recipient),
        Row(label="①法令上の根拠", value=handover.basis.text),
        Row(label=f"②{word}先における用途", value=handover.purpose),
        Row(label=f"③{word}する情報", value=handover.data),
        Choice(label=f"④{word}する情報の対象となる本人の数", value=handover.subjects, options=labels.SUBJECT_BUCKETS),
        Row(label=f"⑤{word}する情報の対象となる本人の範囲", value=handover.scope),
        Boxes(label=f"⑥{word}方法", key=key, rows=in_rows(handover.media, rows)),
        Row(label="⑦時期・頻度", value=handover.frequency),
    ]


def _storage(file: FileTruth, *, full: bool) -> tuple[Piece, ...]:
    head = Heading(text="6. 特定個人情報の保管・消去", rank=1)
    remarks = (Heading(text="7. 備考", rank=1), Note(text=file.remarks), PageEnd())
    if not full:
        return (head, Row(label="保管場所 ※", value=file.storage.text), *remarks)
    return (
        head,
        Row(label="①保管場所 ※", value=file.storage.text),
        Choice(label="期間", value=file.retention, options=labels.RETENTIONS, group="②保管期間"),
        Row(label="その妥当性", value=file.retention_why, group="②保管期間"),
        Row(label="③消去方法", value=file.deletion),
        *remarks,
    )
