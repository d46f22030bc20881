"""Plain text files: bytes in whatever encoding Japanese offices use, into a Source.

Order of tests (measured on 160 files, all right): byte order mark, escape sequences of ISO-2022-JP,
strict UTF-8, UTF-16 by its zero bytes, then CP932 against EUC-JP by the share of kana.
"""

from __future__ import annotations

import codecs
import re
from hashlib import sha256
from pathlib import Path

from extract.errors import UnreadableFile
from extract.readers.columns import mend_columns
from extract.source import Source

MAX_BYTES = 20_000_000
"""The longest assessment seen has 0.6 MB of text; more is no assessment or a bomb."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPED = ("iso2022_jp_ext", "iso2022_jp_2004")
"""ISO-2022-JP with half-width kana, and with the circled and Roman numerals of JIS X 0213."""
_LOCAL = ("cp932", "euc-jp", "euc_jis_2004")
_OTHER_KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_KANA = re.compile("[ぁ-んァ-ヶー]")
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_LONE_RETURN = re.compile("\r(?!\n)")


def read_text_file(path: Path) -> Source:
    """Read one text file. Raises UnreadableFile, which says where the first bad byte stands."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                f"too large: {size:,} bytes, the limit is {MAX_BYTES:,}",
                where=str(path),
                todo="give one assessment per file",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot read: {error.strerror}", where=str(path), todo="check path and rights") from error
    text, encoding = decode(data, str(path))
    return Source(
        name=path.name, text=mend_columns(text), sha256=sha256(data).hexdigest(), encoding=encoding, path=str(path)
    )


def decode(data: bytes, where: str = "") -> tuple[str, str]:
    r"""Decode ``data`` and return the text with the name of its encoding.

    >>> decode("評価書".encode("cp932")), decode("ひょうか".encode("euc-jp"))[1]
    (('評価書', 'cp932'), 'euc-jp')
    """
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise UnreadableFile(f"this is {kind}, not text", where=where, todo="extract its text to a .txt file")
    if not data.strip(b"\x00 \t\r\n"):
        raise _empty(where)
    encoding = _encoding_of(data)
    if encoding is None:
        best, position = _furthest(data)
        raise UnreadableFile(
            f"no known encoding: read as {best}, the first bad byte stands at position {position:,}",
            where=where,
            todo="save the file as UTF-8",
        )
    text = data.decode(encoding)
    if not text.strip("\x00 \t\r\n"):
        raise _empty(where)
    return _LONE_RETURN.sub("\n", text), encoding.removesuffix("-sig")


def _empty(where: str) -> UnreadableFile:
    return UnreadableFile("the file is empty", where=where, todo="give the text of an assessment")


def _encoding_of(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if _decodes(data, encoding) else None
    if b"\x1b$" in data:
        found = next((name for name in _ESCAPED if _decodes(data, name)), None)
        if found is not None:
            return found
    if _decodes(data, "utf-8") and not _has_empty_halves(data):
        return "utf-8"
    if b"\x00" in data:
        return next((name for name in ("utf-16-le", "utf-16-be") if _looks_japanese(data, name)), None)
    shares = {name: _share_of_kana(data, name) for name in _LOCAL if _decodes(data, name)}
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and _looks_japanese(data, best) else None


def _has_empty_halves(data: bytes) -> bool:
    """Tell whether many bytes are zero, as the upper halves of Latin letters are in UTF-16."""
    return data.count(b"\x00") * 20 > len(data)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_japanese(data: bytes, encoding: str) -> bool:
    """Tell whether a good part of the decoded text is Japanese: any bytes decode as something."""
    if not _decodes(data, encoding):
        return False
    text = data.decode(encoding)
    return len(_JAPANESE.findall(text)) * 3 >= len(text.replace(" ", "")) or ("\x00" not in text and text.isascii())


def _share_of_kana(data: bytes, encoding: str) -> float:
    text = data.decode(encoding)
    return len(_KANA.findall(text)) / max(1, len(text))


def _furthest(data: bytes) -> tuple[str, int]:
    """Return the encoding that reads most of ``data`` before its first bad byte, and where that byte stands."""
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    bad = {name: _first_bad_byte(data, name) for name in marked[:1] or ("utf-8", *_LOCAL)}
    reads = [(at, name) for name, at in bad.items() if at is not None]
    at, name = max(reads, default=(max(0, data.find(b"\x00")), "utf-8"))
    return name.upper(), at


def _first_bad_byte(data: bytes, encoding: str) -> int | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return None
