"""Who can stand at an end of a movement: names of the document, national systems, and words by their heads.

Knows nouns only; what they do in the sentence is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.facts import EndKind
from extract.flows.nouns import ALONE, HEADS, INCOMPLETE, NATIONAL, NOT_ENDS, VAGUE, WITH_KANA
from extract.flows.passages import Names
from extract.flows.places import find_parts, find_places
from extract.normalize import folded

_NETWORK = re.compile(
    r"情報提供ネットワーク|情報提供NWS|住民基本台帳ネットワーク|住基ネット|^庁内連携|総合行政ネットワーク|^eLTAX$|^e-Tax$|^LGWAN$"
)

_STOP = re.compile(rf"(?:{NOT_ENDS})$")
_HEAD_KIND = {head: kind for kind, words in HEADS.items() for head in words.split()}
_LONGEST_HEAD = max(map(len, _HEAD_KIND))
_TRIM_RIGHT = re.compile(r"(?:等|側|内部|内|上|宛|間|及|又|並|若|毎|各位|自身|自体|以外|経由|双方|両方|向)$")
_TRIM_LEFT = re.compile(
    r"^(?:当該|該当|上記|前記|下記|各種|各|全ての|同(?!一|報|意|居)|以降|以後|際|場合|旨|一方|(?:平成|令和)[0-9年月日]+|毎年|毎月|随時|都度|"
    r"適宜|今後|現在|通常|別途|直接|定期的|一括|対象(?!者|児|世帯|生徒|機関|事業)|他(?=[本当]))(?=.)"
)
SELF = re.compile(
    r"^[本当](?:市区町村|市|区|町|村|県|府|都|道|庁|省|局|広域連合|連合|組合|健保組合|国保組合|機構|法人|機関|協会|会|社|自治体|共済組合|団体)$"
)
"""How an agency calls itself."""

_TELLING = 4
"""The length from which a name tells what a longer one with the same ending is."""
_NAME_LIMIT = 40
_RUN = "一-龠々〆ヶヵァ-ヴーA-Za-z0-9&.-"
_LEGAL_KANA = r"(?<=法人|会社)(?!から|より|など|および|また|あて|ならび|もしく|のみ|だけ|ごと|[へとにのをはがでもや])[ぁ-ん]{2,8}(?=[一-龠ァ-ヶA-Z])"
"""Kana within the name of a company or foundation, whose legal form opens it (公益財団法人みほん協会)."""
_PLAIN_RUN = re.compile(rf"[{_RUN}]+")
_OWNED = frozenset((EndKind.SYSTEM, EndKind.DEPARTMENT, EndKind.PERSON, EndKind.PLACE))
_SAME = re.compile(r"(?:当該|該当|[、。はにへがで]同)$")
_CUT = re.compile(r"[あえおかけこさせそちつぬねふへほまみむめゆべぶぼぐげざじぜばぱ]$")
_ONE_SIGN = frozenset("市区町村県")
_OTHER = re.compile(r"(?:(?:(?:その)?他|従前|別|(?:それ|これ|上記)以外|[一-龠]{1,5}(?:先|元|地))の)$")
_ANOTHERS = re.compile(r"(?:その)?他|別の|各|相手|照会|情報照会|情報提供者|提供[先元]|転[入出]|移転")
_INCOMPLETE = re.compile(rf"(?:{INCOMPLETE})$")
_COMPLEMENT = re.compile(
    rf"(?P<what>(?<![{_RUN}])(?!上記|下記|以下|次の|前の|後の|[際時旨為]の|一部|全部|複数|これ|その)[一-龠ァ-ヶー]{{1,8}})の$"
)
_COMPLEMENT_REACH = 10
_CLAUSE = re.compile(
    r"(?:^|(?<=[、。:・はへ])|(?<=から)|(?<=より)|(?<=及び)|(?<=および)|(?<=又は)|(?<=または)|(?<=並びに)|(?<=において))(?P<clause>(?:(?!において)[^、。:・はへ]){2,40}(?:る|た|う|ない))$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: its range in the text, how the text calls it, and what it is."""

    start: int
    end: int
    name: str
    kind: EndKind


class Gazetteer:
    """The names of one document, with those that every document may use.

    ``text`` is the document's, folded: it shows which names of places are written with kana.
    """

    def __init__(self, names: Names, text: str = "") -> None:
        self.names = names
        self.known = _known_names(names, find_places(text))
        odd = sorted((n for n in self.known if not _PLAIN_RUN.fullmatch(n)), key=len, reverse=True)
        self._unit = re.compile(
            "(?:"
            + "".join(f"{re.escape(name)}|" for name in odd)
            + rf"(?:{'|'.join(WITH_KANA)})(?=[{_RUN}])|{_LEGAL_KANA}|[{_RUN}]|(?<=[一-龠ァ-ヶー])\([^()、。]{{1,8}}\)(?=[一-龠ァ-ヶー]))+"
        )
        self._systems = tuple(n for n, kind in self.known.items() if kind is EndKind.SYSTEM and len(n) >= _TELLING)

    def find_mentions(self, text: str) -> list[Mention]:
        """Return the mentions in ``text`` from left to right, qualified forms (甲の窓口) as one."""
        found: list[Mention] = []
        for unit in self._unit.finditer(text):
            mention = self._mention(text, unit.start(), unit.group())
            if mention is None:
                continue
            while found and found[-1].start > mention.start:
                found.pop()  # a name inside the clause that tells who is meant (窓口で申請を行う者)
            if found and _owns(text, found[-1], mention):
                mention = _joined(text, found.pop(), mention)
            elif _SAME.search(text, max(0, mention.start - 2), mention.start):
                mention = _antecedent(mention, found)
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
                own = len(alias) >= _TELLING and name.endswith("の" + alias) and not _ANOTHERS.match(name)
                if own or name == alias:
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
        if kind is None or (name in _ONE_SIGN and _CUT.search(text, max(0, start - 1), start)):
            return None
        end = start + len(name)
        if kind in (EndKind.PERSON, EndKind.BODY) and name not in self.known and text.startswith("等", end):
            end += 1
        if other := _OTHER.search(text, max(0, start - 8), start):
            start = other.start()
        elif complement := self._complement(text, start, name):
            start -= len(complement)
        elif name in VAGUE and name not in self.known:
            clause = _CLAUSE.search(text, max(0, start - 42), start)
            if clause is None and name not in ALONE:
                return None
            start = clause.start("clause") if clause else start
        return Mention(start, end, text[start:end], kind)

    def _complement(self, text: str, start: int, name: str) -> str | None:
        """Return 給与の before 支払者: a noun that is no end, but says of what."""
        joined = _COMPLEMENT.search(text, max(0, start - _COMPLEMENT_REACH), start) if _INCOMPLETE.match(name) else None
        return joined.group() if joined and self.kind_of(joined["what"]) is None else None


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
        if kind and (size > 1 or len(name) > 1 or name in ALONE or name in VAGUE):
            return kind
    return None


def _known_names(names: Names, places: Iterable[str]) -> dict[str, EndKind]:
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
    for name in (*places, *find_parts(list(known))):
        if kind := _kind_of_head(name):
            known.setdefault(name, kind)
    known.pop("", None)
    return known


def _antecedent(mention: Mention, before: list[Mention]) -> Mention:
    """Return 当該X with the name of the X that was said before it: 他のX."""
    named = (m.name for m in reversed(before) if m.kind is mention.kind and m.name.endswith(mention.name))
    return replace(mention, name=next(named, mention.name))


def _owns(text: str, owner: Mention, owned: Mention) -> bool:
    between = text[owner.end : owned.start]
    if between in ("等以外の", "以外の"):
        return True
    if between not in ("の", "等の", "内の", "側の", "上の") or owner.kind is EndKind.PERSON:
        return False
    return owned.kind in _OWNED or owner.kind is owned.kind is EndKind.BODY


def _joined(text: str, owner: Mention, owned: Mention) -> Mention:
    kind = EndKind.SYSTEM if owner.kind is EndKind.SYSTEM and owned.kind is EndKind.PLACE else owned.kind
    return Mention(owner.start, owned.end, text[owner.start : owned.end], kind)
