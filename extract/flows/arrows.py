"""What a movement comes to: an arrow between two ends, and the words by which ends are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.facts import Certainty, EndKind
from extract.flows.cases import Argument
from extract.flows.ends import Mention, is_network
from extract.flows.frames import Frame

STAFF = re.compile(r"職員|担当者?$|従事者$|操作者$")
"""People who work for the one whose data they move."""

ENTRUSTED = re.compile(r"委託[先者]|受託者|委託業者|委託事業者|請負業者")
"""Words for who works for the agency by contract."""

INTAKE = re.compile(r"取り?込|移入|読み?込|入れ|ダウンロード|インポート|引き?取|吸い上げ|持ち込")
"""Takings that name the place into which they take."""

TERMINAL = re.compile(r"(?:端末機?|PC|パソコン)$")
"""Machines at which somebody works, so that what is sent by them leaves from them."""

REQUEST = re.compile(r"(?:照会|要求|依頼|求め)(?:情報|データ|内容|条件|ファイル|電文|文書|書|票)?を$")
"""What is sent or stored is a request: what comes back answers it."""

Names = tuple[Mention, ...]
"""The names that share an end."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of an arrow; ``mention`` is None where the text leaves it to be understood."""

    name: str
    kind: EndKind
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement from ``source`` to ``target`` that ``frame`` states, or denies.

    ``answer`` is true of what comes back upon a request; ``way`` holds through what an earlier verb sent it.
    """

    source: End
    target: End
    frame: Frame
    certainty: Certainty
    denied: bool = False
    answer: bool = False
    way: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who acts where nobody is named, and the agency behind; ``headed`` if only a heading names the one who acts."""

    end: End | None
    agency: End | None
    entrusted: bool = False
    headed: bool = False


def all_systems(names: Names) -> bool:
    """Whether the names are systems and nothing else."""
    return all(m.kind is EndKind.SYSTEM for m in names)


def networks(names: Names) -> Names:
    """Return those of ``names`` that only carry."""
    return tuple(m for m in names if is_network(m.name))
