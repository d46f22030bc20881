"""The names under which laws may appear in one document: those of ``laws.csv`` and those it defines itself."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from extract.laws import kind_of_title, law_by_key, resolve_law, title_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.laws import LawKind

_FURIGANA = (("手続", "手続き"), ("取扱い", "取り扱い"))
_TITLE_END = re.compile(r"(?:法|法律|令|条例|規則|細則|規程|要綱|指針|ガイドライン|について|\((?:通知|[^()]*編)\))$")
_NO_TITLE = re.compile(
    r"(?:方法|手法|用法|技法|療法|法令|指令|司令|号令)$|(?:法|法律|条例|規則|令)(?:、|及び|又は|並びに)"
)
_DERIVED = re.compile(r"(?P<law>.+(?:法|法律))(?P<tail>施行令|施行規則)")
_STANDING = re.compile(r"^(?:改正後の|改正前の|改正|現行の?)(?=.{2})")
_CHAIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """Names (folded) to canonical laws, found by their last characters; ``own`` are the document's abbreviations."""

    names: Mapping[str, str]
    own: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]
    ends: re.Pattern[str]

    def ending_at(self, text: str, end: int, floor: int = 0) -> str | None:
        """Return the longest known name that ends at ``end`` and does not begin before ``floor``.

        >>> read_book({}).ending_at("この住基法", 5)
        '住基法'
        """
        for length in self.lengths.get(text[end - 1], ()):
            if end - length >= floor and text[end - length : end] in self.names:
                return text[end - length : end]
        return None


def resolve_title(title: str, own: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the canonical name of the law that ``title`` names; the title itself where nothing is known.

    >>> resolve_title("住基法施行令"), resolve_title("架空法"), resolve_title("本法", {"本法": "介護保険法"})
    ('住民基本台帳法施行令', '架空法', '介護保険法')
    """
    for _ in range(_CHAIN):
        if own.get(title, title) == title:
            break
        title = own[title]
    title = _STANDING.sub("", title)
    law = resolve_law(title) or resolve_law(title.removeprefix("新"))
    if law:
        return law.name
    derived = _DERIVED.fullmatch(title)
    if derived:
        law = resolve_law(own.get(derived["law"], derived["law"]))
        return f"{law.name}{derived['tail']}" if law else title
    return title


def kind_of(law: str) -> LawKind:
    """Return the kind of the law of this canonical name."""
    return kind_of_title(law)


def is_title(text: str) -> bool:
    """Tell whether ``text`` ends as titles do.

    >>> is_title("介護保険法"), is_title("標準システム")
    (True, False)
    """
    return _TITLE_END.search(text) is not None and not _NO_TITLE.search(text)


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, str]:
    names = {}
    for key, law in law_by_key().items():
        for usual, variant in _FURIGANA:
            names[key.replace(usual, variant)] = law.name
        names[key] = law.name
    return MappingProxyType(names)


def read_book(definitions: Mapping[str, str]) -> NameBook:
    """Return the book of a document that defines ``definitions`` (short to full); what is no law is passed over.

    >>> read_book({"本条例": "架空市税条例", "支払基金": "架空支払基金"}).names["本条例"]
    '架空市税条例'
    >>> read_book({"住基法": "事務は住民基本台帳法"}).names["住基法"]
    '住民基本台帳法'
    """
    return _book(tuple(sorted(definitions.items())))


def _is_known(short: str, full: str) -> bool:
    """Tell whether a definition only says what is known of ``short``, with words before the title or a part of it lost."""
    law = resolve_law(short)
    if law is None or resolve_law(full):
        return False
    title = title_key(law.title)
    return title in full or full in title


@lru_cache(maxsize=64)
def _book(definitions: tuple[tuple[str, str], ...]) -> NameBook:
    keys = {title_key(short): title_key(full) for short, full in definitions if short and full}
    own = {
        short: full for short, full in keys.items() if is_title(full) and is_title(short) and not _is_known(short, full)
    }
    names = dict(_listed())
    for short, full in own.items():
        names[full] = resolve_title(full)
        names[short] = resolve_title(short, own)
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[-1]].add(len(name))
    return NameBook(
        names=MappingProxyType(names),
        own=frozenset(own),
        lengths=MappingProxyType({char: tuple(sorted(sizes, reverse=True)) for char, sizes in lengths.items()}),
        ends=re.compile(f"[{re.escape(''.join(lengths))}]"),
    )
