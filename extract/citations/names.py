"""Finds the names of laws in a view: known ones, titles by their form, and titles inside quotation marks.

Finding only: to which law an article belongs is the grammar's business.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.citations.book import kind_of, resolve_title
from extract.citations.titles import (
    ANCHOR,
    KANJI_KANA,
    OWN_NUMBER,
    find_place_start,
    find_title_start,
    is_plausible,
    read_after,
)
from extract.laws import (
    ANNEX_ORDER,
    FIRST_ANNEX_ORDER,
    NETWORK_ORDER,
    NUMBER_ACT,
    SECOND_ANNEX_ORDER,
    resolve_law,
)
from extract.numerals import MARKS, NUMERAL, parse_numeral, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.citations.book import NameBook
    from extract.citations.view import View
    from extract.laws import LawKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LawName:
    """A law named between two indices of a view; ``law`` is its canonical name."""

    start: int
    end: int
    law: str
    kind: LawKind

    def __len__(self) -> int:
        return self.end - self.start


_ANNEX_ORDERS = {None: ANNEX_ORDER, 1: FIRST_ANNEX_ORDER, 2: SECOND_ANNEX_ORDER}
_GLOSS = r"(?:\([^()]*\))?"
_ARTICLE = rf"第?(?P<article>{NUMERAL})条第?(?P<item>{NUMERAL})号"
_ANNEX_TAIL = re.compile(
    rf"{_GLOSS}(?:の|に規定する)?別表(?:第?(?P<table>[一二12]))?(?:の|に基づく|に係る|で定める|に規定する|に定める)?"
    r"(?:主務省令で定める事務(?:及び情報|・情報)?を定める(?:命令|主務省令|省令)|主務省令(?!で)|主務省令で定める事務(?![及を])|省令(?!で))"
)
_PROVISION_TAIL = re.compile(
    rf"{_GLOSS}{_ARTICLE}(?:の規定)?(?:に基づく|による|に規定する|の)"
    r"(?P<rest>(?:利用)?特定個人情報の提供(?:等)?に関する(?:命令|規則)|主務省令(?!で)|(?:命令|省令)(?=第[2二]条の?表))"
)
_PROVISION_MINISTRY_ITEM = 8
_UNNAMED_ORDERS = frozenset({"主務省令", "命令", "省令"})
_TABLE_ORDER = re.compile(r"主務省令(?=第[2二]条の?表)")
_LOCAL = r"(?:条例|規則|細則|規程|要綱)"
_TAILS = re.compile(
    rf"等?の一部を改正する(?:等の)?(?:法律|政令|省令|府令|命令|{_LOCAL}|告示)|の施行に伴う関係法律の整備等に関する法律|"
    rf"施行(?:令|規則|細則|条例)|についてのガイドライン(?:\([^()]{{1,20}}編\))?|の施行に関する{_LOCAL}|(?:の規定)?に基づく[^、。()「」第{MARKS}]{{2,70}}?に関する{_LOCAL}"
)
_OWN_TAILS = re.compile(rf"施行(?:規則|細則)|の施行に関する{_LOCAL}|等?の一部を改正する{_LOCAL}")
_PLACED_TAILS = re.compile(
    rf"(?:第{NUMERAL}条(?:第{NUMERAL}項)?)?(?:の規定)?(?:に基づく|による|に係る)[^、。()「」第{MARKS}]{{2,70}}?{_LOCAL}|{_TAILS.pattern}"
)
_QUOTED = re.compile(r"[「『]([^「」『』。、]{6,120})[」』]")
_QUOTED_END = re.compile(rf"(?:{ANCHOR.pattern}|について|告示|通知)(?:\((?:通知|通達|[^()]{{1,20}}編)\))?$")
_QUOTED_NUMBER = re.compile(r"\([^()]*第[^()]*号[^()]*\)$")
_SECTION = re.compile(r"[)」』]の$")
_QUOTED_LIST = re.compile(r"(?:法|条例|規則|令)(?:及び|又は|と|・|並びに|もしくは)")
_ANNOUNCED = re.compile(r"(?:告示|通知|通達|事務連絡)(?:\([^()]*\))?の$")
_EDITION = re.compile(r"\([^()]{1,20}編\)")
_WORD_BEFORE = re.compile(KANJI_KANA)
_GENERIC = frozenset(
    {
        "法",
        "令",
        "法律",
        "条例",
        "規則",
        "規程",
        "要綱",
        "命令",
        "省令",
        "政令",
        "指針",
        "通知",
        "告示",
        "施行令",
        "施行規則",
        "主務省令",
    }
)
_SHORT_TITLE = 3


def find_names(view: View, book: NameBook) -> list[LawName]:
    """Return the laws named in ``view``, in order, none inside another: the longest wins.

    >>> from extract.citations.book import read_book
    >>> from extract.citations.view import read_view
    >>> [name.law for name in find_names(read_view("架空市個人情報保護法施行条例及び住基法に"), read_book({}))]
    ['架空市個人情報保護法施行条例', '住民基本台帳法']
    """
    known = list(_known(view, book))
    floors = sorted(name.end for name in known)
    found = [*known, *_quoted(view), *_by_form(view, floors), *_table_orders(view, book)]
    return _longest(found)


def _longest(found: Iterable[LawName]) -> list[LawName]:
    chosen: list[LawName] = []
    for name in sorted(found, key=lambda name: (-len(name), name.start)):
        at = bisect_left(chosen, name.start, key=lambda one: one.start)
        before = at > 0 and chosen[at - 1].end > name.start
        after = at < len(chosen) and chosen[at].start < name.end
        if not before and not after:
            chosen.insert(at, name)
    return chosen


def _name(start: int, end: int, law: str) -> LawName:
    return LawName(start=start, end=end, law=law, kind=kind_of(law))


def _known(view: View, book: NameBook) -> Iterator[LawName]:
    for match in book.ends.finditer(view.text):
        word = book.ending_at(view.text, match.end())
        if word is None or OWN_NUMBER.match(view.text, match.end()):
            continue
        start = match.end() - len(word)
        if _stands_alone(view, book, word, start):
            yield _extended(view, _name(start, match.end(), book.names[word]))


def _stands_alone(view: View, book: NameBook, word: str, start: int) -> bool:
    """Tell whether a short name is no part of a longer word, and a generic one is used as a name."""
    glued = start > 0 and start not in view.gaps and _WORD_BEFORE.match(view.text, start - 1) is not None
    if word in _GENERIC:
        after = read_after(view, start + len(word))
        return not glued and (after.article or after.cued)
    law = resolve_law(word)
    title = law is not None and law.name == word and word != NUMBER_ACT
    return not (glued and len(word) <= _SHORT_TITLE and (title or word in book.own))


def _extended(view: View, name: LawName) -> LawName:
    """Return the longer title of which ``name`` is only a part: an order under the law, an ordinance on it."""
    order = _number_act_order(view.text, name) if name.law == NUMBER_ACT else None
    if order:
        return order
    start = find_place_start(view, name.start)
    tail = (_TAILS if start is None else _PLACED_TAILS).match(view.text, name.end)
    if not tail or OWN_NUMBER.match(view.text, tail.end()):
        return name
    if tail.group() in {"施行令", "施行規則"} and start is None:
        return _name(name.start, tail.end(), resolve_title(name.law + tail.group()))
    first = name.start if start is None else start
    title = unmarked(view.text[first : tail.end()])
    return _name(first, tail.end(), resolve_title(title))


def _number_act_order(text: str, name: LawName) -> LawName | None:
    annex = _ANNEX_TAIL.match(text, name.end)
    if annex:
        table = parse_numeral(annex["table"]) if annex["table"] else None
        return _name(name.start, annex.end(), _ANNEX_ORDERS[table])
    tail = _PROVISION_TAIL.match(text, name.end)
    if not tail:
        return None
    article, item = parse_numeral(tail["article"]), parse_numeral(tail["item"])
    if tail["rest"] not in _UNNAMED_ORDERS:
        return _name(name.start, tail.end(), f"{NUMBER_ACT}第{article}条第{item}号に基づく{tail['rest']}")
    if item == _PROVISION_MINISTRY_ITEM:
        return _name(name.start, tail.end(), NETWORK_ORDER)
    return None


def _table_orders(view: View, book: NameBook) -> Iterator[LawName]:
    """Yield 主務省令 where the table of its 第2条 tells which one it is, unless the document says so itself."""
    if "主務省令" not in book.own:
        for match in _TABLE_ORDER.finditer(view.text):
            yield _name(match.start(), match.end(), NETWORK_ORDER)


def _quoted(view: View) -> Iterator[LawName]:
    for match in _QUOTED.finditer(view.text):
        end = match.end(1) - len(match[1]) + len(_QUOTED_NUMBER.sub("", match[1]))
        title = unmarked(view.text[match.start(1) : end])
        announced = _ANNOUNCED.search(view.text, max(0, match.start() - 40), match.start())
        section = not announced and _SECTION.search(view.text, max(0, match.start() - 2), match.start())
        if section or title[0].isdigit() or not _QUOTED_END.search(title) or _QUOTED_LIST.search(title):
            continue
        after = read_after(view, match.end())
        if announced or end < match.end(1) or after or after.cued:
            yield _name(match.start(1), end, resolve_title(title))


def _by_form(view: View, floors: list[int]) -> Iterator[LawName]:
    """Yield the titles that only their form tells; ``floors`` are the ends of the names that lists know."""
    last = anchored = 0
    for match in ANCHOR.finditer(view.text):
        glued, anchored = match.start() == anchored, match.end()
        at = bisect_left(floors, match.end())
        listed = at < len(floors) and floors[at] == match.end()
        if glued or listed or OWN_NUMBER.match(view.text, match.end()):
            continue
        floor = max(last, floors[at - 1] if at else 0)
        start = find_title_start(view, match.start(), floor)
        title = unmarked(view.text[start : match.end()])
        if is_plausible(title, match.group(), read_after(view, match.end())):
            longer = (_EDITION if match.group() == "ガイドライン" else _OWN_TAILS).match(view.text, match.end())
            last = longer.end() if longer else match.end()
            yield _name(start, last, resolve_title(unmarked(view.text[start:last])))
