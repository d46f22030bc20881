"""Which names in one assessment mean the same end: as printed, as the text defines them, or qualified.

Similar names are never merged: two are one if they are equal after normalisation, if the document says so
(「以下「…」という」, a system's own alias, the office of the agency), or if one is the other with its holder
before it (「当市の宛名システム」).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from extract.normalize import folded

_NUMBER_OF_MANY = re.compile(r"等+(?=$|システム|サーバ|\))")
_LONG_END = re.compile(r"(?<=[ァ-ヴ])ー(?![ァ-ヴー])")
_QUOTES = str.maketrans("", "", "「」『』\"'")

# The levels of self-government: a city's text may say 当区 or 本市 of itself (templates are copied), never 当県.
_LEVELS = (("市", "区", "町", "村"), ("都", "道", "府", "県"))
_SELF = re.compile(r"[当本](?P<what>\w+)")
_SELF_ANYWHERE = frozenset({"団体", "自治体", "機関"})
# Words that a body uses of itself without 当: in a text of 架空市, 「市」 is 架空市.
_BARE = frozenset({"市", "区", "町", "村", "都", "道", "府", "県", "広域連合", "組合"})

# Holders that are no particular body: what they hold is not this document's system of that name.
_INDEFINITE = re.compile(
    "他|各|別|相手|照会|提供|転入|転出|移転|構成|関係|住所地|市区町村|市町村|区市町村|都道府県|保険者|情報|国$"
)
_BODY = re.compile(
    "(?:連合会|機構|基金|広域連合|中央会|協会|組合|会社|庁|省|府|都|県|市|区|町|村|局|センタ|公社|機関)$"
)
# Every agency has one of these; another body's is another one.
_EVERYONE_HAS = re.compile("中間サーバ|宛名|庁内|既存|住民基本台帳|住基|税務|業務システム|端末")


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Return the form in which two printings of one name are equal.

    Width, spaces, quotation marks, the 等 of a list, a final ー and （株） make no difference.

    >>> name_key("団体内統合 宛名等システム") == name_key("団体内統合宛名システム")
    True
    >>> name_key("中間サーバー"), name_key("㈱サンプル"), name_key("高等学校")
    ('中間サーバ', '株式会社サンプル', '高等学校')
    """
    key = _plain(name)
    while (again := _plain(key)) != key:  # what one step takes away may join what stood around it
        key = again
    return key


def _plain(name: str) -> str:
    text = normalize("NFC", folded(name)).translate(_QUOTES).replace("(株)", "株式会社")
    return _NUMBER_OF_MANY.sub("", _LONG_END.sub("", text)).casefold() or name


def is_self(name: str, agency: str) -> bool:
    """Tell whether ``name`` is how the text of ``agency`` speaks of it: 当市, 本県, 当広域連合, 市.

    >>> is_self("当区", "架空市"), is_self("本県", "架空市"), is_self("当組合", "ためし健康保険組合")
    (True, False, True)
    >>> is_self("市", "架空市"), is_self("県", "架空市"), is_self("評価実施機関", "架空市")
    (True, False, True)
    """
    key, body = name_key(name), name_key(agency)
    if not agency or key == "評価実施機関":
        return bool(agency)
    if key in _BARE and body.endswith(key):
        return True
    match = _SELF.fullmatch(key)
    if not match:
        return False
    what = match["what"]
    same_level = any(what in level and body.endswith(level) for level in _LEVELS)
    return same_level or what in _SELF_ANYWHERE or body.endswith(what)


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one document: for each key the key of the name that stands for it."""

    agency: str
    standard: Mapping[str, str]
    systems: frozenset[str]

    def resolve(self, name: str) -> str:
        """Return the key of the end that ``name`` means in this document.

        >>> naming = naming_of("架空市", "架空市長", [("標準システム", "Ａ電算処理システム")], [])
        >>> [naming.resolve(name) for name in ("架空市長", "当市の標準システム", "他市の標準システム")]
        ['架空市', '標準システム', '他市の標準システム']
        """
        key = name_key(name)
        if is_self(name, self.agency):
            return name_key(self.agency)
        standard = self.standard.get(key, key)
        return self._unqualified(key) or standard if standard == key else standard

    def _unqualified(self, key: str) -> str | None:
        """Resolve 「holder の system」; None if the holder is not definite or the system not known."""
        holder, _, rest = key.partition("の")
        if rest in self.systems and self._holds(holder, rest):
            return self.standard.get(rest, rest)
        body = name_key(self.agency)
        for own in (known for known, of in self.standard.items() if of == body):
            rest = key.removeprefix(own)
            if rest != key and rest in self.systems:
                return self.standard.get(rest, rest)
        return None

    def _holds(self, holder: str, system: str) -> bool:
        own = name_key(self.agency)
        if self.standard.get(holder, holder) == own or is_self(holder, self.agency):
            return True
        return bool(_BODY.search(holder)) and not _INDEFINITE.match(holder) and not _EVERYONE_HAS.search(system)


def naming_of(
    agency: str,
    office: str | None,
    systems: Iterable[tuple[str, ...]],
    aliases: Iterable[tuple[str, str]],
    parts: Iterable[str] = (),
) -> Naming:
    """Collect the names of a document.

    ``systems`` are tuples of names of one system, the standard one first; ``aliases`` pairs of short and
    full; ``parts`` further names (departments) before which the agency may stand.
    """
    groups = [tuple(map(name_key, names)) for names in systems]
    body = name_key(agency)
    standard: dict[str, str] = {body: body} if agency else {}
    if agency and office:
        standard[name_key(office)] = body
    for names in groups:
        for key in names:
            standard.setdefault(key, names[0])
    for short, full in _unambiguous(aliases):
        _join(standard, short, full)
    known = {key for names in groups for key in names} | set(map(name_key, parts))
    known |= {key for key, of in standard.items() if of in known}
    return Naming(agency, {key: _last(standard, key) for key in standard}, frozenset(known))


def _unambiguous(aliases: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the keys of short and full names, without the short ones that the text defines in two ways."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for short, full in aliases:
        meanings[name_key(short)].add(name_key(full))
    return ((short, full.pop()) for short, full in meanings.items() if len(full) == 1)


def _join(standard: dict[str, str], short: str, full: str) -> None:
    """Let ``short`` mean ``full``; where only the short name was known before, the full one joins it."""
    if full in standard:
        standard.setdefault(short, standard[full])
    elif short in standard:
        standard[full] = standard[short]
    else:
        standard[short] = standard[full] = full


def _last(standard: Mapping[str, str], key: str) -> str:
    seen = {key}
    while (ahead := standard.get(key, key)) not in seen:
        seen.add(ahead)
        key = ahead
    return key
