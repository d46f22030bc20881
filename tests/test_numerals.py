"""Numerals as laws write them."""

from __future__ import annotations

import pytest

from extract.numerals import BREAK, SPLIT, expand_range, parse_number, parse_numeral, split_numeral, unmarked


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("165", 165),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("百", 100),
        ("百六十五", 165),
        ("二百三", 203),
        ("千二百三十四", 1234),
        ("三〇", 30),
        ("一六五", 165),
        ("①", 1),
        ("⑳", 20),
        ("㉕", 25),
        ("❽", 8),
        (f"1{SPLIT}6", 16),
        ("十十", None),
        ("百千", None),
        ("1" * 9, None),
        ("条", None),
        ("", None),
    ],
)
def test_parse_numeral(text: str, value: int | None) -> None:
    """Arabic, kanji by place and by digit, and circled numerals are read; anything else is none."""
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [("三十の九", "30の9"), ("85の2", "85の2"), ("二十一の五の三", "21の5の3"), ("3の", None), ("の2", None)],
)
def test_parse_number(text: str, number: str | None) -> None:
    """Branches are kept."""
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        ("1", "3", ("1", "2", "3")),
        ("3", "3", ("3",)),
        ("9", "3", ("9", "3")),
        ("30の9", "30の11", ("30の9", "30の10", "30の11")),
        ("21の5の2", "21の5の3", ("21の5の2", "21の5の3")),
        ("19", "21の2", ("19", "20", "21", "21の2")),
        ("19の2", "21", ("19の2", "20", "21")),
        ("1", "9999", ("1", "9999")),
    ],
)
def test_expand_range(first: str, last: str, numbers: tuple[str, ...]) -> None:
    """A range gives what is certain to lie in it, and its ends where nothing is."""
    assert expand_range(first, last) == numbers


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("27", ["27"]),
        (f"27{SPLIT}28", ["27", "28"]),
        (f"2{SPLIT}7", ["27"]),
        (f"11{BREAK}5", ["115"]),
        (f"1{SPLIT}2{SPLIT}3{SPLIT}4", ["1", "2", "3", "4"]),
        (f"①{SPLIT}②", ["①", "②"]),
    ],
)
def test_split_numeral(text: str, pieces: list[str]) -> None:
    """Numerals parted by layout are a list if they rise, one torn number if they do not."""
    assert split_numeral(text) == pieces


def test_unmarked() -> None:
    """The marks of layout can be taken away."""
    assert unmarked(f"第1{SPLIT}9{BREAK}条") == "第19条"
