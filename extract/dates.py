"""Dates as Japanese documents print them, into ISO dates.

Eras: 昭和 from 1926, 平成 from 1989, 令和 from 2019. Reads the slips of scans in the era's name (平茂) and
in digits (3O), and numbers in kanji (令和元年六月二十八日).
"""

from __future__ import annotations

import re
from datetime import date

from extract.normalize import folded
from extract.numerals import parse_numeral

_ERA_STARTS = {"昭和": 1925, "平成": 1988, "令和": 2018, "S": 1925, "H": 1988, "R": 2018}
_SLIPS = {"平茂": "平成", "平戌": "平成", "平成成": "平成", "今和": "令和", "合和": "令和", "令禾": "令和"}
_LETTERS = str.maketrans("OoQ○lI|", "0000111")
_DIGITS = r"[0-9OoQ○〇l|]{1,2}"  # no I: beside a day it is Ⅰ, the part of the form that a change names
_COUNT = rf"(?:{_DIGITS}|[一二三四五六七八九十〇]{{1,3}})"
_REST = (
    rf"(?:年(?P<month>{_COUNT})月(?P<day>{_COUNT})(?:日|(?![0-9A-HJ-UW-Za-z]))"
    r"|[./-](?P<month_>\d{1,2})[./-](?P<day_>\d{1,2})(?![Ool]))"
)
_ERA = re.compile(rf"(?P<era>昭和|平成|令和|(?<![A-Za-z])[SHR])(?P<year>元|{_COUNT}){_REST}")
_WESTERN = re.compile(rf"(?P<year>(?:19|2[0OoQ])[0-9OoQ○〇lI|]{{2}}|[一二][〇九][〇一二三四五六七八九]{{2}}){_REST}")


def find_date(text: str) -> tuple[date, int, int] | None:
    """Return the first date of folded ``text`` with the range in which it stands, or None."""
    for slip, right in _SLIPS.items():
        text = text.replace(slip, right.ljust(len(slip)))
    found = min(filter(None, (_ERA.search(text), _WESTERN.search(text))), key=lambda match: match.start(), default=None)
    if found is None:
        return None
    start = _ERA_STARTS[found["era"]] if "era" in found.re.groupindex else 0
    numbers = [
        _number(found["year"]),
        _number(found["month"] or found["month_"]),
        _number(found["day"] or found["day_"]),
    ]
    try:
        return date(start + numbers[0], numbers[1], numbers[2]), found.start(), found.end()
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return the value of a date's number; 0, which no date has, for letters that cannot be told from digits.

    >>> _number("元"), _number("二十八"), _number("3O"), _number("Ol"), _number("OO")
    (1, 28, 30, 1, 0)
    """
    return 1 if text == "元" else parse_numeral(text.translate(_LETTERS)) or 0


def parse_date(text: str | None) -> str | None:
    """Return the first date in ``text`` as ISO, or None.

    >>> parse_date("令和 6 年11月29日"), parse_date("平茂28年1月1日"), parse_date("H31.4.1"), parse_date("未定")
    ('2024-11-29', '2016-01-01', '2019-04-01', None)
    """
    found = find_date(folded(text)) if text else None
    return found[0].isoformat() if found else None
