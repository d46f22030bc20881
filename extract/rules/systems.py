"""Ⅰ-2: the systems, what each does, and the grid of its connections."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.cells import BLANKS, Block
from extract.checks import Ticked, labels_of, read_list, settle
from extract.facts import Alias, Basis, Connection, Form, Mark, MarkRead, System
from extract.names import bare_name, find_definitions, is_placeholder, split_names, system_kind
from extract.normalize import TAG, clean, folded
from extract.records import Record
from extract.rules.context import Context

_LIST_ITEM = re.compile(
    r"\n|(?<=[^\s（(「])[、，](?=\S)|(?=[①-⑳])|(?<=[^\d\s])\s+(?=(?:\d{1,2}[.．)）]|[(（]\d{1,2}[)）]|・))|"
    r"(?:(?<=システム)|(?<=サーバ)|(?<=サーバー)|(?<=ネットワーク))(?:・(?!ソフトウェア|プラットフォーム)|及び|および|並びに)(?=\S)|\s{1,}(?=\S)"
)


def read_systems(context: Context, aliases: Iterable[Alias]) -> list[System]:
    """Return the systems of the form, with the short names that the document itself gives them."""
    if context.form is Form.BASIC:
        return _listed_systems(context)
    systems = []
    for record in context.outline.systems:
        system = _read_system(context, record, list(aliases))
        if system is not None:
            systems.append(system)
    return systems


def _read_system(context: Context, record: Record, aliases: list[Alias]) -> System | None:
    block = record.items.get("system.name")
    raw = context.raw(block)
    name = bare_name(raw)
    if block is None or not name or name in BLANKS or is_placeholder(name):
        return None
    function = record.items.get("system.function")
    short = _short_names(name, raw, aliases)
    evidence = [context.evidence(block, record.number)]
    if function is not None and context.text(function):
        evidence.append(context.evidence(function, record.number))
    return System(
        number=record.number,
        name=name,
        aliases=short,
        kind=_kind_of([name, *short]),
        function=context.text(function),
        note=clean(raw) if clean(raw) != name else None,
        evidence=tuple(evidence),
    )


def _kind_of(names: list[str]) -> str:
    kinds = [system_kind(name) for name in names]
    return next((kind for kind in kinds if kind != "other"), "other")


def _short_names(name: str, raw: str, aliases: list[Alias]) -> tuple[str, ...]:
    """Return the names that a definition in the cell, or anywhere in the document, gives the system."""
    own = [short for short, _, _, _ in find_definitions(raw)]
    same = folded(name)
    elsewhere = [alias.short for alias in aliases if folded(alias.full) == same]
    return tuple(short for short in dict.fromkeys([*own, *elsewhere]) if folded(short) != same)


def _listed_systems(context: Context) -> list[System]:
    """③システムの名称 of the basic form: a list in one cell."""
    systems: list[System] = []
    for block in context.outline.all("system.name"):
        names = listed_names(context.raw(block))
        systems.extend(
            System(number=number, name=name, aliases=(), kind=system_kind(name), evidence=(context.evidence(block),))
            for number, name in enumerate(names, len(systems) + 1)
        )
    return systems


_PROSE = re.compile(
    r"(?:する|した|して|され|れる|ため|について|に基づ|により|において|ます|です|こと|行う|行い|に関する事務|とおり)|[。？！]|^[ぁ-ん]+$"
)


_NUMBER_ALONE = re.compile(r"[(]?(?:\d{1,2}|[①-⑳]|[ア-ン])[.)、]?")


def listed_names(raw: str) -> list[str]:
    """Return the names listed in a cell; none where the cell holds sentences: they have run in from elsewhere.

    >>> listed_names("①みほん税システム ②中間サーバー")
    ['みほん税システム', '中間サーバー']
    >>> listed_names("法に基づき、届出の受付及び審査を行う")
    []
    """
    names = []
    for line in _LIST_ITEM.split(TAG.sub("\n", raw)):
        name = bare_name(line or "")
        if name and name not in BLANKS and not is_placeholder(name) and not _NUMBER_ALONE.fullmatch(folded(name)):
            names.append(name)
    prose = sum(bool(_PROSE.search(name)) for name in names)
    return [] if prose * 3 >= len(names) else list(dict.fromkeys(name for name in names if not _PROSE.search(name)))


def read_connections(context: Context, systems: Iterable[System]) -> list[Connection]:
    """③他のシステムとの接続: one record for each box, and for each name in その他（…）."""
    by_number = {system.number: system.name for system in systems}
    connections: list[Connection] = []
    for record in context.outline.systems:
        block = record.items.get("system.connections")
        name = by_number.get(record.number)
        if block is None or name is None or record.items.get("system.name") is None:
            continue
        connections.extend(_grid(context, record.number, name, block))
    return connections


def _grid(context: Context, number: int, name: str, block: Block) -> list[Connection]:
    ticked = read_list(context.outline, block)
    item = context.item_id(block, number)
    connections: list[Connection] = []
    for label in labels_of(block.key):
        box = ticked.get(label)
        if box is None:
            connections.append(_missing(context, name, label, block, item))
        elif label == "その他":
            connections.extend(_others(context, name, box, item))
        else:
            evidence = (context.evidence_at(item, box.start, box.end),)
            connections.append(Connection(system=name, target=label, other=False, mark=box.mark, evidence=evidence))
    return connections


def _missing(context: Context, name: str, label: str, block: Block, item: str) -> Connection:
    mark = MarkRead(state=Mark.UNCLEAR, basis=Basis.LOST, why="枠がこの欄に見つからない")
    evidence = (context.evidence_at(item, block.start, block.label_end),)
    return Connection(system=name, target=label, other=label == "その他", mark=mark, evidence=evidence)


def _others(context: Context, name: str, box: Ticked, item: str) -> list[Connection]:
    names = [one for one in split_names(box.raw) if one not in BLANKS]
    if names and box.mark.state is Mark.UNCLEAR:
        box = settle(box, Mark.YES, Basis.PARENTHESIS, "括弧の中に名称が記載されている")
    evidence = (context.evidence_at(item, box.start, box.end),)
    return [
        Connection(system=name, target=target, other=True, mark=box.mark, evidence=evidence)
        for target in names or ["その他"]
    ]
