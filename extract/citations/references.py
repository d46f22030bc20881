"""What 「同法」, 「同令」 and 「前項」 point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.citations.book import kind_of, resolve_title
from extract.laws import LawKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDINGS = {
    "条例": ("条例",),
    "規則": ("規則",),
    "規程": ("規程",),
    "要綱": ("要綱",),
    "命令": ("命令",),
    "省令": ("省令", "命令", "施行規則"),
    "政令": ("政令", "施行令"),
    "施行令": ("施行令",),
    "施行規則": ("施行規則",),
    "令": ("令",),
    "指針": ("指針",),
    "告示": ("告示", "指針", "基準"),
    "通知": ("通知", "について", "(通知)"),
}


def named_again(word: str, named: Sequence[str]) -> str | None:
    """Return the law that 「同<word>」 means: of those ``named``, latest last, the latest of that kind.

    >>> named_again("法", ("介護保険法", "架空市介護保険条例")), named_again("法施行令", ("介護保険法",))
    ('介護保険法', '介護保険法施行令')
    >>> named_again("規則", ("介護保険法",)) is None
    True
    """
    if word.startswith("法"):
        law = next((name for name in reversed(named) if kind_of(name) is LawKind.LAW), None)
        tail = word.removeprefix("法律").removeprefix("法")
        return resolve_title(law + tail) if law else None
    if word == "条例施行規則":
        ordinance = named_again("条例", named)
        return f"{ordinance}施行規則" if ordinance else None
    return next((name for name in reversed(named) if name.endswith(_ENDINGS[word])), None)


def number_before(number: str) -> str | None:
    """Return the number before a plain one, or None where it is not certain.

    >>> number_before("3"), number_before("1"), number_before("30の9")
    ('2', None, None)
    """
    return str(int(number) - 1) if number.isdigit() and int(number) > 1 else None
