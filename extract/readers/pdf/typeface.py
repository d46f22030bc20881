"""One typeface for all fonts that a PDF names and does not hold, so that every machine reads the same text.

pdfium takes such a font from the system, and drops characters that this one lacks: on a machine without
Japanese fonts the kanji, on another one the brackets and the ○ between them. Nothing has to be drawn here,
so a typeface whose one block stands for every character serves for all.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_NAME = b"Block\0"
_JAPANESE = 128
_WHOLE_FILE = 0
_ANY = 1  # the one font that there is

_UNITS, _ABOVE, _BELOW = 1000, 880, -120
_WIDTH = 400  # narrower than any character, so that the widths in the file count


def make_typeface() -> bytes:
    """Return a TrueType font that shows the same block for every code point.

    >>> make_typeface()[:4] == b"\\x00\\x01\\x00\\x00"
    True
    """
    box = (0, _BELOW, _WIDTH, _ABOVE)
    ends = struct.pack(">HH", 3, 0)
    block = struct.pack(">hhhhh", 1, *box) + ends + b"\x01\x01\x01\x01"
    block += struct.pack(">8h", 0, _WIDTH, 0, -_WIDTH, _BELOW, 0, _ABOVE - _BELOW, 0)
    block += b"\0" * (-len(block) % 4)
    every_code = struct.pack(">HHIII", 13, 0, 28, 0, 1) + struct.pack(">III", 0, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + every_code,
        b"glyf": block,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 3, _UNITS, 0, 0, *box, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhH11hH", 1 << 16, _ABOVE, _BELOW, 0, _UNITS, 0, 0, _UNITS, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hhh", _UNITS, 0, 0),
        b"loca": struct.pack(">III", 0, 0, len(block)),
        b"maxp": struct.pack(">I14H", 1 << 16, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    return _font_file(tables)


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    directory, body = b"", b""
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, 0, 12 + 16 * count + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return struct.pack(">IHHHH", 1 << 16, count, 64, 2, 16 * count - 64) + directory + body


_kept: list[Any] = []  # what pdfium calls back must stay alive as long as the library does


def use_own_typeface() -> None:
    """Have pdfium take every font that a file does not hold from here; for the whole process, once."""
    if _kept:
        return
    font = make_typeface()

    def copy(data: bytes, buffer: int | None, room: int) -> int:
        if buffer and room >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    answers: dict[str, Callable[..., int | None]] = {
        "Release": lambda _: None,
        "MapFont": lambda *_: _ANY,
        "GetFont": lambda *_: _ANY,
        "GetFontData": lambda _, __, table, buffer, room: copy(font, buffer, room) if table == _WHOLE_FILE else 0,
        "GetFaceName": lambda _, __, buffer, room: copy(_NAME, buffer, room),
        "GetFontCharset": lambda *_: _JAPANESE,
        "DeleteFont": lambda *_: None,
    }
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 2
    for name, kind in info._fields_:
        if name in answers:
            setattr(info, name, kind(answers[name]))
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(info))
    _kept.append(info)
