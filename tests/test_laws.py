"""The list of laws holds together."""

from __future__ import annotations

import re

import pytest

from extract.laws import (
    ANNEX_ORDER,
    FIRST_ANNEX_ORDER,
    NETWORK_ORDER,
    NUMBER_ACT,
    SECOND_ANNEX_ORDER,
    Law,
    LawKind,
    derive_egov_id,
    kind_of_title,
    read_laws,
    resolve_law,
    title_key,
)

EGOV_ID = re.compile(r"[1-5][0-9]{2}(?:AC|CO)[0-9]{10}")


@pytest.mark.parametrize("law", read_laws(), ids=lambda law: law.name)
def test_row(law: Law) -> None:
    """Every row has a source and a day, an id of e-Gov's form or none, and resolves by all its names."""
    assert law.source
    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}", law.as_of)
    assert not law.egov_id or EGOV_ID.fullmatch(law.egov_id)
    assert {resolve_law(word) for word in (law.name, law.title, *law.abbreviations)} == {law}


def test_names_are_unique() -> None:
    """No word names two laws."""
    words = [title_key(word) for law in read_laws() for word in {law.name, law.title, *law.abbreviations}]
    assert sorted(words) == sorted(set(words))


def test_ids_agree_with_numbers() -> None:
    """An id tells the same era, year and number as the law's number; only who brought the bill in may differ."""
    for law in read_laws():
        derived = derive_egov_id(law.number)
        if derived and law.egov_id:
            assert (law.egov_id[:5], int(law.egov_id[8:])) == (derived[:5], int(derived[8:]))


@pytest.mark.parametrize("name", [NUMBER_ACT, ANNEX_ORDER, FIRST_ANNEX_ORDER, SECOND_ANNEX_ORDER, NETWORK_ORDER])
def test_named_in_code(name: str) -> None:
    """The few laws that the code names are in the list under that very name."""
    law = resolve_law(name)
    assert law is not None
    assert law.name == name


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("架空法", LawKind.LAW),
        ("架空に関する法律", LawKind.LAW),
        ("架空法施行令", LawKind.ORDER),
        ("架空法施行規則", LawKind.ORDER),
        ("架空に関する省令", LawKind.ORDER),
        ("特定個人情報保護評価に関する規則", LawKind.ORDER),
        ("架空市税条例施行規則", LawKind.ORDINANCE),
        ("架空市文書規程", LawKind.ORDINANCE),
        ("架空に関する指針", LawKind.NOTICE),
        ("架空の取扱いについて(通知)", LawKind.NOTICE),
    ],
)
def test_kind_of_title(title: str, kind: LawKind) -> None:
    """The ending of a title tells its kind."""
    assert kind_of_title(title) is kind


def test_variants_of_writing() -> None:
    """Width, spaces, old characters and okurigana make no difference."""
    written = "行政手続き における特定の個人を識別するための番号の利用等に關する法律"
    law = resolve_law(written)
    assert law is not None
    assert law.name == NUMBER_ACT
    assert resolve_law("架空法") is None
