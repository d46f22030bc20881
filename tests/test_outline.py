"""The document as the form sees it: systems, files, and the records of each file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.outline import Outline, make_outline
from extract.records import Record
from extract.source import source_of_text
from extract.stream import make_stream
from tests.documents import PARTS, plain, swap, tabbed


def outline_of(text: str) -> Outline:
    """Return the outline of a text."""
    return make_outline(make_stream(source_of_text(text)))


def names_of(outline: Outline, records: list[Record], key: str) -> dict[int, str]:
    """Return the text of one item of each record by the record's number."""
    stream = outline.stream
    return {
        record.number: "".join(stream.text[slice(*piece)] for piece in record.items[key].pieces)
        for record in records
        if key in record.items
    }


SECOND = PARTS["entrust"][PARTS["entrust"].index("委託事項1") :].replace("委託事項1", "委託事項2")
TWO = PARTS["entrust"] + SECOND.replace("株式会社見本情報", "株式会社ためし")


@pytest.mark.parametrize("write", [tabbed, plain])
def test_records_follow_their_headings(write: Callable[..., str]) -> None:
    """Each item belongs to the numbered heading before it."""
    outline = outline_of(write(entrust=TWO))
    names = names_of(outline, outline.files[0].entrustments, "entrust.entrustee")
    assert names == {1: "株式会社見本情報", 2: "株式会社ためし"}


def test_a_lost_heading_opens_a_record_all_the_same() -> None:
    """An item that comes a second time belongs to the next record."""
    outline = outline_of(tabbed(entrust=TWO.replace("委託事項2\tシステムの保守\n", "")))
    names = names_of(outline, outline.files[0].entrustments, "entrust.entrustee")
    assert names == {1: "株式会社見本情報", 2: "株式会社ためし"}


def test_a_heading_after_its_items_is_paired_by_the_page() -> None:
    """On the pages of a raw text the k-th item of a kind belongs to the k-th heading."""
    first, second = (part.replace("\t", "\n\n") for part in (_items("株式会社甲"), _items("株式会社乙")))
    pages = f"\x0c{first}\n\n委託事項1\n\n保守\n\x0c{second}\n\n委託事項2\n\n印刷\n\x0c"
    outline = outline_of(plain(entrust="4. 特定個人情報ファイルの取扱いの委託\n" + pages))
    names = names_of(outline, outline.files[0].entrustments, "entrust.entrustee")
    assert names == {1: "株式会社甲", 2: "株式会社乙"}


def _items(company: str) -> str:
    return f"①委託内容\t点検の補助\n③委託先における取扱者数\t[10人未満]\n⑥委託先名\t{company}"


@pytest.mark.parametrize("heading", ["委託事項2～5", "委託事項6~10"])
def test_a_heading_of_blank_blocks_is_no_record(heading: str) -> None:
    """委託事項2～5 alone says that there is no more."""
    outline = outline_of(tabbed(entrust=PARTS["entrust"] + f"{heading}\n"))
    assert [record.number for record in outline.files[0].entrustments] == [1]


def test_a_continuation_heading_carries_the_record_on() -> None:
    """委託事項2～5 printed above the second record makes no third one."""
    second = SECOND.replace("委託事項2\t", "委託事項2～5\n委託事項2\t")
    outline = outline_of(tabbed(entrust=PARTS["entrust"] + second))
    assert [record.number for record in outline.files[0].entrustments] == [1, 2]


def test_a_blank_block_is_a_blank_record() -> None:
    """Labels without words are the form's, not the agency's."""
    blank = "提供先1\t\n①法令上の根拠\t\n②提供先における用途\t\n③提供する情報\t-\n⑦時期・頻度\t\n"
    outline = outline_of(tabbed(handover="5. 特定個人情報の提供・移転(委託に伴うものを除く。)\n" + blank))
    assert [record.is_blank(outline.stream) for record in outline.files[0].provisions] == [True]


@pytest.mark.parametrize("write", [tabbed, plain])
def test_each_section_two_is_a_file(write: Callable[..., str]) -> None:
    """A second Ⅱ opens a second file with records of its own."""
    second = "".join(PARTS[part] for part in ("file", "get", "entrust", "handover", "keep"))
    second = second.replace("架空市民税ファイル", "みほん収納ファイル")
    outline = outline_of(write(annex=second + PARTS["annex"]))
    assert len(outline.files) == 2
    assert [len(section.entrustments) for section in outline.files] == [1, 1]


def test_systems_are_numbered_as_printed() -> None:
    """A gap in the numbers stays a gap."""
    third = PARTS["systems"].partition("\n")[2].replace("システム1", "システム3").replace("架空税務", "みほん収納")
    outline = outline_of(tabbed(systems=PARTS["systems"] + third))
    assert names_of(outline, outline.systems, "system.name") == {1: "架空税務システム", 3: "みほん収納システム"}


def test_items_are_found_by_key() -> None:
    """An item that is not there is None, and its text is None."""
    outline = outline_of(tabbed())
    assert outline.text("business.name") == "架空市民税に関する事務"
    assert outline.first("threshold.users") is None
    assert outline.text("threshold.users") is None
    assert len(outline.all("provide.basis", "number.basis")) == 2


def test_a_text_without_form_is_an_empty_outline() -> None:
    """Nothing found is no error."""
    outline = outline_of("ただの文章。")
    assert (outline.blocks, outline.systems, outline.files) == ([], [], [])


def test_what_stands_before_the_first_file_is_not_lost() -> None:
    """A section Ⅱ whose heading the scan lost begins with its first item."""
    file = swap("file", "Ⅱ 特定個人情報ファイルの概要\n1. 特定個人情報ファイル名\n架空市民税ファイル\n", "")
    outline = outline_of(tabbed(file=file))
    assert len(outline.files) == 1
    assert "file.department" in outline.files[0].items
