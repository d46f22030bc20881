"""What goes in and comes out: passages of prose with the document's names, flows with what was left unread.

Knows no form: whoever finds the items says which text is whose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.facts import DeniedFlow, EndKind, Evidence, Flow
from extract.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The text of one item or cell, and who acts in it where a sentence names nobody.

    ``speaker`` is the system whose ②システムの機能 this is, or the department in charge; None means the agency.
    ``entrusted`` marks the tasks of an entrustee, who acts there instead (``speaker``, if it is one alone);
    ``unnamed`` that what acts there is a system whose name could not be read.
    """

    item: str
    span: Span
    speaker: str | None = None
    speaker_kind: EndKind = EndKind.UNKNOWN
    file: str | None = None
    entrusted: bool = False
    unnamed: bool = False


@dataclass(frozen=True, kw_only=True)
class Names:
    """The document's own names: who publishes it, its systems, and the bodies that its items list.

    ``systems`` holds each system's canonical name first, then its aliases; ``aliases`` maps what
    「以下「…」という」 defines to the full name.
    """

    agency: str | None = None
    office: str | None = None
    departments: tuple[str, ...] = ()
    systems: tuple[tuple[str, ...], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowReading:
    """The movements found, those denied, and how much of the prose was understood.

    ``read`` counts the sentences that gave a flow or a denial; ``unread`` quotes those that speak of
    a movement and gave neither.
    """

    flows: tuple[Flow, ...]
    denied: tuple[DeniedFlow, ...]
    read: int
    unread: tuple[Evidence, ...]
