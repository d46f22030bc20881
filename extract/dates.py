"""Dates as Japanese documents print them, into ISO dates.

Eras: 昭和 from 1926, 平成 from 1989, 令和 from 2019. Reads the slips of scans in the era's name (平茂).
"""

from __future__ import annotations

import re
from datetime import date

from extract.normalize import folded

_ERA_STARTS = {"昭和": 1925, "平成": 1988, "令和": 2018, "S": 1925, "H": 1988, "R": 2018}
_SLIPS = {"平茂": "平成", "平戌": "平成", "平成成": "平成", "今和": "令和", "合和": "令和", "令禾": "令和"}
_ERA = re.compile(
    r"(?P<era>昭和|平成|令和|(?<![A-Za-z])[SHR])(?P<year>元|\d{1,2})(?:年|[./-])(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2})日?"
)
_WESTERN = re.compile(r"(?P<year>(?:19|20)\d{2})(?:年|[./-])(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2})日?")


def find_date(text: str) -> tuple[date, int, int] | None:
    """Return the first date of folded ``text`` with the range in which it stands, or None."""
    for slip, right in _SLIPS.items():
        text = text.replace(slip, right.ljust(len(slip)))
    found = min(filter(None, (_ERA.search(text), _WESTERN.search(text))), key=lambda match: match.start(), default=None)
    if found is None:
        return None
    start = _ERA_STARTS[found["era"]] if "era" in found.re.groupindex else 0
    year = start + (1 if found["year"] == "元" else int(found["year"]))
    try:
        return date(year, int(found["month"]), int(found["day"])), found.start(), found.end()
    except ValueError:
        return None


def parse_date(text: str | None) -> str | None:
    """Return the first date in ``text`` as ISO, or None.

    >>> parse_date("令和 6 年11月29日"), parse_date("平茂28年1月1日"), parse_date("H31.4.1"), parse_date("未定")
    ('2024-11-29', '2016-01-01', '2019-04-01', None)
    """
    found = find_date(folded(text)) if text else None
    return found[0].isoformat() if found else None
