"""What cannot be read of a PDF, page by page: said, never passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.readers.pdf.sheet import Sheet

_LITTLE = 0.1
_MANY = 0.3  # share of unknown characters from which a page counts as unreadable
_CHUNK = 6
_FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetNote:
    """What remains of a page for the remarks: the characters that it shows and hides, and what to say of it."""

    number: int
    shown: str
    hidden: str
    said: tuple[str, ...]


def find_remarks(notes: Sequence[SheetNote]) -> list[str]:
    """Return what there is to say of the pages; what is true of several in a row is said once.

    >>> scan = "画像"
    >>> find_remarks([SheetNote(number=at, shown="", hidden="", said=(scan,)) for at in (1, 2, 4)])
    ['1～2ページ：画像', '4ページ：画像']
    """
    said: dict[str, list[int]] = {}
    for at, note in enumerate(notes):
        around = "".join(one.shown for one in notes[max(0, at - 1) : at + 2])
        for what in (*note.said, *_unseen(note.hidden, around)):
            said.setdefault(what, []).append(note.number)
    runs = [(first, last, what) for what, numbers in said.items() for first, last in _runs(numbers)]
    return [
        f"{first}～{last}ページ：{what}" if last > first else f"{first}ページ：{what}"
        for first, last, what in sorted(runs)
    ]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of numbers that follow one another."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def note_sheet(sheet: Sheet) -> SheetNote:
    """Return the note of a page that was read."""
    shown = "".join([glyph[0] for glyph in sheet.glyphs])
    return SheetNote(number=sheet.number, shown=shown, hidden=sheet.hidden, said=tuple(_said(sheet)))


def note_broken(number: int) -> SheetNote:
    """Return the note of a page that cannot be opened."""
    return SheetNote(number=number, shown="", hidden="", said=("ページが壊れていて開けない",))


def needs_recognition(sheet: Sheet) -> bool:
    """Tell whether a page shows text that its file does not tell: a scan, or fonts without code points."""
    if sheet.glyphs:
        return sheet.unknown > len(sheet.glyphs) * _MANY
    return sheet.pictured > _LITTLE


def _said(sheet: Sheet) -> Iterator[str]:
    if sheet.recognised:
        yield "文字は画像から読み取られたもの（OCR）"
    if not sheet.glyphs and sheet.pictured > _LITTLE:
        yield "文字情報がない画像のページ（--ocr で読み取れる）"
    if sheet.unknown:
        yield f"{len(sheet.glyphs)}字のうち{sheet.unknown}字は、フォントに文字コードの対応表がなく、読めない"
    if sheet.is_cut:
        yield "文字が多すぎるため、残りを読んでいない"


def _unseen(hidden: str, around: str) -> Iterator[str]:
    """Yield a remark on text that is drawn and shown on no page: the rows of some Excel forms are too low for it."""
    chunks = [hidden[at : at + _CHUNK] for at in range(0, len(hidden), _CHUNK)]
    unseen = sum(len(chunk) for chunk in chunks if chunk not in around)
    if unseen >= _FEW:
        yield f"枠からはみ出して表示されない文字が約{unseen}字あり、読んでいない"
