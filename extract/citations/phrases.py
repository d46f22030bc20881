"""Cuts a view into the phrases of which citations are made: names, articles, tables, rows, 「同条」, parentheses.

Each production stands as a comment above the expression that reads it. What lies between two phrases is
left to the grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from extract.numerals import (
    BREAK,
    CIRCLED,
    KANJI,
    MARKS,
    NUMERAL,
    SPLIT,
    expand_range,
    parse_number,
    parse_numeral,
    split_numeral,
    unmarked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.citations.names import LawName
    from extract.citations.view import View


class Part(Enum):
    """What a phrase names."""

    NAME = "name"
    ARTICLE = "条"
    PARAGRAPH = "項"
    ITEM = "号"
    ROWS = "の項"
    NUMBERS = ""
    TABLE = "別表"
    SAME = "同"
    BEFORE = "前"
    OPEN = "("
    CLOSE = ")"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase between two indices of the view.

    ``numbers`` are canonical and expanded, tables for a TABLE; ``ordinal`` tells that 第 is printed; ``word`` is what
    「同」 or 「前」 points at; ``subitems`` are イ, ロ … after a 号.
    """

    part: Part
    start: int
    end: int
    numbers: tuple[str, ...] = ()
    ordinal: bool = False
    word: str = ""
    subitems: tuple[str, ...] = ()
    name: LawName | None = None


JOINING = r"(?:、|,|・|;|/|&|\+|及び|および|並びに|ならびに|又は|または|若しくは|もしくは|と|や|かつ|その他|ほか)"
TO = r"(?:から|~|-|乃至|ないし)"
# 番号 = 数 {の 数}
_NUMBER = rf"{NUMERAL}(?:の(?![{CIRCLED}]){NUMERAL}){{0,3}}"
_SEPARATOR = rf"(?:(?:まで)?{JOINING}{{1,2}}|{TO}|{SPLIT})"
# A kanji numeral after の is a branch only where no common word begins with it (の一部, の三者).
_NO_BRANCH = rf"(?!の?項|[0-9{KANJI}]|[条号部般覧定つ種者時方次回度律括元連体切人個件点年月日箇ヶ]|か[月所年国])"
# After a branch nothing tells where the number ends, so that layout must not part its digits (第67条の2 ⏎ 3.).
_BRANCHES = rf"(?:の(?:[0-9]{{1,3}}|[{KANJI}]{{1,4}}){_NO_BRANCH})+"
_KANA = "アウエオカキクケコイロハニホヘトチリヌルヲワヨタレソツネナラム"
_SUBITEMS = rf"[{_KANA}](?![ァ-ヴー])(?:{JOINING}[{_KANA}](?![ァ-ヴー]))*"
# 条 = [附則] [第] 番号 {区切り [第] 番号} 条 {の 数};  項 and 号 likewise;  行 = 番号 {区切り 番号} の項
_COUNTED = (
    rf"(?P<rule>附則)?(?P<lead>項番号?[:の]?|(?<=表の)項|[Nn][Oo]\.?)?(?:(?P<first>第){_NUMBER}(?:{_SEPARATOR}第?{_NUMBER}){{0,400}}|{_NUMBER}(?:{_SEPARATOR}{_NUMBER}){{0,400}})"
    r"(?:(?P<article>条)(?![例件文約里])|(?P<rows>(?:まで)?の項|番の項)(?![目番])|(?P<paragraph>項)(?![目番])|"
    r"(?P<item>号)(?!様式|被保険|認定|機|棟|室|線|店|議案|館|俸))?"
)
_AFTER_COUNT = re.compile(rf"(?P<branches>{_BRANCHES})?(?P<subitems>{_SUBITEMS})?")
_TABLE = r"別表(?:(?P<ordinal>第)(?P<table>[一二三四五六七八九十ニー]|[0-9]{1,3})|(?P<digits>[0-9]{1,3}))?"
_SHEET = r"の?表(?=第?[0-9一二三四五六七八九十百]|項番|の|に|中|[、。)(」:\[【<〈《〔○◎●■◆・]|(?:情報)?(?:照会|提供)|$)"
_SAME = (
    r"同(?P<same>法律|法施行令|法施行規則|法|条例施行規則|条例|規則|規程|要綱|命令|省令|政令|施行令|施行規則|令|指針|告示|通知|条|項|号|表)"
    r"(?![人務和目番機])"
)
_BEFORE = r"前(?P<before>条|項|号)(?![例件目番])"
_PHRASE = re.compile(rf"{_SAME}|{_BEFORE}|(?P<annex>{_TABLE})|(?P<sheet>{_SHEET})|{_COUNTED}|(?P<bracket>[()])")
_MORE_TABLES = re.compile(
    rf"(?:{JOINING}|(?P<to>{TO})(?:別表)?)第(?P<table>[一二三四五六12345])(?![0-9条項号{KANJI}{MARKS}])"
)
_ROW_NEXT = re.compile(rf"(?:{_SEPARATOR}{_NUMBER})*(?:まで)?(?:の項|項)(?![目番])")
_KANJI_ROW = re.compile(rf"([{KANJI}]+)の?項(?![目番])")
_TABLE_NAMES = "一二三四五六七八九十"
_LARGEST_TABLE = 10
_SURE_TABLES = 2
_LIST_SIGNS = re.compile(rf"(?:まで)?({JOINING}{{1,2}}|{TO})第?")
_GOES_ON = re.compile(rf"{_NUMBER}{_SEPARATOR}第?(?P<next>{_NUMBER})")
_RANGE = re.compile(TO)
_MOST = 400


def find_phrases(view: View, names: Sequence[LawName]) -> Iterator[Phrase]:
    """Yield the phrases of ``view`` in order; nothing inside a law's name is one.

    >>> from extract.citations.view import read_view
    >>> [(phrase.part.name, phrase.numbers) for phrase in find_phrases(read_view("第九条及び別表第二の1~3の項"), [])]
    [('ARTICLE', ('9',)), ('TABLE', ('別表第二',)), ('ROWS', ('1', '2', '3'))]
    """
    at = 0
    for name in names:
        yield from _between(view, at, name.start)
        yield Phrase(part=Part.NAME, start=name.start, end=name.end, name=name)
        at = name.end
    yield from _between(view, at, len(view.text))


def _between(view: View, at: int, stop: int) -> Iterator[Phrase]:
    while match := _PHRASE.search(view.text, at, stop):
        phrase = _phrase(view, match)
        yield phrase
        at = max(phrase.end, match.start() + 1)


def _phrase(view: View, match: re.Match[str]) -> Phrase:
    start, end = match.span()
    if match["bracket"]:
        return Phrase(part=Part(match["bracket"]), start=start, end=end)
    if match["same"]:
        return Phrase(part=Part.SAME, start=start, end=end, word=match["same"])
    if match["before"]:
        return Phrase(part=Part.BEFORE, start=start, end=end, word=match["before"])
    if match["sheet"]:
        return Phrase(part=Part.TABLE, start=start, end=end, numbers=("表",))
    if match["annex"]:
        return _annex(view, match)
    return _counted(view, match)


def _annex(view: View, match: re.Match[str]) -> Phrase:
    """Read 別表, 別表第一, 別表1, 別表第一及び第二; in 「別表85の項」 the number is the row's and stays behind."""
    end = match.end("annex")
    start = match.start()
    bare = Phrase(part=Part.TABLE, start=start, end=start + len("別表"), numbers=("別表",), ordinal=False)
    printed = match["table"] or match["digits"]
    if not printed or _is_row(view.text, printed, end, ordinal=match["ordinal"] is not None):
        return bare
    tables = [_table_number(printed)]
    while more := _MORE_TABLES.match(view.text, end):
        table = parse_numeral(more["table"]) or 1
        tables.extend(range(tables[-1] + 1, table) if more["to"] else ())
        tables.append(table)
        end = more.end()
    names = tuple(f"別表第{_TABLE_NAMES[table - 1]}" for table in tables if 0 < table <= _LARGEST_TABLE)
    return Phrase(part=Part.TABLE, start=start, end=end, numbers=names, ordinal=match["ordinal"] is not None)


def _is_row(text: str, printed: str, end: int, *, ordinal: bool) -> bool:
    """Tell whether the number after 別表 is that of a row: 別表85の項, 別表第二十七の項."""
    number = _table_number(printed)
    if number > _LARGEST_TABLE:
        return True
    if not printed.isdigit():
        longer = _KANJI_ROW.match(text, end)
        return longer is not None and parse_numeral(printed + longer[1]) is not None
    if text.startswith((SPLIT, BREAK), end) or (ordinal and number <= _SURE_TABLES):
        return False
    return _ROW_NEXT.match(text, end) is not None


def _table_number(printed: str) -> int:
    """Return the number of a table; scans print 一 and 二 as ー and ニ."""
    return parse_numeral({"ー": "一", "ニ": "二"}.get(printed, printed)) or 0


def _counted(view: View, match: re.Match[str]) -> Phrase:
    part = next((Part[key.upper()] for key in ("article", "rows", "paragraph", "item") if match[key]), Part.NUMBERS)
    unit = next((match[key] for key in ("article", "rows", "paragraph", "item") if match[key]), "")
    if part is Part.NUMBERS and match["lead"]:
        part = Part.ROWS
    after = _AFTER_COUNT.match(view.text, match.end()) if part in {Part.ARTICLE, Part.ITEM} else None
    branches = (after["branches"] or "") if after else ""
    end = match.end() + len(branches)
    subitems: tuple[str, ...] = ()
    if part is Part.ITEM and after and after["subitems"]:
        subitems = tuple(re.findall(f"[{_KANA}]", after["subitems"]))
        end = after.end()
    first = match.end("lead") if match["lead"] else match.end("rule") if match["rule"] else match.start()
    listed = view.text[first : match.end() - len(unit)]
    if part is Part.NUMBERS:
        listed = _up_to_break(listed)
        end = first + len(listed)
    numbers = expand_list(listed, torn_list=part in {Part.ROWS, Part.NUMBERS})
    numbers = _branched(numbers, branches)
    if match["rule"]:
        numbers = tuple(f"附則{number}" for number in numbers) if part is Part.ARTICLE else numbers
    return Phrase(
        part=part,
        start=match.start(),
        end=end,
        numbers=numbers,
        ordinal=match["first"] is not None,
        word=match["rule"] or "",
        subitems=subitems,
    )


def _up_to_break(listed: str) -> str:
    """Return a list up to a line's end behind which another list may begin, or a numbering.

    Where the digits about the break make one number that fits between its neighbours, the list goes on.
    """
    start = 0
    while (at := listed.find(BREAK, start)) >= 0:
        goes_on = _GOES_ON.match(listed, at + 1)
        if not goes_on or not _rises(expand_list(listed[max(0, at - _WINDOW) : goes_on.end()])[-_NEIGHBOURS:]):
            return listed[:at]
        start = at + 1
    return listed


_NEIGHBOURS = 3
_WINDOW = 30  # characters before a torn number, with room for the number before it


def _rises(numbers: Sequence[str]) -> bool:
    values = [int(number.partition("の")[0]) for number in numbers]
    return len(values) == _NEIGHBOURS and values[0] < values[1] < values[2]


def _branched(numbers: tuple[str, ...], branches: str) -> tuple[str, ...]:
    branch = parse_number(branches.removeprefix("の")) if branches else None
    return (*numbers[:-1], f"{numbers[-1]}の{branch}") if branch and numbers else numbers


def expand_list(text: str, *, torn_list: bool = False) -> tuple[str, ...]:
    """Return the numbers of a list with ranges, canonical; numbers torn by layout may be a list of their own.

    >>> expand_list("1、2,第5~7"), expand_list("八十五の二及び八十七")
    (('1', '2', '5', '6', '7'), ('85の2', '87'))
    >>> expand_list(f"1{SPLIT}2{SPLIT}15", torn_list=True), expand_list(f"1{SPLIT}5")
    (('1', '2', '15'), ('15',))
    """
    numbers: list[str] = []
    ranged = False
    for piece in _LIST_SIGNS.split(text.removeprefix("第").removesuffix("まで")):
        if not piece:
            continue
        last = int(numbers[-1].partition("の")[0]) if numbers else 0
        values = [parse_number(one) for one in (split_numeral(piece, last) if torn_list else [unmarked(piece)])]
        if None in values:
            ranged = _RANGE.fullmatch(piece) is not None
            continue
        read = [value for value in values if value]
        numbers.extend(expand_range(numbers.pop(), read[0]) + tuple(read[1:]) if ranged and numbers else read)
        ranged = False
        if len(numbers) > _MOST:
            break
    return tuple(dict.fromkeys(numbers))
