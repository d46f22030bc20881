"""Good files, and the ways in which they are damaged: bytes flipped, cut off, spliced, doubled, blanked, numbers changed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.plan import draw_plan
from tests.forms.render_ocr import render_ocr
from tests.forms.render_plain import render_plain
from tests.pdf.drawing import Border, Style, draw_form_pages
from tests.pdf.paper import Paper, Picture, write_pdf
from tests.workbooks import repack, write_form

SEED = 905
"""A short form: the damage counts, not the length."""
_LONGEST_STRETCH = 2_000
_NUMBERS = (b"0", b"-1", b"7", b"2147483647", b"99999999999", b"1e30", b"0.0001")


@dataclass(frozen=True, slots=True)
class Sample:
    """The bytes of a good file and the ending of its name."""

    ending: str
    content: bytes


@cache
def make_samples() -> tuple[Sample, ...]:
    """Return the good files: PDFs as several programs draw them, a workbook, texts in three encodings and a page."""
    truth = draw_form(SEED)
    plain = render_plain(lay_out(truth))
    damaged = render_ocr(lay_out(truth), draw_plan(truth.seed, 0))
    with TemporaryDirectory() as folder:
        book = _undated(write_form(Path(folder), SEED)[0].read_bytes())
    return (
        *(Sample(".pdf", write_pdf(papers)) for papers in _drawn()),
        Sample(".xlsx", book),
        Sample(".txt", plain.encode()),
        Sample(".txt", plain.encode("cp932", "replace")),
        Sample(".md", damaged.encode()),
        Sample(
            ".html", f"<html><body><table><tr><td>{damaged}</td></tr></table></body></html>".encode("euc-jp", "replace")
        ),
    )


def _undated(data: bytes) -> bytes:
    """Return a workbook without the time at which it was written, so that one number is always one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _drawn() -> list[list[Paper]]:
    truth = draw_form(SEED)
    styles = (Style(), Style(border=Border.FRAMES, numbered=True), Style(border=Border.BARS, turned=90))
    forms = [list(draw_form_pages(truth, style).papers) for style in styles]
    paper = Paper()
    paper.picture(Picture(bytes(range(200)) * 2, 20, 20))
    paper.field((100, 100, 140, 120), "○")
    forms[1].append(paper)
    return forms


def damage(rng: Random, sample: Sample, others: Sequence[Sample]) -> bytes:
    """Return the bytes of a sample, damaged once or a few times."""
    data = sample.content
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = rng.choice(_kinds_for(sample))(rng, data, rng.choice(others).content) or b"\n"
    return data


def _kinds_for(sample: Sample) -> tuple[Damage, ...]:
    return (*_DAMAGES, *_OF_KIND.get(sample.ending, ()))


Damage = Callable[[Random, bytes, bytes], bytes]


def _flip(rng: Random, data: bytes, _: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 10, 100))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _truncate(rng: Random, data: bytes, _: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _splice(rng: Random, data: bytes, other: bytes) -> bytes:
    at, start = rng.randrange(len(data)), rng.randrange(len(other))
    return data[:at] + other[start : start + _length(rng)] + data[at + _length(rng) :]


def _double(rng: Random, data: bytes, _: bytes) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at : at + _length(rng)] * rng.choice((2, 2, 30)) + data[at:]


def _blank(rng: Random, data: bytes, _: bytes) -> bytes:
    at, length = rng.randrange(len(data)), _length(rng)
    return data[:at] + bytes(len(data[at : at + length])) + data[at + length :]


def _renumber(rng: Random, data: bytes, _: bytes) -> bytes:
    found = list(re.finditer(rb"-?\d+(?:\.\d+)?", data))
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 20)))), key=lambda one: -one.start()):
        data = data[: match.start()] + rng.choice(_NUMBERS) + data[match.end() :]
    return data


def _length(rng: Random) -> int:
    return rng.randrange(rng.choice((10, 200, _LONGEST_STRETCH)))


_DAMAGES: tuple[Damage, ...] = (_flip, _truncate, _splice, _double, _blank, _renumber)


def _damage_part(rng: Random, data: bytes, other: bytes) -> bytes:
    """Damage a part of a workbook and pack it again, so that what unpacks it does not notice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            name = rng.choice(package.namelist())
            part = package.read(name)
        return _undated(repack(data, {name: rng.choice(_DAMAGES)(rng, part or b"\n", other)}))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        return data


def _redraw(rng: Random, _: bytes, __: bytes) -> bytes:
    """Draw a page anew with commands that are lost, doubled, exchanged, or have other numbers."""
    paper = rng.choice(rng.choice(_drawn()))
    commands = list(paper.commands)
    for _ in range(rng.choice((1, 5, 40))):
        at = rng.randrange(len(commands))
        kind = rng.randrange(4)
        if kind == 0:
            commands[at] = _renumber(rng, commands[at].encode(), b"").decode()
        elif kind == 1:
            commands[at:at] = [commands[at]] * rng.choice((1, 3, 50))
        elif kind == 2:
            commands.insert(at, rng.choice(_COMMANDS))
        elif len(commands) > 1:
            del commands[at]
    return write_pdf([Paper(size=paper.size, turned=rng.choice((0, 90, 45, -90, 7)), commands=commands)])


_COMMANDS = (
    "q",
    "Q",
    "0.01 0 0 0.01 0 0 cm",
    "1 0 0 -1 0 842 cm",
    "0 0 0 0 0 0 cm",
    "1000 0 0 1000 0 0 cm",
    "q 10 10 50 50 re W n",
    "0.5 w 10 10 500 700 re S " * 500,
)
_OF_KIND: dict[str, tuple[Damage, ...]] = {".xlsx": (_damage_part,) * 5, ".pdf": (_redraw,) * 2}
