"""Names of places and departments that are written with kana, where script does not show where a name begins.

A place is known by standing at a clear edge somewhere in the document (・ためし町へ); a part of a longer name
(みほん県 of みほん県知事) by the words that end such names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KANA_NAME = r"[東西南北新上下大小中]?[ぁ-ん]{2,7}[一-龠]{0,3}(?:市|区|町|村|県)"
_PLACE = re.compile(rf"{_KANA_NAME}(?![分数外域画間営立]|内会)")
_FUNCTION = re.compile(
    r"[をへ]|その|この|他|ほか|また|もしく|あるい|および|おける|ならび|よび|たは|から|より|まで|など|ため(?=[のに])|すべて|いずれ|それぞれ|ただし|しかし|なお|さらに|かつ|すなわち|"
    r"すでに|とし|という|とする|とも|する|した|され|ある|いる|なる|でき|して|ごと|うち|もの|こと|とき|ところ|について|関する|の(?=[ぁ-ん]{2})|[にはがでともて](?=[一-龠])"
)
_LIKE_A_VERB = re.compile(r"[はがにでとのもっくうるたいしきちりみえけせれめねげべぎじびず](?=[一-龠]*$)")
_CLEAR_EDGE = re.compile(r"^$|[。・「『(（:：〕\]】>＞○●◆■□〇※]")
_EDGE = re.compile(r"[、をへ]")
_UNIT = re.compile(
    r"(?:部|局|室|課|係|所|署|庁|省|センター|市|区|町|村|県|連合|機構|組合|協会)(?=(?:[一-龠]?[ぁ-ん]{2}))"
)
_LISTED = re.compile(r"[市区町村県](?:、|及び|並びに|・|と)$")
_LIST_GOES_ON = re.compile(r"、|及び|並びに|・|\)|をいう|の[0-9一二三四五六七八九十]+(?:市|町|村|団体)")
_PREFIX = re.compile(rf"(?:(?<=^)|(?<=\)))({_KANA_NAME})(?=[一-龠ァ-ヶ(]|$)")


def find_places(text: str) -> set[str]:
    """Return the places with kana in their names that a document's text shows.

    >>> sorted(find_places("(ためし市、いそべ町及びおきの町をいう。)"))
    ['いそべ町', 'おきの町', 'ためし市']
    >>> sorted(find_places("・ためし町へ情報を送る。・及びその市から受ける。情報をまとめ市に送る。票をみほん県に返す。"))
    ['ためし町', 'みほん県']
    """
    found: set[str] = set()
    for match in _PLACE.finditer(text):
        for at in (0, *(particle.end() for particle in re.finditer("[をへ]|^び", match.group()))):
            name, first = match.group()[at:], match.start() + at
            if _is_place(name, text[max(0, first - 1) : first]) or _is_listed(text, first, match.end()):
                found.add(name)
    return found


def _is_place(name: str, before: str) -> bool:
    """Whether what stands after ``before`` is a name: after an edge that particles and verbs do not leave open."""
    if _FUNCTION.search(name) or len(re.findall("[ぁ-ん]", name)) < 2:  # noqa: PLR2004  one kana is an ending
        return False
    return bool(_CLEAR_EDGE.search(before) or (_EDGE.search(before) and not _LIKE_A_VERB.search(name)))


def _is_listed(text: str, start: int, end: int) -> bool:
    """Whether a name stands in a list of places: ためし市、みほん町及び架空村."""
    return bool(_LISTED.search(text, max(0, start - 5), start) and _LIST_GOES_ON.match(text, end))


def find_parts(names: Iterable[str]) -> Iterator[str]:
    """Yield the parts of names with kana: the place before them, the unit at their end.

    >>> list(find_parts(["みほん県知事", "健康福祉部こども課"]))
    ['みほん県', 'こども課']
    """
    for name in names:
        if place := _PREFIX.search(name):
            yield place.group(1)
        for unit in _UNIT.finditer(name):
            yield name[unit.end() :]
