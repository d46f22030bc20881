"""Ⅱ-4 to Ⅱ-6: entrustments with their re-entrustments, provisions, transfers, storage and deletion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.blocks import Block
from extract.checks import Ticked, read_list, settle
from extract.choices import Choice, read_choice
from extract.facts import (
    Alias,
    Basis,
    Declared,
    Entrustment,
    Evidence,
    FlowKind,
    Handover,
    Mark,
    MarkRead,
    MediumMark,
    Storage,
)
from extract.names import is_placeholder, split_names
from extract.normalize import clean, folded
from extract.outline import BLANKS, FileSection, Record
from extract.rules.context import Context
from extract.rules.files import NamedSection, media_marks
from extract.rules.settling import settle_by_parenthesis

# -- entrustment ---------------------------------------------------------------------------------

_SUB_IN_NAME = re.compile(r"[(（](?P<inside>[^()（）]*再委託[^()（）]*)[)）]")
_SUB = re.compile(
    r"再委託先(?:事業者|業者)?(?:は|:|：|\s)\s*(?P<after>(?:[(（][株有][)）])?[^、。\n()（）]{2,40}(?:[(（][株有][)）])?)|"
    r"(?:は、|は，|^|、|を)(?P<to>[^、。()（）]{2,40}?)(?:に|へ)(?:全部又は一部を|一部を|業務を)?再委託(?:する|して|を行)"
)
_NAMES_BODY = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|（株）|㈱|法人|会社|中央会|連合会|機構|基金|協会|公社|財団|組合|センター)"
)


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
    raw = _raw(context, entrustee)
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


def _raw(context: Context, block: Block | None) -> str:
    return "" if block is None else "\n".join(context.stream.raw(*piece) for piece in block.pieces)


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
    parts = (part for name in split_names(text) for part in _joined_bodies(name))
    names = (re.sub(r"[(（](?:以下|※|注)[^()（）]*[)）]$", "", name) for name in parts)
    return tuple(name for name in dict.fromkeys(names) if name and name not in BLANKS and not is_placeholder(name))


_SAME_AS = re.compile(r"^(?:同上|同左)\s*[(（](?P<name>[^()（）]+)[)）]$")


def _joined_bodies(name: str) -> list[str]:
    """Split 「X株式会社及びY株式会社」, where both sides carry the words of a body."""
    parts = re.split(r"及び|および|並びに|ならびに", name)
    return parts if len(parts) > 1 and all(_NAMES_BODY.search(part) for part in parts) else [name]


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
        name = re.split(r"は、|は，|が、", name)[-1]
        if _NAMES_BODY.search(name) and not is_placeholder(name):
            names.extend(split_names(name))
    return tuple(dict.fromkeys(names))


# -- provision and transfer ----------------------------------------------------------------------

_KINDS = {"provide": FlowKind.PROVISION, "transfer": FlowKind.TRANSFER}
_RECIPIENT_HEAD = re.compile(
    r"^\s*(?P<name>[^\s「」『』（）()。、]{2,20}?(?:市区町村|市町村|[市区町村県府都省庁局部課]|機構|基金|組合|連合会?|委員会))\s+(?=\S)"
)


def read_handovers(context: Context, sections: Sequence[NamedSection]) -> list[Handover]:
    """提供先n and 移転先n of each file."""
    handovers: list[Handover] = []
    for named in sections:
        for group, records in _handover_records(named.section):
            handovers.extend(
                _read_handover(context, named.name, group, record)
                for record in records
                if not record.is_blank(context.stream)
            )
    return handovers


def _handover_records(section: FileSection) -> Iterator[tuple[str, list[Record]]]:
    yield "provide", section.provisions
    yield "transfer", section.transfers


def _read_handover(context: Context, file: str, group: str, record: Record) -> Handover:
    items, number = record.items, record.number
    basis = context.text(items.get(f"{group}.basis"))
    recipient = context.text(record.heading)
    names = split_names(_raw(context, record.heading)) if recipient else []
    if recipient is None:
        recipient, basis = _recipient_in_basis(_raw(context, items.get(f"{group}.basis")), basis)
        names = [recipient] if recipient else []
    subjects = read_choice(context.outline, f"{group}.subjects", items.get(f"{group}.subjects"))
    found = [context.evidence(record.heading, number)] if record.heading else []
    found += [
        context.evidence(items[f"{group}.{name}"], number)
        for name in ("basis", "purpose", "data", "times")
        if f"{group}.{name}" in items and items[f"{group}.{name}"].pieces
    ]
    return Handover(
        file=file,
        kind=_KINDS[group],
        number=number,
        recipient=recipient,
        recipients=tuple(name for name in names if name not in BLANKS and not is_placeholder(name))
        or _whole(recipient),
        legal_basis=basis,
        purpose=context.text(items.get(f"{group}.purpose")),
        data=context.text(items.get(f"{group}.data")),
        subjects=subjects.value if subjects else None,
        scope=context.text(items.get(f"{group}.persons")),
        frequency=context.text(items.get(f"{group}.times")),
        evidence=tuple(found) or (context.evidence(record.first, number),),
    )


def _whole(recipient: str | None) -> tuple[str, ...]:
    return (recipient,) if recipient else ()


def _recipient_in_basis(raw: str, basis: str | None) -> tuple[str | None, str | None]:
    """Take the recipient's name from the head of ①法令上の根拠, where the lost heading's text has run in."""
    match = _RECIPIENT_HEAD.match(re.sub(r"<[a-z/][^<>]*>", " ", raw))
    if match is None:
        return None, basis
    return clean(match["name"]), (basis or "")[len(clean(match["name"])) :] or None


# -- media ---------------------------------------------------------------------------------------


def read_handling_media(context: Context, sections: Sequence[NamedSection]) -> list[MediumMark]:
    """④提供方法 of the entrustments, ⑥提供方法 and ⑥移転方法 of the handovers."""
    marks: list[MediumMark] = []
    for named in sections:
        groups = (("entrust", FlowKind.ENTRUSTMENT, named.section.entrustments), *_handover_groups(named.section))
        for group, kind, records in groups:
            for record in records:
                block = record.items.get(f"{group}.media")
                if block is not None and not record.is_blank(context.stream):
                    ticked = settle_by_parenthesis(read_list(context.outline, block))
                    marks.extend(media_marks(context, named.name, kind, record.number, block, ticked))
    return marks


def _handover_groups(section: FileSection) -> Iterator[tuple[str, FlowKind, list[Record]]]:
    for group, records in _handover_records(section):
        yield group, _KINDS[group], records


# -- declared counts -----------------------------------------------------------------------------

_OTHER_COUNTS = ("提供を行っている", "移転を行っている")
_COUNT = re.compile(r"\((\d{1,3})\)件")


def read_declared(context: Context, sections: Sequence[NamedSection]) -> list[Declared]:
    """委託 n 件, 提供 n 件, 移転 n 件 as declared, beside the number of records found."""
    declared: list[Declared] = []
    for named in sections:
        found = {
            FlowKind.ENTRUSTMENT: named.section.entrustments,
            FlowKind.PROVISION: named.section.provisions,
            FlowKind.TRANSFER: named.section.transfers,
        }
        counts = {
            kind: sum(not record.is_blank(context.stream) for record in records) for kind, records in found.items()
        }
        declared.extend(_declared_entrustments(context, named, counts[FlowKind.ENTRUSTMENT]))
        declared.extend(_declared_handovers(context, named, counts))
    return declared


def _declared_entrustments(context: Context, named: NamedSection, found: int) -> Iterator[Declared]:
    block = named.section.items.get("entrust.declared")
    if block is None:
        return
    choice = read_choice(context.outline, "entrust.declared", block)
    count = _count_after(context, block)
    state = {"委託する": Mark.YES, "委託しない": Mark.NO}.get(choice.value if choice else "", Mark.UNCLEAR)
    mark = MarkRead(state=state, basis=Basis.GLYPH if choice else Basis.LOST, why="委託の有無の選択")
    evidence = (context.evidence(block),)
    yield Declared(file=named.name, what=FlowKind.ENTRUSTMENT, count=count, found=found, mark=mark, evidence=evidence)


def _count_after(context: Context, block: Block) -> int | None:
    """Return the count in （n）件 behind the label, or the only one on its page."""
    text = context.stream.text
    match = _COUNT.search(text, block.label_end, context.outline.next_start(block))
    if match is None and not context.outline.has_tables:
        page = context.outline.pages_of(block.start, block.label_end)[0]
        matches = [one for one in _COUNT.finditer(text, *page) if not text[: one.start()].endswith(_OTHER_COUNTS)]
        match = matches[0] if len(matches) == 1 else None
    return int(match.group(1)) if match else None


def _declared_handovers(context: Context, named: NamedSection, counts: dict[FlowKind, int]) -> Iterator[Declared]:
    block = named.section.items.get("handover.declared")
    if block is None:
        return
    ticked = read_list(context.outline, block)
    none = ticked.get("行っていない")
    labels = {FlowKind.PROVISION: "提供を行っている", FlowKind.TRANSFER: "移転を行っている"}
    for kind, label in labels.items():
        box = ticked.get(label)
        if box is None:
            continue
        number = re.search(r"\d+", folded(box.raw))
        box = _settled_by_none(box, none)
        evidence = (context.evidence_at(context.item_id(block), box.start, box.end),)
        count = int(number.group()) if number else None
        yield Declared(file=named.name, what=kind, count=count, found=counts[kind], mark=box.mark, evidence=evidence)


def _settled_by_none(box: Ticked, none: Ticked | None) -> Ticked:
    """「行っていない」 that is ticked says no for both boxes before it; a count says yes."""
    if box.mark.state is not Mark.UNCLEAR:
        return box
    if re.search(r"[1-9]", folded(box.raw)):
        return settle(box, Mark.YES, Basis.PARENTHESIS, "件数が記載されている")
    if none is not None and none.mark.state is Mark.YES:
        return settle(box, Mark.NO, Basis.CONTRAST, "「行っていない」が選択されている")
    return box


# -- storage -------------------------------------------------------------------------------------

_SITE = re.compile(
    r"(?P<site>[^\s、。，・（）()「」＜＞<>【】①-⑳]{0,30}?"
    r"(?:プラットフォーム|クラウド(?:環境|サービス)?|データセンター?|サーバー?室|サーバー?(?:ルーム)?|電算室|執務室|書庫|倉庫|キャビネット|ロッカー|保管庫|金庫|"
    r"データベース|ストレージ|保有・管理する環境|管理する環境|場所|部屋|施設|区画))"
    r"(?:内|等|上)?(?:に|にて|で)(?:施錠|厳重に|適切に)?(?:保管|設置|保存|格納|構築|管理|収納)"
)


def read_storages(context: Context, sections: Sequence[NamedSection]) -> list[Storage]:
    """保管場所: each place that the text names, with the period and the way of deletion."""
    storages: list[Storage] = []
    for named in sections:
        block = named.section.items.get("keep.site")
        if block is None:
            continue
        retention = read_choice(context.outline, "keep.retention", named.section.items.get("keep.retention"))
        deletion = context.text(named.section.items.get("keep.deletion"))
        for site, start, end in _sites(context, block):
            storages.append(
                Storage(
                    file=named.name,
                    site=site,
                    retention=retention.value if retention else None,
                    deletion=deletion,
                    evidence=(context.evidence_at(context.item_id(block), start, end),),
                )
            )
    return storages


def _sites(context: Context, block: Block) -> list[tuple[str, int, int]]:
    seen: dict[str, tuple[str, int, int]] = {}
    for start, end in block.pieces:
        for match in _SITE.finditer(context.stream.text, start, end):
            site = re.sub(r"^.*(?:は|を|が|については|に(?=[^\s]{4}))", "", match["site"])
            begin = match.end("site") - len(site)
            if len(site) > 1:
                name = clean(context.stream.raw(begin, match.end("site")))
                seen.setdefault(folded(name), (name, begin, match.end("site")))
    return list(seen.values())
