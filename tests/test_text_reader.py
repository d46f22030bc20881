"""Text files in the encodings that Japanese offices write, and those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import UnreadableFile
from extract.readers.text import MAX_BYTES, decode, read_text_file
from tests.documents import PARTS, tabbed

COMMON = PARTS["cover"]
"""Words that every Japanese encoding can write."""
WHOLE = tabbed()
"""Words with Ⅰ, Ⅱ and ①, which the older encodings lack in their first versions."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_assessment_is_decoded_whatever_wrote_it(encoding: str) -> None:
    """The text comes out as it went in, circled and Roman numerals too."""
    assert decode(WHOLE.encode(encoding))[0] == WHOLE


@pytest.mark.parametrize("encoding", ["euc_jis_2004", "iso2022_jp_2004"])
def test_numerals_are_decoded_in_extended_encodings(encoding: str) -> None:
    """EUC-JP and ISO-2022-JP write Ⅰ and ① only in their extensions."""
    assert decode(WHOLE.encode(encoding))[0] == WHOLE


@pytest.mark.parametrize("encoding", ["euc-jp", "shift_jis", "iso2022_jp"])
def test_common_words_are_decoded_in_old_encodings(encoding: str) -> None:
    """A text without special signs is decoded in the encodings of the last century."""
    assert decode(COMMON.encode(encoding))[0] == COMMON


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_the_encoding_is_named(encoding: str) -> None:
    """The receipt can tell how the bytes were read."""
    assert decode(COMMON.encode(encoding))[1] == encoding


def test_short_texts_are_told_apart_by_their_kana() -> None:
    """A dozen characters are enough."""
    words = "特定個人情報ファイルのひとつ"
    assert [decode(words.encode(encoding))[1] for encoding in ("cp932", "euc-jp")] == ["cp932", "euc-jp"]


def test_a_lone_carriage_return_ends_a_line() -> None:
    """Texts of old machines have lines too; pairs stay as they are, for offsets count in the decoded text."""
    assert decode("評価書\r事務\r\n名称".encode())[0] == "評価書\n事務\r\n名称"


def test_a_nul_byte_does_not_make_another_encoding() -> None:
    """A stray zero in UTF-8 is a stray zero, not UTF-16."""
    for zeros in (b"\x00", b"\x00\x00"):
        text, encoding = decode(COMMON.encode() + zeros + COMMON.encode())
        assert (encoding, text.replace("\x00", "")) == ("utf-8", COMMON * 2)


@pytest.mark.parametrize("data", [b"", b"\n\n \t", b"\x00\x00", b"\xef\xbb\xbf", b"\xff\xfe"], ids=repr)
def test_nothing_is_told_as_an_empty_file(data: bytes) -> None:
    """A file of layout alone holds no text."""
    with pytest.raises(UnreadableFile, match="empty"):
        decode(data)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_broken_byte_is_named_by_its_position(encoding: str) -> None:
    """The user can look at the place."""
    before = WHOLE[:60].encode(encoding)
    with pytest.raises(UnreadableFile, match=str(len(before))):
        decode(before + b"\x81\x20" + WHOLE.encode(encoding))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "Office"),
        (b"\xd0\xcf\x11\xe0rest", "Office"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
    ],
    ids=repr,
)
def test_another_kind_of_file_is_told_by_its_first_bytes(data: bytes, kind: str) -> None:
    """A PDF called .txt is refused by name, not decoded into rubbish."""
    with pytest.raises(UnreadableFile, match=kind):
        decode(data)


def test_what_is_read_knows_its_file(tmp_path: Path) -> None:
    """Name, path and hash are those of the file, not of the decoded text."""
    path = tmp_path / "架空市.txt"
    path.write_bytes("評価書".encode("cp932"))
    source = read_text_file(path)
    assert (source.name, source.path, source.encoding) == (path.name, str(path), "cp932")
    assert len(source.sha256) == 64


def test_a_giant_is_refused_unread(tmp_path: Path) -> None:
    """A file above the limit costs no memory; the limit is said."""
    path = tmp_path / "giant.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match=f"{MAX_BYTES:,}"):
        read_text_file(path)


def test_a_missing_file_says_why(tmp_path: Path) -> None:
    """The system's reason reaches the user."""
    with pytest.raises(UnreadableFile, match="cannot read") as caught:
        read_text_file(tmp_path / "none.txt")
    assert caught.value.where.endswith("none.txt")
    assert caught.value.todo


def test_labels_over_two_lines_of_a_text_in_columns(tmp_path: Path) -> None:
    """What `pdftotext -layout` sets out is read with whole labels; the lines keep their numbers."""
    lines = [
        "④提供する情報の対象とな                       1） 1万人未満",
        "る本人の数            [ 1万人未満    ] 2） 1万人以上10万人未満",
        "⑤提供する情報の対象とな",
        "                 市内に住む者",
        "る本人の範囲",
        "  ⑦再委託の有無",
        "再                [     再委託しない     ] 1） 再委託する",
        "委 ⑧再委託の許諾方法",
        "託",
        "  ⑨再委託事項          印刷",
    ]
    path = tmp_path / "layout.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    text = read_text_file(path).text
    assert [line.split() for line in text.split("\n")] == [
        ["④提供する情報の対象となる本人の数", "1）", "1万人未満"],
        ["[", "1万人未満", "]", "2）", "1万人以上10万人未満"],
        ["⑤提供する情報の対象となる本人の範囲"],
        ["市内に住む者"],
        [],
        ["⑦再委託の有無"],
        ["[", "再委託しない", "]", "1）", "再委託する"],
        ["⑧再委託の許諾方法"],
        [],
        ["⑨再委託事項", "印刷"],
    ]
    assert len(text) == len("\n".join(lines))


@pytest.mark.parametrize(
    "line", ["③他のシステムとの接続\nシステム3", "①事務の名称\n対象となる事務の名称", "・項目\nる数"]
)
def test_labels_that_are_whole(tmp_path: Path, line: str) -> None:
    """A text without broken labels is left as it is."""
    path = tmp_path / "layout.txt"
    path.write_text("\n".join([line, "②事務の内容          受付"] * 5), encoding="utf-8")
    assert read_text_file(path).text == path.read_text(encoding="utf-8")
