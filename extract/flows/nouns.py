"""The words by which a noun is known as an end of a movement, as tables.

Data only; how a name is found in a sentence stands in ends.
"""

from __future__ import annotations

from extract.facts import EndKind

NATIONAL: dict[EndKind, str] = {
    EndKind.SYSTEM: (
        "情報提供ネットワークシステム 情報提供ネットワーク 情報提供NWS 住民基本台帳ネットワークシステム 住民基本台帳ネットワーク 住基ネットワークシステム "
        "住基ネットワーク 住基ネット コミュニケーションサーバ コミュニケーションサーバー 住基CS 中間サーバー・プラットフォーム 中間サーバ・プラットフォーム "
        "マイナポータル・ぴったりサービス マイナポータル サービス検索・電子申請機能 ぴったりサービス びったりサービス 情報提供等記録開示システム "
        "ガバメントクラウド ワンストップサービス eLTAX e-Tax VRS PMH 医療保険者等向け中間サーバー等 医療保険者等向け中間サーバー 医療保険者等向け中間サーバ "
        "申請管理機能 庁内データ連携機能 住登外者宛名番号管理機能 団体内統合宛名機能 統合収納管理機能 統合滞納管理機能"
    ),
    EndKind.BODY: (
        "J-LIS 地方公共団体情報システム機構 社会保険診療報酬支払基金 支払基金 国民健康保険中央会 国保中央会 こども家庭庁 協会けんぽ 認定こども園 ハローワーク 日本年金機構"
    ),
}
"""Systems and bodies that any assessment may name without defining them and whose kind their last word does not tell."""

HEADS: dict[EndKind, str] = {
    EndKind.SYSTEM: (
        "システム システムサーバー サーバー サーバ 端末 端末機 PC パソコン プラットフォーム 基盤 データベース DB クラウド ポータル タブレット "
        "CS 電子申請サービス インターネット ホストコンピュータ ホストコンピューター ゲートウェイ"
    ),
    EndKind.BODY: (
        "市区町村 市町村 区市町村 都道府県 自治体 団体 市 区 町 村 県 府 都 国 庁 省 署 機構 基金 連合 連合会 組合 会社 機関 事業者 業者 事業所 事業主 "
        "保険者 義務者 支払者 指定管理者 市町村長 市区町村長 区市町村長 市長 区長 町長 村長 知事 大臣 長官 署長 校長 学校長 学校 大学 病院 診療所 薬局 保健所 相談所 福祉事務所 年金事務所 職業安定所 保育所 保育園 幼稚園 施設 協会 協議会 法務局 "
        "裁判所 委員会 審査会 審議会 医師会 薬剤師会 商工会議所 検察庁 官公署 登記所 中央会 委託先 再委託先 受託者 再委託者 提供先 移転先 照会先 照会元 移転元 団体の長 機関の長 情報照会者 情報提供者 照会者 銀行 郵便局 共済 法人 "
        "公社 財団 企業 雇用主 国税局 厚生局 労働局 住所地 転入地 転出地 転入先 転出先 転出元 転入元 転居先 本籍地 勤務先 第三者 他者"
    ),
    EndKind.DEPARTMENT: (
        "課 部 局 室 係 班 窓口 部署 部門 支所 出張所 センター 事務所 区役所 市役所 役場 支局 分室 会計管理者"
    ),
    EndKind.PERSON: (
        "住民 市民 区民 町民 村民 県民 国民 本人 代理人 届出人 申請人 者 被保険者 納税義務者 納付義務者 扶養義務者 届出義務者 児童 生徒 学生 世帯主 "
        "世帯員 世帯構成員 組合員 相続人 医師 妊婦 職員 担当 保護者 家族 遺族 従業員 調査員 患者 主治医 嘱託医 歯科医 申立人 ケースワーカー ケアマネジャー ケアマネージャー 民生委員 介護支援専門員 相談員 保健師 税理士 社会保険労務士 行政書士 後見人 "
        "里親 保証人 破産管財人 管財人 教育長 理事長 連合長"
    ),
    EndKind.PLACE: "環境 データセンター 保管庫 書庫 区画 キャビネット サーバー室 倉庫",
}
"""Last words by which a noun is known to stand for a system, a body, a department, people or a place."""

NOT_ENDS = (
    "賦課|一部|全部|内部|外部|学部|細部|教室|関係|都市|地区|学区|全国|外国|帰国|入国|出国|首都|後者|前者|両者|死者|当局|結局|以上|自署|該当者|仕様書|"
    "兼務|相当|担当区|利用環境|動作環境|通信環境|稼働環境|執行部|独立行政"
)
"""Words that end like a name and are none."""

ALONE = frozenset(
    [
        "市",
        "区",
        "町",
        "村",
        "県",
        "国",
        "課",
        "窓口",
        "職員",
        "本人",
        "住民",
        "端末",
        "サーバー",
        "サーバ",
        "担当",
        "施設",
        "事業者",
        "団体",
    ]
)
"""Heads that are names by themselves."""

VAGUE = frozenset(
    ["者", "システム", "機関", "端末", "サーバー", "サーバ", "PC", "パソコン", "事業者", "団体", "施設", "環境"]
)
"""Heads that say little alone: the clause before them belongs to the name (申請を行う者)."""

INCOMPLETE = "支払者|支給者|事業者|業者|受託者|委託先|実施者|実施機関|運営者|設置者|管理者|担当者|担当課|担当部署|担当|所管課|主管課"
"""Heads that ask of what: the noun that の joins to them belongs to the name (給与の支払者, 印刷の事業者)."""

WITH_KANA: tuple[str, ...] = (
    r"(?:こ|子)ども",
    "子育て",
    "障がい",
    "ひとり親",
    "くらし",
    "暮らし",
    "まちづくり",
    r"(?:まち|みどり|ふるさと|いきいき|すこやか|すくすく|はつらつ|ふれあい|しごと|みらい|ごみ|がん|いのち|ささえあい|支え合い|おくやみ|お客さま)",
    r"(?<=[一-龠])づくり",
    r"見守り|引きこもり|ひきこもり",
    r"(?<=業務)・(?=システム)",
    r"(?<=団体|機関)の(?=長)",
    r"(?:届け?出|問い?合わ?せ|受け?付け|取り?まとめ|申し?込み|支払い?|引き?継ぎ|受け?入れ|取り?扱い|振り?込み|貸し?付け)",
)
"""Words with kana inside that begin or join names of departments and ends; they count only before another noun."""
