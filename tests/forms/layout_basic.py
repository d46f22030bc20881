"""Lays out 様式2 (基礎項目評価書): Ⅰ to Ⅳ between the cover and 変更箇所."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forms import labels
from tests.forms.pieces import Boxes, Choice, Heading, Note, PageEnd, Part, Piece, Row
from tests.forms.truth import Box

if TYPE_CHECKING:
    from tests.forms.truth import FormTruth, Measure


_RISKS = {
    "2": ("目的外の入手が行われるリスク",),
    "3": (
        "目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク",
        "権限のない者(元職員、アクセス権限のない職員等)によって不正に使用されるリスク",
    ),
    "4": ("委託先における不正な使用等のリスク",),
    "5": ("不正な提供・移転が行われるリスク",),
    "6": ("目的外の入手が行われるリスク", "不正な提供が行われるリスク"),
    "7": ("特定個人情報の漏えい・滅失・毀損リスク",),
    "8": ("人為的ミスが発生するリスク",),
}
"""The risks of each item of Ⅳ."""
_ABSENT = {"4": ("委託しない",), "5": ("提供・移転しない",), "6": ("接続しない(入手)", "接続しない(提供)")}


def basic_parts(truth: FormTruth) -> list[Part]:
    """Return 関連情報, しきい値判断項目, しきい値判断結果 and リスク対策."""
    return [
        Part(name="Ⅰ-1", pieces=_business(truth)),
        Part(name="Ⅰ-3", pieces=_legal(truth)),
        Part(name="Ⅱ", pieces=_threshold(truth)),
        Part(name="Ⅳ", pieces=_measures(truth)),
    ]


def _business(truth: FormTruth) -> tuple[Piece, ...]:
    return (
        Heading(text="Ⅰ 関連情報", rank=0),
        Heading(text="1. 特定個人情報ファイルを取り扱う事務", rank=1),
        Row(label="①事務の名称", value=truth.business),
        Row(label="②事務の概要", value=truth.content.text),
        Row(label="③システムの名称", value="\n".join(truth.bare_names)),
    )


def _legal(truth: FormTruth) -> tuple[Piece, ...]:
    return (
        Heading(text="2. 特定個人情報ファイル名", rank=1),
        Note(text="\n".join(file.name for file in truth.files)),
        Heading(text="3. 個人番号の利用", rank=1),
        Row(label="法令上の根拠", value=truth.use_basis.text),
        Heading(text="4. 情報提供ネットワークシステムによる情報連携", rank=1),
        Choice(label="①実施の有無", value=truth.linkage, options=labels.LINKAGE),
        Row(label="②法令上の根拠", value=truth.linkage_basis.text),
        Heading(text="5. 評価実施機関における担当部署", rank=1),
        Row(label="①部署", value=truth.department),
        Row(label="②所属長の役職名", value=truth.head),
        Heading(text="6. 他の評価実施機関", rank=1),
        Note(text=truth.others),
        Heading(text="7. 特定個人情報の開示・訂正・利用停止請求", rank=1),
        Row(label="請求先", value=truth.contact),
        Heading(text="8. 特定個人情報ファイルの取扱いに関する問合せ", rank=1),
        Row(label="連絡先", value=truth.contact),
        PageEnd(),
    )


def _threshold(truth: FormTruth) -> tuple[Piece, ...]:
    return (
        Heading(text="Ⅱ しきい値判断項目", rank=0),
        Heading(text="1. 対象人数", rank=1),
        Choice(label="評価対象の事務の対象人数は何人か", value=truth.subjects, options=labels.COVER_BUCKETS),
        Row(label="いつ時点の計数か", value=truth.counted),
        Heading(text="2. 取扱者数", rank=1),
        Choice(
            label="特定個人情報ファイル取扱者数は500人以上か",
            value=truth.staff_over_500,
            options=("500人以上", "500人未満"),
        ),
        Row(label="いつ時点の計数か", value=truth.counted),
        Heading(text="3. 重大事故", rank=1),
        Choice(
            label="過去1年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか",
            value=truth.incident,
            options=labels.INCIDENTS,
        ),
        Heading(text="Ⅲ しきい値判断結果", rank=0),
        Row(label="しきい値判断結果", value="基礎項目評価の実施が義務付けられる"),
        PageEnd(),
    )


def _measures(truth: FormTruth) -> tuple[Piece, ...]:
    pieces: list[Piece] = [
        Heading(text="Ⅳ リスク対策", rank=0),
        Heading(text="1. 提出する特定個人情報保護評価書の種類", rank=1),
        Choice(
            label="",
            value="基礎項目評価書",
            options=("基礎項目評価書", "基礎項目評価書及び重点項目評価書", "基礎項目評価書及び全項目評価書"),
        ),
    ]
    for measure in truth.measures:
        pieces += _measure(measure)
    audits = (
        Box(label="自己点検", ticked=True),
        Box(label="内部監査", ticked=False),
        Box(label="外部監査", ticked=False),
    )
    pieces += [
        Heading(text="9. 監査", rank=1),
        Boxes(label="実施の有無", key="audit", rows=(audits,)),
        Heading(text="10. 従業者に対する教育・啓発", rank=1),
        Choice(label="従業者に対する教育・啓発", value=labels.DONE[1], options=labels.DONE),
        Heading(text="11. 最も優先度が高いと考えられる対策", rank=1),
        Row(label="最も優先度が高いと考えられる対策", value="従業者に対する教育・啓発"),
        Choice(label="当該対策は十分か【再掲】", value=labels.SUFFICIENT[1], options=labels.SUFFICIENT),
        Row(label="判断の根拠", value="研修の記録を点検し、受講していない者がないことを確かめている。"),
    ]
    return (*pieces, PageEnd())


def _measure(measure: Measure) -> list[Piece]:
    number = measure.heading.partition(".")[0]
    pieces: list[Piece] = [Heading(text=measure.heading, rank=1)]
    absent = tuple(Box(label=label, ticked=False) for label in _ABSENT.get(number, ()))
    if absent:
        pieces.append(Boxes(label="", key=f"absent/{number}", rows=(absent,)))
    for risk in _RISKS[number]:
        label = f"{risk}への対策は十分か"
        pieces.append(Choice(label=label, value=measure.sufficient, options=labels.SUFFICIENT))
    if measure.label:
        pieces.append(Row(label=measure.label, value=measure.text.text))
    return pieces
