"""What a movement carries of the individual number, and the words that say so.

First the clause itself, then the sentence, then what the document states once for all of a system, of a
form that people hand in, or of a pair of ends. What none of them settles is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.facts import Carries, EndKind
from extract.flows.arrows import Arrow
from extract.flows.ends import Gazetteer
from extract.flows.sentences import Sentence

_NUMBER_WORD = r"(?:個人番号|マイナンバー)(?!カード|利用事務|関係事務|対応符号|識別|通知カード|制度|法|ポータル|が不明|が取得でき|が確認でき|の有無)"
_NUMBER = re.compile(_NUMBER_WORD)
_NONE = re.compile(
    rf"{_NUMBER_WORD}(?:等)?(?:を除[いくき]|を含ま(?:な|ず)|は含ま(?:な|れな|ず)|が含まれ(?:な|ず)|以外|を用い(?:ず|な)|を使用せず|を使用しな|を利用せず|を利用しな|を使わな|を使わず|"
    r"を伴わな|を削除|を付さな|を保有しな|を持たな|は[^、。]{1,6}(?:しな|せず|していな|されな|されていな|せない)|は連携しな|は送信しな|は記録されな|は記録されてい?な|は使用しな|は使わな|は利用しな|は用いな|は保有しな|は保有してい?な)"
)
_SYMBOL = re.compile(r"[^、。をにはが]{0,8}符号|団体内統合(?:宛名|利用)?番号|統合宛名番号|被保険者枝番|処理通番")
_SPECIFIC = re.compile(r"特定個人情報(?!保護|ファイル名)|本人確認情報")
_NETWORK = re.compile(r"情報提供ネットワーク|情報提供NWS")
_EXCHANGE = re.compile(r"情報保有機関|情報照会者|情報提供者")
_ANYWHERE = re.compile(
    rf"{_NUMBER_WORD}等?(?:を(?:用い|基に|もとに|利用し|使用し|キー)|の(?:確認|真正性|提供を受け|提示)|により)"
)
_HANDED_IN = re.compile(r"申請|届出|届け出|申告|請求")

_USES_SYMBOL = re.compile(r"符号[^。]{0,30}(?:用い|取得|利用|使用|必要|紐|変換|により|管理|識別)")
_WITHOUT = re.compile(
    rf"^(?P<who>[^。]{{2,40}}?)(?:には|では|においては|は|で)、?[^。]{{0,30}}?{_NUMBER_WORD}等?(?:を|は|が)[^。]{{0,12}}(?:ない|ず|ません|なし)"
)
_ONLY = re.compile(
    rf"(?P<who>[^、。]{{2,30}})のみ(?:が|で|において|に)?、?{_NUMBER_WORD}を?(?:用い|使用|利用|保有|管理|記録)"
)
_FORM = re.compile(
    rf"{_NUMBER_WORD}等?[がをの](?:記入|記載)(?:され|し|が?あ)[ただるっ]*(?P<form>[^、。をにへはが]{{2,30}})"
)
_CONFIRMED = re.compile(
    rf"(?P<what>(?:[^、。]{{0,24}}に関する)?[^、。のをから]{{0,12}}(?:申請|届出|届け出|申告|請求))[^。]*?{_NUMBER_WORD}等?の確認"
)
_STARTS = re.compile(r"^.*(?:から|より|は、?|が)")
_EXCEPT = re.compile(r"以外(?:の[^、。]{1,12})?(?:へ|に|と)")
_OWN = re.compile(r"(?:の仕組み?.*|そのもの|自体|内|上|側|等|のデータベース.*|システム.*)$")


@dataclass(frozen=True, slots=True)
class Rule:
    """What the document states for all movements that touch ``name`` (or run from ``name`` to ``other``)."""

    name: str
    carries: Carries
    why: str
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The document's own statements about the number."""

    symbol: str | None = None
    without: tuple[Rule, ...] = ()
    only: tuple[Rule, ...] = ()
    forms: tuple[Rule, ...] = ()
    pairs: tuple[Rule, ...] = ()
    into: tuple[Rule, ...] = ()


def find_statements(sentences: Iterable[Sentence], gazetteer: Gazetteer) -> Statements:
    """Return what ``sentences`` state for the whole document."""
    symbol: str | None = None
    without, only, forms, into = [], [], [], []
    for sentence in sentences:
        text = sentence.text
        if symbol is None and (found := _USES_SYMBOL.search(text)):
            symbol = _quote(text, found)
        if not _NUMBER.search(text) and "特定個人情報" not in text:
            continue
        if (found := _WITHOUT.search(text)) and (core := _OWN.sub("", found["who"])):
            without.append(Rule(core, Carries.NONE, _quote(text, found)))
        if found := _ONLY.search(text):
            only.append(Rule(found["who"], Carries.NONE, _quote(text, found)))
        forms.extend(Rule(_core(found["form"]), Carries.NUMBER, _quote(text, found)) for found in _FORM.finditer(text))
        if found := _CONFIRMED.search(text):
            forms.append(Rule(_core(found["what"]), Carries.NUMBER, _quote(text, found)))
        if (found := _EXCEPT.search(text)) and re.search(r"ない|ず", text[found.end() :]):
            into.extend(_excepted(text, found, gazetteer))
    return Statements(symbol=symbol, without=tuple(without), only=tuple(only), forms=tuple(forms), into=tuple(into))


def _quote(text: str, found: re.Match[str]) -> str:
    return text[found.start() : found.end()][-60:]


def _core(form: str) -> str:
    return re.sub(r"(?:等|など)*(?:(?:に関する|に係る|の).*)?$", "", _STARTS.sub("", form))


def _excepted(text: str, found: re.Match[str], gazetteer: Gazetteer) -> list[Rule]:
    """X以外への特定個人情報の配信は行っていない: what goes to X carries the number."""
    names = [m for m in gazetteer.find_mentions(text) if m.end <= found.start() <= m.end + 2]
    says = _NUMBER.search(text) or _SPECIFIC.search(text)
    return [Rule(m.name, Carries.NUMBER, text[m.start :][:60]) for m in names if says]


@dataclass(frozen=True, slots=True)
class Draft:
    """A movement before its carriage is settled: its ends, the data, the words of its clause and sentence."""

    source: str
    target: str
    source_kind: EndKind
    target_kind: EndKind
    data: str | None
    via: str | None
    clause: str
    sentence: str


def judge(draft: Draft, statements: Statements) -> tuple[Carries, str | None]:
    """Return what the movement carries and the deciding words, by its own sentence and its ends."""
    if found := _NONE.search(draft.clause):
        return Carries.NONE, draft.clause[max(0, found.start() - 20) : found.end() + 10]
    by_network = any(_NETWORK.search(word or "") for word in (draft.source, draft.target, draft.via))
    if by_network or _EXCHANGE.search(draft.source + " " + draft.target):
        if statements.symbol:
            return Carries.SYMBOL, statements.symbol
        return Carries.UNCLEAR, None
    if found := _SYMBOL.search(draft.data or ""):
        return Carries.SYMBOL, draft.data
    for rule in statements.without:
        if rule.name in draft.source or rule.name in draft.target:
            return rule.carries, rule.why
    if found := _NUMBER.search(draft.clause) or _SPECIFIC.search(draft.clause):
        return Carries.NUMBER, draft.clause[max(0, found.start() - 10) : found.end() + 20]
    if found := _ANYWHERE.search(draft.sentence):
        return Carries.NUMBER, draft.sentence[max(0, found.start() - 10) : found.end() + 20]
    return _by_rule(draft, statements)


def _by_rule(draft: Draft, statements: Statements) -> tuple[Carries, str | None]:
    if draft.source_kind is EndKind.PERSON and _HANDED_IN.search(draft.clause):
        for rule in statements.forms:
            if rule.name and rule.name in draft.sentence:
                return rule.carries, rule.why
    for rule in statements.into:
        if draft.target.endswith(rule.name) and draft.source.split("の")[0] != rule.name.split("の")[0]:
            return rule.carries, rule.why
    if draft.source_kind is EndKind.SYSTEM and draft.target_kind is EndKind.SYSTEM:
        for rule in statements.only:
            if not (_alike(rule.name, draft.source) or _alike(rule.name, draft.target)):
                return rule.carries, rule.why
    return Carries.UNCLEAR, None


def _alike(one: str, other: str) -> bool:
    return one in other or other in one


def find_pairs(drafts: Iterable[tuple[Draft, Carries, str | None]]) -> tuple[Rule, ...]:
    """Return the pairs of ends between which the document says that 特定個人情報 move, whatever the data."""
    return tuple(
        Rule(draft.source, carries, why or "", draft.target)
        for draft, carries, why in drafts
        if carries is Carries.NUMBER and (draft.data or "").endswith("特定個人情報")
    )


def by_pair(draft: Draft, pairs: Iterable[Rule], owners: dict[str, str]) -> tuple[Carries, str | None]:
    """Return what the pair of ends, or of the bodies that own them, carries by the document's statement."""
    for rule in pairs:
        if _belongs(draft.source, rule.name, owners) and _belongs(draft.target, rule.other, owners):
            return rule.carries, rule.why
    return Carries.UNCLEAR, None


def _belongs(name: str, body: str, owners: dict[str, str]) -> bool:
    owner = name.split("の")[0] if "の" in name else owners.get(name, name)
    return name.endswith(body) or owner.endswith(body)
