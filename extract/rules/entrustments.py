"""Ⅱ-4: entrustments, the bodies entrusted, and their re-entrustments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from extract.cells import BLANKS, Block
from extract.choices import Choice, read_choice
from extract.facts import (
    Alias,
    Entrustment,
    Evidence,
    Mark,
)
from extract.names import is_placeholder, names_body, split_joined, split_names
from extract.normalize import TAG, clean, folded
from extract.records import Record
from extract.rules.context import Context
from extract.rules.files import NamedSection

_SUB_IN_NAME = re.compile(r"[(（](?P<inside>[^()（）]*再委託[^()（）]*)[)）]")
_SUB = re.compile(
    r"再委託先(?:事業者|業者)?(?:は|:|：|\s)\s*(?P<after>(?:[(（][株有][)）])?[^、。\n()（）]{2,40}(?:[(（][株有][)）])?)|"
    r"(?:は、|は，|^|、|を)(?P<to>[^、。()（）]{2,40}?)(?:に|へ)(?:全部又は一部を|一部を|業務を)?再委託(?:する|して|を行)"
)
_PREDICATE = re.compile(r"(?:で(?:ある|す|あり)|と(?:する|し|なる)|(?:を|の)?予定.*)$")


def read_entrustments(
    context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]
) -> list[Entrustment]:
    """委託事項n of each file; blank blocks of the form are no records, and defined short names stand for the full."""
    full_names = {folded(alias.short): alias.full for alias in aliases}
    return [
        _read_entrustment(context, named.name, record, full_names)
        for named in sections
        for record in named.section.entrustments
        if not record.is_blank(context.stream)
    ]


def _read_entrustment(context: Context, file: str, record: Record, full_names: Mapping[str, str]) -> Entrustment:
    items, number = record.items, record.number
    permission, matter = _permission_and_matter(context, record)
    entrustee = items.get("entrust.entrustee")
    raw = context.raw(entrustee)
    headcount = read_choice(context.outline, "entrust.headcount", items.get("entrust.headcount"))
    scope = read_choice(context.outline, "entrust.scope", items.get("entrust.scope"))
    subjects = read_choice(context.outline, "entrust.subjects", items.get("entrust.subjects"))
    re_entrusted = read_choice(context.outline, "entrust.re_entrusted", items.get("entrust.re_entrusted"))
    permission_text, matter_text = context.text(permission), context.text(matter)
    subs, sub_block = _sub_entrustees(context, raw, [entrustee, permission, matter])
    blocks = [record.heading, items.get("entrust.content"), entrustee, permission, matter, sub_block]
    return Entrustment(
        file=file,
        number=number,
        subject=context.text(record.heading),
        content=context.text(items.get("entrust.content")),
        scope=scope.value.removeprefix("特定個人情報ファイルの") if scope else None,
        subjects=subjects.value if subjects else None,
        headcount=headcount.value if headcount else None,
        confirmation=context.text(items.get("entrust.confirmation")),
        entrustee=context.text(entrustee),
        entrustees=tuple(full_names.get(folded(name), name) for name in _entrustees(raw)),
        re_entrusted=_re_entrusted(re_entrusted, items.get("entrust.re_entrusted")),
        sub_entrustees=subs,
        permission=permission_text,
        re_entrusted_matter=matter_text,
        evidence=_evidence(context, number, blocks, [headcount, scope, re_entrusted], items),
    )


def _evidence(
    context: Context,
    number: int,
    blocks: Sequence[Block | None],
    choices: Sequence[Choice | None],
    items: dict[str, Block],
) -> tuple[Evidence, ...]:
    found = [context.evidence(block, number) for block in blocks if block is not None and block.pieces]
    keys = ("entrust.headcount", "entrust.scope", "entrust.re_entrusted")
    for key, choice in zip(keys, choices, strict=True):
        if choice is not None:
            found.append(context.evidence_at(context.item_id(items[key], number), choice.start, choice.end))
    if not found:
        first = next(iter(items.values()), None) or next(block for block in blocks if block is not None)
        found = [context.evidence(first, number)]
    return tuple(dict.fromkeys(found))


def _re_entrusted(choice: Choice | None, block: Block | None) -> Mark | None:
    if choice is not None:
        return Mark.YES if choice.value == "再委託する" else Mark.NO
    return Mark.UNCLEAR if block is not None else None


def _permission_and_matter(context: Context, record: Record) -> tuple[Block | None, Block | None]:
    """Return the cells ⑧ and ⑨.

    The group label 再委託 has no cell of its own: text beside it belongs to ⑧, and where all three rows
    hold text moved up by one, each row's text belongs to the next label.
    """
    group = record.items.get("entrust.re")
    permission, matter = record.items.get("entrust.permission"), record.items.get("entrust.matter")
    beside = context.text(group)
    if beside is None:
        return permission, matter
    if context.text(permission) is None:
        return group, matter
    if context.text(matter) is None:
        return group, permission
    return permission, matter


def _entrustees(raw: str) -> tuple[str, ...]:
    """Return each body named in ⑥委託先名; a reference or a blank names none."""
    text = _SUB_IN_NAME.sub("", raw)
    named = _SAME_AS.match(clean(text))
    if named:
        text = named["name"]
    if not clean(text) or is_placeholder(clean(text)):
        return ()
    whole = _SINCE.sub(lambda since: f"、{since['name']}", TAG.sub("\n", text))
    parts = (_TITLE.sub("", part) for name in split_names(whole) for part in split_joined(name))
    names = (re.sub(r"[(（](?:以下|※|注)[^()（）]*[)）]$", "", name) for name in parts)
    return tuple(name for name in dict.fromkeys(names) if name and name not in BLANKS and not is_placeholder(name))


_SINCE = re.compile(
    r"\s*[(（](?:令和|平成|R|H|20)[^()（）、]{1,12}[月日年度](?:から|より|以降)は?[、\s]*(?P<name>[^()（）]{3,40})[)）]"
)
"""甲株式会社（令和6年4月から乙株式会社）: two bodies, one after the other."""
_TITLE = re.compile(r"^[^:：、()（）]{1,20}[:：]\s*(?=\S{3})")
"""北部地区：甲株式会社: for what part."""
_SAME_AS = re.compile(r"^(?:同上|同左)\s*[(（](?P<name>[^()（）]+)[)）]$")


def _sub_entrustees(context: Context, raw: str, blocks: Sequence[Block | None]) -> tuple[tuple[str, ...], Block | None]:
    """Return re-entrustees that the text names, and the cell that names them."""
    entrustee, *others = blocks
    for match in _SUB_IN_NAME.finditer(raw):
        names = _subs_in(clean(match["inside"]))
        if names:
            return names, entrustee
    for block in others:
        names = _subs_in(context.text(block) or "")
        if names:
            return names, block
    return (), None


def _subs_in(text: str) -> tuple[str, ...]:
    names: list[str] = []
    for match in _SUB.finditer(text):
        name = (match["after"] or match["to"] or "").strip("「」:： 　")
        name = _PREDICATE.sub("", re.split(r"は、|は，|が、", name)[-1])
        if names_body(name) and not is_placeholder(name):
            names.extend(split_names(name))
    return tuple(dict.fromkeys(names))
