"""Lays out what follows the measures: audits, training, requests and questions, and how the assessment was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forms import labels
from tests.forms.pieces import Boxes, Choice, Heading, PageEnd, Part, Piece, Row
from tests.forms.truth import Box

if TYPE_CHECKING:
    from tests.forms.truth import FormTruth

_AUDITS = (
    Box(label="自己点検", ticked=True),
    Box(label="内部監査", ticked=False),
    Box(label="外部監査", ticked=False),
)
_CHECKED = "点検表により年に1度確かめ、結果を責任者に報告している。"
_TAUGHT = "着任のときと年に1度、研修を受けさせている。"
_ASKED = "窓口に備えた様式に必要な事項を記入し、本人確認書類とともに提出する。"
_ANSWERED = "受付の記録を残し、担当課が調べて回答する。"


def closing_parts(truth: FormTruth) -> list[Part]:
    """Return Ⅳ to Ⅵ of 様式4, or Ⅲ-8 to Ⅴ of 様式3."""
    if truth.form == "全項目":
        return [_full_audit(), _requests(truth, "Ⅴ"), _full_procedure(truth)]
    return [_short_audit(), _requests(truth, "Ⅳ"), _short_procedure(truth)]


def _full_audit() -> Part:
    return Part(
        name="監査",
        pieces=(
            Heading(text="Ⅳ その他のリスク対策", rank=0),
            Heading(text="1. 監査", rank=1),
            Choice(label="①自己点検", value=labels.DONE[1], options=labels.DONE),
            Row(label="具体的なチェック方法", value=_CHECKED),
            Choice(label="②監査", value=labels.DONE[1], options=labels.DONE),
            Row(label="具体的な内容", value="内部監査の計画により3年に1度行う。"),
            Heading(text="2. 従業者に対する教育・啓発", rank=1),
            Choice(label="従業者に対する教育・啓発", value=labels.DONE[1], options=labels.DONE),
            Row(label="具体的な方法", value=_TAUGHT),
            Heading(text="3. その他のリスク対策", rank=1),
            Row(label="", value="-"),
            PageEnd(),
        ),
    )


def _short_audit() -> Part:
    return Part(
        name="監査",
        pieces=(
            Heading(text="8. 監査", rank=1),
            Boxes(label="実施の有無", key="audit", rows=(_AUDITS,)),
            Heading(text="9. 従業者に対する教育・啓発", rank=1),
            Choice(label="従業者に対する教育・啓発", value=labels.DONE[1], options=labels.DONE),
            Row(label="具体的な方法", value=_TAUGHT),
            Heading(text="10. その他のリスク対策", rank=1),
            Row(label="", value="-"),
            PageEnd(),
        ),
    )


def _requests(truth: FormTruth, numeral: str) -> Part:
    return Part(
        name="請求",
        pieces=(
            Heading(text=f"{numeral} 開示請求、問合せ", rank=0),
            Heading(text="1. 特定個人情報の開示・訂正・利用停止請求", rank=1),
            Row(label="①請求先", value=truth.contact),
            Row(label="②請求方法", value=_ASKED),
            Row(label="③法令による特別の手続", value="-"),
            Row(label="④個人情報ファイル簿への不記載等", value="-"),
            Heading(text="2. 特定個人情報ファイルの取扱いに関する問合せ", rank=1),
            Row(label="①連絡先", value=truth.contact),
            Row(label="②対応方法", value=_ANSWERED),
            PageEnd(),
        ),
    )


def _threshold(truth: FormTruth) -> list[Piece]:
    return [
        Heading(text="1. 基礎項目評価", rank=1),
        Row(label="①実施日", value=truth.published_printed or "-"),
        Row(label="②しきい値判断結果", value=f"基礎項目評価及び{truth.form}評価の実施が義務付けられる"),
    ]


def _full_procedure(truth: FormTruth) -> Part:
    return Part(
        name="手続",
        pieces=(
            Heading(text="Ⅵ 評価実施手続", rank=0),
            *_threshold(truth),
            Heading(text="2. 国民・住民等からの意見の聴取", rank=1),
            Row(label="①方法", value="案を窓口とホームページに掲げ、書面により意見を募った。"),
            Row(label="②実施日・期間", value="30日間"),
            Row(label="③期間を短縮する特段の理由", value="-"),
            Row(label="④主な意見の内容", value="意見はなかった。"),
            Row(label="⑤評価書への反映", value="-"),
            Heading(text="3. 第三者点検", rank=1),
            Row(label="①実施日", value=truth.published_printed or "-"),
            Row(label="②方法", value="個人情報保護の審議会による点検"),
            Row(label="③結果", value="適合しており、妥当と認められた。"),
            Heading(text="4. 個人情報保護委員会の承認 【行政機関等のみ】", rank=1),
            Row(label="①提出日", value=""),
            Row(label="②個人情報保護委員会による審査", value=""),
            PageEnd(),
        ),
    )


def _short_procedure(truth: FormTruth) -> Part:
    return Part(
        name="手続",
        pieces=(
            Heading(text="Ⅴ 評価実施手続", rank=0),
            *_threshold(truth),
            Heading(text="2. 国民・住民等からの意見の聴取 【任意】", rank=1),
            Row(label="①方法", value="-"),
            Row(label="②実施日・期間", value="-"),
            Row(label="③主な意見の内容", value="-"),
            Heading(text="3. 第三者点検 【任意】", rank=1),
            Row(label="①実施日", value="-"),
            Row(label="②方法", value="-"),
            Row(label="③結果", value="-"),
            PageEnd(),
        ),
    )
