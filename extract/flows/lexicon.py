"""The words of movement, as tables: a row is a class of movement with its stems.

Data only; how a stem is conjugated and found stands in verbs.
"""

from __future__ import annotations

from enum import Enum


class Move(Enum):
    """What a verb does with personal data, seen from its subject."""

    SEND = "gives to a receiver"
    RECEIVE = "takes from a giver"
    PUT = "stores in a place"
    EXTRACT = "takes out of a place, for a movement named later"
    LINK = "runs between two"
    EXCHANGE = "runs both ways between two"
    ASK = "asks a holder, who may answer"
    CHECK = "reads what was asked for, or what a system shows"
    MAKE = "makes data, which go to whom they are made for"
    CONNECT = "opens the way for movements, moves nothing itself"
    OTHER = "moves nothing, but takes the names before it"


SAHEN: dict[Move, str] = {
    Move.SEND: (
        "送信|配信|送付|提供|移転|移管|転送|伝送|発送|郵送|送達|通知|交付|発行|提出|届出|申請|申告|申出|報告|回答|返却|返還|返送|返戻|回付|納品|移送|搬送|進達|回送|提示|送達|配達|配付|引渡し?|"
        "受渡し?|アップロード|通報|送致|還元|公開|開示|副本登録|連絡|引継ぎ?|払出|再交付|配布"
    ),
    Move.RECEIVE: (
        "取得|入手|受領|受理|受付|収受|受信|収集|取込み?|移入|受入れ?|ダウンロード|インポート|徴取|聴取|読込み?|閲覧"
    ),
    Move.PUT: "登録|入力|記録|格納|保存|保管|蓄積|投入|書込み?|反映|更新|管理|セットアップ",
    Move.EXTRACT: "抽出|出力|移出|エクスポート|切出し?|取出し?|吸上げ?",
    Move.LINK: "データ連携|情報連携|連携|連動|同期|流通",
    Move.EXCHANGE: "授受|送受信|相互連携|情報交換|交換|相互利用|共有",
    Move.ASK: "照会|依頼|要求|請求|要請",
    Move.CHECK: "確認|把握|参照|突合|照合",
    Move.MAKE: "作成|生成|編集",
    Move.CONNECT: "接続|通信|アクセス|流出",
}
"""Stems that する makes verbs of."""

NATIVE: dict[Move, str] = {
    Move.SEND: (
        "送(?=[らりるっ])|送り|引き?渡(?=[さしすせ])|引き?継(?=[がぎぐい])|手渡(?=[さしす])|届け出|届け(?=[るた、])|差し出(?=[さしす])|届(?=[いきかく])|寄せ(?=られ)|知らせ|伝え|返(?=[さしす])|もたら(?=[さしす])|(?<![明言])渡(?=[さしす])|移(?=[さしす])"
    ),
    Move.RECEIVE: (
        "取り?(?:まとめ|纏め)|受け?付け(?!簿|票|番|日|時|印)|受付け|受け?取(?=[らりるっ])|受け?入れ|取り?込(?=[まみむん])|読み?込(?=[まみむん])|吸い上げ|引き?取(?=[らりるっ])|"
        "引き?当て|取り?寄せ|得(?=[るた、らて])|持ち込(?=[まみむん])|(?<=情報を|ータを|結果を|資料を|書類を)受け(?=[るたて、])"
    ),
    Move.PUT: "書き?込(?=[まみむん])|打ち?込(?=[まみむん])|貯め|蓄え|入れ(?=[るた、])",
    Move.EXTRACT: "取り出(?=[さしす])|抜き出(?=[さしす])|書き出(?=[さしす])|引き?出(?=[さしす])|切り出(?=[さしす])",
    Move.EXCHANGE: "やり取り|やりとり|受け渡し?|遣り取り",
    Move.ASK: "問い?合わ?せ(?=[るたて、])|(?<=を)求め(?=[るたて、ら])|(?<=の)求め(?=[をにが、])",
    Move.CONNECT: "繋(?=[がぎぐい])|つな(?=[がぎぐい])",
}
"""Stems with endings of their own."""

PRESETS: tuple[tuple[str, Move], ...] = (
    (r"(?:情報)?(?:提供|照会|開示|送付|登録|取得)の?(?:求め|要求|依頼|請求|申請)", Move.ASK),
    (r"(?:照会|検索|要求|依頼)(?:の)?(?:結果|回答)", Move.OTHER),
    (r"データの?移行", Move.SEND),
    (r"(?<=データを)移行", Move.SEND),
    (r"(?<=情報を)移行", Move.SEND),
    (r"(?:徴収|支給|登録|利用登録|削除|訂正|解除|更新|発行|作成|支払|給付|調査|処理)(?:の解除)?の?依頼", Move.ASK),
)
"""Compounds that mean something other than their last part; tried first."""

AFTER_COMPOUND = frozenset("書票簿先元者日番案項件権料額証")
"""Characters that make a noun of a stem: 届出書, 提供先."""
