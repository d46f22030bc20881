"""別紙: lists of recipients that agencies append to the form, wherever they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.anchors import Anchor
from extract.form import LISTS_OF_RECIPIENTS
from extract.stream import Break, Stream

_HEADING = re.compile(
    r"[【(\[<]?(?P<name>別(?:紙|表(?=\d)|添資料)(?:第?\d{1,2}(?:[-の]\d{1,2})?)?)(?:[】)\]>:]|(?!\d))"
)
_REFERS = re.compile(r"[^、。]{0,30}(?:参照|のとおり|に記載|に定め|に掲げ|による)|の\d*項")
_LONGEST_HEADING = 70
_LOOK_AHEAD = 240
_RECIPIENT = r"提供先|移転先|照会者|提供の?相手"
_DETAIL = r"法令|根拠|用途|事務|項番"
_HEAD_ROW = re.compile(rf"(?:{_RECIPIENT}).{{0,120}}(?:{_DETAIL})|(?:{_DETAIL}).{{0,120}}(?:{_RECIPIENT})")
_LISTS = re.compile(r"一覧|リスト|提供先|移転先")
_ITS_LABELS = ("provide", "transfer")


def with_appendices(stream: Stream, anchors: Sequence[Anchor]) -> list[Anchor]:
    """Put an anchor at each appended list of recipients; the labels in its rows are no labels of the form."""
    headings = list(_find_headings(stream))
    if not headings:
        return list(anchors)
    kept: list[Anchor] = []
    at = 0
    for heading in headings:
        while at < len(anchors) and anchors[at].start < heading.start:
            kept.append(anchors[at])
            at += 1
        kept.append(heading)
        while at < len(anchors) and anchors[at].group in _ITS_LABELS and not anchors[at].is_record:
            at += 1
    return [*kept, *anchors[at:]]


def _find_headings(stream: Stream) -> Iterator[Anchor]:
    done = 0
    for start in stream.line_starts:
        found = _HEADING.match(stream.text, start) if start >= done else None
        if found is None:
            continue
        stop = stream.line_end(start)
        rest = stream.text[found.end() : stop]
        if stop - start > _LONGEST_HEADING or _REFERS.match(rest) or _has_cells(stream, start, stop):
            continue
        ahead = stream.text[found.end() : found.end() + _LOOK_AHEAD]
        if _HEAD_ROW.search(ahead) and (stream.has_cells or _LISTS.search(rest)):
            kind = "transfer" if "移転" in f"{rest}{ahead[:60]}" and "提供先" not in rest else "provide"
            done = stop
            yield Anchor(key=LISTS_OF_RECIPIENTS[kind], start=start, end=stop, printed=found["name"])


def _has_cells(stream: Stream, start: int, stop: int) -> bool:
    """Tell whether the line is a row of a table: a cell beside another one heads no appendix."""
    return any(stream.breaks[at] == Break.CELL for at in range(start + 1, stop))
