"""The official forms (様式2, 3, 4) as tables: items, their labels, option lists and check lists.

Data only. Labels are folded (``extract.normalize.fold``). Source: the forms annexed to the rules on
specific personal information protection assessment (特定個人情報保護評価に関する規則, PPC), in their versions
from 平成26年 to 令和6年; labels and numbers shift a little between versions and forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from extract.facts import Form


class Part(Enum):
    """The parts of an assessment in the order of the form."""

    COVER = auto()
    BASICS = auto()
    BUSINESS_ANNEX = auto()
    FILE = auto()
    RECORD_ANNEX = auto()
    RISKS = auto()
    CLOSING = auto()
    CHANGES = auto()


class Kind(Enum):
    """What stands in the cell of an item."""

    HEADING = auto()
    RECORD = auto()  # a numbered heading: システムn, 委託事項n
    GROUP = auto()  # a label that spans other items and has no cell of its own
    LINE = auto()  # one short value
    TEXT = auto()
    CHOICE = auto()  # one of the printed options
    CHECKS = auto()  # a list of boxes


class Prefix(Enum):
    """What may be printed before a label."""

    ANY = auto()
    ROMAN = auto()
    NUMBER = auto()  # 1. or ①, or nothing where the label is long
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of the forms.

    ``ids`` gives its number in 様式4, 様式3, 様式2 (empty: not in that form); ``{n}`` stands for the
    record's number. ``labels`` are folded; the first is the current form's.
    """

    key: str
    part: Part
    kind: Kind
    ids: tuple[str, str, str]
    labels: tuple[str, ...]
    prefix: Prefix = Prefix.ANY
    group: str = ""

    def id_in(self, form: Form | None, number: int | None = None) -> str:
        """Return the item's id as printed in ``form``, or in the nearest form that has it."""
        order = {Form.FULL: (0, 1, 2), Form.FOCUSED: (1, 0, 2), Form.BASIC: (2, 1, 0), None: (0, 1, 2)}[form]
        template = next((self.ids[at] for at in order if self.ids[at]), self.key)
        return template.replace("{n}", "" if number is None else str(number)).replace("..", ".")


def _item(  # noqa: PLR0913  a row of the table: its columns are its arguments
    key: str,
    part: Part,
    kind: Kind,
    ids: tuple[str, str, str],
    *labels: str,
    prefix: Prefix = Prefix.ANY,
    group: str = "",
) -> Item:
    return Item(key=key, part=part, kind=kind, ids=ids, labels=labels, prefix=prefix, group=group)


def _all(number: str) -> tuple[str, str, str]:
    return number, number, number


_C, _B, _F, _R, _E = Part.COVER, Part.BASICS, Part.FILE, Part.RISKS, Part.CLOSING

ITEMS: tuple[Item, ...] = (
    # 表紙
    _item("cover.number", _C, Kind.LINE, _all("表紙.評価書番号"), "評価書番号"),
    _item("cover.title", _C, Kind.LINE, _all("表紙.評価書名"), "評価書名"),
    _item(
        "cover.declaration",
        _C,
        Kind.TEXT,
        _all("表紙.宣言"),
        "個人のプライバシー等の権利利益の保護の宣言",
    ),
    _item("cover.remarks", _C, Kind.TEXT, _all("表紙.特記事項"), "特記事項"),
    _item("cover.office", _C, Kind.LINE, _all("表紙.評価実施機関名"), "評価実施機関名", "評価実施機関"),
    _item(
        "cover.approved",
        _C,
        Kind.LINE,
        ("表紙.承認日", "", ""),
        "個人情報保護委員会承認日【行政機関等のみ】",
        "特定個人情報保護委員会承認日【行政機関等のみ】",
        "個人情報保護委員会承認日",
        "特定個人情報保護委員会承認日",
    ),
    _item("cover.published", _C, Kind.LINE, _all("表紙.公表日"), "公表日"),
    _item("cover.contents", _C, Kind.HEADING, _all("表紙.項目一覧"), "項目一覧"),
    # Ⅰ
    _item("I", _B, Kind.HEADING, _all("I"), "基本情報", "関連情報", prefix=Prefix.ROMAN),
    _item("I-1", _B, Kind.HEADING, _all("I-1"), "特定個人情報ファイルを取り扱う事務", group="business"),
    _item("business.name", _B, Kind.LINE, _all("I-1.①"), "事務の名称", group="business"),
    _item("business.content", _B, Kind.TEXT, _all("I-1.②"), "事務の内容", "事務の概要", group="business"),
    _item("business.subjects", _B, Kind.CHOICE, ("I-1.③", "I-1.③", ""), "対象人数", group="business"),
    _item(
        "I-2",
        _B,
        Kind.HEADING,
        ("I-2", "I-2", ""),
        "特定個人情報ファイルを取り扱う事務において使用するシステム",
        group="system",
    ),
    _item("system.name", _B, Kind.LINE, ("I-2.{n}.①", "I-2.{n}.①", "I-1.③"), "システムの名称", group="system"),
    _item("system.function", _B, Kind.TEXT, ("I-2.{n}.②", "I-2.{n}.②", ""), "システムの機能", group="system"),
    _item(
        "system.connections",
        _B,
        Kind.CHECKS,
        ("I-2.{n}.③", "I-2.{n}.③", ""),
        "他のシステムとの接続",
        "他のシステムとの",
        group="system",
    ),
    _item("I-3", _B, Kind.TEXT, ("I-3", "I-3", "I-2"), "特定個人情報ファイル名"),
    _item("I-4", _B, Kind.HEADING, ("I-4", "", ""), "特定個人情報ファイルを取り扱う理由", group="reason"),
    _item("reason.need", _B, Kind.TEXT, ("I-4.①", "", ""), "事務実施上の必要性", group="reason"),
    _item("reason.merit", _B, Kind.TEXT, ("I-4.②", "", ""), "実現が期待されるメリット", group="reason"),
    _item("I-5", _B, Kind.HEADING, ("I-5", "I-4", "I-3"), "個人番号の利用"),
    _item("number.basis", _B, Kind.TEXT, ("I-5", "I-4", "I-3"), "法令上の根拠", prefix=Prefix.NONE),
    _item(
        "I-6", _B, Kind.HEADING, ("I-6", "I-5", "I-4"), "情報提供ネットワークシステムによる情報連携", group="network"
    ),
    _item("network.use", _B, Kind.CHOICE, ("I-6.①", "I-5.①", "I-4.①"), "実施の有無", group="network"),
    _item("network.basis", _B, Kind.TEXT, ("I-6.②", "I-5.②", "I-4.②"), "法令上の根拠", group="network"),
    _item("I-7", _B, Kind.HEADING, ("I-7", "I-6", "I-5"), "評価実施機関における担当部署", group="department"),
    _item("department.name", _B, Kind.LINE, ("I-7.①", "I-6.①", "I-5.①"), "部署", group="department"),
    _item(
        "department.head",
        _B,
        Kind.LINE,
        ("I-7.②", "I-6.②", "I-5.②"),
        "所属長の役職名",
        "所属長",
        group="department",
    ),
    _item("I-8", _B, Kind.TEXT, ("I-8", "I-7", "I-6"), "他の評価実施機関"),
    _item(
        "basic.disclosure",
        _B,
        Kind.HEADING,
        ("", "", "I-7"),
        "特定個人情報の開示・訂正・利用停止請求",
    ),
    _item(
        "basic.inquiry",
        _B,
        Kind.HEADING,
        ("", "", "I-8"),
        "特定個人情報ファイルの取扱いに関する問合せ",
    ),
    _item("basic.rule9", _B, Kind.TEXT, ("", "", "I-9"), "規則第9条第2項の適用"),
    # しきい値判断項目 (様式2)
    _item("threshold", _B, Kind.HEADING, ("", "", "II"), "しきい値判断項目", prefix=Prefix.ROMAN, group="threshold"),
    _item("threshold.people", _B, Kind.HEADING, ("", "", "II-1"), "対象人数", prefix=Prefix.NUMBER, group="threshold"),
    _item(
        "threshold.subjects",
        _B,
        Kind.CHOICE,
        ("", "", "II-1"),
        "評価対象の事務の対象人数は何人か",
        group="threshold",
    ),
    _item("threshold.date", _B, Kind.LINE, ("", "", "II-1"), "いつ時点の計数か", group="threshold"),
    _item(
        "threshold.users",
        _B,
        Kind.CHOICE,
        ("", "", "II-2"),
        "特定個人情報ファイル取扱者数は500人以上か",
        group="threshold",
    ),
    _item("threshold.handlers", _B, Kind.HEADING, ("", "", "II-2"), "取扱者数", prefix=Prefix.NUMBER),
    _item("threshold.accident", _B, Kind.HEADING, ("", "", "II-3"), "重大事故", prefix=Prefix.NUMBER),
    _item(
        "threshold.incident",
        _B,
        Kind.CHOICE,
        ("", "", "II-3"),
        "過去1年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか",
        "過去1年以内に、評価実施機関において、特定個人情報に関する重大事故が発生したか",
        "過去1年以内に評価実施機関において特定個人情報に関する重大事故が発生したか",
        group="threshold",
    ),
    _item("threshold.result", _B, Kind.HEADING, ("", "", "III"), "しきい値判断結果"),
    # 別添1
    _item(
        "annex.business",
        Part.BUSINESS_ANNEX,
        Kind.TEXT,
        ("別添1", "", ""),
        "(別添1)事務の内容",
        "別添1)事務の内容",
        "別添1事務の内容",
    ),
    _item("annex.notes", Part.BUSINESS_ANNEX, Kind.TEXT, ("別添1", "", ""), "(備考)", prefix=Prefix.NONE),
    # 別紙: no items of the form, but many agencies append them; found by extract.appendices
    _item("appended.provide", _F, Kind.TEXT, _all("別紙")),
    _item("appended.transfer", _F, Kind.TEXT, _all("別紙")),
    # Ⅱ, once for each file
    _item("II", _F, Kind.HEADING, ("II", "II", ""), "特定個人情報ファイルの概要", prefix=Prefix.ROMAN),
    _item("II-1", _F, Kind.LINE, ("II-1", "II-1", ""), "特定個人情報ファイル名"),
    _item("II-2", _F, Kind.HEADING, ("II-2", "II-2", ""), "基本情報", prefix=Prefix.NUMBER, group="basics"),
    _item("file.kind", _F, Kind.CHOICE, ("II-2.①", "II-2.①", ""), "ファイルの種類", group="basics"),
    _item("file.subjects", _F, Kind.CHOICE, ("II-2.②", "II-2.②", ""), "対象となる本人の数", group="basics"),
    _item("file.scope", _F, Kind.TEXT, ("II-2.③", "II-2.③", ""), "対象となる本人の範囲", group="basics"),
    _item("file.need", _F, Kind.TEXT, ("II-2.③", "II-2.③", ""), "その必要性", group="basics"),
    _item("file.items", _F, Kind.CHOICE, ("II-2.④", "II-2.④", ""), "記録される項目", group="basics"),
    _item("file.categories", _F, Kind.CHECKS, ("II-2.④", "II-2.④", ""), "主な記録項目", group="basics"),
    _item("file.validity", _F, Kind.TEXT, ("II-2.④", "II-2.④", ""), "その妥当性", group="basics"),
    _item("file.all_items", _F, Kind.TEXT, ("II-2.④", "II-2.④", ""), "全ての記録項目", group="basics"),
    _item("file.since", _F, Kind.LINE, ("II-2.⑤", "II-2.⑤", ""), "保有開始日", group="basics"),
    _item("file.department", _F, Kind.LINE, ("II-2.⑥", "II-2.⑥", ""), "事務担当部署", group="basics"),
    _item("II-3", _F, Kind.HEADING, ("II-3", "II-3", ""), "特定個人情報の入手・使用", group="use"),
    _item("get.sources", _F, Kind.CHECKS, ("II-3.①", "II-3.①", ""), "入手元", group="use"),
    _item("get.media", _F, Kind.CHECKS, ("II-3.②", "II-3.②", ""), "入手方法", group="use"),
    _item("get.times", _F, Kind.TEXT, ("II-3.③", "", ""), "入手の時期・頻度", group="use"),
    _item("get.validity", _F, Kind.TEXT, ("II-3.④", "", ""), "入手に係る妥当性", group="use"),
    _item("get.notice", _F, Kind.TEXT, ("II-3.⑤", "", ""), "本人への明示", group="use"),
    _item("use.purpose", _F, Kind.TEXT, ("II-3.⑥", "II-3.③", ""), "使用目的", group="use"),
    _item("use.change", _F, Kind.TEXT, ("II-3.⑥", "", ""), "変更の妥当性", group="use"),
    _item("use.by", _F, Kind.GROUP, ("II-3.⑦", "II-3.④", ""), "使用の主体", group="use"),
    _item("use.departments", _F, Kind.LINE, ("II-3.⑦", "II-3.④", ""), "使用部署", group="use"),
    _item("use.users", _F, Kind.CHOICE, ("II-3.⑦", "II-3.④", ""), "使用者数", group="use"),
    _item("use.method", _F, Kind.TEXT, ("II-3.⑧", "II-3.⑤", ""), "使用方法", group="use"),
    _item("use.matching", _F, Kind.TEXT, ("II-3.⑧", "II-3.⑤", ""), "情報の突合", group="use"),
    _item("use.statistics", _F, Kind.TEXT, ("II-3.⑧", "", ""), "情報の統計分析", group="use"),
    _item(
        "use.decisions",
        _F,
        Kind.TEXT,
        ("II-3.⑧", "", ""),
        "権利利益に影響を与え得る決定",
        "権利利益に影響を与える得る決定",
        "権利利益に影響を与えうる決定",
        group="use",
    ),
    _item("use.since", _F, Kind.LINE, ("II-3.⑨", "II-3.⑥", ""), "使用開始日", group="use"),
    _item("II-4", _F, Kind.HEADING, ("II-4", "II-4", ""), "特定個人情報ファイルの取扱いの委託", group="entrust"),
    _item("entrust.declared", _F, Kind.CHECKS, ("II-4", "II-4", ""), "委託の有無"),
    _item("entrust.content", _F, Kind.TEXT, ("II-4.{n}.①", "II-4.{n}.①", ""), "委託内容", group="entrust"),
    _item(
        "entrust.scope",
        _F,
        Kind.CHOICE,
        ("II-4.{n}.②", "", ""),
        "取扱いを委託する特定個人情報ファイルの範囲",
        group="entrust",
    ),
    _item("entrust.subjects", _F, Kind.CHOICE, ("II-4.{n}.②", "", ""), "対象となる本人の数", group="entrust"),
    _item("entrust.persons", _F, Kind.TEXT, ("II-4.{n}.②", "", ""), "対象となる本人の範囲", group="entrust"),
    _item("entrust.validity", _F, Kind.TEXT, ("II-4.{n}.②", "", ""), "その妥当性", group="entrust"),
    _item(
        "entrust.headcount",
        _F,
        Kind.CHOICE,
        ("II-4.{n}.③", "II-4.{n}.②", ""),
        "委託先における取扱者数",
        group="entrust",
    ),
    _item(
        "entrust.media",
        _F,
        Kind.CHECKS,
        ("II-4.{n}.④", "", ""),
        "委託先への特定個人情報ファイルの提供方法",
        group="entrust",
    ),
    _item("entrust.confirmation", _F, Kind.TEXT, ("II-4.{n}.⑤", "", ""), "委託先名の確認方法", group="entrust"),
    _item("entrust.entrustee", _F, Kind.LINE, ("II-4.{n}.⑥", "II-4.{n}.③", ""), "委託先名", group="entrust"),
    _item(
        "entrust.re", _F, Kind.GROUP, ("II-4.{n}.⑦", "II-4.{n}.④", ""), "再委託", prefix=Prefix.NONE, group="entrust"
    ),
    _item("entrust.re_entrusted", _F, Kind.CHOICE, ("II-4.{n}.⑦", "II-4.{n}.④", ""), "再委託の有無", group="entrust"),
    _item("entrust.permission", _F, Kind.TEXT, ("II-4.{n}.⑧", "II-4.{n}.⑤", ""), "再委託の許諾方法", group="entrust"),
    _item("entrust.matter", _F, Kind.TEXT, ("II-4.{n}.⑨", "II-4.{n}.⑥", ""), "再委託事項", group="entrust"),
    _item(
        "II-5",
        _F,
        Kind.HEADING,
        ("II-5", "II-5", ""),
        "特定個人情報の提供・移転(委託に伴うものを除く。)",
        "特定個人情報の提供・移転(委託に伴うものを除く)",
    ),
    _item("handover.declared", _F, Kind.CHECKS, ("II-5", "II-5", ""), "提供・移転の有無"),
    _item("provide.basis", _F, Kind.TEXT, _all("II-5.提供先{n}.①"), "法令上の根拠", group="provide"),
    _item("provide.purpose", _F, Kind.TEXT, _all("II-5.提供先{n}.②"), "提供先における用途", group="provide"),
    _item("provide.data", _F, Kind.TEXT, _all("II-5.提供先{n}.③"), "提供する情報", group="provide"),
    _item(
        "provide.subjects",
        _F,
        Kind.CHOICE,
        _all("II-5.提供先{n}.④"),
        "提供する情報の対象となる本人の数",
        group="provide",
    ),
    _item(
        "provide.persons",
        _F,
        Kind.TEXT,
        _all("II-5.提供先{n}.⑤"),
        "提供する情報の対象となる本人の範囲",
        group="provide",
    ),
    _item("provide.media", _F, Kind.CHECKS, _all("II-5.提供先{n}.⑥"), "提供方法", group="provide"),
    _item("provide.times", _F, Kind.TEXT, _all("II-5.提供先{n}.⑦"), "時期・頻度", group="provide"),
    _item("transfer.basis", _F, Kind.TEXT, _all("II-5.移転先{n}.①"), "法令上の根拠", group="transfer"),
    _item("transfer.purpose", _F, Kind.TEXT, _all("II-5.移転先{n}.②"), "移転先における用途", group="transfer"),
    _item("transfer.data", _F, Kind.TEXT, _all("II-5.移転先{n}.③"), "移転する情報", group="transfer"),
    _item(
        "transfer.subjects",
        _F,
        Kind.CHOICE,
        _all("II-5.移転先{n}.④"),
        "移転する情報の対象となる本人の数",
        group="transfer",
    ),
    _item(
        "transfer.persons",
        _F,
        Kind.TEXT,
        _all("II-5.移転先{n}.⑤"),
        "移転する情報の対象となる本人の範囲",
        group="transfer",
    ),
    _item("transfer.media", _F, Kind.CHECKS, _all("II-5.移転先{n}.⑥"), "移転方法", group="transfer"),
    _item("transfer.times", _F, Kind.TEXT, _all("II-5.移転先{n}.⑦"), "時期・頻度", group="transfer"),
    _item("II-6", _F, Kind.HEADING, ("II-6", "II-6", ""), "特定個人情報の保管・消去", group="keep"),
    _item("keep.site", _F, Kind.TEXT, ("II-6.①", "II-6", ""), "保管場所", group="keep"),
    _item("keep.period", _F, Kind.GROUP, ("II-6.②", "", ""), "保管期間", group="keep"),
    _item("keep.retention", _F, Kind.CHOICE, ("II-6.②", "", ""), "期間", prefix=Prefix.NONE, group="keep"),
    _item("keep.validity", _F, Kind.TEXT, ("II-6.②", "", ""), "その妥当性", group="keep"),
    _item("keep.deletion", _F, Kind.TEXT, ("II-6.③", "", ""), "消去方法", group="keep"),
    _item("II-7", _F, Kind.TEXT, ("II-7", "II-7", ""), "備考", prefix=Prefix.NUMBER),
    # 別添2 (様式4), 別添1 (様式3)
    _item(
        "annex.records",
        Part.RECORD_ANNEX,
        Kind.TEXT,
        ("別添2", "別添1", ""),
        "(別添2)特定個人情報ファイル記録項目",
        "(別添1)特定個人情報ファイル記録項目",
        "別添2特定個人情報ファイル記録項目",
        "別添1特定個人情報ファイル記録項目",
    ),
    # Ⅲ
    _item(
        "III",
        _R,
        Kind.HEADING,
        ("III", "III", "IV"),
        "特定個人情報ファイルの取扱いプロセスにおけるリスク対策",
        "リスク対策",
        prefix=Prefix.ROMAN,
    ),
    _item("III-1", _R, Kind.TEXT, ("III-1", "III-1", ""), "特定個人情報ファイル名"),
    _item("III-2", _R, Kind.HEADING, ("III-2", "III-2", "IV-2"), "特定個人情報の入手"),
    _item("III-3", _R, Kind.HEADING, ("III-3", "III-3", "IV-3"), "特定個人情報の使用"),
    _item("III-4", _R, Kind.HEADING, ("III-4", "III-4", "IV-4"), "特定個人情報ファイルの取扱いの委託"),
    _item("III-5", _R, Kind.HEADING, ("III-5", "III-5", "IV-5"), "特定個人情報の提供・移転"),
    _item("III-6", _R, Kind.HEADING, ("III-6", "III-6", "IV-6"), "情報提供ネットワークシステムとの接続"),
    _item("III-7", _R, Kind.HEADING, ("III-7", "III-7", "IV-7"), "特定個人情報の保管・消去"),
    *(
        _item(f"risk.{at}", _R, Kind.TEXT, _all("III"), label)
        for at, label in enumerate(
            (
                "リスクに対する措置の内容",
                "対象者以外の情報の入手を防止するための措置の内容",
                "必要な情報以外を入手することを防止するための措置の内容",
                "その他の措置の内容",
                "他の措置の内容",
                "入手の際の本人確認の措置の内容",
                "個人番号の真正性確認の措置の内容",
                "特定個人情報の正確性確保の措置の内容",
                "宛名システム等における措置の内容",
                "事務で使用するその他のシステムにおける措置の内容",
                "具体的な管理方法",
                "具体的な方法",
                "具体的な制限方法",
                "情報保護管理体制の確認",
                "ルールの内容及びルール遵守の確認方法",
                "ルール内容及びルール遵守の確認方法",
                "委託先から他者への提供に関するルールの内容及びルール遵守の確認方法",
                "委託元と委託先間の提供に関するルールの内容及びルール遵守の確認方法",
                "規定の内容",
                "具体的な対策の内容",
                "手順の内容",
                "具体的な保管方法",
                "特定個人情報の入手(情報提供ネットワークシステムを通じた入手を除く。)におけるその他のリスク及びそのリスクに対する措置",
                "特定個人情報の使用におけるその他のリスク及びそのリスクに対する措置",
                "特定個人情報ファイルの取扱いの委託におけるその他のリスク及びそのリスクに対する措置",
                "特定個人情報の提供・移転(委託や情報提供ネットワークシステムを通じた提供を除く。)におけるその他のリスク及びそのリスクに対する措置",
                "情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置",
                "特定個人情報の保管・消去におけるその他のリスク及びそのリスクに対する措置",
                "判断の根拠",
            )
        )
    ),
    *(
        _item(f"risk.choice.{at}", _R, Kind.CHOICE, _all("III"), label)
        for at, label in enumerate(
            (
                "リスクへの対策は十分か",
                "ユーザ認証の管理",
                "アクセス権限の発効・失効の管理",
                "アクセス権限の管理",
                "特定個人情報の使用の記録",
                "特定個人情報ファイルの閲覧者・更新者の制限",
                "特定個人情報ファイルの取扱いの記録",
                "特定個人情報の提供ルール",
                "特定個人情報の消去ルール",
                "委託契約書中の特定個人情報ファイルの取扱いに関する規定",
                "再委託先による特定個人情報ファイルの適切な取扱いの確保",
                "再委託先による特定個人情報ファイルの適切な取扱いの担保",
                "特定個人情報の提供・移転の記録",
                "特定個人情報の提供・移転に関するルール",
                "NISC政府機関統一基準群",
                "安全管理体制",
                "安全管理規程",
                "安全管理体制・規程の職員への周知",
                "物理的対策",
                "技術的対策",
                "バックアップ",
                "事故発生時手順の策定・周知",
                "死者の個人番号",
                "消去手順",
                "従業者に対する教育・啓発",
                "従業員に対する教育・啓発",
                "自己点検",
            )
        )
    ),
    _item(
        "risk.incident",
        _R,
        Kind.CHOICE,
        ("III-7.⑨", "III-7.⑨", ""),
        "過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか",
        "過去3年以内に、評価実施機関において個人情報に関する重大事故が発生したか",
    ),
    _item("risk.incident.content", _R, Kind.TEXT, _all("III-7.⑨"), "その内容"),
    _item("risk.incident.prevention", _R, Kind.TEXT, _all("III-7.⑨"), "再発防止策の内容"),
    # Ⅳ to Ⅵ
    _item("IV", _E, Kind.HEADING, ("IV", "", ""), "その他のリスク対策", prefix=Prefix.ROMAN),
    _item("IV-1", _E, Kind.HEADING, ("IV-1", "III-8", "IV-9"), "監査", prefix=Prefix.NUMBER),
    _item(
        "IV-2",
        _E,
        Kind.HEADING,
        ("IV-2", "III-9", "IV-10"),
        "従業者に対する教育・啓発",
        "従業員に対する教育・啓発",
        prefix=Prefix.NUMBER,
    ),
    _item("IV-3", _E, Kind.TEXT, ("IV-3", "III-10", ""), "その他のリスク対策", prefix=Prefix.NUMBER),
    _item("audit.method", _E, Kind.TEXT, ("IV-1", "", ""), "具体的なチェック方法"),
    _item("audit.content", _E, Kind.TEXT, ("IV-1", "", ""), "具体的な内容"),
    _item("V", _E, Kind.HEADING, ("V", "IV", ""), "開示請求、問合せ", prefix=Prefix.ROMAN),
    _item("ask.place", _E, Kind.TEXT, ("V-1.①", "IV-1.①", "I-7"), "請求先"),
    _item("ask.method", _E, Kind.TEXT, ("V-1.②", "IV-1.②", ""), "請求方法"),
    _item("ask.remarks", _E, Kind.TEXT, ("V-1.②", "", ""), "特記事項"),
    _item("ask.fee", _E, Kind.CHOICE, ("V-1.③", "", ""), "手数料等"),
    _item("ask.book", _E, Kind.CHOICE, ("V-1.④", "", ""), "個人情報ファイル簿の公表"),
    _item("ask.book.name", _E, Kind.LINE, ("V-1.④", "", ""), "個人情報ファイル名"),
    _item("ask.book.place", _E, Kind.LINE, ("V-1.④", "", ""), "公表場所"),
    _item("ask.special", _E, Kind.TEXT, ("V-1.⑤", "IV-1.③", ""), "法令による特別の手続"),
    _item("ask.omitted", _E, Kind.TEXT, ("V-1.⑥", "IV-1.④", ""), "個人情報ファイル簿への不記載等"),
    _item("ask.contact", _E, Kind.TEXT, ("V-2.①", "IV-2.①", "I-8"), "連絡先"),
    _item("ask.reply", _E, Kind.TEXT, ("V-2.②", "IV-2.②", ""), "対応方法"),
    _item("VI", _E, Kind.HEADING, ("VI", "V", ""), "評価実施手続", prefix=Prefix.ROMAN),
    _item("VI-1", _E, Kind.HEADING, ("VI-1", "V-1", ""), "基礎項目評価", prefix=Prefix.NUMBER),
    _item("procedure.date", _E, Kind.LINE, ("VI-1.①", "V-1.①", ""), "実施日", prefix=Prefix.NUMBER),
    _item("procedure.result", _E, Kind.CHOICE, ("VI-1.②", "V-1.②", ""), "しきい値判断結果"),
    _item("VI-2", _E, Kind.HEADING, ("VI-2", "V-2", ""), "国民・住民等からの意見の聴取"),
    _item("VI-3", _E, Kind.HEADING, ("VI-3", "V-3", ""), "第三者点検"),
    _item("VI-4", _E, Kind.HEADING, ("VI-4", "", ""), "個人情報保護委員会の承認"),
    # 変更箇所
    _item(
        "changes",
        Part.CHANGES,
        Kind.HEADING,
        ("別添3", "別添2", "変更箇所"),
        "(別添3)変更箇所",
        "(別添2)変更箇所",
        "別添3変更箇所",
        "別添2変更箇所",
        "変更箇所",
    ),
)

BY_KEY: dict[str, Item] = {item.key: item for item in ITEMS}

RECORDS: dict[str, str] = {"システム": "system", "委託事項": "entrust", "提供先": "provide", "移転先": "transfer"}
"""Numbered headings, and the group of items that belongs to each."""

# -- options -------------------------------------------------------------------------------------

_USERS = (
    "10人未満",
    "10人以上50人未満",
    "50人以上100人未満",
    "100人以上500人未満",
    "500人以上1,000人未満",
    "1,000人以上",
)
_SUBJECTS = (
    "1万人未満",
    "1万人以上10万人未満",
    "10万人以上100万人未満",
    "100万人以上1,000万人未満",
    "1,000万人以上",
)
_BUSINESS_SUBJECTS = (
    "1,000人未満(任意実施)",
    "1,000人未満",
    "1,000人以上1万人未満",
    "1万人以上10万人未満",
    "10万人以上30万人未満",
    "30万人以上",
)
_RETENTION = (
    "1年未満",
    "1年",
    "2年",
    "3年",
    "4年",
    "5年",
    "6年以上10年未満",
    "10年以上20年未満",
    "20年以上",
    "定められていない",
)
OPTIONS: dict[str, tuple[str, ...]] = {
    "business.subjects": _BUSINESS_SUBJECTS,
    "threshold.subjects": _BUSINESS_SUBJECTS,
    "threshold.users": ("500人以上", "500人未満"),
    "network.use": ("実施する", "実施しない", "未定"),
    "file.kind": ("システム用ファイル", "その他の電子ファイル(表計算ファイル等)", "その他の電子ファイル"),
    "file.subjects": _SUBJECTS,
    "file.items": ("10項目未満", "10項目以上50項目未満", "50項目以上100項目未満", "100項目以上"),
    "use.users": _USERS,
    "entrust.declared": ("委託する", "委託しない"),
    "entrust.scope": ("特定個人情報ファイルの全体", "特定個人情報ファイルの一部"),
    "entrust.subjects": _SUBJECTS,
    "entrust.headcount": _USERS,
    "entrust.re_entrusted": ("再委託する", "再委託しない"),
    "provide.subjects": _SUBJECTS,
    "transfer.subjects": _SUBJECTS,
    "keep.retention": _RETENTION,
    "risk.incident": ("発生あり", "発生なし"),
    "threshold.incident": ("発生あり", "発生なし"),
}

OTHER_OPTIONS: tuple[str, ...] = (
    "特に力を入れている",
    "十分である",
    "課題が残されている",
    "特に力を入れて行っている",
    "十分に行っている",
    "十分に行っていない",
    "特に力を入れて整備している",
    "十分に整備している",
    "十分に整備していない",
    "特に力を入れて周知している",
    "十分に周知している",
    "十分に周知していない",
    "特に力を入れて遵守している",
    "十分に遵守している",
    "十分に遵守していない",
    "政府機関ではない",
    "行っている",
    "行っていない",
    "定めている",
    "定めていない",
    "記録を残している",
    "記録を残していない",
    "制限している",
    "制限していない",
    "保管している",
    "保管していない",
    "再委託していない",
    "有料",
    "無料",
)
"""Options of items that are not read one by one, so that they are not taken for text."""

# -- check lists ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One box of a list: its canonical label, and the folded texts by which it is found."""

    label: str
    texts: tuple[str, ...]
    parenthesis: bool = False


def _check(label: str, *texts: str, parenthesis: bool = False) -> Check:
    return Check(label=label, texts=texts or (label,), parenthesis=parenthesis)


_DISK = _check(
    "電子記録媒体", "電子記録媒体(フラッシュメモリを除く。)", "電子記録媒体(フラッシュメモリを除く)", "電子記録媒体"
)
_FLASH = _check("フラッシュメモリ", "フラッシュメモリ", "フラッシュメモリー")
_MAIL, _PAPER, _LINE = _check("電子メール"), _check("紙"), _check("専用線")
_OFFICE = _check("庁内連携システム", "庁内連携システム", "庁内連携")
_NETWORK = _check("情報提供ネットワークシステム")
_REST = _check("その他", parenthesis=True)

CHECK_LISTS: dict[str, tuple[tuple[Check, ...], ...]] = {
    "system.connections": (
        (_NETWORK, _check("庁内連携システム")),
        (_check("住民基本台帳ネットワークシステム"), _check("既存住民基本台帳システム")),
        (_check("宛名システム等"), _check("税務システム")),
        (_REST,),
    ),
    "file.categories": (
        (
            _check("個人番号"),
            _check("個人番号対応符号"),
            _check("その他識別情報(内部番号)", "その他識別情報(内部番号)", "その他識別情報"),
        ),
        (
            _check(
                "4情報(氏名、性別、生年月日、住所)",
                "基本4情報(氏名、性別、生年月日、住所)",
                "5情報(氏名、氏名の振り仮名、性別、生年月日、住所)",
                "4情報(氏名、性別、生年月日、住所)",
                "基本4情報",
                "4情報",
                "5情報",
            ),
            _check("連絡先(電話番号等)", "連絡先(電話番号等)", "連絡先"),
            _check("その他住民票関係情報"),
        ),
        (_check("国税関係情報"), _check("地方税関係情報"), _check("健康・医療関係情報")),
        (_check("医療保険関係情報"), _check("児童福祉・子育て関係情報"), _check("障害者福祉関係情報")),
        (_check("生活保護・社会福祉関係情報"), _check("介護・高齢者福祉関係情報")),
        (_check("雇用・労働関係情報"), _check("年金関係情報"), _check("学校・教育関係情報")),
        (_check("災害関係情報"),),
        (_REST,),
    ),
    "get.sources": (
        (_check("本人又は本人の代理人", "本人又は本人の代理人", "本人または本人の代理人"),),
        (_check("評価実施機関内の他部署", parenthesis=True),),
        (_check("行政機関・独立行政法人等", parenthesis=True),),
        (_check("地方公共団体・地方独立行政法人", parenthesis=True),),
        (_check("民間事業者", parenthesis=True),),
        (_REST,),
    ),
    "get.media": ((_PAPER, _DISK, _FLASH), (_MAIL, _LINE, _OFFICE), (_NETWORK,), (_REST,)),
    "entrust.media": ((_LINE, _MAIL, _DISK), (_FLASH, _PAPER), (_REST,)),
    "provide.media": ((_NETWORK, _LINE), (_MAIL, _DISK), (_FLASH, _PAPER), (_REST,)),
    "transfer.media": ((_OFFICE, _LINE), (_MAIL, _DISK), (_FLASH, _PAPER), (_REST,)),
    "handover.declared": (
        (
            _check("提供を行っている", parenthesis=True),
            _check("移転を行っている", parenthesis=True),
            _check("行っていない"),
        ),
    ),
}
"""The check lists row by row as the form prints them: a mark that is split runs on into the next box."""

NEVER_EMPTY = frozenset({"file.categories", "get.sources", "get.media"})
"""Lists in which at least one box is ticked: a file records something, from somewhere, by some medium."""

LISTS_OF_RECIPIENTS = {"provide": "appended.provide", "transfer": "appended.transfer"}
"""Lists of recipients that an agency appends: the item of the list by the group of the items that refer to it."""
