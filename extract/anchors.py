"""Finds the form's labels in the text and decides, by their neighbours, which item each one is.

A label counts where layout parts it from what stands before it; the same words inside a sentence do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.form import BY_KEY, ITEMS, RECORDS, Item, Kind, Part, Prefix
from extract.stream import Break, Stream

_PREFIX = re.compile(
    r"(?P<roman>(?:VIII|VII|VI|IV|IX|V|III|II|I)(?=[.\s、]?[^\x00-\x7f(]))?[.、]?"
    r"(?P<number>[①-⑳]|\(\d{1,2}\)|@|\d{1,2}(?:[.、)]|(?=[^\d,%年月日条項号件人万千億円)\]-])))?"
)
_RECORD = re.compile(rf"(?P<name>{'|'.join(RECORDS)})(?P<number>\d{{1,2}})(?P<range>(?:[~・,、-]|から)\d{{1,2}})?")
_TAIL = re.compile(r"(?:※|\(※\)|【任意】|:|\*)+")
_CONTENTS_RUN = 4  # so many headings of parts in a row are a table of contents
_CONTENTS_GAP = 60  # characters between two of them, at most
_SHORT = 6  # a label shorter than this must stand alone in its cell or line
_CONTENTS = {
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "threshold",
    "threshold.result",
    "annex.business",
    "annex.records",
    "changes",
}
_CHANGE_HEAD = re.compile("変更日|変更年月日|提出時期|変更前の記載")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A label found: ``start`` with its number, ``end`` behind it, both folded indices.

    For a record's heading ``number`` is its n, and ``is_range`` tells a heading such as 委託事項2～5.
    """

    key: str
    start: int
    end: int
    printed: str = ""
    number: int | None = None
    is_range: bool = False

    @property
    def item(self) -> Item:
        """The form item; a record's heading has none of its own."""
        return BY_KEY[self.key]

    @property
    def kind(self) -> Kind:
        """What stands in the cell behind the label."""
        return Kind.RECORD if self.is_record else self.item.kind

    @property
    def is_record(self) -> bool:
        """Whether this is a numbered heading such as システム1."""
        return self.key.startswith("record.")

    @property
    def group(self) -> str:
        """The group of items to which this one belongs."""
        return self.key.removeprefix("record.") if self.is_record else self.item.group


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    printed: str
    roman: str
    items: tuple[Item, ...]
    record: tuple[str, int, bool] | None = None


def _index_labels() -> dict[str, list[tuple[str, tuple[Item, ...]]]]:
    by_label: dict[str, list[Item]] = {}
    for item in ITEMS:
        for label in item.labels:
            by_label.setdefault(label, []).append(item)
    index: dict[str, list[tuple[str, tuple[Item, ...]]]] = {}
    for label in sorted(by_label, key=len, reverse=True):
        index.setdefault(label[:2], []).append((label, tuple(by_label[label])))
    return index


_LABELS = _index_labels()
_OPENERS = "])>」】:;。"


def find_anchors(stream: Stream) -> list[Anchor]:
    """Return every label of the form in the order of the text, each with its item settled."""
    candidates = _without_contents(list(_find_candidates(stream)))
    return _settle(stream, candidates, _parts_of(stream, candidates))


def _find_candidates(stream: Stream) -> Iterator[_Candidate]:
    text, breaks = stream.text, stream.breaks
    done = 0
    for at in range(len(text)):
        if at < done or not (breaks[at] or (at and text[at - 1] in _OPENERS)) or _is_referred_to(stream, at):
            continue
        found = _candidate_at(stream, at, behind_label=at == done > 0)
        if found is not None:
            done = found.end
            yield found


_PATH_LENGTH = 60
_PATH = re.compile(r"[IVX]+-?\d{1,2}[.．-]")


def _is_referred_to(stream: Stream, at: int) -> bool:
    """Tell whether a path through the form leads to the label (Ⅰ 2. システム1 ①システムの名称), so that it names an item."""
    start = next(
        (index for index in range(at, max(-1, at - _PATH_LENGTH), -1) if stream.breaks[index] >= Break.CELL), at
    )
    return start < at and bool(_PATH.match(stream.text, start, at))


def _candidate_at(stream: Stream, at: int, *, behind_label: bool) -> _Candidate | None:
    text = stream.text
    prefix = _prefix_at(stream, at)
    for begin in dict.fromkeys((prefix.end() if prefix else at, at)):
        record = _RECORD.match(text, begin, _end_of_heading(stream, begin))
        if record and begin == at and _stands_alone(stream, record.end(), record.end()):
            name, number = RECORDS[record["name"]], int(record["number"])
            return _Candidate(at, record.end(), "", "", (), (name, number, bool(record["range"])))
        for label, items in _LABELS.get(text[begin : begin + 2], ()):
            end = begin + len(label)
            if not text.startswith(label, begin) or _is_parted(stream, begin, end):
                continue
            tail = _TAIL.match(text, end)
            stop = tail.end() if tail else end
            opens = behind_label or stream.breaks[at] >= Break.LINE or _in_cell(stream, at, begin)
            if len(label) < _SHORT and not opens:
                continue
            if not _stands_alone(stream, end, stop):
                continue
            numbered = begin > at and prefix is not None
            printed = _circled(prefix["number"] or "") if numbered and prefix else ""
            roman = (prefix["roman"] or "") if numbered and prefix else ""
            fitting = tuple(item for item in items if _fits(item, printed, roman, label))
            if fitting:
                return _Candidate(at, stop, printed, roman, fitting)
    return None


def _circled(number: str) -> str:
    """Return the circled numeral that (1) or 1) stands for; other numbers as they are.

    >>> _circled("(2)"), _circled("2)"), _circled("①"), _circled("3.")
    ('②', '②', '①', '3.')
    """
    if not number.endswith(")"):
        return number
    value = int(number.strip("()"))
    return chr(ord("①") + value - 1) if 0 < value <= _MOST_CIRCLED else number


_MOST_CIRCLED = 20


def _prefix_at(stream: Stream, at: int) -> re.Match[str] | None:
    """Return the number before a label; a bare numeral in a cell or line of its own is the value of another item."""
    found = _PREFIX.match(stream.text, at)
    if found is None or not found["number"] or not found["number"].isdecimal() or found.end() >= len(stream):
        return found
    return found if stream.breaks[found.end()] < Break.CELL else None


_HEADING_LENGTH = 16


def _end_of_heading(stream: Stream, begin: int) -> int:
    """Return where the line ends in which a numbered heading would stand: its digits do not run on."""
    limit = min(len(stream), begin + _HEADING_LENGTH)
    return next((at for at in range(begin + 1, limit) if stream.breaks[at] >= Break.CELL), limit)


def _in_cell(stream: Stream, at: int, begin: int) -> bool:
    """Tell whether a short label opens a cell, stands behind a wide gap, or carries its number."""
    return stream.breaks[at] >= Break.CELL or begin > at or stream.is_wide(at)


def _is_parted(stream: Stream, start: int, end: int) -> bool:
    """Tell whether a cell's edge or a blank line runs through the would-be label."""
    return any(strength == Break.CELL or strength >= Break.PARAGRAPH for strength in stream.breaks[start + 1 : end])


def _stands_alone(stream: Stream, end: int, stop: int) -> bool:
    """Tell whether the label ends where the layout, a note sign or an opening bracket parts it from its value."""
    if stop >= len(stream) or stop > end:
        return True
    return bool(stream.breaks[stop]) or stream.text[stop] in "[(<\ue000\ue001\ue002☑☐□■"


def _fits(item: Item, printed: str, roman: str, label: str) -> bool:
    if item.prefix is Prefix.ROMAN:
        return bool(roman)
    if item.prefix is Prefix.NUMBER:
        return bool(printed) and not roman
    if item.prefix is Prefix.NONE:
        return not printed and not roman
    return not roman or len(label) > _SHORT


# -- which part of the form a label stands in ----------------------------------------------------


def _without_contents(candidates: list[_Candidate]) -> list[_Candidate]:
    """Drop the headings of 項目一覧: a run of headings with nothing between them."""
    kept: list[_Candidate] = []
    run: list[_Candidate] = []
    for found in candidates:
        if _names_part(found) and (not run or found.start - run[-1].end < _CONTENTS_GAP):
            run.append(found)
            continue
        kept.extend(_outside_contents(kept, run))
        run = [found] if _names_part(found) else []
        if not run:
            kept.append(found)
    kept.extend(_outside_contents(kept, run))
    return kept


def _names_part(found: _Candidate) -> bool:
    return any(item.key in _CONTENTS for item in found.items)


def _outside_contents(before: list[_Candidate], run: list[_Candidate]) -> list[_Candidate]:
    announced = bool(before) and any(item.key == "cover.contents" for item in before[-1].items)
    return [] if announced or len(run) >= _CONTENTS_RUN else run


def _supported(stream: Stream, found: _Candidate) -> frozenset[Part]:
    """Return the parts of the form in which this label can stand."""
    if found.record is not None:
        return frozenset({Part.BASICS if found.record[0] == "system" else Part.FILE})
    parts = {item.part for item in found.items}
    if Part.CHANGES in parts and not _CHANGE_HEAD.search(stream.text, found.end, found.end + 300):
        parts.discard(Part.CHANGES)
    return frozenset(parts)


_BACKWARDS = {
    (Part.BUSINESS_ANNEX, Part.BASICS),
    (Part.RECORD_ANNEX, Part.FILE),
    (Part.CLOSING, Part.RISKS),
    (Part.RISKS, Part.BASICS),
}
_BACK_COST = 1.5


def _parts_of(stream: Stream, candidates: Sequence[_Candidate]) -> list[Part]:
    """Return for each label the part in which it stands.

    The parts follow each other in the form's order; of all ways to walk through them the one is taken
    in which the fewest labels stand outside their part (those are mere mentions).
    """
    parts = list(Part)
    cost = {part: 0.0 if part is Part.COVER else float(part.value) for part in parts}
    cost[Part.CHANGES] = float("inf")  # entered at its own heading only: in it no label costs anything
    steps: list[dict[Part, Part]] = []
    for found in candidates:
        allowed = _supported(stream, found)
        arrival: dict[Part, tuple[float, Part]] = {}
        for part in parts:
            ways = ((cost[before] + _step_cost(before, part, allowed), before) for before in parts)
            arrival[part] = min(ways, key=lambda way: way[0])
        misses = {part: 0.0 if part in allowed or part is Part.CHANGES else 1.0 for part in parts}
        cost = {part: arrival[part][0] + misses[part] for part in parts}
        steps.append({part: arrival[part][1] for part in parts})
    part = min(parts, key=lambda at: cost[at])
    walk: list[Part] = []
    for step in reversed(steps):
        walk.append(part)
        part = step[part]
    return walk[::-1]


def _step_cost(before: Part, part: Part, allowed: frozenset[Part]) -> float:
    if part is before:
        return 0.0
    if part not in allowed:
        return float("inf")
    if part.value > before.value:
        return 0.1
    return _BACK_COST if (before, part) in _BACKWARDS else float("inf")


# -- which item a label is -----------------------------------------------------------------------


def _settle(stream: Stream, candidates: list[_Candidate], parts: list[Part]) -> list[Anchor]:
    kept = [(found, part) for found, part in zip(candidates, parts, strict=True) if part in _supported(stream, found)]
    following = _groups_ahead(kept)
    anchors: list[Anchor] = []
    group = ""
    for (found, part), ahead in zip(kept, following, strict=True):
        if found.record is not None:
            name, number, is_range = found.record
            group = name
            anchors.append(
                Anchor(key=f"record.{name}", start=found.start, end=found.end, number=number, is_range=is_range)
            )
            continue
        leads = found.printed == "①" and any(item.group == ahead for item in found.items)
        expected = ahead if leads else group
        item = max(
            (item for item in found.items if item.part is part), key=lambda item: _likeness(item, found, expected)
        )
        if item.group or item.kind is Kind.HEADING:
            group = item.group
        anchors.append(Anchor(key=item.key, start=found.start, end=found.end, printed=found.printed))
    return anchors


def _groups_ahead(kept: list[tuple[_Candidate, Part]]) -> list[str]:
    """Return for each label the group of the next one that can belong to one group only."""
    ahead = ""
    groups: list[str] = []
    for found, part in reversed(kept):
        groups.append(ahead)
        own = {item.group for item in found.items if item.part is part}
        if found.record is None and len(own) == 1:
            ahead = own.pop()
    return groups[::-1]


def _likeness(item: Item, found: _Candidate, group: str) -> tuple[int, int]:
    same_group = bool(item.group) and item.group == group
    number = any(found.printed and found.printed in part for part in item.ids)
    return 3 * same_group + 2 * number, -ITEMS.index(item)
