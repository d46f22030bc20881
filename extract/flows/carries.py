"""What a movement carries of the individual number, and the words that say so.

First the clause itself, then what the next sentences say of it, then what the document states for its kind. What
none of them settles is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from extract.facts import Carries
from extract.flows.conditions import Draft, Rule, fits, is_inquiry, names_persons
from extract.flows.objects import ANSWER, is_general
from extract.flows.statements import NUMBER, SYMBOL, Statements

Verdict = tuple[Carries, str | None]
"""What a movement carries, and the words that decide it."""

_JOINT = 5
"""How far the end of one clause may stand from the beginning of the next: た上で、."""

UNSAID: Verdict = (Carries.UNCLEAR, None)
"""What no words settle."""

_NUMBER = re.compile(NUMBER)
_NONE = re.compile(
    rf"{NUMBER}等?(?:を(?:除(?:[いくき]|外|去)|マスク|マスキング|黒塗り|塗りつぶ|取り除|抜[いき]|伏せ|非表示|空白|空欄|消去|消し|[^、。]{{1,10}}に(?:置き?換え|変換|差し?替え))|欄を(?:空|除|黒|削|塗)|の(?:記載|記入|表示|印字)[のが]?(?:ない|無い|なし|無し)|以外|を削除|を含ま(?:な|ず)|が含まれ(?:な|ず)|を(?:用い|使用せ|利用せ|使わ|含ま|伴わ)ず|"
    r"を(?:用い|使用し|利用し|使わ|伴わ|付さ|保有し|持た|記載し)な|は(?:含ま|使わ|用い|持た|渡さ|残さ)な|は[^、。]{1,6}(?:しな|せず|していな|されな|されていな|せない|れな))"
)
_WITHOUT_NUMBER = re.compile(rf"^.*{NUMBER}等?(?:以外の|を[^、。]{{1,8}}(?:た|ない))(?P<data>[^、。]+)$")
_DROPPED = re.compile(
    rf"{NUMBER}等?(?:欄)?(?:を|は)(?:(?:削除|除外|除去|抹消|消去|マスク|マスキング|黒塗り|塗りつぶし|非表示|空欄)(?:に)?(?:し|処理し)|除い|取り除い|抜い|伏せ|消し)(?:て|た[上う]え?で|た後)?、?"
    rf"|{NUMBER}等?(?:欄)?(?:を|は)(?:記載|印字|記入|表示|付記|出力|付与|使用|利用)?(?:せ|用い|付さ|含め|載せ|使わ)ずに?、?"
)
_SYMBOL = re.compile(SYMBOL)
_SYMBOL_USED = re.compile(r"符号|団体内統合(?:宛名|利用)?番号")
_BARE_SYMBOL = re.compile(rf"(?:{SYMBOL}|(?:統合)?宛名(?:番号|コード))(?:等|のみ|だけ)*")
"""Data that are nothing but a sign that stands for the number."""
_TIED = re.compile(
    r"(?:番号|符号)に(?:紐|ひも)[付づ]く|(?:個人番号)(?:又は|または|若しくは|や|・)[^、。]{0,6}団体内統合"
)
_INSTEAD = re.compile(rf"{NUMBER}(?:に代え|に代わ|の代わり|ではなく)[^、。]{{0,16}}(?:{SYMBOL})")
_HOLDS = re.compile(rf"{NUMBER}等?(?:を(?:含む|付|記|併)|が(?:含|付|記)|と(?:結び付け|紐付け|ひも付け))|^{NUMBER}$")
_NEGATED = re.compile(r"[^、。]{0,14}(?:な[いくか]|ず|ません|不要|省略|任意)")
_CONVERTED = re.compile(r"(?:団体内統合(?:宛名|利用)?番号|符号)[^。]{0,8}(?:変換|置き?換え)")
_SPECIFIC = re.compile(r"特定個人情報(?!保護|ファイル名)|本人確認情報")
_SERVER = re.compile(r"中間サーバ")
_NETWORK = re.compile(r"情報提供ネットワーク|情報提供NWS")
_EXCHANGE = re.compile(r"情報保有機関|情報照会者|情報提供者|照会者の")
_LINKED = re.compile(r"(?<!庁内)(?<!データ)情報連携(?!管理|基盤|サーバ|ツール)")
_ABROAD = re.compile(
    r"^(?:他|転[入出]|前住所|従前)[^のシ]*(?:市|区|町|村|県|機関|自治体|団体|保険者)|(?:大臣|保険者|[省庁]|年金機構|共済組合)$"
)
_POINTED = re.compile(r"(?:当該|同|その)(?:情報|データ)")
_WHATEVER = re.compile(r"特定個人情報$|^(?:情報|データ)$")
_ANYWHERE = re.compile(
    rf"{NUMBER}等?(?:を(?:用い|基に|もとに|利用し|使用し|キー)|の(?:確認|真正性|提供を受け|提示)|により|"
    r"(?:及び|と|や|、|に加え)[^、。]{0,12}(?:により|の合致|で))"
)


def judge(draft: Draft, told: Verdict | None, statements: Statements) -> Verdict:
    """Return what the movement carries by its own words, ``told`` of it after them, and what is stated of its kind."""
    if dropped := _dropped(draft):
        return Carries.NONE, dropped
    held = _HOLDS.search(draft.data or "")
    if held and not draft.asks and not _NONE.search(f"{draft.data}{draft.clause.rpartition(draft.data or '')[2]}"):
        return Carries.NUMBER, _around(draft.data or "", held)
    if found := _INSTEAD.search(draft.clause):
        return Carries.SYMBOL, _around(draft.clause, found)
    if (found := _BARE_SYMBOL.fullmatch(draft.data or "")) and not _NONE.search(draft.data or ""):
        return Carries.SYMBOL, found.group()
    if found := _NONE.search(draft.clause):
        return Carries.NONE, _around(draft.clause, found)
    return told or _by_name(draft) or _by_network(draft, statements) or _by_words(draft, statements)


def _dropped(draft: Draft) -> str | None:
    """Return the words right before the clause that take the number out of what it moves: 個人番号を削除した上で、."""
    at = len(draft.sentence.partition(draft.clause)[0])
    found = (one for one in _DROPPED.finditer(draft.sentence) if abs(one.end() - at) <= _JOINT)
    return next((one.group() for one in found), None)


def _by_name(draft: Draft) -> Verdict | None:
    """Judge by the name of the data, which may be the number or its symbol itself."""
    data = draft.data or ""
    if data == ANSWER or is_general(data):
        data = draft.matter
    if _TIED.search(data):
        return UNSAID
    if found := _NONE.search(data):
        return Carries.NONE, _around(data, found)
    named = ((_SYMBOL, Carries.SYMBOL), (_NUMBER, Carries.NUMBER))
    for pattern, carries in named[: 1 if draft.asks else 2]:
        if found := pattern.search(data):
            return carries, _around(data, found)
    return None


def _by_network(draft: Draft, statements: Statements) -> Verdict | None:
    """Over 情報提供ネットワークシステム goes the symbol, if the document says at all that there is one."""
    ends = f"{draft.source} {draft.target}"
    over = any(_NETWORK.search(word or "") for word in (draft.source, draft.target, draft.via))
    abroad = any(_ABROAD.search(end) for end in (draft.source, draft.target))
    linked = abroad and _LINKED.search(f"{draft.sentence} {draft.heading} {draft.via or ''}")
    if over or _EXCHANGE.search(ends) or linked:
        said = _asserted(_SYMBOL_USED, draft.clause)
        symbol = _around(draft.clause, said) if said else statements.symbol
        return (Carries.SYMBOL, symbol) if symbol else UNSAID
    return None


def _by_words(draft: Draft, statements: Statements) -> Verdict:
    for pattern, carries in ((_ANYWHERE if draft.asks else _NUMBER, Carries.NUMBER), (_SYMBOL_USED, Carries.SYMBOL)):
        if found := _asserted(pattern, draft.clause):
            return carries, _around(draft.clause, found)
    if found := _CONVERTED.search(draft.sentence):
        return Carries.SYMBOL, _around(draft.sentence, found)
    firm = by_rules(draft, (rule for rule in statements.rules if rule.firm), {})
    if firm[0] is not Carries.UNCLEAR:
        return firm
    served = _SERVER.search(draft.source) or _SERVER.search(draft.target)
    if not (served or draft.asks) and (found := _SPECIFIC.search(draft.data or "")):
        return Carries.NUMBER, _around(draft.data or "", found)
    if found := _asserted(_ANYWHERE, draft.sentence):
        return Carries.NUMBER, _around(draft.sentence, found)
    return by_rules(draft, statements.rules, {})


def _asserted(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the first match that the words after it do not deny (個人番号を記載しなくてもよい)."""
    return next((found for found in pattern.finditer(text) if not _NEGATED.match(text, found.end())), None)


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 12) : found.end() + 16]


def by_rules(draft: Draft, rules: Iterable[Rule], owners: Mapping[str, str]) -> Verdict:
    """Return what the first rule that the movement fits says of it."""
    rule = next((rule for rule in rules if fits(rule, draft, owners)), None)
    return (rule.carries, rule.why) if rule else UNSAID


def find_pairs(judged: Sequence[tuple[Draft, Verdict]]) -> tuple[Rule, ...]:
    """Return what the document says by one movement of others: between the same ends, or into the same register."""
    rules = (rule for draft, verdict in judged for rule in _rules_by(draft, verdict))
    return tuple(dict.fromkeys(rules))


def _rules_by(draft: Draft, verdict: Verdict) -> Iterable[Rule]:
    carries, why = verdict[0], verdict[1] or ""
    source, target, data = draft.source, draft.target, draft.data or ""
    if carries is Carries.NUMBER and draft.stated and _WHATEVER.search(data) and not _POINTED.search(draft.clause):
        yield Rule(carries=carries, why=why, source=source, target=target)
    if carries is Carries.NONE and data in ("", "情報", "データ"):
        yield Rule(carries=carries, why=why, source=source, target=target)
    if carries is Carries.NONE and (told := _WITHOUT_NUMBER.match(data)) and not is_general(told["data"]):
        yield Rule(carries=carries, why=why, source=source, target=target, like=told["data"])
    if carries is Carries.NUMBER and draft.matter and not is_general(draft.matter):
        yield Rule(carries=carries, why=why, source=source, target=target, like=draft.matter)
    if carries is Carries.NUMBER and names_persons(draft) and _NUMBER.search(f"{data} {draft.clause}"):
        yield Rule(carries=carries, why=why, target=target, persons=True)
    if carries is Carries.SYMBOL and is_inquiry(draft):
        yield Rule(carries=carries, why=why, source=source, target=target, inquiry=True)
