"""Where a title that no list knows begins and whether it may be one: the grammar of titles.

A title is read backwards from its last word (条例, 規則, 法律 …) to the nearest sign that it cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from extract.numerals import NUMERAL

if TYPE_CHECKING:
    from extract.citations.view import View

KANJI_KANA = r"[一-龥々〆ヶァ-ヴー]"
PLACE = (
    r"(?:[一-龥々ヶケノツァ-ヴー]|[ぁ-ん]){1,7}?"
    r"(?:広域連合|事務組合|都|道|府|県|市|区|町|村|組合|連合)(?!は(?!り)|[がでをへもにの、])"
)
"""The name of a local body at the beginning of an ordinance's title."""
ARTICLE_NEXT = re.compile(rf"[「『]?の?(?:附則)?第?{NUMERAL}(?:の{NUMERAL})*条(?![例件文約])|[「『]?の?別表")
"""An article or an annexed table, straight after a title."""
CUE = re.compile(
    r"(?:等|など)?(?:の規定|の定め|の趣旨|の改正)?(?:に(?:基づ|もとづ|より|よる|よっ|定め|規定|従|則|準|沿|照ら|示|おいて|いう)|"
    r"を(?:根拠|遵守|順守|踏まえ|参照)|で(?:定め|規定)|上の|の規定|の定め|の例|の記の|の[「『])"
)
"""What follows a title that is cited as law."""
NUMBERED = re.compile(rf"\((?:[^()]{{0,12}}?)(?:明治|大正|昭和|平成|令和)(?:元|{NUMERAL})年[^()]{{0,40}}?第{NUMERAL}号")
"""The parenthesis with the law's number, straight after a title."""
OWN_NUMBER = re.compile(rf"第{NUMERAL}号")
"""After 条例, 法律 …: this is the number of a law, not its title."""

_UNIT = rf"第?{NUMERAL}(?:条(?![例件文約])(?:の{NUMERAL})*|の?項(?![目番])|号)"
_HARD = re.compile(rf"{_UNIT}|[。「」『』()\[\]【】<>:;!?*※○●◎◯◆◇■□▼▲▽△★☆→⇒⇔←|=①-⑳❶-❿\ue000-\ue002、,…~]")
_SOFT = re.compile(
    r"(?<!又)は(?!り)|(?<!障)が(?!ん)|で(?![きん])|へ|から|まで|より(?!良)|(?<![どと])も(?![のりと])|(?<![育建当捨])て(?!の)|により|に基づき|に従い|に応じ|されている|された|という|これらの?|"
    rf"以下|この|その(?!他)|を(?={PLACE})|(?<=[法律例則程令綱])(?:及び|並びに|又は|若しくは|その他)(?={PLACE})"
)
_LEAD = re.compile(
    r"(?:(?:の規定|の定め)?(?:に基づく|に基いた|による|により|に係る|に関する|に定める|に規定する|で定める|における)|の規定|の定める|"
    r"及び|並びに|又は|若しくは|または|および|ならびに|もしくは|その他|ほか|等の|等に|等|"
    r"上記の?|下記の?|当該|次の|関係(?=条例|規則|法)|[同本各](?=条例|規則|規程|法律|要綱|指針)|"
    r"[(]?[0-9]{1,2}[.)]|[0-9]{1,2}(?![0-9の年級号次世割人歳月日条項章])|"
    r"当[^のに、]{1,8}?(?:の|における)|[本当][市町村区県都道府](?:の|における)?|[市町村区県](?:の|における)|[・,、:\ue010])+"
)
_PARTICLES = re.compile(r"[のにをとや]+")
_PLACE_FIRST = re.compile(PLACE)
_LATE_PLACE = re.compile(rf"(?<=(?<!及び)(?<!並び)(?<!又は)[をにとや]){PLACE}")
_LISTED = re.compile(
    rf"(?:^|[^一-龥々ァ-ヴーぁ-ん0-9A-Za-z])(?P<title>{PLACE}(?:(?!{_HARD.pattern}|{_SOFT.pattern}).|、){{2,60}}?(?<![法律例則程令綱、])、)$"
)
_WHITE = re.compile(r"[^\S\n]|<")
_FARTHEST = 90
_SHORTEST_PIECE = 3


def find_title_start(view: View, stop: int, floor: int) -> int:
    """Return where the title begins whose last word begins at ``stop``, not before ``floor``.

    >>> from extract.citations.view import read_view
    >>> text = "文書については、架空市文書管理規程により"
    >>> text[find_title_start(read_view(text), 14, 0) :]
    '架空市文書管理規程により'
    """
    low = max(floor, stop - _FARTHEST, 0)
    start = low
    for match in _HARD.finditer(view.text, low, stop):
        start = match.end()
    for match in _SOFT.finditer(view.text, start, stop):
        start = match.end()
    start = _skip(_LEAD, view.text, _first_of_list(view.text, start, low), stop)
    if not _PLACE_FIRST.match(view.text, start, stop):
        start = _skip(_PARTICLES, view.text, start, stop)
        for match in _LATE_PLACE.finditer(view.text, start, stop):
            start = match.start()
        bullet = view.text.rfind("・", start, stop)
        start = start if bullet < 0 else bullet + 1
    start = _skip(_LEAD, view.text, start, stop)
    return _skip_label(view, start, stop)


def _first_of_list(text: str, start: int, low: int) -> int:
    """Return where a local title begins that names its subjects in a list: 「架空市個人番号の利用、…の提供に関する条例」."""
    wanted = start and text[start - 1] == "、" and not _PLACE_FIRST.match(text, start)
    listed = _LISTED.search(text, low, start) if wanted else None
    return listed.start("title") if listed else start


def _skip(pattern: re.Pattern[str], text: str, start: int, stop: int) -> int:
    match = pattern.match(text, start, stop)
    return match.end() if match else start


def _skip_label(view: View, start: int, stop: int) -> int:
    """Leave out a label that white space parts from the title; a line's end parts nothing, titles are wrapped."""
    for at in range(stop - _SHORTEST_PIECE, start, -1):
        if at in view.gaps and _WHITE.search(view.raw, _raw_end(view, at - 1), view.offsets[at] - view.base):
            return at
    return start


def _raw_end(view: View, index: int) -> int:
    return view.offsets[index] + 1 - view.base


def find_place_start(view: View, stop: int) -> int | None:
    """Return where a local body's name begins that ends at ``stop``, or None.

    >>> from extract.citations.view import read_view
    >>> find_place_start(read_view("・架空市介護保険法施行条例"), 4)
    1
    """
    start = find_title_start(view, stop, stop - 14)
    match = _PLACE_FIRST.match(view.text, start)
    return start if match and match.end() == stop else None


def is_cued(view: View, end: int) -> bool:
    """Tell whether the words after the title that ends at ``end`` cite it (に基づき, の規定により).

    >>> from extract.citations.view import read_view
    >>> is_cued(read_view("「住基法」（昭和42年法律第81号）により"), 4)
    True
    """
    after = view.after_gloss(end)
    return any(CUE.match(view.text, at) for at in (after, after + view.text.startswith(")", after)))


_LONG_LAW = re.compile(r".{2,}(?:に関する|に係る|ための|を改正する|の特例に関する|整備等?に関する|推進に関する)")
_LONG_ORDER = re.compile(r".{3,}(?:に関する|に係る|を定める)")
_COMPACT = re.compile(rf"(?:がん|いじめ|こども|子ども|ひとり親|まち・ひと・しごと|たばこ)?{KANJI_KANA}{{1,30}}")
_NO_LAW = re.compile(
    r".*(?:方|手|用|技|寸|作|療|魔|論|文|製|解|司|立|合|違|不|無|適|同|本|当該|新|旧|改正|関係|整備|根拠|上記|医|各|話|筆|語)"
)
_OFFICIAL = re.compile(r"に関する|に係る|を定める|の推進|の一部を改正する")
_NO_TITLES = frozenset({"就業規則", "罰則規程", "運用規程", "関係条例", "根拠条例", "当該条例", "独自利用条例"})
_NO_CORE = re.compile(r"(?:に基づく|に基いて|による|に定める|で定める|に規定する|とする|がある|その他の|他の|この|の)$")
_BARE_CORE = re.compile(
    r"(?:同|本|当|各|市|町|村|区|県|都|道|府|国|新|旧|関係|改正|根拠|施行|関連|個別|一般|地方|当該|上記|下記|各種|独自|"
    r"運用|基本|個人|技術|設定|業務|管理|審査|判断|評価|共通|選定|保管|調達|認証|接続)*"
)
_SHORTEST_CORE = 3
_LONG_ENOUGH = 13
_LONG_SUBJECT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What follows a title: an article, the law's number in a parenthesis, words that cite."""

    article: bool = False
    numbered: bool = False
    cued: bool = False

    def __bool__(self) -> bool:
        return self.article or self.numbered


def read_after(view: View, end: int) -> After:
    """Return what follows the title that ends at ``end``."""
    return After(
        article=ARTICLE_NEXT.match(view.text, view.after_gloss(end)) is not None,
        numbered=NUMBERED.match(view.text, end) is not None,
        cued=is_cued(view, end),
    )


def is_plausible(title: str, suffix: str, after: After) -> bool:
    """Tell whether ``title``, which ends in ``suffix``, may be a law's, by its own words and by what follows it.

    >>> is_plausible("架空市文書管理規程", "規程", After(cued=True)), is_plausible("入手方法", "法", After(article=True))
    (True, False)
    """
    core = title.removesuffix(suffix)
    if title in _NO_TITLES or _NO_CORE.search(core):
        return False
    return _RULES[suffix](core, after)


def _is_long_law(core: str, after: After) -> bool:
    return _LONG_LAW.fullmatch(core) is not None and (bool(after) or len(core) >= _LONG_ENOUGH)


def _is_compact_law(core: str, after: After) -> bool:
    return bool(after) and _COMPACT.fullmatch(core) is not None and not _NO_LAW.fullmatch(core)


def _is_enforcement(core: str, after: After) -> bool:
    return bool(after) and (not core or _COMPACT.fullmatch(core) is not None)


def _is_order(core: str, _after: After) -> bool:
    return _LONG_ORDER.fullmatch(core) is not None


def _is_named(core: str) -> bool:
    """Tell whether the words before the suffix say more than whose it is."""
    place = _PLACE_FIRST.match(core)
    return not _BARE_CORE.fullmatch(core) and not (place and place.end() == len(core))


def _is_official(core: str) -> bool:
    return _PLACE_FIRST.match(core) is not None or _OFFICIAL.search(core) is not None


def _is_local(core: str, after: After) -> bool:
    cited = bool(after) or _is_official(core) or (after.cued and len(core) >= _SHORTEST_CORE)
    return _is_named(core) and cited


def _is_notice(core: str, after: After) -> bool:
    return _is_named(core) and (bool(after) or _is_official(core))


def _is_detail(core: str, after: After) -> bool:
    return _is_named(core) and (after.numbered or (after.article and _is_official(core)))


def _is_subject(core: str, after: After) -> bool:
    return after.numbered and len(core) >= _LONG_SUBJECT


_RULES: Mapping[str, Callable[[str, After], bool]] = MappingProxyType(
    {
        "法律": _is_long_law,
        "法": _is_compact_law,
        **dict.fromkeys(("施行令", "施行規則", "施行細則"), _is_enforcement),
        **dict.fromkeys(("政令", "省令", "府令", "命令"), _is_order),
        **dict.fromkeys(("条例", "規則", "細則", "規程", "要綱", "訓令"), _is_local),
        **dict.fromkeys(("指針", "ガイドライン"), _is_notice),
        **dict.fromkeys(("要領", "基準"), _is_detail),
        "について": _is_subject,
    }
)
ANCHOR = re.compile("|".join(sorted(_RULES, key=len, reverse=True)))
"""The last word of a title."""
