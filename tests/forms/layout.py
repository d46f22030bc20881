"""Lays out a truth as the official form: cover, Ⅰ, Ⅲ and what follows. Section Ⅱ is in ``layout_files``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forms import labels
from tests.forms.layout_basic import basic_parts
from tests.forms.layout_closing import closing_parts
from tests.forms.layout_files import file_parts
from tests.forms.pieces import Boxes, Choice, Heading, Note, PageEnd, Part, Piece, Row, Table, in_rows

if TYPE_CHECKING:
    from tests.forms.truth import FormTruth, Measure, SystemTruth


def lay_out(truth: FormTruth) -> tuple[Part, ...]:
    """Return the parts of the form in their official order."""
    cover = (_cover(truth),)
    if truth.form == "基礎項目":
        return (*cover, *basic_parts(truth), change_part(truth, "変更箇所"))
    parts = [*cover, *_overview(truth)]
    if truth.form == "全項目":
        parts.append(_business_annex(truth))
    for at, file in enumerate(truth.files):
        parts += file_parts(file, at, truth.form)
    parts += [_recorded_annex(truth), _measures(truth), *closing_parts(truth)]
    parts.append(change_part(truth, f"(別添{3 if truth.form == '全項目' else 2}) 変更箇所"))
    return tuple(parts)


def _cover(truth: FormTruth) -> Part:
    pieces: list[Piece] = [
        Heading(text=f"特定個人情報保護評価書({truth.form}評価書)", rank=0),
        Table(header=("評価書番号", "評価書名"), rows=((truth.number, truth.title),)),
        Heading(text="個人のプライバシー等の権利利益の保護の宣言", rank=1),
        Note(text=truth.declaration),
        Heading(text="特記事項", rank=1),
        Note(text=truth.remarks),
        Heading(text="評価実施機関名", rank=1),
        Note(text=truth.office),
    ]
    if truth.form == "全項目":
        pieces.append(Heading(text="個人情報保護委員会 承認日 【行政機関等のみ】", rank=1))
    pieces += [Heading(text="公表日", rank=1), Note(text=truth.published_printed)]
    if truth.version:
        pieces.append(Note(text=f"[{truth.version}]"))
    contents = labels.CONTENTS[truth.form]
    if contents:
        pieces += [PageEnd(), Heading(text="項目一覧", rank=1), *(Note(text=line) for line in contents)]
    return Part(name="表紙", pieces=(*pieces, PageEnd()))


def _overview(truth: FormTruth) -> list[Part]:
    full = truth.form == "全項目"
    first = (
        Heading(text="Ⅰ 基本情報", rank=0),
        Heading(text="1. 特定個人情報ファイルを取り扱う事務", rank=1),
        Row(label="①事務の名称", value=truth.business),
        Row(label="②事務の内容 ※", value=truth.content.text),
        Choice(label="③対象人数", value=truth.subjects, options=labels.COVER_BUCKETS),
        PageEnd(),
    )
    number = 4 if full else 3
    last: list[Piece] = [
        Heading(text="3. 特定個人情報ファイル名", rank=1),
        Note(text="\n".join(file.name for file in truth.files)),
    ]
    if full:
        last += [
            Heading(text="4. 特定個人情報ファイルを取り扱う理由", rank=1),
            Row(label="①事務実施上の必要性", value=truth.necessity),
            Row(label="②実現が期待されるメリット", value=truth.merit),
        ]
    last += _legal(truth, number + 1)
    return [
        Part(name="Ⅰ-1", pieces=first),
        Part(name="Ⅰ-2", pieces=_systems(truth.systems)),
        Part(name="Ⅰ-3", pieces=(*last, PageEnd())),
    ]


def _legal(truth: FormTruth, number: int) -> list[Piece]:
    return [
        Heading(text=f"{number}. 個人番号の利用 ※", rank=1),
        Row(label="法令上の根拠", value=truth.use_basis.text),
        Heading(text=f"{number + 1}. 情報提供ネットワークシステムによる情報連携 ※", rank=1),
        Choice(label="①実施の有無", value=truth.linkage, options=labels.LINKAGE),
        Row(label="②法令上の根拠", value=truth.linkage_basis.text),
        Heading(text=f"{number + 2}. 評価実施機関における担当部署", rank=1),
        Row(label="①部署", value=truth.department),
        Row(label="②所属長の役職名", value=truth.head),
        Heading(text=f"{number + 3}. 他の評価実施機関", rank=1),
        Note(text=truth.others),
    ]


def _systems(systems: tuple[SystemTruth, ...]) -> tuple[Piece, ...]:
    pieces: list[Piece] = [Heading(text="2. 特定個人情報ファイルを取り扱う事務において使用するシステム", rank=1)]
    for system in systems:
        if system.number == 2:  # the form prints システム2~5 above the second system
            pieces.append(Heading(text=labels.BLANK_SYSTEMS[0], rank=2))
        pieces += [Heading(text=f"システム{system.number}", rank=2), *_system(system), PageEnd()]
    first_blank = 0 if len(systems) < 2 else 1
    pieces += [Heading(text=text, rank=2) for text in labels.BLANK_SYSTEMS[first_blank:]]
    return tuple(pieces)


def _system(system: SystemTruth) -> list[Piece]:
    named = f"{system.name}(以下「{system.short}」という。)" if system.short else system.name
    return [
        Row(label="①システムの名称", value=named),
        Row(label="②システムの機能", value=system.function.text),
        Boxes(label="③他のシステムとの接続", key=f"grid/{system.number}", rows=in_rows(system.grid, labels.GRID)),
    ]


def _business_annex(truth: FormTruth) -> Part:
    text = truth.annex.text if truth.annexes_present else "添付資料のとおり"
    return Part(
        name="別添1",
        pieces=(Heading(text="(別添1) 事務の内容", rank=0), Note(text=text), Note(text="(備考)"), PageEnd()),
    )


def _recorded_annex(truth: FormTruth) -> Part:
    number = 2 if truth.form == "全項目" else 1
    pieces: list[Piece] = [Heading(text=f"(別添{number}) 特定個人情報ファイル記録項目", rank=0)]
    for file in truth.files:
        listed = "、".join(f"{at}.{item}" for at, item in enumerate(file.recorded, 1))
        pieces += [Heading(text=f"◆{file.name}", rank=1), Note(text=listed)]
    absent: tuple[Piece, ...] = (pieces[0], Note(text="別紙のとおり"))
    return Part(name="記録項目", pieces=(*(pieces if truth.annexes_present else absent), PageEnd()))


def _measures(truth: FormTruth) -> Part:
    title = "特定個人情報ファイルの取扱いプロセスにおけるリスク対策" if truth.form == "全項目" else "リスク対策"
    pieces: list[Piece] = [
        Heading(text=f"Ⅲ {title}", rank=0),
        Heading(text="1. 特定個人情報ファイル名", rank=1),
        Note(text="\n".join(file.name for file in truth.files)),
    ]
    for measure in truth.measures:
        pieces += _measure(measure)
        if measure.heading.startswith("7."):
            pieces += _incident(truth)
    return Part(name="Ⅲ", pieces=(*pieces, PageEnd()))


def _measure(measure: Measure) -> list[Piece]:
    return [
        Heading(text=measure.heading, rank=1),
        Heading(text="リスク1: 目的外の取扱いが行われるリスク", rank=2),
        Row(label=measure.label, value=measure.text.text),
        Choice(label="リスクへの対策は十分か", value=measure.sufficient, options=labels.SUFFICIENT),
    ]


def _incident(truth: FormTruth) -> list[Piece]:
    occurred = truth.incident == "発生あり"
    mark = "⑨" if truth.form == "全項目" else "②"
    return [
        Choice(
            label=f"{mark}過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか",
            value=truth.incident,
            options=labels.INCIDENTS,
        ),
        Row(label="その内容", value=truth.incident_content if occurred else "-"),
        Row(label="再発防止策の内容", value="発送の前に2人で照合することとした。" if occurred else "-"),
    ]


def change_part(truth: FormTruth, title: str) -> Part:
    """Return 変更箇所 with its table."""
    rows = tuple((c.printed, c.item, c.before, c.after, c.timing, c.reason) for c in truth.changes)
    return Part(name="変更箇所", pieces=(Heading(text=title, rank=0), Table(header=labels.CHANGE_HEADER, rows=rows)))
