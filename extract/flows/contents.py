"""What a sentence says of what moved in the sentences before it: 「この情報に個人番号は含まれない」.

A statement about data settles the nearest movement of these data; one about an act (登録には…を使う) the nearest act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.facts import Carries
from extract.flows.conditions import Draft
from extract.flows.objects import is_general, same_matter
from extract.flows.statements import NUMBER, SYMBOL

_NO = r"(?:ない|ず|ません)(?!場合|とき|者|申請|届)"
_CONTENT: tuple[tuple[re.Pattern[str], Carries], ...] = (
    (
        re.compile(
            rf"^(?P<what>[^、。]{{2,50}}?)(?:の中)?に(?:は|も)?、?{NUMBER}等?(?:は|が|も|を)[^、。]{{0,4}}?(?:含ま|含め|記録|記載|保有|存在|付さ|入ってい)[^、。]{{0,5}}?{_NO}"
        ),
        Carries.NONE,
    ),
    (
        re.compile(
            rf"^(?P<what>[^、。]{{2,50}}?)に(?:は|も)?、?{NUMBER}等?(?:が|も)(?:含まれ|記録され|記載され|付され|付与され)(?!て?い?な|ず|ま)"
        ),
        Carries.NUMBER,
    ),
    (re.compile(rf"(?:^|は、?|が)(?P<what>[^、。はが]{{2,30}})に含まれる(?:{NUMBER})"), Carries.NUMBER),
    (re.compile(rf"(?:^|は、?|が)(?P<what>[^、。はが]{{2,30}})に含まれる(?:{SYMBOL})"), Carries.SYMBOL),
)
_USE = r"(?:用い|使用|使い|使う|使わ|利用)"
_ACT = r"^(?:この|その|当該|上記の?)?(?:[一-龠]{2,6})?(?P<act>登録|連携|送信|提供|引き?渡し?|通知|配信|照会|送付|入力|受け?渡し?)"
_ACTS: tuple[tuple[re.Pattern[str], Carries], ...] = (
    (
        re.compile(
            rf"{_ACT}(?:に(?:は|{_USE}[^、。]{{0,3}}のは)|は|において|の際)[^。]{{0,12}}(?:{SYMBOL})[^。]{{0,8}}(?:{_USE}|であり|により|で行)"
        ),
        Carries.SYMBOL,
    ),
    (
        re.compile(
            rf"{_ACT}(?:に(?:は|{_USE}[^、。]{{0,3}}のは)|は|において(?:は)?|の際(?:に)?は?|に(?:際し|当たり|あたり|当たって|あたって)(?:て)?は?)[^。]{{0,30}}{NUMBER}等?(?:は|を|が)[^、。]{{0,3}}(?:{_USE}|含ま|渡さ|伴わ|記載し|付さ)[^、。]{{0,4}}{_NO}"
        ),
        Carries.NONE,
    ),
    (
        re.compile(
            rf"{_ACT}(?:に(?:は|{_USE}[^、。]{{0,3}}のは)|は|において(?:は)?|の際(?:に)?は?)、?{NUMBER}等?(?:を{_USE}(?!ない|せず|しない|ず)|により行|である)"
        ),
        Carries.NUMBER,
    ),
)
_INSTEAD = re.compile(
    rf"(?:(?:し|して|せず)?、)[^、。]{{0,10}}(?:{SYMBOL})[^、。]{{0,4}}(?:による|により|を{_USE}|で行)"
)
_ALIKE = (re.compile(r"送|渡|連携|提供|通知|配信"), re.compile(r"登録|入力|記録|格納|反映"))
"""Acts that one word may name for another: what is 送信 may be called 連携 in the next sentence."""

_POINTING = re.compile(r"^(?:この|その|当該|同|上記の?|これらの?|なお、)+")
_POINTED = re.compile(r"(?:この|その|これらの|当該|同)[一-龠ァ-ヶー]{1,8}$")
_MODIFIER = re.compile(r"^(?P<verb>[一-龠]+(?:[ぁ-ん][一-龠]+)*)[ぁ-ん]{0,4}[るたすくうつぐむぶ](?=[一-龠ァ-ヶー])")
_PAPER = re.compile(r"(?P<act>照会|依頼|通知|請求|回答|報告)(?:書|票|文書|状|様式)類?(?:等|上)?")
"""The paper by which an act is done: 照会書."""
_OTHERS = re.compile(
    r"から|より|(?:に|へ)(?:対し)?[^、。]{0,8}(?:送|渡|提供|通知|連携|登録|交付|提出|報告|引き?継)(?!した|された|する(?:この|その))"
)
"""Words of a movement of its own: 「甲に送る票には…」 settles what goes to 甲 only."""

_QUOTE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of the movements before it: of ``matter``, or of the ``act``; of the last, if neither."""

    carries: Carries
    why: str
    matter: str = ""
    act: str = ""
    pointed: bool = False

    @property
    def of_last(self) -> bool:
        """Whether it only points (この情報), so that it speaks of the last movement."""
        return not (self.matter or self.act)

    def concerns(self, draft: Draft) -> bool:
        """Whether it speaks of this movement."""
        if self.act:
            alike = next((acts for acts in _ALIKE if acts.search(self.act)), None)
            said = f"{draft.word} {draft.data or ''}"
            return self.act in said or draft.word in self.act or (alike is not None and bool(alike.search(draft.word)))
        if not self.matter:
            return True
        moved = draft.matter or draft.data or ""
        return self.matter in moved or (bool(moved) and moved in self.matter) or same_matter(self.matter, moved)


def find_contents(text: str) -> Iterator[Said]:
    """Yield what ``text`` says of what was moved before it.

    >>> [(s.carries.value, s.matter) for s in find_contents("この情報に個人番号は含まれない")]
    [('none', '')]
    >>> [(s.carries.value, s.matter) for s in find_contents("支払の一覧には、個人番号が含まれる")]
    [('number', '支払の一覧')]
    >>> [(s.carries.value, s.act) for s in find_contents("登録に用いるのは団体内統合宛名番号であり、個人番号は用いない")]
    [('symbol', '登録')]
    """
    for pattern, carries in _ACTS:
        if found := pattern.search(text):
            instead = _INSTEAD.match(text, found.end()) if carries is Carries.NONE else None
            words = found.group() + (instead.group() if instead else "")
            yield Said(Carries.SYMBOL if instead else carries, words[-_QUOTE_LIMIT:], act=found["act"])
            return
    for pattern, carries in _CONTENT:
        if found := pattern.search(text):
            yield from _of_matter(found, carries)


def _of_matter(found: re.Match[str], carries: Carries) -> Iterator[Said]:
    what, why = found["what"], found.group()[-_QUOTE_LIMIT:]
    if _OTHERS.search(what):
        return
    named = _POINTING.sub("", what)
    if paper := _PAPER.fullmatch(named):
        yield Said(carries, why, act=paper["act"])
        return
    yield Said(carries, why, matter="" if is_general(named) else named, pointed=bool(_POINTED.match(what)))
    if modified := _MODIFIER.match(named):
        yield Said(carries, why, act=modified["verb"])
