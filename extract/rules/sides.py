"""②法令上の根拠 of the network, cut at its headings: what is cited for inquiring, what for supplying, what for both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from extract.facts import Usage

_BULLETS = "・･◆◇○●◎◯■□▪▼▽▲△★☆•"
_OPEN, _CLOSE = r"[【（(〔\[［＜<〈《≪「『]", r"[】）)〕\]］＞>〉》≫」』]"
_EDGE = r"(?:^|[\n\t|]|<[^<>]*>)\s*[\"“]?\s*"
_NUMBERING = r"(?:[(（]?[\d一二三四五ア-オa-e①-⑨][)）.．、]\s*|[①-⑨]\s*|[\dア-オ]\s+)"
_TABLE = (
    r"(?:情報提供ネットワークシステム)?(?:番号(?:利用)?法)?(?:第(?:\d{2}|十九)条第[\d七八九]号)?(?:及び|、|・|\s)?(?:に基づく)?"
    r"(?:主務省令|(?:利用特定個人情報の提供に関する)?命令)?の?(?:別表第?[一二\d]?|第[\d二]条の表)?(?:における|に基づく|による|の)?"
)
_ACT = r"(?:特定個人|特定)?(?:情報)?の?"
_HEADING = re.compile(
    rf"(?P<lead>{_OPEN}\s*|{_EDGE}(?:[{_BULLETS}※]\s*)?{_NUMBERING}?|[{_BULLETS}]\s*|"
    rf"(?<=\s)(?={_ACT}(?:照会|提供)(?:の(?:法的)?根拠)?\s*[:：])){_TABLE}\s*"
    rf"{_ACT}(?P<side>照会|提供|連携|委託)(?:(?:・|･|/|／|、|と|及び|又は){_ACT}(?P<second>照会|提供))?"
    r"(?:者|関係|事務|側)?(?:(?:の|に係る|に関する|に関する事務の)?(?:法令上の|法的)?(?:根拠)?(?:規定|法令|条項|条文)?)?"
    rf"\s*(?:{_CLOSE}|[:：\n|]|<br|$|(?<=\s)(?=番号|行政手続|マイナンバー|別表|主務省令|項番|第?\d))"
)
_BACK = re.compile(
    rf"{_EDGE}[{_BULLETS}※]*\s*(?:(?:上記|前記|以上)の?(?:各?項|事務|規定)|(?:なお|また|当|本)[^。\n<|]{{0,80}}委託)"
)
"""A line that speaks of both sides again: of the rows above, of who does the work."""
_GROUP = re.compile(rf"{_EDGE}(?P<sign>[{_BULLETS}]|{_NUMBERING})")
_INSIDE = re.compile(rf"(?:{_CLOSE})?\s*(?:<[^<>]*>\s*)*(?P<sign>[{_BULLETS}]|{_NUMBERING})")
_COLUMN = re.compile(r"欄\s*$")
"""Before （情報提供者）: it is the name of a table's column, which speaks only where no heading does."""
_BEHIND = re.compile(
    rf"(?<=[項条号])[ \u3000]*[（(【\[]{_ACT}(?P<side>照会|提供)(?:者|関係|側)?(?:の(?:法的)?根拠)?[）)】\]][ \u3000]*(?=[\n\t|、。]|<br|$)"
)
_LINE = re.compile(r"[\n\t|]|<[^<>]*>")
_PROVISION = re.compile(r"[\d一二三四五六七八九十](?:の?項|条|号)")
_ONLY = re.compile(r"情報(?P<side>照会|提供)のみ")
_SIDES = {"照会": Usage.INQUIRY, "提供": Usage.SUPPLY}


def cut_at_sides(raw: str, usage: Usage = Usage.LINKAGE) -> list[tuple[int, int, Usage]]:
    """Return the parts of ``raw``, each from where to where and for what; it begins with ``usage``.

    >>> [side.value for _, _, side in cut_at_sides("番号法第19条第8号\\n○情報照会\\n第2条\\n○情報提供\\nなし")]
    ['情報連携', '情報照会', '情報提供']
    >>> [side.value for _, _, side in cut_at_sides("番号法第2条の表の48の項（情報照会のみ。）")]
    ['情報照会']
    """
    behind = list(_find_behind(raw))
    if behind:
        return _cut(raw, behind, usage)
    headings = list(_find_headings(raw, usage))
    only = {found["side"] for found in _ONLY.finditer(raw)}
    if not headings and len(only) == 1:
        usage = _SIDES[only.pop()]
    return _cut(raw, sorted([*headings, *((at, Usage.LINKAGE) for at in _find_backs(raw, headings))]), usage)


def _cut(raw: str, starts: list[tuple[int, Usage]], usage: Usage) -> list[tuple[int, int, Usage]]:
    stops = [at for at, _ in starts] + [len(raw)]
    parts = zip([0, *stops], stops, [usage, *(side for _, side in starts)], strict=False)
    return [part for part in parts if part[1] > part[0]]


def _find_behind(raw: str) -> Iterator[tuple[int, Usage]]:
    """Yield the lines that name their side at the end: 「別表第二の20の項（照会）」, where all that name one do so."""
    notes = list(_BEHIND.finditer(raw))
    if len(notes) == len(_HEADING.findall(raw)) and notes and not _PROVISION.search(raw, notes[-1].end()):
        edges = [0, *(found.end() for found in _LINE.finditer(raw))]
        for note in notes:
            yield edges[bisect_right(edges, note.start()) - 1], _SIDES[note["side"]]


def _find_headings(raw: str, usage: Usage) -> Iterator[tuple[int, Usage]]:
    for heading in _HEADING.finditer(raw):
        if usage is Usage.LINKAGE or not _COLUMN.search(raw, 0, heading.start()):
            both = heading["second"] not in {None, heading["side"]}
            usage = Usage.LINKAGE if both else _SIDES.get(heading["side"], Usage.LINKAGE)
            yield heading.start(), usage


def _find_backs(raw: str, headings: list[tuple[int, Usage]]) -> Iterator[int]:
    """Yield where after a heading the text speaks of both sides again: by its words, or as the next of its groups."""
    first = headings[0][0] if headings else 0
    outer = {_kind(group["sign"]) for group in _GROUP.finditer(raw, 0, first)}
    for heading in _HEADING.finditer(raw):
        inside = _INSIDE.match(raw, heading.end())
        outer -= {_kind(heading["lead"]), _kind(inside["sign"]) if inside else ""}
    starts = {at for at, _ in headings}
    groups = (found.start() for found in _GROUP.finditer(raw, first) if _kind(found["sign"]) in outer)
    backs = (found.start() for found in _BACK.finditer(raw, first))
    yield from sorted({*groups, *backs} - starts)


def _kind(sign: str) -> str:
    """Return what signs of one list have in common: the bullet, or the number's dress."""
    return re.sub(r"[\d一二三四五ア-オa-e①-⑨]", "1", re.sub(r"<[^<>]*>|[\s|\"“]", "", sign))
