"""Ⅱ-6: the places where a file is kept, for how long, and how it is deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cells import Block
from extract.choices import read_choice
from extract.facts import (
    Storage,
)
from extract.normalize import clean, folded
from extract.rules.context import Context
from extract.rules.files import NamedSection

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
