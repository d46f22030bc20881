"""What a movement carries of the individual number, and the words that say so.

First the clause itself, then the sentence, then what the document states for its kind. What none of them
settles is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extract.facts import Carries
from extract.flows.statements import NUMBER, Draft, Rule, Statements, fits

_NUMBER = re.compile(NUMBER)
_NONE = re.compile(
    rf"{NUMBER}等?(?:を除[いくき]|以外|を削除|を含ま(?:な|ず)|が含まれ(?:な|ず)|を(?:用い|使用せ|利用せ|使わ|含ま|伴わ)ず|"
    r"を(?:用い|使用し|利用し|使わ|伴わ|付さ|保有し|持た|記載し)な|は(?:含ま|使わ|用い|持た|渡さ|残さ)な|は[^、。]{1,6}(?:しな|せず|していな|されな|されていな|せない|れな))"
)
_SYMBOL_NAME = re.compile(r"符号|団体内統合(?:宛名|利用)?番号|統合宛名番号|被保険者枝番|処理通番")
_SYMBOL_USED = re.compile(r"符号|団体内統合(?:宛名|利用)?番号")
_SPECIFIC = re.compile(r"特定個人情報(?!保護|ファイル名)|本人確認情報")
_NETWORK = re.compile(r"情報提供ネットワーク|情報提供NWS")
_EXCHANGE = re.compile(r"情報保有機関|情報照会者|情報提供者|照会者の")
_WHATEVER = re.compile(r"特定個人情報$|^(?:当該)?(?:情報|データ)$")
_ANYWHERE = re.compile(
    rf"{NUMBER}等?(?:を(?:用い|基に|もとに|利用し|使用し|キー)|の(?:確認|真正性|提供を受け|提示)|により|"
    r"(?:及び|と|や|、|に加え)[^、。]{0,12}(?:により|の合致|で))"
)


_WORDINGS: tuple[tuple[str, re.Pattern[str], Carries], ...] = (
    ("data", _SYMBOL_NAME, Carries.SYMBOL),
    ("data", _NUMBER, Carries.NUMBER),
    ("clause", _NUMBER, Carries.NUMBER),
    ("clause", _SYMBOL_USED, Carries.SYMBOL),
    ("data", _SPECIFIC, Carries.NUMBER),
    ("sentence", _ANYWHERE, Carries.NUMBER),
)
"""What decides, in this order, where the clause leaves the number out of nothing and no network carries it."""


def judge(draft: Draft, statements: Statements) -> tuple[Carries, str | None]:
    """Return what the movement carries and the deciding words, by its own words and what is stated of its kind."""
    if found := _NONE.search(draft.clause):
        return Carries.NONE, _around(draft.clause, found)
    by_network = any(_NETWORK.search(word or "") for word in (draft.source, draft.target, draft.via))
    if by_network or _EXCHANGE.search(f"{draft.source} {draft.target}"):
        return (Carries.SYMBOL, statements.symbol) if statements.symbol else (Carries.UNCLEAR, None)
    words = {"data": draft.data or "", "clause": draft.clause, "sentence": draft.sentence}
    for where, pattern, carries in _WORDINGS:
        if found := pattern.search(words[where]):
            return carries, _around(words[where], found)
    return by_rules(draft, statements.rules, {})


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 12) : found.end() + 16]


def by_rules(draft: Draft, rules: Iterable[Rule], owners: Mapping[str, str]) -> tuple[Carries, str | None]:
    """Return what the first rule that the movement fits says of it."""
    rule = next((rule for rule in rules if fits(rule, draft, owners)), None)
    return (rule.carries, rule.why) if rule else (Carries.UNCLEAR, None)


def find_pairs(judged: Iterable[tuple[Draft, Carries, str | None]]) -> tuple[Rule, ...]:
    """Return the pairs of ends of which the document says, whatever the data, that the number goes or does not."""
    stated = {
        (draft.source, draft.target, carries): why or ""
        for draft, carries, why in reversed(list(judged))
        if (carries is Carries.NUMBER and draft.stated and _WHATEVER.search(draft.data or ""))
        or (carries is Carries.NONE and draft.data in (None, "情報", "データ"))
    }
    return tuple(
        Rule(carries=carries, why=why, source=source, target=target)
        for (source, target, carries), why in reversed(stated.items())
    )
