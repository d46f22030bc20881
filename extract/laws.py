"""The laws that assessments cite: names, abbreviations, numbers, e-Gov ids.

The data is ``laws.csv``; this module reads it and answers by name. Names are compared after folding, so that
width and spacing do not matter. Nothing is guessed: an abbreviation that is not listed resolves to nothing.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from extract.normalize import folded

if TYPE_CHECKING:
    from collections.abc import Mapping


class LawKind(StrEnum):
    """Who made it: the Diet, the state's executive, a local agency, or an office that only announces."""

    LAW = "law"
    ORDER = "order"
    ORDINANCE = "ordinance"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One row of ``laws.csv``; ``name`` is the canonical name in citations, ``title`` the official one."""

    name: str
    title: str
    abbreviations: tuple[str, ...]
    number: str
    egov_id: str
    kind: LawKind
    source: str
    as_of: str


NUMBER_ACT = "番号法"
ANNEX_ORDER = "番号法別表の主務省令で定める事務を定める命令"
FIRST_ANNEX_ORDER = "番号法別表第一の主務省令で定める事務を定める命令"
SECOND_ANNEX_ORDER = "番号法別表第二の主務省令で定める事務及び情報を定める命令"
NETWORK_ORDER = "番号法第19条第8号に基づく利用特定個人情報の提供に関する命令"

_OLD_FORMS = str.maketrans("關條號對應醫國險體團會續總實", "関条号対応医国険体団会続総実")
_OKURIGANA = (("手続き", "手続"), ("取り扱い", "取扱い"))
_ERAS = {"明治": "1", "大正": "2", "昭和": "3", "平成": "4", "令和": "5"}
_LAW_NUMBER = re.compile(r"(?P<era>明治|大正|昭和|平成|令和)(?P<year>元|[0-9]+)年法律第(?P<number>[0-9]+)号")
_KIND_BY_SUFFIX = (
    (LawKind.NOTICE, ("指針", "ガイドライン", "告示", "通知", "通達", "について", "基準", "編)")),
    (LawKind.ORDINANCE, ("条例", "条例施行規則", "規程", "要綱", "要領", "訓令", "細則")),
    (LawKind.LAW, ("法", "法律")),
    (LawKind.ORDER, ("法施行規則", "法律施行規則", "令")),
    (LawKind.ORDINANCE, ("規則",)),
)


def modern(text: str) -> str:
    """Return ``text`` with old forms of characters replaced, one for one.

    >>> modern("關する")
    '関する'
    """
    return text.translate(_OLD_FORMS)


def title_key(title: str) -> str:
    """Return the form under which titles are compared: folded, modern characters, one okurigana.

    >>> title_key("行政手続きにおける 〇〇に關する法律")
    '行政手続における〇〇に関する法律'
    """
    key = modern(folded(title))
    for variant, usual in _OKURIGANA:
        key = key.replace(variant, usual)
    return key


@lru_cache(maxsize=1)
def read_laws() -> tuple[Law, ...]:
    """Return the rows of ``laws.csv``.

    >>> next(law.number for law in read_laws() if law.name == "番号法")
    '平成25年法律第27号'
    """
    with resources.files("extract").joinpath("laws.csv").open(encoding="utf-8") as lines:
        return tuple(
            Law(
                name=folded(row["name"]),
                title=folded(row["title"] or row["name"]),
                abbreviations=tuple(filter(None, row["abbreviations"].split("|"))),
                number=row["number"],
                egov_id=row["egov_id"],
                kind=LawKind(row["kind"]),
                source=row["source"],
                as_of=row["as_of"],
            )
            for row in csv.DictReader(lines)
        )


@lru_cache(maxsize=1)
def law_by_key() -> Mapping[str, Law]:
    """Return every law under the keys of its name, title and abbreviations."""
    laws = {}
    for law in read_laws():
        for word in (*law.abbreviations, law.title, law.name):
            laws[title_key(word)] = law
    return MappingProxyType(laws)


def resolve_law(name: str) -> Law | None:
    """Return the law that ``name`` names in full or by a listed abbreviation, or None.

    >>> resolve_law("マイナンバー法").name, resolve_law("住基法").name, resolve_law("架空法")
    ('番号法', '住民基本台帳法', None)
    """
    return law_by_key().get(title_key(name))


def derive_egov_id(number: str) -> str | None:
    """Return the e-Gov id of an act brought in by the government, from its law number.

    The scheme: era (明治 1 … 令和 5), year in two digits, ``AC``, the number in ten digits. Acts brought in by
    members of the Diet carry a 1 among these digits, which the number does not tell: for them this is wrong.

    >>> derive_egov_id("平成25年法律第27号"), derive_egov_id("平成26年政令第155号")
    ('425AC0000000027', None)
    """
    match = _LAW_NUMBER.fullmatch(folded(number))
    if not match:
        return None
    year = 1 if match["year"] == "元" else int(match["year"])
    return f"{_ERAS[match['era']]}{year:02d}AC{int(match['number']):010d}"


def kind_of_title(title: str) -> LawKind:
    """Return the kind that a title's ending tells, unless ``laws.csv`` knows better.

    >>> kind_of_title("架空市税条例"), kind_of_title("番号法施行規則"), kind_of_title("架空に関する法律")
    (<LawKind.ORDINANCE: 'ordinance'>, <LawKind.ORDER: 'order'>, <LawKind.LAW: 'law'>)
    """
    law = resolve_law(title)
    if law:
        return law.kind
    fits = [(len(suffix), kind) for kind, suffixes in _KIND_BY_SUFFIX for suffix in suffixes if title.endswith(suffix)]
    return max(fits, default=(0, LawKind.NOTICE), key=lambda fit: fit[0])[1]
