"""Writes small PDF files without any library: text in fonts that are not embedded, lines, pictures, form fields.

Places are given in points from the upper left corner, as readers of a page see them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

A4 = (595.0, 842.0)

JAPANESE, UNMAPPED, SYMBOLS = "F1", "F2", "F3"
"""A font whose codes are known, one whose are not, and a symbol font with private code points."""

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Grey values, one byte each, row by row."""

    grey: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Field:
    """A form field with its value."""

    box: Box
    words: str


@dataclass(kw_only=True)
class Paper:
    """One page being drawn; ``turned`` is what the page's /Rotate says."""

    size: Spot = A4
    turned: int = 0
    commands: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)

    def raw(self, command: str) -> None:
        """Add a command as it stands."""
        self.commands.append(command)

    def text(self, at: Spot, words: str, size: float = 9.0, *, font: str = JAPANESE, mode: int = 0) -> None:
        """Write words whose line begins at a spot and stands on it; ``mode`` 3 is invisible."""
        self._show("1 0 0 1", at, words, f"/{font} {size:.2f} Tf {mode} Tr")

    def sideways(self, at: Spot, words: str, size: float = 9.0, *, upwards: bool) -> None:
        """Write words on their side, read from below (``upwards``) or from above."""
        self._show("0 1 -1 0" if upwards else "0 -1 1 0", at, words, f"/{JAPANESE} {size:.2f} Tf 0 Tr")

    def _show(self, turn: str, at: Spot, words: str, font: str) -> None:
        codes = words.encode("utf-16-be").hex()
        self.raw(f"BT {font} {turn} {at[0]:.3f} {self.size[1] - at[1]:.3f} Tm <{codes}> Tj ET")

    def line(self, start: Spot, end: Spot, *, width: float = 0.75, dash: str = "") -> None:
        """Draw a stroke."""
        (x, y), (other_x, other_y), height = start, end, self.size[1]
        self.raw(f"q [{dash}] 0 d {width} w {x:.3f} {height - y:.3f} m {other_x:.3f} {height - other_y:.3f} l S Q")

    def bar(self, box: Box) -> None:
        """Fill a rectangle."""
        self.raw(f"{self._rectangle(box)} f")

    def frame(self, box: Box, width: float = 0.75) -> None:
        """Draw the four sides of a rectangle."""
        self.raw(f"{width} w {self._rectangle(box)} S")

    def clip(self, box: Box) -> None:
        """Show no more than a rectangle of what follows, until ``unclip``."""
        self.raw(f"q {self._rectangle(box)} W n")

    def unclip(self) -> None:
        """End a clip."""
        self.raw("Q")

    def _rectangle(self, box: Box) -> str:
        left, top, right, bottom = box
        return f"{left:.3f} {self.size[1] - bottom:.3f} {right - left:.3f} {bottom - top:.3f} re"

    def round(self, centre: Spot, radius: float) -> None:
        """Draw a circle."""
        x, y = centre[0], self.size[1] - centre[1]
        bend = radius * 0.5523
        self.raw(f"{x + radius:.3f} {y:.3f} m")
        for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            curve = (
                (x + a * radius - b * bend, y + b * radius + a * bend),
                (x - b * radius + a * bend, y + a * radius + b * bend),
                (x - b * radius, y + a * radius),
            )
            self.raw(" ".join(f"{px:.3f} {py:.3f}" for px, py in curve) + " c")
        self.raw("S")

    def picture(self, picture: Picture) -> None:
        """Fill the page with a picture."""
        self.pictures.append(picture)
        self.raw(f"q {self.size[0]} 0 0 {self.size[1]} 0 0 cm /I{len(self.pictures)} Do Q")

    def field(self, box: Box, words: str) -> None:
        """Lay a form field with a value upon the page, as a form filled in a viewer has it."""
        self.fields.append(Field(box, words))


# -- the file ------------------------------------------------------------------------------------

_DESCRIPTOR = (
    b"/FontDescriptor << /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [0 -120 1000 880]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
)
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /%s %s /DescendantFonts [<< /Type /Font"
    b" /Subtype /%s /BaseFont /%s /DW 1000 /W [1 95 500 231 632 500]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 6 >> %s >>] >>"
)
_TO_PRIVATE = b"""/CIDInit /ProcSet findresource begin begincmap /CMapName /P def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <f000> <f0ff> <f000> endbfrange
endcmap end"""


@dataclass(slots=True)
class _File:
    """The objects of a file so far; the first two are its root and its list of pages."""

    objects: list[bytes] = field(default_factory=lambda: [b"<< /Type /Catalog /Pages 2 0 R >>", b""])

    def add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def add_stream(self, content: bytes, more: bytes = b"") -> int:
        packed = zlib.compress(content)
        head = b"<< /Filter /FlateDecode /Length %d %s >>" % (len(packed), more)
        return self.add(head + b"\nstream\n" + packed + b"\nendstream")

    def written(self) -> bytes:
        parts, at, offsets = [b"%PDF-1.7\n"], 9, b""
        for number, content in enumerate(self.objects, 1):
            offsets += b"%010d 00000 n \n" % at
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
            at += len(parts[-1])
        size = len(self.objects) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, offsets))
        parts.append(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, at))
        return b"".join(parts)


def write_pdf(papers: Iterable[Paper]) -> bytes:
    """Return a PDF file of the pages."""
    file = _File()
    private = file.add_stream(_TO_PRIVATE)
    fonts = file.add(
        b"<< /F1 %s /F2 %s /F3 %s >>"
        % (
            _font(b"Mincho", b"UniJIS-UTF16-H", b"CIDFontType0", b"Japan1"),
            _font(b"Secret", b"Identity-H", b"CIDFontType2", b"Identity"),
            _font(b"Wingdings", b"Identity-H", b"CIDFontType2", b"Identity", b"/ToUnicode %d 0 R" % private),
        )
    )
    kids = [_add_page(file, paper, fonts) for paper in papers]
    listed = b" ".join(b"%d 0 R" % one for one in kids)
    file.objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed)
    return file.written()


def _font(name: bytes, encoding: bytes, kind: bytes, order: bytes, more: bytes = b"") -> bytes:
    return _FONT % (name, encoding, more, kind, name, order, _DESCRIPTOR % name)


def _add_page(file: _File, paper: Paper, fonts: int) -> int:
    pictures = b" ".join(b"/I%d %d 0 R" % (at, _add_picture(file, one)) for at, one in enumerate(paper.pictures, 1))
    fields = b" ".join(b"%d 0 R" % _add_field(file, one, paper.size[1], fonts) for one in paper.fields)
    content = file.add_stream("\n".join(paper.commands).encode())
    return file.add(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Rotate %d /Contents %d 0 R"
        % (*paper.size, paper.turned, content)
        + b" /Annots [%s] /Resources << /Font %d 0 R /XObject << %s >> >> >>" % (fields, fonts, pictures)
    )


def _add_picture(file: _File, picture: Picture) -> int:
    size = b"/Width %d /Height %d" % (picture.width, picture.height)
    kind = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 "
    return file.add_stream(picture.grey, kind + size)


def _add_field(file: _File, one: Field, height: float, fonts: int) -> int:
    left, top, right, bottom = one.box
    shown = f"BT /{JAPANESE} 9 Tf 1 2 Td <{one.words.encode('utf-16-be').hex()}> Tj ET".encode()
    form = file.add_stream(
        shown,
        b"/Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Resources << /Font %d 0 R >>"
        % (right - left, bottom - top, fonts),
    )
    place = (left, height - bottom, right, height - top)
    return file.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /Rect [%.2f %.2f %.2f %.2f]" % place
        + b" /AP << /N %d 0 R >> >>" % form
    )


def lock(data: bytes) -> bytes:
    """Return the file with a mark of encryption whose password nobody knows."""
    wrong = b"41" * 32
    entry = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
    return data.replace(b"/Root 1 0 R >>", b"/Root 1 0 R %s >>" % (entry % (wrong, wrong)))


def ruled(rows: Sequence[Sequence[str]], widths: Sequence[float], *, top: float = 60.0, height: float = 20.0) -> Paper:
    """Return a page with a plain ruled table: one line of text in each cell."""
    paper = Paper()
    for row in rows:
        left = 40.0
        for words, width in zip(row, widths, strict=True):
            paper.frame((left, top, left + width, top + height))
            paper.text((left + 3, top + height / 2 + 3), words)
            left += width
        top += height
    return paper
