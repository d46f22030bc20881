"""Whether the numbering that a citation of the number act uses was in force on a day.

Two reforms matter. On 2021-09-01 a new item was put into 第19条, so that 第7号 (the network system) became 第8号 and
第8号 (by ordinance) became 第9号. On 2024-05-27 別表第一 became 別表 with new rows, and 別表第二 gave way to the table in
第2条 of the order under 第19条第8号. Which old row became which new one is not told here: no source is at hand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from extract.laws import ANNEX_ORDER, FIRST_ANNEX_ORDER, NETWORK_ORDER, NUMBER_ACT, SECOND_ANNEX_ORDER

if TYPE_CHECKING:
    from extract.facts import Citation

ITEMS_MOVED = date(2021, 9, 1)
"""第19条第7号 became 第8号."""
TABLES_MOVED = date(2024, 5, 27)
"""別表第一 became 別表; 別表第二 was abolished."""

_OLD_TABLES = {
    "別表第一": "別表第一は2024年5月27日に別表と改められ、項の番号も改められた",
    "別表第二": "別表第二は2024年5月27日に廃止され、番号法第19条第8号に基づく命令第2条の表に代わった",
}
_OLD_ORDERS = {
    FIRST_ANNEX_ORDER: "この命令の題名は2024年5月27日に「別表の主務省令で定める事務を定める命令」と改められた",
    SECOND_ANNEX_ORDER: "この命令は2024年5月27日に廃止された",
}
_NEW_ORDERS = frozenset({ANNEX_ORDER, NETWORK_ORDER})
_NETWORK = "別表第二"


def judge_numbering(citation: Citation, on: date | None) -> str | None:
    """Return in Japanese why the numbering of ``citation`` does not fit the day ``on``; None if it does or is unknown.

    第7号 and 第8号 of 第19条 both exist before and after 2021-09-01 with different contents: without 別表第二 beside them
    the answer is a condition (「…を指すなら」), not a verdict.

    >>> from extract.facts import Citation
    >>> judge_numbering(Citation(law="番号法", table="別表第二", table_item="27"), date(2025, 4, 1))
    '別表第二は2024年5月27日に廃止され、番号法第19条第8号に基づく命令第2条の表に代わった'
    >>> judge_numbering(Citation(law="番号法", article="9"), date(2025, 4, 1)) is None
    True
    """
    if on is None:
        return None
    if citation.law != NUMBER_ACT:
        return _judge_order(citation.law, on)
    return _judge_table(citation.table, on) or _judge_item(citation, on)


def _judge_order(law: str, on: date) -> str | None:
    if law in _NEW_ORDERS and on < TABLES_MOVED:
        return "この命令は2024年5月27日に施行され、この日にはまだなかった"
    return _OLD_ORDERS.get(law) if on >= TABLES_MOVED else None


def _judge_table(table: str, on: date) -> str | None:
    if table == "別表" and on < TABLES_MOVED:
        return "別表は2024年5月27日に別表第一から改められ、この日にはまだ別表第一であった"
    return _OLD_TABLES.get(table) if on >= TABLES_MOVED else None


def _judge_item(citation: Citation, on: date) -> str | None:
    if citation.article != "19" or citation.paragraph not in {"", "1"}:
        return None
    network = citation.table == _NETWORK
    if citation.item == "8" and on < ITEMS_MOVED:
        if network:
            return "別表第二による提供は、2021年9月1日より前は第19条第7号であった"
        return "2021年9月1日より前の第19条第8号は今日の第9号に当たる。今日の第8号を指すなら当時は第7号であった"
    if citation.item == "7" and on >= ITEMS_MOVED:
        if network:
            return "別表第二による提供は、2021年9月1日から第19条第8号である"
        return "2021年9月1日に第19条第7号は第8号に改められた。改正前の第7号を指すなら古い番号である"
    return None
