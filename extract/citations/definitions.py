"""The abbreviations of laws that a document defines: 「…法律（平成25年法律第27号。以下「番号法」という。）」."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.citations.book import is_title, read_book
from extract.citations.names import find_names
from extract.citations.view import read_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.citations.names import LawName
    from extract.citations.view import View

_HEREAFTER = re.compile(r"(?:以下|略称)[^「『()。]{0,8}[「『](?P<short>[^「」『』]{1,30})[」』]")
_BARE = re.compile(
    r"\((?:以下|略称)?[:、]?(?P<short>[^()「」、。第]{1,12}(?:法|法律|条例|規則|命令|令|省令))(?:と(?:いう|する)。?)?\)"
)
_CLOSING = re.compile(r"[」』]*(?:\([^()]*\))?[」』]*")
_TOO_LONG = 120


def find_law_definitions(raw: str) -> dict[str, str]:
    """Return the laws' abbreviations that ``raw`` defines, short to full (canonical where ``laws.csv`` knows it).

    >>> find_law_definitions("架空市個人番号の利用に関する条例（平成27年架空市条例第3号。以下「番号条例」という。）")
    {'番号条例': '架空市個人番号の利用に関する条例'}
    """
    return define_in(read_view(raw))


def find_title_before(text: str) -> str | None:
    """Return the title of the law, as printed, with which ``text`` ends but for quotes and a parenthesis.

    >>> find_title_before("本市は住民基本台帳法（昭和42年法律第81号）"), find_title_before("本市の台帳")
    ('住民基本台帳法', None)
    """
    view = read_view(text)
    named = {name.end: name for name in find_names(view, read_book({}))}
    name = _named_before(view, named, len(view.text))
    return view.printed(view.span(name.start, name.end)) if name else None


def define_in(view: View) -> dict[str, str]:
    """Return the definitions of a view; a short form that stands for two laws stands for neither."""
    shorts = list(_shorts(view))
    named = {name.end: name for name in find_names(view, read_book({}))} if shorts else {}
    defined: dict[str, str] = {}
    doubtful: set[str] = set()
    for short, opening in shorts:
        name = _named_before(view, named, opening)
        if name is None or not is_title(short) or name.law == short:
            continue
        if defined.setdefault(short, name.law) != name.law:
            doubtful.add(short)
    return {short: law for short, law in defined.items() if short not in doubtful}


def _shorts(view: View) -> Iterator[tuple[str, int]]:
    """Yield each short form with the index of the parenthesis in which it is introduced."""
    for match in _HEREAFTER.finditer(view.text):
        opening = view.text.rfind("(", max(0, match.start() - _TOO_LONG), match.start())
        if opening >= 0 and view.pairs.get(opening, match.end()) >= match.end():
            yield match["short"], opening
    for match in _BARE.finditer(view.text):
        yield match["short"], match.start()


def _named_before(view: View, named: dict[int, LawName], opening: int) -> LawName | None:
    """Return the law whose name ends at ``opening``, but for quotes and one parenthesis with its number."""
    for end in range(opening, max(0, opening - _TOO_LONG), -1):
        if end in named:
            return named[end] if _CLOSING.fullmatch(view.text, end, opening) else None
    return None
