"""Dates as Japanese documents print them."""

from __future__ import annotations

import pytest

from extract.dates import find_date, parse_date
from tests.casebook import Case, each_case


@each_case("dates.md")
def test_case(case: Case) -> None:
    """Each text gives the day that its case names, or none."""
    assert [parse_date(line) or "なし" for line in case.given.split("\n")] == list(case.wanted)


def test_nothing_has_no_date() -> None:
    """An absent cell has none, and neither has an empty one."""
    assert parse_date(None) is parse_date("") is None


@pytest.mark.parametrize("text", ["甲平成28年1月1日乙", "甲今和4年2月3日乙", "甲2021/7/9乙"])
def test_a_date_knows_where_it_stands(text: str) -> None:
    """Also where a slip of the scan was read over, the range is that of the text."""
    found = find_date(text)
    assert found is not None
    assert (text[: found[1]], text[found[2] :]) == ("甲", "乙")
