"""How kinds of ends and statements look and what they are called, in Japanese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extract.facts import Carries, Certainty, EndKind
from graph.trace.edges import Kind, Node


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of an end's box, and its name."""

    fill: str
    border: str
    ja: str
    en: str
    round: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A property of an arrow: its colour or its dashes, and its name."""

    ja: str
    en: str
    colour: str = "#1f2933"
    dashes: tuple[int, ...] = ()


HUB = Paint("#ede7f9", "#6b46c1", "全国共通のネットワーク", "national network")
_NODES: Mapping[EndKind, Paint] = MappingProxyType(
    {
        EndKind.SYSTEM: Paint("#e8f1fb", "#2f6db5", "システム", "system"),
        EndKind.BODY: Paint("#fff3dc", "#b7791f", "組織", "body"),
        EndKind.DEPARTMENT: Paint("#e9f7ef", "#2e8b57", "部署", "department"),
        EndKind.PERSON: Paint("#fdebf0", "#c2416c", "個人", "persons", round=True),
        EndKind.PLACE: Paint("#f3ede4", "#7c5a35", "場所", "place"),
        EndKind.FILE: Paint("#e6f7f7", "#1b8a8f", "ファイル", "file"),
        EndKind.UNKNOWN: Paint("#f1f3f5", "#868e96", "その他", "other"),
    }
)
CARRIES: Mapping[Carries, Stroke] = MappingProxyType(
    {
        Carries.NUMBER: Stroke("個人番号", "number", "#c2410c"),
        Carries.SYMBOL: Stroke("符号", "symbol", "#2563ab"),
        Carries.NONE: Stroke("番号なし", "no number", "#15803d"),
        Carries.UNCLEAR: Stroke("番号は不明", "number unclear", "#6b7280"),
    }
)
CERTAINTY: Mapping[Certainty, Stroke] = MappingProxyType(
    {
        Certainty.STATED: Stroke("明記", "stated"),
        Certainty.IMPLIED: Stroke("黙示", "implied", dashes=(9, 5)),
        Certainty.UNCLEAR: Stroke("不明", "unclear", dashes=(2, 5)),
    }
)
CONNECTION = Stroke("接続（流れではない）", "connection, no flow", "#9aa5b1", (14, 4, 3, 4))
KINDS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.ACQUISITION: ("入手", "acquisition"),
        Kind.PROVISION: ("提供", "provision"),
        Kind.TRANSFER: ("移転", "transfer"),
        Kind.ENTRUSTMENT: ("委託", "entrustment"),
        Kind.RE_ENTRUSTMENT: ("再委託", "re-entrustment"),
        Kind.NARRATIVE: ("本文の流れ", "narrative"),
        Kind.CONNECTION: ("接続", "connection"),
    }
)


def paint_of(node: Node) -> Paint:
    """Return how the box of ``node`` is painted.

    >>> paint_of(Node(key="a", name="課", kind=EndKind.DEPARTMENT)).ja
    '部署'
    """
    return HUB if node.hub else _NODES[node.kind]
