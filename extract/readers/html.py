"""HTML pages: their text with its tags, for tables and tick boxes are tags; what no reader of the page sees is blanked.

Every character keeps its offset, and with it its line in the file: what goes is replaced by as many spaces. In HTML
a line end is a space; only the tags part lines.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import unescape
from pathlib import Path

from extract.readers.bounded import read_bounded
from extract.readers.text import MAX_BYTES, decode
from extract.source import Source

_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
# What pages call their encoding, and the one that also holds the signs which Japanese programs write under that name.
_WIDER = {
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc_jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
    "iso2022_jp": "iso2022_jp_ext",
}
_TAG = re.compile(rb"<[^<>]*>")

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>|<(?P<name>head|script|style|noscript|template|svg|rt|rp)\b[^<>]*>.*?(?:</(?P=name)\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|body|dd|details|dialog|dl|dt|fieldset|hgroup|hr|html|legend|option|search|section|summary)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:abbr|acronym|audio|base|bdi|bdo|big|button|canvas|cite|data|datalist|del|dfn|embed|iframe|ins|kbd|link|map|"
    r"area|meta|meter|object|optgroup|output|param|picture|progress|q|ruby|rb|samp|select|slot|source|strike|textarea|"
    r"time|track|tt|var|video|wbr)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_PRE = re.compile(r"(<pre\b.*?(?:</pre\s*>|\Z))", re.IGNORECASE | re.DOTALL)
_WHITE = str.maketrans("\r\n\t\f\v", "     ")
# Those that the rest of the program knows; to write "<" for them here would make tags of text.
_ENTITY = re.compile(
    r"&(?!(?:lt|gt|amp|nbsp|quot|#39);)(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE
)
_NO_WIDTH = "\u200b"


@dataclass(frozen=True, kw_only=True)
class HtmlSource(Source):
    """The text of a page; ``breaks`` are the offsets of the line feeds of its file."""

    breaks: tuple[int, ...] = ()

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which the lines of the file begin."""
        return (0, *(at + 1 for at in self.breaks))


def read_html_file(path: Path) -> HtmlSource:
    """Read one HTML page; raises UnreadableFile if its bytes are no text in the encoding that it names, or in any."""
    data = read_bounded(path, MAX_BYTES)
    page, encoding = _decode(data, str(path))
    return HtmlSource(
        name=path.name,
        text=blank_page(page),
        sha256=sha256(data).hexdigest(),
        encoding=encoding,
        path=str(path),
        breaks=tuple(match.start() for match in re.finditer("\n", page)),
    )


def _decode(data: bytes, where: str) -> tuple[str, str]:
    """Decode as the page itself says, if that is true; a byte order mark says more."""
    named = _META.search(data[:_HEAD])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            encoding = _named(named[1].decode("ascii").lower())
            return data.decode(encoding), encoding
        except (LookupError, UnicodeError):
            pass
    if b"\x00" in data:
        return decode(data, where)
    words = _TAG.sub(b"", data)  # which encoding it is, the words tell: tags are ASCII in all of them
    encoding = decode(words, where)[1]
    try:
        return data.decode(encoding), encoding
    except UnicodeError:  # in a tag
        return decode(data, where)


def _named(name: str) -> str:
    """Return the encoding that a page means by ``name``; raises LookupError."""
    return _WIDER[name] if name in _WIDER else _WIDER.get(known := codecs.lookup(name).name, known)


def blank_page(page: str) -> str:
    r"""Return the page with everything blanked that is neither text nor a tag of a table, a line or a box.

    >>> blank_page("<head><title>x</title></head><td>○<!-- ? --></td>\n<td>市長</td>").split()
    ['<td>○', '</td>', '<td>市長</td>']
    >>> blank_page("[&#9675;]").replace("\u200b", "")
    '[○]'
    """
    page = _UNSEEN.sub(_blanked, page)
    page = "".join(part if at % 2 else part.translate(_WHITE) for at, part in enumerate(_PRE.split(page)))
    page = _BLOCK.sub(lambda match: "\n" + " " * (len(match.group()) - 1), page)
    return _ENTITY.sub(_sign, _INLINE.sub(_blanked, page))


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _sign(match: re.Match[str]) -> str:
    """Return what a reference to a character stands for, made as long as the reference."""
    sign = unescape(match.group())
    if sign == match.group() or len(sign) > len(match.group()):
        return match.group()
    return sign.replace("\n", " ") + _NO_WIDTH * (len(match.group()) - len(sign))
