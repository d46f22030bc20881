"""Who can stand at an end of a movement: names of the document, national systems, and words by their heads.

Knows nouns only; what they do in the sentence is not its business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.facts import EndKind
from extract.flows.passages import Names
from extract.normalize import folded

NATIONAL: dict[EndKind, str] = {
    EndKind.SYSTEM: (
        "情報提供ネットワークシステム 情報提供ネットワーク 情報提供NWS 住民基本台帳ネットワークシステム 住民基本台帳ネットワーク 住基ネットワークシステム "
        "住基ネットワーク 住基ネット コミュニケーションサーバ コミュニケーションサーバー 住基CS 中間サーバー・プラットフォーム 中間サーバ・プラットフォーム "
        "マイナポータル・ぴったりサービス マイナポータル サービス検索・電子申請機能 ぴったりサービス びったりサービス 情報提供等記録開示システム "
        "ガバメントクラウド ワンストップサービス eLTAX e-Tax VRS"
    ),
    EndKind.BODY: (
        "J-LIS 地方公共団体情報システム機構 社会保険診療報酬支払基金 支払基金 国民健康保険中央会 国保中央会 こども家庭庁 協会けんぽ 認定こども園 ハローワーク 日本年金機構"
    ),
}
"""Systems and bodies that any assessment may name without defining them and whose kind their last word does not tell."""

HEADS: dict[EndKind, str] = {
    EndKind.SYSTEM: (
        "システム システムサーバー サーバー サーバ 端末 端末機 PC パソコン プラットフォーム 基盤 データベース DB クラウド ポータル タブレット "
        "電子申請サービス インターネット"
    ),
    EndKind.BODY: (
        "市区町村 市町村 区市町村 都道府県 自治体 団体 市 区 町 村 県 府 都 国 庁 省 署 機構 基金 連合 連合会 組合 会社 機関 事業者 業者 事業所 事業主 "
        "保険者 義務者 支払者 指定管理者 市町村長 市区町村長 区市町村長 市長 区長 町長 村長 知事 大臣 長官 署長 校長 学校長 学校 大学 病院 診療所 薬局 保健所 児童相談所 福祉事務所 年金事務所 職業安定所 保育所 保育園 幼稚園 施設 協会 協議会 法務局 "
        "裁判所 委員会 中央会 委託先 再委託先 受託者 再委託者 提供先 移転先 照会先 照会元 移転元 情報照会者 情報提供者 照会者 銀行 郵便局 共済 法人 "
        "公社 財団 企業 雇用主 国税局 厚生局 労働局 住所地 転入地 転出地 転入先 転出先 転出元 転入元 転居先 本籍地 勤務先 第三者 他者"
    ),
    EndKind.DEPARTMENT: (
        "課 部 局 室 係 班 窓口 部署 部門 支所 出張所 センター 事務所 区役所 市役所 役場 支局 分室 会計管理者"
    ),
    EndKind.PERSON: (
        "住民 市民 区民 町民 村民 県民 国民 本人 代理人 届出人 申請人 者 被保険者 納税義務者 納付義務者 扶養義務者 届出義務者 児童 生徒 学生 世帯主 "
        "世帯員 世帯構成員 組合員 相続人 医師 妊婦 職員 担当 保護者 家族 遺族 従業員 調査員 患者 主治医 嘱託医 歯科医 申立人"
    ),
    EndKind.PLACE: "環境 データセンター 保管庫 書庫 区画 キャビネット サーバー室 倉庫",
}
"""Last words by which a noun is known to stand for a system, a body, a department, people or a place."""

_NETWORK = re.compile(
    r"情報提供ネットワーク|情報提供NWS|住民基本台帳ネットワーク|住基ネット|^庁内連携|総合行政ネットワーク|^eLTAX$|^e-Tax$|^LGWAN$"
)

_NOT_ENDS = (
    "賦課|一部|全部|内部|外部|学部|細部|教室|関係|都市|地区|学区|全国|外国|帰国|入国|出国|首都|後者|前者|両者|死者|当局|結局|以上|自署|該当者|仕様書|"
    "兼務|相当|担当区|利用環境|動作環境|通信環境|稼働環境|執行部|独立行政"
)
_STOP = re.compile(rf"(?:{_NOT_ENDS})$")
_HEAD_KIND = {head: kind for kind, words in HEADS.items() for head in words.split()}
_LONGEST_HEAD = max(map(len, _HEAD_KIND))
_ALONE = frozenset(
    ["市", "区", "町", "村", "県", "国", "課", "窓口", "職員", "本人", "住民", "端末", "サーバー", "サーバ", "担当"]
)
_VAGUE = frozenset(
    ["者", "システム", "機関", "端末", "サーバー", "サーバ", "PC", "パソコン", "事業者", "窓口", "団体", "施設", "環境"]
)
"""Heads that say little alone: the clause before them belongs to the name (申請を行う者)."""

_TRIM_RIGHT = re.compile(r"(?:等|側|内部|内|上|宛|間|及|又|並|若|毎|各位|自身|自体|以外|経由|双方|両方|向)$")
_TRIM_LEFT = re.compile(
    r"^(?:当該|該当|上記|前記|下記|各種|各|全ての|同(?!一|報|意|居)|以降|以後|際|場合|旨|一方|(?:平成|令和)[0-9年月日]+|毎年|毎月|随時|都度|"
    r"適宜|今後|現在|通常|別途|直接|定期的|一括|対象|他(?=[本当]))(?=.)"
)
SELF = re.compile(
    r"^[本当](?:市区町村|市|区|町|村|県|府|都|道|庁|省|局|広域連合|連合|組合|健保組合|国保組合|機構|法人|機関|協会|会|社|自治体|共済組合|団体)$"
)
"""How an agency calls itself."""

_TELLING = 4
"""The length from which a name tells what a longer one with the same ending is."""
_NAME_LIMIT = 40
_RUN = "一-龠々〆ヶヵァ-ヴーA-Za-z0-9&.-"
_PLAIN_RUN = re.compile(rf"[{_RUN}]+")
_OWNED = frozenset((EndKind.SYSTEM, EndKind.DEPARTMENT, EndKind.PERSON, EndKind.PLACE))
_OTHER = re.compile(r"(?:(?:(?:その)?他|従前|別|(?:それ|これ|上記)以外|[一-龠]{1,5}(?:先|元|地))の)$")
_CLAUSE = re.compile(r"(?:^|(?<=[、。:・はへ])|(?<=から)|(?<=より))(?P<clause>[^、。:・はへ]{2,40}(?:る|た|う|ない))$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: its range in the text, how the text calls it, and what it is."""

    start: int
    end: int
    name: str
    kind: EndKind


class Gazetteer:
    """The names of one document, with those that every document may use."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.known = _known_names(names)
        odd = sorted((n for n in self.known if not _PLAIN_RUN.fullmatch(n)), key=len, reverse=True)
        self._unit = re.compile(
            "(?:"
            + "".join(f"{re.escape(name)}|" for name in odd)
            + rf"[{_RUN}]|(?<=[一-龠ァ-ヶー])\([^()、。]{{1,8}}\)(?=[一-龠ァ-ヶー]))+"
        )
        self._systems = tuple(n for n, kind in self.known.items() if kind is EndKind.SYSTEM and len(n) >= _TELLING)

    def find_mentions(self, text: str) -> list[Mention]:
        """Return the mentions in ``text`` from left to right, qualified forms (甲の窓口) as one."""
        found: list[Mention] = []
        for unit in self._unit.finditer(text):
            mention = self._mention(text, unit.start(), unit.group())
            if mention is None:
                continue
            if found and _owns(text, found[-1], mention):
                mention = _joined(text, found.pop(), mention)
            found.append(mention)
        return found

    def kind_of(self, name: str) -> EndKind | None:
        """Return what ``name`` stands for, or None if it is no name of an end."""
        if name in self.known:
            return self.known[name]
        if _STOP.search(name):
            return None
        if name.endswith(self._systems):
            return EndKind.SYSTEM
        return _kind_of_head(name)

    def same(self, one: str, other: str) -> bool:
        """Whether two names are one end: equal, aliases of a system, or both the agency itself."""
        return one == other or self._canonical(one) == self._canonical(other)

    def _canonical(self, name: str) -> str:
        name = folded(name)
        for system in self.names.systems:
            for alias in system:
                if name == alias or (len(alias) >= _TELLING and name.endswith("の" + alias)):
                    return system[0]
        agency = self.names.agency or ""
        if agency and (
            SELF.match(name)
            or name == folded(self.names.office or "")
            or (len(name) > 1 and folded(agency).endswith(name))
        ):
            return agency
        return name

    def _mention(self, text: str, start: int, unit: str) -> Mention | None:
        name = unit
        while name not in self.known and (suffix := _TRIM_RIGHT.search(name)):
            name = name[: suffix.start()]
        while name not in self.known and (prefix := _TRIM_LEFT.match(name)) and not SELF.match(name):
            name, start = name[prefix.end() :], start + prefix.end()
        if name.startswith("他") and text[max(0, start - 2) : start] == "その":
            name, start = name[1:], start + 1
        kind = self.kind_of(name) if name else None
        if kind is None:
            return None
        end = start + len(name)
        if kind in (EndKind.PERSON, EndKind.BODY) and name not in self.known and text.startswith("等", end):
            end += 1
        if other := _OTHER.search(text, max(0, start - 8), start):
            start = other.start()
        elif name in _VAGUE and name not in self.known:
            clause = _CLAUSE.search(text, max(0, start - 42), start)
            if clause is None and name not in _ALONE:
                return None
            start = clause.start("clause") if clause else start
        return Mention(start, end, text[start:end], kind)


def is_network(name: str) -> bool:
    """Whether a system of this name only carries: the means of a movement whose ends are named.

    >>> is_network("情報提供ネットワークシステム"), is_network("宛名システム")
    (True, False)
    """
    return bool(_NETWORK.search(name))


@lru_cache(maxsize=4096)
def _kind_of_head(name: str) -> EndKind | None:
    """Return the kind that the longest known last word of ``name`` tells.

    >>> _kind_of_head("被保険者"), _kind_of_head("年金保険者"), _kind_of_head("申請書")
    (<EndKind.PERSON: 'person'>, <EndKind.BODY: 'body'>, None)
    """
    for size in range(min(_LONGEST_HEAD, len(name)), 0, -1):
        kind = _HEAD_KIND.get(name[-size:])
        if kind and (size > 1 or len(name) > 1 or name in _ALONE or name in _VAGUE):
            return kind
    return None


def _known_names(names: Names) -> dict[str, EndKind]:
    known = {name: kind for kind, words in NATIONAL.items() for name in words.split()}
    for system in names.systems:
        known.update({folded(name): EndKind.SYSTEM for name in system if len(name) > 1})
    known.update({folded(name): EndKind.DEPARTMENT for name in names.departments})
    for body in (*names.bodies, names.agency, names.office):
        if body and len(body) <= _NAME_LIMIT:
            known.setdefault(folded(body), _kind_of_head(folded(body)) or EndKind.BODY)
    for short, full in names.aliases.items():
        kind = known.get(folded(full)) or _kind_of_head(folded(full)) or _kind_of_head(folded(short))
        if kind and not _STOP.search(folded(short)):
            known.setdefault(folded(short), kind)
    known.pop("", None)
    return known


def _owns(text: str, owner: Mention, owned: Mention) -> bool:
    between = text[owner.end : owned.start]
    if between in ("等以外の", "以外の"):
        return True
    if between not in ("の", "等の", "内の", "側の") or owner.kind is EndKind.PERSON:
        return False
    return owned.kind in _OWNED or owner.kind is owned.kind is EndKind.BODY


def _joined(text: str, owner: Mention, owned: Mention) -> Mention:
    return Mention(owner.start, owned.end, text[owner.start : owned.end], owned.kind)
