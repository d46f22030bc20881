"""Ⅱ-4: entrustments, the bodies entrusted, and their re-entrustments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.bodies import LEGAL, hide_forms, is_class, names_body, show_forms, without_notes
from extract.cells import BLANKS, Block
from extract.choices import Choice, read_choice
from extract.facts import (
    Alias,
    Entrustment,
    Evidence,
    Mark,
)
from extract.form import Kind
from extract.names import is_company, is_placeholder, split_joined, split_names
from extract.normalize import TAG, clean, folded
from extract.records import Record
from extract.rules.context import Context
from extract.rules.files import NamedSection

_SUB_IN_NAME = re.compile(r"[(（](?P<inside>[^()（）]*再委託[^()（）]*)[)）]")
_SUB_AFTER = re.compile(
    r"再(?:々|再)?委託先(?:事業者|業者|名)?"
    rf"(?:は|:|：|\s|[(（]|(?=(?![のがをにへでとはも])[^、。()（）]{{0,20}}(?:{LEGAL.pattern})))\s*(?P<names>[^。\n()（）]{{2,200}})"
)
_SUB_TO = re.compile(
    r"(?:は、|は，|^|、|[(（を])(?P<name>[^、。()（）]{2,40}?)(?:に|へ)(?:全部又は一部を|一部を|業務を)?"
    r"再(?:々|再)?委託(?:する|して|を行|し(?=[、。)）]|$)|(?=[。)）]|$))(?![^、。]{0,8}(?:ない|いた|ました|禁))(?![^。]{0,4}が、[^。]{0,12}ない)"
)
_SECOND = re.compile(r"(?<=[^、。\s])(?=再(?:々|再)委託先)")
_NUMBERED = re.compile(r"[(（]\d{1,2}[)）]\s*")
_SUB_IN_MATTER = re.compile(r"[^\s()（）。、][(（](?P<names>[^()（）]{3,80})[)）]")
_PREDICATE = re.compile(r"(?:で(?:ある|す|あり)|と(?:する|し|なる)|(?:を|の)?予定.*)$")
_LEAD = re.compile(
    r"は、|は，|が、|[はが](?:さらに|更に|また)|さらに|更に|を|は(?=株式会社|有限会社|合同会社|[\ue010\ue012])"
)
_PROSE = re.compile(
    r"(?<=[一-龠ァ-ヶー])[をがは]|する|して|した|により|ない|[:：]|(?:製|内|の(?:製品|機器|設備|施設))$"
)
"""Words that a body's name does not hold."""


def read_entrustments(
    context: Context, sections: Sequence[NamedSection], aliases: Iterable[Alias]
) -> list[Entrustment]:
    """委託事項n of each file; blank blocks of the form are no records, and defined short names stand for the full."""
    full_names = {folded(alias.short): alias.full for alias in aliases}
    found: list[Entrustment] = []
    for named in sections:
        section: list[Entrustment] = []
        for record in named.section.entrustments:
            if not record.is_blank(context.stream):
                read = _read_entrustment(context, named.name, record, full_names)
                section.append(_with_entrustees_of(read, section))
        found.extend(section)
    return found


_SAME_RECORD = re.compile(r"委託事項(?P<number>\d{1,2})(?:の委託先名?)?(?:[にと]同じ|と同様)(?:である)?。?")


def _with_entrustees_of(record: Entrustment, before: Sequence[Entrustment]) -> Entrustment:
    """Resolve 「委託事項1に同じ」 to the record of this file that it names; the cell stays as printed.

    「同上」 names no record and is left alone.
    """
    meant = _SAME_RECORD.fullmatch(folded(record.entrustee or ""))
    same = [other for other in before if meant and other.number == int(meant["number"])]
    return replace(record, entrustees=same[0].entrustees) if same else record


def _read_entrustment(context: Context, file: str, record: Record, full_names: Mapping[str, str]) -> Entrustment:
    record = _with_rows_in_place(context, record)
    items, number = record.items, record.number
    permission, matter = _permission_and_matter(context, record)
    entrustee = items.get("entrust.entrustee")
    raw = context.raw(entrustee)
    headcount = read_choice(context.outline, "entrust.headcount", items.get("entrust.headcount"))
    scope = read_choice(context.outline, "entrust.scope", items.get("entrust.scope"))
    subjects = read_choice(context.outline, "entrust.subjects", items.get("entrust.subjects"))
    re_entrusted = read_choice(context.outline, "entrust.re_entrusted", items.get("entrust.re_entrusted"))
    permission_text, matter_text = context.text(permission), context.text(matter)
    refused = re_entrusted is not None and re_entrusted.value == "再委託しない"
    subs, sub_block = _sub_entrustees(context, raw, [entrustee, permission, None if refused else matter])
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


_OWN_OPTIONS = ("entrust.headcount", "entrust.re_entrusted")
"""Items whose options no other item of the record has: a selection tells to which it belongs."""


def _with_rows_in_place(context: Context, record: Record) -> Record:
    """Give each label of a table the cell below it, where every selection of the record stands one row too low."""
    if not context.outline.has_tables:
        return record
    cells = (block for block in record.items.values() if block.kind is not Kind.GROUP)
    blocks = sorted(cells, key=lambda block: block.start)
    below = dict(zip((block.key for block in blocks), blocks[1:], strict=False))
    chosen = [key for key in _OWN_OPTIONS if key in record.items]
    moved = [
        not read_choice(context.outline, key, record.items[key])
        and bool(read_choice(context.outline, key, below.get(key)))
        for key in chosen
    ]
    return replace(record, items=below) if len(moved) == len(_OWN_OPTIONS) and all(moved) else record


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
    text = _NO_NAME.sub("", _SUB_IN_NAME.sub("", hide_forms(TAG.sub("\n", raw))))
    named = _SAME_AS.match(clean(text))
    if named:
        text = named["name"]
    if not clean(text) or is_placeholder(clean(text)):
        return ()
    whole = _SINCE.sub(lambda since: f"、{since['name']}", text)
    listed = (without_notes(_TITLE.sub("", name)) for name in split_names(show_forms(whole)))
    names = (without_notes(part) for name in listed for part in split_joined(name))
    return tuple(name for name in dict.fromkeys(names) if _is_name(name))


def _is_name(name: str) -> bool:
    return bool(name) and name not in BLANKS and not is_placeholder(name) and not is_class(name)


_NO_NAME = re.compile(
    r"^[ \t\u3000]*(?:[-―—–－]?[ \t]*\d{1,3}[ \t]*[-―—–－]?|[^\n、]{0,30}(?:で|に|にて|において)(?:公表|公開|掲載)(?:する|している)?。?)"
    r"[ \t\u3000]*$",
    re.MULTILINE,
)
"""A line that is a page's number, or says where the name is told."""
_SINCE = re.compile(
    r"\s*[(（](?:令和|平成|R|H|20)[^()（）、]{1,12}[月日年度](?:から|より|以降)は?[、\s]*(?P<name>[^()（）]{3,40})[)）]"
)
"""甲株式会社（令和6年4月から乙株式会社）: two bodies, one after the other."""
_TITLE = re.compile(r"^[^:：、()（）]{1,20}[:：]\s*(?=\S{3})")
"""北部地区：甲株式会社: for what part."""
_SAME_AS = re.compile(r"^(?:同上|同左)\s*[(（](?P<name>[^()（）]+)[)）]$")


def _sub_entrustees(context: Context, raw: str, blocks: Sequence[Block | None]) -> tuple[tuple[str, ...], Block | None]:
    """Return re-entrustees that the text names, and the cell that names them."""
    entrustee, permission, matter = blocks
    for match in _SUB_IN_NAME.finditer(hide_forms(raw)):
        names = _subs_in(clean(match["inside"]))
        if names:
            return names, entrustee
    for block in (permission, matter):
        text = hide_forms(context.text(block) or "")
        names = _subs_in(text) or (_subs_in_matter(text) if block is matter else ())
        if names:
            return names, block
    return (), None


def _subs_in(text: str) -> tuple[str, ...]:
    """Return the bodies behind 再委託先 and before に再委託する."""
    text = _SECOND.sub("。", _NUMBERED.sub("", text))
    names: list[str] = []
    for match in _SUB_AFTER.finditer(text):
        names.extend(_bodies_at_head(_LEAD.split(match["names"])[-1]))
    for match in _SUB_TO.finditer(text):
        names.extend(_bodies_at_head(_LEAD.split(match["name"])[-1]))
    return tuple(dict.fromkeys(names))


def _bodies_at_head(listed: str) -> Iterator[str]:
    """Yield the bodies with which a list begins, up to the first word that is none."""
    for name in split_names(show_forms(listed)):
        body = without_notes(_PREDICATE.sub("", name.strip("「」")))
        if not names_body(body) or not _is_name(body) or _PROSE.search(body):
            return
        yield from split_joined(body)


def _subs_in_matter(text: str) -> tuple[str, ...]:
    """Return the companies that stand alone in a parenthesis behind the matter that is re-entrusted."""
    found: list[str] = []
    for match in _SUB_IN_MATTER.finditer(text):
        names = [without_notes(name) for name in split_names(show_forms(match["names"]))]
        if all(is_company(name) and not _PROSE.search(name) for name in names):
            found.extend(names)
    return tuple(dict.fromkeys(found))
